//! An English sentence of the program in Vietnamese.
//!
//! Errors of the lower layers carry one English sentence, for logs and tests as well as for a person. Where a person reads it
//! in Vietnamese, it is found again in one table (`sentences.rs`) and said anew with the same names and numbers. A test
//! (tests/messages.rs) reads the sources and fails where a sentence is missing from the table.

use super::sentences::SENTENCES;
use super::{Both, Lang, system};

/// So deep are parts within parts looked at.
const DEPTH: usize = 4;

/// The sentence in a language; what the table does not have stays as it is.
pub fn said(english: &str, lang: Lang) -> String {
    match lang {
        Lang::En => english.to_owned(),
        Lang::Vi => vietnamese(english).unwrap_or_else(|| english.to_owned()),
    }
}

/// The Vietnamese of a sentence; `None` where the table does not have it.
pub fn vietnamese(english: &str) -> Option<String> {
    at_depth(english, DEPTH)
}

impl Both {
    /// The English sentence and its Vietnamese.
    pub fn of_english(english: impl Into<String>) -> Both {
        let en = english.into();
        Both { vi: said(&en, Lang::Vi), en }
    }
}

fn at_depth(english: &str, depth: usize) -> Option<String> {
    if depth == 0 {
        return None;
    }
    if let Some(said) = system::vietnamese(english) {
        return Some(said.to_owned());
    }
    if let Some(said) = list(english, depth) {
        return Some(said);
    }
    for (template, vi) in SENTENCES {
        if let Some(parts) = parts(template, english) {
            return Some(fill(vi, &parts, depth - 1));
        }
    }
    // "name or place: what is wrong with it"
    english.match_indices(": ").find_map(|(at, colon)| {
        let (head, tail) = (&english[..at], &english[at + colon.len()..]);
        let tail = at_depth(tail, depth - 1)?;
        let head = at_depth(head, depth - 1).unwrap_or_else(|| head.to_owned());
        Some(format!("{head}: {tail}"))
    })
}

/// Sentences joined by "; ": each is said by itself, where the table has every one of them. A sentence of the table that has a
/// "; " of its own is none of these, since its halves are not in the table.
fn list(english: &str, depth: usize) -> Option<String> {
    let (first, rest) = english.split_once("; ")?;
    let said = |part: &str| at_depth(part, depth - 1);
    Some(format!("{}; {}", said(first)?, list(rest, depth).or_else(|| said(rest))?))
}

/// What stands at the places `{}` of a template; `None` where the text is not made from it.
fn parts<'a>(template: &str, text: &'a str) -> Option<Vec<&'a str>> {
    let mut fixed = template.split("{}");
    let mut rest = text.strip_prefix(fixed.next()?)?;
    let mut found = Vec::new();
    let mut fixed = fixed.peekable();
    while let Some(next) = fixed.next() {
        let is_last = fixed.peek().is_none();
        let at = match is_last {
            true => rest.len() - rest.strip_suffix(next).map(|_| next.len())?,
            false => rest.find(next)?,
        };
        found.push(&rest[..at]);
        rest = &rest[at + next.len()..];
    }
    rest.is_empty().then_some(found)
}

/// The Vietnamese with its parts: `{}` in their order, `{0}` by number; a part that is a sentence itself is said in Vietnamese.
fn fill(vi: &str, parts: &[&str], depth: usize) -> String {
    let mut filled = String::with_capacity(vi.len() + 32);
    let (mut rest, mut next) = (vi, 0);
    while let Some((before, after)) = rest.split_once('{') {
        filled.push_str(before);
        let Some((number, after)) = after.split_once('}') else { break };
        let index = number.parse().unwrap_or(next);
        next = index + 1;
        let part = parts.get(index).copied().unwrap_or_default();
        filled.push_str(&at_depth(part, depth).unwrap_or_else(|| part.to_owned()));
        rest = after;
    }
    filled.push_str(rest);
    filled
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_template_gives_its_parts_or_nothing() {
        assert_eq!(parts("a {} b {} c", "a 1 b 2 b c").unwrap(), ["1", "2 b"]);
        assert_eq!(parts("same", "same").unwrap(), Vec::<&str>::new());
        assert_eq!(parts("same", "same more"), None);
        assert_eq!(parts("a {} b", "a 1 c"), None);
        assert_eq!(parts("{}: x {}", "p/q: x ").unwrap(), ["p/q", ""]);
    }

    #[test]
    fn names_and_numbers_are_kept() {
        for (english, vi) in [
            (
                "[coverage.link] power_dbm = 200: give a number from 0 to 80 dBm",
                "[coverage.link] power_dbm = 200: hãy ghi số từ 0 đến 80 dBm",
            ),
            (
                "htg_m = -3 is outside of 1 to 3000 m (P.1812-8)",
                "htg_m = -3 nằm ngoài khoảng từ 1 đến 3000 m (P.1812-8)",
            ),
            ("--include NOPE: no such candidate", "--include NOPE: không có vị trí ứng viên này"),
            (
                "terrain: a/b: No such file or directory (os error 2)",
                "terrain: a/b: không có tệp hoặc thư mục này",
            ),
        ] {
            assert_eq!(said(english, Lang::Vi), vi);
            assert_eq!(said(english, Lang::En), english);
        }
        assert_eq!(
            said(
                "“a”: 3 candidates can be built there; “b”: there may be 1 sites in all; --include names 2 sites, there may be 1",
                Lang::Vi
            ),
            "“a”: ở đó có thể xây 3 vị trí; “b”: tổng cộng chỉ được 1 vị trí; --include nêu 2 vị trí, chỉ được 1"
        );
        assert_eq!(vietnamese("Nghệ An"), None);
        assert_eq!(vietnamese("a: b: c: d: e: f"), None);
    }

    #[test]
    fn every_sentence_of_the_table_is_found_by_its_own_entry() {
        for (at, (english, vi)) in SENTENCES.iter().enumerate() {
            let places = english.matches("{}").count();
            let example = english.replace("{}", "7");
            let first = SENTENCES.iter().position(|(template, _)| parts(template, &example).is_some());
            assert_eq!(first, Some(at), "hidden by an earlier entry: {english}");
            let numbered = (0..places).filter(|n| vi.contains(&format!("{{{n}}}"))).count();
            assert!(vi.matches("{}").count() + numbered <= places, "more places than parts: {vi}");
            assert!(!vi.is_ascii(), "no Vietnamese: {vi}");
        }
    }
}
