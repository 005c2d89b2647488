//! A bound by areas, far below that of the prices alone.
//!
//! The linear relaxation builds halves of sites and thereby beats every plan a little in every valley; prices on
//! villages cannot see that. So the candidates are parted into areas of a few sites each. A village that
//! only one area serves counts there in full, once; a village between areas pays its price `λ_v ≤ w_v` to each area
//! that serves it, and `w_v − λ_v` is granted. With `f_k(p)` the most that `p` sites of area `k` collect,
//!
//! `max { Σ_k f_k(p_k) : Σ_k p_k ≤ N } + Σ_v (w_v − λ_v)`
//!
//! bounds every plan, for any parting and any prices (the Lagrangian relaxation with clusters of Senne, Lorena &
//! Pereira 2005 keeps the limit `N` relaxed; here it is kept exactly, by dynamic programming). `f_k(p)` begins as the
//! bound of the prices and is proven, by division, only where the best sum uses it. All in integers.
//! Budgets and conflicts between areas are left away, which only raises the bound.

use super::incumbent::Incumbent;
use super::lagrange::{Certificate, Lagrangian};
use super::limits::Clock;
use super::lists::Lists;
use super::parting::part;
use super::problem::{Decision, Problem};
use super::random::Random;
use super::search::Cover;
use super::tree::{Part, Tree};

/// Pairs that the open parts of all proofs together may hold.
const MOST_HELD: usize = 40_000_000;
/// Rounds of the search by chance before the proof of one number.
const SHAKES: u32 = 30;

/// How large areas are.
#[derive(Debug, Clone, Copy)]
pub(super) struct Size {
    /// Sites of the best plan so far.
    pub(super) sites: usize,
    /// Candidates.
    pub(super) candidates: usize,
    /// Pairs that all proofs together may look at, again and again.
    pub(super) effort: u64,
}

/// One area as a problem of its own; its candidates' names are the numbers in the whole.
struct Area {
    problem: Problem,
    prices: Vec<f64>,
    /// By number of sites, the most they can collect, in fine units.
    most: Vec<u64>,
    /// By number of sites, how far the proof is.
    proofs: Vec<Proof>,
    /// By candidate of the whole in the area, its profit; what is granted inside.
    members: Vec<(u32, u64)>,
    granted_inside: u64,
}

/// How far the proof for one number of sites of one area is.
#[derive(Default)]
struct Proof {
    /// Nothing more to prove.
    settled: bool,
    /// The best found; once the proof began.
    best: Option<Incumbent>,
    tree: Option<Tree>,
    /// Parts of its last turn.
    turn: u64,
}

/// Bounds `lagrangian`'s problem by areas and decides what every plan better than the incumbent shares. Proofs take
/// turns, each twice as long as its last, so that the sum falls where that is cheap; true where nothing was left to
/// prove when it ended.
pub(super) fn certify(
    lagrangian: &Lagrangian<'_>,
    own_sites: &[u32],
    size: Size,
    incumbent: &mut Incumbent,
    close_enough: &impl Fn(u64, u64) -> bool,
    random: &mut Random,
    clock: &mut Clock,
) -> (Certificate, bool) {
    let problem = lagrangian.problem();
    let total = problem.open_weight().max(1);
    let scale = (61 - (u64::BITS - total.leading_zeros()).min(61)).min(12);
    let unit = (1_u64 << scale) as f64;
    let price = |v: usize| ((lagrangian.prices[v].max(0.0) * unit) as u64).min(problem.weights[v] << scale);
    let prices: Vec<u64> = (0..problem.villages()).map(price).collect();
    let area_of = part(problem, &lagrangian.share, own_sites, size);
    let (mut areas, granted) = build(problem, &prices, &area_of, scale);

    let mut bound = problem.base + (total.min((granted + upper(&areas, problem.sites).0) >> scale));
    let mut spent = 0;
    let mut all = false;
    loop {
        let (collected, counts) = upper(&areas, problem.sites);
        bound = bound.min(problem.base + ((granted + collected) >> scale));
        if bound <= incumbent.value || close_enough(incumbent.value, bound) || clock.is_stopped() {
            break;
        }
        let open: Vec<usize> = (0..areas.len()).filter(|&k| !areas[k].proofs[counts[k]].settled).collect();
        if open.is_empty() {
            let mut cover = Cover::new(problem);
            for (area, &count) in areas.iter().zip(&counts) {
                if let Some(best) = &area.proofs[count].best {
                    cover.add_all(&best.sites);
                }
            }
            cover.fill(false);
            cover.swap(clock);
            incumbent.offer(&cover);
            all = !clock.is_stopped();
            break;
        }
        if spent >= size.effort || areas.iter().map(Area::held).sum::<usize>() > MOST_HELD {
            break;
        }
        let above = (bound - incumbent.value) << scale;
        let tolerance = above / (10 * areas.len() as u64);
        for k in open {
            spent += areas[k].settle(counts[k], tolerance, random, clock);
        }
    }
    let decisions = decide(problem, &areas, granted, scale, incumbent.value);
    (
        Certificate { bound, decided: decisions.iter().filter(|&&d| d != Decision::Open).count(), decisions },
        all,
    )
}

