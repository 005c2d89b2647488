//! Tone placement: one style for all, the traditional one (hòa, thủy), which official place names mostly have.
//!
//! The new style (hoà, thuỷ) differs in open oa, oe, uy only; a tone on a plainly wrong letter (hòan) is moved
//! too. `qu` and `gi` are onsets: quý and già stay as they are.

use std::borrow::Cow;

use super::letters::{A_BREVE, A_HAT, E_HAT, O_HORN, is_letter, vowel};
use super::syllable;

/// Moves each tone mark to the vowel that carries it in the traditional style. Words that are no Vietnamese
/// syllable stay as they are.
pub fn standard_tone_placement(text: &str) -> Cow<'_, str> {
    if text.is_ascii() {
        return Cow::Borrowed(text);
    }
    let mut out: Option<String> = None;
    let mut copied = 0;
    let mut rest = text;
    while let Some(start) = rest.find(is_letter) {
        let word_start = text.len() - rest.len() + start;
        let word_len = rest[start..].find(|c: char| !is_letter(c)).unwrap_or(rest.len() - start);
        let word = &rest[start..start + word_len];
        if let Some(moved) = moved(word) {
            let out = out.get_or_insert_with(|| String::with_capacity(text.len()));
            out.push_str(&text[copied..word_start]);
            out.push_str(&moved);
            copied = word_start + word_len;
        }
        rest = &rest[start + word_len..];
    }
    match out {
        Some(mut out) => {
            out.push_str(&text[copied..]);
            Cow::Owned(out)
        }
        None => Cow::Borrowed(text),
    }
}

/// The word with its tone moved, `None` where nothing is to be done.
fn moved(word: &str) -> Option<String> {
    let mut toned = None;
    let mut vowels = 0;
    for (at, c) in word.chars().enumerate() {
        if let Some(v) = vowel(c) {
            vowels += 1;
            if v.tone > 0 {
                if toned.is_some() {
                    return None;
                }
                // These carry the tone of every rime that they stand in.
                if matches!(v.base, A_BREVE | A_HAT | E_HAT | O_HORN) {
                    return None;
                }
                toned = Some((at, v.tone));
            }
        }
    }
    let (at, tone) = toned?;
    if vowels < 2 {
        return None;
    }
    let wanted = syllable::parse(word)?.tone_at;
    if wanted == at {
        return None;
    }
    let placed = word.chars().enumerate().map(|(i, c)| match vowel(c) {
        Some(v) if i == wanted => v.with_tone(tone).to_char(),
        Some(v) if i == at => v.with_tone(0).to_char(),
        _ => c,
    });
    Some(placed.collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tones_move_to_the_traditional_place() {
        for (raw, used) in [
            ("Hoà Bình", "Hòa Bình"),
            ("HOÀ", "HÒA"),
            ("Thuỷ", "Thủy"),
            ("khoẻ", "khỏe"),
            ("hòan", "hoàn"),
            ("khủyu", "khuỷu"),
            ("tòan quốc", "toàn quốc"),
            ("Xã Thuý Hoà, huyện", "Xã Thúy Hòa, huyện"),
            ("gìa", "già"),
            ("qúy", "quý"),
            ("muà", "mùa"),
        ] {
            assert_eq!(standard_tone_placement(raw), used);
        }
    }

    #[test]
    fn every_syllable_in_the_traditional_style_stays() {
        for word in syllable::all() {
            assert!(matches!(standard_tone_placement(&word), Cow::Borrowed(_)), "{word}");
        }
    }

    #[test]
    fn right_ones_and_strangers_stay() {
        for text in [
            "hòa",
            "thủy",
            "quý",
            "già",
            "giá",
            "hoàn",
            "khuỷu",
            "của",
            "quả",
            "Huế",
            "thuở",
            "gìn",
            "giếng",
            "ngoài",
            "oái",
            "xoóng",
            "mía",
            "tuần",
            "",
            "a",
            "Noël",
            "où",
            "Thaïs",
            "resumé",
            "Quỳ Châu",
            "lùa",
            "cừa",
        ] {
            assert!(matches!(standard_tone_placement(text), Cow::Borrowed(_)), "{text}");
        }
    }
}
