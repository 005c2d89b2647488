//! The stages of a plan over lists: swaps, bound, search by chance, areas, proof.

use super::areas::{self, Size};
use super::incumbent::{Incumbent, own_numbers};
use super::lagrange::{Certificate, Lagrangian};
use super::limits::Clock;
use super::mend::mend;
use super::problem::{Decision, Problem};
use super::random::Random;
use super::search::Cover;
use super::tree::{self, Part};
use super::{Enough, Progress};

/// Steps of the bound between looks at the plan and the certificate.
const STEPS_PER_LOOK: u32 = 25;
/// Straight steps of the bound before careful ones, at most.
const PLUNGE: u32 = 300;
/// Looks without a decision after which the bound is left to the proof.
const IDLE_LOOKS: u32 = 12;
/// The search by chance looks at this many candidates for each site: those that the prices like best.
const CORE_PER_SITE: usize = 10;
/// And at no fewer than this many.
const CORE_LEAST: usize = 200;
/// Looks between rounds of the search by chance while the bound improves, and how many rounds then.
const LOOKS_PER_SHAKE: u32 = 10;
const SHAKES_PER_LOOK: u32 = 150;
/// Rounds of the search by chance in each round of the proof.
const SHAKES: u32 = 250;
/// Runs of moves that cool down in each round of the proof, and moves of one run in the first; twice as many in each further one.
const RUNS: usize = 2;
const MOVES: u64 = 60_000;
/// Every second run looks at this many times as many candidates.
const WIDER: usize = 8;
/// Rounds of mending before each round of the proof, and how many sites one takes away.
const MENDS: usize = 40;
const MEND_LEAST: usize = 3;
const MEND_MOST: usize = 8;
/// Pairs times parts that the first attempt at a proof may take: on small problems it is all there is to do. Each
/// further one may take twice as many.
const FIRST_PROOF: u64 = 4_000_000;
/// Steps of the bound between rounds of areas.
const STEPS_BETWEEN_AREAS: u32 = 100;
/// A round of areas may look at this many times the pairs that the attempt at a proof before may look at.
const AREA_EFFORT: u64 = 8;
/// Areas of so many sites, one after the other, with so many candidates for each.
const AREA_SITES: [usize; 10] = [2, 3, 4, 6, 9, 13, 18, 26, 38, 56];
const AREA_CANDIDATES_PER_SITE: usize = 300;
/// A size that is settled is looked at again where this part of the candidates is left, or less.
const SMALLER: f64 = 0.95;

/// What is open, and what is known so far. Values in the problem's own unit.
pub(super) struct Solver {
    /// What is left of the problem; `None` where it could not be listed, or is done.
    pub(super) open: Option<Part>,
    pub(super) incumbent: Incumbent,
    pub(super) upper_bound: u64,
    pub(super) parts: u64,
    pub(super) random: Random,
    pub(super) clock: Clock,
    /// What is good enough.
    pub(super) enough: Enough,
    /// How value and bound met, in the problem's own unit.
    pub(super) progress: Vec<Progress>,
}

impl Solver {
    pub(super) fn is_done(&self) -> bool {
        self.incumbent.value >= self.upper_bound || self.enough.is_met(self.incumbent.value, self.upper_bound)
    }

    /// A proven bound on what plans better than the incumbent can be worth.
    pub(super) fn lower(&mut self, bound: u64) {
        // A part without better plans says nothing about the plan that there is already.
        self.upper_bound = self.upper_bound.min(bound.max(self.incumbent.value));
        let (value, upper_bound) = (self.incumbent.value, self.upper_bound);
        if self.progress.last().is_none_or(|last| (last.value, last.upper_bound) != (value, upper_bound)) {
            self.progress.push(Progress { time: self.clock.elapsed(), value, upper_bound });
        }
    }

