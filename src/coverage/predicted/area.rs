//! The level of one site in every pixel of a map.
//!
//! Not a path for each pixel: radials go out from the site to the rim, so many that at the rim they are half a pixel
//! apart; heights are read once along each, a pixel apart, and the model is evaluated over the radial's beginning, up to
//! the sample next to each pixel's centre. What is evaluated is thus the model itself over a true profile, whose end lies
//! at most half a pixel along and a quarter of a pixel across from the pixel's centre.
//!
//! Unknown ground is unknown level, for the pixel and for all behind it, but for gaps that
//! [`PredictOptions::max_gap_m`] allows to bridge.

use rayon::prelude::*;

use super::cells::{Cell, cells};
use super::clutter::{Clutter, class_at};
use super::options::{MAX_BOUND_M, PredictOptions, PredictOptionsError};
use super::pair::{NEAR_M, level_dbm, seen_rise_m};
use super::{Mast, PredictError};
use crate::coverage::ground::{Ground, GroundSampler, PathHeights};
use crate::coverage::{Grid, Raster};
use crate::geodesy::{Ecef, LatLon, destination};
use crate::propagation::{Distances, PathLoss, Profile, ProfileError, Radial, RadialMemory};

/// Radials at the rim are so many pixels apart.
const RIM_SPACING: f64 = 0.5;
/// Radius of the earth, m, for the difference between chord and arc (8 mm over 20 km).
const EARTH_RADIUS_M: f64 = 6_371_000.0;
/// Not within reach.
const OUTSIDE: u32 = u32::MAX;

/// How many pixels there are of each kind.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct PixelCounts {
    /// Within the radius.
    pub within: u64,
    /// Of these, without a level: the ground there or on the way is not known, or the model has no answer.
    pub unknown: u64,
    /// Of these, for want of land cover alone.
    pub cover_unknown: u64,
    /// Of those with a level, over a short gap that was bridged.
    pub bridged: u64,
}

/// The level of one site in every pixel.
#[derive(Debug, Clone, PartialEq)]
pub struct AreaLevels {
    /// Mean level, dBm; NaN outside of the radius and where it is not known.
    pub level_dbm: Raster,
    /// Whether a pixel lies within the radius and its level is not known.
    pub unknown: Vec<bool>,
    /// How many there are.
    pub counts: PixelCounts,
    /// Radials that were cast.
    pub radials: usize,
    /// The mean level from which a place counts as served with the probability asked for, dBm.
    pub served_dbm: f64,
}

/// One radial's share of the map.
struct Share {
    /// Pixel and level; NaN where not known.
    levels: Vec<(u32, f32)>,
    bridged: u64,
    cover_unknown: u64,
}

