//! One leaf against one query: up to 64 distances, two 64-bit masks.
//!
//! With positions relative to the leaf's centre, `chord² = |p|² - 2 p·q + |q|²`, so that `chord² ≤ t` is
//! `|p|²/2 - p·q ≤ (t - |q|²)/2`: three multiplications a point, and small numbers that `f32` holds to about a
//! millimetre. The error bound (Higham, Accuracy and Stability of Numerical Algorithms, ch. 3, with unit
//! roundoff `u = 2⁻²⁴`): rounding `|p|²/2`, the coordinates of `p` and `q`, and three fused or unfused steps
//! change the left side by less than `8 u (|p|²/2 + |p||q|)`. Both thresholds move by that much to the safe side.

use super::LEAF_POINTS;
use crate::geodesy::{Ecef, Radius};

/// Unit roundoff of `f32`.
const U: f64 = 1.0 / (1 << 24) as f64;
/// Rounding of the threshold itself in `f64`, as a share of the squares it is made of.
const F64_SHARE: f64 = 1e-14;

/// The points of a leaf relative to its centre, m; what is no point has an infinite `half_square`.
#[derive(Debug, Clone)]
#[repr(align(64))]
pub(super) struct LeafPoints {
    pub x: [f32; LEAF_POINTS],
    pub y: [f32; LEAF_POINTS],
    pub z: [f32; LEAF_POINTS],
    /// `|p|²/2`, m².
    pub half_square: [f32; LEAF_POINTS],
}

impl LeafPoints {
    /// The first 64 of `points` relative to `centre`.
    pub(super) fn new(points: &[Ecef], centre: Ecef) -> LeafPoints {
        let mut leaf = LeafPoints {
            x: [0.0; LEAF_POINTS],
            y: [0.0; LEAF_POINTS],
            z: [0.0; LEAF_POINTS],
            half_square: [f32::INFINITY; LEAF_POINTS],
        };
        for (i, p) in points.iter().take(LEAF_POINTS).enumerate() {
            leaf.x[i] = (p.x_m - centre.x_m) as f32;
            leaf.y[i] = (p.y_m - centre.y_m) as f32;
            leaf.z[i] = (p.z_m - centre.z_m) as f32;
            leaf.half_square[i] = (0.5 * p.chord_squared_m2(centre)) as f32;
        }
        leaf
    }
}

/// A query relative to a leaf's centre.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct LeafQuery {
    pub x: f32,
    pub y: f32,
    pub z: f32,
    /// At most this: inside for sure.
    pub sure: f32,
    /// Above this: outside for sure.
    pub maybe: f32,
}

/// Which points of a leaf are inside for sure, and which may be (a superset): bit `i` is point `i`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Masks {
    pub sure: u64,
    pub maybe: u64,
}

impl LeafQuery {
    /// `squared_m2` is the squared distance of the query from `centre`, `leaf_radius_m` the leaf's ball.
    pub(super) fn new(
        query: Ecef,
        centre: Ecef,
        squared_m2: f64,
        leaf_radius_m: f64,
        radius: Radius,
    ) -> LeafQuery {
        let h = leaf_radius_m;
        let q = squared_m2.sqrt();
        let left = 8.0 * U * h * (0.5 * h + q) + F64_SHARE * (q + h) * (q + h);
        let sure = 0.5 * (radius.inside_chord_squared_m2() - squared_m2);
        let maybe = 0.5 * (radius.outside_chord_squared_m2() - squared_m2);
        LeafQuery {
            x: (query.x_m - centre.x_m) as f32,
            y: (query.y_m - centre.y_m) as f32,
            z: (query.z_m - centre.z_m) as f32,
            sure: (sure - left - 2.0 * U * sure.abs()) as f32,
            maybe: (maybe + left + 2.0 * U * maybe.abs()) as f32,
        }
    }

    /// The masks of this query in a leaf: the plain way, and what the wide one is tested against.
    pub(super) fn masks(self, leaf: &LeafPoints) -> Masks {
        let mut masks = Masks::default();
        for i in 0..LEAF_POINTS {
            let t = leaf.half_square[i] - self.x * leaf.x[i] - self.y * leaf.y[i] - self.z * leaf.z[i];
            masks.sure |= u64::from(t <= self.sure) << i;
            masks.maybe |= u64::from(t <= self.maybe) << i;
        }
        masks
    }
}
