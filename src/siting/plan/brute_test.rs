//! Plans against all subsets.

use proptest::prelude::*;

use super::small_test::{Small as Instance, distinct, id_of, on_grid};
use super::*;
use crate::geodesy::LatLon;

impl Instance {
    fn plan(&self) -> Result<Plan, PlanError> {
        plan(&self.matrix(), &self.weights, &self.sites(), &self.options)
    }

    /// The worth of the best subset that the rules allow.
    fn brute(&self) -> Option<u64> {
        self.subsets().filter(|chosen| self.options_allow(chosen)).map(|chosen| self.value(&chosen)).max()
    }

    /// The plan keeps the rules, is worth what it says, and its bound is not below the optimum.
    fn check(&self, plan: &Plan, optimum: u64) -> Result<(), TestCaseError> {
        let chosen: Vec<u32> = plan.sites.iter().map(|site| site.candidate).collect();
        prop_assert!(self.options_allow(&chosen), "{chosen:?} breaks a rule");
        prop_assert_eq!(self.value(&chosen), plan.value);
        prop_assert_eq!(plan.sites.last().map_or(0, |site| site.cumulative), plan.value);
        prop_assert!(plan.value <= optimum && optimum <= plan.upper_bound, "{plan:?}, optimum {optimum}");
        for (i, site) in plan.sites.iter().enumerate() {
            let before = self.value(&chosen[..i]);
            prop_assert_eq!(
                (site.marginal, site.cumulative),
                (self.value(&chosen[..=i]) - before, before + site.marginal)
            );
            let best = chosen[i..].iter().map(|&c| self.value(&[&chosen[..i], &[c]].concat()) - before).max();
            prop_assert_eq!(Some(site.marginal), best);
            let others: Vec<u32> = chosen.iter().copied().filter(|&c| c != site.candidate).collect();
            prop_assert_eq!(site.unique, plan.value - self.value(&others));
        }
        Ok(())
    }
}

/// Which rules an instance has.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Rules {
    None,
    Forced,
    Budget,
    Groups,
    Distance,
    MinVillages,
    All,
}

fn instance(rules: Rules) -> impl Strategy<Value = Instance> {
    let has = move |rule: Rules| rules == rule || rules == Rules::All;
    (1..10_usize, 0..40_usize).prop_flat_map(move |(n, villages)| {
        let row = prop::collection::vec(0..villages.max(1) as u32, 0..14);
        let weight = prop_oneof![4 => Just(1_u64), 2 => 0..6_u64, 1 => 0..5_000_000_000_u64];
        let candidates = prop::collection::vec((row, (0..6, 0..6), 0..7_u64, 0..101_u32), n);
        let sites = (prop::option::weighted(0.8, 0..n + 1), 0..20_u64, 0..5_u32, 0.0..4_000.0_f64);
        let some = prop::collection::vec(0..n as u32, 0..3);
        let groups = prop::collection::vec(prop::collection::vec(0..n as u32, 0..5), 0..4);
        (candidates, prop::collection::vec(weight, villages), sites, (some.clone(), some), groups).prop_map(
            move |(candidates, weights, (sites, limit, least, apart), (forced_in, forced_out), groups)| {
                let groups = groups.into_iter().map(distinct).collect();
                let mut rows: Vec<Vec<u32>> = candidates.iter().map(|c| c.0.clone()).collect();
                rows.iter_mut().for_each(|row| row.retain(|&v| (v as usize) < weights.len()));
                let costs = candidates.iter().map(|c| c.2).collect();
                let forced_in = if has(Rules::Forced) { distinct(forced_in) } else { Vec::new() };
                Instance {
                    positions: candidates.iter().map(|c| on_grid(c.1)).collect(),
                    ids: candidates.iter().enumerate().map(|(i, c)| id_of(c.3, i)).collect(),
                    rows,
                    weights,
                    options: PlanOptions {
                        sites: if rules == Rules::None { sites.or(Some(2)) } else { sites },
                        budget: has(Rules::Budget).then_some(Budget { costs, limit }),
                        forced_in,
                        forced_out: if has(Rules::Forced) { forced_out } else { Vec::new() },
                        groups: if has(Rules::Groups) { groups } else { Vec::new() },
                        min_distance_m: if has(Rules::Distance) { apart } else { 0.0 },
                        min_villages: if has(Rules::MinVillages) { least } else { 0 },
                        ..PlanOptions::default()
                    },
                }
            },
        )
    })
}

