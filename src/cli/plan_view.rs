//! A plan → what is written.

use phusong::export::{
    Amount, BuiltView, DarkView, LeftOutView, PlanAsked, PlanRow, PlanView, SensitivityView, TargetView,
    UnservableView, YearView,
};
use phusong::index::PointIndex;
use phusong::siting::plan::{Reason, Ruled};
use phusong::study::{Changed, Goal};

use super::args::PlanArgs;
use super::input::Input;
use super::plan::Explained;
use super::plan_setup::{COST_UNIT, Setup};

/// What a value in the weights' unit is of what is counted, and of dark villages where these come first.
fn parts(setup: &Setup, value: u64) -> (u64, u64) {
    match &setup.dark_first {
        Some(joint) => joint.parts(value),
        None => (0, value),
    }
}

fn amount(setup: &Setup, value: u64) -> Amount {
    Amount::of(parts(setup, value).1, setup.unit)
}

/// A bound on what is counted alone: that of the joint number holds for it only where both serve as many dark villages.
fn bound(setup: &Setup, value: u64, upper_bound: u64) -> Amount {
    let ((dark, _), (most_dark, most)) = (parts(setup, value), parts(setup, upper_bound));
    if dark == most_dark {
        return Amount::of(most, setup.unit);
    }
    let whole = setup.weights.iter().map(|&weight| parts(setup, weight).1).sum();
    Amount::of(whole, setup.unit)
}

/// Everything but hashes and times.
pub fn view<'a>(args: &PlanArgs, input: &'a Input, setup: &'a Setup, explained: &Explained) -> PlanView<'a> {
    let plan = &explained.planned.ruled.plan;
    let candidates = setup.candidates(input);
    let candidate = |number: u32| &candidates[number as usize];
    let site_id = |number: u32| candidates[number as usize].id.as_str();
    let name = |number: u32| setup.name(input, number);
    let cost = |number: u32| setup.costs_million_vnd[number as usize];
    let village_id = |&v: &u32| input.demand.villages[v as usize].id.as_str();
    let mut unservable_village_ids: Vec<&str> = plan.unservable.iter().map(village_id).collect();
    unservable_village_ids.sort_unstable();
    // Of a village with a position nothing is known where the ground is not.
    let has_position =
        |&&v: &&u32| input.demand.villages.get(v as usize).is_some_and(|d| d.position.is_some());
    let on_unknown_ground = plan.unknown_villages.iter().filter(has_position).count();
    let year_of = |i: usize| {
        let year = explained.planned.year_of.get(i)?;
        args.more.year.get(*year).map(|arg| arg.year)
    };
    let steps: Vec<PlanRow<'a>> = plan
        .sites
        .iter()
        .enumerate()
        .map(|(i, site)| PlanRow {
            order: site.order,
            year: year_of(i),
            site_id: site_id(site.candidate),
            carriers: explained.carriers.get(i).cloned().unwrap_or_default(),
            position: candidate(site.candidate).position,
            marginal: amount(setup, site.marginal),
            marginal_villages: site.marginal_villages,
            unique: amount(setup, site.unique),
            unique_villages: site.unique_villages,
            cumulative: amount(setup, site.cumulative),
            cumulative_villages: site.cumulative_villages,
            cost_million_vnd: cost(site.candidate),
        })
        .collect();
    let value = amount(setup, plan.value);
    let upper_bound = bound(setup, plan.value, plan.upper_bound);
    let status = explained.planned.reached.map_or(plan.status, |(_, _, status)| status);
    let left_out = explained.left_out.iter().map(|left| {
        let (mut sites, mut limit, mut lost) = (Vec::new(), None, None);
        match &left.reason {
            Reason::Dominated(by) | Reason::Beside(by) => sites.push(name(*by)),
            Reason::Served(by) => sites.extend(by.iter().map(|&c| name(c))),
            Reason::Limit(name) => limit = Some(name.clone()),
            Reason::SitesTaken { least, lost: missed } => {
                sites.push(name(*least));
                lost = Some(amount(setup, *missed));
            }
            _ => {}
        }
        LeftOutView {
            site_id: name(left.candidate),
            alone: amount(setup, left.alone),
            adds: amount(setup, left.adds),
            reason: left.reason.key(),
            sites,
            limit,
            lost,
        }
    });
    PlanView {
        meta: &input.meta,
        value,
        upper_bound,
        gap: gap(value, upper_bound),
        status: status.key(),
        sites: steps.iter().map(|row| row.site_id).collect(),
        seconds: 0.0,
        // The users' weights are a factor on whatever is counted: the value is then no number of villages.
        unit: if input.has_weights || !setup.factors.is_neutral() { "weight" } else { input.meta.ranked_by },
        bound_ignores: explained.planned.ruled.bound_ignores.clone(),
        dark: setup.dark_first.as_ref().map(|_| DarkView {
            value: Amount::from_micro(parts(setup, plan.value).0),
            upper_bound: Amount::from_micro(parts(setup, plan.upper_bound).0),
        }),
        target: target(setup, explained),
        years: years(args, setup, explained),
        built: setup.built.map(|(built, effect)| BuiltView {
            counted: built.words(),
            until: built.until,
            stations: effect.stations,
            stations_without_position: effect.without_position,
            gaps_closed: effect.gaps,
            gaps_unknown: effect.gaps_unknown,
            villages_closed: effect.villages,
        }),
        greedy_value: amount(setup, plan.greedy_value),
        iterations: plan.iterations,
        parts: plan.parts,
        asked: asked(args, setup),
        inputs: Vec::new(),
        villages: input.demand.villages.len(),
        unservable_villages: plan.unservable.len(),
        unservable_village_ids,
        unservable: unservable(input, &plan.unservable),
        villages_without_position: plan.unknown_villages.len() - on_unknown_ground,
        villages_on_unknown_ground: on_unknown_ground,
        candidates_without_cost: setup.without_cost,
        cost_million_vnd: total(steps.iter().map(|row| row.cost_million_vnd)),
        villages_with_unknown_weight: setup.weights_unknown,
        candidates_with_unknown_grid: setup.grid_unknown,
        left_out: left_out.collect(),
        sensitivity: sensitivity(input, setup, explained),
        steps,
    }
}

