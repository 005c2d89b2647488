//! `served_shares.csv`: by radius, what share of a village's households the best candidate serves.

use std::io::{self, Write};

use super::RunMeta;
use super::ranking::optional;
use crate::text::{CsvTable, Simulated, csv_text};

/// One village.
#[derive(Debug, Clone, PartialEq)]
pub struct ShareRow {
    /// Its id.
    pub village_id: String,
    /// The candidate with the greatest share; `None` where no place is in any candidate's reach.
    pub site_id: Option<String>,
    /// That share of the village's households.
    pub share: f64,
    /// Whether it is enough for the village to count as served.
    pub served: bool,
}

/// Writes a line a village.
///
/// # Errors
/// Those of the writer.
pub fn write_served_shares(meta: &RunMeta, rows: &[ShareRow], out: &mut dyn Write) -> io::Result<()> {
    let mut csv = CsvTable::new(out, Simulated(meta.simulated))?;
    csv.write_record(["village_id", "best_site", "served_share", "served", "basis"])?;
    let basis = format!("{}{}", meta.criterion, if meta.simulated { "; SIMULATED DATA" } else { "" });
    for row in rows {
        csv.write_record([
            &*csv_text(&row.village_id),
            &*csv_text(&optional(row.site_id.as_deref())),
            &share(row.share),
            if row.served { "1" } else { "0" },
            &basis,
        ])?;
    }
    csv.flush()
}

/// A share in ten-thousandths.
pub(super) fn share(share: f64) -> String {
    ((share * 10_000.0).round() / 10_000.0).to_string()
}
