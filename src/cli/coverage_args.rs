//! How coverage is decided, as typed: the same options wherever a study is taken.

use std::path::{Path, PathBuf};

use anyhow::{anyhow, bail};
use clap::builder::PossibleValuesParser;
use clap::{Args, ValueEnum};
use phusong::lang::Lang;
use phusong::propagation::link_budget::Preset;
use phusong::study::{CoverageOverrides, CoverageRule, CoverageSection, Model};

/// Options that stand in for `[coverage]` of a study.
#[derive(Debug, Clone, Default, Args)]
pub struct CoverageArgs {
    /// How coverage is decided [default: the study's, else radius]
    #[arg(long, value_enum, value_name = "MODEL")]
    pub model: Option<ModelArg>,
    /// Technology and band of a prediction, as in lte900 or gsm900 [default: the study's, else lte900]
    #[arg(long, value_name = "PRESET", value_parser = presets())]
    pub preset: Option<String>,
    /// The least level that counts as signal, dBm [default: the study's, else the preset's: -110, GSM -95; assumed, not a norm]
    #[arg(long, value_name = "DBM", allow_negative_numbers = true)]
    pub threshold_dbm: Option<f64>,
    /// The probability of that level asked for: 0.75 or 75% [default: the study's, else 0.75]
    #[arg(long, value_name = "P", value_parser = probability)]
    pub probability: Option<f64>,
    /// How far a prediction looks, km [default: the study's, else 15]
    #[arg(long, value_name = "KM")]
    pub max_km: Option<f64>,
    /// A second model; where it disagrees is marked
    #[arg(long, value_enum, value_name = "MODEL")]
    pub second_opinion: Option<ModelArg>,
    /// Leave out gaps that the carrier's own stations are predicted to serve
    #[arg(long)]
    pub subtract_existing: bool,
    /// Folder of elevation tiles (SRTM .hgt, GeoTIFF) [default: the study's]
    #[arg(long, value_name = "DIR")]
    pub terrain: Option<PathBuf>,
}

/// `--model`
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ModelArg {
    /// Within a radius
    Radius,
    /// ITU-R P.1812-8
    P1812,
    /// NTIA ITM
    Itm,
    /// Free space: a baseline that sees no terrain
    #[value(name = "free_space")]
    FreeSpace,
    /// Extended Hata: a baseline that sees no terrain
    Hata,
    /// 3GPP RMa: a baseline that sees no terrain
    Rma,
}

impl From<ModelArg> for Model {
    fn from(model: ModelArg) -> Model {
        match model {
            ModelArg::Radius => Model::Radius,
            ModelArg::P1812 => Model::P1812,
            ModelArg::Itm => Model::Itm,
            ModelArg::FreeSpace => Model::FreeSpace,
            ModelArg::Hata => Model::Hata,
            ModelArg::Rma => Model::Rma,
        }
    }
}

/// The keys of the presets; a slip names the near one.
pub fn presets() -> PossibleValuesParser {
    PossibleValuesParser::new(Preset::ALL.map(Preset::key))
}

/// `0.75` or `75%`.
pub fn probability(text: &str) -> Result<f64, String> {
    let (number, unit) = text.strip_suffix('%').map_or((text, 1.0), |number| (number, 0.01));
    let value = number.trim().parse::<f64>().ok().map(|number| number * unit);
    value
        .filter(|value| (0.01..=0.99).contains(value))
        .ok_or_else(|| "give a probability from 0.01 to 0.99, such as 0.75 or 75%".to_owned())
}

impl CoverageArgs {
    /// As typed → as meant, over a study's own section.
    pub fn rule(
        &self,
        section: &CoverageSection,
        radius_km: Option<f64>,
        lang: Lang,
    ) -> anyhow::Result<(CoverageSection, CoverageRule)> {
        if radius_km.is_some() && self.model.is_some_and(|model| model != ModelArg::Radius) {
            bail!(lang.pick(
                "--radius-km chỉ dùng với --model radius; giới hạn khoảng cách dự báo bằng --max-km",
                "--radius-km goes with --model radius; --max-km says how far a prediction looks"
            ));
        }
        let overrides = CoverageOverrides {
            model: self.model.map(Model::from),
            radius_km,
            max_km: self.max_km,
            preset: self.preset.clone(),
            threshold_dbm: self.threshold_dbm,
            probability: self.probability,
            second_opinion: self.second_opinion.map(Model::from),
            subtract_existing: self.subtract_existing,
            terrain: self.terrain.clone(),
        };
        let section = section.with(&overrides);
        let rule = section.rule().map_err(|problem| anyhow!(problem))?;
        if let (CoverageRule::Radius { .. }, Some(flag)) = (&rule, self.of_predictions()) {
            bail!(
                "{flag}: {}",
                lang.pick(
                    "chỉ dùng cho dự báo, ở đây vùng phủ xét theo bán kính; thêm --model p1812, hoặc bỏ tuỳ chọn này",
                    "goes with a prediction, and coverage is by radius here; add --model p1812, or leave it out"
                )
            );
        }
        Ok((section, rule))
    }

    /// An option that says how to predict, where one is given. `--subtract-existing` is judged where it is used.
    fn of_predictions(&self) -> Option<&'static str> {
        let given = [
            (self.preset.is_some(), "--preset"),
            (self.threshold_dbm.is_some(), "--threshold-dbm"),
            (self.probability.is_some(), "--probability"),
            (self.max_km.is_some(), "--max-km"),
            (self.second_opinion.is_some(), "--second-opinion"),
            (self.terrain.is_some(), "--terrain"),
        ];
        given.into_iter().find(|(given, _)| *given).map(|(_, flag)| flag)
    }

    /// Refuses `--subtract-existing` where a command has nothing to subtract from.
    pub fn no_subtracting(&self, lang: Lang) -> anyhow::Result<()> {
        if self.subtract_existing {
            bail!(lang.pick(
                "--subtract-existing: chỉ dùng với rank và plan; lệnh này không trừ gì",
                "--subtract-existing: goes with rank and plan; this command subtracts nothing"
            ));
        }
        Ok(())
    }

    /// The tiles named on the command line.
    pub fn terrain(&self) -> Option<&Path> {
        self.terrain.as_deref()
    }
}
