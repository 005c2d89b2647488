//! The index itself: built once, asked about one position at a time. Many at once: `batch`.

use super::LEAF_POINTS;
use super::batch::{Group, Scratch, Visitor};
use super::leaf::LeafPoints;
use super::partition::{Node, Partition};
use crate::geodesy::{Ecef, LatLon, Radius};

/// An index over points of the globe. Numbers are places in the slice that it was built from.
///
/// ```
/// # use phusong::geodesy::{LatLon, Radius};
/// # use phusong::index::PointIndex;
/// let villages = [LatLon::from_degrees(19.25, 104.40)?, LatLon::from_degrees(18.70, 105.70)?];
/// let index = PointIndex::new(&villages)?;
/// let mast = LatLon::from_degrees(19.27, 104.41)?;
/// assert_eq!(index.collect_within(mast, Radius::from_m(5_000.0)?), [0]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone)]
pub struct PointIndex {
    pub(super) partition: Partition,
    /// In tree order.
    pub(super) positions: Vec<LatLon>,
    pub(super) leaves: Vec<LeafPoints>,
}

/// Why there can be no index, or no weights for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum IndexError {
    /// Points are numbered by `u32`.
    #[error("{0} points are more than an index can number (4 294 967 295)")]
    TooManyPoints(usize),
    /// One weight for each point.
    #[error("{weights} weights were given for {points} points")]
    WeightCount {
        /// Weights given.
        weights: usize,
        /// Points of the index.
        points: usize,
    },
    /// The sum of all weights must fit `u64`.
    #[error("the sum of the weights is above 18 446 744 073 709 551 615")]
    WeightOverflow,
}

/// A weight for each point of one index, with their running sum in tree order.
#[derive(Debug, Clone)]
pub struct PointWeights {
    /// `sums[i]`: the weight of all places before `i`.
    sums: Vec<u64>,
}

impl PointWeights {
    /// The weight of the places `range`.
    fn of(&self, range: std::ops::Range<usize>) -> u64 {
        self.sums[range.end] - self.sums[range.start]
    }
}

/// Refuses more points than `u32` numbers.
pub(super) fn check_count(points: usize) -> Result<(), IndexError> {
    if u32::try_from(points).is_err() { Err(IndexError::TooManyPoints(points)) } else { Ok(()) }
}

impl PointIndex {
    /// Indexes positions. Equal positions are fine, and so are the poles and the antimeridian.
    ///
    /// # Errors
    /// [`IndexError::TooManyPoints`] for more than `u32::MAX` positions.
    pub fn new(positions: &[LatLon]) -> Result<PointIndex, IndexError> {
        check_count(positions.len())?;
        let points: Vec<Ecef> = positions.iter().map(|&p| Ecef::from(p)).collect();
        let partition = Partition::new(&points);
        let positions = partition.order.iter().map(|&number| positions[number as usize]).collect();
        let leaves = partition.nodes.iter().filter(|node| node.is_leaf).map(|node| {
            LeafPoints::new(&partition.points[partition.places(node.first_leaf, node.end_leaf)], node.centre)
        });
        let leaves = leaves.collect();
        Ok(PointIndex { partition, positions, leaves })
    }

    /// How many points there are.
    pub fn len(&self) -> usize {
        self.positions.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.positions.is_empty()
    }

    /// The points' numbers in tree order, in which near points stand together.
    pub fn tree_order(&self) -> &[u32] {
        &self.partition.order
    }

    /// Where each leaf starts in [`tree_order`](PointIndex::tree_order), and the end of the last.
    pub fn leaf_starts(&self) -> &[u32] {
        &self.partition.leaf_starts
    }

    /// All bits of a leaf's points.
    pub(super) fn full_mask(&self, leaf: u32) -> u64 {
        // A leaf has 1 to 64 points.
        u64::MAX >> (LEAF_POINTS - self.partition.places(leaf, leaf + 1).len())
    }

    /// How many points lie within the radius of a position.
    pub fn count_within(&self, centre: LatLon, radius: Radius) -> u32 {
        let mut visitor = Count { index: self, count: 0 };
        self.visit_one(centre, radius, &mut visitor);
        visitor.count
    }

    /// Calls `found` with the number of each point within the radius, in tree order.
    pub fn for_each_within(&self, centre: LatLon, radius: Radius, found: impl FnMut(u32)) {
        self.visit_one(centre, radius, &mut Each { index: self, found });
    }

