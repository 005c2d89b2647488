//! "Within a radius", decided exactly and mostly without a geodesic.
//!
//! In: a radius in metres and two positions. Out: whether the geodesic distance (WGS84, Karney) is at most the
//! radius, the same answer as [`distance_m`](super::distance_m) gives, boundary included.
//!
//! The straight chord brackets the geodesic of length `s` between two points of the ellipsoid:
//!
//! ```text
//! 2 R_min sin(s / (2 R_min))  ≤  chord  ≤  s
//! ```
//!
//! The right side is that no path is shorter than the straight one. The left side is Schur's comparison theorem
//! (Schur 1921; do Carmo, Differential Geometry of Curves and Surfaces, 5-7): a geodesic of a surface has as its
//! curvature the normal curvature of the surface, nowhere above `1 / R_min`, so its ends are at least as far
//! apart as those of a circular arc of radius `R_min` and the same length. `R_min` is the meridian's radius of
//! curvature at the equator, `a (1 - f)²`. Only chords between the two bounds, a band of `r³ / (24 R²)` (0.13 mm
//! at 5 km), need the geodesic itself.

use super::ecef::{FLATTENING, SEMI_MAJOR_M};
use super::{Ecef, LatLon, distance_m};

/// The smallest radius of curvature on WGS84, m: the meridian at the equator, `a (1 - f)²`.
const MIN_CURVATURE_RADIUS_M: f64 = SEMI_MAJOR_M * (1.0 - FLATTENING) * (1.0 - FLATTENING);

/// Room for what rounding does to earth-centred coordinates (nm) and for Karney's own error (15 nm), m.
const SLACK_M: f64 = 1e-6;
/// Room for the rounding of the bounds themselves, as a share of the radius.
const RELATIVE_SLACK: f64 = 1e-12;

/// Up to here the left inequality is used as it stands, m. It needs a geodesic no longer than `π R_min`; the
/// few longer ones (nearly antipodal) have chords far above the bound at this length.
const SCHUR_LIMIT_M: f64 = 10_000_000.0;
/// No two points of WGS84 are further apart, m: half a meridian is 20 003 931.46 m, rounded up.
const FARTHEST_M: f64 = 20_004_000.0;

/// A service radius: what "covered" means, said once. Finite and not negative.
///
/// ```
/// # use phusong::geodesy::{LatLon, Radius};
/// let radius = Radius::from_m(5_000.0)?;
/// let mast = LatLon::from_degrees(19.25, 104.40)?;
/// let village = LatLon::from_degrees(19.28, 104.42)?;
/// assert!(radius.contains(mast, village));
/// assert!(Radius::from_m(-1.0).is_err());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Radius {
    radius_m: f64,
    inside_chord_squared_m2: f64,
    outside_chord_squared_m2: f64,
}

/// Why a number is no radius.
#[derive(Debug, Clone, Copy, PartialEq, thiserror::Error)]
pub enum RadiusError {
    /// NaN or infinite.
    #[error("a radius of {0} m is not a finite number")]
    NotFinite(f64),
    /// Below zero.
    #[error("a radius of {0} m is negative")]
    Negative(f64),
}

impl Radius {
    /// A radius of `radius_m` metres along the ellipsoid.
    ///
    /// # Errors
    /// [`RadiusError`] where the number is NaN, infinite or negative.
    pub fn from_m(radius_m: f64) -> Result<Radius, RadiusError> {
        if !radius_m.is_finite() {
            return Err(RadiusError::NotFinite(radius_m));
        }
        if radius_m < 0.0 {
            return Err(RadiusError::Negative(radius_m));
        }
        let slack_m = SLACK_M + RELATIVE_SLACK * radius_m;
        let inside_chord_squared_m2 = if radius_m >= FARTHEST_M {
            f64::INFINITY
        } else {
            let arc_m = radius_m.min(SCHUR_LIMIT_M);
            let double_radius_m = 2.0 * MIN_CURVATURE_RADIUS_M;
            let chord_m = double_radius_m * (arc_m / double_radius_m).sin() - slack_m;
            // Below the slack nothing is certain: a bound that no square reaches.
            if chord_m > 0.0 { chord_m * chord_m } else { -1.0 }
        };
        let outside_chord_m = radius_m + slack_m;
        Ok(Radius {
            radius_m,
            inside_chord_squared_m2,
            outside_chord_squared_m2: outside_chord_m * outside_chord_m,
        })
    }

    /// The radius, m.
    pub fn metres(self) -> f64 {
        self.radius_m
    }

    /// A pair whose squared chord is at most this is inside, m². Negative where no chord says so alone.
    pub fn inside_chord_squared_m2(self) -> f64 {
        self.inside_chord_squared_m2
    }

    /// A pair whose squared chord is above this is outside, m². Between the two bounds only
    /// [`contains`](Radius::contains) knows.
    pub fn outside_chord_squared_m2(self) -> f64 {
        self.outside_chord_squared_m2
    }

