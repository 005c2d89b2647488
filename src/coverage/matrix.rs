//! The sparse matrix of candidates (rows) and villages (columns).
//!
//! Columns stand in blocks of at most 64 near villages, and a row holds one 64-bit mask for each block that it
//! touches: 61.7 million pairs (100 000 × 100 000 within 5 km) are 1.7 million masks, 20 MB, a third of a byte
//! for each pair. A count is a bit count; what a site still adds is `mask & uncovered`.

use super::RowReader;
use crate::index::{LEAF_POINTS, LeafMasks, with_wide_instructions};

/// The row of a candidate that has none.
const NO_ROW: u32 = u32::MAX;

/// Candidates × villages: who would serve whom, and what is not known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CoverageMatrix {
    villages: usize,
    /// Block by block, the village of each bit.
    columns: Vec<u32>,
    /// Where each block starts in `columns`; one more than there are blocks.
    block_starts: Vec<u32>,
    /// The row of each candidate, `NO_ROW` for one that could not be judged.
    row_of: Vec<u32>,
    /// The candidate of each row. Near candidates have near rows, for the sake of the processor's caches.
    row_candidates: Vec<u32>,
    /// Where each row's entries start; one more than there are rows.
    row_starts: Vec<usize>,
    blocks: Vec<u32>,
    masks: Vec<u64>,
    unknown_candidates: Vec<u32>,
    unknown_villages: Vec<u32>,
}

/// Why rows make no matrix.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum MatrixError {
    /// Villages and candidates are numbered by `u32`.
    #[error("{0} rows or columns are more than a matrix can number (4 294 967 295)")]
    TooMany(usize),
    /// A row names a village that there is not.
    #[error("candidate {candidate} serves village {village}, but there are {villages} villages")]
    NoSuchVillage {
        /// The row.
        candidate: usize,
        /// The number it names.
        village: u32,
        /// How many villages there are.
        villages: usize,
    },
    /// A row serves a village of which the model knows nothing.
    #[error("candidate {candidate} serves village {village}, which is listed as unknown")]
    UnknownServed {
        /// The row.
        candidate: usize,
        /// The village.
        village: u32,
    },
}

impl CoverageMatrix {
    /// A matrix from one row for each candidate: the numbers of the villages that it serves, in any order, or
    /// `None` where the model cannot tell. `unknown_villages` are those of which the model knows nothing.
    ///
    /// # Errors
    /// [`MatrixError`] where a number is out of range or contradicts `unknown_villages`.
    pub fn from_rows(
        villages: usize,
        rows: &[Option<Vec<u32>>],
        unknown_villages: &[u32],
    ) -> Result<CoverageMatrix, MatrixError> {
        let count = u32::try_from(villages).map_err(|_| MatrixError::TooMany(villages))?;
        u32::try_from(rows.len()).map_err(|_| MatrixError::TooMany(rows.len()))?;
        let mut unknown = unknown_villages.to_vec();
        unknown.sort_unstable();
        unknown.dedup();
        let (queries, row_starts) = (Vec::new(), vec![0]);
        let mut near = LeafMasks { queries, row_starts, leaves: Vec::new(), masks: Vec::new() };
        let mut unknown_candidates = Vec::new();
        for (candidate, row) in rows.iter().enumerate() {
            let Some(row) = row else {
                unknown_candidates.push(candidate as u32);
                continue;
            };
            let mut row = row.clone();
            row.sort_unstable();
            let first = near.masks.len();
            for village in row {
                if village >= count {
                    return Err(MatrixError::NoSuchVillage { candidate, village, villages });
                }
                if unknown.binary_search(&village).is_ok() {
                    return Err(MatrixError::UnknownServed { candidate, village });
                }
                let (block, bit) = (village / LEAF_POINTS as u32, village % LEAF_POINTS as u32);
                if near.leaves.len() == first || near.leaves.last() != Some(&block) {
                    near.leaves.push(block);
                    near.masks.push(0);
                }
                if let Some(mask) = near.masks.last_mut() {
                    *mask |= 1 << bit;
                }
            }
            near.queries.push(candidate as u32);
            near.row_starts.push(near.masks.len());
        }
        let block_starts = (0..count).step_by(LEAF_POINTS).chain([count]).collect();
        let columns = (0..count).collect();
        Ok(CoverageMatrix::new(villages, columns, block_starts, near, unknown_candidates, unknown))
    }

    /// `near.queries` holds candidates; every candidate is either there or in `unknown_candidates`.
    pub(super) fn new(
        villages: usize,
        columns: Vec<u32>,
        block_starts: Vec<u32>,
        near: LeafMasks,
        unknown_candidates: Vec<u32>,
        unknown_villages: Vec<u32>,
    ) -> CoverageMatrix {
        let mut row_of = vec![NO_ROW; near.queries.len() + unknown_candidates.len()];
        for (&candidate, row) in near.queries.iter().zip(0..) {
            row_of[candidate as usize] = row;
        }
        CoverageMatrix {
            villages,
            columns,
            block_starts,
            row_of,
            row_candidates: near.queries,
            row_starts: near.row_starts,
            blocks: near.leaves,
            masks: near.masks,
            unknown_candidates,
            unknown_villages,
        }
    }

    /// How many candidates there are, known or not.
    pub fn candidates(&self) -> usize {
        self.row_of.len()
    }

    /// How many villages there are, known or not.
    pub fn villages(&self) -> usize {
        self.villages
    }

    /// The candidates that could not be judged (no position), ascending.
    pub fn unknown_candidates(&self) -> &[u32] {
        &self.unknown_candidates
    }

    /// The villages that could not be judged (no position), ascending: in no row, and not for being far away.
    pub fn unknown_villages(&self) -> &[u32] {
        &self.unknown_villages
    }

