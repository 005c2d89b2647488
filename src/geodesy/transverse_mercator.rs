//! Transverse Mercator on the WGS84 ellipsoid, and the UTM zones made of it.
//!
//! In: a position, or metres. Out: the other. Source: Krüger's series in the third flattening, as in Karney,
//! "Transverse Mercator with an accuracy of a few nanometers", J. Geodesy 85 (2011), eqs 7–12 and 35–36, here to the
//! fourth order: below a micrometre within 10° of the meridian. Not here: other datums (see [`super::vn2000`]).

use super::LatLon;
use super::ecef::{FLATTENING, SEMI_MAJOR_M};

/// Third flattening.
const N: f64 = FLATTENING / (2.0 - FLATTENING);
/// Rectifying radius, m (eq. 14).
const RADIUS_M: f64 = SEMI_MAJOR_M / (1.0 + N) * (1.0 + N * N / 4.0 + N * N * N * N / 64.0);
/// Forward series (eq. 35).
const ALPHA: [f64; 4] = [
    N * (0.5 + N * (-2.0 / 3.0 + N * (5.0 / 16.0 + N * 41.0 / 180.0))),
    N * N * (13.0 / 48.0 + N * (-3.0 / 5.0 + N * 557.0 / 1440.0)),
    N * N * N * (61.0 / 240.0 - N * 103.0 / 140.0),
    N * N * N * N * (49561.0 / 161280.0),
];
/// Backward series (eq. 36).
const BETA: [f64; 4] = [
    N * (0.5 + N * (-2.0 / 3.0 + N * (37.0 / 96.0 - N / 360.0))),
    N * N * (1.0 / 48.0 + N * (1.0 / 15.0 - N * 437.0 / 1440.0)),
    N * N * N * (17.0 / 480.0 - N * 37.0 / 840.0),
    N * N * N * N * (4397.0 / 161280.0),
];
/// Scale on the central meridian of a UTM zone.
const UTM_SCALE: f64 = 0.9996;
/// Easting of the central meridian, m.
const FALSE_EASTING_M: f64 = 500_000.0;
/// Northing of the equator in a southern zone, m.
const SOUTHERN_NORTHING_M: f64 = 10_000_000.0;
/// How far beside the meridian the series is used, degrees.
const REACH_DEG: f64 = 20.0;

/// A UTM zone on WGS84.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct UtmZone {
    number: u8,
    south: bool,
}

impl UtmZone {
    /// Zone 1…60, of the northern or southern half; `None` for any other number.
    pub fn new(number: u8, south: bool) -> Option<UtmZone> {
        (1..=60).contains(&number).then_some(UtmZone { number, south })
    }

    /// The zone of EPSG 32601–32660 or 32701–32760.
    pub fn from_epsg(code: u32) -> Option<UtmZone> {
        match code {
            32601..=32660 => UtmZone::new((code - 32600) as u8, false),
            32701..=32760 => UtmZone::new((code - 32700) as u8, true),
            _ => None,
        }
    }

    /// The zone's number.
    pub fn number(self) -> u8 {
        self.number
    }

    /// Whether northings count from 10 000 km south of the equator.
    pub fn is_south(self) -> bool {
        self.south
    }

    fn meridian_deg(self) -> f64 {
        f64::from(self.number) * 6.0 - 183.0
    }

    /// Northing and easting, m. `None` more than 20° beside the zone's meridian.
    pub fn from_wgs84(self, position: LatLon) -> Option<(f64, f64)> {
        let lon = position.lon_deg() - self.meridian_deg();
        let lon = lon - 360.0 * (lon / 360.0).round();
        if lon.abs() > REACH_DEG {
            return None;
        }
        let (x, y) = forward(position.lat_deg().to_radians(), lon.to_radians());
        let zero = if self.south { SOUTHERN_NORTHING_M } else { 0.0 };
        Some((UTM_SCALE * y + zero, UTM_SCALE * x + FALSE_EASTING_M))
    }

    /// The position of a northing and easting, m. `None` where they lie outside what the zone can show.
    pub fn to_wgs84(self, northing_m: f64, easting_m: f64) -> Option<LatLon> {
        let zero = if self.south { SOUTHERN_NORTHING_M } else { 0.0 };
        let (x, y) = ((easting_m - FALSE_EASTING_M) / UTM_SCALE, (northing_m - zero) / UTM_SCALE);
        if !(x.abs() <= 2_500_000.0 && y.abs() <= 10_000_000.0) {
            return None;
        }
        let (lat, lon) = backward(x, y);
        let lon = lon.to_degrees() + self.meridian_deg();
        LatLon::from_degrees(lat.to_degrees(), lon - 360.0 * (lon / 360.0).round()).ok()
    }
}

