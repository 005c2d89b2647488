//! A plan under construction that keeps every rule: floors first, then what adds the most, then the same again with a
//! few near sites taken away. Candidates are numbered by the order of ids.

use super::limits::Clock;
use super::lists::Lists;
use super::random::Random;
use super::rules::Rules;

/// Sites that a branch of the backhaul may be long, to reach one that is worth it.
const LONGEST_BRANCH: usize = 4;

/// What a draft is made from.
pub(super) struct Material<'a> {
    pub(super) rows: &'a Lists,
    pub(super) columns: &'a Lists,
    pub(super) weights: &'a [u64],
    /// By candidate; empty where there is no budget.
    pub(super) costs: &'a [u64],
    pub(super) budget: Option<u64>,
    pub(super) most: usize,
    pub(super) conflicts: &'a Lists,
    pub(super) rules: &'a Rules,
    pub(super) forced_in: &'a [u32],
    /// By candidate, whether it may be in no plan.
    pub(super) out: &'a [bool],
}

pub(super) struct Draft<'a> {
    of: &'a Material<'a>,
    pub(super) chosen: Vec<bool>,
    pub(super) sites: Vec<u32>,
    /// By village, how many chosen sites serve it.
    pub(super) served: Vec<u32>,
    pub(super) value: u64,
    gain: Vec<u64>,
    blocked: Vec<u32>,
    /// By count limit, how many of its members are chosen.
    tally: Vec<usize>,
    /// By candidate, the count limits that it is in.
    limits_of: Vec<Vec<u32>>,
    cost: u64,
}