/// Predicts the level of a mast in every pixel of `grid` within `radius_m`. Spread over the threads of the rayon pool that
/// the caller runs in; the result does not depend on their number.
///
/// # Errors
/// [`PredictError`] where the options are outside of the model's limits.
pub fn predict_area<G: Ground>(
    (position, mast): (LatLon, &Mast<'_>),
    ground: &G,
    options: &PredictOptions,
    (grid, radius_m): (&Grid, f64),
) -> Result<AreaLevels, PredictError> {
    let mut all: Option<AreaLevels> = None;
    for cell in cells(mast, options)? {
        let of_cell = predict_cell((position, &cell), ground, (grid, radius_m))?;
        all = Some(match all {
            Some(levels) => better_of(levels, &of_cell),
            None => of_cell,
        });
    }
    all.ok_or(PredictError::NoAntenna(options.budget.options().technology.level_name()))
}

/// The higher level in each pixel; where one of the two is not known, the other.
fn better_of(mut levels: AreaLevels, other: &AreaLevels) -> AreaLevels {
    let places = levels.level_dbm.values_mut().iter_mut().zip(other.level_dbm.values());
    for ((level, other), unknown) in places.zip(&mut levels.unknown) {
        // NaN is not greater than anything, and nothing is greater than NaN.
        *level = if level.is_nan() { *other } else { level.max(*other) };
        *unknown &= level.is_nan();
    }
    levels.counts.unknown = levels.unknown.iter().filter(|u| **u).count() as u64;
    levels.counts.bridged = levels.counts.bridged.max(other.counts.bridged);
    levels.counts.cover_unknown = levels.counts.cover_unknown.min(other.counts.cover_unknown);
    // Frequencies differ a little in how places vary: what both take for served is.
    levels.served_dbm = levels.served_dbm.max(other.served_dbm);
    levels
}

fn predict_cell<G: Ground>(
    (position, cell): (LatLon, &Cell),
    ground: &G,
    (grid, radius_m): (&Grid, f64),
) -> Result<AreaLevels, PredictError> {
    let options = &cell.options;
    options.check()?;
    let (model, _) = options.models(position, cell.height_agl_m)?;
    let served_dbm =
        options.budget.options().threshold_dbm + options.budget.fade_margin_db(model.location_sigma_db());
    let step_m = grid.pixel_m();
    let samples = (radius_m / step_m).ceil() as usize + 1;
    let radials = (std::f64::consts::TAU * radius_m / (RIM_SPACING * step_m)).ceil().max(8.0) as usize;
    let places = places(position, grid, radius_m, step_m, radials);
    let (starts, order) = by_radial(&places, radials);
    let distances = Distances::regular(step_m, samples + 1).map_err(|_| PredictOptionsError::Distance {
        name: "pixel_m",
        found: step_m,
        most: MAX_BOUND_M,
    })?;
    let caster =
        Caster { position, step_m, samples, radials, options, model, distances: &distances, places: &places };
    let shares: Vec<Share> = (0..radials)
        .into_par_iter()
        .with_min_len(16)
        .map_init(
            || (ground.sampler(), Memory::default()),
            |(sampler, memory), radial| {
                caster.cast(radial, &order[starts[radial]..starts[radial + 1]], sampler, memory)
            },
        )
        .collect();
    let mut raster = Raster::unknown(*grid);
    let mut unknown = vec![false; grid.pixels()];
    let mut counts = PixelCounts::default();
    for share in &shares {
        counts.bridged += share.bridged;
        counts.cover_unknown += share.cover_unknown;
        for &(pixel, level) in &share.levels {
            counts.within += 1;
            counts.unknown += u64::from(level.is_nan());
            unknown[pixel as usize] = level.is_nan();
            raster.values_mut()[pixel as usize] = level;
        }
    }
    Ok(AreaLevels { level_dbm: raster, unknown, counts, radials, served_dbm })
}

/// The radial and the sample next to each pixel's centre; `OUTSIDE` beyond the radius.
fn places(site: LatLon, grid: &Grid, radius_m: f64, step_m: f64, radials: usize) -> Vec<(u32, u32)> {
    let origin = Ecef::from(site);
    let (sin_lat, cos_lat) = site.lat_deg().to_radians().sin_cos();
    let (sin_lon, cos_lon) = site.lon_deg().to_radians().sin_cos();
    let per_radian = radials as f64 / std::f64::consts::TAU;
    let mut places = vec![(OUTSIDE, 0); grid.pixels()];
    places.par_chunks_mut(grid.columns.max(1)).enumerate().for_each(|(row, places)| {
        let lat = grid.lat_deg(row as f64);
        for (column, place) in places.iter_mut().enumerate() {
            let Ok(pixel) = LatLon::from_degrees(lat, grid.lon_deg(column as f64)) else { continue };
            let pixel = Ecef::from(pixel);
            let (x, y, z) = (pixel.x_m - origin.x_m, pixel.y_m - origin.y_m, pixel.z_m - origin.z_m);
            let chord2 = x * x + y * y + z * z;
            let chord = chord2.sqrt();
            let distance_m = chord * (1.0 + chord2 / (24.0 * EARTH_RADIUS_M * EARTH_RADIUS_M));
            if distance_m > radius_m {
                continue;
            }
            // The azimuth of the normal section: over 100 km within a millionth of a degree of the geodesic's.
            let east = cos_lon * y - sin_lon * x;
            let north = cos_lat * z - sin_lat * (cos_lon * x + sin_lon * y);
            let radial = (east.atan2(north) * per_radian).round().rem_euclid(radials as f64) as u32;
            *place = (radial, (distance_m / step_m).round() as u32);
        }
    });
    places
}

/// Where each radial's pixels start, and the pixels by radial and sample.
fn by_radial(places: &[(u32, u32)], radials: usize) -> (Vec<usize>, Vec<u32>) {
    let mut starts = vec![0; radials + 1];
    for (radial, _) in places.iter().filter(|p| p.0 != OUTSIDE) {
        starts[*radial as usize + 1] += 1;
    }
    for radial in 0..radials {
        starts[radial + 1] += starts[radial];
    }
    let mut next = starts.clone();
    let mut order = vec![0; starts[radials]];
    for (pixel, (radial, _)) in places.iter().enumerate().filter(|(_, p)| p.0 != OUTSIDE) {
        order[next[*radial as usize]] = pixel as u32;
        next[*radial as usize] += 1;
    }
    for radial in 0..radials {
        order[starts[radial]..starts[radial + 1]].sort_unstable_by_key(|&p| (places[p as usize].1, p));
    }
    (starts, order)
}

/// What one radial leaves to the next: memory.
#[derive(Default)]
struct Memory {
    path: PathHeights,
    clutter: Clutter,
    radial: RadialMemory,
}

/// What all radials share.
struct Caster<'a> {
    position: LatLon,
    step_m: f64,
    samples: usize,
    radials: usize,
    options: &'a PredictOptions,
    model: PathLoss,
    distances: &'a Distances,
    places: &'a [(u32, u32)],
}

