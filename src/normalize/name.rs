//! Village names as keys: what two writings of one name have in common, and how strong that is.
//!
//! In: a clean name (`text::clean`). Out: [`NameKeys`], and the [`likeness`] of two of them.
//! Accents count: Nậm Cắn and Nậm Càn are two places. A name that agrees without its accents only is the
//! weakest kind of likeness and never enough by itself.

use std::cell::RefCell;

use crate::text::memo::Memo;
use crate::text::{fold, fold_iy, fold_numerals, unaccent};

/// Words in front of a name that say what kind of settlement it is. Longest first.
const PREFIXES: [&str; 21] = [
    "tổ dân phố",
    "khu dân cư",
    "khối phố",
    "khu phố",
    "khu vực",
    "bản",
    "thôn",
    "xóm",
    "làng",
    "khối",
    "buôn",
    "bon",
    "plei",
    "plây",
    "ấp",
    "phum",
    "sóc",
    "tdp",
    "khu",
    "tổ",
    "kp",
];

/// One-letter abbreviations of prefixes (`B. Cùng`, `X.Bùng`); only before a further word.
const ABBREVIATIONS: [&str; 5] = ["b", "x", "t", "l", "k"];

/// The keys of a name, strongest first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NameKeys {
    /// The whole name, folded: `bản khe phen`.
    pub full: String,
    /// Without its prefix: `khe phen`.
    pub core: String,
    /// The core with y/i and numerals unified: `xóm mười lăm` → `15`.
    pub loose: String,
    /// The loose core without accents.
    pub bare: String,
}

impl NameKeys {
    /// The keys of a name.
    pub fn new(name: &str) -> NameKeys {
        thread_local! {
            static KNOWN: RefCell<Memo<NameKeys>> = const { RefCell::new(Memo::new()) };
        }
        KNOWN.with_borrow_mut(|known| known.get(name, NameKeys::of))
    }

    fn of(name: &str) -> NameKeys {
        let full = fold(name);
        let core = without_prefix(&full).to_owned();
        let loose = fold_iy(&fold_numerals(&core));
        let bare: String = unaccent(&loose).chars().filter(|c| !c.is_whitespace()).collect();
        NameKeys { full, core, loose, bare }
    }

    /// Whether nothing is left to compare.
    pub fn is_empty(&self) -> bool {
        self.core.is_empty()
    }
}

fn without_prefix(full: &str) -> &str {
    for prefix in PREFIXES {
        if let Some(rest) = full.strip_prefix(prefix).and_then(|rest| rest.strip_prefix(' '))
            && !rest.is_empty()
        {
            return rest;
        }
    }
    if let Some((first, rest)) = full.split_once(' ')
        && ABBREVIATIONS.contains(&first)
        && !rest.is_empty()
    {
        return rest;
    }
    full
}

/// How alike two names are. Greater is stronger.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Likeness {
    /// Nothing in common worth a mention.
    None,
    /// Alike at a glance only: counts where position and numbers both agree to the unit.
    Distant,
    /// A letter or two differ.
    Similar,
    /// The same without accents and spaces.
    Unaccented,
    /// The same but for y/i or a numeral spelt out.
    Loose,
    /// The same but for the prefix.
    Core,
    /// The same.
    Full,
}

/// Whether two names are the same, and in which of the strong senses: cheap, for looking through many.
pub fn sameness(a: &NameKeys, b: &NameKeys) -> Option<Likeness> {
    if a.is_empty() || b.is_empty() {
        None
    } else if a.full == b.full {
        Some(Likeness::Full)
    } else if a.core == b.core {
        Some(Likeness::Core)
    } else {
        (a.loose == b.loose).then_some(Likeness::Loose)
    }
}

/// Compares two names.
pub fn likeness(a: &NameKeys, b: &NameKeys) -> Likeness {
    if let Some(same) = sameness(a, b) {
        same
    } else if a.is_empty() || b.is_empty() {
        Likeness::None
    } else if a.bare == b.bare {
        Likeness::Unaccented
    } else if within_typos(&a.loose, &b.loose) || within_typos(&a.core, &b.core) || misspelt_prefix(a, b) {
        Likeness::Similar
    } else if strsim::jaro_winkler(&a.bare, &b.bare) >= DISTANT && digits(&a.loose) == digits(&b.loose) {
        Likeness::Distant
    } else {
        Likeness::None
    }
}

