//! How a study wants its lists judged: levels, thresholds, per-carrier profiles, waivers.

use std::collections::BTreeMap;

use crate::domain::Carrier;
use crate::finding::{Level, Rule};
use crate::normalize::value::Date;

/// What the rules that compare go by.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Thresholds {
    /// `station_within_reach`: a station this near is worth a question, m. Default 1,000.
    pub station_within_reach_m: f64,
    /// `severity_inconsistent`: a station this near to the centre contradicts "no signal at the centre", m.
    /// Default 150.
    pub station_at_centre_m: f64,
    /// `plan_missing_or_overdue`: a registered station this near serves the village, m. Default 3,000.
    pub plan_radius_m: f64,
    /// `coord_repeated`: so many different villages on one point are too many. Default 2.
    pub villages_on_a_point: usize,
}

impl Default for Thresholds {
    fn default() -> Thresholds {
        Thresholds {
            station_within_reach_m: 1_000.0,
            station_at_centre_m: 150.0,
            plan_radius_m: 3_000.0,
            villages_on_a_point: 2,
        }
    }
}

/// Thresholds of which some are set.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct ThresholdChanges {
    /// See [`Thresholds::station_within_reach_m`].
    pub station_within_reach_m: Option<f64>,
    /// See [`Thresholds::station_at_centre_m`].
    pub station_at_centre_m: Option<f64>,
    /// See [`Thresholds::plan_radius_m`].
    pub plan_radius_m: Option<f64>,
    /// See [`Thresholds::villages_on_a_point`].
    pub villages_on_a_point: Option<usize>,
}

impl Thresholds {
    /// These thresholds, with what is set in `changes` changed.
    #[must_use]
    pub fn with(self, changes: &ThresholdChanges) -> Thresholds {
        Thresholds {
            station_within_reach_m: changes.station_within_reach_m.unwrap_or(self.station_within_reach_m),
            station_at_centre_m: changes.station_at_centre_m.unwrap_or(self.station_at_centre_m),
            plan_radius_m: changes.plan_radius_m.unwrap_or(self.plan_radius_m),
            villages_on_a_point: changes.villages_on_a_point.unwrap_or(self.villages_on_a_point),
        }
    }
}

/// What differs for one carrier.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Profile {
    /// Levels, `None` for off.
    pub levels: BTreeMap<Rule, Option<Level>>,
    /// Thresholds.
    pub thresholds: ThresholdChanges,
}

/// One finding that somebody has accepted for a time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waiver {
    /// Which finding.
    pub fingerprint: String,
    /// Why.
    pub reason: String,
    /// Who.
    pub who: String,
    /// The last day on which it holds.
    pub until: Date,
}

/// The configuration of a run.
#[derive(Debug, Clone, PartialEq)]
pub struct Config {
    /// The day of the run: waivers expire and plans become overdue by it.
    pub today: Date,
    /// Levels, `None` for off. A rule that is not here has its own.
    pub levels: BTreeMap<Rule, Option<Level>>,
    /// Thresholds.
    pub thresholds: Thresholds,
    /// Carriers that differ.
    pub carriers: BTreeMap<Carrier, Profile>,
    /// Findings that count no more.
    pub waivers: Vec<Waiver>,
}

impl Config {
    /// Every rule at its own level, no waivers.
    pub fn new(today: Date) -> Config {
        Config {
            today,
            levels: BTreeMap::new(),
            thresholds: Thresholds::default(),
            carriers: BTreeMap::new(),
            waivers: Vec::new(),
        }
    }

    /// The level of a rule for a carrier's finding; `None` where it is off.
    pub fn level(&self, rule: Rule, carrier: Option<&Carrier>) -> Option<Level> {
        if is_fixed(rule) {
            return Some(rule.level());
        }
        let own = carrier.and_then(|c| self.carriers.get(c)?.levels.get(&rule));
        own.or_else(|| self.levels.get(&rule)).copied().unwrap_or(Some(rule.level()))
    }

    /// The thresholds for a carrier.
    pub fn thresholds(&self, carrier: &Carrier) -> Thresholds {
        match self.carriers.get(carrier) {
            Some(profile) => self.thresholds.with(&profile.thresholds),
            None => self.thresholds,
        }
    }
}

/// Errors of structure and security: no study can switch them off, lower or waive them.
pub fn is_fixed(rule: Rule) -> bool {
    matches!(
        rule,
        Rule::UnreadableFile | Rule::InputLimitExceeded | Rule::HeaderNotFound | Rule::RequiredColumnMissing
    )
}
