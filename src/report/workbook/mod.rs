//! The carrier's own workbook, given back with its faults marked.
//!
//! In: the bytes of the list and its findings. Out: the bytes of a workbook whose bad cells are filled (errors red-ish,
//! warnings yellow-ish, remarks not) and commented, with one more sheet that lists all findings. An XLSX is edited at
//! the level of its XML, so that every part without a mark comes back byte for byte, and in the others everything but
//! the marks; CSV, XLS and ODS come back as a new workbook with the same cells as text; GeoJSON as the list alone.
//!
//! The marks of an earlier return are taken out first and its list is replaced. Comments that are there stay, with ours below. A finding about a row marks its first cell that is not empty; one
//! about a file stands in the list only. Waived findings are listed but not marked. A digital signature of the workbook
//! no longer holds, and the threads of "threaded comments" do not show what is added to them (the list does).
//! Not here: writing to disk, other reports.

mod comments;
mod earlier;
mod list;
mod marks;
mod package;
mod plain;
mod relations;
mod sheet;
mod styles;
mod tag;

pub(super) use plain::{cut, properties};

use comments::Comments;
use marks::{MAX_COMMENTS, Marks};
use package::Package;
use relations::{Dialect, declare, relate, relations};
use styles::Styles;
use tag::{Tags, append_to, attribute, escape, number, root_prefix};

use crate::lang::Lang;
use crate::read::error::Fault;
use crate::read::sniff::{Format, sniff};
use crate::read::{Grid, Limits, ReadError, ReadOptions, read_grids};
use crate::text::Simulated;
use crate::validate::ReportedFinding;

const WORKBOOK: &str = "xl/workbook.xml";
const STYLES: &str = "xl/styles.xml";
const TYPES: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml";

/// How a list is given back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ReturnOptions {
    /// The language of comments and of the list of findings.
    pub lang: Lang,
    /// Whether the list of findings says that the data is simulated.
    pub simulated: Simulated,
}

impl From<Lang> for ReturnOptions {
    /// Of data that nobody calls simulated.
    fn from(lang: Lang) -> ReturnOptions {
        ReturnOptions { lang, simulated: Simulated(false) }
    }
}

