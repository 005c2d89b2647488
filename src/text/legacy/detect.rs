//! Whether a cell is in a legacy font, said only where nothing else explains it.
//!
//! A word speaks for an encoding where its conversion is a Vietnamese syllable while the word as it stands is
//! none. It speaks strongly where it has what no Unicode text has inside a word: a symbol (`B¶n`), a capital after
//! small letters (`TiÒn`), a vowel pair of VNI (`Xaõ`). Letters that other languages have too (`Thï`, `ñu`) speak
//! weakly; pairs that French has (`où`, `Thaï`) not at all. One character that no legacy font can give (ạ, đ)
//! ends the matter. So proper Vietnamese, French and English stay untouched, at the price that a cell with weak
//! signs only, such as `Pï`, is left alone: the file's other cells and its fonts decide about those.

use super::super::letters::is_letter;
use super::super::{letters, syllable};
use super::{Legacy, convert, is_beyond_legacy, tcvn3, vni};

/// The legacy encoding that a cell's text is in, `None` for Unicode and wherever there is doubt.
pub fn detect_legacy(text: &str) -> Option<Legacy> {
    if text.is_ascii() || text.chars().any(is_beyond_legacy) || reads_well(text) || begins_in_unicode(text) {
        return None;
    }
    let tcvn3 = Evidence::gather(text, Legacy::Tcvn3);
    let vni = Evidence::gather(text, Legacy::Vni);
    match (tcvn3.convinces(), vni.convinces()) {
        (true, false) => Some(Legacy::Tcvn3),
        (false, true) => Some(Legacy::Vni),
        (true, true) if tcvn3.strong > vni.strong => Some(Legacy::Tcvn3),
        (true, true) if vni.strong > tcvn3.strong => Some(Legacy::Vni),
        _ => None,
    }
}

/// Whether every accented word is a syllable as it stands: the common case, and no word of it could speak for an
/// encoding.
fn reads_well(text: &str) -> bool {
    !text.chars().any(|c| is_symbol(c) || c == '\u{AD}')
        && text
            .split(|c: char| !is_letter(c))
            .all(|word| word.is_ascii() || (syllable::is_syllable(word) && has_regular_case(word)))
}

/// Whether a text begins with the Unicode word for a kind of place, as names of places do: `Xã`, `Thôn`. In a legacy font
/// these words look otherwise, and what they would mean there begins no name.
pub fn begins_in_unicode(text: &str) -> bool {
    let Some((first, _)) = text.trim_start().split_once(' ') else { return false };
    ["xã", "thôn", "xóm", "làng", "buôn", "sóc", "nóc"].contains(&first.to_lowercase().as_str())
}

/// What one word says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sign {
    Strong,
    Weak,
    /// Reads well either way, or is ASCII.
    Neutral,
    /// Makes no sense in the encoding.
    Against,
}

#[derive(Debug, Default)]
struct Evidence {
    words: usize,
    strong: usize,
    weak: usize,
    against: usize,
    /// ASCII words that are no Vietnamese syllable.
    foreign: usize,
    /// Words spelt as only Vietnamese spells: kh, ng, nh, x before, ng or nh behind.
    local: usize,
}

impl Evidence {
    fn gather(text: &str, legacy: Legacy) -> Evidence {
        let in_word = |c: char| match legacy {
            Legacy::Tcvn3 => tcvn3::in_word(c) || is_letter(c),
            Legacy::Vni => is_letter(c),
        };
        let mut evidence = Evidence::default();
        for word in text.split(|c| !in_word(c)).filter(|word| !word.is_empty()) {
            evidence.words += 1;
            let converted = convert(word, legacy);
            if is_local(&converted) {
                evidence.local += 1;
            }
            if word.is_ascii() {
                evidence.foreign += usize::from(!syllable::is_possible(word, true));
                continue;
            }
            match sign(word, &converted, legacy) {
                Sign::Strong => evidence.strong += 1,
                Sign::Weak => evidence.weak += 1,
                Sign::Neutral => {}
                Sign::Against => evidence.against += 1,
            }
        }
        evidence
    }

    fn convinces(&self) -> bool {
        if self.strong > 0 {
            return self.strong + self.weak > self.against;
        }
        self.weak > 0 && self.against == 0 && self.foreign == 0 && self.words > 1 && self.local > 0
    }
}

