//! Plans over more pairs than can be listed: prices by block masks, lists of the best candidates only.
//!
//! The prices are improved over a core of candidates that is listed; then every candidate is priced from the masks, in
//! integers, which gives a bound that holds for all, and those that look best at these prices join the core
//! (column generation). The plan is improved within the core. What is never done is to decide candidates one by one,
//! so that nothing is proven optimal here unless the bound meets the plan.

use super::incumbent::Incumbent;
use super::lagrange::Lagrangian;
use super::lists::Lists;
use super::problem::Problem;
use super::random::Random;
use super::solve::Solver;
use crate::coverage::CoverageMatrix;
use crate::index::with_wide_instructions;
use crate::siting::objective::Objective;

/// The core begins with so many candidates for each site, drawn from those that serve enough, and grows.
const SAMPLE_PER_SITE: usize = 300;
const SAMPLE_LEAST: usize = 3_000;
/// So many for each site join in each round at most: those that look best, but not more than a few of one place.
const JOIN_PER_SITE: usize = 60;
const JOIN_LEAST: usize = 600;
/// Where those that joined serve a candidate's villages so often on average, no more of its kind join.
const JOIN_DEPTH: u64 = 4;
/// Looked at, as a multiple of those that may join.
const JOIN_LOOKS: usize = 8;
/// And no more pairs than this: two lists of 40 MB.
const CORE_PAIRS: u64 = 10_000_000;
/// Steps of the bound between looks at all candidates.
const STEPS: u32 = 60;
/// How far the bound of the core may fall in one round: longer steps than the plan alone would ask for do harm.
const HOPED: f64 = 0.015;
/// The part of the way to the core's prices in the second round, and the least.
const FIRST_WAY: f64 = 0.4;
const LEAST_WAY: f64 = 0.05;
/// Steps before the first such look, and straight ones before these.
const FIRST_STEPS: u32 = 200;
const PLUNGE: u32 = 300;
/// Rounds without a better plan or bound after which the search ends.
const IDLE_ROUNDS: u32 = 4;
/// The search by chance and the mending in one round.
const SHAKES: u32 = 200;
const POLISHES: u32 = 6;
const MENDS: usize = 4;
/// Prices have no more bits than this where weights allow: each costs a pass over the masks.
const PRICE_BITS: u32 = 14;

/// A problem that is not listed.
pub(super) struct Wide<'a> {
    pub(super) matrix: &'a CoverageMatrix,
    /// The village of the matrix at each place: by who serves it, so that nothing hangs on the order of rows.
    villages: Vec<u32>,
    /// The place of each village of the matrix.
    village_places: Vec<u32>,
    /// By place, in units of the solver.
    weights: Vec<u64>,
    sites: usize,
    /// Candidates in the order of ids, and the place of each there.
    by_place: Vec<u32>,
    places: Vec<u32>,
    /// By place: the best that are known, and the bound that they give.
    prices: Vec<f64>,
    bound: u64,
    /// By candidate, at the prices looked at last.
    profits: Vec<u64>,
    /// The part of the way to the core's prices that is gone next.
    way: f64,
    core: Vec<u32>,
    /// The bound of the core alone.
    core_value: f64,
}

