//! Heights along a path.

/// Heights at equal steps from one end of a path to the other. Kept and filled again, it allocates nothing.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct PathProfile {
    /// Length along the WGS84 ellipsoid, m.
    pub length_m: f64,
    /// Distance between points, m: the length over the number of points less one.
    pub step_m: f64,
    /// Heights at the points, both ends included, m above mean sea level as the tiles have it. NaN where unknown.
    pub heights_m: Vec<f64>,
    /// How many of the points are unknown: void, or without a tile.
    pub unknown_points: usize,
}
