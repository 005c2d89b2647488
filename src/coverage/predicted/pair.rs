//! One pair after the other, in memory that is used again.

use super::cells::Cell;
use super::options::{PredictOptions, PredictOptionsError, USUAL_STEP_M};
use super::{PairLevel, PairState};
use crate::coverage::ground::{Gaps, Ground, GroundSampler, PathHeights};
use crate::geodesy::{LatLon, distance_and_bearing};
use crate::propagation::link_budget::{LinkBudget, Pattern};
use crate::propagation::{Distances, Link, PathLoss, Profile};

/// Nearer than this there is no path to speak of, and free space over the slant is taken, m.
pub(super) const NEAR_M: f64 = 50.0;
/// A path has so many steps at least: fewer make no terrain for P.1812.
const FEWEST_STEPS: f64 = 10.0;
/// Radius of the earth with standard refraction, m, for the elevation at which an antenna sees a receiver.
const EFFECTIVE_RADIUS_M: f64 = 8_495_000.0;

/// Everything that one thread needs, for one mast at a time.
pub(super) struct Predictor<'a, G: Ground> {
    ground: &'a G,
    options: &'a PredictOptions,
    sampler: G::Sampler<'a>,
    path: PathHeights,
    distances: Option<Distances>,
    mast: Vec<Standing>,
}

/// A cell of the mast: where it stands, what it goes by, and the models made ready for it.
#[derive(Clone, Copy)]
pub(super) struct Standing {
    position: LatLon,
    step_m: f64,
    /// The options with the cell's own link budget.
    pub options: PredictOptions,
    /// The model for its frequency and height.
    pub model: PathLoss,
    second: Option<PathLoss>,
}

impl Standing {
    fn judges_served(&self, level_dbm: f64) -> bool {
        self.options.budget.judge(level_dbm, self.model.location_sigma_db()).served
    }
}

/// One place of a village.
#[derive(Clone, Copy)]
struct Place {
    /// The cell of the highest level, by number.
    cell: usize,
    distance_m: f64,
    level_dbm: f64,
    second_level_dbm: f64,
    bridged: bool,
}

