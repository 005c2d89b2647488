//! Variability over time, location and situation (Algorithm, section 5).

use super::terrain::{Parameters, roughness_m};
use super::{Climate, Variability};
use crate::propagation::normal::{C0_ITM, inverse_exceedance};

/// Constants of a climate (TN101, Fig. 10.13 and eqs III.69, III.70; Algorithm, Table 5.1); distances in km.
struct Constants {
    /// c1, c2, x1, x2, x3 of the median, of the spread below it (−) and above it (+).
    median: [f64; 5],
    minus: [f64; 5],
    plus: [f64; 5],
    /// Ducting: CD and zD.
    duct: [f64; 2],
    /// Dependence on frequency of the two spreads.
    frequency_minus: [f64; 3],
    frequency_plus: [f64; 3],
}

const FLAT: [f64; 3] = [1.0, 0.0, 0.0];

fn constants(climate: Climate) -> Constants {
    match climate {
        Climate::Equatorial => Constants {
            median: [-9.67, 12.7, 144.9, 190.3, 133.8],
            minus: [2.13, 159.5, 762.2, 123.6, 94.5],
            plus: [2.11, 102.3, 636.9, 134.8, 95.6],
            duct: [1.224, 1.282],
            frequency_minus: FLAT,
            frequency_plus: FLAT,
        },
        Climate::ContinentalSubtropical => Constants {
            median: [-0.62, 9.19, 228.9, 205.2, 143.6],
            minus: [2.66, 7.67, 100.4, 172.5, 136.4],
            plus: [6.87, 15.53, 138.7, 143.7, 98.6],
            duct: [0.801, 2.161],
            frequency_minus: FLAT,
            frequency_plus: [0.93, 0.31, 2.00],
        },
        Climate::MaritimeSubtropical => Constants {
            median: [1.26, 15.5, 262.6, 185.2, 99.8],
            minus: [6.11, 6.65, 138.2, 242.2, 178.6],
            plus: [10.08, 9.60, 165.3, 225.7, 129.7],
            duct: [1.380, 1.282],
            frequency_minus: FLAT,
            frequency_plus: FLAT,
        },
        Climate::Desert => Constants {
            median: [-9.21, 9.05, 84.1, 101.1, 98.6],
            minus: [1.98, 13.11, 139.1, 132.7, 193.5],
            plus: [3.68, 159.3, 464.4, 93.1, 94.2],
            duct: [1.000, 20.0],
            frequency_minus: FLAT,
            frequency_plus: [0.93, 0.19, 1.79],
        },
        Climate::ContinentalTemperate => Constants {
            median: [-0.62, 9.19, 228.9, 205.2, 143.6],
            minus: [2.68, 7.16, 93.7, 186.8, 133.5],
            plus: [4.75, 8.12, 93.2, 135.9, 113.4],
            duct: [1.224, 1.282],
            frequency_minus: [0.92, 0.25, 1.77],
            frequency_plus: [0.93, 0.31, 2.00],
        },
        Climate::MaritimeTemperateLand => Constants {
            median: [-0.39, 2.86, 141.7, 315.9, 167.4],
            minus: [6.86, 10.38, 187.8, 169.6, 108.9],
            plus: [8.58, 13.97, 216.0, 152.0, 122.7],
            duct: [1.518, 1.282],
            frequency_minus: FLAT,
            frequency_plus: FLAT,
        },
        Climate::MaritimeTemperateSea => Constants {
            median: [3.15, 857.9, 2222.0, 164.8, 116.3],
            minus: [8.51, 169.8, 609.8, 119.9, 106.6],
            plus: [8.43, 8.19, 136.2, 188.5, 122.9],
            duct: [1.518, 1.282],
            frequency_minus: FLAT,
            frequency_plus: FLAT,
        },
    }
}

/// `(c1 + c2/(1 + ((d − x2)/x3)²)) (d/x1)²/(1 + (d/x1)²)` (TN101, eqs III.69, III.70).
fn curve([c1, c2, x1, x2, x3]: [f64; 5], d_km: f64) -> f64 {
    let (near, scale) = ((d_km - x2) / x3, (d_km / x1) * (d_km / x1));
    (c1 + c2 / (1.0 + near * near)) * scale / (1.0 + scale)
}

/// Attenuation at the asked percentages, dB beyond free space; and whether a percentage is extreme.
pub(super) fn with_variability_db(
    reference_db: f64,
    terrain: &Parameters,
    freq_mhz: f64,
    percent: [f64; 3],
    climate: Climate,
    variability: Variability,
) -> (f64, bool) {
    let [mut z_t, mut z_l, z_s] = percent.map(|p| inverse_exceedance(p / 100.0, C0_ITM));
    let wave_number = freq_mhz / 47.7;
    let d = terrain.distance_m;
    // Effective distance, m (eq. 5.3), with an earth of 9 000 km.
    let horizon = |h: f64| (2.0 * 9_000e3 * h).sqrt();
    let [e1, e2] = terrain.effective_m;
    let reach = horizon(e1) + horizon(e2) + (575.7e12 / wave_number).cbrt();
    let effective = if d < reach { 130e3 * d / reach } else { 130e3 + d - reach };

    match variability.mode() {
        0 => (z_t, z_l) = (z_s, z_s),
        1 => z_l = z_s,
        2 => z_l = z_t,
        _ => {}
    }
    let extreme = [z_t, z_l, z_s].iter().any(|z| z.abs() > 3.10);

    let c = constants(climate);
    let median = curve(c.median, effective / 1000.0);
    let sigma_s = if variability.without_situation() { 0.0 } else { 5.0 + 3.0 * (-effective / 100e3).exp() }; // eq. 5.10
    let sigma_l = if variability.without_location() {
        0.0
    } else {
        let rough = wave_number * roughness_m(d, terrain.delta_h_m);
        10.0 * rough / (rough + 13.0) // eq. 5.9
    };
    let q = (0.133 * wave_number).ln();
    let gain = |[b1, b2, b3]: [f64; 3]| b1 + b2 / ((b3 * q) * (b3 * q) + 1.0);
    let sigma_minus = curve(c.minus, effective / 1000.0) * gain(c.frequency_minus);
    let sigma_plus = curve(c.plus, effective / 1000.0) * gain(c.frequency_plus);
    let [duct, z_d] = c.duct;
    let sigma_t = if z_t < 0.0 {
        sigma_minus
    } else if z_t <= z_d {
        sigma_plus
    } else {
        duct * sigma_plus + (sigma_plus - duct * sigma_plus) * z_d / z_t
    };
    let (y_t, y_l) = (sigma_t * z_t, sigma_l * z_l);
    let rest = sigma_s * sigma_s + y_t * y_t / (7.8 + z_s * z_s) + y_l * y_l / (24.0 + z_s * z_s); // eq. 5.11
    let (y_r, y_s) = match variability.mode() {
        0 => (0.0, (sigma_t * sigma_t + sigma_l * sigma_l + rest).sqrt() * z_s),
        1 => (y_t, (sigma_l * sigma_l + rest).sqrt() * z_s),
        2 => (sigma_t.hypot(sigma_l) * z_t, rest.sqrt() * z_s),
        _ => (y_t + y_l, rest.sqrt() * z_s),
    };
    let result = reference_db - median - y_r - y_s;
    // Gains beyond free space are held back (Algorithm, eq. 52).
    (if result < 0.0 { result * (29.0 - result) / (29.0 - 10.0 * result) } else { result }, extreme)
}