    /// The numbers of the points within the radius, ascending.
    pub fn collect_within(&self, centre: LatLon, radius: Radius) -> Vec<u32> {
        let mut numbers = Vec::new();
        self.for_each_within(centre, radius, |number| numbers.push(number));
        numbers.sort_unstable();
        numbers
    }

    /// Prepares weights, one for each point in the caller's order, for [`weight_within`](PointIndex::weight_within).
    ///
    /// # Errors
    /// [`IndexError`] where their number is wrong or their sum too large.
    pub fn weights(&self, weights: &[u64]) -> Result<PointWeights, IndexError> {
        if weights.len() != self.len() {
            return Err(IndexError::WeightCount { weights: weights.len(), points: self.len() });
        }
        let mut sums = Vec::with_capacity(weights.len() + 1);
        let mut sum = 0_u64;
        sums.push(sum);
        for &number in &self.partition.order {
            sum = sum.checked_add(weights[number as usize]).ok_or(IndexError::WeightOverflow)?;
            sums.push(sum);
        }
        Ok(PointWeights { sums })
    }

    /// The summed weight of the points within the radius. `weights` must come from this index.
    pub fn weight_within(&self, centre: LatLon, radius: Radius, weights: &PointWeights) -> u64 {
        let mut visitor = Weigh { index: self, weights, weight: 0 };
        self.visit_one(centre, radius, &mut visitor);
        visitor.weight
    }

    fn visit_one(&self, centre: LatLon, radius: Radius, visitor: &mut impl Visitor) {
        let group = Group::one(centre);
        self.visit(&group, radius, &mut Scratch::default(), visitor);
    }
}

struct Count<'a> {
    index: &'a PointIndex,
    count: u32,
}

impl Visitor for Count<'_> {
    fn subtree(&mut self, node: &Node) {
        self.count += self.index.partition.places(node.first_leaf, node.end_leaf).len() as u32;
    }
    fn leaf(&mut self, _query: usize, _leaf: u32, mask: u64) {
        self.count += mask.count_ones();
    }
}

struct Each<'a, F> {
    index: &'a PointIndex,
    found: F,
}

impl<F: FnMut(u32)> Visitor for Each<'_, F> {
    fn subtree(&mut self, node: &Node) {
        let places = self.index.partition.places(node.first_leaf, node.end_leaf);
        self.index.partition.order[places].iter().for_each(|&number| (self.found)(number));
    }
    fn leaf(&mut self, _query: usize, leaf: u32, mask: u64) {
        let start = self.index.partition.leaf_start(leaf);
        super::batch::each_bit(mask, |bit| (self.found)(self.index.partition.order[start + bit]));
    }
}

struct Weigh<'a> {
    index: &'a PointIndex,
    weights: &'a PointWeights,
    weight: u64,
}

impl Visitor for Weigh<'_> {
    fn subtree(&mut self, node: &Node) {
        self.weight += self.weights.of(self.index.partition.places(node.first_leaf, node.end_leaf));
    }
    fn leaf(&mut self, _query: usize, leaf: u32, mask: u64) {
        let start = self.index.partition.leaf_start(leaf);
        super::batch::each_bit(mask, |bit| {
            self.weight += self.weights.of(start + bit..start + bit + 1);
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_empty_index_finds_nothing() {
        let index = PointIndex::new(&[]).unwrap();
        let here = LatLon::from_degrees(19.0, 105.0).unwrap();
        let radius = Radius::from_m(1e7).unwrap();
        assert!(index.is_empty());
        assert_eq!(index.count_within(here, radius), 0);
        assert!(index.collect_within(here, radius).is_empty());
        assert!(index.nearest(here, 3).is_empty());
    }

    #[test]
    fn more_points_than_numbers_are_refused() {
        assert!(check_count(u32::MAX as usize).is_ok());
        assert_eq!(check_count(1 << 32), Err(IndexError::TooManyPoints(1 << 32)));
    }

    #[test]
    fn weights_must_fit() {
        let here = LatLon::from_degrees(19.0, 105.0).unwrap();
        let index = PointIndex::new(&[here, here]).unwrap();
        assert!(matches!(index.weights(&[1]), Err(IndexError::WeightCount { weights: 1, points: 2 })));
        assert!(matches!(index.weights(&[u64::MAX, 1]), Err(IndexError::WeightOverflow)));
        let weights = index.weights(&[u64::MAX - 7, 7]).unwrap();
        assert_eq!(index.weight_within(here, Radius::from_m(0.0).unwrap(), &weights), u64::MAX);
    }
}
