//! One raster: where its postings lie, and how a window of them is read.

use std::path::PathBuf;

use super::crs::Crs;
use super::error::TerrainError;
use super::geotiff::GeoTiff;
use super::hgt::Hgt;
use super::page::{ON_POSTING, Values};
use crate::geodesy::LatLon;

/// A raster of up to this many postings is one page; 4096², more than a tile of 1° at 1″.
const WHOLE: u64 = 1 << 24;
/// Otherwise a page has about so many postings on a side.
const PAGE_SIDE: u32 = 2048;
/// And of rows as wide as the raster, so many postings.
const PAGE_OF_ROWS: u64 = 1 << 22;

/// Rounding of a position on an edge, degrees: 0.1 mm.
const EDGE_DEG: f64 = 1e-9;

/// Edges of a raster are taken this much wider, degrees, where others must keep away from them: 0.2 mm.
pub(super) const APART_DEG: f64 = 2e-9;

/// A box of latitudes and longitudes, degrees, edges included.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Bounds {
    /// Southern edge.
    pub south_deg: f64,
    /// Western edge.
    pub west_deg: f64,
    /// Northern edge.
    pub north_deg: f64,
    /// Eastern edge.
    pub east_deg: f64,
}

impl Bounds {
    /// Whether a position lies in it; on its edge, rounding does not matter.
    pub(super) fn contains(&self, lat_deg: f64, lon_deg: f64) -> bool {
        lat_deg >= self.south_deg - EDGE_DEG
            && lat_deg <= self.north_deg + EDGE_DEG
            && lon_deg >= self.west_deg - EDGE_DEG
            && lon_deg <= self.east_deg + EDGE_DEG
    }
}

impl Bounds {
    /// Whether another box, given by its latitudes and longitudes, stays away from this one.
    pub(super) fn is_apart_from(&self, lat: (f64, f64), lon: (f64, f64)) -> bool {
        lat.1 < self.south_deg - APART_DEG
            || lat.0 > self.north_deg + APART_DEG
            || lon.1 < self.west_deg - APART_DEG
            || lon.0 > self.east_deg + APART_DEG
    }
}

/// Where the postings lie: that of row 0, column 0 at (`east`, `north`), rows southwards, columns eastwards.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Lattice {
    pub crs: Crs,
    pub east: f64,
    pub north: f64,
    pub step_east: f64,
    pub step_north: f64,
    pub columns: u32,
    pub rows: u32,
    /// How far beyond its outermost postings the raster still speaks, in postings: half where a value stands for a
    /// pixel's area, 0 where it stands for a point.
    pub rim: f64,
}

impl Lattice {
    /// Postings per unit: a whole number where the step is one over it (1200 for 3″), so that 1/1200 and its decimal
    /// in a file mean the same.
    fn per_unit(step: f64) -> f64 {
        let inverse = 1.0 / step;
        if (inverse - inverse.round()).abs() < 1e-8 * inverse { inverse.round() } else { inverse }
    }

    /// Factor and offset from longitude to column and from latitude to row; `None` for a projected raster.
    pub fn affine(&self) -> Option<((f64, f64), (f64, f64))> {
        let (sx, sy) = (Lattice::per_unit(self.step_east), Lattice::per_unit(self.step_north));
        (self.crs == Crs::Geographic).then_some(((sx, -self.east * sx), (-sy, self.north * sy)))
    }

    /// Column and row of a position, with fractions; NaN where the reference system cannot show it.
    pub fn column_row(&self, at: LatLon) -> (f64, f64) {
        let (east, north) = self.crs.east_north(at);
        let (sx, sy) = (Lattice::per_unit(self.step_east), Lattice::per_unit(self.step_north));
        ((east - self.east) * sx, (self.north - north) * sy)
    }

    /// Whether the raster speaks of a column and row; on its edge, rounding does not matter.
    pub fn contains(&self, column: f64, row: f64) -> bool {
        let (right, bottom) = (f64::from(self.columns) - 1.0, f64::from(self.rows) - 1.0);
        let rim = self.rim + ON_POSTING;
        column >= -rim && column <= right + rim && row >= -rim && row <= bottom + rim
    }

