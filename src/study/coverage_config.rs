//! `[coverage]` and `[coverage.link]` of `study.toml` → when a village counts as covered.

use std::path::PathBuf;

use serde::Deserialize;

use super::clutter_config::{CalibrationEntry, ClutterSection, band_calibration};
use super::config::nearest;
use crate::coverage::predicted::{BandOffsets, OffsetsByBand, PredictOptions, SecondOpinion};
use crate::propagation::ModelKind;
use crate::propagation::link_budget::{Antenna, LinkBudget, Pattern, Preset, Technology};

/// The radius where neither study nor flag says one, km.
pub const DEFAULT_RADIUS_KM: f64 = 3.0;
/// How far a prediction looks where neither study nor flag says it, km.
pub const DEFAULT_MAX_KM: f64 = 15.0;

/// The share of a village's households that must be at places with signal, where neither the study nor anybody says it: nine
/// of ten. What is left is what a list would still call weak.
pub const DEFAULT_SERVED_SHARE: f64 = 0.9;

/// How coverage is decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Model {
    /// Within a radius.
    Radius,
    /// Predicted by ITU-R P.1812.
    P1812,
    /// Predicted by the NTIA ITM.
    Itm,
    /// Free space: a baseline.
    FreeSpace,
    /// Extended Hata: a baseline.
    Hata,
    /// 3GPP RMa: a baseline.
    Rma,
}

impl Model {
    /// The key used in study files.
    pub fn key(self) -> &'static str {
        self.predicted().map_or("radius", ModelKind::key)
    }

    /// The propagation model; `None` for the radius.
    pub fn predicted(self) -> Option<ModelKind> {
        match self {
            Model::Radius => None,
            Model::P1812 => Some(ModelKind::P1812),
            Model::Itm => Some(ModelKind::Itm),
            Model::FreeSpace => Some(ModelKind::FreeSpace),
            Model::Hata => Some(ModelKind::Hata),
            Model::Rma => Some(ModelKind::Rma),
        }
    }
}

/// `[coverage]`. What is not given has the default that stands with it.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CoverageSection {
    /// Which model; default `radius`.
    #[serde(default = "default_model")]
    pub model: Model,
    /// Radius, km; default 3.
    #[serde(default = "default_radius_km")]
    pub radius_km: f64,
    /// How far a prediction looks, km; default 15.
    #[serde(default)]
    pub max_km: Option<f64>,
    /// Technology and band to start from; default `lte900`.
    #[serde(default)]
    pub preset: Option<String>,
    /// The least level, dBm; default that of the preset.
    #[serde(default)]
    pub threshold_dbm: Option<f64>,
    /// The probability asked for, 0.01 to 0.99; default 0.75.
    #[serde(default)]
    pub probability: Option<f64>,
    /// A second model that is asked of every pair whether it agrees; default none.
    #[serde(default)]
    pub second_opinion: Option<Model>,
    /// Share of a village's households at places with signal from which the village counts as served, 0.01 to 1; default 0.9.
    /// Matters where the study names clusters.
    #[serde(default)]
    pub served_share: Option<f64>,
    /// Whether a gap that its carrier's own stations are predicted to serve is no longer asked for; default false: what a
    /// carrier reports outweighs what is predicted.
    #[serde(default)]
    pub subtract_existing: bool,
    /// `[coverage.link]`
    #[serde(default)]
    pub link: LinkSection,
    /// `[coverage.clutter]`
    #[serde(default)]
    pub clutter: ClutterSection,
    /// `[[coverage.calibration]]`
    #[serde(default)]
    pub calibration: Vec<CalibrationEntry>,
}