/// A list could not be given back with its marks.
#[derive(Debug, thiserror::Error)]
pub enum AnnotateError {
    /// It cannot be read; says why and what to do.
    #[error(transparent)]
    Read(#[from] ReadError),
    /// The workbook could not be made.
    #[error("{file}: the workbook cannot be made: {source}")]
    Make {
        /// The list.
        file: String,
        /// Why.
        source: rust_xlsxwriter::XlsxError,
    },
}

/// Gives a list of any format back as a workbook with its findings marked. Findings about other files are left out.
///
/// # Errors
/// The list cannot be read at all.
pub fn returned(
    bytes: &[u8],
    file: &str,
    findings: &[&ReportedFinding],
    options: &ReadOptions,
    how: impl Into<ReturnOptions>,
) -> Result<Vec<u8>, AnnotateError> {
    match sniff(file, bytes)? {
        Format::Xlsx => annotate(bytes, file, findings, how),
        _ => annotate_table(&read_grids(file, bytes, options)?, file, findings, how),
    }
}

/// Gives an XLSX workbook back with its findings marked. Findings about other files than `file` are left out.
///
/// # Errors
/// It is no workbook, is corrupt or encrypted, or asks for more than [`Limits`] allow.
pub fn annotate(
    original: &[u8],
    file: &str,
    findings: &[&ReportedFinding],
    how: impl Into<ReturnOptions>,
) -> Result<Vec<u8>, AnnotateError> {
    let sheet_of = |found: &ReportedFinding, names: &[String]| {
        let wanted = found.finding.source.sheet.as_deref()?;
        names.iter().position(|name| name == wanted)
    };
    Ok(mark(original, file, findings, sheet_of, how.into()).map_err(|fault| fault.named(file, "xlsx"))?)
}

/// Gives what was read from a file without formats back as a workbook, its cells as text, its findings marked. Without
/// grids (GeoJSON) the workbook has the list of findings alone.
///
/// # Errors
/// The workbook cannot be made.
pub fn annotate_table(
    grids: &[Grid],
    file: &str,
    findings: &[&ReportedFinding],
    how: impl Into<ReturnOptions>,
) -> Result<Vec<u8>, AnnotateError> {
    let how = how.into();
    let names = plain::sheet_names(grids, file);
    let made = plain::build(grids, &names, how.simulated);
    let plain = made.map_err(|source| AnnotateError::Make { file: file.to_owned(), source })?;
    let sheet_of = |found: &ReportedFinding, _: &[String]| {
        grids.iter().position(|grid| grid.sheet == found.finding.source.sheet)
    };
    Ok(mark(&plain, file, findings, sheet_of, how).map_err(|fault| fault.named(file, "xlsx"))?)
}

struct Sheet {
    name: String,
    part: String,
}

fn mark(
    original: &[u8],
    file: &str,
    findings: &[&ReportedFinding],
    sheet_of: impl Fn(&ReportedFinding, &[String]) -> Option<usize>,
    how: ReturnOptions,
) -> Result<Vec<u8>, Fault> {
    let lang = how.lang;
    let findings: Vec<&ReportedFinding> =
        findings.iter().copied().filter(|found| &*found.finding.source.file == file).collect();
    let mut package = Package::open(original, &Limits::default())?;
    let workbook = package.needed(WORKBOOK)?;
    let dialect = Dialect::of(&workbook);
    let sheets = sheets(&mut package, &workbook)?;
    let names: Vec<String> = sheets.iter().map(|sheet| sheet.name.clone()).collect();
    let style_part =
        relations(&mut package, WORKBOOK)?.into_iter().find(|r| r.kind == "styles").map(|r| r.part);
    let style_text = match &style_part {
        Some(part) => package.text(part)?,
        None => None,
    };
    let is_new = style_text.is_none();
    let own = earlier::own_sheet(&mut package, &sheets)?;
    if let Some(own) = own {
        earlier::unmark(&mut package, &sheets, own, style_text.as_deref())?;
    }
    let mut styles = Styles::new(style_text)?;

    let mut marks: Vec<Marks> = sheets.iter().map(|_| Marks::default()).collect();
    for found in &findings {
        if let Some(marks) = sheet_of(found, &names).and_then(|sheet| marks.get_mut(sheet)) {
            marks.take(found, lang);
        }
    }
    for (index, (sheet, marks)) in sheets.iter().zip(marks).enumerate() {
        if !marks.is_empty() {
            mark_sheet(&mut package, sheet, index, marks, &mut styles, lang)?;
        }
    }
    let name_of = |found: &ReportedFinding| names.get(sheet_of(found, &names)?).cloned();
    let list = list::sheet(&findings, name_of, styles.list_styles(), dialect, how);
    let filtered = list::filtered(findings.len());
    match own.and_then(|own| Some((own, sheets.get(own)?))) {
        Some((own, sheet)) => {
            package.put(&sheet.part, list);
            package.put(WORKBOOK, earlier::with_filter(&workbook, own, &filtered)?);
        }
        None => add_list(&mut package, &workbook, &names, list, &filtered, dialect)?,
    }

    let part = style_part.unwrap_or_else(|| STYLES.to_owned());
    package.put(&part, styles.finish()?);
    if is_new {
        relate(&mut package, WORKBOOK, "styles", &part, dialect)?;
        declare(&mut package, &part, &format!("{TYPES}.styles+xml"))?;
    }
    package.finish()
}

/// The worksheets in the order of their tabs.
fn sheets(package: &mut Package<'_>, workbook: &str) -> Result<Vec<Sheet>, Fault> {
    let relations = relations(package, WORKBOOK)?;
    let mut tags = Tags::of(workbook);
    let mut sheets = Vec::new();
    while let Some(tag) = tags.next()? {
        if !tag.begins(workbook, "sheet") {
            continue;
        }
        let raw = tag.raw(workbook);
        let id = attribute(raw, "id");
        let target = relations.iter().find(|r| Some(r.id.as_str()) == id.as_deref());
        let name = attribute(raw, "name").unwrap_or_default().into_owned();
        // A chart sheet has no cells, but its name is taken.
        let part = target.filter(|r| r.kind == "worksheet").map(|r| r.part.clone()).unwrap_or_default();
        sheets.push(Sheet { name, part });
    }
    if sheets.is_empty() {
        return Err(Fault::corrupt("it names no sheet"));
    }
    Ok(sheets)
}

fn mark_sheet(
    package: &mut Package<'_>,
    sheet: &Sheet,
    index: usize,
    marks: Marks,
    styles: &mut Styles,
    lang: Lang,
) -> Result<(), Fault> {
    let Some(text) = package.text(&sheet.part)? else { return Ok(()) };
    let dialect = Dialect::of(&text);
    let outline = sheet::outline(&text, &marks)?;
    let marks = outline.place(marks);
    // The worst first, where there are too many.
    let mut order: Vec<_> = marks.iter().collect();
    order.sort_by_key(|(_, mark)| std::cmp::Reverse(mark.level));
    let comments: Comments =
        order.iter().take(MAX_COMMENTS).map(|(at, mark)| (**at, mark.comment(lang))).collect();

    let known = relations(package, &sheet.part)?;
    let words = known.iter().find(|r| r.kind == "comments").map(|r| r.part.clone());
    let existing = match &words {
        Some(part) => package.text(part)?,
        None => None,
    };
    let (text_of_comments, boxes) = comments::add_words(existing, &comments, dialect)?;
    let words = match words {
        Some(part) => part,
        None => {
            let part = package.free_name("xl/comments", ".xml");
            relate(package, &sheet.part, "comments", &part, dialect)?;
            declare(package, &part, &format!("{TYPES}.comments+xml"))?;
            part
        }
    };
    package.put(&words, text_of_comments);

    let drawing = outline.legacy_drawing.as_ref().and_then(|id| known.iter().find(|r| r.id == *id));
    let existing = match drawing {
        Some(relation) => package.text(&relation.part)?,
        None => None,
    };
    let text_of_drawing = comments::add_boxes(existing, &boxes, &comments, index)?;
    let mut new_drawing = None;
    let drawing = match drawing {
        Some(relation) => relation.part.clone(),
        None => {
            let part = package.free_name("xl/drawings/vmlDrawing", ".vml");
            new_drawing = Some(relate(package, &sheet.part, "vmlDrawing", &part, dialect)?);
            declare(package, &part, "application/vnd.openxmlformats-officedocument.vmlDrawing")?;
            part
        }
    };
    package.put(&drawing, text_of_drawing);
    let edited = sheet::edit(&text, &outline, &marks, styles, new_drawing.as_deref())?;
    package.put(&sheet.part, edited);
    Ok(())
}

/// Adds the list as the last sheet; where a sheet of the carrier has its name, it gets a number.
fn add_list(
    package: &mut Package<'_>,
    workbook: &str,
    names: &[String],
    list: String,
    filtered: &str,
    dialect: Dialect,
) -> Result<(), Fault> {
    let name =
        plain::free_name("phusong", |name| names.iter().any(|n| n.to_lowercase() == name.to_lowercase()));
    let part = package.free_name("xl/worksheets/phusong", ".xml");
    package.put(&part, list);
    declare(package, &part, &format!("{TYPES}.worksheet+xml"))?;
    let id = relate(package, WORKBOOK, "worksheet", &part, dialect)?;
    let mut tags = Tags::of(workbook);
    let mut largest = 0;
    while let Some(tag) = tags.next()? {
        if tag.begins(workbook, "sheet") {
            largest = largest.max(number(tag.raw(workbook), "sheetId").unwrap_or(0));
        }
    }
    let prefix = root_prefix(workbook)?;
    let child = format!(
        "<{prefix}sheet name=\"{}\" sheetId=\"{}\" xmlns:r=\"{}\" r:id=\"{id}\"/>",
        escape(&name),
        largest.saturating_add(1),
        dialect.relations
    );
    let text = append_to(workbook, "sheets", &child)?.ok_or_else(|| Fault::corrupt("it names no sheets"))?;
    // A filter has a hidden name besides; without it LibreOffice shows no filter.
    let name = format!(
        "<{prefix}definedName name=\"_xlnm._FilterDatabase\" localSheetId=\"{}\" hidden=\"1\">'{name}'!{filtered}</{prefix}definedName>",
        names.len()
    );
    let text = match append_to(&text, "definedNames", &name)? {
        Some(text) => text,
        None => add_names(&text, &format!("<{prefix}definedNames>{name}</{prefix}definedNames>"))?,
    };
    package.put(WORKBOOK, text);
    Ok(())
}

/// Defined names stand behind the sheets, functions and references to other workbooks (ECMA-376 part 1, CT_Workbook).
fn add_names(workbook: &str, names: &str) -> Result<String, Fault> {
    let mut tags = Tags::of(workbook);
    let mut place = None;
    while let Some(tag) = tags.next()? {
        let before = ["sheets", "functionGroups", "externalReferences"].contains(&tag.name(workbook));
        if before && tag.depth == 1 && tag.kind != tag::Kind::Open {
            place = Some(tag.at.end);
        }
    }
    let mut edits = tag::Edits::default();
    edits.insert(place.ok_or_else(|| Fault::corrupt("it names no sheets"))?, names);
    Ok(edits.apply(workbook))
}
