//! What registered stations solve: `evaluation.json`, `evaluation_gaps.csv`, `evaluation_stations.csv`,
//! `evaluation_constraints.csv`.

use std::io::{self, Write};

use serde::Serialize;

use super::RunMeta;
use super::ranking::optional;
use crate::text::{CsvTable, Simulated, csv_text};

/// Everything, ready to be written.
#[derive(Debug, Clone, Serialize)]
pub struct EvaluationView<'a> {
    /// What the numbers rest on.
    #[serde(rename = "phusong")]
    pub meta: &'a RunMeta,
    /// Registered stations.
    pub stations: usize,
    /// Of these, without a position.
    pub stations_without_position: usize,
    /// Stations that solve no gap of their own carrier.
    pub stations_without_gap: usize,
    /// Stations that serve none for certain, and of which unknown ground hides whether they do.
    pub stations_unknown: usize,
    /// Gaps: pairs of village and carrier; without lists villages.
    pub gaps: usize,
    /// In reach of a registered station of their carrier.
    pub gaps_solved: usize,
    /// Of these, in reach of one that is on air: reported all the same, so that somebody should measure.
    pub gaps_in_reach_of_on_air: usize,
    /// Of villages with a position, known to be in reach of none.
    pub gaps_not_solved: usize,
    /// In reach of none as far as is known, with a path over unknown ground: nobody can say. 0 by radius.
    pub gaps_unknown: usize,
    /// Of villages without a position: nobody can say.
    pub gaps_position_unknown: usize,
    /// Villages all of whose gaps are solved.
    pub villages_solved: usize,
    /// Villages with a gap.
    pub villages: usize,
    /// Who shares masts, where somebody said so; null: nobody, and the last alternative is on shared masts.
    pub sharing: Option<String>,
    /// The constraints that the programme is judged by.
    pub constraints: Vec<JudgedView<'a>>,
    /// By carrier, then all on shared masts.
    pub alternatives: Vec<AlternativeRow>,
    /// By status, each with all that are further.
    pub by_status: Vec<CountRow>,
    /// By year, each with all before it.
    pub by_year: Vec<CountRow>,
    /// The seed of the plans compared with.
    pub seed: u64,
    /// Files it was made from.
    pub inputs: Vec<super::InputHash>,
    /// Lines of `evaluation_stations.csv`.
    #[serde(skip)]
    pub station_rows: Vec<StationRow<'a>>,
    /// Lines of `evaluation_gaps.csv`.
    #[serde(skip)]
    pub gap_rows: Vec<GapRow<'a>>,
}

/// A best plan beside what is registered.
#[derive(Debug, Clone, Serialize)]
pub struct AlternativeRow {
    /// Whose; null: all carriers on shared masts.
    pub carrier: Option<String>,
    /// Registered stations with a position.
    pub stations: usize,
    /// Gaps of villages with a position.
    pub gaps: usize,
    /// Solved by what is registered.
    pub solved: u64,
    /// Which constraints the plans compared with keep: `none` are asked for, `all`, or `without_floors`: those of a single
    /// carrier, since floors are of the whole programme.
    pub constraints: &'static str,
    /// Solved by the best plan found of as many sites; null where none was found.
    pub best: Option<u64>,
    /// Proven: nobody can solve more with as many, under these constraints.
    pub best_at_most: Option<u64>,
    /// `optimal`, `gap_reached`, `time_limit`; `infeasible`: no plan of as many sites keeps the constraints; `none_found`.
    pub status: &'static str,
    /// So many sites, as many as are registered at most, solve as many gaps as what is registered; null where none were found.
    pub fewest: Option<u64>,
    /// Proven: no fewer do.
    pub fewest_at_least: Option<u64>,
    /// Those sites, in the order in which each adds the most.
    pub fewest_sites: Vec<String>,
}

/// A constraint and what came of it.
#[derive(Debug, Clone, Serialize)]
pub struct JudgedView<'a> {
    /// As asked for.
    pub constraint: &'a str,
    /// `kept`, `broken`, `unknown`: something is not known that decides it.
    pub state: &'static str,
    /// Parts that are broken: communes, carriers, pairs of stations, stations.
    pub broken: usize,
    /// Parts of which nobody can say.
    pub unknown: usize,
    /// Broken parts that are too many to be listed.
    pub not_listed: usize,
    /// Parts that are broken or not known, the worst first; the one part of a constraint on the whole programme, whatever it
    /// is.
    pub parts: Vec<PartView<'a>>,
}

/// A part of a constraint.
#[derive(Debug, Clone, Serialize)]
pub struct PartView<'a> {
    /// What it speaks of; empty: the whole programme.
    pub of: &'a str,
    /// As in [`JudgedView`].
    pub state: &'static str,
    /// What there is, as far as is known; null where nothing is.
    pub found: Option<super::Amount>,
    /// What there may be, or must be.
    pub limit: super::Amount,
    /// By how much it is broken; 0 where it is not.
    pub by: super::Amount,
    /// `stations`, `villages`, `people`, `km`, `million_vnd`.
    pub unit: &'static str,
    /// The stations counted, or those that fall short.
    pub stations: Vec<&'a str>,
    /// Stations of which it is not known.
    pub unknown_stations: Vec<&'a str>,
}

/// Stations up to a status or year.
#[derive(Debug, Clone, Serialize)]
pub struct CountRow {
    /// The status or year; null: without one.
    pub until: Option<String>,
    /// Stations so far.
    pub stations: usize,
    /// Gaps that they solve.
    pub gaps_solved: usize,
}

