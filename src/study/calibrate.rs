//! Drive tests against predictions: which station serves, residuals, and what they say of the link budget.

use std::collections::BTreeMap;

use super::Stages;
use super::sites::PredictionStudy;
use crate::coverage::calibration::{ResidualStats, quantile};
use crate::coverage::predicted::{
    LevelOffsets, Mast, OffsetsByBand, PairState, Places, PredictError, PredictOptions, predict,
    preset_named, same_band,
};
use crate::coverage::{Ground, GroundSampler};
use crate::domain::{AntennaRow, Carrier, Station};
use crate::geodesy::LatLon;
use crate::lang::Lang;
use crate::propagation::link_budget::{BudgetError, LinkBudget, Technology};
use crate::read::{DriveTest, Measurement, generation};
use crate::terrain::CoverClass;

/// The fewest samples of a class from which anything is concluded.
pub const LEAST_SAMPLES: usize = 30;
/// Samples are thinned to one a square of this width, m.
pub const THIN_M: f64 = 50.0;
/// Metres in a degree, to choose squares.
const METRES_PER_DEGREE: f64 = 111_195.0;

/// How to calibrate.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct CalibrateOptions {
    /// The fewest thinned samples of a class. Default: [`LEAST_SAMPLES`].
    pub least_samples: usize,
    /// Width of the squares, m. Default: [`THIN_M`].
    pub thin_m: f64,
}

impl Default for CalibrateOptions {
    fn default() -> CalibrateOptions {
        CalibrateOptions { least_samples: LEAST_SAMPLES, thin_m: THIN_M }
    }
}

/// A thinned sample with its prediction.
#[derive(Debug, Clone, PartialEq)]
pub struct Residual {
    /// The first line of the log that it was made from.
    pub line: u64,
    /// How many lines it was made from.
    pub lines: usize,
    /// Where: the mean position.
    pub position: LatLon,
    /// Whose network.
    pub carrier: Carrier,
    /// Frequency of the prediction, MHz.
    pub freq_mhz: f64,
    /// The band that it belongs to: the lowest frequency of the log in it, MHz.
    pub band_mhz: f64,
    /// Clutter class: of the study's land cover at the sample, by its key; without land cover as the log has it. Empty where
    /// it is not known.
    pub clutter: String,
    /// Clutter class as the log has it; empty where it has none.
    pub clutter_in_log: String,
    /// The station that is taken to serve.
    pub station: String,
    /// Whether the log names it.
    pub station_stated: bool,
    /// How far it is, m.
    pub distance_m: f64,
    /// Measured: the median of its lines, dBm.
    pub measured_dbm: f64,
    /// Predicted mean level, dBm.
    pub predicted_dbm: f64,
}

impl Residual {
    /// Measured − predicted, dB.
    pub fn residual_db(&self) -> f64 {
        self.measured_dbm - self.predicted_dbm
    }
}

/// One band and clutter class; an empty clutter stands for all of them.
#[derive(Debug, Clone, PartialEq)]
pub struct CalibrationClass {
    /// The band: the lowest frequency of the log in it, MHz.
    pub freq_mhz: f64,
    /// Clutter class; `None`: all.
    pub clutter: Option<String>,
    /// Samples.
    pub samples: usize,
    /// What they amount to; `None` where there are too few.
    pub stats: Option<ResidualStats>,
}

/// What was left out, and why.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Dropped {
    /// Lines of another technology than the study's link budget.
    pub other_technology: u64,
    /// Lines of carriers without a station of that technology and band.
    pub no_station: u64,
    /// Samples that name a station which the study does not have, not of that carrier, or not of that technology and band.
    pub unknown_station: u64,
    /// Samples without a station within reach.
    pub out_of_reach: u64,
    /// Samples whose path leads over unknown ground.
    pub unknown_ground: u64,
}