    /// Whether this candidate could be judged.
    pub fn is_known(&self, candidate: usize) -> bool {
        self.row_of.get(candidate).is_some_and(|&row| row != NO_ROW)
    }

    /// The numbers of the villages that a candidate serves, ascending; `None` where it could not be judged.
    pub fn row(&self, candidate: usize) -> Option<Vec<u32>> {
        self.is_known(candidate).then(|| {
            let mut row = Vec::new();
            self.entries(candidate).for_each(|(block, mask)| row.extend(self.members(block, mask)));
            row.sort_unstable();
            row
        })
    }

    /// Reads many rows faster than [`row`](CoverageMatrix::row) does.
    pub fn reader(&self) -> RowReader<'_> {
        RowReader::new(self)
    }

    /// How many villages a candidate serves; `None` where it could not be judged.
    pub fn count(&self, candidate: usize) -> Option<u32> {
        self.is_known(candidate).then(|| self.entries(candidate).map(|(_, mask)| mask.count_ones()).sum())
    }

    /// The candidates that could be judged, in the order in which their rows lie in memory: near ones together.
    pub fn row_order(&self) -> &[u32] {
        &self.row_candidates
    }

    /// How many (candidate, village) pairs there are.
    pub fn pairs(&self) -> u64 {
        with_wide_instructions(|| self.masks.iter().map(|mask| u64::from(mask.count_ones())).sum())
    }

    /// How many villages at least one candidate serves.
    pub fn villages_served(&self) -> u64 {
        let mut served = vec![0u64; self.block_count()];
        for candidate in 0..self.candidates() {
            for (block, mask) in self.entries(candidate) {
                served[block] |= mask;
            }
        }
        served.iter().map(|mask| u64::from(mask.count_ones())).sum()
    }

    /// The memory that the matrix holds, bytes.
    pub fn bytes(&self) -> usize {
        4 * (self.columns.len() + self.block_starts.len() + self.blocks.len())
            + 4 * (self.row_of.len()
                + self.row_candidates.len()
                + self.unknown_candidates.len()
                + self.unknown_villages.len())
            + 8 * (self.row_starts.len() + self.masks.len())
    }

    /// How many blocks the columns stand in.
    pub fn block_count(&self) -> usize {
        self.block_starts.len() - 1
    }

    /// All bits of a block that stand for a village.
    pub fn block_mask(&self, block: usize) -> u64 {
        match self.block_columns(block).len() {
            0 => 0,
            n => u64::MAX >> (LEAF_POINTS - n),
        }
    }

    /// The village of each bit of a block.
    pub fn block_columns(&self, block: usize) -> &[u32] {
        &self.columns[self.block_starts[block] as usize..self.block_starts[block + 1] as usize]
    }

    /// A candidate's masks, by ascending block. None for a candidate that could not be judged.
    #[inline(always)]
    pub fn entries(&self, candidate: usize) -> impl Iterator<Item = (usize, u64)> + '_ {
        let row = self.row_of[candidate] as usize;
        let range =
            if row == NO_ROW as usize { 0..0 } else { self.row_starts[row]..self.row_starts[row + 1] };
        self.blocks[range.clone()].iter().map(|&block| block as usize).zip(self.masks[range].iter().copied())
    }

    /// The villages of the bits that are set in a block's mask.
    fn members(&self, block: usize, mask: u64) -> impl Iterator<Item = u32> + '_ {
        self.block_columns(block)
            .iter()
            .enumerate()
            .filter(move |(bit, _)| mask >> bit & 1 == 1)
            .map(|(_, &v)| v)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_come_back_sorted_and_unknown_is_not_empty() {
        let rows = [Some(vec![130, 2, 64, 2]), None, Some(vec![])];
        let matrix = CoverageMatrix::from_rows(131, &rows, &[7, 3]).unwrap();
        assert_eq!(matrix.row(0), Some(vec![2, 64, 130]));
        assert_eq!(matrix.row(1), None);
        assert_eq!(matrix.row(2), Some(vec![]));
        assert_eq!(matrix.row(3), None);
        assert_eq!((matrix.count(0), matrix.count(1), matrix.count(2)), (Some(3), None, Some(0)));
        assert_eq!(matrix.unknown_candidates(), [1]);
        assert_eq!(matrix.unknown_villages(), [3, 7]);
        assert_eq!((matrix.candidates(), matrix.villages(), matrix.pairs()), (3, 131, 3));
        assert_eq!(matrix.block_mask(2), 0b111);
    }

    #[test]
    fn a_village_that_two_serve_is_served_once() {
        let rows = [Some(vec![130, 2, 64]), None, Some(vec![2, 5]), Some(vec![])];
        let matrix = CoverageMatrix::from_rows(131, &rows, &[]).unwrap();
        assert_eq!(matrix.villages_served(), 4);
    }

    #[test]
    fn a_row_that_contradicts_the_villages_is_refused() {
        let rows = [Some(vec![5])];
        assert!(matches!(
            CoverageMatrix::from_rows(5, &rows, &[]),
            Err(MatrixError::NoSuchVillage { candidate: 0, village: 5, villages: 5 })
        ));
        assert!(matches!(
            CoverageMatrix::from_rows(6, &rows, &[5]),
            Err(MatrixError::UnknownServed { candidate: 0, village: 5 })
        ));
    }

    #[test]
    fn neighbouring_rows_in_one_block_stay_apart() {
        let rows = [Some(vec![1]), Some(vec![2])];
        let matrix = CoverageMatrix::from_rows(3, &rows, &[]).unwrap();
        assert_eq!((matrix.row(0), matrix.row(1)), (Some(vec![1]), Some(vec![2])));
        assert!(CoverageMatrix::from_rows(0, &[], &[]).unwrap().row(0).is_none());
    }
}
