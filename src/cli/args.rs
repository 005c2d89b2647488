//! Arguments as typed.

use std::ffi::OsString;
use std::num::NonZeroUsize;
use std::path::PathBuf;
use std::time::Duration;

use clap::builder::TypedValueParser;
use clap::{Args, Parser, Subcommand, ValueEnum};
use phusong::export::Format;
use phusong::lang::Lang;

use super::coverage_args::CoverageArgs;
use super::plan_args::PlanMore;

/// Finds the villages without mobile signal and ranks the sites that would bring it to the most of them.
#[derive(Debug, Parser)]
#[command(
    name = "phusong",
    version,
    max_term_width = 100,
    subcommand_required = true,
    arg_required_else_help = true,
    after_help = "Examples:\n  phusong validate data/nghe-an\n  phusong rank data/nghe-an\n  \
        phusong reconcile data/nghe-an -o out\n  \
        phusong rank --villages V.csv --candidates C.csv --radius-km 5 -o out\n\n\
        Exit codes: 0 done; 1 validate found something at or above --fail-on, or under --strict the data has errors \
        or gaps; 2 could not run."
)]
pub struct Cli {
    /// Options of every command.
    #[command(flatten)]
    pub global: Global,
    /// The command.
    #[command(subcommand)]
    pub command: Command,
}

/// Options of every command.
#[derive(Debug, Args)]
pub struct Global {
    /// Language of messages and tables [default: from the locale]
    #[arg(long, global = true, value_parser = LangParser, env = "PHUSONG_LANG")]
    pub lang: Option<LangArg>,
    /// Number of threads [default: all cores]; results do not depend on it
    #[arg(long, global = true, value_name = "N", value_parser = one_or_more)]
    pub threads: Option<NonZeroUsize>,
    /// Write how long each stage took to a JSON file
    #[arg(long, global = true, value_name = "FILE.json")]
    pub timings: Option<PathBuf>,
    /// End with exit code 1 where the data has errors or gaps
    #[arg(long, global = true)]
    pub strict: bool,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Rank candidate sites by the uncovered villages they would serve
    Rank(RankArgs),
    /// Choose the sites that together serve the most, with a proven bound on what any plan could serve
    Plan(Box<PlanArgs>),
    /// Match the carriers' areas to villages: who leaves which village without signal
    Reconcile(ReconcileArgs),
    /// Check the carriers' lists: every fault at its own cell
    Validate(ValidateArgs),
    /// Explain a rule of validate: what, why, an example, how to mend; without a code list all rules
    #[command(after_help = "Examples:\n  phusong explain\n  phusong explain coord_swapped")]
    Explain {
        /// The rule's code
        code: Option<String>,
    },
    /// Write the blank form (XLSX) that a carrier fills in
    Template(TemplateArgs),
    /// Explain one link of a study, or compute the loss of many from their terrain profiles
    Path(PathArgs),
    /// Predict the coverage of sites as rasters, contours and pictures
    Predict(super::predict::PredictArgs),
    /// Compare drive-test levels with the prediction: offset and deviation by band and clutter class
    Calibrate(super::calibrate::CalibrateArgs),
    /// Say what elevation tiles cover, at which resolution, with which voids
    Terrain(super::terrain_args::TerrainArgs),
    /// Say what changed between two dates: newly reported, no longer reported, dark, renamed, moved
    Compare(CompareArgs),
    /// Print a completion script for a shell
    #[command(after_help = "Example:\n  phusong completions bash > /etc/bash_completion.d/phusong")]
    Completions {
        /// The shell
        #[arg(value_enum)]
        shell: clap_complete::Shell,
    },
    /// Print the manual page, or write one for each command
    #[command(after_help = "Examples:\n  phusong man | man -l -\n  phusong man -o /usr/local/share/man/man1")]
    Man {
        /// Write the pages of all commands into this folder
        #[arg(short, long, value_name = "DIR")]
        out: Option<PathBuf>,
    },
}

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

