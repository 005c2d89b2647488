//! A sheet of an XLSX workbook as a stream: first where it is merged and hidden, then its rows.

use std::collections::BTreeMap;
use std::io::BufRead;
use std::sync::Arc;

use calamine::{ExcelDateTime, ExcelDateTimeType};
use quick_xml::events::BytesStart;

use super::CellKind;
use super::context::Context;
use super::error::Fault;
use super::merges::{Budget, MAX_MERGES, Merge, Merges};
use super::row::Row;
use super::table::TableReader;
use super::xlsx::Workbook;
use super::xml::{Pull, Xml, attribute, end_name, flag, name};
use crate::finding::Rule;

/// Rows of a sheet, as Excel has them.
const MAX_ROWS: u32 = 1 << 20;

/// What stands in a sheet beside its cells.
#[derive(Debug, Default)]
pub(super) struct Layout {
    merges: Vec<Merge>,
    /// Hidden columns, first and last.
    hidden: Vec<(u32, u32)>,
}

/// Reads the merges and the hidden columns.
///
/// Cells are counted, empty ones too: a sheet of nothing else is refused here, before its rows are read.
pub(super) fn read_layout(part: &mut dyn BufRead, max_cells: u64) -> Result<Layout, Fault> {
    let mut xml = Xml::new(part);
    let mut layout = Layout::default();
    let mut cells = 0;
    loop {
        match xml.pull()? {
            Pull::Open(tag) => match name(&tag) {
                "c" | "row" => {
                    cells += 1;
                    if cells > max_cells {
                        return Err(Fault::Limit { what: "cells", limit: max_cells });
                    }
                }
                "mergeCell" if layout.merges.len() < MAX_MERGES => {
                    let area = attribute(&tag, "ref").and_then(|area| region(&area));
                    layout.merges.extend(area);
                }
                "col" if flag(&tag, "hidden") && layout.hidden.len() < 1_000 => {
                    let end = |wanted| attribute(&tag, wanted).and_then(|n| n.parse::<u32>().ok());
                    if let (Some(first @ 1..), Some(last @ 1..)) = (end("min"), end("max")) {
                        layout.hidden.push((first - 1, last - 1));
                    }
                }
                _ => {}
            },
            Pull::End => return Ok(layout),
            _ => {}
        }
    }
}

/// How many cells have a value, at most 10,000: enough to say that there is something.
pub(super) fn count_cells(part: &mut dyn BufRead) -> Result<u64, Fault> {
    let mut xml = Xml::new(part);
    let mut count = 0;
    loop {
        match xml.pull()? {
            Pull::Open(tag) if matches!(name(&tag), "v" | "is") => count += 1,
            Pull::End => return Ok(count),
            _ if count >= 10_000 => return Ok(count),
            _ => {}
        }
    }
}

/// `B2:C3` → the region.
pub(crate) fn region(text: &str) -> Option<Merge> {
    let (from, to) = text.split_once(':')?;
    let ((top, left), (bottom, right)) = (position(from)?, position(to)?);
    (top <= bottom && left <= right).then_some(Merge { top, left, bottom, right })
}

/// `C5` → row 5, column 2.
pub(crate) fn position(text: &str) -> Option<(u32, u32)> {
    let text = text.trim();
    let digits = text.find(|c: char| c.is_ascii_digit())?;
    let row: u32 = text.get(digits..)?.trim_matches('$').parse().ok()?;
    let mut column = 0_u32;
    for c in text[..digits].chars().filter(|c| *c != '$') {
        let digit =
            u32::from(c.to_ascii_uppercase()).checked_sub(u32::from('A')).filter(|digit| *digit < 26)?;
        column = column.checked_mul(26)?.checked_add(digit + 1)?;
    }
    ((1..=MAX_ROWS).contains(&row) && (1..=16_384).contains(&column)).then(|| (row, column - 1))
}

/// A cell while its children come.
#[derive(Default)]
struct Pending {
    column: u32,
    kind: String,
    is_date: bool,
    has_formula: bool,
    formula: String,
    value: String,
    inline: String,
}

