//! Positions on the WGS84 ellipsoid and the distances between them.
//!
//! In: degrees, or projected metres. Out: checked positions, metres. Sources: Karney, "Algorithms for
//! geodesics", J. Geodesy 87 (2013), through the crate `geographiclib-rs`.
//! Not here: planar distance on degrees, which is wrong everywhere and therefore not offered.

mod area;
mod ecef;
mod geodesic;
mod lat_lon;
mod province_meridian;
mod radius;
pub mod transverse_mercator;
pub mod vn2000;

pub use area::band_area_m2;
pub use ecef::Ecef;
pub use geodesic::{destination, distance_and_bearing, distance_m};
pub use lat_lon::{LatLon, PositionError};
pub use province_meridian::province_meridians;
pub use radius::{Radius, RadiusError};
