//! Which sites to build together: the maximal covering location problem, with a certificate.
//!
//! In: a [`CoverageMatrix`], what each village is worth, at most how many sites or which budget, and rules. Out: a
//! [`Plan`]: sites in the order in which each adds the most, the worth of what they serve, and an upper bound that
//! no plan can beat. Greedy sites first, then swaps, then a bound from prices (`lagrange`) that decides most
//! candidates, then rounds over the rest, each with twice the effort: moves that cool down (`anneal`), a search by
//! chance, a proof by division (`tree`) and one by areas of near sites (`areas`).
//!
//! One thread and seeded: the same input, options and seed give the same plan, whatever the order of rows. Only a
//! limit on time makes a plan hang on the machine; `iterations` limits alike everywhere.
//! Not here: reading, writing, money as text.

mod anneal;
mod areas;
#[cfg(test)]
mod brute_test;
mod build;
#[cfg(feature = "highs")]
mod by_highs;
#[cfg(all(test, feature = "highs"))]
mod by_highs_test;
mod check;
#[cfg(test)]
mod combined_test;
mod draft;
mod error;
mod explain;
mod incumbent;
mod lagrange;
mod limits;
mod lists;
mod mend;
mod options;
mod parting;
mod phases;
mod pieces;
#[cfg(test)]
mod pieces_test;
mod problem;
mod random;
mod ruled;
mod rules;
#[cfg(test)]
mod rules_test;
mod search;
#[cfg(test)]
mod small_test;
mod solve;
mod target;
mod tree;
mod why;
mod wide;

#[cfg(feature = "highs")]
pub use by_highs::plan_by_highs;
pub use check::{Broken, check, check_pieces};
pub use error::PlanError;
pub use explain::PlannedSite;
pub use options::{Budget, PlanOptions};
pub use phases::{Phase, Programme, limited, plan_phases};
pub use pieces::{Build, Pieces, PiecesError, ReachRow, Reaches, Share, Uncut};
pub use ruled::{Ruled, plan_under};
pub use rules::{Backhaul, CountLimit, Rules, ServedFloor};
pub use target::{Least, Reached, least_for};
pub use why::{LeftOut, Reason, left_out};

use super::demand::Site;
use super::greedy::{GreedyStep, greedy};
use super::objective::Objective;
use super::rank::tie_order;
use crate::coverage::CoverageMatrix;
use build::Whole;
use incumbent::{Incumbent, own_numbers};
use limits::Clock;
use problem::Problem;
use random::Random;
use search::Cover;
use solve::Solver;
use tree::Part;
use wide::Wide;

/// More pairs than this are listed only where rules need it: listing and bounding 60 million took 16 s and 1.9 GB.
/// Others are priced from the masks (`wide`).
const MAX_PAIRS: u64 = 20_000_000;
/// More pairs than this are never listed.
const MAX_PAIRS_UNDER_RULES: u64 = 80_000_000;

/// How a plan came to its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PlanStatus {
    /// Proven: nothing is better.
    Optimal,
    /// The gap that was asked for is proven.
    GapReached,
    /// Time or iterations ran out.
    TimeLimit,
    /// Nothing moved any more: only where there are too many pairs to list, and neither time nor iterations ended it.
    SearchEnded,
}

impl PlanStatus {
    /// The key used in files.
    pub fn key(self) -> &'static str {
        match self {
            PlanStatus::Optimal => "optimal",
            PlanStatus::GapReached => "gap_reached",
            PlanStatus::TimeLimit => "time_limit",
            PlanStatus::SearchEnded => "search_ended",
        }
    }
}

/// Sites to build, and how good they are proven to be.
#[derive(Debug, Clone, PartialEq)]
pub struct Plan {
    /// In the order in which each adds the most to those before.
    pub sites: Vec<PlannedSite>,
    /// The weight of the villages served.
    pub value: u64,
    /// No plan under the same rules is worth more.
    pub upper_bound: u64,
    /// How it ended.
    pub status: PlanStatus,
    /// What greedy sites alone are worth.
    pub greedy_value: u64,
    /// Steps of bound and search.
    pub iterations: u64,
    /// Parts that the proof looked at.
    pub parts: u64,
    /// Villages that no candidate serves, ascending; those without position are not among them.
    pub unservable: Vec<u32>,
    /// Villages without position, ascending.
    pub unknown_villages: Vec<u32>,
}

impl Plan {
    /// How far the bound is above the value, as a part of the value; 0 where the plan is proven the best.
    pub fn gap(&self) -> f64 {
        gap(self.value, self.upper_bound)
    }
}

