//! Predicted levels: `levels.csv` and `levels.geojson` (a line a village: what reaches it from where),
//! `level_pairs.csv` (a line a village and site), `model_vs_circle.csv` (what terrain changes).

use std::io::{self, Write};

use serde::Serialize;

use super::RunMeta;
use super::geojson::write_feature;
use super::ranking::optional;
use super::shares::share;
use crate::geodesy::LatLon;
use crate::text::{CsvTable, Simulated, csv_text};

/// A site's level in a village.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct ServerRow<'a> {
    /// The site's id.
    pub site_id: &'a str,
    /// Length of the path, km.
    pub distance_km: f64,
    /// Mean level, dBm.
    pub level_dbm: f64,
    /// Probability that the level is at least the threshold.
    pub probability: f64,
    /// Mean level above the threshold, dB.
    pub margin_db: f64,
}

/// What reaches a village.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct LevelRow<'a> {
    /// The village's id.
    pub village_id: &'a str,
    /// Where.
    #[serde(skip)]
    pub position: Option<LatLon>,
    /// `served`, `not_served`, `unknown`.
    pub state: &'static str,
    /// Candidates that serve it.
    pub served_by: u32,
    /// The greatest share of its households at places that one candidate is known to serve; `None` without clusters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub served_share: Option<f64>,
    /// The candidate of the highest level, whether it serves or not.
    pub best: Option<ServerRow<'a>>,
    /// The next.
    pub second: Option<ServerRow<'a>>,
    /// Paths within the bound distance whose ground is known.
    pub known_paths: u32,
    /// Paths whose ground is not.
    pub unknown_paths: u32,
    /// Whether short gaps under the best path were bridged.
    pub bridged: bool,
    /// The best candidate's level by the second model, dBm.
    pub second_opinion_dbm: Option<f64>,
    /// Whether the second model agrees about the best candidate.
    pub second_opinion_agrees: Option<bool>,
    /// Carriers that report the village though their own station is predicted to serve it.
    pub existing_served: Option<Vec<&'a str>>,
    /// The highest level of a station of a carrier that reports the village, dBm.
    pub existing_level_dbm: Option<f64>,
    /// That station.
    pub existing_station: Option<&'a str>,
}

/// A village and a site.
#[derive(Debug, Clone, PartialEq)]
pub struct PairRow<'a> {
    /// The village's id.
    pub village_id: &'a str,
    /// The site's id.
    pub site_id: &'a str,
    /// `served`, `not_served`, `unknown`.
    pub state: &'static str,
    /// Length of the path, km.
    pub distance_km: f64,
    /// Share of the village's households at places that the site is known to serve; `None` without clusters.
    pub served_share: Option<f64>,
    /// Mean level, probability, margin; `None` where unknown.
    pub level: Option<(f64, f64, f64)>,
    /// Whether short gaps were bridged.
    pub bridged: bool,
    /// The second model's level, dBm.
    pub second_opinion_dbm: Option<f64>,
    /// Whether it agrees.
    pub second_opinion_agrees: Option<bool>,
    /// The models by which the site serves the village; none where none does, or nothing is known.
    pub served_by_models: Vec<&'static str>,
}

/// A candidate by prediction and by a circle.
#[derive(Debug, Clone, PartialEq)]
pub struct CircleRow<'a> {
    /// The site's id.
    pub site_id: &'a str,
    /// Place in the ranking by prediction; `None` where the ground is not known.
    pub rank_predicted: Option<usize>,
    /// Place in the ranking by the circle.
    pub rank_circle: usize,
    /// Villages served by prediction; `None` likewise.
    pub villages_predicted: Option<u64>,
    /// Villages within the circle.
    pub villages_circle: u64,
    /// Villages within the circle that are predicted not to be served, sorted.
    pub hidden: Vec<&'a str>,
    /// Villages beyond the circle that are predicted to be served, sorted.
    pub beyond: Vec<&'a str>,
    /// Villages within the circle of which nothing is known, sorted.
    pub unknown: Vec<&'a str>,
}