fn eccentricity() -> f64 {
    (FLATTENING * (2.0 - FLATTENING)).sqrt()
}

/// East and north of the meridian's crossing with the equator, m, at scale 1; radians in.
fn forward(lat: f64, lon: f64) -> (f64, f64) {
    let (e, sin_lat) = (eccentricity(), lat.sin());
    // Tangent of the conformal latitude (eq. 7–9).
    let t = (sin_lat.atanh() - e * (e * sin_lat).atanh()).sinh();
    let (sin_lon, cos_lon) = lon.sin_cos();
    let xi = t.atan2(cos_lon);
    let eta = (sin_lon / t.hypot(cos_lon)).asinh();
    let (mut y, mut x) = (xi, eta);
    for (alpha, j) in ALPHA.iter().zip([2.0, 4.0, 6.0, 8.0]) {
        y += alpha * (j * xi).sin() * (j * eta).cosh();
        x += alpha * (j * xi).cos() * (j * eta).sinh();
    }
    (RADIUS_M * x, RADIUS_M * y)
}

/// The inverse of [`forward`].
fn backward(x_m: f64, y_m: f64) -> (f64, f64) {
    let (y, x) = (y_m / RADIUS_M, x_m / RADIUS_M);
    let (mut xi, mut eta) = (y, x);
    for (beta, j) in BETA.iter().zip([2.0, 4.0, 6.0, 8.0]) {
        xi -= beta * (j * y).sin() * (j * x).cosh();
        eta -= beta * (j * y).cos() * (j * x).sinh();
    }
    let conformal = (xi.sin() / eta.sinh().hypot(xi.cos())).asinh();
    let e = eccentricity();
    let mut sin_lat = conformal.tanh();
    // Each step is e² = 0.0067 times as wrong as the one before.
    for _ in 0..9 {
        sin_lat = (conformal + e * (e * sin_lat).atanh()).tanh();
    }
    (sin_lat.asin(), eta.sinh().atan2(xi.cos()))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::geodesy::distance_m;

    #[test]
    fn a_meridian_arc_is_the_geodesic() {
        // On the central meridian the northing is 0.9996 times the arc from the equator.
        let zone = UtmZone::from_epsg(32648).unwrap();
        let equator = LatLon::from_degrees(0.0, 105.0).unwrap();
        for lat in [0.5, 8.0, 19.3, 23.4, 60.0, 84.0] {
            let at = LatLon::from_degrees(lat, 105.0).unwrap();
            let (n, e) = zone.from_wgs84(at).unwrap();
            assert!((n - 0.9996 * distance_m(equator, at)).abs() < 1e-5, "{lat}");
            assert!((e - 500_000.0).abs() < 1e-9);
        }
    }

    #[test]
    fn codes_that_are_no_zone_are_refused() {
        assert_eq!(UtmZone::from_epsg(32600), None);
        assert_eq!(UtmZone::from_epsg(32661), None);
        assert_eq!(UtmZone::from_epsg(32748).map(|z| (z.number(), z.is_south())), Some((48, true)));
        let zone = UtmZone::from_epsg(32648).unwrap();
        assert_eq!(zone.to_wgs84(f64::NAN, 5e5), None);
        assert_eq!(zone.to_wgs84(1e300, 5e5), None);
        assert_eq!(zone.from_wgs84(LatLon::from_degrees(48.0, 2.0).unwrap()), None);
    }

    proptest! {
        /// The same projection through proj4rs, by way of the VN-2000 zone without its shift, is another program's.
        #[test]
        fn agrees_with_proj4rs_and_inverts(lat in -80.0..80.0f64, lon in 100.0..110.0f64) {
            use proj4rs::{Proj, transform::transform};
            let at = LatLon::from_degrees(lat, lon).unwrap();
            let zone = UtmZone::from_epsg(32648).unwrap();
            let (n, e) = zone.from_wgs84(at).unwrap();
            let from = Proj::from_proj_string("+proj=longlat +ellps=WGS84").unwrap();
            let to = Proj::from_proj_string("+proj=utm +zone=48 +ellps=WGS84").unwrap();
            let mut point = (lon.to_radians(), lat.to_radians());
            transform(&from, &to, &mut point).unwrap();
            prop_assert!((point.0 - e).hypot(point.1 - n) < 1e-4, "{point:?} {e} {n}");
            let back = zone.to_wgs84(n, e).unwrap();
            prop_assert!(distance_m(at, back) < 1e-5);
        }
    }
}
