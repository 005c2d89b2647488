//! The greedy order: always the site that adds the most to what is chosen already.
//!
//! Lazy greedy (Minoux 1978): what a site adds only ever shrinks as others are chosen, so that an old value is an
//! upper bound and only the site on top of the heap needs a new one. At least 1 - 1/e of the best choice of as many
//! sites (Nemhauser, Wolsey & Fisher 1978), in practice a few percent below it.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::collections::binary_heap::PeekMut;

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

/// Chooses up to `sites` candidates (`None`: all that could be judged), each time the one that adds the most;
/// among equals the one that stands first in `ties`, which holds the place of each candidate in the order of
/// ids ([`tie_order`](super::tie_order)). Candidates that add nothing come last, in that order.
pub fn greedy(
    matrix: &CoverageMatrix,
    objective: &Objective,
    ties: &[u32],
    sites: Option<usize>,
) -> Vec<GreedyStep> {
    let known: Vec<u32> =
        (0..matrix.candidates()).filter(|&row| matrix.is_known(row)).map(|row| row as u32).collect();
    let wanted = sites.unwrap_or(known.len()).min(known.len());
    let uncovered: Vec<u64> = (0..matrix.block_count()).map(|block| matrix.block_mask(block)).collect();
    let mut state = State { matrix, objective, uncovered };
    let bounds: Vec<Bound> = known
        .par_chunks(1_024)
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
        self.matrix.entries(row as usize).fold(Score::default(), |gain, (block, mask)| {
            gain.plus(self.objective.of(block, mask & self.uncovered[block]))
        })
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

    #[inline(always)]
    fn choose(&mut self, bounds: Vec<Bound>, wanted: usize) -> Vec<GreedyStep> {
        let mut heap = BinaryHeap::from(bounds);
        let mut steps = Vec::with_capacity(wanted);
        while steps.len() < wanted {
            let Some(mut top) = heap.peek_mut() else { break };
            let gain = self.gain(top.2);
            if gain < top.0 {
                // Too good: the heap puts it where it belongs.
                top.0 = gain;
                continue;
            }
            if gain.is_zero() {
                break;
            }
            let (_, _, candidate) = PeekMut::pop(top);
            steps.push(GreedyStep { candidate, gain, new_villages: self.take(candidate) });
        }
        // The best adds nothing, and so does everyone else: in order of ids.
        let mut rest: Vec<(Reverse<u32>, u32)> = if steps.len() < wanted {
            heap.into_iter().map(|(_, tie, row)| (tie, row)).collect()
        } else {
            Vec::new()
        };
        rest.sort_unstable_by(|a, b| b.cmp(a));
        for (_, candidate) in rest.into_iter().take(wanted - steps.len()) {
            steps.push(GreedyStep { candidate, gain: Score::default(), new_villages: self.take(candidate) });
        }
        steps
    }
}