/// `phusong plan`
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  phusong plan data/nghe-an --sites 50\n  \
    phusong plan data/nghe-an --budget 90000 --min-villages 3 --by population\n  \
     phusong plan --villages V.csv --candidates C.csv --radius-km 5 --sites 50 --gap 0.1% --time 60s -o out\n  \
     phusong plan data/nghe-an --target 95%\n  \
     phusong plan data/nghe-an --year 2026:sites=20 --year 2027:sites=30 --limit 'commune<=3' --hop-km 15\n  \
     phusong plan data/nghe-an --evaluate programme\n\n\
     Columns as for rank. Writes plan.json, plan.csv, plan.geojson, curve.csv, curve.svg; with --evaluate\n\
     evaluation.json, evaluation_gaps.csv, evaluation_stations.csv.\n\
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
    #[arg(long, value_name = "MILLION")]
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
    #[arg(long, value_name = "KM", default_value_t = 0.0)]
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

/// A count of which 0 makes no sense.
fn one_or_more(text: &str) -> Result<NonZeroUsize, String> {
    text.trim().parse().map_err(|_| "a whole number, 1 or more".to_owned())
}

/// `10s`, `1.5s`, `500ms`, `2m`; a number alone is seconds.
fn duration(text: &str) -> Result<Duration, String> {
    let units = [("ms", 1e-3), ("s", 1.0), ("m", 60.0), ("", 1.0)];
    let parsed = units.iter().find_map(|(unit, seconds)| Some((text.strip_suffix(unit)?, seconds)));
    parsed
        .and_then(|(number, seconds)| Some(number.trim().parse::<f64>().ok()? * seconds))
        .and_then(|seconds| Duration::try_from_secs_f64(seconds).ok())
        .ok_or_else(|| "give a time such as 10s, 500ms or 2m".to_owned())
}

/// `0.1%` or `0.001`.
fn share(text: &str) -> Result<f64, String> {
    let (number, unit) = text.strip_suffix('%').map_or((text, 1.0), |number| (number, 0.01));
    let share = number.trim().parse::<f64>().ok().map(|number| number * unit);
    share
        .filter(|share| share.is_finite() && *share >= 0.0)
        .ok_or_else(|| "give a share such as 0.1% or 0.001".to_owned())
}

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

/// `phusong validate`
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  phusong validate data/nghe-an\n  phusong validate data/nghe-an -o out --format html,workbook,sarif\n  \
    phusong validate viettel.xlsx --carrier Viettel --province 40 --villages villages.csv\n  \
    phusong validate data/nghe-an --baseline old/findings.json --fail-on warning\n\n\
    Levels, thresholds and waivers stand in study.toml under [validate]. Rules that lack their input are listed: such a \
    report is incomplete, never clean.\n\
    Exit codes: 0 nothing at or above --fail-on; 1 something; 2 could not run."
)]
pub struct ValidateArgs {
    /// Folder with study.toml, or one or more lists
    #[arg(required = true, value_name = "STUDY|FILES")]
    pub inputs: Vec<PathBuf>,
    /// Whose list, for files in their order; may be repeated [default: told by the file's name or title]
    #[arg(long, value_name = "NAME")]
    pub carrier: Vec<String>,
    /// Province code, for files [default: 40, Nghệ An]
    #[arg(long, value_name = "CODE")]
    pub province: Option<String>,
    /// Register of villages, for files
    #[arg(long, value_name = "V.csv")]
    pub villages: Option<PathBuf>,
    /// Today's communes with their outlines, for files
    #[arg(long, value_name = "FILE")]
    pub communes: Option<PathBuf>,
    /// Old commune to new commune, for files
    #[arg(long, value_name = "FILE")]
    pub crosswalk: Option<PathBuf>,
    /// Existing stations, for files
    #[arg(long, value_name = "FILE")]
    pub stations: Option<PathBuf>,
    /// Registered programme, for files
    #[arg(long, value_name = "FILE")]
    pub programme: Option<PathBuf>,
    /// How coverage is decided.
    #[command(flatten)]
    pub coverage: CoverageArgs,
    /// Folder for findings.json and the like
    #[arg(short, long, value_name = "DIR")]
    pub out: Option<PathBuf>,
    /// Formats, comma-separated; a single one without -o goes to stdout [default: terminal; with -o also json, csv,
    /// html, workbook]
    #[arg(long, value_enum, value_delimiter = ',')]
    pub format: Vec<ReportFormat>,
    /// Write each list repaired, in the layout of the form, every repair with its finding (NAME.fixed.xlsx)
    #[arg(long, value_name = "DIR")]
    pub fix: Option<PathBuf>,
    /// End with exit code 1 where there is something of this level or worse
    #[arg(long, value_enum, default_value = "error")]
    pub fail_on: FailOn,
    /// Report only what this older findings.json does not have
    #[arg(long, value_name = "OLD.json")]
    pub baseline: Option<PathBuf>,
    /// The day by which waivers expire and years have passed [default: the clock's]
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub today: Option<String>,
}

