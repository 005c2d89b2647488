//! Arguments of `compare` as typed.

use std::path::PathBuf;

use clap::Args;

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
