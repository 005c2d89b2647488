//! Which sites to build together: the maximal covering location problem, with a certificate.
//!
//! In: a [`CoverageMatrix`], what each village is worth, at most how many sites or which budget, and rules. Out: a
//! [`Plan`]: sites in the order in which each adds the most, the worth of what they serve, and an upper bound that
//! no plan can beat. Greedy sites first, then swaps, then a bound from prices (`lagrange`) that decides most
//! candidates, then a search by chance and a proof by division over the rest (`tree`).
//!
//! One thread and seeded: the same input, options and seed give the same plan, whatever the order of rows. Only a
//! limit on time makes a plan hang on the machine; `iterations` limits alike everywhere.
//! Not here: reading, writing, money as text.

#[cfg(test)]
mod brute_test;
mod build;
mod check;
mod draft;
mod explain;
mod incumbent;
mod lagrange;
mod limits;
mod lists;
mod options;
mod phases;
mod problem;
mod random;
mod ruled;
mod rules;
#[cfg(test)]
mod rules_test;
mod search;
mod target;
mod tree;
mod why;

pub use check::{Broken, check};
pub use explain::PlannedSite;
pub use options::{Budget, PlanOptions};
pub use phases::{Phase, Programme, limited, plan_phases};
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
use incumbent::Incumbent;
use lagrange::Lagrangian;
use limits::Clock;
use problem::{Decision, Problem};
use random::Random;
use search::Cover;
use tree::Part;

/// More pairs than this are listed only where rules need it: listing and bounding 60 million took 16 s and 1.9 GB.
/// What remains is the greedy plan and a bound from it.
const MAX_PAIRS: u64 = 20_000_000;
/// More pairs than this are never listed.
const MAX_PAIRS_UNDER_RULES: u64 = 80_000_000;
/// Steps of the bound between looks at the plan and the certificate.
const STEPS_PER_LOOK: u32 = 25;
/// Looks without a decision after which the bound is left to the proof.
const IDLE_LOOKS: u32 = 24;
/// The search by chance looks at this many candidates for each site: those that the prices like best.
const CORE_PER_SITE: usize = 10;
/// And at no fewer than this many.
const CORE_LEAST: usize = 200;
/// Looks between rounds of the search by chance while the bound improves, and how many rounds then.
const LOOKS_PER_SHAKE: u32 = 10;
const SHAKES_PER_LOOK: u32 = 150;
/// Rounds of the search by chance before the proof begins.
const SHAKES: u32 = 3_000;

/// Why there can be no plan.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum PlanError {
    /// One site for each row of the matrix.
    #[error("{sites} sites were given for a coverage matrix of {rows}")]
    SiteCount {
        /// Sites given.
        sites: usize,
        /// Rows of the matrix.
        rows: usize,
    },
    /// One weight for each village.
    #[error("{weights} weights were given for a coverage matrix of {villages} villages")]
    WeightCount {
        /// Weights given.
        weights: usize,
        /// Villages of the matrix.
        villages: usize,
    },
    /// One cost for each site.
    #[error("{costs} costs were given for {sites} sites")]
    CostCount {
        /// Costs given.
        costs: usize,
        /// Sites given.
        sites: usize,
    },
    /// Sums would not fit.
    #[error("the villages' weights, or the sites' costs, sum up to more than 2^62: scale them down")]
    TooLarge,
    /// A rule names a site that there is not.
    #[error("a rule names site number {site}, but there are {sites}")]
    NoSuchSite {
        /// The number.
        site: u32,
        /// How many there are.
        sites: usize,
    },
    /// A site cannot be both.
    #[error("site {site} is forced in and forced out")]
    InAndOut {
        /// Its id.
        site: String,
    },
    /// Forced sites break a rule.
    #[error("the sites that are forced in are too many, too dear, or exclude each other")]
    ForcedInfeasible,
    /// Rules need lists.
    #[error(
        "{pairs} pairs of site and village are more than can be planned under rules; a smaller radius has fewer"
    )]
    TooManyPairs {
        /// Pairs.
        pairs: u64,
    },
    /// No distance.
    #[error("the least distance between sites is no radius that can be searched")]
    MinDistance,
    /// Proven: the rules leave no plan.
    #[error(
        "no plan keeps all the rules: they contradict each other, or the sites or the budget are too few for them"
    )]
    Infeasible,
    /// The rules may leave one.
    #[error("no plan that keeps all the rules was found in the time given; allow more time or loosen a rule")]
    NoneFound,
    /// More is asked for than candidates can serve.
    #[error("{target} are asked for, no plan can reach more than {bound}")]
    OutOfReach {
        /// What was asked for, in the weights' unit.
        target: u64,
        /// Proven: no plan is worth more.
        bound: u64,
    },
    /// A fault of the program, found by its own checker.
    #[error(
        "the plan was checked and is wrong ({0}); nothing is written. Please report this with your input"
    )]
    Broken(String),
}

