//! The best plan so far.

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
