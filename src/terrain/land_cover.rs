//! Land cover: what stands on the ground, as classes of ESA WorldCover, and how tall it counts in P.1812.
//!
//! In: a GeoTIFF of classes, or a folder of them. Out: the class of the nearest pixel, at a position or along a path; and
//! [`ClutterHeights`], a height for each class. Without a pixel, or for a number that is no class of WorldCover, the class is
//! unknown, which is not a height of 0. Source of the classes: ESA WorldCover 10 m v200, Product User Manual, Table 1.

use std::path::{Path, PathBuf};

use super::TerrainOptions;
use super::error::TerrainError;
use super::geotiff::Meaning;
use super::mosaic::Mosaic;
use super::page::Page;
use super::path::Path as Line;
use super::raster::Raster;
use super::sampler::Sampler;
use crate::geodesy::LatLon;

/// What stands where nothing is known of it. No class of WorldCover has this number.
pub const UNKNOWN_COVER: u8 = 0;

/// Files that are looked into when a folder is opened, and places a side in each.
const LOOKED_AT: usize = 8;
const LATTICE: usize = 5;

/// A class of WorldCover.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CoverClass {
    /// Its number in the rasters.
    pub code: u8,
    /// Its key in study files.
    pub key: &'static str,
    /// Its name in English.
    pub en: &'static str,
    /// Its name in Vietnamese.
    pub vi: &'static str,
}

const fn class(code: u8, key: &'static str, en: &'static str, vi: &'static str) -> CoverClass {
    CoverClass { code, key, en, vi }
}

/// The classes of ESA WorldCover v200.
pub const COVER_CLASSES: [CoverClass; 11] = [
    class(10, "tree_cover", "tree cover", "cây gỗ, rừng"),
    class(20, "shrubland", "shrubland", "cây bụi"),
    class(30, "grassland", "grassland", "đồng cỏ"),
    class(40, "cropland", "cropland", "đất trồng trọt"),
    class(50, "built_up", "built-up", "đất xây dựng"),
    class(60, "bare", "bare or sparse", "đất trống"),
    class(70, "snow_ice", "snow and ice", "băng tuyết"),
    class(80, "water", "water", "mặt nước"),
    class(90, "wetland", "herbaceous wetland", "đất ngập nước"),
    class(95, "mangroves", "mangroves", "rừng ngập mặn"),
    class(100, "moss_lichen", "moss and lichen", "rêu, địa y"),
];

impl CoverClass {
    /// The class of a number; `None` for one that is no class.
    pub fn of(code: u8) -> Option<CoverClass> {
        number_of(code).map(|number| COVER_CLASSES[number])
    }

    /// The class of a key.
    pub fn from_key(key: &str) -> Option<CoverClass> {
        COVER_CLASSES.into_iter().find(|class| class.key == key)
    }
}

/// The place of a class in [`COVER_CLASSES`].
pub fn number_of(code: u8) -> Option<usize> {
    match code {
        95 => Some(9),
        100 => Some(10),
        10..=90 if code.is_multiple_of(10) => Some(usize::from(code / 10) - 1),
        _ => None,
    }
}

/// A clutter height that does not occur.
#[derive(Debug, Clone, Copy, PartialEq, thiserror::Error)]
#[error("{key} = {found}: give a height of 0 to {} m above ground", ClutterHeights::MOST_M)]
pub struct ClutterHeightError {
    /// The class.
    pub key: &'static str,
    /// What was found, m.
    pub found: f64,
}

/// How tall each class counts as clutter, m above ground.
///
/// Default: the representative clutter heights of ITU-R P.1812-8, §3.2.1: water and open or rural land 0 m, suburban 10 m,
/// urban, trees and forest 15 m, dense urban 20 m. WorldCover does not tell towns from villages: built-up land counts as
/// suburban. Shrubs, grass, crops and herbs count as open land.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ClutterHeights([f64; COVER_CLASSES.len()]);

impl Default for ClutterHeights {
    fn default() -> ClutterHeights {
        const TREES_M: f64 = 15.0;
        const SUBURBAN_M: f64 = 10.0;
        ClutterHeights(COVER_CLASSES.map(|class| match class.code {
            10 | 95 => TREES_M,
            50 => SUBURBAN_M,
            _ => 0.0,
        }))
    }
}

impl ClutterHeights {
    /// The tallest that a class may be, m.
    pub const MOST_M: f64 = 100.0;

    /// Sets the height of a class, m.
    ///
    /// # Errors
    /// A height below 0 or above [`MOST_M`](Self::MOST_M), or no number.
    pub fn set(&mut self, class: CoverClass, height_m: f64) -> Result<(), ClutterHeightError> {
        if !(0.0..=ClutterHeights::MOST_M).contains(&height_m) {
            return Err(ClutterHeightError { key: class.key, found: height_m });
        }
        if let Some(number) = number_of(class.code) {
            self.0[number] = height_m;
        }
        Ok(())
    }

    /// The height of a class, m; `None` for a number that is no class.
    pub fn height_m(&self, code: u8) -> Option<f64> {
        number_of(code).map(|number| self.0[number])
    }
}

/// An opened land-cover raster, or a folder of them.
#[derive(Debug)]
pub struct LandCover {
    mosaic: Mosaic,
}

impl LandCover {
    /// Opens a GeoTIFF of classes or a folder of them.
    ///
    /// # Errors
    /// As [`Terrain::open`](super::Terrain::open); also where the values are no whole numbers, or not those of classes.
    pub fn open(path: &Path, options: &TerrainOptions) -> Result<LandCover, TerrainError> {
        let cover = LandCover { mosaic: Mosaic::open(path, Meaning::Class, options.cache_bytes)? };
        cover.mosaic.rasters.iter().take(LOOKED_AT).try_for_each(|raster| cover.check(raster))?;
        Ok(cover)
    }