impl<'a> Draft<'a> {
    pub(super) fn new(of: &'a Material<'a>) -> Draft<'a> {
        let candidates = of.out.len();
        let mut limits_of = vec![Vec::new(); candidates];
        for (limit, number) in of.rules.counts.iter().zip(0..) {
            limit.members.iter().for_each(|&c| limits_of[c as usize].push(number));
        }
        Draft {
            of,
            chosen: vec![false; candidates],
            sites: Vec::new(),
            served: vec![0; of.weights.len()],
            value: 0,
            gain: of.rows.iter().map(|row| row.iter().map(|&v| of.weights[v as usize]).sum()).collect(),
            blocked: vec![0; candidates],
            tally: vec![0; of.rules.counts.len()],
            limits_of,
            cost: 0,
        }
    }

    fn add(&mut self, c: u32) {
        let at = c as usize;
        self.value += self.gain[at];
        self.cost += self.of.costs.get(at).copied().unwrap_or(0);
        self.chosen[at] = true;
        self.sites.push(c);
        self.limits_of[at].iter().for_each(|&limit| self.tally[limit as usize] += 1);
        self.of.conflicts.row(at).iter().for_each(|&other| self.blocked[other as usize] += 1);
        for &v in self.of.rows.row(at) {
            if self.served[v as usize] == 0 {
                let weight = self.of.weights[v as usize];
                self.of.columns.row(v as usize).iter().for_each(|&other| self.gain[other as usize] -= weight);
            }
            self.served[v as usize] += 1;
        }
    }

    fn remove(&mut self, c: u32) {
        let at = c as usize;
        self.chosen[at] = false;
        self.sites.retain(|&site| site != c);
        self.cost -= self.of.costs.get(at).copied().unwrap_or(0);
        self.limits_of[at].iter().for_each(|&limit| self.tally[limit as usize] -= 1);
        self.of.conflicts.row(at).iter().for_each(|&other| self.blocked[other as usize] -= 1);
        for &v in self.of.rows.row(at) {
            self.served[v as usize] -= 1;
            if self.served[v as usize] == 0 {
                let weight = self.of.weights[v as usize];
                self.of.columns.row(v as usize).iter().for_each(|&other| self.gain[other as usize] += weight);
            }
        }
        self.value -= self.gain[at];
    }

    /// Whether nothing but backhaul stands against a candidate.
    fn fits(&self, c: u32) -> bool {
        let at = c as usize;
        let below = |&limit: &u32| {
            let most = self.of.rules.counts[limit as usize].at_most;
            most.is_none_or(|most| self.tally[limit as usize] < most)
        };
        !self.chosen[at]
            && !self.of.out[at]
            && self.blocked[at] == 0
            && self.sites.len() < self.of.most
            && self.of.budget.is_none_or(|budget| {
                self.cost.saturating_add(self.of.costs.get(at).copied().unwrap_or(0)) <= budget
            })
            && self.limits_of[at].iter().all(below)
    }

    /// By candidate, over which chosen or direct neighbour it can be reached and after how many new sites; those out
    /// of reach have none. Without backhaul everybody is one new site away.
    fn branches(&self) -> Vec<Option<(u32, usize)>> {
        let Some(backhaul) = &self.of.rules.backhaul else {
            return (0..self.chosen.len() as u32).map(|c| Some((c, 1))).collect();
        };
        let mut from: Vec<Option<(u32, usize)>> = vec![None; self.chosen.len()];
        let mut open = std::collections::VecDeque::new();
        let reached = backhaul.reached(&self.chosen);
        for c in 0..self.chosen.len() as u32 {
            let at = c as usize;
            let near = backhaul.direct[at] || backhaul.links[at].iter().any(|&other| reached[other as usize]);
            if near && self.fits(c) {
                from[at] = Some((c, 1));
                open.push_back(c);
            }
        }
        while let Some(c) = open.pop_front() {
            let Some((_, length)) = from[c as usize] else { continue };
            if length >= LONGEST_BRANCH {
                continue;
            }
            for &other in &backhaul.links[c as usize] {
                if from[other as usize].is_none() && self.fits(other) {
                    from[other as usize] = Some((c, length + 1));
                    open.push_back(other);
                }
            }
        }
        from
    }

    /// The new sites from the network to a candidate, the nearest to the network first.
    fn branch_to(from: &[Option<(u32, usize)>], c: u32) -> Vec<u32> {
        let mut path = vec![c];
        let mut at = c;
        while let Some((before, _)) = from[at as usize].filter(|&(before, _)| before != at) {
            path.push(before);
            at = before;
        }
        path.reverse();
        path
    }

    /// Adds the best of the candidates that `wanted` likes, with the sites that it needs for backhaul. False where none
    /// can be added.
    fn add_best(
        &mut self,
        wanted: impl Fn(&Draft<'_>, u32) -> bool,
        useless_too: bool,
        by_cost: bool,
    ) -> bool {
        let from = self.branches();
        let mut best: Option<(u128, u128, u32)> = None;
        for c in 0..self.chosen.len() as u32 {
            let at = c as usize;
            let Some((_, length)) = from[at] else { continue };
            if !self.fits(c) || !wanted(self, c) || (self.gain[at] == 0 && !useless_too) {
                continue;
            }
            let price = if by_cost { self.of.costs.get(at).copied().unwrap_or(1).max(1) } else { 1 };
            let price = u128::from(price) * length as u128;
            let gain = u128::from(self.gain[at]);
            if best.is_none_or(|(most, least, _)| {
                gain * least > most * price || (gain == 0 && most == 0 && price < least)
            }) {
                best = Some((gain, price, c));
            }
        }
        let Some((_, _, c)) = best else { return false };
        let before = self.sites.clone();
        for site in Draft::branch_to(&from, c) {
            if !self.fits(site) {
                self.restore(&before);
                return false;
            }
            self.add(site);
        }
        true
    }

    /// Fills up: first what floors ask for, then what adds the most. True where every rule is kept.
    pub(super) fn fill(&mut self, by_cost: bool) -> bool {
        for _ in 0..=self.of.out.len() {
            let servers = |v: u32| self.of.columns.row(v as usize);
            let Some(way) = self.of.rules.way(&self.chosen, &self.served, servers) else { break };
            if way.one_of.is_empty() {
                return false;
            }
            let mut wanted = vec![false; self.chosen.len()];
            way.one_of.iter().for_each(|&c| wanted[c as usize] = true);
            if !self.add_best(|_, c| wanted[c as usize], true, by_cost) {
                return false;
            }
        }
        while self.add_best(|_, _| true, false, by_cost) {}
        let servers = |v: u32| self.of.columns.row(v as usize);
        self.of.rules.way(&self.chosen, &self.served, servers).is_none()
    }

    /// Adds what is forced in; false where that breaks a rule that more sites cannot mend.
    pub(super) fn force(&mut self) -> bool {
        for &c in self.of.forced_in {
            if !self.chosen[c as usize] {
                // Its own number of villages is no matter, and it may be closed to others.
                let closed = self.of.out[c as usize];
                if closed || !self.fits(c) {
                    return false;
                }
                self.add(c);
            }
        }
        true
    }

    fn restore(&mut self, sites: &[u32]) {
        let gone: Vec<u32> = self.sites.iter().copied().filter(|c| !sites.contains(c)).collect();
        gone.into_iter().for_each(|c| self.remove(c));
        for &c in sites {
            if !self.chosen[c as usize] {
                self.add(c);
            }
        }
    }

    /// Takes sites away that reach no station any more.
    fn prune(&mut self) {
        let Some(backhaul) = &self.of.rules.backhaul else { return };
        let reached = backhaul.reached(&self.chosen);
        let lost: Vec<u32> = self.sites.iter().copied().filter(|&c| !reached[c as usize]).collect();
        lost.into_iter().filter(|c| !self.of.forced_in.contains(c)).for_each(|c| self.remove(c));
    }

    /// Rounds of taking one to four sites away and filling up again; keeps the best.
    pub(super) fn shake(&mut self, rounds: u32, random: &mut Random, clock: &mut Clock) {
        let (mut best, mut best_value) = (self.sites.clone(), self.value);
        for _ in 0..rounds {
            if self.sites.is_empty() || !clock.tick() {
                break;
            }
            let (before, value) = (self.sites.clone(), self.value);
            for _ in 0..1 + random.below(4) {
                let pick = random.pick(&self.sites).copied();
                if let Some(c) = pick.filter(|c| !self.of.forced_in.contains(c)) {
                    self.remove(c);
                }
            }
            self.prune();
            let kept = self.fill(self.of.budget.is_some() && random.below(2) == 0);
            if !kept || self.value < value {
                self.restore(&before);
            } else if self.value > best_value {
                (best, best_value) = (self.sites.clone(), self.value);
            }
        }
        self.restore(&best);
    }
}
