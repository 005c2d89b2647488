//! Findings → which cells of a sheet are marked, how, and with which words.

use std::collections::BTreeMap;

use crate::finding::{Level, column_letters};
use crate::lang::Lang;
use crate::validate::ReportedFinding;

/// Findings told in one comment; the rest stand in the list.
const MAX_IN_COMMENT: usize = 20;
/// Comments on one sheet: with more, spreadsheet programs slow to a crawl. The worst come first.
pub(super) const MAX_COMMENTS: usize = 10_000;
const MAX_ROW: u32 = 1 << 20;
const MAX_COLUMN: u32 = 16_383;

/// One marked cell.
#[derive(Debug, Clone)]
pub(super) struct Mark {
    pub level: Level,
    pub notes: Vec<String>,
}

/// The marks of one sheet, before merges and empty cells are known.
#[derive(Debug, Default)]
pub(super) struct Marks {
    /// By row (from 1) and column (from 0).
    pub cells: BTreeMap<(u32, u32), Mark>,
    /// Findings about a row as a whole.
    pub rows: BTreeMap<u32, Mark>,
}

impl Marks {
    /// Takes a finding that counts; one without a row, or off the grid, stands in the list only.
    pub fn take(&mut self, found: &ReportedFinding, lang: Lang) {
        let row = found.finding.source.row;
        if found.waived.is_some() || row == 0 || row > MAX_ROW {
            return;
        }
        let mark = match &found.finding.column {
            Some((column, _)) if *column <= MAX_COLUMN => {
                self.cells.entry((row, *column)).or_insert_with(Mark::new)
            }
            _ => self.rows.entry(row).or_insert_with(Mark::new),
        };
        mark.level = mark.level.max(found.level);
        mark.notes.push(format!(
            "[{}] {}: {}",
            found.level.word(lang),
            found.finding.rule.code(),
            found.finding.message(lang)
        ));
    }

    pub fn is_empty(&self) -> bool {
        self.cells.is_empty() && self.rows.is_empty()
    }

    /// Where each mark really goes: a row's to its first cell that is not empty, a cell's that a merge covers to the
    /// cell that shows the merge's value.
    pub fn placed(
        self,
        first_in_row: &BTreeMap<u32, u32>,
        anchor: impl Fn(u32, u32) -> (u32, u32),
    ) -> BTreeMap<(u32, u32), Mark> {
        let of_rows = self.rows.into_iter().map(|(row, mark)| {
            let column = first_in_row.get(&row).copied().unwrap_or(0);
            ((row, column), mark)
        });
        let mut placed: BTreeMap<(u32, u32), Mark> = BTreeMap::new();
        for ((row, column), mut mark) in self.cells.into_iter().chain(of_rows) {
            let at = anchor(row, column);
            if at != (row, column) {
                let cell = format!("{}{row}: ", column_letters(column));
                mark.notes.iter_mut().for_each(|note| note.insert_str(0, &cell));
            }
            let there = placed.entry(at).or_insert_with(Mark::new);
            there.level = there.level.max(mark.level);
            there.notes.append(&mut mark.notes);
        }
        placed
    }
}

impl Mark {
    fn new() -> Mark {
        Mark { level: Level::Info, notes: Vec::new() }
    }

    /// The words of the comment.
    pub fn comment(&self, lang: Lang) -> String {
        let mut text = String::from("phusong");
        for note in self.notes.iter().take(MAX_IN_COMMENT) {
            text.push('\n');
            text.push_str(note);
        }
        if let Some(more @ 1..) = self.notes.len().checked_sub(MAX_IN_COMMENT) {
            text.push_str(&match lang {
                Lang::Vi => format!("\n… và {more} mục nữa trong sheet phusong"),
                Lang::En => format!("\n… and {more} more in the sheet phusong"),
            });
        }
        text
    }
}