/// A hundredth of a dB is finer than any model; more digits are noise.
fn hundredths(value: f64) -> f64 {
    (value * 100.0).round() / 100.0
}

/// A ten-thousandth of a probability.
fn ten_thousandths(value: f64) -> f64 {
    (value * 10_000.0).round() / 10_000.0
}

impl<'a> ServerRow<'a> {
    /// Rounds for writing.
    pub fn new(
        site_id: &'a str,
        distance_m: f64,
        level_dbm: f64,
        probability: f64,
        margin_db: f64,
    ) -> ServerRow<'a> {
        ServerRow {
            site_id,
            distance_km: distance_m.round() / 1000.0,
            level_dbm: hundredths(level_dbm),
            probability: ten_thousandths(probability),
            margin_db: hundredths(margin_db),
        }
    }
}

fn basis(meta: &RunMeta) -> String {
    let simulated = if meta.simulated { "; SIMULATED DATA" } else { "" };
    let date = meta.date.as_deref().map(|date| format!("; lists of {date}")).unwrap_or_default();
    format!("{}{date}{simulated}", meta.criterion)
}

fn mark(value: Option<bool>) -> String {
    value.map_or("", |v| if v { "1" } else { "0" }).to_owned()
}

/// Writes the villages as a table.
///
/// # Errors
/// Those of the writer.
pub fn write_levels(meta: &RunMeta, rows: &[LevelRow<'_>], out: &mut dyn Write) -> io::Result<()> {
    let mut csv = CsvTable::new(out, Simulated(meta.simulated))?;
    let has_shares = rows.iter().any(|row| row.served_share.is_some());
    let mut titles = vec![
        "village_id",
        "lat",
        "lon",
        "state",
        "served_by",
        "best_site",
        "best_distance_km",
        "best_level_dbm",
        "best_probability",
        "best_margin_db",
        "second_site",
        "second_distance_km",
        "second_level_dbm",
        "second_probability",
        "second_margin_db",
        "known_paths",
        "unknown_paths",
        "bridged",
        "second_opinion_dbm",
        "second_opinion_agrees",
        "existing_served",
        "existing_station",
        "existing_level_dbm",
        "basis",
    ];
    if has_shares {
        titles.push("served_share");
    }
    csv.write_record(&titles)?;
    let basis = basis(meta);
    for row in rows {
        let server = |server: Option<ServerRow<'_>>| {
            server.map_or_else(Default::default, |s| {
                [
                    csv_text(s.site_id).into_owned(),
                    s.distance_km.to_string(),
                    s.level_dbm.to_string(),
                    s.probability.to_string(),
                    s.margin_db.to_string(),
                ]
            })
        };
        let mut record = vec![
            csv_text(row.village_id).into_owned(),
            optional(row.position.map(LatLon::lat_deg)),
            optional(row.position.map(LatLon::lon_deg)),
            row.state.to_owned(),
            row.served_by.to_string(),
        ];
        record.extend::<[String; 5]>(server(row.best));
        record.extend::<[String; 5]>(server(row.second));
        record.extend([
            row.known_paths.to_string(),
            row.unknown_paths.to_string(),
            mark(row.best.map(|_| row.bridged)),
            optional(row.second_opinion_dbm.map(hundredths)),
            mark(row.second_opinion_agrees),
            row.existing_served
                .as_ref()
                .map(|names| csv_text(&names.join("; ")).into_owned())
                .unwrap_or_default(),
            csv_text(row.existing_station.unwrap_or_default()).into_owned(),
            optional(row.existing_level_dbm.map(hundredths)),
            basis.clone(),
        ]);
        if has_shares {
            record.push(row.served_share.map(share).unwrap_or_default());
        }
        csv.write_record(&record)?;
    }
    csv.flush()
}

