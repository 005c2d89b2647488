//! What is asked of the sites: uncovered villages. And the sites that could answer.

use crate::domain::Candidate;
use crate::geodesy::LatLon;

/// One uncovered village.
#[derive(Debug, Clone, PartialEq)]
pub struct Demand {
    /// Its id.
    pub id: String,
    /// Its centre; a village without one is served by nobody and listed as unknown.
    pub position: Option<LatLon>,
    /// How many carriers leave it without signal.
    pub gaps: u32,
    /// Whether every reporting carrier does.
    pub dark: bool,
    /// Households, where known.
    pub households: Option<u32>,
    /// Inhabitants, where known.
    pub population: Option<u32>,
    /// The user's own weight, a factor on whatever is counted; `None` counts as 1.
    pub weight: Option<f64>,
}

/// A place where a station could be built, as far as ranking looks at it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Site<'a> {
    /// Its id: the last word in every tie.
    pub id: &'a str,
    /// Where; a site without position is listed as unknown and not ranked.
    pub position: Option<LatLon>,
}

impl<'a> From<&'a Candidate> for Site<'a> {
    fn from(candidate: &'a Candidate) -> Site<'a> {
        Site { id: &candidate.id, position: Some(candidate.position) }
    }
}

/// Weights are counted in millionths, so that their sums are exact in any order.
pub const WEIGHT_UNIT: u64 = 1_000_000;
/// A weight above this is a mistake.
const MAX_WEIGHT: f64 = 1e9;

/// Why a village's weight is none.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum DemandError {
    /// Negative, NaN, infinite, or above 1e9.
    #[error("village {id} has the weight {weight}: give a number from 0 to 1 000 000 000")]
    Weight {
        /// The village.
        id: String,
        /// What was given.
        weight: f64,
    },
    /// One village for each column of the matrix.
    #[error("{given} villages were given for a coverage matrix of {villages}")]
    Count {
        /// Villages given.
        given: usize,
        /// Villages of the matrix.
        villages: usize,
    },
    /// The sum over all villages would not fit.
    #[error(
        "the villages' {what}, times their weights, sum up to more than 18 446 744 073 709: scale the weights down"
    )]
    TooLarge {
        /// What was summed.
        what: &'static str,
    },
}

impl Demand {
    /// The weight in millionths, rounded to the nearest.
    ///
    /// # Errors
    /// [`DemandError::Weight`] where it is negative, not a number, or above 1e9.
    pub fn weight_micro(&self) -> Result<u64, DemandError> {
        let weight = self.weight.unwrap_or(1.0);
        if !(0.0..=MAX_WEIGHT).contains(&weight) {
            return Err(DemandError::Weight { id: self.id.clone(), weight });
        }
        Ok((weight * WEIGHT_UNIT as f64).round() as u64)
    }
}
