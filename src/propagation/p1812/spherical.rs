//! Diffraction over a smooth earth (§4.3.2 and §4.3.3).

use super::bullington::wavelength_m;

/// Relative permittivity and conductivity (S/m) of land and of the sea (§4.3.3).
const LAND: (f64, f64) = (22.0, 0.003);
const SEA: (f64, f64) = (80.0, 5.0);

/// A radius, km, with its reciprocal cube root.
#[derive(Debug, Clone, Copy)]
pub(super) struct Radius {
    pub km: f64,
    pub inverse_cbrt: f64,
}

impl Radius {
    pub(super) fn new(km: f64) -> Radius {
        Radius { km, inverse_cbrt: 1.0 / km.cbrt() }
    }
}

/// What depends on frequency and polarization alone.
#[derive(Debug, Clone, Copy)]
pub(super) struct Ground {
    wavelength_m: f64,
    cbrt_f: f64,
    /// K (eqs 28 and 29) times `a^(1/3)`.
    k_land: f64,
    k_sea: f64,
}

impl Ground {
    pub(super) fn new(f_ghz: f64, vertical: bool) -> Ground {
        let cbrt_f = f_ghz.cbrt();
        let k = |(permittivity, conductivity): (f64, f64)| {
            let loss = 18.0 * conductivity / f_ghz;
            let horizontal = 0.036 / cbrt_f * (permittivity - 1.0).hypot(loss).powf(-0.5); // eq. 28
            if vertical { horizontal * permittivity.hypot(loss) } else { horizontal } // eq. 29
        };
        Ground { wavelength_m: wavelength_m(f_ghz), cbrt_f, k_land: k(LAND), k_sea: k(SEA) }
    }

    /// Spherical-earth diffraction loss Ldsph, dB, for effective antenna heights above the smooth earth, m (§4.3.2).
    pub(super) fn loss_db(&self, length_km: f64, hte_m: f64, hre_m: f64, radius: Radius, omega: f64) -> f64 {
        let (d, ap) = (length_km, radius.km);
        let roots = hte_m.sqrt() + hre_m.sqrt();
        // The distance at which the smooth earth begins to block (eq. 22).
        let dlos = (2.0 * ap * 0.001).sqrt() * roots;
        if d >= dlos {
            return self.first_term_db(d, hte_m, hre_m, radius, omega);
        }
        // The smallest clearance over the smooth earth (eqs 23–23e).
        let sum = hte_m + hre_m;
        let c = (hte_m - hre_m) / sum;
        let m = 250.0 * d * d / (ap * sum);
        let root = (3.0 * m / ((m + 1.0) * (m + 1.0) * (m + 1.0))).sqrt();
        let angle = (1.5 * c * root).clamp(-1.0, 1.0).acos();
        let b = 2.0 * ((m + 1.0) / (3.0 * m)).sqrt() * (std::f64::consts::FRAC_PI_3 + angle / 3.0).cos();
        let d1 = 0.5 * d * (1.0 + b);
        let d2 = d - d1;
        let clearance = ((hte_m - 500.0 * d1 * d1 / ap) * d2 + (hre_m - 500.0 * d2 * d2 / ap) * d1) / d;
        // What would be free of diffraction loss (eq. 24).
        let required = 17.456 * (d1 * d2 * self.wavelength_m / d).max(0.0).sqrt();
        if clearance > required {
            return 0.0;
        }
        // The earth whose horizon the path would just reach (eq. 25), and between the two (eq. 26).
        let touching = Radius::new(500.0 * (d / roots) * (d / roots));
        let first_term = self.first_term_db(d, hte_m, hre_m, touching, omega).max(0.0);
        if first_term > 0.0 { (1.0 - clearance / required) * first_term } else { 0.0 }
    }

    /// First term of the residue series, dB: land and sea by their share of the path (eq. 27).
    fn first_term_db(&self, d: f64, hte: f64, hre: f64, radius: Radius, omega: f64) -> f64 {
        let mut loss = 0.0;
        if omega < 1.0 {
            loss += (1.0 - omega) * self.over(self.k_land, d, hte, hre, radius);
        }
        if omega > 0.0 {
            loss += omega * self.over(self.k_sea, d, hte, hre, radius);
        }
        loss
    }

    /// Over one kind of ground (eqs 30–36).
    fn over(&self, k_times_cbrt: f64, d: f64, hte: f64, hre: f64, radius: Radius) -> f64 {
        let k = k_times_cbrt * radius.inverse_cbrt;
        let k2 = k * k;
        let beta = (1.0 + 1.6 * k2 + 0.67 * k2 * k2) / (1.0 + 4.5 * k2 + 1.53 * k2 * k2); // eq. 30
        let x = 21.88 * beta * self.cbrt_f * radius.inverse_cbrt * radius.inverse_cbrt * d; // eq. 31
        let y = 0.9575 * beta * self.cbrt_f * self.cbrt_f * radius.inverse_cbrt; // eqs 32a, 32b for 1 m
        let fx = if x >= 1.6 {
            11.0 + 10.0 * x.log10() - 17.6 * x
        } else {
            -20.0 * x.log10() - 5.6488 * x.powf(1.425)
        }; // eq. 33
        let floor = 2.0 + 20.0 * k.log10();
        let gain = |b: f64| {
            let g = if b > 2.0 {
                17.6 * (b - 1.1).sqrt() - 5.0 * (b - 1.1).log10() - 8.0
            } else {
                20.0 * (b + 0.1 * b * b * b).log10()
            };
            g.max(floor)
        }; // eqs 34, 35
        -fx - gain(beta * y * hte) - gain(beta * y * hre) // eq. 36
    }
}
