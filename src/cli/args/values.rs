//! Values that arguments of several commands take: numbers with their limits, and what is counted.

use std::num::NonZeroUsize;
use std::time::Duration;

use clap::ValueEnum;
use phusong::export::Format;
use phusong::study::MAX_RADIUS_KM;

/// `--by`
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ByArg {
    /// Uncovered villages (their weights, where the file has a column weight)
    Villages,
    /// Pairs of village and carrier
    Gaps,
    /// Households
    Households,
    /// Inhabitants
    Population,
}

/// `--severity`
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum SeverityArg {
    /// No signal at the village's centre (trắng sóng)
    White,
    /// Part of the village without signal (lõm sóng)
    Weak,
}

/// `--format`
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, ValueEnum)]
#[value(rename_all = "lower")]
pub enum FormatArg {
    /// One FeatureCollection (RFC 7946)
    Geojson,
    /// One feature a line
    Geojsonl,
    /// Table
    Csv,
    /// One document with everything
    Json,
}

impl From<FormatArg> for Format {
    fn from(format: FormatArg) -> Format {
        match format {
            FormatArg::Geojson => Format::GeoJson,
            FormatArg::Geojsonl => Format::GeoJsonL,
            FormatArg::Csv => Format::Csv,
            FormatArg::Json => Format::Json,
        }
    }
}

pub fn radius_km(text: &str) -> Result<f64, String> {
    match text.trim().replace(',', ".").parse::<f64>() {
        Ok(km) if km > 0.0 && km <= MAX_RADIUS_KM => Ok(km),
        _ => Err(format!("a radius is a number of km above 0 and at most {MAX_RADIUS_KM}, such as 3 or 2.5")),
    }
}

/// An amount or a distance: 0 or more.
pub fn from_zero(text: &str) -> Result<f64, String> {
    match text.trim().replace(',', ".").parse::<f64>() {
        Ok(number) if number >= 0.0 && number.is_finite() => Ok(number),
        _ => Err("give a number from 0".to_owned()),
    }
}

/// The height of an antenna above ground, m: what the models allow.
pub fn height_m(text: &str) -> Result<f64, String> {
    match text.trim().replace(',', ".").parse::<f64>() {
        Ok(m) if (1.0..=3000.0).contains(&m) => Ok(m),
        _ => Err("a height is a number of m from 1 to 3000, such as 100".to_owned()),
    }
}

/// A count of which 0 makes no sense.
pub fn one_or_more(text: &str) -> Result<NonZeroUsize, String> {
    text.trim().parse().map_err(|_| "a whole number, 1 or more".to_owned())
}

/// `10s`, `1.5s`, `500ms`, `2m`; a number alone is seconds.
pub fn duration(text: &str) -> Result<Duration, String> {
    let units = [("ms", 1e-3), ("s", 1.0), ("m", 60.0), ("", 1.0)];
    let parsed = units.iter().find_map(|(unit, seconds)| Some((text.strip_suffix(unit)?, seconds)));
    parsed
        .and_then(|(number, seconds)| Some(number.trim().parse::<f64>().ok()? * seconds))
        .and_then(|seconds| Duration::try_from_secs_f64(seconds).ok())
        .ok_or_else(|| "give a time such as 10s, 500ms or 2m".to_owned())
}

/// `0.1%` or `0.001`.
pub fn share(text: &str) -> Result<f64, String> {
    let (number, unit) = text.strip_suffix('%').map_or((text, 1.0), |number| (number, 0.01));
    let share = number.trim().parse::<f64>().ok().map(|number| number * unit);
    share
        .filter(|share| (0.0..=1.0).contains(share))
        .ok_or_else(|| "give a share such as 0.1% or 0.001, at most 100%".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_radius_is_above_zero_and_finite() {
        for bad in ["0", "-1", "nan", "inf", "1e9", "3 km", ""] {
            assert!(radius_km(bad).is_err(), "{bad}");
        }
        assert_eq!(radius_km("2,5"), Ok(2.5));
    }

    #[test]
    fn times_and_shares_are_read_in_all_spellings() {
        let seconds = |text| duration(text).map(|d| d.as_secs_f64());
        assert_eq!(
            [seconds("10s"), seconds("500ms"), seconds("2m"), seconds("7")].map(Result::unwrap),
            [10.0, 0.5, 120.0, 7.0]
        );
        assert!(duration("-1s").is_err() && duration("soon").is_err() && duration("").is_err());
        assert!((share("0.1%").unwrap() - 0.001).abs() < 1e-15);
        assert_eq!(share("0.001").unwrap(), 0.001);
        assert!(share("-1").is_err() && share("nan").is_err());
    }
}
