//! Which commune a row of a list speaks of.

use std::collections::BTreeMap;

use crate::domain::Source;
use crate::finding::Finding;
use crate::reconcile::Reconciliation;

/// Communes by row. A row that no area came from has none.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Places {
    communes: BTreeMap<Source, String>,
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
        let communes = result
            .areas
            .iter()
            .filter_map(|matched| {
                let today = matched.commune_code.as_ref().and_then(|code| names.get(code.0.as_str()));
                let name = today.copied().or(matched.area.commune.as_deref())?;
                Some((matched.area.source.clone(), name.to_owned()))
            })
            .collect();
        Places { communes }
    }

    /// The commune of a finding: that of its row, else the one that the finding itself names.
    pub(super) fn commune<'a>(&'a self, finding: &'a Finding) -> Option<&'a str> {
        let named = || finding.facts.iter().find(|(name, _)| *name == "commune").map(|(_, v)| v.as_str());
        self.communes.get(&finding.source).map(String::as_str).or_else(named)
    }
}
