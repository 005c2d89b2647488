//! Two rays in line of sight (Algorithm, eqs 4.46–4.50).

use std::f64::consts::{FRAC_PI_2, PI};

use super::complex::Complex;
use super::path::{DiffractionLine, Path};
use super::terrain::{roughness_m, sigma_h_m};

impl Path {
    /// Loss in line of sight at a distance, dB.
    pub(super) fn line_of_sight_db(&self, distance_m: f64, line: DiffractionLine) -> f64 {
        let sigma = sigma_h_m(roughness_m(distance_m, self.terrain.delta_h_m));
        let [e1, e2] = self.terrain.effective_m;
        let z = self.impedance;
        let sin_psi = (e1 + e2) / distance_m.hypot(e1 + e2); // eq. 4.46
        let reflected = Complex { re: sin_psi - z.re, im: -z.im }
            .over(Complex { re: sin_psi + z.re, im: z.im })
            .scaled((-(self.wave_number * sigma * sin_psi).min(10.0)).exp()); // eq. 4.47
        let q = reflected.square_abs();
        let reflected =
            if q < 0.25 || q < sin_psi { reflected.scaled((sin_psi / q).sqrt()) } else { reflected }; // eq. 4.48
        let phase = self.wave_number * 2.0 * e1 * e2 / distance_m; // eq. 4.49
        let phase = if phase > FRAC_PI_2 { PI - FRAC_PI_2 * FRAC_PI_2 / phase } else { phase }; // eq. 4.50
        let sum = Complex { re: phase.cos() + reflected.re, im: reflected.im - phase.sin() };
        let two_rays = -10.0 * sum.square_abs().log10();
        let weight = 1.0 / (1.0 + self.freq_mhz * self.terrain.delta_h_m / self.smooth_horizon_m.max(10e3));
        weight * two_rays + (1.0 - weight) * line.at(distance_m)
    }
}
