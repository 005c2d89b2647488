//! Extended Hata: a labelled baseline that sees no terrain. Okumura-Hata up to 1 500 MHz (ITU-R P.529-3) and COST 231-Hata
//! above (COST 231 final report, 1999, section 4.4.1), with Hata's corrections for suburban and open areas.

use super::link::{Link, LinkError, Warning};

/// Name of the model in messages.
const MODEL: &str = "extended Hata";

/// What the ground is built up with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Environment {
    /// A medium-sized or small city.
    Urban,
    /// Suburbs, small towns.
    Suburban,
    /// Open country.
    Open,
}

/// Basic transmission loss, dB, and where the fit is left: 150–2 000 MHz, transmitter 30–200 m, receiver 1–10 m,
/// 1–20 km. Never below free space.
///
/// # Errors
/// Frequencies outside of 100–3 000 MHz, heights or distances that are not positive: nothing to extend from.
pub fn loss_db(
    link: &Link,
    distance_km: f64,
    environment: Environment,
) -> Result<(f64, Vec<Warning>), LinkError> {
    let check = |name, value, limits| LinkError::check(MODEL, name, value, limits);
    let Link { freq_mhz: f, htg_m: ht, hrg_m: hr, .. } = *link;
    check("f_mhz", f, (100.0, 3000.0, "MHz"))?;
    check("htg_m", ht, (1.0, 1000.0, "m"))?;
    check("hrg_m", hr, (0.5, 50.0, "m"))?;
    check("distance_km", distance_km, (0.01, 100.0, "km"))?;
    let mut warnings = Vec::new();
    if !(150.0..=2000.0).contains(&f) {
        warnings.push(Warning::Frequency);
    }
    if !(30.0..=200.0).contains(&ht) || !(1.0..=10.0).contains(&hr) {
        warnings.push(Warning::AntennaHeight);
    }
    if !(1.0..=20.0).contains(&distance_km) {
        warnings.push(Warning::PathLength);
    }
    let log_f = f.log10();
    // Receiver in a medium or small city.
    let a = (1.1 * log_f - 0.7) * hr - (1.56 * log_f - 0.8);
    let (constant, per_decade) = if f <= 1500.0 { (69.55, 26.16) } else { (46.3, 33.9) };
    let urban = constant + per_decade * log_f - 13.82 * ht.log10() - a
        + (44.9 - 6.55 * ht.log10()) * distance_km.log10();
    let loss = match environment {
        Environment::Urban => urban,
        Environment::Suburban => urban - 2.0 * (f / 28.0).log10().powi(2) - 5.4,
        Environment::Open => urban - 4.78 * log_f * log_f + 18.33 * log_f - 40.94,
    };
    let floor = super::free_space::loss_db(distance_km, f).unwrap_or(loss);
    Ok((loss.max(floor), warnings))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn agrees_with_the_worked_example() {
        // f = 900 MHz, 30 m, 1.5 m, 1 km: 69.55 + 77.28 − 20.41 − 0.02 (a small city).
        let link = Link { freq_mhz: 900.0, ..Link::default() };
        let (urban, warnings) = loss_db(&link, 1.0, Environment::Urban).unwrap();
        assert!((urban - 126.40).abs() < 0.02, "{urban}");
        assert!(warnings.is_empty());
        let (open, _) = loss_db(&link, 1.0, Environment::Open).unwrap();
        // 4.78 log² f − 18.33 log f + 40.94 = 28.5 dB less.
        assert!((urban - open - 28.51).abs() < 0.02, "{}", urban - open);
        let (suburban, _) = loss_db(&link, 1.0, Environment::Suburban).unwrap();
        assert!((urban - suburban - 9.94).abs() < 0.02, "{}", urban - suburban);
    }

    #[test]
    fn says_where_it_is_extended_and_where_it_ends() {
        let link = Link { freq_mhz: 2600.0, htg_m: 10.0, ..Link::default() };
        let (loss, warnings) = loss_db(&link, 0.02, Environment::Open).unwrap();
        assert_eq!(warnings, [Warning::Frequency, Warning::AntennaHeight, Warning::PathLength]);
        assert!(loss >= super::super::free_space::loss_db(0.02, 2600.0).unwrap());
        assert!(loss_db(&Link { freq_mhz: 6000.0, ..link }, 1.0, Environment::Open).is_err());
        assert!(loss_db(&link, f64::NAN, Environment::Open).is_err());
    }
}
