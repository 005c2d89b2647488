//! Better plans by chance moves that cool down (simulated annealing; Kirkpatrick, Gelatt & Vecchi 1983).
//!
//! A site is taken away and another put in its place: one that serves a village of the first, or one that serves a
//! village that nobody serves. What is better is taken, what is worse at times, and ever more seldom. A move is judged
//! from the two sites' villages alone, so that hundreds of thousands of them cost a second.

use super::limits::Clock;
use super::random::Random;
use super::search::Cover;

/// Sites tried in the place of one before another one is taken away.
const TRIES: usize = 6;
/// Villages looked at until one is found that nobody serves.
const LOOKS: usize = 20;
/// Moves between looks at the clock.
const MOVES_PER_TICK: u64 = 64;
/// What a move may lose at first and at last, on average, in mean weights of a village.
const HOT: f64 = 2.0;
const COLD: f64 = 0.15;

impl Cover<'_> {
    /// So many moves from the plan as it is; keeps the best in `self`. Stops at `enough`.
    pub(super) fn anneal(
        &mut self,
        moves: u64,
        heat: f64,
        enough: u64,
        random: &mut Random,
        clock: &mut Clock,
    ) {
        let villages = self.problem.villages();
        if villages == 0 || self.sites.is_empty() {
            return;
        }
        let mean = self.problem.open_weight() as f64 / villages as f64;
        let (mut best, mut best_value) = (self.sites.clone(), self.value);
        // By village, the last move at whose beginning only the site taken away served it.
        let mut lone = vec![0_u64; villages];
        for step in 1..=moves {
            if best_value >= enough || (step % MOVES_PER_TICK == 0 && !clock.tick()) {
                break;
            }
            let done = step as f64 / moves as f64;
            // From hot to cold, ever more slowly.
            let temperature =
                mean * (COLD + (HOT * heat - COLD) * (1.0 - done) * (1.0 - done) * (1.0 - done));
            let Some(&out) = random.pick(&self.sites) else { break };
            let row = self.problem.rows.row(out as usize);
            let mut loss = 0;
            for &v in row.iter().filter(|&&v| self.count[v as usize] == 1) {
                lone[v as usize] = step;
                loss += self.problem.weights[v as usize];
            }
            for turn in 0..TRIES {
                let Some(c) = self.instead(out, turn % 2 == 0, random) else { continue };
                if !self.fits_instead(c, out) {
                    continue;
                }
                let served = self.problem.rows.row(c as usize).iter();
                let again: u64 = served
                    .filter(|&&v| lone[v as usize] == step)
                    .map(|&v| self.problem.weights[v as usize])
                    .sum();
                let change = (self.gain[c as usize] + again) as f64 - loss as f64;
                if change >= -temperature * exponential(random) {
                    self.remove(out);
                    self.add(c);
                    if self.value > best_value {
                        best.clone_from(&self.sites);
                        best_value = self.value;
                    }
                    break;
                }
            }
        }
        self.restore(&best);
    }

    /// Somebody for a village that `out` serves, or for one that nobody serves.
    fn instead(&self, out: u32, near: bool, random: &mut Random) -> Option<u32> {
        let v = if near {
            *random.pick(self.problem.rows.row(out as usize))? as usize
        } else {
            let mut any = (0..LOOKS).map(|_| random.below(self.problem.villages()));
            any.find(|&v| self.count[v] == 0)?
        };
        random.pick(self.problem.columns.row(v)).copied()
    }

    /// Whether `c` may be taken once `out` is gone.
    fn fits_instead(&self, c: u32, out: u32) -> bool {
        let at = c as usize;
        let between =
            self.blocked[at] > 0 && self.problem.conflicts.row(out as usize).binary_search(&c).is_ok();
        let within =
            |budget: u64| self.problem.costs[at] <= budget + self.problem.costs[out as usize] - self.cost;
        !self.chosen[at] && self.blocked[at] == u32::from(between) && self.problem.budget.is_none_or(within)
    }
}

/// A number above 0, 1 on average, and ever more seldom larger: almost an exponential one, but made without logarithms, so
/// that it is the same everywhere.
fn exponential(random: &mut Random) -> f64 {
    let bits = random.next();
    let halvings = bits.leading_zeros().min(40);
    let rest = (bits << (halvings + 1).min(63)) >> 11;
    let part = rest as f64 / (1_u64 << 53) as f64;
    std::f64::consts::LN_2 * (f64::from(halvings) + 1.0 - part)
}

