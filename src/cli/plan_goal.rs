//! What a plan is to reach: the most, a target, or years.

use std::collections::BTreeSet;

use anyhow::{Context, anyhow, bail};
use phusong::coverage::CoverageMatrix;
use phusong::export::Amount;
use phusong::geodesy::distance_m;
use phusong::siting::plan::{Least, Phase, PlanError};
use phusong::siting::{Site, WEIGHT_UNIT};
use phusong::study::Goal;

use super::args::PlanArgs;
use super::plan_args::{LeastArg, Target, YearArg};
use super::plan_options::cost;
use super::plan_setup::{COST_UNIT, Setup};

/// What the plan is to reach.
pub fn goal(args: &PlanArgs, matrix: &CoverageMatrix, setup: &Setup) -> anyhow::Result<Goal> {
    let least = match args.more.least {
        LeastArg::Sites => Least::Sites,
        LeastArg::Cost => Least::Cost,
    };
    let target = match (args.more.target, args.more.cover_all) {
        (Some(_), _) if setup.dark_first.is_some() => {
            bail!("--target counts what --by counts; it cannot be combined with --dark-first")
        }
        (Some(Target::Share(share)), _) => {
            let whole: u64 = setup.weights.iter().sum();
            Some(share_of(whole, share))
        }
        // Millionths are as fine as anybody asks.
        (Some(Target::Number(number)), _) => {
            let micro = (number * WEIGHT_UNIT as f64).round() as u64;
            Some(micro.saturating_mul(setup.unit / WEIGHT_UNIT))
        }
        (None, true) => Some(servable(matrix, setup)),
        (None, false) => None,
    };
    if let Some(target) = target {
        return Ok(Goal::Reach { target, least });
    }
    let years = &args.more.year;
    if years.is_empty() {
        return Ok(Goal::Most);
    }
    if !years.is_sorted_by(|a, b| a.year < b.year) {
        bail!("--year: name the years in their order, each once");
    }
    for (given, key) in [
        (years.iter().filter(|year| year.sites.is_some()).count(), "sites"),
        (years.iter().filter(|year| year.budget_million_vnd.is_some()).count(), "budget"),
    ] {
        if given > 0 && given < years.len() {
            bail!("--year: {key}= stands in some years only; give it in all of them");
        }
    }
    let phase = |year: &YearArg| {
        Ok(Phase {
            sites: year.sites,
            budget: match year.budget_million_vnd {
                Some(money) => Some(cost(money).with_context(|| format!("--year {}: budget", year.year))?),
                None => None,
            },
        })
    };
    Ok(Goal::Years(years.iter().map(phase).collect::<anyhow::Result<_>>()?))
}

/// A share of a whole, rounded up. The share counts in thousandths of a millionth, so that 7 % of 100 is 7 and not a little
/// more.
fn share_of(whole: u64, share: f64) -> u64 {
    let billionths = (share * 1e9).round() as u128;
    (u128::from(whole) * billionths).div_ceil(1_000_000_000) as u64
}

fn villages_of(matrix: &CoverageMatrix, setup: &Setup) -> usize {
    setup.options.villages.unwrap_or_else(|| matrix.villages())
}

/// What all candidates that may be built serve together.
fn servable(matrix: &CoverageMatrix, setup: &Setup) -> u64 {
    let mut served = vec![false; matrix.villages()];
    let mut reader = matrix.reader();
    let mut out = vec![false; matrix.candidates()];
    setup.options.forced_out.iter().for_each(|&c| out[c as usize] = true);
    for c in (0..matrix.candidates()).filter(|&c| !out[c]) {
        let row = reader.read(c).unwrap_or_default();
        let villages = row.iter().filter(|&&v| (v as usize) < villages_of(matrix, setup)).count();
        if villages >= setup.options.min_villages as usize {
            row.iter().for_each(|&v| served[v as usize] = true);
        }
    }
    setup.weights.iter().zip(&served).filter(|(_, served)| **served).map(|(weight, _)| weight).sum()
}