    /// Whether a raster holds classes at all: elevation, or classes of another kind, would be unknown everywhere or, worse,
    /// wrong where a height happens to be a class's number. At least half of what is looked at must be classes.
    fn check(&self, raster: &Raster) -> Result<(), TerrainError> {
        let mut sampler = Sampler::new(&self.mosaic);
        let bounds = raster.bounds;
        let part = |low: f64, high: f64, n: usize| low + (high - low) * (n as f64 + 0.5) / LATTICE as f64;
        let places = (0..LATTICE).flat_map(|row| (0..LATTICE).map(move |column| (row, column)));
        let values: Vec<f32> = places
            .filter_map(|(row, column)| {
                let lat = part(bounds.south_deg, bounds.north_deg, row);
                let at = LatLon::from_degrees(lat, part(bounds.west_deg, bounds.east_deg, column)).ok()?;
                // 0 is no data, also where the file does not say so.
                sampler.first(at, Page::nearest).filter(|value| *value != f32::from(UNKNOWN_COVER))
            })
            .collect();
        let is_class = |value: &&f32| class_of(**value).is_some();
        let classes = values.iter().filter(is_class).count();
        match values.iter().find(|value| !is_class(value)) {
            Some(found) if 2 * classes < values.len() => Err(TerrainError::unreadable(
                &raster.path,
                format!(
                    "no land cover: only {classes} of {} values looked at are classes of ESA WorldCover, others are such as {found}",
                    values.len()
                ),
                "Give a raster of WorldCover classes (10, 20 … 100) as land_cover; elevation goes under terrain",
            )),
            _ => Ok(()),
        }
    }

    /// Classes for one thread.
    pub fn sampler(&self) -> LandCoverSampler<'_> {
        LandCoverSampler { sampler: Sampler::new(&self.mosaic) }
    }

    /// Files that turned out to be damaged when their classes were asked for.
    pub fn faults(&self) -> Vec<TerrainError> {
        self.mosaic.faults()
    }

    /// The files.
    pub fn files(&self) -> impl Iterator<Item = &PathBuf> {
        self.mosaic.rasters.iter().map(|raster| &raster.path)
    }
}

/// Reads classes without locks as long as the positions stay near each other.
#[derive(Debug)]
pub struct LandCoverSampler<'a> {
    sampler: Sampler<'a>,
}

impl LandCoverSampler<'_> {
    /// The class of the nearest pixel; `None` where there is none, it has no data, or its number is no class of WorldCover.
    pub fn class(&mut self, at: LatLon) -> Option<u8> {
        self.sampler.first(at, Page::nearest).and_then(class_of)
    }

    /// The classes at the points of a [`PathProfile`](super::PathProfile) between the same places with as many points (at
    /// least 2), [`UNKNOWN_COVER`] where not known. Allocates nothing once `out` has held as many. Returns how many are unknown.
    pub fn classes_along(&mut self, from: LatLon, to: LatLon, points: usize, out: &mut Vec<u8>) -> usize {
        let points = points.clamp(2, super::MAX_POINTS);
        let line = Line::new(from, to);
        out.clear();
        out.resize(points, UNKNOWN_COVER);
        match line.pieces(points) {
            Some(pieces) => {
                let mut set = |i: usize, value: Option<f32>| {
                    out[i] = value.and_then(class_of).unwrap_or(UNKNOWN_COVER);
                };
                for piece in pieces {
                    // The first point of a piece is the last of the one before.
                    let first = piece.first + usize::from(piece.first > 0);
                    self.sampler.nearest_along(&piece, (first, piece.last), &mut set);
                }
            }
            None => {
                for (i, class) in out.iter_mut().enumerate() {
                    let known = line.exact(i, points).and_then(|at| self.class(at));
                    *class = known.unwrap_or(UNKNOWN_COVER);
                }
            }
        }
        // The ends to the last bit as a single position has them: offsets by class go by the receiver's.
        for (end, at) in [(0, from), (points - 1, to)] {
            out[end] = self.class(at).unwrap_or(UNKNOWN_COVER);
        }
        out.iter().filter(|class| **class == UNKNOWN_COVER).count()
    }
}

/// The class that a raster's value stands for; `None` for what is none.
fn class_of(value: f32) -> Option<u8> {
    let code = (0.0..=255.0).contains(&value).then_some(value as u8)?;
    number_of(code).map(|_| code)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_heights_are_those_of_the_recommendation_and_only_classes_have_one() {
        let heights = ClutterHeights::default();
        let expected = [15.0, 0.0, 0.0, 0.0, 10.0, 0.0, 0.0, 0.0, 0.0, 15.0, 0.0];
        for (number, class) in COVER_CLASSES.into_iter().enumerate() {
            assert_eq!(number_of(class.code), Some(number));
            assert_eq!(heights.height_m(class.code), Some(expected[number]), "{}", class.key);
            assert_eq!(CoverClass::from_key(class.key), CoverClass::of(class.code));
        }
        let known = (0..=255).filter(|code| heights.height_m(*code).is_some()).count();
        assert_eq!((known, heights.height_m(UNKNOWN_COVER)), (COVER_CLASSES.len(), None));
    }

    #[test]
    fn a_height_that_does_not_occur_is_refused() {
        let mut heights = ClutterHeights::default();
        let trees = CoverClass::from_key("tree_cover").unwrap();
        heights.set(trees, 22.5).unwrap();
        for wrong in [-1.0, 101.0, f64::NAN, f64::INFINITY] {
            assert!(heights.set(trees, wrong).unwrap_err().to_string().starts_with("tree_cover"), "{wrong}");
        }
        assert_eq!(heights.height_m(10), Some(22.5));
    }
}
