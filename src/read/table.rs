//! Rows → a table: finds the header among the first rows, then hands the rest to the [`Body`].

use std::sync::Arc;

use super::beside;
use super::body::Body;
use super::by_values::{degrees_in_x_and_y, severity_in_status};
use super::context::Context;
use super::grid;
use super::header::{Header, find_header};
use super::row::Row;
use super::{Field, Purpose, RawTable, SkippedReason, SkippedRow};
use crate::domain::Carrier;
use crate::finding::Rule;
use crate::text::{Legacy, detect_legacy};

/// Among so many non-empty rows the header must stand.
const HEADER_WITHIN: usize = 60;

/// First cells of the sheets that phusong itself adds to a workbook: the findings of a returned list, and the
/// explanation of the blank form. They are no list and are passed over without a finding.
pub const OWN_SHEETS: [&str; 2] =
    ["phusong: kết quả kiểm tra · findings of validation", "phusong: hướng dẫn · how to fill in this form"];

/// Takes the rows of one grid, top-down, and makes a table of them.
pub(super) struct TableReader {
    sheet: Option<Arc<str>>,
    state: State,
}

enum State {
    /// The rows so far; no header yet.
    Searching(Vec<Row>),
    /// The body, and the font that the sheet's titles and labels are in.
    Reading(Box<Body>, Option<Legacy>),
    /// No header among the first rows: the rest is not looked at.
    GaveUp(Vec<Row>),
    /// A sheet that phusong added.
    Own,
}

/// What came of a grid.
pub(super) enum Outcome {
    Table(RawTable),
    /// No header: the texts of the first rows, and whether it looks like a table at all.
    NoHeader {
        table: RawTable,
        looks_like_table: bool,
    },
    /// Not one non-empty cell.
    Empty,
}

impl TableReader {
    pub fn new(sheet: Option<Arc<str>>) -> TableReader {
        TableReader { sheet, state: State::Searching(Vec::new()) }
    }

    /// Takes the next row.
    pub fn push(&mut self, row: &Row, context: &mut Context<'_>) {
        if let Some(grids) = &mut context.grids {
            grid::keep(grids, self.sheet.as_ref(), row);
        }
        match &mut self.state {
            State::Reading(body, font) => {
                // Rows of other sheets may have come between.
                context.read_labels_in(*font);
                body.push(row, context);
            }
            State::GaveUp(_) | State::Own => {}
            State::Searching(rows) => {
                if row.is_blank() {
                    return;
                }
                let first = row.own().next();
                if rows.is_empty() && first.is_some_and(|cell| OWN_SHEETS.contains(&cell.text.trim())) {
                    self.state = State::Own;
                    return;
                }
                rows.push(row.clone());
                if rows.len() >= HEADER_WITHIN {
                    let rows = std::mem::take(rows);
                    self.state = self.begin(rows, context);
                }
            }
        }
    }

    /// Searches the header and hands the rows after it on.
    fn begin(&self, rows: Vec<Row>, context: &mut Context<'_>) -> State {
        let (header, font) = header_and_font(&rows, context);
        let Some(mut header) = header else { return State::GaveUp(rows) };
        if context.purpose() == Purpose::AreaList && is_upright(&header, &rows, context) {
            return State::GaveUp(rows);
        }
        let below = (header.at + header.height).min(rows.len());
        let is_list = context.purpose() == Purpose::AreaList;
        let beside = if is_list { beside::in_header(&header, &rows, &context.titles) } else { None };
        if let Some(beside) = &beside {
            header.end_before(beside.column);
        }
        degrees_in_x_and_y(&mut header.columns, &rows[below..]);
        if context.purpose() == Purpose::AreaList {
            severity_in_status(&mut header.columns, &rows[below..], context.titles.clean);
        }
        report_header(&header, &rows, self.sheet.as_ref(), context);
        let mut title = Vec::new();
        let mut skipped = Vec::new();
        for (index, row) in rows[..below].iter().enumerate() {
            let reason = if index < header.at { SkippedReason::Title } else { SkippedReason::Header };
            let text = row.joined();
            if index < header.at {
                title.push(text.clone());
            }
            skipped.push(SkippedRow { row: row.number, reason, text, stated: None, counted: 0 });
        }
        let mut body = Box::new(Body::new(self.sheet.clone(), title.join("\n"), header, skipped, context));
        body.stop_before(beside);
        for row in &rows[below..] {
            body.push(row, context);
        }
        State::Reading(body, font)
    }

