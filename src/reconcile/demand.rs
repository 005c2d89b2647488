//! Points of demand for what the register lacks: a real dead zone is never lost because the register has no
//! village there. Carriers that report the same place share one point, so that it counts once.

use std::collections::BTreeMap;

use super::MatchedArea;
use crate::domain::{Era, Village, VillageOrigin};
use crate::geodesy::{LatLon, distance_m};
use crate::normalize::admin::ProvinceUnits;
use crate::normalize::name::NameKeys;

/// Two areas of one name in one commune are one place up to this distance, m.
const SAME_PLACE_M: f64 = 2_000.0;

/// A point already made: its village number, and where it is.
struct Point {
    village: usize,
    position: Option<LatLon>,
}

/// Gives every name that means no village of the register a point of its own, appended to `villages`.
pub(super) fn add_outside_register(
    areas: &mut [MatchedArea],
    units: &ProvinceUnits,
    villages: &mut Vec<Village>,
) {
    let mut known: BTreeMap<(String, String), Vec<Point>> = BTreeMap::new();
    for i in 0..areas.len() {
        if let Some(first) = areas[i].duplicate_of {
            if areas[i].matches.iter().any(|m| m.village.is_none()) {
                areas[i].demand = areas[first].demand.clone();
            }
            continue;
        }
        if !areas[i].area.names_a_place() {
            continue;
        }
        let missing: Vec<Option<usize>> =
            areas[i].matches.iter().filter(|m| m.village.is_none()).map(|m| m.name).collect();
        let keys: Vec<Option<(String, String)>> = names_outside(&areas[i]).collect();
        let several = missing.len() > 1;
        for (nth, (name, key)) in missing.into_iter().zip(keys).enumerate() {
            let matched = &areas[i];
            let words = name.map(|n| matched.area.villages[n].clean.clone());
            let mut alone = Vec::new();
            let points = match key {
                Some(key) => known.entry(key).or_default(),
                None => &mut alone,
            };
            let same = points.iter().find(|p| same_place(p.position, matched.position));
            let village = match same {
                Some(point) => point.village,
                None => {
                    let suffix = if several { format!("#{}", nth + 1) } else { String::new() };
                    villages.push(stand_in(matched, words.unwrap_or_default(), &suffix, units));
                    points.push(Point { village: villages.len() - 1, position: matched.position });
                    villages.len() - 1
                }
            };
            areas[i].demand.push(village);
        }
        areas[i].demand.sort_unstable();
        areas[i].demand.dedup();
    }
}

/// The names of an area that mean no village of the register, each with its commune; `None` where there is no name by
/// which another area could mean the same place.
pub(super) fn names_outside(matched: &MatchedArea) -> impl Iterator<Item = Option<(String, String)>> + '_ {
    let is_place = matched.area.names_a_place();
    matched.matches.iter().filter(move |m| is_place && m.village.is_none()).map(|m| {
        let core = NameKeys::new(&matched.area.villages.get(m.name?)?.clean).loose;
        let commune = matched.commune_code.as_ref().map(|c| c.0.clone()).unwrap_or_default();
        (!core.is_empty()).then_some((commune, core))
    })
}

/// One name in one commune: the same place unless the positions say otherwise.
pub(super) fn same_place(a: Option<LatLon>, b: Option<LatLon>) -> bool {
    match (a, b) {
        (Some(a), Some(b)) => distance_m(a, b) <= SAME_PLACE_M,
        _ => true,
    }
}

fn stand_in(matched: &MatchedArea, name: String, suffix: &str, units: &ProvinceUnits) -> Village {
    let area = &matched.area;
    let single = suffix.is_empty();
    Village {
        id: format!("area:{}{suffix}", area.id),
        name,
        commune_code: matched.commune_code.clone(),
        // What the list calls it is not always its name, nor that of today's commune.
        commune: matched
            .commune_code
            .as_ref()
            .and_then(|code| units.by_code(&code.0, Era::Y2025))
            .map(|commune| commune.name.clone()),
        old_commune: area.commune.clone(),
        old_district: area.district.clone(),
        position: matched.position,
        households: area.households.filter(|_| single),
        population: area.population.filter(|_| single),
        hardship: area.hardship,
        grid_power: area.grid_power,
        weight: None,
        origin: VillageOrigin::AreaOutsideRegister(area.id.clone()),
        source: area.source.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{area, list, matched, placed, village};
    use crate::domain::{Carrier, ReportState};

    #[test]
    fn two_carriers_that_report_one_place_outside_the_register_share_a_point_with_two_gaps() {
        let register = [village("A", "Bản Na", 19.40, 104.12)];
        let viettel = list(vec![placed(area(Carrier::Viettel, 2, &["Bản Mới"]), 19.41, 104.12)]);
        let mobifone = list(vec![placed(area(Carrier::MobiFone, 2, &["Thôn Mới"]), 19.415, 104.12)]);
        let result = matched(&register, &[], &[viettel, mobifone]);
        assert_eq!(result.villages.len(), 2);
        assert_eq!(result.villages[1].id, "area:Viettel-2");
        assert_eq!(result.areas[0].demand, [1]);
        assert_eq!(result.areas[1].demand, [1]);
        let gaps: Vec<_> = result.gaps.iter().filter(|g| g.village_id == "area:Viettel-2").collect();
        assert_eq!(gaps.len(), 2);
        assert!(gaps.iter().all(|g| g.state == ReportState::Reported));
        assert!(result.village_states()[1].dark);
    }

    #[test]
    fn far_apart_they_are_two_places() {
        let register = [village("A", "Bản Na", 19.40, 104.12)];
        let viettel = list(vec![placed(area(Carrier::Viettel, 2, &["Bản Mới"]), 19.38, 104.12)]);
        let mobifone = list(vec![placed(area(Carrier::MobiFone, 2, &["Bản Mới"]), 19.42, 104.12)]);
        let result = matched(&register, &[], &[viettel, mobifone]);
        assert_eq!(result.villages.len(), 3);
    }

    #[test]
    fn each_name_of_a_cell_that_the_register_lacks_is_a_point_and_households_are_not_split() {
        let register = [village("A", "Bản Na", 19.40, 104.12)];
        let mut both = area(Carrier::Viettel, 2, &["Bản Mới", "Bản Na", "Bản Cũ"]);
        both.households = Some(120);
        let result = matched(&register, &[], &[list(vec![both])]);
        let ids: Vec<&str> = result.villages.iter().map(|v| v.id.as_str()).collect();
        assert_eq!(ids, ["A", "area:Viettel-2#1", "area:Viettel-2#2"]);
        assert_eq!(result.villages[1].households, None, "120 is the number of all three");
        assert_eq!(result.areas[0].demand, [0, 1, 2]);
    }
}
