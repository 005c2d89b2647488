//! ODS: `content.xml` as one bounded stream (OpenDocument 1.3, part 3, chapter 9).
//!
//! Repeated rows and cells are counted, not stored; only repeats that hold something are expanded, within the
//! budget. Not through calamine, which spreads every sheet into a full rectangle and waits for ever on a cut file.

use std::collections::BTreeSet;
use std::sync::Arc;

use quick_xml::events::BytesStart;

use super::CellKind;
use super::archive::Archive;
use super::context::Context;
use super::error::Fault;
use super::merges::{Budget, Merge, Merges};
use super::row::Row;
use super::table::TableReader;
use super::xlsx_sheet::shortest;
use super::xml::{Pull, Xml, attribute, end_name, name};
use crate::finding::Rule;

/// Rows of a sheet at most.
const MAX_ROWS: u32 = 1 << 20;

/// Reads the visible sheets into tables.
pub(super) fn read(bytes: &[u8], context: &mut Context<'_>) -> Result<Vec<TableReader>, Fault> {
    let limits = context.options.limits.clone();
    let mut archive = Archive::open(bytes, &limits)?;
    let encrypted = archive.part("META-INF/manifest.xml", |part| {
        let mut xml = Xml::new(part);
        loop {
            match xml.pull()? {
                Pull::Open(tag) if name(&tag) == "encryption-data" => return Ok(true),
                Pull::End => return Ok(false),
                _ => {}
            }
        }
    })?;
    if encrypted == Some(true) {
        return Err(Fault::Encrypted);
    }
    let mut budget = Budget::new(&limits);
    let tables = archive.part("content.xml", |part| {
        let mut xml = Xml::new(part);
        let mut tables = Vec::new();
        let mut hidden_styles = BTreeSet::new();
        let mut style = None;
        loop {
            match xml.pull()? {
                Pull::Open(tag) => match name(&tag) {
                    "style" => style = attribute(&tag, "name"),
                    "table-properties" if attribute(&tag, "display").as_deref() == Some("false") => {
                        hidden_styles.extend(style.take());
                    }
                    "table" => {
                        let hidden =
                            attribute(&tag, "style-name").is_some_and(|style| hidden_styles.contains(&style));
                        let sheet: Arc<str> = attribute(&tag, "name").unwrap_or_default().into();
                        let mut reader = SheetReader::new(&sheet, hidden, &mut budget);
                        reader.read(&mut xml, context)?;
                        tables.extend(reader.finish(context));
                    }
                    _ => {}
                },
                Pull::End => return Ok(tables),
                _ => {}
            }
        }
    })?;
    tables.ok_or_else(|| Fault::corrupt("it has no content.xml"))
}

struct SheetReader<'a> {
    sheet: Arc<str>,
    hidden: bool,
    budget: &'a mut Budget,
    table: TableReader,
    merges: Merges,
    row: Row,
    row_repeat: u32,
    next_row: u32,
    column: u32,
    next_column_style: u32,
    hidden_columns: Vec<(u32, u32)>,
    hidden_cells: u64,
}

/// A cell while its paragraphs come.
#[derive(Default)]
struct Pending {
    repeat: u32,
    columns: u32,
    rows: u32,
    covered: bool,
    kind: String,
    value: Option<String>,
    formula: Option<String>,
    text: String,
    paragraphs: u32,
}