fn gap(value: u64, bound: u64) -> f64 {
    match (value, bound) {
        (value, bound) if bound <= value => 0.0,
        (0, _) => 1.0,
        (value, bound) => (bound - value) as f64 / value as f64,
    }
}

/// Where a plan stood at one moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// Since planning began, by the wall clock.
    pub time: std::time::Duration,
    /// The worth of the best plan so far, in the weights' unit.
    pub value: u64,
    /// What no plan can be worth more than.
    pub upper_bound: u64,
}

/// What is good enough to stop at.
#[derive(Debug, Clone, Copy)]
struct Enough {
    /// A proven gap.
    gap: f64,
    /// A target, in the weights' own unit: reached, or proven to be out of reach.
    target: Option<u64>,
    /// Values and bounds are in this many of the weights' units.
    unit: u64,
}

impl Enough {
    fn is_met(&self, value: u64, bound: u64) -> bool {
        let decided = |target: u64| value * self.unit >= target || bound * self.unit < target;
        gap(value, bound) <= self.gap || self.target.is_some_and(decided)
    }
}

/// Plans in one call: [`Planner`] with all its stages.
///
/// # Errors
/// [`PlanError`] where numbers do not belong together or the rules contradict each other.
pub fn plan(
    matrix: &CoverageMatrix,
    weights: &[u64],
    sites: &[Site<'_>],
    options: &PlanOptions,
) -> Result<Plan, PlanError> {
    let mut planner = Planner::new(matrix, weights, sites, options)?;
    planner.greedy()?;
    planner.bound();
    planner.search();
    Ok(planner.finish())
}

/// A plan in stages, for a caller that times them: [`greedy`](Planner::greedy), [`bound`](Planner::bound),
/// [`search`](Planner::search), [`finish`](Planner::finish).
pub struct Planner<'a> {
    matrix: &'a CoverageMatrix,
    weights: &'a [u64],
    sites: &'a [Site<'a>],
    options: &'a PlanOptions,
    /// Values of the solver are in this many of the weights' units.
    unit: u64,
    solver: Solver,
    /// The problem where it is too large to list.
    wide: Option<Wide<'a>>,
    greedy_value: u64,
}

