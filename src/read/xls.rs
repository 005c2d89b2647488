//! XLS (BIFF in a compound file) through calamine, behind a check: calamine spreads a sheet into a full rectangle,
//! so two cells in opposite corners ask for gigabytes, and it follows broken chains for ever. The rectangle is
//! measured here first.

use std::cell::Cell;
use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use calamine::{Data, Reader, SheetType, SheetVisible, Xls};

use super::cfb::Compound;
use super::context::Context;
use super::error::Fault;
use super::merges::{Budget, Merge, Merges};
use super::row::Row;
use super::table::TableReader;
use super::xlsx_sheet::{iso_date, shortest};
use super::{CellKind, Limits};
use crate::finding::Rule;

/// The rectangles that calamine may be asked to spread: 2 million cells are about 100 MB there.
const MAX_RECTANGLE: u64 = 2_000_000;

/// The cells that a sheet may claim to have: reserved by calamine, but not touched. A whole sheet is 16.8 million.
const MAX_CLAIMED: u64 = 65_536 * 256;
/// Records looked at, over all sheets.
const MAX_RECORDS: u64 = 20_000_000;

/// Reads the visible sheets into tables.
pub(super) fn read(bytes: &[u8], context: &mut Context<'_>) -> Result<Vec<TableReader>, Fault> {
    let file = Compound::open(bytes)?;
    if file.has("EncryptedPackage") || file.has("EncryptionInfo") {
        return Err(Fault::Encrypted);
    }
    if file.has("WordDocument") {
        return Err(Fault::corrupt("it is a Word document"));
    }
    if !file.all_chains_end() {
        return Err(Fault::corrupt("a chain of sectors in it runs in a circle or out of the file"));
    }
    let stream = file.stream(if file.has("Workbook") { "Workbook" } else { "Book" });
    let stream = stream.ok_or_else(|| Fault::corrupt("it has no workbook in it"))?;
    measure(&stream, &context.options.limits)?;
    // calamine slices records by the lengths they claim; a lie there is a panic, which is no news to the user.
    let _caught = Caught::here();
    let opened = catch_unwind(AssertUnwindSafe(|| Xls::new(Cursor::new(bytes))));
    let mut workbook = match opened {
        Ok(Ok(workbook)) => workbook,
        Ok(Err(calamine::XlsError::Password)) => return Err(Fault::Encrypted),
        Ok(Err(error)) => return Err(Fault::corrupt(error.to_string())),
        Err(_) => return Err(Fault::corrupt("a record in it is broken")),
    };
    let read = catch_unwind(AssertUnwindSafe(|| sheets(&mut workbook, context)));
    read.unwrap_or_else(|_| Err(Fault::corrupt("a record in it is broken")))
}

thread_local! {
    static CAUGHT: Cell<bool> = const { Cell::new(false) };
}

/// Whether a panic of this thread, now, is caught and becomes a finding: a program's panic hook has nothing to say
/// about it then, and tracing it would take more memory than the file.
pub fn panic_is_caught() -> bool {
    CAUGHT.get()
}

/// Says that panics of this thread are caught, as long as it lives.
struct Caught;

impl Caught {
    fn here() -> Caught {
        CAUGHT.set(true);
        Caught
    }
}

impl Drop for Caught {
    fn drop(&mut self) {
        CAUGHT.set(false);
    }
}

/// A record of the stream: kind and data.
fn records(stream: &[u8], mut at: usize) -> impl Iterator<Item = (u16, &[u8])> {
    std::iter::from_fn(move || {
        let kind = word(stream, at)?;
        let len = usize::from(word(stream, at + 2)?);
        let data = stream.get(at + 4..at + 4 + len)?;
        at += 4 + len;
        Some((kind, data))
    })
}

fn word(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes(bytes.get(at..at + 2)?.try_into().ok()?))
}

fn long(bytes: &[u8], at: usize) -> Option<u64> {
    Some(u64::from(word(bytes, at)?) | u64::from(word(bytes, at + 2)?) << 16)
}

/// Sums the rectangles that the sheets' cells span, sheet by sheet as the workbook points at them.
fn measure(stream: &[u8], limits: &Limits) -> Result<(), Fault> {
    let limit = limits.cells.min(MAX_RECTANGLE);
    let starts =
        records(stream, 0).take_while(|(kind, _)| *kind != 0x000A).filter(|(kind, _)| *kind == 0x0085);
    let mut total = 0_u64;
    let mut scanned = 0_u64;
    for (_, sheet) in starts {
        let start = long(sheet, 0)
            .and_then(|start| usize::try_from(start).ok())
            .filter(|start| *start <= stream.len());
        let start = start.ok_or_else(|| Fault::corrupt("a sheet begins beyond its end"))?;
        total = total.saturating_add(rectangle(stream, start, &mut scanned)?);
        if total > limit || scanned > MAX_RECORDS {
            return Err(Fault::Limit { what: "cells in the rectangles of its sheets", limit });
        }
    }
    Ok(())
}