/// A sum of money; none where a part is not known. The sum of nothing is 0, not -0.
fn total(costs: impl Iterator<Item = Option<f64>>) -> Option<f64> {
    let sum: Option<f64> = costs.sum();
    sum.map(|sum| sum + 0.0)
}

fn number(amount: Amount) -> f64 {
    match amount {
        Amount::Whole(whole) => whole as f64,
        Amount::Real(real) => real,
    }
}

fn gap(value: Amount, bound: Amount) -> f64 {
    let (value, bound) = (number(value), number(bound));
    if bound <= value {
        0.0
    } else if value <= 0.0 {
        1.0
    } else {
        (bound - value) / value
    }
}

fn target(setup: &Setup, explained: &Explained) -> Option<TargetView> {
    let (Goal::Reach { target, least }, Some((used, at_least, status))) =
        (&explained.goal, explained.planned.reached)
    else {
        return None;
    };
    let money = *least == phusong::siting::plan::Least::Cost;
    let unit = if money { COST_UNIT } else { 1.0 };
    Some(TargetView {
        target: amount(setup, *target),
        least: if money { "cost_million_vnd" } else { "sites" },
        amount: used as f64 / unit,
        at_least: at_least as f64 / unit,
        status: status.key(),
    })
}

fn years(args: &PlanArgs, setup: &Setup, explained: &Explained) -> Vec<YearView> {
    let sites = &explained.planned.ruled.plan.sites;
    let of_year = |year: usize| {
        sites.iter().zip(&explained.planned.year_of).filter(move |(_, of)| **of == year).map(|(site, _)| site)
    };
    let view = |(i, (year, ruled)): (usize, (&super::plan_args::YearArg, &Ruled))| YearView {
        year: year.year,
        new_sites: of_year(i).count(),
        sites: ruled.plan.sites.len(),
        value: amount(setup, ruled.plan.value),
        upper_bound: bound(setup, ruled.plan.value, ruled.plan.upper_bound),
        bound_over: if i + 1 == args.more.year.len() { "all_plans" } else { "parts_of_next_year" },
        status: ruled.plan.status.key(),
        cost_million_vnd: total(of_year(i).map(|site| setup.costs_million_vnd[site.candidate as usize])),
    };
    args.more.year.iter().zip(&explained.planned.years).enumerate().map(view).collect()
}

