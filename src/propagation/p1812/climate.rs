//! Radio-meteorology of the path: effective earth (§3.5), zones (§3.2, §3.6) and β0 (§3.4).

use crate::propagation::profile::{Profile, Zone};

/// Mean radius of the earth, km (§3.5).
pub(super) const EARTH_RADIUS_KM: f64 = 6371.0;

/// Median effective earth radius, km, from ΔN: `k50 = 157/(157 − ΔN)` (eq. 6), `ae = 6371 k50` (eq. 7a).
pub(super) fn median_radius_km(dn: f64) -> f64 {
    EARTH_RADIUS_KM * 157.0 / (157.0 - dn)
}

/// Effective earth radius exceeded for β0 % of time, km: `aβ = 6371 kβ`, kβ = 3 (eq. 7b).
pub(super) const BETA_RADIUS_KM: f64 = EARTH_RADIUS_KM * 3.0;

/// What the zones of a path amount to.
#[derive(Debug, Clone, Copy)]
pub(super) struct PathZones {
    /// ω, the fraction of the path over water (Table 5).
    pub omega: f64,
    /// The longest continuous land section, inland and coastal, km.
    pub dtm_km: f64,
    /// The longest continuous inland section, km.
    pub dlm_km: f64,
    /// Whether the first and the last point lie on water.
    pub tx_at_sea: bool,
    pub rx_at_sea: bool,
}

impl PathZones {
    pub(super) fn of(profile: &Profile<'_>) -> PathZones {
        let length = profile.length_km();
        let Some(zones) = profile.zones else {
            let inland =
                PathZones { omega: 0.0, dtm_km: length, dlm_km: length, tx_at_sea: false, rx_at_sea: false };
            return inland;
        };
        let d = profile.d;
        let (_, sea) = sections(d, zones, |zone| zone == Zone::Sea);
        let (dtm_km, _) = sections(d, zones, |zone| zone != Zone::Sea);
        let (dlm_km, _) = sections(d, zones, |zone| zone == Zone::Inland);
        PathZones {
            omega: sea / length,
            dtm_km,
            dlm_km,
            tx_at_sea: zones[0] == Zone::Sea,
            rx_at_sea: zones[zones.len() - 1] == Zone::Sea,
        }
    }
}

/// The longest and the total length of the sections that `is` picks, km. A section reaches half of the way to the
/// neighbouring points outside of it.
fn sections(d: &[f64], zones: &[Zone], is: impl Fn(Zone) -> bool) -> (f64, f64) {
    let (mut longest, mut total) = (0.0_f64, 0.0);
    let mut start = None;
    for (i, &zone) in zones.iter().enumerate() {
        if is(zone) && start.is_none() {
            start = Some(if i == 0 { d[0] } else { 0.5 * (d[i - 1] + d[i]) });
        }
        let ends = i + 1 == zones.len() || !is(zones[i + 1]);
        if let (true, true, Some(from)) = (is(zone), ends, start) {
            let to = d.get(i + 1).map_or(d[i], |next| 0.5 * (d[i] + next));
            longest = longest.max(to - from);
            total += to - from;
            start = None;
        }
    }
    (longest, total)
}

/// The part of β0 that depends on latitude alone.
#[derive(Debug, Clone, Copy)]
pub(super) struct Latitude {
    /// `10^(−0.015 |φ| + 1.67)`, or 4.17 beyond 70° (eq. 5).
    factor: f64,
    /// The power of μ1 in β0: 1 for eq. 5, and that of μ4 (eq. 4).
    power: f64,
}

impl Latitude {
    pub(super) fn new(degrees: f64) -> Latitude {
        let phi = degrees.abs();
        if phi <= 70.0 {
            Latitude { factor: 10_f64.powf(-0.015 * phi + 1.67), power: 1.0 - 0.935 + 0.0176 * phi }
        } else {
            Latitude { factor: 4.17, power: 1.3 }
        }
    }
}

/// `τ = 1 − exp(−4.12e-4 dlm^2.41)` (eq. 3).
pub(super) fn tau(dlm_km: f64) -> f64 {
    1.0 - (-4.12e-4 * dlm_km.powf(2.41)).exp()
}

/// β0, the percentage of time for which the lapse rate exceeds 100 N-units/km in the lowest 100 m (eqs 2–5).
pub(super) fn beta0_percent(latitude: Latitude, dtm_km: f64, tau: f64) -> f64 {
    // (10^a + 10^b)^0.2, with the logarithm kept: its power is taken again.
    let (a, b) = (-dtm_km / (16.0 - 6.6 * tau), -5.0 * (0.496 + 0.354 * tau));
    let ln_mu1 =
        (0.2 * ((a * std::f64::consts::LN_10).exp() + (b * std::f64::consts::LN_10).exp()).ln()).min(0.0);
    latitude.factor * (latitude.power * ln_mu1).exp()
}
