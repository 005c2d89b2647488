//! Parts of `plan.json`: targets, years, what is built, who was left out, what cannot be served, sensitivity.

use serde::Serialize;

use super::plan::Amount;

/// A target and the least that reaches it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct TargetView {
    /// What was to be reached.
    pub target: Amount,
    /// `sites` or `cost_million_vnd`.
    pub least: &'static str,
    /// What the plan needs.
    pub amount: f64,
    /// Proven: no plan reaches the target with less.
    pub at_least: f64,
    /// `optimal` where both are the same.
    pub status: &'static str,
}

/// One year of a programme.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct YearView {
    /// The year.
    pub year: u16,
    /// Sites new in it.
    pub new_sites: usize,
    /// Sites so far.
    pub sites: usize,
    /// What all sites so far serve.
    pub value: Amount,
    /// Proven: no plan of those in `bound_over` is worth more.
    pub upper_bound: Amount,
    /// What the bound is over: `parts_of_next_year`, the plans that are part of the next year's (another programme may serve more
    /// this year); in the last year `all_plans`.
    pub bound_over: &'static str,
    /// How that ended, among the same plans.
    pub status: &'static str,
    /// The cost of what is new, million đồng; null where a site has none.
    pub cost_million_vnd: Option<f64>,
}

/// What counts as built.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct BuiltView {
    /// Which stations, as `--built` has it.
    pub counted: Vec<&'static str>,
    /// Registered for this year or earlier.
    pub until: Option<u16>,
    /// Stations with a position that count.
    pub stations: usize,
    /// Stations that would count and have no position.
    pub stations_without_position: usize,
    /// Gaps of their own carriers that they close.
    pub gaps_closed: usize,
    /// Gaps that stay in the demand although one of them may close them: the ground is not known. 0 by radius.
    pub gaps_unknown: usize,
    /// Villages that therefore ask for nothing more.
    pub villages_closed: usize,
}

/// A candidate that is not in the plan.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct LeftOutView {
    /// The candidate; `SITE@CARRIER` where carriers build each their own.
    pub site_id: String,
    /// What it serves alone.
    pub alone: Amount,
    /// What it would add.
    pub adds: Amount,
    /// `excluded`, `too_few_villages`, `dominated`, `served_by_plan`, `too_near_or_same_group`, `limit`, `no_backhaul`,
    /// `budget`, `sites_taken`, `sites_needed`, `fits`.
    pub reason: &'static str,
    /// The sites that the reason speaks of.
    pub sites: Vec<String>,
    /// The limit that it speaks of.
    pub limit: Option<String>,
    /// With `sites_taken`: what would be lost without that site.
    pub lost: Option<Amount>,
}

/// A village that no candidate serves.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct UnservableView<'a> {
    /// The village.
    pub village_id: &'a str,
    /// The nearest candidate.
    pub nearest_site_id: Option<&'a str>,
    /// How far it is, km.
    pub distance_km: Option<f64>,
}

/// One line of the sensitivity table.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SensitivityView {
    /// `radius_km`, `sites`, `budget`.
    pub changed: &'static str,
    /// By which factor.
    pub factor: f64,
    /// What it then is.
    pub setting: f64,
    /// What the best plan found is worth.
    pub value: Amount,
    /// Proven bound on any.
    pub upper_bound: Amount,
    /// How it ended.
    pub status: &'static str,
    /// What this plan's sites would be worth under another radius.
    pub same_sites: Option<Amount>,
}

/// Dark villages first: what the plan serves of them.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct DarkView {
    /// Dark villages served.
    pub value: Amount,
    /// Proven: no plan serves more.
    pub upper_bound: Amount,
}
