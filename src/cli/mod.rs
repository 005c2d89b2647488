//! The command line: arguments as typed → as meant → a function of the library → stdout (data) and stderr (talk).
//!
//! Exit codes: 0 done; 1 `validate` found something at or above `--fail-on`, or under `--strict` there were error
//! findings or data gaps; 2 could not run.

mod args;
mod argument_error;
mod calibrate;
mod compare;
mod console;
mod coverage_args;
mod explain;
mod extras;
mod ground;
mod help_vi;
mod input;
mod levels;
mod path;
mod path_study;
mod plan;
mod plan_args;
mod plan_compare;
mod plan_evaluate;
mod plan_evaluate_report;
mod plan_goal;
mod plan_judge;
mod plan_options;
mod plan_pieces;
mod plan_refuse;
mod plan_report;
mod plan_sensitivity;
mod plan_setup;
mod plan_tables;
mod plan_view;
mod predict;
mod prediction_args;
mod rank;
mod reconcile;
mod reconcile_tables;
mod summary;
mod template;
mod terrain;
mod terrain_args;
mod timings;
mod validate;
mod validate_lists;

use std::ffi::OsString;
use std::io;
use std::process::ExitCode;

use clap::{CommandFactory, FromArgMatches};
use phusong::lang::Lang;

use args::{Cli, Command};
use console::Console;

/// What a command ended with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// Done.
    Done,
    /// Done, but the data has errors or gaps (an exit code of its own under `--strict`).
    DataFaults,
    /// Done, and found what the user wants to fail on.
    Failed,
}

/// Runs the command line of this process.
pub fn run() -> ExitCode {
    quiet_where_caught();
    let arguments: Vec<OsString> = std::env::args_os().collect();
    let lang = args::language(&arguments);
    let mut command = Cli::command();
    if lang == Lang::Vi {
        command = help_vi::translate_built(help_vi::translate(command));
    }
    let parsed = command.try_get_matches_from_mut(arguments.iter()).and_then(|m| Cli::from_arg_matches(&m));
    let cli = match parsed {
        Ok(cli) => cli,
        Err(error) => {
            // Help and version are data and go to stdout; a closed pipe is no fault of the user.
            use clap::error::ErrorKind;
            let help = error.kind() == ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand;
            if !error.use_stderr() || help {
                let _ = error.print();
                return ExitCode::from(if error.use_stderr() { 2 } else { 0 });
            }
            let text = argument_error::text(&error, &mut command, &arguments, lang);
            Console::new(lang).say(text.trim_end());
            return ExitCode::from(2);
        }
    };
    let strict = cli.global.strict;
    match execute(cli, lang) {
        Ok(Outcome::Failed) => ExitCode::from(1),
        Ok(Outcome::DataFaults) if strict => ExitCode::from(1),
        Ok(_) => ExitCode::SUCCESS,
        Err(error) if is_closed_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            Console::new(lang).error(&error);
            ExitCode::from(2)
        }
    }
}

/// A panic that a reader catches and reports as a finding is not reported by the runtime too.
fn quiet_where_caught() {
    let report = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |info| {
        if !phusong::read::panic_is_caught() {
            report(info);
        }
    }));
}

fn execute(cli: Cli, lang: Lang) -> anyhow::Result<Outcome> {
    let console = Console::new(lang);
    let threads = cli.global.threads.map_or(0, std::num::NonZeroUsize::get);
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build()?;
    let global = cli.global;
    pool.install(|| match cli.command {
        Command::Rank(args) => rank::run(args, &global, &console),
        Command::Plan(args) => plan::run(&args, &global, &console),
        Command::Reconcile(args) => reconcile::run(&args, &global, &console),
        Command::Validate(args) => validate::run(&args, &global, &console),
        Command::Explain { code } => explain::run(code.as_deref(), &console),
        Command::Template(args) => template::run(&args, &console),
        Command::Path(args) => path::run(&args, &global, &console),
        Command::Predict(args) => predict::run(&args, &global, &console),
        Command::Calibrate(args) => calibrate::run(&args, &global, &console),
        Command::Terrain(args) => terrain::run(&args, &global, &console),
        Command::Compare(args) => compare::run(&args, &global, &console),
        Command::Completions { shell } => extras::completions(shell, &console),
        Command::Man { out } => extras::man(out.as_deref(), &console),
    })
}

/// `phusong … | head`: the reader has had enough, which is not an error.
fn is_closed_pipe(error: &anyhow::Error) -> bool {
    error
        .chain()
        .any(|cause| cause.downcast_ref::<io::Error>().is_some_and(|e| e.kind() == io::ErrorKind::BrokenPipe))
}
