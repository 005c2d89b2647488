//! Keys for comparing names. Two names are the same where their [`fold`] is; the weaker keys only suggest.

use unicode_normalization::UnicodeNormalization;

use super::clean::{clean, is_mark};
use super::letters::{self, Vowel, is_letter, vowel};

/// The key for comparing: clean, lower case, punctuation as single spaces, accents kept (Nậm Cắn ≠ Nậm Càn).
pub fn fold(text: &str) -> String {
    fold_clean(&clean(text).text)
}

/// [`fold`] of text that is clean already.
pub(super) fn fold_clean(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_alphanumeric() || is_mark(c) {
            letters::push_lower(c, &mut out);
        } else if !out.is_empty() && !out.ends_with(' ') {
            out.push(' ');
        }
    }
    out.truncate(out.trim_end_matches(' ').len());
    out
}

/// [`fold`] without accents, đ as d. Different places share it: good for suggestions and weak evidence only.
pub fn unaccent(text: &str) -> String {
    let folded = fold(text);
    if folded.is_ascii() {
        return folded;
    }
    let mut out = String::with_capacity(folded.len());
    for c in folded.chars() {
        match vowel(c) {
            Some(v) => out.push(v.ascii()),
            // A mark that stood alone between two spaces has gone.
            None if c == ' ' && (out.is_empty() || out.ends_with(' ')) => {}
            None if c == 'đ' => out.push('d'),
            None if c.is_ascii() => out.push(c),
            None => out.extend(std::iter::once(c).nfd().filter(|c| !is_mark(*c))),
        }
    }
    out.truncate(out.trim_end_matches(' ').len());
    out
}

/// [`fold`] with a final y after a consonant (or after qu) written i: Lý and Lí, Kỳ and Kì, Quý and Quí are one.
pub fn fold_iy(text: &str) -> String {
    let folded = fold(text);
    let mut out = String::with_capacity(folded.len());
    for (n, word) in folded.split(' ').enumerate() {
        if n > 0 {
            out.push(' ');
        }
        match word.char_indices().next_back() {
            Some((at, last)) => {
                out.push_str(&word[..at]);
                out.push(i_for_y(&word[..at], last));
            }
            None => out.push_str(word),
        }
    }
    out
}

fn i_for_y(before: &str, last: char) -> char {
    let after_consonant =
        before == "qu" || before.chars().next_back().is_some_and(|c| is_letter(c) && vowel(c).is_none());
    match vowel(last) {
        Some(v) if v.base == letters::Y && after_consonant => Vowel { base: letters::I, ..v }.to_char(),
        _ => last,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_fold_ignores_writing_and_keeps_accents() {
        for (raw, key) in [
            ("Bản  PỤC", "bản pục"),
            ("B.Na-Lý", "b na lý"),
            ("Hoà’s (2)", "hòa s 2"),
            ("X· Con Cu«ng;", "xã con cuông"),
            ("ĐẮK LẮK", "đắk lắk"),
            ("...", ""),
            ("2G/4G", "2g 4g"),
        ] {
            assert_eq!(fold(raw), key);
        }
        assert_ne!(fold("Nậm Cắn"), fold("Nậm Càn"));
        assert_eq!(fold("Nậm Cắn"), fold("NA\u{323}\u{302}M  CĂ\u{301}N"));
    }

    #[test]
    fn unaccented_is_ascii_for_vietnamese() {
        assert_eq!(unaccent("Đồng Thủy Ưỡn"), "dong thuy uon");
        assert_eq!(unaccent("Noël"), "noel");
        assert_eq!(unaccent("a \u{303} b \u{303}"), "a b");
        assert_eq!(unaccent("Nậm Cắn"), unaccent("Nậm Càn"));
    }

    #[test]
    fn i_and_y_are_one_at_the_end_after_a_consonant() {
        for (a, b) in [("Lý", "Lí"), ("Kỳ Sơn", "Kì Sơn"), ("Mỹ", "Mĩ"), ("Quý Hợp", "Quí Hợp")]
        {
            assert_eq!(fold_iy(a), fold_iy(b));
        }
        for (a, b) in [("Thúy", "Thúi"), ("tay", "tai"), ("Ý", "Í"), ("Nậm Cắn", "Nậm Càn")] {
            assert_ne!(fold_iy(a), fold_iy(b));
        }
    }

    proptest! {
        #[test]
        fn any_text_is_survived(text in any::<String>()) {
            for key in [fold(&text), unaccent(&text), fold_iy(&text)] {
                prop_assert!(!key.contains("  "));
            }
        }
    }
}
