//! Bilinear heights along a parabola within one page, many at once.
//!
//! Three passes over blocks of points: where (arithmetic on whole registers), the four postings (loads), the mixture
//! (registers again). The caller vouches that all points lie on the page; a point that does not comes out as unknown.

use super::page::{Page, VOID, Values, mix};
use super::path::Parabola;

/// Points of a block.
const BLOCK: usize = 16;
/// Adding it to a number below 2⁵¹ leaves the nearest whole number in the low bits.
const MAGIC: f64 = 4_503_599_627_370_496.0;

/// Where the points are: column and row of the page, by the point's number.
#[derive(Debug, Clone, Copy)]
pub(super) struct Line {
    pub column: Parabola,
    pub row: Parabola,
    /// The first point's number.
    pub first: f64,
}

/// A posting as it is stored.
trait Posting: Copy {
    const UNKNOWN: Self;
    fn height(self) -> f32;
}

impl Posting for i16 {
    const UNKNOWN: i16 = VOID;

    #[inline(always)]
    fn height(self) -> f32 {
        if self == VOID { f32::NAN } else { f32::from(self) }
    }
}

impl Posting for f32 {
    const UNKNOWN: f32 = f32::NAN;

    #[inline(always)]
    fn height(self) -> f32 {
        self
    }
}

/// The heights, NaN where unknown. Returns whether there may be a NaN among them.
#[inline(always)]
pub(super) fn heights(page: &Page, line: Line, out: &mut [f64]) -> bool {
    match &page.values {
        Values::Whole(values) => along(values, page.columns, page.rows, line, out),
        Values::Real(values) => along(values, page.columns, page.rows, line, out),
    }
}

#[inline(always)]
fn along<T: Posting>(values: &[T], columns: usize, rows: usize, line: Line, out: &mut [f64]) -> bool {
    let Some(below) = values.get(columns..) else {
        out.fill(f64::NAN);
        return true;
    };
    let Some(above) = values.get(..below.len()) else {
        out.fill(f64::NAN);
        return true;
    };
    let (width, last_column, last_row) =
        (columns as f64, columns.saturating_sub(2) as f64, rows.saturating_sub(2) as f64);
    // Sums in lanes: a NaN stays, and the lanes do not wait for each other.
    let mut sums = [0_f32; BLOCK];
    let mut first = line.first;
    let (blocks, rest) = out.as_chunks_mut::<BLOCK>();
    let mut tail = [0_f64; BLOCK];
    let partial = (!rest.is_empty()).then_some(&mut tail);
    for block in blocks.iter_mut().chain(partial) {
        let (mut index, mut fx, mut fy) = ([0_u32; BLOCK], [0_f32; BLOCK], [0_f32; BLOCK]);
        for j in 0..BLOCK {
            let t = first + j as f64;
            let (column, row) = (line.column.at(t), line.row.at(t));
            // The posting before; on a posting it may be the one before that, whose share is then 0.
            let before = |at: f64, last: f64| {
                let floor = ((at - 0.5) + MAGIC) - MAGIC;
                let floor = if floor < last { floor } else { last };
                if floor > 0.0 { floor } else { 0.0 }
            };
            let (left, top) = (before(column, last_column), before(row, last_row));
            fx[j] = (column - left) as f32;
            fy[j] = (row - top) as f32;
            index[j] = ((top * width + left) + MAGIC).to_bits() as u32;
        }
        let mut corner = [[T::UNKNOWN; BLOCK]; 4];
        for j in 0..BLOCK {
            let at = index[j] as usize;
            // One comparison vouches for four loads: both slices are equally long.
            if at + 1 < above.len() && at + 1 < below.len() {
                corner[0][j] = above[at];
                corner[1][j] = above[at + 1];
                corner[2][j] = below[at];
                corner[3][j] = below[at + 1];
            }
        }
        for j in 0..BLOCK {
            let [a, b, c, d] = [0, 1, 2, 3].map(|k: usize| corner[k][j].height());
            let height = mix(mix(a, b, fx[j]), mix(c, d, fx[j]), fy[j]);
            block[j] = f64::from(height);
            sums[j] += height;
        }
        first += BLOCK as f64;
    }
    let count = rest.len();
    rest.copy_from_slice(&tail[..count]);
    // What was computed beyond the last point does no harm: at worst the caller looks for a NaN that is not there.
    sums.iter().any(|sum| sum.is_nan())
}
