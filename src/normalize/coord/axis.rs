//! One coordinate: degrees in any notation, or metres. What it is (latitude, easting…) is decided by its value.

use super::number::{self, MOST_DIGITS, Value};
use super::token::{Token, plain, tokens};
use super::{AxisKind, CoordFault, Notation};
use crate::geodesy::vn2000::Vn2000Zone;

/// Latitudes of Vietnam and its seas, generously.
const LATITUDES: std::ops::RangeInclusive<f64> = 7.0..=24.5;
/// Longitudes from the western border to the islands.
const LONGITUDES: std::ops::RangeInclusive<f64> = 102.0..=118.0;
/// Northings of these latitudes, m.
const NORTHINGS: std::ops::RangeInclusive<f64> = 770_000.0..=2_720_000.0;
/// Eastings in a zone, m: 4.5° beside the meridian at most. Below the northings, above any degree.
const EASTINGS: std::ops::RangeInclusive<f64> = 50_000.0..=769_999.999;
/// Eastings beyond that in a 6° zone.
const FAR_EASTINGS: std::ops::RangeInclusive<f64> = 770_000.0..=950_000.0;

/// A reading of one coordinate.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Reading {
    pub kind: AxisKind,
    /// Degrees or metres.
    pub value: f64,
    /// Decimals of a degree that the notation gives.
    pub decimals: u32,
    /// The zone that a prefix of the easting names.
    pub zone: Option<Vn2000Zone>,
}

impl Reading {
    /// Whether a value in degrees is a whole arc-minute, as far as its decimals show.
    pub fn is_whole_minute(&self) -> bool {
        let minutes = self.value * 60.0;
        let places = i32::try_from(self.decimals.min(9)).unwrap_or(9);
        let tolerance_deg = (0.5 * 10f64.powi(-places)).max(1e-5);
        (minutes - minutes.round()).abs() <= tolerance_deg * 60.0
    }
}

/// One coordinate, read.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Axis {
    /// What it can be as it stands.
    pub readings: Vec<Reading>,
    /// What it can be with a decimal point put in.
    pub restored: Vec<Reading>,
    /// The value as degrees, wherever on Earth.
    pub degrees: Option<f64>,
    /// How degrees were written.
    pub notation: Option<Notation>,
    /// The letter beside it: N or X (true), E or Y (false).
    pub says_north: Option<bool>,
    /// The letter is N or E, not X or Y, which mean different things to different people in degrees.
    letter_is_compass: bool,
}

impl Axis {
    /// Whether it is written in degrees and minutes.
    pub fn is_in_parts(&self) -> bool {
        !matches!(self.notation, None | Some(Notation::DecimalPoint | Notation::DecimalComma))
    }

    /// Whether its letter says other than its value: `is_east` says what the value is.
    pub fn contradicted(&self, is_east: bool) -> bool {
        let projected =
            self.readings.iter().any(|r| matches!(r.kind, AxisKind::Northing | AxisKind::Easting));
        (self.letter_is_compass || projected) && self.says_north == Some(is_east)
    }

    pub fn is_latitude(&self) -> bool {
        self.readings.iter().any(|r| r.kind == AxisKind::Latitude)
    }
}

/// Degrees from a text, before it is known which.
struct Angle {
    degrees: f64,
    decimals: u32,
    notation: Notation,
}

/// Reads one coordinate.
pub(super) fn parse(text: &str) -> Result<Axis, CoordFault> {
    match decimal_degrees(text.trim()) {
        Some(axis) => Ok(axis),
        None => parse_plain(&plain(text)),
    }
}

/// Whether a text is a number that can be degrees only: `105.67141`.
pub fn is_decimal_degrees(text: &str) -> bool {
    plain_decimals(text.trim()).is_some()
}

/// How many decimals a text has that is one to three digits, a point and more than three digits.
fn plain_decimals(text: &str) -> Option<u32> {
    let (whole, decimals) = text.split_once('.')?;
    let digits = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
    let fits = (1..=3).contains(&whole.len()) && (4..=MOST_DIGITS).contains(&decimals.len());
    u32::try_from(decimals.len()).ok().filter(|_| fits && digits(whole) && digits(decimals))
}