    /// Whether the geodesic between two positions is at most the radius long.
    pub fn contains(self, a: LatLon, b: LatLon) -> bool {
        self.contains_at(Ecef::from(a).chord_squared_m2(Ecef::from(b)), a, b)
    }

    /// [`contains`](Radius::contains) for a caller that has the squared chord of the pair already, m².
    pub fn contains_at(self, chord_squared_m2: f64, a: LatLon, b: LatLon) -> bool {
        if chord_squared_m2 <= self.inside_chord_squared_m2 {
            return true;
        }
        if chord_squared_m2 > self.outside_chord_squared_m2 {
            return false;
        }
        distance_m(a, b) <= self.radius_m
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geodesy::destination;

    /// A number in [0, 1) from a counter (splitmix64).
    fn unit(state: &mut u64) -> f64 {
        *state = state.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = *state;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((z ^ (z >> 31)) >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// Wrong answers among `n` pairs near `radius_m`, in latitudes `lat`, and how many the chord left open.
    fn errors_near(radius_m: f64, lat: (f64, f64), n: u32, state: &mut u64) -> (u32, u32) {
        let radius = Radius::from_m(radius_m).unwrap();
        let (mut wrong, mut open) = (0, 0);
        for i in 0..n {
            let lat_deg = lat.0 + (lat.1 - lat.0) * unit(state);
            let a = LatLon::from_degrees(lat_deg, 360.0 * unit(state) - 180.0).unwrap();
            let spread_m = [1.0, 1e-3, 1e-5][i as usize % 3];
            let s_m = (radius_m + spread_m * (2.0 * unit(state) - 1.0)).max(0.0);
            let b = destination(a, 360.0 * unit(state), s_m).unwrap();
            let chord = Ecef::from(a).chord_squared_m2(Ecef::from(b));
            open += u32::from(
                chord > radius.inside_chord_squared_m2() && chord <= radius.outside_chord_squared_m2(),
            );
            wrong += u32::from(radius.contains(a, b) != (distance_m(a, b) <= radius_m));
        }
        (wrong, open)
    }

    #[test]
    fn a_million_pairs_around_the_radius_are_decided_as_karney_does() {
        let mut state = 1;
        let (mut pairs, mut open) = (0, 0);
        for radius_m in [100.0, 317.5, 1_000.0, 3_000.0, 5_000.0, 8_000.0, 12_345.678, 20_000.0, 50_000.0] {
            for lat in [(8.5, 23.4), (-1.0, 1.0), (40.0, 50.0), (84.0, 90.0), (-90.0, -60.0)] {
                let n = if lat.0 == 8.5 { 40_000 } else { 18_000 };
                let (wrong, undecided) = errors_near(radius_m, lat, n, &mut state);
                assert_eq!(wrong, 0, "radius {radius_m} m, latitudes {lat:?}");
                pairs += n;
                open += undecided;
            }
        }
        assert!(pairs >= 1_000_000, "only {pairs} pairs");
        assert!(
            open > 1_000 && open < pairs,
            "{open} of {pairs} went to Karney: the test must try both ways"
        );
    }

    #[test]
    fn tiny_and_huge_radii() {
        let mut state = 2;
        for radius_m in [0.0, 1e-9, 1e-6, 1e-3, 1.0, 400_000.0, 5e6, 9.999e6, 1.2e7, 1.9e7, 1.99e7, 2.0e7] {
            let (wrong, _) = errors_near(radius_m, (-90.0, 90.0), 3_000, &mut state);
            assert_eq!(wrong, 0, "radius {radius_m} m");
        }
        let a = LatLon::from_degrees(0.0, 0.0).unwrap();
        let antipode = LatLon::from_degrees(0.0, 180.0).unwrap();
        assert!(Radius::from_m(0.0).unwrap().contains(a, a));
        assert!(Radius::from_m(3e7).unwrap().contains(a, antipode));
        assert!(!Radius::from_m(2.0e7).unwrap().contains(a, antipode));
    }

    #[test]
    fn the_band_at_five_kilometres_is_a_tenth_of_a_millimetre() {
        let radius = Radius::from_m(5_000.0).unwrap();
        let band_m = radius.outside_chord_squared_m2().sqrt() - radius.inside_chord_squared_m2().sqrt();
        assert!((1.2e-4..1.4e-4).contains(&band_m), "{band_m} m");
    }

    #[test]
    fn what_is_no_radius_is_refused() {
        assert_eq!(Radius::from_m(-0.5), Err(RadiusError::Negative(-0.5)));
        assert!(matches!(Radius::from_m(f64::NAN), Err(RadiusError::NotFinite(_))));
        assert_eq!(Radius::from_m(f64::INFINITY), Err(RadiusError::NotFinite(f64::INFINITY)));
    }
}
