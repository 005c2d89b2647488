//! `[coverage.clutter]` and `[[coverage.calibration]]` of `study.toml`: how tall land cover counts, and what drive tests have
//! shown predictions to be off by.

use serde::Deserialize;

use super::config::nearest;
use crate::coverage::predicted::{LevelOffsets, same_band};
use crate::terrain::{COVER_CLASSES, ClutterHeights, CoverClass};

/// No prediction is believed to be off by more, dB.
const MOST_OFFSET_DB: f64 = 60.0;
/// The largest deviation, dB.
const MOST_SIGMA_DB: f64 = 30.0;

/// `[coverage.clutter]`: heights above ground, m, of classes of land cover; what is not given is P.1812's.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct ClutterSection {
    /// Tree cover; default 15.
    pub tree_cover: Option<f64>,
    /// Shrubland; default 0.
    pub shrubland: Option<f64>,
    /// Grassland; default 0.
    pub grassland: Option<f64>,
    /// Cropland; default 0.
    pub cropland: Option<f64>,
    /// Built-up; default 10.
    pub built_up: Option<f64>,
    /// Bare or sparse vegetation; default 0.
    pub bare: Option<f64>,
    /// Snow and ice; default 0.
    pub snow_ice: Option<f64>,
    /// Permanent water; default 0.
    pub water: Option<f64>,
    /// Herbaceous wetland; default 0.
    pub wetland: Option<f64>,
    /// Mangroves; default 15.
    pub mangroves: Option<f64>,
    /// Moss and lichen; default 0.
    pub moss_lichen: Option<f64>,
}

impl ClutterSection {
    fn of(&self, class: CoverClass) -> Option<f64> {
        match class.code {
            10 => self.tree_cover,
            20 => self.shrubland,
            30 => self.grassland,
            40 => self.cropland,
            50 => self.built_up,
            60 => self.bare,
            70 => self.snow_ice,
            80 => self.water,
            90 => self.wetland,
            95 => self.mangroves,
            _ => self.moss_lichen,
        }
    }

    /// The heights, those of P.1812 where the study says nothing else.
    ///
    /// # Errors
    /// What is wrong and what to do, to stand behind the file's name.
    pub fn heights(&self) -> Result<ClutterHeights, String> {
        let mut heights = ClutterHeights::default();
        for class in COVER_CLASSES {
            if let Some(height_m) = self.of(class) {
                heights.set(class, height_m).map_err(|error| format!("[coverage.clutter] {error}"))?;
            }
        }
        Ok(heights)
    }
}

/// `[[coverage.calibration]]`: what `phusong calibrate` found for one band, or for one class of land cover in it.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CalibrationEntry {
    /// The band: predictions within 5 % of this frequency, MHz.
    pub freq_mhz: f64,
    /// Class of land cover around the receiver; without it the entry is for all classes that have none of their own.
    pub class: Option<String>,
    /// Added to every predicted level, dB.
    pub offset_db: f64,
    /// Standard deviation of the model's error in this band, dB, instead of that of `[coverage.link]`; of the whole band only.
    pub sigma_db: Option<f64>,
    /// How many samples it rests on; shown, not used.
    pub samples: Option<u64>,
}

/// What the entries amount to at one frequency.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct BandCalibration {
    pub offsets: LevelOffsets,
    pub sigma_db: Option<f64>,
}

/// What the entries say of a frequency, MHz. All are checked, also those of other bands.
///
/// # Errors
/// What is wrong and what to do, to stand behind the file's name.
pub(super) fn band_calibration(
    entries: &[CalibrationEntry],
    freq_mhz: f64,
) -> Result<BandCalibration, String> {
    let mut found = BandCalibration::default();
    let mut before: Vec<(f64, Option<&str>)> = Vec::new();
    for entry in entries {
        let class = entry.class.as_deref();
        let place = format!(
            "[[coverage.calibration]] freq_mhz = {}{}",
            entry.freq_mhz,
            class.map(|class| format!(", class = \"{class}\"")).unwrap_or_default()
        );
        check(entry).map_err(|problem| format!("{place}: {problem}"))?;
        if before.iter().any(|(mhz, other)| *other == class && same_band(*mhz, entry.freq_mhz)) {
            return Err(format!("{place}: there are two entries for this band; keep one"));
        }
        before.push((entry.freq_mhz, class));
        if !same_band(entry.freq_mhz, freq_mhz) {
            continue;
        }
        match class {
            None => {
                found.offsets.set_all(entry.offset_db);
                found.sigma_db = entry.sigma_db;
            }
            Some(key) => {
                let class = CoverClass::from_key(key).ok_or_else(|| {
                    let known = COVER_CLASSES.map(|class| class.key);
                    let near =
                        nearest(key, &known).map(|n| format!(" Did you mean `{n}`?")).unwrap_or_default();
                    format!("{place}: there is no such class.{near} There are: {}", known.join(", "))
                })?;
                found.offsets.set_class(class.code, entry.offset_db);
            }
        }
    }
    Ok(found)
}

