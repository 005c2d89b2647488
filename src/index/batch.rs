//! Many queries at once: near ones in a group, one descent for each group, groups spread over threads.
//!
//! Whatever the thread count, a query's answer is its own: threads share only what none of them writes.

use rayon::prelude::*;

use super::leaf::{LeafQuery, Masks};
use super::partition::{Node, Partition};
use super::point_index::{IndexError, PointIndex, check_count};
use super::simd::{leaf_masks, with_wide_instructions};
use crate::geodesy::{Ecef, LatLon, Radius};

/// Queries that descend together, and a ball around them.
pub(super) struct Group<'a> {
    centre: Ecef,
    radius_m: f64,
    points: std::borrow::Cow<'a, [Ecef]>,
    positions: std::borrow::Cow<'a, [LatLon]>,
}

impl Group<'_> {
    /// A group of one.
    pub(super) fn one(position: LatLon) -> Group<'static> {
        let point = Ecef::from(position);
        Group { centre: point, radius_m: 0.0, points: vec![point].into(), positions: vec![position].into() }
    }
}

/// What is done with the points that are found.
pub(super) trait Visitor {
    /// All points of a subtree are within the radius of every query of the group.
    fn subtree(&mut self, node: &Node);
    /// The points `mask` of a leaf are within the radius of query `query` of the group. `mask` is not 0.
    fn leaf(&mut self, query: usize, leaf: u32, mask: u64);
}

/// Buffers that one thread reuses.
#[derive(Default)]
pub(super) struct Scratch {
    squared_m2: Vec<f64>,
    pending: Vec<u32>,
    queries: Vec<LeafQuery>,
    masks: Vec<Masks>,
    events: Vec<MaskEvent>,
}

/// Calls `found` with the number of each bit that is set, ascending.
#[inline(always)]
pub(super) fn each_bit(mut mask: u64, mut found: impl FnMut(usize)) {
    while mask != 0 {
        found(mask.trailing_zeros() as usize);
        mask &= mask - 1;
    }
}

impl PointIndex {
    /// Descends the tree with a group. Leaves come in ascending order.
    #[inline(always)]
    pub(super) fn visit(
        &self,
        group: &Group<'_>,
        radius: Radius,
        scratch: &mut Scratch,
        visitor: &mut impl Visitor,
    ) {
        let inside_m = radius.inside_chord_squared_m2().max(0.0).sqrt();
        let outside_m = radius.outside_chord_squared_m2().sqrt();
        let nodes = &self.partition.nodes;
        let mut at = 0;
        while let Some(node) = nodes.get(at) {
            let squared_m2 = node.centre.chord_squared_m2(group.centre);
            let reach_m = node.radius_m + group.radius_m;
            if squared_m2 > square(outside_m + reach_m) {
                at = node.skip as usize;
            } else if inside_m > reach_m && squared_m2 <= square(inside_m - reach_m) {
                visitor.subtree(node);
                at = node.skip as usize;
            } else {
                if node.is_leaf {
                    self.visit_leaf(node, group, radius, scratch, visitor);
                }
                at += 1;
            }
        }
    }