impl<'a> Planner<'a> {
    /// Takes the problem; the time of `options` runs from here.
    ///
    /// # Errors
    /// [`PlanError`] where numbers do not belong together.
    pub fn new(
        matrix: &'a CoverageMatrix,
        weights: &'a [u64],
        sites: &'a [Site<'a>],
        options: &'a PlanOptions,
    ) -> Result<Planner<'a>, PlanError> {
        let clock = Clock::new(options.time, options.iterations);
        build::check(matrix, weights, sites, options)?;
        Ok(Planner {
            matrix,
            weights,
            sites,
            options,
            unit: 1,
            greedy_value: 0,
            wide: None,
            solver: Solver {
                open: None,
                incumbent: Incumbent::default(),
                upper_bound: weights.iter().sum(),
                parts: 0,
                random: Random(options.seed),
                clock,
                enough: Enough { gap: options.gap, target: options.target, unit: 1 },
                progress: Vec::new(),
            },
        })
    }

    /// The first plan: always the site that adds the most.
    ///
    /// # Errors
    /// [`PlanError`] where the rules contradict each other, or there are rules and too many pairs to list.
    pub fn greedy(&mut self) -> Result<(), PlanError> {
        let ties = tie_order(self.sites);
        let pairs = self.matrix.pairs();
        if pairs > MAX_PAIRS && !self.options.has_rules() {
            return self.greedy_of_masks(&ties);
        }
        if pairs > MAX_PAIRS_UNDER_RULES {
            return Err(PlanError::TooManyPairs { pairs });
        }
        let built =
            build::build(self.matrix, self.weights, self.sites, &ties, self.options, &mut self.solver.clock);
        let Whole { problem, unit } = match built {
            // No time for lists: the greedy sites need none.
            Err(PlanError::NoneFound) if !self.options.has_rules() => return self.greedy_of_masks(&ties),
            built => built?,
        };
        self.set_unit(unit);
        self.solver.incumbent = Incumbent { value: problem.base, sites: problem.taken.clone() };
        self.solver.upper_bound = problem.base + problem.open_weight();
        let mut cover = Cover::new(&problem);
        cover.fill(false);
        self.solver.incumbent.offer(&cover);
        if problem.budget.is_some() {
            let mut cover = Cover::new(&problem);
            cover.fill(true);
            self.solver.incumbent.offer(&cover);
        }
        self.greedy_value = self.solver.incumbent.value;
        let prices = first_prices(&problem, &self.solver.incumbent.sites);
        self.solver.open = Some(Part { problem, prices, bound: self.solver.upper_bound, number: 0 });
        Ok(())
    }

    fn set_unit(&mut self, unit: u64) {
        self.unit = unit;
        self.solver.enough.unit = unit;
    }

    /// Greedy sites without lists, and the bound that they give: for any sites chosen, no plan of `N` sites is worth
    /// more than these and the `N` largest gains beside them (Nemhauser, Wolsey & Fisher 1978).
    fn greedy_of_masks(&mut self, ties: &[u32]) -> Result<(), PlanError> {
        self.set_unit(build::unit(self.weights));
        let weights: Vec<u64> = self.weights.iter().map(|weight| weight / self.unit).collect();
        let objective = Objective::of_weights(self.matrix, &weights).map_err(|_| PlanError::TooLarge)?;
        let wanted = self.options.sites.unwrap_or(usize::MAX).min(self.sites.len());
        self.solver.upper_bound = weights.iter().sum();
        let steps = greedy(self.matrix, &objective, ties, Some(wanted));
        let useful = steps.iter().filter(|step| !step.gain.is_zero());
        self.solver.incumbent.value = useful.clone().map(|step| step.gain.metric_micro).sum();
        self.solver.incumbent.sites = useful.map(|step: &GreedyStep| step.candidate).collect();
        self.greedy_value = self.solver.incumbent.value;
        let mut gains = explain::gains_beside(self.matrix, &objective, &self.solver.incumbent.sites);
        gains.sort_unstable_by(|a, b| b.cmp(a));
        let above: u64 = gains.iter().take(wanted).fold(0, |sum, &gain| sum.saturating_add(gain));
        self.solver.upper_bound =
            self.solver.upper_bound.min(self.solver.incumbent.value.saturating_add(above));
        self.wide = Some(Wide::new(self.matrix, weights, wanted, ties, &self.solver.incumbent.sites));
        Ok(())
    }

    /// Swaps, then the bound; what the bound decides makes the problem smaller, and swaps go on in what is left.
    pub fn bound(&mut self) {
        match &mut self.wide {
            Some(wide) => wide.run(&mut self.solver, false),
            None => self.solver.bound(),
        }
    }

    /// The search by chance over what is left, and the proof.
    pub fn search(&mut self) {
        match &mut self.wide {
            Some(wide) => wide.run(&mut self.solver, true),
            None => self.solver.search(),
        }
    }

    /// How value and bound met so far: times hang on the machine.
    pub fn progress(&self) -> Vec<Progress> {
        let unit = self.unit;
        let in_weights = |step: &Progress| Progress {
            value: step.value * unit,
            upper_bound: step.upper_bound * unit,
            ..*step
        };
        self.solver.progress.iter().map(in_weights).collect()
    }

    /// The plan.
    pub fn finish(mut self) -> Plan {
        let status = match self.solver.incumbent.value >= self.solver.upper_bound {
            true => PlanStatus::Optimal,
            false if gap(self.solver.incumbent.value, self.solver.upper_bound) <= self.options.gap => {
                PlanStatus::GapReached
            }
            false if self.solver.clock.is_stopped() => PlanStatus::TimeLimit,
            false => PlanStatus::SearchEnded,
        };
        let ties = tie_order(self.sites);
        Plan {
            sites: explain::explain(
                self.matrix,
                self.weights,
                &self.solver.incumbent.sites,
                &ties,
                self.options,
            ),
            value: self.solver.incumbent.value * self.unit,
            upper_bound: self.solver.upper_bound.max(self.solver.incumbent.value) * self.unit,
            status,
            greedy_value: self.greedy_value * self.unit,
            iterations: self.solver.clock.steps,
            parts: self.solver.parts,
            unservable: explain::unservable(self.matrix, self.options),
            unknown_villages: self.matrix.unknown_villages().to_vec(),
        }
    }
}

/// Prices to begin with: a village pays nothing where a plan serves it twice or more, all where nobody does, else a
/// share that falls with how many could.
fn first_prices(problem: &Problem, names: &[u32]) -> Vec<f64> {
    let mut served = vec![0_u32; problem.villages()];
    for c in own_numbers(problem, names) {
        problem.rows.row(c as usize).iter().for_each(|&v| served[v as usize] += 1);
    }
    let price = |(&weight, &served): (&u64, &u32)| match served {
        0 => weight as f64,
        1 => 0.5 * weight as f64,
        _ => 0.0,
    };
    problem.weights.iter().zip(&served).map(price).collect()
}
