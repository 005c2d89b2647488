//! VNI-Windows: a base letter, then a byte with its mark; đ ơ ư ỉ ĩ ị ỵ are bytes of their own. Capitals lie 0x20
//! below. Nothing lies at 0x80–0xBF. (The code table that the VNI fonts and UniKey's charset list publish.)

use super::super::letters::{
    self, A, A_BREVE, A_HAT, Base, E, E_HAT, O, O_HAT, O_HORN, U, U_HORN, Vowel, Y, vowel,
};

/// The marks without circumflex or breve, by tone from huyền: grave, acute, hook, tilde, dot.
const PLAIN: [char; 5] = ['ø', 'ù', 'û', 'õ', 'ï'];
/// The circumflex alone, then with each tone.
const HAT: [char; 6] = ['â', 'à', 'á', 'å', 'ã', 'ä'];
/// The breve alone, then with each tone.
const BREVE: [char; 6] = ['ê', 'è', 'é', 'ú', 'ü', 'ë'];
/// Letters with a byte of their own.
const SINGLE: [(char, char); 9] = [
    ('ñ', 'đ'),
    ('ô', 'ơ'),
    ('ö', 'ư'),
    ('ì', 'ì'),
    ('í', 'í'),
    ('æ', 'ỉ'),
    ('ó', 'ĩ'),
    ('ò', 'ị'),
    ('î', 'ỵ'),
];

/// The letter that stands alone at this byte.
fn single(c: char) -> Option<char> {
    let small = lower(c);
    let (_, letter) = SINGLE.iter().find(|(byte, _)| *byte == small)?;
    Some(if small == c { *letter } else { letters::upper(*letter) })
}

/// Capitals of Latin-1, 0x20 below. (ÿ and ß are not used.)
fn lower(c: char) -> char {
    match c {
        'À'..='Þ' if c != '×' => char::from_u32(u32::from(c) + 0x20).unwrap_or(c),
        _ => c,
    }
}

/// A letter and a mark byte as one letter.
fn marked(base: char, mark: char) -> Option<char> {
    let v = vowel(base).filter(|v| v.tone == 0)?;
    let mark = lower(mark);
    let place = |marks: &[char]| marks.iter().position(|m| *m == mark).and_then(|at| u8::try_from(at).ok());
    let with = |base: Base, tone: u8| Some(Vowel { base, tone, ..v }.to_char());
    if let (A | E | O | U | O_HORN | U_HORN | Y, Some(tone)) = (v.base, place(&PLAIN)) {
        return with(v.base, tone + 1);
    }
    match (v.base, place(&HAT), place(&BREVE)) {
        (A, Some(tone), _) => with(A_HAT, tone),
        (E, Some(tone), _) => with(E_HAT, tone),
        (O, Some(tone), _) => with(O_HAT, tone),
        (A, _, Some(tone)) => with(A_BREVE, tone),
        _ => None,
    }
}

/// Whether a pair of characters is a letter and its mark.
pub(super) fn is_pair(first: char, second: char) -> bool {
    !second.is_ascii() && marked(base_of(first), second).is_some()
}

/// ASCII stays, ô and ö are the bases ơ and ư, everything else is no base.
fn base_of(c: char) -> char {
    match c {
        _ if c.is_ascii() => c,
        'ô' | 'Ô' | 'ö' | 'Ö' => single(c).unwrap_or(c),
        _ => '\0',
    }
}

/// Whether a character of the Latin-1 reading may stand in VNI text.
pub(super) fn is_known(c: char) -> bool {
    let small = lower(c);
    single(c).is_some() || PLAIN.contains(&small) || HAT.contains(&small) || BREVE.contains(&small)
}

/// Converts; what the encoding does not know stays.
pub(super) fn convert(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + text.len() / 2);
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        let pair = chars.peek().filter(|next| !next.is_ascii()).and_then(|next| marked(base_of(c), *next));
        match pair {
            Some(letter) => {
                chars.next();
                out.push(letter);
            }
            None => out.push(single(c).unwrap_or(c)),
        }
    }
    out
}

/// Unicode text as VNI, in its Latin-1 reading. `None` where the encoding lacks a letter.
pub fn to_vni(text: &str) -> Option<String> {
    let mut out = String::with_capacity(text.len() * 2);
    for c in text.chars() {
        if c.is_ascii() {
            out.push(c);
            continue;
        }
        let mut small = String::new();
        letters::push_lower(c, &mut small);
        let small = small.chars().next()?;
        let upper = small != c;
        let cased = |c: char| if upper { letters::upper(c) } else { c };
        if let Some((byte, _)) = SINGLE.iter().find(|(_, letter)| *letter == small) {
            out.push(cased(*byte));
            continue;
        }
        let v = vowel(small)?;
        let tone = usize::from(v.tone);
        let mark = match v.base {
            A_HAT | E_HAT | O_HAT => HAT.get(tone),
            A_BREVE => BREVE.get(tone),
            _ => tone.checked_sub(1).and_then(|at| PLAIN.get(at)),
        };
        let base = match v.base {
            O_HORN => 'ô',
            U_HORN => 'ö',
            _ => v.ascii(),
        };
        out.push(cased(base));
        out.push(cased(*mark?));
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::text::letters::accented_lower;

    fn both_cases() -> Vec<char> {
        let lower = accented_lower();
        lower.iter().copied().chain(lower.iter().map(|c| letters::upper(*c))).collect()
    }

    #[test]
    fn every_letter_of_both_cases_goes_there_and_back() {
        assert_eq!(both_cases().len(), 134);
        for c in both_cases() {
            let coded = to_vni(&c.to_string()).unwrap_or_else(|| panic!("{c} is in the table"));
            assert!(coded.chars().all(|c| u32::from(c) <= 0xFF), "{coded}");
            assert_eq!(convert(&coded), c.to_string());
        }
    }

    #[test]
    fn known_texts() {
        for (raw, used) in [
            ("Xaõ", "Xã"),
            ("Baûn", "Bản"),
            ("huyeän Töông Döông", "huyện Tương Dương"),
            ("Ñieän Bieân", "Điện Biên"),
            ("THÒ TRAÁN", "THỊ TRẤN"),
            ("Ngheä An", "Nghệ An"),
            ("Thöôïng", "Thượng"),
            ("Kyø Sôn", "Kỳ Sơn"),
            ("Haø Tónh", "Hà Tĩnh"),
            ("Ñaêk Laék", "Đăk Lắk"),
            ("AÙnh", "Ánh"),
        ] {
            assert_eq!(convert(raw), used);
        }
    }

    proptest! {
        #[test]
        fn text_goes_there_and_back(
            text in prop::collection::vec(prop::sample::select(
                both_cases().into_iter().chain('a'..='z').chain(" ,0".chars()).collect::<Vec<_>>()), 0..40),
        ) {
            let text: String = text.into_iter().collect();
            prop_assert_eq!(convert(&to_vni(&text).unwrap()), text);
        }

        #[test]
        fn any_text_is_survived(text in any::<String>()) {
            convert(&text);
            to_vni(&text);
        }
    }
}