/// How a plan came to its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PlanStatus {
    /// Proven: nothing is better.
    Optimal,
    /// The gap that was asked for is proven.
    GapReached,
    /// Time or iterations ran out.
    TimeLimit,
}

impl PlanStatus {
    /// The key used in files.
    pub fn key(self) -> &'static str {
        match self {
            PlanStatus::Optimal => "optimal",
            PlanStatus::GapReached => "gap_reached",
            PlanStatus::TimeLimit => "time_limit",
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

/// Whether the gap is small enough, or the target decided. Value and bound are in `unit`s of the weights.
fn close_enough(options: &PlanOptions, unit: u64, value: u64, bound: u64) -> bool {
    let decided = |target: u64| value * unit >= target || bound * unit < target;
    gap(value, bound) <= options.gap || options.target.is_some_and(decided)
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
    /// What is left of the problem; `None` where it is too large to list, or done.
    open: Option<Part>,
    /// Values of the incumbent and the bound are in this many of the weights' units.
    unit: u64,
    incumbent: Incumbent,
    upper_bound: u64,
    greedy_value: u64,
    parts: u64,
    random: Random,
    clock: Clock,
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
            open: None,
            unit: 1,
            incumbent: Incumbent::default(),
            upper_bound: weights.iter().sum(),
            greedy_value: 0,
            parts: 0,
            random: Random(options.seed),
            clock,
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
        let Whole { problem, unit } =
            build::build(self.matrix, self.weights, self.sites, &ties, self.options)?;
        self.unit = unit;
        self.incumbent = Incumbent { value: problem.base, sites: problem.taken.clone() };
        self.upper_bound = problem.base + problem.open_weight();
        let mut cover = Cover::new(&problem);
        cover.fill(false);
        self.incumbent.offer(&cover);
        if problem.budget.is_some() {
            let mut cover = Cover::new(&problem);
            cover.fill(true);
            self.incumbent.offer(&cover);
        }
        self.greedy_value = self.incumbent.value;
        let prices = first_prices(&problem, &self.incumbent.sites);
        self.open = Some(Part { problem, prices, bound: self.upper_bound, number: 0 });
        Ok(())
    }

    /// Greedy sites without lists, and the bound that they give: for any sites chosen, no plan of `N` sites is worth
    /// more than these and the `N` largest gains beside them (Nemhauser, Wolsey & Fisher 1978).
    fn greedy_of_masks(&mut self, ties: &[u32]) -> Result<(), PlanError> {
        let objective = Objective::of_weights(self.matrix, self.weights).map_err(|_| PlanError::TooLarge)?;
        let wanted = self.options.sites.unwrap_or(usize::MAX);
        let steps = greedy(self.matrix, &objective, ties, Some(wanted));
        let useful = steps.iter().filter(|step| !step.gain.is_zero());
        self.incumbent.value = useful.clone().map(|step| step.gain.metric_micro).sum();
        self.incumbent.sites = useful.map(|step: &GreedyStep| step.candidate).collect();
        self.greedy_value = self.incumbent.value;
        let mut gains = explain::gains_beside(self.matrix, &objective, &self.incumbent.sites);
        gains.sort_unstable_by(|a, b| b.cmp(a));
        let above: u64 = gains.iter().take(wanted).fold(0, |sum, &gain| sum.saturating_add(gain));
        self.upper_bound = self.upper_bound.min(self.incumbent.value.saturating_add(above));
        Ok(())
    }

    fn is_done(&self) -> bool {
        self.incumbent.value >= self.upper_bound || self.close_enough(self.incumbent.value, self.upper_bound)
    }

    fn close_enough(&self, value: u64, bound: u64) -> bool {
        close_enough(self.options, self.unit, value, bound)
    }

    /// Swaps, then the bound; what the bound decides makes the problem smaller, and swaps go on in what is left.
    pub fn bound(&mut self) {
        let Some(Part { mut problem, mut prices, .. }) = self.open.take() else { return };
        let mut cover = Cover::new(&problem);
        let ours = own_numbers(&problem, &self.incumbent.sites);
        cover.add_all(&ours);
        cover.swap(&mut self.clock);
        self.incumbent.offer(&cover);
        drop(cover);
        'smaller: while !self.is_done() && problem.candidates() > 0 {
            let mut lagrangian = Lagrangian::new(&problem, std::mem::take(&mut prices));
            let (mut idle, mut mark) = (0, f64::INFINITY);
            for look in 1_u32.. {
                let target = self.incumbent.value.saturating_sub(problem.base) as f64;
                for _ in 0..STEPS_PER_LOOK {
                    if !self.clock.tick() {
                        break;
                    }
                    lagrangian.improve(target);
                }
                let mut cover = Cover::new(&problem);
                cover.add_all(&lagrangian.selected);
                cover.fill(false);
                cover.swap(&mut self.clock);
                self.incumbent.offer(&cover);
                if look % LOOKS_PER_SHAKE == 0 {
                    self.shake(&problem, &lagrangian.prices, SHAKES_PER_LOOK);
                }
                let certificate = lagrangian.certify(self.incumbent.value);
                // A part without better plans says nothing about the plan that there is already.
                self.upper_bound = self.upper_bound.min(certificate.bound.max(self.incumbent.value));
                if self.is_done() {
                    break 'smaller;
                }
                let stopped = self.clock.is_stopped();
                let moved = mark - lagrangian.value > 0.002 * (lagrangian.value - target);
                idle = if moved { 0 } else { idle + 1 };
                mark = mark.min(lagrangian.value);
                if certificate.decided * 5 >= problem.candidates() || stopped || idle >= IDLE_LOOKS {
                    let smaller = problem.decided(&certificate.decisions, &lagrangian.prices);
                    let Some((smaller, carried)) = smaller else {
                        self.upper_bound = self.incumbent.value;
                        return;
                    };
                    (problem, prices) = (smaller, carried);
                    if stopped || idle >= IDLE_LOOKS {
                        break 'smaller;
                    }
                    continue 'smaller;
                }
            }
        }
        if problem.candidates() == 0 {
            self.incumbent.offer(&Cover::new(&problem));
            self.upper_bound = self.incumbent.value;
            return;
        }
        self.open = Some(Part { problem, prices, bound: self.upper_bound, number: 0 });
    }

