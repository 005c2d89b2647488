//! Arguments of `plan` as typed; what else it takes stands in `plan_args`.

use std::num::NonZeroUsize;
use std::path::PathBuf;
use std::time::Duration;

use clap::Args;

use super::super::coverage_args::CoverageArgs;
use super::super::plan_args::PlanMore;
use super::values::{ByArg, SeverityArg, duration, from_zero, one_or_more, share};

/// `phusong plan`
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  phusong plan data/nghe-an --sites 50\n  \
    phusong plan data/nghe-an --budget 90000 --min-villages 3 --by population\n  \
     phusong plan --villages V.csv --candidates C.csv --radius-km 5 --sites 50 --gap 0.1% --time 60s -o out\n  \
     phusong plan data/nghe-an --target 95%\n  \
     phusong plan data/nghe-an --year 2026:sites=20 --year 2027:sites=30 --limit 'commune<=3' --hop-km 15\n  \
     phusong plan data/nghe-an --sites 40 --sharing none --limit 'carrier:VinaPhone<=20'\n  \
     phusong plan data/nghe-an --model p1812 --partial --sites 20\n  \
     phusong plan data/nghe-an --evaluate programme\n  \
     phusong plan data/nghe-an --evaluate programme --limit 'commune<=10' --min-distance-km 1\n\n\
     Columns as for rank. Writes plan.json, plan.csv, plan.geojson, curve.csv, curve.svg; with --evaluate\n\
     evaluation.json, evaluation_gaps.csv, evaluation_stations.csv, evaluation_constraints.csv.\n\
     status: optimal (proven: no plan is better), gap_reached (--gap is proven), time_limit (--time or\n\
     --iterations ended it), search_ended (over 20 million pairs: nothing moved any more, not proven).\n\
    upper_bound is proven; gap = (upper_bound - value) / value. A run that ends by --time gives what this machine\n\
    found by then; by --gap, --iterations or the proof, the same input and --seed give the same plan anywhere.")]
pub struct PlanArgs {
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
    #[arg(long, value_name = "R")]
    pub radius_km: Option<f64>,
    /// How coverage is decided.
    #[command(flatten)]
    pub coverage: CoverageArgs,
    /// At most so many sites, those of --include among them
    #[arg(long, value_name = "N", value_parser = one_or_more, required_unless_present_any = ["budget", "target", "cover_all", "year", "evaluate"])]
    pub sites: Option<NonZeroUsize>,
    /// What all sites together may cost, million đồng; candidates without cost_million_vnd are left out
    #[arg(long, value_name = "MILLION", value_parser = from_zero, allow_negative_numbers = true)]
    pub budget: Option<f64>,
    /// Candidates that must be in the plan, comma-separated ids
    #[arg(long, value_name = "ID", value_delimiter = ',')]
    pub include: Vec<String>,
    /// Candidates that must not be in the plan, comma-separated ids
    #[arg(long, value_name = "ID", value_delimiter = ',')]
    pub exclude: Vec<String>,
    /// Leave out candidates that serve fewer villages (those they share with others counted)
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub min_villages: u32,
    /// Sites are nowhere nearer to each other than this, km
    #[arg(long, value_name = "KM", default_value_t = 0.0, value_parser = from_zero, allow_negative_numbers = true)]
    pub min_distance_km: f64,
    /// Stop after this time: 10s, 500ms, 2m; 0: no limit
    #[arg(long, value_name = "TIME", default_value = "10s", value_parser = duration)]
    pub time: Duration,
    /// Stop once this gap is proven: 0.1% or 0.001
    #[arg(long, value_name = "GAP", default_value = "0%", value_parser = share)]
    pub gap: f64,
    /// Stop after so many steps, the same on every machine [default: no limit]
    #[arg(long, value_name = "K")]
    pub iterations: Option<u64>,
    /// Seed of the search by chance
    #[arg(long, value_name = "S", default_value_t = 0)]
    pub seed: u64,
    /// What is maximised
    #[arg(long, value_enum, default_value = "villages")]
    pub by: ByArg,
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
    /// What else a plan may be asked.
    #[command(flatten)]
    pub more: PlanMore,
    /// Folder for the results
    #[arg(short, long, value_name = "DIR", default_value = "out")]
    pub out: PathBuf,
    /// Sites in the table on the terminal
    #[arg(long, value_name = "N", default_value_t = 20)]
    pub show: usize,
}
