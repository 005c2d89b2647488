//! The normal distribution of a level around its mean, exact to the last few bits: the approximation that the propagation
//! models prescribe for themselves is off by up to 4.5e-4.

/// Probability that a level which is on average `margin_db` above the threshold, with standard deviation `sigma_db`, is at
/// least the threshold. Without deviation it is 1 or 0.
pub fn exceedance_probability(margin_db: f64, sigma_db: f64) -> f64 {
    if sigma_db > 0.0 {
        cumulative(margin_db / sigma_db)
    } else if margin_db >= 0.0 {
        1.0
    } else {
        0.0
    }
}

/// By how many standard deviations the mean must exceed the threshold for a probability in (0, 1); 0 at 0.5.
pub fn fade_margin_sigmas(probability: f64) -> f64 {
    let (mut low, mut high) = (-LIMIT, LIMIT);
    if probability == 0.5 {
        return 0.0;
    }
    // Halving to the last bit: it is done once a run.
    loop {
        let middle = 0.5 * (low + high);
        if middle <= low || middle >= high {
            return middle;
        }
        if cumulative(middle) < probability { low = middle } else { high = middle }
    }
}

/// Beyond so many standard deviations the rest is below the last bit of 1.
const LIMIT: f64 = 8.3;

/// The cumulative normal distribution: `Φ(x) = 1/2 + φ(x) (x + x³/3 + x⁵/(3·5) + …)` (G. Marsaglia, "Evaluating the Normal
/// Distribution", Journal of Statistical Software 11(4), 2004).
fn cumulative(x: f64) -> f64 {
    if x.is_nan() || x.abs() > LIMIT {
        return if x > 0.0 { 1.0 } else { 0.0 };
    }
    let (mut term, mut sum, mut odd) = (x, x, 1.0);
    loop {
        odd += 2.0;
        term *= x * x / odd;
        let next = sum + term;
        if next == sum {
            break;
        }
        sum = next;
    }
    let density = (-0.5 * x * x).exp() / std::f64::consts::TAU.sqrt();
    (0.5 + density * sum).clamp(0.0, 1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn agrees_with_the_tables() {
        // Abramowitz & Stegun, Table 26.1.
        for (x, p) in [
            (0.0, 0.5),
            (0.5, 0.691_462_461_274_013),
            (1.0, 0.841_344_746_068_543),
            (2.0, 0.977_249_868_051_821),
            (3.0, 0.998_650_101_968_370),
            (-1.0, 0.158_655_253_931_457),
        ] {
            assert!((cumulative(x) - p).abs() < 1e-14, "{x}: {}", cumulative(x));
        }
        assert_eq!((cumulative(40.0), cumulative(-40.0), cumulative(f64::NAN)), (1.0, 0.0, 0.0));
    }

    #[test]
    fn the_inverse_takes_it_back() {
        for p in [0.01, 0.1, 0.5, 0.75, 0.9, 0.95, 0.99] {
            assert!((cumulative(fade_margin_sigmas(p)) - p).abs() < 1e-15, "{p}");
        }
        assert!((fade_margin_sigmas(0.95) - 1.644_853_626_951_47).abs() < 1e-12);
    }
}
