//! Why a candidate is not in a plan: the rule that keeps it out, the sites that serve what it would, or what it would add.

use std::collections::BTreeSet;

use super::options::PlanOptions;
use super::rules::Rules;
use super::{Plan, build};
use crate::coverage::CoverageMatrix;
use crate::siting::demand::Site;
use crate::siting::rank::tie_order;

/// What keeps a candidate out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reason {
    /// Forced out.
    Excluded,
    /// Serves fewer villages than asked of a site.
    TooFewVillages,
    /// One site of the plan serves all that it would.
    Dominated(u32),
    /// Sites of the plan together serve all that it would.
    Served(Vec<u32>),
    /// Excluded by a site of the plan: least distance, or a group.
    Beside(u32),
    /// A limit is full.
    Limit(String),
    /// Reaches no station over sites of the plan.
    NoBackhaul,
    /// Dearer than what is left of the budget.
    Budget,
    /// All sites are taken; the one of the plan that is missed the least is missed more, or as much, unless the plan is
    /// not proven the best.
    SitesTaken {
        /// That site.
        least: u32,
        /// What would be lost without it.
        lost: u64,
    },
    /// All sites are taken, and each is forced in or needed by a floor or for backhaul.
    SitesNeeded,
    /// Would fit and add something: the plan is not the best, or stopped at a target.
    Fits,
}

impl Reason {
    /// The key used in files.
    pub fn key(&self) -> &'static str {
        match self {
            Reason::Excluded => "excluded",
            Reason::TooFewVillages => "too_few_villages",
            Reason::Dominated(_) => "dominated",
            Reason::Served(_) => "served_by_plan",
            Reason::Beside(_) => "too_near_or_same_group",
            Reason::Limit(_) => "limit",
            Reason::NoBackhaul => "no_backhaul",
            Reason::Budget => "budget",
            Reason::SitesTaken { .. } => "sites_taken",
            Reason::SitesNeeded => "sites_needed",
            Reason::Fits => "fits",
        }
    }
}

/// A candidate that was left out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeftOut {
    /// The candidate.
    pub candidate: u32,
    /// What it serves alone.
    pub alone: u64,
    /// What it would add to the plan.
    pub adds: u64,
    /// Why it is not in it.
    pub reason: Reason,
}

/// The candidates left out that would add the most, then those that serve the most alone; at most `count`.
pub fn left_out(
    matrix: &CoverageMatrix,
    weights: &[u64],
    sites: &[Site<'_>],
    options: &PlanOptions,
    rules: &Rules,
    plan: &Plan,
    count: usize,
) -> Vec<LeftOut> {
    let ties = tie_order(sites);
    let mut chosen = vec![false; sites.len()];
    let mut servers: Vec<Vec<u32>> = vec![Vec::new(); matrix.villages()];
    for site in &plan.sites {
        chosen[site.candidate as usize] = true;
        for v in matrix.row(site.candidate as usize).unwrap_or_default() {
            servers[v as usize].push(site.candidate);
        }
    }
    let mut reader = matrix.reader();
    let mut open: Vec<(u64, u64, u32)> = Vec::new();
    for c in (0..sites.len()).filter(|&c| !chosen[c]) {
        let Some(row) = reader.read(c) else { continue };
        let alone: u64 = row.iter().map(|&v| weights[v as usize]).sum();
        let new = row.iter().filter(|&&v| servers[v as usize].is_empty());
        let adds = new.map(|&v| weights[v as usize]).sum();
        if alone > 0 {
            open.push((adds, alone, c as u32));
        }
    }
    open.sort_unstable_by(|a, b| {
        (b.0, b.1).cmp(&(a.0, a.1)).then(ties[a.2 as usize].cmp(&ties[b.2 as usize]))
    });
    open.truncate(count);
    let least = least_missed(options, rules, plan, &mut chosen, &servers);
    let conflicts = build::conflicts(sites, &|c| c, options).ok();
    open.into_iter()
        .map(|(adds, alone, candidate)| {
            let beside = conflicts.as_ref().and_then(|lists| {
                lists.row(candidate as usize).iter().copied().find(|&other| chosen[other as usize])
            });
            let reason = reason(
                Asked { matrix, options, rules, plan, chosen: &chosen, servers: &servers, least },
                candidate,
                adds,
                beside,
            );
            LeftOut { candidate, alone, adds, reason }
        })
        .collect()
}

#[derive(Clone, Copy)]
struct Asked<'a> {
    matrix: &'a CoverageMatrix,
    options: &'a PlanOptions,
    rules: &'a Rules,
    plan: &'a Plan,
    chosen: &'a [bool],
    servers: &'a [Vec<u32>],
    /// The site that is missed the least, and what is lost without it.
    least: Option<(u32, u64)>,
}

/// The site whose loss costs the least, of those that no rule needs.
fn least_missed(
    options: &PlanOptions,
    rules: &Rules,
    plan: &Plan,
    chosen: &mut [bool],
    servers: &[Vec<u32>],
) -> Option<(u32, u64)> {
    let mut served: Vec<u32> = servers.iter().map(|by| by.len() as u32).collect();
    let mut order: Vec<_> = plan.sites.iter().collect();
    order.sort_by_key(|site| (site.unique, std::cmp::Reverse(site.order)));
    let free = order.into_iter().find(|site| {
        let c = site.candidate;
        let own: Vec<usize> = (0..servers.len()).filter(|&v| servers[v].contains(&c)).collect();
        chosen[c as usize] = false;
        own.iter().for_each(|&v| served[v] -= 1);
        let needed = rules.way(chosen, &served, |_| &[]).is_some();
        own.iter().for_each(|&v| served[v] += 1);
        chosen[c as usize] = true;
        !needed && !options.forced_in.contains(&c)
    });
    free.map(|site| (site.candidate, site.unique))
}

