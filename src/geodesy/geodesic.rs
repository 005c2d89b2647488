//! Exact distances along the ellipsoid (Karney 2013), millimetres and better.

use geographiclib_rs::{DirectGeodesic, Geodesic, InverseGeodesic};

use super::LatLon;

/// Distance along the WGS84 ellipsoid, m.
pub fn distance_m(a: LatLon, b: LatLon) -> f64 {
    Geodesic::wgs84().inverse(a.lat_deg(), a.lon_deg(), b.lat_deg(), b.lon_deg())
}

/// Distance along the WGS84 ellipsoid, m, and the direction in which it leaves `from`, degrees clockwise from north.
pub fn distance_and_bearing(from: LatLon, to: LatLon) -> (f64, f64) {
    let (distance_m, bearing_deg, _, _): (f64, f64, f64, f64) =
        Geodesic::wgs84().inverse(from.lat_deg(), from.lon_deg(), to.lat_deg(), to.lon_deg());
    (distance_m, bearing_deg.rem_euclid(360.0))
}

/// The point `distance_m` metres from `start` towards `azimuth_deg` (clockwise from north).
/// `None` where the result is no position (a non-finite argument).
pub fn destination(start: LatLon, azimuth_deg: f64, distance_m: f64) -> Option<LatLon> {
    let (lat, lon) = Geodesic::wgs84().direct(start.lat_deg(), start.lon_deg(), azimuth_deg, distance_m);
    LatLon::from_degrees(lat, lon).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_degree_of_latitude_at_the_equator() {
        let a = LatLon::from_degrees(0.0, 105.0).unwrap();
        let b = LatLon::from_degrees(1.0, 105.0).unwrap();
        // Meridian arc 0°–1° on WGS84: 110 574.389 m.
        assert!((distance_m(a, b) - 110_574.389).abs() < 0.001);
    }

    #[test]
    fn there_and_measured_back() {
        let a = LatLon::from_degrees(19.0, 104.5).unwrap();
        let b = destination(a, 37.0, 5_000.0).unwrap();
        assert!((distance_m(a, b) - 5_000.0).abs() < 1e-6);
        let (there_m, bearing_deg) = distance_and_bearing(a, b);
        assert!((there_m - 5_000.0).abs() < 1e-6 && (bearing_deg - 37.0).abs() < 1e-9, "{bearing_deg}");
        let (_, back_deg) = distance_and_bearing(b, a);
        assert!((216.9..217.1).contains(&back_deg), "{back_deg}");
        assert!(destination(a, f64::NAN, 1.0).is_none());
    }
}
