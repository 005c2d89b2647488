//! Arguments as typed: one file a command.

mod compare;
mod language;
mod path;
mod plan;
mod rank;
mod reconcile;
mod template;
mod validate;
mod values;

use std::num::NonZeroUsize;
use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};

pub use compare::CompareArgs;
pub use language::{LangArg, LangParser, language};
pub use path::{ModelArg, PathArgs};
pub use plan::PlanArgs;
pub use rank::RankArgs;
pub use reconcile::ReconcileArgs;
pub use template::TemplateArgs;
pub use validate::{FailOn, ReportFormat, ValidateArgs};
pub use values::{ByArg, SeverityArg, from_zero, height_m, radius_km};

pub(super) use values::one_or_more;

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

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn the_command_line_is_consistent() {
        Cli::command().debug_assert();
    }
}
