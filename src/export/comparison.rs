//! A comparison as `compare.csv`, `compare.json`, `compare.geojson`.

use std::io::{self, Write};

use serde::Serialize;

use super::geojson::{write_feature, write_properties};
use super::ranking::optional;
use super::round_degrees;
use crate::domain::{Carrier, Village};
use crate::geodesy::LatLon;
use crate::reconcile::{Change, ChangeKind, Comparison, Rate, Reconciliation, SameBy};
use crate::text::{CsvTable, Simulated, csv_text};

/// What a comparison rests on.
#[derive(Debug, Clone, Serialize)]
pub struct CompareMeta {
    /// `phusong`.
    pub program: &'static str,
    /// The program's version.
    pub version: &'static str,
    /// The old study or list.
    pub old: CompareSide,
    /// The new one.
    pub new: CompareSide,
    /// In words: what the changes mean.
    pub criterion: &'static str,
}

/// One side.
#[derive(Debug, Clone, Serialize)]
pub struct CompareSide {
    /// The study's name, or the file's.
    pub name: String,
    /// The day that the lists speak of, where it is stated.
    pub date: Option<String>,
    /// Whether data is simulated.
    pub simulated: bool,
}

impl CompareMeta {
    /// Whether one of the sides is simulated: what changed between the two then is.
    pub fn simulated(&self) -> Simulated {
        Simulated(self.old.simulated || self.new.simulated)
    }
}

/// A comparison ready to be written.
#[derive(Debug, Clone, Copy)]
pub struct CompareView<'a> {
    /// What it rests on.
    pub meta: &'a CompareMeta,
    /// The comparison.
    pub comparison: &'a Comparison,
    /// The old side.
    pub old: &'a Reconciliation,
    /// The new side.
    pub new: &'a Reconciliation,
}

/// A change with what a reader wants to know of its village.
#[derive(Serialize)]
struct Row<'a> {
    change: &'static str,
    carrier: Option<&'a str>,
    old_village_id: Option<&'a str>,
    new_village_id: Option<&'a str>,
    name: &'a str,
    commune_code: Option<&'a str>,
    commune: Option<&'a str>,
    old_district: Option<&'a str>,
    from: Option<&'a str>,
    to: Option<&'a str>,
    matched_by: Option<&'static str>,
    #[serde(skip)]
    position: Option<LatLon>,
}

impl<'a> CompareView<'a> {
    /// The village of a change: as it is now, else as it was.
    pub fn village(&self, change: &Change) -> Option<&'a Village> {
        let new = change.new.and_then(|v| self.new.villages.get(v));
        new.or_else(|| self.old.villages.get(change.old?))
    }

    fn rows(&self) -> impl Iterator<Item = Row<'a>> {
        let view = *self;
        view.comparison.changes.iter().filter_map(move |change| {
            let village = view.village(change)?;
            let id = |side: &'a Reconciliation, v: Option<usize>| v.map(|v| side.villages[v].id.as_str());
            Some(Row {
                change: change.kind.key(),
                carrier: change.carrier.as_ref().map(|c| c.name()),
                old_village_id: id(view.old, change.old),
                new_village_id: id(view.new, change.new),
                name: &village.name,
                commune_code: village.commune_code.as_ref().map(|c| c.0.as_str()),
                commune: village.commune.as_deref().or(village.old_commune.as_deref()),
                old_district: village.old_district.as_deref(),
                from: change.from.as_deref(),
                to: change.to.as_deref(),
                matched_by: change.same_by.map(SameBy::key),
                position: village.position,
            })
        })
    }
}

