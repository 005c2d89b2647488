//! What each site serves, counted in every way that a table may show.

use rayon::prelude::*;

use super::demand::{Demand, DemandError};
use super::objective::{Objective, Score};
use crate::coverage::{CoverageMatrix, SumError, VillageSums};
use crate::index::with_wide_instructions;

/// A sum over villages of which some have no value. Missing is not zero.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct PartialSum {
    /// The sum over the villages whose value is known; `None` where there are villages and none is known.
    pub known: Option<u64>,
    /// How many villages have no value.
    pub missing: u32,
}

impl PartialSum {
    fn new(sum: u64, villages: u32, missing: u32) -> PartialSum {
        PartialSum { known: (villages == 0 || missing < villages).then_some(sum), missing }
    }
}

/// What one candidate serves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct SiteTotals {
    /// Uncovered villages.
    pub villages: u32,
    /// (village, carrier) pairs without signal.
    pub gaps: u64,
    /// Villages that no reporting carrier serves.
    pub dark_villages: u32,
    /// Households.
    pub households: PartialSum,
    /// Inhabitants.
    pub population: PartialSum,
    /// The villages' weights, millionths.
    pub weight_micro: u64,
    /// What it is ranked by.
    pub score: Score,
}

/// Everything that is summed, ready for the rows of one matrix.
#[derive(Debug, Clone)]
pub struct Totals {
    gaps: VillageSums,
    dark: VillageSums,
    households: VillageSums,
    households_missing: VillageSums,
    population: VillageSums,
    population_missing: VillageSums,
    weight: VillageSums,
}

impl Totals {
    /// Prepares the sums over `demand`, one for each village of the matrix.
    ///
    /// # Errors
    /// [`DemandError`] where a weight is no weight or the sums would not fit.
    pub fn new(matrix: &CoverageMatrix, demand: &[Demand]) -> Result<Totals, DemandError> {
        let sums = |what: &'static str, of: &dyn Fn(&Demand) -> u64| {
            let numbers: Vec<u64> = demand.iter().map(of).collect();
            VillageSums::new(matrix, &numbers).map_err(|error| match error {
                SumError::Overflow => DemandError::TooLarge { what },
                SumError::Count { numbers, villages } => DemandError::Count { given: numbers, villages },
            })
        };
        let weights = demand.iter().map(Demand::weight_micro).collect::<Result<Vec<u64>, _>>()?;
        Ok(Totals {
            gaps: sums("gaps", &|v| u64::from(v.gaps))?,
            dark: sums("dark", &|v| u64::from(v.dark))?,
            households: sums("households", &|v| u64::from(v.households.unwrap_or(0)))?,
            households_missing: sums("households", &|v| u64::from(v.households.is_none()))?,
            population: sums("population", &|v| u64::from(v.population.unwrap_or(0)))?,
            population_missing: sums("population", &|v| u64::from(v.population.is_none()))?,
            weight: VillageSums::new(matrix, &weights)
                .map_err(|_| DemandError::TooLarge { what: "weights" })?,
        })
    }

    /// What each candidate serves; `None` for one that could not be judged.
    pub fn of_all(&self, matrix: &CoverageMatrix, objective: &Objective) -> Vec<Option<SiteTotals>> {
        let rows: Vec<usize> = (0..matrix.candidates()).collect();
        rows.par_chunks(1_024)
            .flat_map_iter(|rows| {
                with_wide_instructions(|| {
                    let of = |&row: &usize| matrix.is_known(row).then(|| self.of(matrix, objective, row));
                    rows.iter().map(of).collect::<Vec<_>>()
                })
            })
            .collect()
    }

    #[inline(always)]
    fn of(&self, matrix: &CoverageMatrix, objective: &Objective, row: usize) -> SiteTotals {
        let mut totals = SiteTotals::default();
        let (mut dark, mut households, mut population) = (0, (0, 0), (0, 0));
        for (block, mask) in matrix.entries(row) {
            totals.villages += mask.count_ones();
            totals.gaps += self.gaps.of(block, mask);
            dark += self.dark.of(block, mask);
            households.0 += self.households.of(block, mask);
            households.1 += self.households_missing.of(block, mask);
            population.0 += self.population.of(block, mask);
            population.1 += self.population_missing.of(block, mask);
            totals.weight_micro += self.weight.of(block, mask);
            totals.score = totals.score.plus(objective.of(block, mask));
        }
        // Counts of villages fit the type in which villages are numbered.
        totals.dark_villages = dark as u32;
        totals.households = PartialSum::new(households.0, totals.villages, households.1 as u32);
        totals.population = PartialSum::new(population.0, totals.villages, population.1 as u32);
        totals
    }
}
