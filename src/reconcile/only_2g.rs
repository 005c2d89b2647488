//! Villages that have nothing but 2G of a carrier and go dark when 2G ends: by what its list says, or because every
//! station of the carrier within the radius is of 2G only.
//!
//! Within the radius is all that is said of stations; terrain is not looked at. A station whose technology is not stated
//! may be of any: villages near one are not judged by stations.

use std::collections::BTreeMap;

use super::Reconciliation;
use crate::domain::{Carrier, Station};
use crate::geodesy::{LatLon, Radius, distance_m};
use crate::index::{IndexError, PointIndex};
use crate::normalize::value::only_2g as says_only_2g;

/// A village with 2G alone of a carrier.
#[derive(Debug, Clone, PartialEq)]
pub struct Only2g {
    /// Its number in [`Reconciliation::villages`].
    pub village: usize,
    /// Whose 2G.
    pub carrier: Carrier,
    /// The carrier's list says so.
    pub by_list: bool,
    /// Stations of the carrier within the radius, all of them of 2G only; 0 where only the list says so.
    pub stations: u64,
    /// The nearest of them, m.
    pub nearest_m: Option<f64>,
}

/// The villages, in the order of [`Reconciliation::villages`], then by carrier.
///
/// # Errors
/// More stations than an index can hold.
pub fn only_2g(
    result: &Reconciliation,
    stations: &[Station],
    radius: Radius,
) -> Result<Vec<Only2g>, IndexError> {
    let mut found: BTreeMap<(usize, Carrier), Only2g> = BTreeMap::new();
    for area in &result.areas {
        if area.area.technology.as_deref().is_some_and(says_only_2g) {
            let carrier = &area.area.carrier;
            for village in &area.demand {
                entry(&mut found, *village, carrier).by_list = true;
            }
        }
    }
    let mut of_carrier: BTreeMap<&Carrier, Vec<&Station>> = BTreeMap::new();
    for station in stations {
        of_carrier.entry(&station.carrier).or_default().push(station);
    }
    for (carrier, stations) in of_carrier {
        let positions: Vec<LatLon> = stations.iter().map(|s| s.position).collect();
        let index = PointIndex::new(&positions)?;
        for (number, village) in result.villages.iter().enumerate() {
            let Some(centre) = village.position else { continue };
            let near: Vec<&Station> = index
                .collect_within(centre, radius)
                .into_iter()
                .filter_map(|i| stations.get(i as usize).copied())
                .collect();
            if near.is_empty() || !near.iter().all(|s| s.technology.as_deref().is_some_and(says_only_2g)) {
                continue;
            }
            let nearest_m = near.iter().map(|s| distance_m(centre, s.position)).min_by(f64::total_cmp);
            let entry = entry(&mut found, number, carrier);
            entry.stations = near.len() as u64;
            entry.nearest_m = nearest_m;
        }
    }
    Ok(found.into_values().collect())
}

fn entry<'m>(
    found: &'m mut BTreeMap<(usize, Carrier), Only2g>,
    village: usize,
    carrier: &Carrier,
) -> &'m mut Only2g {
    found.entry((village, carrier.clone())).or_insert_with(|| Only2g {
        village,
        carrier: carrier.clone(),
        by_list: false,
        stations: 0,
        nearest_m: None,
    })
}

#[cfg(test)]
mod tests {
    use super::super::testing::{area, at, list, matched, village};
    use super::*;
    use crate::domain::{Area, Source};

    fn station(id: &str, carrier: Carrier, lat: f64, technology: Option<&str>) -> Station {
        Station {
            id: id.to_owned(),
            carrier,
            position: at(lat, 104.12),
            height_agl_m: None,
            technology: technology.map(str::to_owned),
            tower: None,
            antennas: Vec::new(),
            source: Source { file: "s.csv".into(), sheet: None, row: 2 },
        }
    }

    #[test]
    fn by_the_list_and_by_stations_of_the_same_carrier() {
        let register = [
            village("A", "Bản Na", 19.40, 104.12),
            village("B", "Bản Hín", 19.50, 104.12),
            village("C", "Bản Ca", 19.60, 104.12),
        ];
        let said =
            Area { technology: Some("chỉ 2G".to_owned()), ..area(Carrier::Viettel, 2, &["Bản Na"]) };
        let result = matched(&register, &[], &[list(vec![said])]);
        let stations = [
            station("1", Carrier::VinaPhone, 19.501, Some("2G")),
            station("2", Carrier::VinaPhone, 19.502, Some("GSM")),
            station("3", Carrier::VinaPhone, 19.601, Some("2G")),
            // What else is there, or not stated, speaks against it.
            station("4", Carrier::VinaPhone, 19.602, Some("2G/4G")),
            station("5", Carrier::MobiFone, 19.601, None),
        ];
        let found = only_2g(&result, &stations, Radius::from_m(3_000.0).unwrap()).unwrap();
        let told: Vec<(usize, &str, bool, u64)> =
            found.iter().map(|f| (f.village, f.carrier.name(), f.by_list, f.stations)).collect();
        assert_eq!(told, [(0, "Viettel", true, 0), (1, "VinaPhone", false, 2)]);
        assert!(found[1].nearest_m.is_some_and(|m| (100.0..120.0).contains(&m)), "{found:?}");
    }
}
