//! Sums of a number over the villages of a mask, by counting bits.
//!
//! A block's 64 numbers are kept as bit planes: plane `k` has the bit of each village whose number has bit `k`.
//! The sum over a mask is then `Σ 2^k · popcount(mask & plane k)`: exact, in any order, and for numbers such as
//! households some twelve bit counts instead of 64 additions. Numbers are divided by their greatest common
//! divisor first, so that a weight of 1 000 000 millionths for everyone is one plane.

use super::CoverageMatrix;

/// A number for each village, ready to be summed over masks of one matrix.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VillageSums {
    /// The greatest common divisor of all numbers.
    unit: u64,
    /// Where each block's planes start; one more than there are blocks.
    starts: Vec<usize>,
    planes: Vec<u64>,
}

/// Why numbers cannot be summed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SumError {
    /// One number for each village.
    #[error("{numbers} numbers were given for {villages} villages")]
    Count {
        /// Numbers given.
        numbers: usize,
        /// Villages of the matrix.
        villages: usize,
    },
    /// The sum over all villages must fit `u64`.
    #[error("the sum over all villages is above 18 446 744 073 709 551 615")]
    Overflow,
}

impl VillageSums {
    /// Prepares one number for each village of the matrix, by the villages' own numbers.
    ///
    /// # Errors
    /// [`SumError`] where their count is wrong or their sum too large.
    pub fn new(matrix: &CoverageMatrix, numbers: &[u64]) -> Result<VillageSums, SumError> {
        if numbers.len() != matrix.villages() {
            return Err(SumError::Count { numbers: numbers.len(), villages: matrix.villages() });
        }
        numbers.iter().try_fold(0_u64, |sum, &n| sum.checked_add(n)).ok_or(SumError::Overflow)?;
        let unit = numbers.iter().fold(0, |a, &b| gcd(a, b)).max(1);
        let mut sums = VillageSums { unit, starts: vec![0], planes: Vec::new() };
        for block in 0..matrix.block_count() {
            let first = sums.planes.len();
            for (bit, &village) in matrix.block_columns(block).iter().enumerate() {
                let number = numbers[village as usize] / unit;
                let height = (u64::BITS - number.leading_zeros()) as usize;
                if sums.planes.len() < first + height {
                    sums.planes.resize(first + height, 0);
                }
                for (k, plane) in sums.planes[first..].iter_mut().enumerate() {
                    *plane |= (number >> k & 1) << bit;
                }
            }
            sums.starts.push(sums.planes.len());
        }
        Ok(sums)
    }

    /// The sum over the villages of a block's mask.
    #[inline(always)]
    pub fn of(&self, block: usize, mask: u64) -> u64 {
        let planes = &self.planes[self.starts[block]..self.starts[block + 1]];
        let mut sum = 0;
        for (k, plane) in planes.iter().enumerate() {
            sum += u64::from((mask & plane).count_ones()) << k;
        }
        sum * self.unit
    }

    /// The sum over a candidate's villages.
    #[inline(always)]
    pub fn of_row(&self, matrix: &CoverageMatrix, candidate: usize) -> u64 {
        matrix.entries(candidate).map(|(block, mask)| self.of(block, mask)).sum()
    }
}

fn gcd(a: u64, b: u64) -> u64 {
    if b == 0 { a } else { gcd(b, a % b) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums_are_what_addition_gives() {
        let rows: Vec<_> =
            (1..60_u32).map(|k| Some((0..200).filter(|v| v * 31 % 60 < k).collect())).collect();
        let matrix = CoverageMatrix::from_rows(200, &rows, &[]).unwrap();
        for scale in [1, 6, 1_000_000, 1 << 50] {
            let numbers: Vec<u64> = (0..200_u64).map(|v| (v * v % 83) * scale).collect();
            let sums = VillageSums::new(&matrix, &numbers).unwrap();
            for (i, row) in rows.iter().enumerate() {
                let expected: u64 = row.iter().flatten().map(|&v| numbers[v as usize]).sum();
                assert_eq!(sums.of_row(&matrix, i), expected);
            }
        }
    }

    #[test]
    fn numbers_must_fit() {
        let matrix = CoverageMatrix::from_rows(2, &[Some(vec![0, 1])], &[]).unwrap();
        assert_eq!(VillageSums::new(&matrix, &[1]), Err(SumError::Count { numbers: 1, villages: 2 }));
        assert_eq!(VillageSums::new(&matrix, &[u64::MAX, 1]), Err(SumError::Overflow));
        assert_eq!(VillageSums::new(&matrix, &[u64::MAX - 1, 1]).unwrap().of_row(&matrix, 0), u64::MAX);
        assert_eq!(VillageSums::new(&matrix, &[0, 0]).unwrap().of_row(&matrix, 0), 0);
    }
}