fn equals_brute_force(instance: &Instance) -> Result<(), TestCaseError> {
    let Some(optimum) = instance.brute() else {
        let both = |c: &u32| instance.options.forced_out.contains(c);
        let contradiction = match instance.options.forced_in.iter().any(both) {
            true => matches!(instance.plan(), Err(PlanError::InAndOut { .. })),
            false => matches!(instance.plan(), Err(PlanError::ForcedInfeasible)),
        };
        prop_assert!(contradiction);
        return Ok(());
    };
    let plan = instance.plan().unwrap();
    instance.check(&plan, optimum)?;
    prop_assert_eq!((plan.value, plan.upper_bound, plan.status), (optimum, optimum, PlanStatus::Optimal));
    // Cut short anywhere, the bound still holds.
    for iterations in [0, 1, 7, 40] {
        let options = PlanOptions { iterations: Some(iterations), ..instance.options.clone() };
        let short = Instance { options, ..instance.clone() };
        short.check(&short.plan().unwrap(), optimum)?;
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 600, ..ProptestConfig::default() })]

    #[test]
    fn the_optimum_equals_brute_force(instance in instance(Rules::None)) {
        equals_brute_force(&instance)?;
    }

    #[test]
    fn with_sites_forced_in_and_out(instance in instance(Rules::Forced)) {
        equals_brute_force(&instance)?;
    }

    #[test]
    fn with_a_budget(instance in instance(Rules::Budget)) {
        equals_brute_force(&instance)?;
    }

    #[test]
    fn with_groups(instance in instance(Rules::Groups)) {
        equals_brute_force(&instance)?;
    }

    #[test]
    fn with_a_least_distance(instance in instance(Rules::Distance)) {
        equals_brute_force(&instance)?;
    }

    #[test]
    fn with_villages_that_a_site_must_serve(instance in instance(Rules::MinVillages)) {
        equals_brute_force(&instance)?;
    }

    #[test]
    fn with_all_rules_at_once(instance in instance(Rules::All)) {
        equals_brute_force(&instance)?;
    }
}

/// The prices after so many straight steps give a bound that holds, and decide nothing that a better plan needs.
fn prices_hold(instance: &Instance, steps: u32) -> Result<(), TestCaseError> {
    let Some(optimum) = instance.brute().filter(|&optimum| optimum > 0) else { return Ok(()) };
    let (matrix, sites) = (instance.matrix(), instance.sites());
    let mut planner = Planner::new(&matrix, &instance.weights, &sites, &instance.options).unwrap();
    planner.greedy().unwrap();
    let unit = planner.unit;
    let Part { problem, prices, .. } = planner.solver.open.take().unwrap();
    let mut lagrangian = lagrange::Lagrangian::new(&problem, prices);
    lagrangian.plunge(steps, 0.0, &mut Clock::new(None, None));
    let below = (optimum / unit).saturating_sub(1);
    let certificate = lagrangian.certify(below);
    prop_assert!(certificate.bound * unit >= optimum, "{} × {unit}, optimum {optimum}", certificate.bound);
    let left = problem.decided(&certificate.decisions, &[]).map(|(left, _)| left);
    prop_assert!(left.is_some(), "contradictory decisions");
    let root = left.map(|problem| Part {
        bound: u64::MAX,
        prices: vec![0.0; problem.villages()],
        problem,
        number: 0,
    });
    let mut incumbent = Incumbent { value: below, sites: Vec::new() };
    let clock = &mut Clock::new(None, None);
    tree::search(root.unwrap(), &mut incumbent, |_, _| false, u64::MAX, clock);
    prop_assert_eq!(incumbent.value * unit, optimum);
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 600, ..ProptestConfig::default() })]

    #[test]
    fn straight_steps_end_at_prices_that_hold(instance in instance(Rules::None), steps in 0..120_u32) {
        prices_hold(&instance, steps)?;
    }

    #[test]
    fn straight_steps_end_at_prices_that_hold_under_rules(instance in instance(Rules::All), steps in 0..120_u32) {
        prices_hold(&instance, steps)?;
    }

    #[test]
    fn without_lists_the_bound_is_not_below_brute_force(instance in instance(Rules::None)) {
        let optimum = instance.brute().unwrap();
        for iterations in [Some(0), Some(30), None] {
            let options = PlanOptions { iterations, ..instance.options.clone() };
            instance.check(&wide_plan(&Instance { options, ..instance.clone() }), optimum)?;
        }
    }
}

