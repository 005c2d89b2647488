//! Which points lie together: the tree of `rstar`, packed into arrays.
//!
//! `rstar` splits points in the plane through their middle: a province is a surface, and a split of its
//! earth-centred coordinates along three axes would split one direction twice as often as the other. Only the
//! choice of neighbours comes from the plane. The balls are measured in space, so that any partition, good
//! or bad (points all over the globe), gives right answers.

use rstar::primitives::GeomWithData;
use rstar::{ParentNode, RStarInsertionStrategy, RTree, RTreeNode, RTreeParams};

use super::LEAF_POINTS;
use crate::geodesy::Ecef;

/// Room for rounding in a ball's radius, m: coordinates are below 6.4e6 m, so that their rounding is nanometres.
const BALL_SLACK_M: f64 = 1e-6;

/// Nodes as large as a leaf's mask is wide.
struct Packed64;

impl RTreeParams for Packed64 {
    const MIN_SIZE: usize = LEAF_POINTS / 4;
    const MAX_SIZE: usize = LEAF_POINTS;
    const REINSERTION_COUNT: usize = LEAF_POINTS / 4;
    type DefaultInsertionStrategy = RStarInsertionStrategy;
}

/// A point in the plane, and its number.
type Planar = GeomWithData<[f32; 2], u32>;

/// A ball around the points of a subtree.
#[derive(Debug, Clone, Copy)]
pub(super) struct Node {
    /// Centre of the ball.
    pub centre: Ecef,
    /// No point of the subtree is further from the centre, m.
    pub radius_m: f64,
    /// The leaves of the subtree: from here …
    pub first_leaf: u32,
    /// … to before here.
    pub end_leaf: u32,
    /// The next node, in depth-first order, that is not of this subtree.
    pub skip: u32,
    /// Whether this node is a leaf itself.
    pub is_leaf: bool,
}

/// Points in tree order, and the nodes over them in depth-first order.
#[derive(Debug, Clone, Default)]
pub(super) struct Partition {
    /// Place in tree order → the caller's number.
    pub order: Vec<u32>,
    /// Place in tree order → coordinates.
    pub points: Vec<Ecef>,
    /// Depth first, the root before all. Empty without points.
    pub nodes: Vec<Node>,
    /// Leaf → its first place; one more entry than leaves.
    pub leaf_starts: Vec<u32>,
}

impl Partition {
    /// Partitions points. The caller has checked that their numbers fit `u32`.
    pub(super) fn new(points: &[Ecef]) -> Partition {
        let mut packed = Partition { leaf_starts: vec![0], ..Partition::default() };
        if points.is_empty() {
            return packed;
        }
        packed.order.reserve(points.len());
        packed.points.reserve(points.len());
        let tree: RTree<Planar, Packed64> = RTree::bulk_load_with_params(planar(points));
        packed.flatten(tree.root(), points);
        packed
    }

    /// The number of leaves.
    pub(super) fn leaves(&self) -> usize {
        self.leaf_starts.len() - 1
    }

    /// The first place of leaf `leaf`.
    pub(super) fn leaf_start(&self, leaf: u32) -> usize {
        self.leaf_starts[leaf as usize] as usize
    }

    /// The places of the leaves `first..end`.
    pub(super) fn places(&self, first: u32, end: u32) -> std::ops::Range<usize> {
        self.leaf_start(first)..self.leaf_start(end)
    }

    fn flatten(&mut self, parent: &ParentNode<Planar>, points: &[Ecef]) {
        let first_place = self.order.len();
        let first_leaf = self.leaves() as u32;
        let node = self.nodes.len();
        self.nodes.push(Node {
            centre: Ecef { x_m: 0.0, y_m: 0.0, z_m: 0.0 },
            radius_m: 0.0,
            first_leaf,
            end_leaf: first_leaf,
            skip: 0,
            is_leaf: true,
        });
        let mut is_leaf = true;
        for child in parent.children() {
            match child {
                RTreeNode::Leaf(point) => {
                    self.order.push(point.data);
                    self.points.push(points[point.data as usize]);
                }
                RTreeNode::Parent(child) => {
                    is_leaf = false;
                    self.flatten(child, points);
                }
            }
        }
        if is_leaf {
            self.leaf_starts.push(self.order.len() as u32);
        }
        let (centre, radius_m) = ball(&self.points[first_place..]);
        let (end_leaf, skip) = (self.leaves() as u32, self.nodes.len() as u32);
        self.nodes[node] = Node { centre, radius_m, first_leaf, end_leaf, skip, is_leaf };
    }
}

