//! `programme.csv` (reported villages and the registered stations within the radius) and `programme_stations.csv`
//! (registered stations without a gap of their carrier within the radius).

use std::io::{self, Write};

use super::ranking::optional;
use crate::domain::{Carrier, PlannedStation};
use crate::reconcile::{Programme, Reconciliation};
use crate::text::csv_text;

/// One line a village and station; a village without a station within the radius has one line that says so.
///
/// # Errors
/// Those of the writer.
pub fn write_programme(
    programme: &Programme,
    result: &Reconciliation,
    stations: &[PlannedStation],
    radius_km: f64,
    out: &mut dyn Write,
) -> io::Result<()> {
    out.write_all("\u{feff}".as_bytes())?;
    let mut csv = csv::Writer::from_writer(out);
    csv.write_record([
        "village_id",
        "name",
        "commune",
        "reported_by",
        "without_own_station",
        "state",
        "plan_id",
        "plan_carrier",
        "distance_m",
        "year",
        "status",
        "radius_km",
    ])?;
    for reach in &programme.villages {
        let village = &result.villages[reach.village];
        let state = match &reach.stations {
            None => "position_unknown",
            Some(near) if near.is_empty() => "none_within_radius",
            Some(_) => "within_radius",
        };
        let mut line = |station: [String; 5]| {
            let [id, carrier, distance_m, year, status] = station;
            csv.write_record([
                &*csv_text(&village.id),
                &*csv_text(&village.name),
                &*csv_text(village.commune.as_deref().or(village.old_commune.as_deref()).unwrap_or_default()),
                &*csv_text(&names(&reach.reported_by)),
                &*csv_text(&names(&reach.without_own_station)),
                state,
                &*csv_text(&id),
                &*csv_text(&carrier),
                &distance_m,
                &year,
                &*csv_text(&status),
                &radius_km.to_string(),
            ])
        };
        let near = reach.stations.as_deref().unwrap_or_default();
        if near.is_empty() {
            line(Default::default())?;
        }
        for found in near {
            let station = &stations[found.station];
            line([
                station.id.clone(),
                station.carrier.name().to_owned(),
                format!("{:.0}", found.distance_m),
                optional(station.year),
                station.status.clone().unwrap_or_default(),
            ])?;
        }
    }
    csv.flush()
}

/// The stations that serve no gap of their own carrier, and why it is so.
///
/// # Errors
/// Those of the writer.
pub fn write_programme_stations(
    programme: &Programme,
    stations: &[PlannedStation],
    radius_km: f64,
    out: &mut dyn Write,
) -> io::Result<()> {
    out.write_all("\u{feff}".as_bytes())?;
    let mut csv = csv::Writer::from_writer(out);
    csv.write_record([
        "plan_id",
        "carrier",
        "commune",
        "village",
        "year",
        "status",
        "state",
        "villages_of_other_carriers",
        "radius_km",
    ])?;
    for used in programme.stations.iter().filter(|s| s.own_gaps.is_none_or(|gaps| gaps == 0)) {
        let station = &stations[used.station];
        let state = match used.any_gaps {
            None => "position_unknown",
            Some(0) => "no_gap_within_radius",
            Some(_) => "only_gaps_of_other_carriers",
        };
        csv.write_record([
            &*csv_text(&station.id),
            &*csv_text(station.carrier.name()),
            &*csv_text(station.commune.as_deref().unwrap_or_default()),
            &*csv_text(station.village.as_deref().unwrap_or_default()),
            &optional(station.year),
            &*csv_text(station.status.as_deref().unwrap_or_default()),
            state,
            &optional(used.any_gaps),
            &radius_km.to_string(),
        ])?;
    }
    csv.flush()
}

fn names(carriers: &[Carrier]) -> String {
    carriers.iter().map(Carrier::name).collect::<Vec<_>>().join(", ")
}