/// The areas, and what is granted between them, in fine units.
fn build(problem: &Problem, prices: &[u64], area_of: &[u32], scale: u32) -> (Vec<Area>, u64) {
    let count = area_of.iter().max().map_or(0, |&k| k as usize + 1);
    let inside = |v: usize| {
        let mut areas = problem.columns.row(v).iter().map(|&c| area_of[c as usize]);
        let first = areas.next();
        areas.all(|k| Some(k) == first)
    };
    let inside: Vec<bool> = (0..problem.villages()).map(inside).collect();
    let between = |v: &usize| !inside[*v];
    let granted =
        (0..problem.villages()).filter(between).map(|v| (problem.weights[v] << scale) - prices[v]).sum();
    let mut members: Vec<Vec<u32>> = vec![Vec::new(); count];
    area_of.iter().zip(0..).for_each(|(&k, c)| members[k as usize].push(c));
    const NOWHERE: u32 = u32::MAX;
    let mut local = vec![NOWHERE; problem.villages()];
    let mut place = vec![NOWHERE; problem.candidates()];
    let mut areas = Vec::with_capacity(count);
    for members in members {
        let mut villages: Vec<u32> = Vec::new();
        let mut rows = Lists::new();
        for &c in &members {
            for &v in problem.rows.row(c as usize) {
                if local[v as usize] == NOWHERE {
                    local[v as usize] = villages.len() as u32;
                    villages.push(v);
                }
            }
            rows.push(problem.rows.row(c as usize).iter().map(|&v| local[v as usize]));
        }
        members.iter().zip(0..).for_each(|(&c, at)| place[c as usize] = at);
        let mut conflicts = Lists::new();
        for &c in &members {
            let near = problem.conflicts.row(c as usize).iter().map(|&other| place[other as usize]);
            conflicts.push(near.filter(|&at| at != NOWHERE));
        }
        let weight = |&v: &u32| match inside[v as usize] {
            true => problem.weights[v as usize] << scale,
            false => prices[v as usize],
        };
        let fine: Vec<f64> = villages.iter().map(|&v| prices[v as usize] as f64).collect();
        let alone = |&&v: &&u32| inside[v as usize];
        let granted_inside = villages
            .iter()
            .filter(alone)
            .map(|&v| (problem.weights[v as usize] << scale) - prices[v as usize])
            .sum();
        let profit =
            |&c: &u32| (c, problem.rows.row(c as usize).iter().map(|&v| prices[v as usize]).sum::<u64>());
        let priced: Vec<(u32, u64)> = members.iter().map(profit).collect();
        let whole = Problem {
            weights: villages.iter().map(weight).collect(),
            columns: rows.transposed(villages.len()),
            rows,
            names: members.clone(),
            costs: vec![0; members.len()],
            conflicts,
            sites: problem.sites,
            budget: None,
            base: 0,
            taken: Vec::new(),
        };
        villages.iter().for_each(|&v| local[v as usize] = NOWHERE);
        members.iter().for_each(|&c| place[c as usize] = NOWHERE);
        // Nothing is decided here, so that nothing can contradict.
        let open = vec![Decision::Open; members.len()];
        let (reduced, carried) = whole.decided(&open, &fine).unwrap_or((whole, fine));
        areas.push(Area::new(reduced, carried, priced, granted_inside, problem.sites));
    }
    (areas, granted)
}

impl Area {
    fn new(
        problem: Problem,
        prices: Vec<f64>,
        members: Vec<(u32, u64)>,
        granted_inside: u64,
        sites: usize,
    ) -> Area {
        let all = problem.open_weight();
        let mut profits: Vec<u64> = members.iter().map(|&(_, profit)| profit).collect();
        profits.sort_unstable_by(|a, b| b.cmp(a));
        let mut most = vec![0];
        let mut sum = granted_inside;
        for count in 1..=sites {
            sum += profits.get(count - 1).copied().unwrap_or(0);
            most.push(sum.min(all));
        }
        let mut area = Area {
            proofs: (0..=sites).map(|_| Proof::default()).collect(),
            most,
            prices,
            members,
            granted_inside,
            problem,
        };
        area.proofs[0].settled = true;
        if sites > 0 {
            let whole = &area.problem;
            let worth = |c: usize| whole.rows.row(c).iter().map(|&v| whole.weights[v as usize]).sum::<u64>();
            let best = (0..whole.candidates()).max_by_key(|&c| worth(c));
            let best_worth = best.map_or(0, worth);
            let sites = best.map(|c| area.problem.names[c]).into_iter().collect();
            area.proofs[1].best = Some(Incumbent { value: best_worth, sites });
            area.lower(1, best_worth);
            area.proofs[1].settled = true;
        }
        area
    }

    /// Pairs that the open parts of its proofs hold.
    fn held(&self) -> usize {
        self.proofs.iter().filter_map(|proof| proof.tree.as_ref()).map(|tree| tree.pairs).sum()
    }