#[cfg(test)]
mod tests {
    use super::super::lists::Lists;
    use super::super::problem::Problem;
    use super::*;

    /// Villages and candidates anywhere in a square, some candidates in conflict, with costs.
    fn problem(seed: u64, sites: usize, budget: Option<u64>) -> Problem {
        let mut random = Random(seed);
        let mut points = |n: usize| -> Vec<[f64; 2]> {
            (0..n).map(|_| [random.below(1_000) as f64, random.below(1_000) as f64]).collect()
        };
        let (villages, candidates) = (points(150), points(60));
        let near = |a: &[f64; 2], b: &[f64; 2], most: f64| (a[0] - b[0]).hypot(a[1] - b[1]) <= most;
        let (mut rows, mut conflicts) = (Lists::new(), Lists::new());
        for (c, own) in candidates.iter().enumerate() {
            rows.push((0..150_u32).filter(|&v| near(own, &villages[v as usize], 130.0)));
            conflicts
                .push((0..60_u32).filter(|&o| o as usize != c && near(own, &candidates[o as usize], 60.0)));
        }
        Problem {
            weights: (0..150).map(|_| 1 + random.below(9) as u64).collect(),
            columns: rows.transposed(150),
            rows,
            names: (0..60).collect(),
            costs: (0..60).map(|_| 1 + random.below(5) as u64).collect(),
            conflicts,
            sites,
            budget,
            base: 7,
            taken: Vec::new(),
        }
    }

    /// The value of a plan counted from nothing.
    fn counted(problem: &Problem, sites: &[u32]) -> u64 {
        let is_served = |v: &usize| problem.columns.row(*v).iter().any(|c| sites.contains(c));
        problem.base + (0..problem.villages()).filter(is_served).map(|v| problem.weights[v]).sum::<u64>()
    }

    #[test]
    fn cooling_down_finds_more_than_greedy_sites_and_keeps_every_rule() {
        let mut better = 0;
        for seed in 1..=40 {
            let budget = (seed % 2 == 0).then_some(20);
            let problem = problem(seed, 8, budget);
            let run = || {
                let mut cover = Cover::new(&problem);
                cover.fill(false);
                let before = cover.value;
                cover.anneal(4_000, 1.0, u64::MAX, &mut Random(seed), &mut Clock::new(None, None));
                (before, cover.value, cover.sites.clone())
            };
            let (before, after, sites) = run();
            assert!(after >= before);
            assert_eq!(after, counted(&problem, &sites));
            assert!(sites.len() <= 8);
            let cost: u64 = sites.iter().map(|&c| problem.costs[c as usize]).sum();
            assert!(budget.is_none_or(|most| cost <= most), "{cost}");
            for &c in &sites {
                assert!(problem.conflicts.row(c as usize).iter().all(|other| !sites.contains(other)));
            }
            assert_eq!((before, after, sites), run(), "seeded");
            better += u32::from(after > before);
        }
        assert!(better >= 20, "{better}");
    }

    #[test]
    fn it_stops_where_enough_is_reached_and_does_nothing_without_sites() {
        let problem = problem(3, 8, None);
        let mut cover = Cover::new(&problem);
        cover.anneal(1_000, 1.0, u64::MAX, &mut Random(1), &mut Clock::new(None, None));
        assert!(cover.sites.is_empty());
        cover.fill(false);
        let (value, mut clock) = (cover.value, Clock::new(None, None));
        cover.anneal(1_000, 1.0, value, &mut Random(1), &mut clock);
        assert_eq!((cover.value, clock.steps), (value, 0));
    }

    #[test]
    fn losses_are_spread_almost_as_of_an_exponential_number() {
        let mut random = Random(5);
        let drawn: Vec<f64> = (0..100_000).map(|_| exponential(&mut random)).collect();
        let mean = drawn.iter().sum::<f64>() / 1e5;
        assert!((mean - 1.0).abs() < 0.05, "{mean}");
        let above = |most: f64| drawn.iter().filter(|&&x| x > most).count() as f64 / 1e5;
        for most in [0.5_f64, 1.0, 2.0, 4.0] {
            assert!((above(most) - (-most).exp()).abs() < 0.04, "{most}: {}", above(most));
        }
        assert!(drawn.iter().all(|&x| x > 0.0));
    }
}
