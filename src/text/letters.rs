//! Vietnamese vowels taken apart into base letter and tone, and put together again.

/// A vowel's base: one of `a ă â e ê i o ô ơ u ư y`, in this order.
pub(super) type Base = u8;

pub(super) const A: Base = 0;
pub(super) const A_BREVE: Base = 1;
pub(super) const A_HAT: Base = 2;
pub(super) const E: Base = 3;
pub(super) const E_HAT: Base = 4;
pub(super) const I: Base = 5;
pub(super) const O: Base = 6;
pub(super) const O_HAT: Base = 7;
pub(super) const O_HORN: Base = 8;
pub(super) const U: Base = 9;
pub(super) const U_HORN: Base = 10;
pub(super) const Y: Base = 11;

/// A vowel: base, tone (0 none, 1 huyền, 2 sắc, 3 hỏi, 4 ngã, 5 nặng) and case.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Vowel {
    pub base: Base,
    pub tone: u8,
    pub upper: bool,
}

const TONES: usize = 6;

/// Bases by row, tones by column.
const LOWER: [[char; TONES]; 12] = [
    ['a', 'à', 'á', 'ả', 'ã', 'ạ'],
    ['ă', 'ằ', 'ắ', 'ẳ', 'ẵ', 'ặ'],
    ['â', 'ầ', 'ấ', 'ẩ', 'ẫ', 'ậ'],
    ['e', 'è', 'é', 'ẻ', 'ẽ', 'ẹ'],
    ['ê', 'ề', 'ế', 'ể', 'ễ', 'ệ'],
    ['i', 'ì', 'í', 'ỉ', 'ĩ', 'ị'],
    ['o', 'ò', 'ó', 'ỏ', 'õ', 'ọ'],
    ['ô', 'ồ', 'ố', 'ổ', 'ỗ', 'ộ'],
    ['ơ', 'ờ', 'ớ', 'ở', 'ỡ', 'ợ'],
    ['u', 'ù', 'ú', 'ủ', 'ũ', 'ụ'],
    ['ư', 'ừ', 'ứ', 'ử', 'ữ', 'ự'],
    ['y', 'ỳ', 'ý', 'ỷ', 'ỹ', 'ỵ'],
];

const UPPER: [[char; TONES]; 12] = [
    ['A', 'À', 'Á', 'Ả', 'Ã', 'Ạ'],
    ['Ă', 'Ằ', 'Ắ', 'Ẳ', 'Ẵ', 'Ặ'],
    ['Â', 'Ầ', 'Ấ', 'Ẩ', 'Ẫ', 'Ậ'],
    ['E', 'È', 'É', 'Ẻ', 'Ẽ', 'Ẹ'],
    ['Ê', 'Ề', 'Ế', 'Ể', 'Ễ', 'Ệ'],
    ['I', 'Ì', 'Í', 'Ỉ', 'Ĩ', 'Ị'],
    ['O', 'Ò', 'Ó', 'Ỏ', 'Õ', 'Ọ'],
    ['Ô', 'Ồ', 'Ố', 'Ổ', 'Ỗ', 'Ộ'],
    ['Ơ', 'Ờ', 'Ớ', 'Ở', 'Ỡ', 'Ợ'],
    ['U', 'Ù', 'Ú', 'Ủ', 'Ũ', 'Ụ'],
    ['Ư', 'Ừ', 'Ứ', 'Ử', 'Ữ', 'Ự'],
    ['Y', 'Ỳ', 'Ý', 'Ỷ', 'Ỹ', 'Ỵ'],
];

/// Above the last Vietnamese letter, ỹ U+1EF9.
const INDEX_LEN: usize = 0x1F00;

/// By code point: 0 no vowel, else 1 + base × 6 + tone, with 128 added for capitals.
static INDEX: [u8; INDEX_LEN] = index();