impl<'a> SheetReader<'a> {
    fn new(sheet: &Arc<str>, hidden: bool, budget: &'a mut Budget) -> SheetReader<'a> {
        SheetReader {
            sheet: Arc::clone(sheet),
            hidden,
            budget,
            table: TableReader::new(Some(Arc::clone(sheet))),
            merges: Merges::default(),
            row: Row::default(),
            row_repeat: 1,
            next_row: 1,
            column: 0,
            next_column_style: 0,
            hidden_columns: Vec::new(),
            hidden_cells: 0,
        }
    }

    /// Reads to the end of the sheet.
    fn read(&mut self, xml: &mut Xml<'_>, context: &mut Context<'_>) -> Result<(), Fault> {
        let mut cell = Pending::default();
        let (mut in_cell, mut in_paragraph, mut annotations, mut nested) = (false, false, 0_u32, 0_u32);
        loop {
            match xml.pull()? {
                Pull::Open(tag) => match name(&tag) {
                    "table" => nested += 1,
                    _ if nested > 0 => {}
                    "table-column" => self.column_style(&tag),
                    "table-row" => self.begin_row(&tag),
                    "table-cell" | "covered-table-cell" => {
                        cell = begin_cell(&tag);
                        in_cell = true;
                    }
                    "annotation" => annotations += 1,
                    "p" if in_cell && annotations == 0 => {
                        cell.paragraphs += 1;
                        if cell.paragraphs > 1 {
                            cell.text.push('\n');
                        }
                        in_paragraph = true;
                    }
                    "s" if in_paragraph => {
                        let count = attribute(&tag, "c").and_then(|c| c.parse::<usize>().ok()).unwrap_or(1);
                        cell.text.extend(std::iter::repeat_n(' ', count.min(1_000)));
                    }
                    "tab" if in_paragraph => cell.text.push('\t'),
                    "line-break" if in_paragraph => cell.text.push('\n'),
                    _ => {}
                },
                Pull::Text(text) if in_paragraph && nested == 0 => {
                    cell.text.push_str(&text);
                    let limit = context.options.limits.field_bytes;
                    if cell.text.len() > limit {
                        return Err(Fault::Limit { what: "bytes in one cell", limit: limit as u64 });
                    }
                }
                Pull::Close(tag) => match end_name(&tag) {
                    "table" if nested == 0 => return Ok(()),
                    "table" => nested -= 1,
                    _ if nested > 0 => {}
                    "p" => in_paragraph = false,
                    "annotation" => annotations = annotations.saturating_sub(1),
                    "table-cell" | "covered-table-cell" if in_cell => {
                        in_cell = false;
                        self.end_cell(&cell, context)?;
                    }
                    "table-row" => self.end_row(context)?,
                    _ => {}
                },
                Pull::End => return Err(Fault::corrupt("its content ends in the middle of a sheet")),
                Pull::Text(_) => {}
            }
        }
    }

    fn column_style(&mut self, tag: &BytesStart<'_>) {
        let count = number(tag, "number-columns-repeated").unwrap_or(1);
        let end = self.next_column_style.saturating_add(count);
        if is_collapsed(tag) && self.hidden_columns.len() < 1_000 {
            self.hidden_columns.push((self.next_column_style, end.saturating_sub(1)));
        }
        self.next_column_style = end;
    }

    fn begin_row(&mut self, tag: &BytesStart<'_>) {
        self.row_repeat = number(tag, "number-rows-repeated").unwrap_or(1).max(1);
        self.row.start(self.next_row);
        self.row.hidden = is_collapsed(tag);
        self.column = 0;
    }

    fn end_cell(&mut self, cell: &Pending, context: &Context<'_>) -> Result<(), Fault> {
        let from = self.column;
        self.column = from.saturating_add(cell.repeat);
        if cell.covered {
            return Ok(());
        }
        let Some((text, kind)) = cell.value() else { return Ok(()) };
        for column in from..self.column.min(context.options.limits.columns) {
            self.budget.take(text.len())?;
            self.row.push(column, &text, kind);
            if self.hidden_columns.iter().any(|(first, last)| (*first..=*last).contains(&column)) {
                self.hidden_cells += 1;
            }
        }
        if cell.columns > 1 || cell.rows > 1 {
            let bottom = self.row.number.saturating_add(cell.rows - 1);
            let right = from.saturating_add(cell.columns - 1);
            self.merges.add(Merge { top: self.row.number, left: from, bottom, right });
        }
        Ok(())
    }

    fn end_row(&mut self, context: &mut Context<'_>) -> Result<(), Fault> {
        let first = self.next_row;
        self.next_row = first.saturating_add(self.row_repeat);
        if first > MAX_ROWS {
            return Ok(());
        }
        self.merges.apply(&mut self.row, self.budget)?;
        if self.row.is_blank() {
            return Ok(());
        }
        for number in first..self.next_row.min(MAX_ROWS + 1) {
            if number > first {
                for cell in self.row.cells() {
                    self.budget.take(cell.text.len())?;
                }
            }
            self.row.number = number;
            if self.hidden {
                self.hidden_cells += 1;
            } else {
                self.table.push(&self.row, context);
            }
        }
        Ok(())
    }

    fn finish(self, context: &mut Context<'_>) -> Option<TableReader> {
        if self.hidden_cells > 0 {
            let finding = context.finding(Rule::HiddenContent, Some(&self.sheet), 0);
            context.findings.push(finding.fact("count", self.hidden_cells.to_string()));
        }
        (!self.hidden).then_some(self.table)
    }
}

fn begin_cell(tag: &BytesStart<'_>) -> Pending {
    let covered = name(tag) == "covered-table-cell";
    let mut cell = Pending { repeat: 1, columns: 1, rows: 1, covered, ..Pending::default() };
    for attribute in tag.attributes().with_checks(false).flatten() {
        let value = || {
            quick_xml::escape::unescape(&attribute.value)
                .map_or_else(|_| attribute.value.to_string(), |v| v.into_owned())
        };
        let count = || attribute.value.parse::<u32>().unwrap_or(1).max(1);
        match attribute.key.0.rsplit(':').next() {
            Some("number-columns-repeated") => cell.repeat = count(),
            Some("number-columns-spanned") => cell.columns = count(),
            Some("number-rows-spanned") => cell.rows = count(),
            Some("value-type") if cell.kind.is_empty() => cell.kind = value(),
            Some("value" | "date-value" | "time-value" | "boolean-value" | "string-value") => {
                cell.value = Some(value())
            }
            Some("formula") => cell.formula = Some(value()),
            _ => {}
        }
    }
    cell
}

impl Pending {
    /// The cell's text and kind; `None` where it is empty.
    fn value(&self) -> Option<(String, CellKind)> {
        let shown = self.text.trim();
        if self.formula.is_some() && (shown.starts_with('#') || shown.starts_with("Err:")) {
            return Some((shown.to_owned(), CellKind::Error));
        }
        let value = self.value.as_deref().unwrap_or("");
        if let Some(formula) =
            self.formula.as_deref().filter(|_| value.is_empty() && shown.is_empty() && self.kind != "string")
        {
            return Some((formula.trim_start_matches("of:").to_owned(), CellKind::FormulaWithoutValue));
        }
        match self.kind.as_str() {
            "float" | "percentage" | "currency" => match value.parse::<f64>() {
                Ok(number) if number.is_finite() => Some((shortest(number), CellKind::Number(number))),
                _ => self.plain(value),
            },
            "boolean" => {
                Some((value.to_uppercase(), CellKind::Bool(value == "true"))).filter(|_| !value.is_empty())
            }
            "date" | "time" => Some((value.to_owned(), CellKind::Date)).filter(|_| !value.is_empty()),
            _ => self.plain(value),
        }
    }

    fn plain(&self, value: &str) -> Option<(String, CellKind)> {
        let text = if self.text.is_empty() { value } else { &self.text };
        (!text.is_empty()).then(|| (text.to_owned(), CellKind::Text))
    }
}

fn number(tag: &BytesStart<'_>, wanted: &str) -> Option<u32> {
    attribute(tag, wanted)?.parse().ok()
}

fn is_collapsed(tag: &BytesStart<'_>) -> bool {
    matches!(attribute(tag, "visibility").as_deref(), Some("collapse" | "filter"))
}
