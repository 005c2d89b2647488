//! XML at the level of its text: tags found by quick-xml, changed in place, everything between them left alone.

use std::borrow::Cow;
use std::ops::Range;

use quick_xml::Reader;
use quick_xml::events::Event;

use crate::read::error::Fault;

/// The most characters (UTF-16) that a cell or comment may hold.
pub(super) const MAX_TEXT: usize = 32_767;

/// A tag at its place in the text of a part.
#[derive(Debug, Clone)]
pub(super) struct Tag {
    /// Where it stands.
    pub at: Range<usize>,
    pub kind: Kind,
    /// How many elements are open around it.
    pub depth: u32,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Open,
    Close,
    /// `<a/>`
    Empty,
}

impl Tag {
    /// The tag itself, with its brackets.
    pub fn raw<'t>(&self, text: &'t str) -> &'t str {
        text.get(self.at.clone()).unwrap_or("")
    }

    /// Its name with the prefix.
    pub fn full_name<'t>(&self, text: &'t str) -> &'t str {
        let raw = self.raw(text).trim_start_matches(['<', '/']);
        raw.split(|c: char| c.is_whitespace() || c == '>' || c == '/').next().unwrap_or("")
    }

    /// Its name without the prefix.
    pub fn name<'t>(&self, text: &'t str) -> &'t str {
        let full = self.full_name(text);
        full.rsplit(':').next().unwrap_or(full)
    }

    /// Whether it begins an element of this name.
    pub fn begins(&self, text: &str, name: &str) -> bool {
        self.kind != Kind::Close && self.name(text) == name
    }
}

/// Goes through the tags of a text.
pub(super) struct Tags<'t> {
    reader: Reader<&'t [u8]>,
    text: &'t str,
    depth: u32,
}

impl<'t> Tags<'t> {
    pub fn of(text: &'t str) -> Tags<'t> {
        let mut reader = Reader::from_str(text);
        let config = reader.config_mut();
        config.check_end_names = false;
        config.allow_unmatched_ends = true;
        config.allow_dangling_amp = true;
        Tags { reader, text, depth: 0 }
    }

    /// The next tag; `None` at the end.
    pub fn next(&mut self) -> Result<Option<Tag>, Fault> {
        loop {
            let start = self.position();
            let event = self.reader.read_event().map_err(|error| Fault::corrupt(error.to_string()))?;
            let kind = match event {
                Event::Start(_) => Kind::Open,
                Event::End(_) => Kind::Close,
                Event::Empty(_) => Kind::Empty,
                Event::Eof => return Ok(None),
                _ => continue,
            };
            let at = start..self.position();
            if kind == Kind::Close {
                self.depth = self.depth.saturating_sub(1);
            }
            let tag = Tag { at, kind, depth: self.depth };
            if !tag.raw(self.text).starts_with('<') {
                return Err(Fault::corrupt("its XML is not well-formed"));
            }
            if kind == Kind::Open {
                self.depth += 1;
            }
            return Ok(Some(tag));
        }
    }

    fn position(&self) -> usize {
        usize::try_from(self.reader.buffer_position()).unwrap_or(usize::MAX)
    }
}

/// The prefix of the first element, with its colon (`x:`), or nothing.
pub(super) fn root_prefix(text: &str) -> Result<String, Fault> {
    let root = Tags::of(text).next()?.ok_or_else(|| Fault::corrupt("a part of it is empty"))?;
    let full = root.full_name(text);
    Ok(full.rsplit_once(':').map(|(prefix, _)| format!("{prefix}:")).unwrap_or_default())
}

/// Changes to a text, applied at once.
#[derive(Debug, Default)]
pub(super) struct Edits(Vec<(Range<usize>, String)>);

impl Edits {
    pub fn replace(&mut self, at: Range<usize>, with: impl Into<String>) {
        self.0.push((at, with.into()));
    }

    pub fn insert(&mut self, at: usize, what: impl Into<String>) {
        self.replace(at..at, what);
    }

