//! Arguments of `reconcile` as typed.

use std::path::PathBuf;

use clap::Args;

use super::super::coverage_args::CoverageArgs;

/// `phusong reconcile`
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  phusong reconcile data/nghe-an -o out\n\n\
    Writes areas.csv (a line an area and village), gaps.csv (a line a village and carrier), findings.csv,\n\
    villages.csv (villages x carriers), communes.csv, districts.csv, hardship_power.csv, only_2g.csv and, where the study names\n\
    a programme, programme.csv and programme_stations.csv. \"Not reported\" never means \"covered\".")]
pub struct ReconcileArgs {
    /// Folder with study.toml
    pub study: PathBuf,
    /// How coverage is decided.
    #[command(flatten)]
    pub coverage: CoverageArgs,
    /// Folder for the results
    #[arg(short, long, value_name = "DIR", default_value = "out")]
    pub out: PathBuf,
}
