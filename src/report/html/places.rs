//! Which village and commune a row of a list speaks of.

use std::collections::BTreeMap;

use crate::domain::{Area, Era, Source, Village};
use crate::finding::Finding;
use crate::normalize::admin::ProvinceUnits;
use crate::reconcile::{PackedMatches, Reconciliation};

/// Villages and communes by row. A row that no area came from has none.
#[derive(Debug, Clone, Default)]
pub struct Places<'a> {
    by_row: BTreeMap<Source, Place>,
    matches: Option<&'a PackedMatches>,
    /// Names of communes, by code.
    communes: BTreeMap<&'a str, &'a str>,
}

/// What is known of one row.
#[derive(Debug, Clone, PartialEq)]
struct Place {
    commune: Option<String>,
    /// As the list names them.
    villages: Option<String>,
}

impl<'a> Places<'a> {
    /// Today's commune of every area, by the name that the register of villages has for it; else the name that the
    /// list has.
    pub fn of(result: &Reconciliation) -> Places<'static> {
        let names = communes(&result.villages);
        let by_row = result
            .areas
            .iter()
            .map(|matched| {
                let today = matched.commune_code.as_ref().and_then(|code| names.get(code.0.as_str()));
                (matched.area.source.clone(), place(&matched.area, today.copied()))
            })
            .collect();
        Places { by_row, ..Places::default() }
    }

    /// The same for lists that are kept packed; `villages` is the register.
    pub fn of_matches(
        matches: &'a PackedMatches,
        villages: &'a [Village],
        units: &'a ProvinceUnits,
    ) -> Places<'a> {
        // A commune without a village in the register has its official name.
        let official = units.communes(Era::Y2025).map(|c| (c.code.0.as_str(), c.name.as_str()));
        let communes = official.chain(communes(villages)).collect();
        Places { by_row: BTreeMap::new(), matches: Some(matches), communes }
    }

    /// The commune and the villages of a finding: those of its row. Where that has no commune, the one that the
    /// finding itself names; no villages, where the finding itself names one.
    pub(super) fn names(&self, finding: &Finding) -> (Option<String>, Option<String>) {
        let place = match self.matches {
            None => self.by_row.get(&finding.source).cloned(),
            Some(matches) => matches.of_row(&finding.source).map(|found| {
                let today = found.commune_code.as_ref().and_then(|code| self.communes.get(code.0.as_str()));
                place(&found.area, today.copied())
            }),
        };
        let (commune, villages) = place.map(|place| (place.commune, place.villages)).unwrap_or_default();
        let commune = commune.or_else(|| fact(finding, "commune").map(str::to_owned));
        (commune, villages.filter(|_| fact(finding, "village").is_none()))
    }
}

/// The communes' names in the register, by code.
fn communes(villages: &[Village]) -> BTreeMap<&str, &str> {
    let named =
        villages.iter().filter_map(|v| Some((v.commune_code.as_ref()?.0.as_str(), v.commune.as_deref()?)));
    named.collect()
}

/// An area's commune (the name in the register, if it has one) and villages.
fn place(area: &Area, today: Option<&str>) -> Place {
    let names: Vec<&str> = area.villages.iter().map(|n| n.clean.as_str()).collect();
    Place {
        commune: today.or(area.commune.as_deref()).map(str::to_owned),
        villages: (!names.is_empty()).then(|| names.join(", ")),
    }
}

fn fact<'a>(finding: &'a Finding, wanted: &str) -> Option<&'a str> {
    finding.facts.iter().find(|(name, _)| *name == wanted).map(|(_, value)| value.as_str())
}
