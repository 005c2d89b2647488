//! A plan as files: JSON with everything, CSV and GeoJSON with the sites; and the curve for the terminal.

use std::collections::BTreeMap;
use std::io::{self, Write};

use serde::Serialize;

use super::RunMeta;
use super::geojson::write_feature;
use super::plan_parts::{
    BuiltView, DarkView, LeftOutView, SensitivityView, TargetView, UnservableView, YearView,
};
use super::ranking::optional;
use crate::geodesy::LatLon;
use crate::text::{CsvTable, Simulated, csv_text};

/// A number of what is counted: whole where it is whole.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[serde(untagged)]
pub enum Amount {
    /// Whole.
    Whole(u64),
    /// With a fraction: weights may have one.
    Real(f64),
}

impl Amount {
    /// From millionths.
    pub fn from_micro(micro: u64) -> Amount {
        Amount::of(micro, 1_000_000)
    }

    /// From parts of which `unit` are 1; a fraction has six decimals.
    pub fn of(parts: u64, unit: u64) -> Amount {
        match parts % unit {
            0 => Amount::Whole(parts / unit),
            _ => Amount::Real((parts as f64 / unit as f64 * 1e6).round() / 1e6),
        }
    }

    /// For people: three decimals at most. Files have six.
    pub fn short(self) -> String {
        match self {
            Amount::Whole(whole) => whole.to_string(),
            Amount::Real(real) => ((real * 1e3).round() / 1e3).to_string(),
        }
    }

    /// As a bound on `value` for people: rounded up, unless both are the same.
    pub fn short_bound(self, value: Amount) -> String {
        match self {
            Amount::Real(real) if self != value => ((real * 1e3 - 1e-6).ceil() / 1e3).to_string(),
            _ => self.short(),
        }
    }
}

impl std::fmt::Display for Amount {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Amount::Whole(whole) => write!(f, "{whole}"),
            Amount::Real(real) => write!(f, "{real}"),
        }
    }
}

/// One of the files that a plan was made from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct InputHash {
    /// Its name, without the folders above.
    pub file: String,
    /// SHA-256 of its bytes, hexadecimal.
    pub sha256: String,
}

/// Rules and limits of a plan, as asked for.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PlanAsked {
    /// At most so many sites.
    pub sites: Option<usize>,
    /// Budget, million đồng.
    pub budget_million_vnd: Option<f64>,
    /// Forced in.
    pub include: Vec<String>,
    /// Forced out.
    pub exclude: Vec<String>,
    /// Fewest villages of a site.
    pub min_villages: u32,
    /// Least distance between sites, km.
    pub min_distance_km: f64,
    /// Time limit, s; null: none.
    pub time_s: Option<f64>,
    /// The gap to stop at.
    pub gap: f64,
    /// Limit on steps.
    pub iterations: Option<u64>,
    /// The seed.
    pub seed: u64,
    /// Who solved: `own`, `highs`.
    pub solver: &'static str,
    /// Limits, groups, backhaul and the like, in words.
    pub rules: Vec<String>,
    /// Factors that differ from 1.
    pub weights: BTreeMap<String, f64>,
    /// Dark villages first.
    pub dark_first: bool,
    /// Which carriers share a mast: `all`, `none`, or those that do.
    pub sharing: String,
    /// The least probability that counts; null: a village is served or not.
    pub partial_from: Option<f64>,
}