/// More pairs than are listed without a look at the clock.
#[test]
fn where_time_ends_while_listing_the_plan_is_greedy_or_none() {
    let side = 1_500_u32;
    let rows: Vec<_> = (0..side).map(|c| Some((0..side - c % 7).collect())).collect();
    let matrix = CoverageMatrix::from_rows(side as usize, &rows, &[]).unwrap();
    let ids: Vec<String> = (0..side).map(|c| format!("S{c:04}")).collect();
    let sites: Vec<Site<'_>> = ids.iter().map(|id| Site { id, position: None }).collect();
    let weights = vec![1; side as usize];
    let mut options =
        PlanOptions { sites: Some(3), time: Some(std::time::Duration::ZERO), ..PlanOptions::default() };
    let greedy = plan(&matrix, &weights, &sites, &options).unwrap();
    assert_eq!((greedy.value, greedy.status), (u64::from(side), PlanStatus::Optimal));
    options.forced_out = vec![0];
    assert_eq!(plan(&matrix, &weights, &sites, &options), Err(PlanError::NoneFound));
    let served = ServedFloor { name: "V".into(), villages: vec![0], at_least: 1 };
    let rules = super::Rules { served: vec![served], ..super::Rules::default() };
    assert_eq!(plan_under(&matrix, &weights, &sites, &options, &rules), Err(PlanError::NoneFound));
}

/// Villages and sites on a grid, every site serving those around it: the bound alone does not prove it.
fn grid(side: u32, seed: u64) -> Instance {
    let mut random = Random(seed);
    let place = |random: &mut Random| (random.below(1_000) as i64, random.below(1_000) as i64);
    let villages: Vec<_> = (0..side * side).map(|_| place(&mut random)).collect();
    let centres: Vec<_> = (0..side * side).map(|_| place(&mut random)).collect();
    let near = |a: &(i64, i64), b: &(i64, i64)| (a.0 - b.0).pow(2) + (a.1 - b.1).pow(2) <= 130 * 130;
    let row = |centre: &(i64, i64)| {
        (0..villages.len() as u32).filter(|&v| near(centre, &villages[v as usize])).collect()
    };
    let at =
        |c: &(i64, i64)| LatLon::from_degrees(19.0 + c.0 as f64 * 1e-3, 104.0 + c.1 as f64 * 1e-3).unwrap();
    Instance {
        rows: centres.iter().map(row).collect(),
        weights: vec![1; villages.len()],
        positions: centres.iter().map(at).collect(),
        ids: (0..centres.len()).map(|i| format!("S{i:04}")).collect(),
        options: PlanOptions { sites: Some(12), seed: 7, ..PlanOptions::default() },
    }
}

fn ids(instance: &Instance, plan: &Plan) -> Vec<String> {
    plan.sites.iter().map(|site| instance.ids[site.candidate as usize].clone()).collect()
}

#[test]
fn the_plan_does_not_hang_on_threads() {
    let mut parts = 0;
    for seed in 1..=8 {
        let instance = grid(20, seed);
        let plan_on = |threads| {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
            pool.install(|| instance.plan().unwrap())
        };
        let (one, two) = (plan_on(1), plan_on(2));
        assert_eq!(one, two);
        assert_eq!((one.status, one.sites.len()), (PlanStatus::Optimal, 12));
        parts += one.parts;
    }
    assert!(parts > 0, "the proof never had anything to do");
}

#[test]
fn the_plan_does_not_hang_on_the_order_of_rows() {
    for options in [PlanOptions::default(), PlanOptions { iterations: Some(200), ..PlanOptions::default() }] {
        let mut instance = grid(15, 2);
        instance.options = PlanOptions { sites: Some(12), seed: 3, ..options };
        let mut turned = instance.clone();
        turned.rows.reverse();
        turned.ids.reverse();
        turned.positions.reverse();
        let last = turned.weights.len() as u32 - 1;
        turned.rows.iter_mut().flatten().for_each(|v| *v = last - *v);
        let (plan, other) = (instance.plan().unwrap(), turned.plan().unwrap());
        assert_eq!(ids(&instance, &plan), ids(&turned, &other));
        assert_eq!(
            (plan.value, plan.upper_bound, plan.iterations),
            (other.value, other.upper_bound, other.iterations)
        );
    }
}

#[test]
fn greedy_is_beaten_and_a_gap_ends_the_search() {
    let mut instance = grid(15, 4);
    let plan = instance.plan().unwrap();
    assert!(plan.value > plan.greedy_value, "{plan:?}");
    instance.options.gap = 0.5;
    let rough = instance.plan().unwrap();
    assert_eq!(rough.status, PlanStatus::GapReached);
    assert!(rough.gap() <= 0.5 && rough.upper_bound >= plan.value);
}

#[test]
fn villages_that_nobody_serves_are_named() {
    let rows = [Some(vec![0, 2]), None];
    let matrix = CoverageMatrix::from_rows(5, &rows, &[4]).unwrap();
    let sites = [Site { id: "a", position: None }, Site { id: "b", position: None }];
    let options = PlanOptions { sites: Some(2), ..PlanOptions::default() };
    let plan = plan(&matrix, &[1; 5], &sites, &options).unwrap();
    assert_eq!((plan.unservable, plan.unknown_villages), (vec![1, 3], vec![4]));
    assert_eq!((plan.value, plan.sites.len()), (2, 1));
}

