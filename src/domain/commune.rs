//! Communes and the eras in which their names hold.

use geo::MultiPolygon;

use crate::geodesy::LatLon;

/// The official code of a commune. Leading zeros count. Codes are reused between eras: without its [`Era`]
/// a code is no key.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CommuneCode(pub String);

/// The three lists of communes that papers in use today may follow.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Era {
    /// Until November 2024 (Nghệ An: 460 communes in 21 districts).
    Y2024,
    /// December 2024 to June 2025 (Nghệ An: 412 communes in 20 districts).
    H1Y2025,
    /// Since 1 July 2025: no districts (Nghệ An: 130 communes).
    Y2025,
}

impl Era {
    /// The short name: `2024`, `2025H1`, `2025`.
    pub fn name(self) -> &'static str {
        match self {
            Era::Y2024 => "2024",
            Era::H1Y2025 => "2025H1",
            Era::Y2025 => "2025",
        }
    }
}

/// A commune of one era.
#[derive(Debug, Clone, PartialEq)]
pub struct Commune {
    /// The era in which code and name hold.
    pub era: Era,
    /// Official code in that era.
    pub code: CommuneCode,
    /// Full name with its type, `Xã Tam Thái`.
    pub name: String,
    /// Full name of the district, absent since 2025-07-01.
    pub district: Option<String>,
    /// A point in or near it: a hint only, some published ones are 41 km off.
    pub hint: Option<LatLon>,
    /// Area, km², where known.
    pub area_km2: Option<f64>,
}

/// A commune with its outline (today's era), from the study's `communes` file.
#[derive(Debug, Clone, PartialEq)]
pub struct CommuneOutline {
    /// The commune.
    pub commune: Commune,
    /// Outline in degrees (x = longitude), where the file has outlines.
    pub outline: Option<MultiPolygon<f64>>,
    /// Inhabitants, where known.
    pub population: Option<u32>,
}
