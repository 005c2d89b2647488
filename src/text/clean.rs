//! The text of a cell, made standard: Unicode, composed, single-spaced, tones on the standard vowel.

use std::borrow::Cow;
use std::cell::RefCell;

use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

use super::legacy::{Legacy, convert, detect_legacy};
use super::letters::vowel;
use super::memo::Memo;
use super::{lookalike, tone};

/// A change that [`clean`] made and that someone may want to know of. Changes of spacing, of typographic quotes and
/// dashes, and a leading byte order mark are not worth that.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TextRepair {
    /// Text in a legacy font was converted.
    Legacy(Legacy),
    /// Decomposed Unicode was composed.
    Composed,
    /// A tone mark was moved to the vowel that carries it by tradition (hoà → hòa).
    TonePlacement,
    /// This character only looked like the right one, or could not be seen, and was replaced or dropped.
    Lookalike(char),
}

/// Text made standard, and how.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Cleaned {
    /// The text to use and to show.
    pub text: String,
    /// What was changed, each kind (and each look-alike) once, in the order of the work.
    pub repairs: Vec<TextRepair>,
}

/// Makes a cell's text standard. A legacy font is recognised where the text alone proves it.
pub fn clean(raw: &str) -> Cleaned {
    if is_clean_ascii(raw) {
        return Cleaned { text: raw.to_owned(), repairs: Vec::new() };
    }
    thread_local! {
        static KNOWN: RefCell<Memo<Cleaned>> = const { RefCell::new(Memo::new()) };
    }
    KNOWN.with_borrow_mut(|known| known.get(raw, clean_by_its_own))
}

/// What hid a legacy font, marks apart or look-alikes, may be gone only after a pass: then there is one more, so that
/// clean text stays as it is.
fn clean_by_its_own(raw: &str) -> Cleaned {
    /// Each pass but the first finds a font in what the one before left; there are two fonts.
    const PASSES: usize = 4;
    let mut cleaned = clean_from(raw, detect_legacy(raw));
    for _ in 1..PASSES {
        let again = clean_from(&cleaned.text, detect_legacy(&cleaned.text));
        if again.text == cleaned.text {
            break;
        }
        cleaned.text = again.text;
        for repair in again.repairs {
            if !cleaned.repairs.contains(&repair) {
                cleaned.repairs.push(repair);
            }
        }
    }
    cleaned
}

/// The same for a cell of a file that is known to be in a legacy font. A cell with letters that such a font cannot
/// give is Unicode all the same and is not converted.
pub fn clean_as(raw: &str, legacy: Legacy) -> Cleaned {
    if is_clean_ascii(raw) {
        return Cleaned { text: raw.to_owned(), repairs: Vec::new() };
    }
    let possible = !raw.is_ascii() && !raw.chars().any(super::legacy::is_beyond_legacy);
    clean_from(raw, possible.then_some(legacy))
}

fn clean_from(raw: &str, legacy: Option<Legacy>) -> Cleaned {
    let mut repairs = Vec::new();
    let raw = raw.strip_prefix('\u{FEFF}').unwrap_or(raw);
    let mut text = Cow::Borrowed(raw);
    if let Some(legacy) = legacy {
        let converted = convert(raw, legacy);
        if converted != raw {
            repairs.push(TextRepair::Legacy(legacy));
            text = Cow::Owned(converted);
        }
    }
    let mut text = replace_characters(&text, &mut repairs);
    if !is_plainly_composed(&text) && is_nfc_quick(text.chars()) != IsNormalized::Yes {
        let composed: String = text.nfc().collect();
        if composed != text {
            repairs.push(TextRepair::Composed);
            text = composed;
        }
    }
    if let Cow::Owned(moved) = tone::standard_tone_placement(&text) {
        repairs.push(TextRepair::TonePlacement);
        text = moved;
    }
    Cleaned { text, repairs }
}

/// Printable ASCII with single spaces inside and none around: nothing to do.
fn is_clean_ascii(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes.iter().all(|b| matches!(b, b' '..=b'~'))
        && bytes.first() != Some(&b' ')
        && bytes.last() != Some(&b' ')
        && !bytes.windows(2).any(|pair| pair == b"  ")
}

/// Only characters that no mark follows and that do not decompose: the common case, without Unicode's tables.
fn is_plainly_composed(text: &str) -> bool {
    text.chars().all(|c| matches!(c, ..'\u{300}' | '\u{1EA0}'..='\u{1EF9}'))
}

/// One pass: look-alikes, invisible characters, punctuation, spaces.
fn replace_characters(text: &str, repairs: &mut Vec<TextRepair>) -> String {
    let mut note = |c: char| {
        let repair = TextRepair::Lookalike(c);
        if !repairs.contains(&repair) {
            repairs.push(repair);
        }
    };
    let mut out = String::with_capacity(text.len());
    for (at, c) in text.char_indices() {
        if c.is_whitespace() || c.is_control() {
            if !out.is_empty() && !out.ends_with(' ') {
                out.push(' ');
            }
        } else if c.is_ascii() || vowel(c).is_some() {
            out.push(c);
        } else if lookalike::is_invisible(c) {
            note(c);
        } else if let Some(plain) = lookalike::plain_punctuation(c) {
            out.push(plain);
        } else if let Some(right) = lookalike::always(c) {
            note(c);
            out.push(right);
        } else if let Some(right) = lookalike::beside_latin(c).filter(|_| stands_beside_latin(text, at)) {
            note(c);
            out.push(right);
        } else {
            out.push(c);
        }
    }
    out.truncate(out.trim_end_matches(' ').len());
    out
}