/// Reads the rows and hands them to the table.
pub(super) fn read_rows(
    part: &mut dyn BufRead,
    workbook: &Workbook,
    layout: Layout,
    sheet: &Arc<str>,
    budget: &mut Budget,
    context: &mut Context<'_>,
    table: &mut TableReader,
) -> Result<(), Fault> {
    let mut xml = Xml::new(part);
    let mut merges = Merges::new(layout.merges);
    let mut hidden_columns: BTreeMap<u32, u64> = BTreeMap::new();
    let mut row = Row::default();
    let mut next_column = 0;
    let mut last_row = 0;
    let mut cell = Pending::default();
    // Which child of a cell the text belongs to.
    let (mut target, mut phonetic) = (' ', false);
    let columns = context.options.limits.columns;
    loop {
        match xml.pull()? {
            Pull::Open(tag) => match name(&tag) {
                "row" => {
                    let number = attribute(&tag, "r").and_then(|r| r.parse().ok()).unwrap_or(last_row + 1);
                    row.start(number);
                    row.hidden = flag(&tag, "hidden");
                    next_column = 0;
                }
                "c" => {
                    begin_cell(&mut cell, &tag, workbook, next_column);
                    next_column = cell.column + 1;
                }
                "f" => {
                    cell.has_formula = true;
                    target = 'f';
                }
                "v" => target = 'v',
                "t" if !phonetic => target = 't',
                "rPh" => phonetic = true,
                _ => {}
            },
            Pull::Text(text) => {
                let into = match target {
                    'f' => &mut cell.formula,
                    'v' => &mut cell.value,
                    't' => &mut cell.inline,
                    _ => continue,
                };
                into.push_str(&text);
                if into.len() > context.options.limits.field_bytes {
                    let limit = context.options.limits.field_bytes as u64;
                    return Err(Fault::Limit { what: "bytes in one cell", limit });
                }
            }
            Pull::Close(tag) => match end_name(&tag) {
                "f" | "v" | "t" => target = ' ',
                "rPh" => phonetic = false,
                "c" if cell.column < columns => {
                    finish_cell(&cell, workbook, &mut row, budget)?;
                    if layout.hidden.iter().any(|(first, last)| (*first..=*last).contains(&cell.column))
                        && row.cell(cell.column).is_some_and(|cell| cell.is_own())
                    {
                        *hidden_columns.entry(cell.column).or_default() += 1;
                    }
                }
                // Rows out of order are no rows: their numbers would lie.
                "row" if row.number > last_row && row.number <= MAX_ROWS => {
                    last_row = row.number;
                    merges.apply(&mut row, budget)?;
                    table.push(&row, context);
                }
                "sheetData" => break,
                _ => {}
            },
            Pull::End => break,
        }
    }
    for (column, count) in hidden_columns {
        let finding = context.finding(Rule::HiddenContent, Some(sheet), 0).at_column(column, "");
        context.findings.push(finding.fact("count", count.to_string()));
    }
    Ok(())
}

fn begin_cell(cell: &mut Pending, tag: &BytesStart<'_>, workbook: &Workbook, next_column: u32) {
    cell.column = next_column;
    cell.kind.clear();
    cell.is_date = false;
    cell.has_formula = false;
    cell.formula.clear();
    cell.value.clear();
    cell.inline.clear();
    for attribute in tag.attributes().with_checks(false).flatten() {
        match attribute.key.0 {
            "r" => cell.column = position(&attribute.value).map_or(next_column, |(_, column)| column),
            "t" => cell.kind.push_str(&attribute.value),
            "s" => {
                let format: Option<usize> = attribute.value.parse().ok();
                cell.is_date = format.and_then(|format| workbook.dates.get(format)).copied().unwrap_or(false);
            }
            _ => {}
        }
    }
}

