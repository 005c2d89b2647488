//! The registered programme beside the gaps: which reported villages a registered station reaches, and which stations
//! reach no gap.
//!
//! What "reaches" means is the caller's: [`programme`] takes a radius, of which it says no more than that; a prediction
//! (`coverage`) comes in through [`programme_reaching`].

use std::collections::BTreeMap;

use super::Reconciliation;
use crate::domain::{Carrier, PlannedStation, ReportState};
use crate::geodesy::{LatLon, Radius, distance_m};
use crate::index::{IndexError, PointIndex};
use crate::normalize::admin::commune_name_key;
use crate::normalize::name::NameKeys;

/// A registered station that reaches a village.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct InReach {
    /// Its number in the programme.
    pub station: usize,
    /// How far, m; `None` for a station without a position that is registered for this village by name.
    pub distance_m: Option<f64>,
}

/// A reported village and the stations that reach it.
#[derive(Debug, Clone, PartialEq)]
pub struct VillageReach {
    /// Its number in [`Reconciliation::villages`].
    pub village: usize,
    /// The carriers that report it.
    pub reported_by: Vec<Carrier>,
    /// Those of them that have registered no station that reaches it; empty also where it is not known what does.
    pub without_own_station: Vec<Carrier>,
    /// Stations of whichever carrier that reach it, nearest first; `None` where nothing can be said: its position is not
    /// known, or the ground under a predicted path. A station that names it is here even so.
    pub stations: Option<Vec<InReach>>,
}

impl VillageReach {
    /// What is known of the stations that reach it, apart from what is only known by name.
    pub fn kind(&self) -> ReachKind {
        match &self.stations {
            None => ReachKind::Unknown,
            Some(near) if near.is_empty() => ReachKind::None,
            Some(near) if near.iter().any(|n| n.distance_m.is_some()) => ReachKind::Reached,
            Some(_) => ReachKind::ByName,
        }
    }
}

/// What is known of the stations that reach a village.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReachKind {
    /// A station whose position is known reaches it.
    Reached,
    /// None that is known to reach it, but one without a position is registered for it by name.
    ByName,
    /// None.
    None,
    /// Nothing can be said.
    Unknown,
}

/// A station and the reported villages that it reaches.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StationUse {
    /// Its number in the programme.
    pub station: usize,
    /// Whether it has no position and is known to serve the village that it is registered for by name, and no more.
    pub by_name: bool,
    /// Villages that it reaches and its own carrier reports; `None` where nothing can be said: it has no position, and
    /// the village that it names, if any, is not reported by its carrier.
    pub own_gaps: Option<u64>,
    /// Villages that it reaches and any carrier reports, likewise.
    pub any_gaps: Option<u64>,
    /// Whether unknown ground hides if it reaches a village that its own carrier reports.
    pub ground_unknown: bool,
}

impl StationUse {
    /// Whether it is known to reach no village that its own carrier reports.
    pub fn serves_no_own_gap(&self) -> bool {
        self.own_gaps == Some(0) && !self.ground_unknown
    }

    /// Whether it reaches none as far as is known, and unknown ground lies before one.
    pub fn is_unknown(&self) -> bool {
        self.own_gaps == Some(0) && self.ground_unknown
    }
}

/// The programme beside the gaps.
#[derive(Debug, Clone, PartialEq)]
pub struct Programme {
    /// Every reported village, in the order of villages.
    pub villages: Vec<VillageReach>,
    /// Every station, in the order of the programme.
    pub stations: Vec<StationUse>,
}

/// Lays the programme over the gaps: a station reaches whatever lies within the radius.
///
/// # Errors
/// More stations than an index can hold.
pub fn programme(
    result: &Reconciliation,
    stations: &[PlannedStation],
    radius: Radius,
) -> Result<Programme, IndexError> {
    let located: Vec<(usize, LatLon)> =
        stations.iter().enumerate().filter_map(|(i, s)| Some((i, s.position?))).collect();
    let index = PointIndex::new(&located.iter().map(|(_, p)| *p).collect::<Vec<_>>())?;
    let near = |village: usize| {
        let centre = result.villages[village].position?;
        let near = index.collect_within(centre, radius).into_iter().map(|n| {
            let (station, position) = located[n as usize];
            InReach { station, distance_m: Some(distance_m(centre, position)) }
        });
        Some(near.collect())
    };
    Ok(programme_reaching(result, stations, near))
}

/// Commune and village for comparing: without type, case and the place of tone marks.
pub(crate) fn place_key(commune: &str, village: &str) -> (String, String) {
    (commune_name_key(commune), NameKeys::new(&crate::text::clean(village).text).full)
}

/// For each station without a position, the village that it is registered for: the one that has its name in its
/// commune of today or of before.
fn named_villages(result: &Reconciliation, stations: &[PlannedStation]) -> Vec<Option<usize>> {
    let mut villages: BTreeMap<(String, String), Vec<usize>> = BTreeMap::new();
    for (number, village) in result.villages.iter().enumerate() {
        for commune in [&village.commune, &village.old_commune].into_iter().flatten() {
            let same = villages.entry(place_key(commune, &village.name)).or_default();
            if same.last() != Some(&number) {
                same.push(number);
            }
        }
    }
    let named = |station: &PlannedStation| {
        let (None, Some(commune), Some(village)) = (station.position, &station.commune, &station.village)
        else {
            return None;
        };
        match villages.get(&place_key(commune, village))?.as_slice() {
            [one] => Some(*one),
            _ => None,
        }
    };
    stations.iter().map(named).collect()
}

