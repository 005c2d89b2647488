//! A sheet's XML: the marked cells get another format, everything else stays as it is.

use std::collections::BTreeMap;

use super::marks::{Mark, Marks};
use super::styles::Styles;
use super::tag::{Edits, Kind, Tag, Tags, attribute, number, opened, with_attribute, without_attribute};
use crate::finding::{Level, column_letters};
use crate::read::error::Fault;
use crate::read::merges::MAX_MERGES;
use crate::read::xlsx_sheet::{position, region};

/// What stands behind `legacyDrawing` in a sheet (ECMA-376 part 1, CT_Worksheet).
const AFTER_LEGACY_DRAWING: [&str; 9] = [
    "legacyDrawingHF",
    "drawingHF",
    "picture",
    "oleObjects",
    "controls",
    "webPublishItems",
    "tableParts",
    "extLst",
    "AlternateContent",
];

/// As many as a sheet can have.
const MAX_COLUMNS: usize = 16_384;

/// What must be known of a sheet before it is changed.
#[derive(Debug, Default)]
pub(super) struct Outline {
    /// The first cell with a value, of the rows asked for.
    first_in_row: BTreeMap<u32, u32>,
    /// Top, left, bottom, right.
    merges: Vec<(u32, u32, u32, u32)>,
    /// First and last column (from 1) and their format.
    column_formats: Vec<(u32, u32, usize)>,
    /// The relationship of the drawing that holds the comments' boxes.
    pub legacy_drawing: Option<String>,
}

/// Reads merges, formats of columns, and the first cells of the rows with marks.
pub(super) fn outline(text: &str, marks: &Marks) -> Result<Outline, Fault> {
    let mut outline = Outline::default();
    let mut tags = Tags::of(text);
    let mut place = Place::default();
    while let Some(tag) = tags.next()? {
        let raw = tag.raw(text);
        match tag.name(text) {
            "row" if tag.kind != Kind::Close => place.row(raw),
            "c" if tag.kind != Kind::Close => place.cell(raw),
            "v" | "is" | "f" if tag.kind == Kind::Open && marks.rows.contains_key(&place.row) => {
                outline.first_in_row.entry(place.row).or_insert(place.column);
            }
            "mergeCell" if tag.kind != Kind::Close && outline.merges.len() < MAX_MERGES => {
                let area = attribute(raw, "ref").and_then(|area| region(&area));
                outline.merges.extend(area.map(|m| (m.top, m.left, m.bottom, m.right)));
            }
            "col" if tag.kind != Kind::Close => {
                if let (Some(first), Some(last), Some(format)) =
                    (number(raw, "min"), number(raw, "max"), number(raw, "style"))
                    && outline.column_formats.len() < MAX_COLUMNS
                {
                    outline.column_formats.push((first, last, format as usize));
                }
            }
            "legacyDrawing" if tag.kind != Kind::Close => {
                outline.legacy_drawing = attribute(raw, "id").map(std::borrow::Cow::into_owned);
            }
            _ => {}
        }
    }
    outline.merges.sort_unstable();
    Ok(outline)
}

impl Outline {
    /// The marks where they really go.
    pub fn place(&self, marks: Marks) -> BTreeMap<(u32, u32), Mark> {
        let of_rows = marks.rows.keys().map(|row| (*row, self.first_in_row.get(row).copied().unwrap_or(0)));
        let mut cells: Vec<(u32, u32)> = marks.cells.keys().copied().chain(of_rows).collect();
        cells.sort_unstable();
        let anchors = self.anchors(&cells);
        marks.placed(&self.first_in_row, |row, column| {
            anchors.get(&(row, column)).copied().unwrap_or((row, column))
        })
    }

    /// The cells (sorted) that a merge covers, and the cell that shows the merge's value. Goes down the sheet once, with
    /// the merges that reach the row at hand.
    fn anchors(&self, cells: &[(u32, u32)]) -> BTreeMap<(u32, u32), (u32, u32)> {
        let mut anchors = BTreeMap::new();
        let mut coming = self.merges.iter().peekable();
        let mut open: Vec<(u32, u32, u32, u32)> = Vec::new();
        let mut at_row = 0;
        for (row, column) in cells {
            if *row != at_row {
                at_row = *row;
                while let Some(merge) = coming.next_if(|merge| merge.0 <= at_row) {
                    open.push(*merge);
                }
                open.retain(|merge| merge.2 >= at_row);
            }
            if let Some(merge) = open.iter().find(|merge| (merge.1..=merge.3).contains(column)) {
                anchors.insert((*row, *column), (merge.0, merge.1));
            }
        }
        anchors
    }

    fn column_format(&self, column: u32) -> Option<usize> {
        let wanted = column + 1;
        self.column_formats.iter().find(|(first, last, _)| (*first..=*last).contains(&wanted)).map(|c| c.2)
    }
}

/// Where in the sheet we are, rows and cells being numbered as the reader numbers them.
#[derive(Debug, Default)]
struct Place {
    row: u32,
    column: u32,
    next_column: u32,
}