const fn index() -> [u8; INDEX_LEN] {
    let mut table = [0; INDEX_LEN];
    let mut base = 0;
    while base < 12 {
        let mut tone = 0;
        while tone < TONES {
            let code = 1 + (base * TONES + tone) as u8;
            table[LOWER[base][tone] as usize] = code;
            table[UPPER[base][tone] as usize] = code | 128;
            tone += 1;
        }
        base += 1;
    }
    table
}

/// The vowel that a character is.
pub(super) fn vowel(c: char) -> Option<Vowel> {
    let code = INDEX.get(c as usize).copied().unwrap_or(0);
    let place = (code & 127).checked_sub(1)?;
    Some(Vowel { base: place / TONES as u8, tone: place % TONES as u8, upper: code & 128 != 0 })
}

impl Vowel {
    /// The character. A base or tone out of range gives `a`, which no caller asks for.
    pub fn to_char(self) -> char {
        let table = if self.upper { &UPPER } else { &LOWER };
        table
            .get(usize::from(self.base))
            .and_then(|row| row.get(usize::from(self.tone)))
            .copied()
            .unwrap_or('a')
    }

    /// The same vowel with another tone.
    pub fn with_tone(self, tone: u8) -> Vowel {
        Vowel { tone, ..self }
    }

    /// The ASCII letter below the marks.
    pub fn ascii(self) -> char {
        match self.base {
            A | A_BREVE | A_HAT => 'a',
            E | E_HAT => 'e',
            I => 'i',
            O | O_HAT | O_HORN => 'o',
            U | U_HORN => 'u',
            _ => 'y',
        }
    }
}

/// Lower case, by table for Vietnamese letters; others as Unicode has it.
pub(super) fn push_lower(c: char, out: &mut String) {
    if c.is_ascii() {
        out.push(c.to_ascii_lowercase());
    } else if let Some(v) = vowel(c) {
        out.push(Vowel { upper: false, ..v }.to_char());
    } else if c == 'Đ' {
        out.push('đ');
    } else {
        out.extend(c.to_lowercase());
    }
}

/// Upper case of a Vietnamese letter; others as Unicode has it, where that is one character.
pub(super) fn upper(c: char) -> char {
    if let Some(v) = vowel(c) {
        return Vowel { upper: true, ..v }.to_char();
    }
    let mut upper = c.to_uppercase();
    match (upper.next(), upper.next()) {
        (Some(single), None) => single,
        _ => c,
    }
}

/// `char::is_alphabetic`, without its tables for the letters of Vietnamese.
pub(super) fn is_letter(c: char) -> bool {
    match c {
        ..='\u{7F}' => c.is_ascii_alphabetic(),
        '×' | '÷' => false,
        '\u{C0}'..='\u{24F}' | '\u{1E00}'..='\u{1EFF}' => true,
        _ => c.is_alphabetic(),
    }
}

/// Every accented letter of the language, lower case: 66 vowels and đ.
#[cfg(test)]
pub(super) fn accented_lower() -> Vec<char> {
    LOWER.iter().flatten().copied().filter(|c| !c.is_ascii()).chain(['đ']).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_vowel_comes_apart_and_together() {
        assert_eq!(accented_lower().len(), 67);
        for c in accented_lower().into_iter().filter(|c| *c != 'đ') {
            assert_eq!(vowel(c).unwrap().to_char(), c);
            assert_eq!(vowel(upper(c)).unwrap().to_char(), upper(c));
            assert!(c.to_uppercase().eq([upper(c)]), "{c}");
        }
        assert_eq!(vowel('đ'), None);
        assert_eq!(vowel('\u{10FFFF}'), None);
        assert_eq!(vowel('ộ').unwrap(), Vowel { base: O_HAT, tone: 5, upper: false });
    }

    #[test]
    fn letters_are_those_of_unicode() {
        let differs = ('\0'..=char::MAX).find(|&c| is_letter(c) != c.is_alphabetic());
        assert_eq!(differs, None);
    }
}
