//! A written number and the values it can have: `540.123` is a decimal or has a thousands dot.

/// A value that a written number can have.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Value {
    pub value: f64,
    /// Digits behind the decimal sign.
    pub decimals: u32,
    /// The decimal sign is a comma.
    pub comma: bool,
}

/// The values of digits with dots and commas, at most two: as a decimal, and with separators of thousands.
pub(super) fn values(text: &str) -> Vec<Value> {
    let mut out = Vec::with_capacity(2);
    let dots = text.matches('.').count();
    let commas = text.matches(',').count();
    match (dots, commas) {
        (0, 0) => out.extend(whole(text)),
        (1, 0) => {
            out.extend(decimal(text, '.', None));
            out.extend(grouped(text, '.'));
        }
        (0, 1) => {
            out.extend(decimal(text, ',', None));
            out.extend(grouped(text, ','));
        }
        (_, 0) => out.extend(grouped(text, '.')),
        (0, _) => out.extend(grouped(text, ',')),
        (1, 1) if text.rfind('.') > text.rfind(',') => out.extend(decimal(text, '.', Some(','))),
        (_, 1) => out.extend(decimal(text, ',', Some('.'))),
        (1, _) => out.extend(decimal(text, '.', Some(','))),
        _ => {}
    }
    out
}

/// Nobody writes more digits than this, and f64 holds no more.
pub(super) const MOST_DIGITS: usize = 17;

fn whole(digits: &str) -> Option<Value> {
    if digits.is_empty() || digits.len() > MOST_DIGITS || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    Some(Value { value: digits.parse().ok()?, decimals: 0, comma: false })
}

fn decimal(text: &str, sign: char, thousands: Option<char>) -> Option<Value> {
    let (head, tail) = text.rsplit_once(sign)?;
    let head = match thousands {
        Some(mark) => ungrouped(head, mark)?,
        None => head.to_owned(),
    };
    whole(&head)?;
    if tail.is_empty() || tail.len() > MOST_DIGITS || !tail.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let value = format!("{head}.{tail}").parse().ok()?;
    Some(Value { value, decimals: u32::try_from(tail.len()).ok()?, comma: sign == ',' })
}

fn grouped(text: &str, mark: char) -> Option<Value> {
    whole(&ungrouped(text, mark)?)
}

/// The digits without marks, where these stand before groups of three.
fn ungrouped(text: &str, mark: char) -> Option<String> {
    let mut groups = text.split(mark);
    let first = groups.next()?;
    if !(1..=3).contains(&first.len()) || first.starts_with('0') || !groups.all(|group| group.len() == 3) {
        return None;
    }
    Some(text.chars().filter(|c| *c != mark).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_have_one_or_two_values() {
        let read = |text| values(text).iter().map(|v| (v.value, v.decimals)).collect::<Vec<_>>();
        assert_eq!(read("105,08333"), [(105.08333, 5)]);
        assert_eq!(read("540.123"), [(540.123, 3), (540_123.0, 0)]);
        assert_eq!(read("2.084.985,92"), [(2_084_985.92, 2)]);
        assert_eq!(read("2,084,985.92"), [(2_084_985.92, 2)]);
        assert_eq!(read("527,904.54"), [(527_904.54, 2)]);
        assert_eq!(read("527.904,54"), [(527_904.54, 2)]);
        assert_eq!(read("2.084.985"), [(2_084_985.0, 0)]);
        assert_eq!(read("2084985"), [(2_084_985.0, 0)]);
        for text in
            ["", ".", "1.2.3", "1,2,3.4.5", "99999999999999999999", "12.34.567", "0.123.456", "1,23,456.7"]
        {
            assert!(read(text).is_empty(), "{text}");
        }
    }
}
