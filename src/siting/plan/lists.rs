//! Lists of lists in one piece of memory.

/// Rows of numbers, one after the other.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Lists {
    starts: Vec<usize>,
    items: Vec<u32>,
}

impl Lists {
    pub(super) fn new() -> Lists {
        Lists { starts: vec![0], items: Vec::new() }
    }

    pub(super) fn push(&mut self, row: impl IntoIterator<Item = u32>) {
        self.items.extend(row);
        self.starts.push(self.items.len());
    }

    #[inline(always)]
    pub(super) fn row(&self, row: usize) -> &[u32] {
        &self.items[self.starts[row]..self.starts[row + 1]]
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &[u32]> {
        self.starts.windows(2).map(|ends| &self.items[ends[0]..ends[1]])
    }

    /// How many numbers all rows hold.
    pub(super) fn total(&self) -> usize {
        self.items.len()
    }

    /// Who names whom, the other way round: row `i` lists the rows that hold `i`, ascending. All numbers are
    /// below `columns`.
    pub(super) fn transposed(&self, columns: usize) -> Lists {
        let mut starts = vec![0; columns + 1];
        for &item in &self.items {
            starts[item as usize + 1] += 1;
        }
        for i in 0..columns {
            starts[i + 1] += starts[i];
        }
        let mut next = starts.clone();
        let mut items = vec![0; self.items.len()];
        for (row, number) in self.iter().zip(0..) {
            for &item in row {
                items[next[item as usize]] = number;
                next[item as usize] += 1;
            }
        }
        Lists { starts, items }
    }
}