impl<'a, G: Ground> Predictor<'a, G> {
    pub fn new(ground: &'a G, options: &'a PredictOptions) -> Predictor<'a, G> {
        let (sampler, path) = (ground.sampler(), PathHeights::default());
        Predictor { ground, options, sampler, path, distances: None, mast: Vec::new() }
    }

    /// The mast that the next pairs belong to, with its cells.
    ///
    /// # Errors
    /// A value outside of the model's limits.
    pub fn stand_at(&mut self, position: LatLon, cells: &[Cell]) -> Result<&[Standing], PredictOptionsError> {
        let own = || self.ground.resolution_m(position);
        let step_m = self.options.step_m.or_else(own).unwrap_or(USUAL_STEP_M);
        self.mast.clear();
        for cell in cells {
            let (model, second) = cell.options.models(position, cell.height_agl_m)?;
            self.mast.push(Standing { position, step_m, options: cell.options, model, second });
        }
        Ok(&self.mast)
    }

    /// The level in a village: that of its worst place.
    pub fn pair(&mut self, village: u32, places: &[LatLon]) -> PairLevel {
        let unknown = |distance_m| PairLevel {
            village,
            state: PairState::Unknown,
            bridged: false,
            second_agrees: None,
            distance_m,
            level_dbm: f64::NAN,
            second_level_dbm: f64::NAN,
            sigma_db: f64::NAN,
        };
        let mut worst: Option<Place> = None;
        let mut not_known: Option<f64> = None;
        let mut bridged = false;
        for &place in places {
            match self.best_cell(place) {
                Ok(found) => {
                    bridged |= found.bridged;
                    worst = Some(worst.filter(|w| w.level_dbm <= found.level_dbm).unwrap_or(found));
                }
                Err(distance_m) => not_known = not_known.or(Some(distance_m)),
            }
        }
        let served = |place: &Place| self.mast[place.cell].judges_served(place.level_dbm);
        match (worst, not_known) {
            // One place that is known not to be served is enough.
            (Some(place), Some(distance_m)) if served(&place) => unknown(distance_m),
            (None, distance_m) => unknown(distance_m.unwrap_or(f64::NAN)),
            (Some(place), _) => {
                let is_served = served(&place);
                let cell = &self.mast[place.cell];
                let second_agrees = cell.second.as_ref().and_then(|second| {
                    let level = place.second_level_dbm;
                    let says = cell.options.budget.judge(level, second.location_sigma_db()).served;
                    (!level.is_nan()).then_some(says == is_served)
                });
                PairLevel {
                    village,
                    state: if is_served { PairState::Served } else { PairState::NotServed },
                    bridged,
                    second_agrees,
                    distance_m: place.distance_m,
                    level_dbm: place.level_dbm,
                    second_level_dbm: place.second_level_dbm,
                    sigma_db: cell.options.budget.sigma_db(cell.model.location_sigma_db()),
                }
            }
        }
    }

    /// The level at one place by the cell that gives the highest; the distance alone where none is known.
    fn best_cell(&mut self, place: LatLon) -> Result<Place, f64> {
        let mut best: Option<Place> = None;
        let mut not_known = f64::NAN;
        for cell in 0..self.mast.len() {
            let mast = self.mast[cell];
            match self.place(&mast, place) {
                Ok(found) if best.is_none_or(|b| found.level_dbm > b.level_dbm) => {
                    best = Some(Place { cell, ..found });
                }
                Ok(_) => {}
                Err(distance_m) => not_known = distance_m,
            }
        }
        best.ok_or(not_known)
    }

    /// The level at one place; the distance alone where the ground is not known or the model has no answer.
    fn place(&mut self, mast: &Standing, place: LatLon) -> Result<Place, f64> {
        let sees_terrain = mast.options.model.sees_terrain() || mast.second.is_some();
        if !sees_terrain {
            let (distance_m, bearing_deg) = distance_and_bearing(mast.position, place);
            let heights = self.sampler.height_m(mast.position).zip(self.sampler.height_m(place));
            let rise_m = heights.map_or(0.0, |(from, to)| to - from);
            let loss_db = mast.model.loss_without_terrain_db(distance_m.max(10.0) / 1000.0);
            let loss_db = loss_db.map_err(|_| distance_m)?;
            let level_dbm = level(mast, loss_db, bearing_deg, distance_m, rise_m);
            return Ok(Place { cell: 0, distance_m, level_dbm, second_level_dbm: f64::NAN, bridged: false });
        }
        sample(&mut self.sampler, (mast.position, place), mast.step_m, &mut self.path);
        let distance_m = self.path.length_m;
        let gaps = self.path.bridge(self.options.max_gap_m);
        let bearing_deg = match mast.options.budget.options().antenna.pattern {
            Pattern::Omni => 0.0,
            _ => distance_and_bearing(mast.position, place).1,
        };
        if distance_m < NEAR_M {
            let loss_db = mast.model.loss_without_terrain_db(distance_m / 1000.0).map_err(|_| distance_m)?;
            let level_dbm = level(mast, loss_db, bearing_deg, distance_m, 0.0);
            let second_level_dbm = if mast.second.is_some() { level_dbm } else { f64::NAN };
            return Ok(Place { cell: 0, distance_m, level_dbm, second_level_dbm, bridged: false });
        }
        if gaps == Gaps::TooLong {
            return Err(distance_m);
        }
        let heights_m = &self.path.heights_m;
        let points = heights_m.len();
        let distances = match &mut self.distances {
            Some(distances) => distances,
            none => none.insert(Distances::regular(1.0, 2).map_err(|_| distance_m)?),
        };
        distances.set_regular(distance_m / 1000.0, points).map_err(|_| distance_m)?;
        let profile = Profile::new(distances, heights_m).map_err(|_| distance_m)?;
        let loss_db = mast.model.loss_db(&profile).map_err(|_| distance_m)?;
        let second_db = mast.second.as_ref().and_then(|second| second.loss_db(&profile).ok());
        let rise_m = heights_m[points - 1] - heights_m[0];
        let level_dbm = level(mast, loss_db, bearing_deg, distance_m, rise_m);
        let second_level_dbm =
            second_db.map_or(f64::NAN, |db| level(mast, db, bearing_deg, distance_m, rise_m));
        Ok(Place { cell: 0, distance_m, level_dbm, second_level_dbm, bridged: gaps == Gaps::Bridged })
    }
}

fn level(mast: &Standing, loss_db: f64, bearing_deg: f64, distance_m: f64, rise_m: f64) -> f64 {
    level_dbm(&mast.options.budget, mast.model.link(), loss_db, (bearing_deg, distance_m, rise_m))
}

/// The mean level at the end of a path: bearing from the mast (degrees), length (m), and how much higher the receiver's
/// ground is than the mast's (m).
pub(super) fn level_dbm(
    budget: &LinkBudget,
    link: &Link,
    loss_db: f64,
    (bearing_deg, distance_m, rise_m): (f64, f64, f64),
) -> f64 {
    budget.level_dbm(loss_db, bearing_deg, elevation_deg(link, distance_m, rise_m))
}

/// How far above the horizontal an antenna sees a receiver, degrees.
pub(super) fn elevation_deg(link: &Link, distance_m: f64, rise_m: f64) -> f64 {
    let above_m = rise_m + link.hrg_m - link.htg_m - distance_m * distance_m / (2.0 * EFFECTIVE_RADIUS_M);
    above_m.atan2(distance_m).to_degrees()
}

/// Heights along a path, at steps of `step_m` or, on a short path, at its least number of steps. Every command that asks
/// for a level goes through here, so that all see the same ground.
pub(super) fn sample(
    sampler: &mut impl GroundSampler,
    (from, to): (LatLon, LatLon),
    step_m: f64,
    path: &mut PathHeights,
) {
    sampler.path(from, to, step_m, path);
    if path.length_m < FEWEST_STEPS * step_m && path.length_m >= NEAR_M {
        sampler.path(from, to, path.length_m / FEWEST_STEPS, path);
    }
}
