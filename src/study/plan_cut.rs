//! Villages cut up into what is planned with: a share for each builder, a step for each probability.

use super::coverage::Levels;
use super::plan_builds::Builds;
use super::plan_config::WeightsSection;
use super::plan_demand::DemandGap;
use super::plan_worth::{Lexicographic, shares};
use crate::coverage::CoverageMatrix;
use crate::coverage::predicted::PairState;
use crate::propagation::link_budget::LinkBudget;
use crate::siting::plan::{Broken, Pieces, PiecesError, Plan, ReachRow, Reaches, Share, Uncut, check_pieces};
use crate::siting::{DemandError, WEIGHT_UNIT};

/// Villages cut up: what is solved in their place, and what it was made from.
#[derive(Debug, Clone)]
pub struct CutUp {
    /// The pieces.
    pub pieces: Pieces,
    /// By piece, what it is worth: joint with villages as a whole where these come first.
    pub weights: Vec<u64>,
    /// How to take a joint worth apart.
    pub dark_first: Option<Lexicographic>,
    /// So much of a worth is 1 of what is counted.
    pub unit: u64,
    reach: Vec<ReachRow>,
    unknown_villages: Vec<u32>,
    shares: Vec<Vec<Share>>,
    whole: Vec<u64>,
}

/// What is cut up.
#[derive(Debug, Clone, Copy)]
pub struct ToCut<'a> {
    /// The gaps.
    pub gaps: &'a [DemandGap],
    /// By village, what it is worth.
    pub worths_micro: &'a [u64],
    /// By village, what it is worth as a whole before everything else; `None`: nothing.
    pub first_micro: Option<&'a [u64]>,
    /// The factors of gaps.
    pub weights: &'a WeightsSection,
}

/// Levels by whose probability villages count.
#[derive(Debug, Clone, Copy)]
pub struct Likely<'a> {
    /// The levels; whoever reaches a village with the least probability that counts is served there.
    pub levels: &'a Levels,
    /// The budget whose probability was asked for: a village is served, and counted as one, by it.
    pub asked: &'a LinkBudget,
}

/// A village's worth is counted in parts as small as this where it is shared out: halves, thirds and all others up to
/// tenths are whole numbers then, and those of one village add up to what they should.
const PARTS: u64 = 2_520;

