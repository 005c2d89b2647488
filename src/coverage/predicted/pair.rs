//! One pair after the other, in memory that is used again.

use super::cells::Cell;
use super::clutter::{Clutter, class_at};
use super::options::{PredictOptions, PredictOptionsError, USUAL_STEP_M};
use super::{PairLevel, PairState, Place};
use crate::coverage::ground::{Gaps, Ground, GroundSampler, PathHeights};
use crate::geodesy::{LatLon, distance_and_bearing};
use crate::propagation::link_budget::Pattern;
use crate::propagation::{Distances, Link, ModelKind, PathLoss, Profile};

/// Nearer than this there is no path to speak of, and free space over the slant is taken, m.
pub(super) const NEAR_M: f64 = 50.0;
/// A path has so many steps at least: fewer make no terrain for P.1812.
const FEWEST_STEPS: f64 = 10.0;
/// Shares that are equal but for so much are equal.
const SHARE_ROUNDING: f64 = 1e-6;
/// Radius of the earth with standard refraction, m, for the elevation at which an antenna sees a receiver.
const EFFECTIVE_RADIUS_M: f64 = 8_495_000.0;

/// Everything that one thread needs, for one mast at a time.
pub(super) struct Predictor<'a, G: Ground> {
    ground: &'a G,
    options: &'a PredictOptions,
    sampler: G::Sampler<'a>,
    path: PathHeights,
    clutter: Clutter,
    found: Vec<Found>,
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

/// What is found at one place of a village.
#[derive(Clone, Copy)]
struct Found {
    /// The cell of the highest level, by number.
    cell: usize,
    /// The place, by its number in the village.
    place: usize,
    share: f64,
    distance_m: f64,
    level_dbm: f64,
    second_level_dbm: f64,
    bridged: bool,
}

/// Why there is no level at a place.
#[derive(Clone, Copy)]
struct NotKnown {
    distance_m: f64,
    /// For want of land cover alone.
    cover: bool,
}

impl<'a, G: Ground> Predictor<'a, G> {
    pub fn new(ground: &'a G, options: &'a PredictOptions) -> Predictor<'a, G> {
        let (sampler, path) = (ground.sampler(), PathHeights::default());
        let clutter = Clutter::default();
        let found = Vec::new();
        Predictor { ground, options, sampler, path, clutter, found, distances: None, mast: Vec::new() }
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

    /// The level in a village: that of the place with which, from the highest level down, the share asked for is reached.
    pub fn pair(&mut self, village: u32, places: &[Place]) -> PairLevel {
        self.decide(village, places).0
    }

    /// The level in a village, and the number of the place that decides; `None` where it is unknown.
    pub fn decide(&mut self, village: u32, places: &[Place]) -> (PairLevel, Option<usize>) {
        let unknown = |why: NotKnown, served_share: f64| PairLevel {
            village,
            state: PairState::Unknown,
            cover_unknown: why.cover,
            bridged: false,
            second_agrees: None,
            served_share,
            distance_m: why.distance_m,
            level_dbm: f64::NAN,
            second_level_dbm: f64::NAN,
            sigma_db: f64::NAN,
        };
        const NOWHERE: NotKnown = NotKnown { distance_m: f64::NAN, cover: false };
        let mut not_known: Option<NotKnown> = None;
        let mut bridged = false;
        self.found.clear();
        for (number, place) in places.iter().enumerate() {
            match self.best_cell(place.position) {
                Ok(found) => {
                    bridged |= found.bridged;
                    self.found.push(Found { place: number, share: place.share, ..found });
                }
                Err(why) => not_known = not_known.or(Some(why)),
            }
        }
        self.found.sort_by(|a, b| b.level_dbm.total_cmp(&a.level_dbm));
        let served = |found: &Found| self.mast[found.cell].judges_served(found.level_dbm);
        let known: f64 = self.found.iter().map(|found| found.share).sum();
        // What rounding leaves is nobody.
        let rest = if known >= 1.0 - SHARE_ROUNDING { 0.0 } else { 1.0 - known };
        let of_served = self.found.iter().filter(|found| served(found)).map(|found| found.share);
        let served_share = of_served.sum::<f64>().min(1.0);
        // What is not known counts as the worst first, then as the best: where both say the same, it does not matter.
        let least = self.deciding(0.0).filter(|found| served(found));
        let most = self.deciding(rest).filter(|found| !served(found));
        let Some(found) = least.or(most) else {
            return (unknown(not_known.unwrap_or(NOWHERE), served_share), None);
        };
        let cell = &self.mast[found.cell];
        let second_agrees = cell.second.as_ref().and_then(|second| {
            let level = found.second_level_dbm;
            let says = cell.options.budget.judge(level, second.location_sigma_db()).served;
            (!level.is_nan()).then_some(says == least.is_some())
        });
        let level = PairLevel {
            village,
            state: if least.is_some() { PairState::Served } else { PairState::NotServed },
            cover_unknown: false,
            bridged,
            second_agrees,
            served_share,
            distance_m: found.distance_m,
            level_dbm: found.level_dbm,
            second_level_dbm: found.second_level_dbm,
            sigma_db: cell.options.budget.sigma_db(cell.model.location_sigma_db()),
        };
        (level, Some(found.place))
    }

    /// The level at one place by the cell that gives the highest; why not where none is known.
    fn best_cell(&mut self, place: LatLon) -> Result<Found, NotKnown> {
        let mut best: Option<Found> = None;
        let mut not_known = NotKnown { distance_m: f64::NAN, cover: false };
        for cell in 0..self.mast.len() {
            let mast = self.mast[cell];
            match self.place(&mast, place) {
                Ok(found) if best.is_none_or(|b| found.level_dbm > b.level_dbm) => {
                    best = Some(Found { cell, ..found });
                }
                Ok(_) => {}
                Err(why) => not_known = why,
            }
        }
        best.ok_or(not_known)
    }

