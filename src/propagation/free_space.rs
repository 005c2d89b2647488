//! Free space: what is lost to distance alone. The floor of every other model, and a labelled baseline.

/// Free-space basic transmission loss, dB: `20 log10(4π d f / c)`, that is `32.447 78 + 20 log10(f_MHz) + 20 log10(d_km)`
/// (ITU-R P.525-4, eq. 3). Needs d, f > 0; otherwise `None`.
pub fn loss_db(distance_km: f64, freq_mhz: f64) -> Option<f64> {
    if !(distance_km > 0.0 && freq_mhz > 0.0 && distance_km.is_finite() && freq_mhz.is_finite()) {
        return None;
    }
    // c = 299.792 458 km · MHz exactly.
    Some(20.0 * (4.0 * std::f64::consts::PI * distance_km * freq_mhz / 0.299_792_458).log10())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn agrees_with_the_rounded_formula_of_the_recommendation() {
        // 32.4 + 20 log f + 20 log d is that to 0.05 dB.
        for (d, f) in [(1.0, 1.0), (10.0, 800.0), (0.1, 2600.0)] {
            let rounded = 32.4 + 20.0 * f64::log10(f) + 20.0 * f64::log10(d);
            assert!((loss_db(d, f).unwrap() - rounded).abs() < 0.05);
        }
    }

    #[test]
    fn has_no_answer_where_there_is_no_distance() {
        assert_eq!(loss_db(0.0, 800.0), None);
        assert_eq!(loss_db(f64::NAN, 800.0), None);
        assert_eq!(loss_db(1.0, -1.0), None);
    }
}