fn sign(word: &str, converted: &str, legacy: Legacy) -> Sign {
    let known = |c: char| match legacy {
        Legacy::Tcvn3 => tcvn3::is_vn3(c),
        Legacy::Vni => vni::is_known(c),
    };
    if !word.chars().all(|c| c.is_ascii() || known(c)) || !syllable::is_syllable(converted) {
        return Sign::Against;
    }
    if syllable::is_syllable(word) && has_regular_case(word) {
        return Sign::Neutral;
    }
    match legacy {
        Legacy::Tcvn3 => sign_of_tcvn3(word),
        Legacy::Vni => sign_of_vni(word),
    }
}

fn sign_of_tcvn3(word: &str) -> Sign {
    let accented = word.chars().filter(|c| !c.is_ascii()).count();
    let mut chars = word.chars();
    let first = chars.next().unwrap_or(' ');
    if chars.clone().any(is_symbol) {
        return Sign::Strong;
    }
    if is_symbol(first) {
        // "µm" and "©m" have other readings; "§a" and "®u" have none.
        let initial_d = matches!(first, '§' | '®');
        return if accented > 1 || initial_d { Sign::Strong } else { Sign::Weak };
    }
    if has_regular_case(word) { Sign::Weak } else { Sign::Strong }
}

fn sign_of_vni(word: &str) -> Sign {
    let accented = word.chars().filter(|c| !c.is_ascii()).count();
    let has_pair = word.chars().zip(word.chars().skip(1)).any(|(a, b)| vni::is_pair(a, b));
    match (accented, has_pair) {
        (0 | 1, true) if is_french(word) => Sign::Neutral,
        (0 | 1, false) => Sign::Weak,
        _ => Sign::Strong,
    }
}

/// où, and words that end in aï, oï or uï (Thaï, Moï): pairs of VNI that French writes. In other places of a word
/// (goût, naïf) French gives no Vietnamese syllable and need not be known here.
fn is_french(word: &str) -> bool {
    let mut small = String::with_capacity(word.len());
    word.chars().for_each(|c| letters::push_lower(c, &mut small));
    small == "où" || ["aï", "oï", "uï"].iter().any(|end| small.ends_with(end))
}

/// No letter in Unicode (or none that stands within a word), but one in TCVN3.
fn is_symbol(c: char) -> bool {
    matches!(c, '\u{A1}'..='\u{BF}' | '×' | '÷')
}

/// lower, UPPER or Title.
fn has_regular_case(word: &str) -> bool {
    let mut rest = word.chars();
    let Some(first) = rest.next() else { return true };
    let rest = rest.as_str();
    !rest.chars().any(char::is_uppercase) || (!first.is_lowercase() && !rest.chars().any(char::is_lowercase))
}

