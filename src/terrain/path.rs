//! Positions at equal steps along the geodesic between two places, fast.
//!
//! A path of up to [`SHORT_M`] is cut into pieces of at most [`PIECE_M`]; in each, latitude and longitude are parabolas of
//! the point's number through the piece's ends and middle. Those three lie on the plane through both places and the earth's
//! vertical, brought down to the ellipsoid. Against Karney's geodesic the positions are within 2 cm and the length within
//! 1 mm (tested up to 65° of latitude): a thousandth of the finest posting. Longer paths and those nearer to a pole ask
//! Karney for every point.

use crate::geodesy::{Ecef, LatLon, destination, distance_m};
use geographiclib_rs::{Geodesic, InverseGeodesic};

/// The most points of a profile.
pub const MAX_POINTS: usize = 100_001;
/// The longest path that is approximated, m.
const SHORT_M: f64 = 100_000.0;
/// The longest piece with one parabola, m.
const PIECE_M: f64 = 16_000.0;
/// Beyond this latitude meridians run together too fast for parabolas, degrees.
const STEEP_DEG: f64 = 65.0;
/// WGS84.
const A_M: f64 = 6_378_137.0;
const F: f64 = 1.0 / 298.257_223_563;
const E2: f64 = F * (2.0 - F);

/// How many points a path has: at least both ends.
pub(super) fn points(length_m: f64, step_m: f64) -> usize {
    if step_m > 0.0 && length_m > 0.0 {
        // A length that is a whole number of steps but for rounding is that number.
        let steps = (length_m / step_m - 1e-6).ceil();
        (steps.clamp(1.0, (MAX_POINTS - 1) as f64) as usize) + 1
    } else {
        2
    }
}

/// `.0 + .1 t + .2 t²`
#[derive(Debug, Clone, Copy)]
pub(super) struct Parabola(pub f64, pub f64, pub f64);

impl Parabola {
    /// Through a value at t = 0, half of `n`, and `n`.
    pub fn through(start: f64, middle: f64, end: f64, n: f64) -> Parabola {
        let linear = 4.0 * (middle - start) - (end - start);
        let square = 2.0 * ((end - start) - 2.0 * (middle - start));
        Parabola(start, linear / n, square / (n * n))
    }

    pub fn at(self, t: f64) -> f64 {
        self.0 + t * (self.1 + t * self.2)
    }

    /// The same, of a value that is multiplied and moved.
    pub fn scaled(self, factor: f64, offset: f64) -> Parabola {
        Parabola(self.0 * factor + offset, self.1 * factor, self.2 * factor)
    }

    /// The least and the greatest value that it can have from `t0` to `t1`.
    pub fn range(self, t0: f64, t1: f64) -> (f64, f64) {
        let (a, b) = (self.at(t0), self.at(t1));
        let bulge = 0.25 * self.2.abs() * (t1 - t0) * (t1 - t0);
        (a.min(b) - bulge, a.max(b) + bulge)
    }
}

/// The points `first..=last` of a path: `t` counts from `first`.
#[derive(Debug, Clone, Copy)]
pub(super) struct Piece {
    pub first: usize,
    pub last: usize,
    pub lat: Parabola,
    pub lon: Parabola,
    /// Latitude and longitude of start, middle and end, degrees.
    pub knots: [(f64, f64); 3],
}

impl Piece {
    /// The position of a point.
    pub fn position(&self, i: usize) -> Option<LatLon> {
        let t = (i - self.first) as f64;
        let lon = self.lon.at(t);
        LatLon::from_degrees(self.lat.at(t), lon - 360.0 * (lon / 360.0).round()).ok()
    }
}

/// A path.
#[derive(Debug, Clone, Copy)]
pub(super) struct Path {
    from: LatLon,
    to: LatLon,
    a: Ecef,
    b: Ecef,
    length_m: f64,
    short: bool,
}

impl Path {
    pub fn new(from: LatLon, to: LatLon) -> Path {
        let (a, b) = (Ecef::from(from), Ecef::from(to));
        let chord_m2 = a.chord_squared_m2(b);
        let steep = from.lat_deg().abs().max(to.lat_deg().abs()) > STEEP_DEG;
        let short = chord_m2 <= SHORT_M * SHORT_M && !steep;
        let length_m = if short { arc_m(from, to, chord_m2) } else { distance_m(from, to) };
        Path { from, to, a, b, length_m, short }
    }

    pub fn length_m(&self) -> f64 {
        self.length_m
    }

    /// The pieces of a path of so many points; `None` where every point has to be asked for with [`Path::exact`].
    pub fn pieces(&self, count: usize) -> Option<impl Iterator<Item = Piece> + use<>> {
        let steps = count - 1;
        let pieces = ((self.length_m / PIECE_M).ceil().max(1.0) as usize).min(steps);
        let path = *self;
        let mut before = (self.from.lat_deg(), self.from.lon_deg());
        self.short.then(|| {
            (0..pieces).map(move |k| {
                let (first, last) = (k * steps / pieces, (k + 1) * steps / pieces);
                let share = |at: f64| at / steps as f64;
                let start = before;
                let middle = path.at(share(0.5 * (first + last) as f64));
                let end = if last == steps {
                    (path.to.lat_deg(), path.unwrapped(path.to.lon_deg()))
                } else {
                    path.at(share(last as f64))
                };
                before = end;
                let n = (last - first) as f64;
                Piece {
                    first,
                    last,
                    lat: Parabola::through(start.0, middle.0, end.0, n),
                    lon: Parabola::through(start.1, middle.1, end.1, n),
                    knots: [start, middle, end],
                }
            })
        })
    }

