//! Coverage by predicted level: a village is served by every site from which the level there is, with the probability
//! asked for, at least the threshold.
//!
//! In: sites, the places of each village, ground, a link budget and a model. Out: the same [`CoverageMatrix`] as by
//! radius, with the level of every pair within the bound distance, and the best and second server of each village.
//!
//! Three answers for a pair: served, not served, *unknown*. A path over ground that is not known, but for gaps shorter
//! than [`PredictOptions::max_gap_m`], is unknown: never taken for flat, never for "not served"; so is one over unknown land
//! cover, where P.1812 is asked with clutter. A village of which no
//! path is known, though there is one, is unknown in the matrix; so is a site. A village with several places is served by a
//! site where the places that it serves hold at least [`PredictOptions::served_share`] of the households; its level is that
//! of the place with which, from the highest level down, that share is reached.
//!
//! Work that cannot change an answer is left out: beyond the distance at which free space alone loses too much no path is
//! looked at ([`crate::propagation::PathLoss::farthest_km`]). A shortcut for paths in line of sight is not taken: every level is a result.

mod area;
mod cells;
#[cfg(test)]
mod cells_tests;
mod clutter;
#[cfg(test)]
mod cover_tests;
mod explain;
mod needs;
mod offsets;
mod options;
mod pair;
mod places;
mod servers;
#[cfg(test)]
mod tests;

use rayon::prelude::*;

use super::ground::Ground;
use super::{CoverageMatrix, MatrixError};
use crate::domain::{AntennaRow, Candidate, PlannedStation, Station};
use crate::geodesy::{LatLon, Radius, RadiusError};
use crate::index::{IndexError, PointIndex};
use crate::lang::Lang;

pub use area::{AreaLevels, PixelCounts, best_of, predict_area};
pub use cells::{AntennaError, Cell, cells, preset_named};
pub use explain::{
    ExplainError, ExplainedLink, LinkEnd, LinkOverGround, LossPart, Opinion, explain_best_link, explain_link,
};
pub use needs::HeightNeeds;
pub use offsets::{BandOffsets, LevelOffsets, OffsetsByBand, SAME_BAND, same_band};
pub use options::{PredictOptions, PredictOptionsError, SecondOpinion};
use pair::{Predictor, Standing};
pub use places::{Place, Places};
pub use servers::{ServerLevel, VillageServers, village_servers};

/// Sites that one thread takes at a time: near enough to share the memory of a reader, small enough to share out evenly.
const SITES_AT_A_TIME: usize = 8;

/// A mast, as far as prediction looks at it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Mast<'a> {
    /// Where; without a position nothing is predicted.
    pub position: Option<LatLon>,
    /// Antenna above ground, m; the options' own where it is not known.
    pub height_agl_m: Option<f64>,
    /// What the table of sites says of its antennas; empty: as in the options.
    pub antennas: &'a [AntennaRow],
}

impl<'a> From<&'a Candidate> for Mast<'a> {
    fn from(site: &'a Candidate) -> Mast<'a> {
        Mast { position: Some(site.position), height_agl_m: site.height_agl_m, antennas: &site.antennas }
    }
}

impl<'a> From<&'a Station> for Mast<'a> {
    fn from(site: &'a Station) -> Mast<'a> {
        Mast { position: Some(site.position), height_agl_m: site.height_agl_m, antennas: &site.antennas }
    }
}

impl From<&PlannedStation> for Mast<'_> {
    fn from(site: &PlannedStation) -> Self {
        Mast { position: site.position, height_agl_m: site.height_agl_m, antennas: &[] }
    }
}

/// What is known of a pair.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum PairState {
    /// The level suffices.
    Served,
    /// It does not.
    NotServed,
    /// The ground under the path or its land cover is not known, or the model has no answer over it.
    Unknown,
}

impl PairState {
    /// The key used in files.
    pub fn key(self) -> &'static str {
        match self {
            PairState::Served => "served",
            PairState::NotServed => "not_served",
            PairState::Unknown => "unknown",
        }
    }
}

/// A site and a village within the bound distance.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PairLevel {
    /// The village's number.
    pub village: u32,
    /// What is known.
    pub state: PairState,
    /// Whether it is unknown for want of land cover alone.
    pub cover_unknown: bool,
    /// Whether short gaps under the path were bridged.
    pub bridged: bool,
    /// Whether the second model says so too; `None` where it was not asked or has no answer.
    pub second_agrees: Option<bool>,
    /// Share of the village's households at places that are known to be served: 0 or 1 without clusters.
    pub served_share: f64,
    /// Length of the path to the place that decides, m.
    pub distance_m: f64,
    /// Mean level there, dBm; NaN where it is not known.
    pub level_dbm: f64,
    /// Mean level at the same place by the second model, dBm; NaN where it was not asked or has no answer.
    pub second_level_dbm: f64,
    /// Standard deviation of the level, dB: the model's error and its location variability.
    pub sigma_db: f64,
}

