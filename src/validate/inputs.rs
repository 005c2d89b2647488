//! What is validated, and what the rules see of it.

use std::collections::{BTreeMap, BTreeSet};

use super::config::{Config, Thresholds};
use super::model::StudySummary;
use crate::coverage::predicted::PairCounts;
use crate::domain::{Area, Carrier, PlannedStation, Source, Station};
use crate::finding::{Finding, LoggedFindings};
use crate::geodesy::LatLon;
use crate::index::{Neighbour, PointIndex};
use crate::normalize::value::Date;
use crate::reconcile::{JudgedArea, PackedMatches, Registers, place_key};

/// Everything that a run looks at.
#[derive(Debug, Clone, Copy)]
pub struct Inputs<'a> {
    /// The study, where there is one.
    pub study: Option<&'a StudySummary>,
    /// The day that the lists speak of, where it is stated.
    pub date: Option<Date>,
    /// The carriers' lists, matched.
    pub matches: &'a PackedMatches,
    /// What they were matched against.
    pub registers: Registers<'a>,
    /// Findings of reading, normalising and matching.
    pub findings: &'a [LoggedFindings],
    /// Findings in the registers.
    pub register_findings: &'a [Finding],
    /// Whether there is a register of villages.
    pub has_villages: bool,
    /// Whether it is known where communes are: by outlines, or by the positions of their villages.
    pub has_places: bool,
    /// Existing stations, where there is a list of them.
    pub stations: Option<&'a [Station]>,
    /// The registered programme, where there is one.
    pub programme: Option<&'a [PlannedStation]>,
    /// What stations are predicted to serve; `None` where coverage is decided by radius.
    pub reach: Option<&'a PredictedReach>,
}

/// Which areas a station of their own carrier is predicted to serve.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct PredictedReach {
    /// When something counts as served, in words.
    pub criterion: String,
    /// By the area's row and carrier: the best station that serves it, `None` where none does. An area that is not here
    /// is unknown.
    pub areas: BTreeMap<(Source, Carrier), Option<ReachingStation>>,
    /// By the village's number and carrier, for villages that the carrier calls white: the best of its stations that
    /// serves the village's centre, `None` where none does. A village that is not here is unknown.
    pub centres: BTreeMap<(usize, Carrier), Option<ReachingStation>>,
    /// By the area's row and carrier: the carrier's registered stations, by number, that serve it. An area that is not here is
    /// unknown: none is known to serve it, and the ground to one is not known.
    pub plans: BTreeMap<(Source, Carrier), Vec<usize>>,
    /// Every path that was looked at.
    pub counts: PairCounts,
}

/// A station that is predicted to serve an area.
#[derive(Debug, Clone, PartialEq)]
pub struct ReachingStation {
    /// The station's id.
    pub station: String,
    /// Length of the path, m.
    pub distance_m: f64,
    /// Mean level, dBm.
    pub level_dbm: f64,
    /// When it counts as served, in words, where that is another criterion than [`PredictedReach::criterion`]: that of another
    /// generation.
    pub criterion: Option<String>,
}

impl PredictedReach {
    /// What is known of an area: `None` where nothing is.
    pub(super) fn of_area(&self, area: &Area) -> Option<Option<&ReachingStation>> {
        self.areas.get(&(area.source.clone(), area.carrier.clone())).map(Option::as_ref)
    }

    /// What is known of a village's centre: `None` where nothing is.
    pub(super) fn of_centre(&self, village: usize, carrier: &Carrier) -> Option<Option<&ReachingStation>> {
        self.centres.get(&(village, carrier.clone())).map(Option::as_ref)
    }

    /// The registered stations, by number, that serve an area: `None` where nothing is known.
    pub(super) fn plans_of(&self, area: &Area) -> Option<&[usize]> {
        self.plans.get(&(area.source.clone(), area.carrier.clone())).map(Vec::as_slice)
    }
}

/// A carrier's points, indexed: which item each is, and where.
pub(super) struct Points<'a, T> {
    items: Vec<&'a T>,
    index: Option<PointIndex>,
}

impl<'a, T> Points<'a, T> {
    fn new(items: Vec<(&'a T, LatLon)>) -> Points<'a, T> {
        let positions: Vec<LatLon> = items.iter().map(|(_, p)| *p).collect();
        Points {
            items: items.into_iter().map(|(item, _)| item).collect(),
            index: PointIndex::new(&positions).ok(),
        }
    }

    /// The nearest item within `limit_m`, and how far it is.
    pub fn nearest(&self, position: LatLon, limit_m: f64) -> Option<(&'a T, f64)> {
        let Neighbour { number, distance_m } =
            self.index.as_ref()?.nearest(position, 1).into_iter().next()?;
        let item = self.items.get(number as usize)?;
        (distance_m <= limit_m).then_some((*item, distance_m))
    }

    /// All items within `radius_m`, in the order of their file.
    pub fn within(&self, position: LatLon, radius_m: f64) -> Vec<&'a T> {
        let (Some(index), Ok(radius)) = (&self.index, crate::geodesy::Radius::from_m(radius_m)) else {
            return Vec::new();
        };
        let mut found = index.collect_within(position, radius);
        found.sort_unstable();
        found.into_iter().filter_map(|i| self.items.get(i as usize).copied()).collect()
    }
}

/// What a rule sees: the inputs, and what several rules need worked out.
pub(super) struct View<'a> {
    pub inputs: &'a Inputs<'a>,
    pub config: &'a Config,
    stations: BTreeMap<&'a Carrier, Points<'a, Station>>,
    programme: BTreeMap<&'a Carrier, Points<'a, PlannedStation>>,
    /// Registered stations without a position, by carrier, commune and village as [`place_key`] has them.
    named: BTreeMap<(Carrier, String, String), Vec<&'a PlannedStation>>,
    /// The carriers that report anything in a commune of today, by its code.
    reporting: BTreeMap<String, BTreeSet<Carrier>>,
}

