//! Both coordinates in one cell: where one ends and the other begins.
//!
//! Every place that could part them is tried; the ranges of Vietnam leave one, whatever the separator.

use super::token::plain;
use super::{CoordContext, CoordError, CoordFault, ParsedPosition, axis, combine, unparseable};

/// Longest text worth trying: two coordinates with labels in words.
const LONGEST: usize = 200;

/// Reads both coordinates from one text.
pub(super) fn parse_single(text: &str, ctx: &CoordContext) -> Result<ParsedPosition, CoordError> {
    let plain = plain(text);
    let plain = plain.trim();
    if plain.len() > LONGEST {
        return Err(unparseable(text, CoordFault::Form));
    }
    let mut found: Option<ParsedPosition> = None;
    let mut first_error: Option<(u32, CoordError)> = None;
    let mut found_strength = 0;
    for (left, right, strength) in splits(plain) {
        if found.is_some() && strength < found_strength {
            continue;
        }
        let parsed = match (axis::parse_plain(left), axis::parse_plain(right)) {
            // A decimal comma looks like a separator: "104,99929" is half a position, never 9.9929 and 104. A lost
            // decimal point is put back only where something else than a bare comma or space parts the two.
            (Ok(a), Ok(b)) => combine(&a, &b, false, || text.to_owned(), ctx).and_then(|parsed| {
                let plausible = !parsed.decimal_point_restored || strength >= 3;
                plausible.then_some(parsed).ok_or_else(|| CoordError::HalfMissing(text.trim().to_owned()))
            }),
            (Err(fault), _) | (_, Err(fault)) => Err(unparseable(text, fault)),
        };
        match parsed {
            Ok(position) => match &found {
                Some(other) if strength == found_strength && !is_better(&position, other) => {
                    if other.position != position.position && !is_better(other, &position) {
                        return Err(CoordError::Ambiguous(text.trim().to_owned()));
                    }
                }
                _ => {
                    found_strength = strength;
                    found = Some(position);
                }
            },
            Err(error) => {
                let rank = rank(&error) * 10 + strength;
                if first_error.as_ref().is_none_or(|(best, _)| rank > *best) {
                    first_error = Some((rank, error));
                }
            }
        }
    }
    match (found, first_error) {
        (Some(position), _) => Ok(position),
        (None, Some((_, error))) => Err(error),
        (None, None) => Err(match axis::parse_plain(plain) {
            Ok(axis) if !axis.readings.is_empty() => CoordError::HalfMissing(text.trim().to_owned()),
            Ok(_) => unparseable(text, CoordFault::Range),
            Err(fault) => unparseable(text, fault),
        }),
    }
}

/// A reading that needed no repair beats one that did.
fn is_better(a: &ParsedPosition, b: &ParsedPosition) -> bool {
    !a.decimal_point_restored && b.decimal_point_restored
}

/// Which of several errors says most.
fn rank(error: &CoordError) -> u32 {
    match error {
        CoordError::Unparseable { fault: CoordFault::NotNumeric | CoordFault::Form, .. } => 0,
        CoordError::Unparseable { fault: CoordFault::Range, .. } => 1,
        CoordError::Unparseable { .. } => 4,
        CoordError::OutsideVietnam { .. } => 2,
        _ => 3,
    }
}

/// Every way to part a text in two, with how strongly the separator speaks: a line break, semicolon, slash or bar
/// 4; a letter of the compass or a comma with a space 3; a space 2; a bare comma or dash 1.
fn splits(text: &str) -> Vec<(&str, &str, u32)> {
    let mut out = Vec::new();
    let mut previous = ' ';
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let after = at + c.len_utf8();
        let next = chars.peek().map_or(' ', |(_, next)| *next);
        let (end, start, strength) = match c {
            '\n' | ';' | '/' | '|' => (at, after, 4),
            ',' if next == ' ' || next == '\n' => (at, after, 3),
            ' ' if previous == '-' || next == '-' => (at, after, 2),
            ' ' => (at, after, 2),
            ',' => (at, after, 1),
            // Not the sign of a negative number: that is nowhere in Vietnam, and no separator.
            '-' if next == ' ' || !matches!(previous, ' ' | ',') => (at, after, 1),
            // "18°51'N105°01'E" and "N18.85E105.01": on either side of the letter.
            'n' | 'b' | 'e' | 'đ' | 'd' if !next.is_ascii_alphabetic() && !previous.is_ascii_alphabetic() => {
                push(&mut out, text, at, at, 3);
                (after, after, 3)
            }
            'x' | 'y' if !previous.is_ascii_alphabetic() => (at, at, 3),
            _ => {
                previous = c;
                continue;
            }
        };
        push(&mut out, text, end, start, strength);
        previous = c;
    }
    out
}

fn push<'a>(out: &mut Vec<(&'a str, &'a str, u32)>, text: &'a str, end: usize, start: usize, strength: u32) {
    let left = text.get(..end).unwrap_or("").trim();
    let right = text.get(start..).unwrap_or("").trim();
    let has_digit = |text: &str| text.bytes().any(|b| b.is_ascii_digit());
    if has_digit(left) && has_digit(right) {
        out.push((left, right, strength));
    }
}
