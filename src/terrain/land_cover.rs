//! Land cover: what stands on the ground, as classes of ESA WorldCover, and how tall it counts in P.1812.
//!
//! In: a GeoTIFF of classes, or a folder of them. Out: the class of the nearest pixel, or the representative clutter height
//! of ITU-R P.1812-8, §3.2.1, Table 2 (the height added to the profile between the ends). Without a pixel, or for a class
//! that is not WorldCover's, both are unknown. Sources: ESA WorldCover 10 m v200, Product User Manual, Table 1.

use std::path::Path;

use super::TerrainOptions;
use super::error::TerrainError;
use super::geotiff::Meaning;
use super::mosaic::Mosaic;
use super::page::Page;
use super::path::Path as Line;
use super::sampler::Sampler;
use crate::geodesy::LatLon;

/// "Urban/trees/forest", m.
const TREES_M: f64 = 15.0;
/// "Suburban", m. WorldCover does not tell towns from villages: of the two the lower.
const BUILT_UP_M: f64 = 10.0;
/// "Open/rural" and "Water/sea", m.
const OPEN_M: f64 = 0.0;

/// The representative clutter height of a WorldCover class, m; `None` for a number that is no class.
pub fn clutter_height_m(class: u8) -> Option<f64> {
    match class {
        // Tree cover, mangroves.
        10 | 95 => Some(TREES_M),
        50 => Some(BUILT_UP_M),
        // Shrubland, grassland, cropland, bare, snow, water, herbaceous wetland, moss.
        20 | 30 | 40 | 60 | 70 | 80 | 90 | 100 => Some(OPEN_M),
        _ => None,
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
    /// As [`Terrain::open`](super::Terrain::open); also where the values are no whole numbers.
    pub fn open(path: &Path, options: &TerrainOptions) -> Result<LandCover, TerrainError> {
        Ok(LandCover { mosaic: Mosaic::open(path, Meaning::Class, options.cache_bytes)? })
    }

    /// Classes for one thread.
    pub fn sampler(&self) -> LandCoverSampler<'_> {
        LandCoverSampler { sampler: Sampler::new(&self.mosaic) }
    }

    /// Files that turned out to be damaged when their classes were asked for.
    pub fn faults(&self) -> Vec<TerrainError> {
        self.mosaic.faults()
    }
}

/// Reads classes without locks as long as the positions stay near each other.
#[derive(Debug)]
pub struct LandCoverSampler<'a> {
    sampler: Sampler<'a>,
}

impl LandCoverSampler<'_> {
    /// The class of the nearest pixel; `None` where there is none or it has no data.
    pub fn class(&mut self, at: LatLon) -> Option<u8> {
        let class = self.sampler.first(at, Page::nearest)?;
        (0.0..=255.0).contains(&class).then_some(class as u8)
    }

    /// The representative clutter height, m; `None` where the class is not known.
    pub fn clutter_height_m(&mut self, at: LatLon) -> Option<f64> {
        self.class(at).and_then(clutter_height_m)
    }

    /// Clutter heights, m, at the points of a [`PathProfile`](super::PathProfile) between the same places with as many
    /// points (at least 2). NaN where unknown; returns how many are.
    pub fn clutter_profile(&mut self, from: LatLon, to: LatLon, points: usize, out: &mut Vec<f64>) -> usize {
        let points = points.clamp(2, super::MAX_POINTS);
        let line = Line::new(from, to);
        out.clear();
        out.resize(points, f64::NAN);
        let mut set = |i: usize, at: Option<LatLon>| {
            let height = at.and_then(|at| self.clutter_height_m(at));
            out[i] = height.unwrap_or(f64::NAN);
        };
        match line.pieces(points) {
            Some(pieces) => {
                for piece in pieces {
                    (piece.first..=piece.last).for_each(|i| set(i, piece.position(i)));
                }
            }
            None => (0..points).for_each(|i| set(i, line.exact(i, points))),
        }
        out.iter().filter(|height| height.is_nan()).count()
    }
}
