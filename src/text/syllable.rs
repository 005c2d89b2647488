//! What a Vietnamese syllable can be: onset, rime, and a tone on the vowel that carries it.
//!
//! After the rules of quốc ngữ spelling (Quyết định 240/QĐ 1984, and any school grammar). Used to tell text in a
//! legacy font from text that merely has odd letters, and to know where a tone mark belongs.

use super::letters::{self, Vowel, vowel};

/// Onsets, longest first. `qu` and `gi` hold a vowel letter, so a word can part in more than one way.
const ONSETS: &[&str] = &[
    "ngh", "ng", "nh", "gh", "gi", "kh", "ph", "qu", "th", "tr", "ch", "b", "c", "d", "đ", "g", "h", "k",
    "l", "m", "n", "p", "r", "s", "t", "v", "x", "",
];

/// Rimes without tone, sorted (by code point) for binary search.
const RIMES: &[&str] = &[
    "a", "ac", "ach", "ai", "am", "an", "ang", "anh", "ao", "ap", "at", "au", "ay", "e", "ec", "em", "en",
    "eng", "eo", "ep", "et", "i", "ia", "ich", "im", "in", "inh", "ip", "it", "iu", "iêc", "iêm", "iên",
    "iêng", "iêp", "iêt", "iêu", "o", "oa", "oac", "oach", "oai", "oam", "oan", "oang", "oanh", "oao", "oap",
    "oat", "oay", "oc", "oe", "oen", "oeo", "oet", "oi", "om", "on", "ong", "ooc", "oong", "op", "ot", "oăc",
    "oăm", "oăn", "oăng", "oăt", "u", "ua", "uc", "ui", "um", "un", "ung", "up", "ut", "uy", "uya", "uych",
    "uynh", "uyp", "uyt", "uyu", "uyên", "uyêt", "uân", "uâng", "uât", "uây", "uê", "uêch", "uênh", "uôc",
    "uôi", "uôm", "uôn", "uông", "uôt", "uơ", "y", "yêm", "yên", "yêng", "yêt", "yêu", "âc", "âm", "ân",
    "âng", "âp", "ât", "âu", "ây", "ê", "êch", "êm", "ên", "ênh", "êp", "êt", "êu", "ô", "ôc", "ôi", "ôm",
    "ôn", "ông", "ôp", "ôt", "ăc", "ăm", "ăn", "ăng", "ăp", "ăt", "ơ", "ơi", "ơm", "ơn", "ơp", "ơt", "ư",
    "ưa", "ưc", "ưi", "ưng", "ưt", "ưu", "ươc", "ươi", "ươm", "ươn", "ương", "ươp", "ươt", "ươu",
];

/// A word taken apart. Indices count its characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Syllable {
    /// Where the tone mark belongs.
    pub tone_at: usize,
    /// Where it also is written (hoà for hòa), which is no error.
    pub variant_at: Option<usize>,
}

/// How long a syllable can be: "nghiêng" has 7 letters.
const LONGEST: usize = 7;

/// Whether a word is a possible Vietnamese syllable: any case, tone where either style of placement has it. An
/// untoned stop (`khat`) passes only where `untoned_stop` allows it, as in names taken from other languages.
pub(super) fn is_possible(word: &str, untoned_stop: bool) -> bool {
    let mut tone_at = None;
    let mut tone = 0;
    for (at, c) in word.chars().enumerate() {
        if let Some(v) = vowel(c).filter(|v| v.tone > 0) {
            if tone_at.is_some() {
                return false;
            }
            tone_at = Some(at);
            tone = v.tone;
        }
    }
    let Some(syllable) = parse(word) else { return false };
    let last = word.chars().next_back().map(|c| c.to_ascii_lowercase());
    let before_last = word.chars().rev().nth(1).map(|c| c.to_ascii_lowercase());
    let stop = matches!(last, Some('c' | 'p' | 't' | 'k')) || (last == Some('h') && before_last == Some('c'));
    if stop && !(matches!(tone, 2 | 5) || (tone == 0 && untoned_stop)) {
        return false;
    }
    tone_at.is_none_or(|at| at == syllable.tone_at || Some(at) == syllable.variant_at)
}

/// Whether a word is a possible Vietnamese syllable, as dictionaries have them: `Cuông`, `khuỷu`, `HOÀ`.
pub fn is_syllable(word: &str) -> bool {
    is_possible(word, false)
}

/// Takes a word apart, whatever tone it has. `None` where it is no syllable.
pub(super) fn parse(word: &str) -> Option<Syllable> {
    let mut plain = String::with_capacity(2 * LONGEST);
    for (count, c) in word.chars().enumerate() {
        if count == LONGEST {
            return None;
        }
        match vowel(c) {
            Some(v) => plain.push(Vowel { tone: 0, upper: false, ..v }.to_char()),
            None => letters::push_lower(c, &mut plain),
        }
    }
    ONSETS.iter().find_map(|onset| {
        let rime = plain.strip_prefix(onset)?;
        if !spelling_allows(onset, rime) || !is_rime_after(onset, rime) {
            return None;
        }
        let (own, variant) = tone_index(rime);
        let shift = onset.chars().count();
        Some(Syllable { tone_at: shift + own, variant_at: variant.map(|at| shift + at) })
    })
}

