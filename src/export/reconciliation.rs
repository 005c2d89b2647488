//! What `reconcile` writes: `areas.csv`, `gaps.csv`, `findings.csv`.

use std::io::{self, Write};

use super::ranking::optional;
use super::round_degrees;
use crate::domain::{Gap, Severity, Source};
use crate::finding::Finding;
use crate::geodesy::LatLon;
use crate::lang::Lang;
use crate::text::csv_text;

/// One line of `areas.csv`: an area and one village that it means.
#[derive(Debug, Clone, PartialEq)]
pub struct AreaRow<'a> {
    /// The area's id.
    pub area_id: &'a str,
    /// Whose list.
    pub carrier: &'a str,
    /// Where it stands.
    pub source: &'a Source,
    /// Today's commune code, where it is known.
    pub commune_code: Option<&'a str>,
    /// The village, empty where none of the register is meant.
    pub village_id: Option<&'a str>,
    /// The position used.
    pub position: Option<LatLon>,
    /// How bad.
    pub severity: Option<Severity>,
    /// How the village was decided.
    pub matched_by: &'static str,
    /// How sure, 0 to 1.
    pub confidence: f64,
}

/// Writes `areas.csv`. Spreadsheet programs need no byte order mark here: no free text but sheet names.
///
/// # Errors
/// Those of the writer.
pub fn write_areas(rows: &[AreaRow<'_>], out: &mut dyn Write) -> io::Result<()> {
    let mut csv = csv::Writer::from_writer(out);
    csv.write_record([
        "area_id",
        "carrier",
        "file",
        "sheet",
        "row",
        "commune_code",
        "village_id",
        "lat",
        "lon",
        "severity",
        "matched_by",
        "confidence",
    ])?;
    for row in rows {
        csv.write_record([
            &*csv_text(row.area_id),
            &*csv_text(row.carrier),
            &*csv_text(&row.source.file),
            &*csv_text(row.source.sheet.as_deref().unwrap_or_default()),
            &row.source.row.to_string(),
            row.commune_code.unwrap_or_default(),
            &*csv_text(row.village_id.unwrap_or_default()),
            &optional(row.position.map(|p| round_degrees(p.lat_deg()))),
            &optional(row.position.map(|p| round_degrees(p.lon_deg()))),
            row.severity.map_or("", Severity::key),
            row.matched_by,
            &format!("{:.2}", row.confidence),
        ])?;
    }
    csv.flush()
}

/// Writes `gaps.csv`: every village and every carrier that handed in a list.
///
/// # Errors
/// Those of the writer.
pub fn write_gaps(gaps: &[Gap], out: &mut dyn Write) -> io::Result<()> {
    let mut csv = csv::Writer::from_writer(out);
    csv.write_record(["village_id", "carrier", "state", "severity", "areas"])?;
    for gap in gaps {
        csv.write_record([
            &*csv_text(&gap.village_id),
            &*csv_text(gap.carrier.name()),
            gap.state.key(),
            gap.severity.map_or("", Severity::key),
            &*csv_text(&gap.area_ids.join(" ")),
        ])?;
    }
    csv.flush()
}

/// Writes `findings.csv`, all findings in the order given.
///
/// # Errors
/// Those of the writer.
pub fn write_findings(findings: &[&Finding], lang: Lang, out: &mut dyn Write) -> io::Result<()> {
    out.write_all("\u{feff}".as_bytes())?;
    let mut csv = csv::Writer::from_writer(out);
    csv.write_record([
        "rule", "level", "carrier", "file", "sheet", "row", "column", "cell", "raw", "used", "message",
    ])?;
    for finding in findings {
        let row = if finding.source.row == 0 { String::new() } else { finding.source.row.to_string() };
        csv.write_record([
            finding.rule.code(),
            finding.rule.level().key(),
            &*csv_text(finding.carrier.as_ref().map_or("", |c| c.name())),
            &*csv_text(&finding.source.file),
            &*csv_text(finding.source.sheet.as_deref().unwrap_or_default()),
            &row,
            &*csv_text(finding.column.as_ref().map_or("", |(_, title)| title)),
            &finding.cell().unwrap_or_default(),
            &*csv_text(finding.raw.as_deref().unwrap_or_default()),
            &*csv_text(finding.used.as_deref().unwrap_or_default()),
            &*csv_text(&finding.message(lang)),
        ])?;
    }
    csv.flush()
}
