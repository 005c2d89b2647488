//! Writes the sample study `data/nghe-an`: real communes, simulated villages, stations and carriers' lists.
//!
//! ```text
//! cargo run --example make_sample -- --seed 20240331 --out data/nghe-an --truth tests/data/sample-truth
//! ```
//!
//! `--fault-scale 3` plants three times as many faults in the lists; `--fault NAME=RATE` sets the rate of one kind
//! (0 switches it off). The same arguments give the same bytes.

mod sample;

use std::collections::BTreeMap;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};
use clap::Parser;
use sample::{Fault, Options};

#[derive(Parser)]
struct Args {
    /// Seed of the simulation.
    #[arg(long, default_value_t = sample::SEED)]
    seed: u64,
    /// Folder of the study.
    #[arg(long)]
    out: PathBuf,
    /// Folder for what each row of the lists means, and which faults were planted in it.
    #[arg(long)]
    truth: Option<PathBuf>,
    /// Factor on the rates of all faults.
    #[arg(long, default_value_t = 1.0)]
    fault_scale: f64,
    /// Rate of one kind of fault, `coord_far=0.05`.
    #[arg(long, value_name = "NAME=RATE")]
    fault: Vec<String>,
}

fn main() -> anyhow::Result<()> {
    let args = Args::parse();
    let mut options = Options { seed: args.seed, ..Options::default() };
    options.rates.scale(args.fault_scale);
    for setting in &args.fault {
        let (name, rate) = setting.split_once('=').context("--fault takes NAME=RATE")?;
        let Some(fault) = Fault::from_key(name) else { bail!("--fault: no fault is called `{name}`") };
        options.rates.set(fault, rate.parse().with_context(|| format!("--fault {setting}"))?);
    }
    let made = sample::generate(&options)?;
    write_all(&args.out, &made.files)?;
    if let Some(folder) = &args.truth {
        write_all(folder, &made.truth)?;
    }
    let bytes: usize = made.files.values().map(Vec::len).sum();
    writeln!(std::io::stderr(), "{} files, {bytes} bytes in {}", made.files.len(), args.out.display())?;
    Ok(())
}

fn write_all(folder: &Path, files: &BTreeMap<String, Vec<u8>>) -> anyhow::Result<()> {
    fs::create_dir_all(folder).with_context(|| format!("creating {}", folder.display()))?;
    for (name, bytes) in files {
        let path = folder.join(name);
        fs::write(&path, bytes).with_context(|| format!("writing {}", path.display()))?;
    }
    Ok(())
}
