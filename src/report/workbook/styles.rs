//! The style sheet: fills for errors and warnings, and for every marked cell a format that is its own but for the fill.

use std::collections::BTreeMap;

use super::relations::TRANSITIONAL;
use super::tag::{Edits, Kind, Tags, opened, with_attribute};
use crate::finding::Level;
use crate::read::error::Fault;

/// Red-ish and yellow-ish, one step beside Excel's own "Bad" and "Neutral": so that they are known again as ours when the
/// workbook comes back.
pub(super) const ERROR_FILL: &str = "FFFFC7CF";
pub(super) const WARNING_FILL: &str = "FFFFEB9D";

/// The sections in the order that the schema wants (ECMA-376 part 1, CT_Stylesheet).
const SECTIONS: [&str; 11] = [
    "numFmts",
    "fonts",
    "fills",
    "borders",
    "cellStyleXfs",
    "cellXfs",
    "cellStyles",
    "dxfs",
    "tableStyles",
    "colors",
    "extLst",
];

/// The formats of the added sheet.
#[derive(Debug, Clone, Copy)]
pub(super) struct ListStyles {
    pub plain: usize,
    pub title: usize,
    pub header: usize,
    pub link: usize,
    pub error: usize,
    pub warning: usize,
}

/// The style sheet while formats are asked of it.
pub(super) struct Styles {
    text: String,
    prefix: String,
    /// The cell formats as they stand, each whole.
    formats: Vec<String>,
    /// How many of them the style sheet has itself.
    known: usize,
    has_base_formats: bool,
    /// How many fonts and fills there are.
    fonts: usize,
    fills: usize,
    added: Vec<String>,
    derived: BTreeMap<(usize, Level), usize>,
}

impl Styles {
    /// Reads the style sheet; without one, an empty one is begun.
    pub fn new(text: Option<String>) -> Result<Styles, Fault> {
        let text = text.unwrap_or_else(|| {
            format!(
                "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<styleSheet xmlns=\"{}\"></styleSheet>",
                TRANSITIONAL.main
            )
        });
        let prefix = super::tag::root_prefix(&text)?;
        let mut styles = Styles {
            prefix,
            formats: Vec::new(),
            known: 0,
            has_base_formats: false,
            fonts: 0,
            fills: 0,
            added: Vec::new(),
            derived: BTreeMap::new(),
            text: String::new(),
        };
        styles.count(&text)?;
        styles.text = text;
        styles.known = styles.formats.len();
        // What a cell without a format means.
        if styles.formats.is_empty() {
            let prefix = &styles.prefix;
            let base = format!("<{prefix}xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\"/>");
            styles.formats.push(base.clone());
            styles.added.push(base);
        }
        Ok(styles)
    }

    fn count(&mut self, text: &str) -> Result<(), Fault> {
        let mut tags = Tags::of(text);
        let mut section = "";
        let mut format_start = None;
        while let Some(tag) = tags.next()? {
            let name = tag.name(text);
            match (tag.depth, tag.kind) {
                (1, Kind::Close) => section = "",
                (1, Kind::Open) => section = SECTIONS.iter().find(|known| **known == name).unwrap_or(&""),
                (2, Kind::Open | Kind::Empty) => match (section, name) {
                    ("fonts", "font") => self.fonts += 1,
                    ("fills", "fill") => self.fills += 1,
                    ("cellStyleXfs", "xf") => self.has_base_formats = true,
                    ("cellXfs", "xf") if tag.kind == Kind::Empty => {
                        self.formats.push(tag.raw(text).to_owned());
                    }
                    ("cellXfs", "xf") => format_start = Some(tag.at.start),
                    _ => {}
                },
                (2, Kind::Close) if section == "cellXfs" && name == "xf" => {
                    let whole = format_start.take().and_then(|start| text.get(start..tag.at.end));
                    self.formats.extend(whole.map(str::to_owned));
                }
                _ => {}
            }
        }
        Ok(())
    }

    fn first_fill(&self) -> usize {
        // Every style sheet begins with "none" and "gray125"; one that has no fills gets them.
        if self.fills == 0 { 2 } else { self.fills }
    }

    fn first_font(&self) -> usize {
        self.fonts.max(1)
    }

