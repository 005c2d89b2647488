//! Every village and every carrier that handed in a list: reported, not reported, unknown.

use std::collections::{BTreeMap, BTreeSet};

use super::MatchedArea;
use crate::domain::{Carrier, Gap, ReportState, Severity, Village};
use crate::normalize::list::AreaList;

/// The carriers that handed in a list, or stand in a column of one, in order.
pub(super) fn carriers(lists: &[AreaList]) -> Vec<Carrier> {
    let of_areas = lists.iter().flat_map(|l| &l.areas).map(|a| &a.carrier);
    let all: BTreeSet<&Carrier> = lists.iter().map(|l| &l.carrier).chain(of_areas).collect();
    all.into_iter().cloned().collect()
}

/// What one carrier's areas say of one village.
#[derive(Default)]
struct Report {
    severity: Option<Severity>,
    area_ids: Vec<String>,
}

/// The gaps, by village (in the order given), then carrier.
pub(super) fn gaps(villages: &[Village], areas: &[MatchedArea], carriers: &[Carrier]) -> Vec<Gap> {
    let mut reported: BTreeMap<(usize, &Carrier), Report> = BTreeMap::new();
    let mut doubtful: BTreeMap<(usize, &Carrier), Vec<String>> = BTreeMap::new();
    for matched in areas {
        let carrier = &matched.area.carrier;
        for &village in &matched.demand {
            let entry = reported.entry((village, carrier)).or_default();
            entry.severity = entry.severity.max(matched.area.severity);
            entry.area_ids.push(matched.area.id.clone());
        }
        for &village in matched.matches.iter().flat_map(|m| &m.several) {
            doubtful.entry((village, carrier)).or_default().push(matched.area.id.clone());
        }
    }
    let mut gaps = Vec::with_capacity(villages.len() * carriers.len());
    for (i, village) in villages.iter().enumerate() {
        for carrier in carriers {
            let (state, severity, mut area_ids) =
                match (reported.remove(&(i, carrier)), doubtful.remove(&(i, carrier))) {
                    (Some(report), _) => (ReportState::Reported, report.severity, report.area_ids),
                    (None, Some(ids)) => (ReportState::Unknown, None, ids),
                    (None, None) => (ReportState::NotReported, None, Vec::new()),
                };
            area_ids.sort_unstable();
            area_ids.dedup();
            gaps.push(Gap {
                village_id: village.id.clone(),
                carrier: carrier.clone(),
                state,
                severity,
                area_ids,
            });
        }
    }
    gaps
}