/// The result.
#[derive(Debug, Clone, PartialEq)]
pub struct Calibration {
    /// Every sample, by line.
    pub residuals: Vec<Residual>,
    /// Classes: for each band all clutter together, then each class.
    pub classes: Vec<CalibrationClass>,
    /// What was left out.
    pub dropped: Dropped,
    /// Samples after thinning.
    pub thinned: usize,
    /// Whether classes are those of the study's land cover; else they are the log's own words.
    pub by_land_cover: bool,
    /// Samples predicted from stations whose antenna height is not known: the study's mast was taken.
    pub assumed_heights: usize,
    /// Samples predicted from stations with antennas of their own in the study's table.
    pub own_antennas: usize,
    /// Lines that state no frequency: the study's was taken.
    pub assumed_bands: u64,
    /// Location variability that predictions count beside the model's error, dB.
    pub location_sigma_db: f64,
}

/// Why there is no calibration.
#[derive(Debug, thiserror::Error)]
pub enum CalibrateError {
    /// The study has no stations.
    #[error(
        "the study names no stations: give [inputs] stations in study.toml; a level is compared with the station it comes from"
    )]
    NoStations,
    /// A frequency that the link budget does not take.
    #[error(transparent)]
    Budget(#[from] BudgetError),
    /// Options outside of the model's limits.
    #[error(transparent)]
    Predict(#[from] PredictError),
    /// Squares of no width.
    #[error("squares of {0} m: give a width of 1 to 10000 m")]
    Thin(f64),
}

impl CalibrateError {
    /// The error in a language; its `Display` is English.
    pub fn message(&self, lang: Lang) -> String {
        match (lang, self) {
            (Lang::Vi, CalibrateError::NoStations) => {
                "study không nêu trạm hiện có: thêm stations vào [inputs] trong study.toml; mức đo được so với trạm phát ra nó"
                    .to_owned()
            }
            (Lang::Vi, CalibrateError::Thin(width)) => format!("ô vuông {width} m: hãy ghi bề rộng từ 1 đến 10000 m"),
            (_, error) => error.to_string(),
        }
    }
}

/// Compares a log with the predictions of the study's stations, outdoors (the entry loss of the link budget is left out).
///
/// A sample belongs to the station that the log names, or else to the carrier's station of that technology with the
/// highest predicted level within `max_km`. Stations are predicted with the antennas that the study's table gives them in
/// the log's band, else with the study's one antenna. Frequencies of one band are one class.
///
/// # Errors
/// [`CalibrateError`] where there are no stations or a value is outside of the model's limits.
pub fn calibrate(
    study: &PredictionStudy,
    log: &DriveTest,
    options: &CalibrateOptions,
    stages: &mut Stages<'_>,
) -> Result<Calibration, CalibrateError> {
    if !(1.0..=10_000.0).contains(&options.thin_m) {
        return Err(CalibrateError::Thin(options.thin_m));
    }
    let stations =
        study.study.stations.as_deref().filter(|s| !s.is_empty()).ok_or(CalibrateError::NoStations)?;
    let technology = study.options.budget.options().technology;
    let wanted = match technology {
        Technology::Gsm => 2,
        Technology::Lte => 4,
        Technology::Nr => 5,
    };
    let mut dropped = Dropped::default();
    let usable: Vec<&Measurement> = log.measurements.iter().filter(|m| m.generation == wanted).collect();
    dropped.other_technology = (log.measurements.len() - usable.len()) as u64;
    let usual_mhz = study.options.budget.options().freq_mhz;
    let samples = thin(&usable, options.thin_m, usual_mhz);
    let bands = bands(samples.iter().map(|sample| sample.freq_mhz));
    let mut groups: BTreeMap<(Carrier, u64), Vec<Sample>> = BTreeMap::new();
    let thinned = samples.len();
    for sample in samples {
        groups.entry((sample.carrier.clone(), sample.freq_mhz.to_bits())).or_default().push(sample);
    }
    let mut calibration = Calibration {
        residuals: Vec::new(),
        classes: Vec::new(),
        dropped,
        thinned,
        by_land_cover: study.ground.land_cover().is_some(),
        assumed_heights: 0,
        own_antennas: 0,
        assumed_bands: usable.iter().filter(|m| m.freq_mhz.is_none()).count() as u64,
        location_sigma_db: 0.0,
    };
    stages.run("predict", || -> Result<(), CalibrateError> {
        for ((carrier, freq_bits), samples) in &groups {
            let has = |s: &&Station| {
                s.carrier == *carrier
                    && s.technology.as_deref().is_none_or(|text| has_generation(text, wanted))
            };
            let freq_mhz = f64::from_bits(*freq_bits);
            let of_carrier = stations.iter().filter(has);
            let own: Vec<Sender<'_>> = of_carrier.filter_map(|s| Sender::in_band(s, freq_mhz)).collect();
            if own.is_empty() {
                calibration.dropped.no_station += samples.iter().map(|s| s.levels.len() as u64).sum::<u64>();
                continue;
            }
            let options = outdoors(&study.options, freq_mhz)?;
            calibration.compare(study, &own, samples, &options)?;
        }
        Ok(())
    })?;
    calibration.residuals.sort_by_key(|r| r.line);
    for residual in &mut calibration.residuals {
        let of_band = bands.iter().rfind(|band| **band <= residual.freq_mhz);
        residual.band_mhz = of_band.copied().unwrap_or(residual.freq_mhz);
    }
    calibration.classes = classes(&calibration.residuals, options.least_samples);
    Ok(calibration)
}

/// The study's options at another frequency, without entry loss and without what an earlier calibration adds: what is
/// measured is compared with the bare prediction, so that offsets replace those before them.
fn outdoors(options: &PredictOptions, freq_mhz: f64) -> Result<PredictOptions, BudgetError> {
    let mut budget = *options.budget.options();
    budget.freq_mhz = freq_mhz;
    budget.entry_loss_db = 0.0;
    let (offsets, by_band) = (LevelOffsets::default(), OffsetsByBand::default());
    Ok(PredictOptions { budget: LinkBudget::new(&budget)?, second: None, offsets, by_band, ..*options })
}

/// The bands among frequencies, MHz: each by its lowest, ascending. No two of them are one band to `study.toml`.
fn bands(frequencies: impl Iterator<Item = f64>) -> Vec<f64> {
    let mut sorted: Vec<f64> = frequencies.collect();
    sorted.sort_unstable_by(f64::total_cmp);
    let mut bands: Vec<f64> = Vec::new();
    for mhz in sorted {
        if bands.last().is_none_or(|&lowest| !same_band(lowest, mhz)) {
            bands.push(mhz);
        }
    }
    bands
}

/// A station as it sends in one band.
struct Sender<'a> {
    station: &'a Station,
    /// Its antennas in that band; empty where the table says nothing of any.
    antennas: Vec<AntennaRow>,
}

