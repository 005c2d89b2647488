//! Areas on the ellipsoid.

use super::ecef::{FLATTENING, SEMI_MAJOR_M};

/// Area on WGS84 between two parallels and two meridians `width_deg` apart, m² (Snyder, Map Projections: A Working Manual,
/// USGS 1395, eq. 3-12 with 14-15: the authalic `q`, times a²/2, times the width in radians).
pub fn band_area_m2(south_deg: f64, north_deg: f64, width_deg: f64) -> f64 {
    let q = |lat_deg: f64| {
        let e2 = FLATTENING * (2.0 - FLATTENING);
        let (e, sin) = (e2.sqrt(), lat_deg.to_radians().sin());
        (1.0 - e2) * (sin / (1.0 - e2 * sin * sin) + (e * sin).atanh() / e)
    };
    0.5 * SEMI_MAJOR_M * SEMI_MAJOR_M * (q(north_deg) - q(south_deg)) * width_deg.to_radians()
}

#[cfg(test)]
mod tests {
    use super::band_area_m2;

    #[test]
    fn the_whole_earth_has_its_published_area() {
        // WGS84: 510 065 621.724 km² (NIMA TR8350.2, surface area of the ellipsoid).
        assert!((band_area_m2(-90.0, 90.0, 360.0) / 1e6 - 510_065_621.724).abs() < 0.01);
        // A degree square at the equator, by the radii of curvature there: 111.319 km by 110.574 km.
        let square = band_area_m2(-0.5, 0.5, 1.0) / 1e6;
        assert!((square - 111.319_49 * 110.574_28).abs() < 0.2, "{square}");
    }
}
