//! The registered programme beside the gaps: which reported villages lie within the radius of a registered
//! station, and which stations have no gap within theirs.
//!
//! Within the radius is all that is said: whether signal gets there hangs on terrain and mast (`coverage`).

use super::Reconciliation;
use crate::domain::{Carrier, PlannedStation, ReportState};
use crate::geodesy::{LatLon, Radius, distance_m};
use crate::index::{IndexError, PointIndex};

/// A registered station near a village.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct InReach {
    /// Its number in the programme.
    pub station: usize,
    /// How far, m.
    pub distance_m: f64,
}

/// A reported village and the stations within the radius.
#[derive(Debug, Clone, PartialEq)]
pub struct VillageReach {
    /// Its number in [`Reconciliation::villages`].
    pub village: usize,
    /// The carriers that report it.
    pub reported_by: Vec<Carrier>,
    /// Those of them that have registered no station within the radius.
    pub without_own_station: Vec<Carrier>,
    /// Stations of whichever carrier within the radius, nearest first; `None` where the village's position is not
    /// known and nothing can be said.
    pub stations: Option<Vec<InReach>>,
}

/// A station and the reported villages within its radius.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StationUse {
    /// Its number in the programme.
    pub station: usize,
    /// Villages within the radius that its own carrier reports; `None` where the station has no position.
    pub own_gaps: Option<u64>,
    /// Villages within the radius that any carrier reports, likewise.
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

/// Lays the programme over the gaps.
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
    let mut uses: Vec<StationUse> = stations
        .iter()
        .enumerate()
        .map(|(station, s)| {
            let none_yet = s.position.map(|_| 0);
            StationUse { station, own_gaps: none_yet, any_gaps: none_yet }
        })
        .collect();
    let mut villages = Vec::new();
    for (i, (village, gaps)) in result.by_village().enumerate() {
        let reported_by: Vec<Carrier> =
            gaps.iter().filter(|g| g.state == ReportState::Reported).map(|g| g.carrier.clone()).collect();
        if reported_by.is_empty() {
            continue;
        }
        let near = village.position.map(|centre| {
            let mut near: Vec<InReach> = index
                .collect_within(centre, radius)
                .into_iter()
                .map(|n| {
                    let (station, position) = located[n as usize];
                    InReach { station, distance_m: distance_m(centre, position) }
                })
                .collect();
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
    Ok(Programme { villages, stations: uses })
}
