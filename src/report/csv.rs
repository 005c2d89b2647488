//! `findings.csv`: all findings as a table for spreadsheet programs. Text from files is never a formula there.

use std::io::{self, Write};

use crate::lang::Lang;
use crate::text::{CsvTable, csv_text};
use crate::validate::{Report, rules};

/// Writes all findings, waived ones among them, with a byte order mark: spreadsheet programs need it to see UTF-8.
///
/// # Errors
/// Those of the writer.
pub fn write_csv(report: &Report, lang: Lang, out: &mut dyn Write) -> io::Result<()> {
    let mut csv = CsvTable::new(out, report.simulated())?;
    csv.write_record([
        "rule",
        "level",
        "carrier",
        "file",
        "sheet",
        "row",
        "column",
        "cell",
        "raw",
        "used",
        "message",
        "help",
        "fingerprint",
        "waived_by",
        "waived_until",
        "waived_reason",
    ])?;
    for found in report.findings.iter() {
        let found = found?;
        let finding = &found.finding;
        let row = if finding.source.row == 0 { String::new() } else { finding.source.row.to_string() };
        let waived = found.waived.as_ref();
        csv.write_record([
            finding.rule.code(),
            found.level.key(),
            &*csv_text(finding.carrier.as_ref().map_or("", |c| c.name())),
            &*csv_text(&finding.source.file),
            &*csv_text(finding.source.sheet.as_deref().unwrap_or_default()),
            &row,
            &*csv_text(finding.column.as_ref().map_or("", |(_, title)| title)),
            &finding.cell().unwrap_or_default(),
            &*csv_text(finding.raw.as_deref().unwrap_or_default()),
            &*csv_text(finding.used.as_deref().unwrap_or_default()),
            &*csv_text(&finding.message(lang)),
            rules::doc(finding.rule).mend.pick(lang),
            &found.fingerprint,
            &*csv_text(waived.map_or("", |w| &w.who)),
            waived.map_or("", |w| &w.until),
            &*csv_text(waived.map_or("", |w| &w.reason)),
        ])?;
    }
    csv.flush()
}