fn reason(asked: Asked<'_>, candidate: u32, adds: u64, beside: Option<u32>) -> Reason {
    let Asked { matrix, options, rules, plan, chosen, servers, least } = asked;
    if options.forced_out.contains(&candidate) {
        return Reason::Excluded;
    }
    let row = matrix.row(candidate as usize).unwrap_or_default();
    let villages = row.iter().filter(|&&v| options.is_village(v)).count();
    if villages < options.min_villages as usize {
        return Reason::TooFewVillages;
    }
    if adds == 0 {
        let all =
            |other: &&super::PlannedSite| row.iter().all(|&v| servers[v as usize].contains(&other.candidate));
        return match plan.sites.iter().find(all) {
            Some(site) => Reason::Dominated(site.candidate),
            None => {
                let others: BTreeSet<u32> =
                    row.iter().flat_map(|&v| servers[v as usize].iter().copied()).collect();
                Reason::Served(others.into_iter().collect())
            }
        };
    }
    if let Some(other) = beside {
        return Reason::Beside(other);
    }
    for limit in &rules.counts {
        let inside = || limit.members.iter().filter(|&&c| chosen[c as usize]).count();
        if limit.members.contains(&candidate) && limit.at_most.is_some_and(|most| inside() >= most) {
            return Reason::Limit(limit.name.clone());
        }
    }
    if let Some(backhaul) = &rules.backhaul {
        let linked = backhaul.links[candidate as usize].iter().any(|&other| chosen[other as usize]);
        if !backhaul.direct[candidate as usize] && !linked {
            return Reason::NoBackhaul;
        }
    }
    if let Some(budget) = &options.budget {
        let spent: u64 = plan.sites.iter().map(|site| budget.costs[site.candidate as usize]).sum();
        if spent.saturating_add(budget.costs[candidate as usize]) > budget.limit {
            return Reason::Budget;
        }
    }
    match least {
        _ if options.sites.is_none_or(|most| plan.sites.len() < most) => Reason::Fits,
        Some((least, lost)) => Reason::SitesTaken { least, lost },
        None => Reason::SitesNeeded,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::siting::plan::{Backhaul, Budget, CountLimit, plan_under};

    #[test]
    fn each_candidate_left_out_has_its_reason() {
        let rows: Vec<Option<Vec<u32>>> =
            [vec![0, 1, 2, 3], vec![4, 5, 6], vec![0, 1], vec![3, 4], vec![7, 8], vec![9]]
                .into_iter()
                .map(Some)
                .collect();
        let matrix = CoverageMatrix::from_rows(10, &rows, &[]).unwrap();
        let sites: Vec<Site<'_>> =
            ["a", "b", "c", "d", "e", "f"].iter().map(|id| Site { id, position: None }).collect();
        let reasons = |options: &PlanOptions, rules: &Rules| -> Vec<(u32, Reason)> {
            let plan = plan_under(&matrix, &[1; 10], &sites, options, rules).unwrap().plan;
            let left = left_out(&matrix, &[1; 10], &sites, options, rules, &plan, 9);
            assert!(left.is_sorted_by_key(|l| (std::cmp::Reverse(l.adds), std::cmp::Reverse(l.alone))));
            left.into_iter().map(|l| (l.candidate, l.reason)).collect()
        };
        let two = PlanOptions { sites: Some(2), ..PlanOptions::default() };
        let none = Rules::default();
        let taken = Reason::SitesTaken { least: 1, lost: 3 };
        assert_eq!(
            reasons(&two, &none),
            [(4, taken.clone()), (5, taken), (2, Reason::Dominated(0)), (3, Reason::Served(vec![0, 1]))]
        );
        let first = |options: PlanOptions, rules: &Rules| reasons(&options, rules)[0].clone();
        let all = PlanOptions { sites: Some(6), ..PlanOptions::default() };
        assert_eq!(first(PlanOptions { forced_out: vec![4], ..all.clone() }, &none), (4, Reason::Excluded));
        assert_eq!(first(PlanOptions { min_villages: 2, ..all.clone() }, &none), (5, Reason::TooFewVillages));
        assert_eq!(
            first(PlanOptions { groups: vec![vec![0, 4]], ..all.clone() }, &none),
            (0, Reason::Beside(4))
        );
        let budget = Budget { costs: vec![1, 1, 1, 1, 9, 1], limit: 5 };
        assert_eq!(first(PlanOptions { budget: Some(budget), ..all.clone() }, &none), (4, Reason::Budget));
        let limit = CountLimit { name: "L".into(), members: vec![0, 1, 4], at_least: 0, at_most: Some(2) };
        let limits = Rules { counts: vec![limit], ..Rules::default() };
        assert_eq!(first(all.clone(), &limits), (0, Reason::Limit("L".into())));
        let backhaul = Backhaul::from_hops(6, &[], |c| c != 4, |_, _| true);
        let hops = Rules { backhaul: Some(backhaul), ..Rules::default() };
        assert_eq!(first(all, &hops), (4, Reason::NoBackhaul));
        // A floor keeps the site that is missed the least.
        let floor = |members: &[u32], at_least| {
            let limit = CountLimit { name: "L".into(), members: members.to_vec(), at_least, at_most: None };
            Rules { counts: vec![limit], ..Rules::default() }
        };
        let taken = Reason::SitesTaken { least: 0, lost: 4 };
        assert_eq!(reasons(&two, &floor(&[5], 1))[0], (1, taken));
        assert_eq!(reasons(&two, &floor(&[4, 5], 2))[0], (0, Reason::SitesNeeded));
    }
}
