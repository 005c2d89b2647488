//! From matrix and options to the problem as numbers.

use super::PlanError;
use super::limits::Clock;
use super::lists::Lists;
use super::options::PlanOptions;
use super::problem::{Decision, Problem};
use crate::coverage::{CoverageMatrix, radius};
use crate::geodesy::{LatLon, Radius, distance_m};
use crate::siting::demand::Site;

/// The whole problem and the unit that its weights are counted in.
pub(super) struct Whole {
    pub(super) problem: Problem,
    pub(super) unit: u64,
}

/// Numbers the candidates by the order of their ids and applies what is decided from the start.
pub(super) fn build(
    matrix: &CoverageMatrix,
    weights: &[u64],
    sites: &[Site<'_>],
    ties: &[u32],
    options: &PlanOptions,
    clock: &mut Clock,
) -> Result<Whole, PlanError> {
    let unit = unit(weights);
    let mut by_id: Vec<u32> = (0..sites.len() as u32).collect();
    by_id.sort_unstable_by_key(|&c| ties[c as usize]);
    let place = |c: u32| ties[c as usize];

    let (mut rows, mut reader) = (Lists::new(), matrix.reader());
    for &c in &by_id {
        rows.push(reader.read(c as usize).unwrap_or_default().iter().copied());
        if !has_time(&rows, 1, clock) {
            return Err(PlanError::NoneFound);
        }
    }
    // Turning the lists round and merging villages takes several times as long as listing did.
    if !has_time(&rows, 4, clock) {
        return Err(PlanError::NoneFound);
    }
    let costs = match &options.budget {
        Some(budget) => by_id.iter().map(|&c| budget.costs[c as usize]).collect(),
        None => vec![0; sites.len()],
    };
    let mut decisions: Vec<Decision> = by_id
        .iter()
        .map(|&c| match options.villages_of(matrix, c) {
            Some(villages) if villages >= options.min_villages => Decision::Open,
            _ => Decision::Out,
        })
        .collect();
    options.forced_out.iter().for_each(|&c| decisions[place(c) as usize] = Decision::Out);
    for &c in &options.forced_in {
        if options.forced_out.contains(&c) {
            return Err(PlanError::InAndOut { site: sites[c as usize].id.to_owned() });
        }
        decisions[place(c) as usize] = Decision::In;
    }
    let whole = Problem {
        columns: rows.transposed(matrix.villages()),
        rows,
        weights: weights.iter().map(|w| w / unit).collect(),
        names: by_id,
        costs,
        conflicts: conflicts(sites, &place, options)?,
        sites: options.sites.unwrap_or(sites.len()),
        budget: options.budget.as_ref().map(|budget| budget.limit),
        base: 0,
        taken: Vec::new(),
    };
    let (problem, _) = whole.decided(&decisions, &[]).ok_or(PlanError::ForcedInfeasible)?;
    Ok(Whole { problem, unit })
}

/// Whether so many times as long as it took to list these rows is within the limit on time. Small lists are not asked:
/// every limit has room for them.
pub(super) fn has_time(rows: &Lists, times: u32, clock: &Clock) -> bool {
    const SMALL: usize = 2_000_000;
    rows.total() < SMALL || clock.time_left().is_none_or(|left| clock.elapsed() * (times - 1) < left)
}

/// Whether the numbers belong together.
pub(super) fn check(
    matrix: &CoverageMatrix,
    weights: &[u64],
    sites: &[Site<'_>],
    options: &PlanOptions,
) -> Result<(), PlanError> {
    if sites.len() != matrix.candidates() {
        return Err(PlanError::SiteCount { sites: sites.len(), rows: matrix.candidates() });
    }
    if weights.len() != matrix.villages() {
        return Err(PlanError::WeightCount { weights: weights.len(), villages: matrix.villages() });
    }
    let total = weights.iter().try_fold(0_u64, |sum, &w| sum.checked_add(w));
    if total.is_none_or(|total| total >= 1 << 62) {
        return Err(PlanError::TooLarge);
    }
    if let Some(budget) = &options.budget {
        if budget.costs.len() != sites.len() {
            return Err(PlanError::CostCount { costs: budget.costs.len(), sites: sites.len() });
        }
        let total = budget.costs.iter().try_fold(0_u64, |sum, &c| sum.checked_add(c));
        if total.is_none_or(|total| total >= 1 << 62) || budget.limit >= 1 << 62 {
            return Err(PlanError::TooLarge);
        }
    }
    let named = options.forced_in.iter().chain(&options.forced_out).chain(options.groups.iter().flatten());
    match named.copied().find(|&c| c as usize >= sites.len()) {
        Some(site) => Err(PlanError::NoSuchSite { site, sites: sites.len() }),
        None => Ok(()),
    }
}

/// By place in the order of ids, whom each cannot stand beside.
pub(super) fn conflicts(
    sites: &[Site<'_>],
    place: &impl Fn(u32) -> u32,
    options: &PlanOptions,
) -> Result<Lists, PlanError> {
    let mut pairs: Vec<(u32, u32)> = Vec::new();
    for group in &options.groups {
        for (i, &a) in group.iter().enumerate() {
            pairs.extend(group[i + 1..].iter().filter(|&&b| b != a).map(|&b| (place(a), place(b))));
        }
    }
    if options.min_distance_m > 0.0 {
        let radius = Radius::from_m(options.min_distance_m).map_err(|_| PlanError::MinDistance)?;
        let positions: Vec<Option<LatLon>> = sites.iter().map(|site| site.position).collect();
        let near =
            radius::Indexed::new(&positions, &positions).map_err(|_| PlanError::TooLarge)?.cover(radius);
        for (a, site) in sites.iter().enumerate() {
            for b in near.row(a).unwrap_or_default().into_iter().filter(|&b| b as usize > a) {
                // Carriers that build each their own on one mast are not near each other: they are there.
                if is_same_place(site, &sites[b as usize]) {
                    continue;
                }
                let nearer = site.position.zip(positions[b as usize]);
                if nearer.is_some_and(|(p, q)| distance_m(p, q) < options.min_distance_m) {
                    pairs.push((place(a as u32), place(b)));
                }
            }
        }
    }
    let mut both: Vec<(u32, u32)> = pairs.iter().flat_map(|&(a, b)| [(a, b), (b, a)]).collect();
    both.sort_unstable();
    both.dedup();
    let (mut lists, mut next) = (Lists::new(), both.iter().peekable());
    for c in 0..sites.len() as u32 {
        let mut row = Vec::new();
        while let Some(&(_, other)) = next.next_if(|(a, _)| *a == c) {
            row.push(other);
        }
        lists.push(row);
    }
    Ok(lists)
}

/// One site that stands twice, for two that build on it.
fn is_same_place(a: &Site<'_>, b: &Site<'_>) -> bool {
    a.id == b.id && a.position == b.position
}

/// The largest number that divides all weights.
pub(super) fn unit(weights: &[u64]) -> u64 {
    weights.iter().fold(0, |a, &b| gcd(a, b)).max(1)
}

fn gcd(a: u64, b: u64) -> u64 {
    if b == 0 { a } else { gcd(b, a % b) }
}
