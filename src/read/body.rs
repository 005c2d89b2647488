//! The rows below a header: which are records, which are headings, totals and footers.
//!
//! A row is told by what stands in it, not by where it stands; a row that could be either (one lone text) waits:
//! if data follow it is a record, if not it belongs to the footer.

mod classify;
mod report;

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::sync::Arc;

use classify::Class;

use super::beside::{self, Beside};
use super::context::Context;
use super::dms;
use super::fill::Filler;
use super::header::{Header, OtherTitles};
use super::label::{TotalKind, UnitLevel, first_integer, names_district, total_kind, unit_level};
use super::row::{Cell, Row};
use super::row_kinds::{is_column_numbers, is_quantity, title};
use super::table::missing_field;
use super::totals::Totals;
use super::{CellKind, Field, Purpose, RawRecord, RawTable, SkippedReason, SkippedRow};
use crate::finding::Rule;

/// Rows waiting for what follows them.
const MAX_WAITING: usize = 1_000;
/// From this hidden row of a table on they are summed up: a filter may hide any number.
const MAX_HIDDEN: u64 = 1_000;

/// The part of a table below its header, as it grows.
pub(super) struct Body {
    sheet: Option<Arc<str>>,
    title: String,
    header: Header,
    /// Recognised columns.
    fields: Vec<(u32, Field)>,
    records: Vec<RawRecord>,
    /// Records so far, also those that went to a sink.
    count: u64,
    /// The table as a sink sees it.
    shown: Option<(usize, Box<RawTable>)>,
    skipped: Vec<SkippedRow>,
    waiting: Vec<Row>,
    filler: Filler,
    totals: Totals,
    group: Option<Arc<str>>,
    district_group: Option<Arc<str>>,
    column_numbers_due: bool,
    last_sequence: Option<u64>,
    restart_allowed: bool,
    hidden_rows: u64,
    /// The first hidden row that has no finding of its own.
    first_summed: u32,
    /// Another table that begins below.
    below: Option<Below>,
    /// Another table to the right.
    beside: Option<Beside>,
    /// A list without a column that names a place.
    names_no_place: bool,
    /// The last column with a title.
    last_column: u32,
    /// The last row of the header, and that of the last record.
    header_row: u32,
    record_row: u32,
    /// The columns of rows that could have been a footer and were records, for data followed.
    were_records: BTreeSet<Vec<u32>>,
}

/// Another table below, which is not read.
struct Below {
    /// The row of its titles, and they themselves.
    row: u32,
    titles: String,
    /// Rows below them.
    rows: u64,
}

impl Body {
    pub fn new(
        sheet: Option<Arc<str>>,
        title: String,
        header: Header,
        skipped: Vec<SkippedRow>,
        context: &mut Context<'_>,
    ) -> Body {
        let fields: Vec<(u32, Field)> =
            header.columns.iter().filter_map(|column| Some((column.column, column.field?))).collect();
        context.tables += 1;
        let shown = context.sink.is_some().then(|| {
            let table = RawTable {
                sheet: sheet.clone(),
                title: title.clone(),
                header: header.columns.clone(),
                records: Vec::new(),
                skipped: Vec::new(),
            };
            (context.tables, Box::new(table))
        });
        Body {
            filler: Filler::new(&fields, context.purpose().is_hand_made()),
            names_no_place: {
                let fields: Vec<Field> = fields.iter().map(|(_, field)| *field).collect();
                let is_list = context.purpose() == Purpose::AreaList;
                is_list
                    && missing_field(Purpose::AreaList, &fields).is_some()
                    && !fields.contains(&Field::VillageId)
            },
            last_column: header.columns.last().map_or(0, |column| column.column),
            header_row: skipped.last().map_or(0, |row| row.row),
            record_row: 0,
            were_records: BTreeSet::new(),
            beside: None,
            sheet,
            title,
            header,
            fields,
            records: Vec::new(),
            count: 0,
            shown,
            skipped,
            waiting: Vec::new(),
            totals: Totals::default(),
            group: None,
            district_group: None,
            column_numbers_due: true,
            last_sequence: None,
            restart_allowed: true,
            hidden_rows: 0,
            first_summed: 0,
            below: None,
        }
    }

    /// Another table begins to the right: what stands in its columns is not this one's.
    pub fn stop_before(&mut self, beside: Option<Beside>) {
        self.beside = beside;
    }

    /// The row without what belongs to a table beside this one.
    fn own_part<'a>(&mut self, row: &'a Row, context: &Context<'_>) -> Cow<'a, Row> {
        let Some(last) = row.own().next_back().filter(|cell| cell.column > self.last_column) else {
            return Cow::Borrowed(row);
        };
        match &mut self.beside {
            Some(beside) if last.column >= beside.column => beside.rows += 1,
            None if context.purpose() == Purpose::AreaList => {
                self.beside = beside::in_row(self.last_column, row, &context.titles);
            }
            _ => {}
        }
        self.beside.as_ref().map_or(Cow::Borrowed(row), |beside| Cow::Owned(row.before(beside.column)))
    }