impl Sender<'_> {
    /// `None` where all antennas that the table gives the station are for other bands. A row that names no band is for any.
    fn in_band(station: &Station, freq_mhz: f64) -> Option<Sender<'_>> {
        let sends = |row: &&AntennaRow| {
            let preset = row.preset.as_deref().and_then(preset_named);
            preset.is_none_or(|preset| same_band(preset.options().freq_mhz, freq_mhz))
        };
        let antennas: Vec<AntennaRow> = station.antennas.iter().filter(sends).cloned().collect();
        (station.antennas.is_empty() || !antennas.is_empty()).then_some(Sender { station, antennas })
    }
}

fn has_generation(text: &str, wanted: u8) -> bool {
    text.split(|c: char| !c.is_alphanumeric()).any(|word| generation(word) == Some(wanted))
}

/// Lines of one square.
struct Sample {
    line: u64,
    carrier: Carrier,
    freq_mhz: f64,
    site: Option<String>,
    clutter: String,
    levels: Vec<f64>,
    lat_sum: f64,
    lon_sum: f64,
}

/// One sample for each square, carrier, frequency, site and clutter class: a car that stands counts once.
fn thin(measurements: &[&Measurement], thin_m: f64, usual_mhz: f64) -> Vec<Sample> {
    let step_deg = thin_m / METRES_PER_DEGREE;
    let mut squares: BTreeMap<_, Sample> = BTreeMap::new();
    for m in measurements {
        let (lat, lon) = (m.position.lat_deg(), m.position.lon_deg());
        let row = (lat / step_deg).floor();
        // Squares of a row are as wide as they are high in its middle.
        let lon_step = step_deg / ((row + 0.5) * step_deg).to_radians().cos().max(0.01);
        let freq_mhz = m.freq_mhz.unwrap_or(usual_mhz);
        let clutter = m.clutter.clone().unwrap_or_default();
        let key = (
            row as i64,
            (lon / lon_step).floor() as i64,
            m.carrier.clone(),
            freq_mhz.to_bits(),
            m.site.clone(),
            clutter.clone(),
        );
        let sample = squares.entry(key).or_insert_with(|| Sample {
            line: m.line,
            carrier: m.carrier.clone(),
            freq_mhz,
            site: m.site.clone(),
            clutter,
            levels: Vec::new(),
            lat_sum: 0.0,
            lon_sum: 0.0,
        });
        sample.levels.push(m.level_dbm);
        sample.lat_sum += lat;
        sample.lon_sum += lon;
    }
    squares.into_values().collect()
}

