//! Positions at equal steps along a path.

use crate::geodesy::{LatLon, distance_m};

/// The most points of a profile.
pub const MAX_POINTS: usize = 100_001;

/// How many points a path has: at least both ends.
pub(super) fn points(length_m: f64, step_m: f64) -> usize {
    if step_m > 0.0 && length_m > 0.0 {
        // A length that is a whole number of steps but for rounding is that number.
        let steps = (length_m / step_m - 1e-9).ceil();
        (steps.clamp(1.0, (MAX_POINTS - 1) as f64) as usize) + 1
    } else {
        2
    }
}

/// The positions of a path.
#[derive(Debug, Clone)]
pub(super) struct Positions {
    from: LatLon,
    azimuth_deg: f64,
    length_m: f64,
}

impl Positions {
    pub fn new(from: LatLon, to: LatLon) -> Positions {
        use geographiclib_rs::{Geodesic, InverseGeodesic};
        let (_, azimuth_deg, _, _): (f64, f64, f64, f64) =
            Geodesic::wgs84().inverse(from.lat_deg(), from.lon_deg(), to.lat_deg(), to.lon_deg());
        Positions { from, azimuth_deg, length_m: distance_m(from, to) }
    }

    pub fn length_m(&self) -> f64 {
        self.length_m
    }

    pub fn at(&self, i: usize, count: usize) -> Option<LatLon> {
        let s = self.length_m * i as f64 / (count - 1) as f64;
        crate::geodesy::destination(self.from, self.azimuth_deg, s)
    }
}
