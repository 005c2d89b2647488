//! The nouns of the field, named as DESIGN's glossary names them. Values only: no reading, no matching.

mod antenna;
mod area;
mod carrier;
mod commune;
mod gap;
mod site;
mod source;
mod village;

pub use antenna::{AntennaRow, MAST_HEIGHT_M, Unreadable};
pub use area::{Area, AreaPosition, PositionOrigin, Severity, VillageName};
pub use carrier::Carrier;
pub use commune::{Commune, CommuneCode, CommuneOutline, Era};
pub use gap::{Gap, ReportState};
pub use site::{Candidate, PlannedStation, Station};
pub use source::Source;
pub use village::{Village, VillageOrigin};