/// The cells of the rectangle that one sheet's cells span ([MS-XLS] 2.4; the skipping is calamine's).
fn rectangle(stream: &[u8], start: usize, scanned: &mut u64) -> Result<u64, Fault> {
    let mut corners: Option<(u64, u64, u64, u64)> = None;
    let mut nested = 0_u32;
    let mut begun = false;
    for (kind, data) in records(stream, start) {
        *scanned += 1;
        let place = word(data, 0).zip(word(data, 2)).map(|(row, column)| (u64::from(row), u64::from(column)));
        let (place, last) = match kind {
            // BOF: of the sheet, then of a chart in it.
            0x0809 if begun => {
                nested += 1;
                continue;
            }
            0x0809 => {
                begun = true;
                continue;
            }
            0x000A if nested == 0 => break,
            0x000A => {
                nested -= 1;
                continue;
            }
            _ if nested > 0 => continue,
            // Dimensions: calamine reserves what they claim.
            0x0200 => {
                let claimed = match data.len() {
                    14.. => long(data, 0).zip(long(data, 4)).zip(word(data, 8).zip(word(data, 10))),
                    _ => word(data, 0)
                        .zip(word(data, 2))
                        .map(|(a, b)| (a.into(), b.into()))
                        .zip(word(data, 4).zip(word(data, 6))),
                };
                if let Some(((top, bottom), (left, right))) = claimed
                    && (top > bottom
                        || left > right
                        || (bottom - top) * u64::from(right - left) > MAX_CLAIMED)
                {
                    return Err(Fault::Limit {
                        what: "cells in the dimensions of a sheet",
                        limit: MAX_CLAIMED,
                    });
                }
                continue;
            }
            // A formula's text, which calamine puts where the last formula was, or into the first cell.
            0x0207 => (Some((0, 0)).filter(|_| corners.is_none()), 0),
            // MulRk: a run of cells.
            0x00BD => (place, place.map_or(0, |(_, column)| column + data.len() as u64 / 6)),
            // Formula, Number, Label, BoolErr, RK, RString, LabelSst.
            0x0006 | 0x0203 | 0x0204 | 0x0205 | 0x027E | 0x00D6 | 0x00FD => (place, 0),
            _ => continue,
        };
        if let Some((row, column)) = place {
            let (top, left, bottom, right) = corners.unwrap_or((row, column, row, column));
            corners = Some((top.min(row), left.min(column), bottom.max(row), right.max(column).max(last)));
        }
    }
    Ok(corners.map_or(0, |(top, left, bottom, right)| (bottom - top + 1) * (right - left + 1)))
}

fn sheets(workbook: &mut Xls<Cursor<&[u8]>>, context: &mut Context<'_>) -> Result<Vec<TableReader>, Fault> {
    let is_1904 = workbook.has_1904_epoch();
    let mut budget = Budget::new(&context.options.limits);
    let mut tables = Vec::new();
    for sheet in workbook.sheets_metadata().to_vec() {
        let name: Arc<str> = sheet.name.as_str().into();
        let Ok(range) = workbook.worksheet_range(&sheet.name) else { continue };
        if sheet.typ != SheetType::WorkSheet {
            continue;
        }
        if sheet.visible != SheetVisible::Visible {
            let cells = range.used_cells().count();
            if cells > 0 {
                let finding = context.finding(Rule::HiddenContent, Some(&name), 0);
                context.findings.push(finding.fact("count", cells.to_string()));
            }
            continue;
        }
        let merged = workbook.merge_cells_by_sheet_name(&sheet.name).unwrap_or_default();
        let merges = merged.iter().map(|m| Merge {
            top: m.start.0 + 1,
            left: m.start.1,
            bottom: m.end.0.saturating_add(1),
            right: m.end.1,
        });
        let mut merges = Merges::new(merges.collect());
        let mut table = TableReader::new(Some(Arc::clone(&name)));
        let (top, left) = range.start().unwrap_or((0, 0));
        let mut row = Row::default();
        for (number, cells) in (top + 1..).zip(range.rows()) {
            row.start(number);
            for (column, value) in (left..).zip(cells) {
                if let Some((text, kind)) = cell(value, is_1904) {
                    budget.take(text.len())?;
                    row.push(column, &text, kind);
                }
            }
            merges.apply(&mut row, &mut budget)?;
            table.push(&row, context);
        }
        tables.push(table);
    }
    Ok(tables)
}

fn cell(value: &Data, is_1904: bool) -> Option<(String, CellKind)> {
    Some(match value {
        Data::Empty => return None,
        Data::String(text) => (text.clone(), CellKind::Text),
        Data::Int(number) => (number.to_string(), CellKind::Number(*number as f64)),
        Data::Float(number) => (shortest(*number), CellKind::Number(*number)),
        Data::Bool(value) => (if *value { "TRUE" } else { "FALSE" }.to_owned(), CellKind::Bool(*value)),
        Data::DateTime(date) => (iso_date(date.as_f64(), is_1904), CellKind::Date),
        Data::DateTimeIso(text) | Data::DurationIso(text) => (text.clone(), CellKind::Date),
        Data::Error(error) => (error.to_string(), CellKind::Error),
    })
}
