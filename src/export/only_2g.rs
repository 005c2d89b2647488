//! `only_2g.csv`: villages that have nothing but 2G of a carrier.

use std::io::{self, Write};

use super::ranking::optional;
use crate::reconcile::{Only2g, Reconciliation};
use crate::text::{CsvTable, Simulated, csv_text};

/// One line a village and carrier.
///
/// # Errors
/// Those of the writer.
pub fn write_only_2g(
    found: &[Only2g],
    result: &Reconciliation,
    radius_km: f64,
    simulated: Simulated,
    out: &mut dyn Write,
) -> io::Result<()> {
    let mut csv = CsvTable::new(out, simulated)?;
    csv.write_record([
        "village_id",
        "name",
        "commune_code",
        "commune",
        "carrier",
        "by_list",
        "stations_2g",
        "nearest_station_m",
        "radius_km",
    ])?;
    for one in found {
        let village = &result.villages[one.village];
        csv.write_record([
            &*csv_text(&village.id),
            &*csv_text(&village.name),
            &*csv_text(village.commune_code.as_ref().map_or("", |c| c.0.as_str())),
            &*csv_text(village.commune.as_deref().or(village.old_commune.as_deref()).unwrap_or_default()),
            &*csv_text(one.carrier.name()),
            if one.by_list { "yes" } else { "" },
            &one.stations.to_string(),
            &optional(one.nearest_m.map(f64::round)),
            &radius_km.to_string(),
        ])?;
    }
    csv.flush()
}
