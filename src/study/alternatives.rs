//! The best plan of as many sites as are registered, and the fewest sites that solve as much: what a programme is held against.
//!
//! Both keep the constraints that the programme is judged by; the registered places are among the candidates.

use std::collections::BTreeMap;

use super::plan_builds::{Builds, label};
use crate::coverage::CoverageMatrix;
use crate::domain::{Candidate, Carrier, PlannedStation};
use crate::geodesy::distance_m;
use crate::siting::Site;
use crate::siting::plan::{Least, Plan, PlanError, PlanOptions, PlanStatus, Rules, least_for, plan_under};

/// A best plan beside what is registered.
#[derive(Debug, Clone, PartialEq)]
pub struct Alternative {
    /// Whose gaps; empty: of all carriers.
    pub carriers: Vec<Carrier>,
    /// Registered stations with a position.
    pub stations: usize,
    /// Gaps of villages with a position.
    pub gaps: usize,
    /// Of these, solved by what is registered.
    pub solved: u64,
    /// The best plan found of as many sites; `None` where none that keeps the constraints was found.
    pub best: Option<BestOfAsMany>,
    /// The fewest sites, as many as are registered at most, that solve as much; `None` where no such plan was found.
    pub fewest: Option<Fewest>,
    /// Proven: no plan of as many sites keeps the constraints.
    pub infeasible: bool,
}

impl Alternative {
    /// `VinaPhone+MobiFone`; `None`: all carriers.
    pub fn whose(&self) -> Option<String> {
        (!self.carriers.is_empty()).then(|| label(&self.carriers))
    }
}

/// A plan of as many sites as are registered.
#[derive(Debug, Clone, PartialEq)]
pub struct BestOfAsMany {
    /// Gaps that it solves.
    pub solves: u64,
    /// Proven: nobody can solve more with as many, under the same constraints.
    pub at_most: u64,
    /// Whether the number is proven.
    pub status: PlanStatus,
}

/// Sites enough for what the registered solve.
#[derive(Debug, Clone, PartialEq)]
pub struct Fewest {
    /// So many are enough.
    pub sites: u64,
    /// Proven: no fewer are. 0: nothing is proven.
    pub at_least: u64,
    /// Their ids, in the order in which each adds the most.
    pub ids: Vec<String>,
}

/// What is planned: gaps to solve by as many sites.
#[derive(Debug, Clone, Copy)]
pub struct AlternativeInput<'a> {
    /// Whose gaps; empty: of all carriers.
    pub carriers: &'a [Carrier],
    /// Who serves whom; registered places are rows as well.
    pub matrix: &'a CoverageMatrix,
    /// What each column is worth.
    pub weights: &'a [u64],
    /// So much of a weight is one gap.
    pub unit: u64,
    /// The sites of the rows.
    pub sites: &'a [Site<'a>],
    /// Who builds, where a row is a site and a builder: ids then name both.
    pub builds: Option<&'a Builds>,
    /// Limits; `sites` is set to the number of registered stations, or left where it is less.
    pub options: &'a PlanOptions,
    /// Rules.
    pub rules: &'a Rules,
    /// Rows of the registered stations themselves, which solve `solved`, where they keep every constraint: then they are a
    /// plan where no other is found.
    pub registered: Option<&'a [u32]>,
    /// Registered stations with a position.
    pub stations: usize,
    /// Gaps of villages with a position.
    pub gaps: usize,
    /// Solved by what is registered.
    pub solved: u64,
}

