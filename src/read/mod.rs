//! Files → records, one file a format. A record still holds what stood in the cells; nothing is interpreted
//! beyond "which column is which field" and "which rows are data".
//!
//! ```text
//! bytes ─sniff→ format ─xlsx|ods|xls|delimited→ rows ─table→ header, body → RawTable
//!                      ─geojson|geonames→ RawTable
//! ```
//!
//! Bad data is a finding in [`RawFile::findings`]; a [`ReadError`] means that nothing could be read. No input
//! makes it panic, and [`Limits`] bound what a file may ask for, checked while it is unpacked.
//!
//! Not here: what a cell means (`normalize`), which village it is (`reconcile`), legacy fonts (`text`; see
//! [`ReadOptions::clean_text`]).

pub(crate) mod archive;
mod beside;
mod body;
mod by_values;
mod cfb;
mod clusters;
mod context;
mod delimited;
mod dms;
mod drive_test;
mod encoding;
pub(crate) mod error;
mod error_text;
mod field;
mod fill;
mod geojson;
mod geometry;
mod geonames;
mod grid;
mod header;
mod header_key;
mod label;
pub(crate) mod merges;
mod ods;
mod options;
mod record;
mod row;
mod row_kinds;
pub(crate) mod sniff;
mod synonyms;
mod table;
mod title_match;
mod titles;
mod totals;
mod xls;
mod xlsx;
pub(crate) mod xlsx_sheet;
mod xml;

use std::path::Path;

pub use clusters::{Cluster, ClusterError, ClusterFault, ClusterSize, ClusterTable, read_clusters};
use context::Context;
pub use drive_test::{DriveTest, DriveTestError, LineFault, Measurement, generation, read_drive_test};
use error::Fault;
pub use error::ReadError;
pub use field::Field;
pub use grid::{Grid, GridRow, read_grids};
pub use header_key::header_key;
pub use options::{Limits, Purpose, ReadOptions};
pub use record::{
    CellKind, HeaderColumn, RawCell, RawFile, RawRecord, RawTable, RecordSink, SkippedReason, SkippedRow,
};
use sniff::Format;
pub use table::OWN_SHEETS;
use table::{Outcome, TableReader};
pub use xls::panic_is_caught;

use crate::finding::Rule;
use crate::text::Legacy;

/// Reads a file of any format known, told by its content.
///
/// # Errors
/// Where nothing can be read: no such file, empty, encrypted, corrupt, over the limits, of another kind.
pub fn read_file(path: &Path, options: &ReadOptions) -> Result<RawFile, ReadError> {
    let (name, bytes) = bytes_of(path, options)?;
    read_bytes(&name, &bytes, options)
}

/// Reads a file of any format and hands its records to `sink` as they come. What a format can only give at the end
/// (GeoJSON, whose columns are not known before) stands in the tables that are returned; of the others these have
/// header, title and skipped rows alone.
///
/// # Errors
/// As [`read_file`]. `sink` may have had records by then.
pub fn read_file_into(
    path: &Path,
    options: &ReadOptions,
    sink: &mut dyn RecordSink,
) -> Result<RawFile, ReadError> {
    let (name, bytes) = bytes_of(path, options)?;
    read_in(&name, &bytes, Context { sink: Some(sink), ..Context::new(&name, options) })
}

fn bytes_of(path: &Path, options: &ReadOptions) -> Result<(String, Vec<u8>), ReadError> {
    let open = |source| ReadError::Open { path: path.to_owned(), source };
    let name = path.file_name().map_or_else(|| path.to_string_lossy(), |name| name.to_string_lossy());
    let size = std::fs::metadata(path).map_err(open)?.len();
    let limit = options.limits.file_bytes;
    if size > limit {
        return Err(ReadError::Limit { name: name.into_owned(), what: format!("{size} bytes"), limit });
    }
    let bytes = std::fs::read(path).map_err(open)?;
    Ok((name.into_owned(), bytes))
}

