//! An upper bound from prices on villages.
//!
//! The rule that a village counts only where somebody serves it is relaxed: village `v` pays its price
//! `λ_v ∈ [0, w_v]` to each chosen site that serves it, and the rest of its weight is granted unconditionally.
//! For any prices no plan is worth more than
//!
//! `L(λ, μ) = Σ_v (w_v − λ_v) + μ B + max { Σ_{j∈S} (Σ_{v∈j} λ_v − μ c_j) : |S| ≤ N, one of a clique }`
//!
//! with `μ ≥ 0` the price of money where there is a budget `B` (Galvão & ReVelle 1996 for the cover part). Good prices
//! are found by the volume algorithm (Barahona & Anbil 2000), which also gives an estimate of the fractional
//! optimum. That search is in floating point and proves nothing; [`certify`](Lagrangian::certify) rounds the prices
//! to integers and evaluates `L` in integers, so that the bound holds whatever was rounded on the way.

mod plunge;

use super::limits::Clock;
use super::problem::{Decision, Problem};

/// No clique.
const ALONE: u32 = u32::MAX;
/// Steps without a better bound after which the step is shortened.
const PATIENCE: u32 = 5;
/// The share of the newest selection in the averages; halved as the bound stops to move.
const NEWEST_SHARE: f64 = 0.1;
const NEWEST_SHARE_MIN: f64 = 0.005;

/// Steps look at so many candidates for each site, those with the highest profits, and at no fewer than this many.
const ACTIVE_PER_SITE: usize = 20;
const ACTIVE_LEAST: usize = 300;
/// And at all once in so many steps.
const STEPS_PER_LOOK: u32 = 20;

/// Prices and what they say about one problem.
pub(super) struct Lagrangian<'a> {
    problem: &'a Problem,
    /// By candidate, the clique of conflicts that it is counted in.
    cliques: Vec<u32>,
    clique_count: usize,
    /// The best prices so far.
    pub(super) prices: Vec<f64>,
    money_price: f64,
    /// Their bound, rounded.
    pub(super) value: f64,
    /// How often each village was served, averaged over selections.
    served: Vec<f64>,
    /// How often each candidate was selected, likewise.
    pub(super) share: Vec<f64>,
    /// The newest selection.
    pub(super) selected: Vec<u32>,
    step: f64,
    newest_share: f64,
    unimproved: u32,
    /// The candidates that steps look at: all, or those with the highest profits at the last look at all.
    active: Vec<u32>,
    steps_until_look: u32,
    /// The best prices among those at which all were looked at, and their bound.
    looked_value: f64,
    looked_prices: Vec<f64>,
    /// Scratch.
    trial: Vec<f64>,
    profits: Vec<f64>,
    fresh: Vec<f64>,
}

/// A selection as a mix of at most two.
struct Mix {
    value: f64,
    money_price: f64,
    parts: [(f64, Vec<u32>); 2],
}

/// A proven bound, and what follows from it.
pub(super) struct Certificate {
    /// No plan of this problem, with what it has taken, is worth more.
    pub(super) bound: u64,
    /// What every plan better than the incumbent has in common.
    pub(super) decisions: Vec<Decision>,
    /// How many decisions there are.
    pub(super) decided: usize,
}

