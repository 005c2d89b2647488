//! TCVN3, after TCVN 5712:1993: the lower-case letters at 0xA8–0xFE that all `.Vn…` fonts have, the seven capitals
//! Ă Â Ê Ô Ơ Ư Đ at 0xA1–0xA7, and the capitals that table VN1 has at 0x80–0x9F.
//!
//! Other accented capitals do not exist in VN3: they are lower-case bytes in a capital font (`.VnTimeH`), which
//! plain text cannot show. A word whose ASCII letters are all capitals, two or more, is taken for such.

use std::sync::OnceLock;

use super::super::letters;
use super::{byte_1252, is_punctuation};

/// From 0x80: VN1's capitals.
const AT_80: &str = "ÀẢÃÁẠẶẬÈẺẼÉẸỆÌỈĨÍỊÒỎÕÓỌỘỜỞỠỚỢÙỦŨ";
/// From 0xA1: the capitals of VN3, then the lower-case letters without tone.
const AT_A1: &str = "ĂÂÊÔƠƯĐăâêôơưđ";
/// From 0xB5; a space where VN3 has none.
const AT_B5: &str = "àảãáạ ằẳẵắ       ặầẩẫấậè ẻẽéẹềểễếệìỉ   ĩíịò ỏõóọồổỗốộờởỡớợù ủũúụừửữứựỳỷỹýỵ";

/// The letter at a byte.
fn letter(byte: u8) -> Option<char> {
    static LETTERS: OnceLock<[Option<char>; 256]> = OnceLock::new();
    let letters = LETTERS.get_or_init(|| {
        let mut letters = [None; 256];
        for (start, table) in [(0x80, AT_80), (0xA1, AT_A1), (0xB5, AT_B5)] {
            for (place, c) in letters.iter_mut().skip(start).zip(table.chars()) {
                *place = Some(c).filter(|c| *c != ' ');
            }
        }
        letters
    });
    letters.get(usize::from(byte)).copied().flatten()
}

/// The letter that a character of the Latin-1 reading stands for.
pub(super) fn decode(c: char) -> Option<char> {
    if c.is_ascii() || is_punctuation(c) {
        return None;
    }
    letter(byte_1252(c)?)
}

/// Whether the font has this letter at a byte that VN3 has, not only VN1.
pub(super) fn is_vn3(c: char) -> bool {
    ('\u{A1}'..='\u{FF}').contains(&c) && decode(c).is_some()
}

/// Whether a character takes part in a word.
pub(super) fn in_word(c: char) -> bool {
    c.is_ascii_alphabetic() || decode(c).is_some()
}

/// Converts; what is no letter of the table stays.
pub(super) fn convert(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + text.len() / 2);
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let end = match in_word(first) {
            true => rest.find(|c| !in_word(c)).unwrap_or(rest.len()),
            false => rest.find(in_word).unwrap_or(rest.len()),
        };
        let (run, after) = rest.split_at(end);
        let capitals = run.chars().filter(char::is_ascii_uppercase).count() >= 2
            && !run.chars().any(|c| c.is_ascii_lowercase());
        out.extend(run.chars().map(|c| match decode(c) {
            Some(letter) if capitals => letters::upper(letter),
            Some(letter) => letter,
            None => c,
        }));
        rest = after;
    }
    out
}

/// Unicode text as TCVN3, in its Latin-1 reading. `None` where the table lacks a letter: an accented capital other
/// than Ă Â Ê Ô Ơ Ư Đ, or anything outside Vietnamese and ASCII.
pub fn to_tcvn3(text: &str) -> Option<String> {
    let byte = |c: char| (0xA1..=0xFFu8).find(|byte| letter(*byte) == Some(c));
    text.chars().map(|c| if c.is_ascii() { Some(c) } else { byte(c).map(char::from) }).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::text::letters::accented_lower;

    #[test]
    fn every_lower_case_letter_goes_there_and_back() {
        for c in accented_lower() {
            let coded = to_tcvn3(&c.to_string()).unwrap_or_else(|| panic!("{c} is in the table"));
            assert_eq!(convert(&coded), c.to_string());
        }
        assert_eq!(to_tcvn3("Ă Â Ê Ô Ơ Ư Đ").as_deref(), Some("¡ ¢ £ ¤ ¥ ¦ §"));
        assert_eq!(to_tcvn3("Ấ"), None);
        assert_eq!(to_tcvn3("я"), None);
    }

    #[test]
    fn known_texts() {
        for (raw, used) in [
            ("X· Con Cu«ng", "Xã Con Cuông"),
            ("B¶n M\u{AD}êng Thï", "Bản Mường Thù"),
            ("X· Keng ®u", "Xã Keng đu"),
            ("QuyÕt Th¾ng", "Quyết Thắng"),
            ("§«ng TriÒu", "Đông Triều"),
            ("QUÕ PHONG", "QUẾ PHONG"),
            ("X·, 12", "Xã, 12"),
            ("\u{80}n", "Àn"),
            ("€n", "Àn"),
            ("“X·” – 1", "“Xã” – 1"),
        ] {
            assert_eq!(convert(raw), used);
        }
    }

    /// The table against one computed elsewhere, where that lies beside the project.
    #[test]
    fn agrees_with_the_reference_table() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/reference/legacy-text/tcvn3_lower.csv");
        let Ok(text) = std::fs::read_to_string(path) else {
            eprintln!("skipped: {path} is not here");
            return;
        };
        let mut rows = 0;
        for line in text.lines().skip(1) {
            let fields: Vec<&str> = line.split(',').collect();
            let byte = u8::from_str_radix(fields[2], 16).unwrap();
            assert_eq!(letter(byte), fields[0].chars().next(), "{line}");
            rows += 1;
        }
        assert_eq!(rows, 67);
    }

    proptest! {
        #[test]
        fn lower_case_text_goes_there_and_back(
            text in prop::collection::vec(prop::sample::select(
                accented_lower().into_iter().chain('a'..='z').chain(" ,0".chars()).collect::<Vec<_>>()), 0..40),
        ) {
            let text: String = text.into_iter().collect();
            prop_assert_eq!(convert(&to_tcvn3(&text).unwrap()), text);
        }

        #[test]
        fn any_text_is_survived(text in any::<String>()) {
            convert(&text);
            to_tcvn3(&text);
        }
    }
}