/// Writes the villages that have a position as points.
///
/// # Errors
/// Those of the writer.
pub fn write_levels_geojson(meta: &RunMeta, rows: &[LevelRow<'_>], out: &mut dyn Write) -> io::Result<()> {
    out.write_all(b"{\"type\":\"FeatureCollection\",\"phusong\":")?;
    serde_json::to_writer(&mut *out, meta)?;
    out.write_all(b",\"features\":[")?;
    let placed = rows.iter().filter_map(|row| Some((row.position?, row)));
    for (i, (position, row)) in placed.enumerate() {
        out.write_all(if i == 0 { b"\n" } else { b",\n" })?;
        write_feature(out, position, row, Simulated(meta.simulated))?;
    }
    out.write_all(b"\n]}\n")
}

/// Writes pairs of villages and sites.
///
/// # Errors
/// Those of the writer.
pub fn write_level_pairs<'a>(
    meta: &RunMeta,
    rows: impl Iterator<Item = PairRow<'a>>,
    out: &mut dyn Write,
) -> io::Result<()> {
    let mut csv = CsvTable::new(out, Simulated(meta.simulated))?;
    let mut titles = vec![
        "village_id",
        "site_id",
        "state",
        "distance_km",
        "level_dbm",
        "probability",
        "margin_db",
        "bridged",
        "second_opinion_dbm",
        "second_opinion_agrees",
        "served_by_models",
        "basis",
    ];
    let mut rows = rows.peekable();
    let has_shares = rows.peek().is_some_and(|row| row.served_share.is_some());
    if has_shares {
        titles.push("served_share");
    }
    csv.write_record(&titles)?;
    let basis = basis(meta);
    for row in rows {
        let served_share = row.served_share.map(share);
        let record = [
            &*csv_text(row.village_id),
            &*csv_text(row.site_id),
            row.state,
            &((row.distance_km * 1000.0).round() / 1000.0).to_string(),
            &optional(row.level.map(|(level, _, _)| hundredths(level))),
            &optional(row.level.map(|(_, probability, _)| ten_thousandths(probability))),
            &optional(row.level.map(|(_, _, margin)| hundredths(margin))),
            &mark(row.level.map(|_| row.bridged)),
            &optional(row.second_opinion_dbm.map(hundredths)),
            &mark(row.second_opinion_agrees),
            &row.served_by_models.join(" "),
            &basis,
        ];
        csv.write_record(record.into_iter().chain(served_share.as_deref()))?;
    }
    csv.flush()
}

/// Writes what the ranking by prediction changes against that by a circle.
///
/// # Errors
/// Those of the writer.
pub fn write_model_vs_circle(
    meta: &RunMeta,
    radius_km: f64,
    rows: &[CircleRow<'_>],
    out: &mut dyn Write,
) -> io::Result<()> {
    let mut csv = CsvTable::new(out, Simulated(meta.simulated))?;
    csv.write_record([
        "site_id",
        "rank_predicted",
        "rank_circle",
        "villages_predicted",
        "villages_circle",
        "hidden",
        "beyond",
        "unknown",
        "hidden_village_ids",
        "beyond_village_ids",
        "unknown_village_ids",
        "radius_km",
        "basis",
    ])?;
    let basis = basis(meta);
    for row in rows {
        csv.write_record([
            &*csv_text(row.site_id),
            &optional(row.rank_predicted),
            &row.rank_circle.to_string(),
            &optional(row.villages_predicted),
            &row.villages_circle.to_string(),
            &row.hidden.len().to_string(),
            &row.beyond.len().to_string(),
            &row.unknown.len().to_string(),
            &*csv_text(&row.hidden.join(" ")),
            &*csv_text(&row.beyond.join(" ")),
            &*csv_text(&row.unknown.join(" ")),
            &radius_km.to_string(),
            &basis,
        ])?;
    }
    csv.flush()
}
