//! Gaps: which carrier leaves which village without signal.

use super::{Carrier, Severity};

/// "Not reported" is not "covered".
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ReportState {
    /// The carrier reports an area that means this village.
    Reported,
    /// The carrier handed in a list and this village is not on it. Says nothing about coverage.
    NotReported,
    /// Cannot be told: no list from this carrier, or one of its areas may mean this village or another.
    Unknown,
}

impl ReportState {
    /// The key used in files.
    pub fn key(self) -> &'static str {
        match self {
            ReportState::Reported => "reported",
            ReportState::NotReported => "not_reported",
            ReportState::Unknown => "unknown",
        }
    }
}

/// A village and a carrier: what that carrier's list says of that village.
#[derive(Debug, Clone, PartialEq)]
pub struct Gap {
    /// The village's id.
    pub village_id: String,
    /// The carrier.
    pub carrier: Carrier,
    /// What is known.
    pub state: ReportState,
    /// The worst severity reported; `None` where none is stated.
    pub severity: Option<Severity>,
    /// Ids of the areas that say so, sorted.
    pub area_ids: Vec<String>,
}
