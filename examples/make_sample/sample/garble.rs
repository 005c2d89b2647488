//! What happens to a name between the register and a carrier's list.

use unicode_normalization::UnicodeNormalization as _;

use super::faults::{Fault, Rates};
use super::legacy;
use super::rng::Rng;

/// How a row's text is stored. One row is typed on one machine, so its cells share it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Encoding {
    Plain,
    Nfd,
    Tcvn3,
    Vni,
}

/// Rolls a row's encoding.
pub fn encoding(rates: &Rates, rng: &mut Rng, planted: &mut Vec<Fault>) -> Encoding {
    let mut chosen = Encoding::Plain;
    for (fault, encoding) in
        [(Fault::Tcvn3, Encoding::Tcvn3), (Fault::Vni, Encoding::Vni), (Fault::Nfd, Encoding::Nfd)]
    {
        if rng.chance(rates.of(fault)) && chosen == Encoding::Plain && !planted.contains(&Fault::Case) {
            chosen = encoding;
            planted.push(fault);
        }
    }
    chosen
}

pub fn encode(text: &str, encoding: Encoding) -> String {
    match encoding {
        Encoding::Plain => text.to_owned(),
        Encoding::Nfd => text.nfd().collect(),
        Encoding::Tcvn3 => legacy::tcvn3(text),
        Encoding::Vni => legacy::vni(text),
    }
}

/// A village's name as a list has it. `is_taken` says which names other villages of the commune bear: a typo must
/// not turn one village into another.
pub fn village_name(
    name: &str,
    rates: &Rates,
    rng: &mut Rng,
    planted: &mut Vec<Fault>,
    is_taken: impl Fn(&str) -> bool,
) -> String {
    let mut text = name.to_owned();
    if rates.roll(Fault::PrefixSwapped, rng, planted) {
        text = other_prefix(&text, rng);
    }
    let position = rng.below(text.chars().count().max(4) - 3) + 3;
    if rng.chance(rates.of(Fault::Typo)) {
        let mistyped = typo(&text, position);
        if mistyped != text && !is_taken(&mistyped) {
            text = mistyped;
            planted.push(Fault::Typo);
        }
    }
    let old_tones = with_old_tones(&text);
    if rng.chance(rates.of(Fault::TonePlacement)) && old_tones != text {
        text = old_tones;
        planted.push(Fault::TonePlacement);
    }
    if rates.roll(Fault::Case, rng, planted) {
        text = text.to_uppercase();
    }
    if rates.roll(Fault::Spacing, rng, planted) {
        text = format!(" {} ", text.replace(' ', "  "));
    }
    if rates.roll(Fault::Lookalike, rng, planted) {
        text = lookalike(&text);
    }
    text
}

/// A commune's name with its type written another way.
pub fn commune_prefix(full: &str, rng: &mut Rng) -> String {
    for (written, others) in [
        ("Xã ", ["X. ", "xã ", "XÃ "]),
        ("Phường ", ["P. ", "P.", "phường "]),
        ("Thị trấn ", ["TT ", "TT. ", "Thị Trấn "]),
    ] {
        if let Some(name) = full.strip_prefix(written) {
            return format!("{}{name}", rng.pick(&others));
        }
    }
    full.to_owned()
}

/// A commune's name without its type where that is `Xã`, as lists by district have it.
pub fn without_xa(full: &str) -> &str {
    full.strip_prefix("Xã ").unwrap_or(full)
}

fn other_prefix(name: &str, rng: &mut Rng) -> String {
    const PREFIXES: [&str; 5] = ["Bản ", "Thôn ", "Xóm ", "Làng ", "Khối "];
    let (own, rest) = PREFIXES
        .iter()
        .find_map(|prefix| name.strip_prefix(prefix).map(|rest| (*prefix, rest)))
        .unwrap_or(("", name));
    let is_number = rest.chars().all(|c| c.is_ascii_digit());
    let others: Vec<&str> = ["Bản ", "Thôn ", "Xóm ", "B. ", "B.", ""]
        .into_iter()
        .filter(|other| *other != own && !(is_number && other.is_empty()))
        .collect();
    format!("{}{rest}", rng.pick(&others))
}

/// The letter at `position` left out, or doubled where that leaves a shorter word unreadable.
fn typo(text: &str, position: usize) -> String {
    let mut letters: Vec<char> = text.chars().collect();
    match letters.get(position).copied() {
        Some(letter) if !letter.is_alphabetic() => {}
        Some(letter) if position.is_multiple_of(2) => letters.insert(position, letter),
        Some(_) => {
            letters.remove(position);
        }
        None => {}
    }
    letters.into_iter().collect()
}

/// `hòa` → `hoà`: the mark on the last vowel of a final oa, oe, uy.
fn with_old_tones(text: &str) -> String {
    const MODERN: &str = "òa óa ỏa õa ọa òe óe ỏe õe ọe ùy úy ủy ũy ụy";
    const OLD: &str = "oà oá oả oã oạ oè oé oẻ oẽ oẹ uỳ uý uỷ uỹ uỵ";
    let words: Vec<String> = text
        .split(' ')
        .map(|word| {
            let pair = MODERN.split(' ').zip(OLD.split(' ')).find(|(modern, _)| word.ends_with(modern));
            match pair.and_then(|(modern, old)| word.strip_suffix(modern).map(|start| (start, old))) {
                Some((start, old)) => format!("{start}{old}"),
                None => word.to_owned(),
            }
        })
        .collect();
    words.join(" ")
}

/// ð (eth) for đ, else a Cyrillic а, else a soft hyphen.
fn lookalike(text: &str) -> String {
    if text.contains(['đ', 'Đ']) {
        return text.replace('đ', "\u{f0}").replace('Đ', "\u{d0}");
    }
    if text.contains('a') {
        return text.replacen('a', "\u{430}", 1);
    }
    let middle = text.char_indices().nth(text.chars().count() / 2).map_or(0, |(at, _)| at);
    format!("{}\u{ad}{}", &text[..middle], &text[middle..])
}
