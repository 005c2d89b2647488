//! The cells that hold a position → a position, with findings.

use super::cells::CellReader;
use super::coord::{CoordContext, CoordError, CoordText, ParsedPosition, parse_position};
use crate::domain::{AreaPosition, PositionOrigin};
use crate::finding::{Finding, Rule};
use crate::geodesy::LatLon;
use crate::read::{CellKind, Field, RawCell, RawFile, RawRecord, RawTable};
use crate::text::fold;

/// The cells that together give one position.
enum PositionCells<'a> {
    /// Latitude (or northing) and longitude (or easting), each in its cell.
    Pair(&'a RawCell, &'a RawCell),
    /// Both in one.
    Single(&'a RawCell),
    /// Half a position.
    Half(&'a RawCell),
}

fn cells<'a>(reader: &CellReader<'a>) -> Option<PositionCells<'a>> {
    for (first, second) in [(Field::Latitude, Field::Longitude), (Field::Northing, Field::Easting)] {
        match (reader.cell(first), reader.cell(second)) {
            (Some(a), Some(b)) => return Some(PositionCells::Pair(a, b)),
            (Some(one), None) | (None, Some(one)) if reader.cell(Field::Position).is_none() => {
                return Some(PositionCells::Half(one));
            }
            _ => {}
        }
    }
    reader.cell(Field::Position).map(PositionCells::Single)
}

/// Cells with both coordinates that show a list's habit, at least.
const HABIT_CELLS: usize = 5;
/// Of ten of them, so many must be alike.
const HABIT_OF_TEN: usize = 8;
/// Cells that are looked at for it.
pub(super) const HABIT_SAMPLE: usize = 500;

/// Which of the two comes first in a record's cell with both: `true` for latitude.
pub(super) fn order_of(record: &RawRecord, context: &CoordContext) -> Option<bool> {
    let cell = record.cell(Field::Position)?;
    Some(parse_position(CoordText::Single(&cell.text), context).ok()?.north_first)
}

/// Which comes first as a habit; `None` without a clear one.
pub(super) fn habit(orders: &[bool]) -> Option<bool> {
    let north = orders.iter().filter(|north| **north).count();
    let is_habit = |count: usize| orders.len() >= HABIT_CELLS && count * 10 >= orders.len() * HABIT_OF_TEN;
    match (is_habit(north), is_habit(orders.len() - north)) {
        (true, _) => Some(true),
        (_, true) => Some(false),
        _ => None,
    }
}

/// The habit of a list that writes both coordinates in one cell.
pub(super) fn usual_order(file: &RawFile, context: &CoordContext) -> Option<bool> {
    // Table by table, as the list is looked at when it is not read whole.
    let of_table = |table: &RawTable| -> Vec<bool> {
        table.records.iter().filter_map(|record| order_of(record, context)).take(HABIT_SAMPLE).collect()
    };
    let orders: Vec<bool> = file.tables.iter().flat_map(of_table).take(HABIT_SAMPLE).collect();
    habit(&orders)
}

/// The position of a list's row. What was repaired, guessed, coarse, unreadable or missing is noted.
/// `near` is where the row should be, asked for where that decides: metres under titles of degrees say no zone.
pub(super) fn of_area(
    reader: &mut CellReader<'_>,
    context: &CoordContext,
    near: impl FnOnce() -> Option<LatLon>,
) -> Option<AreaPosition> {
    let Some(cells) = cells(reader) else {
        let finding = reader.finding(Rule::CoordMissing);
        reader.note(finding);
        return None;
    };
    let metres_as_degrees =
        matches!(&cells, PositionCells::Pair(a, _) if are_metres(a)) && under_degrees(reader, &cells);
    let parsed = if metres_as_degrees {
        parse(reader, &cells, &CoordContext { near: near(), ..context.clone() })?
    } else {
        parse(reader, &cells, context)?
    };
    let used = || format!("{:.6}, {:.6}", parsed.position.lat_deg(), parsed.position.lon_deg());
    let at = |reader: &CellReader<'_>, rule| {
        let (cell, raw) = shown(&cells);
        reader.finding_at(rule, cell).raw(raw)
    };
    if parsed.swapped {
        let finding = at(reader, Rule::CoordSwapped).used(used());
        reader.note(finding);
    }
    if parsed.decimal_point_restored {
        let finding = at(reader, Rule::CoordDecimalRestored).used(used());
        reader.note(finding);
    }
    // That they are VN-2000 is a guess, even in the province's own zone.
    if let PositionOrigin::Vn2000 { meridian_deg, zone_deg, guessed } = parsed.origin
        && (guessed || metres_as_degrees)
    {
        let mut finding = at(reader, Rule::CoordCrsGuessed)
            .used(used())
            .fact("zone", format!("{zone_deg}°, {meridian_deg}° E"));
        if let Some(margin_m) = parsed.zone_margin_m {
            finding = finding.fact("margin", format!("{:.1} km", margin_m / 1000.0));
        }
        reader.note(finding);
    }
    if parsed.low_precision {
        let finding = at(reader, Rule::CoordLowPrecision);
        reader.note(finding);
    }
    Some(AreaPosition { position: parsed.position, origin: parsed.origin, swapped: parsed.swapped })
}

