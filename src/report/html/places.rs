//! Which village and commune a row of a list speaks of.

use std::collections::BTreeMap;

use crate::domain::Source;
use crate::finding::Finding;
use crate::reconcile::Reconciliation;

/// Villages and communes by row. A row that no area came from has none.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Places {
    by_row: BTreeMap<Source, Place>,
}

/// What is known of one row.
#[derive(Debug, Clone, PartialEq)]
struct Place {
    commune: Option<String>,
    /// As the list names them.
    villages: Option<String>,
}

impl Places {
    /// Today's commune of every area, by the name that the register of villages has for it; else the name that the
    /// list has.
    pub fn of(result: &Reconciliation) -> Places {
        let names: BTreeMap<&str, &str> = result
            .villages
            .iter()
            .filter_map(|v| Some((v.commune_code.as_ref()?.0.as_str(), v.commune.as_deref()?)))
            .collect();
        let by_row = result
            .areas
            .iter()
            .map(|matched| {
                let today = matched.commune_code.as_ref().and_then(|code| names.get(code.0.as_str()));
                let commune = today.copied().or(matched.area.commune.as_deref()).map(str::to_owned);
                let names: Vec<&str> = matched.area.villages.iter().map(|n| n.clean.as_str()).collect();
                let villages = (!names.is_empty()).then(|| names.join(", "));
                (matched.area.source.clone(), Place { commune, villages })
            })
            .collect();
        Places { by_row }
    }

    /// The commune of a finding: that of its row, else the one that the finding itself names.
    pub(super) fn commune<'a>(&'a self, finding: &'a Finding) -> Option<&'a str> {
        self.by_row
            .get(&finding.source)
            .and_then(|place| place.commune.as_deref())
            .or_else(|| fact(finding, "commune"))
    }

    /// The villages of a finding's row, unless the finding itself names one.
    pub(super) fn villages<'a>(&'a self, finding: &'a Finding) -> Option<&'a str> {
        if fact(finding, "village").is_some() {
            return None;
        }
        self.by_row.get(&finding.source).and_then(|place| place.villages.as_deref())
    }
}

fn fact<'a>(finding: &'a Finding, wanted: &str) -> Option<&'a str> {
    finding.facts.iter().find(|(name, _)| *name == wanted).map(|(_, value)| value.as_str())
}
