//! The greedy order: always the site that adds the most to what is chosen already.
//!
//! Lazy greedy (Minoux 1978): what a site adds only ever shrinks as others are chosen, so that an old value is an
//! upper bound and only sites whose bound is the highest need a new one. Bounds are kept for groups of near
//! candidates: a site's neighbours fall together, lie together in memory, and make one entry of the heap. At
//! least 1 - 1/e of the best choice of as many sites (Nemhauser, Wolsey & Fisher 1978).

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use rayon::prelude::*;

use super::objective::{Objective, Score};
use crate::coverage::CoverageMatrix;
use crate::index::with_wide_instructions;

/// One site chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct GreedyStep {
    /// The candidate, a row of the matrix.
    pub candidate: u32,
    /// What it adds to the sites before it.
    pub gain: Score,
    /// How many villages it adds to them.
    pub new_villages: u32,
}

/// The most candidates of one group. 16 was 10 % faster than 64 for a million candidates, and equal for 100 000.
const GROUP: usize = 16;

/// Chooses up to `sites` candidates (`None`: all that could be judged), each time the one that adds the most;
/// among equals the one that stands first in `ties`, which holds the place of each candidate in the order of
/// ids ([`tie_order`](super::tie_order)). Candidates that add nothing come last, in that order.
pub fn greedy(
    matrix: &CoverageMatrix,
    objective: &Objective,
    ties: &[u32],
    sites: Option<usize>,
) -> Vec<GreedyStep> {
    let rows = matrix.row_order();
    let wanted = sites.unwrap_or(rows.len()).min(rows.len());
    let uncovered: Vec<u64> = (0..matrix.block_count()).map(|block| matrix.block_mask(block)).collect();
    let mut state = State { matrix, objective, uncovered };
    let bounds: Vec<Bound> = rows
        .par_chunks(16 * GROUP)
        .flat_map_iter(|rows| with_wide_instructions(|| state.bounds(rows, ties)))
        .collect();
    with_wide_instructions(|| state.choose(bounds, wanted))
}

/// What a candidate adds at most, and its place among equals.
type Bound = (Score, Reverse<u32>, u32);

struct State<'a> {
    matrix: &'a CoverageMatrix,
    objective: &'a Objective,
    /// By block, the villages that nobody chosen serves yet.
    uncovered: Vec<u64>,
}

impl State<'_> {
    #[inline(always)]
    fn bounds(&self, rows: &[u32], ties: &[u32]) -> Vec<Bound> {
        rows.iter().map(|&row| (self.gain(row), Reverse(ties[row as usize]), row)).collect()
    }

    #[inline(always)]
    fn gain(&self, row: u32) -> Score {
        let mut gain = Score::default();
        for (block, mask) in self.matrix.entries(row as usize) {
            gain = gain.plus(self.objective.of(block, mask & self.uncovered[block]));
        }
        gain
    }

    /// Marks a candidate's villages as covered; how many were not before.
    #[inline(always)]
    fn take(&mut self, row: u32) -> u32 {
        let mut new_villages = 0;
        for (block, mask) in self.matrix.entries(row as usize) {
            new_villages += (mask & self.uncovered[block]).count_ones();
            self.uncovered[block] &= !mask;
        }
        new_villages
    }

    /// The best of a group: looks anew at a bound only while it is the group's highest.
    #[inline(always)]
    fn refresh(&self, group: &mut [Bound]) -> Option<(usize, Bound)> {
        let mut fresh: Option<(usize, Bound)> = None;
        loop {
            let highest = group.iter().copied().enumerate().max_by_key(|&(_, bound)| bound)?;
            if fresh.is_some_and(|(at, _)| at == highest.0) {
                return Some(highest);
            }
            let (at, bound) = highest;
            let gain = self.gain(bound.2);
            group[at].0 = gain;
            // As high as before: nobody in the group can be above it.
            if gain == bound.0 {
                return Some(highest);
            }
            if fresh.is_none_or(|(_, best)| group[at] > best) {
                fresh = Some((at, group[at]));
            }
        }
    }

    #[inline(always)]
    fn choose(&mut self, mut bounds: Vec<Bound>, wanted: usize) -> Vec<GreedyStep> {
        let highest = |group: &[Bound]| group.iter().copied().max();
        let mut heap: BinaryHeap<(Bound, usize)> =
            bounds.chunks(GROUP).enumerate().filter_map(|(g, group)| Some((highest(group)?, g))).collect();
        let mut steps = Vec::with_capacity(wanted);
        let mut chosen = vec![false; bounds.len()];
        while steps.len() < wanted {
            let Some(mut top) = heap.peek_mut() else { break };
            let (bound, g) = *top;
            let end = bounds.len().min((g + 1) * GROUP);
            let group = &mut bounds[g * GROUP..end];
            let Some((at, best)) = self.refresh(group) else { break };
            if best < bound {
                // Too good: the heap puts the group where it belongs.
                top.0 = best;
                continue;
            }
            if best.0.is_zero() {
                break;
            }
            let (gain, _, candidate) = best;
            steps.push(GreedyStep { candidate, gain, new_villages: self.take(candidate) });
            chosen[g * GROUP + at] = true;
            // Chosen once: adds nothing from now on, and need not be looked at to see it.
            group[at].0 = Score::default();
            match highest(group) {
                Some(bound) => top.0 = bound,
                None => break,
            }
        }
        // The best adds nothing, and so does everyone else: in order of ids.
        let mut rest: Vec<(u32, u32)> = Vec::new();
        if steps.len() < wanted {
            let open = bounds.iter().zip(&chosen).filter(|(_, chosen)| !**chosen);
            rest = open.map(|(&(_, Reverse(tie), row), _)| (tie, row)).collect();
            rest.sort_unstable();
        }
        for (_, candidate) in rest.into_iter().take(wanted - steps.len()) {
            steps.push(GreedyStep { candidate, gain: Score::default(), new_villages: self.take(candidate) });
        }
        steps
    }
}