    /// The search by chance, over the candidates that the prices like best and the sites of the plan so far.
    fn shake(&mut self, problem: &Problem, prices: &[f64], rounds: u32) {
        let profit = |row: &[u32]| row.iter().map(|&v| prices[v as usize]).sum::<f64>();
        let profits: Vec<f64> = problem.rows.iter().map(profit).collect();
        let mut order: Vec<usize> = (0..problem.candidates()).collect();
        order.sort_unstable_by(|&a, &b| profits[b].total_cmp(&profits[a]).then(a.cmp(&b)));
        let mut decisions = vec![Decision::Out; problem.candidates()];
        let core = problem.sites.saturating_mul(CORE_PER_SITE).max(CORE_LEAST);
        order.into_iter().take(core).for_each(|c| decisions[c] = Decision::Open);
        for c in own_numbers(problem, &self.incumbent.sites) {
            decisions[c as usize] = Decision::Open;
        }
        let Some((core, _)) = problem.decided(&decisions, &[]) else { return };
        let mut cover = Cover::new(&core);
        cover.add_all(&own_numbers(&core, &self.incumbent.sites));
        cover.fill(false);
        cover.swap(&mut self.clock);
        cover.shake(rounds, self.upper_bound, &mut self.random, &mut self.clock);
        self.incumbent.offer(&cover);
    }

    /// The search by chance over what is left, and the proof.
    pub fn search(&mut self) {
        if self.is_done() {
            return;
        }
        let Some(part) = self.open.take() else { return };
        self.shake(&part.problem, &part.prices, SHAKES);
        let (options, unit) = (self.options, self.unit);
        let close_enough = |value: u64, bound: u64| close_enough(options, unit, value, bound);
        let (bound, parts) = tree::search(part, &mut self.incumbent, close_enough, &mut self.clock);
        self.upper_bound = self.upper_bound.min(bound.max(self.incumbent.value));
        self.parts = parts;
    }

    /// The plan.
    pub fn finish(self) -> Plan {
        let done = gap(self.incumbent.value, self.upper_bound) <= self.options.gap;
        let status = match self.incumbent.value >= self.upper_bound {
            true => PlanStatus::Optimal,
            false if done => PlanStatus::GapReached,
            false => PlanStatus::TimeLimit,
        };
        let ties = tie_order(self.sites);
        Plan {
            sites: explain::explain(self.matrix, self.weights, &self.incumbent.sites, &ties),
            value: self.incumbent.value * self.unit,
            upper_bound: self.upper_bound.max(self.incumbent.value) * self.unit,
            status,
            greedy_value: self.greedy_value * self.unit,
            iterations: self.clock.steps,
            parts: self.parts,
            unservable: explain::unservable(self.matrix),
            unknown_villages: self.matrix.unknown_villages().to_vec(),
        }
    }
}

/// Which candidates of the problem these are.
fn own_numbers(problem: &Problem, names: &[u32]) -> Vec<u32> {
    let mut wanted = names.to_vec();
    wanted.sort_unstable();
    (0..problem.candidates() as u32)
        .filter(|&c| wanted.binary_search(&problem.names[c as usize]).is_ok())
        .collect()
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