/// `[coverage.link]`: what differs from the preset.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct LinkSection {
    /// Downlink frequency, MHz.
    pub freq_mhz: Option<f64>,
    /// Power of the whole carrier, dBm.
    pub power_dbm: Option<f64>,
    /// Resource elements over which it is spread.
    pub resource_elements: Option<u32>,
    /// Feeder loss, dB.
    pub feeder_loss_db: Option<f64>,
    /// Greatest gain, dBi; default 3 dB below the preset's panel for `omni`, that of the panel for sectors.
    pub gain_dbi: Option<f64>,
    /// Antenna pattern; default `omni`.
    pub pattern: Option<PatternName>,
    /// Where the (first) sector looks, degrees clockwise from north; default 0 for three sectors.
    pub azimuth_deg: Option<f64>,
    /// How far sectors look down, degrees; default 0.
    pub tilt_deg: Option<f64>,
    /// Antenna above ground where a site does not say, m; default 30.
    pub mast_height_m: Option<f64>,
    /// Gain of the receiver's antenna, dBi.
    pub rx_gain_dbi: Option<f64>,
    /// Receiver above ground, m; default 1.5.
    pub rx_height_m: Option<f64>,
    /// Loss to the body, dB.
    pub body_loss_db: Option<f64>,
    /// Loss into a building, dB; default 0.
    pub entry_loss_db: Option<f64>,
    /// Standard deviation of the model's error, dB; default 8.
    pub sigma_db: Option<f64>,
    /// Percentage of time for which the loss is not exceeded; default 50.
    pub time_percent: Option<f64>,
    /// ΔN, N-units/km; default 45. The maps that belong to ITU-R P.1812 (DN50.TXT) have 44.7 in Hà Giang, 49.8 in western Nghệ
    /// An, 53.5 in Cà Mau: 45 bends rays least of these.
    pub dn: Option<f64>,
    /// N0, N-units; default 370. The maps (N050.TXT) have 365, 376 and 381 there.
    pub n0: Option<f64>,
    /// Steps along a path, m; default the resolution of the elevation data at the site.
    pub profile_step_m: Option<f64>,
    /// Gaps in the elevation data up to this length are bridged, m; default 200.
    pub max_gap_m: Option<f64>,
}

/// `pattern`
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PatternName {
    /// The same in every direction.
    Omni,
    /// One sector.
    Sector,
    /// Three sectors, 120° apart.
    ThreeSectors,
}

fn default_model() -> Model {
    Model::Radius
}

/// No station reaches farther, km.
pub const MAX_RADIUS_KM: f64 = 500.0;

fn default_radius_km() -> f64 {
    DEFAULT_RADIUS_KM
}

impl Default for CoverageSection {
    fn default() -> CoverageSection {
        CoverageSection {
            model: default_model(),
            radius_km: default_radius_km(),
            max_km: None,
            preset: None,
            threshold_dbm: None,
            probability: None,
            second_opinion: None,
            served_share: None,
            subtract_existing: false,
            link: LinkSection::default(),
            clutter: ClutterSection::default(),
            calibration: Vec::new(),
        }
    }
}

/// What the command line says instead of the study.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct CoverageOverrides {
    /// Model; a radius without a model means `radius`.
    pub model: Option<Model>,
    /// Radius, km.
    pub radius_km: Option<f64>,
    /// How far a prediction looks, km.
    pub max_km: Option<f64>,
    /// Technology and band.
    pub preset: Option<String>,
    /// The least level, dBm.
    pub threshold_dbm: Option<f64>,
    /// The probability asked for.
    pub probability: Option<f64>,
    /// A second model.
    pub second_opinion: Option<Model>,
    /// Whether existing stations are subtracted.
    pub subtract_existing: bool,
    /// Folder of elevation tiles.
    pub terrain: Option<PathBuf>,
}

/// When a village counts as covered.
#[derive(Debug, Clone, Copy, PartialEq)]
#[allow(clippy::large_enum_variant, reason = "a run has one of it, and copies it about")]
pub enum CoverageRule {
    /// Within this distance.
    Radius {
        /// The distance, km.
        radius_km: f64,
    },
    /// Where the level suffices.
    Predicted(PredictOptions),
}

impl CoverageRule {
    /// The technology that is predicted; `None` by radius, which knows none.
    pub fn technology(&self) -> Option<Technology> {
        match self {
            CoverageRule::Radius { .. } => None,
            CoverageRule::Predicted(options) => Some(options.budget.options().technology),
        }
    }

    /// In words.
    pub fn criterion(&self) -> String {
        match self {
            CoverageRule::Radius { radius_km } => {
                format!("a village is served within {radius_km} km (WGS84 geodesic distance <= radius)")
            }
            CoverageRule::Predicted(options) => options.criterion(),
        }
    }

    /// `radius`, `p1812`, …
    pub fn model_key(&self) -> &'static str {
        match self {
            CoverageRule::Radius { .. } => "radius",
            CoverageRule::Predicted(options) => options.model.key(),
        }
    }

    /// Whether it looks at terrain.
    pub fn needs_terrain(&self) -> bool {
        match self {
            CoverageRule::Radius { .. } => false,
            CoverageRule::Predicted(options) => {
                options.model.sees_terrain() || options.second.is_some_and(|second| second.0.sees_terrain())
            }
        }
    }
}