    /// The text with the changes made. Insertions at one place keep their order.
    pub fn apply(mut self, text: &str) -> String {
        self.0.sort_by_key(|(at, _)| (at.start, at.end));
        let added: usize = self.0.iter().map(|(_, with)| with.len()).sum();
        let mut out = String::with_capacity(text.len() + added);
        let mut from = 0;
        for (at, with) in self.0 {
            out.push_str(text.get(from..at.start).unwrap_or(""));
            out.push_str(&with);
            from = at.end.max(from);
        }
        out.push_str(text.get(from..).unwrap_or(""));
        out
    }
}

/// Where each attribute of a tag stands: name, value without its quotes, all of it with the blank in front.
fn attributes(raw: &str) -> Vec<(&str, &str, Range<usize>)> {
    let bytes = raw.as_bytes();
    let mut found = Vec::new();
    let mut at = raw.find(|c: char| c.is_whitespace()).unwrap_or(raw.len());
    while at < bytes.len() {
        let begin = at;
        while bytes.get(at).is_some_and(u8::is_ascii_whitespace) {
            at += 1;
        }
        let name_start = at;
        while bytes.get(at).is_some_and(|b| !b.is_ascii_whitespace() && !b"=/>".contains(b)) {
            at += 1;
        }
        let name = &raw[name_start..at];
        while bytes.get(at).is_some_and(u8::is_ascii_whitespace) {
            at += 1;
        }
        if name.is_empty() || bytes.get(at) != Some(&b'=') {
            break;
        }
        at += 1;
        while bytes.get(at).is_some_and(u8::is_ascii_whitespace) {
            at += 1;
        }
        let Some(quote) = bytes.get(at).filter(|b| b"\"'".contains(b)) else { break };
        let value_start = at + 1;
        let Some(length) = bytes[value_start..].iter().position(|b| b == quote) else { break };
        at = value_start + length + 1;
        found.push((name, &raw[value_start..value_start + length], begin..at));
    }
    found
}

/// An attribute by its local name, unescaped.
pub(super) fn attribute<'t>(raw: &'t str, wanted: &str) -> Option<Cow<'t, str>> {
    let (_, value, _) =
        attributes(raw).into_iter().find(|(name, ..)| name.rsplit(':').next() == Some(wanted))?;
    Some(quick_xml::escape::unescape(value).unwrap_or(Cow::Borrowed(value)))
}

/// A number in an attribute.
pub(super) fn number(raw: &str, wanted: &str) -> Option<u32> {
    attribute(raw, wanted)?.trim().parse().ok()
}

/// The tag with an attribute (written without prefix) set.
pub(super) fn with_attribute(raw: &str, name: &str, value: &str) -> String {
    let written = format!(" {name}=\"{}\"", escape(value));
    let known = attributes(raw).into_iter().find(|(found, ..)| *found == name);
    let place = known.map_or_else(
        || {
            let end = raw.trim_end_matches(['>', '/']).trim_end().len();
            end..end
        },
        |(.., at)| at,
    );
    format!("{}{written}{}", &raw[..place.start], &raw[place.end..])
}

/// The tag without an attribute.
pub(super) fn without_attribute(raw: &str, name: &str) -> String {
    match attributes(raw).into_iter().find(|(found, ..)| *found == name) {
        Some((.., at)) => format!("{}{}", &raw[..at.start], &raw[at.end..]),
        None => raw.to_owned(),
    }
}

/// `<a/>` as `<a>`.
pub(super) fn opened(raw: &str) -> String {
    format!("{}>", raw.trim_end_matches(['>', '/']).trim_end())
}

/// Adds children at the end of the element of this name (its last one, where there are several).
pub(super) fn append_to(text: &str, element: &str, children: &str) -> Result<Option<String>, Fault> {
    let mut tags = Tags::of(text);
    let mut place = None;
    while let Some(tag) = tags.next()? {
        if tag.name(text) == element && tag.kind != Kind::Open {
            place = Some(tag);
        }
    }
    let Some(tag) = place else { return Ok(None) };
    let mut edits = Edits::default();
    match tag.kind {
        Kind::Empty => {
            let raw = tag.raw(text);
            edits.replace(tag.at.clone(), format!("{}{children}</{}>", opened(raw), tag.full_name(text)));
        }
        _ => edits.insert(tag.at.start, children),
    }
    Ok(Some(edits.apply(text)))
}

