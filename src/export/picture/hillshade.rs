//! Relief from heights: how much light from the north-west falls on each pixel (Horn, 1981, "Hill shading and the
//! reflectance map": slopes from the eight neighbours).

use crate::coverage::Raster;

/// The light: from the north-west, 45° above the horizon, as maps have it.
const AZIMUTH_DEG: f64 = 315.0;
const ALTITUDE_DEG: f64 = 45.0;

/// The light on each pixel, 0 to 1; NaN where its height or all of a neighbouring side is not known. `exaggeration`
/// multiplies the heights.
pub(super) fn hillshade(heights_m: &Raster, exaggeration: f64) -> Vec<f32> {
    let grid = heights_m.grid();
    let (rows, columns) = (grid.rows, grid.columns);
    let pixel_m = grid.pixel_m();
    let (sin_altitude, cos_altitude) = ALTITUDE_DEG.to_radians().sin_cos();
    let (sin_azimuth, cos_azimuth) = AZIMUTH_DEG.to_radians().sin_cos();
    let mut light = vec![f32::NAN; rows * columns];
    for row in 0..rows {
        let (above, below) = (row.saturating_sub(1), (row + 1).min(rows - 1));
        for column in 0..columns {
            let Some(here) = heights_m.get(row, column) else { continue };
            let (left, right) = (column.saturating_sub(1), (column + 1).min(columns - 1));
            // An unknown neighbour is taken as level with the pixel itself: the relief ends there, softly.
            let z = |r, c| f64::from(heights_m.get(r, c).unwrap_or(here));
            let weighted = |a: f64, b: f64, c: f64| a + 2.0 * b + c;
            let width = 4.0 * pixel_m * (right - left).max(1) as f64;
            let height = 4.0 * pixel_m * (below - above).max(1) as f64;
            let eastward = (weighted(z(above, right), z(row, right), z(below, right))
                - weighted(z(above, left), z(row, left), z(below, left)))
                / width
                * exaggeration;
            let northward = (weighted(z(above, left), z(above, column), z(above, right))
                - weighted(z(below, left), z(below, column), z(below, right)))
                / height
                * exaggeration;
            // The cosine between the light and the surface's normal (−east, −north, 1).
            let towards_light =
                -(eastward * sin_azimuth + northward * cos_azimuth) * cos_altitude + sin_altitude;
            let cosine = towards_light / (1.0 + eastward * eastward + northward * northward).sqrt();
            light[row * columns + column] = cosine.max(0.0) as f32;
        }
    }
    light
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::coverage::Grid;
    use crate::geodesy::LatLon;

    fn plane(east: f64, north: f64) -> Vec<f32> {
        let grid = Grid::around(&[LatLon::from_degrees(19.0, 105.0).unwrap()], 300.0, 30.0).unwrap();
        let pixel = grid.pixel_m();
        let height = |row: usize, column: usize| {
            (500.0 + east * pixel * column as f64 - north * pixel * row as f64) as f32
        };
        let light = hillshade(&Raster::from_fn(grid, height), 1.0);
        let inner = |n: usize, size: usize| n > 0 && n + 1 < size;
        light
            .iter()
            .enumerate()
            .filter(|(at, _)| inner(at / grid.columns, grid.rows) && inner(at % grid.columns, grid.columns))
            .map(|(_, &light)| light)
            .collect()
    }

    #[test]
    fn a_plane_is_lit_by_its_angle_to_the_light() {
        let all = |light: Vec<f32>, expected: f64| {
            assert!(!light.is_empty());
            for value in light {
                assert!((f64::from(value) - expected).abs() < 1e-4, "{value} is not {expected}");
            }
        };
        all(plane(0.0, 0.0), 45f64.to_radians().sin());
        // A slope of 45° that looks to the north-west faces the light; to the south-east it has none.
        let slope = 1.0 / 2f64.sqrt();
        all(plane(slope, -slope), 1.0);
        all(plane(-slope, slope), 0.0);
        // To the north-east the light comes from the side.
        all(plane(-slope, -slope), 0.5);
    }

    #[test]
    fn unknown_heights_have_no_light() {
        let grid = Grid::around(&[LatLon::from_degrees(19.0, 105.0).unwrap()], 300.0, 30.0).unwrap();
        let heights =
            Raster::from_fn(grid, |row, column| if row == 5 && column == 5 { f32::NAN } else { 10.0 });
        let light = hillshade(&heights, 1.0);
        assert_eq!(light.iter().filter(|v| v.is_nan()).count(), 1);
        assert!(light[5 * grid.columns + 5].is_nan());
    }
}