/// From this Jaro-Winkler similarity of the bare names on they are alike at a glance.
pub const DISTANT: f64 = 0.85;

/// `Thô Quang Hòa` for `Thôn Quang Hòa`: the name agrees, the word before it is a prefix but for a letter.
fn misspelt_prefix(a: &NameKeys, b: &NameKeys) -> bool {
    let reads = |misspelt: &NameKeys, right: &NameKeys| {
        let Some((first, rest)) = misspelt.full.split_once(' ') else { return false };
        rest == right.core && PREFIXES.iter().any(|p| strsim::osa_distance(first, p) == 1)
    };
    reads(a, b) || reads(b, a)
}

/// One letter for names of four letters and more, two from nine on; numbers must agree: Xóm 1 is not Xóm 2.
fn within_typos(a: &str, b: &str) -> bool {
    let (len_a, len_b) = (a.chars().count(), b.chars().count());
    let allowed = match len_a.min(len_b) {
        0..4 => return false,
        4..9 => 1,
        _ => 2,
    };
    if len_a.abs_diff(len_b) > allowed || digits(a) != digits(b) {
        return false;
    }
    strsim::osa_distance(a, b) <= allowed
}

fn digits(text: &str) -> String {
    text.chars().filter(char::is_ascii_digit).collect()
}

/// A cell that parts the names of villages by dashes, with semicolons instead. A dash may as well belong to one name
/// (`Thôn 3 - Phú Sơn`): `None` unless each part begins as names of villages do.
pub fn parted_by_dashes(clean: &str) -> Option<String> {
    if !clean.contains(" - ") {
        return None;
    }
    let parts = clean.split(" - ").map(|part| part.trim_matches(['-', '+', '*', ' ']));
    let parts: Vec<&str> = parts.filter(|part| !part.is_empty()).collect();
    let begins_as_names_do = |part: &&str| {
        let full = fold(part);
        without_prefix(&full) != full
    };
    (parts.len() > 1 && parts.iter().all(begins_as_names_do)).then(|| parts.join("; "))
}

/// The names on the lines of a cell that lists them: each line has a bullet, or the lines are numbered from 1. `None` for
/// other lines, which may be one name.
pub fn listed_names(lines: &[String]) -> Option<Vec<String>> {
    let without_mark = |(number, line): (usize, &String)| -> Option<String> {
        let line = line.trim();
        let bullet = line.strip_prefix(['-', '–', '+', '*', '•', '·', '▪', '●']);
        let numbered =
            line.strip_prefix(&number.to_string()).and_then(|rest| rest.strip_prefix(['.', ')', '/', ':']));
        let name = without_count(bullet.or(numbered)?.trim());
        let name = name.trim_end_matches([',', ';', '.']).trim();
        (!name.is_empty()).then(|| name.to_owned())
    };
    if lines.len() < 2 {
        return None;
    }
    (1..).zip(lines).map(without_mark).collect()
}

/// A name without the households behind it: `Bản Na: 40 hộ`, `Bản Na (40 hộ)`.
pub fn without_count(name: &str) -> &str {
    let Some((before, behind)) = name.rsplit_once([':', '(']) else { return name };
    let behind = behind.trim().trim_end_matches([')', ',', ';', '.']);
    let mut words = behind.split_whitespace();
    let is_count = words.next().is_some_and(|word| word.bytes().all(|b| b.is_ascii_digit()))
        && words
            .next()
            .and_then(|word| word.split('/').next())
            .is_some_and(|word| matches!(&*fold(word), "hộ" | "khẩu" | "người" | "nhà"));
    if is_count && !before.trim().is_empty() { before.trim() } else { name }
}

