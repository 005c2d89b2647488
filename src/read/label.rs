//! What a row without data says: a group heading, a total, a signature, a ditto mark.

use super::header_key::{accented_key, header_key};

/// Which kind of total a label announces.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum TotalKind {
    /// `Cộng`: of what stands since the last heading.
    Part,
    /// `Tổng cộng`: of the whole table.
    Whole,
}

/// Words that may follow `Cộng` or `Tổng` in a total's label; anything else is a name (`Tổng Cọt`, `Cộng Hoà`).
const AFTER_TOTAL: &[&str] = &[
    "huyen", "thi", "thanh", "xa", "phuong", "tinh", "toan", "so", "cong", "khu", "vuc", "diem", "vung",
    "lom", "song", "thon", "ban", "xom", "hang", "muc", "nhom", "i", "ii", "iii", "iv", "v", "vi", "vii",
    "viii", "ix", "x", "list", "all", "row", "rows", "of", "trang", "sheet",
];

/// The kind of total that a label is, if it is one. The label has been cleaned.
pub(super) fn total_kind(label: &str) -> Option<TotalKind> {
    let key = header_key(label);
    let words: Vec<&str> = key.split(' ').filter(|w| !w.chars().all(|c| c.is_ascii_digit())).collect();
    let (kind, rest) = match words.as_slice() {
        ["tong", "cong", rest @ ..]
        | ["tong" | "cong", "toan", "tinh", rest @ ..]
        | ["tong", "so", rest @ ..]
        | ["grand", "total", rest @ ..]
        | ["toan", "tinh", rest @ ..] => (TotalKind::Whole, rest),
        ["cong" | "tong" | "total" | "subtotal" | "sum", rest @ ..] | ["sub", "total", rest @ ..] => {
            (TotalKind::Part, rest)
        }
        _ => return None,
    };
    // `Cộng huyện Kỳ Sơn` names what it sums up after the type word, in any words.
    let names_a_unit =
        matches!(rest.first(), Some(&("huyen" | "thi" | "thanh" | "xa" | "phuong" | "tinh" | "toan")));
    (names_a_unit || rest.iter().all(|word| AFTER_TOTAL.contains(word))).then_some(kind)
}

/// The first whole number in a text, thousands separators understood: `Cộng: 1.464 khu vực` → 1464.
pub(super) fn first_integer(text: &str) -> Option<u64> {
    let start = text.find(|c: char| c.is_ascii_digit())?;
    let run: String =
        text[start..].chars().take_while(|c| c.is_ascii_digit() || matches!(c, '.' | ',')).take(20).collect();
    let mut parts = run.trim_end_matches(['.', ',']).split(['.', ',']);
    let mut digits = parts.next()?.to_owned();
    for part in parts {
        if part.len() != 3 {
            break;
        }
        digits.push_str(part);
    }
    digits.parse().ok()
}

/// The level of an administrative unit that a text begins with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum UnitLevel {
    /// Tỉnh.
    Province,
    /// Huyện, quận, thị xã, thành phố.
    District,
    /// Xã, phường, thị trấn.
    Commune,
}

/// The unit that a cleaned text names with its type: `Huyện Kỳ Sơn`, `TP. Vinh`, `X. Na Loi`.
pub(super) fn unit_level(text: &str) -> Option<UnitLevel> {
    let key = header_key(text);
    let mut words = key.split(' ');
    let first = words.next()?;
    let second = words.next()?;
    match (first, second) {
        ("tinh", _) => Some(UnitLevel::Province),
        ("huyen" | "quan" | "tx" | "tp" | "h" | "district", _) | ("thi", "xa") | ("thanh", "pho") => {
            Some(UnitLevel::District)
        }
        ("xa" | "phuong" | "p" | "x" | "tt" | "commune" | "ward", _) | ("thi", "tran") => {
            Some(UnitLevel::Commune)
        }
        _ => None,
    }
}

/// Whether a cleaned text begins with the full word for a unit above the village, with its accents: `X. Na` is a xóm.
pub(super) fn names_unit(text: &str) -> bool {
    let key = accented_key(text);
    const WORDS: [&str; 8] = ["tỉnh", "huyện", "quận", "thị xã", "thành phố", "xã", "phường", "thị trấn"];
    WORDS.iter().any(|word| key.strip_prefix(word).is_some_and(|rest| rest.starts_with(' ')))
}

/// Whether a cleaned text counts places: `12 bản`, `5 xã`, `4 điểm lõm`.
pub(super) fn is_count_of_places(text: &str) -> bool {
    let key = accented_key(text);
    let mut words = key.split(' ');
    words.next().is_some_and(|word| !word.is_empty() && word.bytes().all(|b| b.is_ascii_digit()))
        && words.next().is_some_and(|word| {
            matches!(
                word,
                "xã" | "phường"
                    | "thôn"
                    | "bản"
                    | "xóm"
                    | "làng"
                    | "khối"
                    | "điểm"
                    | "khu"
                    | "vùng"
                    | "hộ"
                    | "vị"
            )
        })
}

