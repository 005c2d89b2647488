//! Every village and every carrier that handed in a list: reported, not reported, unknown.

use std::collections::{BTreeMap, BTreeSet};

use super::MatchedArea;
use crate::domain::{Carrier, Gap, ReportState, Severity, Village};
use crate::normalize::list::AreaList;

/// The carriers that handed in a list, in order.
pub(super) fn carriers(lists: &[AreaList]) -> Vec<Carrier> {
    lists.iter().map(|l| l.carrier.clone()).collect::<BTreeSet<_>>().into_iter().collect()
}

/// The worst severity stated, and the ids of the areas.
type Reported = (Option<Severity>, Vec<String>);

/// The gaps, by village (in the order given), then carrier.
pub(super) fn gaps(villages: &[Village], areas: &[MatchedArea], carriers: &[Carrier]) -> Vec<Gap> {
    let mut reported: BTreeMap<(usize, &Carrier), Reported> = BTreeMap::new();
    let mut doubtful: BTreeMap<(usize, &Carrier), Vec<String>> = BTreeMap::new();
    for matched in areas {
        let carrier = &matched.area.carrier;
        for &village in &matched.demand {
            let entry = reported.entry((village, carrier)).or_default();
            entry.0 = entry.0.max(matched.area.severity);
            entry.1.push(matched.area.id.clone());
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
                    (Some((severity, ids)), _) => (ReportState::Reported, severity, ids),
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