/// Writes `compare.csv`: one line a change.
///
/// # Errors
/// Those of the writer.
pub fn write_compare_csv(view: &CompareView<'_>, out: &mut dyn Write) -> io::Result<()> {
    let mut csv = CsvTable::new(out, view.meta.simulated())?;
    csv.write_record([
        "change",
        "carrier",
        "old_village_id",
        "new_village_id",
        "name",
        "commune_code",
        "commune",
        "old_district",
        "lat",
        "lon",
        "from",
        "to",
        "matched_by",
        "old_date",
        "new_date",
    ])?;
    let text = |value: Option<&str>| csv_text(value.unwrap_or_default()).into_owned();
    for row in view.rows() {
        csv.write_record([
            row.change.to_owned(),
            text(row.carrier),
            text(row.old_village_id),
            text(row.new_village_id),
            text(Some(row.name)),
            text(row.commune_code),
            text(row.commune),
            text(row.old_district),
            optional(row.position.map(|p| round_degrees(p.lat_deg()))),
            optional(row.position.map(|p| round_degrees(p.lon_deg()))),
            text(row.from),
            text(row.to),
            row.matched_by.unwrap_or_default().to_owned(),
            text(view.meta.old.date.as_deref()),
            text(view.meta.new.date.as_deref()),
        ])?;
    }
    csv.flush()
}

fn rate(rate: Rate, date: Option<&str>) -> serde_json::Value {
    let percent = rate.percent().map(|p| (p * 100.0).round() / 100.0);
    serde_json::json!({
        "not_reported": rate.not_reported, "villages": rate.villages, "not_reported_pct": percent, "date": date,
    })
}

/// Writes `compare.json`: the counts and every change.
///
/// # Errors
/// Those of the writer.
pub fn write_compare_json(view: &CompareView<'_>, out: &mut dyn Write) -> io::Result<()> {
    let (found, meta) = (view.comparison, view.meta);
    let counts: serde_json::Map<String, serde_json::Value> =
        ChangeKind::ALL.iter().map(|k| (k.key().to_owned(), found.count(*k, None).into())).collect();
    let carriers: Vec<serde_json::Value> = found
        .carriers
        .iter()
        .map(|c| {
            serde_json::json!({
                "carrier": c.carrier.name(), "reported_old": c.old, "reported_new": c.new,
                "newly_reported": found.count(ChangeKind::NewlyReported, Some(&c.carrier)),
                "no_longer_reported": found.count(ChangeKind::NoLongerReported, Some(&c.carrier)),
                "cannot_tell": c.cannot_tell, "comparable": c.is_comparable(),
            })
        })
        .collect();
    let communes: Vec<serde_json::Value> = found
        .communes
        .iter()
        .map(|c| {
            serde_json::json!({ "code": c.code, "name": c.name, "old": rate(c.old, None), "new": rate(c.new, None) })
        })
        .collect();
    let names = |carriers: Vec<&Carrier>| carriers.iter().map(|c| c.name().to_owned()).collect::<Vec<_>>();
    let head = serde_json::json!({
        "phusong": meta,
        "rate": {
            "carriers": names(found.compared().collect()), "left_out": names(found.left_out().collect()),
            "old": rate(found.old, meta.old.date.as_deref()), "new": rate(found.new, meta.new.date.as_deref()),
        },
        "matched_villages": found.matched,
        "registers": {
            "old": { "villages": found.old_register.villages, "not_compared": found.old_register.not_compared() },
            "new": { "villages": found.new_register.villages, "not_compared": found.new_register.not_compared() },
        },
        "counts": counts, "carriers": carriers, "communes": communes,
        "changes": view.rows().collect::<Vec<_>>(),
    });
    serde_json::to_writer_pretty(&mut *out, &head)?;
    out.write_all(b"\n")
}

/// Writes `compare.geojson`: one point a change; a change of a village without a position has a null geometry.
///
/// # Errors
/// Those of the writer.
pub fn write_compare_geojson(view: &CompareView<'_>, out: &mut dyn Write) -> io::Result<()> {
    out.write_all(b"{\"type\":\"FeatureCollection\",\"phusong\":")?;
    serde_json::to_writer(&mut *out, view.meta)?;
    out.write_all(b",\"features\":[")?;
    for (i, row) in view.rows().enumerate() {
        out.write_all(if i == 0 { b"\n" } else { b",\n" })?;
        match row.position {
            Some(position) => write_feature(out, position, &row, view.meta.simulated())?,
            None => {
                out.write_all(b"{\"type\":\"Feature\",\"geometry\":null,\"properties\":")?;
                write_properties(out, &row, view.meta.simulated())?;
                out.write_all(b"}")?;
            }
        }
    }
    out.write_all(b"\n]}\n")
}