impl Caster<'_> {
    fn cast(
        &self,
        radial: usize,
        pixels: &[u32],
        sampler: &mut impl GroundSampler,
        memory: &mut Memory,
    ) -> Share {
        let Memory { path, clutter, radial: seen } = memory;
        let unknown = || {
            let levels = pixels.iter().map(|&p| (p, f32::NAN)).collect();
            Share { levels, bridged: 0, cover_unknown: 0 }
        };
        let azimuth_deg = 360.0 * radial as f64 / self.radials as f64;
        let length_m = self.step_m * self.samples as f64;
        let Some(end) = destination(self.position, azimuth_deg, length_m) else { return unknown() };
        sampler.path(self.position, end, self.step_m, path);
        if path.heights_m.len() != self.samples + 1 {
            return unknown();
        }
        let known: Vec<bool> = path.heights_m.iter().map(|h| !h.is_nan()).collect();
        let (reach, bridges) = bridge_from_start(&mut path.heights_m, self.options.max_gap_m / self.step_m);
        clutter.read(path, self.options);
        let mut along = self.along(&path.heights_m[..reach], clutter, seen);
        let levels = Vec::with_capacity(pixels.len());
        let mut share = Share { levels, bridged: 0, cover_unknown: 0 };
        let asks_cover = self.model.uses_clutter();
        let mut last = (u32::MAX, f32::NAN);
        for &pixel in pixels {
            let sample = self.places[pixel as usize].1;
            if sample != last.0 {
                let usable = known.get(sample as usize) == Some(&true) && (sample as usize) < reach;
                let level = if usable {
                    self.level(path, along.as_mut(), sample as usize, azimuth_deg)
                } else {
                    None
                };
                last = (sample, level.map_or(f32::NAN, |level| level as f32));
            }
            let sample = sample as usize;
            let filled = asks_cover && clutter.is_filled(sample + 1);
            let crossed = bridges.is_some_and(|first| sample > first) || filled;
            share.bridged += u64::from(crossed && !last.1.is_nan());
            let ground_known = known.get(sample) == Some(&true) && sample < reach;
            let without_cover = asks_cover && ground_known && !clutter.is_known(sample + 1);
            share.cover_unknown += u64::from(without_cover && last.1.is_nan());
            share.levels.push((pixel, last.1));
        }
        share
    }

    /// The model along a radial, as far as it knows the ground there; `None` where that is nowhere.
    fn along<'a>(
        &'a self,
        heights_m: &'a [f64],
        clutter: &'a Clutter,
        memory: &'a mut RadialMemory,
    ) -> Option<Radial<'a>> {
        let heights_m = match Profile::new(self.distances, heights_m) {
            Err(ProfileError::Height { index, .. }) => &heights_m[..index],
            _ => heights_m,
        };
        if !self.model.uses_clutter() || !clutter.is_on() {
            let path = Profile::new(self.distances, heights_m).ok()?;
            return Some(Radial::new(&self.model, path, memory));
        }
        let clutter_m = clutter.beginning(heights_m.len());
        let path = Profile::new(self.distances, &heights_m[..clutter_m.len()]).ok()?;
        Some(Radial::new(&self.model, path.with_clutter(clutter_m).ok()?, memory))
    }

    /// The level at a sample, dBm; `None` where the model has no answer.
    fn level(
        &self,
        path: &PathHeights,
        along: Option<&mut Radial<'_>>,
        sample: usize,
        azimuth_deg: f64,
    ) -> Option<f64> {
        let heights_m = &path.heights_m;
        let distance_m = self.step_m * sample as f64;
        let rise_m = seen_rise_m(self.options.model, heights_m[sample] - heights_m[0]);
        let loss_db = if distance_m < NEAR_M {
            self.model.loss_without_terrain_db(distance_m / 1000.0).ok()?
        } else {
            along?.loss_to_db(sample)?
        };
        let place = (azimuth_deg, distance_m, if distance_m < NEAR_M { 0.0 } else { rise_m });
        Some(level_dbm(self.options, self.model.link(), loss_db, place, class_at(path, sample)))
    }
}

