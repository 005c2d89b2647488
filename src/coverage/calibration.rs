//! Residuals of measurements against predictions: offset and spread, robust against outliers.
//!
//! Residual: measured − predicted, dB. Centre and spread are the median and 1.4826 times the median absolute deviation
//! (MAD; the factor makes it the standard deviation of a normal distribution); mean and standard deviation stand beside
//! them, of the residuals within [`OUTLIER_SPREADS`] spreads of the median.

/// Residuals farther from the median than so many spreads are left out of mean and standard deviation.
pub const OUTLIER_SPREADS: f64 = 4.0;
/// MAD of a normal distribution → its standard deviation.
const MAD_TO_SIGMA: f64 = 1.482_602_218_505_602;
/// No spread is taken to be smaller, dB: receivers report whole dB.
const LEAST_SPREAD_DB: f64 = 0.5;

/// What residuals amount to.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ResidualStats {
    /// How many there are.
    pub count: usize,
    /// Of these, left out of mean and standard deviation.
    pub outliers: usize,
    /// Median, dB: by how much the prediction is to be raised.
    pub median_db: f64,
    /// Spread by the MAD, dB.
    pub robust_sigma_db: f64,
    /// Mean without outliers, dB.
    pub mean_db: f64,
    /// Standard deviation without outliers, dB (n − 1).
    pub sigma_db: f64,
    /// Tenth and ninetieth percentile, dB.
    pub p10_p90_db: (f64, f64),
}

impl ResidualStats {
    /// The statistics of at least two finite residuals; `None` of fewer.
    pub fn of(residuals_db: &[f64]) -> Option<ResidualStats> {
        let mut sorted: Vec<f64> = residuals_db.iter().copied().filter(|r| r.is_finite()).collect();
        if sorted.len() < 2 {
            return None;
        }
        sorted.sort_unstable_by(f64::total_cmp);
        let median_db = quantile(&sorted, 0.5);
        let mut deviations: Vec<f64> = sorted.iter().map(|r| (r - median_db).abs()).collect();
        deviations.sort_unstable_by(f64::total_cmp);
        let robust_sigma_db = MAD_TO_SIGMA * quantile(&deviations, 0.5);
        let most = OUTLIER_SPREADS * robust_sigma_db.max(LEAST_SPREAD_DB);
        let kept: Vec<f64> = sorted.iter().copied().filter(|r| (r - median_db).abs() <= most).collect();
        let mean_db = kept.iter().sum::<f64>() / kept.len() as f64;
        let squares: f64 = kept.iter().map(|r| (r - mean_db) * (r - mean_db)).sum();
        let sigma_db = (squares / (kept.len().max(2) - 1) as f64).sqrt();
        Some(ResidualStats {
            count: sorted.len(),
            outliers: sorted.len() - kept.len(),
            median_db,
            robust_sigma_db,
            mean_db,
            sigma_db,
            p10_p90_db: (quantile(&sorted, 0.1), quantile(&sorted, 0.9)),
        })
    }

    /// Whether a residual is one of those left out.
    pub fn is_outlier(&self, residual_db: f64) -> bool {
        (residual_db - self.median_db).abs() > OUTLIER_SPREADS * self.robust_sigma_db.max(LEAST_SPREAD_DB)
    }
}

/// A quantile of sorted values, linear between them; 0 of none.
pub fn quantile(sorted: &[f64], share: f64) -> f64 {
    let Some(last) = sorted.len().checked_sub(1) else { return 0.0 };
    let place = share * last as f64;
    let low = place.floor() as usize;
    let high = (low + 1).min(last);
    sorted[low] + (sorted[high] - sorted[low]) * (place - low as f64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn by_hand() {
        let stats = ResidualStats::of(&[1.0, 2.0, 3.0, 4.0, 5.0]).unwrap();
        assert_eq!((stats.count, stats.outliers, stats.median_db, stats.mean_db), (5, 0, 3.0, 3.0));
        assert!((stats.robust_sigma_db - 1.4826022).abs() < 1e-6);
        assert!((stats.sigma_db - 2.5_f64.sqrt()).abs() < 1e-12);
        assert_eq!(stats.p10_p90_db, (1.4, 4.6));
        assert_eq!(ResidualStats::of(&[1.0, f64::NAN]), None);
    }

    #[test]
    fn outliers_move_neither_offset_nor_spread() {
        let mut residuals: Vec<f64> = (0..200).map(|i| -6.0 + f64::from(i % 21) - 10.0).collect();
        let clean = ResidualStats::of(&residuals).unwrap();
        residuals.extend([90.0; 9]);
        let dirty = ResidualStats::of(&residuals).unwrap();
        assert_eq!(dirty.outliers, 9);
        assert!(dirty.is_outlier(90.0) && !dirty.is_outlier(dirty.median_db));
        assert!((dirty.median_db - clean.median_db).abs() <= 1.0);
        assert_eq!(dirty.mean_db, clean.mean_db);
        assert!((dirty.robust_sigma_db - clean.robust_sigma_db).abs() <= 1.5);
    }
}
