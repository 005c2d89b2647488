//! Which candidates to build: ranked by what each serves, and in the order in which each adds the most.
//!
//! In: a [`CoverageMatrix`](crate::coverage::CoverageMatrix) and what each village is worth. Out: a [`Ranking`],
//! or a greedy sequence, or a [`Plan`](plan::Plan): the best sites together. All sums are integers, all orders end
//! with the id: the same input gives the same output, whatever the thread count or the order of rows.
//! Not here: reading and writing.

mod demand;
mod greedy;
mod objective;
pub mod plan;
mod rank;
mod totals;

#[cfg(test)]
mod naive_test;

pub use demand::{Demand, DemandError, Site, WEIGHT_UNIT};
pub use greedy::{GreedyStep, greedy};
pub use objective::{Objective, RankBy, Score, worth_micro};
pub use rank::{GreedyPlace, RankError, RankOptions, RankedSite, Ranking, rank, rank_matrix, tie_order};
pub use totals::{PartialSum, SiteTotals, Totals};
