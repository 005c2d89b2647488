//! The coverage of one or several sites as maps.

use rayon::prelude::*;

use super::Stages;
use super::{NamedPlace, PredictionStudy};
use crate::coverage::predicted::{AreaLevels, Mast, PredictError, predict_area};
use crate::coverage::{Grid, GridError, Ground, GroundSampler, Raster};
use crate::geodesy::LatLon;

/// Maps of several sites on one grid.
#[derive(Debug, Clone)]
pub struct AreaMaps {
    /// Heights of the ground, m; NaN where not known.
    pub heights_m: Raster,
    /// Each site's levels, in the order of the sites.
    pub levels: Vec<AreaLevels>,
}

/// Why there are no maps.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum AreaError {
    /// No such grid.
    #[error(transparent)]
    Grid(#[from] GridError),
    /// Values outside of the model's limits.
    #[error(transparent)]
    Predict(#[from] PredictError),
    /// Levels of so many sites do not fit into memory together.
    #[error(
        "{sites} sites × {pixels} pixels are too many for one run (limit {MAX_TOTAL}): use fewer sites or larger pixels"
    )]
    TooMany {
        /// Sites.
        sites: usize,
        /// Pixels of the grid.
        pixels: usize,
    },
    /// Over more ground than the finest radials go.
    #[error(
        "pixels of {pixel_m} m and a radius of {radius_m} m are more than {MAX_SAMPLES} samples a radial: use larger pixels"
    )]
    TooFine {
        /// Pixel, m.
        pixel_m: f64,
        /// Radius, m.
        radius_m: f64,
    },
}

/// Levels of all sites together, pixels: 2 GB.
const MAX_TOTAL: usize = 1 << 28;
/// Samples of a radial.
const MAX_SAMPLES: f64 = 20_000.0;
/// Pixels where nothing says how fine the ground is, and the finest and coarsest that are chosen unasked, m.
const USUAL_PIXEL_M: f64 = 30.0;
const CHOSEN_PIXEL_M: (f64, f64) = (30.0, 100.0);

/// Predicts each site's level in every pixel within `radius_m` of it. Pixels without a given size are as fine as the
/// elevation data, but not finer than 30 m.
///
/// # Errors
/// [`AreaError`] where the map would be too large or the options are outside of the model's limits.
pub fn predict_maps(
    study: &PredictionStudy,
    sites: &[NamedPlace],
    radius_m: f64,
    pixel_m: Option<f64>,
    stages: &mut Stages<'_>,
) -> Result<AreaMaps, AreaError> {
    let finest =
        sites.iter().filter_map(|site| study.ground.resolution_m(site.position)).fold(f64::NAN, f64::min);
    let chosen =
        if finest.is_nan() { USUAL_PIXEL_M } else { finest.clamp(CHOSEN_PIXEL_M.0, CHOSEN_PIXEL_M.1) };
    let pixel_m = pixel_m.unwrap_or(chosen);
    // NaN does not fit either.
    let fits = radius_m / pixel_m <= MAX_SAMPLES;
    if !fits {
        return Err(AreaError::TooFine { pixel_m, radius_m });
    }
    let positions: Vec<LatLon> = sites.iter().map(|site| site.position).collect();
    let grid = Grid::around(&positions, radius_m, pixel_m)?;
    if sites.len().saturating_mul(grid.pixels()) > MAX_TOTAL {
        return Err(AreaError::TooMany { sites: sites.len(), pixels: grid.pixels() });
    }
    let heights_m = stages.run("relief", || heights(&study.ground, grid));
    let levels = stages.run("predict", || {
        sites
            .iter()
            .map(|site| {
                let height_agl_m = Some(study.height_agl_m(site));
                let mast = Mast { position: Some(site.position), height_agl_m };
                predict_area((site.position, &mast), &study.ground, &study.options, (&grid, radius_m))
            })
            .collect::<Result<Vec<_>, _>>()
    })?;
    Ok(AreaMaps { heights_m, levels })
}

/// The height of each pixel's centre.
fn heights(ground: &impl Ground, grid: Grid) -> Raster {
    let mut raster = Raster::unknown(grid);
    raster.values_mut().par_chunks_mut(grid.columns.max(1)).enumerate().for_each_init(
        || ground.sampler(),
        |sampler, (row, values)| {
            let lat = grid.lat_deg(row as f64);
            for (column, value) in values.iter_mut().enumerate() {
                let at = LatLon::from_degrees(lat, grid.lon_deg(column as f64)).ok();
                *value = at.and_then(|at| sampler.height_m(at)).map_or(f32::NAN, |m| m as f32);
            }
        },
    );
    raster
}
