//! A rectangle of postings in memory.

/// What stands for "unknown" among whole numbers.
pub(super) const VOID: i16 = i16::MIN;
/// Closer to a posting than this share of the step, only that posting counts: where another is void, a position given
/// to a tenth of a millimetre is still on the known one.
pub(super) const ON_POSTING: f64 = 1e-5;

/// Row after row of values; [`VOID`] or NaN where unknown.
#[derive(Debug, Clone)]
pub(super) enum Values {
    Whole(Vec<i16>),
    Real(Vec<f32>),
}

impl Values {
    pub fn bytes(&self) -> usize {
        match self {
            Values::Whole(values) => values.len() * 2,
            Values::Real(values) => values.len() * 4,
        }
    }

    pub fn len(&self) -> usize {
        match self {
            Values::Whole(values) => values.len(),
            Values::Real(values) => values.len(),
        }
    }

    /// NaN where unknown.
    pub fn get(&self, at: usize) -> f32 {
        match self {
            Values::Whole(values) => match values.get(at) {
                Some(&VOID) | None => f32::NAN,
                Some(&value) => f32::from(value),
            },
            Values::Real(values) => values.get(at).copied().unwrap_or(f32::NAN),
        }
    }

    pub fn voids(&self) -> u64 {
        match self {
            Values::Whole(values) => values.iter().filter(|v| **v == VOID).count() as u64,
            Values::Real(values) => values.iter().filter(|v| v.is_nan()).count() as u64,
        }
    }
}

/// A page of a raster: its own postings and one beyond each side, so that what lies between is found in one page.
#[derive(Debug)]
pub(super) struct Page {
    /// Column and row, in the raster's count, of the first value; -1 at the raster's edge.
    pub column: i64,
    pub row: i64,
    pub columns: usize,
    pub rows: usize,
    pub values: Values,
}

/// The posting before and the share of the next one, within `0..count`.
fn split(at: f64, count: usize) -> (usize, f64) {
    let before = (at.max(0.0) as usize).min(count.saturating_sub(2));
    (before, at - before as f64)
}

impl Page {
    /// Bilinear between the four postings around a column and row of the raster. `None` where one that counts is
    /// unknown.
    pub fn bilinear(&self, column: f64, row: f64) -> Option<f32> {
        let (left, fx) = split(column - self.column as f64, self.columns);
        let (top, fy) = split(row - self.row as f64, self.rows);
        let snap = |f: f64| {
            if f.abs() < ON_POSTING {
                0.0
            } else if (f - 1.0).abs() < ON_POSTING {
                1.0
            } else {
                f
            }
        };
        let (fx, fy) = (snap(fx) as f32, snap(fy) as f32);
        let value = |down: usize, right: usize| {
            // A posting without weight may be unknown.
            let weightless = (down == 0 && fy == 1.0)
                || (down == 1 && fy == 0.0)
                || (right == 0 && fx == 1.0)
                || (right == 1 && fx == 0.0);
            if weightless { 0.0 } else { self.values.get((top + down) * self.columns + left + right) }
        };
        let height = mix(mix(value(0, 0), value(0, 1), fx), mix(value(1, 0), value(1, 1), fx), fy);
        (!height.is_nan()).then_some(height)
    }

    /// The value of the nearest posting.
    pub fn nearest(&self, column: f64, row: f64) -> Option<f32> {
        let index = |at: f64, first: i64, count: usize| {
            ((at - first as f64).round().max(0.0) as usize).min(count.saturating_sub(1))
        };
        let (column, row) = (index(column, self.column, self.columns), index(row, self.row, self.rows));
        let value = self.values.get(row * self.columns + column);
        (!value.is_nan()).then_some(value)
    }
}

/// From `a` (share 0) to `b` (share 1): level ground stays level, and whole numbers are exact at both ends.
#[inline(always)]
pub(super) fn mix(a: f32, b: f32, share: f32) -> f32 {
    a + (b - a) * share
}
