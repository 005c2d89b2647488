//! `programme.csv` (reported villages and the registered stations that reach them) and `programme_stations.csv`
//! (registered stations that reach no gap of their carrier).

use std::io::{self, Write};

use super::ranking::optional;
use crate::domain::{Carrier, PlannedStation};
use crate::reconcile::{Programme, Reconciliation};
use crate::text::{CsvTable, Simulated, csv_text};

/// What "reaches" means in the two tables.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum ReachBasis<'a> {
    /// Within this radius, km.
    Radius(f64),
    /// Predicted, by this criterion.
    Predicted(&'a str),
}

impl ReachBasis<'_> {
    /// The last columns: the radius, and where it is a prediction what it goes by.
    fn titles(self) -> &'static [&'static str] {
        match self {
            ReachBasis::Radius(_) => &["radius_km"],
            ReachBasis::Predicted(_) => &["radius_km", "basis"],
        }
    }

    fn cells(self) -> Vec<String> {
        match self {
            ReachBasis::Radius(radius_km) => vec![radius_km.to_string()],
            ReachBasis::Predicted(criterion) => vec![String::new(), csv_text(criterion).into_owned()],
        }
    }

    fn pick(self, by_radius: &'static str, predicted: &'static str) -> &'static str {
        match self {
            ReachBasis::Radius(_) => by_radius,
            ReachBasis::Predicted(_) => predicted,
        }
    }
}

/// One line a village and station; a village without a station within the radius has one line that says so.
///
/// # Errors
/// Those of the writer.
pub fn write_programme(
    programme: &Programme,
    result: &Reconciliation,
    stations: &[PlannedStation],
    basis: ReachBasis<'_>,
    simulated: Simulated,
    out: &mut dyn Write,
) -> io::Result<()> {
    let mut csv = CsvTable::new(out, simulated)?;
    let titles = [
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
    ];
    csv.write_record(titles.iter().chain(basis.titles()))?;
    let basis_cells = basis.cells();
    for reach in &programme.villages {
        let village = &result.villages[reach.village];
        let state = match &reach.stations {
            None => basis.pick("position_unknown", "position_or_ground_unknown"),
            Some(near) if near.is_empty() => basis.pick("none_within_radius", "none_predicted"),
            Some(_) => basis.pick("within_radius", "predicted_served"),
        };
        let (reported_by, without_own) = (names(&reach.reported_by), names(&reach.without_own_station));
        let mut line = |state: &str, station: [String; 5]| {
            let [id, carrier, distance_m, year, status] = station;
            let cells = [
                &*csv_text(&village.id),
                &*csv_text(&village.name),
                &*csv_text(village.commune.as_deref().or(village.old_commune.as_deref()).unwrap_or_default()),
                &*csv_text(&reported_by),
                &*csv_text(&without_own),
                state,
                &*csv_text(&id),
                &*csv_text(&carrier),
                &distance_m,
                &year,
                &*csv_text(&status),
            ];
            csv.write_record(cells.into_iter().chain(basis_cells.iter().map(String::as_str)))
        };
        let near = reach.stations.as_deref().unwrap_or_default();
        if near.is_empty() {
            line(state, Default::default())?;
        }
        for found in near {
            let station = &stations[found.station];
            // Where it stands is not known: only that it is registered for this village.
            let state = if found.distance_m.is_some() { state } else { "registered_by_name" };
            let distance_m = found.distance_m.map(|m| format!("{m:.0}")).unwrap_or_default();
            line(
                state,
                [
                    station.id.clone(),
                    station.carrier.name().to_owned(),
                    distance_m,
                    optional(station.year),
                    station.status.clone().unwrap_or_default(),
                ],
            )?;
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
    basis: ReachBasis<'_>,
    simulated: Simulated,
    out: &mut dyn Write,
) -> io::Result<()> {
    let mut csv = CsvTable::new(out, simulated)?;
    let titles =
        ["plan_id", "carrier", "commune", "village", "year", "status", "state", "villages_of_other_carriers"];
    csv.write_record(titles.iter().chain(basis.titles()))?;
    let basis_cells = basis.cells();
    for used in programme.stations.iter().filter(|s| s.own_gaps.is_none_or(|gaps| gaps == 0)) {
        let station = &stations[used.station];
        // Of a station known by its village's name other villages cannot be told.
        let state = match used.own_gaps.and(used.any_gaps) {
            None => "position_unknown",
            Some(_) if used.is_unknown() => "ground_unknown",
            Some(0) => basis.pick("no_gap_within_radius", "no_gap_predicted_served"),
            Some(_) => "only_gaps_of_other_carriers",
        };
        let cells = [
            &*csv_text(&station.id),
            &*csv_text(station.carrier.name()),
            &*csv_text(station.commune.as_deref().unwrap_or_default()),
            &*csv_text(station.village.as_deref().unwrap_or_default()),
            &optional(station.year),
            &*csv_text(station.status.as_deref().unwrap_or_default()),
            state,
            &optional(used.any_gaps),
        ];
        csv.write_record(cells.into_iter().chain(basis_cells.iter().map(String::as_str)))?;
    }
    csv.flush()
}

fn names(carriers: &[Carrier]) -> String {
    carriers.iter().map(Carrier::name).collect::<Vec<_>>().join(", ")
}