/// Plans as many sites as are registered, and as few as solve as much.
///
/// # Errors
/// Numbers that do not belong together, too many of anything. That no plan keeps the constraints is no error.
pub fn alternative(input: AlternativeInput<'_>) -> Result<Alternative, PlanError> {
    let AlternativeInput { matrix, weights, unit, sites, rules, .. } = input;
    let most = input.options.sites.map_or(input.stations, |most| most.min(input.stations));
    let as_many = PlanOptions { sites: Some(most), ..input.options.clone() };
    let id = |c: u32| match input.builds {
        Some(builds) => builds.name(c),
        None => sites[c as usize].id.to_owned(),
    };
    let mut infeasible = false;
    let best = match plan_under(matrix, weights, sites, &as_many, rules) {
        Ok(found) => {
            let (solves, at_most) = (found.plan.value / unit, found.plan.upper_bound / unit);
            // A gap is solved or not: a bound below the next whole one is a proof.
            let status = if solves == at_most { PlanStatus::Optimal } else { found.plan.status };
            Some(BestOfAsMany { solves, at_most, status })
        }
        Err(PlanError::Infeasible | PlanError::ForcedInfeasible) => {
            infeasible = true;
            None
        }
        Err(PlanError::NoneFound) => None,
        Err(error) => return Err(error),
    };
    let ids = |plan: &Plan| plan.sites.iter().map(|s| id(s.candidate)).collect();
    let target = input.solved.saturating_mul(unit);
    let fewest = match least_for(matrix, weights, sites, &as_many, rules, target, Least::Sites) {
        Ok(few) => Some(Fewest { sites: few.amount, at_least: few.at_least, ids: ids(&few.ruled.plan) }),
        // Not found in time: what is registered does it.
        Err(PlanError::NoneFound) => input.registered.map(|rows| Fewest {
            sites: rows.len() as u64,
            at_least: 0,
            ids: rows.iter().map(|&row| id(row)).collect(),
        }),
        Err(PlanError::Infeasible | PlanError::ForcedInfeasible | PlanError::OutOfReach { .. }) => None,
        Err(error) => return Err(error),
    };
    Ok(Alternative {
        carriers: input.carriers.to_vec(),
        stations: input.stations,
        gaps: input.gaps,
        solved: input.solved,
        best,
        fewest,
        infeasible,
    })
}

/// A registered station and a candidate of one id are one place within this, m: coordinates are rounded otherwise in each
/// table. Two tables that number from 1 are not one.
const ONE_PLACE_M: f64 = 50.0;

/// The registered stations as candidates, those with a position: kind, grid, cost and group are the programme's, or, where it
/// says nothing, those of the candidate of the same id and place.
pub fn as_candidates(programme: &[PlannedStation], candidates: &[Candidate]) -> Vec<Candidate> {
    let mut by_id: BTreeMap<&str, &Candidate> = BTreeMap::new();
    for candidate in candidates {
        by_id.entry(candidate.id.as_str()).or_insert(candidate);
    }
    let one = |station: &PlannedStation| {
        let position = station.position?;
        let same = by_id.get(station.id.as_str()).copied();
        let same = same.filter(|candidate| distance_m(candidate.position, position) <= ONE_PLACE_M);
        Some(Candidate {
            id: station.id.clone(),
            position,
            kind: station.kind.clone().or_else(|| same?.kind.clone()),
            height_agl_m: station.height_agl_m,
            grid_distance_km: station.grid_distance_km.or_else(|| same?.grid_distance_km),
            road_distance_km: same.and_then(|candidate| candidate.road_distance_km),
            cost_million_vnd: station.cost_million_vnd.or_else(|| same?.cost_million_vnd),
            antennas: Vec::new(),
            group: station.group.clone().or_else(|| same?.group.clone()),
            source: station.source.clone(),
        })
    };
    programme.iter().filter_map(one).collect()
}

/// Rows that are one place under one id: a registered station (a row from `candidates` on) that the table of candidates names
/// too. A plan builds at most one of them.
pub fn same_places(sites: &[Candidate], candidates: usize) -> Vec<Vec<u32>> {
    let mut by_id: BTreeMap<&str, u32> = BTreeMap::new();
    for (site, number) in sites.iter().zip(0..).take(candidates) {
        by_id.entry(site.id.as_str()).or_insert(number);
    }
    let registered = sites.iter().zip(0_u32..).skip(candidates);
    let pair = |(site, number): (&Candidate, u32)| {
        let same = *by_id.get(site.id.as_str())?;
        let near = distance_m(sites[same as usize].position, site.position) <= ONE_PLACE_M;
        near.then(|| vec![same, number])
    };
    registered.filter_map(pair).collect()
}