    /// Takes the next row.
    pub fn push(&mut self, row: &Row, context: &mut Context<'_>) {
        let row = &*self.own_part(row, context);
        if row.is_blank() {
            return;
        }
        if let Some(below) = &mut self.below {
            below.rows += 1;
            return;
        }
        if row.hidden {
            self.hidden_row(row, context);
        }
        if self.header.is_repeated_by(row, context.titles.clean) {
            self.column_numbers_due = true;
            self.titles_between(context);
            self.skip(row, SkippedReason::Header);
            return;
        }
        if context.purpose() == Purpose::AreaList
            && let Some(titles) = self.header.other_titles(row, &context.titles)
        {
            match titles {
                OtherTitles::Same => {
                    self.column_numbers_due = true;
                    self.titles_between(context);
                }
                OtherTitles::AnotherTable => {
                    self.below = Some(Below { row: row.number, titles: row.joined(), rows: 0 });
                }
            }
            self.skip(row, SkippedReason::Header);
            return;
        }
        if self.column_numbers_due && is_column_numbers(row, self.header.columns.len()) {
            self.skip(row, SkippedReason::ColumnNumbers);
            return;
        }
        let joined = (!self.header.parts.is_empty()).then(|| dms::joined(row, &self.header.parts));
        let row = joined.as_ref().unwrap_or(row);
        if !context.purpose().is_hand_made() {
            if self.has_recognised(row) {
                self.column_numbers_due = false;
                self.record(row, context);
            } else {
                self.skip(row, SkippedReason::Unrecognised);
            }
            return;
        }
        match self.classify(row, context) {
            // That no column names a place is said once, of the table.
            Class::Data if self.names_no_place => self.skip(row, SkippedReason::Unrecognised),
            Class::Data => {
                self.column_numbers_due = false;
                self.release_waiting(Some(row), context);
                self.record(row, context);
            }
            Class::Total(kind) => self.total(row, kind, context),
            Class::Group(label) => self.begin_group(row, &label, context),
            Class::Footer => self.skip(row, SkippedReason::Footer),
            Class::Unclear if self.waiting.len() < MAX_WAITING => self.waiting.push(row.clone()),
            Class::Unclear => self.skip(row, SkippedReason::Footer),
        }
    }

    /// Each hidden row has its finding, as long as they are few enough to be looked at one by one.
    fn hidden_row(&mut self, row: &Row, context: &mut Context<'_>) {
        self.hidden_rows += 1;
        if self.hidden_rows < MAX_HIDDEN {
            let finding = context.finding(Rule::HiddenContent, self.sheet.as_ref(), row.number);
            context.findings.push(finding.raw(row.joined()));
        } else if self.hidden_rows == MAX_HIDDEN {
            self.first_summed = row.number;
        }
    }

    fn field(&self, column: u32) -> Option<Field> {
        let at = self.fields.binary_search_by_key(&column, |(column, _)| *column).ok()?;
        self.fields.get(at).map(|(_, field)| *field)
    }

    fn has_recognised(&self, row: &Row) -> bool {
        row.own().any(|cell| self.field(cell.column).is_some())
    }

    fn begin_group(&mut self, row: &Row, label: &str, context: &mut Context<'_>) {
        self.release_waiting(None, context);
        self.group_begins(row, label);
    }

    fn group_begins(&mut self, row: &Row, label: &str) {
        let level = unit_level(label);
        let label: Arc<str> = label.split_whitespace().collect::<Vec<_>>().join(" ").into();
        let nested = level == Some(UnitLevel::Commune);
        self.group = Some(match &self.district_group {
            Some(district) if nested => format!("{label}, {district}").into(),
            _ => Arc::clone(&label),
        });
        if !nested {
            self.district_group = (level == Some(UnitLevel::District)).then_some(label);
        }
        self.filler.begin_group(nested);
        self.restart_allowed = true;
        // The number of a heading counts headings.
        let is_number = |cell: &Cell<'_>| self.field(cell.column) == Some(Field::Sequence);
        let stated = self.stated(row.own().filter(|cell| !is_number(cell)));
        self.totals.begin_group(nested, self.skipped.len(), self.count, &mut self.skipped);
        self.skip_with(row, SkippedReason::Group, stated);
    }

