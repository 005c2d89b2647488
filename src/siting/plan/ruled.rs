//! Plans under [`Rules`] that the bound does not know.
//!
//! The best plan without them is an upper bound. Where it keeps them it is the best with them as well; where it breaks
//! one, every plan that keeps it does one of a few things differently ([`Way`]), and the problem is divided by these.
//! The part with the highest bound comes first. What is not finished in time has the highest bound of the open parts,
//! and names the rules that this bound ignores. Candidates are numbered by the order of ids inside.

use std::cmp::Ordering;
use std::collections::BinaryHeap;

use super::check::check;
use super::draft::{Draft, Material};
use super::limits::Clock;
use super::lists::Lists;
use super::options::PlanOptions;
use super::random::Random;
use super::rules::{Rules, Way};
use super::{Plan, PlanError, PlanStatus, build, explain, gap, plan};
use crate::coverage::CoverageMatrix;
use crate::siting::demand::Site;
use crate::siting::rank::tie_order;

/// Rounds of the search by chance for a first plan.
const SHAKES: u32 = 400;

/// A plan under rules.
#[derive(Debug, Clone, PartialEq)]
pub struct Ruled {
    /// The plan.
    pub plan: Plan,
    /// Kinds of rules that the upper bound leaves out: it is valid, and may be far above what they allow. Empty where
    /// the plan is proven the best, or no such rule was asked for.
    pub bound_ignores: Vec<&'static str>,
}

/// A part of the problem.
struct Part {
    bound: u64,
    number: u64,
    forced_in: Vec<u32>,
    forced_out: Vec<u32>,
    /// Whether it could not be bounded further.
    spent: bool,
}

impl PartialEq for Part {
    fn eq(&self, other: &Part) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}
impl Eq for Part {}
impl PartialOrd for Part {
    fn partial_cmp(&self, other: &Part) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}
impl Ord for Part {
    /// Among equal bounds the newest first.
    fn cmp(&self, other: &Part) -> Ordering {
        (self.bound, self.number).cmp(&(other.bound, other.number))
    }
}

/// The best plan under `options` and `rules`. A plan that the [checker](check) finds fault with is never returned.
///
/// # Errors
/// [`PlanError`] where numbers do not belong together, no plan keeps the rules
/// ([`Infeasible`](PlanError::Infeasible)), or none was found in time ([`NoneFound`](PlanError::NoneFound)).
pub fn plan_under(
    matrix: &CoverageMatrix,
    weights: &[u64],
    sites: &[Site<'_>],
    options: &PlanOptions,
    rules: &Rules,
) -> Result<Ruled, PlanError> {
    let ruled = if rules.is_empty() {
        Ruled { plan: plan(matrix, weights, sites, options)?, bound_ignores: Vec::new() }
    } else {
        build::check(matrix, weights, sites, options)?;
        let members = rules.counts.iter().flat_map(|limit| &limit.members);
        if let Some(&site) = members.into_iter().find(|&&c| c as usize >= sites.len()) {
            return Err(PlanError::NoSuchSite { site, sites: sites.len() });
        }
        Division::new(matrix, weights, sites, options, rules)?.run()?
    };
    match check(matrix, weights, sites, options, rules, &ruled.plan).into_iter().next() {
        Some(broken) => Err(PlanError::Broken(broken.to_string())),
        None => Ok(ruled),
    }
}

struct Division<'a> {
    matrix: &'a CoverageMatrix,
    weights: &'a [u64],
    sites: &'a [Site<'a>],
    /// The options with the rules that the solver knows itself.
    options: PlanOptions,
    rules: Rules,
    kinds: Vec<&'static str>,
    ties: Vec<u32>,
    by_id: Vec<u32>,
    rows: Lists,
    columns: Lists,
    clock: Clock,
    incumbent: Option<(u64, Vec<u32>)>,
    greedy_value: u64,
    parts: u64,
}