impl CoverageSection {
    /// This section, with what the command line says instead.
    #[must_use]
    pub fn with(&self, overrides: &CoverageOverrides) -> CoverageSection {
        let said = overrides.clone();
        let by_radius = said.radius_km.map(|_| Model::Radius);
        CoverageSection {
            model: said.model.or(by_radius).unwrap_or(self.model),
            radius_km: said.radius_km.unwrap_or(self.radius_km),
            max_km: said.max_km.or(self.max_km),
            preset: said.preset.or_else(|| self.preset.clone()),
            threshold_dbm: said.threshold_dbm.or(self.threshold_dbm),
            probability: said.probability.or(self.probability),
            second_opinion: said.second_opinion.or(self.second_opinion),
            served_share: self.served_share,
            subtract_existing: said.subtract_existing || self.subtract_existing,
            link: self.link.clone(),
            clutter: self.clutter.clone(),
            calibration: self.calibration.clone(),
        }
    }

    /// When a village counts as covered.
    ///
    /// # Errors
    /// What is wrong and what to do, to stand behind the file's name.
    pub fn rule(&self) -> Result<CoverageRule, String> {
        let radius_km = self.radius_km;
        if !(radius_km > 0.0 && radius_km <= MAX_RADIUS_KM) {
            return Err(format!(
                "[coverage] radius_km = {radius_km}: a radius is a number of km above 0 and at most {MAX_RADIUS_KM}, such as 3 or 2.5"
            ));
        }
        // A prediction that nobody asks for is checked all the same: a mistake is named when it is made.
        let options = self.predict_options(self.model.predicted().unwrap_or(ModelKind::P1812))?;
        Ok(match self.model {
            Model::Radius => CoverageRule::Radius { radius_km },
            _ => CoverageRule::Predicted(options),
        })
    }

    /// What a prediction by the given model goes by.
    ///
    /// # Errors
    /// As [`rule`](Self::rule).
    pub fn predict_options(&self, model: ModelKind) -> Result<PredictOptions, String> {
        let preset = match &self.preset {
            Some(key) => Preset::from_key(key).ok_or_else(|| unknown_preset(key))?,
            None => Preset::default(),
        };
        let link = &self.link;
        let mut budget = preset.options();
        let set = |value: &mut f64, said: Option<f64>| *value = said.unwrap_or(*value);
        set(&mut budget.freq_mhz, link.freq_mhz);
        set(&mut budget.power_dbm, link.power_dbm);
        set(&mut budget.feeder_loss_db, link.feeder_loss_db);
        set(&mut budget.rx_gain_dbi, link.rx_gain_dbi);
        set(&mut budget.rx_height_m, link.rx_height_m);
        set(&mut budget.body_loss_db, link.body_loss_db);
        set(&mut budget.entry_loss_db, link.entry_loss_db);
        let calibration = band_calibration(&self.calibration, budget.freq_mhz)?;
        set(&mut budget.sigma_db, calibration.sigma_db.or(link.sigma_db));
        self.clutter.heights()?;
        set(&mut budget.threshold_dbm, self.threshold_dbm);
        set(&mut budget.probability, self.probability);
        budget.resource_elements = link.resource_elements.unwrap_or(budget.resource_elements);
        budget.antenna = self.antenna(preset, budget.antenna)?;
        let named = |name: &str| match name {
            "threshold_dbm" | "probability" => "[coverage]",
            _ => "[coverage.link]",
        };
        let budget = LinkBudget::new(&budget).map_err(|error| format!("{} {error}", named(error.name)))?;
        let second = match self.second_opinion {
            None => None,
            Some(second) => {
                let kind = second.predicted().ok_or(
                    "[coverage] second_opinion = \"radius\": a second opinion is a prediction; give \"itm\" or \"p1812\"",
                )?;
                Some(SecondOpinion(kind)).filter(|_| kind != model)
            }
        };
        let options = PredictOptions {
            model,
            second,
            budget,
            max_m: self.max_km.unwrap_or(DEFAULT_MAX_KM) * 1000.0,
            mast_height_m: link.mast_height_m.unwrap_or(30.0),
            step_m: link.profile_step_m,
            max_gap_m: link.max_gap_m.unwrap_or(200.0),
            time_percent: link.time_percent.unwrap_or(50.0),
            dn: link.dn.unwrap_or(45.0),
            n0: link.n0.unwrap_or(370.0),
            served_share: self.served_share.unwrap_or(DEFAULT_SERVED_SHARE),
            whole_distance: false,
            // On where there is land cover: `StudyGround::open_for`.
            clutter: None,
            offsets: calibration.offsets,
            by_band: self.offsets_by_band()?,
        };
        if let Some(max_km) = self.max_km.filter(|km| !(*km > 0.0 && *km <= 100.0)) {
            return Err(format!("[coverage] max_km = {max_km}: give a number of km above 0, at most 100"));
        }
        if let Some(share) = self.served_share.filter(|share| !(0.01..=1.0).contains(share)) {
            return Err(format!("[coverage] served_share = {share}: give a number from 0.01 to 1"));
        }
        // The models name what they are given; the study has names of its own for it.
        let own_names =
            |text: String| text.replace("htg_m", "mast_height_m").replace("p_pct", "time_percent");
        options.check().map_err(|error| format!("[coverage.link] {}", own_names(error.to_string())))?;
        Ok(options)
    }