/// Draws straight lines over gaps of at most `most_steps` steps; gives how many points from the start on are then
/// known without a break, and where the first bridge is.
fn bridge_from_start(heights_m: &mut [f64], most_steps: f64) -> (usize, Option<usize>) {
    if heights_m.first().is_none_or(|h| h.is_nan()) {
        return (0, None);
    }
    let (mut last, mut first_bridge) = (0, None);
    for i in 1..heights_m.len() {
        if heights_m[i].is_nan() {
            continue;
        }
        let steps = i - last;
        if steps > 1 {
            if steps as f64 > most_steps {
                break;
            }
            let (from, to) = (heights_m[last], heights_m[i]);
            for k in 1..steps {
                heights_m[last + k] = from + (to - from) * k as f64 / steps as f64;
            }
            first_bridge = first_bridge.or(Some(last));
        }
        last = i;
    }
    (last + 1, first_bridge)
}

/// The greatest level of several sites in each pixel, and the number of the site that has it (the first of equals).
/// `None` for a pixel in which no site's level is known.
pub fn best_of(levels: &[AreaLevels]) -> Vec<Option<(usize, f32)>> {
    let pixels = levels.first().map_or(0, |l| l.level_dbm.values().len());
    (0..pixels)
        .map(|pixel| {
            let known = levels.iter().enumerate().map(|(site, l)| (site, l.level_dbm.values()[pixel]));
            known.filter(|(_, level)| !level.is_nan()).fold(
                None,
                |best: Option<(usize, f32)>, (site, level)| {
                    if best.is_some_and(|(_, b)| b >= level) { best } else { Some((site, level)) }
                },
            )
        })
        .collect()
}

/// Made-up ground.
#[cfg(test)]
pub(super) mod test_ground {
    use super::*;
    use crate::geodesy::distance_and_bearing;
    use crate::propagation::ModelKind;
    use crate::propagation::link_budget::{LinkBudget, Preset};

    /// Hills everywhere, unknown north of a latitude.
    pub struct Hills {
        pub unknown_north_of: f64,
    }

    impl Ground for Hills {
        type Sampler<'a> = &'a Hills;
        fn sampler(&self) -> &Hills {
            self
        }
        fn resolution_m(&self, _: LatLon) -> Option<f64> {
            Some(30.0)
        }
    }

