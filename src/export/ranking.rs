//! The ranking as files: GeoJSON, GeoJSON lines, CSV, JSON.

use std::io::{self, Write};

use serde::Serialize;

use super::geojson::write_feature;
use super::{Format, RunMeta};
use crate::geodesy::LatLon;
use crate::text::{CsvTable, Simulated, csv_text};

/// A ranking ready to be written: rows in rank order.
#[derive(Debug, Clone)]
pub struct RankingView<'a> {
    /// What the numbers rest on.
    pub meta: &'a RunMeta,
    /// The sites, best first.
    pub rows: Vec<RankingRow<'a>>,
}

/// One candidate site. What cannot be known is `None` and written as null or an empty field, never as 0.
#[derive(Debug, Clone, Serialize)]
pub struct RankingRow<'a> {
    /// Place in the ranking, from 1.
    pub rank: usize,
    /// The candidate's id.
    pub site_id: &'a str,
    /// Where.
    #[serde(skip)]
    pub position: LatLon,
    /// Uncovered villages served.
    pub villages: u64,
    /// Villages within the bound distance of which it is not known whether the site serves them; `None` by radius.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub villages_unknown: Option<u64>,
    /// (village, carrier) pairs served; `None` where no list says which carriers.
    pub gaps: Option<u64>,
    /// Villages served that every reporting carrier leaves without signal; `None` where there are no lists.
    pub dark_villages: Option<u64>,
    /// Households of the villages served, over those where it is known; `None` where none is known.
    pub households: Option<u64>,
    /// Inhabitants, likewise.
    pub population: Option<u64>,
    /// Villages served by this site and by none that greedy order takes before it; `None` where the greedy order
    /// ended before this site.
    pub marginal_villages: Option<u64>,
    /// Villages served by this site and all that greedy order takes before it; likewise.
    pub cumulative_villages: Option<u64>,
    /// Ids of the villages served, sorted.
    pub village_ids: Vec<&'a str>,
    /// Place in greedy order, from 1; likewise.
    pub greedy_order: Option<usize>,
    /// Sum of the users' weights; `None` where the file has no weights.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub weight: Option<f64>,
    /// Villages served whose households are not known.
    pub households_unknown: u64,
    /// Villages served whose inhabitants are not known.
    pub population_unknown: u64,
    /// Kind of candidate, as its file has it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kind: Option<&'a str>,
    /// Mast height, m.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub height_m: Option<f64>,
    /// Distance to the grid, km.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub grid_distance_km: Option<f64>,
    /// Distance to a road, km.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub road_distance_km: Option<f64>,
    /// Cost, million đồng.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cost_million_vnd: Option<f64>,
}

/// Writes a ranking in one format.
///
/// # Errors
/// Those of the writer.
pub fn write_ranking(view: &RankingView<'_>, format: Format, out: &mut dyn Write) -> io::Result<()> {
    match format {
        Format::GeoJson => write_geojson(view, out),
        Format::GeoJsonL => {
            for row in &view.rows {
                write_feature(out, row.position, row, Simulated(view.meta.simulated))?;
                out.write_all(b"\n")?;
            }
            Ok(())
        }
        Format::Csv => write_csv(view, out),
        Format::Json => write_json(view, out),
    }
}

fn write_geojson(view: &RankingView<'_>, out: &mut dyn Write) -> io::Result<()> {
    out.write_all(b"{\"type\":\"FeatureCollection\",\"phusong\":")?;
    serde_json::to_writer(&mut *out, view.meta)?;
    out.write_all(b",\"features\":[")?;
    for (i, row) in view.rows.iter().enumerate() {
        out.write_all(if i == 0 { b"\n" } else { b",\n" })?;
        write_feature(out, row.position, row, Simulated(view.meta.simulated))?;
    }
    out.write_all(b"\n]}\n")
}

#[derive(Serialize)]
struct JsonSite<'a> {
    #[serde(flatten)]
    row: &'a RankingRow<'a>,
    lat: f64,
    lon: f64,
}

fn write_json(view: &RankingView<'_>, out: &mut dyn Write) -> io::Result<()> {
    out.write_all(b"{\"phusong\":")?;
    serde_json::to_writer(&mut *out, view.meta)?;
    out.write_all(b",\"sites\":[")?;
    for (i, row) in view.rows.iter().enumerate() {
        out.write_all(if i == 0 { b"\n" } else { b",\n" })?;
        let site = JsonSite { row, lat: row.position.lat_deg(), lon: row.position.lon_deg() };
        serde_json::to_writer(&mut *out, &site)?;
    }
    out.write_all(b"\n]}\n")
}

/// Columns of `ranking.csv`.
const COLUMNS: [&str; 22] = [
    "rank",
    "site_id",
    "lat",
    "lon",
    "villages",
    "gaps",
    "dark_villages",
    "households",
    "population",
    "marginal_villages",
    "cumulative_villages",
    "village_ids",
    "greedy_order",
    "weight",
    "households_unknown",
    "population_unknown",
    "kind",
    "height_m",
    "grid_distance_km",
    "road_distance_km",
    "cost_million_vnd",
    "basis",
];
/// One more where levels are predicted.
const UNKNOWN_COLUMN: &str = "villages_unknown";

fn write_csv(view: &RankingView<'_>, out: &mut dyn Write) -> io::Result<()> {
    let mut csv = CsvTable::new(out, Simulated(view.meta.simulated))?;
    let predicted = view.rows.iter().any(|row| row.villages_unknown.is_some());
    csv.write_record(COLUMNS.into_iter().chain(predicted.then_some(UNKNOWN_COLUMN)))?;
    let simulated = if view.meta.simulated { "; SIMULATED DATA" } else { "" };
    let basis = format!("{}{simulated}", view.meta.criterion);
    for row in &view.rows {
        let ids = row.village_ids.join(" ");
        let record = [
            row.rank.to_string(),
            csv_text(row.site_id).into_owned(),
            row.position.lat_deg().to_string(),
            row.position.lon_deg().to_string(),
            row.villages.to_string(),
            optional(row.gaps),
            optional(row.dark_villages),
            optional(row.households),
            optional(row.population),
            optional(row.marginal_villages),
            optional(row.cumulative_villages),
            csv_text(&ids).into_owned(),
            optional(row.greedy_order),
            optional(row.weight),
            row.households_unknown.to_string(),
            row.population_unknown.to_string(),
            csv_text(row.kind.unwrap_or_default()).into_owned(),
            optional(row.height_m),
            optional(row.grid_distance_km),
            optional(row.road_distance_km),
            optional(row.cost_million_vnd),
            basis.clone(),
        ];
        let unknown = predicted.then(|| optional(row.villages_unknown));
        csv.write_record(record.iter().chain(&unknown))?;
    }
    csv.flush()
}

/// Missing is an empty field.
pub(super) fn optional<T: ToString>(value: Option<T>) -> String {
    value.map(|v| v.to_string()).unwrap_or_default()
}