/// A plan ready to be written.
#[derive(Debug, Clone, Serialize)]
pub struct PlanView<'a> {
    /// What the numbers rest on.
    #[serde(rename = "phusong")]
    pub meta: &'a RunMeta,
    /// What the villages served are worth, in the unit of `ranked_by`.
    pub value: Amount,
    /// Proven: no plan under the same rules is worth more.
    pub upper_bound: Amount,
    /// `(upper_bound - value) / value`.
    pub gap: f64,
    /// `optimal`, `gap_reached`, `time_limit`, `search_ended`: of the value, or, where there is a target, of how little reaches it
    /// (`target.amount`); `upper_bound` and `gap` are of the value all the same.
    pub status: &'static str,
    /// Ids in the order in which each adds the most. A site that two build on stands there twice: `steps` says who.
    pub sites: Vec<&'a str>,
    /// Wall clock from positions to plan, s: the one field in which two runs differ. Stages: `--timings`.
    pub seconds: f64,
    /// The unit of `value`.
    pub unit: &'static str,
    /// Rules that `upper_bound` leaves out: it holds, and may be far above what they allow. Empty where the plan is
    /// proven, or the bound knows all rules.
    pub bound_ignores: Vec<&'static str>,
    /// Dark villages, where they come first.
    pub dark: Option<DarkView>,
    /// The target, where there is one.
    pub target: Option<TargetView>,
    /// The years, where there are any.
    pub years: Vec<YearView>,
    /// What counts as built.
    pub built: Option<BuiltView>,
    /// What greedy sites alone are worth.
    pub greedy_value: Amount,
    /// Steps of bound and search.
    pub iterations: u64,
    /// Parts that the proof looked at.
    pub parts: u64,
    /// What was asked for.
    pub asked: PlanAsked,
    /// The files it was made from.
    pub inputs: Vec<InputHash>,
    /// Villages that ask for signal.
    pub villages: usize,
    /// Villages that no candidate serves.
    pub unservable_villages: usize,
    /// Their ids, sorted.
    pub unservable_village_ids: Vec<&'a str>,
    /// The same with the nearest candidate.
    pub unservable: Vec<UnservableView<'a>>,
    /// Villages without a position: no site is credited with them.
    pub villages_without_position: usize,
    /// Uncovered villages with a position, to which no path is known as a whole: no site is credited with them either.
    pub villages_on_unknown_ground: usize,
    /// Candidates left out because they have no cost, where there is a budget.
    pub candidates_without_cost: usize,
    /// The cost of all sites, million đồng; null where one of them has none.
    pub cost_million_vnd: Option<f64>,
    /// Villages of which something is not known that a factor asks for: factor 1.
    pub villages_with_unknown_weight: usize,
    /// Candidates whose distance to the grid is not known, where it matters: they count as off the grid.
    pub candidates_with_unknown_grid: usize,
    /// The best candidates that are not in the plan, and why.
    pub left_out: Vec<LeftOutView>,
    /// What becomes of the plan under other assumptions.
    pub sensitivity: Vec<SensitivityView>,
    /// Each site with what it is there for.
    pub steps: Vec<PlanRow<'a>>,
}

/// One site.
#[derive(Debug, Clone, Serialize)]
pub struct PlanRow<'a> {
    /// Place in the plan, from 1.
    pub order: u32,
    /// The year it is built in, where there are years.
    pub year: Option<u16>,
    /// The candidate's id.
    pub site_id: &'a str,
    /// The carriers that it is built for; none without lists.
    pub carriers: Vec<String>,
    /// Where.
    #[serde(skip)]
    pub position: LatLon,
    /// What it adds to those before.
    pub marginal: Amount,
    /// Villages that it adds.
    pub marginal_villages: u32,
    /// What would be lost without it.
    pub unique: Amount,
    /// Villages that would be.
    pub unique_villages: u32,
    /// What it and those before serve.
    pub cumulative: Amount,
    /// Villages that they serve.
    pub cumulative_villages: u32,
    /// Cost, million đồng.
    pub cost_million_vnd: Option<f64>,
}

/// Writes everything as one JSON document.
///
/// # Errors
/// Those of the writer.
pub fn write_plan_json(view: &PlanView<'_>, out: &mut dyn Write) -> io::Result<()> {
    serde_json::to_writer_pretty(&mut *out, view)?;
    out.write_all(b"\n")
}

