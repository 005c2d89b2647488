//! Planning composed: who serves whom → the plan, whatever the goal.
//!
//! How the matrix came about is no matter here: see [`cover_candidates`](super::cover_candidates).

use std::time::Instant;

use super::coverage::CoverError;
use super::stages::Stages;
use crate::coverage::{CoverageMatrix, radius};
use crate::domain::Candidate;
use crate::geodesy::{LatLon, Radius};
use crate::index::{IndexError, PointIndex};
use crate::siting::plan::{
    Backhaul, Least, Phase, PlanError, PlanOptions, PlanStatus, Planner, Ruled, Rules, check, least_for,
    plan_phases, plan_under,
};
use crate::siting::{DemandError, Site};

/// Why there is no plan.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum PlanSitesError {
    /// Weights that are none.
    #[error(transparent)]
    Demand(#[from] DemandError),
    /// Nobody can be said to serve anybody.
    #[error(transparent)]
    Cover(#[from] CoverError),
    /// Rules that contradict each other, or numbers too large.
    #[error(transparent)]
    Plan(#[from] PlanError),
}

/// What is wanted of a plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Goal {
    /// The most for the sites or the budget of the options.
    Most,
    /// A target with the fewest sites or the least money.
    Reach {
        /// What the plan must be worth, in the weights' unit.
        target: u64,
        /// What is to be little.
        least: Least,
    },
    /// The most over years, each year's sites part of the next year's.
    Years(Vec<Phase>),
}

/// A problem.
#[derive(Debug, Clone, Copy)]
pub struct Task<'a> {
    /// Who serves whom.
    pub matrix: &'a CoverageMatrix,
    /// What each village is worth.
    pub weights: &'a [u64],
    /// The sites.
    pub sites: &'a [Site<'a>],
    /// Limits and rules of the solver.
    pub options: &'a PlanOptions,
    /// Rules beyond these.
    pub rules: &'a Rules,
}

/// What came of it. The plan has passed the checker.
#[derive(Debug, Clone, PartialEq)]
pub struct Planned {
    /// The plan.
    pub ruled: Ruled,
    /// For a target: sites or cost used, the proven least, and whether they are the same.
    pub reached: Option<(u64, u64, PlanStatus)>,
    /// For years: the plan of each with all before it.
    pub years: Vec<Ruled>,
    /// By site of the plan, its year from 0; empty without years.
    pub year_of: Vec<usize>,
}

/// Plans, in stages `greedy`, `bound`, `search`; with rules, targets or years all of it in `search`.
///
/// # Errors
/// [`PlanError`] where numbers do not belong together, rules contradict each other, or the plan does not pass the
/// checker.
pub fn solve(task: Task<'_>, goal: &Goal, stages: &mut Stages<'_>) -> Result<Planned, PlanError> {
    let Task { matrix, weights, sites, options, rules } = task;
    let planned = |ruled| Planned { ruled, reached: None, years: Vec::new(), year_of: Vec::new() };
    match goal {
        Goal::Most if rules.is_empty() => {
            let mut planner = Planner::new(matrix, weights, sites, options)?;
            stages.run("greedy", || planner.greedy())?;
            stages.run("bound", || planner.bound());
            stages.run("search", || planner.search());
            let plan = stages.run("explain", || planner.finish());
            let broken = stages.run("explain", || check(matrix, weights, sites, options, rules, &plan));
            match broken.into_iter().next() {
                Some(broken) => Err(PlanError::Broken(broken.to_string())),
                None => Ok(planned(Ruled { plan, bound_ignores: Vec::new() })),
            }
        }
        Goal::Most => {
            Ok(planned(stages.run("search", || plan_under(matrix, weights, sites, options, rules))?))
        }
        Goal::Reach { target, least } => {
            let search = || least_for(matrix, weights, sites, options, rules, *target, *least);
            let reached = stages.run("search", search)?;
            let proof = Some((reached.amount, reached.at_least, reached.status));
            Ok(Planned { reached: proof, ..planned(reached.ruled) })
        }
        Goal::Years(phases) => {
            let programme =
                stages.run("search", || plan_phases(matrix, weights, sites, options, rules, phases))?;
            Ok(Planned { years: programme.years, year_of: programme.year_of, ..planned(programme.ruled) })
        }
    }
}

/// What is left of a time that ran from `start`.
pub(super) fn left_of(options: &PlanOptions, start: Instant) -> PlanOptions {
    PlanOptions { time: options.time.map(|time| time.saturating_sub(start.elapsed())), ..options.clone() }
}

/// Backhaul by distance: a hop is at most `hop` long, from a station of `masts` or from another candidate. `link` may
/// refuse a hop, for want of a line of sight.
///
/// # Errors
/// More candidates than an index can hold.
pub fn backhaul_within(
    candidates: &[Candidate],
    masts: &[LatLon],
    hop: Radius,
    link: impl Fn(LatLon, LatLon) -> bool,
) -> Result<Backhaul, IndexError> {
    let places: Vec<Option<LatLon>> = candidates.iter().map(|c| Some(c.position)).collect();
    let near = radius::cover(&places, &places, hop)?;
    let mut reader = near.reader();
    let mut pairs: Vec<(u32, u32)> = Vec::new();
    for a in 0..candidates.len() {
        let row = reader.read(a).unwrap_or_default();
        pairs.extend(row.iter().filter(|&&b| b as usize > a).map(|&b| (a as u32, b)));
    }
    let index = PointIndex::new(masts)?;
    let at = |c: u32| candidates[c as usize].position;
    let direct =
        |c: u32| index.collect_within(at(c), hop).into_iter().any(|m| link(at(c), masts[m as usize]));
    Ok(Backhaul::from_hops(candidates.len(), &pairs, direct, |a, b| link(at(a), at(b))))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Source;

    #[test]
    fn hops_are_by_distance_and_can_be_refused() {
        let at = |lat: f64| LatLon::from_degrees(lat, 104.0).unwrap();
        let candidate = |(i, lat): (usize, f64)| Candidate {
            id: i.to_string(),
            position: at(lat),
            kind: None,
            height_agl_m: None,
            grid_distance_km: None,
            road_distance_km: None,
            cost_million_vnd: None,
            group: None,
            source: Source { file: "c.csv".into(), sheet: None, row: 2 },
        };
        let candidates: Vec<Candidate> =
            [19.0, 19.05, 19.1, 19.3].into_iter().enumerate().map(candidate).collect();
        let hop = Radius::from_m(6_000.0).unwrap();
        let free = backhaul_within(&candidates, &[at(18.96)], hop, |_, _| true).unwrap();
        assert_eq!(free.direct, [true, false, false, false]);
        assert_eq!(free.links, [vec![1], vec![0, 2], vec![1], vec![]]);
        let blocked =
            backhaul_within(&candidates, &[at(18.96)], hop, |a, b| a.lat_deg().max(b.lat_deg()) < 19.07);
        assert_eq!(blocked.unwrap().links, [vec![1], vec![0], vec![], vec![]]);
    }
}
