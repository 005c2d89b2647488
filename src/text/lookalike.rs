//! Characters that only look like the right ones, by what they should have been.
//!
//! The pairs are from Unicode's confusables (UTS 39) as far as they occur on Vietnamese and Russian keyboards, in
//! PDF extracts and in fonts for Asian scripts.

/// The letter that a look-alike stands for, whatever its neighbours: eth for đ, full-width forms for ASCII.
pub(super) fn always(c: char) -> Option<char> {
    Some(match c {
        'ð' | 'ɖ' => 'đ',
        'Ð' | 'Ɖ' => 'Đ',
        // A caron for a breve.
        'ǎ' => 'ă',
        'Ǎ' => 'Ă',
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(u32::from(c) - 0xFEE0)?,
        _ => return None,
    })
}

/// The Latin letter that a Cyrillic or Greek one (or the dong sign) looks like. Meant for words that have Latin
/// letters too: a word in Russian stays Russian.
pub(super) fn beside_latin(c: char) -> Option<char> {
    const FROM: &str = "аеорсхуіјѕһԁԛԝкАВЕКМНОРСТУХІЈЅΑΒΕΖΗΙΚΜΝΟΡΤΥΧονικ₫";
    const INTO: &str = "aeopcxyijshdqwkABEKMHOPCTYXIJSABEZHIKMNOPTYXovikđ";
    if !is_suspect(c) {
        return None;
    }
    let at = FROM.chars().position(|from| from == c)?;
    INTO.chars().nth(at)
}

/// Whether [`beside_latin`] may know it: a cheap first question.
pub(super) fn is_suspect(c: char) -> bool {
    matches!(c, '\u{370}'..='\u{52F}' | '₫')
}

/// Typographic punctuation as plain punctuation. Not worth a word to anyone: editors put it in by themselves.
pub(super) fn plain_punctuation(c: char) -> Option<char> {
    Some(match c {
        '‘' | '’' | '‚' | '‛' | '′' | 'ʹ' | '\u{374}' | 'ʼ' => '\'',
        '“' | '”' | '„' | '‟' | '″' => '"',
        '‐' | '‑' | '‒' | '–' | '—' | '―' | '−' => '-',
        _ => return None,
    })
}

/// Characters without a width: soft hyphen, zero-width spaces and joiners, direction marks, byte order mark.
pub(super) fn is_invisible(c: char) -> bool {
    matches!(
        c,
        '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2064}'
            | '\u{2066}'..='\u{206F}' | '\u{FEFF}'
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_lookalike_has_its_letter() {
        assert_eq!(always('ð'), Some('đ'));
        assert_eq!(always('Ａ'), Some('A'));
        assert_eq!(always('５'), Some('5'));
        assert_eq!(beside_latin('а'), Some('a'));
        assert_eq!(beside_latin('₫'), Some('đ'));
        assert_eq!(beside_latin('κ'), Some('k'));
        assert_eq!(beside_latin('я'), None);
        assert_eq!(plain_punctuation('−'), Some('-'));
        assert!(is_invisible('\u{AD}') && !is_invisible(' '));
    }

    #[test]
    fn every_pair_goes_from_outside_ascii() {
        for c in '\u{80}'..='\u{FFFF}' {
            if let Some(letter) = beside_latin(c) {
                assert!(is_suspect(c) && (letter.is_ascii_alphabetic() || letter == 'đ'), "{c} {letter}");
            }
        }
    }
}