    /// Of the places found, from the highest level down, that with which the share asked for is reached, if `before` comes
    /// first.
    fn deciding(&self, before: f64) -> Option<Found> {
        let enough = self.options.served_share - SHARE_ROUNDING;
        let mut reached = before;
        if reached >= enough {
            return None;
        }
        self.found.iter().copied().find(|found| {
            reached += found.share;
            reached >= enough
        })
    }

    /// The level at one place; the distance alone where the ground is not known or the model has no answer.
    fn place(&mut self, mast: &Standing, place: LatLon) -> Result<Found, NotKnown> {
        let unknown = |distance_m| NotKnown { distance_m, cover: false };
        let sees_terrain = mast.options.model.sees_terrain() || mast.second.is_some();
        if !sees_terrain {
            let (distance_m, bearing_deg) = distance_and_bearing(mast.position, place);
            let rise_m = 0.0;
            let loss_db = mast.model.loss_without_terrain_db(distance_m.max(10.0) / 1000.0);
            let loss_db = loss_db.map_err(|_| unknown(distance_m))?;
            let by_class = self.options.offsets.by_class();
            let class = if by_class { self.sampler.cover(place) } else { None };
            let level_dbm = self.level_dbm(mast, loss_db, bearing_deg, distance_m, rise_m, class);
            return Ok(Found {
                cell: 0,
                place: 0,
                share: 1.0,
                distance_m,
                level_dbm,
                second_level_dbm: f64::NAN,
                bridged: false,
            });
        }
        sample(&mut self.sampler, (mast.position, place), mast.step_m, &mut self.path);
        let distance_m = self.path.length_m;
        let gaps = self.path.bridge(self.options.max_gap_m);
        let bearing_deg = match mast.options.budget.options().antenna.pattern {
            Pattern::Omni => 0.0,
            _ => distance_and_bearing(mast.position, place).1,
        };
        let class = class_at(&self.path, self.path.heights_m.len() - 1);
        if distance_m < NEAR_M {
            if gaps == Gaps::TooLong {
                return Err(unknown(distance_m));
            }
            let loss_db = mast.model.loss_without_terrain_db(distance_m / 1000.0);
            let loss_db = loss_db.map_err(|_| unknown(distance_m))?;
            let level_dbm = self.level_dbm(mast, loss_db, bearing_deg, distance_m, 0.0, class);
            let second_level_dbm = if mast.second.is_some() { level_dbm } else { f64::NAN };
            return Ok(Found {
                cell: 0,
                place: 0,
                share: 1.0,
                distance_m,
                level_dbm,
                second_level_dbm,
                bridged: false,
            });
        }
        if gaps == Gaps::TooLong {
            return Err(unknown(distance_m));
        }
        self.clutter.read(&self.path, self.options);
        let heights_m = &self.path.heights_m;
        let points = heights_m.len();
        let distances = match &mut self.distances {
            Some(distances) => distances,
            none => none.insert(Distances::regular(1.0, 2).map_err(|_| unknown(distance_m))?),
        };
        distances.set_regular(distance_m / 1000.0, points).map_err(|_| unknown(distance_m))?;
        let profile = Profile::new(distances, heights_m).map_err(|_| unknown(distance_m))?;
        let cover_unknown = mast.model.uses_clutter() && !self.clutter.is_known(points);
        let loss_db = self.clutter.loss_db(&mast.model, &profile);
        let loss_db = loss_db.ok_or(NotKnown { distance_m, cover: cover_unknown })?;
        let second_db = mast.second.as_ref().and_then(|second| self.clutter.loss_db(second, &profile));
        let rise_m = heights_m[points - 1] - heights_m[0];
        let level = |model: ModelKind, loss_db: f64| {
            let rise_m = seen_rise_m(model, rise_m);
            self.level_dbm(mast, loss_db, bearing_deg, distance_m, rise_m, class)
        };
        let level_dbm = level(mast.options.model, loss_db);
        let second_level_dbm =
            mast.options.second.zip(second_db).map_or(f64::NAN, |(second, db)| level(second.0, db));
        let bridged = gaps == Gaps::Bridged || self.clutter.is_filled(points);
        Ok(Found { cell: 0, place: 0, share: 1.0, distance_m, level_dbm, second_level_dbm, bridged })
    }

    fn level_dbm(
        &self,
        mast: &Standing,
        loss_db: f64,
        bearing_deg: f64,
        distance_m: f64,
        rise_m: f64,
        class: Option<u8>,
    ) -> f64 {
        let place = (bearing_deg, distance_m, rise_m);
        level_dbm(&mast.options, mast.model.link(), loss_db, place, class)
    }
}

/// The mean level at the end of a path: bearing from the mast (degrees), length (m), and how much higher the receiver's
/// ground is than the mast's (m); with the offset of the land cover's class there.
pub(super) fn level_dbm(
    options: &PredictOptions,
    link: &Link,
    loss_db: f64,
    (bearing_deg, distance_m, rise_m): (f64, f64, f64),
    class: Option<u8>,
) -> f64 {
    let elevation_deg = elevation_deg(link, distance_m, rise_m);
    options.budget.level_dbm(loss_db, bearing_deg, elevation_deg) + options.offsets.db(class)
}

/// How much higher the receiver's ground is than the mast's, as far as a model sees terrain: to a baseline it is flat, in
/// every command, whether or not elevation is at hand.
pub(super) fn seen_rise_m(model: ModelKind, rise_m: f64) -> f64 {
    if model.sees_terrain() { rise_m } else { 0.0 }
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