/// Why villages cannot be cut up.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum CutUpError {
    /// Too many pieces.
    #[error(transparent)]
    Pieces(#[from] PiecesError),
    /// Both orders do not fit one number.
    #[error(transparent)]
    Demand(#[from] DemandError),
}

impl CutUp {
    /// Cuts villages up by builder, and by probability where levels are given for it.
    ///
    /// # Errors
    /// [`CutUpError`] where there are too many pieces or numbers too large.
    pub fn new(
        matrix: &CoverageMatrix,
        likely: Option<Likely<'_>>,
        builds: &Builds,
        to_cut: ToCut<'_>,
    ) -> Result<CutUp, CutUpError> {
        let fine = if builds.builders.len() > 1 { PARTS } else { 1 };
        match CutUp::in_parts(matrix, likely, builds, to_cut, fine) {
            // What does not fit in small parts may in large ones.
            Err(CutUpError::Demand(_)) if fine > 1 => CutUp::in_parts(matrix, likely, builds, to_cut, 1),
            cut => cut,
        }
    }

    fn in_parts(
        matrix: &CoverageMatrix,
        likely: Option<Likely<'_>>,
        builds: &Builds,
        to_cut: ToCut<'_>,
        parts: u64,
    ) -> Result<CutUp, CutUpError> {
        let reach = reach(matrix, likely);
        let unknown_villages = matrix.unknown_villages().to_vec();
        let of_builder = |gap: &DemandGap| builds.builder_of(gap);
        let worths = in_parts(to_cut.worths_micro, parts)?;
        let shares = shares(to_cut.gaps, &worths, to_cut.weights, of_builder);
        let whole = to_cut.first_micro.map_or_else(|| vec![0; shares.len()], <[u64]>::to_vec);
        let uncut = Uncut {
            reach: &reach,
            unknown_villages: &unknown_villages,
            shares: &shares,
            whole: &whole,
            builds: &builds.of,
        };
        let pieces = Pieces::new(uncut)?;
        let (weights, dark_first) = match to_cut.first_micro {
            Some(_) => {
                let joint = Lexicographic::new(&pieces.whole, &pieces.shares)?;
                (joint.weights.clone(), Some(joint))
            }
            None => (pieces.shares.clone(), None),
        };
        let unit = WEIGHT_UNIT * parts;
        Ok(CutUp { pieces, weights, dark_first, unit, reach, unknown_villages, shares, whole })
    }

    /// What is wrong with a plan's numbers, asked of the villages before they were cut up.
    pub fn check(&self, builds: &Builds, plan: &Plan) -> Vec<Broken> {
        let uncut = Uncut {
            reach: &self.reach,
            unknown_villages: &self.unknown_villages,
            shares: &self.shares,
            whole: &self.whole,
            builds: &builds.of,
        };
        check_pieces(uncut, plan, |value| match &self.dark_first {
            Some(joint) => joint.parts(value),
            None => (0, value),
        })
    }
}

/// Worths in smaller parts; their sum must be one that a plan can count in.
fn in_parts(worths_micro: &[u64], parts: u64) -> Result<Vec<u64>, DemandError> {
    let too_large = DemandError::TooLarge { what: "sharing" };
    let worths: Option<Vec<u64>> = worths_micro.iter().map(|worth| worth.checked_mul(parts)).collect();
    let worths = worths.ok_or(too_large.clone())?;
    let sum = worths.iter().try_fold(0_u64, |sum, &worth| sum.checked_add(worth));
    if sum.is_some_and(|sum| sum < 1 << 62) { Ok(worths) } else { Err(too_large) }
}

/// Whom each site reaches: with certainty by radius or yes and no, else with the probability of its level.
fn reach(matrix: &CoverageMatrix, likely: Option<Likely<'_>>) -> Vec<ReachRow> {
    let mut reader = matrix.reader();
    let certain =
        |row: &[u32]| row.iter().map(|&village| Reaches { village, percent: 100, serves: true }).collect();
    let by_level = |Likely { levels, asked }: Likely<'_>, site: usize| -> Vec<Reaches> {
        let served = levels.predicted.pairs_of(site).iter().filter(|pair| pair.state == PairState::Served);
        served
            .map(|pair| {
                // The deviation of the antenna that gives the level: it differs by band.
                let verdict = asked.judge_with(pair.level_dbm, pair.sigma_db);
                // Whole percents, rounded to the nearest: served is at least 1 %.
                let percent = (verdict.probability * 100.0).round().clamp(1.0, 100.0) as u8;
                Reaches { village: pair.village, percent, serves: verdict.served }
            })
            .collect()
    };
    (0..matrix.candidates())
        .map(|site| {
            let row = reader.read(site)?;
            Some(likely.map_or_else(|| certain(row), |likely| by_level(likely, site)))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_probability_goes_by_the_deviation_of_its_own_antenna() {
        use crate::coverage::predicted::{Mast, Places, predict, village_servers};
        use crate::geodesy::LatLon;
        use crate::study::{CoverageRule, CoverageSection, StudyGround};
        let section = "model = \"free_space\"\nthreshold_dbm = -80\nmax_km = 6";
        let section: CoverageSection = toml::from_str(section).unwrap();
        let CoverageRule::Predicted(asked) = section.rule().unwrap() else { panic!("a prediction") };
        let budget =
            crate::propagation::link_budget::BudgetOptions { probability: 0.05, ..*asked.budget.options() };
        let options =
            crate::coverage::predicted::PredictOptions { budget: LinkBudget::new(&budget).unwrap(), ..asked };
        let at = |lat: f64| LatLon::from_degrees(lat, 105.05).unwrap();
        let mast = Mast { position: Some(at(19.8)), height_agl_m: None, antennas: &[] };
        let places = Places::centres(&[Some(at(19.81)), Some(at(19.83))]);
        let mut predicted = predict(&[mast], &places, &StudyGround::default(), &options).unwrap();
        let villages = village_servers(&predicted, &places, &["S"], |_| true);
        let own: Vec<(f64, f64)> =
            predicted.pairs_of(0).iter().map(|pair| (pair.level_dbm, pair.sigma_db)).collect();
        assert_eq!(own.len(), 2);
        // A study whose usual deviation is another.
        predicted.sigma_db = 40.0;
        let matrix = predicted.matrix.clone();
        let levels = Levels { options, predicted, villages };
        let rows = reach(&matrix, Some(Likely { levels: &levels, asked: &asked.budget }));
        for (found, (level_dbm, sigma_db)) in rows[0].iter().flatten().zip(own) {
            let verdict = asked.budget.judge_with(level_dbm, sigma_db);
            let percent = (verdict.probability * 100.0).round() as u8;
            assert_eq!((found.percent, found.serves), (percent, verdict.served));
        }
        assert_eq!(rows[0].as_ref().map(Vec::len), Some(2));
    }
}
