//! Elevation: tiles of any mix of formats and resolutions, heights at positions and along paths.
//!
//! In: a folder (or one file) of SRTM tiles and GeoTIFFs. Out: metres above mean sea level as the tiles have it (EGM96 or
//! EGM2008; they differ by less than a metre or two in Vietnam), or *unknown*. A void, a place without a tile and an
//! unreadable file are unknown, never 0 m. The finest raster that knows a place decides; where it is void, the next.
//!
//! A value belongs to the centre of its pixel (GeoTIFF, pixel is area) or to its point (SRTM, pixel is point); between
//! the centres heights are bilinear. GeoTIFFs speak for half a pixel beyond their outermost centres, and tiles that
//! continue each other on one grid are read as one.
//!
//! Not here: what radio makes of it (`propagation`), hillshades.

mod cache;
mod crs;
mod error;
mod folder;
mod geotiff;
mod hgt;
mod kernel;
mod land_cover;
mod mosaic;
mod page;
mod path;
mod profile;
mod raster;
mod sampler;
mod wide;

use std::path::{Path, PathBuf};

use crate::geodesy::LatLon;

pub use crs::Crs;
pub use error::TerrainError;
pub use land_cover::{
    COVER_CLASSES, ClutterHeightError, ClutterHeights, CoverClass, LandCover, LandCoverSampler,
    UNKNOWN_COVER, number_of as cover_number,
};
pub use path::MAX_POINTS;
pub use profile::PathProfile;
pub use raster::Bounds;
pub use sampler::Sampler;

use geotiff::Meaning;
use mosaic::Mosaic;

/// How terrain is held in memory.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TerrainOptions {
    /// Bytes of unpacked tiles that are kept. A 1″ SRTM tile takes 26 MB, a GLO-30 tile 52 MB. At least one page is kept,
    /// and those that samplers are using stay until they are let go. Default: 512 MiB.
    pub cache_bytes: usize,
}

impl Default for TerrainOptions {
    fn default() -> TerrainOptions {
        TerrainOptions { cache_bytes: 512 << 20 }
    }
}

/// One raster of a terrain.
#[derive(Debug, Clone, PartialEq)]
pub struct TileInfo {
    /// The file.
    pub path: PathBuf,
    /// Around all its positions.
    pub bounds: Bounds,
    /// Distance between postings in the middle, m: east, north.
    pub spacing_m: (f64, f64),
    /// Its reference system.
    pub crs: Crs,
    /// Columns of postings.
    pub columns: u32,
    /// Rows of postings.
    pub rows: u32,
}

/// An opened folder (or single file) of tiles. Headers are read on opening, heights when they are asked for.
#[derive(Debug)]
pub struct Terrain {
    mosaic: Mosaic,
    tiles: Vec<TileInfo>,
}

impl Terrain {
    /// Opens a folder of tiles (folders in it are looked into) or one file. Files of other kinds are passed over.
    ///
    /// # Errors
    /// [`TerrainError`] where the path cannot be read, holds no tile, or holds a file that would be misread.
    pub fn open(path: &Path, options: &TerrainOptions) -> Result<Terrain, TerrainError> {
        let mosaic = Mosaic::open(path, Meaning::Height, options.cache_bytes)?;
        let tile = |raster: &raster::Raster| TileInfo {
            path: raster.path.clone(),
            bounds: raster.bounds,
            spacing_m: raster.lattice.spacing_m(),
            crs: raster.lattice.crs,
            columns: raster.lattice.columns,
            rows: raster.lattice.rows,
        };
        let tiles = mosaic.rasters.iter().map(tile).collect();
        Ok(Terrain { mosaic, tiles })
    }

    /// The rasters, in the order in which they are asked: finest first, then by path.
    pub fn tiles(&self) -> &[TileInfo] {
        &self.tiles
    }

    /// How many files were passed over because they are no tiles.
    pub fn passed_over(&self) -> usize {
        self.mosaic.passed_over
    }

    /// Reads a whole tile and counts its voids: unknown postings.
    ///
    /// # Errors
    /// [`TerrainError`] where the file turns out to be damaged.
    pub fn voids(&self, tile: usize) -> Result<u64, TerrainError> {
        let Some(raster) = self.mosaic.rasters.get(tile) else { return Ok(0) };
        let (across, down) = raster.pages();
        (0..across * down).map(|page| Ok(raster.read(Mosaic::own_window(raster, page))?.voids())).sum()
    }

    /// The height, m, of a position: bilinear. `None` where void or without a tile. For many positions use
    /// [`sampler`](Self::sampler).
    pub fn elevation_m(&self, at: LatLon) -> Option<f32> {
        self.sampler().elevation_m(at)
    }

    /// Heights for one thread.
    pub fn sampler(&self) -> Sampler<'_> {
        Sampler::new(&self.mosaic)
    }

    /// The distance between postings of the finest raster at a position, m: the smaller of east and north. `None` where
    /// there is no tile.
    pub fn finest_step_m(&self, at: LatLon) -> Option<f64> {
        let covers = |raster: &raster::Raster| {
            let (column, row) = raster.lattice.column_row(at);
            raster.lattice.contains(column, row)
        };
        let (_, raster) = self.mosaic.around(at).find(|(_, raster)| covers(raster))?;
        let lattice = &raster.lattice;
        let (east, north) = match lattice.crs {
            Crs::Geographic => raster::spacing_m(at.lat_deg(), lattice.step_east, lattice.step_north),
            _ => lattice.spacing_m(),
        };
        Some(east.min(north))
    }

    /// Files that turned out to be damaged when their heights were asked for: what they cover is unknown.
    pub fn faults(&self) -> Vec<TerrainError> {
        self.mosaic.faults()
    }

    /// Bytes of unpacked tiles in memory now, those beyond the budget that samplers use not counted.
    pub fn cached_bytes(&self) -> usize {
        self.mosaic.cached_bytes()
    }
}