/// `105.67141`, as most lists have it: one to three digits, a point and more than three digits, which can be neither
/// metres nor thousands. Gives what the grammar gives; anything else is left to that.
fn decimal_degrees(text: &str) -> Option<Axis> {
    let decimals = plain_decimals(text)?;
    let value: f64 = text.parse().ok()?;
    let mut axis = Axis {
        readings: Vec::new(),
        restored: Vec::new(),
        degrees: None,
        notation: Some(Notation::DecimalPoint),
        says_north: None,
        letter_is_compass: false,
    };
    if value <= 180.0 {
        axis.add_degrees(value, decimals);
    }
    Some(axis)
}

/// The same for a text that is [`plain`] already.
pub(super) fn parse_plain(text: &str) -> Result<Axis, CoordFault> {
    let all = tokens(text).ok_or(CoordFault::NotNumeric)?;
    let letter = all.iter().find_map(|token| match token {
        Token::North => Some((true, true)),
        Token::East => Some((false, true)),
        Token::X => Some((true, false)),
        Token::Y => Some((false, false)),
        _ => None,
    });
    if all.contains(&Token::SouthOrWest) {
        return Err(CoordFault::Range);
    }
    let says_both = |a, b| all.contains(&a) && all.contains(&b);
    if says_both(Token::North, Token::East) || says_both(Token::X, Token::Y) {
        return Err(CoordFault::Form);
    }
    if all.iter().find(|token| **token != Token::Space) == Some(&Token::Dash) {
        return Err(CoordFault::Range);
    }
    let body: Vec<Token<'_>> = body(&all);
    let numbers: Vec<&str> =
        body.iter().filter_map(|t| if let Token::Number(n) = t { Some(*n) } else { None }).collect();
    if numbers.is_empty() {
        return Err(CoordFault::NotNumeric);
    }
    let mut axis = Axis {
        readings: Vec::new(),
        restored: Vec::new(),
        degrees: None,
        notation: None,
        says_north: letter.map(|(north, _)| north),
        letter_is_compass: letter.is_some_and(|(_, compass)| compass),
    };
    let plain_number = body.iter().all(|t| matches!(t, Token::Number(_) | Token::Space | Token::Degree))
        && !body[..body.len() - 1].contains(&Token::Degree);
    if plain_number {
        let joined = match numbers.as_slice() {
            [one] => Some((*one).to_owned()),
            many => spaced_thousands(many),
        };
        if let Some(digits) = joined {
            read_number(&digits, letter, &mut axis);
            return Ok(axis);
        }
    }
    let angle = angle(&body)?;
    axis.notation = Some(angle.notation);
    axis.add_degrees(angle.degrees, angle.decimals);
    Ok(axis)
}

impl Axis {
    fn add_degrees(&mut self, degrees: f64, decimals: u32) {
        self.degrees = Some(degrees);
        if let Some(kind) = kind_of_degrees(degrees) {
            self.readings.push(Reading { kind, value: degrees, decimals, zone: None });
        }
    }
}

fn kind_of_degrees(degrees: f64) -> Option<AxisKind> {
    if LATITUDES.contains(&degrees) {
        Some(AxisKind::Latitude)
    } else if LONGITUDES.contains(&degrees) {
        Some(AxisKind::Longitude)
    } else {
        None
    }
}

