//! What an earlier return left in a workbook, taken out again: fills, comments, and which sheet held the list.
//!
//! A list that was returned, mended and handed in again would otherwise show faults that are gone. Only a workbook with
//! our own sheet is touched. Our fills have colours that no other program uses by default; the format behind one is
//! found again as the format that differs in nothing but the fill.

use std::collections::{BTreeMap, BTreeSet};

use super::Sheet;
use super::package::Package;
use super::relations::relations;
use super::styles::{ERROR_FILL, WARNING_FILL};
use super::tag::{Edits, Kind, Tags, attribute, number, with_attribute, without_attribute};
use crate::read::OWN_SHEETS;
use crate::read::error::Fault;
use crate::read::xlsx_sheet::position;

/// Whether words of a comment are ours: our name, and below it a level in brackets, perhaps behind the cell's name.
fn is_own(words: &str) -> bool {
    let mut lines = words.trim_start_matches('\n').lines();
    lines.next() == Some("phusong")
        && lines.next().and_then(|note| note.find('[')).is_some_and(|at| at < "XFD1048576: [".len())
}
const SHARED_STRINGS: &str = "xl/sharedStrings.xml";

/// The sheet that holds the list of an earlier return: its number among the sheets.
pub(super) fn own_sheet(package: &mut Package<'_>, sheets: &[Sheet]) -> Result<Option<usize>, Fault> {
    let shared = package.text(SHARED_STRINGS)?.is_some_and(|text| text.contains(OWN_SHEETS[0]));
    for (number, sheet) in sheets.iter().enumerate().rev() {
        if !sheet.name.to_lowercase().starts_with("phusong") {
            continue;
        }
        // A program that saved the workbook again keeps its texts in one place.
        let Some(text) = package.text(&sheet.part)? else { continue };
        if text.contains(OWN_SHEETS[0]) || (shared && text.contains("t=\"s\"")) {
            return Ok(Some(number));
        }
    }
    Ok(None)
}

/// Takes the marks out of every sheet but the list's.
pub(super) fn unmark(
    package: &mut Package<'_>,
    sheets: &[Sheet],
    own: usize,
    styles: Option<&str>,
) -> Result<(), Fault> {
    let formats = match styles {
        Some(text) => original_formats(text)?,
        None => BTreeMap::new(),
    };
    for (_, sheet) in sheets.iter().enumerate().filter(|(number, _)| *number != own) {
        let Some(text) = package.text(&sheet.part)? else { continue };
        package.put(&sheet.part, unfilled(&text, &formats)?);
        let known = relations(package, &sheet.part)?;
        let Some(words) = known.iter().find(|r| r.kind == "comments") else { continue };
        let Some(text) = package.text(&words.part)? else { continue };
        let (text, gone) = without_words(&text)?;
        package.put(&words.part, text);
        for relation in known.iter().filter(|r| r.kind == "vmlDrawing") {
            if let Some(drawing) = package.text(&relation.part)? {
                package.put(&relation.part, without_boxes(&drawing, &gone));
            }
        }
    }
    Ok(())
}