impl<'a> Division<'a> {
    fn new(
        matrix: &'a CoverageMatrix,
        weights: &'a [u64],
        sites: &'a [Site<'a>],
        options: &PlanOptions,
        rules: &Rules,
    ) -> Result<Division<'a>, PlanError> {
        let pairs = matrix.pairs();
        if pairs > super::MAX_PAIRS_UNDER_RULES {
            return Err(PlanError::TooManyPairs { pairs });
        }
        let ties = tie_order(sites);
        let mut by_id: Vec<u32> = (0..sites.len() as u32).collect();
        by_id.sort_unstable_by_key(|&c| ties[c as usize]);
        let mut options = options.clone();
        // At most none and at most one are rules that the solver knows.
        let mut rest = Rules { counts: Vec::new(), ..rules.clone() };
        for limit in &rules.counts {
            match limit.at_most {
                Some(0) => options.forced_out.extend(&limit.members),
                Some(1) => options.groups.push(limit.members.clone()),
                Some(most) if most < limit.members.len() => {}
                _ if limit.at_least == 0 => continue,
                _ => {}
            }
            rest.counts.push(limit.clone());
        }
        // What divides forces sites in; those too small for the plan must not come in that way.
        let small = |c: &u32| {
            let villages = options.villages_of(matrix, *c);
            villages.is_none_or(|villages| villages < options.min_villages) && !options.forced_in.contains(c)
        };
        let small: Vec<u32> = (0..sites.len() as u32).filter(small).collect();
        options.forced_out.extend(small);
        options.forced_out.sort_unstable();
        options.forced_out.dedup();
        let (mut rows, mut reader) = (Lists::new(), matrix.reader());
        let clock = Clock::new(options.time, options.iterations);
        for &c in &by_id {
            rows.push(reader.read(c as usize).unwrap_or_default().iter().copied());
            if !build::has_time(&rows, 1, &clock) {
                return Err(PlanError::NoneFound);
            }
        }
        if !build::has_time(&rows, 4, &clock) {
            return Err(PlanError::NoneFound);
        }
        Ok(Division {
            clock,
            matrix,
            weights,
            sites,
            columns: rows.transposed(matrix.villages()),
            rows,
            rules: rest.renumbered(&ties),
            kinds: rules.kinds(),
            options,
            ties,
            by_id,
            incumbent: None,
            greedy_value: 0,
            parts: 0,
        })
    }

    fn run(mut self) -> Result<Ruled, PlanError> {
        self.first_plan()?;
        let whole: u64 = self.weights.iter().sum();
        let root = Part {
            bound: whole,
            number: 0,
            forced_in: self.options.forced_in.clone(),
            forced_out: self.options.forced_out.clone(),
            spent: false,
        };
        let mut open = BinaryHeap::from([root]);
        let mut numbers = 1;
        let mut bound = None;
        while let Some(part) = open.pop() {
            let value = self.incumbent.as_ref().map(|(value, _)| *value);
            if value.is_some_and(|value| part.bound <= value) {
                break;
            }
            let enough = value.is_some_and(|value| gap(value, part.bound) <= self.options.gap)
                || self.options.target.is_some_and(|target| value >= Some(target) || part.bound < target);
            if enough || part.spent || !self.clock.tick() {
                bound = Some(part.bound);
                break;
            }
            self.parts += 1;
            for child in self.divide(part)? {
                open.push(Part { number: numbers, ..child });
                numbers += 1;
            }
        }
        let Some((value, mut chosen)) = self.incumbent.take() else {
            return Err(match (bound, self.options.target) {
                (None, _) => PlanError::Infeasible,
                (Some(bound), Some(target)) if bound < target => PlanError::OutOfReach { target, bound },
                (Some(_), _) => PlanError::NoneFound,
            });
        };
        chosen.sort_unstable();
        let upper_bound = bound.unwrap_or(value).max(value);
        let status = match (upper_bound == value, gap(value, upper_bound) <= self.options.gap) {
            (true, _) => PlanStatus::Optimal,
            (false, true) => PlanStatus::GapReached,
            (false, false) => PlanStatus::TimeLimit,
        };
        let plan = Plan {
            sites: explain::explain(self.matrix, self.weights, &chosen, &self.ties, &self.options),
            value,
            upper_bound,
            status,
            greedy_value: self.greedy_value,
            iterations: self.clock.steps,
            parts: self.parts,
            unservable: explain::unservable(self.matrix, &self.options),
            unknown_villages: self.matrix.unknown_villages().to_vec(),
        };
        let bound_ignores = if status == PlanStatus::Optimal { Vec::new() } else { self.kinds };
        Ok(Ruled { plan, bound_ignores })
    }

    /// A plan that keeps all rules, where one is found by adding what is needed and then what adds the most.
    fn first_plan(&mut self) -> Result<(), PlanError> {
        let place = |c: &u32| self.ties[*c as usize];
        let conflicts = build::conflicts(self.sites, &|c| self.ties[c as usize], &self.options)?;
        let forced_in: Vec<u32> = self.options.forced_in.iter().map(place).collect();
        let mut out = vec![false; self.sites.len()];
        self.options.forced_out.iter().for_each(|c| out[place(c) as usize] = true);
        let costs: Vec<u64> = match &self.options.budget {
            Some(budget) => self.by_id.iter().map(|&c| budget.costs[c as usize]).collect(),
            None => Vec::new(),
        };
        let material = Material {
            rows: &self.rows,
            columns: &self.columns,
            weights: self.weights,
            costs: &costs,
            budget: self.options.budget.as_ref().map(|budget| budget.limit),
            most: self.options.sites.unwrap_or(self.sites.len()),
            conflicts: &conflicts,
            rules: &self.rules,
            forced_in: &forced_in,
            out: &out,
        };
        let mut random = Random(self.options.seed);
        let ways: &[bool] = if costs.is_empty() { &[false] } else { &[false, true] };
        for &by_cost in ways {
            let mut draft = Draft::new(&material);
            if !draft.force() || !draft.fill(by_cost) {
                continue;
            }
            self.greedy_value = self.greedy_value.max(draft.value);
            draft.shake(SHAKES, &mut random, &mut self.clock);
            if self.incumbent.as_ref().is_none_or(|(value, _)| draft.value > *value) {
                let chosen = draft.sites.iter().map(|&c| self.by_id[c as usize]).collect();
                self.incumbent = Some((draft.value, chosen));
            }
        }
        Ok(())
    }

    /// The parts of a part; itself with a better bound where it cannot be divided.
    fn divide(&mut self, part: Part) -> Result<Vec<Part>, PlanError> {
        let options = PlanOptions {
            forced_in: part.forced_in.clone(),
            forced_out: part.forced_out.clone(),
            time: self.clock.time_left(),
            iterations: self.options.iterations.map(|most| most.saturating_sub(self.clock.steps)),
            target: None,
            ..self.options.clone()
        };
        let relaxed = match plan(self.matrix, self.weights, self.sites, &options) {
            Ok(relaxed) => relaxed,
            Err(PlanError::ForcedInfeasible | PlanError::InAndOut { .. }) => return Ok(Vec::new()),
            Err(error) => return Err(error),
        };
        self.clock.steps += relaxed.iterations;
        let bound = part.bound.min(relaxed.upper_bound);
        let chosen: Vec<u32> = relaxed.sites.iter().map(|site| site.candidate).collect();
        let Some(way) = self.way(&chosen) else {
            if self.incumbent.as_ref().is_none_or(|(value, _)| relaxed.value > *value) {
                self.incumbent = Some((relaxed.value, chosen));
            }
            // Bounded as far as the gap, the time or the steps allow: nothing to divide by.
            return Ok(if relaxed.status == PlanStatus::Optimal {
                Vec::new()
            } else {
                vec![Part { bound, spent: true, ..part }]
            });
        };
        let mut children = Vec::new();
        let mut child = |more_in: &[u32], more_out: &[u32]| {
            let with = |list: &[u32], more: &[u32]| -> Vec<u32> {
                list.iter().copied().chain(more.iter().map(|&c| self.by_id[c as usize])).collect()
            };
            let forced_in = with(&part.forced_in, more_in);
            let forced_out = with(&part.forced_out, more_out);
            if !forced_in.iter().any(|c| forced_out.contains(c)) {
                children.push(Part { bound, number: 0, forced_in, forced_out, spent: false });
            }
        };
        for (i, &c) in way.not_all.iter().enumerate() {
            child(&way.not_all[..i], &[c]);
        }
        for (i, &c) in way.one_of.iter().enumerate() {
            let taken: Vec<u32> = way.not_all.iter().copied().chain([c]).collect();
            child(&taken, &way.one_of[..i]);
        }
        // The first of equal bounds is looked at first.
        children.reverse();
        Ok(children)
    }

    /// How a plan would have to change; what serves the most comes first.
    fn way(&self, chosen: &[u32]) -> Option<Way> {
        let (mut marks, mut served) = (vec![false; self.sites.len()], vec![0; self.weights.len()]);
        for &c in chosen {
            let place = self.ties[c as usize] as usize;
            marks[place] = true;
            self.rows.row(place).iter().for_each(|&v| served[v as usize] += 1);
        }
        let mut way = self.rules.way(&marks, &served, |v| self.columns.row(v as usize))?;
        let gain = |c: u32| -> u64 {
            let open = self.rows.row(c as usize).iter().filter(|&&v| served[v as usize] == 0);
            open.map(|&v| self.weights[v as usize]).sum()
        };
        way.one_of.sort_by_cached_key(|&c| (std::cmp::Reverse(gain(c)), c));
        Some(way)
    }
}