impl<'a> Lagrangian<'a> {
    /// Starts from prices: those of a problem before, or where there are none a part of the weight.
    pub(super) fn new(problem: &'a Problem, prices: Vec<f64>) -> Lagrangian<'a> {
        let (cliques, clique_count) = cliques(problem);
        let villages = problem.villages();
        let mut lagrangian = Lagrangian {
            problem,
            cliques,
            clique_count,
            money_price: 0.0,
            value: f64::INFINITY,
            served: vec![0.0; villages],
            share: vec![0.0; problem.candidates()],
            selected: Vec::new(),
            step: 1.0,
            newest_share: NEWEST_SHARE,
            unimproved: 0,
            active: (0..problem.candidates() as u32).collect(),
            steps_until_look: STEPS_PER_LOOK,
            looked_value: f64::INFINITY,
            looked_prices: prices.clone(),
            trial: prices.clone(),
            prices,
            profits: vec![0.0; problem.candidates()],
            fresh: vec![0.0; villages],
        };
        for (price, &weight) in lagrangian.trial.iter_mut().zip(&problem.weights) {
            *price = price.clamp(0.0, weight as f64);
        }
        lagrangian.evaluate(1.0);
        lagrangian.look_at_all();
        lagrangian
    }

    /// Evaluates the best prices over all candidates, and chooses those that the next steps look at. Between two
    /// looks the value may be too low, because somebody who is not looked at would be worth more: prices that turn out
    /// to be no better than those of the best look are given up, and whom they overlooked is looked at from then on.
    fn look_at_all(&mut self) {
        let problem = self.problem;
        let most = problem.sites.saturating_mul(ACTIVE_PER_SITE).max(ACTIVE_LEAST);
        if problem.budget.is_some() || problem.candidates() <= most.saturating_mul(2) {
            return;
        }
        for (profit, row) in self.profits.iter_mut().zip(problem.rows.iter()) {
            *profit = row.iter().map(|&v| self.prices[v as usize]).sum();
        }
        let before = std::mem::replace(&mut self.active, (0..problem.candidates() as u32).collect());
        let granted: f64 =
            problem.weights.iter().zip(&self.prices).map(|(&w, &price)| w as f64 - price).sum();
        self.value = granted + self.select(0.0).0;
        let profits = &self.profits;
        self.active.select_nth_unstable_by(most, |&a, &b| {
            profits[b as usize].total_cmp(&profits[a as usize]).then(a.cmp(&b))
        });
        self.active.truncate(most);
        if before.len() < problem.candidates() {
            self.active.extend(before);
        }
        self.active.sort_unstable();
        self.active.dedup();
        if self.value <= self.looked_value {
            self.looked_value = self.value;
            self.looked_prices.copy_from_slice(&self.prices);
        } else {
            self.value = self.looked_value;
            self.prices.copy_from_slice(&self.looked_prices);
        }
    }

    /// What is bounded.
    pub(super) fn problem(&self) -> &'a Problem {
        self.problem
    }

    /// Evaluates the trial prices; true where they are the best so far.
    fn evaluate(&mut self, newest_share: f64) -> bool {
        let problem = self.problem;
        for &c in &self.active {
            let row = problem.rows.row(c as usize);
            self.profits[c as usize] = row.iter().map(|&v| self.trial[v as usize]).sum();
        }
        let granted: f64 = problem.weights.iter().zip(&self.trial).map(|(&w, &price)| w as f64 - price).sum();
        let mix = self.select_within_budget();
        let value = granted + mix.value;
        self.fresh.fill(0.0);
        self.share.iter_mut().for_each(|share| *share *= 1.0 - newest_share);
        for (part, selected) in &mix.parts {
            for &c in selected {
                self.share[c as usize] += newest_share * part;
                problem.rows.row(c as usize).iter().for_each(|&v| self.fresh[v as usize] += part);
            }
        }
        for (served, &fresh) in self.served.iter_mut().zip(&self.fresh) {
            *served += newest_share * (fresh - *served);
        }
        let better = value < self.value;
        if better {
            self.value = value;
            self.prices.copy_from_slice(&self.trial);
            self.money_price = mix.money_price;
        }
        let [(_, selected), _] = mix.parts;
        self.selected = selected;
        better
    }

    /// One step of the volume algorithm towards the bound `target`.
    pub(super) fn improve(&mut self, target: f64) {
        self.steps_until_look -= 1;
        if self.steps_until_look == 0 {
            self.steps_until_look = STEPS_PER_LOOK;
            self.look_at_all();
        }
        let mut norm = 0.0;
        for ((&served, &price), &weight) in self.served.iter().zip(&self.prices).zip(&self.problem.weights) {
            let (weight, slack) = (weight as f64, served - 1.0);
            let blocked = (slack > 0.0 && price <= 0.0) || (slack < 0.0 && price >= weight);
            norm += if blocked { 0.0 } else { weight * slack * slack };
        }
        let above = (self.value - target).max(1e-6 * self.value.abs());
        let length = if norm > 1e-12 { self.step * above / norm } else { 0.0 };
        for (v, trial) in self.trial.iter_mut().enumerate() {
            let weight = self.problem.weights[v] as f64;
            *trial = (self.prices[v] - length * weight * (self.served[v] - 1.0)).clamp(0.0, weight);
        }
        let before = self.value;
        if self.evaluate(self.newest_share) {
            // A green step: the newest selection still points the same way.
            let along: f64 = self
                .served
                .iter()
                .zip(&self.fresh)
                .zip(&self.problem.weights)
                .map(|((&served, &fresh), &w)| w as f64 * (served - 1.0) * (fresh - 1.0))
                .sum();
            if along > 0.0 {
                self.step = (self.step * 1.1).min(2.0);
            }
            if before - self.value > 1e-7 * self.value.abs() {
                self.unimproved = 0;
            }
        } else {
            self.unimproved += 1;
            if self.unimproved >= PATIENCE {
                self.unimproved = 0;
                self.step = (self.step * 0.66).max(5e-4);
                self.newest_share = (self.newest_share * 0.85).max(NEWEST_SHARE_MIN);
            }
        }
    }