/// What is predicted of all sites.
#[derive(Debug, Clone, PartialEq)]
pub struct Predicted {
    /// Who serves whom.
    pub matrix: CoverageMatrix,
    /// Where each site's pairs start; one more than there are sites.
    starts: Vec<usize>,
    pairs: Vec<PairLevel>,
    /// Standard deviation of a level, dB: the model's error and its location variability.
    pub sigma_db: f64,
    /// Sites whose antenna height was not known and was taken from the options.
    pub assumed_heights: usize,
    /// Sites with antennas of their own.
    pub own_antennas: usize,
    /// Of these, sites all of whose antennas are of another generation than the one asked for: they serve nobody.
    pub other_generation: usize,
}

/// How many pairs there are of each kind.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct PairCounts {
    /// Served.
    pub served: u64,
    /// Not served.
    pub not_served: u64,
    /// Unknown.
    pub unknown: u64,
    /// Of these, for want of land cover alone.
    pub cover_unknown: u64,
    /// Those, served or not, under which short gaps were bridged.
    pub bridged: u64,
    /// Those of which the second model says otherwise.
    pub disagree: u64,
}

impl PairCounts {
    /// Whether any path is not known, or known only over a gap that was bridged.
    pub fn has_gaps(&self) -> bool {
        self.unknown > 0 || self.bridged > 0
    }
}

impl std::ops::AddAssign for PairCounts {
    fn add_assign(&mut self, more: PairCounts) {
        self.served += more.served;
        self.not_served += more.not_served;
        self.unknown += more.unknown;
        self.cover_unknown += more.cover_unknown;
        self.bridged += more.bridged;
        self.disagree += more.disagree;
    }
}