/// Formats with a fill of ours, and the format that each was made from.
fn original_formats(text: &str) -> Result<BTreeMap<u32, u32>, Fault> {
    let mut fills: Vec<bool> = Vec::new();
    let mut formats: Vec<(u32, String)> = Vec::new();
    let mut section = String::new();
    let mut start = None;
    let mut tags = Tags::of(text);
    while let Some(tag) = tags.next()? {
        let name = tag.name(text);
        if tag.depth == 1 {
            section = if tag.kind == Kind::Open { name.to_owned() } else { String::new() };
        }
        match (section.as_str(), name) {
            ("fills", "fill") if tag.kind != Kind::Close => fills.push(false),
            ("fills", "fgColor") => {
                let colour = attribute(tag.raw(text), "rgb").unwrap_or_default();
                if let Some(fill) = fills.last_mut() {
                    *fill |= [ERROR_FILL, WARNING_FILL].iter().any(|own| colour.eq_ignore_ascii_case(own));
                }
            }
            ("cellXfs", "xf") => {
                if tag.kind != Kind::Close {
                    start = Some(tag.at.start);
                }
                if tag.kind != Kind::Open
                    && let Some(whole) = start.take().and_then(|start| text.get(start..tag.at.end))
                {
                    formats.push((number(whole, "fillId").unwrap_or(0), but_for_fill(whole)));
                }
            }
            _ => {}
        }
    }
    let is_own = |fill: u32| fills.get(fill as usize).copied().unwrap_or(false);
    let mut first: BTreeMap<&str, u32> = BTreeMap::new();
    for ((fill, rest), id) in formats.iter().zip(0..) {
        if !is_own(*fill) {
            first.entry(rest).or_insert(id);
        }
    }
    let own = formats.iter().zip(0..).filter(|((fill, _), _)| is_own(*fill));
    Ok(own.map(|((_, rest), id)| (id, first.get(rest.as_str()).copied().unwrap_or(0))).collect())
}

/// A format without what we change in it.
fn but_for_fill(format: &str) -> String {
    let end = format.find('>').map_or(format.len(), |at| at + 1);
    let (head, rest) = format.split_at(end);
    let head = without_attribute(&without_attribute(head, "fillId"), "applyFill");
    let head: Vec<&str> = head.split_whitespace().collect();
    head.join(" ").replace(" />", "/>").replace(" >", ">") + rest
}

fn unfilled(text: &str, formats: &BTreeMap<u32, u32>) -> Result<String, Fault> {
    let mut edits = Edits::default();
    let mut tags = Tags::of(text);
    while let Some(tag) = tags.next()? {
        let raw = tag.raw(text);
        if tag.depth == 3
            && tag.begins(text, "c")
            && let Some(format) = number(raw, "s").and_then(|format| formats.get(&format))
        {
            edits.replace(tag.at.clone(), with_attribute(raw, "s", &format.to_string()));
        }
    }
    Ok(edits.apply(text))
}

/// The comments without ours, and the cells that have none any more.
fn without_words(text: &str) -> Result<(String, BTreeSet<(u32, u32)>), Fault> {
    let mut edits = Edits::default();
    let mut gone = BTreeSet::new();
    let mut tags = Tags::of(text);
    let (mut comment, mut run) = (None, None);
    // The runs of ours in a comment, and whether there are others.
    let (mut own_runs, mut others) = (Vec::new(), false);
    while let Some(tag) = tags.next()? {
        match (tag.name(text), tag.kind) {
            ("comment", Kind::Open) => {
                comment =
                    Some((tag.at.start, attribute(tag.raw(text), "ref").and_then(|cell| position(&cell))));
                (own_runs, others) = (Vec::new(), false);
            }
            ("r", Kind::Open) => run = Some(tag.at.start),
            ("r", Kind::Close) => {
                let Some(at) = run.take().map(|start| start..tag.at.end) else { continue };
                let words = text.get(at.clone()).unwrap_or("");
                let words =
                    words.split_once("<t").and_then(|(_, rest)| rest.split_once('>')).map_or("", |w| w.1);
                match is_own(&words.replace("&#10;", "\n").replace("&#xA;", "\n")) {
                    true => own_runs.push(at),
                    false => others = true,
                }
            }
            ("t", Kind::Open) if run.is_none() => others = true,
            ("comment", Kind::Close) => {
                let Some((start, cell)) = comment.take() else { continue };
                if own_runs.is_empty() {
                    continue;
                }
                if others {
                    own_runs.drain(..).for_each(|at| edits.replace(at, ""));
                } else {
                    edits.replace(start..tag.at.end, "");
                    gone.extend(cell);
                }
            }
            _ => {}
        }
    }
    Ok((edits.apply(text), gone))
}

