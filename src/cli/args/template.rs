//! Arguments of `template` as typed.

use std::path::PathBuf;

use clap::Args;

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