/// `--fail-on`
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum FailOn {
    /// Errors
    Error,
    /// Errors and warnings
    Warning,
    /// Nothing
    Never,
}

/// `--format` of `validate`
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, ValueEnum)]
pub enum ReportFormat {
    /// Text by rule, on stdout
    Terminal,
    /// One document
    Json,
    /// One finding a line
    Jsonl,
    /// Table
    Csv,
    /// SARIF 2.1.0
    Sarif,
    /// One page for a browser, in both languages
    Html,
    /// Each list as the carrier's own workbook, the bad cells marked (NAME.marked.xlsx)
    Workbook,
}

impl ReportFormat {
    /// How its file's name ends.
    pub fn extension(self) -> &'static str {
        match self {
            ReportFormat::Terminal => "txt",
            ReportFormat::Json => "json",
            ReportFormat::Jsonl => "jsonl",
            ReportFormat::Csv => "csv",
            ReportFormat::Sarif => "sarif",
            ReportFormat::Html => "html",
            ReportFormat::Workbook => "marked.xlsx",
        }
    }
}

/// `phusong template`
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  phusong template --carrier VinaPhone -o vinaphone.xlsx\n\n\
    The form has drop-downs, ranges and an explanation in Vietnamese and English. An existing file is not written over.")]
pub struct TemplateArgs {
    /// Name of the carrier, for the heading
    #[arg(long, value_name = "NAME")]
    pub carrier: Option<String>,
    /// The form to write
    #[arg(short, long, value_name = "FILE.xlsx", default_value = "template.xlsx")]
    pub out: PathBuf,
}

