//! Dates: `03/03/2024` (day first), `2024-03-05`, `ngày 5 tháng 3 năm 2024`, and the serial numbers of spreadsheets.

use super::{NotUnderstood, is_blank};
use crate::read::CellKind;
use crate::text::unaccent;

/// A day of the Gregorian calendar, 1900 to 2199.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date {
    year: u16,
    month: u8,
    day: u8,
}

impl Date {
    /// A day, where there is such a day.
    pub fn new(year: u16, month: u8, day: u8) -> Option<Date> {
        let valid = (1900..2200).contains(&year)
            && (1..=12).contains(&month)
            && (1..=days_in(year, month)).contains(&day);
        valid.then_some(Date { year, month, day })
    }

    /// The day of a serial number as spreadsheets of the 1900 system count: 1 is 1900-01-01, and 60 is the
    /// 29th of February 1900 that never was (ECMA-376, 18.17.4.1). The time of day is dropped.
    pub fn from_serial(serial: f64) -> Option<Date> {
        if !(1.0..110_000.0).contains(&serial) || (60.0..61.0).contains(&serial) {
            return None;
        }
        let mut left = serial.floor() as u32 - u32::from(serial >= 61.0);
        for year in 1900..2200 {
            for month in 1..=12 {
                let days = u32::from(days_in(year, month));
                if left <= days {
                    return Date::new(year, month, u8::try_from(left).ok()?);
                }
                left -= days;
            }
        }
        None
    }

    /// The day of `2024-03-31`, and of no other writing.
    pub fn from_iso(text: &str) -> Option<Date> {
        let bytes = text.as_bytes();
        let shape = |(i, b): (usize, &u8)| if i == 4 || i == 7 { *b == b'-' } else { b.is_ascii_digit() };
        if bytes.len() != 10 || !bytes.iter().enumerate().all(shape) {
            return None;
        }
        Date::new(text[..4].parse().ok()?, text[5..7].parse().ok()?, text[8..].parse().ok()?)
    }

    /// The day that lies so many days after 1970-01-01 (Gregorian calendar).
    pub fn from_unix_days(days: u32) -> Option<Date> {
        // 1970-01-01 is serial 25,569.
        Date::from_serial(f64::from(days) + 25_569.0)
    }

    /// The year.
    pub fn year(self) -> u16 {
        self.year
    }

    /// The month, 1–12.
    pub fn month(self) -> u8 {
        self.month
    }

    /// The day of the month, 1–31.
    pub fn day(self) -> u8 {
        self.day
    }
}

impl std::fmt::Display for Date {
    /// ISO 8601: `2024-03-05`.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

fn days_in(year: u16, month: u8) -> u8 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400)) => 29,
        2 => 28,
        _ => 31,
    }
}

/// The date that a cell holds; `None` where nothing is written. A time of day behind it is dropped.
///
/// # Errors
/// [`NotUnderstood`] for other texts and for days that do not exist.
pub fn parse_date(text: &str, kind: CellKind) -> Result<Option<Date>, NotUnderstood> {
    let refused = || NotUnderstood(text.trim().to_owned());
    if let CellKind::Number(serial) = kind {
        return Date::from_serial(serial).map(Some).ok_or_else(refused);
    }
    if is_blank(text) {
        return Ok(None);
    }
    let has_words = text.len() < 100 && text.chars().any(char::is_alphabetic);
    let words = if has_words { unaccent(text) } else { String::new() };
    let words: Vec<&str> = words.split(' ').collect();
    let in_words = match words.as_slice() {
        ["ngay", day, "thang", month, "nam", year] | [day, "thang", month, "nam", year] => {
            Some(format!("{day}/{month}/{year}"))
        }
        _ => None,
    };
    let day_part = in_words.as_deref().unwrap_or(text).trim().split(['T', ' ']).next().unwrap_or("");
    let parts: Vec<&str> = day_part.split(['/', '-', '.']).collect();
    let [a, b, c] = parts.as_slice() else { return Err(refused()) };
    let (year, month, day) = if a.len() == 4 { (a, b, c) } else { (c, b, a) };
    let digits = |text: &str, most: usize| {
        let fits = (1..=most).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
        fits.then(|| text.parse::<u16>().ok()).flatten()
    };
    let date = || {
        // A year of two digits is of this century: the lists are.
        let year = match year.len() {
            2 => 2000 + digits(year, 2)?,
            4 => digits(year, 4)?,
            _ => return None,
        };
        Date::new(year, u8::try_from(digits(month, 2)?).ok()?, u8::try_from(digits(day, 2)?).ok()?)
    };
    date().map(Some).ok_or_else(refused)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn dates_in_every_form() {
        for (text, iso) in [
            ("03/03/2024", "2024-03-03"),
            ("29/02/2024", "2024-02-29"),
            ("5/3/2024", "2024-03-05"),
            ("15-02-2024", "2024-02-15"),
            ("15.02.2024", "2024-02-15"),
            ("2024-03-05", "2024-03-05"),
            ("2024/03/05", "2024-03-05"),
            ("2024-03-05T10:00:00", "2024-03-05"),
            ("05/03/24", "2024-03-05"),
            ("ngày 5 tháng 3 năm 2024", "2024-03-05"),
            ("Ngày 05 tháng 03 năm 2024", "2024-03-05"),
            ("5 thang 3 nam 2024", "2024-03-05"),
        ] {
            assert_eq!(parse_date(text, CellKind::Text).unwrap().unwrap().to_string(), iso, "{text}");
        }
        assert_eq!(parse_date("", CellKind::Text), Ok(None));
    }

    #[test]
    fn no_dates() {
        for text in [
            "29/02/2023",
            "31/04/2024",
            "13/13/2024",
            "2024",
            "Q1/2024",
            "3/2024",
            "tháng 3 năm 2024",
            "ngày 31 tháng 2 năm 2024",
            "ngày tháng năm",
            "1/1/1",
            "a/b/c",
            "0/1/2024",
        ] {
            assert!(parse_date(text, CellKind::Text).is_err(), "{text}");
        }
    }

    #[test]
    fn serial_numbers() {
        for (serial, iso) in [
            (1.0, "1900-01-01"),
            (59.0, "1900-02-28"),
            (61.0, "1900-03-01"),
            (45_356.0, "2024-03-05"),
            (45_356.75, "2024-03-05"),
            (45_351.0, "2024-02-29"),
        ] {
            assert_eq!(Date::from_serial(serial).unwrap().to_string(), iso);
        }
        assert_eq!(Date::from_unix_days(0).unwrap().to_string(), "1970-01-01");
        assert_eq!(Date::from_unix_days(19_782).unwrap().to_string(), "2024-02-29");
        for serial in [0.0, 60.0, -1.0, f64::NAN, f64::INFINITY, 1e9] {
            assert_eq!(Date::from_serial(serial), None);
        }
    }

    proptest! {
        #[test]
        fn any_text_is_survived(text in any::<String>(), serial in any::<f64>()) {
            let _ = parse_date(&text, CellKind::Text);
            let _ = parse_date(&text, CellKind::Number(serial));
        }

        #[test]
        fn the_next_serial_is_the_next_day(serial in 61u32..100_000) {
            let (a, b) = (Date::from_serial(f64::from(serial)), Date::from_serial(f64::from(serial + 1)));
            prop_assert!(a.unwrap() < b.unwrap());
        }
    }
}