impl Sample {
    fn position(&self) -> Option<LatLon> {
        let n = self.levels.len() as f64;
        LatLon::from_degrees(self.lat_sum / n, self.lon_sum / n).ok()
    }

    fn level_dbm(&self) -> f64 {
        let mut sorted = self.levels.clone();
        sorted.sort_unstable_by(f64::total_cmp);
        quantile(&sorted, 0.5)
    }
}

impl Calibration {
    /// Samples of one carrier and frequency.
    fn compare(
        &mut self,
        study: &PredictionStudy,
        senders: &[Sender<'_>],
        samples: &[Sample],
        options: &PredictOptions,
    ) -> Result<(), CalibrateError> {
        let masts: Vec<Mast<'_>> = senders
            .iter()
            .map(|Sender { station, antennas }| Mast { antennas, ..Mast::from(*station) })
            .collect();
        let ids: Vec<&str> = senders.iter().map(|sender| sender.station.id.as_str()).collect();
        let positions: Vec<Option<LatLon>> = samples.iter().map(Sample::position).collect();
        let predicted = predict(&masts, &Places::centres(&positions), &study.ground, options)?;
        let model_sigma = options.budget.options().sigma_db;
        self.location_sigma_db = (predicted.sigma_db.powi(2) - model_sigma.powi(2)).max(0.0).sqrt();
        // For each sample the best known station, and whether there was one over unknown ground.
        let mut best: Vec<Option<(usize, f64, f64)>> = vec![None; samples.len()];
        let mut unknown = vec![false; samples.len()];
        for (station, pair) in predicted.pairs() {
            let number = pair.village as usize;
            if samples[number].site.as_ref().is_some_and(|site| *site != ids[station]) {
                continue;
            }
            if pair.state == PairState::Unknown {
                unknown[number] = true;
                continue;
            }
            let better = best[number].is_none_or(|(other, level, _)| {
                let by_id = || ids[station] < ids[other];
                pair.level_dbm > level || pair.level_dbm == level && by_id()
            });
            if better {
                best[number] = Some((station, pair.level_dbm, pair.distance_m));
            }
        }
        let mut sampler = study.ground.sampler();
        for (number, sample) in samples.iter().enumerate() {
            match (best[number], positions[number]) {
                (Some((station, predicted_dbm, distance_m)), Some(position)) => {
                    let Sender { station: own, antennas } = &senders[station];
                    let stated = own.height_agl_m.is_some()
                        || !antennas.is_empty() && antennas.iter().all(|row| row.height_agl_m.is_some());
                    self.assumed_heights += usize::from(!stated);
                    self.own_antennas += usize::from(!antennas.is_empty());
                    self.residuals.push(Residual {
                        line: sample.line,
                        lines: sample.levels.len(),
                        position,
                        carrier: sample.carrier.clone(),
                        freq_mhz: sample.freq_mhz,
                        band_mhz: sample.freq_mhz,
                        clutter: if self.by_land_cover {
                            let class = sampler.cover(position).and_then(CoverClass::of);
                            class.map_or_else(String::new, |class| class.key.to_owned())
                        } else {
                            sample.clutter.clone()
                        },
                        clutter_in_log: sample.clutter.clone(),
                        station: own.id.clone(),
                        station_stated: sample.site.is_some(),
                        distance_m,
                        measured_dbm: sample.level_dbm(),
                        predicted_dbm,
                    });
                }
                _ if unknown[number] => self.dropped.unknown_ground += 1,
                _ if sample.site.as_ref().is_some_and(|site| !ids.contains(&site.as_str())) => {
                    self.dropped.unknown_station += 1;
                }
                _ => self.dropped.out_of_reach += 1,
            }
        }
        Ok(())
    }
}

fn classes(residuals: &[Residual], least: usize) -> Vec<CalibrationClass> {
    let mut by_class: BTreeMap<(u64, Option<String>), Vec<f64>> = BTreeMap::new();
    for r in residuals {
        // Frequencies are positive: their bits ascend as they do.
        let band = r.band_mhz.to_bits();
        by_class.entry((band, None)).or_default().push(r.residual_db());
        if !r.clutter.is_empty() {
            by_class.entry((band, Some(r.clutter.clone()))).or_default().push(r.residual_db());
        }
    }
    by_class
        .into_iter()
        .map(|((band, clutter), residuals)| CalibrationClass {
            freq_mhz: f64::from_bits(band),
            clutter,
            samples: residuals.len(),
            stats: ResidualStats::of(&residuals).filter(|_| residuals.len() >= least.max(2)),
        })
        .collect()
}

/// The entries for study.toml that a calibration amounts to: one for each band, and one for each class of land cover in it,
/// where there are enough samples. `None` where there are none. Classes in the log's own words are not among them: a
/// prediction does not know them.
///
/// # Errors
/// A frequency that the link budget does not take.
pub fn snippet(study: &PredictionStudy, found: &Calibration) -> Result<Option<String>, CalibrateError> {
    let mut text = String::new();
    for class in &found.classes {
        let (Some(stats), true) = (class.stats, class.clutter.is_none() || found.by_land_cover) else {
            continue;
        };
        let entry = format!("[[coverage.calibration]]\nfreq_mhz = {:?}\n", class.freq_mhz);
        let numbers = format!("offset_db = {:.1}\n", stats.median_db + 0.0);
        text.push_str(&match &class.clutter {
            None => {
                // The budget adds the location variability itself.
                let options = outdoors(&study.options, class.freq_mhz)?;
                let model_db = options.budget.options().sigma_db;
                let whole_db = options.sigma_db().map_err(PredictError::from)?;
                let location2 = whole_db * whole_db - model_db * model_db;
                let sigma_db = (stats.robust_sigma_db.powi(2) - location2).max(0.0).sqrt();
                format!("{entry}{numbers}sigma_db = {sigma_db:.1}\nsamples = {}\n", stats.count)
            }
            Some(key) => format!("{entry}class = \"{key}\"\n{numbers}samples = {}\n", stats.count),
        });
    }
    Ok((!text.is_empty()).then(|| {
        format!(
            "# phusong calibrate: median of measured - predicted; replaces all [[coverage.calibration]] of study.toml.\n\
             # An entry with a class stands where that class of land cover is around the receiver, the one without elsewhere.\n\
             {text}"
        )
    }))
}
