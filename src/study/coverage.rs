//! Coverage composed: positions, a rule and the ground → who serves whom, and what existing stations serve already.

use std::collections::{BTreeMap, BTreeSet};

use super::clusters::StudyClusters;
use super::coverage_config::CoverageRule;
use super::ground::StudyGround;
use super::masts::{has_technology, planned_mast};
use super::stages::Stages;
use crate::coverage::CoverageMatrix;
use crate::coverage::predicted::{
    Mast, PairCounts, PairState, Places, PredictError, PredictOptions, Predicted, ServerLevel,
    VillageServers, predict, village_servers,
};
use crate::coverage::radius::{self, Indexed, PlaceCover, PlaceCoverError, cover_places};
use crate::domain::{Candidate, Carrier, Gap, PlannedStation, ReportState, Station};
use crate::geodesy::{LatLon, Radius, RadiusError};
use crate::index::IndexError;
use crate::propagation::link_budget::Technology;
use crate::reconcile::{InReach, Programme, Reconciliation, programme_reaching};
use crate::siting::Demand;

/// Why nobody can be said to serve anybody.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum CoverError {
    /// Too many villages or candidates.
    #[error(transparent)]
    Index(#[from] IndexError),
    /// A radius that is none.
    #[error(transparent)]
    Radius(#[from] RadiusError),
    /// Too many places or villages.
    #[error(transparent)]
    Places(#[from] PlaceCoverError),
    /// Options that the model does not take.
    #[error(transparent)]
    Predict(#[from] PredictError),
}

/// When a village counts as covered, with the ground that a prediction looks at.
#[derive(Debug, Clone, Copy)]
pub struct Reach<'a> {
    /// The rule.
    pub rule: &'a CoverageRule,
    /// The ground.
    pub ground: &'a StudyGround,
    /// The clusters of villages.
    pub clusters: &'a StudyClusters,
    /// Share of a village's households at places with signal from which it counts as served.
    pub served_share: f64,
}

impl Reach<'_> {
    /// The places of villages: centres, and clusters where there are any.
    pub fn places(&self, demand: &[Demand]) -> Places {
        self.clusters.places(demand.iter().map(|village| (village.id.as_str(), village.position)))
    }

    /// Who serves whom within a radius, by places.
    ///
    /// # Errors
    /// [`CoverError`] where there is too much of anything or the radius is none.
    pub fn within(
        &self,
        demand: &[Demand],
        positions: &[Option<LatLon>],
        radius_km: f64,
    ) -> Result<PlaceCover, CoverError> {
        let radius = Radius::from_m(radius_km * 1000.0)?;
        Ok(cover_places(&self.places(demand), positions, radius, self.served_share)?)
    }

    /// Which of these masts reaches which village of the demand, and what is known of the paths: nothing by radius.
    ///
    /// # Errors
    /// [`CoverError`] where there is too much of anything or the rule is none.
    pub fn cover(&self, demand: &[Demand], masts: &[Mast<'_>]) -> Result<Reached, CoverError> {
        let villages: Vec<Option<LatLon>> = demand.iter().map(|village| village.position).collect();
        match self.rule {
            CoverageRule::Radius { radius_km } if !self.clusters.is_empty() => {
                let positions: Vec<Option<LatLon>> = masts.iter().map(|mast| mast.position).collect();
                let matrix = self.within(demand, &positions, *radius_km)?.matrix;
                Ok(Reached { matrix, counts: PairCounts::default(), unknown: Vec::new() })
            }
            CoverageRule::Radius { radius_km } => {
                let positions: Vec<Option<LatLon>> = masts.iter().map(|mast| mast.position).collect();
                let matrix = radius::cover(&villages, &positions, Radius::from_m(radius_km * 1000.0)?)?;
                Ok(Reached { matrix, counts: PairCounts::default(), unknown: Vec::new() })
            }
            CoverageRule::Predicted(options) => {
                let predicted = predict(masts, &self.places(demand), self.ground, options)?;
                let unknown = predicted.pairs().filter(|(_, pair)| pair.state == PairState::Unknown);
                let unknown = unknown.map(|(mast, pair)| (mast, pair.village)).collect();
                let counts = predicted.counts();
                Ok(Reached { matrix: predicted.matrix, counts, unknown })
            }
        }
    }
}

/// Who reaches whom.
#[derive(Debug, Clone)]
pub struct Reached {
    /// Masts × villages.
    pub matrix: CoverageMatrix,
    /// Every path that was looked at; none by radius.
    pub counts: PairCounts,
    /// Mast and village between which it is not known, by mast, then village. A village or mast without a position is in none.
    pub unknown: Vec<(usize, u32)>,
}

/// Who serves whom, and by which level where it was predicted.
#[derive(Debug, Clone)]
pub struct Covered {
    /// Candidates × uncovered villages.
    pub matrix: CoverageMatrix,
    /// The levels; `None` by radius.
    pub levels: Option<Levels>,
    /// By radius, where villages have clusters: for each the candidate with the greatest share of its households within the
    /// radius, and that share.
    pub shares: Option<Vec<Option<(u32, f64)>>>,
}

/// Predicted levels of candidates in uncovered villages.
#[derive(Debug, Clone)]
pub struct Levels {
    /// What it goes by.
    pub options: PredictOptions,
    /// Every pair.
    pub predicted: Predicted,
    /// What reaches each village, in the order of the demand.
    pub villages: Vec<VillageServers>,
}

/// Decides who serves whom, in stages `index` and `by_radius` (`count` for a ranking, `cover` for a plan), or `cover` alone
/// where it is predicted.
///
/// # Errors
/// [`CoverError`] where there is too much of anything or the rule is none.
pub fn cover_candidates(
    candidates: &[Candidate],
    demand: &[Demand],
    reach: Reach<'_>,
    by_radius: &'static str,
    stages: &mut Stages<'_>,
) -> Result<Covered, CoverError> {
    let Reach { rule, ground, clusters, .. } = reach;
    let villages: Vec<Option<LatLon>> = demand.iter().map(|village| village.position).collect();
    match rule {
        CoverageRule::Radius { radius_km } => {
            let radius = Radius::from_m(radius_km * 1000.0)?;
            let positions: Vec<Option<LatLon>> = candidates.iter().map(|site| Some(site.position)).collect();
            if !clusters.is_empty() {
                let found = stages.run(by_radius, || reach.within(demand, &positions, *radius_km))?;
                return Ok(Covered { matrix: found.matrix, levels: None, shares: Some(found.best) });
            }
            let indexed = stages.run("index", || Indexed::new(&villages, &positions))?;
            Ok(Covered {
                matrix: stages.run(by_radius, || indexed.cover(radius)),
                levels: None,
                shares: None,
            })
        }
        CoverageRule::Predicted(options) => stages.run("cover", || {
            let masts: Vec<Mast<'_>> = candidates.iter().map(Mast::from).collect();
            let places = reach.places(demand);
            let predicted = predict(&masts, &places, ground, options)?;
            let ids: Vec<&str> = candidates.iter().map(|site| site.id.as_str()).collect();
            let villages = village_servers(&predicted, &places, &ids, |_| true);
            let matrix = predicted.matrix.clone();
            let levels = Levels { options: *options, predicted, villages };
            Ok(Covered { matrix, levels: Some(levels), shares: None })
        }),
    }
}

/// What carriers' own stations are predicted to give the villages that they report.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ExistingService {
    /// By village number in [`Reconciliation::villages`] and carrier: the best of the carrier's stations there.
    best: BTreeMap<(usize, Carrier), ServerLevel>,
    /// Gaps over which ground is not known, so that nothing can be said.
    unknown: BTreeMap<(usize, Carrier), u32>,
    /// Stations whose technology is not stated and which were taken to have the one asked for.
    pub assumed_technology: usize,
    /// Every path that was looked at.
    pub counts: PairCounts,
}

impl ExistingService {
    /// The highest level of a carrier's own stations in a village; `None` where none is near or known.
    pub fn best(&self, village: usize, carrier: &Carrier) -> Option<&ServerLevel> {
        self.best.get(&(village, carrier.clone()))
    }

    /// Whether a carrier's own station is predicted to serve a village; `None` where the ground is not known.
    pub fn serves(&self, village: usize, carrier: &Carrier) -> Option<bool> {
        match self.best(village, carrier) {
            Some(best) if best.served => Some(true),
            _ if self.unknown.contains_key(&(village, carrier.clone())) => None,
            _ => Some(false),
        }
    }
}

/// Predicts every station in the villages that its own carrier reports: a station serves nobody else's customers.
///
/// # Errors
/// [`PredictError`] where there is too much of anything.
pub fn existing_service(
    result: &Reconciliation,
    stations: &[Station],
    options: &PredictOptions,
    (ground, clusters): (&StudyGround, &StudyClusters),
) -> Result<ExistingService, PredictError> {
    let mut service = ExistingService::default();
    for carrier in &result.carriers {
        let (numbers, assumed) = own_stations(stations, carrier, options.budget.options().technology);
        service.assumed_technology += assumed;
        let reported = |gaps: &[Gap]| {
            gaps.iter().any(|gap| gap.carrier == *carrier && gap.state == ReportState::Reported)
        };
        let places = places_of_reported(result, clusters, reported);
        let (servers, counts) = servers_of(stations, &numbers, &places, options, ground)?;
        service.counts += counts;
        for (village, servers) in servers.iter().enumerate() {
            let key = (village, carrier.clone());
            if let Some(best) = servers.best {
                service.best.insert(key.clone(), ServerLevel { site: numbers[best.site], ..best });
            }
            if servers.unknown_paths > 0 {
                service.unknown.insert(key, servers.unknown_paths);
            }
        }
    }
    Ok(service)
}

/// The places of the villages whose gaps are such, none of the others.
fn places_of_reported(
    result: &Reconciliation,
    clusters: &StudyClusters,
    reported: impl Fn(&[Gap]) -> bool,
) -> Places {
    // A village that is left out has neither a centre nor an id that has clusters.
    clusters.places(result.by_village().map(|(village, gaps)| match reported(gaps) {
        true => (village.id.as_str(), village.position),
        false => ("", None),
    }))
}

/// The numbers of a carrier's stations that have the technology, and how many of them do not state theirs.
pub(super) fn own_stations(
    stations: &[Station],
    carrier: &Carrier,
    technology: Technology,
) -> (Vec<usize>, usize) {
    let mut assumed = 0;
    let mut numbers = Vec::new();
    for (number, station) in stations.iter().enumerate().filter(|(_, s)| s.carrier == *carrier) {
        match station.technology.as_deref().map(|text| has_technology(text, technology)) {
            Some(false) => continue,
            Some(true) => {}
            None => assumed += 1,
        }
        numbers.push(number);
    }
    (numbers, assumed)
}

/// What reaches each of the places from these stations, and what is known of the paths.
pub(super) fn servers_of(
    stations: &[Station],
    numbers: &[usize],
    places: &Places,
    options: &PredictOptions,
    ground: &StudyGround,
) -> Result<(Vec<VillageServers>, PairCounts), PredictError> {
    let masts: Vec<Mast<'_>> = numbers.iter().map(|&n| Mast::from(&stations[n])).collect();
    let predicted = predict(&masts, places, ground, options)?;
    let ids: Vec<&str> = numbers.iter().map(|&n| stations[n].id.as_str()).collect();
    Ok((village_servers(&predicted, places, &ids, |_| true), predicted.counts()))
}

/// The registered programme over the gaps by prediction: antennas as registered, at the usual height where none is stated.
/// A village that none is known to serve, while the ground under some path is not known, is one of which nothing can be
/// said. Beside it every path that was looked at.
///
/// # Errors
/// [`PredictError`] where there is too much of anything.
pub fn predicted_programme(
    result: &Reconciliation,
    stations: &[PlannedStation],
    options: &PredictOptions,
    (ground, clusters): (&StudyGround, &StudyClusters),
) -> Result<(Programme, PairCounts), PredictError> {
    let reported = |gaps: &[Gap]| gaps.iter().any(|gap| gap.state == ReportState::Reported);
    let places = places_of_reported(result, clusters, reported);
    let technology = Some(options.budget.options().technology);
    let masts: Vec<Mast<'_>> = stations.iter().map(|s| planned_mast(s, technology)).collect();
    let predicted = predict(&masts, &places, ground, options)?;
    let mut near: Vec<Vec<InReach>> = vec![Vec::new(); places.villages()];
    let mut unknown = vec![false; places.villages()];
    let mut hidden: BTreeSet<(usize, usize)> = BTreeSet::new();
    for (station, pair) in predicted.pairs() {
        let village = pair.village as usize;
        match pair.state {
            PairState::Served => near[village].push(InReach { station, distance_m: Some(pair.distance_m) }),
            PairState::Unknown => {
                unknown[village] = true;
                hidden.insert((village, station));
            }
            PairState::NotServed => {}
        }
    }
    let mut programme = programme_reaching(result, stations, |village| {
        let cannot_tell = places.of(village).is_empty() || near[village].is_empty() && unknown[village];
        (!cannot_tell).then(|| near[village].clone())
    });
    for of_village in &programme.villages {
        for &(_, station) in hidden.range((of_village.village, 0)..=(of_village.village, usize::MAX)) {
            let own = of_village.reported_by.contains(&stations[station].carrier);
            programme.stations[station].ground_unknown |= own;
        }
    }
    Ok((programme, predicted.counts()))
}