    /// What calibration says of the band of each preset, which a site's own antennas may have.
    fn offsets_by_band(&self) -> Result<OffsetsByBand, String> {
        let mut by_band = OffsetsByBand::default();
        for preset in Preset::ALL {
            let usual = preset.options();
            let found = band_calibration(&self.calibration, usual.freq_mhz)?;
            by_band.add(BandOffsets {
                freq_mhz: usual.freq_mhz,
                offsets: found.offsets,
                sigma_db: found.sigma_db.or(self.link.sigma_db).unwrap_or(usual.sigma_db),
            });
        }
        Ok(by_band)
    }

    fn antenna(&self, preset: Preset, usual: Antenna) -> Result<Antenna, String> {
        let link = &self.link;
        let tilt_deg = link.tilt_deg.unwrap_or(0.0);
        let pattern = match link.pattern.unwrap_or(PatternName::Omni) {
            PatternName::Omni => {
                if link.azimuth_deg.is_some() || link.tilt_deg.is_some() {
                    return Err("[coverage.link] azimuth_deg and tilt_deg: an antenna that is the same in every direction \
                                has none; set pattern = \"sector\" or \"three_sectors\""
                        .to_owned());
                }
                return Ok(Antenna { gain_dbi: link.gain_dbi.unwrap_or(usual.gain_dbi), ..usual });
            }
            PatternName::Sector => {
                let azimuth_deg = link.azimuth_deg.ok_or(
                    "[coverage.link] pattern = \"sector\": say where it looks, as in azimuth_deg = 120",
                )?;
                Pattern::Sector { azimuth_deg, tilt_deg }
            }
            PatternName::ThreeSectors => {
                Pattern::ThreeSectors { azimuth_deg: link.azimuth_deg.unwrap_or(0.0), tilt_deg }
            }
        };
        Ok(Antenna { gain_dbi: link.gain_dbi.unwrap_or(preset.panel_gain_dbi()), pattern })
    }
}

/// "there is no preset `x`; did you mean `y`?"
fn unknown_preset(key: &str) -> String {
    let known = Preset::ALL.map(Preset::key);
    let near = nearest(key, &known).map(|n| format!(" Did you mean `{n}`?")).unwrap_or_default();
    format!("[coverage] preset = \"{key}\": there is no such preset.{near} There are: {}", known.join(", "))
}

#[cfg(test)]
mod tests {
    use super::super::{StudyFile, parse_study};
    use super::*;

    const STUDY: &str = "[study]\nname = \"x\"\nprovince = \"40\"\n";

    fn parse(section: &str) -> Result<StudyFile, String> {
        parse_study(&format!("{STUDY}{section}"), "study.toml").map_err(|error| error.to_string())
    }

    fn options(section: &str) -> PredictOptions {
        match parse(section).unwrap().coverage.rule().unwrap() {
            CoverageRule::Predicted(options) => options,
            CoverageRule::Radius { .. } => panic!("a prediction was asked for"),
        }
    }

    #[test]
    fn a_model_is_as_simple_as_a_radius() {
        assert_eq!(parse("").unwrap().coverage.rule(), Ok(CoverageRule::Radius { radius_km: 3.0 }));
        let usual = options("[coverage]\nmodel = \"p1812\"\n");
        assert_eq!((usual.model, usual.max_m, usual.second), (ModelKind::P1812, 15_000.0, None));
        assert_eq!(*usual.budget.options(), Preset::Lte900.options());
        assert_eq!(
            usual.criterion(),
            "served: P(RSRP >= -110 dBm) >= 75 %, ITU-R P.1812-8, 942.5 MHz, 1.5 m above ground, within 15 km"
        );
        assert_eq!(options("[coverage]\nmodel = \"free_space\"\n").model, ModelKind::FreeSpace);
    }

