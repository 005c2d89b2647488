//! Foreign text on its way into HTML.

use std::borrow::Cow;
use std::io::{self, Write};

/// Text for an element or a quoted attribute.
pub(super) fn text(text: &str) -> Cow<'_, str> {
    if !text.contains(['&', '<', '>', '"', '\'']) && !text.contains(char::is_control) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c if c.is_control() && c != '\n' && c != '\t' => out.push('\u{FFFD}'),
            c => out.push(c),
        }
    }
    Cow::Owned(out)
}

/// Passes JSON through so that it can stand inside `<script>`: `<`, `>` and `&`, which JSON has only within
/// strings, become `\u003c` and the like. No string can then end the element or open a comment.
pub(super) struct JsonInHtml<W: Write>(pub W);

impl<W: Write> Write for JsonInHtml<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let mut rest = bytes;
        while let Some(at) = rest.iter().position(|b| matches!(b, b'<' | b'>' | b'&')) {
            self.0.write_all(&rest[..at])?;
            self.0.write_all(match rest[at] {
                b'<' => b"\\u003c",
                b'>' => b"\\u003e",
                _ => b"\\u0026",
            })?;
            rest = &rest[at + 1..];
        }
        self.0.write_all(rest)?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_becomes_text() {
        assert_eq!(text("<b title='x'>\"&"), "&lt;b title=&#39;x&#39;&gt;&quot;&amp;");
        assert_eq!(text("Bản Na\u{1b}[31m"), "Bản Na\u{FFFD}[31m");
        assert_eq!(text("Bản Na"), "Bản Na");
    }

    #[test]
    fn json_cannot_end_its_element_and_means_the_same() {
        let value = "</script><!-- & Bản";
        let mut out = Vec::new();
        serde_json::to_writer(JsonInHtml(&mut out), value).unwrap();
        let json = String::from_utf8(out).unwrap();
        assert!(!json.contains(['<', '>', '&']), "{json}");
        assert_eq!(serde_json::from_str::<String>(&json).unwrap(), value);
    }
}
