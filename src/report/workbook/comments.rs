//! Comments: the part with the words, and the VML drawing with the boxes that Excel and LibreOffice show them in.
//! What a carrier's own people commented stays; ours comes below it.

use std::collections::BTreeMap;

use super::relations::Dialect;
use super::tag::{Edits, Kind, Tags, append_to, attribute, root_prefix, text as xml_text};
use crate::finding::column_letters;
use crate::read::error::Fault;
use crate::read::xlsx_sheet::position;

const AUTHOR: &str = "phusong";

/// Comments by row (from 1) and column (from 0).
pub(super) type Comments = BTreeMap<(u32, u32), String>;

/// The comments part with ours added, and the cells that need a box of their own: those without a comment so far.
pub(super) fn add_words(
    part: Option<String>,
    comments: &Comments,
    dialect: Dialect,
) -> Result<(String, Vec<(u32, u32)>), Fault> {
    let part = part.unwrap_or_else(|| {
        format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<comments xmlns=\"{}\"><authors></authors>\
             <commentList></commentList></comments>",
            dialect.main
        )
    });
    let prefix = root_prefix(&part)?;
    let no_authors = || Fault::corrupt("a comments part of it has no authors");
    let (count, own) = authors(&part)?;
    let author = match own {
        Some(_) => String::new(),
        None => format!("<{prefix}author>{AUTHOR}</{prefix}author>"),
    };
    let authors = own.unwrap_or(count);
    let part = append_to(&part, "authors", &author)?.ok_or_else(no_authors)?;
    let (part, commented) = add_to_existing(&part, &prefix, comments)?;
    let mut added = String::new();
    let mut boxes = Vec::new();
    for ((row, column), words) in comments.iter().filter(|(at, _)| !commented.contains(at)) {
        added.push_str(&format!(
            "<{prefix}comment ref=\"{}{row}\" authorId=\"{authors}\"><{prefix}text>{}</{prefix}text></{prefix}comment>",
            column_letters(*column),
            run(&prefix, words)
        ));
        boxes.push((*row, *column));
    }
    let part = append_to(&part, "commentList", &added)?
        .ok_or_else(|| Fault::corrupt("a comments part of it has no list"))?;
    Ok((part, boxes))
}

fn run(prefix: &str, words: &str) -> String {
    format!("<{prefix}r><{prefix}t xml:space=\"preserve\">{}</{prefix}t></{prefix}r>", xml_text(words))
}

/// How many authors there are, and which of them we are since an earlier return.
fn authors(part: &str) -> Result<(u32, Option<u32>), Fault> {
    let mut tags = Tags::of(part);
    let (mut count, mut own) = (0, None);
    while let Some(tag) = tags.next()? {
        if tag.begins(part, "author") {
            let name = part.get(tag.at.end..).and_then(|rest| rest.split('<').next());
            if tag.kind == Kind::Open && name == Some(AUTHOR) {
                own = own.or(Some(count));
            }
            count += 1;
        }
    }
    Ok((count, own))
}