    /// Takes over a proven number, and what follows for others: fewer sites collect no more, and the average of
    /// each site only falls (coverage is submodular).
    fn lower(&mut self, count: usize, most: u64) {
        self.most[count] = self.most[count].min(most);
        for fewer in (1..count).rev() {
            self.most[fewer] = self.most[fewer].min(self.most[fewer + 1]);
        }
        for more in count.max(1) + 1..self.most.len() {
            let before = u128::from(self.most[more - 1]);
            let average = before * more as u128 / (more as u128 - 1);
            self.most[more] = self.most[more].min(u64::try_from(average).unwrap_or(u64::MAX));
        }
    }

    /// Proves a little more of how much `count` sites collect, but for `tolerance`; each turn takes twice as long as
    /// the one before. Returns the effort, in pairs.
    fn settle(&mut self, count: usize, tolerance: u64, random: &mut Random, clock: &mut Clock) -> u64 {
        let most = self.most[count];
        let proof = &mut self.proofs[count];
        let pairs = self.problem.rows.total() as u64;
        let best = proof.best.get_or_insert_with(|| {
            let whole = Problem { sites: count, ..self.problem.clone() };
            let mut cover = Cover::new(&whole);
            cover.fill(false);
            if cover.swap(clock) {
                cover.shake(SHAKES, most, random, clock);
            }
            let mut best = Incumbent { value: 0, sites: Vec::new() };
            best.offer(&cover);
            best
        });
        let mut effort = pairs;
        if best.value + tolerance < most {
            let tree = proof.tree.get_or_insert_with(|| {
                let whole = Problem { sites: count, ..self.problem.clone() };
                Tree::new(Part { problem: whole, prices: self.prices.clone(), bound: most, number: 0 })
            });
            proof.turn = (2 * proof.turn).max(1);
            let before = tree.parts;
            let close = |value: u64, bound: u64| bound <= value + tolerance;
            let bound = tree.advance(best, close, proof.turn, clock);
            effort += pairs * (tree.parts - before);
            self.lower(count, bound);
        }
        let proof = &mut self.proofs[count];
        let found = proof.best.as_ref().map_or(0, |best| best.value);
        if found + tolerance >= self.most[count] && !clock.is_stopped() {
            (proof.settled, proof.tree) = (true, None);
        }
        effort
    }
}

/// The most that all areas collect together with so many sites, and how many sites each has then.
fn upper(areas: &[Area], sites: usize) -> (u64, Vec<usize>) {
    let mut best = vec![0_u64; sites + 1];
    let mut picks: Vec<Vec<u32>> = Vec::with_capacity(areas.len());
    for area in areas {
        let mut next = vec![0_u64; sites + 1];
        let mut pick = vec![0_u32; sites + 1];
        let enough = area.members.len().min(sites);
        for n in 0..=sites {
            for count in 0..=enough.min(n) {
                let sum = best[n - count] + area.most[count];
                if sum > next[n] {
                    (next[n], pick[n]) = (sum, count as u32);
                }
            }
        }
        best = next;
        picks.push(pick);
    }
    let mut left = sites;
    let mut counts = vec![0; areas.len()];
    for (count, pick) in counts.iter_mut().zip(&picks).rev() {
        *count = pick[left] as usize;
        left -= *count;
    }
    (best[sites], counts)
}

/// What every plan better than `incumbent` shares: sites at one price each, and in the area of a candidate the bound
/// of the village prices with it, or without.
fn decide(problem: &Problem, areas: &[Area], granted: u64, scale: u32, incumbent: u64) -> Vec<Decision> {
    let best_at = |area: &Area, price: i128| {
        let counts = 0..area.most.len().min(area.members.len() + 1);
        counts
            .map(|count| (i128::from(area.most[count]) - price * count as i128, count))
            .max()
            .unwrap_or((0, 0))
    };
    // The lowest price of a site at which no more than all are built.
    let (mut low, mut high) =
        (0_i128, areas.iter().map(|a| i128::from(a.most.get(1).copied().unwrap_or(0))).max().unwrap_or(0));
    while low < high {
        let middle = (low + high) / 2;
        let built: usize = areas.iter().map(|area| best_at(area, middle).1).sum();
        if built > problem.sites { low = middle + 1 } else { high = middle }
    }
    let price = low;
    let bests: Vec<i128> = areas.iter().map(|area| best_at(area, price).0).collect();
    let all = i128::from(granted) + price * problem.sites as i128 + bests.iter().sum::<i128>();
    let needed = (i128::from(incumbent) + 1 - i128::from(problem.base)) << scale;
    let mut decisions = vec![Decision::Open; problem.candidates()];
    for (area, best) in areas.iter().zip(bests) {
        let rent = |profit: u64| i128::from(profit) - price;
        let loose = i128::from(area.granted_inside)
            + area.members.iter().map(|&(_, profit)| rent(profit).max(0)).sum::<i128>();
        let elsewhere = all - best;
        for &(c, profit) in &area.members {
            let with = elsewhere + loose + rent(profit).min(0);
            let without = elsewhere + loose - rent(profit).max(0);
            decisions[c as usize] = match (with < needed, without < needed) {
                (true, _) => Decision::Out,
                (false, true) => Decision::In,
                _ => Decision::Open,
            };
        }
    }
    decisions
}
