//! Areas of near candidates: which candidates are looked at together.

use std::collections::BTreeMap;

use super::areas::Size;
use super::problem::Problem;

const NONE: u32 = u32::MAX;

/// By candidate, its area. Every site of the plan begins one, with the candidates that share the most with it; areas
/// that compete most for villages, by how often each candidate was selected, are joined as long as they are small.
pub(super) fn part(problem: &Problem, share: &[f64], sites: &[u32], size: Size) -> Vec<u32> {
    let mut area_of = grow(problem, sites);
    let count = area_of.iter().max().map_or(0, |&k| k as usize + 1);
    let mut built = vec![0_usize; count];
    sites.iter().for_each(|&c| built[area_of[c as usize] as usize] += 1);
    let mut candidates = vec![0_usize; count];
    area_of.iter().for_each(|&k| candidates[k as usize] += 1);

    let mut between = competition(problem, share, &area_of);
    let mut joined: Vec<u32> = (0..count as u32).collect();
    loop {
        let fits = |&(a, b): &(u32, u32)| {
            let (a, b) = (a as usize, b as usize);
            built[a] + built[b] <= size.sites && candidates[a] + candidates[b] <= size.candidates
        };
        let most = between
            .iter()
            .filter(|(pair, _)| fits(pair))
            .max_by(|a, b| a.1.total_cmp(b.1).then(b.0.cmp(a.0)))
            .map(|(&pair, _)| pair);
        let Some((a, b)) = most else { break };
        joined.iter_mut().filter(|k| **k == b).for_each(|k| *k = a);
        built[a as usize] += built[b as usize];
        candidates[a as usize] += candidates[b as usize];
        let old: Vec<_> =
            between.iter().filter(|((x, y), _)| *x == b || *y == b).map(|(&p, &s)| (p, s)).collect();
        for ((x, y), sum) in old {
            between.remove(&(x, y));
            let other = if x == b { y } else { x };
            if other != a {
                *between.entry((a.min(other), a.max(other))).or_default() += sum;
            }
        }
    }
    // Numbers without holes.
    let mut number = vec![NONE; count];
    let mut next = 0;
    for area in &mut area_of {
        let at = joined[*area as usize] as usize;
        if number[at] == NONE {
            number[at] = next;
            next += 1;
        }
        *area = number[at];
    }
    area_of
}

/// Every site of the plan with the candidates near it.
fn grow(problem: &Problem, sites: &[u32]) -> Vec<u32> {
    let mut area_of = vec![NONE; problem.candidates()];
    let mut seeds: Vec<Vec<u32>> = vec![Vec::new(); problem.villages()];
    for (&c, area) in sites.iter().zip(0..) {
        problem.rows.row(c as usize).iter().for_each(|&v| seeds[v as usize].push(area));
    }
    let mut near: BTreeMap<u32, u64> = BTreeMap::new();
    loop {
        let mut fresh: Vec<(usize, u32)> = Vec::new();
        for c in (0..problem.candidates()).filter(|&c| area_of[c] == NONE) {
            near.clear();
            for &v in problem.rows.row(c) {
                seeds[v as usize]
                    .iter()
                    .for_each(|&k| *near.entry(k).or_default() += problem.weights[v as usize]);
            }
            let most = near.iter().max_by(|a, b| a.1.cmp(b.1).then(b.0.cmp(a.0)));
            fresh.extend(most.map(|(&k, _)| (c, k)));
        }
        if fresh.is_empty() {
            break;
        }
        for (c, k) in fresh {
            area_of[c] = k;
            for &v in problem.rows.row(c) {
                let seeds = &mut seeds[v as usize];
                if !seeds.contains(&k) {
                    seeds.push(k);
                }
            }
        }
    }
    sites.iter().zip(0..).for_each(|(&c, area)| area_of[c as usize] = area);
    // Whom no chain of villages leads to a site.
    area_of.iter_mut().filter(|k| **k == NONE).for_each(|k| *k = sites.len() as u32);
    area_of
}

/// How much of the villages' weight each two areas serve both, by shares.
fn competition(problem: &Problem, share: &[f64], area_of: &[u32]) -> BTreeMap<(u32, u32), f64> {
    let mut between: BTreeMap<(u32, u32), f64> = BTreeMap::new();
    let mut by_area: BTreeMap<u32, f64> = BTreeMap::new();
    for (column, &weight) in problem.columns.iter().zip(&problem.weights) {
        by_area.clear();
        column
            .iter()
            .for_each(|&c| *by_area.entry(area_of[c as usize]).or_default() += share[c as usize] + 1e-4);
        for (&a, &in_a) in &by_area {
            for (&b, &in_b) in by_area.range(a + 1..) {
                *between.entry((a, b)).or_default() += weight as f64 * in_a.min(in_b);
            }
        }
    }
    between
}