/// Reads a file that is already in memory; `name` is what messages call it.
///
/// # Errors
/// As [`read_file`].
pub fn read_bytes(name: &str, bytes: &[u8], options: &ReadOptions) -> Result<RawFile, ReadError> {
    read_in(name, bytes, Context::new(name, options))
}

fn read_in(name: &str, bytes: &[u8], context: Context<'_>) -> Result<RawFile, ReadError> {
    match sniff::sniff(name, bytes)? {
        Format::Text => read_text(bytes, context),
        Format::Xlsx => read_workbook("xlsx", bytes, context, xlsx::read),
        Format::Ods => read_workbook("ods", bytes, context, ods::read),
        Format::Xls => read_workbook("xls", bytes, context, xls::read),
    }
}

fn read_workbook(
    format: &'static str,
    bytes: &[u8],
    mut context: Context<'_>,
    read: impl FnOnce(&[u8], &mut Context<'_>) -> Result<Vec<TableReader>, Fault>,
) -> Result<RawFile, ReadError> {
    let readers = read(bytes, &mut context).map_err(|fault| fault.named(&context.file, format))?;
    let tables = collect(readers, &mut context);
    if tables.is_empty() {
        return Err(ReadError::Empty { name: context.file.to_string() });
    }
    Ok(finish(format, None, tables, context))
}

fn read_text(bytes: &[u8], mut context: Context<'_>) -> Result<RawFile, ReadError> {
    let decoded = encoding::decode(bytes);
    if let Some(sink) = &mut context.sink {
        sink.encoding(decoded.encoding);
    }
    if decoded.encoding != "UTF-8" {
        let finding = context.finding(Rule::EncodingNotUtf8, None, 0);
        context.findings.push(finding.fact("encoding", decoded.encoding));
    }
    context.file_font = match decoded.encoding {
        "TCVN3" => Some(Legacy::Tcvn3),
        "VNI" => Some(Legacy::Vni),
        _ => None,
    };
    context.read_labels_in(context.file_font);
    if geojson::is_json(&decoded.text) {
        let table = geojson::read(&decoded.text, &mut context)
            .map_err(|fault| fault.named(&context.file, "GeoJSON"))?;
        return Ok(finish("geojson", Some(decoded.encoding), vec![table], context));
    }
    if geonames::is_dump(&decoded.text, context.purpose()) {
        let table = geonames::read(&decoded.text, &mut context);
        return Ok(finish("geonames", Some(decoded.encoding), vec![table], context));
    }
    let table = delimited::read(&decoded.text, &mut context);
    let tables = collect(vec![table], &mut context);
    if tables.is_empty() {
        return Err(ReadError::Empty { name: context.file.to_string() });
    }
    Ok(finish("csv", Some(decoded.encoding), tables, context))
}

/// The tables of the grids of a file. A grid without a header is reported if it looks like a table, or if there
/// is no other.
fn collect(readers: Vec<TableReader>, context: &mut Context<'_>) -> Vec<RawTable> {
    let outcomes: Vec<Outcome> = readers.into_iter().map(|reader| reader.finish(context)).collect();
    let found = outcomes.iter().any(|outcome| matches!(outcome, Outcome::Table(_)));
    let mut tables = Vec::new();
    for outcome in outcomes {
        match outcome {
            Outcome::Empty => {}
            Outcome::Table(table) => tables.push(table),
            Outcome::NoHeader { table, looks_like_table } => {
                if looks_like_table || !found {
                    let finding = context.finding(Rule::HeaderNotFound, table.sheet.as_ref(), 0);
                    let first = table.title.lines().next().unwrap_or("").to_owned();
                    context.findings.push(finding.raw(first));
                }
                tables.push(table);
            }
        }
    }
    tables
}

fn finish(
    format: &'static str,
    encoding: Option<&'static str>,
    tables: Vec<RawTable>,
    context: Context<'_>,
) -> RawFile {
    RawFile { name: context.file, format, encoding, tables, findings: context.findings }
}