    /// Longitudes of one path do not jump at the 180th meridian.
    fn unwrapped(&self, lon_deg: f64) -> f64 {
        let turn = lon_deg - self.from.lon_deg();
        if turn.abs() > 180.0 { lon_deg - 360.0 * turn.signum() } else { lon_deg }
    }

    /// Latitude and longitude at a share of the path, degrees.
    fn at(&self, share: f64) -> (f64, f64) {
        let weight = if share == 0.5 {
            0.5
        } else {
            // Equal shares of the arc are not equal shares of the chord.
            let angle = self.length_m / 6_371_000.0;
            let (near, far) = ((share * angle).sin(), ((1.0 - share) * angle).sin());
            near / (near + far)
        };
        let mix = |a: f64, b: f64| a + (b - a) * weight;
        let (x, y, z) =
            (mix(self.a.x_m, self.b.x_m), mix(self.a.y_m, self.b.y_m), mix(self.a.z_m, self.b.z_m));
        let (lat, lon) = geodetic(x, y, z);
        (lat, self.unwrapped(lon))
    }

    /// The position of a point by Karney's geodesic.
    pub fn exact(&self, i: usize, count: usize) -> Option<LatLon> {
        let steps = count - 1;
        if i == 0 || i == steps {
            return Some(if i == 0 { self.from } else { self.to });
        }
        let (a, b) = (self.from, self.to);
        let (_, azimuth_deg, _, _): (f64, f64, f64, f64) =
            Geodesic::wgs84().inverse(a.lat_deg(), a.lon_deg(), b.lat_deg(), b.lon_deg());
        destination(a, azimuth_deg, self.length_m * i as f64 / steps as f64)
    }
}

/// The arc over a chord: s = c (1 + c²/24R² + 3c⁴/640R⁴), R the radius of curvature half-way in the path's direction.
fn arc_m(from: LatLon, to: LatLon, chord_m2: f64) -> f64 {
    if chord_m2 <= 0.0 {
        return 0.0;
    }
    let sin = (0.5 * (from.lat_deg() + to.lat_deg())).to_radians().sin();
    let w = 1.0 - E2 * sin * sin;
    let prime_vertical = A_M / w.sqrt();
    let meridian = prime_vertical * (1.0 - E2) / w;
    let north = (to.lat_deg() - from.lat_deg()).to_radians() * meridian;
    let cos2 = (north * north / chord_m2).min(1.0);
    let curvature = cos2 / meridian + (1.0 - cos2) / prime_vertical;
    let x = chord_m2 * curvature * curvature;
    chord_m2.sqrt() * (1.0 + x * (1.0 / 24.0 + x * (3.0 / 640.0)))
}

/// Latitude and longitude, degrees, of a point near the ellipsoid (Bowring 1976, one step: exact to a nanometre here).
fn geodetic(x: f64, y: f64, z: f64) -> (f64, f64) {
    let p = (x * x + y * y).sqrt();
    let tan = z / (p * (1.0 - F));
    let cos = 1.0 / (1.0 + tan * tan).sqrt();
    let sin = tan * cos;
    let b = A_M * (1.0 - F);
    let up = z + E2 / (1.0 - E2) * b * sin * sin * sin;
    let out = p - E2 * A_M * cos * cos * cos;
    (up.atan2(out).to_degrees(), y.atan2(x).to_degrees())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn check(from: LatLon, azimuth_deg: f64, length_m: f64) -> Result<(), TestCaseError> {
        let to = destination(from, azimuth_deg, length_m).unwrap();
        let path = Path::new(from, to);
        prop_assert!((path.length_m() - length_m).abs() < 1e-3, "{} {length_m}", path.length_m());
        let count = points(path.length_m(), 30.0);
        let Some(pieces) = path.pieces(count) else {
            prop_assert!(from.lat_deg().abs().max(to.lat_deg().abs()) > 65.0 || length_m > 99_900.0);
            return Ok(());
        };
        let mut next = 0;
        for piece in pieces {
            prop_assert_eq!(piece.first, next);
            next = piece.last;
            for i in (piece.first..=piece.last).step_by(7) {
                let t = (i - piece.first) as f64;
                let lon = piece.lon.at(t);
                let lon = lon - 360.0 * (lon / 360.0).round();
                let here = LatLon::from_degrees(piece.lat.at(t), lon).unwrap();
                let s = length_m * i as f64 / (count - 1) as f64;
                let wanted = destination(from, azimuth_deg, s).unwrap();
                let off_m = distance_m(here, wanted);
                prop_assert!(off_m < 0.02, "{off_m} m off after {s} of {length_m} m");
            }
        }
        prop_assert_eq!(next, count - 1);
        Ok(())
    }

    proptest! {
        #[test]
        fn parabolas_stay_within_two_centimetres_of_the_geodesic(
            lat in -64.0..64.0f64, lon in -180.0..180.0f64, azimuth in 0.0..360.0f64, km in 0.05..99.8f64,
        ) {
            check(LatLon::from_degrees(lat, lon).unwrap(), azimuth, km * 1_000.0)?;
        }
    }

    #[test]
    fn the_number_of_points_is_bounded_and_at_least_two() {
        assert_eq!(points(15_000.0, 30.0), 501);
        assert_eq!(points(15_000.1, 30.0), 502);
        for step in [0.0, -1.0, f64::NAN] {
            assert_eq!(points(15_000.0, step), 2);
        }
        assert_eq!(points(0.0, 30.0), 2);
        assert_eq!(points(2e7, 1e-9), MAX_POINTS);
        assert_eq!(points(10.0, f64::INFINITY), 2);
    }
}
