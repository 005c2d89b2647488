//! All rasters of a folder, finest first, and their pages.

use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use super::cache::Cache;
use super::crs::Crs;
use super::error::TerrainError;
use super::folder;
use super::geotiff::Meaning;
use super::page::{Page, VOID, Values};
use super::raster::{Raster, Window};
use crate::geodesy::LatLon;

/// Rasters in the order in which they are asked: finest first, then by name.
#[derive(Debug)]
pub(super) struct Mosaic {
    pub rasters: Vec<Raster>,
    pub passed_over: usize,
    cache: Cache,
    faults: Mutex<Vec<TerrainError>>,
}

/// The step of a raster northwards, cm; a degree counts alike at every latitude, so that tiles of one kind do.
fn fineness(raster: &Raster) -> u64 {
    let metres = if raster.lattice.crs == Crs::Geographic { 111_320.0 } else { 1.0 };
    (raster.lattice.step_north * metres * 100.0).round() as u64
}

impl Mosaic {
    pub fn open(path: &Path, meaning: Meaning, cache_bytes: usize) -> Result<Mosaic, TerrainError> {
        let folder::Opened { mut rasters, passed_over, faults } = folder::open(path, meaning)?;
        rasters.sort_by(|a, b| fineness(a).cmp(&fineness(b)).then_with(|| a.path.cmp(&b.path)));
        Ok(Mosaic { rasters, passed_over, cache: Cache::new(cache_bytes), faults: Mutex::new(faults) })
    }

    /// Files that turned out to be unreadable when they were opened or their values were asked for.
    pub fn faults(&self) -> Vec<TerrainError> {
        let mut faults = self.faults.lock().unwrap_or_else(PoisonError::into_inner).clone();
        faults.sort_by_key(ToString::to_string);
        faults.dedup_by_key(|fault| fault.to_string());
        faults
    }

    pub fn cached_bytes(&self) -> usize {
        self.cache.bytes()
    }

    /// The rasters that may speak of a position, in order, with their numbers.
    pub fn around(&self, at: LatLon) -> impl Iterator<Item = (u32, &Raster)> {
        let (lat, lon) = (at.lat_deg(), at.lon_deg());
        (0..).zip(&self.rasters).filter(move |(_, raster)| raster.bounds.contains(lat, lon))
    }

    /// The number of the page of a raster that holds a column and row.
    pub fn page_number(&self, raster: &Raster, column: f64, row: f64) -> u32 {
        let (across, down) = raster.pages();
        let part = |at: f64, size: u32, count: u32| ((at.max(0.0) as u32) / size).min(count - 1);
        part(row, raster.page.1, down) * across + part(column, raster.page.0, across)
    }

    /// A page; `None` where the file cannot be read, which is then among the faults.
    pub fn page(&self, number: u32, page: u32) -> Option<Arc<Page>> {
        self.cache.get((number, page), || {
            self.load(number, page)
                .map_err(|error| self.faults.lock().unwrap_or_else(PoisonError::into_inner).push(error))
                .ok()
        })
    }

    /// The postings that are a page's own.
    pub fn own_window(raster: &Raster, page: u32) -> Window {
        let (across, _) = raster.pages();
        let (column, row) = ((page % across) * raster.page.0, (page / across) * raster.page.1);
        Window {
            column,
            row,
            columns: raster.page.0.min(raster.lattice.columns - column),
            rows: raster.page.1.min(raster.lattice.rows - row),
        }
    }

    /// Reads a page with one posting more on each side that needs one: the raster's own, else its neighbour's, else
    /// (half a step beyond the outermost posting of all) the outermost again.
    fn load(&self, number: u32, page: u32) -> Result<Page, TerrainError> {
        let raster = &self.rasters[number as usize];
        let own = Mosaic::own_window(raster, page);
        let lattice = &raster.lattice;
        let (last_column, last_row) = (own.column + own.columns, own.row + own.rows);
        let inner = Window {
            columns: (last_column + 1).min(lattice.columns) - own.column,
            rows: (last_row + 1).min(lattice.rows) - own.row,
            ..own
        };
        let values = raster.read(inner)?;
        if values.len() != inner.columns as usize * inner.rows as usize {
            let reason = "fewer values than its header says";
            return Err(TerrainError::unreadable(&raster.path, reason, "Download or copy it again"));
        }
        let border = |at_edge: bool| i64::from(at_edge && lattice.rim > 0.0);
        let (left, top) = (border(own.column == 0), border(own.row == 0));
        let (right, bottom) = (border(last_column == lattice.columns), border(last_row == lattice.rows));
        let mut page = Page {
            column: i64::from(own.column) - left,
            row: i64::from(own.row) - top,
            columns: inner.columns as usize + (left + right) as usize,
            rows: inner.rows as usize + (top + bottom) as usize,
            values,
        };
        if left + right + top + bottom > 0 {
            page.values = widen(&page, inner);
            for strip in strips(&page, inner) {
                self.fill(number, raster, strip, &mut page)?;
            }
        }
        Ok(page)
    }

