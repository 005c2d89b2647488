//! Every village and every carrier that handed in a list: reported, not reported, unknown.

use std::collections::{BTreeMap, BTreeSet};

use super::MatchedArea;
use crate::domain::{Carrier, Gap, ReportState, Severity, Village};
use crate::normalize::list::AreaList;

/// The carriers that handed in a list that says anything, or stand in a column of one, in order.
pub(super) fn carriers(lists: &[AreaList]) -> Vec<Carrier> {
    let of_areas = lists.iter().flat_map(|l| &l.areas).filter(|a| a.names_a_place()).map(|a| &a.carrier);
    let of_lists = lists.iter().filter(|l| l.says_anything()).map(|l| &l.carrier);
    let all: BTreeSet<&Carrier> = of_lists.chain(of_areas).collect();
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

#[cfg(test)]
mod tests {
    use super::super::testing::{area, ids, list, matched, village};
    use super::*;
    use crate::domain::Area;
    use crate::finding::Rule;

    fn state_of(result: &super::super::Reconciliation, village: &str) -> Vec<(String, ReportState)> {
        let of = result.gaps.iter().filter(|g| g.village_id == village);
        of.map(|g| (g.carrier.name().to_owned(), g.state)).collect()
    }

    #[test]
    fn an_area_that_may_mean_two_villages_makes_both_unknown_and_keeps_a_point_of_its_own() {
        let register = [village("A", "Bản Na", 19.40, 104.12), village("B", "Bản Na", 19.44, 104.12)];
        let result = matched(&register, &[], &[list(vec![area(Carrier::Viettel, 2, &["Bản Na"])])]);
        assert_eq!(ids(&result), [Vec::<&str>::new()]);
        for village in ["A", "B"] {
            assert_eq!(state_of(&result, village), [("Viettel".to_owned(), ReportState::Unknown)]);
        }
        assert_eq!(state_of(&result, "area:Viettel-2"), [("Viettel".to_owned(), ReportState::Reported)]);
        assert!(result.findings.iter().any(|f| f.rule == Rule::VillageAmbiguous));
        assert!(!result.village_states()[0].dark);
    }

    #[test]
    fn a_report_outweighs_a_doubt_and_the_worst_severity_stays() {
        let register = [village("A", "Bản Na", 19.40, 104.12), village("B", "Xóm Na", 19.44, 104.12)];
        let with = |row, name: &str, severity| Area { severity, ..area(Carrier::Viettel, row, &[name]) };
        let areas = vec![
            with(2, "Bản Na", Some(Severity::Weak)),
            with(3, "Bản Na", Some(Severity::White)),
            with(4, "Bản Na", None),
            with(5, "Thôn Na", None),
        ];
        let result = matched(&register, &[], &[list(areas)]);
        let of_a = result.gaps.iter().find(|g| g.village_id == "A").unwrap();
        assert_eq!((of_a.state, of_a.severity), (ReportState::Reported, Some(Severity::White)));
        assert_eq!(of_a.area_ids, ["Viettel-2", "Viettel-3", "Viettel-4"]);
        let of_b = result.gaps.iter().find(|g| g.village_id == "B").unwrap();
        assert_eq!(
            (of_b.state, of_b.area_ids.as_slice()),
            (ReportState::Unknown, &["Viettel-5".to_owned()][..])
        );
    }

    #[test]
    fn every_carrier_of_a_column_has_its_say() {
        let register = [village("A", "Bản Na", 19.40, 104.12)];
        let areas =
            vec![area(Carrier::Viettel, 2, &["Bản Na"]), area(Carrier::Other("Gtel".into()), 3, &["Bản Na"])];
        let result = matched(&register, &[], &[list(areas)]);
        let reported = ReportState::Reported;
        assert_eq!(state_of(&result, "A"), [("Viettel".into(), reported), ("Gtel".into(), reported)]);
        assert!(result.village_states()[0].dark);
    }

    #[test]
    fn a_village_id_wins_over_name_and_place() {
        let register = [village("A", "Bản Na", 19.40, 104.12), village("B", "Bản Hín", 19.44, 104.12)];
        let by_id = Area { village_id: Some("B".into()), ..area(Carrier::Viettel, 2, &["Bản Na"]) };
        let unknown = Area { village_id: Some("C".into()), ..area(Carrier::Viettel, 3, &["Bản Na"]) };
        assert_eq!(ids(&matched(&register, &[], &[list(vec![by_id, unknown])])), [["B"], ["A"]]);
    }
}
