//! What every prediction can be told on the command line instead of in the study.

use std::path::PathBuf;

use clap::Args;
use phusong::study::CoverageOverrides;

/// Options that stand in for `[coverage]` of a study, where a link is predicted.
#[derive(Debug, Clone, Default, Args)]
pub struct PredictionArgs {
    /// Technology and band, as in lte900 or gsm900 [default: the study's, else lte900]
    #[arg(long, value_name = "PRESET", value_parser = super::coverage_args::presets())]
    pub preset: Option<String>,
    /// The least level that counts as signal, dBm [default: the study's, else the preset's: -110, GSM -95; assumed, not a norm]
    #[arg(long, value_name = "DBM", allow_negative_numbers = true)]
    pub threshold_dbm: Option<f64>,
    /// The probability of that level asked for: 0.75 or 75% [default: the study's, else 0.75]
    #[arg(long, value_name = "P", value_parser = super::coverage_args::probability)]
    pub probability: Option<f64>,
    /// Folder of elevation tiles (SRTM .hgt, GeoTIFF) [default: the study's]
    #[arg(long, value_name = "DIR")]
    pub terrain: Option<PathBuf>,
}

impl PredictionArgs {
    /// As typed → as meant.
    pub fn overrides(&self) -> CoverageOverrides {
        CoverageOverrides {
            preset: self.preset.clone(),
            threshold_dbm: self.threshold_dbm,
            probability: self.probability,
            terrain: self.terrain.clone(),
            ..CoverageOverrides::default()
        }
    }
}