/// `phusong path`
#[derive(Debug, Args)]
#[command(
    override_usage = "phusong path [OPTIONS] STUDY A B\n       phusong path [OPTIONS] --profiles P.csv --cases C.csv --out OUT.csv",
    after_help = "Examples:\n  phusong path data/nghe-an S0001 V40-0153 --svg profile.svg\n  \
    phusong path data/nghe-an S0001 19.68,104.93 --json\n  \
    phusong path --profiles P.csv --cases C.csv -o OUT.csv\n  \
    phusong path --profiles P.csv --cases C.csv --model itm -o OUT.csv\n\n\
    STUDY A B: one link explained: the link budget term by term down to the level, what blocks and where, and the least\n\
    antenna height at either end (lower than now where that will do) for line of sight, for 60 % of the first Fresnel zone\n\
    and to be served. The study's model judges (P.1812 where it goes by radius), P.1812 and ITM stand beside it. The mast\n\
    transmits; a village and bare coordinates as B receive at rx_height_m. Median of locations.\n\n\
    P.csv, a line a point: profile,distance_m,height_m (m above mean sea level) and if known clutter_m (m above ground),\n\
    zone (1 sea, 3 coastal land, 4 inland). Each profile begins at distance 0, the transmitter.\n\
    C.csv, a line a link: profile,f_mhz,htg_m,hrg_m,polarization,p_pct,pl_pct,dn,n0. polarization is 1 or h (horizontal),\n\
    2 or v (vertical); heights are m above ground; an empty pl_pct means 50. Optional: tx_lat,rx_lat,tx_lon,rx_lon\n\
    (degrees), dct_km,dcr_km (land to the coast, 500), sigma_l_db (location deviation, else P.1812 section 4.8);\n\
    for itm climate (1-7, 5), epsilon (15), sigma (0.005 S/m), situation_pct (50), mdvar (12).\n\
    OUT.csv repeats each link with loss_db (p1812: basic transmission loss Lb; itm: total A) and warnings."
)]
pub struct PathArgs {
    /// Folder with study.toml
    #[arg(requires_all = ["a", "b"], required_unless_present = "profiles", conflicts_with = "profiles")]
    pub study: Option<PathBuf>,
    /// One end: id of a candidate, station or village, or coordinates as in 19.2345,104.5678
    pub a: Option<String>,
    /// The other end
    pub b: Option<String>,
    /// Antenna above ground at A, m [default: the site's own, else the study's]
    #[arg(long, value_name = "M")]
    pub a_height_m: Option<f64>,
    /// Antenna above ground at B, m [default: likewise; 1.5 at a village]
    #[arg(long, value_name = "M")]
    pub b_height_m: Option<f64>,
    /// Try antennas up to this height above ground, m (1 to 3000)
    #[arg(long, value_name = "M", default_value = "100", value_parser = highest_m)]
    pub highest_m: f64,
    /// Write the explained link as JSON to stdout
    #[arg(long, requires = "study")]
    pub json: bool,
    /// Draw the profile into this file
    #[arg(long, value_name = "FILE.svg", requires = "study")]
    pub svg: Option<PathBuf>,
    /// What else a prediction goes by.
    #[command(flatten)]
    pub prediction: super::prediction_args::PredictionArgs,
    /// Terrain profiles
    #[arg(long, value_name = "P.csv", requires_all = ["cases", "out"])]
    pub profiles: Option<PathBuf>,
    /// Links over these profiles
    #[arg(long, value_name = "C.csv", requires = "profiles")]
    pub cases: Option<PathBuf>,
    /// Propagation model [default: the study's; p1812 for --cases]
    #[arg(long, value_enum)]
    pub model: Option<ModelArg>,
    /// File for the results of --cases
    #[arg(short, long, value_name = "OUT.csv", requires = "profiles")]
    pub out: Option<PathBuf>,
}

/// `--model`
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ModelArg {
    /// ITU-R P.1812-8
    P1812,
    /// NTIA Irregular Terrain Model, point to point
    Itm,
}

impl ModelArg {
    /// As in `[coverage] model`.
    pub fn of_study(self) -> phusong::study::Model {
        match self {
            ModelArg::P1812 => phusong::study::Model::P1812,
            ModelArg::Itm => phusong::study::Model::Itm,
        }
    }
}

/// `phusong compare`
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  phusong compare data/2024 data/2025 -o out\n  \
    phusong compare viettel-2024.xlsx viettel-2025.xlsx --province 40 --villages V.csv\n\n\
    Only carriers with a list on both dates are compared. \"No longer reported\" speaks of the lists: nobody has\n\
    measured that there is signal now. Villages are the same by id, else by name and commune (through the eras)\n\
    and position. Writes compare.csv, compare.json, compare.geojson.")]
pub struct CompareArgs {
    /// The old study, or one carrier's old list with --province
    pub old: PathBuf,
    /// The new study, or the same carrier's new list
    pub new: PathBuf,
    /// Compare two list files of this province (code, "40" is Nghệ An)
    #[arg(long, value_name = "CODE")]
    pub province: Option<String>,
    /// The register of villages for two list files
    #[arg(long, value_name = "V.csv", requires = "province")]
    pub villages: Option<PathBuf>,
    /// Whose list files they are [default: from the file names]
    #[arg(long, value_name = "NAME", requires = "province")]
    pub carrier: Option<String>,
    /// Folder for the results
    #[arg(short, long, value_name = "DIR", default_value = "out")]
    pub out: PathBuf,
    /// Changes in the table on the terminal
    #[arg(long, value_name = "N", default_value_t = 20)]
    pub show: usize,
}

/// `--lang`
#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum LangArg {
    /// Tiếng Việt
    Vi,
    /// English
    En,
}

