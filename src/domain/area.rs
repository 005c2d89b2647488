//! Areas: what a carrier reports as a dead zone.

use geo::MultiPolygon;

use super::{Carrier, Source};
use crate::geodesy::LatLon;

/// How bad: no signal at the village's centre, or a part of it without.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Lõm sóng: part of the village has no signal.
    Weak,
    /// Trắng sóng: no signal at the village's centre.
    White,
}

impl Severity {
    /// The key used in files: `white`, `weak`.
    pub fn key(self) -> &'static str {
        match self {
            Severity::White => "white",
            Severity::Weak => "weak",
        }
    }
}

/// How an area's position was come by.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum PositionOrigin {
    /// The list gives geographic coordinates.
    Geographic,
    /// The list gives projected VN-2000 coordinates.
    Vn2000 {
        /// Central meridian of the zone, degrees.
        meridian_deg: f64,
        /// Width of the zone, degrees: 3 or 6.
        zone_deg: u8,
        /// Whether the zone was named (study, header) or found by trying.
        guessed: bool,
    },
    /// The centre of the polygon reported.
    Polygon,
}

/// An area's position and where it comes from.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct AreaPosition {
    /// The position used.
    pub position: LatLon,
    /// How it was come by.
    pub origin: PositionOrigin,
    /// Latitude and longitude (northing and easting) were exchanged in the list and put right.
    pub swapped: bool,
}

/// A village's name as a list has it, and cleaned.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VillageName {
    /// As written (one name, where the cell holds several).
    pub raw: String,
    /// NFC, single spaces, legacy fonts converted, tone marks on the standard vowel; case as written.
    pub clean: String,
}

/// One row or polygon of a carrier's list, normalised. Lists of different carriers overlap, so a sum of areas over
/// carriers counts places twice and means nothing.
#[derive(Debug, Clone, PartialEq)]
pub struct Area {
    /// Unique within a run: the list's own id, or carrier and running number.
    pub id: String,
    /// Who reports it.
    pub carrier: Carrier,
    /// Where it stands.
    pub source: Source,
    /// District as the list has it (own cell, filled down, group row or sheet name), clean.
    pub district: Option<String>,
    /// Commune as the list has it, clean, with or without its type.
    pub commune: Option<String>,
    /// Commune code as the list has it.
    pub commune_code: Option<String>,
    /// The villages it names: none, one, or several in one cell.
    pub villages: Vec<VillageName>,
    /// Village id where the list gives one.
    pub village_id: Option<String>,
    /// Position, where one could be read.
    pub position: Option<AreaPosition>,
    /// Polygon, where the list has polygons (degrees, x = longitude).
    pub polygon: Option<MultiPolygon<f64>>,
    /// How bad.
    pub severity: Option<Severity>,
    /// Households.
    pub households: Option<u32>,
    /// Inhabitants.
    pub population: Option<u32>,
    /// Especially difficult (ĐBKK).
    pub hardship: Option<bool>,
    /// Has grid power.
    pub grid_power: Option<bool>,
    /// What signal there is, as written.
    pub technology: Option<String>,
}

impl Area {
    /// Whether it says of any place that it is one: by a name, an id or a position. Without, it stands for no village.
    pub fn names_a_place(&self) -> bool {
        !self.villages.is_empty()
            || self.village_id.is_some()
            || self.position.is_some()
            || self.polygon.is_some()
    }
}
