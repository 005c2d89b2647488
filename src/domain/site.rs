//! Places with a mast, and places where one could stand.

use super::{AntennaRow, Carrier, Source};
use crate::geodesy::LatLon;

/// An existing mast of one carrier.
#[derive(Debug, Clone, PartialEq)]
pub struct Station {
    /// Unique id.
    pub id: String,
    /// Whose antennas.
    pub carrier: Carrier,
    /// Where.
    pub position: LatLon,
    /// Antenna height above ground, m.
    pub height_agl_m: Option<f64>,
    /// Technologies, as written (`2G+4G`).
    pub technology: Option<String>,
    /// The tower, where several carriers share one.
    pub tower: Option<String>,
    /// What the table says of its antennas, a row each; empty: nothing.
    pub antennas: Vec<AntennaRow>,
    /// The row it was read from.
    pub source: Source,
}

/// A station of the registered programme.
#[derive(Debug, Clone, PartialEq)]
pub struct PlannedStation {
    /// Unique id.
    pub id: String,
    /// Who registered it.
    pub carrier: Carrier,
    /// Commune, as written.
    pub commune: Option<String>,
    /// Village, as written.
    pub village: Option<String>,
    /// Where, if stated.
    pub position: Option<LatLon>,
    /// Year promised.
    pub year: Option<u16>,
    /// Status, as written.
    pub status: Option<String>,
    /// Technologies, as written (`4G`, `4G+5G`).
    pub technology: Option<String>,
    /// Antenna above ground, m.
    pub height_agl_m: Option<f64>,
    /// As a candidate's, as written; what it is judged by where a constraint asks for it.
    pub kind: Option<String>,
    /// Distance to the power grid, km.
    pub grid_distance_km: Option<f64>,
    /// Cost, million đồng.
    pub cost_million_vnd: Option<f64>,
    /// At most one station of a group may be built.
    pub group: Option<String>,
    /// The row it was read from.
    pub source: Source,
}

/// A place where a station could be built.
#[derive(Debug, Clone, PartialEq)]
pub struct Candidate {
    /// Unique id.
    pub id: String,
    /// Where.
    pub position: LatLon,
    /// `hilltop`, `village`, `existing_tower`, …, as written.
    pub kind: Option<String>,
    /// Mast height above ground, m.
    pub height_agl_m: Option<f64>,
    /// Distance to the power grid, km.
    pub grid_distance_km: Option<f64>,
    /// Distance to a road, km.
    pub road_distance_km: Option<f64>,
    /// Cost, million đồng.
    pub cost_million_vnd: Option<f64>,
    /// What the table says of its antennas, a row each; empty: nothing.
    pub antennas: Vec<AntennaRow>,
    /// At most one candidate of a group is built: plots of which one is bought, variants of one mast.
    pub group: Option<String>,
    /// The row it was read from.
    pub source: Source,
}
