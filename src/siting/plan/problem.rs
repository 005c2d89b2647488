//! The problem as numbers, and smaller problems made of it by deciding some of its candidates.
//!
//! Candidates stand in the order of their ids, villages in an order that hangs on who serves them alone, so that
//! nothing after this depends on the order of rows. Villages that the same candidates serve are one village of
//! their joint weight. A candidate that serves a part of what another serves, at no lower cost and with no fewer
//! conflicts, is left out: there is a best plan without it.

use super::lists::Lists;

/// More pairs than this are not searched for candidates that others make superfluous.
const MAX_DOMINANCE_PAIRS: usize = 4_000_000;

/// Chooses candidates so that the weight of the villages served is the highest.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Problem {
    /// What each village is worth, above 0.
    pub(super) weights: Vec<u64>,
    /// By candidate, its villages.
    pub(super) rows: Lists,
    /// By village, its candidates.
    pub(super) columns: Lists,
    /// The candidate of the whole problem that each is.
    pub(super) names: Vec<u32>,
    pub(super) costs: Vec<u64>,
    /// By candidate, those that cannot be chosen beside it; symmetric.
    pub(super) conflicts: Lists,
    /// How many may still be chosen.
    pub(super) sites: usize,
    /// What may still be spent.
    pub(super) budget: Option<u64>,
    /// The weight that those decided for serve already.
    pub(super) base: u64,
    /// Those decided for, by their numbers in the whole problem.
    pub(super) taken: Vec<u32>,
}

/// What is decided about a candidate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Decision {
    Open,
    In,
    Out,
}

impl Problem {
    pub(super) fn candidates(&self) -> usize {
        self.names.len()
    }

    pub(super) fn villages(&self) -> usize {
        self.weights.len()
    }

    /// The weight of all villages that can still be served.
    pub(super) fn open_weight(&self) -> u64 {
        self.weights.iter().sum()
    }

    /// The smaller problem after some decisions, with a number per village (multipliers) carried over. `None`
    /// where the decisions contradict each other.
    pub(super) fn decided(&self, decisions: &[Decision], multipliers: &[f64]) -> Option<(Problem, Vec<f64>)> {
        let mut decisions = decisions.to_vec();
        let mut served = vec![false; self.villages()];
        let (mut sites, mut budget, mut taken) = (self.sites, self.budget, self.taken.clone());
        for c in 0..self.candidates() {
            if decisions[c] != Decision::In {
                continue;
            }
            sites = sites.checked_sub(1)?;
            budget = match budget {
                Some(left) => Some(left.checked_sub(self.costs[c])?),
                None => None,
            };
            taken.push(self.names[c]);
            for &other in self.conflicts.row(c) {
                if decisions[other as usize] == Decision::In {
                    return None;
                }
                decisions[other as usize] = Decision::Out;
            }
            self.rows.row(c).iter().for_each(|&v| served[v as usize] = true);
        }
        let base =
            self.base + self.weights.iter().zip(&served).filter(|(_, s)| **s).map(|(w, _)| w).sum::<u64>();
        let mut open: Vec<bool> = (0..self.candidates())
            .map(|c| {
                decisions[c] == Decision::Open && sites > 0 && budget.is_none_or(|left| self.costs[c] <= left)
            })
            .collect();

        // Villages by their open candidates; those of the same ones together.
        let mut columns: Vec<Column> = (0..self.villages())
            .filter(|&v| !served[v] && self.weights[v] > 0)
            .map(|v| Column::new(v, self.columns.row(v).iter().copied().filter(|&c| open[c as usize])))
            .filter(|column| !column.candidates.is_empty())
            .collect();
        columns.sort_unstable_by(|a, b| (a.hash, &a.candidates).cmp(&(b.hash, &b.candidates)));
        let (mut weights, mut carried, mut merged) = (Vec::new(), Vec::new(), Lists::new());
        let mut last: Option<&Column> = None;
        for column in &columns {
            if last.is_none_or(|last| last.candidates != column.candidates) {
                weights.push(0);
                carried.push(0.0);
                merged.push(column.candidates.iter().copied());
            }
            if let (Some(weight), Some(sum)) = (weights.last_mut(), carried.last_mut()) {
                *weight += self.weights[column.village];
                *sum += multipliers.get(column.village).copied().unwrap_or(0.0);
            }
            last = Some(column);
        }
        drop(columns);
        let rows = merged.transposed(self.candidates());
        for (c, open) in open.iter_mut().enumerate() {
            *open &= !rows.row(c).is_empty();
        }
        if rows.total() <= MAX_DOMINANCE_PAIRS {
            self.drop_dominated(&rows, &merged, &mut open);
        }
        let number = {
            let mut next = 0;
            let number = |&open: &bool| {
                next += u32::from(open);
                open.then(|| next - 1)
            };
            open.iter().map(number).collect::<Vec<Option<u32>>>()
        };
        let kept: Vec<usize> = (0..self.candidates()).filter(|&c| open[c]).collect();
        let (mut new_rows, mut conflicts) = (Lists::new(), Lists::new());
        for &c in &kept {
            new_rows.push(rows.row(c).iter().copied());
            conflicts.push(self.conflicts.row(c).iter().filter_map(|&other| number[other as usize]));
        }
        let problem = Problem {
            columns: new_rows.transposed(weights.len()),
            rows: new_rows,
            weights,
            names: kept.iter().map(|&c| self.names[c]).collect(),
            costs: kept.iter().map(|&c| self.costs[c]).collect(),
            conflicts,
            sites,
            budget,
            base,
            taken,
        };
        Some((problem, carried))
    }

