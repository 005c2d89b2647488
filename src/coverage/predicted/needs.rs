//! How high an antenna would have to be at one end of a link, the other being as it is.

/// Steps in which heights are tried for "served", m.
const STEP_M: f64 = 0.1;
/// The lowest antenna that is tried for "served", m: the lower limit of P.1812.
const LOWEST_M: f64 = 1.0;

/// The least antenna heights, m above ground, at one end, the other being as it is. `None`: not up to `limit_m`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct HeightNeeds {
    /// The present height.
    pub now_m: f64,
    /// Nothing higher was tried: the highest asked for, or the present height where that is higher.
    pub limit_m: f64,
    /// For line of sight: geometry, exact; 0 where the ground itself will do.
    pub sight_m: Option<f64>,
    /// For 60 % of the first Fresnel zone: likewise.
    pub fresnel_m: Option<f64>,
    /// To be served by the model that judges: every tenth of a metre from 1 m on was asked, and this is the first that
    /// serves. It may lie below the present height. A level need not grow with every metre.
    pub served_m: Option<f64>,
}

/// The least of the heights from [`LOWEST_M`] to `limit_m`, in steps of [`STEP_M`] and the present one, that serves.
pub(super) fn least_served_m(now_m: f64, limit_m: f64, served: impl Fn(f64) -> bool) -> Option<f64> {
    let steps = ((limit_m - LOWEST_M) / STEP_M + 1e-6).floor().max(0.0) as u32;
    // From whole tenths, so that a height has no digits that nobody asked for.
    let tenths = (0..=steps).map(|k| (f64::from(k) + LOWEST_M / STEP_M) / (1.0 / STEP_M));
    let mut tenths = tenths.take_while(|&m| m <= limit_m);
    let own = || (now_m <= limit_m && served(now_m)).then_some(now_m);
    match tenths.find(|&m| served(m)) {
        Some(found) if now_m < found => own().or(Some(found)),
        Some(found) => Some(found),
        None => own(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_least_height_is_the_first_that_serves_wherever_the_present_one_is() {
        for now in [1.5, 20.0, 42.0, 55.5] {
            assert_eq!(least_served_m(now, 100.0, |m| m >= 41.96), Some(42.0), "{now}");
        }
        // Served only between two heights, and the present one above them.
        assert_eq!(least_served_m(30.0, 100.0, |m| (12.0..14.0).contains(&m)), Some(12.0));
        assert_eq!(least_served_m(30.0, 100.0, |_| true), Some(1.0));
        assert_eq!(least_served_m(30.0, 40.0, |m| m > 40.0), None);
        // The present height lies between two tenths, or above what is tried otherwise.
        assert_eq!(least_served_m(30.07, 100.0, |m| m >= 30.07), Some(30.07));
        assert_eq!(least_served_m(0.8, 100.0, |m| m < 1.0), Some(0.8));
        assert_eq!(least_served_m(1.5, 1.0, |m| m > 1.0), None);
    }
}