/// The error in the user's units; where no plan keeps the rules, with those that nothing keeps even by themselves.
pub fn explain_error(
    error: PlanError,
    matrix: &CoverageMatrix,
    sites: &[Site<'_>],
    setup: &Setup,
) -> anyhow::Error {
    let whole: u64 = setup.weights.iter().sum();
    match error {
        // No plan serves more than all candidates together do.
        PlanError::OutOfReach { target, bound } => {
            out_of_reach(target, bound.min(servable(matrix, setup)), whole, setup)
        }
        PlanError::Infeasible | PlanError::ForcedInfeasible | PlanError::NoneFound => {
            let alone = impossible_alone(matrix, sites, setup);
            match alone.is_empty() {
                true => error.into(),
                false => anyhow!("{error}. By itself impossible: {}", alone.join("; ")),
            }
        }
        other => other.into(),
    }
}

fn out_of_reach(target: u64, bound: u64, whole: u64, setup: &Setup) -> anyhow::Error {
    anyhow!(
        "--target: {} are asked for, no plan under these rules can reach more than {} ({:.2} % of what is asked for); lower \
         the target, add candidates, or loosen a rule",
        Amount::of(target, setup.unit),
        Amount::of(bound, setup.unit),
        100.0 * bound as f64 / whole.max(1) as f64,
    )
}

/// Two forced sites of one group, or too near to each other.
fn excluding(forced: &[u32], sites: &[Site<'_>], setup: &Setup) -> Option<String> {
    let id = |c: u32| sites[c as usize].id;
    for group in &setup.options.groups {
        let mut own: Vec<u32> = group.iter().copied().filter(|c| forced.contains(c)).collect();
        own.sort_unstable();
        own.dedup();
        if let [first, second, ..] = own[..] {
            return Some(format!(
                "--include names {} and {}, of which at most one may be built",
                id(first),
                id(second)
            ));
        }
    }
    let least_m = setup.options.min_distance_m;
    for (i, &a) in forced.iter().enumerate() {
        for &b in &forced[i + 1..] {
            let (first, second) = (&sites[a as usize], &sites[b as usize]);
            let one = first.id == second.id && first.position == second.position;
            let apart_m = first.position.zip(second.position).map(|(p, q)| distance_m(p, q));
            if let Some(apart_m) = apart_m.filter(|&apart_m| !one && apart_m < least_m) {
                return Some(format!(
                    "--include names {} and {}, which are {apart_m:.0} m apart",
                    id(a),
                    id(b)
                ));
            }
        }
    }
    None
}

/// The rules that nothing can keep, whatever the others are.
fn impossible_alone(matrix: &CoverageMatrix, sites: &[Site<'_>], setup: &Setup) -> Vec<String> {
    let (options, rules) = (&setup.options, &setup.rules);
    let columns = villages_of(matrix, setup);
    let forced = |c: u32| options.forced_in.contains(&c);
    let mut out = vec![false; matrix.candidates()];
    options.forced_out.iter().for_each(|&c| out[c as usize] = true);
    let mut served = vec![false; matrix.villages()];
    let mut reader = matrix.reader();
    for (c, out) in out.iter_mut().enumerate() {
        let row = reader.read(c).unwrap_or_default();
        let villages = row.iter().filter(|&&v| (v as usize) < columns).count();
        *out = !forced(c as u32) && (*out || villages < options.min_villages as usize);
        if !*out {
            row.iter().for_each(|&v| served[v as usize] = true);
        }
    }
    let mut found = Vec::new();
    let mut inside = options.forced_in.clone();
    inside.sort_unstable();
    inside.dedup();
    if let Some(most) = options.sites.filter(|&most| inside.len() > most) {
        found.push(format!("--include names {} sites, there may be {most}", inside.len()));
    }
    if let Some(budget) = &options.budget {
        let cost: u64 = inside.iter().map(|&c| budget.costs[c as usize]).sum();
        if cost > budget.limit {
            let million = |money: u64| money as f64 / COST_UNIT;
            let (cost, limit) = (million(cost), million(budget.limit));
            found.push(format!("the sites of --include cost {cost} million đồng, there are {limit}"));
        }
    }
    found.extend(excluding(&inside, sites, setup));
    for limit in &rules.counts {
        let open = limit.members.iter().filter(|&&c| !out[c as usize]).count();
        let own = limit.members.iter().filter(|&&c| forced(c)).count();
        let most = options.sites.unwrap_or(usize::MAX);
        if open < limit.at_least {
            found.push(format!("“{}”: {open} candidates can be built there", limit.name));
        } else if limit.at_least > most {
            found.push(format!("“{}”: there may be {most} sites in all", limit.name));
        } else if limit.at_most.is_some_and(|most| own > most) {
            found.push(format!("“{}”: --include has {own} of them", limit.name));
        }
    }
    found.extend(floors_together(setup));
    for floor in &rules.served {
        let open = floor.villages.iter().filter(|&&v| served[v as usize]).count();
        if open < floor.at_least {
            found.push(format!(
                "“{}”: candidates can serve {open} of these villages, {} are asked for",
                floor.name, floor.at_least
            ));
        }
    }
    found
}

/// Floors of which no candidate counts for two, where they ask for more sites than there may be.
fn floors_together(setup: &Setup) -> Option<String> {
    let most = setup.options.sites?;
    let mut counted = BTreeSet::new();
    let (mut names, mut sum) = (Vec::new(), 0_usize);
    for limit in setup.rules.counts.iter().filter(|limit| limit.at_least > 0) {
        if limit.members.iter().all(|member| !counted.contains(member)) {
            counted.extend(limit.members.iter().copied());
            names.push(format!("“{}”", limit.name));
            sum = sum.saturating_add(limit.at_least);
        }
    }
    (sum > most && names.len() > 1)
        .then(|| format!("{} ask for {sum} different sites, there may be {most}", names.join(", ")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn seven_percent_of_a_hundred_are_seven() {
        assert_eq!(share_of(100_000_000, 0.07), 7_000_000);
        assert_eq!((share_of(3, 0.5), share_of(3, 1.0), share_of(3, 0.0)), (2, 3, 0));
        assert_eq!(share_of(1 << 61, 1.0), 1 << 61);
    }
}
