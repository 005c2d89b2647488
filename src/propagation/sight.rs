//! Whether terrain stands between two antennas: the line of sight over the effective earth, the first Fresnel zone, the
//! point that blocks most, and how high an antenna would have to be.
//!
//! Heights above the straight line between the antennas are taken with the bulge of the effective earth,
//! `500 d1 d2/ae` m for km (ITU-R P.1812-8, eq. 15), the radius of the first Fresnel zone is `sqrt(λ d1 d2/D)`
//! (ITU-R P.526-15, eq. 2). Without clutter.

use super::profile::Profile;

/// Speed of light, m·MHz.
const LIGHT_M_MHZ: f64 = 299.792_458;
/// The share of the first Fresnel zone that should be free (ITU-R P.530): with it diffraction costs nothing.
pub const FREE_SHARE: f64 = 0.6;

/// The line between two antennas over a profile.
#[derive(Debug, Clone, Copy)]
pub struct Sight<'a> {
    profile: Profile<'a>,
    /// Effective earth radius, km.
    pub ae_km: f64,
    /// Wavelength, m.
    pub wavelength_m: f64,
}

/// A point of the terrain against the line.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SightPoint {
    /// The point's number in the profile.
    pub point: usize,
    /// Distance from the first end, km.
    pub distance_km: f64,
    /// Terrain height, m above mean sea level.
    pub height_m: f64,
    /// Height of terrain and earth's bulge above the line, m; negative below it.
    pub above_line_m: f64,
    /// Radius of the first Fresnel zone there, m.
    pub fresnel_m: f64,
}

impl SightPoint {
    /// How much of the first Fresnel zone is free below the line: 1 all of its radius, 0 the terrain touches the line,
    /// negative where it blocks.
    pub fn free_share(&self) -> f64 {
        -self.above_line_m / self.fresnel_m
    }
}

/// One of the two ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    /// Where the profile begins.
    First,
    /// Where it ends.
    Last,
}

impl<'a> Sight<'a> {
    /// A line over a profile. `ae_km` is the effective earth radius, `freq_mhz` the frequency, both above 0.
    pub fn new(profile: Profile<'a>, ae_km: f64, freq_mhz: f64) -> Sight<'a> {
        Sight { profile, ae_km, wavelength_m: LIGHT_M_MHZ / freq_mhz }
    }

    /// Bulge of the effective earth above the chord at a distance from the first end, m.
    pub fn bulge_m(&self, distance_km: f64) -> f64 {
        500.0 * distance_km * (self.profile.length_km() - distance_km) / self.ae_km
    }

    /// Radius of the first Fresnel zone at a distance from the first end, m.
    pub fn fresnel_m(&self, distance_km: f64) -> f64 {
        let length = self.profile.length_km();
        (self.wavelength_m * 1000.0 * distance_km * (length - distance_km) / length).max(0.0).sqrt()
    }

    /// The point between the ends that leaves least of the first Fresnel zone free, for antennas so many m above the
    /// ground: it has the greatest diffraction parameter. `None` where there is no point between the ends.
    pub fn worst(&self, first_agl_m: f64, last_agl_m: f64) -> Option<SightPoint> {
        let (d, h) = (self.profile.distance_km(), self.profile.height_m());
        let last = d.len() - 1;
        let (from, to) = (h[0] + first_agl_m, h[last] + last_agl_m);
        let mut worst: Option<SightPoint> = None;
        for point in 1..last {
            let line = from + (to - from) * d[point] / d[last];
            let found = SightPoint {
                point,
                distance_km: d[point],
                height_m: h[point],
                above_line_m: h[point] + self.bulge_m(d[point]) - line,
                fresnel_m: self.fresnel_m(d[point]),
            };
            if worst.is_none_or(|w| found.free_share() < w.free_share()) {
                worst = Some(found);
            }
        }
        worst
    }

    /// The least height above ground, m, of the antenna at one end with which every point leaves `free_share` of the first
    /// Fresnel zone free below the line, the other antenna being `other_agl_m` above its ground. 0 where the ground will do.
    pub fn height_needed_m(&self, end: End, other_agl_m: f64, free_share: f64) -> f64 {
        let (d, h) = (self.profile.distance_km(), self.profile.height_m());
        let last = d.len() - 1;
        let length = d[last];
        let (own, other) = match end {
            End::First => (h[0], h[last] + other_agl_m),
            End::Last => (h[last], h[0] + other_agl_m),
        };
        let mut needed = 0.0_f64;
        for point in 1..last {
            let from_own = if end == End::First { d[point] } else { length - d[point] };
            let must_pass = h[point] + self.bulge_m(d[point]) + free_share * self.fresnel_m(d[point]);
            // The line from the other antenna through that height, continued to this end.
            let at_own = other + (must_pass - other) * length / (length - from_own);
            needed = needed.max(at_own - own);
        }
        needed
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::propagation::Distances;

    /// 10 km at 100 m, flat at 200 m but for a ridge of 350 m at 4 km.
    fn ridge() -> (Distances, Vec<f64>) {
        let mut heights = vec![200.0; 101];
        heights[40] = 350.0;
        (Distances::regular(100.0, 101).unwrap(), heights)
    }

    #[test]
    fn the_ridge_is_found_and_the_height_that_passes_it() {
        let (distances, heights) = ridge();
        let sight = Sight::new(Profile::new(&distances, &heights).unwrap(), 8495.0, 900.0);
        let worst = sight.worst(30.0, 1.5).unwrap();
        assert_eq!(worst.point, 40);
        // 500 · 4 · 6/8495 = 1.4126 m; the line is at 230 − 0.4 · 28.5 = 218.6 m.
        assert!((worst.above_line_m - (350.0 + 1.4126 - 218.6)).abs() < 1e-3, "{worst:?}");
        // sqrt(0.33310 · 4000 · 6000/10000) = 28.27 m.
        assert!((worst.fresnel_m - 28.275).abs() < 0.01, "{worst:?}");
        assert!(worst.free_share() < -4.0);
        for share in [0.0, FREE_SHARE] {
            for end in [End::First, End::Last] {
                let other = 12.0;
                let needed = sight.height_needed_m(end, other, share);
                let free = |height: f64| {
                    let (first, last) = if end == End::First { (height, other) } else { (other, height) };
                    sight.worst(first, last).unwrap().free_share()
                };
                assert!(free(needed + 0.001) >= share, "{end:?} {share}: {needed} m");
                assert!(free(needed - 0.01) < share, "{end:?} {share}: {needed} m is more than is needed");
            }
        }
    }

    #[test]
    fn over_flat_ground_only_the_bulge_counts() {
        let distances = Distances::regular(100.0, 101).unwrap();
        let heights = vec![50.0; 101];
        let sight = Sight::new(Profile::new(&distances, &heights).unwrap(), 8495.0, 900.0);
        assert!(sight.worst(60.0, 60.0).unwrap().free_share() > FREE_SHARE);
        assert_eq!(sight.height_needed_m(End::First, 500.0, 0.0), 0.0);
        let two = Distances::regular(100.0, 2).unwrap();
        let none = Sight::new(Profile::new(&two, &[1.0, 1.0]).unwrap(), 8495.0, 900.0);
        assert_eq!(none.worst(1.0, 1.0), None);
    }
}
