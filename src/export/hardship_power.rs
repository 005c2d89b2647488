//! `hardship_power.csv`: villages reported, by hardship and grid power.

use std::io::{self, Write};

use super::ranking::optional;
use crate::reconcile::CrossCell;
use crate::text::{CsvTable, Simulated, csv_text};

/// Writes the nine cells, one a line. `date` is the day that the lists speak of; empty where the study does not say.
///
/// # Errors
/// Those of the writer.
pub fn write_hardship_power(
    cells: &[CrossCell],
    date: Option<&str>,
    simulated: Simulated,
    out: &mut dyn Write,
) -> io::Result<()> {
    let mut csv = CsvTable::without_mark(out, simulated);
    csv.write_record([
        "hardship",
        "grid_power",
        "villages_reported",
        "dark",
        "households",
        "households_unknown",
        "date",
    ])?;
    let date = csv_text(date.unwrap_or_default());
    for cell in cells {
        csv.write_record([
            cell.hardship.key(),
            cell.grid_power.key(),
            &cell.reported.to_string(),
            &cell.dark.to_string(),
            &optional(cell.households),
            &cell.households_unknown.to_string(),
            &*date,
        ])?;
    }
    csv.flush()
}
