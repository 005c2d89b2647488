//! Diffraction: between two knife edges and a rounded earth (Algorithm, section 4; ERL 79-ITS 67, section 3).

use super::path::Path;
use super::terrain::{roughness_m, sigma_h_m};

impl Path {
    /// Diffraction loss at a distance, dB.
    pub(super) fn diffraction_db(&self, distance_m: f64) -> f64 {
        let knife = self.knife_edges_db(distance_m);
        let smooth = self.smooth_earth_db(distance_m);
        let [h1, h2] = self.antenna_m;
        let [e1, e2] = self.terrain.effective_m;
        // Terrain clutter (eq. 3.38c).
        let sigma = sigma_h_m(roughness_m(self.smooth_horizon_m, self.terrain.delta_h_m));
        let clutter = 15.0_f64.min(5.0 * (1.0 + 1e-5 * h1 * h2 * self.freq_mhz * sigma).log10());
        // Weight of the two (eq. 3.23), with C = 10 for known paths.
        let q = h1 * h2 + 10.0;
        let root = (1.0 + (e1 * e2 - h1 * h2) / q).sqrt();
        let rough = roughness_m(distance_m, self.terrain.delta_h_m);
        let q = (root + (-self.theta_los * self.radius_m + self.horizon_m) / distance_m)
            * (rough * self.freq_mhz / 47.7).min(6283.2);
        let weight = 25.1 / (25.1 + q.max(0.0).sqrt());
        weight * smooth + (1.0 - weight) * knife + clutter
    }

    /// Both horizons as knife edges (TN101, eqs I.1 and I.7).
    fn knife_edges_db(&self, distance_m: f64) -> f64 {
        let theta = distance_m / self.radius_m - self.theta_los;
        let beyond = distance_m - self.horizon_m;
        let edge = |horizon: f64| {
            // 1/(4π)
            let v2 = 0.079_577_5 * self.wave_number * theta * theta * horizon * beyond / (beyond + horizon);
            fresnel_db(v2)
        };
        edge(self.terrain.horizon_m[0]) + edge(self.terrain.horizon_m[1])
    }

    /// Vogler's three radii (1964).
    fn smooth_earth_db(&self, distance_m: f64) -> f64 {
        let theta = distance_m / self.radius_m - self.theta_los; // Algorithm, eq. 4.12
        let [l1, l2] = self.terrain.horizon_m;
        let [e1, e2] = self.terrain.effective_m;
        let radii = [(distance_m - self.horizon_m) / theta, 0.5 * l1 * l1 / e1, 0.5 * l2 * l2 / e2];
        let lengths_km = [radii[0] * theta / 1000.0, l1 / 1000.0, l2 / 1000.0];
        let cbrt_f = self.freq_mhz.cbrt();
        let mut x = [0.0; 3];
        let mut k = [0.0; 3];
        for i in 0..3 {
            // C0 = (4/3k)^(1/3) with a radius of 6 370 km (eq. 2); K (eq. 6a); B0 (Fig. 4).
            let c0 = (4.0 / 3.0 * 6_370e3 / radii[i]).cbrt();
            k[i] = 0.017_778 * c0 / cbrt_f / self.impedance.abs();
            x[i] = (1.607 - k[i]) * c0 * c0 * cbrt_f * lengths_km[i];
        }
        let whole = x[0] + x[1] + x[2];
        // TN101, eq. 8.4
        let distance_db = 0.057_51 * whole - 10.0 * whole.log10();
        distance_db - height_db(x[1], k[1]) - height_db(x[2], k[2]) - 20.0 // Algorithm, eq. 4.20
    }
}

/// Loss at one knife edge, dB, by ν² (TN101, eqs III.24b and c).
fn fresnel_db(v2: f64) -> f64 {
    if v2 < 5.76 { 6.02 + 9.11 * v2.sqrt() - 1.27 * v2 } else { 12.953 + 10.0 * v2.log10() }
}

/// Height gain F(x, K), dB.
fn height_db(x: f64, k: f64) -> f64 {
    if x < 200.0 {
        let w = -k.ln();
        if k < 1e-5 || x * w * w * w > 5495.0 {
            return if x > 1.0 { 17.372 * x.ln() - 117.0 } else { -117.0 };
        }
        return 2.5e-5 * x * x / k - 8.686 * w - 15.0;
    }
    let far = 0.057_51 * x - 4.343 * x.ln();
    if x < 2000.0 {
        let w = 0.0134 * x * (-0.005 * x).exp();
        (1.0 - w) * far + w * (17.372 * x.ln() - 117.0)
    } else {
        far
    }
}