/// After qu, whose u belongs to the rime too: quỳnh and quýt have the rimes uynh and uyt.
fn is_rime_after(onset: &str, rime: &str) -> bool {
    match onset {
        "qu" if rime.starts_with('y') => is_rime(&["u", rime].concat()),
        "qu" => !rime.starts_with(['o', 'u', 'ư']) && is_rime(rime),
        _ => is_rime(rime),
    }
}

/// Names from the highlands end in k where others have c (Đắk).
fn is_rime(rime: &str) -> bool {
    match rime.strip_suffix('k') {
        Some(start) if !start.is_empty() => {
            let with_c = [start, "c"].concat();
            RIMES.binary_search(&with_c.as_str()).is_ok()
        }
        _ => RIMES.binary_search(&rime).is_ok(),
    }
}

/// c, g, ng before a o u; k, gh, ngh before e i y. `k` before others is left to names (Kon Tum, Ka Đô).
fn spelling_allows(onset: &str, rime: &str) -> bool {
    let front = rime.starts_with(['e', 'ê', 'i', 'y']);
    match onset {
        "c" | "ng" => !front,
        // "gì", "gìn" and "giếng" part as g + i…; "ge" and "gê" are spelt with gh.
        "g" => !front || rime.starts_with('i'),
        "gh" | "ngh" => front,
        _ => true,
    }
}

/// The place of the tone in a rime (in characters), and the other place where people write it.
fn tone_index(rime: &str) -> (usize, Option<usize>) {
    let bases: Vec<u8> = rime.chars().map_while(|c| vowel(c).map(|v| v.base)).collect();
    let find = |wanted: &[u8]| bases.iter().rposition(|b| wanted.contains(b));
    if let Some(at) = find(&[letters::E_HAT, letters::O_HORN]) {
        return (at, None);
    }
    // ư before ă â ô does not happen, so the one marked vowel is meant.
    let marked = [letters::A_BREVE, letters::A_HAT, letters::O_HAT, letters::U_HORN];
    if let Some(at) = find(&marked) {
        return (at, None);
    }
    let closed = bases.len() < rime.chars().count();
    match (bases.len(), closed) {
        (0 | 1, _) => (0, None),
        (2, true) => (1, None),
        (2, false) => {
            let moves = matches!(rime, "oa" | "oe" | "uy");
            (0, moves.then_some(1))
        }
        _ => (1, None),
    }
}

/// Every syllable that the tables allow, lower case, with every tone that it can have.
#[cfg(test)]
pub(super) fn all() -> Vec<String> {
    let mut out = Vec::new();
    for word in ONSETS.iter().flat_map(|onset| RIMES.iter().map(move |rime| [*onset, *rime].concat())) {
        let Some(syllable) = parse(&word) else { continue };
        for tone in 0..6 {
            let toned = word.chars().enumerate().map(|(at, c)| match vowel(c) {
                Some(v) if at == syllable.tone_at => v.with_tone(tone).to_char(),
                _ => c,
            });
            out.push(toned.collect::<String>());
        }
    }
    out.retain(|word| is_syllable(word));
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tables_give_the_language() {
        // Dictionaries have some 7,000 syllables in use; the tables allow more.
        let all = all();
        assert!((10_000..25_000).contains(&all.len()), "{}", all.len());
    }

    #[test]
    fn the_rimes_are_sorted() {
        assert!(RIMES.is_sorted());
        assert!(RIMES.len() > 150);
    }

    #[test]
    fn syllables_of_the_language_are_known() {
        for word in [
            "Xã", "Bản", "Cuông", "Nghiêng", "khuỷu", "hoà", "hòa", "hoàn", "quý", "quốc", "giếng", "gì",
            "gìn", "già", "Thuỷ", "Thủy", "khuya", "HUẾ", "Đắk", "Lắk", "ương", "yên", "Ý", "rượu", "xoong",
            "thuở", "Quỳnh", "nguyễn", "NGUYỆT", "Mường", "Kỳ", "Xén",
        ] {
            assert!(is_syllable(word), "{word}");
        }
    }

    #[test]
    fn other_words_are_not() {
        for word in [
            "",
            "b",
            "Köln",
            "Khat",
            "bạnh̀",
            "hoaò",
            "hàá",
            "ci",
            "nge",
            "gha",
            "wifi",
            "Kou",
            "bàt",
            "étage",
            "đ",
            "nghiêngg",
            "thuôủ",
            "ă",
            "Ra\u{AD}u",
        ] {
            assert!(!is_syllable(word), "{word}");
        }
        assert!(is_possible("Khat", true));
        assert!(!is_possible("Khàt", true));
    }
}
