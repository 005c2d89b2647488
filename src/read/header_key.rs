//! Titles folded so that `Toạ độ`, `TỌA ĐỘ` and `toa_do` are one.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// A title folded for comparison: lower case, without accents, punctuation as blanks, one blank between words.
///
/// `Xã/phường (mới)` → `xa phuong moi`; `grid_distance_km` → `grid distance km`.
pub fn header_key(title: &str) -> String {
    fold(title, false)
}

/// As [`header_key`], but with the accents kept (composed), for short words where they decide: `bản` is a
/// village, `bán` is not.
pub(super) fn accented_key(title: &str) -> String {
    fold(title, true)
}

/// The title without what stands in brackets: `X (m)` → `X `.
pub(super) fn without_brackets(title: &str) -> String {
    let mut depth = 0_u32;
    let mut out = String::with_capacity(title.len());
    for c in title.chars() {
        match c {
            '(' | '[' => depth += 1,
            ')' | ']' => depth = depth.saturating_sub(1),
            _ if depth == 0 => out.push(c),
            _ => {}
        }
    }
    out
}

fn fold(title: &str, keep_accents: bool) -> String {
    let mut out = String::with_capacity(title.len());
    let mut blank_due = false;
    // No title is this long: the rest of a hostile cell is not worth folding.
    let lower = title.chars().take(1_000).flat_map(char::to_lowercase);
    let mut push = |c: char| {
        if is_combining_mark(c) {
            if keep_accents {
                out.push(c);
            }
        } else if c.is_alphanumeric() {
            if blank_due && !out.is_empty() {
                out.push(' ');
            }
            blank_due = false;
            out.push(match c {
                'đ' | 'ð' if !keep_accents => 'd',
                'ð' => 'đ',
                c => c,
            });
        } else if c != '\u{AD}' {
            blank_due = true;
        }
    };
    if keep_accents {
        lower.nfc().for_each(&mut push);
    } else {
        lower.nfd().for_each(&mut push);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_one_title_share_a_key() {
        for title in ["Toạ độ", "TỌA ĐỘ", "Toa_do", " tọa\u{A0}độ: ", "To\u{323}a đo\u{302}\u{323}"]
        {
            assert_eq!(header_key(title), "toa do", "{title}");
        }
        assert_eq!(header_key("Huyện/TX/TP"), "huyen tx tp");
        assert_eq!(header_key("///"), "");
    }

    #[test]
    fn accents_can_be_kept_and_brackets_dropped() {
        assert_eq!(accented_key("BẢN"), "bản");
        assert_eq!(accented_key("ba\u{309}n"), "bản");
        assert_ne!(accented_key("Bán kính"), accented_key("Bản kinh"));
        assert_eq!(without_brackets("X (m)").trim(), "X");
        assert_eq!(without_brackets("a) b"), "a b");
    }
}