impl Place {
    fn row(&mut self, raw: &str) {
        self.row = number(raw, "r").unwrap_or(self.row.saturating_add(1));
        self.next_column = 0;
    }

    fn cell(&mut self, raw: &str) {
        let named = attribute(raw, "r").and_then(|cell| position(&cell));
        self.column = named.map_or(self.next_column, |(_, column)| column);
        self.next_column = self.column.saturating_add(1);
    }
}

/// The sheet with its marked cells filled, and with a drawing for comments where one is asked for.
pub(super) fn edit(
    text: &str,
    outline: &Outline,
    marks: &BTreeMap<(u32, u32), Mark>,
    styles: &mut Styles,
    new_drawing: Option<&str>,
) -> Result<String, Fault> {
    let prefix = super::tag::root_prefix(text)?;
    let relations = super::relations::Dialect::of(text).relations;
    let drawing = new_drawing
        .map(|id| format!("<{prefix}legacyDrawing xmlns:r=\"{relations}\" r:id=\"{id}\"/>"))
        .unwrap_or_default();
    let mut editor = Editor::new(text, prefix, outline, styles);
    for ((row, column), mark) in marks.iter().filter(|(_, mark)| mark.level > Level::Info) {
        editor.rows.entry(*row).or_default().insert(*column, mark.level);
    }
    let mut tags = Tags::of(text);
    let mut drawing_due = !drawing.is_empty();
    while let Some(tag) = tags.next()? {
        match tag.name(text) {
            "sheetData" if tag.depth == 1 => editor.data(&tag),
            "row" if tag.depth == 2 => editor.row(&tag),
            "c" if tag.depth == 3 && tag.kind != Kind::Close => editor.cell(&tag),
            name if drawing_due
                && ((tag.depth == 1 && tag.kind != Kind::Close && AFTER_LEGACY_DRAWING.contains(&name))
                    || (tag.depth == 0 && tag.kind == Kind::Close)) =>
            {
                editor.edits.insert(tag.at.start, drawing.as_str());
                drawing_due = false;
            }
            _ => {}
        }
    }
    if drawing_due {
        return Err(Fault::corrupt("a sheet of it ends in the middle"));
    }
    let edits = editor.edits;
    Ok(edits.apply(text))
}

struct Editor<'t> {
    text: &'t str,
    prefix: String,
    outline: &'t Outline,
    styles: &'t mut Styles,
    edits: Edits,
    /// What is still to be marked: row → column → level.
    rows: BTreeMap<u32, BTreeMap<u32, Level>>,
    place: Place,
    /// What is still to be marked in the row that is open, and that row's tag.
    todo: BTreeMap<u32, Level>,
    row_tag: Option<Tag>,
    row_format: Option<usize>,
}