/// Puts our words below those of cells that have a comment already, and names these cells.
fn add_to_existing(
    part: &str,
    prefix: &str,
    comments: &Comments,
) -> Result<(String, Vec<(u32, u32)>), Fault> {
    let mut tags = Tags::of(part);
    let mut edits = Edits::default();
    let mut commented = Vec::new();
    let mut own: Option<&String> = None;
    let mut text_depth = None;
    while let Some(tag) = tags.next()? {
        match (tag.name(part), tag.kind) {
            ("comment", Kind::Open) => {
                let cell = attribute(tag.raw(part), "ref").and_then(|cell| position(&cell));
                own = cell.and_then(|cell| comments.get(&cell));
                commented.extend(cell.filter(|_| own.is_some()));
            }
            ("text", Kind::Open) if own.is_some() => text_depth = Some(tag.depth),
            // Plain text beside runs is not shown by every program: it becomes a run.
            ("t", kind) if text_depth.is_some_and(|depth| tag.depth == depth + 1) => match kind {
                Kind::Open => edits.insert(tag.at.start, format!("<{prefix}r>")),
                Kind::Close => edits.insert(tag.at.end, format!("</{prefix}r>")),
                Kind::Empty => edits.replace(tag.at.clone(), ""),
            },
            ("rPh" | "phoneticPr", Kind::Open | Kind::Empty)
                if text_depth.is_some_and(|depth| tag.depth == depth + 1) =>
            {
                if let Some(words) = own.take() {
                    edits.insert(tag.at.start, run(prefix, &format!("\n{words}")));
                }
            }
            ("text", kind) if kind != Kind::Open => {
                if let Some(words) = own.take() {
                    let words = run(prefix, &format!("\n{words}"));
                    match kind {
                        Kind::Empty => {
                            edits.replace(tag.at.clone(), format!("<{prefix}text>{words}</{prefix}text>"))
                        }
                        _ => edits.insert(tag.at.start, words),
                    }
                }
                text_depth = None;
            }
            _ => {}
        }
    }
    Ok((edits.apply(part), commented))
}

const V: &str = "xmlns:v=\"urn:schemas-microsoft-com:vml\"";
const O: &str = "xmlns:o=\"urn:schemas-microsoft-com:office:office\"";
const X: &str = "xmlns:x=\"urn:schemas-microsoft-com:office:excel\"";
const SHAPE_TYPE: &str = "<v:shapetype id=\"_x0000_t202\" coordsize=\"21600,21600\" o:spt=\"202\" \
    path=\"m,l,21600r21600,l21600,xe\"><v:stroke joinstyle=\"miter\"/>\
    <v:path gradientshapeok=\"t\" o:connecttype=\"rect\"/></v:shapetype>";

/// The drawing with a box for each of the cells. An existing drawing is not always well-formed XML (Excel writes
/// `<br>`), so it is only added to, at its end.
pub(super) fn add_boxes(
    drawing: Option<String>,
    cells: &[(u32, u32)],
    comments: &Comments,
    sheet_number: usize,
) -> Result<String, Fault> {
    // Excel deals ids out in blocks of 1,024 to a drawing.
    let block = sheet_number + 1;
    let blocks: Vec<String> = (block..=block + cells.len() / 1_000).map(|n| n.to_string()).collect();
    let drawing = drawing.unwrap_or_else(|| {
        format!(
            "<xml {V} {O} {X}><o:shapelayout v:ext=\"edit\"><o:idmap v:ext=\"edit\" data=\"{}\"/></o:shapelayout></xml>",
            blocks.join(",")
        )
    });
    let end = drawing.rfind("</xml").ok_or_else(|| Fault::corrupt("a drawing of it ends in the middle"))?;
    let declared = ["xmlns:v=", "xmlns:o=", "xmlns:x="].iter().all(|name| drawing.contains(name));
    let spaces = if declared { String::new() } else { format!(" {V} {O} {X}") };
    let mut added = String::new();
    if !drawing.contains("id=\"_x0000_t202\"") {
        added.push_str(&SHAPE_TYPE.replacen("<v:shapetype", &format!("<v:shapetype{spaces}"), 1));
    }
    let first = (largest_id(&drawing) + 1).max(block * 1_024 + 1);
    for (id, (row, column)) in (first..).zip(cells) {
        let words = comments.get(&(*row, *column)).map_or("", String::as_str);
        added.push_str(&shape(id, *row, *column, lines(words), &spaces));
    }
    let (head, tail) = drawing.split_at(end);
    Ok(format!("{head}{added}{tail}"))
}

/// The largest number of `_x0000_s1025` ids.
fn largest_id(drawing: &str) -> usize {
    let ids = drawing.split("_x0000_s").skip(1);
    let number =
        |rest: &str| rest.chars().take(9).take_while(char::is_ascii_digit).collect::<String>().parse().ok();
    ids.filter_map(number).max().unwrap_or(0)
}

