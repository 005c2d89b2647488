//! Planning composed: positions → who serves whom → the plan.

use std::time::Instant;

use super::stages::Stages;
use crate::coverage::radius::Indexed;
use crate::domain::Candidate;
use crate::geodesy::{LatLon, Radius};
use crate::index::IndexError;
use crate::siting::plan::{Plan, PlanError, PlanOptions, Planner};
use crate::siting::{Demand, DemandError, RankBy, Site, worth_micro};

/// Why there is no plan.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum PlanSitesError {
    /// Too many villages or candidates.
    #[error(transparent)]
    Index(#[from] IndexError),
    /// Weights that are none.
    #[error(transparent)]
    Demand(#[from] DemandError),
    /// Rules that contradict each other, or numbers too large.
    #[error(transparent)]
    Plan(#[from] PlanError),
}

/// Plans over the demand within the radius, in stages `index`, `cover`, `greedy`, `bound`, `search`. The time of
/// `options` covers them all. Values are in millionths of what `by` counts.
///
/// # Errors
/// [`PlanSitesError`] where a weight is no weight, there is too much of anything, or rules contradict each other.
pub fn plan_sites(
    candidates: &[Candidate],
    demand: &[Demand],
    radius: Radius,
    by: RankBy,
    options: &PlanOptions,
    stages: &mut Stages<'_>,
) -> Result<Plan, PlanSitesError> {
    let start = Instant::now();
    let weights = worth_micro(demand, by)?;
    let villages: Vec<Option<LatLon>> = demand.iter().map(|v| v.position).collect();
    let sites: Vec<Site<'_>> = candidates.iter().map(Site::from).collect();
    let positions: Vec<Option<LatLon>> = sites.iter().map(|s| s.position).collect();
    let indexed = stages.run("index", || Indexed::new(&villages, &positions))?;
    let matrix = stages.run("cover", || indexed.cover(radius));
    let left = options.time.map(|time| time.saturating_sub(start.elapsed()));
    let options = PlanOptions { time: left, ..options.clone() };
    let mut planner = Planner::new(&matrix, &weights, &sites, &options)?;
    stages.run("greedy", || planner.greedy())?;
    stages.run("bound", || planner.bound());
    stages.run("search", || planner.search());
    Ok(stages.run("explain", || planner.finish()))
}
