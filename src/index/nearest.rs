//! The nearest points, by distance along the ellipsoid.

use std::cmp::{Ordering, Reverse};
use std::collections::BinaryHeap;

use super::point_index::PointIndex;
use crate::geodesy::{Ecef, LatLon, distance_m};

/// A point and how far it is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Neighbour {
    /// The point's number.
    pub number: u32,
    /// Distance along WGS84, m.
    pub distance_m: f64,
}

/// Room for rounding between chords and geodesics, m.
const SLACK_M: f64 = 1e-6;

/// A number ordered by a distance, then by itself.
#[derive(PartialEq)]
struct Near(f64, u32);

impl Eq for Near {}
impl PartialOrd for Near {
    fn partial_cmp(&self, other: &Near) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}
impl Ord for Near {
    fn cmp(&self, other: &Near) -> Ordering {
        self.0.total_cmp(&other.0).then(self.1.cmp(&other.1))
    }
}

impl PointIndex {
    /// The `k` nearest points, nearest first, the lower number first among equally far ones; fewer where the
    /// index has fewer.
    pub fn nearest(&self, centre: LatLon, k: usize) -> Vec<Neighbour> {
        let here = Ecef::from(centre);
        // No geodesic is shorter than its chord, so that a subtree or point whose chord is longer than the k-th
        // best geodesic can be left alone.
        let bound = |node: usize| {
            let node = &self.partition.nodes[node];
            node.centre.chord_squared_m2(here).sqrt() - node.radius_m
        };
        let mut open = BinaryHeap::new();
        if k > 0 && !self.is_empty() {
            open.push(Reverse(Near(bound(0), 0)));
        }
        let mut best: BinaryHeap<Near> = BinaryHeap::new();
        while let Some(Reverse(Near(at_least_m, at))) = open.pop() {
            let full = best.len() >= k;
            let limit_m =
                if full { best.peek().map_or(f64::INFINITY, |worst| worst.0) } else { f64::INFINITY };
            if at_least_m - SLACK_M > limit_m {
                break;
            }
            let node = &self.partition.nodes[at as usize];
            if !node.is_leaf {
                let mut child = at as usize + 1;
                while child < node.skip as usize {
                    open.push(Reverse(Near(bound(child), child as u32)));
                    child = self.partition.nodes[child].skip as usize;
                }
                continue;
            }
            for place in self.partition.places(node.first_leaf, node.end_leaf) {
                let limit_m =
                    if best.len() >= k { best.peek().map_or(f64::INFINITY, |w| w.0) } else { f64::INFINITY };
                if self.partition.points[place].chord_squared_m2(here).sqrt() - SLACK_M > limit_m {
                    continue;
                }
                best.push(Near(distance_m(centre, self.positions[place]), self.partition.order[place]));
                if best.len() > k {
                    best.pop();
                }
            }
        }
        let sorted = best.into_sorted_vec();
        sorted.into_iter().map(|Near(distance_m, number)| Neighbour { number, distance_m }).collect()
    }
}