/// Whether the columns are titled as degrees only, so that nothing but the numbers says that they are metres.
fn under_degrees(reader: &CellReader<'_>, cells: &PositionCells<'_>) -> bool {
    let PositionCells::Pair(a, b) = cells else { return false };
    let (Some(lat), Some(lon)) = (reader.cell(Field::Latitude), reader.cell(Field::Longitude)) else {
        return false;
    };
    let says_metres = |cell: &RawCell| {
        let title = fold(reader.title(cell));
        title.split(|c: char| !c.is_alphanumeric()).any(|word| {
            matches!(
                word,
                "x" | "y" | "n" | "e" | "m" | "vn2000" | "vn" | "2000" | "utm" | "northing" | "easting"
            )
        })
    };
    std::ptr::eq(*a, lat) && std::ptr::eq(*b, lon) && !says_metres(lat) && !says_metres(lon)
}

/// Whether a cell begins with more digits than degrees have.
fn are_metres(cell: &RawCell) -> bool {
    let text = cell.text.trim_start();
    let leading = text.bytes().take_while(u8::is_ascii_digit).count();
    // "2.194.432,6": northings have seven digits.
    leading > 5 || (leading == 1 && text.bytes().filter(u8::is_ascii_digit).count() > 5)
}

/// The position of a register's row: only what cannot be read, or was exchanged, is noted.
pub(super) fn of_register_row(reader: &mut CellReader<'_>, context: &CoordContext) -> Option<LatLon> {
    let cells = cells(reader)?;
    // Registers are mostly machine-written: two plain numbers need no grammar, and may lie anywhere on the globe.
    if let PositionCells::Pair(a, b) = &cells
        && let Some(position) = plain(a, b)
    {
        return Some(position);
    }
    let parsed = parse(reader, &cells, context)?;
    if parsed.swapped {
        let (cell, raw) = shown(&cells);
        let finding = reader.finding_at(Rule::CoordSwapped, cell).raw(raw);
        reader.note(finding);
    }
    Some(parsed.position)
}

fn plain(lat: &RawCell, lon: &RawCell) -> Option<LatLon> {
    let number = |cell: &RawCell| match cell.kind {
        CellKind::Number(value) => Some(value),
        CellKind::Text => cell.text.trim().parse().ok(),
        _ => None,
    };
    let (lat, lon) = (number(lat)?, number(lon)?);
    // Off the coast of Ghana: what programs write where nothing is known.
    let unknown = lat == 0.0 && lon == 0.0;
    LatLon::from_degrees(lat, lon).ok().filter(|_| !unknown)
}

fn parse(
    reader: &mut CellReader<'_>,
    cells: &PositionCells<'_>,
    context: &CoordContext,
) -> Option<ParsedPosition> {
    let result = match cells {
        PositionCells::Pair(a, b) => {
            parse_position(CoordText::Pair { first: &a.text, second: &b.text }, context)
        }
        PositionCells::Single(cell) | PositionCells::Half(cell) => {
            parse_position(CoordText::Single(&cell.text), context)
        }
    };
    match result {
        Ok(parsed) => Some(parsed),
        Err(error) => {
            let (cell, raw) = shown(cells);
            let rule = match error {
                CoordError::Missing => Rule::CoordMissing,
                _ => Rule::CoordUnparseable,
            };
            let finding: Finding = reader.finding_at(rule, cell).raw(raw).fact("reason", error.to_string());
            reader.note(finding);
            None
        }
    }
}

/// The cell that a finding points at, and what stands in all of them.
fn shown<'a>(cells: &PositionCells<'a>) -> (&'a RawCell, String) {
    match cells {
        PositionCells::Pair(a, b) => (a, format!("{} | {}", a.text, b.text)),
        PositionCells::Single(cell) | PositionCells::Half(cell) => (cell, cell.text.to_string()),
    }
}
