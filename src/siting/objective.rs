//! What is maximised: villages, gaps, households or people, each times the village's weight.

use super::demand::{Demand, DemandError};
use crate::coverage::{CoverageMatrix, SumError, VillageSums};

/// What a site is ranked by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum RankBy {
    /// Uncovered villages served.
    #[default]
    Villages,
    /// (village, carrier) pairs without signal.
    Gaps,
    /// Households of the villages served, where known.
    Households,
    /// Inhabitants of the villages served, where known.
    Population,
}

impl RankBy {
    /// The key used in files and arguments.
    pub fn key(self) -> &'static str {
        match self {
            RankBy::Villages => "villages",
            RankBy::Gaps => "gaps",
            RankBy::Households => "households",
            RankBy::Population => "population",
        }
    }

    /// What one village counts for. A number that is not known adds nothing here and is reported beside.
    fn of(self, village: &Demand) -> u64 {
        match self {
            RankBy::Villages => 1,
            RankBy::Gaps => u64::from(village.gaps),
            RankBy::Households => u64::from(village.households.unwrap_or(0)),
            RankBy::Population => u64::from(village.population.unwrap_or(0)),
        }
    }
}

/// What each village is worth under `by`, times its weight, millionths.
///
/// # Errors
/// [`DemandError`] where a weight is no weight or a product does not fit.
pub fn worth_micro(demand: &[Demand], by: RankBy) -> Result<Vec<u64>, DemandError> {
    let worth = |village: &Demand| {
        let product = village.weight_micro()?.checked_mul(by.of(village));
        product.ok_or(DemandError::TooLarge { what: by.key() })
    };
    demand.iter().map(worth).collect()
}

/// What a set of villages is worth; compared field by field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Score {
    /// Dark villages, times their weights, millionths; 0 where they do not come first.
    pub dark_micro: u64,
    /// The metric, times the weights, millionths.
    pub metric_micro: u64,
}

impl Score {
    /// Whether it is worth nothing.
    #[inline(always)]
    pub fn is_zero(self) -> bool {
        self == Score::default()
    }

    /// Field by field. Sums over the villages of one matrix fit: `VillageSums::new` checked the whole.
    #[inline(always)]
    pub fn plus(self, other: Score) -> Score {
        Score {
            dark_micro: self.dark_micro + other.dark_micro,
            metric_micro: self.metric_micro + other.metric_micro,
        }
    }
}

/// An objective over the villages of one matrix.
#[derive(Debug, Clone)]
pub struct Objective {
    dark: Option<VillageSums>,
    metric: VillageSums,
}

impl Objective {
    /// The objective `by` over `demand`, one for each village of the matrix. With `dark_first`, a site that
    /// serves more dark villages goes before one that serves fewer, and `by` only decides between equals.
    ///
    /// # Errors
    /// [`DemandError`] where a weight is no weight or the sums would not fit.
    pub fn new(
        matrix: &CoverageMatrix,
        demand: &[Demand],
        by: RankBy,
        dark_first: bool,
    ) -> Result<Objective, DemandError> {
        let weights = demand.iter().map(Demand::weight_micro).collect::<Result<Vec<u64>, _>>()?;
        let sums = |what: &'static str, of: &dyn Fn(&Demand) -> u64| {
            let numbers =
                demand.iter().zip(&weights).map(|(village, weight)| weight.checked_mul(of(village)));
            let numbers = numbers.collect::<Option<Vec<u64>>>().ok_or(DemandError::TooLarge { what })?;
            VillageSums::new(matrix, &numbers).map_err(|error| match error {
                SumError::Overflow => DemandError::TooLarge { what },
                SumError::Count { numbers, villages } => DemandError::Count { given: numbers, villages },
            })
        };
        let dark = if dark_first { Some(sums("dark", &|village| u64::from(village.dark))?) } else { None };
        Ok(Objective { dark, metric: sums(by.key(), &|village| by.of(village))? })
    }

    /// The weights alone, one for each village of the matrix.
    ///
    /// # Errors
    /// [`SumError`] where their count is wrong or their sum too large.
    pub fn of_weights(matrix: &CoverageMatrix, weights: &[u64]) -> Result<Objective, SumError> {
        Ok(Objective { dark: None, metric: VillageSums::new(matrix, weights)? })
    }

    /// The worth of a block's villages in `mask`.
    #[inline(always)]
    pub fn of(&self, block: usize, mask: u64) -> Score {
        let dark_micro = self.dark.as_ref().map_or(0, |dark| dark.of(block, mask));
        Score { dark_micro, metric_micro: self.metric.of(block, mask) }
    }
}
