//! What a row below the header is, told by what stands in it.

use super::super::context::Context;
use super::super::label::{
    TotalKind, is_count_of_places, is_footer, is_group_numeral, names_unit, total_kind, unit_level,
    without_numeral,
};
use super::super::row::{Cell, Row};
use super::super::row_kinds::is_small_count;
use super::super::{CellKind, Field};
use super::Body;

/// What a row is.
pub(super) enum Class {
    Data,
    Total(TotalKind),
    Group(String),
    Footer,
    Unclear,
}

impl Body {
    pub(super) fn classify(&self, row: &Row, context: &Context<'_>) -> Class {
        let mut numbered = false;
        let mut placed = false;
        let (mut village, mut commune) = (false, false);
        for cell in row.own() {
            match self.field(cell.column) {
                Some(Field::Sequence) => {
                    numbered |=
                        cell.text.trim().starts_with(|c: char| c.is_ascii_digit()) && cell.text.len() < 12
                }
                Some(
                    Field::Latitude | Field::Longitude | Field::Northing | Field::Easting | Field::Position,
                ) => {
                    placed |= cell.text.chars().any(|c| c.is_ascii_digit());
                }
                Some(Field::Village) => village = true,
                Some(Field::Commune) => commune = true,
                _ => {}
            }
        }
        let cells = row.own().count();
        if !numbered
            && cells <= 4
            && let Some(kind) = self.total_of_counts(row, context)
        {
            return Class::Total(kind);
        }
        // "Nghệ An, ngày 3 tháng 4 năm 2024" under the coordinates is no place.
        if !numbered
            && cells <= 2
            && row.own().any(|cell| !cell.is_numeric() && is_footer(&context.clean(cell.text)))
        {
            return Class::Footer;
        }
        if !placed && let Some(label) = self.numbered_heading(row, context) {
            return Class::Group(label);
        }
        if placed || (numbered && cells > 1 && self.has_recognised(row)) || self.is_within_record(row) {
            return Class::Data;
        }
        // Six texts are no heading; and below it is worth cleaning them.
        let is_sum = |cell: &Cell<'_>| cell.kind == CellKind::FormulaWithoutValue;
        let texts: Vec<Cell<'_>> = row.own().filter(|cell| !cell.is_numeric() && !is_sum(cell)).collect();
        if !numbered && let Some(first) = texts.first() {
            let label = context.clean(first.text);
            if texts.len() == 1
                && let Some(kind) = total_kind(&label)
            {
                return Class::Total(kind);
            }
            if texts.len() <= 3
                && let Some(label) = self.group_label(&texts, cells, context)
            {
                return Class::Group(label);
            }
            if cells <= 4 && is_footer(&label) {
                return Class::Footer;
            }
        }
        let expects_number = self.last_sequence.is_some();
        let lone = cells == 1 && self.header.columns.len() >= 4;
        if !self.has_recognised(row)
            || lone
            || (expects_number && !numbered && cells <= 2 && !(village && commune))
        {
            return Class::Unclear;
        }
        Class::Data
    }

    /// A heading that has a number, or numbers beside it: `1 | Xã Na Loi`, `Huyện Kỳ Sơn | 4 điểm | 320`,
    /// `II | Kỳ Sơn | 4 điểm`.
    fn numbered_heading(&self, row: &Row, context: &Context<'_>) -> Option<String> {
        let first = row.own().next()?;
        let field = self.field(first.column)?;
        let rest = || row.own().skip(1).filter(|cell| !cell.is_numeric());
        let second = rest().next();
        let is_count = |cell: Cell<'_>| is_count_of_places(&context.clean(cell.text));
        let label = context.clean(first.text.trim());
        // "Huyện Kỳ Sơn" is no running number.
        if field == Field::Sequence && names_unit(&label) && rest().all(is_count) {
            return Some(without_numeral(&label).0.to_owned());
        }
        // "Kỳ Sơn | 5 xã | 12 bản": numbers of places, not places.
        if matches!(field, Field::Province | Field::District) && second.is_some() && rest().all(is_count) {
            return Some(label.into_owned());
        }
        let second = second.filter(|_| field == Field::Sequence)?;
        let text = context.clean(second.text.trim());
        let others_count = rest().skip(1).all(is_count);
        if is_group_numeral(first.text) && !is_count(second) && others_count && rest().nth(1).is_some() {
            return Some(text.into_owned());
        }
        // A commune in its own column may be reported as a whole; in the villages' it is a heading.
        let is_its_own =
            matches!(self.field(second.column), Some(Field::Province | Field::District | Field::Commune));
        (first.is_numeric() && names_unit(&text) && !is_its_own && others_count).then(|| text.into_owned())
    }

