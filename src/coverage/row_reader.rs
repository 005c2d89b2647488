//! Rows as plain ascending numbers, for who reads many of them.
//!
//! A row's villages come block by block, near ones together, not in the order of their numbers. Long rows are put
//! in order by a radix sort over as few digits as the number of villages has room for.

use super::CoverageMatrix;
use crate::index::with_wide_instructions;

/// Shorter rows are sorted by comparing.
const SHORT_ROW: usize = 160;
/// Digits of the radix sort have at most this many bits: their counts stay in the nearest cache.
const DIGIT_BITS: u32 = 10;

/// Reads rows of one matrix, with buffers that it reuses.
#[derive(Debug, Clone)]
pub struct RowReader<'a> {
    matrix: &'a CoverageMatrix,
    digits: u32,
    digit_bits: u32,
    counts: Vec<u32>,
    row: Vec<u32>,
    other: Vec<u32>,
}

impl<'a> RowReader<'a> {
    pub(super) fn new(matrix: &'a CoverageMatrix) -> RowReader<'a> {
        let bits = (usize::BITS - matrix.villages().leading_zeros()).max(1);
        let digits = bits.div_ceil(DIGIT_BITS);
        let digit_bits = bits.div_ceil(digits);
        let counts = vec![0; 1 << digit_bits];
        RowReader { matrix, digits, digit_bits, counts, row: Vec::new(), other: Vec::new() }
    }

    /// The numbers of the villages that a candidate serves, ascending; `None` where it could not be judged.
    pub fn read(&mut self, candidate: usize) -> Option<&[u32]> {
        if !self.matrix.is_known(candidate) {
            return None;
        }
        self.row.clear();
        with_wide_instructions(|| self.fill(candidate));
        Some(&self.row)
    }

    #[inline(always)]
    fn fill(&mut self, candidate: usize) {
        for (block, mut mask) in self.matrix.entries(candidate) {
            let columns = self.matrix.block_columns(block);
            if mask == u64::MAX {
                self.row.extend_from_slice(columns);
                continue;
            }
            while mask != 0 {
                self.row.push(columns[mask.trailing_zeros() as usize]);
                mask &= mask - 1;
            }
        }
        if self.row.len() < SHORT_ROW {
            self.row.sort_unstable();
            return;
        }
        self.other.resize(self.row.len(), 0);
        for digit in 0..self.digits {
            self.sort_by_digit(digit * self.digit_bits);
            std::mem::swap(&mut self.row, &mut self.other);
        }
    }

    /// Copies `row` to `other`, ordered by the digit that starts at bit `shift`; equals keep their order.
    #[inline(always)]
    fn sort_by_digit(&mut self, shift: u32) {
        let last = self.counts.len() - 1;
        self.counts.fill(0);
        for village in &self.row {
            self.counts[(village >> shift) as usize & last] += 1;
        }
        let mut sum = 0;
        for count in &mut self.counts {
            sum += std::mem::replace(count, sum);
        }
        for &village in &self.row {
            let place = &mut self.counts[(village >> shift) as usize & last];
            self.other[*place as usize] = village;
            *place += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_and_long_rows_ascend_and_leave_nothing_behind() {
        let row = |step: u32| (0..3_000).rev().filter(|v| v % step == 0).collect::<Vec<u32>>();
        let rows = [Some(row(1)), Some(row(1_000)), None, Some(row(7)), Some(vec![]), Some(row(2))];
        let matrix = CoverageMatrix::from_rows(3_000, &rows, &[]).unwrap();
        let mut reader = matrix.reader();
        for (candidate, row) in rows.iter().enumerate() {
            let expected = row.as_ref().map(|row| row.iter().rev().copied().collect::<Vec<_>>());
            assert_eq!(reader.read(candidate), expected.as_deref());
            assert_eq!(matrix.row(candidate), expected);
        }
        assert_eq!(reader.read(rows.len()), None);
    }
}
