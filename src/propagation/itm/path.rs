//! The reference attenuation (Algorithm, section 4): line of sight, diffraction, scatter, joined along the distance.

use super::complex::Complex;
use super::terrain::Parameters;

/// A path with what its terrain, ground and air amount to.
#[derive(Debug, Clone, Copy)]
pub(super) struct Path {
    pub terrain: Parameters,
    pub antenna_m: [f64; 2],
    pub freq_mhz: f64,
    /// f/47.7, 1/m.
    pub wave_number: f64,
    pub impedance: Complex,
    /// Effective earth radius, m.
    pub radius_m: f64,
    /// Surface refractivity, N-units.
    pub refractivity: f64,
    /// Sum of the horizon distances over smooth earth and over the terrain, m.
    pub smooth_horizon_m: f64,
    pub horizon_m: f64,
    /// Angular distance of the line-of-sight region, rad.
    pub theta_los: f64,
}

/// Diffraction loss as a straight line of the distance, dB.
#[derive(Debug, Clone, Copy)]
pub(super) struct DiffractionLine {
    slope: f64,
    intercept: f64,
}

impl DiffractionLine {
    pub(super) fn at(self, distance_m: f64) -> f64 {
        self.slope * distance_m + self.intercept
    }
}

/// What carries the signal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// Within the smooth-earth horizon.
    LineOfSight,
    /// Over the horizon by diffraction.
    Diffraction,
    /// Over the horizon by scatter.
    Troposcatter,
}

impl Path {
    /// The reference attenuation, dB beyond free space, not negative.
    pub(super) fn reference_db(&self) -> (f64, Mode) {
        let distance = self.terrain.distance_m;
        let unit = (self.radius_m * self.radius_m / self.freq_mhz).cbrt();
        // Diffraction at two far distances gives its line.
        let d3 = self.smooth_horizon_m.max(self.horizon_m + 5.0 * unit);
        let d4 = d3 + 10.0 * unit;
        let (a3, a4) = (self.diffraction_db(d3), self.diffraction_db(d4));
        let slope = (a4 - a3) / (d4 - d3);
        let line = DiffractionLine { slope, intercept: a3 - slope * d3 };
        let (loss, mode) = if distance < self.smooth_horizon_m {
            (self.within_horizon_db(line), Mode::LineOfSight)
        } else {
            self.beyond_horizon_db(line, unit)
        };
        (loss.max(0.0), mode)
    }

    /// ERL 79-ITS 67, eqs 3.16–3.21: `A0 + k1 d + k2 ln d` through the losses at three distances.
    fn within_horizon_db(&self, line: DiffractionLine) -> f64 {
        let distance = self.terrain.distance_m;
        let far = self.smooth_horizon_m;
        let a_far = line.at(far);
        let [e1, e2] = self.terrain.effective_m;
        let mut d0 = 0.04 * self.freq_mhz * e1 * e2; // eq. 3.16a
        let d1 = if line.intercept >= 0.0 {
            d0 = d0.min(0.5 * self.horizon_m);
            d0 + 0.25 * (self.horizon_m - d0) // eq. 3.16d
        } else {
            (-line.intercept / line.slope).max(0.25 * self.horizon_m)
        };
        let a1 = self.line_of_sight_db(d1, line);
        let mut fitted = None;
        if d0 < d1 {
            let a0 = self.line_of_sight_db(d0, line);
            let q = (far / d0).ln();
            let above = (far - d0) * (a1 - a0) - (d1 - d0) * (a_far - a0);
            let k2 = (above / ((far - d0) * (d1 / d0).ln() - (d1 - d0) * q)).max(0.0); // eq. 3.20
            if line.intercept > 0.0 || k2 > 0.0 {
                let k1 = (a_far - a0 - k2 * q) / (far - d0); // eq. 3.21
                fitted = Some(if k1 >= 0.0 {
                    (k1, k2)
                } else {
                    let k2 = (a_far - a0).max(0.0) / q;
                    (if k2 == 0.0 { line.slope } else { 0.0 }, k2)
                });
            }
        }
        let (k1, k2) = fitted.unwrap_or_else(|| {
            let k1 = (a_far - a1).max(0.0) / (far - d1);
            (if k1 == 0.0 { line.slope } else { k1 }, 0.0)
        });
        a_far - k1 * far - k2 * far.ln() + k1 * distance + k2 * distance.ln() // eq. 3.19
    }

    fn beyond_horizon_db(&self, line: DiffractionLine, unit: f64) -> (f64, Mode) {
        let distance = self.terrain.distance_m;
        // Scatter at two far distances gives its line, the farther one first.
        let (d5, d6) = (self.horizon_m + 200e3, self.horizon_m + 400e3);
        let far = self.troposcatter_db(d6, None);
        let near = self.troposcatter_db(d5, far.map(|(_, h0)| h0));
        if let (Some((a6, _)), Some((a5, _))) = (far, near)
            && a5 < 1000.0
        {
            let slope = (a6 - a5) / 200e3;
            let change = self
                .smooth_horizon_m
                .max(self.horizon_m + 1.088 * unit * self.freq_mhz.ln())
                .max((a5 - line.intercept - slope * d5) / (line.slope - slope));
            if distance > change {
                let intercept = (line.slope - slope) * change + line.intercept;
                return (slope * distance + intercept, Mode::Troposcatter);
            }
        }
        (line.at(distance), Mode::Diffraction)
    }
}
