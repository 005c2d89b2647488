//! Trắng or lõm: how bad a dead zone is.

use std::cell::RefCell;

use super::{NotUnderstood, is_blank};
use crate::domain::Severity;
use crate::text::memo::Memo;
use crate::text::unaccent;

/// The severity that a text names; `None` where nothing is written. Accents may be missing.
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
    // "sóng không ổn định" is weak, though it has "không" beside "sóng".
    let weak = says(&[
        "lom",
        "yeu",
        "weak",
        "chap chon",
        "kem",
        "khong on dinh",
        "luc co luc khong",
        "poor",
        "mot phan",
    ]);
    let white = says(&[
        "trang",
        "khong co song",
        "chua co song",
        "mat song",
        "khong phu song",
        "chua phu song",
        "chua duoc phu song",
        "khong song",
        "white",
        "no signal",
        "none",
    ]);
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
        for text in ["tốt", "trắng/lõm", "4G", "trắngg", "?"] {
            assert!(parse_severity(text).is_err(), "{text}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_survived(text in any::<String>()) {
            let _ = parse_severity(&text);
        }
    }
}
