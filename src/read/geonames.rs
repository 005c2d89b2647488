//! A dump of GeoNames: tab-separated, 19 columns, no header (readme.txt of download.geonames.org/export/dump).
//!
//! Kept are populated places (class P) that are somebody's village today: not PPLX (a section of a place), PPLH
//! and PPLQ (historical, abandoned), PPLW (destroyed), PPLCH (historical capital). `name` is the name: the
//! alternate names carry no language. A population of 0 means "unknown" there and is left out.

use super::context::Context;
use super::delimited::for_each_row;
use super::{
    CellKind, Field, HeaderColumn, Purpose, RawCell, RawRecord, RawTable, SkippedReason, SkippedRow,
};

/// The columns, in order.
const COLUMNS: [&str; 19] = [
    "geonameid",
    "name",
    "asciiname",
    "alternatenames",
    "latitude",
    "longitude",
    "feature class",
    "feature code",
    "country code",
    "cc2",
    "admin1 code",
    "admin2 code",
    "admin3 code",
    "admin4 code",
    "population",
    "elevation",
    "dem",
    "timezone",
    "modification date",
];
/// The columns that are used.
const USED: [(u32, Field); 5] = [
    (0, Field::VillageId),
    (1, Field::Village),
    (4, Field::Latitude),
    (5, Field::Longitude),
    (14, Field::Population),
];
/// Places that are none, or part of one.
const NOT_A_VILLAGE: [&str; 5] = ["PPLX", "PPLH", "PPLQ", "PPLW", "PPLCH"];

/// Whether a text is such a dump: its first lines have the shape.
pub(super) fn is_dump(text: &str, purpose: Purpose) -> bool {
    let fits = |line: &str| {
        let columns: Vec<&str> = line.split('\t').collect();
        columns.len() == COLUMNS.len()
            && columns[0].parse::<u64>().is_ok()
            && columns[4].parse::<f64>().is_ok()
            && columns[5].parse::<f64>().is_ok()
            && (columns[6].is_empty()
                || matches!(columns[6], "A" | "H" | "L" | "P" | "R" | "S" | "T" | "U" | "V"))
    };
    let mut lines = text.lines().filter(|line| !line.is_empty()).take(5).peekable();
    purpose == Purpose::Villages && lines.peek().is_some() && lines.all(fits)
}

/// Reads the populated places.
pub(super) fn read(text: &str, context: &mut Context<'_>) -> RawTable {
    let mut table = RawTable {
        sheet: None,
        title: String::new(),
        header: header(),
        records: Vec::new(),
        skipped: Vec::new(),
    };
    for_each_row(text, b'\t', false, context, |row, context| {
        let text = |column: u32| row.cell(column).map_or("", |cell| cell.text.trim());
        if text(6) != "P" || NOT_A_VILLAGE.contains(&text(7)) {
            let text = format!("{} {} {}", text(1), text(6), text(7));
            let reason = SkippedReason::OtherKind;
            table.skipped.push(SkippedRow { row: row.number, reason, text, stated: None, counted: 0 });
            return;
        }
        let cells = USED
            .iter()
            .filter(|(column, field)| !matches!((field, text(*column)), (_, "") | (Field::Population, "0")))
            .map(|(column, field)| {
                let cell = RawCell {
                    text: text(*column).into(),
                    kind: CellKind::Text,
                    column: *column,
                    filled_from: None,
                };
                (*field, cell)
            })
            .collect();
        table.records.push(RawRecord {
            source: context.source(None, row.number),
            cells,
            group: None,
            geometry: None,
        });
    });
    table
}

fn header() -> Vec<HeaderColumn> {
    (0..)
        .zip(COLUMNS)
        .map(|(column, title)| {
            let field = USED.iter().find(|(used, _)| *used == column).map(|(_, field)| *field);
            HeaderColumn { column, title: title.to_owned(), field }
        })
        .collect()
}