/// Reads `vi` and `en`, and locale names that begin so (`vi_VN.UTF-8`): `PHUSONG_LANG` is often a copy of `LANG`.
#[derive(Clone)]
pub struct LangParser;

impl TypedValueParser for LangParser {
    type Value = LangArg;

    fn parse_ref(
        &self,
        command: &clap::Command,
        arg: Option<&clap::Arg>,
        value: &std::ffi::OsStr,
    ) -> Result<LangArg, clap::Error> {
        let language = value.to_str().and_then(|name| name.split(['_', '-', '.', '@']).next());
        match language.map(str::to_lowercase).as_deref() {
            Some("vi") => Ok(LangArg::Vi),
            // C and POSIX are what machines speak that nobody has asked for a language.
            Some("en" | "c" | "posix" | "") => Ok(LangArg::En),
            _ => clap::builder::EnumValueParser::<LangArg>::new().parse_ref(command, arg, value),
        }
    }

    fn possible_values(&self) -> Option<Box<dyn Iterator<Item = clap::builder::PossibleValue> + '_>> {
        Some(Box::new(LangArg::value_variants().iter().filter_map(LangArg::to_possible_value)))
    }
}

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

/// No station reaches farther, km.
const MAX_RADIUS_KM: f64 = 500.0;

pub fn radius_km(text: &str) -> Result<f64, String> {
    match text.trim().replace(',', ".").parse::<f64>() {
        Ok(km) if km > 0.0 && km <= MAX_RADIUS_KM => Ok(km),
        _ => Err(format!("a radius is a number of km above 0 and at most {MAX_RADIUS_KM}, such as 3 or 2.5")),
    }
}

/// Antennas are tried up to this height; what the models allow.
fn highest_m(text: &str) -> Result<f64, String> {
    match text.trim().replace(',', ".").parse::<f64>() {
        Ok(m) if (1.0..=3000.0).contains(&m) => Ok(m),
        _ => Err("a height is a number of m from 1 to 3000, such as 100".to_owned()),
    }
}

/// The language, before the arguments are parsed: help and errors of the parser need it too.
/// `--lang` wins over `PHUSONG_LANG`, which wins over the locale.
pub fn language(arguments: &[OsString]) -> Lang {
    let mut typed = None;
    let mut words = arguments.iter().filter_map(|a| a.to_str());
    while let Some(word) = words.next() {
        if word == "--lang" {
            typed = words.next().map(str::to_owned);
        } else if let Some(value) = word.strip_prefix("--lang=") {
            typed = Some(value.to_owned());
        }
    }
    let named = typed.or_else(|| std::env::var("PHUSONG_LANG").ok()).filter(|name| !name.is_empty());
    match named.or_else(sys_locale::get_locale) {
        Some(name) => Lang::from_locale(&name),
        None => Lang::default(),
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn the_command_line_is_consistent() {
        Cli::command().debug_assert();
    }

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

    #[test]
    fn a_locale_is_a_language() {
        let lang = |name: &str| {
            Cli::try_parse_from(["phusong", "explain", "--lang", name]).map(|cli| cli.global.lang)
        };
        for name in ["vi", "VI", "vi_VN", "vi-VN", "vi_VN.UTF-8"] {
            assert!(matches!(lang(name), Ok(Some(LangArg::Vi))), "{name}");
        }
        for name in ["en", "en_US", "en_US.UTF-8", "C", "C.UTF-8"] {
            assert!(matches!(lang(name), Ok(Some(LangArg::En))), "{name}");
        }
        for name in ["fr", "vie", "english"] {
            let text = lang(name).unwrap_err().to_string();
            assert!(text.contains("vi, en"), "{text}");
        }
    }

    #[test]
    fn lang_is_found_in_both_spellings() {
        let words = |list: &[&str]| list.iter().map(OsString::from).collect::<Vec<_>>();
        assert_eq!(language(&words(&["phusong", "--lang", "vi", "rank"])), Lang::Vi);
        assert_eq!(language(&words(&["phusong", "rank", "--lang=en"])), Lang::En);
    }
}
