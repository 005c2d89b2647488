//! Which rows are the header, and what each column means.
//!
//! A header is the block of one to three rows whose titles, joined top-down, name the most fields.

use std::collections::{BTreeMap, BTreeSet};

use super::dms::{self, Parts};
use super::header_key::header_key;
use super::row::Row;
use super::title_match::{Match, TitleMatcher};
use super::{Field, HeaderColumn};

/// Rows of a header at most.
const MAX_HEIGHT: usize = 3;
/// Columns beyond are not looked at: nobody's list is that wide, and a hostile sheet has 16,384 of them.
const MAX_COLUMNS: u32 = 256;
/// A merged title is spread over at most so many columns.
const MAX_SPREAD: u32 = 64;
/// Titles that say nothing without the title above them.
const GENERIC: &[&str] =
    &["ten", "name", "ma", "loai", "id", "code", "dien", "khac", "so", "no", "ngay", "date"];

/// A header, found.
#[derive(Debug)]
pub(super) struct Header {
    /// Index of its first row among the rows searched.
    pub at: usize,
    /// How many rows it has.
    pub height: usize,
    pub columns: Vec<HeaderColumn>,
    /// Columns that fit two fields: column, field used, the other.
    pub fits_two: Vec<(u32, Field, Field)>,
    /// Fields that several columns claim.
    pub claimed_twice: Vec<(u32, Field)>,
    /// Coordinates in several columns each.
    pub parts: Vec<Parts>,
    /// Every own cell of its rows, to know it again when it is repeated on the next page.
    cells: BTreeSet<(u32, String)>,
}

impl Header {
    /// Leaves the columns from one on to another table.
    pub fn end_before(&mut self, column: u32) {
        self.columns.retain(|own| own.column < column);
        self.fits_two.retain(|(own, ..)| *own < column);
        self.claimed_twice.retain(|(own, _)| *own < column);
        self.cells.retain(|(own, _)| *own < column);
    }

    /// Whether a row is the header (or one of its rows) once more.
    pub fn is_repeated_by(&self, row: &Row, clean: fn(&str) -> std::borrow::Cow<'_, str>) -> bool {
        let mut same = 0;
        for cell in row.own() {
            // Most rows are told off by their first cell, which is mostly a number.
            let is_number = cell.text.bytes().all(|b| b.is_ascii_digit());
            let is_title = match is_number {
                true => self.cells.iter().any(|(column, key)| *column == cell.column && key == cell.text),
                false => self.cells.contains(&(cell.column, header_key(&clean(cell.text)))),
            };
            if cell.text.len() > 300 || !is_title {
                return false;
            }
            same += 1;
        }
        same >= 2.min(self.cells.len())
    }

    /// What a row of titles that begins with the number's (`STT`, `TT`) is to this header; `None` for any other row. In no
    /// list is such a row of data.
    pub fn other_titles(&self, row: &Row, matcher: &TitleMatcher) -> Option<OtherTitles> {
        // Most rows are told off by their first letter.
        let begins = |text: &str| text.trim_start().starts_with(['S', 's', 'T', 't', 'N', 'n']);
        let first = row.own().next().filter(|cell| begins(cell.text))?;
        let titles = row.own().count();
        if !is_number_title(first.text, matcher) || titles < 3 || row.own().any(|cell| cell.is_numeric()) {
            return None;
        }
        let named = find_header(std::slice::from_ref(row), matcher);
        let is_place = |field| matches!(field, Field::Position | Field::Latitude | Field::Longitude);
        let (mut same, mut other) = (0, 0);
        for column in named.iter().flat_map(|header| &header.columns) {
            let Some(field) = column.field else { continue };
            match self.columns.iter().find(|own| own.column == column.column).and_then(|own| own.field) {
                // The first row of a header in two, over its coordinates.
                Some(own) if own == field || (is_place(own) && is_place(field)) => same += 1,
                _ => other += 1,
            }
        }
        Some(if other == 0 && same >= 2 { OtherTitles::Same } else { OtherTitles::AnotherTable })
    }
}

