//! Merged cells, and the budget that cells and copies are taken from.

use std::collections::BTreeMap;

use super::error::Fault;
use super::row::Row;
use super::{CellKind, Limits};

/// Longer values are not copied into the rows below.
const MAX_COPIED_BYTES: usize = 600;
/// Merged regions of a sheet at most.
pub(crate) const MAX_MERGES: usize = 100_000;

/// What cells may still be read from a file.
#[derive(Debug)]
pub(super) struct Budget {
    cells: u64,
    text: u64,
    limits: Limits,
}

impl Budget {
    pub fn new(limits: &Limits) -> Budget {
        Budget { cells: limits.cells, text: limits.text_bytes, limits: limits.clone() }
    }

    /// Takes one cell with so much text.
    pub fn take(&mut self, bytes: usize) -> Result<(), Fault> {
        if bytes > self.limits.field_bytes {
            return Err(Fault::Limit { what: "bytes in one cell", limit: self.limits.field_bytes as u64 });
        }
        let left = self.cells.checked_sub(1).zip(self.text.checked_sub(bytes as u64));
        match left {
            Some((cells, text)) => (self.cells, self.text) = (cells, text),
            None if self.cells == 0 => return Err(Fault::Limit { what: "cells", limit: self.limits.cells }),
            None => return Err(Fault::Limit { what: "bytes of text", limit: self.limits.text_bytes }),
        }
        Ok(())
    }
}

/// A merged region: rows from 1, columns from 0, both ends included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Merge {
    pub top: u32,
    pub left: u32,
    pub bottom: u32,
    pub right: u32,
}

/// Applies the merges of a sheet to its rows as they come, top-down.
#[derive(Debug, Default)]
pub(super) struct Merges {
    /// By top row, the last first.
    waiting: Vec<Merge>,
    /// Reaching over the current row, by their left column.
    active: BTreeMap<u32, Active>,
}

#[derive(Debug)]
struct Active {
    right: u32,
    bottom: u32,
    origin: u32,
    text: String,
    kind: CellKind,
}

impl Merges {
    pub fn new(mut merges: Vec<Merge>) -> Merges {
        merges.sort_unstable();
        merges.reverse();
        Merges { waiting: merges, active: BTreeMap::new() }
    }

    /// Another region, known only now; its top row must not have passed.
    pub fn add(&mut self, merge: Merge) {
        if self.waiting.len() < MAX_MERGES {
            let at = self.waiting.partition_point(|other| *other > merge);
            self.waiting.insert(at, merge);
        }
    }

    /// Widens the cells merged to the right, and copies values merged downwards into this row.
    pub fn apply(&mut self, row: &mut Row, budget: &mut Budget) -> Result<(), Fault> {
        self.active.retain(|_, active| active.bottom >= row.number);
        while let Some(merge) = self.waiting.last().copied().filter(|merge| merge.top <= row.number) {
            self.waiting.pop();
            if merge.top < row.number {
                // Its first row was empty: nothing to copy.
                continue;
            }
            row.widen(merge.left, merge.right);
            if merge.bottom > merge.top
                && let Some(cell) =
                    row.cell(merge.left).filter(|cell| cell.is_own() && cell.text.len() <= MAX_COPIED_BYTES)
            {
                let (text, kind) = (cell.text.to_owned(), cell.kind);
                let active =
                    Active { right: merge.right, bottom: merge.bottom, origin: row.number, text, kind };
                self.active.insert(merge.left, active);
            }
        }
        // A row that has nothing of its own is no row of the table.
        if row.is_blank() {
            return Ok(());
        }
        let number = row.number;
        for (column, active) in self.active.iter().filter(|(_, active)| active.origin < number) {
            budget.take(active.text.len())?;
            row.push_copy(*column, active.right, &active.text, active.kind, active.origin);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_is_copied_down_to_the_end_of_its_merge() {
        let merge = Merge { top: 2, left: 1, bottom: 3, right: 2 };
        let mut merges = Merges::new(vec![merge]);
        let mut budget = Budget::new(&Limits::default());
        let mut seen = Vec::new();
        for number in 1..=4 {
            let mut row = Row::default();
            row.start(number);
            row.push(0, "x", CellKind::Text);
            if number == 2 {
                row.push(1, "Xã A", CellKind::Text);
            }
            merges.apply(&mut row, &mut budget).unwrap();
            seen.push(row.cell(1).map(|cell| (cell.text.to_owned(), cell.origin, cell.last_column)));
        }
        assert_eq!(seen, [None, Some(("Xã A".into(), None, 2)), Some(("Xã A".into(), Some(2), 2)), None]);
    }

    #[test]
    fn the_budget_ends() {
        let mut budget = Budget::new(&Limits { cells: 2, ..Limits::default() });
        assert!(budget.take(1).is_ok() && budget.take(1).is_ok());
        assert!(matches!(budget.take(1), Err(Fault::Limit { what: "cells", .. })));
    }
}
