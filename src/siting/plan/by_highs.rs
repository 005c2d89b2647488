//! Plans by HiGHS (cargo feature `highs`): the same problem as an integer programme, for whoever wants a second opinion.
//!
//! A site is chosen or not; a village is served as far as a site that serves it is chosen. HiGHS counts in floating point:
//! what it calls proven is proven up to about a millionth of the value. The plan itself is counted again in whole numbers
//! and checked like any other. `iterations` is not looked at. Not here: backhaul, which the integer programme would need flows for.

use std::collections::BTreeSet;
use std::num::NonZeroU32;

use highs::{Col, HighsModelStatus, HighsSolutionStatus, RowProblem, Sense};

use super::check::check;
use super::options::PlanOptions;
use super::ruled::Ruled;
use super::rules::Rules;
use super::{MAX_PAIRS_UNDER_RULES, Plan, PlanError, PlanStatus, Planner, build, explain, gap};
use crate::coverage::CoverageMatrix;
use crate::siting::demand::Site;
use crate::siting::rank::tie_order;

/// Of a bound in floating point, what may be rounding.
const ROUNDING: f64 = 1e-6;

/// The best plan under `options` and `rules` by HiGHS, on one thread.
///
/// # Errors
/// [`PlanError`] as of [`plan_under`](super::plan_under); [`NotForHighs`](PlanError::NotForHighs) with backhaul, and where HiGHS
/// fails.
pub fn plan_by_highs(
    matrix: &CoverageMatrix,
    weights: &[u64],
    sites: &[Site<'_>],
    options: &PlanOptions,
    rules: &Rules,
) -> Result<Ruled, PlanError> {
    build::check(matrix, weights, sites, options)?;
    if rules.backhaul.is_some() {
        return Err(PlanError::NotForHighs("backhaul"));
    }
    let pairs = matrix.pairs();
    if pairs > MAX_PAIRS_UNDER_RULES {
        return Err(PlanError::TooManyPairs { pairs });
    }
    if let Some(&site) = options.forced_in.iter().find(|c| options.forced_out.contains(c)) {
        return Err(PlanError::InAndOut { site: sites[site as usize].id.to_owned() });
    }
    let unit = build::unit(weights);
    let (chosen, bound) = match sites.is_empty() {
        true => (Vec::new(), 0.0),
        false => solve(matrix, weights, sites, options, rules, unit)?,
    };
    let ties = tie_order(sites);
    let mut planned = explain::explain(matrix, weights, &chosen, &ties, options);
    if rules.is_empty() {
        // Nothing asks for a site that adds nothing.
        let useful =
            |site: &&super::PlannedSite| site.marginal > 0 || options.forced_in.contains(&site.candidate);
        let useful: Vec<u32> = planned.iter().filter(useful).map(|site| site.candidate).collect();
        planned = explain::explain(matrix, weights, &useful, &ties, options);
    }
    let value = planned.last().map_or(0, |site| site.cumulative);
    let whole: u64 = weights.iter().sum();
    let highest = (bound + ROUNDING * bound.abs().max(1.0)).floor().max(0.0) as u64;
    let upper_bound = highest.saturating_mul(unit).min(whole).max(value);
    let status = match () {
        () if upper_bound == value => PlanStatus::Optimal,
        () if gap(value, upper_bound) <= options.gap => PlanStatus::GapReached,
        () => PlanStatus::TimeLimit,
    };
    let mut greedy = Planner::new(matrix, weights, sites, options)?;
    greedy.greedy()?;
    let plan = Plan {
        sites: planned,
        value,
        upper_bound,
        status,
        greedy_value: greedy.greedy_value * greedy.unit,
        iterations: 0,
        parts: 0,
        unservable: explain::unservable(matrix, options),
        unknown_villages: matrix.unknown_villages().to_vec(),
    };
    match check(matrix, weights, sites, options, rules, &plan).into_iter().next() {
        Some(broken) => Err(PlanError::Broken(broken.to_string())),
        None => Ok(Ruled { plan, bound_ignores: Vec::new() }),
    }
}

/// The candidates that HiGHS chooses, and its bound, in units.
fn solve(
    matrix: &CoverageMatrix,
    weights: &[u64],
    sites: &[Site<'_>],
    options: &PlanOptions,
    rules: &Rules,
    unit: u64,
) -> Result<(Vec<u32>, f64), PlanError> {
    let mut problem = RowProblem::new();
    let forced = |list: &[u32], c: u32| list.contains(&c);
    let columns: Vec<Col> = (0..sites.len() as u32)
        .map(|c| {
            let serves_enough =
                options.villages_of(matrix, c).is_some_and(|villages| villages >= options.min_villages);
            let (least, most) = match () {
                () if forced(&options.forced_in, c) => (1, 1),
                () if forced(&options.forced_out, c) || !serves_enough => (0, 0),
                () => (0, 1),
            };
            problem.add_integer_column(0.0, least..=most)
        })
        .collect();
    let mut servers: Vec<Vec<Col>> = vec![Vec::new(); matrix.villages()];
    let mut reader = matrix.reader();
    for (c, &column) in columns.iter().enumerate() {
        for &v in reader.read(c).unwrap_or_default() {
            servers[v as usize].push(column);
        }
    }
    let asked: BTreeSet<u32> = rules.served.iter().flat_map(|floor| floor.villages.iter().copied()).collect();
    let mut village_columns: Vec<Option<Col>> = vec![None; matrix.villages()];
    for (v, by) in servers.iter().enumerate() {
        if by.is_empty() || (weights[v] == 0 && !asked.contains(&(v as u32))) {
            continue;
        }
        let served = problem.add_column((weights[v] / unit) as f64, 0..=1);
        problem.add_row(0.., by.iter().map(|&c| (c, 1.0)).chain([(served, -1.0)]));
        village_columns[v] = Some(served);
    }
    let row_of = |members: &[u32]| -> Vec<(Col, f64)> {
        let members: BTreeSet<u32> = members.iter().copied().collect();
        members.into_iter().map(|c| (columns[c as usize], 1.0)).collect()
    };
    if let Some(most) = options.sites {
        problem.add_row(..=most as f64, columns.iter().map(|&c| (c, 1.0)));
    }
    if let Some(budget) = &options.budget {
        problem.add_row(
            ..=budget.limit as f64,
            columns.iter().zip(&budget.costs).map(|(&c, &cost)| (c, cost as f64)),
        );
    }
    for group in &options.groups {
        problem.add_row(..=1, row_of(group));
    }
    let conflicts = build::conflicts(sites, &|c| c, options)?;
    for a in 0..sites.len() {
        for &b in conflicts.row(a).iter().filter(|&&b| b as usize > a) {
            problem.add_row(..=1, [(columns[a], 1.0), (columns[b as usize], 1.0)]);
        }
    }
    for limit in &rules.counts {
        let most = limit.at_most.map_or(f64::INFINITY, |most| most as f64);
        problem.add_row(limit.at_least as f64..=most, row_of(&limit.members));
    }
    for floor in &rules.served {
        let villages: BTreeSet<u32> = floor.villages.iter().copied().collect();
        let served = villages.into_iter().filter_map(|v| village_columns[v as usize]);
        problem.add_row(floor.at_least as f64.., served.map(|column| (column, 1.0)));
    }
    let failed = |_| PlanError::NotForHighs("what it failed on");
    let mut model = problem.try_optimise(Sense::Maximise).map_err(failed)?;
    model.make_quiet();
    model.set_threads(NonZeroU32::MIN);
    let mut set = |name: &str, value: f64| model.try_set_option(name, value).map_err(|_| name.to_owned());
    let options_set = set("mip_rel_gap", options.gap)
        .and_then(|()| set("mip_abs_gap", 0.0))
        .and_then(|()| options.time.map_or(Ok(()), |time| set("time_limit", time.as_secs_f64())));
    options_set.map_err(|_| PlanError::NotForHighs("one of its options"))?;
    let seed = i32::try_from(options.seed % (1 << 31)).unwrap_or(0);
    model.try_set_option("random_seed", seed).map_err(|_| PlanError::NotForHighs("its seed"))?;
    let solved = model.try_solve().map_err(failed)?;
    match solved.status() {
        HighsModelStatus::Infeasible | HighsModelStatus::UnboundedOrInfeasible => {
            return Err(PlanError::Infeasible);
        }
        _ if solved.primal_solution_status() != HighsSolutionStatus::Feasible => {
            return Err(PlanError::NoneFound);
        }
        _ => {}
    }
    let bound = solved.double_info_value(c"mip_dual_bound").map_err(failed)?;
    let solution = solved.get_solution();
    let values = solution.columns();
    let is_chosen = |c: &u32| values.get(*c as usize).is_some_and(|&value| value > 0.5);
    Ok(((0..sites.len() as u32).filter(is_chosen).collect(), bound))
}
