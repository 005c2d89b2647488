//! 3GPP rural macro cell: a labelled baseline that sees no terrain (3GPP TR 38.901 V17, Table 7.4.1-1, "RMa").

use super::link::{Link, LinkError, Warning};

/// Name of the model in messages.
const MODEL: &str = "3GPP RMa";
/// Speed of light as the report has it, m/s.
const LIGHT_M_S: f64 = 3.0e8;

/// What stands around.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Surroundings {
    /// Whether the receiver is in line of sight.
    pub line_of_sight: bool,
    /// Mean width of streets, m, 5 to 50. Default: 20.
    pub street_m: f64,
    /// Mean height of buildings, m, 5 to 50. Default: 5.
    pub building_m: f64,
}

impl Default for Surroundings {
    fn default() -> Surroundings {
        Surroundings { line_of_sight: false, street_m: 20.0, building_m: 5.0 }
    }
}

/// Path loss, dB, for a distance over ground, and where the fit is left: 500 MHz–30 GHz, transmitter 10–150 m, receiver
/// 1–10 m, 10 m to 10 km in line of sight, to 5 km otherwise.
///
/// # Errors
/// Values that the formulas do not take.
pub fn loss_db(
    link: &Link,
    distance_km: f64,
    around: &Surroundings,
) -> Result<(f64, Vec<Warning>), LinkError> {
    let check = |name, value, limits| LinkError::check(MODEL, name, value, limits);
    let Link { freq_mhz, htg_m, hrg_m, .. } = *link;
    check("f_mhz", freq_mhz, (100.0, 30_000.0, "MHz"))?;
    check("htg_m", htg_m, (1.0, 1000.0, "m"))?;
    check("hrg_m", hrg_m, (0.5, 50.0, "m"))?;
    check("distance_km", distance_km, (0.01, 100.0, "km"))?;
    check("street_m", around.street_m, (5.0, 50.0, "m"))?;
    check("building_m", around.building_m, (5.0, 50.0, "m"))?;
    let mut warnings = Vec::new();
    if freq_mhz < 500.0 {
        warnings.push(Warning::Frequency);
    }
    if !(10.0..=150.0).contains(&htg_m) || !(1.0..=10.0).contains(&hrg_m) {
        warnings.push(Warning::AntennaHeight);
    }
    if distance_km > if around.line_of_sight { 10.0 } else { 5.0 } {
        warnings.push(Warning::PathLength);
    }
    let f_ghz = freq_mhz / 1000.0;
    let ground_m = distance_km * 1000.0;
    let slant = |ground: f64| ground.hypot(htg_m - hrg_m);
    let breakpoint = 2.0 * std::f64::consts::PI * htg_m * hrg_m * freq_mhz * 1e6 / LIGHT_M_S;
    let h = around.building_m;
    let near = |d: f64| {
        let excess = (0.03 * h.powf(1.72)).min(10.0);
        20.0 * (40.0 * std::f64::consts::PI * d * f_ghz / 3.0).log10() + excess * d.log10()
            - (0.044 * h.powf(1.72)).min(14.77)
            + 0.002 * h.log10() * d
    }; // PL1
    let d3 = slant(ground_m);
    let in_sight = if ground_m <= breakpoint {
        near(d3)
    } else {
        let at_breakpoint = slant(breakpoint);
        near(at_breakpoint) + 40.0 * (d3 / at_breakpoint).log10()
    }; // PL2
    if around.line_of_sight {
        return Ok((in_sight, warnings));
    }
    let blocked = 161.04 - 7.1 * around.street_m.log10() + 7.5 * h.log10()
        - (24.37 - 3.7 * (h / htg_m).powi(2)) * htg_m.log10()
        + (43.42 - 3.1 * htg_m.log10()) * (d3.log10() - 3.0)
        + 20.0 * f_ghz.log10()
        - (3.2 * (11.75 * hrg_m).log10().powi(2) - 4.97);
    Ok((blocked.max(in_sight), warnings))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rma(distance_km: f64, line_of_sight: bool) -> f64 {
        let link = Link { freq_mhz: 700.0, htg_m: 35.0, ..Link::default() };
        loss_db(&link, distance_km, &Surroundings { line_of_sight, ..Surroundings::default() }).unwrap().0
    }

    #[test]
    fn is_near_free_space_close_by_and_falls_by_40_db_a_decade_beyond_the_breakpoint() {
        // The breakpoint lies at 2π · 35 · 1.5 · 700e6 / 3e8 = 770 m.
        let free = super::super::free_space::loss_db(0.2, 700.0).unwrap();
        assert!((rma(0.2, true) - free).abs() < 2.5, "{} {free}", rma(0.2, true));
        assert!((rma(10.0, true) - rma(1.0, true) - 40.0).abs() < 0.1);
        assert!((rma(0.771, true) - rma(0.769, true)).abs() < 0.1);
    }

    #[test]
    fn without_sight_agrees_with_the_formula_by_hand() {
        // d3D = 1 km (but for 0.6 m): 161.04 − 9.24 + 5.24 − (24.37 − 0.0755) · 1.5441 + 0.0 − 3.10 − (3.2 · 1.5529 − 4.97)
        assert!((rma(1.0, false) - 116.44).abs() < 0.05, "{}", rma(1.0, false));
        assert!(rma(0.05, false) >= rma(0.05, true));
    }

    #[test]
    fn says_where_it_leaves_its_range() {
        let link = Link { freq_mhz: 450.0, htg_m: 5.0, ..Link::default() };
        let (_, warnings) = loss_db(&link, 8.0, &Surroundings::default()).unwrap();
        assert_eq!(warnings, [Warning::Frequency, Warning::AntennaHeight, Warning::PathLength]);
        assert!(loss_db(&link, 0.0, &Surroundings::default()).is_err());
    }
}