    /// Swaps, then the bound; what the bound decides makes the problem smaller, and swaps go on in what is left.
    pub(super) fn bound(&mut self) {
        let Some(Part { mut problem, mut prices, .. }) = self.open.take() else { return };
        let mut cover = Cover::new(&problem);
        cover.add_all(&own_numbers(&problem, &self.incumbent.sites));
        cover.swap(&mut self.clock);
        self.incumbent.offer(&cover);
        drop(cover);
        let mut first = true;
        'smaller: while !self.is_done() && problem.candidates() > 0 {
            let mut lagrangian = Lagrangian::new(&problem, std::mem::take(&mut prices));
            if std::mem::take(&mut first) {
                let target = self.incumbent.value.saturating_sub(problem.base) as f64;
                lagrangian.plunge(PLUNGE, target, &mut self.clock);
            }
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
                self.lower(certificate.bound);
                if self.is_done() {
                    break 'smaller;
                }
                let stopped = self.clock.is_stopped();
                let moved = mark - lagrangian.value > 0.005 * (lagrangian.value - target);
                idle = if moved { 0 } else { idle + 1 };
                mark = mark.min(lagrangian.value);
                if certificate.decided * 5 >= problem.candidates() || stopped || idle >= IDLE_LOOKS {
                    let Some(smaller) = self.smaller(&problem, &certificate, &lagrangian.prices) else {
                        return;
                    };
                    (problem, prices) = smaller;
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

    /// What the certificate leaves open; `None`, with the plan proven, where that is nothing.
    fn smaller(
        &mut self,
        problem: &Problem,
        certificate: &Certificate,
        prices: &[f64],
    ) -> Option<(Problem, Vec<f64>)> {
        let smaller = problem.decided(&certificate.decisions, prices);
        match smaller {
            Some((problem, _)) if problem.candidates() == 0 => {
                self.incumbent.offer(&Cover::new(&problem));
                self.upper_bound = self.incumbent.value;
                None
            }
            Some(smaller) => Some(smaller),
            None => {
                self.upper_bound = self.incumbent.value;
                None
            }
        }
    }

    /// The search by chance, over the candidates that the prices like best and the sites of the plan so far.
    pub(super) fn shake(&mut self, problem: &Problem, prices: &[f64], rounds: u32) {
        let Some(core) = self.core(problem, prices, CORE_PER_SITE) else { return };
        let mut cover = Cover::new(&core);
        cover.add_all(&own_numbers(&core, &self.incumbent.sites));
        cover.fill(false);
        cover.swap(&mut self.clock);
        cover.shake(rounds, self.upper_bound, &mut self.random, &mut self.clock);
        self.incumbent.offer(&cover);
    }

    /// One run of moves that cool down from the plan so far: over few or many of the candidates that the prices like
    /// best, hot or at half the heat.
    fn anneal(&mut self, problem: &Problem, prices: &[f64], run: usize, moves: u64) {
        if self.is_done() || self.clock.is_stopped() {
            return;
        }
        let per_site = if run.is_multiple_of(2) { CORE_PER_SITE } else { CORE_PER_SITE * WIDER };
        let heat = if run % 4 < 2 { 1.0 } else { 0.5 };
        let Some(core) = self.core(problem, prices, per_site) else { return };
        let mut cover = Cover::new(&core);
        cover.add_all(&own_numbers(&core, &self.incumbent.sites));
        cover.fill(false);
        cover.anneal(moves, heat, self.upper_bound, &mut self.random, &mut self.clock);
        cover.swap(&mut self.clock);
        self.incumbent.offer(&cover);
    }

    /// The candidates that the prices like best, so many for each site, and the sites of the plan so far.
    fn core(&self, problem: &Problem, prices: &[f64], per_site: usize) -> Option<Problem> {
        let profit = |row: &[u32]| row.iter().map(|&v| prices[v as usize]).sum::<f64>();
        let profits: Vec<f64> = problem.rows.iter().map(profit).collect();
        let mut order: Vec<usize> = (0..problem.candidates()).collect();
        order.sort_unstable_by(|&a, &b| profits[b].total_cmp(&profits[a]).then(a.cmp(&b)));
        let mut decisions = vec![Decision::Out; problem.candidates()];
        let core = problem.sites.saturating_mul(per_site).max(CORE_LEAST);
        order.into_iter().take(core).for_each(|c| decisions[c] = Decision::Open);
        for c in own_numbers(problem, &self.incumbent.sites) {
            decisions[c as usize] = Decision::Open;
        }
        problem.decided(&decisions, &[]).map(|(core, _)| core)
    }

    /// Swaps, and rounds of the search by chance, over all candidates.
    pub(super) fn polish(&mut self, problem: &Problem, rounds: u32) {
        let mut cover = Cover::new(problem);
        cover.add_all(&own_numbers(problem, &self.incumbent.sites));
        cover.swap(&mut self.clock);
        cover.shake(rounds, self.upper_bound, &mut self.random, &mut self.clock);
        self.incumbent.offer(&cover);
    }

    /// Rounds of mending.
    pub(super) fn mend(&mut self, problem: &Problem, prices: &[f64], rounds: usize) {
        for _ in 0..rounds {
            if self.is_done() || self.clock.is_stopped() {
                return;
            }
            let count = MEND_LEAST + self.random.below(MEND_MOST + 1 - MEND_LEAST);
            mend(problem, prices, count, &mut self.incumbent, &mut self.random, &mut self.clock);
        }
    }

    /// Searches by chance over what is left, and the proof: by division and by areas, with twice the effort in each
    /// round, so that it ends whatever the problem.
    pub(super) fn search(&mut self) {
        if self.is_done() {
            return;
        }
        let Some(mut part) = self.open.take() else { return };
        let mut settled = [usize::MAX; AREA_SITES.len()];
        let (mut effort, mut moves) = (FIRST_PROOF, MOVES);
        loop {
            for run in 0..RUNS {
                self.anneal(&part.problem, &part.prices, run, moves);
            }
            self.shake(&part.problem, &part.prices, SHAKES);
            let most_parts = effort / part.problem.rows.total().max(1) as u64;
            let Some(left) = self.prove(part, most_parts) else { return };
            self.mend(&left.problem, &left.prices, MENDS);
            let Some(left) = self.areas(left, effort.saturating_mul(AREA_EFFORT), &mut settled) else {
                return;
            };
            part = left;
            (effort, moves) = (effort.saturating_mul(2), moves.saturating_mul(2));
        }
    }

    /// Divides, at most into so many parts; what is left where that did not do.
    fn prove(&mut self, part: Part, most_parts: u64) -> Option<Part> {
        if self.is_done() || self.clock.is_stopped() {
            return None;
        }
        let enough = self.enough;
        let close_enough = |value: u64, bound: u64| enough.is_met(value, bound);
        let again = (most_parts < u64::MAX).then(|| Part {
            problem: part.problem.clone(),
            prices: part.prices.clone(),
            ..part
        });
        let (bound, parts) =
            tree::search(part, &mut self.incumbent, close_enough, most_parts, &mut self.clock);
        self.lower(bound);
        self.parts += parts;
        again.filter(|_| !self.is_done())
    }

    /// Bounds by larger and larger areas, and leaves away what they decide. A size of which nothing was left to prove
    /// is `settled`, and left out until the problem is smaller; one that takes more effort and brought nothing is the last.
    fn areas(&mut self, part: Part, effort: u64, settled: &mut [usize; AREA_SITES.len()]) -> Option<Part> {
        let Part { mut problem, mut prices, .. } = part;
        // A budget is not shared out among areas.
        let rounds = if problem.budget.is_some() { &[][..] } else { &AREA_SITES[..] };
        for (round, (&sites, settled)) in rounds.iter().zip(settled).enumerate() {
            if self.is_done() || self.clock.is_stopped() {
                return None;
            }
            if sites >= problem.sites {
                break;
            }
            if problem.candidates() as f64 > SMALLER * *settled as f64 {
                continue;
            }
            let mut lagrangian = Lagrangian::new(&problem, std::mem::take(&mut prices));
            let target = self.incumbent.value.saturating_sub(problem.base) as f64;
            lagrangian.run(STEPS_BETWEEN_AREAS, target, target + 0.999, &mut self.clock);
            let mut certificate = lagrangian.certify(self.incumbent.value);
            let own = own_numbers(&problem, &self.incumbent.sites);
            let before = self.upper_bound;
            let mut all = true;
            if certificate.bound > self.incumbent.value && own.len() > sites {
                let size = Size { sites, candidates: sites * AREA_CANDIDATES_PER_SITE, effort };
                let enough = self.enough;
                let close_enough = |value: u64, bound: u64| enough.is_met(value, bound);
                let (random, clock) = (&mut self.random, &mut self.clock);
                let (by_areas, nothing_left) = areas::certify(
                    &lagrangian,
                    &own,
                    size,
                    &mut self.incumbent,
                    &close_enough,
                    random,
                    clock,
                );
                all = nothing_left;
                if by_areas.decided >= certificate.decided || by_areas.bound <= self.incumbent.value {
                    certificate = by_areas;
                } else {
                    self.lower(by_areas.bound);
                }
            }
            self.lower(certificate.bound);
            (problem, prices) = self.smaller(&problem, &certificate, &lagrangian.prices)?;
            self.mend(&problem, &prices, MENDS);
            if effort > FIRST_PROOF * AREA_EFFORT {
                self.anneal(&problem, &prices, round, MOVES);
            }
            if all {
                *settled = problem.candidates();
            } else if self.upper_bound >= before {
                break;
            }
        }
        Some(Part { problem, prices, bound: self.upper_bound, number: 0 })
    }
}
