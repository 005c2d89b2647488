//! What reading yields: tables of records, each with its row and its cells as they stood.

use std::sync::Arc;

use geo::Geometry;
use smol_str::SmolStr;

use super::Field;
use crate::domain::Source;
use crate::finding::Finding;

/// What kind of value a cell held.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum CellKind {
    /// Text, or a format without kinds (CSV).
    Text,
    /// A number as the file stores it.
    Number(f64),
    /// Yes or no.
    Bool(bool),
    /// A date or time; `text` holds it in ISO 8601.
    Date,
    /// A formula whose result was not stored; `text` is empty.
    FormulaWithoutValue,
    /// An error value such as `#REF!`; `text` holds it.
    Error,
}

/// One cell of a record.
#[derive(Debug, Clone, PartialEq)]
pub struct RawCell {
    /// The text as a person would read it, untrimmed, short ones without memory of their own: a list of a million rows
    /// has ten million cells, made by one thread and dropped by another; numbers in shortest form with a decimal point.
    pub text: SmolStr,
    /// What kind of value it was.
    pub kind: CellKind,
    /// Column, from 0.
    pub column: u32,
    /// The row (from 1) this value was copied down from, where the cell itself was empty or a ditto mark.
    pub filled_from: Option<u32>,
}

/// One data row (or feature).
#[derive(Debug, Clone, PartialEq)]
pub struct RawRecord {
    /// File, sheet, row.
    pub source: Source,
    /// The recognised, non-empty cells, in column order. A field may stand more than once.
    pub cells: Vec<(Field, RawCell)>,
    /// The group heading above it (`Huyện Anh Sơn`), without its numeral.
    pub group: Option<Arc<str>>,
    /// The geometry of a GeoJSON feature, degrees, x = longitude.
    pub geometry: Option<Geometry<f64>>,
}

impl RawRecord {
    /// The first cell of a field.
    pub fn cell(&self, field: Field) -> Option<&RawCell> {
        self.cells.iter().find(|(f, _)| *f == field).map(|(_, cell)| cell)
    }

    /// The trimmed text of a field, `None` where the cell is absent or blank.
    pub fn text(&self, field: Field) -> Option<&str> {
        self.cell(field).map(|cell| cell.text.trim()).filter(|text| !text.is_empty())
    }
}

/// A column of the header.
#[derive(Debug, Clone, PartialEq)]
pub struct HeaderColumn {
    /// Column, from 0.
    pub column: u32,
    /// Its title; the rows of a header of several rows are joined by a space.
    pub title: String,
    /// What it was recognised as.
    pub field: Option<Field>,
}

/// Why a row is no record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SkippedReason {
    /// Above the header.
    Title,
    /// The header itself.
    Header,
    /// "(1) (2) (3)".
    ColumnNumbers,
    /// A group heading.
    Group,
    /// "Cộng": the total of a group.
    Subtotal,
    /// "Tổng cộng": the total of the table.
    Total,
    /// Below the table: signatures, notes.
    Footer,
    /// Among the data, but with nothing in any column that was recognised.
    Unrecognised,
    /// Of another kind than what is read: a town among villages, an abandoned place.
    OtherKind,
}

/// A non-empty row that is no record. Nothing disappears without a word.
#[derive(Debug, Clone, PartialEq)]
pub struct SkippedRow {
    /// Row, from 1.
    pub row: u32,
    /// Why.
    pub reason: SkippedReason,
    /// Its text, cells joined by a space.
    pub text: String,
    /// The number that a total row states, where it has one.
    pub stated: Option<u64>,
    /// The records counted for it: since the last group heading, or in the whole table.
    pub counted: u64,
}

/// One table: a sheet, a CSV file, a feature collection.
#[derive(Debug, Clone, PartialEq)]
pub struct RawTable {
    /// The sheet's name, where the format has sheets.
    pub sheet: Option<Arc<str>>,
    /// Title rows above the header, joined by a line break: may name carrier, district, province, date.
    pub title: String,
    /// The header, in column order.
    pub header: Vec<HeaderColumn>,
    /// The data.
    pub records: Vec<RawRecord>,
    /// The rows that are no data.
    pub skipped: Vec<SkippedRow>,
}

impl RawTable {
    /// The title of a column, empty where it has none.
    pub fn column_title(&self, column: u32) -> &str {
        self.header.iter().find(|h| h.column == column).map_or("", |h| h.title.as_str())
    }

    /// Whether a column was recognised as this field.
    pub fn has(&self, field: Field) -> bool {
        self.header.iter().any(|h| h.field == Some(field))
    }
}

/// Takes the records of a file as they are read, so that they need not all be kept.
pub trait RecordSink {
    /// The text encoding, for text formats: comes before any record.
    fn encoding(&mut self, encoding: &'static str);

    /// The next record of a table, which is called by a number: the tables of a workbook may come by turns. `table`
    /// has no records and no skipped rows. `findings` holds what was noted since the last call and may be taken.
    fn record(&mut self, number: usize, table: &RawTable, record: RawRecord, findings: &mut Vec<Finding>);

    /// The table ends. Tables end in their order in the file.
    fn end(&mut self, number: usize, table: &RawTable, findings: &mut Vec<Finding>);
}

/// A file, read.
#[derive(Debug, Clone, PartialEq)]
pub struct RawFile {
    /// The file's name without its folders.
    pub name: Arc<str>,
    /// `csv`, `xlsx`, `xls`, `ods`, `geojson`, `geonames`.
    pub format: &'static str,
    /// The text encoding, for text formats: `UTF-8`, `UTF-16LE`, `windows-1258`, `TCVN3`, `VNI`.
    pub encoding: Option<&'static str>,
    /// Its tables, in the file's order; hidden sheets are left out and are a finding.
    pub tables: Vec<RawTable>,
    /// What was wrong with the file or noted while reading it.
    pub findings: Vec<Finding>,
}

impl RawFile {
    /// All records, table by table.
    pub fn records(&self) -> impl Iterator<Item = (&RawTable, &RawRecord)> {
        self.tables.iter().flat_map(|table| table.records.iter().map(move |record| (table, record)))
    }
}