/// Text for XML: escaped, without what XML cannot hold, at most as long as a cell may be.
pub(super) fn text(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut units = 0;
    for (at, c) in text.char_indices() {
        let allowed = !c.is_control() && !matches!(c, '\u{FFFE}' | '\u{FFFF}') || matches!(c, '\n' | '\t');
        // `_x0041_` would be read as the letter A (ECMA-376 part 1, 22.9.2.19): its first `_` is written as an
        // escape itself.
        let is_escape = c == '_' && looks_like_escape(&text[at..]);
        units += if is_escape { 7 } else { c.len_utf16() };
        if units > MAX_TEXT {
            break;
        }
        match c {
            _ if is_escape => out.push_str("_x005F_"),
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            _ if allowed => out.push(c),
            _ => {}
        }
    }
    out
}

fn looks_like_escape(rest: &str) -> bool {
    let bytes = rest.as_bytes();
    bytes.len() >= 7 && bytes[1] == b'x' && bytes[6] == b'_' && bytes[2..6].iter().all(u8::is_ascii_hexdigit)
}

/// A value for an attribute.
pub(super) fn escape(value: &str) -> String {
    text(value).replace('\n', "&#10;").replace('\t', "&#9;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attributes_are_set_changed_and_taken_away() {
        assert_eq!(with_attribute("<c r=\"A1\" s='3' t=\"s\">", "s", "7"), "<c r=\"A1\" s=\"7\" t=\"s\">");
        assert_eq!(with_attribute("<c r=\"A1\" />", "s", "7"), "<c r=\"A1\" s=\"7\" />");
        assert_eq!(with_attribute("<c>", "s", "7"), "<c s=\"7\">");
        assert_eq!(with_attribute("<c a=\">/\"/>", "s", "7"), "<c a=\">/\" s=\"7\"/>");
        assert_eq!(
            without_attribute("<row r=\"1\" spans=\"1:3\" ht=\"9\">", "spans"),
            "<row r=\"1\" ht=\"9\">"
        );
        assert_eq!(attribute("<sheet name='a &amp; b' r:id = \"x\"/>", "name").as_deref(), Some("a & b"));
        assert_eq!(attribute("<sheet name='a' r:id = \"x\"/>", "id").as_deref(), Some("x"));
    }

    #[test]
    fn children_are_added_at_the_end_of_open_and_of_empty_elements() {
        let added = append_to("<x:a><b/></x:a>", "a", "<c/>").unwrap();
        assert_eq!(added.as_deref(), Some("<x:a><b/><c/></x:a>"));
        assert_eq!(append_to("<a k=\"1\" />", "a", "<c/>").unwrap().as_deref(), Some("<a k=\"1\"><c/></a>"));
        assert_eq!(append_to("<a/>", "b", "<c/>").unwrap(), None);
    }

    #[test]
    fn text_is_made_harmless() {
        assert_eq!(text("a\u{0}\u{1b}b<&>\"\n"), "ab&lt;&amp;&gt;&quot;\n");
        assert_eq!(text("_x0041_ _x_"), "_x005F_x0041_ _x_");
        assert_eq!(text(&"😀".repeat(20_000)).encode_utf16().count(), 32_766);
    }

    #[test]
    fn tags_know_their_place_among_entities_comments_and_cdata() {
        let xml = "<?xml version=\"1.0\"?><!-- <n/> --><a>x &amp; y<![CDATA[<n/>]]><b c=\"&gt;\"/></a>";
        let mut tags = Tags::of(xml);
        let mut seen = Vec::new();
        while let Some(tag) = tags.next().unwrap() {
            seen.push((tag.raw(xml), tag.depth));
        }
        assert_eq!(seen, [("<a>", 0), ("<b c=\"&gt;\"/>", 1), ("</a>", 0)]);
    }
}