    /// Whether a cell of a record above reaches into this row that no heading or footer shares with it: its number, its
    /// village, its place. One village of three carriers has three rows.
    fn is_within_record(&self, row: &Row) -> bool {
        let of_record = |cell: &Cell<'_>| {
            let is_of_one = matches!(
                self.field(cell.column),
                Some(
                    Field::Sequence
                        | Field::Village
                        | Field::Position
                        | Field::Latitude
                        | Field::Longitude
                        | Field::Northing
                        | Field::Easting
                )
            );
            is_of_one && cell.origin.is_some_and(|origin| origin > self.header_row)
        };
        self.has_recognised(row) && row.cells().any(|cell| of_record(&cell))
    }

    /// The label of a row that has waited, where it is a heading of the row that comes next: a lone text under the
    /// numbers, or under districts or communes where what follows is numbered or leaves that column blank.
    pub(super) fn heading_of(&self, row: &Row, next: &Row, context: &Context<'_>) -> Option<String> {
        const LONGEST: usize = 200;
        let mut own = row.own();
        let cell = own.next().filter(|cell| own.next().is_none() && cell.text.len() <= LONGEST)?;
        let is_heading = match self.field(cell.column)? {
            Field::Sequence => true,
            Field::Province | Field::District | Field::Commune => {
                let is_blank = |column: u32| next.cell(column).is_none_or(|cell| cell.is_blank());
                let is_number = |field: &(u32, Field)| {
                    field.1 == Field::Sequence && next.cell(field.0).is_some_and(|cell| cell.is_own())
                };
                is_blank(cell.column) || self.fields.iter().any(is_number)
            }
            _ => false,
        };
        let label = context.clean(cell.text.trim());
        is_heading.then(|| without_numeral(&label).0.to_owned())
    }

    /// Whether the last rows of a table, which could be a footer, go on with it: right below, and filled in as rows
    /// above that were records.
    pub(super) fn goes_on(&self, row: &Row) -> bool {
        let columns: Vec<u32> = row.own().map(|cell| cell.column).collect();
        row.number == self.record_row + 1 && self.has_recognised(row) && self.were_records.contains(&columns)
    }

    /// `Cộng | | | 12`: the label of a total and nothing but whole numbers, whatever columns they stand in.
    fn total_of_counts(&self, row: &Row, context: &Context<'_>) -> Option<TotalKind> {
        // A sum whose result was not stored is a number all the same.
        let is_sum = |cell: &Cell<'_>| cell.kind == CellKind::FormulaWithoutValue;
        let mut texts = row.own().filter(|cell| !cell.is_numeric() && !is_sum(cell));
        let label = texts.next().filter(|_| texts.next().is_none())?;
        let counts = row.own().filter(Cell::is_numeric).all(|cell| is_small_count(cell.text));
        total_kind(&context.clean(label.text)).filter(|_| counts)
    }

    /// The text of a group heading, without its numeral, if the row is one.
    fn group_label(&self, texts: &[Cell<'_>], cells: usize, context: &Context<'_>) -> Option<String> {
        let first = texts.first()?;
        let numbers = cells - texts.len();
        if is_group_numeral(first.text) && texts.len() == 2 {
            let text = context.clean(texts.get(1)?.text.trim());
            let village = self.field(texts.get(1)?.column) == Some(Field::Village);
            return (unit_level(&text).is_some() || !village || numbers == 0).then(|| text.into_owned());
        }
        if texts.len() != 1 {
            return None;
        }
        let text = context.clean(first.text.trim());
        let (label, numbered) = without_numeral(&text);
        let columns = self.header.columns.len() as u32;
        let wide = columns >= 4 && first.last_column - first.column + 1 >= columns / 2;
        let heading =
            unit_level(label).is_some() || ((wide || numbered) && numbers == 0 && !is_footer(&text));
        heading.then(|| label.to_owned())
    }
}
