//! Tropospheric scatter (Algorithm, eqs 4.60–4.67 and 6.8–6.13; TN101, chapter 9).

use std::f64::consts::SQRT_2;

use super::path::Path;

impl Path {
    /// Scatter loss at a distance, dB, and its frequency gain H0, to be handed on to the next distance (`None` at
    /// first). `None` where scatter is not defined.
    pub(super) fn troposcatter_db(&self, distance_m: f64, before: Option<f64>) -> Option<(f64, f64)> {
        let h0 = match before {
            Some(h0) if h0 > 15.0 => h0,
            _ => {
                let h0 = self.frequency_gain_db(distance_m)?;
                // Above 15 dB the value at the far distance stands for both.
                before.filter(|_| h0 > 15.0).unwrap_or(h0)
            }
        };
        let th = distance_m / self.radius_m - self.theta_los;
        let loss = attenuation_db(th * distance_m) + 10.0 * (self.wave_number * 47.7 * th.powi(4)).log10()
            - 0.1 * (self.refractivity - 301.0) * (-th * distance_m / 40e3).exp()
            + h0; // eq. 4.63
        Some((loss, h0))
    }

    fn frequency_gain_db(&self, d: f64) -> Option<f64> {
        let [l1, l2] = self.terrain.horizon_m;
        let [e1, e2] = self.terrain.effective_m;
        let (ad, ratio) = if l1 < l2 { (l2 - l1, e1 / e2) } else { (l1 - l2, e2 / e1) };
        let theta = self.terrain.theta[0] + self.terrain.theta[1] + d / self.radius_m;
        let (r1, r2) = (2.0 * self.wave_number * theta * e1, 2.0 * self.wave_number * theta * e2); // eq. 9.4a
        if r1 < 0.2 && r2 < 0.2 {
            return None;
        }
        let s = (d - ad) / (d + ad);
        let q = (ratio / s).clamp(0.1, 10.0);
        let s = s.max(0.1);
        let crossing = (d - ad) * (d + ad) * theta * 0.25 / d; // Algorithm, eq. 4.66
        let ns = self.refractivity;
        let eta = crossing / 1755.6
            * (1.0 + (0.031 - ns * 2.32e-3 + ns * ns * 5.67e-6) * (-(crossing / 8e3).min(1.7).powi(6)).exp()); // eq. 9.3a
        let h00 = 0.5 * (curve_db(r1, eta) + curve_db(r2, eta));
        let asymmetry = h00.min(6.0 * (0.6 - eta.max(1.0).log10()) * s.log10() * q.log10());
        let h0 = (h00 + asymmetry).max(0.0); // eq. 9.5
        if eta >= 1.0 {
            return Some(h0);
        }
        let product = (1.0 + SQRT_2 / r1) * (1.0 + SQRT_2 / r2);
        let still = 10.0 * (product * product * (r1 + r2) / (r1 + r2 + 2.0 * SQRT_2)).log10();
        Some(eta * h0 + (1.0 - eta) * still)
    }
}

/// H0(r, η), dB (Algorithm, eq. 6.13), between the curves for whole η.
fn curve_db(r: f64, eta: f64) -> f64 {
    const A: [f64; 5] = [25.0, 80.0, 177.0, 395.0, 705.0];
    const B: [f64; 5] = [24.0, 45.0, 68.0, 80.0, 105.0];
    let eta = eta.clamp(1.0, 5.0);
    let curve = |i: usize| 10.0 * (1.0 + A[i] * r.powi(-4) + B[i] * r.powi(-2)).log10();
    let whole = (eta as usize).clamp(1, 5);
    let part = eta - whole as f64;
    if part > 0.0 { (1.0 - part) * curve(whole - 1) + part * curve(whole) } else { curve(whole - 1) }
}

/// F(θd), dB, θd in m (Algorithm, eq. 6.9).
fn attenuation_db(td: f64) -> f64 {
    let (a, b, c) = if td <= 10e3 {
        (133.4, 0.332e-3, -10.0)
    } else if td <= 70e3 {
        (104.6, 0.212e-3, -2.5)
    } else {
        (71.8, 0.157e-3, 5.0)
    };
    a + b * td + c * td.log10()
}
