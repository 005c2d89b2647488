//! What headings and totals state, and what was counted for them.

use super::SkippedRow;
use super::label::TotalKind;

/// The headings that are open, and since when rows are counted.
#[derive(Debug, Default)]
pub(super) struct Totals {
    /// Open headings: nested?, index in `skipped`, records before it.
    open: Vec<(bool, usize, u64)>,
    /// Records before the last heading or part total.
    since: u64,
    /// Totals that stand above the data: their count is known at the end.
    pub head: Vec<usize>,
}

impl Totals {
    /// A heading: closes those of its level and below.
    pub fn begin_group(&mut self, nested: bool, index: usize, records: u64, skipped: &mut [SkippedRow]) {
        while let Some((open_nested, at, before)) = self.open.last().copied() {
            if nested && !open_nested {
                break;
            }
            close(skipped, at, records - before);
            self.open.pop();
        }
        self.open.push((nested, index, records));
        self.since = records;
    }

    /// A total: what was counted for it, and whether it must wait for the end of the table.
    pub fn total(&mut self, kind: TotalKind, stated: Option<u64>, records: u64) -> (u64, bool) {
        if records == 0 {
            return (0, true);
        }
        if kind == TotalKind::Whole {
            return (records, false);
        }
        // "Cộng" after nested headings may sum up the inner or the outer one; the one that fits is meant.
        let last = records - self.since;
        let outer =
            self.open.iter().map(|(_, _, before)| records - before).find(|count| Some(*count) == stated);
        self.since = records;
        (outer.unwrap_or(last), false)
    }

    /// The end of the table.
    pub fn finish(&mut self, records: u64, skipped: &mut [SkippedRow]) {
        for (_, at, before) in self.open.drain(..) {
            close(skipped, at, records - before);
        }
        for at in self.head.drain(..) {
            close(skipped, at, records);
        }
    }
}

fn close(skipped: &mut [SkippedRow], at: usize, counted: u64) {
    if let Some(row) = skipped.get_mut(at) {
        row.counted = counted;
    }
}
