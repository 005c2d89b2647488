//! Text that came from a file, on its way into a CSV that a spreadsheet program may open.

use std::borrow::Cow;

/// Makes text harmless to spreadsheet programs, which run a cell as a formula when it begins with `=`, `+`,
/// `-`, `@`, a tab or a carriage return: such text gets an apostrophe in front (OWASP, "CSV Injection").
/// Plain numbers stay as they are.
pub fn csv_text(text: &str) -> Cow<'_, str> {
    let dangerous = text
        .trim_start_matches([' ', '\u{a0}'])
        .starts_with(['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠']);
    if dangerous && text.trim().parse::<f64>().is_err() {
        Cow::Owned(format!("'{text}"))
    } else {
        Cow::Borrowed(text)
    }
}

#[cfg(test)]
mod tests {
    use super::csv_text;

    #[test]
    fn formulas_become_text_and_numbers_stay() {
        assert_eq!(csv_text("=cmd|' /C calc'!A0"), "'=cmd|' /C calc'!A0");
        assert_eq!(csv_text("@SUM(1)"), "'@SUM(1)");
        assert_eq!(csv_text(" +1+1"), "' +1+1");
        assert_eq!(csv_text("-12.5"), "-12.5");
        assert_eq!(csv_text("Bản Na"), "Bản Na");
    }
}