/// Why nothing can be predicted.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum PredictError {
    /// Too many villages or sites.
    #[error(transparent)]
    Index(#[from] IndexError),
    /// Options that contradict the model.
    #[error(transparent)]
    Options(#[from] PredictOptionsError),
    /// No distance.
    #[error(transparent)]
    Radius(#[from] RadiusError),
    /// The table of sites gives an antenna that there is not.
    #[error(transparent)]
    Antenna(#[from] AntennaError),
    /// A map of a site without an antenna of the technology.
    #[error(
        "the site has no antenna that gives {0}: all of its rows are of another generation; choose one of theirs with --preset"
    )]
    NoAntenna(&'static str),
    /// Rows that make no matrix.
    #[error(transparent)]
    Matrix(#[from] MatrixError),
}

impl PredictError {
    /// The error in a language; `Display` is English.
    pub fn message(&self, lang: Lang) -> String {
        match (self, lang) {
            (PredictError::Antenna(error), _) => error.message(lang),
            (PredictError::NoAntenna(level), Lang::Vi) => format!(
                "vị trí không có anten nào cho {level}: các dòng trong bảng đều thuộc thế hệ mạng khác; hãy chọn bằng --preset"
            ),
            _ => self.to_string(),
        }
    }
}

impl Predicted {
    /// The pairs of a site within the bound distance, by village.
    pub fn pairs_of(&self, site: usize) -> &[PairLevel] {
        &self.pairs[self.starts[site]..self.starts[site + 1]]
    }

    /// Every pair with its site.
    pub fn pairs(&self) -> impl Iterator<Item = (usize, &PairLevel)> {
        (0..self.starts.len() - 1).flat_map(|site| self.pairs_of(site).iter().map(move |pair| (site, pair)))
    }

    /// How many pairs there are of each kind.
    pub fn counts(&self) -> PairCounts {
        let mut counts = PairCounts::default();
        for pair in &self.pairs {
            match pair.state {
                PairState::Served => counts.served += 1,
                PairState::NotServed => counts.not_served += 1,
                PairState::Unknown => counts.unknown += 1,
            }
            counts.cover_unknown += u64::from(pair.cover_unknown);
            counts.bridged += u64::from(pair.bridged);
            counts.disagree += u64::from(pair.second_agrees == Some(false));
        }
        counts
    }
}

/// One mast in one village of several places: its level, and the number of the place that decides it; `None` where that is
/// unknown or the mast has no antenna of the technology. As [`predict`] has it for that pair, but whatever the distance.
///
/// # Errors
/// [`PredictError`] where the options are outside of the model's limits.
pub fn decide_pair<G: Ground>(
    mast: &Mast<'_>,
    places: &[Place],
    ground: &G,
    options: &PredictOptions,
) -> Result<Option<(PairLevel, Option<usize>)>, PredictError> {
    options.check()?;
    let Some(position) = mast.position else { return Ok(None) };
    let mut predictor = Predictor::new(ground, options);
    let cells = predictor.stand_at(position, &cells(mast, options)?)?;
    Ok((!cells.is_empty()).then(|| predictor.decide(0, places)))
}

/// Predicts every pair within the bound distance. Work is spread over the threads of the rayon pool that the caller runs in;
/// the result does not depend on their number.
///
/// # Errors
/// [`PredictError`] where the options are outside of the model's limits or there are too many villages.
pub fn predict<G: Ground>(
    masts: &[Mast<'_>],
    places: &Places,
    ground: &G,
    options: &PredictOptions,
) -> Result<Predicted, PredictError> {
    options.check()?;
    let (of_village, positions): (Vec<u32>, Vec<LatLon>) =
        places.all().map(|(village, place)| (village, place.position)).unzip();
    let index = PointIndex::new(&positions)?;
    let predicted: Vec<Result<Option<Vec<PairLevel>>, PredictError>> = masts
        .par_chunks(SITES_AT_A_TIME)
        .flat_map_iter(|masts| {
            let mut predictor = Predictor::new(ground, options);
            let near = |position: LatLon, cells: &[Standing]| -> Result<Vec<u32>, PredictError> {
                let bounds = cells.iter().map(|cell| cell.options.bound_m(&cell.model));
                let bound = Radius::from_m(bounds.fold(0.0, f64::max))?;
                let near = index.collect_within(position, bound);
                let mut villages: Vec<u32> = near.into_iter().map(|n| of_village[n as usize]).collect();
                villages.sort_unstable();
                villages.dedup();
                Ok(villages)
            };
            let of_mast = move |mast: &Mast<'_>| {
                let Some(position) = mast.position else { return Ok(None) };
                let cells = predictor.stand_at(position, &cells(mast, options)?)?;
                if cells.is_empty() {
                    return Ok(Some(Vec::new()));
                }
                let villages = near(position, cells)?;
                let pairs = villages.iter().map(|&v| predictor.pair(v, places.of(v as usize)));
                Ok(Some(pairs.collect::<Vec<_>>()))
            };
            masts.iter().map(of_mast).collect::<Vec<_>>()
        })
        .collect();
    let mut starts = vec![0];
    let (mut pairs, mut rows) = (Vec::new(), Vec::with_capacity(masts.len()));
    let mut paths = vec![(0_u32, 0_u32); places.villages()];
    for of_mast in predicted {
        let Some(of_mast) = of_mast? else {
            rows.push(None);
            starts.push(pairs.len());
            continue;
        };
        for pair in &of_mast {
            let (all, unknown) = &mut paths[pair.village as usize];
            *all += 1;
            *unknown += u32::from(pair.state == PairState::Unknown);
        }
        let judged = of_mast.is_empty() || of_mast.iter().any(|pair| pair.state != PairState::Unknown);
        let served = of_mast.iter().filter(|pair| pair.state == PairState::Served).map(|pair| pair.village);
        rows.push(judged.then(|| served.collect::<Vec<u32>>()));
        pairs.extend(of_mast);
        starts.push(pairs.len());
    }
    let unknown: Vec<u32> = (0..places.villages() as u32)
        .filter(|&village| {
            let (all, unknown) = paths[village as usize];
            places.of(village as usize).is_empty() || all > 0 && all == unknown
        })
        .collect();
    let matrix = CoverageMatrix::from_rows(places.villages(), &rows, &unknown)?;
    let sigma_db = options.sigma_db()?;
    let placed = || masts.iter().filter(|m| m.position.is_some());
    let assumed_heights = placed().filter(|m| m.height_agl_m.is_none()).count();
    let own_antennas = placed().filter(|m| !m.antennas.is_empty()).count();
    let none_left = |m: &&Mast<'_>| cells(m, options).is_ok_and(|cells| cells.is_empty());
    let other_generation = placed().filter(|m| !m.antennas.is_empty()).filter(none_left).count();
    Ok(Predicted { matrix, starts, pairs, sigma_db, assumed_heights, own_antennas, other_generation })
}