fn is_local(word: &str) -> bool {
    let mut small = String::with_capacity(word.len());
    word.chars().for_each(|c| letters::push_lower(c, &mut small));
    ["kh", "ng", "nh", "x"].iter().any(|onset| small.starts_with(onset))
        || small.ends_with("ng")
        || small.ends_with("nh")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tcvn3_is_seen() {
        for text in [
            "X· Con Cu«ng",
            "B¶n Khat",
            "X· Chiªu L\u{AD}u",
            "b¶n Kou Hat",
            "B¶n M\u{AD}êng Thï",
            "X· Keng ®u",
            "QuyÕt Th¾ng",
            "X· TiÒn Phong",
            "M\u{AD}¬ng Dan",
            "L\u{AD}u",
            "TiÒn",
            "QuÕ Phong",
            "QUÕ PHONG",
            "§ång",
            "Khe Thï",
            "ThÞ trÊn",
            "HuyÖn Kú S¬n",
            "B×nh",
            "n÷",
            "Tr¹m BTS 12 (c\u{F2})",
            "Hoµ B×nh",
            "Tam §a",
            "§iÖn l\u{AD}íi: ch\u{AD}a cã",
            "“X·” – 1",
            "NghÖ An",
            "Xãm Hîp",
        ] {
            assert_eq!(detect_legacy(text), Some(Legacy::Tcvn3), "{text}");
        }
    }

    #[test]
    fn vni_is_seen() {
        for text in [
            "Xaõ",
            "Baûn",
            "XAÕ",
            "huyeän Töông Döông",
            "Ñieän Bieân",
            "Ngheä An",
            "Kyø Sôn",
            "Thöôïng",
            "Toång coäng",
            "Thoân 12",
            "xoùm Ñoâng",
            "Baûn Na Haï",
            "Xoùm",
            "Traïi",
            "Keû Te",
        ] {
            assert_eq!(detect_legacy(text), Some(Legacy::Vni), "{text}");
        }
    }

    #[test]
    fn unicode_vietnamese_stays() {
        for text in [
            "Xã",
            "Hà Nội",
            "Ô Môn",
            "Đà Nẵng",
            "Là",
            "bé",
            "hoà",
            "HOÀ BÌNH",
            "Xóm Cò",
            "Nà Lý",
            "Bò",
            "Tú",
            "Quý",
            "Cà Ná",
            "Bình Sơn",
            "TÂN TÚ",
            "Tân",
            "Ý Yên",
            "Nhân",
            "Lâm Hà",
            "có",
            "không",
            "Mù Cang Chải",
            "Thôn Sân",
            "xã Sà Dề Phìn",
            "Bù Gia Mập",
            "Vân Hồ",
            "Hát Lót",
            "Pú Nhung",
            "Pù",
            "Xà Bìn",
            "Pê",
            "Ê",
            "cò",
            "Thanh\u{AD}Hoá",
            "m²",
            "300 m²",
            "hòan",
            "Thôn Hòan",
            "Sôp Cộp",
            "ÔNG BÀ",
            "Xã Ph\u{AD}a Long",
            "THÔN M\u{AD}a",
        ] {
            assert_eq!(detect_legacy(text), None, "{text}");
        }
    }

    #[test]
    fn no_syllable_of_the_language_in_unicode_is_taken_for_a_legacy_one() {
        for word in syllable::all() {
            let upper: String = word.chars().map(letters::upper).collect();
            let mut chars = word.chars();
            let title: String = chars.next().map(letters::upper).into_iter().chain(chars).collect();
            for text in [
                format!("Khe {title}"),
                format!("KHE {upper}"),
                format!("{title} {word}"),
                title,
                upper,
                word,
            ] {
                assert_eq!(detect_legacy(&text), None, "{text}");
            }
        }
    }

    #[test]
    fn other_languages_and_symbols_stay() {
        for text in [
            "",
            "Con Cuong",
            "café",
            "naïve",
            "Où",
            "où",
            "Thaï",
            "Le Thaï",
            "Noël",
            "forêt",
            "garçon",
            "Köln",
            "Müller",
            "Zoë",
            "dû",
            "Hanoï",
            "Dalaï",
            "señor",
            "España",
            "Año",
            "Citroën",
            "à côté",
            "crème brûlée",
            "goût",
            "Viettel®",
            "VNPT©",
            "« Ban »",
            "«Ban»",
            "5 µm",
            "10 µg",
            "18°51'00\"N",
            "18º51'N",
            "± 3",
            "3×4",
            "½",
            "A·B",
            "§ 3",
            "São Paulo",
            "Ångström",
            "Île",
            "Wi‑Fi®",
            "a • b",
            "£5",
            "¥",
            "N°1",
            "Raúl",
            "Björk",
            "coöperate",
            "Œuvre",
            "jeûne",
            "Besançon",
            "Àbac",
            "Ñu",
            "Mª José",
            "déjà vu",
            "l·l",
            "El Niño",
            "Thé à la Thaï",
            "gît",
            "mît",
        ] {
            assert_eq!(detect_legacy(text), None, "{text}");
        }
    }

    #[test]
    fn most_names_are_seen_in_either_encoding() {
        let names = [
            "Xã Hữu Kiệm",
            "Bản Huồi Thợ",
            "Xã Mường Típ",
            "Thôn Đồng Tâm",
            "Bản Piêng Pá Nọt",
            "Huyện Tương Dương",
            "Thị trấn Mường Xén",
            "Xã Nghĩa Lộc",
            "Xóm Tân Diên",
            "Bản Xốp Tụ",
            "Xã Bảo Nam",
            "Khối Hợp Thành",
        ];
        for name in names {
            let coded = super::super::to_vni(name).unwrap();
            assert_eq!(detect_legacy(&coded), Some(Legacy::Vni), "{name} {coded}");
            assert_eq!(convert(&coded, Legacy::Vni), name);
            let coded = super::super::to_tcvn3(name).unwrap();
            assert_eq!(detect_legacy(&coded), Some(Legacy::Tcvn3), "{name} {coded}");
            assert_eq!(convert(&coded, Legacy::Tcvn3), name);
        }
    }
}
