//! Planning composed: who serves whom → the plan.

use std::time::Instant;

use super::stages::Stages;
use crate::coverage::CoverageMatrix;
use crate::domain::Candidate;
use crate::siting::plan::{Plan, PlanError, PlanOptions, Planner};
use crate::siting::{Demand, DemandError, RankBy, Site, worth_micro};

/// Why there is no plan.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum PlanSitesError {
    /// Weights that are none.
    #[error(transparent)]
    Demand(#[from] DemandError),
    /// Rules that contradict each other, or numbers too large.
    #[error(transparent)]
    Plan(#[from] PlanError),
}

/// Plans over who serves whom, in stages `greedy`, `bound`, `search`, `explain`. The time of `options` is counted from
/// `start`, so that it covers what came before. Values are in millionths of what `by` counts.
///
/// # Errors
/// [`PlanSitesError`] where a weight is no weight, there is too much of anything, or rules contradict each other.
pub fn plan_sites(
    matrix: &CoverageMatrix,
    start: Instant,
    (candidates, demand): (&[Candidate], &[Demand]),
    by: RankBy,
    options: &PlanOptions,
    stages: &mut Stages<'_>,
) -> Result<Plan, PlanSitesError> {
    let weights = worth_micro(demand, by)?;
    let sites: Vec<Site<'_>> = candidates.iter().map(Site::from).collect();
    let left = options.time.map(|time| time.saturating_sub(start.elapsed()));
    let options = PlanOptions { time: left, ..options.clone() };
    let mut planner = Planner::new(matrix, &weights, &sites, &options)?;
    stages.run("greedy", || planner.greedy())?;
    stages.run("bound", || planner.bound());
    stages.run("search", || planner.search());
    Ok(stages.run("explain", || planner.finish()))
}
