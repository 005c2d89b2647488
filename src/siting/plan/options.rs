//! What is asked of a plan.

use std::time::Duration;

use crate::coverage::CoverageMatrix;

/// How many sites, under which rules, and how long to look. The default asks for the proven best of 0 sites: set
/// `sites`, or `budget`, or both.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct PlanOptions {
    /// At most so many sites, those forced in among them; `None`: as many as the budget allows. Default: none.
    pub sites: Option<usize>,
    /// What all sites together may cost. Default: no budget.
    pub budget: Option<Budget>,
    /// Candidates that must be in the plan. Default: none.
    pub forced_in: Vec<u32>,
    /// Candidates that must not. Default: none.
    pub forced_out: Vec<u32>,
    /// Groups of candidates of which at most one is chosen. Default: none.
    pub groups: Vec<Vec<u32>>,
    /// Sites are nowhere nearer to each other than this, m (geodesic). Default: 0.
    pub min_distance_m: f64,
    /// A site that serves fewer villages, shared ones counted, is not chosen unless forced in. Default: 0.
    pub min_villages: u32,
    /// Stop at this proven gap, a part of the value: 0.001 is 0.1 %. Default: 0, the proven optimum.
    pub gap: f64,
    /// Stop after this time; what is found then hangs on the machine. Default: none.
    pub time: Option<Duration>,
    /// Stop after so many steps (of the bound, of the search), which every machine counts alike. Default: none.
    pub iterations: Option<u64>,
    /// The seed of the search by chance. Default: 0.
    pub seed: u64,
    /// Stop once a plan is worth this much, or none can be. Default: none.
    pub target: Option<u64>,
    /// So many of the matrix's first columns are villages; further ones are pieces of their worth
    /// ([`Pieces`](super::Pieces)) and counted nowhere as villages. Default: all are villages.
    pub villages: Option<usize>,
}

impl PlanOptions {
    /// Whether anything but the number of sites binds.
    pub(super) fn has_rules(&self) -> bool {
        let limits_only = PlanOptions {
            sites: self.sites,
            gap: self.gap,
            time: self.time,
            iterations: self.iterations,
            seed: self.seed,
            target: self.target,
            villages: self.villages,
            ..PlanOptions::default()
        };
        *self != limits_only
    }

    /// Whether a column of the matrix is a village.
    pub(super) fn is_village(&self, column: u32) -> bool {
        self.villages.is_none_or(|villages| (column as usize) < villages)
    }

    /// How many villages a candidate serves; `None` where it could not be judged.
    pub(super) fn villages_of(&self, matrix: &CoverageMatrix, candidate: u32) -> Option<u32> {
        let candidate = candidate as usize;
        match self.villages {
            None => matrix.count(candidate),
            Some(_) => {
                let row = matrix.row(candidate)?;
                Some(row.into_iter().filter(|&column| self.is_village(column)).count() as u32)
            }
        }
    }
}

/// Money.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Budget {
    /// By candidate, what it costs, in any whole unit.
    pub costs: Vec<u64>,
    /// What there is, in the same unit.
    pub limit: u64,
}