    /// Ends the grid.
    pub fn finish(mut self, context: &mut Context<'_>) -> Outcome {
        if let State::Searching(rows) = &mut self.state {
            if rows.is_empty() {
                return Outcome::Empty;
            }
            let rows = std::mem::take(rows);
            self.state = self.begin(rows, context);
        }
        match self.state {
            State::Reading(body, font) => {
                context.read_labels_in(font);
                Outcome::Table(body.finish(context))
            }
            State::Own => Outcome::Empty,
            State::GaveUp(rows) | State::Searching(rows) => {
                let looks_like_table = rows.iter().filter(|row| row.own().count() >= 3).count() >= 3;
                let title: Vec<String> = rows.iter().map(Row::joined).collect();
                let table = RawTable {
                    sheet: self.sheet,
                    title: title.join("\n"),
                    header: Vec::new(),
                    records: Vec::new(),
                    skipped: Vec::new(),
                };
                Outcome::NoHeader { table, looks_like_table }
            }
        }
    }
}

/// The header, and the font that its titles are in: each sheet has its own. Titles that prove none may be in that of
/// an earlier sheet, where that makes sense of more of them.
fn header_and_font(rows: &[Row], context: &mut Context<'_>) -> (Option<Header>, Option<Legacy>) {
    context.read_labels_in(context.file_font);
    let as_given = first_header(rows, context);
    let proved = as_given
        .as_ref()
        .and_then(|header| font_of_titles(&rows[header.at..(header.at + header.height).min(rows.len())]));
    let Some(font) = proved.or(context.proved_font) else { return (as_given, context.file_font) };
    context.read_labels_in(Some(font));
    context.proved_font = Some(font);
    let in_font = first_header(rows, context);
    let named = |header: &Option<Header>| {
        header.iter().flat_map(|h| &h.columns).filter(|c| c.field.is_some()).count()
    };
    if in_font.is_some() && (proved.is_some() || named(&in_font) > named(&as_given)) {
        return (in_font, Some(font));
    }
    let font = proved.or(context.file_font);
    context.read_labels_in(font);
    (as_given, font)
}

/// The header that stands over the rows best, unless an earlier one will do and has data below it: then the better one is
/// another table's, and what stands above it no title.
fn first_header(rows: &[Row], context: &Context<'_>) -> Option<Header> {
    let mut header = find_header(rows, &context.titles)?;
    while context.purpose() == Purpose::AreaList
        && let Some(earlier) = find_header(&rows[..header.at], &context.titles)
    {
        let fields: Vec<Field> = earlier.columns.iter().filter_map(|column| column.field).collect();
        let below = &rows[earlier.at + earlier.height..header.at];
        let is_data = |row: &Row| row.own().count() >= 3 && row.own().any(|cell| cell.is_numeric());
        if missing_field(context.purpose(), &fields).is_some() || !below.iter().any(is_data) {
            break;
        }
        header = earlier;
    }
    Some(header)
}

/// Whether the titles stand one below the other in the first column, as in a form for one area: what was found is then
/// the first of them with its value.
fn is_upright(header: &Header, rows: &[Row], context: &Context<'_>) -> bool {
    let block = rows.get(header.at..(header.at + header.height).min(rows.len())).unwrap_or_default();
    let Some(first) = block.first().and_then(|row| row.own().next()) else { return false };
    if block.iter().any(|row| row.own().count() > 2) {
        return false;
    }
    let mut fields: Vec<Field> = rows[header.at..]
        .iter()
        .take(10)
        .filter(|row| row.own().count() <= 2)
        .filter_map(|row| context.titles.find(row.cell(first.column)?.text))
        .filter(|found| found.whole)
        .map(|found| found.field)
        .collect();
    fields.sort_unstable();
    fields.dedup();
    fields.len() >= 3
}

