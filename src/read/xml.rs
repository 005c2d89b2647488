//! The little of XML that workbooks need: events without namespaces' prefixes, attributes, texts.
//!
//! Entities other than the five of XML and character references are dropped, so none can expand.

use std::io::BufRead;

use quick_xml::Reader;
use quick_xml::events::{BytesEnd, BytesStart, Event};

use super::error::Fault;

/// Tags within tags at most: a workbook needs a dozen.
const MAX_DEPTH: u32 = 256;

/// What a pull yields.
#[derive(Debug)]
pub(super) enum Pull<'b> {
    /// A tag opens; an empty one is followed by its [`Pull::Close`].
    Open(BytesStart<'b>),
    Close(BytesEnd<'b>),
    Text(String),
    End,
}

/// A pull parser over a part.
pub(super) struct Xml<'r> {
    reader: Reader<&'r mut dyn BufRead>,
    buffer: Vec<u8>,
    depth: u32,
}

impl<'r> Xml<'r> {
    pub fn new(source: &'r mut dyn BufRead) -> Xml<'r> {
        let mut reader = Reader::from_reader(source);
        let config = reader.config_mut();
        config.expand_empty_elements = true;
        config.check_end_names = false;
        config.allow_unmatched_ends = true;
        config.allow_dangling_amp = true;
        Xml { reader, buffer: Vec::with_capacity(1_024), depth: 0 }
    }

    /// The next event of interest.
    pub fn pull(&mut self) -> Result<Pull<'_>, Fault> {
        self.buffer.clear();
        let event = self
            .reader
            .read_event_into(&mut self.buffer)
            .map_err(|error| Fault::corrupt(error.to_string()))?;
        Ok(match event {
            Event::Start(tag) => {
                self.depth += 1;
                if self.depth > MAX_DEPTH {
                    return Err(Fault::Limit { what: "tags within tags", limit: u64::from(MAX_DEPTH) });
                }
                Pull::Open(tag)
            }
            Event::End(tag) => {
                self.depth = self.depth.saturating_sub(1);
                Pull::Close(tag)
            }
            Event::Text(text) => Pull::Text(text.xml10_content().into_owned()),
            Event::CData(text) => Pull::Text(text.xml10_content().into_owned()),
            Event::GeneralRef(entity) => {
                let character = match entity.resolve_char_ref() {
                    Ok(Some(c)) => Some(c),
                    _ => match entity.xml10_content().as_ref() {
                        "amp" => Some('&'),
                        "lt" => Some('<'),
                        "gt" => Some('>'),
                        "quot" => Some('"'),
                        "apos" => Some('\''),
                        _ => None,
                    },
                };
                Pull::Text(character.map(String::from).unwrap_or_default())
            }
            Event::Eof => Pull::End,
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_) => {
                Pull::Text(String::new())
            }
            Event::Empty(_) => Pull::Text(String::new()),
        })
    }
}

/// The local name of a tag.
pub(super) fn name<'t>(tag: &'t BytesStart<'_>) -> &'t str {
    local(tag.name().0)
}

/// The local name of a closing tag.
pub(super) fn end_name<'t>(tag: &'t BytesEnd<'_>) -> &'t str {
    local(tag.name().0)
}

fn local(full: &str) -> &str {
    full.rsplit(':').next().unwrap_or(full)
}

/// An attribute by its local name, unescaped.
pub(super) fn attribute(tag: &BytesStart<'_>, wanted: &str) -> Option<String> {
    tag.attributes().with_checks(false).flatten().find_map(|attribute| {
        let key = attribute.key.0;
        (key.rsplit(':').next() == Some(wanted)).then(|| {
            quick_xml::escape::unescape(&attribute.value)
                .map_or_else(|_| attribute.value.to_string(), std::borrow::Cow::into_owned)
        })
    })
}

/// Whether an attribute says yes.
pub(super) fn flag(tag: &BytesStart<'_>, wanted: &str) -> bool {
    matches!(attribute(tag, wanted).as_deref(), Some("1" | "true" | "on"))
}