    /// Improves the prices, at most so many steps: until the bound is below `enough`, or moves too little.
    pub(super) fn run(&mut self, steps: u32, target: f64, enough: f64, clock: &mut Clock) {
        const WINDOW: u32 = 40;
        let mut mark = self.value;
        for step in 1..=steps {
            if self.value < enough || !clock.tick() {
                return;
            }
            self.improve(target);
            if step % WINDOW == 0 {
                if mark - self.value < 0.01 * (self.value - target) && self.step < 0.05 {
                    return;
                }
                mark = self.value;
            }
        }
    }

    /// The best selection at one price of money.
    fn select(&self, money_price: f64) -> (f64, Vec<u32>) {
        let profit = |c: u32| self.profits[c as usize] - money_price * self.problem.costs[c as usize] as f64;
        let mut best = vec![ALONE; self.clique_count];
        let mut open = Vec::new();
        for &c in &self.active {
            if profit(c) <= 0.0 {
                continue;
            }
            match best.get_mut(self.cliques[c as usize] as usize) {
                None => open.push(c),
                Some(best) if *best == ALONE || profit(c) > profit(*best) => *best = c,
                Some(_) => {}
            }
        }
        open.extend(best.into_iter().filter(|&c| c != ALONE));
        let sites = self.problem.sites;
        if sites == 0 {
            open.clear();
        } else if open.len() > sites {
            open.select_nth_unstable_by(sites - 1, |&a, &b| profit(b).total_cmp(&profit(a)).then(a.cmp(&b)));
            open.truncate(sites);
        }
        open.sort_unstable();
        (open.iter().map(|&c| profit(c)).sum(), open)
    }

    /// The selection at the price of money that gives the lowest bound.
    fn select_within_budget(&self) -> Mix {
        let (value, selected) = self.select(0.0);
        let Some(budget) = self.problem.budget else {
            return Mix { value, money_price: 0.0, parts: [(1.0, selected), (0.0, Vec::new())] };
        };
        let cost =
            |selected: &[u32]| selected.iter().map(|&c| self.problem.costs[c as usize] as f64).sum::<f64>();
        let budget = budget as f64;
        if cost(&selected) <= budget {
            return Mix { value, money_price: 0.0, parts: [(1.0, selected), (0.0, Vec::new())] };
        }
        let dearest = |c: usize| self.profits[c] / self.problem.costs[c].max(1) as f64;
        let (mut low, mut high) =
            (0.0, (0..self.problem.candidates()).map(dearest).fold(0.0, f64::max) + 1.0);
        let (mut over, mut within) = (selected, self.select(high));
        for _ in 0..40 {
            let middle = 0.5 * (low + high);
            let (value, selected) = self.select(middle);
            if cost(&selected) > budget {
                (low, over) = (middle, selected);
            } else {
                (high, within) = (middle, (value, selected));
            }
        }
        let (cost_over, cost_within) = (cost(&over), cost(&within.1));
        let share_over = ((budget - cost_within) / (cost_over - cost_within).max(1e-9)).clamp(0.0, 1.0);
        Mix {
            value: within.0 + high * budget,
            money_price: high,
            parts: [(1.0 - share_over, within.1), (share_over, over)],
        }
    }

