//! The inverse of the complementary cumulative normal distribution, by the approximation that both models prescribe:
//! Abramowitz & Stegun, 26.2.23. Its error is up to 4.5e-4, so that a better one would give other losses.

/// `C0` of ITU-R P.1812-8 (Attachment 2 to Annex 1, eq. 95c): more digits, so that the median is 0.
pub(super) const C0_P1812: f64 = 2.515_516_698;
/// `C0` of the original and of ITM.
pub(super) const C0_ITM: f64 = 2.515_516;

/// How many standard deviations a normal variable exceeds with probability `q`, 0 < q < 1; negative above 0.5.
pub(super) fn inverse_exceedance(q: f64, c0: f64) -> f64 {
    let tail = |q: f64| {
        let t = (-2.0 * q.ln()).sqrt();
        let c = (0.010_328 * t + 0.802_853) * t + c0;
        t - c / (((0.001_308 * t + 0.189_269) * t + 1.432_788) * t + 1.0)
    };
    if q <= 0.5 { tail(q) } else { -tail(1.0 - q) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn agrees_with_the_table_of_the_normal_distribution() {
        for (q, z) in [(0.01, 2.326_35), (0.1, 1.281_55), (0.5, 0.0), (0.9, -1.281_55), (0.99, -2.326_35)] {
            assert!((inverse_exceedance(q, C0_P1812) - z).abs() < 4.5e-4, "{q}");
            assert!((inverse_exceedance(q, C0_ITM) - z).abs() < 4.5e-4, "{q}");
        }
    }
}
