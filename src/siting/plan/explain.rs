//! What each site of a plan is there for.

use super::options::PlanOptions;
use crate::coverage::CoverageMatrix;
use crate::siting::objective::Objective;

/// One site of a plan. Weights are in the unit that was given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PlannedSite {
    /// The candidate, a row of the matrix.
    pub candidate: u32,
    /// Place in the plan, from 1: each time the site that adds the most to those before.
    pub order: u32,
    /// What it adds to those before.
    pub marginal: u64,
    /// Villages that it adds.
    pub marginal_villages: u32,
    /// What would be lost without it: served by no other site of the plan.
    pub unique: u64,
    /// Villages that would be.
    pub unique_villages: u32,
    /// What it and those before serve together.
    pub cumulative: u64,
    /// Villages that they serve.
    pub cumulative_villages: u32,
}

/// Puts the sites in greedy order and says what each is good for; equals by `ties`.
pub(super) fn explain(
    matrix: &CoverageMatrix,
    weights: &[u64],
    candidates: &[u32],
    ties: &[u32],
    options: &PlanOptions,
) -> Vec<PlannedSite> {
    explain_in_turn(matrix, weights, &[candidates.to_vec()], ties, options)
}

/// The same for sites that come in turns: all of one before all of the next.
pub(super) fn explain_in_turn(
    matrix: &CoverageMatrix,
    weights: &[u64],
    turns: &[Vec<u32>],
    ties: &[u32],
    options: &PlanOptions,
) -> Vec<PlannedSite> {
    let mut covered = vec![false; matrix.villages()];
    let mut sites: Vec<PlannedSite> = Vec::new();
    let (mut cumulative, mut cumulative_villages) = (0, 0);
    for candidates in turns {
        let rows: Vec<Vec<u32>> =
            candidates.iter().map(|&c| matrix.row(c as usize).unwrap_or_default()).collect();
        let mut open: Vec<usize> = (0..candidates.len()).collect();
        open.sort_unstable_by_key(|&i| ties[candidates[i] as usize]);
        // What a site adds only falls: an old number is an upper bound.
        let mut bounds = vec![u64::MAX; candidates.len()];
        while !open.is_empty() {
            let mut best: Option<(u64, u32, usize)> = None;
            for (at, &i) in open.iter().enumerate() {
                if best.is_some_and(|(gain, _, _)| bounds[i] <= gain) {
                    continue;
                }
                let new = rows[i].iter().filter(|&&v| !covered[v as usize]);
                let gain = new.clone().map(|&v| weights[v as usize]).sum();
                bounds[i] = gain;
                if best.is_none_or(|(most, _, _)| gain > most) {
                    best = Some((gain, new.filter(|&&v| options.is_village(v)).count() as u32, at));
                }
            }
            let Some((marginal, marginal_villages, at)) = best else { break };
            let i = open.remove(at);
            rows[i].iter().for_each(|&v| covered[v as usize] = true);
            cumulative += marginal;
            cumulative_villages += marginal_villages;
            sites.push(PlannedSite {
                candidate: candidates[i],
                order: sites.len() as u32 + 1,
                marginal,
                marginal_villages,
                unique: 0,
                unique_villages: 0,
                cumulative,
                cumulative_villages,
            });
        }
    }
    count_unique(matrix, weights, &mut sites, options);
    sites
}

/// Says of each site what no other of them serves.
pub(super) fn count_unique(
    matrix: &CoverageMatrix,
    weights: &[u64],
    sites: &mut [PlannedSite],
    options: &PlanOptions,
) {
    let rows: Vec<Vec<u32>> =
        sites.iter().map(|site| matrix.row(site.candidate as usize).unwrap_or_default()).collect();
    let mut served_by = vec![0_u32; matrix.villages()];
    rows.iter().flatten().for_each(|&v| served_by[v as usize] += 1);
    for (site, row) in sites.iter_mut().zip(&rows) {
        let unique = row.iter().filter(|&&v| served_by[v as usize] == 1);
        site.unique = unique.clone().map(|&v| weights[v as usize]).sum();
        site.unique_villages = unique.filter(|&&v| options.is_village(v)).count() as u32;
    }
}

/// The villages with a position that no candidate serves.
pub(super) fn unservable(matrix: &CoverageMatrix, options: &PlanOptions) -> Vec<u32> {
    let mut served = vec![0_u64; matrix.block_count()];
    for candidate in 0..matrix.candidates() {
        matrix.entries(candidate).for_each(|(block, mask)| served[block] |= mask);
    }
    let mut villages: Vec<u32> = (0..matrix.block_count())
        .flat_map(|block| {
            let columns = matrix.block_columns(block).iter().enumerate();
            let served = served[block];
            columns.filter(move |(bit, _)| served >> bit & 1 == 0).map(|(_, &v)| v)
        })
        .filter(|&v| options.is_village(v))
        .filter(|v| matrix.unknown_villages().binary_search(v).is_err())
        .collect();
    villages.sort_unstable();
    villages
}

/// What each candidate would add to these.
pub(super) fn gains_beside(matrix: &CoverageMatrix, objective: &Objective, chosen: &[u32]) -> Vec<u64> {
    let mut open: Vec<u64> = (0..matrix.block_count()).map(|block| matrix.block_mask(block)).collect();
    for &c in chosen {
        matrix.entries(c as usize).for_each(|(block, mask)| open[block] &= !mask);
    }
    let gain = |c: usize| {
        matrix.entries(c).map(|(block, mask)| objective.of(block, mask & open[block]).metric_micro)
    };
    (0..matrix.candidates()).map(|c| gain(c).sum()).collect()
}
