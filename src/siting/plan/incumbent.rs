//! The best plan so far.

use super::problem::Problem;
use super::search::Cover;

/// A plan, by the numbers of the whole problem, and its worth.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Incumbent {
    pub(super) value: u64,
    pub(super) sites: Vec<u32>,
}

impl Incumbent {
    /// Takes a plan over where it is better; true then.
    pub(super) fn offer(&mut self, cover: &Cover<'_>) -> bool {
        let better = cover.value > self.value;
        if better {
            *self = Incumbent { value: cover.value, sites: cover.names() };
        }
        better
    }
}

/// Which candidates of the problem these are.
pub(super) fn own_numbers(problem: &Problem, names: &[u32]) -> Vec<u32> {
    let mut wanted = names.to_vec();
    wanted.sort_unstable();
    (0..problem.candidates() as u32)
        .filter(|&c| wanted.binary_search(&problem.names[c as usize]).is_ok())
        .collect()
}
