//! The cells of a record, with values that stand for several rows copied down: merged cells, cells left blank
//! under a commune written once, ditto marks.
//!
//! Numbers of people, distances and money are never copied: a merged 120 households are not 120 for each row.

use std::sync::Arc;

use smol_str::SmolStr;

use super::context::Context;
use super::label::{is_ditto, may_be_ditto};
use super::row::{Cell, Row};
use super::row_kinds::{is_quantity, title};
use super::{CellKind, Field, HeaderColumn, RawCell};
use crate::finding::Rule;

/// Longer values are not copied: no name of a place or carrier is.
const MAX_COPIED_BYTES: usize = 600;

/// Remembers what stands above.
pub(super) struct Filler {
    columns: Vec<Above>,
    hand_made: bool,
}

struct Above {
    column: u32,
    field: Field,
    text: String,
    kind: CellKind,
    /// Row it was written in; 0: nothing stands above.
    row: u32,
}

impl Filler {
    pub fn new(fields: &[(u32, Field)], hand_made: bool) -> Filler {
        let columns = fields
            .iter()
            .map(|(column, field)| Above {
                column: *column,
                field: *field,
                text: String::new(),
                kind: CellKind::Text,
                row: 0,
            })
            .collect();
        Filler { columns, hand_made }
    }

    /// A heading: below it the district (or only the commune) is written anew.
    pub fn begin_group(&mut self, nested: bool) {
        self.forget(Field::Commune);
        self.forget(Field::CommuneCode);
        if !nested {
            self.forget(Field::District);
        }
    }

    /// A heading that stands in a column which is written once for many rows: the rows below that leave it blank mean it.
    pub fn heading(&mut self, row: &Row) {
        for above in self.columns.iter_mut().filter(|above| is_filled(above.field)) {
            if let Some(cell) = row.cell(above.column).filter(Cell::is_own) {
                above.remember(cell.text, cell.kind, row.number);
            }
        }
    }

    fn forget(&mut self, field: Field) {
        for above in self.columns.iter_mut().filter(|above| above.field == field) {
            above.row = 0;
        }
    }

    /// A new district ends the commune above, a new commune its code, and a new code its name.
    fn forget_what_changes(&mut self, row: &Row) {
        if self.changes(row, Field::Province) {
            self.begin_group(false);
        }
        if self.changes(row, Field::District) {
            self.begin_group(true);
        }
        let another_code = self.changes(row, Field::CommuneCode);
        if self.changes(row, Field::Commune) {
            self.forget(Field::CommuneCode);
        }
        if another_code {
            self.forget(Field::Commune);
        }
    }

    fn changes(&self, row: &Row, field: Field) -> bool {
        self.columns.iter().filter(|above| above.field == field && above.row > 0).any(|above| {
            row.cell(above.column).is_some_and(|cell| {
                !cell.is_blank() && cell.text.trim() != above.text.trim() && !may_be_ditto(cell.text)
            })
        })
    }

    /// The recognised, non-empty cells of a row.
    pub fn cells(
        &mut self,
        row: &Row,
        header: &[HeaderColumn],
        sheet: Option<&Arc<str>>,
        context: &mut Context<'_>,
    ) -> Vec<(Field, RawCell)> {
        if self.hand_made {
            self.forget_what_changes(row);
        }
        let mut cells = Vec::with_capacity(row.cells().count().min(self.columns.len()));
        let place = Place { row: row.number, header, sheet };
        for above in &mut self.columns {
            let cell = row.cell(above.column);
            let made = match cell {
                Some(cell) if !cell.is_blank() => above.written(cell, self.hand_made, &place, context),
                _ if self.hand_made && is_filled(above.field) => {
                    above.copied(Rule::MergedValueFilled, None, &place, context)
                }
                _ => {
                    above.row = 0;
                    None
                }
            };
            if let Some(made) = made {
                cells.push((above.field, made));
            }
        }
        cells
    }
}

/// Columns that are written once for many rows.
fn is_filled(field: Field) -> bool {
    matches!(field, Field::Province | Field::District | Field::Commune | Field::CommuneCode | Field::Carrier)
}

struct Place<'a> {
    row: u32,
    header: &'a [HeaderColumn],
    sheet: Option<&'a Arc<str>>,
}

impl Above {
    /// A cell in which something stands, or over which a merge reaches.
    fn written(
        &mut self,
        cell: Cell<'_>,
        hand_made: bool,
        place: &Place<'_>,
        context: &mut Context<'_>,
    ) -> Option<RawCell> {
        if let Some(origin) = cell.origin {
            if is_quantity(self.field) || self.field == Field::Sequence {
                return None;
            }
            self.remember(cell.text, cell.kind, origin);
            return self.copied(Rule::MergedValueFilled, None, place, context);
        }
        if hand_made && may_be_ditto(cell.text) && is_ditto(&context.clean(cell.text)) {
            return self.copied(Rule::DittoMarkValue, Some(cell.text), place, context);
        }
        if hand_made {
            self.remember(cell.text, cell.kind, place.row);
        }
        let formula = cell.kind == CellKind::FormulaWithoutValue;
        if formula || cell.kind == CellKind::Error {
            let finding = context
                .finding(Rule::FormulaWithoutValue, place.sheet, place.row)
                .at_column(self.column, title(place.header, self.column));
            context.findings.push(finding.raw(cell.text));
            self.row = 0;
        }
        let text = if formula { SmolStr::default() } else { cell.text.into() };
        Some(RawCell { text, kind: cell.kind, column: self.column, filled_from: None })
    }

    fn remember(&mut self, text: &str, kind: CellKind, row: u32) {
        if text.len() > MAX_COPIED_BYTES {
            self.row = 0;
            return;
        }
        self.text.clear();
        self.text.push_str(text);
        self.kind = kind;
        self.row = row;
    }

    /// The value from above; a ditto mark with nothing above it says nothing, which is reported too.
    fn copied(
        &self,
        rule: Rule,
        mark: Option<&str>,
        place: &Place<'_>,
        context: &mut Context<'_>,
    ) -> Option<RawCell> {
        if self.row == 0 && mark.is_none() {
            return None;
        }
        let mut finding = context
            .finding(rule, place.sheet, place.row)
            .at_column(self.column, title(place.header, self.column));
        if let Some(mark) = mark {
            finding = finding.raw(mark.trim());
        }
        if self.row == 0 {
            context.findings.push(finding);
            return None;
        }
        context.findings.push(finding.used(self.text.trim()));
        Some(RawCell {
            text: self.text.as_str().into(),
            kind: self.kind,
            column: self.column,
            filled_from: Some(self.row),
        })
    }
}