impl<'a> Wide<'a> {
    /// Takes the problem, its weights in units of the solver, and prices from a plan: a village pays nothing where it
    /// is served twice, half where once.
    pub(super) fn new(
        matrix: &'a CoverageMatrix,
        weights: Vec<u64>,
        sites: usize,
        places: &[u32],
        plan: &[u32],
    ) -> Wide<'a> {
        let mut by_place: Vec<u32> = (0..places.len() as u32).collect();
        by_place.sort_unstable_by_key(|&c| places[c as usize]);
        // Villages of the same candidates and weight are alike; a sum of hashes hangs on no order.
        let mut hashes = vec![0_u64; matrix.villages()];
        for (c, &place) in places.iter().enumerate() {
            let hash = Random(u64::from(place)).next();
            for (block, mut mask) in matrix.entries(c) {
                let columns = matrix.block_columns(block);
                while mask != 0 {
                    let v = columns[mask.trailing_zeros() as usize] as usize;
                    hashes[v] = hashes[v].wrapping_add(hash);
                    mask &= mask - 1;
                }
            }
        }
        let mut villages: Vec<u32> = (0..matrix.villages() as u32).collect();
        villages.sort_unstable_by_key(|&v| (hashes[v as usize], weights[v as usize], v));
        let mut village_places = vec![0; villages.len()];
        villages.iter().zip(0..).for_each(|(&v, place)| village_places[v as usize] = place);
        let mut served = vec![0_u32; villages.len()];
        for &c in plan {
            let row = matrix.row(c as usize).unwrap_or_default();
            row.iter().for_each(|&v| served[village_places[v as usize] as usize] += 1);
        }
        let weights: Vec<u64> = villages.iter().map(|&v| weights[v as usize]).collect();
        let price = |(&weight, served): (&u64, u32)| match served {
            0 => weight as f64,
            1 => 0.5 * weight as f64,
            _ => 0.0,
        };
        let prices = weights.iter().zip(served).map(price).collect();
        let places = places.to_vec();
        let mut wide = Wide {
            matrix,
            villages,
            village_places,
            weights,
            sites,
            by_place,
            places,
            prices,
            bound: u64::MAX,
            profits: Vec::new(),
            way: FIRST_WAY,
            core: Vec::new(),
            core_value: f64::INFINITY,
        };
        wide.core = wide.sample(plan);
        wide
    }

    /// Candidates all over the land: a seeded draw from those that are worth at least the least site of the plan,
    /// alone.
    fn sample(&self, plan: &[u32]) -> Vec<u32> {
        let worth = |c: u32| {
            let row = self.matrix.row(c as usize).unwrap_or_default();
            row.iter().map(|&v| self.weights[self.village_places[v as usize] as usize]).sum::<u64>()
        };
        let enough = plan.iter().map(|&c| worth(c)).min().unwrap_or(0) / 2;
        let most = self.sites.saturating_mul(SAMPLE_PER_SITE).max(SAMPLE_LEAST);
        let mut order: Vec<u32> = self.by_place.clone();
        order.sort_by_cached_key(|&c| Random(u64::from(self.places[c as usize])).next());
        let mut pairs = 0;
        let mut chosen = Vec::new();
        for c in order {
            let count = u64::from(self.matrix.count(c as usize).unwrap_or(0));
            if chosen.len() >= most || pairs + count > CORE_PAIRS / 2 {
                break;
            }
            if count > 0 && worth(c) >= enough {
                pairs += count;
                chosen.push(c);
            }
        }
        chosen
    }

    /// Rounds of pricing and searching until the clock stops or nothing moves any more.
    ///
    /// Prices that are best for the core overlook the others and are too bold. So each round goes only a part of the
    /// way from the best prices known for all candidates to the best for the core, further where that was good.
    pub(super) fn run(&mut self, solver: &mut Solver, with_search: bool) {
        let mut idle = 0;
        if self.bound == u64::MAX {
            let prices = self.prices.clone();
            (self.profits, self.bound) = self.price_all(&prices);
            solver.lower(self.bound);
        }
        while !solver.is_done() && idle < IDLE_ROUNDS && solver.clock.tick() {
            let before = (solver.incumbent.value, solver.upper_bound);
            let first = self.core_value.is_infinite();
            if !first {
                self.core = self.joined(&self.profits, &solver.incumbent);
            }
            let problem = self.listed(&self.core);
            let mut lagrangian = Lagrangian::new(&problem, self.prices.clone());
            let value = solver.incumbent.value as f64;
            if first {
                lagrangian.plunge(PLUNGE, value, &mut solver.clock);
                lagrangian.run(FIRST_STEPS, value, 0.0, &mut solver.clock);
            } else {
                let target = value.max((1.0 - HOPED) * lagrangian.value);
                lagrangian.plunge(STEPS, target, &mut solver.clock);
                lagrangian.run(STEPS, target, 0.0, &mut solver.clock);
            }
            self.core_value = lagrangian.value;
            let mut bold = lagrangian.prices;
            for (v, price) in bold.iter_mut().enumerate() {
                if problem.columns.row(v).is_empty() {
                    *price = self.weights[v] as f64;
                }
            }
            solver.shake(&problem, &bold, SHAKES);
            solver.polish(&problem, POLISHES);
            if with_search {
                solver.mend(&problem, &bold, MENDS);
            }
            let way = if first { 1.0 } else { self.way };
            let between = |(&best, &bold): (&f64, &f64)| best + way * (bold - best);
            let trial: Vec<f64> = self.prices.iter().zip(&bold).map(between).collect();
            let (profits, bound) = self.price_all(&trial);
            if bound < self.bound {
                (self.prices, self.bound) = (trial, bound);
                self.way = (1.5 * self.way).min(1.0);
            } else {
                self.way = (0.6 * self.way).max(LEAST_WAY);
            }
            // Whoever is overlooked here joins, better prices or not.
            self.profits = profits;
            solver.lower(self.bound);
            let (value, bound) = (solver.incumbent.value, solver.upper_bound);
            let moved = value > before.0 || (before.1 - bound) * 5_000 > bound - value;
            idle = if moved { 0 } else { idle + 1 };
        }
    }

    /// The profit of every candidate at these prices, rounded to integers, and the bound that follows.
    fn price_all(&self, prices: &[f64]) -> (Vec<u64>, u64) {
        let most = self.weights.iter().copied().max().unwrap_or(0);
        let total: u64 = self.weights.iter().sum();
        let room = total.leading_zeros().saturating_sub(2);
        let scale = PRICE_BITS.saturating_sub(u64::BITS - most.leading_zeros()).min(room);
        let unit = (1_u64 << scale) as f64;
        let fixed = |(&price, &weight): (&f64, &u64)| ((price.max(0.0) * unit) as u64).min(weight << scale);
        let prices: Vec<u64> = prices.iter().zip(&self.weights).map(fixed).collect();
        let mut by_village = vec![0; prices.len()];
        self.villages.iter().zip(&prices).for_each(|(&v, &price)| by_village[v as usize] = price);
        // Prices are at most weights in `2^-14`, whose sums fit: nothing is known without them.
        let Ok(objective) = Objective::of_weights(self.matrix, &by_village) else {
            return (vec![0; self.matrix.candidates()], u64::MAX);
        };
        let profit = |c: usize| {
            self.matrix.entries(c).map(|(block, mask)| objective.of(block, mask).metric_micro).sum::<u64>()
        };
        let all = 0..self.matrix.candidates();
        let profits: Vec<u64> = with_wide_instructions(|| all.map(profit).collect());
        let granted =
            self.weights.iter().zip(&prices).map(|(&w, &p)| u128::from((w << scale) - p)).sum::<u128>();
        let mut best = profits.clone();
        if best.len() > self.sites && self.sites > 0 {
            best.select_nth_unstable_by(self.sites - 1, |a, b| b.cmp(a));
        }
        let paid: u128 = best.iter().take(self.sites).map(|&p| u128::from(p)).sum();
        (profits, u64::try_from((granted + paid) >> scale).unwrap_or(u64::MAX))
    }

    /// The plan's candidates, the best of those outside of the core from all over the land, and the core before as
    /// far as there is room; in the order of ids.
    fn joined(&self, profits: &[u64], incumbent: &Incumbent) -> Vec<u32> {
        let by_profit = |&a: &u32, &b: &u32| {
            let place = |c: u32| self.places[c as usize];
            profits[b as usize].cmp(&profits[a as usize]).then(place(a).cmp(&place(b)))
        };
        let mut old = self.core.clone();
        old.sort_unstable_by(by_profit);
        let mut chosen = vec![false; profits.len()];
        let mut pairs = 0;
        let joining = self.joining(profits, &old, by_profit);
        for &c in incumbent.sites.iter().chain(&joining).chain(&old) {
            let count = u64::from(self.matrix.count(c as usize).unwrap_or(0));
            if !chosen[c as usize] && pairs + count <= CORE_PAIRS {
                chosen[c as usize] = true;
                pairs += count;
            }
        }
        self.by_place.iter().copied().filter(|&c| chosen[c as usize]).collect()
    }

    /// The best of those outside of the core, few of one place: the hundred best of all are mostly neighbours.
    fn joining(
        &self,
        profits: &[u64],
        core: &[u32],
        by_profit: impl Fn(&u32, &u32) -> std::cmp::Ordering,
    ) -> Vec<u32> {
        let most = self.sites.saturating_mul(JOIN_PER_SITE).max(JOIN_LEAST);
        let mut outside = vec![true; profits.len()];
        core.iter().for_each(|&c| outside[c as usize] = false);
        let mut order: Vec<u32> =
            (0..profits.len() as u32).filter(|&c| outside[c as usize] && profits[c as usize] > 0).collect();
        let looks = most.saturating_mul(JOIN_LOOKS);
        if order.len() > looks {
            order.select_nth_unstable_by(looks, &by_profit);
            order.truncate(looks);
        }
        order.sort_unstable_by(by_profit);
        let mut depth = vec![0_u32; self.weights.len()];
        let (mut joining, mut reader) = (Vec::new(), self.matrix.reader());
        for c in order {
            let row = reader.read(c as usize).unwrap_or_default();
            let sum: u64 = row.iter().map(|&v| u64::from(depth[v as usize])).sum();
            if sum < JOIN_DEPTH * row.len() as u64 {
                row.iter().for_each(|&v| depth[v as usize] += 1);
                joining.push(c);
            }
            if joining.len() >= most {
                break;
            }
        }
        joining
    }

    /// The problem of these candidates alone, with every village.
    fn listed(&self, core: &[u32]) -> Problem {
        let (mut rows, mut reader) = (Lists::new(), self.matrix.reader());
        let mut conflicts = Lists::new();
        for &c in core {
            let row = reader.read(c as usize).unwrap_or_default();
            let mut row: Vec<u32> = row.iter().map(|&v| self.village_places[v as usize]).collect();
            row.sort_unstable();
            rows.push(row);
            conflicts.push([]);
        }
        Problem {
            columns: rows.transposed(self.weights.len()),
            rows,
            weights: self.weights.clone(),
            names: core.to_vec(),
            costs: vec![0; core.len()],
            conflicts,
            sites: self.sites,
            budget: None,
            base: 0,
            taken: Vec::new(),
        }
    }
}
