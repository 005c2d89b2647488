//! Coordinates in a column for the degrees, one for the minutes and perhaps one for the seconds, brought together as they
//! would stand in one cell.

use super::header::Header;
use super::header_key::header_key;
use super::row::{Cell, Row};
use super::{CellKind, Field};

/// The columns of one coordinate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Parts {
    degrees: u32,
    minutes: u32,
    seconds: Option<u32>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Unit {
    Degrees,
    Minutes,
    Seconds,
}

/// The unit that a title ends with: `Vĩ độ (phút)`, `Giây`, `°`.
fn unit(title: &str) -> Option<Unit> {
    match title.trim_end().trim_end_matches([')', ']']).chars().next_back() {
        Some('°' | 'º') => return Some(Unit::Degrees),
        Some('\'' | '′' | '’') => return Some(Unit::Minutes),
        Some('"' | '″' | '”') => return Some(Unit::Seconds),
        _ => {}
    }
    match header_key(title).rsplit(' ').next()? {
        "do" | "degree" | "degrees" | "deg" => Some(Unit::Degrees),
        "phut" | "minute" | "minutes" | "min" => Some(Unit::Minutes),
        "giay" | "second" | "seconds" | "sec" => Some(Unit::Seconds),
        _ => None,
    }
}

/// Whether a title is nothing but such a unit.
pub(super) fn is_unit_of_angles(title: &str) -> bool {
    unit(title).is_some() && !header_key(title).contains(' ')
}

/// Finds the coordinates in parts; the columns of minutes and seconds are then no columns of their own.
pub(super) fn find(header: &mut Header) {
    let is_place = |field: &Field| matches!(field, Field::Latitude | Field::Longitude);
    let mut at = 0;
    while at + 1 < header.columns.len() {
        let columns = &mut header.columns[at..];
        let first = columns[0].column;
        let is = |i: usize, wanted: Unit, columns: &[super::HeaderColumn]| {
            columns.get(i).is_some_and(|c| c.column == first + i as u32 && unit(&c.title) == Some(wanted))
        };
        let count =
            1 + usize::from(is(1, Unit::Minutes, columns)) + usize::from(is(2, Unit::Seconds, columns));
        let field = columns.iter().take(count).filter_map(|column| column.field).find(is_place);
        let begins =
            columns[0].field.as_ref().is_some_and(is_place) || unit(&columns[0].title) == Some(Unit::Degrees);
        let (Some(field), true, true) = (field, begins, is(1, Unit::Minutes, columns)) else {
            at += 1;
            continue;
        };
        columns[0].field = Some(field);
        columns[1..count].iter_mut().for_each(|column| column.field = None);
        let parts = Parts { degrees: first, minutes: first + 1, seconds: (count == 3).then_some(first + 2) };
        let others = first + 1..first + count as u32;
        header.fits_two.retain(|(column, ..)| !others.contains(column));
        header.claimed_twice.retain(|(column, _)| !others.contains(column));
        header.parts.push(parts);
        at += count;
    }
}

/// The row with each coordinate in one cell, where its degrees stand: `19°48'35.2"`.
pub(super) fn joined(row: &Row, all: &[Parts]) -> Row {
    let mut out = Row::default();
    out.start(row.number);
    out.hidden = row.hidden;
    let is_part = |column: u32| {
        all.iter().any(|p| [Some(p.degrees), Some(p.minutes), p.seconds].contains(&Some(column)))
    };
    for cell in row.cells().filter(|cell| !is_part(cell.column)) {
        match cell.origin {
            Some(origin) => out.push_copy(cell.column, cell.last_column, cell.text, cell.kind, origin),
            None => {
                out.push(cell.column, cell.text, cell.kind);
                out.widen(cell.column, cell.last_column);
            }
        }
    }
    for parts in all {
        let cell = |column: u32| row.cell(column).filter(|cell| !cell.is_blank());
        let cells = [cell(parts.degrees), cell(parts.minutes), parts.seconds.and_then(cell)];
        let Some(text) = text(&cells) else { continue };
        // Merged over several rows they are copies, all of them.
        match cells.iter().flatten().map(|cell| cell.origin).min().flatten() {
            Some(origin) => out.push_copy(parts.degrees, parts.degrees, &text, CellKind::Text, origin),
            None => out.push(parts.degrees, &text, CellKind::Text),
        }
    }
    out
}

/// The parts as one text; what is not a number stays as it is, for whoever reads coordinates to refuse.
fn text(cells: &[Option<Cell<'_>>; 3]) -> Option<String> {
    const SIGNS: [char; 3] = ['°', '\'', '"'];
    let mut out = String::new();
    for (cell, sign) in cells.iter().zip(SIGNS) {
        let Some(cell) = cell else { continue };
        let number = cell.text.trim().trim_end_matches(['°', 'º', '\'', '′', '’', '"', '″', '”']).trim_end();
        out.push_str(&number.replace(',', "."));
        out.push(sign);
    }
    let whole = out.strip_suffix('°').filter(|_| cells[1].is_none() && cells[2].is_none());
    (!out.is_empty()).then(|| whole.map_or_else(|| out.clone(), str::to_owned))
}

#[cfg(test)]
mod tests {
    use super::super::header::tests::{find, rows};
    use super::*;

    #[test]
    fn degrees_minutes_and_seconds_are_one_coordinate() {
        for lines in [
            [
                &["TT", "Bản", "Vĩ độ", "", "", "Kinh độ", "", ""][..],
                &["", "", "Độ", "Phút", "Giây", "Độ", "Phút", "Giây"],
            ],
            [
                &["TT", "Bản", "", "Vĩ độ", "", "", "Kinh độ", ""],
                &["", "", "(độ)", "(phút)", "(giây)", "°", "'", "\""],
            ],
        ] {
            let header = find(&lines).unwrap();
            assert_eq!(header.height, 2, "{lines:?}");
            let fields: Vec<_> = header.columns.iter().map(|c| c.field).collect();
            let place = [Some(Field::Latitude), None, None, Some(Field::Longitude), None, None];
            assert_eq!(fields[2..], place, "{lines:?}");
            assert!(header.claimed_twice.is_empty() && header.fits_two.is_empty());
            let row = &rows(&[&["1", "Na", "19", "48", "35,2", "105°", "3'", ""]])[0];
            let joined = joined(row, &header.parts);
            let texts: Vec<_> = joined.cells().map(|c| (c.column, c.text.to_owned())).collect();
            assert_eq!(texts[2..], [(2, "19°48'35.2\"".to_owned()), (5, "105°3'".to_owned())]);
        }
    }

    #[test]
    fn two_columns_of_degrees_are_no_parts() {
        for titles in [
            ["TT", "Bản", "Vĩ độ", "Kinh độ"],
            ["TT", "Bản", "Vĩ độ (độ)", "Kinh độ (độ)"],
            ["TT", "Bản", "Mức độ", "Phút"],
        ] {
            assert!(find(&[&titles]).unwrap().parts.is_empty(), "{titles:?}");
        }
    }
}
