//! `villages.csv`: every village with every carrier's word on it, side by side.

use std::io::{self, Write};

use super::ranking::optional;
use super::{column_name, round_degrees};
use crate::domain::{Gap, ReportState, Severity, VillageOrigin};
use crate::reconcile::Reconciliation;
use crate::text::{CsvTable, Simulated, csv_text};

/// Writes the table. `silent` names the carriers whose lists lack a village that others report: silence, not signal.
///
/// # Errors
/// Those of the writer.
pub fn write_villages(result: &Reconciliation, simulated: Simulated, out: &mut dyn Write) -> io::Result<()> {
    let mut csv = CsvTable::new(out, simulated)?;
    let mut titles: Vec<String> = [
        "village_id",
        "name",
        "in_register",
        "commune_code",
        "commune",
        "old_commune",
        "old_district",
        "lat",
        "lon",
        "households",
        "population",
        "hardship",
        "grid_power",
    ]
    .map(str::to_owned)
    .to_vec();
    for carrier in &result.carriers {
        titles.push(format!("{}_state", column_name(carrier)));
        titles.push(format!("{}_severity", column_name(carrier)));
    }
    titles.extend(["reported_by", "dark", "silent"].map(str::to_owned));
    csv.write_record(&titles)?;
    for (village, gaps) in result.by_village() {
        let text = |value: Option<&str>| csv_text(value.unwrap_or_default()).into_owned();
        let mark = |value: Option<bool>| value.map_or("", |v| if v { "1" } else { "0" }).to_owned();
        let reported = with_state(gaps, ReportState::Reported);
        let mut record = vec![
            text(Some(&village.id)),
            text(Some(&village.name)),
            mark(Some(village.origin == VillageOrigin::Register)),
            text(village.commune_code.as_ref().map(|c| c.0.as_str())),
            text(village.commune.as_deref()),
            text(village.old_commune.as_deref()),
            text(village.old_district.as_deref()),
            optional(village.position.map(|p| round_degrees(p.lat_deg()))),
            optional(village.position.map(|p| round_degrees(p.lon_deg()))),
            optional(village.households),
            optional(village.population),
            mark(village.hardship),
            mark(village.grid_power),
        ];
        for gap in gaps {
            record.push(gap.state.key().to_owned());
            record.push(gap.severity.map_or("", Severity::key).to_owned());
        }
        let silent =
            if reported.is_empty() { Vec::new() } else { with_state(gaps, ReportState::NotReported) };
        record.push(csv_text(&reported.join(", ")).into_owned());
        record.push(mark(Some(!reported.is_empty() && reported.len() == gaps.len())));
        record.push(csv_text(&silent.join(", ")).into_owned());
        csv.write_record(&record)?;
    }
    csv.flush()
}

fn with_state(gaps: &[Gap], state: ReportState) -> Vec<&str> {
    gaps.iter().filter(|g| g.state == state).map(|g| g.carrier.name()).collect()
}
