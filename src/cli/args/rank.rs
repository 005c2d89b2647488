//! Arguments of `rank` as typed.

use std::num::NonZeroUsize;
use std::path::PathBuf;

use clap::Args;

use super::super::coverage_args::CoverageArgs;
use super::values::{ByArg, FormatArg, SeverityArg, one_or_more, radius_km};

/// `phusong rank`
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  phusong rank data/nghe-an\n  phusong rank data/nghe-an --by population --top 50\n  \
    phusong rank data/nghe-an --carrier VinaPhone --severity white --hardship\n  \
    phusong rank data/nghe-an --model p1812 --terrain tiles --compare-radius-km 3\n  \
    phusong rank --villages V.csv --candidates C.csv --radius-km 5 -o out\n\n\
    Columns of V.csv: village_id,lat,lon and if you like weight,households,population. Of C.csv: site_id,lat,lon.\n\
    A village is served where it lies within the radius of the site (WGS84, distance <= radius), or with --model p1812\n\
    where the predicted level suffices: then levels.csv, levels.geojson and level_pairs.csv say what reaches whom.\n\
    marginal_villages and cumulative_villages follow greedy order (greedy_order), not rank."
)]
pub struct RankArgs {
    /// Folder with study.toml
    #[arg(required_unless_present = "villages")]
    pub study: Option<PathBuf>,
    /// Villages without a study: each counts as uncovered
    #[arg(long, value_name = "V.csv", conflicts_with = "study", requires = "candidates")]
    pub villages: Option<PathBuf>,
    /// Candidate sites [default: those of the study]
    #[arg(long, value_name = "C.csv")]
    pub candidates: Option<PathBuf>,
    /// Radius, km [default: the study's, else 3]
    #[arg(long, value_name = "R", value_parser = radius_km, allow_negative_numbers = true)]
    pub radius_km: Option<f64>,
    /// How coverage is decided.
    #[command(flatten)]
    pub coverage: CoverageArgs,
    /// Write what a prediction changes against a circle of this radius, km (model_vs_circle.csv)
    #[arg(long, value_name = "R", value_parser = radius_km)]
    pub compare_radius_km: Option<f64>,
    /// Folder for the results
    #[arg(short, long, value_name = "DIR", default_value = "out")]
    pub out: PathBuf,
    /// Formats to write, comma-separated
    #[arg(long, value_enum, value_delimiter = ',', default_value = "geojson,csv")]
    pub format: Vec<FormatArg>,
    /// Write only the best N sites [default: all, or 1000 where there are more than 20000]
    #[arg(long, value_name = "N", value_parser = one_or_more)]
    pub top: Option<NonZeroUsize>,
    /// What a site is ranked by
    #[arg(long, value_enum, default_value = "villages")]
    pub by: ByArg,
    /// Compare dark villages (no signal from any reporting carrier) before everything else
    #[arg(long)]
    pub dark_first: bool,
    /// Count only gaps of this carrier; may be repeated
    #[arg(long, value_name = "NAME")]
    pub carrier: Vec<String>,
    /// Count only gaps of this severity
    #[arg(long, value_enum)]
    pub severity: Option<SeverityArg>,
    /// Count only villages known to have no grid power
    #[arg(long)]
    pub no_grid_power: bool,
    /// Count only villages known to be especially difficult (ĐBKK)
    #[arg(long)]
    pub hardship: bool,
    /// Sites in the table on the terminal
    #[arg(long, value_name = "N", default_value_t = 20)]
    pub show: usize,
}
