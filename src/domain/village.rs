//! Villages: the unit of demand.

use super::{CommuneCode, Source};
use crate::geodesy::LatLon;

/// Where a village comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum VillageOrigin {
    /// The register of villages.
    Register,
    /// A carrier's area that means no village of the register: kept so that a real dead zone is not lost.
    /// Holds the area's id.
    AreaOutsideRegister(String),
}

/// A village (thôn, bản, xóm, làng, khối). What is not known is `None`, never zero.
#[derive(Debug, Clone, PartialEq)]
pub struct Village {
    /// Unique id.
    pub id: String,
    /// Name as the register has it, NFC.
    pub name: String,
    /// Code of today's commune.
    pub commune_code: Option<CommuneCode>,
    /// Today's commune, full name.
    pub commune: Option<String>,
    /// The commune it belonged to before 2025-07-01, full name.
    pub old_commune: Option<String>,
    /// The district it belonged to, full name.
    pub old_district: Option<String>,
    /// Its centre.
    pub position: Option<LatLon>,
    /// Households.
    pub households: Option<u32>,
    /// Inhabitants.
    pub population: Option<u32>,
    /// Especially difficult (ĐBKK).
    pub hardship: Option<bool>,
    /// Has grid power.
    pub grid_power: Option<bool>,
    /// The user's own weight; 1 where the file has none.
    pub weight: Option<f64>,
    /// Register or area.
    pub origin: VillageOrigin,
    /// The row it was read from.
    pub source: Source,
}