    /// A box around all positions of the raster; for a projected one a little larger than need be.
    pub fn bounds(&self) -> Option<Bounds> {
        let left = self.east - self.rim * self.step_east;
        let right = self.east + (f64::from(self.columns) - 1.0 + self.rim) * self.step_east;
        let top = self.north + self.rim * self.step_north;
        let bottom = self.north - (f64::from(self.rows) - 1.0 + self.rim) * self.step_north;
        if self.crs == Crs::Geographic {
            return Some(Bounds { south_deg: bottom, west_deg: left, north_deg: top, east_deg: right });
        }
        const PARTS: u32 = 32;
        let mut bounds = Bounds {
            south_deg: f64::INFINITY,
            west_deg: f64::INFINITY,
            north_deg: f64::NEG_INFINITY,
            east_deg: f64::NEG_INFINITY,
        };
        for i in 0..=PARTS {
            let f = f64::from(i) / f64::from(PARTS);
            let (x, y) = (left + (right - left) * f, bottom + (top - bottom) * f);
            for (x, y) in [(x, top), (x, bottom), (left, y), (right, y)] {
                let at = self.crs.position(x, y)?;
                bounds.south_deg = bounds.south_deg.min(at.lat_deg());
                bounds.north_deg = bounds.north_deg.max(at.lat_deg());
                bounds.west_deg = bounds.west_deg.min(at.lon_deg());
                bounds.east_deg = bounds.east_deg.max(at.lon_deg());
            }
        }
        // Between the points looked at an edge may bulge by a thousandth of their distance squared.
        let margin =
            1e-3 * (bounds.north_deg - bounds.south_deg).max(bounds.east_deg - bounds.west_deg) + 1e-9;
        bounds.south_deg -= margin;
        bounds.west_deg -= margin;
        bounds.north_deg += margin;
        bounds.east_deg += margin;
        Some(bounds)
    }

    /// Distance between postings in the middle of the raster, m: (east, north).
    pub fn spacing_m(&self) -> (f64, f64) {
        if self.crs != Crs::Geographic {
            return (self.step_east, self.step_north);
        }
        let lat_deg = self.north - f64::from(self.rows) * 0.5 * self.step_north;
        spacing_m(lat_deg, self.step_east, self.step_north)
    }

    /// Whether the other raster continues this one: the same postings, so to say.
    pub fn continues(&self, other: &Lattice) -> bool {
        let near = |a: f64, b: f64| (a - b).abs() <= 1e-9 * a.abs();
        let whole = |offset: f64| (offset - offset.round()).abs() < 1e-3;
        self.crs == other.crs
            && near(self.step_east, other.step_east)
            && near(self.step_north, other.step_north)
            && whole((other.east - self.east) / self.step_east)
            && whole((other.north - self.north) / self.step_north)
    }
}

/// Metres of steps in degrees at a latitude: (east, north). Radii of curvature of the WGS84 ellipsoid.
pub(super) fn spacing_m(lat_deg: f64, step_east_deg: f64, step_north_deg: f64) -> (f64, f64) {
    let (a, f) = (6_378_137.0_f64, 1.0 / 298.257_223_563_f64);
    let e2 = f * (2.0 - f);
    let (sin, cos) = lat_deg.to_radians().sin_cos();
    let w = 1.0 - e2 * sin * sin;
    let (prime_vertical, meridian) = (a / w.sqrt(), a * (1.0 - e2) / (w * w.sqrt()));
    (step_east_deg.to_radians() * prime_vertical * cos, step_north_deg.to_radians() * meridian)
}

/// What a raster is read from.
#[derive(Debug, Clone)]
pub(super) enum Store {
    Hgt(Hgt),
    GeoTiff(GeoTiff),
}

/// One raster.
#[derive(Debug, Clone)]
pub(super) struct Raster {
    pub path: PathBuf,
    pub lattice: Lattice,
    pub bounds: Bounds,
    pub store: Store,
    /// Postings of a page: columns, rows.
    pub page: (u32, u32),
}

/// A rectangle of postings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Window {
    pub column: u32,
    pub row: u32,
    pub columns: u32,
    pub rows: u32,
}

impl Raster {
    pub fn new(path: PathBuf, lattice: Lattice, store: Store) -> Result<Raster, TerrainError> {
        let Some(bounds) = lattice.bounds() else {
            let advice = "Check the file's reference system with gdalinfo";
            return Err(TerrainError::unreadable(&path, "its corners lie outside of its zone", advice));
        };
        let (columns, rows) = (lattice.columns, lattice.rows);
        let chunk = match &store {
            Store::Hgt(_) => (columns, rows),
            Store::GeoTiff(tiff) => tiff.chunk(),
        };
        let page = if u64::from(columns) * u64::from(rows) <= WHOLE {
            (columns, rows)
        } else if chunk.0 >= columns {
            let wanted = (PAGE_OF_ROWS / u64::from(columns)).max(1) as u32;
            (columns, wanted.next_multiple_of(chunk.1.max(1)).min(rows))
        } else {
            let side = |chunk: u32, all: u32| PAGE_SIDE.next_multiple_of(chunk.max(1)).min(all);
            (side(chunk.0, columns), side(chunk.1, rows))
        };
        Ok(Raster { path, lattice, bounds, store, page })
    }

    /// Number of pages: across, down.
    pub fn pages(&self) -> (u32, u32) {
        (self.lattice.columns.div_ceil(self.page.0), self.lattice.rows.div_ceil(self.page.1))
    }

    /// Reads a window that lies within the raster.
    pub fn read(&self, window: Window) -> Result<Values, TerrainError> {
        match &self.store {
            Store::Hgt(hgt) => hgt.read(&self.path, window),
            Store::GeoTiff(tiff) => tiff.read(&self.path, window),
        }
    }
}