fn check(entry: &CalibrationEntry) -> Result<(), String> {
    if !(30.0..=6_000.0).contains(&entry.freq_mhz) {
        return Err("give a frequency of 30 to 6000 MHz".to_owned());
    }
    if !(-MOST_OFFSET_DB..=MOST_OFFSET_DB).contains(&entry.offset_db) {
        return Err(format!(
            "offset_db = {}: give a number of dB from -{MOST_OFFSET_DB} to {MOST_OFFSET_DB}",
            entry.offset_db
        ));
    }
    match entry.sigma_db {
        Some(sigma) if !(0.0..=MOST_SIGMA_DB).contains(&sigma) => {
            Err(format!("sigma_db = {sigma}: give a number of dB from 0 to {MOST_SIGMA_DB}"))
        }
        Some(_) if entry.class.is_some() => {
            Err("sigma_db is of a whole band: give it to the entry without class".to_owned())
        }
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::super::{CoverageRule, parse_study};
    use crate::coverage::predicted::PredictOptions;

    fn parse(section: &str) -> Result<PredictOptions, String> {
        let text =
            format!("[study]\nname = \"x\"\nprovince = \"40\"\n[coverage]\nmodel = \"p1812\"\n{section}");
        let study = parse_study(&text, "study.toml").map_err(|error| error.to_string())?;
        match study.coverage.rule()? {
            CoverageRule::Predicted(options) => Ok(options),
            CoverageRule::Radius { .. } => Err("a radius".to_owned()),
        }
    }

    const BAND: &str = "[[coverage.calibration]]\nfreq_mhz = 942.5\noffset_db = -3.0\nsigma_db = 6.5\n";
    const TREES: &str =
        "[[coverage.calibration]]\nfreq_mhz = 935.0\nclass = \"tree_cover\"\noffset_db = -8.0\n";
    const OTHER: &str = "[[coverage.calibration]]\nfreq_mhz = 1842.5\noffset_db = 5.0\n";

    #[test]
    fn offsets_are_those_of_the_band_and_the_class() {
        let found = parse(&format!("{BAND}{TREES}{OTHER}")).unwrap();
        let offset = |class| found.offsets.db(class);
        assert_eq!((offset(Some(10)), offset(Some(50)), offset(None)), (-8.0, -3.0, -3.0));
        assert_eq!(found.budget.options().sigma_db, 6.5);
        assert!(found.criterion().ends_with(", calibrated by land cover"), "{}", found.criterion());
        let high = parse(&format!("preset = \"lte1800\"\n{BAND}{TREES}{OTHER}")).unwrap();
        assert_eq!((high.offsets.db(Some(10)), high.budget.options().sigma_db), (5.0, 8.0));
        assert!(high.criterion().ends_with(", calibrated"), "{}", high.criterion());
        let none = parse(OTHER).unwrap();
        assert!(none.offsets.is_none() && none.criterion().ends_with("within 15 km"));
    }

    #[test]
    fn a_mistake_is_named_with_what_to_do() {
        for (section, expected) in [
            (
                "[coverage.clutter]\ntree_cover = 400.0\n".to_owned(),
                "[coverage.clutter] tree_cover = 400: give a height",
            ),
            ("[coverage.clutter]\ntrees = 20.0\n".to_owned(), "did you mean `tree_cover`"),
            (format!("{BAND}{BAND}"), "two entries for this band"),
            (TREES.replace("tree_cover", "tre_cover"), "Did you mean `tree_cover`"),
            (TREES.replace("-8.0", "-80.0"), "offset_db = -80"),
            (TREES.replace("offset_db = -8.0", "offset_db = -8.0\nsigma_db = 5.0"), "of a whole band"),
            (BAND.replace("6.5", "65.0"), "sigma_db = 65"),
            (BAND.replace("942.5", "0.9425"), "give a frequency"),
        ] {
            let error = parse(&section).unwrap_err();
            assert!(error.contains(expected), "{section}: {error}");
        }
        assert!(parse("[coverage.clutter]\ntree_cover = 20.0\nbuilt_up = 6.0\n").is_ok());
    }
}