    impl GroundSampler for &Hills {
        fn height_m(&mut self, at: LatLon) -> Option<f64> {
            let (x, y) = (at.lon_deg() * 700.0, at.lat_deg() * 900.0);
            (at.lat_deg() < self.unknown_north_of)
                .then(|| 300.0 + 90.0 * x.sin() + 60.0 * (y + 0.4 * x).cos())
        }
        fn path(&mut self, from: LatLon, to: LatLon, step_m: f64, path: &mut PathHeights) {
            sample(|at| self.height_m(at), (from, to), step_m, path);
        }
    }

    fn sample(
        mut height: impl FnMut(LatLon) -> Option<f64>,
        (from, to): (LatLon, LatLon),
        step_m: f64,
        path: &mut PathHeights,
    ) {
        let (length_m, bearing) = distance_and_bearing(from, to);
        let steps = (length_m / step_m - 1e-9).ceil().max(1.0) as usize;
        path.length_m = length_m;
        path.heights_m.clear();
        for i in 0..=steps {
            let at = destination(from, bearing, length_m * i as f64 / steps as f64).unwrap();
            path.heights_m.push(height(at).unwrap_or(f64::NAN));
        }
    }

    /// Flat, with a wall along a meridian.
    pub struct Wall;

    impl Wall {
        pub const LON_DEG: f64 = 104.53;
        pub const TOP_M: f64 = 180.0;
    }

    impl Ground for Wall {
        type Sampler<'a> = &'a Wall;
        fn sampler(&self) -> &Wall {
            self
        }
        fn resolution_m(&self, _: LatLon) -> Option<f64> {
            Some(30.0)
        }
    }

    impl GroundSampler for &Wall {
        fn height_m(&mut self, at: LatLon) -> Option<f64> {
            // 40 m thick: a step of 30 m cannot miss it.
            let off_m = (at.lon_deg() - Wall::LON_DEG).abs() * 105_000.0;
            Some(if off_m <= 20.0 { Wall::TOP_M } else { 100.0 })
        }
        fn path(&mut self, from: LatLon, to: LatLon, step_m: f64, path: &mut PathHeights) {
            sample(|at| self.height_m(at), (from, to), step_m, path);
        }
    }

