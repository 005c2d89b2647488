//! Earth-centred, earth-fixed coordinates: where a straight chord is the honest measure of nearness.

use super::LatLon;

/// WGS84 semi-major axis, m (NIMA TR8350.2).
pub const SEMI_MAJOR_M: f64 = 6_378_137.0;
/// WGS84 flattening (NIMA TR8350.2).
pub const FLATTENING: f64 = 1.0 / 298.257_223_563;

/// A point on the ellipsoid (height 0) in earth-centred coordinates, metres.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Ecef {
    /// Towards 0° N 0° E, m.
    pub x_m: f64,
    /// Towards 0° N 90° E, m.
    pub y_m: f64,
    /// Towards the north pole, m.
    pub z_m: f64,
}

impl From<LatLon> for Ecef {
    fn from(position: LatLon) -> Ecef {
        let (sin_lat, cos_lat) = position.lat_deg().to_radians().sin_cos();
        let (sin_lon, cos_lon) = position.lon_deg().to_radians().sin_cos();
        let e2 = FLATTENING * (2.0 - FLATTENING);
        let n = SEMI_MAJOR_M / (1.0 - e2 * sin_lat * sin_lat).sqrt();
        Ecef { x_m: n * cos_lat * cos_lon, y_m: n * cos_lat * sin_lon, z_m: n * (1.0 - e2) * sin_lat }
    }
}

impl Ecef {
    /// Squared length of the straight chord to another point, m².
    pub fn chord_squared_m2(self, other: Ecef) -> f64 {
        let (dx, dy, dz) = (self.x_m - other.x_m, self.y_m - other.y_m, self.z_m - other.z_m);
        dx * dx + dy * dy + dz * dz
    }
}
