//! Villages reported, by hardship (ĐBKK) and grid power: it decides who pays. What is not known has a row and a
//! column of its own.

use super::Reconciliation;
use crate::domain::ReportState;

/// Yes, no, or nobody says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Known {
    /// Yes.
    Yes,
    /// No.
    No,
    /// Not stated in the register.
    Unknown,
}

impl Known {
    /// All, in the order of rows and columns.
    pub const ALL: [Known; 3] = [Known::Yes, Known::No, Known::Unknown];

    /// The key used in files.
    pub fn key(self) -> &'static str {
        match self {
            Known::Yes => "yes",
            Known::No => "no",
            Known::Unknown => "unknown",
        }
    }
}

impl From<Option<bool>> for Known {
    fn from(value: Option<bool>) -> Known {
        match value {
            Some(true) => Known::Yes,
            Some(false) => Known::No,
            None => Known::Unknown,
        }
    }
}

/// One cell of the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CrossCell {
    /// Especially difficult.
    pub hardship: Known,
    /// Has grid power.
    pub grid_power: Known,
    /// Villages that at least one carrier reports, places outside the register among them.
    pub reported: u64,
    /// Those that every carrier with a list reports.
    pub dark: u64,
    /// Households of those whose households are known; `None` where none is known.
    pub households: Option<u64>,
    /// Villages whose households are not known.
    pub households_unknown: u64,
}

/// The table: nine cells, hardship by hardship.
pub fn hardship_power(result: &Reconciliation) -> Vec<CrossCell> {
    let mut cells: Vec<CrossCell> = Known::ALL
        .iter()
        .flat_map(|&hardship| {
            Known::ALL.iter().map(move |&grid_power| CrossCell {
                hardship,
                grid_power,
                reported: 0,
                dark: 0,
                households: None,
                households_unknown: 0,
            })
        })
        .collect();
    for (village, gaps) in result.by_village() {
        let reported = gaps.iter().filter(|g| g.state == ReportState::Reported).count();
        let (hardship, power) = (Known::from(village.hardship), Known::from(village.grid_power));
        let cell = cells.iter_mut().find(|c| c.hardship == hardship && c.grid_power == power);
        let (Some(cell), true) = (cell, reported > 0) else { continue };
        cell.reported += 1;
        cell.dark += u64::from(reported == gaps.len());
        match village.households {
            Some(households) => cell.households = Some(cell.households.unwrap_or(0) + u64::from(households)),
            None => cell.households_unknown += 1,
        }
    }
    cells
}