/// What a row of titles below a header is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum OtherTitles {
    /// The same columns in other words.
    Same,
    /// Other columns: another table begins.
    AnotherTable,
}

/// Titles of the first column of a list, folded.
const NUMBER_TITLES: [&str; 6] = ["stt", "tt", "so tt", "so thu tu", "so stt", "no"];

/// Whether a cell is the title of the column of running numbers.
pub(super) fn is_number_title(text: &str, matcher: &TitleMatcher) -> bool {
    text.len() <= 20 && NUMBER_TITLES.contains(&matcher.key(text).as_str())
}

/// Finds the header among the first rows of a grid.
pub(super) fn find_header(rows: &[Row], matcher: &TitleMatcher) -> Option<Header> {
    let mut best: Option<(f64, usize, usize)> = None;
    for at in 0..rows.len() {
        for height in 1..=MAX_HEIGHT.min(rows.len() - at) {
            let block = &rows[at..at + height];
            if height > 1 && !may_be_block(block) {
                break;
            }
            if let Some(score) = score(block, matcher)
                && best.is_none_or(|(top, _, _)| score > top)
            {
                best = Some((score, at, height));
            }
        }
    }
    let (_, at, mut height) = best?;
    // Titles merged downwards reach over every row of the header, recognised or not.
    while let Some(row) = rows.get(at + height) {
        let first = rows[at].number;
        if height > MAX_HEIGHT
            || !row.cells().any(|c| c.origin.is_some_and(|o| o >= first))
            || row.own().any(|c| c.is_numeric())
        {
            break;
        }
        height += 1;
    }
    // So do units below them, merged or not: "Độ | Phút | Giây".
    while let Some(row) = rows.get(at + height)
        && row.number == rows[at + height - 1].number + 1
        && row.own().count() >= 2
        && row.own().all(|cell| is_unit(cell.text) || dms::is_unit_of_angles(cell.text))
        && !row.own().any(|cell| cell.text.contains(|c: char| c.is_ascii_digit()))
    {
        height += 1;
    }
    Some(describe(rows, at, height, matcher))
}

/// Rows of one header follow each other, hold no numbers, and more than one title each.
fn may_be_block(block: &[Row]) -> bool {
    block.windows(2).all(|pair| pair[1].number == pair[0].number + 1)
        && block.iter().all(|row| !row.own().any(|cell| cell.is_numeric()))
        && block.first().is_some_and(|row| row.own().count() > 1)
}

/// How well a block serves as a header; `None` where it is none.
fn score(block: &[Row], matcher: &TitleMatcher) -> Option<f64> {
    let titles = titles(block);
    let mut fields: BTreeMap<Field, bool> = BTreeMap::new();
    for pieces in titles.values() {
        if let Some(found) = column_match(pieces, matcher) {
            let strong = fields.entry(found.field).or_default();
            *strong |= found.is_strong();
        }
    }
    // One of the two alone, below titles, is a mark: "x" below "ĐBKK" in a row of data.
    if block.len() > 1 && fields.contains_key(&Field::Northing) != fields.contains_key(&Field::Easting) {
        fields.retain(|field, _| !matches!(field, Field::Northing | Field::Easting));
    }
    let strong = fields.values().filter(|strong| **strong).count();
    let cells = block.iter().flat_map(Row::own).count();
    let numbers = block.iter().flat_map(Row::own).filter(|cell| cell.is_numeric()).count();
    let long = block.iter().flat_map(Row::own).filter(|cell| cell.text.len() > 200).count();
    // One cell that names a field among other words is a sentence: "2. Xã: ghi tên xã".
    let is_sentence =
        cells == 1 && titles.values().all(|p| column_match(p, matcher).is_none_or(|m| !m.whole));
    if strong == 0 || (strong < 2 && cells > 2) || is_sentence {
        return None;
    }
    let weak = fields.len() - strong;
    // Counts of cells are far below 2^52.
    let score = strong as f64 + 0.3 * weak as f64 - 0.5 * (numbers + long) as f64 - 0.01 * block.len() as f64;
    (score > 0.5).then_some(score)
}

