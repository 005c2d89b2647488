//! Does a plan keep its rules, and is it worth what it says? Asked anew from the data, by nothing that planned.

use std::collections::{BTreeMap, BTreeSet};

use super::options::PlanOptions;
use super::pieces::Uncut;
use super::rules::Rules;
use super::{Plan, PlanStatus};
use crate::coverage::CoverageMatrix;
use crate::geodesy::distance_m;
use crate::siting::demand::Site;

/// A rule that a plan breaks, or a number that is wrong. No plan is written that has one.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum Broken {
    /// A candidate that there is not, or twice.
    #[error("site number {0} is not a candidate, or is in the plan twice")]
    NoCandidate(u32),
    /// More sites than allowed.
    #[error("{0} sites, {1} allowed")]
    Sites(usize, usize),
    /// Dearer than the budget.
    #[error("the sites cost {0}, the budget is {1}")]
    Cost(u64, u64),
    /// A forced site is missing, or a forbidden one there.
    #[error("site {0} is forced in or out, and the plan has it otherwise")]
    Forced(String),
    /// Two of a group.
    #[error("sites {0} and {1} exclude each other")]
    Group(String, String),
    /// Nearer than allowed.
    #[error("sites {0} and {1} are {2:.1} m apart")]
    Distance(String, String, f64),
    /// Serves too few villages.
    #[error("site {0} serves too few villages")]
    MinVillages(String),
    /// Outside a limit.
    #[error("limit “{0}”: {1} sites")]
    Count(String, usize),
    /// Serves too few of some villages.
    #[error("limit “{0}”: {1} villages served")]
    Served(String, usize),
    /// No backhaul.
    #[error("site {0} reaches no station")]
    Backhaul(String),
    /// A number that the data does not give.
    #[error("the plan says {0} = {1}, the data gives {2}")]
    Number(&'static str, u64, u64),
}

