//! Names of units reduced to what tells them apart, for comparing only.
//!
//! Accents stay: Nậm Cắn and Nậm Càn are two communes. What writers vary without meaning another place goes: case,
//! composition (NFC/NFD), the vowel that carries the tone mark (hoà/hòa), a lone y or i (Lý/Lí), hyphens, spaces
//! and apostrophes (N'Drung, N’Drung, N Drung). Đak and Đắk stay apart.

use std::cell::RefCell;

use unicode_normalization::UnicodeNormalization as _;

use crate::text::memo::Memo;

/// The kind of a commune, as its name states it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum UnitType {
    Commune,
    Ward,
    Township,
    SpecialZone,
    District,
    DistrictTown,
    City,
    UrbanDistrict,
    Province,
}

/// A name split into its type, if it states one, and the key of the rest.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct NameKey {
    pub(super) unit_type: Option<UnitType>,
    pub(super) name: String,
}

/// How communes' types are written, in lower case.
const COMMUNE_TYPES: &[(&str, UnitType)] = &[
    ("thị trấn", UnitType::Township),
    ("đặc khu", UnitType::SpecialZone),
    ("phường", UnitType::Ward),
    ("xã", UnitType::Commune),
    ("t.trấn", UnitType::Township),
    ("t.t", UnitType::Township),
    ("ttr", UnitType::Township),
    ("tt", UnitType::Township),
    ("đk", UnitType::SpecialZone),
    ("p", UnitType::Ward),
    ("x", UnitType::Commune),
];

/// How the types of districts and provinces are written, in lower case.
const DISTRICT_TYPES: &[(&str, UnitType)] = &[
    ("thành phố", UnitType::City),
    ("thị xã", UnitType::DistrictTown),
    ("huyện", UnitType::District),
    ("quận", UnitType::UrbanDistrict),
    ("tỉnh", UnitType::Province),
    ("t.phố", UnitType::City),
    ("t.p", UnitType::City),
    ("t.x", UnitType::DistrictTown),
    ("tp", UnitType::City),
    ("tx", UnitType::DistrictTown),
    ("h", UnitType::District),
    ("q", UnitType::UrbanDistrict),
];

/// The key of a commune's name, with or without its type.
pub(super) fn commune_key(name: &str) -> NameKey {
    thread_local! {
        static KNOWN: RefCell<Memo<NameKey>> = const { RefCell::new(Memo::new()) };
    }
    KNOWN.with_borrow_mut(|known| known.get(name, |name| split(name, COMMUNE_TYPES)))
}

/// The key of a district's or province's name, with or without its type.
pub(super) fn district_key(name: &str) -> NameKey {
    thread_local! {
        static KNOWN: RefCell<Memo<NameKey>> = const { RefCell::new(Memo::new()) };
    }
    KNOWN.with_borrow_mut(|known| known.get(name, |name| split(name, DISTRICT_TYPES)))
}

/// The key without accents, for measuring nearness.
pub(super) fn unaccented(key: &str) -> String {
    key.nfd().filter(|c| !is_mark(*c)).map(|c| if c == 'đ' { 'd' } else { c }).collect()
}

fn split(name: &str, types: &[(&str, UnitType)]) -> NameKey {
    let lower = name.trim().nfc().collect::<String>().to_lowercase();
    // "THỊ  TRẤN" with two spaces must be recognised too.
    let lower = lower.split_whitespace().collect::<Vec<_>>().join(" ");
    for &(written, unit_type) in types {
        if let Some(rest) = lower.strip_prefix(written)
            // "xã" must not be taken off "xãi": a type ends at a space, a point or a number ("P1", "P.1").
            && rest.starts_with(|c: char| c == ' ' || c == '.' || c == ':' || c.is_ascii_digit())
        {
            let name = fold(rest);
            if !name.is_empty() {
                return NameKey { unit_type: Some(unit_type), name };
            }
        }
    }
    NameKey { unit_type: None, name: fold(&lower) }
}

/// Lower case; letters and digits only; tone marks behind their syllable; a lone `y` as `i`; NFC.
fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for syllable in text.split(|c: char| !c.is_alphanumeric() && !is_mark(c)) {
        let mut letters: Vec<char> = Vec::with_capacity(syllable.len());
        let mut tones: Vec<char> = Vec::new();
        for c in syllable.nfd().flat_map(char::to_lowercase) {
            if is_tone(c) { tones.push(c) } else { letters.push(c) }
        }
        if let Some(last) = letters.last_mut()
            && *last == 'y'
        {
            *last = 'i';
            // `y` is a spelling of `i` only where it is the syllable's one vowel (lý, quý), not in `thúy`, `tây`.
            let before = &letters[..letters.len() - 1];
            if !(before.ends_with(&['q', 'u']) || before.iter().all(|c| !is_vowel(*c) && !is_mark(*c)))
                && let Some(last) = letters.last_mut()
            {
                *last = 'y';
            }
        }
        folded.extend(letters);
        folded.extend(tones);
    }
    folded.nfc().collect()
}

fn is_vowel(c: char) -> bool {
    matches!(c, 'a' | 'e' | 'i' | 'o' | 'u' | 'y')
}

/// A combining mark: the blocks U+0300…U+036F, where all Vietnamese ones stand.
fn is_mark(c: char) -> bool {
    ('\u{300}'..='\u{36f}').contains(&c)
}

/// Grave, acute, tilde, hook above, dot below: the five tones. The rest (ă, â, ơ) make other letters.
fn is_tone(c: char) -> bool {
    matches!(c, '\u{300}' | '\u{301}' | '\u{303}' | '\u{309}' | '\u{323}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn same(a: &str, b: &str) -> bool {
        commune_key(a).name == commune_key(b).name
    }

    #[test]
    fn spellings_of_one_name_are_equal() {
        for (a, b) in [
            ("Xã Nghi Hoà", "nghi hòa"),
            ("Thị  trấn LÝ Sơn", "TT. Lí Sơn"),
            ("Phường Quý Lộc", "P.Quí Lộc"),
            ("Xã Đắk N'Drung", "X. Đắk N’Drung"),
            ("Xã Thuỷ Yên", "Thủy-Yên"),
            ("Phường 1", "P1"),
            ("Na\u{323}\u{302}m Ca\u{306}\u{301}n", "Nậm Cắn"),
        ] {
            assert!(same(a, b), "{a} / {b}: {:?} / {:?}", commune_key(a), commune_key(b));
        }
    }

    #[test]
    fn names_that_differ_stay_apart() {
        for (a, b) in [
            ("Nậm Cắn", "Nậm Càn"),
            ("Cẩm Giang", "Cẩm Giàng"),
            ("Đak Lua", "Đắk Lua"),
            ("Tây Hai", "Tây Hay"),
            ("Thủy", "Thủi"),
        ] {
            assert!(!same(a, b), "{a} / {b}");
        }
    }

    #[test]
    fn types_are_split_off_only_where_they_are_types() {
        assert_eq!(commune_key("TT Hòa Bình").unit_type, Some(UnitType::Township));
        assert_eq!(commune_key("xã Xa Dung").unit_type, Some(UnitType::Commune));
        assert_eq!(commune_key("Xa Dung").unit_type, None);
        assert_eq!(commune_key("Phường").unit_type, None);
        assert_eq!(district_key("TP.Vinh"), NameKey { unit_type: Some(UnitType::City), name: "vinh".into() });
        assert_eq!(district_key("H. Kỳ Sơn").name, district_key("Kì Sơn").name);
        assert_eq!(district_key("Thị xã Thái Hoà").name, district_key("TX Thái Hòa").name);
    }
}