/// The titles over each column, top-down.
fn titles(block: &[Row]) -> BTreeMap<u32, Vec<String>> {
    let mut titles: BTreeMap<u32, Vec<String>> = BTreeMap::new();
    for row in block {
        for cell in row.own().take_while(|cell| cell.column < MAX_COLUMNS) {
            let last = cell.last_column.min(cell.column.saturating_add(MAX_SPREAD));
            let piece = cell.text.split_whitespace().collect::<Vec<_>>().join(" ");
            for column in cell.column..=last {
                titles.entry(column).or_default().push(piece.clone());
            }
        }
    }
    titles
}

/// What a column means: its lowest title, or, where that says too little, all of them.
fn column_match(pieces: &[String], matcher: &TitleMatcher) -> Option<Match> {
    // A row of units below the titles ("(độ)", "(m)") says nothing of its own.
    let named: Vec<&str> = pieces.iter().map(String::as_str).filter(|piece| !is_unit(piece)).collect();
    let pieces = if named.is_empty() { pieces.iter().map(String::as_str).collect() } else { named };
    let own = pieces.last().and_then(|piece| matcher.find(piece));
    if pieces.len() < 2 {
        return own;
    }
    let joined = matcher.find(&pieces.join(" "));
    match (own, joined) {
        (Some(own), Some(joined)) => {
            let generic = pieces.last().is_some_and(|piece| GENERIC.contains(&header_key(piece).as_str()));
            let joined_wins = if own.whole { generic && joined.words >= 2 } else { joined.words > own.words };
            Some(if joined_wins { joined } else { own })
        }
        (own, joined) => own.or(joined),
    }
}

/// Whether a piece of a title is only a unit: all in brackets, or one of the usual signs.
fn is_unit(piece: &str) -> bool {
    const UNITS: [&str; 12] =
        ["m", "km", "km2", "ha", "do", "nguoi", "ho", "dbm", "trieu dong", "degree", "degrees", "deg"];
    let piece = piece.trim();
    let bracketed = piece.starts_with('(') && piece.ends_with(')') && piece.matches('(').count() == 1;
    bracketed || UNITS.contains(&header_key(piece).as_str())
}

fn describe(rows: &[Row], at: usize, height: usize, matcher: &TitleMatcher) -> Header {
    let block = &rows[at..(at + height).min(rows.len())];
    let mut columns = Vec::new();
    let mut matches = Vec::new();
    for (column, pieces) in titles(block) {
        let mut title = String::new();
        for piece in &pieces {
            if !title.is_empty() {
                title.push(' ');
            }
            title.push_str(piece);
        }
        matches.push(column_match(&pieces, matcher));
        columns.push(HeaderColumn { column, title, field: None });
    }
    let mut strong_fields: BTreeMap<Field, u32> = BTreeMap::new();
    for (column, found) in columns.iter().zip(&matches) {
        if let Some(found) = found.filter(Match::is_strong) {
            strong_fields.entry(found.field).or_insert(column.column);
        }
    }
    let mut header = Header {
        at,
        height,
        columns,
        fits_two: Vec::new(),
        claimed_twice: Vec::new(),
        parts: Vec::new(),
        cells: BTreeSet::new(),
    };
    let mut seen: BTreeSet<Field> = BTreeSet::new();
    for (column, found) in header.columns.iter_mut().zip(matches) {
        let Some(found) = found else { continue };
        // A word in passing does not take a field from the column whose very title it is.
        if !found.is_strong() && strong_fields.contains_key(&found.field) {
            continue;
        }
        column.field = Some(found.field);
        if let Some(also) = found.also {
            header.fits_two.push((column.column, found.field, also));
        }
        if !seen.insert(found.field) && found.field != Field::Note {
            header.claimed_twice.push((column.column, found.field));
        }
    }
    for row in block {
        header.cells.extend(row.own().map(|cell| (cell.column, matcher.key(cell.text))));
    }
    header.columns.iter_mut().for_each(|column| column.title.shrink_to_fit());
    dms::find(&mut header);
    only_old(&mut header.columns, Field::OldCommune, Field::Commune);
    only_old(&mut header.columns, Field::OldCommuneCode, Field::CommuneCode);
    header
}

