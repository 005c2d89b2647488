//! What `reconcile` writes: `areas.csv`, `gaps.csv`, `findings.csv`.

use std::io::{self, Write};

use super::ranking::optional;
use super::round_degrees;
use crate::domain::{Gap, Severity, Source};
use crate::finding::Finding;
use crate::geodesy::LatLon;
use crate::lang::Lang;
use crate::text::{CsvTable, Simulated, csv_text};

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

/// Writes `areas.csv`.
///
/// # Errors
/// Those of the writer.
pub fn write_areas(rows: &[AreaRow<'_>], simulated: Simulated, out: &mut dyn Write) -> io::Result<()> {
    let mut csv = CsvTable::new(out, simulated)?;
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
pub fn write_gaps(gaps: &[Gap], simulated: Simulated, out: &mut dyn Write) -> io::Result<()> {
    let mut csv = CsvTable::without_mark(out, simulated);
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
pub fn write_findings(
    findings: &[&Finding],
    simulated: Simulated,
    lang: Lang,
    out: &mut dyn Write,
) -> io::Result<()> {
    let mut csv = CsvTable::new(out, simulated)?;
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Carrier, ReportState};
    use crate::finding::Rule;

    fn text(write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> String {
        let mut out = Vec::new();
        write(&mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    fn source(sheet: Option<&str>) -> Source {
        Source { file: "a.xlsx".into(), sheet: sheet.map(Into::into), row: 12 }
    }

    #[test]
    fn an_area_without_a_village_has_empty_fields_and_positions_have_seven_decimals() {
        let source = source(Some("=Sheet"));
        let row = AreaRow {
            area_id: "=1",
            carrier: "Viettel",
            source: &source,
            commune_code: None,
            village_id: None,
            position: None,
            severity: None,
            matched_by: "none",
            confidence: 0.0,
        };
        let position = Some(LatLon::from_degrees(19.123_456_789, 104.0).unwrap());
        let known = AreaRow {
            commune_code: Some("01234"),
            village_id: Some("V1"),
            position,
            severity: Some(Severity::White),
            matched_by: "commune+name",
            confidence: 0.934,
            ..row.clone()
        };
        assert_eq!(
            text(|out| write_areas(&[row, known], Simulated(false), out)),
            "\u{feff}area_id,carrier,file,sheet,row,commune_code,village_id,lat,lon,severity,matched_by,confidence\n\
             '=1,Viettel,a.xlsx,'=Sheet,12,,,,,,none,0.00\n\
             '=1,Viettel,a.xlsx,'=Sheet,12,01234,V1,19.1234568,104,white,commune+name,0.93\n"
        );
    }

    #[test]
    fn a_gap_has_its_state_and_all_its_areas() {
        let gap = Gap {
            village_id: "+V".to_owned(),
            carrier: Carrier::Other("@x".to_owned()),
            state: ReportState::Unknown,
            severity: None,
            area_ids: vec!["=a".to_owned(), "b".to_owned()],
        };
        assert_eq!(
            text(|out| write_gaps(&[gap], Simulated(false), out)),
            "village_id,carrier,state,severity,areas\n'+V,'@x,unknown,,'=a b\n"
        );
    }

    #[test]
    fn a_finding_of_a_whole_file_has_no_row() {
        let whole = Finding::new(Rule::HiddenContent, Source { row: 0, ..source(None) });
        let cell = Finding::new(Rule::CoordSwapped, source(None)).at_column(4, "=X").raw("=1").used("2");
        let text = text(|out| write_findings(&[&whole, &cell], Simulated(false), Lang::En, out));
        let lines: Vec<&str> = text.lines().collect();
        assert!(lines[1].starts_with("hidden_content,warning,,a.xlsx,,,,,,,"), "{}", lines[1]);
        assert!(lines[2].starts_with("coord_swapped,warning,,a.xlsx,,12,'=X,E12,'=1,2,"), "{}", lines[2]);
    }
}
