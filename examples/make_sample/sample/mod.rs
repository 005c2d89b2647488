//! The sample study as bytes in memory: [`generate`] is a function of its [`Options`] and the built-in units.

mod faults;
mod garble;
mod legacy;
mod mobifone;
mod names;
mod position;
mod readme;
mod rng;
mod rows;
mod seal;
mod sites;
mod tables;
mod terrain;
mod truth;
mod viettel;
mod vinaphone;
mod world;

use std::collections::BTreeMap;

use anyhow::Context as _;
use phusong::normalize::admin::AdminUnits;

pub use faults::{Fault, Rates};
use rows::{Habits, plan};

/// The seed of the sample that is kept in `data/nghe-an`: the last day of the quarter that the counts are of.
pub const SEED: u64 = 20_240_331;

/// The areas that the province's three carriers reported for the first quarter of 2024.
pub const AREAS: [usize; 3] = [464, 245, 73];

/// What to simulate.
#[derive(Debug, Clone)]
pub struct Options {
    /// Default [`SEED`].
    pub seed: u64,
    /// Default: a few in a hundred of each kind.
    pub rates: Rates,
}

impl Default for Options {
    fn default() -> Options {
        Options { seed: SEED, rates: Rates::default() }
    }
}

/// Files by name.
pub struct Made {
    /// The study.
    pub files: BTreeMap<String, Vec<u8>>,
    /// What each row of the lists means: for judging the program, no part of the study.
    pub truth: BTreeMap<String, Vec<u8>>,
}

/// Simulates the study.
pub fn generate(options: &Options) -> anyhow::Result<Made> {
    let Options { seed, rates } = options;
    let units = AdminUnits::for_province("40").context("no units for Nghệ An")?;
    let world = world::simulate(&units, *seed)?;
    let habits =
        Habits { carrier: 0, areas: AREAS[0], has_old_names: true, leaves_blanks: true, writes_ditto: true };
    let mut files = BTreeMap::new();
    let mut truth = BTreeMap::new();

    let mut rows = plan(&world, &units, rates, *seed, habits);
    let (book, meant) = vinaphone::write(&mut rows, rates, *seed)?;
    files.insert("vinaphone.xlsx".to_owned(), book);
    truth.insert("vinaphone.csv".to_owned(), meant);

    // Projected metres have no degrees to write another way.
    let mut projected = rates.clone();
    projected.set(Fault::Dms, 0.0);
    projected.set(Fault::Dms60, 0.0);
    let habits = Habits { carrier: 1, areas: AREAS[1], leaves_blanks: false, ..habits };
    let rows = plan(&world, &units, &projected, *seed, habits);
    let (book, meant) = viettel::write(&world, &rows, *seed)?;
    files.insert("viettel.xlsx".to_owned(), book);
    truth.insert("viettel.csv".to_owned(), meant);

    // Plain text has no formulas, and its own rates of old fonts and of degrees, minutes, seconds.
    let mut typed = rates.clone();
    typed.set(Fault::FormulaWithoutValue, 0.0);
    typed.set(Fault::Tcvn3, 4.0 * rates.of(Fault::Tcvn3));
    typed.set(Fault::Dms, 5.0 * rates.of(Fault::Dms));
    typed.set(Fault::Dms60, 3.0 * rates.of(Fault::Dms60));
    let habits = Habits { carrier: 2, areas: AREAS[2], has_old_names: false, writes_ditto: false, ..habits };
    let rows = plan(&world, &units, &typed, *seed, habits);
    let (list, meant) = mobifone::write(&rows, *seed)?;
    files.insert("mobifone.csv".to_owned(), list);
    truth.insert("mobifone.csv".to_owned(), meant);

    files.insert("villages.csv".to_owned(), tables::villages(&world)?);
    files.insert("communes.csv".to_owned(), tables::communes(&units)?);
    files.insert("commune_crosswalk.csv".to_owned(), tables::crosswalk(&units)?);
    files.insert("stations.csv".to_owned(), tables::stations(&world)?);
    files.insert("registered_bts.csv".to_owned(), sites::programme(&world, *seed)?);
    files.insert("candidates.csv".to_owned(), sites::candidates(&world, *seed)?);
    files.insert("terrain.tif".to_owned(), terrain::terrain(&world, *seed)?);
    files.insert("study.toml".to_owned(), readme::study(*seed).into_bytes());
    files.insert("README.md".to_owned(), readme::readme(*seed, &world).into_bytes());
    Ok(Made { files, truth })
}