    #[inline(always)]
    fn visit_leaf(
        &self,
        node: &Node,
        group: &Group<'_>,
        radius: Radius,
        scratch: &mut Scratch,
        visitor: &mut impl Visitor,
    ) {
        let leaf = node.first_leaf;
        let full = self.full_mask(leaf);
        let far_m2 = square(radius.outside_chord_squared_m2().sqrt() + node.radius_m);
        let room_m = radius.inside_chord_squared_m2().max(0.0).sqrt() - node.radius_m;
        let near_m2 = if room_m > 0.0 { room_m * room_m } else { -1.0 };
        scratch.squared_m2.clear();
        scratch.squared_m2.extend(group.points.iter().map(|p| p.chord_squared_m2(node.centre)));
        scratch.pending.clear();
        scratch.queries.clear();
        for (query, (&squared_m2, &point)) in scratch.squared_m2.iter().zip(group.points.iter()).enumerate() {
            if squared_m2 > far_m2 {
                continue;
            }
            if squared_m2 <= near_m2 {
                visitor.leaf(query, leaf, full);
            } else {
                scratch.pending.push(query as u32);
                scratch.queries.push(LeafQuery::new(point, node.centre, squared_m2, node.radius_m, radius));
            }
        }
        scratch.masks.resize(scratch.queries.len(), Masks::default());
        leaf_masks(&self.leaves[leaf as usize], &scratch.queries, &mut scratch.masks);
        for (&query, masks) in scratch.pending.iter().zip(&scratch.masks) {
            let mut mask = masks.sure & full;
            if masks.maybe != masks.sure {
                mask |= self.decide(group, query as usize, leaf, masks.maybe & full & !mask, radius);
            }
            if mask != 0 {
                visitor.leaf(query as usize, leaf, mask);
            }
        }
    }

    /// Which of the points `open` of a leaf are within the radius, decided one by one.
    #[cold]
    fn decide(&self, group: &Group<'_>, query: usize, leaf: u32, open: u64, radius: Radius) -> u64 {
        let start = self.partition.leaf_start(leaf);
        let mut inside = 0;
        each_bit(open, |bit| {
            let place = start + bit;
            let squared_m2 = self.partition.points[place].chord_squared_m2(group.points[query]);
            if radius.contains_at(squared_m2, group.positions[query], self.positions[place]) {
                inside |= 1 << bit;
            }
        });
        inside
    }

    /// How many points lie within the radius of each query, in the queries' own order.
    pub fn count_within_all(&self, queries: &QueryGroups, radius: Radius) -> Vec<u32> {
        let counts = queries.each_group(|group, scratch| {
            let mut visitor = CountGroup { index: self, counts: vec![0; group.points.len()], all: 0 };
            self.visit(group, radius, scratch, &mut visitor);
            visitor.counts.iter().map(|count| count + visitor.all).collect::<Vec<_>>()
        });
        let mut result = vec![0; queries.len()];
        for (&number, count) in queries.partition.order.iter().zip(counts.into_iter().flatten()) {
            result[number as usize] = count;
        }
        result
    }

    /// The points within the radius of each query, as one mask for each leaf touched. Rows stand in the groups'
    /// order, in which near queries are neighbours.
    pub fn masks_within_all(&self, queries: &QueryGroups, radius: Radius) -> LeafMasks {
        let parts = queries.each_group(|group, scratch| {
            let events = std::mem::take(&mut scratch.events);
            let mut visitor = MaskGroup { index: self, queries: group.points.len(), events };
            self.visit(group, radius, scratch, &mut visitor);
            let part = GroupMasks::new(group.points.len(), &visitor.events);
            visitor.events.clear();
            scratch.events = visitor.events;
            part
        });
        let entries = parts.iter().map(|part| part.leaves.len()).sum();
        let mut result = LeafMasks {
            queries: queries.partition.order.clone(),
            row_starts: Vec::with_capacity(queries.len() + 1),
            leaves: Vec::with_capacity(entries),
            masks: Vec::with_capacity(entries),
        };
        for part in parts {
            let start = result.leaves.len();
            result.row_starts.extend(part.starts.iter().map(|&at| start + at as usize));
            result.leaves.extend_from_slice(&part.leaves);
            result.masks.extend_from_slice(&part.masks);
        }
        result.row_starts.push(entries);
        result
    }
}

fn square(value: f64) -> f64 {
    value * value
}

/// Queries in groups of up to 64 near ones: made once, asked about any radius and any index.
#[derive(Debug, Clone)]
pub struct QueryGroups {
    partition: Partition,
    /// In tree order.
    positions: Vec<LatLon>,
}