/// A drawing without the boxes of these cells. It need not be XML: Excel writes `<br>`.
fn without_boxes(drawing: &str, gone: &BTreeSet<(u32, u32)>) -> String {
    let mut out = String::with_capacity(drawing.len());
    let mut rest = drawing;
    while let Some((before, from)) = rest.find("<v:shape ").map(|at| rest.split_at(at)) {
        let Some(end) = from.find("</v:shape>").map(|at| at + "</v:shape>".len()) else { break };
        let (shape, after) = from.split_at(end);
        let value =
            |name: &str| -> Option<u32> { shape.split_once(name)?.1.split('<').next()?.trim().parse().ok() };
        let cell = value("<x:Row>").zip(value("<x:Column>"));
        out.push_str(before);
        if !cell.is_some_and(|(row, column)| gone.contains(&(row + 1, column))) {
            out.push_str(shape);
        }
        rest = after;
    }
    out + rest
}

/// The workbook with the filter of our own sheet over as many findings as there are now.
pub(super) fn with_filter(workbook: &str, own: usize, range: &str) -> Result<String, Fault> {
    let mut edits = Edits::default();
    let mut tags = Tags::of(workbook);
    let mut open = None;
    while let Some(tag) = tags.next()? {
        let raw = tag.raw(workbook);
        match (tag.name(workbook), tag.kind) {
            ("definedName", Kind::Open) => {
                let is_filter = attribute(raw, "name").is_some_and(|name| name == "_xlnm._FilterDatabase");
                let is_own = number(raw, "localSheetId").is_some_and(|id| id as usize == own);
                open = (is_filter && is_own).then_some(tag.at.end);
            }
            ("definedName", Kind::Close) => {
                if let Some(start) = open.take()
                    && let Some((sheet, _)) =
                        workbook.get(start..tag.at.start).and_then(|text| text.rsplit_once('!'))
                {
                    edits.replace(start..tag.at.start, format!("{sheet}!{range}"));
                }
            }
            _ => {}
        }
    }
    Ok(edits.apply(workbook))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_format_is_found_again_by_all_but_its_fill() {
        let text = format!(
            "<styleSheet><fills><fill/><fill/><fill><patternFill><fgColor rgb=\"{ERROR_FILL}\"/></patternFill></fill></fills>\
             <cellXfs><xf numFmtId=\"0\" fillId=\"0\"/><xf numFmtId=\"164\" fillId=\"1\" applyFill=\"1\"><alignment/></xf>\
             <xf numFmtId=\"164\" fillId=\"2\" applyFill=\"1\"><alignment/></xf><xf numFmtId=\"7\" fillId=\"2\"/></cellXfs></styleSheet>"
        );
        assert_eq!(original_formats(&text).unwrap(), [(2, 1), (3, 0)].into());
    }

    #[test]
    fn our_words_go_and_those_of_others_stay() {
        let text = "<comments><commentList><comment ref=\"B2\"><text><r><t>An: đúng rồi</t></r><r><t xml:space=\"preserve\">\n\
            phusong\n[lỗi] x</t></r></text></comment><comment ref=\"C3\"><text><r><t>phusong\n[lỗi] y</t></r></text></comment>\
            <comment ref=\"D4\"><text><t>phusong</t></text></comment></commentList></comments>";
        let (left, gone) = without_words(text).unwrap();
        assert_eq!(gone, [(3, 2)].into());
        assert!(left.contains("đúng rồi") && left.contains("D4") && !left.contains("[lỗi]"), "{left}");
        let boxes = "<xml><v:shape id=\"1\"><br><x:Row>2</x:Row><x:Column>2</x:Column></v:shape>\
            <v:shape id=\"2\"><x:Row>1</x:Row><x:Column>1</x:Column></v:shape></xml>";
        let left = without_boxes(boxes, &gone);
        assert!(
            !left.contains("id=\"1\"") && left.contains("id=\"2\"") && left.ends_with("</xml>"),
            "{left}"
        );
    }
}