    /// Fills a strip outside of the raster from the rasters that continue it.
    fn fill(&self, number: u32, raster: &Raster, strip: Strip, page: &mut Page) -> Result<(), TerrainError> {
        let own = &raster.lattice;
        // The first in order wins: later ones are written before.
        for (other_number, other) in self.rasters.iter().enumerate().rev() {
            if other_number == number as usize || !own.continues(&other.lattice) {
                continue;
            }
            let shift_column = ((other.lattice.east - own.east) / own.step_east).round() as i64;
            let shift_row = ((own.north - other.lattice.north) / own.step_north).round() as i64;
            let first_column = strip.column.max(shift_column);
            let end_column =
                (strip.column + strip.columns).min(shift_column + i64::from(other.lattice.columns));
            let first_row = strip.row.max(shift_row);
            let end_row = (strip.row + strip.rows).min(shift_row + i64::from(other.lattice.rows));
            if first_column >= end_column || first_row >= end_row {
                continue;
            }
            let window = Window {
                column: (first_column - shift_column) as u32,
                row: (first_row - shift_row) as u32,
                columns: (end_column - first_column) as u32,
                rows: (end_row - first_row) as u32,
            };
            let values = other.read(window)?;
            let same_kind = matches!(
                (&values, &page.values),
                (Values::Whole(_), Values::Whole(_)) | (Values::Real(_), Values::Real(_))
            );
            if !same_kind {
                continue;
            }
            for row in first_row..end_row {
                for column in first_column..end_column {
                    let from = (row - first_row) * (end_column - first_column) + (column - first_column);
                    let to = (row - page.row) * page.columns as i64 + (column - page.column);
                    set(&mut page.values, to as usize, &values, from as usize);
                }
            }
        }
        Ok(())
    }
}

/// Postings outside of a raster, in its count.
#[derive(Debug, Clone, Copy)]
struct Strip {
    column: i64,
    row: i64,
    columns: i64,
    rows: i64,
}

/// The strips of a page around its inner window; of no breadth where the page ends with the window.
fn strips(page: &Page, inner: Window) -> [Strip; 4] {
    let (columns, rows) = (page.columns as i64, page.rows as i64);
    let (column, row) = (i64::from(inner.column), i64::from(inner.row));
    let (end_column, end_row) = (column + i64::from(inner.columns), row + i64::from(inner.rows));
    [
        Strip { column: page.column, row: page.row, columns, rows: row - page.row },
        Strip { column: page.column, row: end_row, columns, rows: page.row + rows - end_row },
        Strip { column: page.column, row, columns: column - page.column, rows: end_row - row },
        Strip { column: end_column, row, columns: page.column + columns - end_column, rows: end_row - row },
    ]
}

/// The inner window's values in the page's size, the outermost repeated.
fn widen(page: &Page, inner: Window) -> Values {
    fn spread<T: Copy>(values: &[T], page: &Page, inner: Window) -> Vec<T> {
        let mut wide = Vec::with_capacity(page.columns * page.rows);
        let within =
            |at: i64, first: u32, count: u32| (at - i64::from(first)).clamp(0, i64::from(count) - 1) as usize;
        for row in 0..page.rows as i64 {
            let from = within(page.row + row, inner.row, inner.rows) * inner.columns as usize;
            for column in 0..page.columns as i64 {
                wide.push(values[from + within(page.column + column, inner.column, inner.columns)]);
            }
        }
        wide
    }
    match &page.values {
        Values::Whole(values) => Values::Whole(spread(values, page, inner)),
        Values::Real(values) => Values::Real(spread(values, page, inner)),
    }
}

fn set(to: &mut Values, at: usize, from: &Values, index: usize) {
    match (to, from) {
        (Values::Whole(to), Values::Whole(from)) => {
            if let Some(to) = to.get_mut(at) {
                *to = from.get(index).copied().unwrap_or(VOID);
            }
        }
        (Values::Real(to), Values::Real(from)) => {
            if let Some(to) = to.get_mut(at) {
                *to = from.get(index).copied().unwrap_or(f32::NAN);
            }
        }
        _ => {}
    }
}