    #[test]
    fn every_key_arrives() {
        let all = options(
            "[coverage]\nmodel = \"itm\"\nmax_km = 20.0\npreset = \"lte1800\"\nthreshold_dbm = -105.0\nprobability = 0.9\n\
             second_opinion = \"p1812\"\n[coverage.link]\nfreq_mhz = 1850.0\npower_dbm = 43.0\nresource_elements = 600\n\
             feeder_loss_db = 1.0\ngain_dbi = 17.0\npattern = \"three_sectors\"\nazimuth_deg = 30.0\ntilt_deg = 4.0\n\
             mast_height_m = 42.0\nrx_gain_dbi = 0.0\nrx_height_m = 2.0\nbody_loss_db = 1.0\nentry_loss_db = 12.0\n\
             sigma_db = 7.0\ntime_percent = 10.0\ndn = 50.0\nn0 = 360.0\nprofile_step_m = 60.0\nmax_gap_m = 90.0\n",
        );
        let budget = all.budget.options();
        assert_eq!((all.model, all.second), (ModelKind::Itm, Some(SecondOpinion(ModelKind::P1812))));
        assert_eq!((all.max_m, all.mast_height_m, all.step_m), (20_000.0, 42.0, Some(60.0)));
        assert_eq!((all.max_gap_m, all.time_percent, all.dn, all.n0), (90.0, 10.0, 50.0, 360.0));
        assert_eq!((budget.freq_mhz, budget.power_dbm, budget.resource_elements), (1850.0, 43.0, 600));
        assert_eq!((budget.feeder_loss_db, budget.body_loss_db, budget.entry_loss_db), (1.0, 1.0, 12.0));
        assert_eq!((budget.rx_gain_dbi, budget.rx_height_m, budget.sigma_db), (0.0, 2.0, 7.0));
        assert_eq!((budget.threshold_dbm, budget.probability), (-105.0, 0.9));
        let pattern = Pattern::ThreeSectors { azimuth_deg: 30.0, tilt_deg: 4.0 };
        assert_eq!(budget.antenna, Antenna { gain_dbi: 17.0, pattern });
        let panel = options("[coverage]\nmodel = \"itm\"\n[coverage.link]\npattern = \"three_sectors\"\n");
        assert_eq!(panel.budget.options().antenna.gain_dbi, 15.0);
    }

    #[test]
    fn a_mistake_is_named_with_what_to_do() {
        for (section, expected) in [
            ("[coverage]\ntreshold_dbm = -100.0\n", "did you mean `threshold_dbm`"),
            ("[coverage.link]\npower_dmb = 43.0\n", "did you mean `power_dbm`"),
            ("[coverage]\nmodel = \"p1821\"\n", "did you mean `p1812`"),
            ("[coverage]\npreset = \"lte90\"\n", "Did you mean `lte900`"),
            (
                "[coverage]\nprobability = 75.0\n",
                "[coverage] probability = 75: give a number from 0.01 to 0.99",
            ),
            ("[coverage]\nmax_km = 0.0\n", "[coverage] max_km = 0: give a number of km above 0"),
            ("[coverage.link]\nsigma_db = -1.0\n", "[coverage.link] sigma_db = -1"),
            ("[coverage.link]\ntime_percent = 95.0\n", "time_percent = 95 is outside of 1 to 50 %"),
            ("[coverage.link]\nprofile_step_m = 0.0\n", "profile_step_m = 0"),
            ("[coverage.link]\nmax_gap_m = -1.0\n", "max_gap_m"),
            ("[coverage.link]\nazimuth_deg = 10.0\n", "three_sectors"),
            ("[coverage.link]\npattern = \"sector\"\n", "azimuth_deg = 120"),
            ("[coverage.link]\nmast_height_m = 0.0\n", "mast_height_m = 0"),
            ("[coverage]\nsecond_opinion = \"radius\"\n", "second opinion is a prediction"),
        ] {
            let error = parse(section).unwrap_err();
            assert!(error.contains(expected), "{section}: {error}");
        }
    }

    #[test]
    fn the_command_line_outweighs_the_study() {
        let study = parse("[coverage]\nmodel = \"p1812\"\nthreshold_dbm = -100.0\n").unwrap().coverage;
        let radius = CoverageOverrides { radius_km: Some(5.0), ..CoverageOverrides::default() };
        assert_eq!(study.with(&radius).rule(), Ok(CoverageRule::Radius { radius_km: 5.0 }));
        let said = CoverageOverrides {
            model: Some(Model::Itm),
            max_km: Some(8.0),
            preset: Some("gsm900".to_owned()),
            probability: Some(0.5),
            ..CoverageOverrides::default()
        };
        let Ok(CoverageRule::Predicted(options)) = study.with(&said).rule() else { panic!("a prediction") };
        assert_eq!((options.model, options.max_m), (ModelKind::Itm, 8_000.0));
        assert_eq!(options.budget.criterion(), "P(RxLev >= -100 dBm) >= 50 %");
    }
}
