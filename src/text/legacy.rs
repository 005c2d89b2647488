//! Text typed for legacy fonts: TCVN3 (the `.Vn…` fonts, "ABC") and VNI-Windows (the `VNI-…` fonts).
//!
//! Such text arrives as the Latin-1 (windows-1252) reading of its bytes: `X· Con Cu«ng` is TCVN3 for Xã Con Cuông,
//! `Xaõ` is VNI for Xã. No crate under a permissive licence converts it, so the tables stand here.
//! Not here: which file is in a legacy font as a whole; whoever reads the file knows its fonts and its other cells.

mod detect;
mod tcvn3;
mod vni;

pub use detect::{begins_in_unicode, detect_legacy};
pub use tcvn3::to_tcvn3;
pub use vni::to_vni;

/// A legacy encoding.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Legacy {
    /// TCVN 5712:1993, the one-byte table VN3 of the `.Vn…` fonts ("ABC").
    Tcvn3,
    /// VNI-Windows: base letters followed by mark bytes.
    Vni,
}

impl Legacy {
    /// The short name, as files and messages have it.
    pub fn name(self) -> &'static str {
        match self {
            Legacy::Tcvn3 => "TCVN3",
            Legacy::Vni => "VNI",
        }
    }
}

/// Converts text of a legacy encoding, read as Latin-1, to Unicode. What the encoding does not know stays.
pub fn convert(text: &str, legacy: Legacy) -> String {
    match legacy {
        Legacy::Tcvn3 => tcvn3::convert(text),
        Legacy::Vni => vni::convert(text),
    }
}

/// Whether a character cannot come from a legacy font: neither Latin-1 nor what windows-1252 has at 0x80–0x9F, nor
/// mere spacing and typographic punctuation.
pub(crate) fn is_beyond_legacy(c: char) -> bool {
    match c {
        ..='\u{FF}' => false,
        // Where Vietnamese lies: ă đ ĩ ũ, ơ ư, marks, all from ạ to ỹ. windows-1252 has nothing here.
        '\u{100}'..='\u{151}' | '\u{1A0}'..='\u{1B0}' | '\u{300}'..='\u{36F}' | '\u{1EA0}'..='\u{1EF9}' => {
            true
        }
        _ => byte_1252(c).is_none() && !is_punctuation(c),
    }
}

/// Spaces, dashes, quotes and invisible characters that an editor may put into any text.
fn is_punctuation(c: char) -> bool {
    matches!(c, '\u{A0}' | '\u{2000}'..='\u{206F}' | '\u{FEFF}')
}

/// The byte that windows-1252 reads as this character.
fn byte_1252(c: char) -> Option<u8> {
    /// 0x80 to 0x9F; the five that it leaves open are read as C1 controls.
    const HIGH: [char; 32] = [
        '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8D}', 'Ž', '\u{8F}',
        '\u{90}', '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9D}', 'ž', 'Ÿ',
    ];
    match u32::from(c) {
        code @ 0..=0xFF => u8::try_from(code).ok(),
        _ => HIGH.iter().zip(0x80u8..).find(|(high, _)| **high == c).map(|(_, byte)| byte),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn windows_1252_and_latin_1_readings_give_the_same_byte() {
        assert_eq!(byte_1252('€'), Some(0x80));
        assert_eq!(byte_1252('\u{80}'), Some(0x80));
        assert_eq!(byte_1252('Ÿ'), Some(0x9F));
        assert_eq!(byte_1252('ÿ'), Some(0xFF));
        assert_eq!(byte_1252('ạ'), None);
        assert!(is_beyond_legacy('ạ') && is_beyond_legacy('đ') && is_beyond_legacy('\u{301}'));
        assert!(!is_beyond_legacy('’') && !is_beyond_legacy('µ'));
    }
}
