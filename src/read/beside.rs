//! A table to the right of another, on the same rows. It is not read: a row of a sheet is one row of a list everywhere
//! else, and two areas of one row could not be told apart. Its titles are known so that its cells are not taken for the
//! first table's, and so that it is not lost without a word.

use super::header::{Header, find_header, is_number_title};
use super::row::Row;
use super::title_match::TitleMatcher;
use super::{Field, HeaderColumn};

/// Titles that a table has at least.
const MIN_TITLES: usize = 3;

/// A table beside another.
#[derive(Debug)]
pub(super) struct Beside {
    /// Where its titles begin.
    pub row: u32,
    pub column: u32,
    /// They themselves.
    pub titles: String,
    /// Rows below them in which it has something.
    pub rows: u64,
}

/// Whether a table with these columns could be one of areas.
fn could_hold_areas<'a>(columns: impl Iterator<Item = &'a HeaderColumn>) -> bool {
    let fields: Vec<Field> = columns.filter_map(|column| column.field).collect();
    let has = |field: Field| fields.contains(&field);
    let position = has(Field::Position)
        || (has(Field::Latitude) && has(Field::Longitude))
        || (has(Field::Northing) && has(Field::Easting));
    fields.len() >= MIN_TITLES && (has(Field::Village) || position)
}

/// The table whose titles stand in the rows of the header, to the right of the first one's: it has a number's column of its
/// own, or, behind a column without a title, villages and communes (or districts) of its own. Titles that merely come twice
/// are no second table.
pub(super) fn in_header(header: &Header, rows: &[Row], matcher: &TitleMatcher) -> Option<Beside> {
    let block = rows.get(header.at..(header.at + header.height).min(rows.len()))?;
    let numbered = |column: u32| {
        let mut own = block.iter().filter_map(|row| row.cell(column)).filter(|cell| cell.is_own());
        own.any(|cell| is_number_title(cell.text, matcher))
    };
    let columns = &header.columns;
    let begins = (1..columns.len()).find(|&at| {
        let (left, right) = columns.split_at(at);
        if !could_hold_areas(left.iter()) || !could_hold_areas(right.iter()) {
            return false;
        }
        let has = |side: &[HeaderColumn], field: Field| side.iter().any(|column| column.field == Some(field));
        let both = |field: Field| has(left, field) && has(right, field);
        let apart = columns[at].column > columns[at - 1].column + 1;
        numbered(columns[at].column)
            || (apart
                && columns[at].field.is_some()
                && both(Field::Village)
                && (both(Field::Commune) || both(Field::District)))
    })?;
    let titles: Vec<&str> = columns[begins..].iter().map(|column| column.title.as_str()).collect();
    let column = columns[begins].column;
    let row = block.iter().find(|row| row.cell(column).is_some()).map_or(0, |row| row.number);
    Some(Beside { row, column, titles: titles.join(" "), rows: 0 })
}

/// The table whose titles stand in a row of data, to the right of the last column of the first table.
pub(super) fn in_row(last_column: u32, row: &Row, matcher: &TitleMatcher) -> Option<Beside> {
    let first = row.own().find(|cell| cell.column > last_column)?;
    if !is_number_title(first.text, matcher) {
        return None;
    }
    let part = row.from(first.column);
    if part.own().any(|cell| cell.is_numeric()) {
        return None;
    }
    let header = find_header(std::slice::from_ref(&part), matcher)?;
    could_hold_areas(header.columns.iter()).then(|| Beside {
        row: row.number,
        column: first.column,
        titles: part.joined(),
        rows: 0,
    })
}
