//! Better plans by taking sites away and putting others in their place.
//!
//! Every candidate's gain is kept up to date while sites come and go, so that a swap costs the rows it touches. A
//! round takes one site or a few near ones away and fills up greedily; what is no worse stays.

use super::limits::Clock;
use super::problem::Problem;
use super::random::Random;

/// The most sites taken away at once.
const MOST_REMOVED: usize = 6;

/// A plan of one problem while it changes.
pub(super) struct Cover<'a> {
    pub(super) problem: &'a Problem,
    /// By village, how many chosen sites serve it.
    pub(super) count: Vec<u32>,
    /// By candidate, what it would add.
    pub(super) gain: Vec<u64>,
    pub(super) chosen: Vec<bool>,
    /// By candidate, how many chosen ones it conflicts with, and whether it may not be taken just now.
    pub(super) blocked: Vec<u32>,
    pub(super) sites: Vec<u32>,
    pub(super) value: u64,
    pub(super) cost: u64,
}

impl<'a> Cover<'a> {
    pub(super) fn new(problem: &'a Problem) -> Cover<'a> {
        let gain =
            problem.rows.iter().map(|row| row.iter().map(|&v| problem.weights[v as usize]).sum()).collect();
        Cover {
            problem,
            count: vec![0; problem.villages()],
            gain,
            chosen: vec![false; problem.candidates()],
            blocked: vec![0; problem.candidates()],
            sites: Vec::new(),
            value: problem.base,
            cost: 0,
        }
    }

    fn fits(&self, c: usize) -> bool {
        !self.chosen[c]
            && self.blocked[c] == 0
            && self.problem.budget.is_none_or(|budget| self.problem.costs[c] <= budget - self.cost)
    }

    pub(super) fn add(&mut self, c: u32) {
        let problem = self.problem;
        self.value += self.gain[c as usize];
        self.cost += self.problem.costs[c as usize];
        self.chosen[c as usize] = true;
        self.sites.push(c);
        for &v in problem.rows.row(c as usize) {
            if self.count[v as usize] == 0 {
                let weight = problem.weights[v as usize];
                problem.columns.row(v as usize).iter().for_each(|&other| self.gain[other as usize] -= weight);
            }
            self.count[v as usize] += 1;
        }
        problem.conflicts.row(c as usize).iter().for_each(|&other| self.blocked[other as usize] += 1);
    }

    pub(super) fn remove(&mut self, c: u32) {
        let problem = self.problem;
        self.cost -= self.problem.costs[c as usize];
        self.chosen[c as usize] = false;
        self.sites.retain(|&site| site != c);
        for &v in problem.rows.row(c as usize) {
            self.count[v as usize] -= 1;
            if self.count[v as usize] == 0 {
                let weight = problem.weights[v as usize];
                problem.columns.row(v as usize).iter().for_each(|&other| self.gain[other as usize] += weight);
            }
        }
        self.value -= self.gain[c as usize];
        problem.conflicts.row(c as usize).iter().for_each(|&other| self.blocked[other as usize] -= 1);
    }

    /// Adds these where they fit.
    pub(super) fn add_all(&mut self, sites: &[u32]) {
        for &c in sites {
            if self.sites.len() < self.problem.sites && self.fits(c as usize) {
                self.add(c);
            }
        }
    }

    /// Adds the best, again and again; with a budget the best for its cost, where `by_cost`.
    pub(super) fn fill(&mut self, by_cost: bool) {
        while self.sites.len() < self.problem.sites {
            let mut best: Option<usize> = None;
            for c in 0..self.gain.len() {
                if self.gain[c] == 0
                    || best.is_some_and(|best| !self.is_better(c, best, by_cost))
                    || !self.fits(c)
                {
                    continue;
                }
                best = Some(c);
            }
            let Some(best) = best else { return };
            self.add(best as u32);
        }
    }

    fn is_better(&self, a: usize, b: usize, by_cost: bool) -> bool {
        if !by_cost {
            return self.gain[a] > self.gain[b];
        }
        let price = |c: usize| u128::from(self.problem.costs[c].max(1));
        u128::from(self.gain[a]) * price(b) > u128::from(self.gain[b]) * price(a)
    }

    /// Makes the plan what it was.
    pub(super) fn restore(&mut self, sites: &[u32]) {
        let gone: Vec<u32> = self.sites.iter().copied().filter(|c| !sites.contains(c)).collect();
        gone.into_iter().for_each(|c| self.remove(c));
        for &c in sites {
            if !self.chosen[c as usize] {
                self.add(c);
            }
        }
    }

    /// Swaps single sites until none is worth it. False where the clock stopped it.
    pub(super) fn swap(&mut self, clock: &mut Clock) -> bool {
        loop {
            let before = self.value;
            let mut order = self.sites.clone();
            order.sort_unstable();
            for c in order {
                if clock.is_stopped() {
                    return false;
                }
                let (sites, value) = (self.sites.clone(), self.value);
                self.remove(c);
                self.fill(false);
                if self.value <= value {
                    if self.problem.budget.is_some() {
                        self.restore(&sites);
                        self.remove(c);
                        self.fill(true);
                    }
                    if self.value <= value {
                        self.restore(&sites);
                    }
                }
            }
            if self.value == before {
                return clock.tick();
            }
        }
    }

    /// Rounds of taking a few near sites away, at most so many; keeps the best in `self`. Stops at `enough`.
    pub(super) fn shake(&mut self, rounds: u32, enough: u64, random: &mut Random, clock: &mut Clock) {
        let (mut best, mut best_value) = (self.sites.clone(), self.value);
        for _ in 0..rounds {
            if best_value >= enough || self.sites.is_empty() || !clock.tick() {
                break;
            }
            let (before, value) = (self.sites.clone(), self.value);
            let removed = self.pick_near(2 + random.below(MOST_REMOVED - 1), random);
            for &c in &removed {
                self.remove(c);
            }
            // Half the time they may not come straight back.
            let banned = random.below(2) == 0;
            if banned {
                removed.iter().for_each(|&c| self.blocked[c as usize] += 1);
            }
            self.fill(self.problem.budget.is_some() && random.below(2) == 0);
            if banned {
                removed.iter().for_each(|&c| self.blocked[c as usize] -= 1);
            }
            self.fill(false);
            self.swap(clock);
            if self.value < value {
                self.restore(&before);
            } else if self.value > best_value {
                (best, best_value) = (self.sites.clone(), self.value);
            }
        }
        self.restore(&best);
    }

    /// One chosen site and near ones, at most so many, that a short walk over villages and candidates leads to.
    pub(super) fn pick_near(&self, most: usize, random: &mut Random) -> Vec<u32> {
        let Some(&first) = random.pick(&self.sites) else { return Vec::new() };
        let mut picked = vec![first];
        for _ in 0..4 * most {
            if picked.len() >= most {
                break;
            }
            let Some(&from) = random.pick(&picked) else { break };
            let village =
                |c: u32, random: &mut Random| random.pick(self.problem.rows.row(c as usize)).copied();
            let Some(v) = village(from, random) else { break };
            let Some(&between) = random.pick(self.problem.columns.row(v as usize)) else { break };
            let Some(v) = village(between, random) else { break };
            let near = self.problem.columns.row(v as usize).iter().copied();
            let found = near.filter(|&c| self.chosen[c as usize] && !picked.contains(&c)).min();
            picked.extend(found);
        }
        picked
    }

    /// The plan by the numbers of the whole problem, with what was taken before.
    pub(super) fn names(&self) -> Vec<u32> {
        let chosen = self.sites.iter().map(|&c| self.problem.names[c as usize]);
        let mut names: Vec<u32> = self.problem.taken.iter().copied().chain(chosen).collect();
        names.sort_unstable();
        names
    }
}
