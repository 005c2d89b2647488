//! Northing and easting to a position: which zone is meant.

use super::{CoordContext, CoordError};
use crate::geodesy::vn2000::{Vn2000Zone, to_wgs84};
use crate::geodesy::{LatLon, distance_m};

/// The list's own zone holds while its result lies within this of where the row should be. A neighbouring zone
/// moves a point by 0.25° = 26 km at least.
const NEAR_ENOUGH_M: f64 = 20_000.0;
/// Another zone is believed only where it brings the point this close.
const CONVINCING_M: f64 = 5_000.0;
/// So close where it is known in which commune the point should be: communes are 5 to 10 km wide, zones 26 km apart.
const CONVINCING_NEAR_M: f64 = 12_000.0;
/// Zones whose results differ by less (3° and 6° on one meridian do) are equally plausible; the earlier is taken.
const SAME_M: f64 = 1_000.0;

/// A position with the zone it was found in.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Located {
    pub position: LatLon,
    pub zone: Vn2000Zone,
    pub guessed: bool,
    pub margin_m: Option<f64>,
}

/// The zone of a whole list, found by trying.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ZoneGuess {
    /// The zone.
    pub zone: Vn2000Zone,
    /// Median distance of the results from where the rows should be, m.
    pub median_m: f64,
    /// How much greater the next best zone's median is, m.
    pub margin_m: f64,
}

/// The zone that brings a list's points nearest to where its rows should be, by the median: one row alone may be
/// wrong, a list has one zone. Each point is northing, easting (m) and the believed place. `None` without points.
pub fn guess_zone(points: &[(f64, f64, LatLon)]) -> Option<ZoneGuess> {
    let mut medians: Vec<(f64, Vn2000Zone)> = Vn2000Zone::all()
        .filter_map(|zone| {
            let mut distances: Vec<f64> = points
                .iter()
                .filter_map(|(north, east, near)| {
                    Some(distance_m(to_wgs84(*north, *east, zone).ok()?, *near))
                })
                .collect();
            distances.sort_by(f64::total_cmp);
            Some((*distances.get(distances.len() / 2)?, zone))
        })
        .collect();
    medians.sort_by(|a, b| a.0.total_cmp(&b.0));
    let (median_m, zone) = *medians.first()?;
    let margin_m = medians.get(1).map_or(0.0, |(next, _)| next - median_m);
    Some(ZoneGuess { zone, median_m, margin_m })
}

/// Finds the position. A zone that the text names is taken; then the list's own meridians where they put the point
/// into the province and not far from its commune; then the zone in use that does best.
pub(super) fn locate(
    northing_m: f64,
    easting_m: f64,
    named: Option<Vn2000Zone>,
    ctx: &CoordContext,
) -> Result<Located, CoordError> {
    let at = |zone: Vn2000Zone| {
        let position = to_wgs84(northing_m, easting_m, zone).ok()?;
        let vietnam =
            (7.0..=24.5).contains(&position.lat_deg()) && (101.0..=118.5).contains(&position.lon_deg());
        vietnam.then_some((zone, position))
    };
    let own: Vec<(Vn2000Zone, LatLon)> = match named.or(ctx.zone) {
        Some(zone) => at(zone).into_iter().collect(),
        None => ctx.meridians_deg.iter().filter_map(|deg| at(Vn2000Zone::three_degree(*deg).ok()?)).collect(),
    };
    let in_province = |p: LatLon| ctx.province_bbox.is_none_or(|bbox| bbox.contains(p));
    let mut others: Vec<(Vn2000Zone, LatLon)> =
        Vn2000Zone::all().filter(|z| own.iter().all(|(o, _)| o != z)).filter_map(at).collect();
    if ctx.province_bbox.is_some() {
        others.retain(|(_, p)| in_province(*p));
    }
    let target = ctx.near.or_else(|| {
        let bbox = ctx.province_bbox?;
        LatLon::from_degrees((bbox.south_deg + bbox.north_deg) / 2.0, (bbox.west_deg + bbox.east_deg) / 2.0)
            .ok()
    });
    let off_m = |p: LatLon| target.map_or(0.0, |t| distance_m(p, t));
    let margin = |chosen: (Vn2000Zone, LatLon)| {
        target?;
        let rivals = own.iter().chain(&others).filter(|(zone, _)| *zone != chosen.0);
        rivals.map(|(_, p)| off_m(*p) - off_m(chosen.1)).min_by(f64::total_cmp)
    };
    let result = |chosen: (Vn2000Zone, LatLon), guessed: bool| Located {
        position: chosen.1,
        zone: chosen.0,
        guessed,
        margin_m: margin(chosen),
    };
    let best = |zones: &[(Vn2000Zone, LatLon)]| {
        let least = zones.iter().map(|(_, p)| off_m(*p)).min_by(f64::total_cmp)?;
        zones.iter().copied().find(|(_, p)| off_m(*p) <= least + SAME_M)
    };

    let own_fits = |p: LatLon| in_province(p) && (ctx.near.is_none() || off_m(p) <= NEAR_ENOUGH_M);
    if let Some(chosen) = own.iter().copied().find(|(_, p)| own_fits(*p)) {
        return Ok(result(chosen, false));
    }
    let other = best(&others);
    let convincing_m = if ctx.near.is_some() { CONVINCING_NEAR_M } else { CONVINCING_M };
    let own_in_province = own.iter().copied().find(|(_, p)| in_province(*p));
    match (own_in_province, other) {
        // The row may simply be wrong: another zone must explain it well to be believed.
        (Some(own), Some(other)) if off_m(other.1) > convincing_m => Ok(result(own, false)),
        (Some(own), None) => Ok(result(own, false)),
        (_, Some(other)) if target.is_some() => Ok(result(other, true)),
        _ => match own.first() {
            Some(own) => Ok(result(*own, false)),
            None => Err(CoordError::NoZone { northing_m, easting_m }),
        },
    }
}
