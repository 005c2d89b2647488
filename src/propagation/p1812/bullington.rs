//! The Bullington construction (§4.3.1) over terrain, from the slopes that a pass over the profile found, and over
//! the smooth earth on the same points (§4.3.4).

use super::scan::Slopes;
use crate::propagation::profile::Profile;

/// Wavelength, m, with the speed of light that the Recommendation's references use.
pub(super) fn wavelength_m(f_ghz: f64) -> f64 {
    0.2998 / f_ghz
}

/// Knife-edge diffraction loss J(ν), dB (eq. 12): 0 up to ν = −0.78.
pub(super) fn knife_edge_db(nu: f64) -> f64 {
    if nu > -0.78 {
        let a = nu - 0.1;
        6.9 + 20.0 * ((a * a + 1.0).sqrt() + a).log10()
    } else {
        0.0
    }
}

/// The path as the construction sees it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Construction {
    pub length_km: f64,
    /// Antenna heights above the datum of the slopes, m.
    pub ht_m: f64,
    pub hr_m: f64,
    pub wavelength_m: f64,
    /// 500 over the effective earth radius in km.
    pub bulge: f64,
}

impl Construction {
    /// Whether no point reaches the line between the antennas; `slope_tx` as in [`Slopes`] (eqs 13 and 14).
    pub(super) fn in_sight(&self, slope_tx: f64) -> bool {
        slope_tx + self.bulge * self.length_km < (self.hr_m - self.ht_m) / self.length_km
    }

    /// Loss Lbull, dB (eqs 16–21). `greatest` gives the greatest ν² in the form of `scan::greatest_parameter`, asked
    /// for only in line of sight.
    #[inline(always)]
    pub(super) fn loss_db(&self, slopes: Slopes, greatest: impl FnOnce() -> f64) -> f64 {
        let d = self.length_km;
        if self.in_sight(slopes.tx) {
            return self.with_distance_db(self.parameter(greatest()));
        }
        let from_tx = slopes.tx + self.bulge * d;
        let from_rx = slopes.rx + self.bulge * d;
        // The point where the two horizon rays cross (eq. 18) and its ν (eq. 19).
        let at = (self.hr_m - self.ht_m + from_rx * d) / (from_tx + from_rx);
        let above = self.ht_m + from_tx * at - (self.ht_m * (d - at) + self.hr_m * at) / d;
        self.with_distance_db(above * (0.002 * d / (self.wavelength_m * at * (d - at))).sqrt())
    }

    /// ν from `sign(ν) ν² × λ/(0.002 D)`.
    fn parameter(&self, signed_square: f64) -> f64 {
        let nu = (signed_square.abs() * 0.002 * self.length_km / self.wavelength_m).sqrt();
        nu.copysign(signed_square)
    }

    /// `Lbull = Luc + (1 − exp(−Luc/6)) (10 + 0.02 D)` (eq. 21).
    fn with_distance_db(&self, nu: f64) -> f64 {
        let luc = knife_edge_db(nu);
        if luc == 0.0 { 0.0 } else { luc + (1.0 - (-luc / 6.0).exp()) * (10.0 + 0.02 * self.length_km) }
    }

    /// Loss Lbulls over the smooth earth at height 0, dB, on the points of the profile. The greatest slopes and ν lie
    /// next to where they would without points: each has one peak along the path.
    pub(super) fn smooth_loss_db(&self, profile: &Profile<'_>) -> f64 {
        let (d, length) = (profile.d, self.length_km);
        let last = d.len() - 2;
        // −ht/d − bulge d is greatest where its derivative is 0.
        let tx = near(d, (self.ht_m / self.bulge).sqrt(), |i| -self.ht_m / d[i] - self.bulge * d[i]);
        let rx = || {
            near(d, length - (self.hr_m / self.bulge).sqrt(), |i| {
                -self.hr_m / (length - d[i]) - self.bulge * (length - d[i])
            })
        };
        if self.in_sight(tx) {
            let slope = (self.hr_m - self.ht_m) / length;
            let square = |i: usize| {
                let product = d[i] * (length - d[i]);
                let clearance = self.bulge * product - self.ht_m - slope * d[i];
                clearance * clearance.abs() / product
            };
            // One peak: halve the range by the direction of the slope.
            let (mut low, mut high) = (1, last);
            while low < high {
                let middle = low.midpoint(high);
                if square(middle) < square(middle + 1) { low = middle + 1 } else { high = middle }
            }
            let greatest = square(low);
            return self.with_distance_db(self.parameter(greatest));
        }
        self.loss_db(Slopes { tx, rx: rx() }, || f64::NEG_INFINITY)
    }
}

/// The greater of the values at the two inner points on either side of `at`.
fn near(d: &[f64], at: f64, value: impl Fn(usize) -> f64) -> f64 {
    let last = d.len() - 2;
    let after = d.partition_point(|&x| x < at).clamp(1, last);
    value(after).max(value((after - 1).max(1)))
}