/// Whether the word around a byte position has a Latin letter.
fn stands_beside_latin(text: &str, at: usize) -> bool {
    let in_word =
        |c: &char| c.is_alphabetic() || lookalike::is_suspect(*c) || is_mark(*c) || matches!(c, '\'' | '’');
    let is_latin = |c: char| c.is_alphabetic() && matches!(c, 'A'..='\u{24F}' | '\u{1E00}'..='\u{1EFF}');
    text[..at].chars().rev().take_while(in_word).any(is_latin)
        || text[at..].chars().take_while(in_word).any(is_latin)
}

/// A combining mark of the block that Vietnamese uses.
pub(super) fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36F}')
}

#[cfg(test)]
mod tests {

    use proptest::prelude::*;

    use super::*;

    #[test]
    fn each_repair_is_made_and_named() {
        use TextRepair::{Composed, Lookalike, TonePlacement};
        let tcvn3 = TextRepair::Legacy(Legacy::Tcvn3);
        let vni = TextRepair::Legacy(Legacy::Vni);
        let table: &[(&str, &str, &[TextRepair])] = &[
            ("", "", &[]),
            ("Con Cuong", "Con Cuong", &[]),
            ("  Bản \u{A0} Pục ", "Bản Pục", &[]),
            ("Bản\tA\r\nB", "Bản A B", &[]),
            ("\u{FEFF}STT", "STT", &[]),
            ("X· Con Cu«ng", "Xã Con Cuông", &[tcvn3]),
            ("X· Chiªu L\u{AD}u", "Xã Chiêu Lưu", &[tcvn3]),
            ("Xaõ Baûn", "Xã Bản", &[vni]),
            ("Ba\u{309}n", "Bản", &[Composed]),
            ("Mu\u{31B}\u{300}ng", "Mừng", &[Composed]),
            ("M\u{1B0}\u{1A1}\u{300}ng", "Mường", &[Composed]),
            ("Hoà Bình", "Hòa Bình", &[TonePlacement]),
            ("Hoa\u{300}", "Hòa", &[Composed, TonePlacement]),
            ("Ðồng ðen", "Đồng đen", &[Lookalike('Ð'), Lookalike('ð')]),
            ("Bаn Nа", "Ban Na", &[Lookalike('а')]),
            ("Bа\u{309}n", "Bản", &[Lookalike('а'), Composed]),
            ("Москва", "Москва", &[]),
            ("Ｂan １２", "Ban 12", &[Lookalike('Ｂ'), Lookalike('１'), Lookalike('２')]),
            ("Con\u{AD}Cuông", "ConCuông", &[Lookalike('\u{AD}')]),
            ("Bản\u{200B} A", "Bản A", &[Lookalike('\u{200B}')]),
            ("“Bản” – A’s", "\"Bản\" - A's", &[]),
            ("500 000 ₫", "500 000 ₫", &[]),
        ];
        for (raw, text, repairs) in table {
            let cleaned = clean(raw);
            assert_eq!(cleaned.text, *text, "{raw:?}");
            assert_eq!(cleaned.repairs, *repairs, "{raw:?}");
        }
    }

    #[test]
    fn a_declared_encoding_converts_what_proves_nothing_by_itself() {
        assert_eq!(clean("Pï").text, "Pï");
        assert_eq!(clean_as("Pï", Legacy::Tcvn3).text, "Pù");
        assert_eq!(clean_as("Haï", Legacy::Vni).text, "Hạ");
        assert_eq!(clean_as("Bản", Legacy::Tcvn3).text, "Bản");
        assert!(clean_as("Ban", Legacy::Vni).repairs.is_empty());
    }

    #[test]
    fn a_font_that_shows_only_after_composing_is_seen() {
        let cleaned = clean("§a\u{30A}ng");
        assert_eq!(cleaned.text, "Đồng");
        assert!(cleaned.repairs.contains(&TextRepair::Legacy(Legacy::Tcvn3)), "{cleaned:?}");
    }

    proptest! {
        #[test]
        fn any_text_is_survived_and_clean_text_stays(text in any::<String>()) {
            let once = clean(&text).text;
            prop_assert!(!once.contains("  ") && once.trim() == once);
            clean_as(&text, Legacy::Tcvn3);
            clean_as(&text, Legacy::Vni);
        }

        #[test]
        fn vietnamese_is_clean_after_one_pass(text in "[A-Za-zÀ-ỹđĐ \u{300}\u{301}\u{303}\u{309}\u{323}]{0,30}") {
            let once = clean(&text).text;
            prop_assert_eq!(&clean(&once).text, &once);
        }

        #[test]
        fn what_looks_like_a_legacy_font_is_clean_after_one_pass(
            text in "[A-Za-z§®µ¶·¸¹¬\u{AD}ªÊåàøùûõïâêñ \u{300}\u{301}\u{303}\u{309}\u{30A}\u{323}]{0,12}"
        ) {
            let once = clean(&text).text;
            prop_assert_eq!(&clean(&once).text, &once);
        }
    }
}