    fn fill(&self, level: Level) -> usize {
        self.first_fill() + usize::from(level == Level::Warning)
    }

    fn add(&mut self, format: String) -> usize {
        self.added.push(format);
        self.known + self.added.len() - 1
    }

    /// The format of a marked cell: `format` with the fill of the level. Remarks have no fill.
    pub fn marked(&mut self, format: usize, level: Level) -> usize {
        if level == Level::Info {
            return format;
        }
        if let Some(known) = self.derived.get(&(format, level)) {
            return *known;
        }
        let own = self.formats.get(format).or(self.formats.first()).cloned().unwrap_or_default();
        let head_end = own.find('>').map_or(own.len(), |at| at + 1);
        let (head, rest) = own.split_at(head_end);
        let head = with_attribute(head, "fillId", &self.fill(level).to_string());
        let head = with_attribute(&head, "applyFill", "1");
        let added = self.add(format!("{head}{rest}"));
        self.derived.insert((format, level), added);
        added
    }

    /// The formats of the added sheet.
    pub fn list_styles(&mut self) -> ListStyles {
        let (bold, link) = (self.first_font(), self.first_font() + 1);
        let (error, warning) = (self.fill(Level::Error), self.fill(Level::Warning));
        let base = if self.has_base_formats { " xfId=\"0\"" } else { "" };
        let mut add = |font: usize, fill: usize, wrap: bool| {
            let prefix = &self.prefix;
            let wrap = if wrap { " wrapText=\"1\"" } else { "" };
            let format = format!(
                "<{prefix}xf numFmtId=\"0\" fontId=\"{font}\" fillId=\"{fill}\" borderId=\"0\"{base} quotePrefix=\"1\" \
                 applyFont=\"1\" applyFill=\"1\" applyAlignment=\"1\"><{prefix}alignment vertical=\"top\"{wrap}/></{prefix}xf>"
            );
            self.add(format)
        };
        ListStyles {
            plain: add(0, 0, true),
            title: add(bold, 0, false),
            header: add(bold, 0, true),
            link: add(link, 0, false),
            error: add(0, error, false),
            warning: add(0, warning, false),
        }
    }

    /// The style sheet with everything added.
    pub fn finish(self) -> Result<String, Fault> {
        let prefix = &self.prefix;
        let solid = |colour: &str| {
            format!(
                "<{prefix}fill><{prefix}patternFill patternType=\"solid\"><{prefix}fgColor rgb=\"{colour}\"/>\
                 <{prefix}bgColor indexed=\"64\"/></{prefix}patternFill></{prefix}fill>"
            )
        };
        let plain_font =
            format!("<{prefix}font><{prefix}sz val=\"11\"/><{prefix}name val=\"Calibri\"/></{prefix}font>");
        let default_fonts = if self.fonts == 0 { plain_font.as_str() } else { "" };
        let fonts = format!(
            "{default_fonts}<{prefix}font><{prefix}b/><{prefix}sz val=\"11\"/><{prefix}name val=\"Calibri\"/></{prefix}font>\
             <{prefix}font><{prefix}u/><{prefix}sz val=\"11\"/><{prefix}color rgb=\"FF0563C1\"/><{prefix}name val=\"Calibri\"/></{prefix}font>"
        );
        let pattern = |kind: &str| {
            format!("<{prefix}fill><{prefix}patternFill patternType=\"{kind}\"/></{prefix}fill>")
        };
        let default_fills =
            if self.fills == 0 { pattern("none") + &pattern("gray125") } else { String::new() };
        let fills = format!("{default_fills}{}{}", solid(ERROR_FILL), solid(WARNING_FILL));
        let text = add_to_section(&self.text, prefix, "fonts", &fonts, self.first_font() + 2)?;
        let text = add_to_section(&text, prefix, "fills", &fills, self.first_fill() + 2)?;
        let text = if text.contains(":borders") || text.contains("<borders") {
            text
        } else {
            add_to_section(&text, prefix, "borders", &format!("<{prefix}border/>"), 1)?
        };
        add_to_section(&text, prefix, "cellXfs", &self.added.concat(), self.known + self.added.len())
    }
}