/// The tokens without letters and without spaces that say nothing. N or E between degrees and minutes stands for
/// the degree sign (`18N51'00"`).
fn body<'a>(all: &[Token<'a>]) -> Vec<Token<'a>> {
    let mut out: Vec<Token<'a>> = Vec::with_capacity(all.len());
    for (at, token) in all.iter().enumerate() {
        match token {
            Token::North | Token::East => {
                let follows = matches!(out.last(), Some(Token::Number(_)));
                let precedes = matches!(all.get(at + 1), Some(Token::Number(_)));
                if follows && precedes {
                    out.push(Token::Degree);
                }
            }
            Token::X | Token::Y => {}
            // ":" after a label.
            Token::Colon | Token::Dash if out.is_empty() => {}
            Token::Space => {
                if matches!(out.last(), Some(Token::Number(_))) {
                    out.push(Token::Space);
                }
            }
            Token::Degree | Token::Minute | Token::Second | Token::Colon | Token::Dash => {
                if out.last() == Some(&Token::Space) {
                    out.pop();
                }
                out.push(*token);
            }
            other => out.push(*other),
        }
    }
    while out.last() == Some(&Token::Space) {
        out.pop();
    }
    out
}

/// `2 084 985.92` as one number.
fn spaced_thousands(parts: &[&str]) -> Option<String> {
    let (first, rest) = parts.split_first()?;
    let (last, middle) = rest.split_last()?;
    let digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
    let last_whole = last.split(['.', ',']).next()?;
    let fits = (1..=3).contains(&first.len())
        && digits(first)
        && middle.iter().all(|part| part.len() == 3 && digits(part))
        && last_whole.len() == 3
        // "18 512" is no northing; two groups need the size of an easting.
        && (!middle.is_empty() || first.len() == 3);
    fits.then(|| parts.concat())
}

/// A number without signs: degrees, metres, compact degrees where a letter stands by, or a lost decimal point.
fn read_number(digits: &str, letter: Option<(bool, bool)>, axis: &mut Axis) {
    let values = number::values(digits);
    for Value { value, decimals, comma } in &values {
        if axis.degrees.is_none() && *value <= 180.0 {
            axis.notation = Some(if *comma { Notation::DecimalComma } else { Notation::DecimalPoint });
            axis.add_degrees(*value, *decimals);
        }
        add_metres(*value, *decimals, axis);
    }
    if let (Some((north, true)), [one]) = (letter, values.as_slice())
        && let Some(degrees) = compact(digits, one.value, north)
    {
        axis.readings.clear();
        axis.notation = Some(Notation::DmsCompact);
        axis.add_degrees(degrees, 4 + one.decimals);
    }
    for value in values.iter().filter(|v| v.decimals == 0 && v.value >= 1_000.0) {
        for power in 1..16 {
            let degrees = value.value / 10f64.powi(power);
            if let Some(kind) = kind_of_degrees(degrees) {
                let decimals = u32::try_from(power).unwrap_or(0);
                axis.restored.push(Reading { kind, value: degrees, decimals, zone: None });
            }
        }
    }
    if axis.notation.is_none() {
        axis.notation = Some(Notation::DecimalPoint);
    }
}

fn add_metres(value: f64, decimals: u32, axis: &mut Axis) {
    let mut push = |kind, value, zone| axis.readings.push(Reading { kind, value, decimals, zone });
    if EASTINGS.contains(&value) {
        push(AxisKind::Easting, value, None);
    } else if NORTHINGS.contains(&value) {
        push(AxisKind::Northing, value, None);
        if FAR_EASTINGS.contains(&value) {
            push(AxisKind::Easting, value, None);
        }
    } else if let Some((zone, easting)) = prefixed(value) {
        push(AxisKind::Easting, easting, zone);
    }
}

/// An easting with its zone's number before it: UTM (`48 586 263`), Gauss-Krüger (`18 586 263`), or the number of a
/// 3° zone (`482 586 263`).
fn prefixed(value: f64) -> Option<(Option<Vn2000Zone>, f64)> {
    let zone_number = (value / 1e6).floor();
    let easting = value % 1e6;
    if !(100_000.0..=900_000.0).contains(&easting) {
        return None;
    }
    let zone = match zone_number as u32 {
        18 | 48 => Vn2000Zone::six_degree(105.0),
        19 | 49 => Vn2000Zone::six_degree(111.0),
        481 => Vn2000Zone::three_degree(102.0),
        482 => Vn2000Zone::three_degree(105.0),
        491 => Vn2000Zone::three_degree(108.0),
        _ => return None,
    };
    Some((zone.ok(), easting))
}