/// Everything that is wrong with a plan; empty where nothing is.
pub fn check(
    matrix: &CoverageMatrix,
    weights: &[u64],
    sites: &[Site<'_>],
    options: &PlanOptions,
    rules: &Rules,
    plan: &Plan,
) -> Vec<Broken> {
    let id = |c: u32| sites[c as usize].id.to_owned();
    let mut chosen: BTreeSet<u32> = BTreeSet::new();
    for site in &plan.sites {
        if site.candidate as usize >= sites.len() || !chosen.insert(site.candidate) {
            return vec![Broken::NoCandidate(site.candidate)];
        }
    }
    // Columns beyond these are pieces of the villages' worth.
    let villages = options.villages.unwrap_or(matrix.villages());
    let mut broken = Vec::new();
    if let Some(most) = options.sites.filter(|&most| chosen.len() > most) {
        broken.push(Broken::Sites(chosen.len(), most));
    }
    if let Some(budget) = &options.budget {
        let cost = chosen.iter().fold(0_u64, |sum, &c| sum.saturating_add(budget.costs[c as usize]));
        if cost > budget.limit {
            broken.push(Broken::Cost(cost, budget.limit));
        }
    }
    let missing = options.forced_in.iter().filter(|c| !chosen.contains(c));
    let forbidden = options.forced_out.iter().filter(|c| chosen.contains(c));
    broken.extend(missing.chain(forbidden).map(|&c| Broken::Forced(id(c))));
    for group in &options.groups {
        let inside: BTreeSet<u32> = group.iter().copied().filter(|c| chosen.contains(c)).collect();
        if let [first, second, ..] = inside.into_iter().collect::<Vec<_>>()[..] {
            broken.push(Broken::Group(id(first), id(second)));
        }
    }
    broken.extend(distances(sites, &chosen, options.min_distance_m));
    for &c in &chosen {
        let served =
            matrix.row(c as usize).map(|row| row.iter().filter(|&&v| (v as usize) < villages).count());
        let few = served.is_none_or(|served| served < options.min_villages as usize);
        if few && !options.forced_in.contains(&c) {
            broken.push(Broken::MinVillages(id(c)));
        }
    }
    broken.extend(rules_broken(matrix, sites, rules, &chosen));
    broken.extend(numbers(matrix, weights, villages, plan));
    broken
}

fn distances(sites: &[Site<'_>], chosen: &BTreeSet<u32>, min_distance_m: f64) -> Vec<Broken> {
    let mut broken = Vec::new();
    if min_distance_m <= 0.0 {
        return broken;
    }
    for &a in chosen {
        for &b in chosen.range(a + 1..) {
            let (first, second) = (&sites[a as usize], &sites[b as usize]);
            if first.id == second.id && first.position == second.position {
                // One site on which two build.
                continue;
            }
            let apart = first.position.zip(second.position).map(|(p, q)| distance_m(p, q));
            if let Some(apart) = apart.filter(|&apart| apart < min_distance_m) {
                broken.push(Broken::Distance(first.id.to_owned(), second.id.to_owned(), apart));
            }
        }
    }
    broken
}

fn rules_broken(
    matrix: &CoverageMatrix,
    sites: &[Site<'_>],
    rules: &Rules,
    chosen: &BTreeSet<u32>,
) -> Vec<Broken> {
    let mut broken = Vec::new();
    for limit in &rules.counts {
        let members: BTreeSet<u32> = limit.members.iter().copied().collect();
        let inside = members.intersection(chosen).count();
        if inside < limit.at_least || limit.at_most.is_some_and(|most| inside > most) {
            broken.push(Broken::Count(limit.name.clone(), inside));
        }
    }
    if !rules.served.is_empty() {
        let rows = chosen.iter().filter_map(|&c| matrix.row(c as usize));
        let served: BTreeSet<u32> = rows.flatten().collect();
        for floor in &rules.served {
            let villages: BTreeSet<u32> = floor.villages.iter().copied().collect();
            let inside = villages.intersection(&served).count();
            if inside < floor.at_least {
                broken.push(Broken::Served(floor.name.clone(), inside));
            }
        }
    }
    if let Some(backhaul) = &rules.backhaul {
        // Rounds until nobody new is reached: slow, and nothing to get wrong.
        let mut reached: BTreeSet<u32> =
            chosen.iter().copied().filter(|&c| backhaul.direct[c as usize]).collect();
        loop {
            let linked = |&c: &u32| {
                !reached.contains(&c)
                    && backhaul.links[c as usize].iter().any(|other| reached.contains(other))
            };
            let fresh: Vec<u32> = chosen.iter().copied().filter(linked).collect();
            if fresh.is_empty() {
                break;
            }
            reached.extend(fresh);
        }
        let lost = chosen.difference(&reached);
        broken.extend(lost.map(|&c| Broken::Backhaul(sites[c as usize].id.to_owned())));
    }
    broken
}

fn numbers(matrix: &CoverageMatrix, weights: &[u64], columns: usize, plan: &Plan) -> Vec<Broken> {
    let mut served = vec![false; matrix.villages()];
    let (mut value, mut villages) = (0, 0);
    let mut broken = Vec::new();
    let mut wrong = |what, stated: u64, found: u64| {
        if stated != found {
            broken.push(Broken::Number(what, stated, found));
        }
    };
    for site in &plan.sites {
        let before = value;
        for v in matrix.row(site.candidate as usize).unwrap_or_default() {
            if !std::mem::replace(&mut served[v as usize], true) {
                value += weights[v as usize];
                villages += u64::from((v as usize) < columns);
            }
        }
        wrong("marginal", site.marginal, value - before);
        wrong("cumulative", site.cumulative, value);
        wrong("cumulative_villages", u64::from(site.cumulative_villages), villages);
    }
    wrong("value", plan.value, value);
    if plan.upper_bound < plan.value
        || (plan.status == PlanStatus::Optimal) != (plan.upper_bound == plan.value)
    {
        wrong("upper_bound", plan.upper_bound, plan.value);
    }
    broken
}

/// Is a plan over pieces worth what it says? Asked of the sites' reach and the villages' shares, as they were before
/// anything was cut up: every share earns the probability of the best build of its builder, every village as a whole
/// that of the best build of a builder that has a share in it; a village is counted where such a build serves it by the
/// criterion asked for. `parts` takes a value apart into (whole, shares).
pub fn check_pieces(uncut: Uncut<'_>, plan: &Plan, parts: impl Fn(u64) -> (u64, u64)) -> Vec<Broken> {
    let mut best: BTreeMap<(usize, u16), u8> = BTreeMap::new();
    let mut served: BTreeSet<(usize, u16)> = BTreeSet::new();
    for site in &plan.sites {
        let Some(build) = uncut.builds.get(site.candidate as usize) else {
            return vec![Broken::NoCandidate(site.candidate)];
        };
        for reaches in uncut.reach[build.site as usize].iter().flatten() {
            let key = (reaches.village as usize, build.builder);
            let highest = best.entry(key).or_default();
            *highest = reaches.percent.max(*highest);
            served.extend(reaches.serves.then_some(key));
        }
    }
    let (mut whole, mut shares, mut villages) = (0, 0, 0);
    for (village, of) in uncut.shares.iter().enumerate() {
        let mut anybody = 0;
        for share in of {
            let percent = best.get(&(village, share.builder)).copied().unwrap_or(0);
            shares += (u128::from(share.worth) * u128::from(percent) / 100) as u64;
            anybody = anybody.max(percent);
        }
        whole += (u128::from(uncut.whole[village]) * u128::from(anybody) / 100) as u64;
        villages += u64::from(of.iter().any(|share| served.contains(&(village, share.builder))));
    }
    let stated = parts(plan.value);
    let counted = plan.sites.last().map_or(0, |site| u64::from(site.cumulative_villages));
    [
        ("value of villages as a whole", stated.0, whole),
        ("value", stated.1, shares),
        ("cumulative_villages", counted, villages),
    ]
    .into_iter()
    .filter(|(_, stated, found)| stated != found)
    .map(|(what, stated, found)| Broken::Number(what, stated, found))
    .collect()
}
