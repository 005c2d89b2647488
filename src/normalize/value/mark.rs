//! Yes and no: crosses, ticks, words.

use super::{NotUnderstood, is_blank};
use crate::text::fold;

/// The meaning of a mark; `None` where nothing is written.
///
/// # Errors
/// [`NotUnderstood`] for anything that is neither yes nor no.
pub fn parse_mark(text: &str) -> Result<Option<bool>, NotUnderstood> {
    let text = text.trim();
    if is_blank(text) {
        return Ok(None);
    }
    if text.chars().all(|c| matches!(c, '✓' | '✔' | '☑' | '✅' | '√' | '×' | '\u{FE0F}')) {
        // × stands for x, which marks a yes in these lists. Crosses that are no letter (✗) may mean either.
        return Ok(Some(true));
    }
    // A mark with a question behind it is no answer.
    if text.contains('?') {
        return Err(NotUnderstood(text.to_owned()));
    }
    match fold(text).as_str() {
        "x" | "xx" | "có" | "co" | "đã có" | "da co" | "1" | "v" | "true" | "yes" | "y" | "đúng" | "rồi"
        | "đã" => Ok(Some(true)),
        "không" | "khong" | "không có" | "khong co" | "chưa" | "chua" | "chưa có" | "chua co" | "0"
        | "false" | "no" | "n" | "k" | "ko" | "sai" => Ok(Some(false)),
        _ => Err(NotUnderstood(text.to_owned())),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn yes_no_and_nothing() {
        for text in [
            "x",
            "X",
            " x ",
            "có",
            "Có",
            "CÓ",
            "1",
            "✓",
            "✔",
            "✔\u{FE0F}",
            "v",
            "V",
            "true",
            "TRUE",
            "yes",
            "co",
        ] {
            assert_eq!(parse_mark(text), Ok(Some(true)), "{text}");
        }
        for text in ["không", "Không", "chưa", "Chưa có", "chưa có.", "0", "false", "FALSE", "no", "khong"]
        {
            assert_eq!(parse_mark(text), Ok(Some(false)), "{text}");
        }
        for text in ["", "  ", "-"] {
            assert_eq!(parse_mark(text), Ok(None), "{text}");
        }
    }

    #[test]
    fn other_words_are_told() {
        for text in ["có thể", "2", "?", "một phần", "xy", "❌", "✗"] {
            assert_eq!(parse_mark(text), Err(NotUnderstood(text.to_owned())), "{text}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_survived(text in any::<String>()) {
            let _ = parse_mark(&text);
        }
    }
}
