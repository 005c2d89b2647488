//! A regular grid of geographic pixels and values on it.

use crate::geodesy::{LatLon, band_area_m2};

/// The largest grid, pixels: 16 384 × 16 384 would be a gigabyte of `f32`.
const MAX_PIXELS: usize = 1 << 26;
/// Metres in a degree of a great circle of WGS84's mean radius; used to choose a pixel's size, never for a distance.
const METRES_PER_DEGREE: f64 = 111_195.0;

/// Why there is no such grid.
#[derive(Debug, Clone, Copy, PartialEq, thiserror::Error)]
pub enum GridError {
    /// The extent is no extent of the globe, or lies across the date line or a pole.
    #[error(
        "{north_deg} N {west_deg} E to {south_deg} N {east_deg} E is no extent of a map: choose sites away from poles and date line"
    )]
    Extent {
        /// Northern edge, degrees.
        north_deg: f64,
        /// Western edge, degrees.
        west_deg: f64,
        /// Southern edge, degrees.
        south_deg: f64,
        /// Eastern edge, degrees.
        east_deg: f64,
    },
    /// The pixels are no length.
    #[error("a pixel of {0} m: give a size above 0")]
    Pixel(f64),
    /// More pixels than a map holds.
    #[error(
        "{0} pixels are too many for one map (limit {MAX_PIXELS}): use larger pixels, a smaller radius or sites that lie nearer together"
    )]
    TooLarge(f64),
}

/// A north-up grid in WGS84 degrees. Row 0 is the northernmost, column 0 the westernmost; pixels are areas.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Grid {
    /// The northern edge of row 0, degrees.
    pub north_deg: f64,
    /// The western edge of column 0, degrees.
    pub west_deg: f64,
    /// Height of a pixel, degrees.
    pub lat_step_deg: f64,
    /// Width of a pixel, degrees.
    pub lon_step_deg: f64,
    /// Number of rows.
    pub rows: usize,
    /// Number of columns.
    pub columns: usize,
}

impl Grid {
    /// A grid that covers a circle of `radius_m` around each site with pixels of about `pixel_m` × `pixel_m` (true to
    /// 0.6 % at the middle latitude, so that the map looks right as it is).
    ///
    /// # Errors
    /// [`GridError`] where there are no sites, the pixels are no length, or there would be too many.
    pub fn around(sites: &[LatLon], radius_m: f64, pixel_m: f64) -> Result<Grid, GridError> {
        if !(pixel_m.is_finite() && pixel_m > 0.0) {
            return Err(GridError::Pixel(pixel_m));
        }
        let mut low = (f64::INFINITY, f64::INFINITY);
        let mut high = (f64::NEG_INFINITY, f64::NEG_INFINITY);
        for site in sites {
            low = (low.0.min(site.lat_deg()), low.1.min(site.lon_deg()));
            high = (high.0.max(site.lat_deg()), high.1.max(site.lon_deg()));
        }
        let middle = 0.5 * (low.0 + high.0);
        // 1 % wider than the sphere says: the ellipsoid's degrees are up to 0.6 % shorter.
        let lat_margin = 1.01 * radius_m / METRES_PER_DEGREE;
        let widest = low.0.abs().max(high.0.abs()) + lat_margin;
        let lon_margin = lat_margin / widest.to_radians().cos();
        let (south, north) = (low.0 - lat_margin, high.0 + lat_margin);
        let (west, east) = (low.1 - lon_margin, high.1 + lon_margin);
        let on_globe = south >= -89.0 && north <= 89.0 && west >= -180.0 && east <= 180.0 && lon_margin > 0.0;
        if !on_globe {
            return Err(GridError::Extent {
                north_deg: north,
                west_deg: west,
                south_deg: south,
                east_deg: east,
            });
        }
        let lat_step = pixel_m / METRES_PER_DEGREE;
        let lon_step = lat_step / middle.to_radians().cos();
        let (rows, columns) = (((north - south) / lat_step).ceil(), ((east - west) / lon_step).ceil());
        let fits = rows * columns <= MAX_PIXELS as f64;
        if !fits {
            return Err(GridError::TooLarge(rows * columns));
        }
        Ok(Grid {
            north_deg: north,
            west_deg: west,
            lat_step_deg: lat_step,
            lon_step_deg: lon_step,
            rows: rows as usize,
            columns: columns as usize,
        })
    }

    /// The number of pixels.
    pub fn pixels(&self) -> usize {
        self.rows * self.columns
    }

    /// Latitude of the middle of a row, degrees; rows may be fractions.
    pub fn lat_deg(&self, row: f64) -> f64 {
        self.north_deg - (row + 0.5) * self.lat_step_deg
    }

    /// Longitude of the middle of a column, degrees.
    pub fn lon_deg(&self, column: f64) -> f64 {
        self.west_deg + (column + 0.5) * self.lon_step_deg
    }

    /// The row and column, as fractions from the middle of the first pixel, of a position.
    pub fn place_of(&self, position: LatLon) -> (f64, f64) {
        let row = (self.north_deg - position.lat_deg()) / self.lat_step_deg - 0.5;
        (row, (position.lon_deg() - self.west_deg) / self.lon_step_deg - 0.5)
    }

    /// The area of a pixel of a row on WGS84, m².
    pub fn pixel_area_m2(&self, row: usize) -> f64 {
        let north = self.north_deg - row as f64 * self.lat_step_deg;
        band_area_m2(north - self.lat_step_deg, north, self.lon_step_deg)
    }