/// Whether a cleaned text speaks of a district: `DANH SÁCH VÙNG LÕM HUYỆN KỲ SƠN`.
pub(super) fn names_district(text: &str) -> bool {
    let key = format!(" {} ", accented_key(text));
    [" huyện ", " quận ", " thị xã ", " thành phố "].iter().any(|word| key.contains(word))
}

/// Whether a cell numbers a group: a roman numeral or a single capital (`IV`, `B`), a dot or bracket allowed.
pub(super) fn is_group_numeral(text: &str) -> bool {
    let text = text.trim().trim_start_matches('(').trim_end_matches(['.', ')', ':', '/', '-']).trim();
    is_roman(text) || (text.len() == 1 && text.chars().all(|c| ('A'..='H').contains(&c)))
}

fn is_roman(text: &str) -> bool {
    !text.is_empty() && text.len() <= 7 && text.chars().all(|c| matches!(c, 'I' | 'V' | 'X' | 'L'))
}

/// A heading without its leading numeral: `II. HUYỆN KỲ SƠN` → `HUYỆN KỲ SƠN`; the second value says whether
/// there was one.
pub(super) fn without_numeral(text: &str) -> (&str, bool) {
    let text = text.trim();
    let Some((head, rest)) =
        text.split_once(|c: char| c.is_whitespace() || matches!(c, '.' | ')' | ':' | '/' | '-'))
    else {
        return (text, false);
    };
    let marked = text[head.len()..].starts_with(['.', ')', ':', '/', '-']);
    let numeral =
        is_group_numeral(head) || (marked && !head.is_empty() && head.chars().all(|c| c.is_ascii_digit()));
    let rest =
        rest.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '.' | ')' | ':' | '/' | '-'));
    if numeral && !rest.is_empty() { (rest, true) } else { (text, false) }
}

/// How texts below a table begin.
const FOOTERS: &[&str] = &[
    "nguoi lap",
    "nguoi tong hop",
    "nguoi bao cao",
    "nguoi kiem tra",
    "nguoi ky",
    "ghi chu",
    "luu y",
    "noi nhan",
    "thu truong",
    "giam doc",
    "pho giam doc",
    "kt giam doc",
    "tm uy ban",
    "tm ubnd",
    "tl giam doc",
    "tuq",
    "ky ten",
    "ky ghi ro",
    "da ky",
    "xac nhan",
    "phu trach",
    "ke toan",
    "chu tich",
    "pho chu tich",
    "dai dien",
    "truong phong",
    "lanh dao",
    "don vi lap",
    "cac ghi chu",
    "chu thich",
    "nguon so lieu",
    "prepared by",
    "note",
    "notes",
    "source",
    "signed",
    "signature",
    "bieu nay",
    "so lieu tinh den",
];

/// Whether a cleaned text belongs below a table: signatures, notes, `Nghệ An, ngày … tháng … năm …`.
pub(super) fn is_footer(text: &str) -> bool {
    let key = header_key(text);
    let dated = key.contains("ngay") && key.contains("thang") && key.contains("nam");
    dated
        || FOOTERS
            .iter()
            .any(|start| key.strip_prefix(start).is_some_and(|rest| rest.is_empty() || rest.starts_with(' ')))
}

/// Whether a cell could be a ditto mark, before it is cleaned: most cells are told off by their first letter.
pub(super) fn may_be_ditto(text: &str) -> bool {
    let text = text.trim();
    text.len() <= 32
        && (text.starts_with([
            'n', 'N', '-', '"', '\'', '″', '〃', '“', '”', '/', '`', '„', '‘', '’', '«', '»', '(',
        ]) || (text.starts_with(['i', 'I', 'd', 'D', 't', 'T']) && {
            let text = text.to_lowercase();
            // "Tương tự": composed, decomposed, in TCVN3 and VNI, in small letters and capitals.
            let words =
                ["idem", "ditto", "tương t", "tu\u{31b}o\u{31b}ng t", "t\u{ad}¬ng t", "t¦¥ng t", "töông t"];
            words.iter().any(|word| text.starts_with(word))
        }))
}

/// Whether a cleaned cell says "the same as above". A lone dash does not: it says "none".
pub(super) fn is_ditto(text: &str) -> bool {
    let text = text.trim();
    if !text.is_empty() && text.chars().any(|c| !matches!(c, '-' | ' ')) {
        let marks = text.chars().all(|c| {
            matches!(
                c,
                '"' | '″' | '〃' | '“' | '”' | '\'' | '/' | '-' | ' ' | '`' | '„' | '‘' | '’' | '«' | '»'
            )
        });
        if marks {
            // One apostrophe or one stroke is a slip of the pen, not a mark.
            return text.chars().any(|c| matches!(c, '"' | '″' | '〃' | '“' | '”' | '„' | '«' | '»'))
                || text.matches(['\'', '/', '’', '`', '‘']).count() >= 2;
        }
    }
    is_words_for_ditto(text)
}