/// Lays the programme over the gaps. `reaching` gives the stations that reach a village, by its number, in any order;
/// `None` where nothing can be said.
pub fn programme_reaching(
    result: &Reconciliation,
    stations: &[PlannedStation],
    reaching: impl Fn(usize) -> Option<Vec<InReach>>,
) -> Programme {
    let named = named_villages(result, stations);
    let mut by_name: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (station, village) in named.iter().enumerate() {
        if let Some(village) = village {
            by_name.entry(*village).or_default().push(station);
        }
    }
    let mut uses: Vec<StationUse> = stations
        .iter()
        .enumerate()
        .map(|(station, s)| {
            let none_yet = s.position.map(|_| 0);
            StationUse {
                station,
                by_name: named[station].is_some(),
                own_gaps: none_yet,
                any_gaps: none_yet,
                ground_unknown: false,
            }
        })
        .collect();
    let mut villages = Vec::new();
    for (i, (_, gaps)) in result.by_village().enumerate() {
        let reported_by: Vec<Carrier> =
            gaps.iter().filter(|g| g.state == ReportState::Reported).map(|g| g.carrier.clone()).collect();
        if reported_by.is_empty() {
            continue;
        }
        let of_name = by_name.get(&i).into_iter().flatten();
        let of_name: Vec<InReach> =
            of_name.map(|station| InReach { station: *station, distance_m: None }).collect();
        let reaching = reaching(i);
        let is_known = reaching.is_some();
        let near = match reaching {
            None if of_name.is_empty() => None,
            found => Some(found.unwrap_or_default().into_iter().chain(of_name).collect::<Vec<_>>()),
        };
        let near = near.map(|mut near| {
            // Those registered for it by name first.
            let how_far_m = |n: &InReach| n.distance_m.unwrap_or_default();
            near.sort_by(|a, b| {
                let is_located = |n: &InReach| n.distance_m.is_some();
                (is_located(a).cmp(&is_located(b)))
                    .then_with(|| how_far_m(a).total_cmp(&how_far_m(b)))
                    .then_with(|| stations[a.station].id.cmp(&stations[b.station].id))
            });
            near
        });
        let own = |carrier: &Carrier| {
            near.as_ref().is_some_and(|near| near.iter().any(|n| stations[n.station].carrier == *carrier))
        };
        // A station known by name says nothing of the stations of others where nobody knows what reaches the village.
        let without_own_station = match is_known {
            true => reported_by.iter().filter(|c| !own(c)).cloned().collect(),
            false => Vec::new(),
        };
        for n in near.iter().flatten() {
            let station = &mut uses[n.station];
            station.any_gaps = Some(station.any_gaps.unwrap_or(0) + 1);
            if reported_by.contains(&stations[n.station].carrier) {
                station.own_gaps = Some(station.own_gaps.unwrap_or(0) + 1);
            }
        }
        villages.push(VillageReach { village: i, reported_by, without_own_station, stations: near });
    }
    Programme { villages, stations: uses }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{area, list, matched, village};
    use super::*;
    use crate::domain::Source;

    #[test]
    fn a_station_without_a_position_is_known_to_serve_the_village_that_it_names() {
        let mut register = ["A", "B", "C"].map(|id| village(id, &format!("Bản {id}"), 19.4, 104.1));
        for village in &mut register {
            village.commune = Some("Xã Na Loi".into());
        }
        register[2].position = None;
        let areas = |carrier: Carrier| {
            list(["Bản A", "Bản C"].map(|name| area(carrier.clone(), 2, &[name])).to_vec())
        };
        let lists = [areas(Carrier::Viettel), areas(Carrier::MobiFone)];
        let result = matched(&register, &[], &lists);
        let station = |id: &str, commune: &str, village: &str| PlannedStation {
            id: id.into(),
            carrier: Carrier::Viettel,
            commune: Some(commune.into()),
            village: Some(village.into()),
            position: None,
            year: None,
            status: None,
            technology: None,
            height_agl_m: None,
            kind: None,
            grid_distance_km: None,
            cost_million_vnd: None,
            group: None,
            source: Source { file: "p.csv".into(), sheet: None, row: 2 },
        };
        let stations = [
            station("P1", "Na Loi", "bản A"),
            station("P2", "xã Na Loi", "Bản B"),
            station("P3", "Na Ngoi", "Bản A"),
            station("P4", "Na Loi", "Bản C"),
        ];
        let found = programme(&result, &stations, Radius::from_m(10.0).unwrap()).unwrap();
        let of = |village: usize| {
            let reach = found.villages.iter().find(|v| v.village == village).unwrap();
            let near = reach.stations.iter().flatten();
            near.map(|n| (n.station, n.distance_m)).collect::<Vec<_>>()
        };
        assert_eq!(of(0), [(0, None)]);
        assert_eq!(of(2), [(3, None)], "although nobody knows where it is");
        let gaps: Vec<_> = found.stations.iter().map(|s| (s.by_name, s.own_gaps)).collect();
        assert_eq!(gaps, [(true, Some(1)), (true, None), (false, None), (true, Some(1))]);
        let of_others: Vec<_> =
            found.villages.iter().map(|v| (v.kind(), v.without_own_station.clone())).collect();
        let near_a = (ReachKind::ByName, vec![Carrier::MobiFone]);
        let near_c = (ReachKind::ByName, Vec::new());
        assert_eq!(of_others, [near_a, near_c], "where Bản C is nobody knows, nor what reaches it");
    }
}