/// A file with old communes only names communes; `OldCommune` is for files with both.
fn only_old(columns: &mut [HeaderColumn], old: Field, new: Field) {
    if columns.iter().any(|column| column.field == Some(new)) {
        return;
    }
    for column in columns.iter_mut().filter(|column| column.field == Some(old)) {
        column.field = Some(new);
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::read::{CellKind, ReadOptions};

    pub fn rows(lines: &[&[&str]]) -> Vec<Row> {
        let mut rows = Vec::new();
        for (number, line) in (1..).zip(lines) {
            let mut row = Row::default();
            row.start(number);
            for (column, text) in (0..).zip(*line) {
                row.push(column, text, CellKind::Text);
            }
            rows.push(row);
        }
        rows
    }

    pub fn find(lines: &[&[&str]]) -> Option<Header> {
        find_header(&rows(lines), &TitleMatcher::new(&ReadOptions::default()))
    }

    #[test]
    fn a_row_of_units_below_the_titles_leaves_them_their_meaning() {
        let header = find(&[
            &["TT", "Địa bàn", "", "Toạ độ (WGS84)", ""],
            &["", "Xã", "Thôn, bản", "Kinh độ", "Vĩ độ"],
            &["", "", "", "(độ)", "(độ)"],
        ])
        .unwrap();
        let fields: Vec<Option<Field>> = header.columns.iter().map(|c| c.field).collect();
        assert_eq!(fields[3..], [Some(Field::Longitude), Some(Field::Latitude)]);
        assert!(header.fits_two.is_empty() && header.claimed_twice.is_empty());
    }

    #[test]
    fn the_header_is_found_below_titles_and_above_data() {
        let header = find(&[
            &["DANH SÁCH KHU VỰC LÕM SÓNG HUYỆN KỲ SƠN"],
            &["STT", "Xã", "Bản", "Ghi chú"],
            &["1", "Xã Na Loi", "Bản Na Loi", ""],
        ])
        .unwrap();
        assert_eq!((header.at, header.height), (1, 1));
        assert_eq!(header.columns[2].field, Some(Field::Village));
    }

    #[test]
    fn two_rows_are_joined_and_the_lower_title_decides() {
        let header = find(&[
            &["STT", "Xã", "Bản", "Tọa độ", "", "Trạm gần nhất", ""],
            &["", "", "", "Kinh độ", "Vĩ độ", "Tên", "Khoảng cách"],
            &["1", "Na Loi", "Bản Na", "104,1", "19,2", "KS01", "3"],
        ])
        .unwrap();
        assert_eq!((header.at, header.height), (0, 2));
        let fields: Vec<_> = header.columns.iter().map(|c| c.field).collect();
        use Field::*;
        assert_eq!(fields[3..6], [Some(Longitude), Some(Latitude), Some(NearestStation)]);
        assert_eq!(header.columns[3].title, "Tọa độ Kinh độ");
    }

    #[test]
    fn data_alone_is_no_header() {
        assert!(
            find(&[&["1", "Xã Na Loi", "Bản Na", "104,1"], &["2", "Xã Na Loi", "Bản Nọi", "104,2"]])
                .is_none()
        );
        assert!(find(&[]).is_none());
    }

    #[test]
    fn only_the_old_commune_is_the_commune() {
        let header = find(&[&["STT", "Xã cũ", "Bản"]]).unwrap();
        assert_eq!(header.columns[1].field, Some(Field::Commune));
        let header = find(&[&["STT", "Xã cũ", "Xã mới", "Bản"]]).unwrap();
        assert_eq!(header.columns[1].field, Some(Field::OldCommune));
        assert_eq!(header.columns[2].field, Some(Field::Commune));
    }
}
