//! The proof: bound, decide, divide.
//!
//! A part of the problem is bounded; what every better plan shares is decided and the part made smaller; a part that
//! cannot hold a better plan is dropped; any other is divided by one candidate, chosen or not. The part with the
//! highest bound comes first, so that the bound of the whole falls as the work goes on.

use std::cmp::Ordering;
use std::collections::BinaryHeap;

use super::incumbent::Incumbent;
use super::lagrange::Lagrangian;
use super::limits::Clock;
use super::problem::{Decision, Problem};
use super::search::Cover;

/// Steps of the bound in one part.
const STEPS: u32 = 160;
/// Sites are swapped in every so many parts.
const SWAP_EVERY: u64 = 16;

/// A part of the problem that may hold a better plan.
pub(super) struct Part {
    pub(super) problem: Problem,
    pub(super) prices: Vec<f64>,
    pub(super) bound: u64,
    pub(super) number: u64,
}

impl PartialEq for Part {
    fn eq(&self, other: &Part) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Part {}

impl PartialOrd for Part {
    fn partial_cmp(&self, other: &Part) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Part {
    /// Among equal bounds the newest first: it is the deepest.
    fn cmp(&self, other: &Part) -> Ordering {
        (self.bound, self.number).cmp(&(other.bound, other.number))
    }
}

/// Parts that are still open, and what was done so far.
pub(super) struct Tree {
    open: BinaryHeap<Part>,
    numbers: u64,
    /// Parts that were looked at.
    pub(super) parts: u64,
    /// Pairs that the open parts hold.
    pub(super) pairs: usize,
}

impl Tree {
    pub(super) fn new(root: Part) -> Tree {
        let pairs = root.problem.rows.total();
        Tree { open: BinaryHeap::from([root]), numbers: 1, parts: 0, pairs }
    }

    /// Divides until nothing better can be hidden anywhere, the gap is small enough, so many more parts were looked at,
    /// or the clock stops. Returns the proven bound.
    pub(super) fn advance(
        &mut self,
        incumbent: &mut Incumbent,
        close_enough: impl Fn(u64, u64) -> bool,
        more_parts: u64,
        clock: &mut Clock,
    ) -> u64 {
        let most = self.parts.saturating_add(more_parts);
        while let Some(best) = self.open.peek() {
            if best.bound <= incumbent.value {
                break;
            }
            if close_enough(incumbent.value, best.bound) || self.parts >= most || !clock.tick() {
                return best.bound;
            }
            let Some(part) = self.open.pop() else { break };
            self.pairs -= part.problem.rows.total();
            self.parts += 1;
            let swap = self.parts % SWAP_EVERY == 1;
            for (problem, prices, bound) in divide(part, swap, incumbent, clock) {
                self.pairs += problem.rows.total();
                self.open.push(Part { problem, prices, bound, number: self.numbers });
                self.numbers += 1;
            }
        }
        self.open.clear();
        self.pairs = 0;
        incumbent.value
    }
}

/// Divides a part until that is done or its limits are met. Returns the proven bound and how many parts were looked at.
pub(super) fn search(
    root: Part,
    incumbent: &mut Incumbent,
    close_enough: impl Fn(u64, u64) -> bool,
    most_parts: u64,
    clock: &mut Clock,
) -> (u64, u64) {
    let mut tree = Tree::new(root);
    let bound = tree.advance(incumbent, close_enough, most_parts, clock);
    (bound, tree.parts)
}

/// The parts of a part, none where it holds nothing better.
fn divide(
    part: Part,
    swap: bool,
    incumbent: &mut Incumbent,
    clock: &mut Clock,
) -> Vec<(Problem, Vec<f64>, u64)> {
    let Part { mut problem, mut prices, mut bound, .. } = part;
    loop {
        if problem.candidates() == 0 {
            incumbent.offer(&Cover::new(&problem));
            return Vec::new();
        }
        let mut lagrangian = Lagrangian::new(&problem, prices);
        let target = incumbent.value.saturating_sub(problem.base) as f64;
        lagrangian.run(STEPS, target, target + 0.999, clock);
        let mut cover = Cover::new(&problem);
        cover.add_all(&lagrangian.selected);
        cover.fill(false);
        if swap {
            cover.swap(clock);
        }
        incumbent.offer(&cover);
        let certificate = lagrangian.certify(incumbent.value);
        bound = bound.min(certificate.bound);
        if bound <= incumbent.value {
            return Vec::new();
        }
        if certificate.decided * 8 >= problem.candidates() {
            match problem.decided(&certificate.decisions, &lagrangian.prices) {
                Some((smaller, carried)) => (problem, prices) = (smaller, carried),
                None => return Vec::new(),
            }
            continue;
        }
        let Some(c) = dividing(&lagrangian, &certificate.decisions) else {
            // All is decided, and was not enough for a branch of its own.
            match problem.decided(&certificate.decisions, &lagrangian.prices) {
                Some((smaller, carried)) => (problem, prices) = (smaller, carried),
                None => return Vec::new(),
            }
            continue;
        };
        let child = |decision| {
            let mut decisions = certificate.decisions.clone();
            decisions[c] = decision;
            problem.decided(&decisions, &lagrangian.prices).map(|(p, prices)| (p, prices, bound))
        };
        return [Decision::Out, Decision::In].into_iter().filter_map(child).collect();
    }
}

/// The undecided candidate that the averages are least sure of.
fn dividing(lagrangian: &Lagrangian<'_>, decisions: &[Decision]) -> Option<usize> {
    let unsure = |c: usize| (lagrangian.share[c] - 0.5).abs();
    let open = (0..decisions.len()).filter(|&c| decisions[c] == Decision::Open);
    open.min_by(|&a, &b| unsure(a).total_cmp(&unsure(b)))
}