/// A ball around points: the middle of their box, and the distance of the furthest.
fn ball(points: &[Ecef]) -> (Ecef, f64) {
    let mut low = [f64::INFINITY; 3];
    let mut high = [f64::NEG_INFINITY; 3];
    for p in points {
        for (axis, value) in [p.x_m, p.y_m, p.z_m].into_iter().enumerate() {
            low[axis] = low[axis].min(value);
            high[axis] = high[axis].max(value);
        }
    }
    let middle = |axis: usize| 0.5 * (low[axis] + high[axis]);
    let centre = Ecef { x_m: middle(0), y_m: middle(1), z_m: middle(2) };
    let squared = points.iter().fold(0.0_f64, |most, p| most.max(p.chord_squared_m2(centre)));
    (centre, squared.sqrt() + BALL_SLACK_M)
}

/// The points as seen from above their middle, in two coordinates, km-exact enough to choose neighbours by.
fn planar(points: &[Ecef]) -> Vec<Planar> {
    let (centre, _) = ball(points);
    let up = unit([centre.x_m, centre.y_m, centre.z_m]).unwrap_or([0.0, 0.0, 1.0]);
    // Any direction that is not nearly `up` gives two axes across it.
    let aside = if up[2].abs() < 0.9 { [0.0, 0.0, 1.0] } else { [1.0, 0.0, 0.0] };
    let east = unit(cross(aside, up)).unwrap_or([1.0, 0.0, 0.0]);
    let north = cross(up, east);
    let along = |axis: [f64; 3], p: &Ecef| {
        (axis[0] * (p.x_m - centre.x_m) + axis[1] * (p.y_m - centre.y_m) + axis[2] * (p.z_m - centre.z_m))
            as f32
    };
    points.iter().zip(0..).map(|(p, number)| Planar::new([along(east, p), along(north, p)], number)).collect()
}

fn cross(a: [f64; 3], b: [f64; 3]) -> [f64; 3] {
    [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]]
}

/// The vector at length 1; `None` for one too short to have a direction (points all over the globe).
fn unit(v: [f64; 3]) -> Option<[f64; 3]> {
    let length = (v[0] * v[0] + v[1] * v[1] + v[2] * v[2]).sqrt();
    (length > 1e-3).then(|| v.map(|c| c / length))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plane_of(n: usize) -> Vec<Ecef> {
        (0..n)
            .map(|i| Ecef { x_m: 6.3e6, y_m: (i % 97) as f64 * 50.0, z_m: (i / 97) as f64 * 50.0 })
            .collect()
    }

    #[test]
    fn every_point_is_in_one_leaf_and_in_the_balls_over_it() {
        for n in [0, 1, 2, 63, 64, 65, 1_000, 5_000] {
            let points = plane_of(n);
            let packed = Partition::new(&points);
            let mut seen = packed.order.clone();
            seen.sort_unstable();
            assert_eq!(seen, (0..n as u32).collect::<Vec<_>>());
            for node in &packed.nodes {
                let places = packed.places(node.first_leaf, node.end_leaf);
                assert!(!places.is_empty());
                assert!(!node.is_leaf || places.len() <= LEAF_POINTS);
                for p in &packed.points[places] {
                    assert!(p.chord_squared_m2(node.centre).sqrt() <= node.radius_m);
                }
            }
            assert_eq!(packed.nodes.iter().filter(|node| node.is_leaf).count(), packed.leaves());
        }
    }

    #[test]
    fn leaves_are_nearly_full() {
        let packed = Partition::new(&plane_of(100_000));
        assert!(packed.leaves() < 100_000 / 50, "{} leaves", packed.leaves());
    }
}
