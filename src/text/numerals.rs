//! Numbers in names as digits: "Xóm Một" and "Xóm 1", "Khối Mười Lăm" and "Khối 15", "Thôn II" and "Thôn 2".
//!
//! A weak key: "Năm" and "Ba" are names too.

use super::clean::clean;
use super::fold::fold_clean;

/// [`super::fold`] with spelled-out numbers 1–99 as digits, leading zeros dropped, and a roman numeral I–XX at the end
/// (in capitals, after another word) as digits.
pub fn fold_numerals(text: &str) -> String {
    let clean = clean(text).text;
    let folded = fold_clean(&clean);
    let tokens: Vec<&str> = folded.split(' ').filter(|token| !token.is_empty()).collect();
    let mut out: Vec<String> = Vec::with_capacity(tokens.len());
    let mut at = 0;
    while let Some(token) = tokens.get(at) {
        let rest = tokens.get(at..).unwrap_or_default();
        if let Some((value, used)) = spelled(rest) {
            out.push(value.to_string());
            at += used;
            continue;
        }
        let last = at > 0 && at + 1 == tokens.len();
        out.push(match roman(token).filter(|_| last && ends_in_capitals(&clean)) {
            Some(value) => value.to_string(),
            None => without_leading_zeros(token).to_owned(),
        });
        at += 1;
    }
    out.join(" ")
}

/// A number at the start of the words and how many words it takes.
fn spelled(words: &[&str]) -> Option<(u32, usize)> {
    let first = *words.first()?;
    let second = words.get(1).copied().unwrap_or("");
    if first == "mười" {
        return Some(match unit(second).or(unit_after_ten(second)) {
            Some(ones) => (10 + ones, 2),
            None => (10, 1),
        });
    }
    let tens = unit(first)?;
    if second == "mươi" {
        let third = words.get(2).copied().unwrap_or("");
        return Some(match unit(third).or(unit_after_ten(third)) {
            Some(ones) => (10 * tens + ones, 3),
            None => (10 * tens, 2),
        });
    }
    match unit_after_ten(second) {
        // "hai mốt", "ba lăm": the mươi left out. "bốn tư" has no such form in names.
        Some(ones) if tens > 1 => Some((10 * tens + ones, 2)),
        _ => Some((tens, 1)),
    }
}

fn unit(word: &str) -> Option<u32> {
    Some(match word {
        "một" => 1,
        "hai" => 2,
        "ba" => 3,
        "bốn" | "tư" => 4,
        "năm" => 5,
        "sáu" => 6,
        "bảy" | "bẩy" => 7,
        "tám" => 8,
        "chín" => 9,
        _ => return None,
    })
}

/// Forms that stand after tens only.
fn unit_after_ten(word: &str) -> Option<u32> {
    match word {
        "mốt" => Some(1),
        "lăm" | "nhăm" => Some(5),
        _ => None,
    }
}

fn roman(token: &str) -> Option<u32> {
    const ROMAN: [&str; 20] = [
        "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii", "xiii", "xiv", "xv", "xvi",
        "xvii", "xviii", "xix", "xx",
    ];
    ROMAN.iter().zip(1..).find(|(text, _)| **text == token).map(|(_, value)| value)
}

fn ends_in_capitals(text: &str) -> bool {
    text.chars().rev().find(|c| c.is_alphabetic()).is_some_and(char::is_uppercase)
}

fn without_leading_zeros(token: &str) -> &str {
    if !token.starts_with('0') || !token.bytes().all(|b| b.is_ascii_digit()) {
        return token;
    }
    let trimmed = token.trim_start_matches('0');
    if trimmed.is_empty() { "0" } else { trimmed }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn numbers_become_digits() {
        for (raw, key) in [
            ("Xóm Một", "xóm 1"),
            ("Xóm 1", "xóm 1"),
            ("Xóm 01", "xóm 1"),
            ("Khối Mười Lăm", "khối 15"),
            ("Khối Mười", "khối 10"),
            ("Khối Mười Một", "khối 11"),
            ("Khối Hai Mươi Mốt", "khối 21"),
            ("Khối hai mươi tư Hòa Bình", "khối 24 hòa bình"),
            ("Khối Chín Mươi Chín", "khối 99"),
            ("Khối Ba Lăm", "khối 35"),
            ("Bản Bẩy", "bản 7"),
            ("Thôn II", "thôn 2"),
            ("Thôn XX", "thôn 20"),
            ("Khe Xi", "khe xi"),
            ("V", "v"),
            ("Thôn IIII", "thôn iiii"),
            ("0", "0"),
            ("", ""),
            ("Ba Na", "3 na"),
        ] {
            assert_eq!(fold_numerals(raw), key);
        }
    }

    #[test]
    fn every_number_to_99_is_read() {
        let units = ["", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín"];
        for n in 1..100usize {
            let (tens, ones) = (n / 10, n % 10);
            let words = match tens {
                0 => units[ones].to_owned(),
                1 => format!("mười {}", if ones == 5 { "lăm" } else { units[ones] }),
                _ => format!("{} mươi {}", units[tens], if ones == 1 { "mốt" } else { units[ones] }),
            };
            assert_eq!(fold_numerals(&format!("Xóm {words}")), format!("xóm {n}"), "{words}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_survived(text in any::<String>()) {
            fold_numerals(&text);
        }
    }
}