/// The legacy font that the titles are in, where one of them proves it: short ones such as `Sè hé` prove nothing alone.
fn font_of_titles(header: &[Row]) -> Option<Legacy> {
    header.iter().flat_map(Row::own).find_map(|cell| detect_legacy(cell.text.get(..300).unwrap_or(cell.text)))
}

/// Findings about the columns: unclear ones, missing ones.
fn report_header(header: &Header, rows: &[Row], sheet: Option<&Arc<str>>, context: &mut Context<'_>) {
    let row = rows.get(header.at + header.height - 1).map_or(0, |row| row.number);
    let title =
        |column: u32| header.columns.iter().find(|c| c.column == column).map_or("", |c| c.title.as_str());
    for (column, used, other) in &header.fits_two {
        let finding = context.finding(Rule::HeaderAmbiguous, sheet, row).at_column(*column, title(*column));
        context
            .findings
            .push(finding.raw(title(*column)).fact("field", used.key()).fact("also", other.key()));
    }
    for (column, field) in &header.claimed_twice {
        let finding = context.finding(Rule::HeaderAmbiguous, sheet, row).at_column(*column, title(*column));
        context.findings.push(finding.raw(title(*column)).fact("field", field.key()));
    }
    let carriers: Vec<&str> = header
        .columns
        .iter()
        .filter(|column| column.field.is_none() && is_carrier(&context.clean(&column.title)))
        .map(|column| column.title.as_str())
        .collect();
    if context.purpose() == Purpose::AreaList && carriers.len() >= 2 {
        let finding = context.finding(Rule::CarriersInColumns, sheet, row).raw(carriers.join(" | "));
        context.findings.push(finding);
    }
    let fields: Vec<Field> = header.columns.iter().filter_map(|column| column.field).collect();
    if let Some(missing) = missing_field(context.purpose(), &fields) {
        let titles: Vec<&str> = header.columns.iter().map(|column| column.title.as_str()).collect();
        let finding = context.finding(Rule::RequiredColumnMissing, sheet, row).raw(titles.join(" | "));
        context.findings.push(finding.fact("field", missing));
    }
}

/// Whether a title is the name of a known carrier.
fn is_carrier(title: &str) -> bool {
    Carrier::from_name(title).is_some_and(|carrier| !matches!(carrier, Carrier::Other(_)))
}

/// The field, as `[headers]` names it, without which a file of this purpose is of no use, if it is missing.
pub(super) fn missing_field(purpose: Purpose, fields: &[Field]) -> Option<&'static str> {
    let has = |field: Field| fields.contains(&field);
    let position = has(Field::Position)
        || (has(Field::Latitude) && has(Field::Longitude))
        || (has(Field::Northing) && has(Field::Easting));
    match purpose {
        Purpose::AreaList if !has(Field::Village) && !position => Some(Field::Village.key()),
        Purpose::Villages if !has(Field::VillageId) => Some(Field::VillageId.key()),
        Purpose::Villages if !has(Field::Village) && !position => Some(Field::Village.key()),
        Purpose::Communes if !has(Field::Commune) => Some(Field::Commune.key()),
        Purpose::Crosswalk if !has(Field::Commune) && !has(Field::CommuneCode) => Some(Field::Commune.key()),
        Purpose::Crosswalk if !has(Field::OldCommune) && !has(Field::OldCommuneCode) => {
            Some(Field::OldCommune.key())
        }
        Purpose::Stations | Purpose::Candidates if !position => Some(Field::Position.key()),
        Purpose::Programme if !position && !has(Field::Village) && !has(Field::Commune) => {
            Some(Field::Position.key())
        }
        _ => None,
    }
}
