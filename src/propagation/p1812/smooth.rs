//! Path analysis (Attachment 1 to Annex 1): horizons, path type, smooth-earth heights and roughness.

use super::scan::{Ends, Scan, greatest_above, greatest_parameter};
use crate::propagation::profile::Profile;

/// Geometry of a path over its terrain. Heights in m above mean sea level unless said, angles in mrad.
#[derive(Debug, Clone, Copy)]
pub(super) struct Geometry {
    pub trans_horizon: bool,
    /// Horizon distances, km (eqs 78, 81a).
    pub dlt_km: f64,
    pub dlr_km: f64,
    /// Horizon elevation angles (eqs 76–81) and the path's angular distance (eq. 82).
    pub theta_t_mrad: f64,
    pub theta_r_mrad: f64,
    pub theta_mrad: f64,
    /// Smooth-earth heights: as fitted (eqs 85, 86), for ducting (eqs 90a, 90b), for diffraction (eq. 89).
    pub hst_fit_m: f64,
    pub hsr_fit_m: f64,
    pub hst_m: f64,
    pub hsr_m: f64,
    pub hstd_m: f64,
    pub hsrd_m: f64,
    /// Effective antenna heights for ducting, m (eqs 92a, 92b).
    pub hte_m: f64,
    pub hre_m: f64,
    /// The points of the two horizons, the nearer first.
    horizons: (usize, usize),
    /// In line of sight without clutter: the greatest ν over the median earth, as `scan::greatest_parameter` gives it.
    pub greatest_median: Option<f64>,
}

impl Geometry {
    #[inline(always)]
    pub(super) fn new(
        profile: &Profile<'_>,
        scan: &Scan,
        ends: &Ends,
        (htg, hrg): (f64, f64),
        ae: f64,
    ) -> Geometry {
        let (d, h) = (profile.d, profile.h);
        let n = d.len();
        let length = d[n - 1];
        let Ends { hts, hrs, bulge_median, .. } = *ends;

        // Smooth-earth surface by least squares (eqs 85, 86), then lowered under obstructions (eqs 88–89).
        let hst_fit = (2.0 * scan.v1 * length - scan.v2) / (length * length);
        let hsr_fit = (scan.v2 - scan.v1 * length) / (length * length);
        let (mut hstd, mut hsrd) = (hst_fit, hsr_fit);
        if scan.hobs > 0.0 {
            let sum = scan.alpha_obt + scan.alpha_obr;
            hstd -= scan.hobs * scan.alpha_obt / sum;
            hsrd -= scan.hobs * scan.alpha_obr / sum;
        }

        // Line of sight or beyond the horizon (eqs 76–81).
        let slope = (hrs - hts) / length;
        let trans_horizon = scan.tx.value > slope - bulge_median * length;
        let mrad = |slope: f64| 1000.0 * (slope / 1000.0).atan();
        let (theta_t, theta_r, lt, lr, greatest_median);
        if trans_horizon {
            (lt, lr) = (scan.tx.point, scan.rx.point);
            (theta_t, theta_r) = (mrad(scan.tx.value), mrad(scan.rx.value));
            greatest_median = None;
        } else {
            let greatest = greatest_parameter::<false>(profile, ends, bulge_median);
            (lt, lr) = (greatest.point, greatest.point);
            theta_t = mrad(slope - bulge_median * length);
            theta_r = mrad(-slope - bulge_median * length);
            greatest_median = Some(greatest.value);
        }

        let (hst, hsr) = (hst_fit.min(h[0]), hsr_fit.min(h[n - 1]));
        Geometry {
            trans_horizon,
            dlt_km: d[lt],
            dlr_km: length - d[lr],
            theta_t_mrad: theta_t,
            theta_r_mrad: theta_r,
            theta_mrad: 1000.0 * length / ae + theta_t + theta_r,
            hst_fit_m: hst_fit,
            hsr_fit_m: hsr_fit,
            hst_m: hst,
            hsr_m: hsr,
            hstd_m: hstd.min(h[0]),
            hsrd_m: hsrd.min(h[n - 1]),
            hte_m: htg + (h[0] - hst),
            hre_m: hrg + (h[n - 1] - hsr),
            horizons: (lt.min(lr), lt.max(lr)),
            greatest_median,
        }
    }

    /// Terrain roughness, m (eq. 93): a pass of its own, which only ducting needs.
    #[inline(always)]
    pub(super) fn roughness_m(&self, profile: &Profile<'_>) -> f64 {
        let slope = (self.hsr_m - self.hst_m) / profile.length_km();
        greatest_above(profile, self.hst_m, slope, self.horizons.0, self.horizons.1)
    }
}