fn finish_cell(cell: &Pending, workbook: &Workbook, row: &mut Row, budget: &mut Budget) -> Result<(), Fault> {
    let value = cell.value.trim();
    let mut put = |text: &str, kind: CellKind| {
        budget.take(text.len())?;
        row.push(cell.column, text, kind);
        Ok(())
    };
    if cell.has_formula && cell.value.is_empty() && cell.inline.is_empty() && cell.kind != "str" {
        return put(&format!("={}", cell.formula), CellKind::FormulaWithoutValue);
    }
    match cell.kind.as_str() {
        "s" => match value.parse().ok().and_then(|index| workbook.strings.get(index)) {
            Some(text) if !text.is_empty() => put(&unescape(text), CellKind::Text),
            _ => Ok(()),
        },
        "inlineStr" if !cell.inline.is_empty() => put(&unescape(&cell.inline), CellKind::Text),
        "str" if !cell.value.is_empty() => put(&unescape(&cell.value), CellKind::Text),
        "b" if !value.is_empty() => {
            put(if value == "1" { "TRUE" } else { "FALSE" }, CellKind::Bool(value == "1"))
        }
        "e" => put(value, CellKind::Error),
        "d" if !value.is_empty() => put(value, CellKind::Date),
        "inlineStr" | "str" | "b" | "d" => Ok(()),
        _ if value.is_empty() => Ok(()),
        _ => match value.parse::<f64>() {
            Ok(number) if number.is_finite() && cell.is_date => {
                put(&iso_date(number, workbook.is_1904), CellKind::Date)
            }
            Ok(number) if number.is_finite() => put(&shortest(number), CellKind::Number(number)),
            _ => put(value, CellKind::Text),
        },
    }
}

/// A number in its shortest form; beyond what a cell can mean, as the exponent says it.
pub(super) fn shortest(number: f64) -> String {
    if number == 0.0 || (1e-9..1e16).contains(&number.abs()) {
        format!("{number}")
    } else {
        format!("{number:e}")
    }
}

/// A day number → `2024-03-05`, with a time only where there is one.
pub(super) fn iso_date(serial: f64, is_1904: bool) -> String {
    let date = ExcelDateTime::new(serial, ExcelDateTimeType::DateTime, is_1904);
    let (year, month, day, hour, minute, second, _) = date.to_ymd_hms_milli();
    if (0.0..1.0).contains(&serial) {
        return format!("{hour:02}:{minute:02}:{second:02}");
    }
    let date = format!("{year:04}-{month:02}-{day:02}");
    if hour == 0 && minute == 0 && second == 0 {
        date
    } else {
        format!("{date}T{hour:02}:{minute:02}:{second:02}")
    }
}

/// `_x000D_` → the character (ECMA-376 part 1, 22.9.2.19, ST_Xstring).
fn unescape(text: &str) -> std::borrow::Cow<'_, str> {
    if !text.contains("_x") {
        return text.into();
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("_x") {
        out.push_str(&rest[..at]);
        let code = rest.get(at + 2..at + 6).filter(|_| rest.as_bytes().get(at + 6) == Some(&b'_'));
        match code.and_then(|code| u32::from_str_radix(code, 16).ok()).and_then(char::from_u32) {
            Some(c) => {
                out.push(c);
                rest = &rest[at + 7..];
            }
            None => {
                out.push_str("_x");
                rest = &rest[at + 2..];
            }
        }
    }
    out.push_str(rest);
    out.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn positions_and_regions() {
        assert_eq!(position("A1"), Some((1, 0)));
        assert_eq!(position("XFD1048576"), Some((1_048_576, 16_383)));
        for bad in ["XFE1", "A0", "A1048577", "1", "A", "", "AAAAAAAAAAAA1", "é1"] {
            assert_eq!(position(bad), None, "{bad}");
        }
        assert_eq!(region("B2:C3"), Some(Merge { top: 2, left: 1, bottom: 3, right: 2 }));
        assert_eq!(region("C3:B2"), None);
    }

    #[test]
    fn numbers_dates_and_escapes() {
        assert_eq!(shortest(105.0), "105");
        assert_eq!(shortest(2_084_985.92), "2084985.92");
        assert_eq!(shortest(1e300), "1e300");
        assert_eq!(iso_date(45_356.0, false), "2024-03-05");
        assert_eq!(iso_date(45_356.5, false), "2024-03-05T12:00:00");
        assert_eq!(unescape("a_x000D_b_xZZ"), "a\rb_xZZ");
    }
}