    /// Closes candidates that another one makes superfluous.
    fn drop_dominated(&self, rows: &Lists, columns: &Lists, open: &mut [bool]) {
        let mut dropped = vec![false; open.len()];
        for c in (0..open.len()).filter(|&c| open[c]) {
            let row = rows.row(c);
            let Some(&rarest) = row.iter().min_by_key(|&&v| columns.row(v as usize).len()) else { continue };
            dropped[c] = columns.row(rarest as usize).iter().any(|&other| {
                let other = other as usize;
                other != c && open[other] && self.dominates(rows, other, c)
            });
        }
        for (open, dropped) in open.iter_mut().zip(dropped) {
            *open &= !dropped;
        }
    }

    /// Whether whatever `lesser` does, `better` does. Never both ways round.
    fn dominates(&self, rows: &Lists, better: usize, lesser: usize) -> bool {
        let (large, small) = (rows.row(better), rows.row(lesser));
        if large.len() < small.len() || self.costs[better] > self.costs[lesser] {
            return false;
        }
        let equal = large.len() == small.len()
            && self.costs[better] == self.costs[lesser]
            && self.conflicts.row(better).len() == self.conflicts.row(lesser).len();
        if equal && better > lesser {
            return false;
        }
        let lesser_number = lesser as u32;
        let conflicts = self.conflicts.row(better).iter().copied().filter(|&c| c != lesser_number);
        is_subset(small.iter().copied(), large) && is_subset(conflicts, self.conflicts.row(lesser))
    }
}

/// Whether ascending `small` lies within ascending `large`.
fn is_subset(small: impl Iterator<Item = u32>, large: &[u32]) -> bool {
    let mut large = large.iter();
    for item in small {
        if !large.by_ref().any(|&l| l == item) {
            return false;
        }
    }
    true
}

/// A village and who can serve it.
struct Column {
    hash: u64,
    candidates: Vec<u32>,
    village: usize,
}

impl Column {
    fn new(village: usize, candidates: impl Iterator<Item = u32>) -> Column {
        let candidates: Vec<u32> = candidates.collect();
        // FNV-1a over whole numbers: equal lists stand together, and the order is the same everywhere.
        let hash = candidates
            .iter()
            .fold(0xCBF2_9CE4_8422_2325_u64, |hash, &c| (hash ^ u64::from(c)).wrapping_mul(0x0100_0000_01B3));
        Column { hash, candidates, village }
    }
}
