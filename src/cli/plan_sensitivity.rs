//! `phusong plan --sensitivity`: the plan once more under other radii, numbers of sites and budgets.

use phusong::geodesy::Radius;
use phusong::siting::plan::{Least, PlanError, PlanOptions};
use phusong::study::{CoverageRule, Goal, OtherRadius, Sensitivity, Stages, Task, sensitivity};

use super::input::Input;
use super::plan_pieces::{Limits, bind};
use super::plan_setup::Setup;

/// For a target, the sites or the money that the plan needs are what is changed.
pub fn bind_to_plan(bounds: &mut PlanOptions, goal: &Goal, chosen: &[u32]) {
    let Goal::Reach { least, .. } = goal else { return };
    match (&mut bounds.budget, least) {
        (Some(budget), Least::Cost) => {
            budget.limit = chosen.iter().map(|&c| budget.costs[c as usize]).sum();
        }
        _ => bounds.sites = bounds.sites.or(Some(chosen.len())),
    }
}

/// The table. `limits` are those from before anybody knew who serves whom: another radius binds others.
pub fn table(
    min_people: u64,
    task: Task<'_>,
    chosen: &[u32],
    limits: &Limits,
    (input, setup): (&Input, &Setup),
    stages: &mut Stages<'_>,
) -> anyhow::Result<Vec<Sensitivity>> {
    let demand = &input.demand.villages;
    let with_radius = |factor: f64| -> anyhow::Result<Option<OtherRadius>> {
        // A prediction has no radius to change.
        let CoverageRule::Radius { radius_km } = input.rule else { return Ok(None) };
        let radius_km = radius_km * factor;
        if Radius::from_m(radius_km * 1000.0).is_err() {
            return Ok(None);
        }
        let places: Vec<_> = input.candidates.iter().map(|site| Some(site.position)).collect();
        let matrix = if input.clusters.is_empty() {
            let villages: Vec<_> = demand.iter().map(|village| village.position).collect();
            phusong::coverage::radius::cover(&villages, &places, Radius::from_m(radius_km * 1000.0)?)?
        } else {
            input.reach().within(demand, &places, radius_km)?.matrix
        };
        let mut bound = bind(min_people, (&matrix, None), limits, input, setup)?;
        let options = &mut bound.limits.options;
        // What hangs on the goal and not on the radius.
        options.sites = task.options.sites;
        options.budget.clone_from(&task.options.budget);
        if bound.unit != setup.unit || bound.dark_first != setup.dark_first {
            return Err(PlanError::TooLarge.into());
        }
        Ok(Some(OtherRadius {
            matrix: match bound.cut {
                Some(cut) => cut.pieces.matrix,
                None => matrix,
            },
            weights: bound.weights,
            options: bound.limits.options,
            rules: bound.limits.rules,
        }))
    };
    stages.run("sensitivity", || sensitivity(task, chosen, with_radius))
}