/// The plan as it is made where there are too many pairs to list.
fn wide_plan(instance: &Instance) -> Plan {
    let (matrix, sites) = (instance.matrix(), instance.sites());
    let mut planner = Planner::new(&matrix, &instance.weights, &sites, &instance.options).unwrap();
    planner.greedy_of_masks(&tie_order(&sites)).unwrap();
    planner.bound();
    planner.search();
    planner.finish()
}

#[test]
fn without_lists_the_bound_holds_and_the_plan_gets_better() {
    let mut better = 0;
    for seed in 1..=6 {
        let mut instance = grid(24, seed);
        instance.weights = (0..instance.weights.len() as u64).map(|v| 3 * (1 + v % 7)).collect();
        let (optimum, rough) = (instance.plan().unwrap(), wide_plan(&instance));
        assert_eq!(optimum.status, PlanStatus::Optimal);
        assert!(rough.value <= optimum.value && optimum.value <= rough.upper_bound, "{rough:?}");
        assert!(rough.gap() < 0.05, "{}", rough.gap());
        let chosen: Vec<u32> = rough.sites.iter().map(|site| site.candidate).collect();
        assert_eq!((instance.value(&chosen), chosen.len()), (rough.value, 12));
        // No clock ended it.
        assert!(rough.status != PlanStatus::TimeLimit);
        better += u32::from(rough.value > rough.greedy_value);
        instance.options.iterations = Some(30);
        let short = wide_plan(&instance);
        assert_eq!(short.status, PlanStatus::TimeLimit);
        assert!(short.upper_bound >= optimum.value);
    }
    assert!(better > 3);
}

#[test]
fn without_lists_nothing_hangs_on_the_order_of_rows() {
    for seed in 1..=3 {
        let instance = grid(24, seed);
        let mut turned = instance.clone();
        turned.rows.reverse();
        turned.ids.reverse();
        turned.positions.reverse();
        let last = turned.weights.len() as u32 - 1;
        turned.rows.iter_mut().flatten().for_each(|v| *v = last - *v);
        let (plan, other) = (wide_plan(&instance), wide_plan(&turned));
        assert_eq!(ids(&instance, &plan), ids(&turned, &other));
        assert_eq!((plan.value, plan.upper_bound), (other.value, other.upper_bound));
    }
}

#[test]
fn the_bound_by_areas_holds_and_decides_nothing_that_a_better_plan_needs() {
    let mut decided = 0;
    for seed in 1..=10 {
        let instance = grid(14, seed);
        let optimum = instance.plan().unwrap();
        assert_eq!(optimum.status, PlanStatus::Optimal);
        let (matrix, sites) = (instance.matrix(), instance.sites());
        let mut planner = Planner::new(&matrix, &instance.weights, &sites, &instance.options).unwrap();
        planner.greedy().unwrap();
        let part = planner.solver.open.take().unwrap();
        for steps in [1, 20, 200] {
            for (size, effort) in [(1, u64::MAX), (2, u64::MAX), (4, u64::MAX), (2, 0), (4, 3_000)] {
                let mut lagrangian = lagrange::Lagrangian::new(&part.problem, part.prices.clone());
                (0..steps).for_each(|_| lagrangian.improve(optimum.value as f64));
                let mut incumbent = Incumbent { value: optimum.value - 1, ..Incumbent::default() };
                let own = incumbent::own_numbers(&part.problem, &planner.solver.incumbent.sites);
                let size = areas::Size { sites: size, candidates: 100, effort };
                let (random, clock) = (&mut Random(seed), &mut Clock::new(None, None));
                let (certificate, all) =
                    areas::certify(&lagrangian, &own, size, &mut incumbent, &|_, _| false, random, clock);
                assert!(all || effort < u64::MAX || incumbent.value == certificate.bound);
                assert!(certificate.bound >= optimum.value, "seed {seed}, {steps} steps, {size:?}");
                assert!(certificate.bound <= lagrangian.certify(optimum.value - 1).bound);
                if incumbent.value == optimum.value {
                    continue;
                }
                decided += certificate.decided;
                // The best plan is still in what is open.
                let (open, prices) = part.problem.decided(&certificate.decisions, &[]).unwrap();
                let bound = open.base + open.open_weight();
                let root = Part { problem: open, prices, bound, number: 0 };
                tree::search(root, &mut incumbent, |_, _| false, u64::MAX, clock);
                assert_eq!(incumbent.value, optimum.value, "seed {seed}, {steps} steps, {size:?}");
            }
        }
    }
    assert!(decided > 0);
}
