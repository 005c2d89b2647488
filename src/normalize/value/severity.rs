//! Trắng or lõm: how bad a dead zone is.

use std::cell::RefCell;

use super::{NotUnderstood, is_blank};
use crate::domain::Severity;
use crate::text::memo::Memo;
use crate::text::{says_weak, says_white, unaccent};

/// The severity that a text names; `None` where nothing is written. Accents may be missing from the whole text.
///
/// # Errors
/// [`NotUnderstood`] where it names none, or both.
pub fn parse_severity(text: &str) -> Result<Option<Severity>, NotUnderstood> {
    thread_local! {
        static KNOWN: RefCell<Memo<Result<Option<Severity>, NotUnderstood>>> =
            const { RefCell::new(Memo::new()) };
    }
    KNOWN.with_borrow_mut(|known| known.get(text, parse))
}

fn parse(text: &str) -> Result<Option<Severity>, NotUnderstood> {
    if is_blank(text) {
        return Ok(None);
    }
    let key = format!(" {} ", unaccent(text));
    let says = |phrases: &[&str]| phrases.iter().any(|phrase| key.contains(&format!(" {phrase} ")));
    // "không còn lõm" names lõm and means none.
    let is_denied = says(&[
        "khong lom",
        "khong trang",
        "khong yeu",
        "het lom",
        "het trang",
        "khong con lom",
        "khong con trang",
        "khong con vung",
        "khong con diem",
        "het vung lom",
        "het vung trang",
        "da xoa lom",
        "da xoa trang",
        "xoa vung",
    ]);
    // "sóng không ổn định" is weak, though it has "không" beside "sóng".
    let weak = says_weak(text)
        || says(&["weak", "chap chon", "khong on dinh", "luc co luc khong", "poor", "mot phan"]);
    let white = says_white(text) || says(&["white", "no signal", "none"]);
    if is_denied {
        return Err(NotUnderstood(text.trim().to_owned()));
    }
    match (white, weak) {
        (true, false) => Ok(Some(Severity::White)),
        (false, true) => Ok(Some(Severity::Weak)),
        _ => Err(NotUnderstood(text.trim().to_owned())),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn both_severities_in_their_words() {
        for text in [
            "trắng",
            "Trắng sóng",
            "TRẮNG",
            "trang song",
            "Không có sóng",
            "chưa có sóng",
            "white",
            "No signal",
        ] {
            assert_eq!(parse_severity(text), Ok(Some(Severity::White)), "{text}");
        }
        for text in
            ["lõm", "Lõm sóng", "lom", "yếu", "Sóng yếu", "weak", "chập chờn", "sóng không ổn định", "kém"]
        {
            assert_eq!(parse_severity(text), Ok(Some(Severity::Weak)), "{text}");
        }
        assert_eq!(parse_severity(" "), Ok(None));
    }

    #[test]
    fn neither_or_both_is_told() {
        for text in ["tốt", "trắng/lõm", "trang/lom", "4G", "trắngg", "?"] {
            assert!(parse_severity(text).is_err(), "{text}");
        }
    }

    #[test]
    fn words_that_look_like_it_without_accents_name_none() {
        for text in [
            "Tình trạng bình thường",
            "Trạng thái tốt",
            "tinh trang binh thuong",
            "Chủ yếu tốt",
            "Không còn vùng lõm",
            "Hết lõm",
            "không trắng",
        ] {
            assert!(parse_severity(text).is_err(), "{text}");
        }
        let white = parse_severity("Tình trạng: trắng sóng");
        assert_eq!(white, Ok(Some(Severity::White)));
        assert_eq!(parse_severity("Tình trạng không có sóng"), Ok(Some(Severity::White)));
    }

    proptest! {
        #[test]
        fn any_text_is_survived(text in any::<String>()) {
            let _ = parse_severity(&text);
        }
    }
}
