//! The fewest sites, or the least money, that reach a target.
//!
//! The most that `N` sites serve never falls with `N`, nor with a budget. A plan of `N` sites that reaches the target shows
//! that `N` are enough; a proven bound below the target shows that they are not. Halving finds where the one turns into
//! the other. What is not decided in time stays between the two, and is said.

use std::time::Instant;

use super::options::{Budget, PlanOptions};
use super::ruled::{Ruled, plan_under};
use super::rules::Rules;
use super::{PlanError, PlanStatus};
use crate::coverage::CoverageMatrix;
use crate::siting::demand::Site;

/// What is to be little.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Least {
    /// The number of sites.
    #[default]
    Sites,
    /// What they cost together; the options hold the costs, and their limit is a ceiling.
    Cost,
}

/// A plan that reaches a target.
#[derive(Debug, Clone, PartialEq)]
pub struct Reached {
    /// The plan. Its `upper_bound` is on what as many sites, or as much money, can serve.
    pub ruled: Ruled,
    /// Sites, or cost.
    pub amount: u64,
    /// Proven: no plan reaches the target with less.
    pub at_least: u64,
    /// `optimal` where both are the same.
    pub status: PlanStatus,
}

/// A plan worth at least `target` with the fewest sites or the least money.
///
/// # Errors
/// [`PlanError::OutOfReach`] where no plan is worth as much; else as [`plan_under`].
pub fn least_for(
    matrix: &CoverageMatrix,
    weights: &[u64],
    sites: &[Site<'_>],
    options: &PlanOptions,
    rules: &Rules,
    target: u64,
    least: Least,
) -> Result<Reached, PlanError> {
    let search = Search { matrix, weights, sites, options, rules, target, least, started: Instant::now() };
    search.run()
}

struct Search<'a> {
    matrix: &'a CoverageMatrix,
    weights: &'a [u64],
    sites: &'a [Site<'a>],
    options: &'a PlanOptions,
    rules: &'a Rules,
    target: u64,
    least: Least,
    started: Instant,
}

impl Search<'_> {
    fn run(&self) -> Result<Reached, PlanError> {
        let most = match self.least {
            Least::Sites => self.options.sites.unwrap_or(self.sites.len()) as u64,
            Least::Cost => match &self.options.budget {
                Some(budget) => budget.limit.min(budget.costs.iter().sum()),
                None => return Err(PlanError::CostCount { costs: 0, sites: self.sites.len() }),
            },
        };
        let mut steps = 0;
        let mut best = self.solve(most, Some(self.target), &mut steps, 2)?;
        if best.plan.value < self.target {
            return Err(match best.plan.upper_bound < self.target {
                true => PlanError::OutOfReach { target: self.target, bound: best.plan.upper_bound },
                false => PlanError::NoneFound,
            });
        }
        let (mut proven, mut enough) = (self.floor(), self.amount(&mut best));
        // Where the next question is asked: above what is proven, and above what could not be decided.
        let mut from = proven;
        while from < enough {
            let middle = from + (enough - from) / 2;
            let mut found = match self.solve(middle, Some(self.target), &mut steps, 4) {
                Ok(found) => found,
                // What cannot be done with more cannot be done with less.
                Err(PlanError::Infeasible | PlanError::ForcedInfeasible | PlanError::OutOfReach { .. }) => {
                    from = middle + 1;
                    proven = proven.max(from);
                    continue;
                }
                Err(PlanError::NoneFound) => {
                    from = middle + 1;
                    continue;
                }
                Err(error) => return Err(error),
            };
            if found.plan.value >= self.target {
                enough = self.amount(&mut found).min(middle);
                best = found;
            } else {
                if found.plan.upper_bound < self.target {
                    proven = proven.max(middle + 1);
                }
                from = middle + 1;
            }
        }
        if self.least == Least::Sites {
            // Among plans of so few sites the one that serves the most.
            let fuller = self.solve(enough, None, &mut steps, 1)?;
            if fuller.plan.value >= best.plan.value {
                best = fuller;
            }
        }
        let proven = proven.min(enough);
        let close = (enough - proven) as f64 <= self.options.gap * proven as f64;
        let status = match (proven == enough, close) {
            (true, _) => PlanStatus::Optimal,
            (false, true) => PlanStatus::GapReached,
            (false, false) => PlanStatus::TimeLimit,
        };
        Ok(Reached { ruled: best, amount: enough, at_least: proven, status })
    }

    /// A plan of at most so much, with one `share`th of the time and steps that are left.
    fn solve(&self, most: u64, target: Option<u64>, steps: &mut u64, share: u32) -> Result<Ruled, PlanError> {
        let mut options = PlanOptions { target, gap: 0.0, ..self.options.clone() };
        match self.least {
            Least::Sites => options.sites = Some(most as usize),
            Least::Cost => {
                let costs = self.options.budget.as_ref().map(|budget| budget.costs.clone());
                options.budget = costs.map(|costs| Budget { costs, limit: most });
            }
        }
        options.time = options.time.map(|time| time.saturating_sub(self.started.elapsed()) / share);
        let left = |most: u64| most.saturating_sub(*steps) / u64::from(share);
        options.iterations = options.iterations.map(left);
        let ruled = plan_under(self.matrix, self.weights, self.sites, &options, self.rules)?;
        *steps += ruled.plan.iterations;
        Ok(ruled)
    }

    /// What a plan uses; sites after the target is reached are left out where no rule can need them.
    fn amount(&self, ruled: &mut Ruled) -> u64 {
        let free = self.rules.is_empty() && self.options.forced_in.is_empty();
        let plan = &mut ruled.plan;
        if let Some(last) = plan.sites.iter().position(|site| site.cumulative >= self.target).filter(|_| free)
        {
            plan.sites.truncate(last + 1);
            plan.value = plan.sites[last].cumulative;
            // What a site alone serves was counted beside those that are left out.
            super::explain::count_unique(self.matrix, self.weights, &mut plan.sites, self.options);
            if plan.status == PlanStatus::Optimal && plan.upper_bound != plan.value {
                plan.status = PlanStatus::TimeLimit;
            }
        }
        match (self.least, &self.options.budget) {
            (Least::Cost, Some(budget)) => {
                plan.sites.iter().map(|site| budget.costs[site.candidate as usize]).sum()
            }
            _ => plan.sites.len() as u64,
        }
    }

    /// Fewer cannot do: each site serves no more than the best ones, all apart.
    fn floor(&self) -> u64 {
        if self.least == Least::Cost || self.target == 0 {
            return 0;
        }
        let mut reader = self.matrix.reader();
        let worth = |c: usize| -> u64 {
            reader.read(c).unwrap_or_default().iter().map(|&v| self.weights[v as usize]).sum()
        };
        let mut worths: Vec<u64> = (0..self.sites.len()).map(worth).collect();
        worths.sort_unstable_by(|a, b| b.cmp(a));
        let mut sum = 0_u64;
        let reached = worths.iter().position(|&worth| {
            sum = sum.saturating_add(worth);
            sum >= self.target
        });
        reached.map_or(worths.len(), |last| last + 1) as u64
    }
}