/// Writes the sites as a table.
///
/// # Errors
/// Those of the writer.
pub fn write_plan_csv(view: &PlanView<'_>, out: &mut dyn Write) -> io::Result<()> {
    let mut csv = CsvTable::new(out, Simulated(view.meta.simulated))?;
    csv.write_record([
        "order",
        "year",
        "site_id",
        "carriers",
        "lat",
        "lon",
        "marginal",
        "unique",
        "cumulative",
        "marginal_villages",
        "unique_villages",
        "cumulative_villages",
        "cost_million_vnd",
        "basis",
    ])?;
    let simulated = if view.meta.simulated { "; SIMULATED DATA" } else { "" };
    let basis = format!("{}{simulated}", view.meta.criterion);
    for row in &view.steps {
        csv.write_record([
            row.order.to_string(),
            optional(row.year),
            csv_text(row.site_id).into_owned(),
            csv_text(&row.carriers.join("; ")).into_owned(),
            row.position.lat_deg().to_string(),
            row.position.lon_deg().to_string(),
            row.marginal.to_string(),
            row.unique.to_string(),
            row.cumulative.to_string(),
            row.marginal_villages.to_string(),
            row.unique_villages.to_string(),
            row.cumulative_villages.to_string(),
            optional(row.cost_million_vnd),
            basis.clone(),
        ])?;
    }
    csv.flush()
}

/// Writes the sites as points.
///
/// # Errors
/// Those of the writer.
pub fn write_plan_geojson(view: &PlanView<'_>, out: &mut dyn Write) -> io::Result<()> {
    out.write_all(b"{\"type\":\"FeatureCollection\",\"phusong\":")?;
    serde_json::to_writer(&mut *out, view.meta)?;
    out.write_all(b",\"features\":[")?;
    for (i, row) in view.steps.iter().enumerate() {
        out.write_all(if i == 0 { b"\n" } else { b",\n" })?;
        write_feature(out, row.position, row, Simulated(view.meta.simulated))?;
    }
    out.write_all(b"\n]}\n")
}

/// A curve in one line, from 0 to its highest number, at most `width` letters wide.
pub fn sparkline(numbers: &[f64], width: usize) -> String {
    const BARS: [char; 8] = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];
    let highest = numbers.iter().copied().fold(0.0, f64::max);
    let letters = numbers.len().min(width);
    let bar = |i: usize| {
        // The last number of each letter's share: the line ends where the curve does.
        let number = numbers[(i + 1) * numbers.len() / letters - 1];
        let height = if highest > 0.0 { (number / highest * 8.0).ceil() as usize } else { 0 };
        BARS[height.clamp(1, 8) - 1]
    };
    (0..letters).map(bar).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_amounts_are_written_whole() {
        assert_eq!(serde_json::to_string(&Amount::from_micro(7_000_000)).unwrap(), "7");
        assert_eq!(serde_json::to_string(&Amount::from_micro(7_500_000)).unwrap(), "7.5");
        assert_eq!(Amount::from_micro(500_000).to_string(), "0.5");
        let third = Amount::of(1, 3);
        assert_eq!((third.to_string(), third.short()), ("0.333333".into(), "0.333".into()));
        assert_eq!(
            (third.short_bound(third), third.short_bound(Amount::Whole(0))),
            ("0.333".into(), "0.334".into())
        );
        assert_eq!(Amount::of(6, 3), Amount::Whole(2));
        assert_eq!(Amount::from_micro(1_500_000).short_bound(Amount::Whole(1)), "1.5");
    }

    #[test]
    fn a_sparkline_rises_to_its_highest() {
        assert_eq!(sparkline(&[1.0, 4.0, 8.0], 10), "▁▄█");
        assert_eq!(sparkline(&[1.0, 2.0, 3.0, 4.0], 2), "▄█");
        assert_eq!((sparkline(&[], 5), sparkline(&[0.0], 5)), (String::new(), "▁".to_owned()));
    }
}