/// "nt", "như trên", "như dòng trên", "idem". What may be a place's name too ("Tương Tư") must have its accents.
fn is_words_for_ditto(text: &str) -> bool {
    let key = header_key(text);
    let key = key.strip_suffix(" nt").unwrap_or(&key);
    let above = key.strip_prefix("nhu ").and_then(|rest| rest.strip_suffix("tren")).map(str::trim);
    matches!(key, "nt" | "n t" | "nt nt" | "idem" | "ditto")
        || above.is_some_and(|what| {
            matches!(
                what,
                "" | "dong"
                    | "hang"
                    | "o"
                    | "o ben"
                    | "ben"
                    | "phia"
                    | "xa"
                    | "huyen"
                    | "phuong"
                    | "thon"
                    | "ban"
            )
        })
        || matches!(accented_key(text).as_str(), "tương tự" | "tương tự trên" | "tương tự như trên")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn totals_are_told_from_names() {
        for (label, kind) in [
            ("Cộng", TotalKind::Part),
            ("TỔNG CỘNG", TotalKind::Whole),
            ("Tổng số:", TotalKind::Whole),
            ("Cộng huyện Kỳ Sơn", TotalKind::Part),
            ("Cộng: 12 khu vực", TotalKind::Part),
            ("Total", TotalKind::Part),
            ("Cộng (I+II)", TotalKind::Part),
            ("Tổng cộng toàn tỉnh", TotalKind::Whole),
        ] {
            assert_eq!(total_kind(label), Some(kind), "{label}");
        }
        for name in ["Tổng Cọt", "Bản Cộng", "Cộng Hoà", "Tổng Pục", "", "12"] {
            assert_eq!(total_kind(name), None, "{name}");
        }
    }

    #[test]
    fn numbers_in_labels() {
        assert_eq!(first_integer("Cộng: 1.464 khu vực"), Some(1464));
        assert_eq!(first_integer("12"), Some(12));
        assert_eq!(first_integer("7.5"), Some(7));
        assert_eq!(first_integer("không"), None);
        assert_eq!(first_integer("99999999999999999999999999"), None);
    }

    #[test]
    fn headings_numerals_and_units() {
        assert_eq!(without_numeral("II. HUYỆN KỲ SƠN"), ("HUYỆN KỲ SƠN", true));
        assert_eq!(without_numeral("1. Xã Na Loi"), ("Xã Na Loi", true));
        assert_eq!(without_numeral("Huyện Kỳ Sơn"), ("Huyện Kỳ Sơn", false));
        assert_eq!(without_numeral("I Huyện"), ("Huyện", true));
        assert_eq!(unit_level("TP. Vinh"), Some(UnitLevel::District));
        assert_eq!(unit_level("Thị trấn Mường Xén"), Some(UnitLevel::Commune));
        assert_eq!(unit_level("Thị xã Cửa Lò"), Some(UnitLevel::District));
        assert_eq!(unit_level("Bản Xã"), None);
        assert_eq!(unit_level("Huyện"), None);
        assert!(
            is_group_numeral("IV")
                && is_group_numeral("B.")
                && !is_group_numeral("12")
                && !is_group_numeral("Na")
        );
    }

    #[test]
    fn footers_and_ditto_marks() {
        assert!(
            is_footer("NGƯỜI LẬP BIỂU")
                && is_footer("Nghệ An, ngày 3 tháng 4 năm 2024")
                && is_footer("Ghi chú: x")
        );
        assert!(!is_footer("Bản Ghi") && !is_footer("Noong"));
        for mark in [
            "nt",
            "-nt-",
            "NT",
            "như trên",
            "″",
            "\"",
            "〃",
            "'' ",
            "//",
            "- nt -",
            "-\"-",
            "Như dòng trên",
            "idem",
            "như trên (nt)",
            "-//-",
            "Tương tự",
            "như xã trên",
            "NHƯ TRÊN",
            "Nhu tren",
            "- NHƯ TRÊN -",
            "nt.",
            "N.T",
            "''",
            "TƯƠNG TỰ",
            "tu\u{31b}o\u{31b}ng tu\u{31b}\u{323}",
            "IDEM",
            "DITTO",
        ] {
            assert!(may_be_ditto(mark) && is_ditto(mark), "{mark}");
        }
        for text in
            ["-", "--", "", "na", "'", "/", "Nt Bản", "Tương Tư", "Tường Tu", "Như Xuân", "Ia Tô", "Tân Lập"]
        {
            assert!(!is_ditto(text), "{text}");
        }
    }
}
