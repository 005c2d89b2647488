//! One row of any grid on its way to the table: the texts of its cells in one buffer that the next row reuses,
//! so that columns nobody asked for cost no allocation.

use super::CellKind;

/// The non-empty cells of a row, in column order.
#[derive(Debug, Clone, Default)]
pub(super) struct Row {
    /// Row number, from 1, as the spreadsheet program numbers it.
    pub number: u32,
    /// Hidden from view.
    pub hidden: bool,
    text: String,
    cells: Vec<Slot>,
}

#[derive(Debug, Clone, Copy)]
struct Slot {
    column: u32,
    last_column: u32,
    start: usize,
    end: usize,
    kind: CellKind,
    origin: Option<u32>,
}

/// A cell of a [`Row`].
#[derive(Debug, Clone, Copy)]
pub(super) struct Cell<'a> {
    /// Column, from 0.
    pub column: u32,
    /// The last column it is merged over; its own where it is not merged.
    pub last_column: u32,
    /// Its text; for a formula without a value the formula.
    pub text: &'a str,
    /// What kind of value it is.
    pub kind: CellKind,
    /// The row above that a merge takes the value from.
    pub origin: Option<u32>,
}

impl Cell<'_> {
    /// Whether the cell has something of its own: not blank, not copied by a merge.
    pub fn is_own(&self) -> bool {
        self.origin.is_none() && !self.is_blank()
    }

    /// Whether nothing is to be seen in it.
    pub fn is_blank(&self) -> bool {
        self.kind != CellKind::FormulaWithoutValue && self.text.trim().is_empty()
    }

    /// Whether it is a number, by kind or by look (`(3)` and `1.373` are none of a kind, but digits).
    pub fn is_numeric(&self) -> bool {
        matches!(self.kind, CellKind::Number(_) | CellKind::Date)
            || (self.text.chars().any(|c| c.is_ascii_digit())
                && self.text.trim().chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | ',' | '-' | '+')))
    }
}

impl Row {
    /// Makes it the empty row of this number.
    pub fn start(&mut self, number: u32) {
        self.number = number;
        self.hidden = false;
        self.text.clear();
        self.cells.clear();
    }

    /// Adds a cell; blank text of kind `Text` adds nothing.
    pub fn push(&mut self, column: u32, text: &str, kind: CellKind) {
        if text.is_empty() && kind == CellKind::Text {
            return;
        }
        let start = self.text.len();
        self.text.push_str(text);
        let slot = Slot { column, last_column: column, start, end: self.text.len(), kind, origin: None };
        self.insert(slot);
    }

    /// Adds a cell that a merge fills from the row `origin`, unless the column holds something already.
    pub fn push_copy(&mut self, column: u32, last_column: u32, text: &str, kind: CellKind, origin: u32) {
        if self.cells.binary_search_by_key(&column, |slot| slot.column).is_ok() {
            return;
        }
        let start = self.text.len();
        self.text.push_str(text);
        let end = self.text.len();
        self.insert(Slot { column, last_column, start, end, kind, origin: Some(origin) });
    }

    fn insert(&mut self, slot: Slot) {
        // Cells come in column order from every sound file: the search is for the others.
        if self.cells.last().is_none_or(|last| last.column < slot.column) {
            self.cells.push(slot);
            return;
        }
        match self.cells.binary_search_by_key(&slot.column, |s| s.column) {
            Ok(at) => self.cells[at] = slot,
            Err(at) => self.cells.insert(at, slot),
        }
    }

    /// Widens a cell to the last column of its merge.
    pub fn widen(&mut self, column: u32, last_column: u32) {
        if let Ok(at) = self.cells.binary_search_by_key(&column, |slot| slot.column) {
            self.cells[at].last_column = last_column;
        }
    }

    /// The cells, in column order.
    pub fn cells(&self) -> impl DoubleEndedIterator<Item = Cell<'_>> + Clone {
        self.cells.iter().map(|slot| self.view(slot))
    }

    fn view(&self, slot: &Slot) -> Cell<'_> {
        Cell {
            column: slot.column,
            last_column: slot.last_column,
            text: self.text.get(slot.start..slot.end).unwrap_or(""),
            kind: slot.kind,
            origin: slot.origin,
        }
    }

    /// The cells that have something of their own.
    pub fn own(&self) -> impl DoubleEndedIterator<Item = Cell<'_>> + Clone {
        self.cells().filter(Cell::is_own)
    }

    /// The row without what stands from a column on.
    pub fn before(&self, column: u32) -> Row {
        let cells = self.cells.iter().filter(|slot| slot.column < column).copied().collect();
        Row { cells, ..self.clone() }
    }

    /// The row with what stands from a column on alone.
    pub fn from(&self, column: u32) -> Row {
        let cells = self.cells.iter().filter(|slot| slot.column >= column).copied().collect();
        Row { cells, ..self.clone() }
    }

    /// The cell of a column.
    pub fn cell(&self, column: u32) -> Option<Cell<'_>> {
        let at = self.cells.binary_search_by_key(&column, |slot| slot.column).ok()?;
        self.cells.get(at).map(|slot| self.view(slot))
    }

    /// Whether no cell has anything of its own.
    pub fn is_blank(&self) -> bool {
        self.own().next().is_none()
    }

    /// Its own texts joined by a space, at most 500 characters.
    pub fn joined(&self) -> String {
        let mut out = String::new();
        for cell in self.own() {
            if !out.is_empty() {
                out.push(' ');
            }
            out.extend(cell.text.trim().chars().take(500));
            if out.chars().count() > 500 {
                break;
            }
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_kept_in_column_order_and_the_last_of_a_column_stands() {
        let mut row = Row::default();
        row.start(3);
        row.push(2, "c", CellKind::Text);
        row.push(0, "a", CellKind::Text);
        row.push(2, "d", CellKind::Text);
        row.push(1, "", CellKind::Text);
        let found: Vec<_> = row.cells().map(|c| (c.column, c.text.to_owned())).collect();
        assert_eq!(found, [(0, "a".to_owned()), (2, "d".to_owned())]);
        assert_eq!(row.joined(), "a d");
    }

    #[test]
    fn a_copied_cell_is_not_the_rows_own() {
        let mut row = Row::default();
        row.start(9);
        row.push_copy(1, 1, "Xã A", CellKind::Text, 7);
        assert!(row.is_blank());
        assert_eq!(row.cell(1).and_then(|c| c.origin), Some(7));
    }
}
