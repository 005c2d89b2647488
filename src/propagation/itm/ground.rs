//! Refractivity, effective earth and the impedance of the ground.

use super::complex::Complex;
use crate::propagation::link::Polarization;

/// Surface refractivity, N-units, at a height above sea level, m: `Ns = N0 exp(−h/9460)` (TN101, eq. 4.3).
pub(super) fn surface_refractivity(n0: f64, height_m: f64) -> f64 {
    n0 * (-height_m / 9460.0).exp()
}

/// Curvature of the effective earth, 1/m: `157e-9 (1 − 0.046 65 exp(Ns/179.3))` (TN101, eq. 4.4).
pub(super) fn effective_curvature(ns: f64) -> f64 {
    157e-9 * (1.0 - 0.046_65 * (ns / 179.3).exp())
}

/// Transfer impedance of the ground: `√(εr − 1)` with `εr = ε + i 18000 σ/f`, divided by εr for vertical polarization.
pub(super) fn impedance(
    freq_mhz: f64,
    permittivity: f64,
    conductivity: f64,
    polarization: Polarization,
) -> Complex {
    let relative = Complex { re: permittivity, im: 18_000.0 * conductivity / freq_mhz };
    let horizontal = Complex { re: relative.re - 1.0, im: relative.im }.sqrt();
    match polarization {
        Polarization::Horizontal => horizontal,
        Polarization::Vertical => horizontal.over(relative),
    }
}
