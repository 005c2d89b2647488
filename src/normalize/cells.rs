//! Cells → values, with the findings that cleaning them makes.

use crate::domain::{Carrier, Severity, Source};
use crate::finding::{Finding, Rule};
use crate::normalize::value::{self, Date, NotUnderstood, Parsed};
use crate::read::{CellKind, Field, RawCell, RawRecord, RawTable};
use crate::text::{
    Cleaned, Legacy, TextRepair, begins_in_unicode, clean, clean_as, detect_legacy, is_beyond_legacy,
};

/// Reads the cells of one record and notes what was repaired.
pub(super) struct CellReader<'a> {
    table: &'a RawTable,
    record: &'a RawRecord,
    carrier: Option<&'a Carrier>,
    /// The font of the whole file.
    legacy: Option<Legacy>,
    /// The font of this row's place names.
    place_font: Option<Legacy>,
    findings: &'a mut Vec<Finding>,
}

/// The cells that one hand typed in one font: where one proves a legacy font, the others of the row are in it too.
const PLACE_NAMES: [Field; 4] = [Field::Province, Field::District, Field::Commune, Field::Village];

impl<'a> CellReader<'a> {
    /// A reader of one record. `legacy` is the font that the whole file is in, if it is.
    pub fn new(
        table: &'a RawTable,
        record: &'a RawRecord,
        carrier: Option<&'a Carrier>,
        legacy: Option<Legacy>,
        findings: &'a mut Vec<Finding>,
    ) -> CellReader<'a> {
        let names = || PLACE_NAMES.iter().filter_map(|f| record.cell(*f)).filter(|c| c.filled_from.is_none());
        let place_font = legacy.or_else(|| names().find_map(|cell| detect_legacy(&cell.text)));
        CellReader { place_font, table, record, carrier, legacy, findings }
    }

    /// The record's place.
    pub fn source(&self) -> Source {
        self.record.source.clone()
    }

    /// The title above a cell of this record.
    pub fn title(&self, cell: &RawCell) -> &str {
        self.table.column_title(cell.column)
    }

    /// A finding at a cell of this record.
    pub fn finding_at(&self, rule: Rule, cell: &RawCell) -> Finding {
        let title = self.table.column_title(cell.column).to_owned();
        let mut finding = Finding::new(rule, self.source()).at_column(cell.column, title);
        finding.carrier = self.carrier.cloned();
        finding
    }

    /// A finding of this record as a whole.
    pub fn finding(&self, rule: Rule) -> Finding {
        let mut finding = Finding::new(rule, self.source());
        finding.carrier = self.carrier.cloned();
        finding
    }

    /// Notes a finding.
    pub fn note(&mut self, finding: Finding) {
        self.findings.push(finding);
    }

    /// A field's cell, if it holds anything.
    pub fn cell(&self, field: Field) -> Option<&'a RawCell> {
        self.record.cell(field).filter(|c| !c.text.trim().is_empty())
    }

    /// A field's clean text.
    pub fn text(&mut self, field: Field) -> Option<String> {
        let cell = self.cell(field)?;
        let cleaned = if PLACE_NAMES.contains(&field) { self.clean_name(cell) } else { self.clean(cell) };
        Some(cleaned).filter(|text| !text.is_empty())
    }

    /// An official code of a commune: five digits, of which spreadsheet programs drop the leading zeros.
    pub fn unit_code(&mut self, field: Field) -> Option<String> {
        let text = self.text(field)?;
        let digits = text.trim_start_matches('\'');
        let digits = digits.strip_suffix(".0").unwrap_or(digits);
        if (1..=5).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit()) {
            return Some(format!("{digits:0>5}"));
        }
        Some(text)
    }

    /// The clean text of a cell that names a place: in the font of the row's other place names, unless it was copied
    /// down from a row of its own.
    pub fn clean_name(&mut self, cell: &RawCell) -> String {
        self.clean_in(cell, self.font_of_name(cell))
    }

    fn font_of_name(&self, cell: &RawCell) -> Option<Legacy> {
        let differs = self.place_font != self.legacy;
        if cell.filled_from.is_some() || (differs && begins_in_unicode(&cell.text)) {
            self.legacy
        } else {
            self.place_font
        }
    }

    /// The clean lines of a cell that names places, those with nothing in them left out. The cell as a whole says the
    /// font where no line does; repairs are those of [`CellReader::clean_name`].
    pub fn name_lines(&self, cell: &RawCell) -> Vec<String> {
        let font = self.font_of_name(cell).or_else(|| detect_legacy(&cell.text));
        let clean_line = |line: &str| match font {
            Some(legacy) => clean_as(line, legacy).text,
            None => clean(line).text,
        };
        cell.text.lines().map(clean_line).filter(|line| !line.is_empty()).collect()
    }

    /// The clean text of a cell that names a unit. Where only another cell of the row proves a legacy font, a name that
    /// is known as it stands stays as it stands.
    pub fn unit_name(&mut self, field: Field, is_known: impl Fn(&str) -> bool) -> Option<String> {
        let cell = self.cell(field)?;
        let by_neighbour = self.place_font.filter(|_| self.legacy.is_none() && !cell.text.is_ascii());
        let text = match by_neighbour {
            Some(font)
                if is_known(&clean(&cell.text).text) && !is_known(&clean_as(&cell.text, font).text) =>
            {
                self.clean(cell)
            }
            _ => self.clean_name(cell),
        };
        // Letters that no legacy font gives are Unicode, whatever else is not known.
        if !text.is_ascii()
            && !cell.text.chars().any(is_beyond_legacy)
            && !is_known(&text)
            && let Some(font) = [Legacy::Tcvn3, Legacy::Vni]
                .into_iter()
                .find(|font| is_known(&clean_as(&cell.text, *font).text))
        {
            // A name from another language need not look Vietnamese in any font: that it is known proves the font.
            self.place_font = self.place_font.or(Some(font));
            return Some(self.clean_in(cell, Some(font)));
        }
        Some(text).filter(|text| !text.is_empty())
    }

    /// The clean text of a cell; its repairs are noted unless the cell was copied down, when the first has them.
    pub fn clean(&mut self, cell: &RawCell) -> String {
        self.clean_in(cell, self.legacy)
    }

    fn clean_in(&mut self, cell: &RawCell, font: Option<Legacy>) -> String {
        let Cleaned { text, repairs } = match font {
            Some(legacy) => clean_as(&cell.text, legacy),
            None => clean(&cell.text),
        };
        if cell.filled_from.is_none() {
            for repair in repairs {
                let finding = self.finding_at(rule_of(repair), cell).raw(&*cell.text).used(&*text);
                let finding = match repair {
                    TextRepair::Legacy(legacy) => finding.fact("encoding", legacy.name()),
                    _ => finding,
                };
                // Several look-alikes in one cell are one fault of that cell.
                if !self.findings.last().is_some_and(|last| *last == finding) {
                    self.findings.push(finding);
                }
            }
        }
        text
    }

    /// A count (households, inhabitants). What is no number is noted and counts as not known.
    pub fn count(&mut self, field: Field) -> Option<u32> {
        let cell = self.no_date(field)?;
        let parsed = value::parse_count(&cell.text, cell.kind);
        self.number(cell, parsed)
    }

    /// A decimal number. What is no number is noted and counts as not known.
    pub fn decimal(&mut self, field: Field) -> Option<f64> {
        let cell = self.no_date(field)?;
        let parsed = value::parse_decimal(&cell.text, cell.kind);
        self.number(cell, parsed)
    }

    fn number<T: Copy + ToString>(
        &mut self,
        cell: &RawCell,
        parsed: Result<Option<Parsed<T>>, NotUnderstood>,
    ) -> Option<T> {
        match parsed {
            Ok(parsed) => {
                let parsed = parsed?;
                if parsed.ambiguous {
                    let finding = self.finding_at(Rule::NumberAmbiguous, cell).raw(&*cell.text);
                    self.findings.push(finding.used(parsed.value.to_string()));
                }
                Some(parsed.value)
            }
            Err(_) => {
                self.not_understood(Rule::NumberUnparseable, cell);
                None
            }
        }
    }

    /// A yes or a no. Blank is not known.
    pub fn mark(&mut self, field: Field) -> Option<bool> {
        let cell = self.no_date(field)?;
        if let CellKind::Bool(mark) = cell.kind {
            return Some(mark);
        }
        let text = self.clean(cell);
        value::parse_mark(&text).unwrap_or_else(|_| {
            self.not_understood(Rule::YesNoUnrecognised, cell);
            None
        })
    }

    /// White or weak. Blank is not known.
    pub fn severity(&mut self, field: Field) -> Option<Severity> {
        let cell = self.cell(field)?;
        let text = self.clean(cell);
        value::parse_severity(&text).unwrap_or_else(|_| {
            self.not_understood(Rule::SeverityUnrecognised, cell);
            None
        })
    }

    /// Looks at the day of a survey: one that is no day, or that lies after `until`, is noted.
    pub fn survey_date(&mut self, field: Field, until: Option<Date>) {
        let Some(cell) = self.cell(field) else { return };
        match value::parse_date(&cell.text, cell.kind) {
            Ok(None) => {}
            Ok(Some(date)) => {
                if let Some(last) = until.filter(|last| date > *last) {
                    let finding = self.finding_at(Rule::DateSuspect, cell).raw(&*cell.text);
                    self.findings.push(finding.used(date.to_string()).fact("latest", last.to_string()));
                }
            }
            Err(_) => self.not_understood(Rule::DateSuspect, cell),
        }
    }

    /// A field's cell, unless the spreadsheet program took what was typed (`1/2`, `12.5`) for a date: what was meant
    /// cannot be told any more.
    fn no_date(&mut self, field: Field) -> Option<&'a RawCell> {
        let cell = self.cell(field)?;
        if cell.kind == CellKind::Date {
            self.not_understood(Rule::DateSuspect, cell);
            return None;
        }
        Some(cell)
    }

    fn not_understood(&mut self, rule: Rule, cell: &RawCell) {
        // Formulas without a value and error cells were noted when they were read.
        if !matches!(cell.kind, CellKind::FormulaWithoutValue | CellKind::Error) {
            let finding = self.finding_at(rule, cell).raw(&*cell.text);
            self.findings.push(finding);
        }
    }
}

fn rule_of(repair: TextRepair) -> Rule {
    match repair {
        TextRepair::Legacy(_) => Rule::LegacyFontText,
        TextRepair::Composed => Rule::NonNfcText,
        TextRepair::TonePlacement => Rule::TonePlacementVariant,
        TextRepair::Lookalike(_) => Rule::LookalikeCharacter,
    }
}