/// Splits a cell that names several villages: `Bản A, Bản B và Bản C`; `Bản Na 1, 2` gives `Bản Na 1`, `Bản Na 2`.
/// A cell with one name comes back as it is.
pub fn split_names(clean: &str) -> Vec<String> {
    let mut parts: Vec<String> = Vec::new();
    for piece in clean.split([',', ';', '+', '&', '\n', '/', '|']).flat_map(|piece| piece.split(" và ")) {
        let piece = piece.trim().trim_matches(['-', '.', '(', ')']).trim();
        if piece.is_empty() {
            continue;
        }
        let is_number = piece.chars().all(|c| c.is_ascii_digit());
        match parts.last().and_then(|last| last.rsplit_once(' ')) {
            Some((stem, last)) if is_number && last.chars().all(|c| c.is_ascii_digit()) => {
                parts.push(format!("{stem} {piece}"));
            }
            _ => parts.push(piece.to_owned()),
        }
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    fn alike(a: &str, b: &str) -> Likeness {
        likeness(&NameKeys::new(a), &NameKeys::new(b))
    }

    #[test]
    fn prefixes_may_be_exchanged_or_shortened() {
        assert_eq!(alike("Bản Cùng", "B. Cùng"), Likeness::Core);
        assert_eq!(alike("Bản Cùng", "Xóm Cùng"), Likeness::Core);
        assert_eq!(alike("BẢN  CÙNG", "bản Cùng"), Likeness::Full);
        assert_eq!(alike("X.Bùng", "Xóm Bùng"), Likeness::Core);
    }

    #[test]
    fn a_prefix_alone_is_a_name() {
        assert_eq!(NameKeys::new("Bản").core, "bản");
        assert_eq!(NameKeys::new("Khu").core, "khu");
    }

    #[test]
    fn accents_count() {
        assert_eq!(alike("Nậm Cắn", "Nậm Càn"), Likeness::Unaccented);
        assert_eq!(alike("Huổi Cáng", "Huồi Cáng"), Likeness::Unaccented);
    }

    #[test]
    fn numerals_and_y_are_one_key() {
        assert_eq!(alike("Xóm Một", "Xóm 1"), Likeness::Loose);
        assert_eq!(alike("Mỹ Lý", "Mĩ Lí"), Likeness::Loose);
        assert_eq!(alike("Xóm 1", "Xóm 2"), Likeness::None);
        assert_eq!(alike("Na Khốm 1", "Na Khốm 2"), Likeness::None);
    }

    #[test]
    fn a_typo_is_only_similar() {
        assert_eq!(alike("Huồi Thum", "Huồi Thun"), Likeness::Similar);
        assert_eq!(alike("Na", "Ne"), Likeness::None);
        assert_eq!(alike("Thô Quang Hòa", "Thôn Quang Hòa"), Likeness::Similar);
        assert_eq!(alike("Bản Huồi Ỷ", "Bản Huồi Hỷ"), Likeness::Similar);
        assert_eq!(alike("Bản Thủuỷ Tắm", "Bản Thủy Tắm"), Likeness::Distant);
        assert_eq!(alike("Na Khốm", "Piêng Lau"), Likeness::None);
    }

    #[test]
    fn names_parted_by_dashes_are_several_where_each_begins_as_a_name() {
        for text in ["Bản Na - Thôn Hín", "- Bản Na - - Bản Hín", "Bản Na - B. Hín"] {
            assert_eq!(parted_by_dashes(text).map(|names| split_names(&names).len()), Some(2), "{text}");
        }
        for text in ["Bản Na - Hín", "Thôn 3 - Phú Sơn", "Khu A - B", "Bản Na", "Na-Hín"] {
            assert_eq!(parted_by_dashes(text), None, "{text}");
        }
    }

    #[test]
    fn names_on_lines_are_listed_where_each_line_is_marked() {
        let listed = |text: &str| listed_names(&text.lines().map(str::to_owned).collect::<Vec<_>>());
        for text in
            ["1. Na\n2. Hín", "1) Na;\n2) Hín;", "- Na\n- Hín.", "• Na: 40 hộ\n• Hín (5 hộ)", "1/ Na\n2/ Hín"]
        {
            assert_eq!(listed(text), Some(vec!["Na".to_owned(), "Hín".to_owned()]), "{text}");
        }
        for text in ["Na\nHín", "- Na\nHín", "2. Na\n1. Hín", "- Na", "1. Na\n2.", "10 Na\n2. Hín"] {
            assert_eq!(listed(text), None, "{text}");
        }
        assert_eq!(without_count("Na (cụm 2)"), "Na (cụm 2)");
        assert_eq!(without_count("Na: 40 hộ/160 khẩu"), "Na");
    }

    #[test]
    fn several_names_in_a_cell() {
        assert_eq!(split_names("Bản A, Bản B và Bản C"), ["Bản A", "Bản B", "Bản C"]);
        assert_eq!(split_names("Bản Na 1, 2"), ["Bản Na 1", "Bản Na 2"]);
        assert_eq!(split_names("Bản Vàng"), ["Bản Vàng"]);
        assert!(split_names(" , ").is_empty());
    }
}
