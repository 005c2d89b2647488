//! Heights for one thread, which keeps the pages in use.

use std::sync::Arc;

use super::kernel::Line;
use super::mosaic::Mosaic;
use super::page::Page;
use super::path::{Parabola, Path, Piece, points};
use super::profile::PathProfile;
use super::raster::{APART_DEG, Bounds, Raster};
use super::wide;
use crate::geodesy::LatLon;

/// Pages kept: a path of 50 km touches four tiles, twice as many where two resolutions lie over each other.
const KEPT: usize = 8;
/// A page in use, and where nothing finer lies over it.
#[derive(Debug)]
struct Kept {
    raster: u32,
    page: u32,
    used: u64,
    values: Arc<Page>,
    /// Only here, and only within `columns` and `rows` of the raster, is the page the answer for sure.
    alone: Option<Bounds>,
    columns: (f64, f64),
    rows: (f64, f64),
}

/// Reads heights without locks and allocation as long as the path stays on pages that it has used just before.
#[derive(Debug)]
pub struct Sampler<'a> {
    mosaic: &'a Mosaic,
    kept: Vec<Kept>,
    clock: u64,
}

impl<'a> Sampler<'a> {
    pub(super) fn new(mosaic: &'a Mosaic) -> Sampler<'a> {
        Sampler { mosaic, kept: Vec::with_capacity(KEPT), clock: 0 }
    }

    /// The number among `kept` of a page; `None` where it cannot be read.
    fn page(&mut self, raster: u32, page: u32) -> Option<usize> {
        self.clock += 1;
        let at = match self.kept.iter().position(|kept| kept.raster == raster && kept.page == page) {
            Some(at) => at,
            None => {
                let values = self.mosaic.page(raster, page)?;
                if self.kept.len() >= KEPT
                    && let Some((oldest, _)) = self.kept.iter().enumerate().min_by_key(|(_, kept)| kept.used)
                {
                    self.kept.swap_remove(oldest);
                }
                let (columns, rows) = self.mosaic.domain(raster, page);
                self.kept.push(Kept { raster, page, used: 0, values, alone: None, columns, rows });
                self.kept.len() - 1
            }
        };
        self.kept[at].used = self.clock;
        Some(at)
    }

    /// The height, m, of a position: bilinear between postings of the finest raster that knows all of them that count.
    /// `None` where every raster is void or there is none.
    pub fn elevation_m(&mut self, at: LatLon) -> Option<f32> {
        self.first(at, Page::bilinear)
    }

    /// What the first raster that knows a position says.
    pub(super) fn first(&mut self, at: LatLon, read: impl Fn(&Page, f64, f64) -> Option<f32>) -> Option<f32> {
        let mosaic = self.mosaic;
        for (number, raster) in mosaic.around(at) {
            let (column, row) = raster.lattice.column_row(at);
            if !raster.lattice.contains(column, row) {
                continue;
            }
            let page = mosaic.page_number(raster, column, row);
            if let Some(kept) = self.page(number, page)
                && let Some(value) = read(&self.kept[kept].values, column, row)
            {
                return Some(value);
            }
        }
        None
    }

    /// Heights at equal steps of at most `step_m` along the geodesic from `from` to `to`, both ends included; at most
    /// [`MAX_POINTS`](super::MAX_POINTS) points. A step that is not above 0 gives the two ends alone. Up to 100 km and 65° of
    /// latitude the points are within 2 cm of Karney's geodesic and the length within 1 mm; beyond, they are his.
    pub fn profile(&mut self, from: LatLon, to: LatLon, step_m: f64, out: &mut PathProfile) {
        let path = Path::new(from, to);
        let count = points(path.length_m(), step_m);
        out.length_m = path.length_m();
        out.step_m = out.length_m / (count - 1) as f64;
        out.heights_m.resize(count, f64::NAN);
        out.unknown_points = 0;
        let heights = &mut out.heights_m[..];
        match path.pieces(count) {
            Some(pieces) => {
                for piece in pieces {
                    // The first point of a piece is the last of the one before.
                    let first = piece.first + usize::from(piece.first > 0);
                    self.fill(&piece, first, piece.last, heights);
                }
            }
            None => {
                for (i, height) in heights.iter_mut().enumerate() {
                    let known = path.exact(i, count).and_then(|at| self.elevation_m(at));
                    *height = known.map_or(f64::NAN, f64::from);
                }
            }
        }
        out.unknown_points = heights.iter().filter(|height| height.is_nan()).count();
    }

    /// The page that is the answer for all of the points `first..=last`, by its number among `kept`, and their line in its
    /// raster's columns and rows.
    fn one_page(&mut self, piece: &Piece, first: usize, last: usize) -> Option<(usize, Line)> {
        let t = |i: usize| (i - piece.first) as f64;
        let lat = piece.lat.range(t(first), t(last));
        let lon = piece.lon.range(t(first), t(last));
        let at = self.alone(piece.position(first), (lat, lon))?;
        let kept = &self.kept[at];
        let line = Line { first: t(first), ..line(&self.mosaic.rasters[kept.raster as usize], piece) };
        let within = |p: Parabola, (least, most): (f64, f64)| {
            let (low, high) = p.range(t(first), t(last));
            low >= least && high <= most
        };
        (within(line.column, kept.columns) && within(line.row, kept.rows)).then_some((at, line))
    }

    /// The value of the nearest posting at the points `first..=last`, `None` where not known: as [`first`](Self::first) with
    /// [`Page::nearest`] has it, but a page at a time.
    pub(super) fn nearest_along(
        &mut self,
        piece: &Piece,
        (first, last): (usize, usize),
        set: &mut impl FnMut(usize, Option<f32>),
    ) {
        if let Some((at, line)) = self.one_page(piece, first, last) {
            let page = Arc::clone(&self.kept[at].values);
            for i in first..=last {
                let t = line.first + (i - first) as f64;
                let value = page.nearest(line.column.at(t), line.row.at(t));
                // Behind a void another raster may know.
                set(i, value.or_else(|| piece.position(i).and_then(|at| self.first(at, Page::nearest))));
            }
        } else if first == last {
            set(first, piece.position(first).and_then(|at| self.first(at, Page::nearest)));
        } else {
            let middle = first.midpoint(last);
            self.nearest_along(piece, (first, middle), set);
            self.nearest_along(piece, (middle + 1, last), set);
        }
    }

    /// Heights of the points `first..=last`: at once where one page is the answer for all of them, else in halves.
    fn fill(&mut self, piece: &Piece, first: usize, last: usize, heights: &mut [f64]) {
        if let Some((at, line)) = self.one_page(piece, first, last) {
            let page = &self.kept[at].values;
            let line = Line {
                column: line.column.scaled(1.0, -(page.column as f64)),
                row: line.row.scaled(1.0, -(page.row as f64)),
                ..line
            };
            let heights = &mut heights[first..=last];
            if wide::heights(page, line, heights) {
                for (i, height) in heights.iter_mut().enumerate().filter(|(_, h)| h.is_nan()) {
                    *height = self.slowly(piece, first + i);
                }
            }
            return;
        }
        if first == last {
            heights[first] = self.slowly(piece, first);
        } else {
            let middle = first.midpoint(last);
            self.fill(piece, first, middle, heights);
            self.fill(piece, middle + 1, last, heights);
        }
    }

    fn slowly(&mut self, piece: &Piece, i: usize) -> f64 {
        piece.position(i).and_then(|at| self.elevation_m(at)).map_or(f64::NAN, f64::from)
    }

    /// The page of `at`, kept or loaded, where no raster that is asked before its own may speak in the whole box of
    /// latitudes and longitudes. What is kept makes this quick, and never changes the answer.
    fn alone(&mut self, at: Option<LatLon>, (lat, lon): ((f64, f64), (f64, f64))) -> Option<usize> {
        let at = at?;
        let mosaic = self.mosaic;
        let found = self.kept.iter().position(|kept| {
            let inside = |alone: &Bounds| alone.contains(lat.0, lon.0) && alone.contains(lat.1, lon.1);
            kept.alone.as_ref().is_some_and(inside) && {
                let raster = &mosaic.rasters[kept.raster as usize];
                let (column, row) = raster.lattice.column_row(at);
                raster.lattice.contains(column, row) && mosaic.page_number(raster, column, row) == kept.page
            }
        });
        if let Some(found) = found {
            self.clock += 1;
            self.kept[found].used = self.clock;
            return Some(found);
        }
        let (number, raster, column, row) = mosaic.around(at).find_map(|(number, raster)| {
            let (column, row) = raster.lattice.column_row(at);
            raster.lattice.contains(column, row).then_some((number, raster, column, row))
        })?;
        let before = &mosaic.rasters[..number as usize];
        if !before.iter().all(|finer| finer.bounds.is_apart_from(lat, lon)) {
            return None;
        }
        let kept = self.page(number, mosaic.page_number(raster, column, row))?;
        self.kept[kept].alone = mosaic.alone(number, at);
        Some(kept)
    }
}

/// Column and row of a piece's points in a raster.
fn line(raster: &Raster, piece: &Piece) -> Line {
    let lattice = &raster.lattice;
    if let Some((column, row)) = lattice.affine() {
        return Line {
            column: piece.lon.scaled(column.0, column.1),
            row: piece.lat.scaled(row.0, row.1),
            first: 0.0,
        };
    }
    let n = (piece.last - piece.first) as f64;
    let [start, middle, end] = piece.knots.map(|(lat, lon)| {
        LatLon::from_degrees(lat, lon).map_or((f64::NAN, f64::NAN), |at| lattice.column_row(at))
    });
    Line {
        column: Parabola::through(start.0, middle.0, end.0, n),
        row: Parabola::through(start.1, middle.1, end.1, n),
        first: 0.0,
    }
}

impl Mosaic {
    /// Columns and rows of a raster for which a page is the answer.
    fn domain(&self, number: u32, page: u32) -> ((f64, f64), (f64, f64)) {
        let raster = &self.rasters[number as usize];
        let own = Mosaic::own_window(raster, page);
        let range = |first: u32, count: u32, all: u32| {
            let low = if first == 0 { -raster.lattice.rim } else { f64::from(first) };
            let end = f64::from(first + count);
            let high = if first + count == all { end - 1.0 + raster.lattice.rim } else { end };
            (low, high)
        };
        (
            range(own.column, own.columns, raster.lattice.columns),
            range(own.row, own.rows, raster.lattice.rows),
        )
    }

    /// A box around a position where no raster that is asked before this one may speak; `None` where one may at the
    /// position itself.
    fn alone(&self, number: u32, at: LatLon) -> Option<Bounds> {
        let (lat, lon) = (at.lat_deg(), at.lon_deg());
        let mut alone = self.rasters[number as usize].bounds;
        for finer in &self.rasters[..number as usize] {
            let other = finer.bounds;
            if other.south_deg - APART_DEG > lat {
                alone.north_deg = alone.north_deg.min(other.south_deg - 2.0 * APART_DEG);
            } else if other.north_deg + APART_DEG < lat {
                alone.south_deg = alone.south_deg.max(other.north_deg + 2.0 * APART_DEG);
            } else if other.west_deg - APART_DEG > lon {
                alone.east_deg = alone.east_deg.min(other.west_deg - 2.0 * APART_DEG);
            } else if other.east_deg + APART_DEG < lon {
                alone.west_deg = alone.west_deg.max(other.east_deg + 2.0 * APART_DEG);
            } else {
                return None;
            }
        }
        Some(alone)
    }
}