/// One station.
#[derive(Debug, Clone)]
pub struct StationRow<'a> {
    /// Its id.
    pub plan_id: &'a str,
    /// Its carrier.
    pub carrier: &'a str,
    /// Year promised.
    pub year: Option<u16>,
    /// Status as written.
    pub status: &'a str,
    /// Status as understood.
    pub progress: &'static str,
    /// What it is good for.
    pub state: &'static str,
    /// Gaps of its carrier in reach.
    pub own_gaps: Option<u32>,
    /// Those that no other station of the carrier reaches.
    pub unique_gaps: Option<u32>,
    /// Gaps of others in reach.
    pub other_gaps: Option<u32>,
    /// Gaps of its carrier to which the ground is not known.
    pub own_unknown: Option<u32>,
}

/// One gap.
#[derive(Debug, Clone)]
pub struct GapRow<'a> {
    /// The village.
    pub village_id: &'a str,
    /// The carrier, empty without lists.
    pub carrier: &'a str,
    /// What becomes of it.
    pub state: &'static str,
    /// Stations that solve it.
    pub solved_by: Vec<&'a str>,
    /// Stations of which nobody knows whether they do: the ground is not known.
    pub unknown: Vec<&'a str>,
    /// The nearest registered station of the carrier.
    pub nearest: Option<&'a str>,
    /// How far it is, km.
    pub nearest_km: Option<f64>,
    /// Whether a candidate reaches the village.
    pub candidate_reaches: Option<bool>,
}

/// Writes the summary.
///
/// # Errors
/// Those of the writer.
pub fn write_evaluation_json(view: &EvaluationView<'_>, out: &mut dyn Write) -> io::Result<()> {
    serde_json::to_writer_pretty(&mut *out, view)?;
    out.write_all(b"\n")
}

fn basis(meta: &RunMeta) -> String {
    format!("{}{}", meta.criterion, if meta.simulated { "; SIMULATED DATA" } else { "" })
}

/// Writes a line a station.
///
/// # Errors
/// Those of the writer.
pub fn write_evaluation_stations(view: &EvaluationView<'_>, out: &mut dyn Write) -> io::Result<()> {
    let mut csv = CsvTable::new(out, Simulated(view.meta.simulated))?;
    csv.write_record([
        "plan_id",
        "carrier",
        "year",
        "status",
        "progress",
        "state",
        "own_gaps",
        "unique_gaps",
        "gaps_of_other_carriers",
        "own_gaps_unknown",
        "basis",
    ])?;
    let basis = basis(view.meta);
    for row in &view.station_rows {
        csv.write_record([
            &*csv_text(row.plan_id),
            &*csv_text(row.carrier),
            &optional(row.year),
            &*csv_text(row.status),
            row.progress,
            row.state,
            &optional(row.own_gaps),
            &optional(row.unique_gaps),
            &optional(row.other_gaps),
            &optional(row.own_unknown),
            &basis,
        ])?;
    }
    csv.flush()
}

/// Writes a line a gap.
///
/// # Errors
/// Those of the writer.
pub fn write_evaluation_gaps(view: &EvaluationView<'_>, out: &mut dyn Write) -> io::Result<()> {
    let mut csv = CsvTable::new(out, Simulated(view.meta.simulated))?;
    csv.write_record([
        "village_id",
        "carrier",
        "state",
        "solved_by",
        "unknown_stations",
        "nearest_own_station",
        "nearest_km",
        "candidate_in_reach",
        "basis",
    ])?;
    let basis = basis(view.meta);
    for row in &view.gap_rows {
        let reaches = match row.candidate_reaches {
            Some(true) => "yes",
            Some(false) => "no",
            None => "",
        };
        csv.write_record([
            &*csv_text(row.village_id),
            &*csv_text(row.carrier),
            row.state,
            &*csv_text(&row.solved_by.join(" ")),
            &*csv_text(&row.unknown.join(" ")),
            &*csv_text(row.nearest.unwrap_or_default()),
            &row.nearest_km.map_or_else(String::new, |km| format!("{km:.3}")),
            reaches,
            &basis,
        ])?;
    }
    csv.flush()
}

/// Writes a line a part of each constraint; a constraint that is kept has one line.
///
/// # Errors
/// Those of the writer.
pub fn write_evaluation_constraints(view: &EvaluationView<'_>, out: &mut dyn Write) -> io::Result<()> {
    let mut csv = CsvTable::new(out, Simulated(view.meta.simulated))?;
    csv.write_record([
        "constraint",
        "of",
        "state",
        "found",
        "limit",
        "by",
        "unit",
        "stations",
        "unknown_stations",
        "basis",
    ])?;
    let basis = basis(view.meta);
    for judged in &view.constraints {
        for part in &judged.parts {
            csv.write_record([
                &*csv_text(judged.constraint),
                &*csv_text(part.of),
                part.state,
                &part.found.map(|found| found.to_string()).unwrap_or_default(),
                &part.limit.to_string(),
                &part.by.to_string(),
                part.unit,
                &*csv_text(&part.stations.join(" ")),
                &*csv_text(&part.unknown_stations.join(" ")),
                &basis,
            ])?;
        }
        if judged.parts.is_empty() {
            let constraint = csv_text(judged.constraint);
            csv.write_record([&*constraint, "", judged.state, "", "", "", "", "", "", &basis])?;
        }
    }
    csv.flush()
}
