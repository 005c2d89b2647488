//! Losses of links, beside the cases that they answer.

use std::io::{self, Write};

use super::csv_text::csv_text;

/// Writes the cases as they were, with `loss_db` (9 decimals, empty where there is none) and `warnings` (joined by
/// `"; "`).
///
/// # Errors
/// Those of the writer.
pub fn write_links<'a>(
    titles: &[String],
    rows: impl IntoIterator<Item = (&'a [String], Option<f64>, &'a [String])>,
    out: &mut dyn Write,
) -> io::Result<()> {
    let mut csv = csv::Writer::from_writer(out);
    for title in titles {
        csv.write_field(&*csv_text(title))?;
    }
    csv.write_record(["loss_db", "warnings"])?;
    for (cells, loss_db, warnings) in rows {
        for cell in cells {
            csv.write_field(&*csv_text(cell))?;
        }
        csv.write_record([
            loss_db.map_or_else(String::new, |loss| format!("{loss:.9}")),
            csv_text(&warnings.join("; ")).into_owned(),
        ])?;
    }
    csv.flush()
}
