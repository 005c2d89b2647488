//! Coverage composed: positions, a rule and the ground → who serves whom, and what existing stations serve already.

use std::collections::BTreeMap;

use super::coverage_config::CoverageRule;
use super::ground::StudyGround;
use super::stages::Stages;
use crate::coverage::predicted::{
    Mast, Places, PredictError, PredictOptions, Predicted, ServerLevel, VillageServers, predict,
    village_servers,
};
use crate::coverage::{CoverageMatrix, radius::Indexed};
use crate::domain::{Candidate, Carrier, ReportState, Station};
use crate::geodesy::{LatLon, Radius, RadiusError};
use crate::index::IndexError;
use crate::propagation::link_budget::Technology;
use crate::reconcile::Reconciliation;
use crate::siting::Demand;
use crate::text::unaccent;

/// Why nobody can be said to serve anybody.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum CoverError {
    /// Too many villages or candidates.
    #[error(transparent)]
    Index(#[from] IndexError),
    /// A radius that is none.
    #[error(transparent)]
    Radius(#[from] RadiusError),
    /// Options that the model does not take.
    #[error(transparent)]
    Predict(#[from] PredictError),
}

/// Who serves whom, and by which level where it was predicted.
#[derive(Debug, Clone)]
pub struct Covered {
    /// Candidates × uncovered villages.
    pub matrix: CoverageMatrix,
    /// The levels; `None` by radius.
    pub levels: Option<Levels>,
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

/// Decides who serves whom, in stages `index` and `count` (by radius) or `cover` (predicted).
///
/// # Errors
/// [`CoverError`] where there is too much of anything or the rule is none.
pub fn cover_candidates(
    candidates: &[Candidate],
    demand: &[Demand],
    rule: &CoverageRule,
    ground: &StudyGround,
    stages: &mut Stages<'_>,
) -> Result<Covered, CoverError> {
    let villages: Vec<Option<LatLon>> = demand.iter().map(|village| village.position).collect();
    match rule {
        CoverageRule::Radius { radius_km } => {
            let radius = Radius::from_m(radius_km * 1000.0)?;
            let positions: Vec<Option<LatLon>> = candidates.iter().map(|site| Some(site.position)).collect();
            let indexed = stages.run("index", || Indexed::new(&villages, &positions))?;
            Ok(Covered { matrix: stages.run("cover", || indexed.cover(radius)), levels: None })
        }
        CoverageRule::Predicted(options) => stages.run("cover", || {
            let masts: Vec<Mast> = candidates
                .iter()
                .map(|site| Mast { position: Some(site.position), height_agl_m: site.height_agl_m })
                .collect();
            let places = Places::centres(&villages);
            let predicted = predict(&masts, &places, ground, options)?;
            let ids: Vec<&str> = candidates.iter().map(|site| site.id.as_str()).collect();
            let villages = village_servers(&predicted, &places, &ids, |_| true);
            let matrix = predicted.matrix.clone();
            Ok(Covered { matrix, levels: Some(Levels { options: *options, predicted, villages }) })
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
    ground: &StudyGround,
) -> Result<ExistingService, PredictError> {
    let technology = options.budget.options().technology;
    let mut service = ExistingService::default();
    for carrier in &result.carriers {
        let own = stations.iter().enumerate().filter(|(_, station)| station.carrier == *carrier);
        let mut numbers = Vec::new();
        for (number, station) in own {
            match station.technology.as_deref().map(|text| has_technology(text, technology)) {
                Some(false) => continue,
                Some(true) => {}
                None => service.assumed_technology += 1,
            }
            numbers.push(number);
        }
        let reported = |gaps: &[crate::domain::Gap]| {
            gaps.iter().any(|gap| gap.carrier == *carrier && gap.state == ReportState::Reported)
        };
        let places = Places::centres(
            &result
                .by_village()
                .map(|(village, gaps)| village.position.filter(|_| reported(gaps)))
                .collect::<Vec<_>>(),
        );
        let masts: Vec<Mast> = numbers
            .iter()
            .map(|&n| Mast { position: Some(stations[n].position), height_agl_m: stations[n].height_agl_m })
            .collect();
        let predicted = predict(&masts, &places, ground, options)?;
        let ids: Vec<&str> = numbers.iter().map(|&n| stations[n].id.as_str()).collect();
        for (village, servers) in village_servers(&predicted, &places, &ids, |_| true).iter().enumerate() {
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

/// Whether a station's technologies, as written (`2G+4G`), name the one asked for.
fn has_technology(text: &str, technology: Technology) -> bool {
    let key = unaccent(text).to_lowercase();
    let names: &[&str] = match technology {
        Technology::Gsm => &["2g", "gsm"],
        Technology::Lte => &["4g", "lte"],
        Technology::Nr => &["5g", "nr"],
    };
    key.split(|c: char| !c.is_alphanumeric()).any(|word| names.iter().any(|name| word.starts_with(name)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_station_has_the_technologies_that_are_written() {
        for text in ["4G", "2G+4G", "3G/4G", "LTE", "2g, lte900"] {
            assert!(has_technology(text, Technology::Lte), "{text}");
        }
        for text in ["2G", "3G+5G", "", "14G"] {
            assert!(!has_technology(text, Technology::Lte), "{text}");
        }
        assert!(has_technology("GSM900", Technology::Gsm) && has_technology("5G NR", Technology::Nr));
    }
}
