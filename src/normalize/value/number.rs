//! Counts and decimals as people write them: `1.373` households, `khoảng 50`, `50 hộ`, `7,4` km.

use super::{NotUnderstood, is_blank};
use crate::read::CellKind;
use crate::text::unaccent;

/// A value, and whether its text could mean another.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Parsed<T> {
    /// The value taken.
    pub value: T,
    /// A dot or comma may separate thousands or decimals, and the other reading makes sense too.
    pub ambiguous: bool,
}

/// A count: whole, not negative. A dot or comma before three digits separates thousands, as Vietnamese has it
/// (`1.373`). A cell that the file itself holds as the number 1.373 was meant for 1373 too, typed into a spreadsheet
/// that takes the dot for a decimal sign: that is flagged. `None` where nothing is written.
///
/// # Errors
/// [`NotUnderstood`] for text without a number, fractions, ranges, and numbers beyond `u32`.
pub fn parse_count(text: &str, kind: CellKind) -> Result<Option<Parsed<u32>>, NotUnderstood> {
    if let CellKind::Number(value) = kind {
        let plain = whole(value).map(|value| Parsed { value, ambiguous: false });
        let meant = || {
            let thousands = (value * 1_000.0).round();
            // Up to ten, zeros at the end may have been lost (1.37 was 1.370); beyond, 12.5 is no 12,500 households.
            let thirds = thousands % 10.0 != 0.0 && (1.0..1_000.0).contains(&value);
            let fits = (thirds || (1.0..10.0).contains(&value)) && (value * 1_000.0 - thousands).abs() < 1e-6;
            whole(thousands).filter(|_| fits).map(|value| Parsed { value, ambiguous: true })
        };
        return plain.or_else(meant).map(Some).ok_or_else(|| NotUnderstood(text.trim().to_owned()));
    }
    // "471": nothing to find out.
    if (1..=9).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit()) && !text.starts_with('0') {
        return Ok(text.parse().ok().map(|value| Parsed { value, ambiguous: false }));
    }
    if is_blank(text) {
        return Ok(None);
    }
    let refused = || NotUnderstood(text.trim().to_owned());
    let number = bare_number(text).ok_or_else(refused)?;
    let value = match Form::of(&number).ok_or_else(refused)? {
        Form::Whole(value) | Form::Decimal(value) => value,
        Form::Either { thousands, .. } => thousands,
    };
    whole(value).map(|value| Some(Parsed { value, ambiguous: false })).ok_or_else(refused)
}

/// A decimal, such as kilometres. One dot or comma is the decimal sign; where three digits follow it, it may have
/// been meant for thousands (`1.898`), and the value is flagged. `None` where nothing is written.
///
/// # Errors
/// [`NotUnderstood`] for text without a number.
pub fn parse_decimal(text: &str, kind: CellKind) -> Result<Option<Parsed<f64>>, NotUnderstood> {
    if let CellKind::Number(value) = kind {
        let finite = value.is_finite().then_some(Parsed { value, ambiguous: false });
        return finite.map(Some).ok_or_else(|| NotUnderstood(text.trim().to_owned()));
    }
    if is_blank(text) {
        return Ok(None);
    }
    let refused = || NotUnderstood(text.trim().to_owned());
    let (negative, rest) = match text.trim().strip_prefix(['-', '−']) {
        Some(rest) => (true, rest),
        None => (false, text),
    };
    let number = bare_number(rest).ok_or_else(refused)?;
    let (value, ambiguous) = match Form::of(&number).ok_or_else(refused)? {
        Form::Whole(value) | Form::Decimal(value) => (value, false),
        Form::Either { decimal, .. } => (decimal, true),
    };
    Ok(Some(Parsed { value: if negative { -value } else { value }, ambiguous }))
}

fn whole(value: f64) -> Option<u32> {
    let fits = value.is_finite() && value.fract() == 0.0 && (0.0..=f64::from(u32::MAX)).contains(&value);
    fits.then_some(value as u32)
}

/// Words around a number that change nothing: about, units.
const WORDS: &[&str] = &[
    "khoang",
    "gan",
    "hon",
    "tren",
    "duoi",
    "tam",
    "uoc",
    "ho",
    "khau",
    "nguoi",
    "dan",
    "ho dan",
    "nhan khau",
    "km",
    "m",
    "met",
    "trieu",
    "dong",
    "trieu dong",
    "c",
    "about",
    "ca",
    "households",
    "people",
    "tr",
];

/// The digits with their dots and commas, where nothing but known words and spaces stand around them.
fn bare_number(text: &str) -> Option<String> {
    let is_digit = |c: char| c.is_ascii_digit();
    let start = text.find(is_digit)?;
    let end = text.rfind(is_digit)? + 1;
    let (before, number, after) = (text.get(..start)?, text.get(start..end)?, text.get(end..)?);
    for side in [before, after] {
        let word = unaccent(side.trim_matches(|c: char| {
            c.is_whitespace() || matches!(c, '~' | '≈' | '±' | '<' | '>' | '.' | ',')
        }));
        if side.contains('-') || !(word.is_empty() || WORDS.contains(&word.as_str())) {
            return None;
        }
    }
    let mut out = String::with_capacity(number.len());
    let mut parts = number.split(|c: char| c.is_whitespace() || c == '\'');
    out.push_str(parts.next()?);
    for part in parts {
        // "1 373": a space separates thousands only.
        if part.len() < 3
            || !part.as_bytes().iter().take(3).all(u8::is_ascii_digit)
            || out.contains([',', '.'])
        {
            return None;
        }
        if part.as_bytes().get(3).is_some_and(u8::is_ascii_digit) {
            return None;
        }
        out.push_str(part);
    }
    Some(out)
}

