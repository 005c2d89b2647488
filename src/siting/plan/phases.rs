//! A programme over years: each year's sites are part of the next year's.
//!
//! The end counts first: the last year's plan is the best there is. Then, year by year backwards, the best plan that is
//! part of the one after it. Limits run over all years so far: what a year leaves over is there for the next.

use super::explain;
use super::options::{Budget, PlanOptions};
use super::ruled::{Ruled, plan_under};
use super::rules::Rules;
use super::{Plan, PlanError};
use crate::coverage::CoverageMatrix;
use crate::siting::demand::Site;
use crate::siting::rank::tie_order;

/// What one year allows. A year without either allows whatever those before left over.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Phase {
    /// New sites. `None`: no limit of its own; all years then have none.
    pub sites: Option<usize>,
    /// Money, in the unit of the options' costs. `None`: likewise.
    pub budget: Option<u64>,
}

/// A programme.
#[derive(Debug, Clone, PartialEq)]
pub struct Programme {
    /// The plan of all years, its sites in the order of years, within a year each time the one that adds the most.
    pub ruled: Ruled,
    /// Year by year, the plan of everything built so far. Its bound is on what is part of the next year's plan.
    pub years: Vec<Ruled>,
    /// By site of the plan, its year, from 0.
    pub year_of: Vec<usize>,
}

/// Plans all years. Floors hold for the last one.
///
/// # Errors
/// As [`plan_under`].
pub fn plan_phases(
    matrix: &CoverageMatrix,
    weights: &[u64],
    sites: &[Site<'_>],
    options: &PlanOptions,
    rules: &Rules,
    phases: &[Phase],
) -> Result<Programme, PlanError> {
    let started = std::time::Instant::now();
    let mut years: Vec<Ruled> = Vec::new();
    let mut steps = 0;
    for last in (0..phases.len()).rev() {
        let mut year = limited(options, &phases[..=last]);
        year.time = options.time.map(|time| {
            let left = time.saturating_sub(started.elapsed());
            // The years before the last choose among few sites.
            if last + 1 == phases.len() { left.mul_f64(0.8) } else { left / (last as u32 + 1) }
        });
        year.iterations = options.iterations.map(|most| most.saturating_sub(steps) / (last as u64 + 1));
        let ceilings = rules.without_floors();
        let ruled = match years.last() {
            None => plan_under(matrix, weights, sites, &year, rules)?,
            Some(next) => {
                let mut inside = vec![false; sites.len()];
                next.plan.sites.iter().for_each(|site| inside[site.candidate as usize] = true);
                year.forced_in = Vec::new();
                year.forced_out = (0..sites.len() as u32).filter(|&c| !inside[c as usize]).collect();
                plan_under(matrix, weights, sites, &year, &ceilings)?
            }
        };
        steps += ruled.plan.iterations;
        years.push(ruled);
    }
    years.reverse();
    let Some(whole) = years.last() else {
        let ruled = plan_under(matrix, weights, sites, options, rules)?;
        return Ok(Programme { year_of: vec![0; ruled.plan.sites.len()], years: vec![ruled.clone()], ruled });
    };
    let mut year_of_candidate = vec![usize::MAX; sites.len()];
    for (year, ruled) in years.iter().enumerate().rev() {
        ruled.plan.sites.iter().for_each(|site| year_of_candidate[site.candidate as usize] = year);
    }
    let mut chosen: Vec<Vec<u32>> = vec![Vec::new(); years.len()];
    for site in &whole.plan.sites {
        chosen[year_of_candidate[site.candidate as usize]].push(site.candidate);
    }
    let ordered = explain::explain_in_turn(matrix, weights, &chosen, &tie_order(sites), options);
    let year_of = ordered.iter().map(|site| year_of_candidate[site.candidate as usize]).collect();
    let ruled = Ruled { plan: Plan { sites: ordered, ..whole.plan.clone() }, ..whole.clone() };
    Ok(Programme { ruled, years, year_of })
}

/// The options with the limits of these years together.
pub fn limited(options: &PlanOptions, phases: &[Phase]) -> PlanOptions {
    let sites =
        phases.iter().map(|phase| phase.sites).try_fold(0_usize, |sum, n| Some(sum.saturating_add(n?)));
    let money =
        phases.iter().map(|phase| phase.budget).try_fold(0_u64, |sum, n| Some(sum.saturating_add(n?)));
    let budget = options
        .budget
        .as_ref()
        .and_then(|budget| Some(Budget { costs: budget.costs.clone(), limit: money?.min(budget.limit) }));
    PlanOptions {
        sites: match (sites, options.sites) {
            (Some(a), Some(b)) => Some(a.min(b)),
            (a, b) => a.or(b),
        },
        budget: budget.or_else(|| options.budget.clone()),
        ..options.clone()
    }
}
