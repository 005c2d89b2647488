//! `communes.csv`, `districts.csv`, `province.csv`: what the lists say by commune of today, by district of before 2025-07-01
//! and of the whole province.

use std::io::{self, Write};

use super::column_name;
use crate::domain::Carrier;
use crate::reconcile::UnitCounts;
use crate::text::{CsvTable, Simulated, csv_text};

/// What the units of a table are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UnitKind {
    /// Communes of today, by code and name.
    Commune,
    /// Districts of before 2025-07-01, by name.
    District,
    /// The province, by code and the study's name.
    Province,
}

impl UnitKind {
    fn titles(self) -> &'static [&'static str] {
        match self {
            UnitKind::Commune => &["commune_code", "commune"],
            UnitKind::District => &["old_district"],
            UnitKind::Province => &["province_code", "study"],
        }
    }
}

/// Writes one of the tables over the lists of these carriers. `date` is the day that the lists speak of; empty where the
/// study does not say. Without a register of villages whatever is counted of it is empty, not zero.
///
/// # Errors
/// Those of the writer.
pub fn write_units(
    units: &[UnitCounts],
    carriers: &[Carrier],
    date: Option<&str>,
    kind: UnitKind,
    has_register: bool,
    simulated: Simulated,
    out: &mut dyn Write,
) -> io::Result<()> {
    let count = |n: u64| if has_register { n.to_string() } else { String::new() };
    let mut csv = CsvTable::new(out, simulated)?;
    let mut titles: Vec<String> = kind.titles().iter().map(|title| (*title).to_owned()).collect();
    titles.push("villages_in_register".into());
    titles.extend(carriers.iter().map(|c| format!("reported_by_{}", column_name(c))));
    for title in [
        "reported_by_any",
        "dark",
        "unknown",
        "not_reported_by_any",
        "not_reported_pct",
        "outside_register",
        "date",
    ] {
        titles.push(title.to_owned());
    }
    csv.write_record(&titles)?;
    for unit in units {
        let name = csv_text(unit.name.as_deref().unwrap_or_default()).into_owned();
        let mut record = if kind != UnitKind::District {
            vec![csv_text(unit.code.as_deref().unwrap_or_default()).into_owned(), name]
        } else {
            vec![name]
        };
        record.push(count(unit.rate.villages));
        record.extend(unit.reported_by.iter().map(|n| count(*n)));
        record.extend([
            count(unit.reported),
            count(unit.dark),
            count(unit.unknown),
            count(unit.rate.not_reported),
            unit.rate.percent().map(|p| format!("{p:.2}")).unwrap_or_default(),
            unit.outside_register.to_string(),
            csv_text(date.unwrap_or_default()).into_owned(),
        ]);
        csv.write_record(&record)?;
    }
    csv.flush()
}