/// What dots and commas make of a number.
enum Form {
    Whole(f64),
    Decimal(f64),
    /// One sign before three digits.
    Either {
        thousands: f64,
        decimal: f64,
    },
}

impl Form {
    fn of(number: &str) -> Option<Form> {
        if number.len() > 20 || !number.chars().all(|c| c.is_ascii_digit() || c == '.' || c == ',') {
            return None;
        }
        let signs = number.matches(['.', ',']).count();
        if signs == 0 {
            return number.parse().ok().map(Form::Whole);
        }
        let (head, tail) = number.rsplit_once(['.', ','])?;
        let last = number.get(head.len()..)?.chars().next()?;
        let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
        if signs == 1 {
            let decimal: f64 = format!("{head}.{tail}").parse().ok()?;
            let grouped = tail.len() == 3 && (1..=3).contains(&head.len()) && !head.starts_with('0');
            return if grouped {
                Some(Form::Either { thousands: digits(number).parse().ok()?, decimal })
            } else {
                Some(Form::Decimal(decimal))
            };
        }
        // Several: the same sign throughout groups thousands; another sign at the end is the decimal sign.
        let other = if last == '.' { ',' } else { '.' };
        let groups_fit = |text: &str, mark: char| {
            let mut groups = text.split(mark);
            groups.next().is_some_and(|g| (1..=3).contains(&g.len())) && groups.all(|g| g.len() == 3)
        };
        if !number.contains(other) {
            return groups_fit(number, last).then(|| digits(number).parse().ok().map(Form::Whole)).flatten();
        }
        if head.contains(last) || !groups_fit(head, other) {
            return None;
        }
        format!("{}.{tail}", digits(head)).parse().ok().map(Form::Decimal)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn counts() {
        for (text, value) in [
            ("12", Some(12)),
            ("12.0", Some(12)),
            ("12,00", Some(12)),
            ("1.373", Some(1373)),
            ("1,373", Some(1373)),
            ("1 373", Some(1373)),
            ("1\u{A0}373", Some(1373)),
            ("1.234.567", Some(1_234_567)),
            ("1.234,0", Some(1234)),
            ("khoảng 50", Some(50)),
            ("~50", Some(50)),
            ("≈ 50", Some(50)),
            ("50 hộ", Some(50)),
            ("khoảng 1.200 hộ", Some(1200)),
            ("250 nhân khẩu", Some(250)),
            ("0", Some(0)),
            ("", None),
            ("-", None),
            ("  ", None),
        ] {
            let parsed = parse_count(text, CellKind::Text).unwrap_or_else(|error| panic!("{error}"));
            assert_eq!(parsed.map(|p| p.value), value, "{text}");
        }
    }

    #[test]
    fn no_counts() {
        for text in [
            "12.5",
            "-5",
            "nhiều",
            "50-60",
            "50/60",
            "1.2.3",
            "99999999999",
            "1 37",
            "12 hộ 50 khẩu",
            "0.373",
            "#REF!",
            "50 bản",
            "1,23.4,5",
        ] {
            assert!(parse_count(text, CellKind::Text).is_err(), "{text}");
        }
        assert_eq!(
            parse_count("1.37", CellKind::Number(1.37)),
            Ok(Some(Parsed { value: 1370, ambiguous: true }))
        );
        assert!(parse_count("1.3731", CellKind::Number(1.3731)).is_err());
        assert!(parse_count("NaN", CellKind::Number(f64::NAN)).is_err());
        assert!(parse_count("-1", CellKind::Number(-1.0)).is_err());
        assert_eq!(parse_count("306", CellKind::Number(306.0)).unwrap().unwrap().value, 306);
    }

    #[test]
    fn decimals_and_their_doubt() {
        for (text, value, ambiguous) in [
            ("7,4", 7.4, false),
            ("7.4 km", 7.4, false),
            ("1.898", 1.898, true),
            ("1,898", 1.898, true),
            ("0.898", 0.898, false),
            ("1.234,5", 1234.5, false),
            ("1,234.5", 1234.5, false),
            ("1.234.567", 1_234_567.0, false),
            ("12", 12.0, false),
            ("-3,5", -3.5, false),
        ] {
            assert_eq!(parse_decimal(text, CellKind::Text), Ok(Some(Parsed { value, ambiguous })), "{text}");
        }
        assert_eq!(parse_decimal("", CellKind::Text), Ok(None));
        assert_eq!(
            parse_decimal("1.898", CellKind::Number(1.898)),
            Ok(Some(Parsed { value: 1.898, ambiguous: false }))
        );
        for text in ["xa", "1..2", "3-4", "1.2,3.4"] {
            assert!(parse_decimal(text, CellKind::Text).is_err(), "{text}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_survived(text in any::<String>(), near in "[0-9., '~-]{0,20}") {
            for text in [text, near] {
                let _ = parse_count(&text, CellKind::Text);
                let _ = parse_decimal(&text, CellKind::Text);
            }
        }

        #[test]
        fn thousands_dots_change_nothing(n in any::<u32>()) {
            let digits = n.to_string();
            let mut dotted = String::new();
            for (at, c) in digits.chars().enumerate() {
                if at > 0 && (digits.len() - at) % 3 == 0 {
                    dotted.push('.');
                }
                dotted.push(c);
            }
            prop_assert_eq!(parse_count(&dotted, CellKind::Text).unwrap().unwrap().value, n);
        }
    }
}
