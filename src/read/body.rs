//! The rows below a header: which are records, which are headings, totals and footers.
//!
//! A row is told by what stands in it, not by where it stands; a row that could be either (one lone text) waits:
//! if data follow it is a record, if not it belongs to the footer.

use std::sync::Arc;

use super::context::Context;
use super::fill::Filler;
use super::header::{Header, OtherTitles};
use super::label::{
    TotalKind, UnitLevel, first_integer, is_footer, is_group_numeral, total_kind, unit_level, without_numeral,
};
use super::row::{Cell, Row};
use super::row_kinds::{is_column_numbers, is_quantity, is_small_count, title};
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
}

/// Another table below, which is not read.
struct Below {
    /// The row of its titles, and they themselves.
    row: u32,
    titles: String,
    /// Rows below them.
    rows: u64,
}

enum Class {
    Data,
    Total(TotalKind),
    Group(String),
    Footer,
    Unclear,
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

    /// Takes the next row.
    pub fn push(&mut self, row: &Row, context: &mut Context<'_>) {
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
            self.skip(row, SkippedReason::Header);
            return;
        }
        if context.purpose() == Purpose::AreaList
            && let Some(titles) = self.header.other_titles(row, &context.titles)
        {
            match titles {
                OtherTitles::Same => self.column_numbers_due = true,
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
            Class::Data => {
                self.column_numbers_due = false;
                self.release_waiting(context);
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

    fn classify(&self, row: &Row, context: &Context<'_>) -> Class {
        let mut numbered = false;
        let mut placed = false;
        let (mut village, mut commune) = (false, false);
        for cell in row.own() {
            match self.field(cell.column) {
                Some(Field::Sequence) => {
                    numbered |=
                        cell.text.trim().starts_with(|c: char| c.is_ascii_digit()) && cell.text.len() < 12
                }
                Some(
                    Field::Latitude | Field::Longitude | Field::Northing | Field::Easting | Field::Position,
                ) => {
                    placed |= cell.text.chars().any(|c| c.is_ascii_digit());
                }
                Some(Field::Village) => village = true,
                Some(Field::Commune) => commune = true,
                _ => {}
            }
        }
        let cells = row.own().count();
        if !numbered
            && cells <= 4
            && let Some(kind) = self.total_of_counts(row, context)
        {
            return Class::Total(kind);
        }
        if placed || (numbered && cells > 1 && self.has_recognised(row)) {
            return Class::Data;
        }
        // Six texts are no heading; and below it is worth cleaning them.
        let texts: Vec<Cell<'_>> = row.own().filter(|cell| !cell.is_numeric()).collect();
        if !numbered && let Some(first) = texts.first() {
            let label = context.clean(first.text);
            if texts.len() == 1
                && let Some(kind) = total_kind(&label)
            {
                return Class::Total(kind);
            }
            if texts.len() <= 3
                && let Some(label) = self.group_label(&texts, cells, context)
            {
                return Class::Group(label);
            }
            if cells <= 4 && is_footer(&label) {
                return Class::Footer;
            }
        }
        let expects_number = self.last_sequence.is_some();
        let lone = cells == 1 && self.header.columns.len() >= 4;
        if !self.has_recognised(row)
            || lone
            || (expects_number && !numbered && cells <= 2 && !(village && commune))
        {
            return Class::Unclear;
        }
        Class::Data
    }

    /// `Cộng | | | 12`: the label of a total and nothing but whole numbers, whatever columns they stand in.
    fn total_of_counts(&self, row: &Row, context: &Context<'_>) -> Option<TotalKind> {
        let mut texts = row.own().filter(|cell| !cell.is_numeric());
        let label = texts.next().filter(|_| texts.next().is_none())?;
        let counts = row.own().filter(Cell::is_numeric).all(|cell| is_small_count(cell.text));
        total_kind(&context.clean(label.text)).filter(|_| counts)
    }

    /// The text of a group heading, without its numeral, if the row is one.
    fn group_label(&self, texts: &[Cell<'_>], cells: usize, context: &Context<'_>) -> Option<String> {
        let first = texts.first()?;
        let numbers = cells - texts.len();
        if is_group_numeral(first.text) && texts.len() == 2 {
            let text = context.clean(texts.get(1)?.text.trim());
            let village = self.field(texts.get(1)?.column) == Some(Field::Village);
            return (unit_level(&text).is_some() || !village || numbers == 0).then(|| text.into_owned());
        }
        if texts.len() != 1 {
            return None;
        }
        let text = context.clean(first.text.trim());
        let (label, numbered) = without_numeral(&text);
        let columns = self.header.columns.len() as u32;
        let wide = columns >= 4 && first.last_column - first.column + 1 >= columns / 2;
        let heading =
            unit_level(label).is_some() || ((wide || numbered) && numbers == 0 && !is_footer(&text));
        heading.then(|| label.to_owned())
    }

    fn begin_group(&mut self, row: &Row, label: &str, context: &mut Context<'_>) {
        self.release_waiting(context);
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
        let stated = self.stated(row);
        self.totals.begin_group(nested, self.skipped.len(), self.count, &mut self.skipped);
        self.skip_with(row, SkippedReason::Group, stated);
    }

    fn total(&mut self, row: &Row, kind: TotalKind, context: &mut Context<'_>) {
        self.release_waiting(context);
        let stated = self.stated(row);
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
    fn stated(&self, row: &Row) -> Option<u64> {
        row.own()
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

    /// Data follow: what waited were records after all.
    fn release_waiting(&mut self, context: &mut Context<'_>) {
        for row in std::mem::take(&mut self.waiting) {
            if self.has_recognised(&row) {
                self.record(&row, context);
            } else {
                self.skip(&row, SkippedReason::Unrecognised);
            }
        }
    }

    fn record(&mut self, row: &Row, context: &mut Context<'_>) {
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
            self.skip(&row, SkippedReason::Footer);
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

    fn report(&self, context: &mut Context<'_>) {
        let sheet = self.sheet.as_ref();
        for skipped in &self.skipped {
            if !matches!(
                skipped.reason,
                SkippedReason::Group | SkippedReason::Subtotal | SkippedReason::Total
            ) {
                continue;
            }
            let mut finding =
                context.finding(Rule::SubtotalRowSkipped, sheet, skipped.row).raw(skipped.text.clone());
            finding = finding.fact("counted", skipped.counted.to_string());
            context.findings.push(finding);
            if let Some(stated) = skipped.stated.filter(|stated| *stated != skipped.counted) {
                let finding =
                    context.finding(Rule::SubtotalMismatch, sheet, skipped.row).raw(skipped.text.clone());
                context.findings.push(
                    finding.fact("declared", stated.to_string()).fact("counted", skipped.counted.to_string()),
                );
            }
        }
        if let Some(below) = &self.below {
            let finding = context.finding(Rule::AnotherTableBelow, sheet, below.row).raw(&*below.titles);
            context.findings.push(finding.fact("not_read", below.rows.to_string()));
        }
        if self.hidden_rows >= MAX_HIDDEN {
            let finding = context.finding(Rule::HiddenContent, sheet, self.first_summed);
            context.findings.push(finding.fact("rows", (self.hidden_rows - MAX_HIDDEN + 1).to_string()));
        }
    }
}
