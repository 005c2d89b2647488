//! Arguments of `validate` as typed.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::super::coverage_args::CoverageArgs;

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