/// Adds children to a section and sets its count; makes the section, in its place, where there is none.
fn add_to_section(
    text: &str,
    prefix: &str,
    section: &str,
    children: &str,
    count: usize,
) -> Result<String, Fault> {
    let rank = |name: &str| SECTIONS.iter().position(|known| *known == name);
    let own = rank(section);
    let mut edits = Edits::default();
    let mut tags = Tags::of(text);
    let mut later = None;
    let mut done = false;
    while let Some(tag) = tags.next()? {
        if tag.depth == 0 && (tag.kind == Kind::Close || tag.kind == Kind::Empty) {
            later = later.or(Some(tag.clone()));
        }
        if tag.depth != 1 || done {
            continue;
        }
        let name = tag.name(text);
        if name == section {
            let head = with_attribute(tag.raw(text), "count", &count.to_string());
            match tag.kind {
                Kind::Empty => {
                    let full = tag.full_name(text);
                    edits.replace(tag.at.clone(), format!("{}{children}</{full}>", opened(&head)));
                    done = true;
                }
                Kind::Open => edits.replace(tag.at.clone(), head),
                Kind::Close => {
                    edits.insert(tag.at.start, children);
                    done = true;
                }
            }
        } else if later.is_none() && tag.kind != Kind::Close && rank(name) > own {
            later = Some(tag);
        }
    }
    if !done {
        let place = later.ok_or_else(|| Fault::corrupt("its styles end in the middle"))?;
        let whole = format!("<{prefix}{section} count=\"{count}\">{children}</{prefix}{section}>");
        match (place.depth, place.kind) {
            (0, Kind::Empty) => {
                let head = opened(place.raw(text));
                edits.replace(place.at.clone(), format!("{head}{whole}</{}>", place.full_name(text)));
            }
            _ => edits.insert(place.at.start, whole),
        }
    }
    Ok(edits.apply(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    const SHEET: &str = "<styleSheet xmlns=\"m\"><numFmts count=\"1\"><numFmt numFmtId=\"164\" formatCode=\"0.0\"/></numFmts>\
        <fonts count=\"1\"><font/></fonts><fills count=\"2\"><fill><patternFill/></fill><fill/></fills><borders count=\"1\"><border/></borders>\
        <cellStyleXfs count=\"1\"><xf/></cellStyleXfs><cellXfs count=\"2\"><xf numFmtId=\"0\"/>\
        <xf numFmtId=\"164\" fillId=\"1\" borderId=\"0\"><alignment horizontal=\"center\"/></xf></cellXfs><dxfs/></styleSheet>";

    #[test]
    fn a_marked_format_keeps_everything_but_the_fill() {
        let mut styles = Styles::new(Some(SHEET.to_owned())).unwrap();
        assert_eq!(styles.marked(1, Level::Error), 2);
        assert_eq!(styles.marked(1, Level::Warning), 3);
        assert_eq!(styles.marked(1, Level::Error), 2, "made once");
        assert_eq!(styles.marked(1, Level::Info), 1);
        let text = styles.finish().unwrap();
        assert!(text.contains("<cellXfs count=\"4\">") && text.contains("<fills count=\"4\">"), "{text}");
        assert!(text.contains(
            "<xf numFmtId=\"164\" fillId=\"2\" borderId=\"0\" applyFill=\"1\"><alignment horizontal=\"center\"/></xf>"
        ));
        assert!(text.contains("fillId=\"3\"") && text.ends_with("</cellXfs><dxfs/></styleSheet>"), "{text}");
    }

    #[test]
    fn without_sections_or_without_a_style_sheet_they_are_made_in_order() {
        for text in [None, Some("<x:styleSheet xmlns:x=\"m\"/>".to_owned())] {
            let mut styles = Styles::new(text).unwrap();
            assert_eq!(styles.marked(0, Level::Error), 1);
            let plain = styles.list_styles().plain;
            assert_eq!(plain, 2);
            let text = styles.finish().unwrap();
            let order: Vec<Option<usize>> =
                ["fonts count=\"3\"", "fills count=\"4\"", "borders count=\"1\"", "cellXfs count=\"8\""]
                    .iter()
                    .map(|section| text.find(section))
                    .collect();
            assert!(order.iter().all(Option::is_some) && order.is_sorted(), "{order:?} in {text}");
        }
    }
}