impl QueryGroups {
    /// Groups positions.
    ///
    /// # Errors
    /// [`IndexError::TooManyPoints`] for more than `u32::MAX` positions.
    pub fn new(positions: &[LatLon]) -> Result<QueryGroups, IndexError> {
        check_count(positions.len())?;
        let points: Vec<Ecef> = positions.iter().map(|&p| Ecef::from(p)).collect();
        let partition = Partition::new(&points);
        let positions = partition.order.iter().map(|&number| positions[number as usize]).collect();
        Ok(QueryGroups { partition, positions })
    }

    /// How many queries there are.
    pub fn len(&self) -> usize {
        self.positions.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.positions.is_empty()
    }

    /// What `work` makes of each group, in tree order.
    fn each_group<T: Send>(&self, work: impl Fn(&Group<'_>, &mut Scratch) -> T + Sync) -> Vec<T> {
        let groups: Vec<&Node> = self.partition.nodes.iter().filter(|node| node.is_leaf).collect();
        groups
            .into_par_iter()
            .map_init(Scratch::default, |scratch, node| {
                let places = self.partition.places(node.first_leaf, node.end_leaf);
                let group = Group {
                    centre: node.centre,
                    radius_m: node.radius_m,
                    points: self.partition.points[places.clone()].into(),
                    positions: self.positions[places].into(),
                };
                with_wide_instructions(|| work(&group, scratch))
            })
            .collect()
    }
}

/// The points near each of many queries, by leaf of the index that was asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeafMasks {
    /// Which query each row belongs to.
    pub queries: Vec<u32>,
    /// Where each row's entries start; one more than there are rows.
    pub row_starts: Vec<usize>,
    /// The leaf of each entry, ascending within a row.
    pub leaves: Vec<u32>,
    /// Bit `i`: point `leaf_starts[leaf] + i` in tree order. Never 0.
    pub masks: Vec<u64>,
}

/// The rows of one group.
struct GroupMasks {
    /// Where each row starts.
    starts: Vec<u32>,
    leaves: Vec<u32>,
    masks: Vec<u64>,
}

/// Leaf `leaf` gave query `query` of the group `mask`.
struct MaskEvent {
    query: u32,
    leaf: u32,
    mask: u64,
}

impl GroupMasks {
    /// Sorts events by query; those of one query keep their order, which is that of the leaves.
    #[inline(always)]
    fn new(queries: usize, events: &[MaskEvent]) -> GroupMasks {
        let mut starts = vec![0; queries];
        for event in events {
            starts[event.query as usize] += 1;
        }
        let mut sum = 0;
        for start in &mut starts {
            sum += std::mem::replace(start, sum);
        }
        let mut next = starts.clone();
        let (mut leaves, mut masks) = (vec![0; events.len()], vec![0; events.len()]);
        for event in events {
            let at = &mut next[event.query as usize];
            leaves[*at as usize] = event.leaf;
            masks[*at as usize] = event.mask;
            *at += 1;
        }
        GroupMasks { starts, leaves, masks }
    }
}

struct CountGroup<'a> {
    index: &'a PointIndex,
    counts: Vec<u32>,
    /// Found by every query of the group.
    all: u32,
}

impl Visitor for CountGroup<'_> {
    #[inline(always)]
    fn subtree(&mut self, node: &Node) {
        self.all += self.index.partition.places(node.first_leaf, node.end_leaf).len() as u32;
    }
    #[inline(always)]
    fn leaf(&mut self, query: usize, _leaf: u32, mask: u64) {
        self.counts[query] += mask.count_ones();
    }
}

struct MaskGroup<'a> {
    index: &'a PointIndex,
    queries: usize,
    events: Vec<MaskEvent>,
}

impl Visitor for MaskGroup<'_> {
    #[inline(always)]
    fn subtree(&mut self, node: &Node) {
        for leaf in node.first_leaf..node.end_leaf {
            let mask = self.index.full_mask(leaf);
            self.events.extend((0..self.queries as u32).map(|query| MaskEvent { query, leaf, mask }));
        }
    }
    #[inline(always)]
    fn leaf(&mut self, query: usize, leaf: u32, mask: u64) {
        self.events.push(MaskEvent { query: query as u32, leaf, mask });
    }
}