/// `185100` beside N, `1050100` beside E: degrees, two digits of minutes, two of seconds.
fn compact(digits: &str, value: f64, north: bool) -> Option<f64> {
    let whole = digits.split(['.', ',']).next()?.len();
    if whole != if north { 6 } else { 7 } {
        return None;
    }
    let (degrees, minutes, seconds) = ((value / 1e4).floor(), (value / 100.0).floor() % 100.0, value % 100.0);
    (minutes < 60.0 && seconds <= 60.0).then_some(degrees + minutes / 60.0 + seconds / 3600.0)
}

/// Degrees, minutes and seconds. Exactly 60 seconds, which rounding produces (`49'60.0"`), count as a minute more,
/// also where that fills the degree.
fn angle(body: &[Token<'_>]) -> Result<Angle, CoordFault> {
    let mut parts: Vec<Value> = Vec::with_capacity(3);
    let mut signs: Vec<Token<'_>> = Vec::with_capacity(3);
    for token in body {
        match token {
            Token::Number(text) => {
                if signs.len() < parts.len() {
                    return Err(CoordFault::Form);
                }
                parts.push(*number::values(text).first().ok_or(CoordFault::Form)?);
            }
            sign => {
                signs.push(*sign);
                if signs.len() != parts.len() {
                    return Err(CoordFault::Form);
                }
            }
        }
    }
    let [degrees, minutes, rest @ ..] = parts.as_slice() else { return Err(CoordFault::Form) };
    let seconds = match rest {
        [] => None,
        [seconds] => Some(seconds),
        _ => return Err(CoordFault::Form),
    };
    let notation = notation(&signs, seconds.is_some()).ok_or(CoordFault::Form)?;
    if degrees.decimals > 0 || (seconds.is_some() && minutes.decimals > 0) {
        return Err(CoordFault::Form);
    }
    if minutes.value >= 60.0 {
        return Err(CoordFault::Minutes);
    }
    if seconds.is_some_and(|s| s.value > 60.0) {
        return Err(CoordFault::Seconds);
    }
    let value = degrees.value + minutes.value / 60.0 + seconds.map_or(0.0, |s| s.value / 3600.0);
    // A second is 0.0003°, a whole minute 0.017°: 4 and 3 decimals (whole minutes are seen by value).
    let decimals = seconds.map_or(3 + minutes.decimals, |s| 4 + s.decimals);
    Ok(Angle { degrees: value, decimals, notation })
}

/// What the signs between degrees, minutes and seconds make.
fn notation(signs: &[Token<'_>], has_seconds: bool) -> Option<Notation> {
    use Token::{Colon, Dash, Degree, Minute, Second, Space};
    match (signs, has_seconds) {
        ([Degree, Minute | Space], true) => Some(Notation::Dms),
        ([Degree, Minute | Space, Second | Minute], true) => Some(Notation::Dms),
        ([Degree] | [Degree, Minute], false) => Some(Notation::DecimalMinutes),
        ([Dash, Dash], true) => Some(Notation::DmsDashed),
        ([Colon, Colon], true) => Some(Notation::DmsColon),
        ([Space, Space], true) => Some(Notation::DmsSpaced),
        ([Dash] | [Colon] | [Space], false) => Some(Notation::DecimalMinutes),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn plain_decimals_are_read_as_the_grammar_reads_them(text in "[0-9]{0,4}[.,]?[0-9]{0,18}", pad in " {0,2}") {
            let padded = format!("{pad}{text}{pad}");
            prop_assert_eq!(parse(&padded), parse_plain(&plain(&padded)), "{}", padded);
        }
    }

    #[test]
    fn what_most_lists_have_takes_the_short_way() {
        for (text, short) in [
            ("105.67141", true),
            ("18.6813", true),
            ("200.12345", true),
            ("105.671", false),
            ("1050.6714", false),
        ] {
            assert_eq!(decimal_degrees(text).is_some(), short, "{text}");
        }
    }
}