    fn total(&mut self, row: &Row, kind: TotalKind, context: &mut Context<'_>) {
        self.release_waiting(None, context);
        let stated = self.stated(row.own());
        let (counted, at_end) = self.totals.total(kind, stated, self.count);
        let reason = if kind == TotalKind::Whole { SkippedReason::Total } else { SkippedReason::Subtotal };
        if at_end {
            self.totals.head.push(self.skipped.len());
        }
        self.restart_allowed = true;
        self.skip_with(row, reason, stated);
        if let Some(last) = self.skipped.last_mut() {
            last.counted = counted;
        }
    }

    /// The number of rows that a heading or total states: the first whole number that is not a sum of people,
    /// kilometres or money.
    fn stated<'a>(&self, cells: impl Iterator<Item = Cell<'a>>) -> Option<u64> {
        cells
            .filter(|cell| !matches!(self.field(cell.column), Some(field) if is_quantity(field)))
            .filter(|cell| cell.is_numeric() || total_kind(cell.text).is_some())
            .find_map(|cell| first_integer(cell.text))
    }

    fn skip(&mut self, row: &Row, reason: SkippedReason) {
        self.skip_with(row, reason, None);
    }

    fn skip_with(&mut self, row: &Row, reason: SkippedReason, stated: Option<u64>) {
        self.skipped.push(SkippedRow { row: row.number, reason, text: row.joined(), stated, counted: 0 });
    }

    /// Data follow: what waited were records after all, or the headings of the row that comes `next`.
    fn release_waiting(&mut self, next: Option<&Row>, context: &mut Context<'_>) {
        for row in std::mem::take(&mut self.waiting) {
            if let Some(label) = next.and_then(|next| self.heading_of(&row, next, context)) {
                self.group_begins(&row, &label);
                self.filler.heading(&row);
            } else if self.has_recognised(&row) {
                self.were_records.insert(row.own().map(|cell| cell.column).collect());
                self.record(&row, context);
            } else {
                self.skip(&row, SkippedReason::Unrecognised);
            }
        }
    }

    /// The titles once more: what waited stands above them as the first title above the first header. One that names a
    /// district is the heading of what follows.
    fn titles_between(&mut self, context: &Context<'_>) {
        for row in std::mem::take(&mut self.waiting) {
            let text = context.clean(&row.joined()).into_owned();
            if names_district(&text) {
                self.group_begins(&row, &text);
            } else {
                self.skip(&row, SkippedReason::Title);
            }
        }
    }

    fn record(&mut self, row: &Row, context: &mut Context<'_>) {
        self.record_row = row.number;
        self.check_sequence(row, context);
        let cells = self.filler.cells(row, &self.header.columns, self.sheet.as_ref(), context);
        let source = context.source(self.sheet.as_ref(), row.number);
        let record = RawRecord { source, cells, group: self.group.clone(), geometry: None };
        self.count += 1;
        match (&mut context.sink, &self.shown) {
            (Some(sink), Some((number, table))) => sink.record(*number, table, record, &mut context.findings),
            _ => self.records.push(record),
        }
    }

    fn check_sequence(&mut self, row: &Row, context: &mut Context<'_>) {
        if !context.purpose().is_hand_made() {
            return;
        }
        let Some((column, _)) = self.fields.iter().find(|(_, field)| *field == Field::Sequence) else {
            return;
        };
        let Some(cell) = row.cell(*column).filter(Cell::is_own) else { return };
        let number = match cell.kind {
            CellKind::Number(value) if value.fract() == 0.0 && (0.0..1e15).contains(&value) => value as u64,
            _ => match cell.text.trim().trim_end_matches('.').parse() {
                Ok(number) => number,
                Err(_) => return,
            },
        };
        let expected = self.last_sequence.map_or(1, |last| last.saturating_add(1));
        let restart = number == 1 && self.restart_allowed;
        if number != expected && !restart {
            let finding = context
                .finding(Rule::SequenceGap, self.sheet.as_ref(), row.number)
                .at_column(*column, title(&self.header.columns, *column))
                .raw(cell.text.trim());
            context.findings.push(finding.fact("expected", expected.to_string()));
        }
        self.last_sequence = Some(number);
        self.restart_allowed = false;
    }

    /// Ends the table.
    pub fn finish(mut self, context: &mut Context<'_>) -> RawTable {
        for row in std::mem::take(&mut self.waiting) {
            if self.goes_on(&row) {
                self.record(&row, context);
            } else {
                self.skip(&row, SkippedReason::Footer);
            }
        }
        self.totals.finish(self.count, &mut self.skipped);
        self.skipped.sort_by_key(|skipped| skipped.row);
        self.report(context);
        if let (Some(sink), Some((number, table))) = (&mut context.sink, &self.shown) {
            sink.end(*number, table, &mut context.findings);
        }
        self.records.shrink_to_fit();
        RawTable {
            sheet: self.sheet,
            title: self.title,
            header: self.header.columns,
            records: self.records,
            skipped: self.skipped,
        }
    }
}
