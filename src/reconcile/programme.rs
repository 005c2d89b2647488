//! The registered programme beside the gaps: which reported villages a registered station reaches, and which stations
//! reach no gap.
//!
//! What "reaches" means is the caller's: [`programme`] takes a radius, of which it says no more than that; a prediction
//! (`coverage`) comes in through [`programme_reaching`].

use super::Reconciliation;
use crate::domain::{Carrier, PlannedStation, ReportState};
use crate::geodesy::{LatLon, Radius, distance_m};
use crate::index::{IndexError, PointIndex};

/// A registered station that reaches a village.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct InReach {
    /// Its number in the programme.
    pub station: usize,
    /// How far, m.
    pub distance_m: f64,
}

/// A reported village and the stations that reach it.
#[derive(Debug, Clone, PartialEq)]
pub struct VillageReach {
    /// Its number in [`Reconciliation::villages`].
    pub village: usize,
    /// The carriers that report it.
    pub reported_by: Vec<Carrier>,
    /// Those of them that have registered no station that reaches it.
    pub without_own_station: Vec<Carrier>,
    /// Stations of whichever carrier that reach it, nearest first; `None` where nothing can be said: its position is not
    /// known, or the ground under a predicted path.
    pub stations: Option<Vec<InReach>>,
}

/// A station and the reported villages that it reaches.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StationUse {
    /// Its number in the programme.
    pub station: usize,
    /// Villages that it reaches and its own carrier reports; `None` where the station has no position.
    pub own_gaps: Option<u64>,
    /// Villages that it reaches and any carrier reports, likewise.
    pub any_gaps: Option<u64>,
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
            InReach { station, distance_m: distance_m(centre, position) }
        });
        Some(near.collect())
    };
    Ok(programme_reaching(result, stations, near))
}

/// Lays the programme over the gaps. `reaching` gives the stations that reach a village, by its number, in any order;
/// `None` where nothing can be said.
pub fn programme_reaching(
    result: &Reconciliation,
    stations: &[PlannedStation],
    reaching: impl Fn(usize) -> Option<Vec<InReach>>,
) -> Programme {
    let mut uses: Vec<StationUse> = stations
        .iter()
        .enumerate()
        .map(|(station, s)| {
            let none_yet = s.position.map(|_| 0);
            StationUse { station, own_gaps: none_yet, any_gaps: none_yet }
        })
        .collect();
    let mut villages = Vec::new();
    for (i, (_, gaps)) in result.by_village().enumerate() {
        let reported_by: Vec<Carrier> =
            gaps.iter().filter(|g| g.state == ReportState::Reported).map(|g| g.carrier.clone()).collect();
        if reported_by.is_empty() {
            continue;
        }
        let near = reaching(i).map(|mut near| {
            near.sort_by(|a, b| {
                a.distance_m
                    .total_cmp(&b.distance_m)
                    .then_with(|| stations[a.station].id.cmp(&stations[b.station].id))
            });
            near
        });
        let own = |carrier: &Carrier| {
            near.as_ref().is_some_and(|near| near.iter().any(|n| stations[n.station].carrier == *carrier))
        };
        let without_own_station = match near {
            Some(_) => reported_by.iter().filter(|c| !own(c)).cloned().collect(),
            None => Vec::new(),
        };
        for n in near.iter().flatten() {
            let station = &mut uses[n.station];
            station.any_gaps = station.any_gaps.map(|count| count + 1);
            if reported_by.contains(&stations[n.station].carrier) {
                station.own_gaps = station.own_gaps.map(|count| count + 1);
            }
        }
        villages.push(VillageReach { village: i, reported_by, without_own_station, stations: near });
    }
    Programme { villages, stations: uses }
}
