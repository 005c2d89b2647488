//! Heights for one thread, which keeps the pages in use.

use std::sync::Arc;

use super::mosaic::Mosaic;
use super::page::Page;
use super::path::{Positions, points};
use super::profile::PathProfile;
use crate::geodesy::LatLon;

/// Pages kept: a path of 50 km touches four tiles, twice as many where two resolutions lie over each other.
const KEPT: usize = 8;

/// Reads heights without locks as long as the path stays on pages that it has used just before.
#[derive(Debug)]
pub struct Sampler<'a> {
    mosaic: &'a Mosaic,
    /// Raster, page, and when it was used last.
    kept: Vec<(u32, u32, u64, Arc<Page>)>,
    clock: u64,
}

impl<'a> Sampler<'a> {
    pub(super) fn new(mosaic: &'a Mosaic) -> Sampler<'a> {
        Sampler { mosaic, kept: Vec::with_capacity(KEPT), clock: 0 }
    }

    fn page(&mut self, raster: u32, page: u32) -> Option<&Page> {
        self.clock += 1;
        let found = self.kept.iter().position(|(r, p, ..)| *r == raster && *p == page);
        let at = match found {
            Some(at) => at,
            None => {
                let loaded = self.mosaic.page(raster, page)?;
                if self.kept.len() >= KEPT
                    && let Some(oldest) =
                        self.kept.iter().enumerate().min_by_key(|(_, kept)| kept.2).map(|(at, _)| at)
                {
                    self.kept.swap_remove(oldest);
                }
                self.kept.push((raster, page, 0, loaded));
                self.kept.len() - 1
            }
        };
        let kept = self.kept.get_mut(at)?;
        kept.2 = self.clock;
        Some(&kept.3)
    }

    /// The height, m, of a position: bilinear between postings of the finest raster that knows all of them that count.
    /// `None` where every raster is void or there is none.
    pub fn elevation_m(&mut self, at: LatLon) -> Option<f32> {
        let mosaic = self.mosaic;
        for (number, raster) in mosaic.around(at) {
            let (column, row) = raster.lattice.column_row(at);
            if !raster.lattice.contains(column, row) {
                continue;
            }
            let page = mosaic.page_number(raster, column, row);
            if let Some(height) = self.page(number, page).and_then(|page| page.bilinear(column, row)) {
                return Some(height);
            }
        }
        None
    }

    /// Heights at equal steps of at most `step_m` from `from` to `to`, both ends included; at most
    /// [`MAX_POINTS`](super::MAX_POINTS) points. A step that is not above 0 gives the two ends alone.
    pub fn profile(&mut self, from: LatLon, to: LatLon, step_m: f64, out: &mut PathProfile) {
        let positions = Positions::new(from, to);
        let count = points(positions.length_m(), step_m);
        out.length_m = positions.length_m();
        out.step_m = out.length_m / (count - 1) as f64;
        out.unknown_points = 0;
        out.heights_m.clear();
        for i in 0..count {
            let height = positions.at(i, count).and_then(|at| self.elevation_m(at));
            out.unknown_points += usize::from(height.is_none());
            out.heights_m.push(height.map_or(f64::NAN, f64::from));
        }
    }
}