    pub fn usual_options() -> PredictOptions {
        PredictOptions {
            model: ModelKind::P1812,
            second: None,
            budget: LinkBudget::new(&Preset::Lte900.options()).unwrap(),
            max_m: 15_000.0,
            mast_height_m: 30.0,
            step_m: None,
            max_gap_m: 200.0,
            time_percent: 50.0,
            dn: 45.0,
            n0: 370.0,
            served_share: 1.0,
            whole_distance: false,
            clutter: None,
            offsets: crate::coverage::predicted::LevelOffsets::default(),
            by_band: crate::coverage::predicted::OffsetsByBand::default(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::test_ground::{Hills, usual_options};
    use super::*;

    fn site() -> LatLon {
        LatLon::from_degrees(19.2, 104.6).unwrap()
    }

    fn area(ground: &Hills, radius_m: f64, threads: usize) -> AreaLevels {
        let grid = Grid::around(&[site()], radius_m, 30.0).unwrap();
        let mast = Mast { position: Some(site()), height_agl_m: Some(42.0), antennas: &[] };
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        let options = usual_options();
        pool.install(|| predict_area((site(), &mast), ground, &options, (&grid, radius_m))).unwrap()
    }

    /// The level by a path of its own to the pixel's centre.
    fn directly(ground: &Hills, to: LatLon) -> f64 {
        let options = usual_options();
        let (model, _) = options.models(site(), Some(42.0)).unwrap();
        let mut path = PathHeights::default();
        ground.sampler().path(site(), to, 30.0, &mut path);
        let points = path.heights_m.len();
        let mut distances = Distances::regular(1.0, 2).unwrap();
        distances.set_regular(path.length_m / 1000.0, points).unwrap();
        let loss = model.loss_db(&Profile::new(&distances, &path.heights_m).unwrap()).unwrap();
        let rise = path.heights_m[points - 1] - path.heights_m[0];
        level_dbm(&options, model.link(), loss, (0.0, path.length_m, rise), None)
    }

    #[test]
    fn a_pixel_has_the_level_of_its_own_path() {
        let ground = Hills { unknown_north_of: 90.0 };
        let area = area(&ground, 4_000.0, 2);
        let grid = *area.level_dbm.grid();
        let mut differences = Vec::new();
        for pixel in (0..grid.pixels()).step_by(97) {
            let Some(level) = area.level_dbm.get(pixel / grid.columns, pixel % grid.columns) else {
                continue;
            };
            let to = LatLon::from_degrees(
                grid.lat_deg((pixel / grid.columns) as f64),
                grid.lon_deg((pixel % grid.columns) as f64),
            )
            .unwrap();
            if crate::geodesy::distance_m(site(), to) < 250.0 {
                continue;
            }
            differences.push((f64::from(level) - directly(&ground, to)).abs());
        }
        differences.sort_unstable_by(f64::total_cmp);
        assert!(differences.len() > 400, "{}", differences.len());
        let at = |share: f64| differences[(share * (differences.len() - 1) as f64) as usize];
        // The end lies up to half a pixel elsewhere: on these slopes that moves the receiver by some metres.
        assert!(at(0.5) < 0.3 && at(0.95) < 2.0, "median {} dB, 95 % {} dB", at(0.5), at(0.95));
        assert_eq!(area.counts.unknown, 0);
        let circle = std::f64::consts::PI * 4000.0 * 4000.0 / 900.0;
        assert!((area.counts.within as f64 / circle - 1.0).abs() < 0.01, "{:?}", area.counts);
    }

    #[test]
    fn any_number_of_threads_gives_the_same() {
        let ground = Hills { unknown_north_of: 90.0 };
        let bits = |a: &AreaLevels| a.level_dbm.values().iter().map(|v| v.to_bits()).collect::<Vec<_>>();
        assert_eq!(bits(&area(&ground, 1_500.0, 1)), bits(&area(&ground, 1_500.0, 3)));
    }

    #[test]
    fn behind_unknown_ground_nothing_is_known() {
        let area = area(&Hills { unknown_north_of: 19.21 }, 3_000.0, 2);
        let grid = *area.level_dbm.grid();
        assert!(
            area.counts.unknown > 1000 && area.counts.unknown < area.counts.within / 2,
            "{:?}",
            area.counts
        );
        for pixel in 0..grid.pixels() {
            let lat = grid.lat_deg((pixel / grid.columns) as f64);
            let known = !area.level_dbm.values()[pixel].is_nan();
            assert!(!(known && area.unknown[pixel]));
            assert!(!(known && lat > 19.2102), "a level at {lat}");
            assert!(!(area.unknown[pixel] && lat < 19.2095), "no level at {lat}");
        }
    }

    #[test]
    fn short_gaps_are_bridged_up_to_the_first_long_one() {
        let nan = f64::NAN;
        let mut heights = [1.0, 2.0, nan, 4.0, nan, nan, nan, 5.0];
        assert_eq!(bridge_from_start(&mut heights, 2.0), (4, Some(1)));
        assert_eq!(heights[..4], [1.0, 2.0, 3.0, 4.0]);
        assert_eq!(bridge_from_start(&mut [nan, 1.0], 9.0), (0, None));
    }

    #[test]
    fn the_best_server_is_the_strongest_and_of_equals_the_first() {
        let grid = Grid { rows: 1, columns: 3, ..Grid::around(&[site()], 100.0, 30.0).unwrap() };
        let levels = |values: [f32; 3]| AreaLevels {
            level_dbm: Raster::from_fn(grid, |_, column| values[column]),
            unknown: vec![false; 3],
            counts: PixelCounts::default(),
            radials: 1,
            served_dbm: -104.6,
        };
        let best = best_of(&[levels([-80.0, f32::NAN, f32::NAN]), levels([-80.0, -90.0, f32::NAN])]);
        assert_eq!(best, [Some((0, -80.0)), Some((1, -90.0)), None]);
    }
}