fn asked(args: &PlanArgs, setup: &Setup) -> PlanAsked {
    let f = &setup.factors;
    let own = [
        ("white", f.white),
        ("weak", f.weak),
        ("hardship", f.hardship),
        ("no_grid_power", f.no_grid_power),
        ("only_2g", f.only_2g),
    ];
    let own = own.into_iter().map(|(key, factor)| (key.to_owned(), factor));
    let carriers = f.carriers.iter().map(|(name, factor)| (format!("carrier:{name}"), *factor));
    PlanAsked {
        sites: args.sites.map(std::num::NonZeroUsize::get),
        budget_million_vnd: args.budget,
        include: args.include.clone(),
        exclude: args.exclude.clone(),
        min_villages: args.min_villages,
        min_distance_km: args.min_distance_km,
        time_s: (!args.time.is_zero()).then_some(args.time.as_secs_f64()),
        gap: args.gap,
        iterations: args.iterations,
        seed: args.seed,
        solver: args.more.solver.key(),
        rules: setup.rule_texts.clone(),
        weights: own.chain(carriers).filter(|(_, factor)| (factor - 1.0).abs() > 0.0).collect(),
        dark_first: args.more.dark_first,
        sharing: setup.sharing.text(),
        partial_from: setup.partial.as_ref().map(|(least, _)| *least),
    }
}

/// Each with the candidate that would be the nearest to serve it.
fn unservable<'a>(input: &'a Input, villages: &[u32]) -> Vec<UnservableView<'a>> {
    let places: Vec<_> = input.candidates.iter().map(|c| c.position).collect();
    let index = PointIndex::new(&places).ok();
    let mut views: Vec<UnservableView<'a>> = villages
        .iter()
        .map(|&v| {
            let village = &input.demand.villages[v as usize];
            let near =
                village.position.zip(index.as_ref()).and_then(|(p, i)| i.nearest(p, 1).first().copied());
            UnservableView {
                village_id: &village.id,
                nearest_site_id: near.map(|n| input.candidates[n.number as usize].id.as_str()),
                distance_km: near.map(|n| (n.distance_m.round() / 1000.0).max(0.0)),
            }
        })
        .collect();
    views.sort_unstable_by(|a, b| a.village_id.cmp(b.village_id));
    views
}

fn sensitivity(input: &Input, setup: &Setup, explained: &Explained) -> Vec<SensitivityView> {
    let view = |line: &phusong::study::Sensitivity| {
        let plan = &explained.planned.ruled.plan;
        let base = match line.changed {
            Changed::Radius => input.meta.radius_km.unwrap_or_default(),
            Changed::Sites => explained.bounds.sites.unwrap_or(plan.sites.len()) as f64,
            Changed::Budget => explained.bounds.budget.as_ref().map_or(0.0, |b| b.limit as f64 / COST_UNIT),
        };
        let setting = match line.changed {
            Changed::Sites => (base * line.factor).round().max(1.0),
            _ => (base * line.factor * 1e6).round() / 1e6,
        };
        SensitivityView {
            changed: line.changed.key(),
            factor: line.factor,
            setting,
            value: amount(setup, line.value),
            upper_bound: bound(setup, line.value, line.upper_bound),
            status: line.status.key(),
            same_sites: line.same_sites.map(|value| amount(setup, value)),
        }
    };
    explained.sensitivity.iter().map(view).collect()
}
