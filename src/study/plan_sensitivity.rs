//! What becomes of a plan's worth where an assumption is a little wrong.

use std::time::Instant;

use super::plan::{Task, left_of};
use crate::coverage::CoverageMatrix;
use crate::siting::plan::{Budget, PlanError, PlanOptions, PlanStatus, Rules, plan_under};

/// What is changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Changed {
    /// The radius.
    Radius,
    /// The number of sites.
    Sites,
    /// The budget.
    Budget,
}

impl Changed {
    /// The key used in files.
    pub fn key(self) -> &'static str {
        match self {
            Changed::Radius => "radius_km",
            Changed::Sites => "sites",
            Changed::Budget => "budget",
        }
    }
}

/// One line of the table.
#[derive(Debug, Clone, PartialEq)]
pub struct Sensitivity {
    /// What is changed.
    pub changed: Changed,
    /// By which factor.
    pub factor: f64,
    /// What the best plan found is then worth.
    pub value: u64,
    /// Proven: no plan is worth more.
    pub upper_bound: u64,
    /// How that plan ended.
    pub status: PlanStatus,
    /// For another radius: what the sites of the plan at hand are then worth.
    pub same_sites: Option<u64>,
}

/// The problem under another radius. Who serves whom decides more than the matrix: which sites count for a limit by
/// carrier, and which serve too few people.
#[derive(Debug, Clone)]
pub struct OtherRadius {
    /// Who serves whom.
    pub matrix: CoverageMatrix,
    /// What each village, or piece of one, is worth.
    pub weights: Vec<u64>,
    /// Limits and rules of the solver.
    pub options: PlanOptions,
    /// Rules beyond these.
    pub rules: Rules,
}

/// The factors that are tried.
const FACTORS: [f64; 4] = [0.8, 0.9, 1.1, 1.2];

/// Plans again under changed assumptions. `chosen` are the sites of the plan at hand; `with_radius` gives the problem for a
/// radius so many times as large, `None` where the model has none. The time of the options is for all of them together.
///
/// # Errors
/// As planning, or what `with_radius` finds; an assumption under which no plan keeps the rules is left out of the table.
pub fn sensitivity<E: From<PlanError>>(
    task: Task<'_>,
    chosen: &[u32],
    with_radius: impl Fn(f64) -> Result<Option<OtherRadius>, E>,
) -> Result<Vec<Sensitivity>, E> {
    let start = Instant::now();
    let mut cases: Vec<(Changed, f64)> = Vec::new();
    let PlanOptions { sites, budget, .. } = task.options;
    for (changed, there) in
        [(Changed::Radius, true), (Changed::Sites, sites.is_some()), (Changed::Budget, budget.is_some())]
    {
        cases.extend(FACTORS.iter().filter(|_| there).map(|&factor| (changed, factor)));
    }
    let mut table = Vec::new();
    let count = cases.len();
    for (done, (changed, factor)) in cases.into_iter().enumerate() {
        let mut options = left_of(task.options, start);
        let time = options.time.map(|time| time / (count - done) as u32);
        let iterations = options.iterations.map(|most| most / count as u64);
        let mut other = None;
        match changed {
            Changed::Radius => match with_radius(factor)? {
                Some(found) => options = other.insert(found).options.clone(),
                None => continue,
            },
            Changed::Sites => {
                options.sites = sites.map(|n| ((n as f64 * factor).round() as usize).max(1));
            }
            Changed::Budget => {
                options.budget = budget.as_ref().map(|budget| Budget {
                    costs: budget.costs.clone(),
                    limit: (budget.limit as f64 * factor).round() as u64,
                });
            }
        }
        (options.time, options.iterations) = (time, iterations);
        let (matrix, weights, rules) = match &other {
            Some(other) => (&other.matrix, &other.weights[..], &other.rules),
            None => (task.matrix, task.weights, task.rules),
        };
        let plan = match plan_under(matrix, weights, task.sites, &options, rules) {
            Ok(ruled) => ruled.plan,
            Err(PlanError::Infeasible | PlanError::ForcedInfeasible | PlanError::NoneFound) => continue,
            Err(error) => return Err(error.into()),
        };
        table.push(Sensitivity {
            changed,
            factor,
            value: plan.value,
            upper_bound: plan.upper_bound,
            status: plan.status,
            same_sites: other.as_ref().map(|other| worth_of(&other.matrix, &other.weights, chosen)),
        });
    }
    Ok(table)
}

fn worth_of(matrix: &CoverageMatrix, weights: &[u64], chosen: &[u32]) -> u64 {
    let mut served = vec![false; matrix.villages()];
    for &c in chosen {
        matrix.row(c as usize).unwrap_or_default().into_iter().for_each(|v| served[v as usize] = true);
    }
    weights.iter().zip(&served).filter(|(_, served)| **served).map(|(weight, _)| weight).sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::siting::Site;

    #[test]
    fn the_table_has_what_was_limited_and_the_same_sites_are_no_better_than_the_best() {
        let rows = |widths: [u32; 3]| -> CoverageMatrix {
            let rows: Vec<_> =
                (0..3).map(|c| Some((0..widths[c as usize]).map(|v| 4 * c + v).collect())).collect();
            CoverageMatrix::from_rows(12, &rows, &[]).unwrap()
        };
        let matrix = rows([3, 2, 1]);
        let sites: Vec<Site<'_>> = ["a", "b", "c"].iter().map(|id| Site { id, position: None }).collect();
        let options = PlanOptions { sites: Some(1), ..PlanOptions::default() };
        let rules = Rules::default();
        let task =
            Task { matrix: &matrix, weights: &[1; 12], sites: &sites, options: &options, rules: &rules };
        // A smaller radius would turn the order round.
        let with_radius = |factor: f64| -> Result<Option<OtherRadius>, PlanError> {
            let (weights, options, rules) = (vec![1; 12], options.clone(), Rules::default());
            Ok((factor < 1.0).then(|| OtherRadius { matrix: rows([1, 1, 2]), weights, options, rules }))
        };
        let table = sensitivity(task, &[0], with_radius).unwrap();
        let lines: Vec<_> = table.iter().map(|s| (s.changed, s.factor, s.value, s.same_sites)).collect();
        assert_eq!(
            lines,
            [
                (Changed::Radius, 0.8, 2, Some(1)),
                (Changed::Radius, 0.9, 2, Some(1)),
                (Changed::Sites, 0.8, 3, None),
                (Changed::Sites, 0.9, 3, None),
                (Changed::Sites, 1.1, 3, None),
                (Changed::Sites, 1.2, 3, None),
            ]
        );
    }
}