/// How many lines words take in a box of about 55 characters.
fn lines(words: &str) -> u32 {
    let count: usize = words.lines().map(|line| line.chars().count() / 55 + 1).sum();
    u32::try_from(count.clamp(2, 24)).unwrap_or(24)
}

fn shape(id: usize, row: u32, column: u32, lines: u32, spaces: &str) -> String {
    let (row, height) = (row.saturating_sub(1), lines + 1);
    let (left, right) = ((column + 1).min(16_383), (column + 6).min(16_383));
    let (top, bottom) = (row.saturating_sub(1), (row + height).min((1 << 20) - 1));
    format!(
        "<v:shape{spaces} id=\"_x0000_s{id}\" type=\"#_x0000_t202\" style=\"position:absolute;margin-left:80pt;margin-top:2pt;\
         width:300pt;height:{}pt;z-index:1;visibility:hidden\" fillcolor=\"#ffffe1\" o:insetmode=\"auto\">\
         <v:fill color2=\"#ffffe1\"/><v:shadow on=\"t\" color=\"black\" obscured=\"t\"/><v:path o:connecttype=\"none\"/>\
         <v:textbox style=\"mso-direction-alt:auto\"><div style=\"text-align:left\"></div></v:textbox>\
         <x:ClientData ObjectType=\"Note\"><x:MoveWithCells/><x:SizeWithCells/>\
         <x:Anchor>{left}, 15, {top}, 4, {right}, 31, {bottom}, 4</x:Anchor><x:AutoFill>False</x:AutoFill>\
         <x:Row>{row}</x:Row><x:Column>{column}</x:Column></x:ClientData></v:shape>",
        height * 15
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::workbook::relations::TRANSITIONAL;

    #[test]
    fn words_go_below_the_comment_that_is_there_and_keep_its_runs() {
        let part = "<comments><authors><author>An</author></authors><commentList><comment ref=\"B2\" authorId=\"0\"><text><t>plain</t></text></comment>\
            <comment ref=\"C2\" authorId=\"0\"><text><r><rPr><b/></rPr><t>bold</t></r></text></comment></commentList></comments>";
        let comments =
            [((2, 1), "one <b>".to_owned()), ((2, 2), "two".to_owned()), ((9, 0), "three".to_owned())].into();
        let (text, boxes) = add_words(Some(part.to_owned()), &comments, TRANSITIONAL).unwrap();
        assert!(text.contains(
            "<text><r><t>plain</t></r><r><t xml:space=\"preserve\">\none &lt;b&gt;</t></r></text>"
        ));
        assert!(text.contains("<t>bold</t></r><r><t xml:space=\"preserve\">\ntwo</t></r></text>"), "{text}");
        assert!(text.contains("<author>phusong</author></authors>"));
        assert!(text.contains("<comment ref=\"A9\" authorId=\"1\">"));
        assert_eq!(boxes, [(9, 0)]);
    }

    #[test]
    fn boxes_are_added_to_a_drawing_that_is_no_xml_and_get_ids_of_their_own() {
        let drawing = "<xml xmlns:v=\"v\" xmlns:o=\"o\" xmlns:x=\"x\"><v:shape id=\"_x0000_s9999\"><br></v:shape></xml>";
        let text = add_boxes(Some(drawing.to_owned()), &[(3, 4)], &Comments::new(), 0).unwrap();
        assert!(text.starts_with(&drawing[..drawing.len() - 6]) && text.ends_with("</xml>"));
        assert!(text.contains("_x0000_s10000") && text.contains("<x:Row>2</x:Row><x:Column>4</x:Column>"));
        assert!(add_boxes(Some("<xml>".into()), &[], &Comments::new(), 0).is_err());
    }
}