impl<'a> View<'a> {
    pub fn new(inputs: &'a Inputs<'a>, config: &'a Config) -> View<'a> {
        let mut stations: BTreeMap<&Carrier, Vec<(&Station, LatLon)>> = BTreeMap::new();
        for station in inputs.stations.unwrap_or_default() {
            stations.entry(&station.carrier).or_default().push((station, station.position));
        }
        let mut programme: BTreeMap<&Carrier, Vec<(&PlannedStation, LatLon)>> = BTreeMap::new();
        let mut named: BTreeMap<(Carrier, String, String), Vec<&PlannedStation>> = BTreeMap::new();
        for plan in inputs.programme.unwrap_or_default() {
            let of_carrier = programme.entry(&plan.carrier).or_default();
            of_carrier.extend(plan.position.map(|position| (plan, position)));
            if let (None, Some(commune), Some(village)) = (plan.position, &plan.commune, &plan.village) {
                let (commune, village) = place_key(commune, village);
                named.entry((plan.carrier.clone(), commune, village)).or_default().push(plan);
            }
        }
        let mut reporting: BTreeMap<String, BTreeSet<Carrier>> = BTreeMap::new();
        // Of use only where carriers can disagree.
        let several = inputs.matches.carriers.len() > 1;
        for area in inputs.matches.areas().take_while(|_| several) {
            let Some(code) = area.commune_code else { continue };
            let of_commune = match reporting.get_mut(&code.0) {
                Some(known) => known,
                None => reporting.entry(code.0).or_default(),
            };
            if !of_commune.contains(&area.area.carrier) {
                of_commune.insert(area.area.carrier);
            }
        }
        View {
            inputs,
            config,
            stations: stations.into_iter().map(|(c, points)| (c, Points::new(points))).collect(),
            programme: programme.into_iter().map(|(c, points)| (c, Points::new(points))).collect(),
            named,
            reporting,
        }
    }

    /// The carrier's registered stations that have no position and name the village of this area: as the area names it,
    /// or as the register does, in its commune of today or of before.
    pub fn named_programme(&self, area: &JudgedArea) -> Vec<&'a PlannedStation> {
        if self.named.is_empty() {
            return Vec::new();
        }
        let own = area.area.villages.iter().zip(std::iter::repeat(area.area.commune.as_deref()));
        let own = own.filter_map(|(name, commune)| Some((commune?, name.clean.as_str())));
        let registered =
            area.demand.iter().filter_map(|v| self.inputs.registers.villages.get(*v)).flat_map(|v| {
                let communes = [v.commune.as_deref(), v.old_commune.as_deref()].into_iter().flatten();
                communes.map(|commune| (commune, v.name.as_str()))
            });
        let mut found: Vec<&PlannedStation> = own
            .chain(registered)
            .map(|(commune, village)| place_key(commune, village))
            .filter_map(|(commune, village)| self.named.get(&(area.area.carrier.clone(), commune, village)))
            .flatten()
            .copied()
            .collect();
        found.sort_by(|a, b| a.id.cmp(&b.id));
        found.dedup_by(|a, b| a.id == b.id);
        found
    }

    /// The areas that count: no repetitions of an earlier one.
    pub fn areas(&self) -> impl Iterator<Item = JudgedArea> + use<'a> {
        self.inputs.matches.areas().filter(|area| !area.is_duplicate)
    }

    /// The stations of a carrier.
    pub fn stations(&self, carrier: &Carrier) -> Option<&Points<'a, Station>> {
        self.stations.get(carrier)
    }

    /// The registered stations of a carrier; `None` where it has registered none at all.
    pub fn programme(&self, carrier: &Carrier) -> Option<&Points<'a, PlannedStation>> {
        self.programme.get(carrier)
    }

    /// The carriers that report anything in a commune.
    pub fn reporting_in(&self, commune_code: &str) -> impl Iterator<Item = &Carrier> {
        self.reporting.get(commune_code).into_iter().flatten()
    }

    /// The thresholds for a carrier.
    pub fn thresholds(&self, carrier: &Carrier) -> Thresholds {
        self.config.thresholds(carrier)
    }

    /// The day by which years have passed: that of the lists, else today.
    pub fn date(&self) -> Date {
        self.inputs.date.unwrap_or(self.config.today)
    }
}

/// A finding at an area, by its carrier.
pub(super) fn at(rule: crate::finding::Rule, area: &JudgedArea) -> Finding {
    let mut finding = Finding::new(rule, area.area.source.clone());
    finding.carrier = Some(area.area.carrier.clone());
    finding
}

/// What an area is called: its villages' names as written.
pub(super) fn names(area: &JudgedArea) -> String {
    area.area.villages.iter().map(|n| n.clean.as_str()).collect::<Vec<_>>().join(", ")
}

/// A distance as a person reads it.
pub(super) fn metres(distance_m: f64) -> String {
    format!("{distance_m:.0} m")
}
