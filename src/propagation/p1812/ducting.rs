//! Ducting and layer reflection (§4.5).

use super::climate::PathZones;
use super::smooth::Geometry;

/// What depends on frequency alone.
#[derive(Debug, Clone, Copy)]
pub(super) struct Ducting {
    sqrt_f: f64,
    cbrt_f: f64,
    /// `102.45 + 20 log f + Alf` (eqs 47, 47a).
    constant_db: f64,
    /// γd, dB/mrad (eq. 51).
    gamma_d: f64,
    ae_km: f64,
}

/// What of the path is not in its geometry.
#[derive(Debug, Clone, Copy)]
pub(super) struct Path {
    pub length_km: f64,
    pub time_percent: f64,
    pub beta0_percent: f64,
    pub tau: f64,
    pub dct_km: f64,
    pub dcr_km: f64,
    pub hts_m: f64,
    pub hrs_m: f64,
}

impl Ducting {
    pub(super) fn new(f_ghz: f64, ae_km: f64) -> Ducting {
        let alf = if f_ghz < 0.5 { 45.375 - 137.0 * f_ghz + 92.5 * f_ghz * f_ghz } else { 0.0 };
        let cbrt_f = f_ghz.cbrt();
        Ducting {
            sqrt_f: f_ghz.sqrt(),
            cbrt_f,
            constant_db: 102.45 + 20.0 * f_ghz.log10() + alf,
            gamma_d: 5e-5 * ae_km * cbrt_f,
            ae_km,
        }
    }

    /// Lba without its dependence on time, dB: fixed coupling losses (eq. 47) and those of the angle (eqs 50–52). For
    /// p ≥ β0 the rest is not negative, so that this is a lower bound.
    pub(super) fn fixed_db(&self, path: &Path, zones: &PathZones, geometry: &Geometry) -> f64 {
        let site_shielding = |theta: f64, horizon_km: f64| {
            let theta2 = theta - 0.1 * horizon_km;
            if theta2 <= 0.0 {
                return 0.0;
            }
            20.0 * (1.0 + 0.361 * theta2 * self.sqrt_f * horizon_km.sqrt()).log10()
                + 0.264 * theta2 * self.cbrt_f
        }; // eqs 48, 48a
        let coupling = |coast_km: f64, horizon_km: f64, height_m: f64| {
            if coast_km > 5.0 || coast_km > horizon_km || zones.omega < 0.75 {
                return 0.0;
            }
            -3.0 * (-0.25 * coast_km * coast_km).exp() * (1.0 + (0.07 * (50.0 - height_m)).tanh())
        }; // eqs 49, 49a
        let g = geometry;
        let af = self.constant_db
            + 20.0 * (g.dlt_km + g.dlr_km).log10()
            + site_shielding(g.theta_t_mrad, g.dlt_km)
            + site_shielding(g.theta_r_mrad, g.dlr_km)
            + coupling(path.dct_km, g.dlt_km, path.hts_m)
            + coupling(path.dcr_km, g.dlr_km, path.hrs_m);
        // θ' with each horizon angle cut at 0.1 mrad/km (eqs 52, 52a).
        let theta1 = 1000.0 * path.length_km / self.ae_km
            + g.theta_t_mrad.min(0.1 * g.dlt_km)
            + g.theta_r_mrad.min(0.1 * g.dlr_km);
        af + self.gamma_d * theta1
    }

    /// A(p), dB: the dependence on time (eqs 53–56a), over terrain of the roughness `hm_m`.
    pub(super) fn time_db(&self, path: &Path, geometry: &Geometry, hm_m: f64) -> f64 {
        let d = path.length_km;
        let roots = geometry.hte_m.sqrt() + geometry.hre_m.sqrt();
        let alpha = (-0.6 - 3.5e-9 * d.powf(3.1) * path.tau).max(-3.4); // eq. 55a
        let mu2 = (500.0 / self.ae_km * (d / roots) * (d / roots)).powf(alpha).min(1.0); // eq. 55
        let di = (d - geometry.dlt_km - geometry.dlr_km).min(40.0); // eq. 56a
        let mu3 = if hm_m > 10.0 { (-4.6e-5 * (hm_m - 10.0) * (43.0 + 6.0 * di)).exp() } else { 1.0 }; // eq. 56
        // eq. 54, kept from vanishing behind the roughest terrain
        let beta = (path.beta0_percent * mu2 * mu3).max(1e-300);
        let log_beta = beta.log10();
        let log_ratio = path.time_percent.log10() - log_beta;
        let gamma = 1.076 / (2.0058 - log_beta).powf(1.012)
            * (-(9.51 - 4.8 * log_beta + 0.198 * log_beta * log_beta) * 1e-6 * d.powf(1.13)).exp(); // eq. 53a
        -12.0 + (1.2 + 3.7e-3 * d) * log_ratio + 12.0 * (gamma * log_ratio * std::f64::consts::LN_10).exp() // eq. 53
    }
}
