//! Which points lie within a radius of a position: an index over points of the globe.
//!
//! In: positions, in the caller's order. Out: the numbers of those positions (`u32`, counted from 0), counts, and
//! sums of the caller's weights. The index returns numbers; the caller keeps the data. "Within" is
//! [`Radius`](crate::geodesy::Radius): geodesic distance at most the radius, exactly.
//!
//! `rstar` decides which points lie together (its bulk load: Lee & Lee, "OMT: Overlap Minimizing Top-down Bulk
//! Loading", CAiSE 2003); its tree is walked once and packed into leaves of at most 64 points in arrays. A leaf
//! answers a query with one 64-bit mask, computed in `f32` relative to the leaf's centre with a proven error
//! bound; the few points within that bound are decided in `f64`, and the few of those within a fraction of a
//! millimetre by Karney's geodesic. Many queries are asked together: a group of nearby ones descends the tree once.
//!
//! Drawbacks: the index is built once and does not change; positions have no height; a point costs some 70 bytes.
//! Not here: who the points are and what they weigh.

mod batch;
mod leaf;
mod nearest;
mod partition;
mod point_index;
#[cfg(test)]
mod scan_test;
mod simd;

pub use batch::{LeafMasks, QueryGroups};
pub use nearest::Neighbour;
pub use point_index::{IndexError, PointIndex, PointWeights};
pub use simd::with_wide_instructions;

/// The most points of one leaf: one bit each in a `u64`.
pub const LEAF_POINTS: usize = 64;