impl<'t> Editor<'t> {
    fn new(text: &'t str, prefix: String, outline: &'t Outline, styles: &'t mut Styles) -> Editor<'t> {
        Editor {
            text,
            prefix,
            outline,
            styles,
            edits: Edits::default(),
            rows: BTreeMap::new(),
            place: Place::default(),
            todo: BTreeMap::new(),
            row_tag: None,
            row_format: None,
        }
    }

    /// Cells that the sheet does not have, with nothing in them but their format.
    fn blank_cells(&mut self, row: u32, columns: &BTreeMap<u32, Level>) -> String {
        let mut out = String::new();
        for (column, level) in columns {
            let own = self.row_format.or(self.outline.column_format(*column)).unwrap_or(0);
            let format = self.styles.marked(own, *level);
            out.push_str(&format!(
                "<{}c r=\"{}{row}\" s=\"{format}\"/>",
                self.prefix,
                column_letters(*column)
            ));
        }
        out
    }

    /// Rows that the sheet does not have, up to but without `before`.
    fn blank_rows(&mut self, before: u32) -> String {
        let mut out = String::new();
        // One by one: `split_off` counts what is left every time, which is slow where every row has a mark.
        while let Some(first) = self.rows.first_entry().filter(|first| *first.key() < before) {
            let (row, columns) = first.remove_entry();
            self.row_format = None;
            let cells = self.blank_cells(row, &columns);
            out.push_str(&format!("<{0}row r=\"{row}\">{cells}</{0}row>", self.prefix));
        }
        out
    }

    fn data(&mut self, tag: &Tag) {
        match tag.kind {
            Kind::Open => {}
            Kind::Close => {
                let rows = self.blank_rows(u32::MAX);
                self.edits.insert(tag.at.start, rows);
            }
            Kind::Empty => {
                let rows = self.blank_rows(u32::MAX);
                if !rows.is_empty() {
                    let head = opened(tag.raw(self.text));
                    let full = tag.full_name(self.text);
                    self.edits.replace(tag.at.clone(), format!("{head}{rows}</{full}>"));
                }
            }
        }
    }

    fn row(&mut self, tag: &Tag) {
        let raw = tag.raw(self.text);
        if tag.kind == Kind::Close {
            let todo = std::mem::take(&mut self.todo);
            self.insert_cells(tag.at.start, &todo);
            return;
        }
        self.place.row(raw);
        let rows = self.blank_rows(self.place.row);
        if !rows.is_empty() {
            self.edits.insert(tag.at.start, rows);
        }
        self.todo = self.rows.remove(&self.place.row).unwrap_or_default();
        let has_format = matches!(attribute(raw, "customFormat").as_deref(), Some("1" | "true"));
        self.row_format = number(raw, "s").filter(|_| has_format).map(|format| format as usize);
        self.row_tag = Some(tag.clone());
        if tag.kind == Kind::Empty && !self.todo.is_empty() {
            let todo = std::mem::take(&mut self.todo);
            let cells = self.blank_cells(self.place.row, &todo);
            let head = without_attribute(&opened(raw), "spans");
            self.edits.replace(tag.at.clone(), format!("{head}{cells}</{}>", tag.full_name(self.text)));
        }
    }

    fn insert_cells(&mut self, at: usize, columns: &BTreeMap<u32, Level>) {
        if columns.is_empty() {
            return;
        }
        // `spans` would no longer be true; it is a hint that may be left out.
        if let Some(tag) = self.row_tag.take() {
            let raw = tag.raw(self.text);
            if attribute(raw, "spans").is_some() {
                self.edits.replace(tag.at.clone(), without_attribute(raw, "spans"));
            }
        }
        let cells = self.blank_cells(self.place.row, columns);
        self.edits.insert(at, cells);
    }

    fn cell(&mut self, tag: &Tag) {
        let raw = tag.raw(self.text);
        self.place.cell(raw);
        let later = self.todo.split_off(&self.place.column);
        let missing = std::mem::replace(&mut self.todo, later);
        self.insert_cells(tag.at.start, &missing);
        if let Some(level) = self.todo.remove(&self.place.column) {
            let own = number(raw, "s").unwrap_or(0) as usize;
            let format = self.styles.marked(own, level);
            self.edits.replace(tag.at.clone(), with_attribute(raw, "s", &format.to_string()));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn marked(text: &str, cells: &[(u32, u32)]) -> String {
        let mut styles = Styles::new(None).unwrap();
        let mark = Mark { level: Level::Error, notes: Vec::new() };
        let marks = cells.iter().map(|at| (*at, mark.clone())).collect();
        let outline = outline(text, &Marks::default()).unwrap();
        edit(text, &outline, &marks, &mut styles, None).unwrap()
    }

    #[test]
    fn cells_and_rows_that_are_not_there_are_made_in_their_places() {
        let text = "<w><sheetData><row r=\"2\" spans=\"1:4\"><c r=\"B2\" s=\"0\"><v>1</v></c><c r=\"D2\"/></row><row r=\"5\"/></sheetData></w>";
        let cell = |at: &str| format!("<c r=\"{at}\" s=\"1\"/>");
        assert_eq!(
            marked(text, &[(1, 0), (2, 0), (2, 1), (2, 2), (2, 4), (3, 0), (5, 1), (9, 0)]),
            format!(
                "<w><sheetData><row r=\"1\">{}</row><row r=\"2\">{}<c r=\"B2\" s=\"1\"><v>1</v></c>{}<c r=\"D2\"/>{}</row>\
                 <row r=\"3\">{}</row><row r=\"5\">{}</row><row r=\"9\">{}</row></sheetData></w>",
                cell("A1"),
                cell("A2"),
                cell("C2"),
                cell("E2"),
                cell("A3"),
                cell("B5"),
                cell("A9")
            )
        );
        assert_eq!(marked(text, &[]), text);
        assert_eq!(
            marked("<x:w><x:sheetData/></x:w>", &[(1, 0)]),
            "<x:w><x:sheetData><x:row r=\"1\"><x:c r=\"A1\" s=\"1\"/></x:row></x:sheetData></x:w>"
        );
    }

    #[test]
    fn rows_and_cells_without_numbers_are_counted() {
        let text = "<w><sheetData><row><c/><c/></row><row><c/></row></sheetData></w>";
        let expected = "<w><sheetData><row><c/><c s=\"1\"/></row><row><c s=\"1\"/></row></sheetData></w>";
        assert_eq!(marked(text, &[(1, 1), (2, 0)]), expected);
    }

    #[test]
    fn the_drawing_stands_where_the_schema_wants_it() {
        let mut styles = Styles::new(None).unwrap();
        let mut with = |text: &str| {
            let outline = outline(text, &Marks::default()).unwrap();
            edit(text, &outline, &BTreeMap::new(), &mut styles, Some("r9")).unwrap()
        };
        let end = with("<w><sheetData/><pageMargins/></w>");
        assert!(end.contains("<pageMargins/><legacyDrawing") && end.ends_with("r:id=\"r9\"/></w>"), "{end}");
        let before = with("<w><sheetData/><drawing/><tableParts><tablePart/></tableParts><extLst/></w>");
        assert!(before.contains("<drawing/><legacyDrawing") && before.contains("/><tableParts>"), "{before}");
    }
}