    /// The bound of the best prices in integers, and the decisions that every plan of more than `incumbent` shares.
    pub(super) fn certify(&self, incumbent: u64) -> Certificate {
        let problem = self.problem;
        let total: u64 = problem.open_weight();
        // Prices in 2^-scale: the finest that keeps every sum of one site below 2^62.
        let scale = (62 - (u64::BITS - total.leading_zeros()).min(62)).min(40);
        let unit = (1_u64 << scale) as f64;
        let fixed = |price: f64, most: u64| ((price.max(0.0) * unit) as u64).min(most << scale);
        let prices: Vec<u64> = self.prices.iter().zip(&problem.weights).map(|(&p, &w)| fixed(p, w)).collect();
        let money_price = if problem.budget.is_some() { (self.money_price * unit) as u64 } else { 0 };
        let profits: Vec<i128> = problem
            .rows
            .iter()
            .zip(&problem.costs)
            .map(|(row, &cost)| {
                let paid: u64 = row.iter().map(|&v| prices[v as usize]).sum();
                i128::from(paid) - i128::from(money_price) * i128::from(cost)
            })
            .collect();

        // The best of each clique, and those without one; then the best of these.
        let mut best: Vec<[u32; 2]> = vec![[ALONE; 2]; self.clique_count];
        let mut open = Vec::new();
        let above = |a: u32, b: u32| b == ALONE || profits[a as usize] > profits[b as usize];
        for c in 0..problem.candidates() as u32 {
            match best.get_mut(self.cliques[c as usize] as usize) {
                None => open.push(c),
                Some(best) if above(c, best[0]) => *best = [c, best[0]],
                Some(best) if above(c, best[1]) => best[1] = c,
                Some(_) => {}
            }
        }
        open.extend(best.iter().map(|best| best[0]));
        open.sort_unstable_by(|&a, &b| profits[b as usize].cmp(&profits[a as usize]).then(a.cmp(&b)));
        let positive = open.partition_point(|&c| profits[c as usize] > 0);
        let (selected, rest) = open.split_at(positive.min(problem.sites));
        let full = selected.len() == problem.sites;
        let mut bound: i128 = selected.iter().map(|&c| profits[c as usize]).sum();
        bound +=
            problem.weights.iter().zip(&prices).map(|(&w, &p)| i128::from((w << scale) - p)).sum::<i128>();
        bound += i128::from(money_price) * i128::from(problem.budget.unwrap_or(0));

        // A plan better than the incumbent is worth at least one more.
        let needed = (i128::from(incumbent) + 1 - i128::from(problem.base)) << scale;
        let mut is_selected = vec![false; problem.candidates()];
        selected.iter().for_each(|&c| is_selected[c as usize] = true);
        let last = selected.last().filter(|_| full).map_or(0, |&c| profits[c as usize]);
        let next = rest.first().filter(|_| full).map_or(0, |&c| profits[c as usize].max(0));
        let decide = |c: usize| {
            let pair = best.get(self.cliques[c] as usize);
            if is_selected[c] {
                let second = pair.map(|pair| pair[1]).filter(|&second| second != ALONE);
                let instead = second.map_or(next, |second| next.max(profits[second as usize]));
                if bound - profits[c] + instead < needed { Decision::In } else { Decision::Open }
            } else {
                let given_up = match pair {
                    Some(pair) if is_selected[pair[0] as usize] => profits[pair[0] as usize],
                    _ => last,
                };
                if bound - given_up + profits[c] < needed { Decision::Out } else { Decision::Open }
            }
        };
        let decisions: Vec<Decision> = (0..problem.candidates()).map(decide).collect();
        // Never below what is taken already, and never above all there is.
        let whole = (bound >> scale).clamp(0, i128::from(total));
        Certificate {
            bound: problem.base + whole as u64,
            decided: decisions.iter().filter(|&&d| d != Decision::Open).count(),
            decisions,
        }
    }
}

/// Candidates of which at most one can be chosen, pairwise: a partition found greedily. Who conflicts with nobody
/// is in none.
fn cliques(problem: &Problem) -> (Vec<u32>, usize) {
    let mut clique_of = vec![ALONE; problem.candidates()];
    let mut count = 0;
    for c in 0..problem.candidates() {
        let conflicts = problem.conflicts.row(c);
        if clique_of[c] != ALONE || conflicts.is_empty() {
            continue;
        }
        clique_of[c] = count;
        let mut members = vec![c as u32];
        for &other in conflicts {
            let theirs = problem.conflicts.row(other as usize);
            let fits = clique_of[other as usize] == ALONE
                && members.iter().all(|member| theirs.binary_search(member).is_ok());
            if fits {
                clique_of[other as usize] = count;
                members.push(other);
            }
        }
        count += 1;
    }
    (clique_of, count as usize)
}
