//! Location variability (§4.7): how much the loss differs between places within a square.

use crate::propagation::link::Link;

/// Standard deviation, dB: `σL = (0.52 + 0.024 f) wa^0.28` with f in GHz and wa in m, times how far the receiver stands
/// within the clutter: 1 below its top, 0 from 10 m above it.
pub(super) fn sigma_db(link: &Link) -> f64 {
    if let Some(sigma) = link.location_sigma_db {
        return sigma;
    }
    let sigma = (0.52 + 0.024 * link.freq_mhz / 1000.0) * link.resolution_m.powf(0.28);
    sigma * (1.0 - (link.hrg_m - link.rx_clutter_m) / 10.0).clamp(0.0, 1.0)
}