    /// The area on WGS84 of the pixels chosen by their number, row by row from the north-west corner, m².
    pub fn area_m2(&self, is_chosen: impl Fn(usize) -> bool) -> f64 {
        let of_row = |row: usize| {
            let first = row * self.columns;
            let chosen = (first..first + self.columns).filter(|&pixel| is_chosen(pixel)).count();
            if chosen == 0 { 0.0 } else { chosen as f64 * self.pixel_area_m2(row) }
        };
        (0..self.rows).map(of_row).sum()
    }

    /// The height of a pixel on the ground, m, to 0.6 %: for scale bars and slopes, not for distances or areas.
    pub fn pixel_m(&self) -> f64 {
        self.lat_step_deg * METRES_PER_DEGREE
    }
}

/// One value a pixel, row by row. NaN where it is not known or not within reach.
#[derive(Debug, Clone, PartialEq)]
pub struct Raster {
    grid: Grid,
    values: Vec<f32>,
}

impl Raster {
    /// A raster without a known value.
    pub fn unknown(grid: Grid) -> Raster {
        Raster { grid, values: vec![f32::NAN; grid.pixels()] }
    }

    /// A raster with a value computed for each pixel from its row and column.
    pub fn from_fn(grid: Grid, mut value: impl FnMut(usize, usize) -> f32) -> Raster {
        let mut values = Vec::with_capacity(grid.pixels());
        for row in 0..grid.rows {
            values.extend((0..grid.columns).map(|column| value(row, column)));
        }
        Raster { grid, values }
    }

    /// The grid.
    pub fn grid(&self) -> &Grid {
        &self.grid
    }

    /// The values, row by row from the north-west corner.
    pub fn values(&self) -> &[f32] {
        &self.values
    }

    /// The values, to change them.
    pub fn values_mut(&mut self) -> &mut [f32] {
        &mut self.values
    }

    /// The value of a pixel; `None` where it is not known or there is no such pixel.
    pub fn get(&self, row: usize, column: usize) -> Option<f32> {
        if row >= self.grid.rows || column >= self.grid.columns {
            return None;
        }
        Some(self.values[row * self.grid.columns + column]).filter(|v| !v.is_nan())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geodesy::{destination, distance_m};

    fn at(lat: f64, lon: f64) -> LatLon {
        LatLon::from_degrees(lat, lon).unwrap()
    }

    #[test]
    fn the_grid_covers_the_circle_with_square_pixels() {
        let site = at(19.2, 104.6);
        let grid = Grid::around(&[site], 20_000.0, 30.0).unwrap();
        for azimuth in [0.0, 90.0, 180.0, 270.0] {
            let edge = destination(site, azimuth, 20_000.0).unwrap();
            let (row, column) = grid.place_of(edge);
            assert!(row > -0.5 && row < grid.rows as f64 - 0.5, "{azimuth}: row {row}");
            assert!(column > -0.5 && column < grid.columns as f64 - 0.5, "{azimuth}: column {column}");
        }
        let (a, b) = (at(grid.lat_deg(600.0), 104.6), at(grid.lat_deg(601.0), 104.6));
        assert!((distance_m(a, b) - 30.0).abs() < 0.2);
        let middle = grid.rows as f64 / 2.0;
        let (a, b) =
            (at(grid.lat_deg(middle), grid.lon_deg(5.0)), at(grid.lat_deg(middle), grid.lon_deg(6.0)));
        assert!((distance_m(a, b) - 30.0).abs() < 0.2);
        let (row, column) = grid.place_of(at(grid.lat_deg(7.0), grid.lon_deg(9.0)));
        assert!((row - 7.0).abs() < 1e-6 && (column - 9.0).abs() < 1e-6);
    }

    #[test]
    fn areas_are_those_of_the_ellipsoid() {
        let site = at(19.2, 104.6);
        let grid = Grid::around(&[site], 20_000.0, 100.0).unwrap();
        // A circle of 20 km: its area on the ellipsoid is that in the plane to 2e-6 (r²/12R²), whatever a pixel's sides.
        let within = |pixel: usize| {
            let (row, column) = (pixel / grid.columns, pixel % grid.columns);
            distance_m(site, at(grid.lat_deg(row as f64), grid.lon_deg(column as f64))) <= 20_000.0
        };
        let circle = std::f64::consts::PI * 20_000.0_f64.powi(2);
        let off = grid.area_m2(within) / circle - 1.0;
        assert!(off.abs() < 2e-4, "{off}");
        // Squares of the nominal side are 0.3 % too large there.
        let squares = (0..grid.pixels()).filter(|&p| within(p)).count() as f64 * grid.pixel_m().powi(2);
        assert!(squares / circle > 1.002, "{}", squares / circle);
    }

    #[test]
    fn what_is_no_map_is_refused() {
        let site = at(19.0, 105.0);
        assert!(matches!(Grid::around(&[site], 2e4, 0.0), Err(GridError::Pixel(_))));
        assert!(matches!(Grid::around(&[site], 2e4, f64::NAN), Err(GridError::Pixel(_))));
        assert!(matches!(Grid::around(&[site], 2e4, 0.1), Err(GridError::TooLarge(_))));
        assert!(matches!(Grid::around(&[site, at(-40.0, -70.0)], 2e4, 30.0), Err(GridError::TooLarge(_))));
        assert!(matches!(Grid::around(&[], 2e4, 30.0), Err(GridError::Extent { .. })));
        assert!(matches!(Grid::around(&[at(89.9, 0.0)], 2e4, 30.0), Err(GridError::Extent { .. })));
        assert!(matches!(Grid::around(&[at(19.0, 179.99)], 2e4, 30.0), Err(GridError::Extent { .. })));
    }
}
