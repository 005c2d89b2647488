//! Plans under every kind of rule, targets and programmes, against all subsets.

use proptest::prelude::*;

use super::small_test::{Small, distinct, id_of, on_grid};
use super::*;
use crate::geodesy::LatLon;

#[derive(Debug, Clone)]
struct Instance {
    small: Small,
    rules: Rules,
}

impl std::ops::Deref for Instance {
    type Target = Small;

    fn deref(&self) -> &Small {
        &self.small
    }
}

impl std::ops::DerefMut for Instance {
    fn deref_mut(&mut self) -> &mut Small {
        &mut self.small
    }
}

impl Instance {
    /// The rules once more, by other means than the program's.
    fn allows(&self, chosen: &[u32]) -> bool {
        let r = &self.rules;
        let count = |limit: &CountLimit| limit.members.iter().filter(|c| chosen.contains(c)).count();
        let served = |floor: &ServedFloor| floor.villages.iter().filter(|&&v| self.serves(chosen, v)).count();
        self.options_allow(chosen)
            && r.counts.iter().all(|l| count(l) >= l.at_least && l.at_most.is_none_or(|m| count(l) <= m))
            && r.served.iter().all(|floor| served(floor) >= floor.at_least)
            && r.backhaul.as_ref().is_none_or(|backhaul| chosen.iter().all(|&c| reaches(backhaul, chosen, c)))
    }

    fn subsets(&self) -> impl Iterator<Item = Vec<u32>> + '_ {
        self.small.subsets().filter(|chosen| self.allows(chosen))
    }

    fn check(&self, ruled: &Ruled, optimum: u64) -> Result<(), TestCaseError> {
        let plan = &ruled.plan;
        let chosen: Vec<u32> = plan.sites.iter().map(|site| site.candidate).collect();
        prop_assert!(self.allows(&chosen), "{:?} breaks a rule", chosen);
        prop_assert_eq!(self.value(&chosen), plan.value);
        prop_assert!(
            plan.value <= optimum && optimum <= plan.upper_bound,
            "{:?}, optimum {}",
            ruled,
            optimum
        );
        prop_assert_eq!(plan.status == PlanStatus::Optimal, plan.value == plan.upper_bound);
        prop_assert!(plan.status != PlanStatus::Optimal || ruled.bound_ignores.is_empty());
        Ok(())
    }
}

/// Whether a walk over chosen sites leads to a station.
fn reaches(backhaul: &Backhaul, chosen: &[u32], from: u32) -> bool {
    fn walk(backhaul: &Backhaul, chosen: &[u32], at: u32, seen: &mut Vec<u32>) -> bool {
        seen.push(at);
        backhaul.direct[at as usize]
            || chosen.iter().any(|&next| {
                !seen.contains(&next)
                    && backhaul.links[at as usize].contains(&next)
                    && walk(backhaul, chosen, next, seen)
            })
    }
    walk(backhaul, chosen, from, &mut Vec::new())
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Kind {
    Ceilings,
    Floors,
    Served,
    Backhaul,
    Old,
    All,
}

fn instance(kind: Kind) -> impl Strategy<Value = Instance> {
    let has = move |k: Kind| kind == k || kind == Kind::All;
    (1..9_usize, 1..30_usize).prop_flat_map(move |(n, villages)| {
        let row = prop::collection::vec(0..villages as u32, 0..9);
        let weight = prop_oneof![4 => Just(1_u64), 2 => 0..6_u64, 1 => 0..5_000_000_000_u64];
        let candidates = prop::collection::vec((row, (0..6, 0..6), 0..7_u64, 0..101_u32), n);
        let some = move || prop::collection::vec(0..n as u32, 0..3);
        let limit = (prop::collection::vec(0..n as u32, 0..7), 0..3_usize, prop::option::of(0..4_usize));
        let floor = (prop::collection::vec(0..villages as u32, 0..9), 0..4_usize);
        let links = prop::collection::vec((0..n as u32, 0..n as u32), 0..12);
        let numbers = (prop::option::weighted(0.7, 0..n + 1), 0..24_u64, 0..3_u32, 0.0..3_000.0_f64);
        (
            candidates,
            prop::collection::vec(weight, villages),
            numbers,
            (some(), some(), some()),
            prop::collection::vec(limit, 0..4),
            prop::collection::vec(floor, 0..3),
            (links, any::<bool>()),
        )
            .prop_map(
                move |(candidates, weights, numbers, (inside, out, direct), limits, floors, links)| {
                    let (sites, limit, least, apart) = numbers;
                    let costs: Vec<u64> = candidates.iter().map(|c| c.2).collect();
                    let counts = limits
                        .into_iter()
                        .enumerate()
                        .map(|(i, (members, least, most))| CountLimit {
                            name: i.to_string(),
                            members: distinct(members),
                            at_least: if has(Kind::Floors) { least } else { 0 },
                            at_most: most.filter(|_| has(Kind::Ceilings)).map(|m| m.max(least.min(2))),
                        })
                        .filter(|_| has(Kind::Floors) || has(Kind::Ceilings))
                        .collect();
                    let served = floors
                        .into_iter()
                        .map(|(villages, at_least)| ServedFloor {
                            name: String::new(),
                            villages: distinct(villages),
                            at_least,
                        })
                        .filter(|_| has(Kind::Served))
                        .collect();
                    let pairs: Vec<(u32, u32)> = links.0.iter().map(|&(a, b)| (a.min(b), a.max(b))).collect();
                    let backhaul = Backhaul::from_hops(n, &pairs, |c| direct.contains(&c), |_, _| true);
                    let old = has(Kind::Old);
                    let small = Small {
                        positions: candidates.iter().map(|c| on_grid(c.1)).collect(),
                        ids: candidates.iter().enumerate().map(|(i, c)| id_of(c.3, i)).collect(),
                        rows: candidates.iter().map(|c| c.0.clone()).collect(),
                        weights,
                        options: PlanOptions {
                            sites,
                            budget: links.1.then_some(Budget { costs, limit }),
                            forced_out: if old {
                                out.iter().copied().filter(|c| !inside.contains(c)).collect()
                            } else {
                                Vec::new()
                            },
                            forced_in: if old { distinct(inside) } else { Vec::new() },
                            min_distance_m: if old { apart } else { 0.0 },
                            min_villages: if old { least } else { 0 },
                            ..PlanOptions::default()
                        },
                    };
                    let backhaul = has(Kind::Backhaul).then_some(backhaul);
                    Instance { small, rules: Rules { counts, served, backhaul } }
                },
            )
    })
}

fn equals_brute_force(instance: &Instance) -> Result<(), TestCaseError> {
    let (matrix, sites) = (instance.matrix(), instance.sites());
    let plan_with =
        |options: &PlanOptions| plan_under(&matrix, &instance.weights, &sites, options, &instance.rules);
    let found = plan_with(&instance.options);
    let Some(optimum) = instance.subsets().map(|chosen| instance.value(&chosen)).max() else {
        let none = matches!(found, Err(PlanError::Infeasible | PlanError::ForcedInfeasible));
        prop_assert!(none, "{:?}", found);
        return Ok(());
    };
    let ruled = found.unwrap();
    instance.check(&ruled, optimum)?;
    prop_assert_eq!((ruled.plan.value, ruled.plan.status), (optimum, PlanStatus::Optimal));
    for iterations in [0, 1, 9, 60, 500] {
        match plan_with(&PlanOptions { iterations: Some(iterations), ..instance.options.clone() }) {
            Ok(short) => instance.check(&short, optimum)?,
            Err(error) => prop_assert_eq!(error, PlanError::NoneFound),
        }
    }
    let rough = plan_with(&PlanOptions { gap: 0.3, ..instance.options.clone() }).unwrap();
    instance.check(&rough, optimum)?;
    prop_assert!(rough.plan.gap() <= 0.3);
    Ok(())
}

fn least_equals_brute_force(instance: &Instance, share: f64, least: Least) -> Result<(), TestCaseError> {
    let (matrix, sites) = (instance.matrix(), instance.sites());
    let target = (instance.weights.iter().sum::<u64>() as f64 * share) as u64;
    let amount = |chosen: &[u32]| match least {
        Least::Sites => chosen.len() as u64,
        Least::Cost => instance.cost(chosen),
    };
    let fit = instance.subsets().filter(|chosen| instance.value(chosen) >= target);
    let best = fit.map(|chosen| amount(&chosen)).min();
    let run = |options: &PlanOptions| {
        least_for(&matrix, &instance.weights, &sites, options, &instance.rules, target, least)
    };
    let found = run(&instance.options);
    let Some(best) = best else {
        let none = matches!(
            found,
            Err(PlanError::OutOfReach { .. } | PlanError::Infeasible | PlanError::ForcedInfeasible)
        );
        prop_assert!(none, "{:?}", found);
        return Ok(());
    };
    let check = |reached: &Reached| {
        let chosen: Vec<u32> = reached.ruled.plan.sites.iter().map(|site| site.candidate).collect();
        prop_assert!(instance.allows(&chosen), "{:?}", chosen);
        prop_assert!(
            instance.value(&chosen) >= target && instance.value(&chosen) == reached.ruled.plan.value
        );
        prop_assert!(amount(&chosen) <= reached.amount);
        prop_assert!(reached.at_least <= best && best <= reached.amount, "{:?}, best {}", reached, best);
        Ok(())
    };
    let reached = found.unwrap();
    check(&reached)?;
    prop_assert_eq!((reached.amount, reached.at_least, reached.status), (best, best, PlanStatus::Optimal));
    for iterations in [0, 30, 900] {
        match run(&PlanOptions { iterations: Some(iterations), ..instance.options.clone() }) {
            Ok(short) => check(&short)?,
            Err(error) => prop_assert_eq!(error, PlanError::NoneFound),
        }
    }
    Ok(())
}

fn years_are_nested(instance: &Instance, phases: &[Phase]) -> Result<(), TestCaseError> {
    let (matrix, sites) = (instance.matrix(), instance.sites());
    let limited_to = |years: usize| {
        let options = limited(&instance.options, &phases[..years]);
        Instance { small: Small { options, ..instance.small.clone() }, rules: instance.rules.clone() }
    };
    let whole = limited_to(phases.len());
    let found = plan_phases(&matrix, &instance.weights, &sites, &instance.options, &instance.rules, phases);
    let Some(optimum) = whole.subsets().map(|chosen| whole.value(&chosen)).max() else {
        prop_assert!(found.is_err());
        return Ok(());
    };
    let programme = found.unwrap();
    whole.check(&programme.ruled, optimum)?;
    prop_assert_eq!(programme.ruled.plan.value, optimum);
    prop_assert!(programme.year_of.is_sorted());
    let all: Vec<u32> = programme.ruled.plan.sites.iter().map(|site| site.candidate).collect();
    let mut next = all.clone();
    for year in (0..phases.len()).rev() {
        let so_far: Vec<u32> =
            all.iter().zip(&programme.year_of).filter(|(_, y)| **y <= year).map(|(c, _)| *c).collect();
        prop_assert!(so_far.iter().all(|c| next.contains(c)));
        if year + 1 < phases.len() {
            let mut early = limited_to(year + 1);
            early.options.forced_in.clear();
            early.rules = early.rules.without_floors();
            prop_assert!(early.allows(&so_far), "year {}: {:?}", year, so_far);
            let inside = early.subsets().filter(|chosen| chosen.iter().all(|c| next.contains(c)));
            prop_assert_eq!(inside.map(|chosen| early.value(&chosen)).max(), Some(early.value(&so_far)));
        }
        prop_assert_eq!(programme.years[year].plan.value, instance.value(&so_far));
        next = so_far;
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 600, ..ProptestConfig::default() })]

    #[test]
    fn with_ceilings_on_parts(instance in instance(Kind::Ceilings)) {
        equals_brute_force(&instance)?;
    }

    #[test]
    fn with_floors_on_parts(instance in instance(Kind::Floors)) {
        equals_brute_force(&instance)?;
    }

    #[test]
    fn with_villages_that_must_be_served(instance in instance(Kind::Served)) {
        equals_brute_force(&instance)?;
    }

    #[test]
    fn with_backhaul(instance in instance(Kind::Backhaul)) {
        equals_brute_force(&instance)?;
    }

    #[test]
    fn with_every_kind_of_rule(instance in instance(Kind::All)) {
        equals_brute_force(&instance)?;
    }

    #[test]
    fn the_fewest_sites_reach_a_target(instance in instance(Kind::Old), share in 0.0..1.0_f64) {
        least_equals_brute_force(&instance, share, Least::Sites)?;
    }

    #[test]
    fn the_fewest_sites_under_rules(instance in instance(Kind::All), share in 0.0..1.0_f64) {
        least_equals_brute_force(&instance, share, Least::Sites)?;
    }

    #[test]
    fn the_least_money_reaches_a_target(instance in instance(Kind::Old), share in 0.0..1.0_f64) {
        let mut instance = instance;
        let costs = instance.positions.iter().map(|p| (p.lat_deg() * 100.0) as u64 % 7).collect();
        instance.options.budget = Some(Budget { costs, limit: 30 });
        least_equals_brute_force(&instance, share, Least::Cost)?;
    }

    #[test]
    fn each_year_is_part_of_the_next(
        instance in instance(Kind::All),
        phases in prop::collection::vec((0..3_usize, 0..9_u64), 1..4),
    ) {
        let phases: Vec<Phase> =
            phases.into_iter().map(|(sites, money)| Phase { sites: Some(sites), budget: Some(money) }).collect();
        years_are_nested(&instance, &phases)?;
    }
}

/// A chain of hops: the only village lies at its end.
fn chain() -> Instance {
    let n = 5;
    let backhaul = Backhaul::from_hops(n, &[(0, 1), (1, 2), (2, 3), (3, 4)], |c| c == 0, |_, _| true);
    let small = Small {
        rows: (0..n).map(|c| if c == 4 { vec![0] } else { Vec::new() }).collect(),
        weights: vec![7],
        positions: vec![LatLon::from_degrees(19.0, 104.0).unwrap(); n],
        ids: (0..n).map(|c| format!("S{c}")).collect(),
        options: PlanOptions { sites: Some(5), ..PlanOptions::default() },
    };
    Instance { small, rules: Rules { backhaul: Some(backhaul), ..Rules::default() } }
}

#[test]
fn sites_that_only_pass_on_are_part_of_the_plan() {
    let mut instance = chain();
    let plan_of = |instance: &Instance| {
        plan_under(
            &instance.matrix(),
            &instance.weights,
            &instance.sites(),
            &instance.options,
            &instance.rules,
        )
    };
    let ruled = plan_of(&instance).unwrap();
    assert_eq!((ruled.plan.value, ruled.plan.sites.len()), (7, 5));
    instance.options.sites = Some(4);
    assert_eq!(plan_of(&instance).unwrap().plan.value, 0);
}

#[test]
fn the_checker_sees_each_kind_of_fault() {
    let instance = chain();
    let (matrix, sites) = (instance.matrix(), instance.sites());
    let good =
        plan_under(&matrix, &instance.weights, &sites, &instance.options, &instance.rules).unwrap().plan;
    let faults = |options: &PlanOptions, rules: &Rules, plan: &Plan| {
        check(&matrix, &instance.weights, &sites, options, rules, plan)
    };
    assert_eq!(faults(&instance.options, &instance.rules, &good), []);
    let options = |change: &dyn Fn(&mut PlanOptions)| {
        let mut options = instance.options.clone();
        change(&mut options);
        faults(&options, &Rules::default(), &good)
    };
    let costs = vec![1; 5];
    assert_eq!(options(&|o| o.sites = Some(4)), [Broken::Sites(5, 4)]);
    assert_eq!(
        options(&|o| o.budget = Some(Budget { costs: costs.clone(), limit: 4 })),
        [Broken::Cost(5, 4)]
    );
    assert_eq!(options(&|o| o.forced_out = vec![3]), [Broken::Forced("S3".into())]);
    assert_eq!(options(&|o| o.groups = vec![vec![1, 2]]), [Broken::Group("S1".into(), "S2".into())]);
    assert_eq!(options(&|o| o.min_distance_m = 1.0).len(), 10);
    assert_eq!(options(&|o| o.min_villages = 1).len(), 4);
    let limit = |at_least, at_most| CountLimit { name: "L".into(), members: vec![1, 2], at_least, at_most };
    let counts = |limit| Rules { counts: vec![limit], ..Rules::default() };
    assert_eq!(faults(&instance.options, &counts(limit(3, None)), &good), [Broken::Count("L".into(), 2)]);
    assert_eq!(faults(&instance.options, &counts(limit(0, Some(1))), &good), [Broken::Count("L".into(), 2)]);
    let served = vec![ServedFloor { name: "V".into(), villages: vec![0], at_least: 2 }];
    let served = Rules { served, ..Rules::default() };
    assert_eq!(faults(&instance.options, &served, &good), [Broken::Served("V".into(), 1)]);
    let mut cut = good.clone();
    cut.sites.retain(|site| site.candidate != 2);
    let lost: Vec<_> = ["S3", "S4"].map(|id| Broken::Backhaul(id.into())).into();
    assert_eq!(faults(&instance.options, &instance.rules, &cut), lost);
    let proud = Plan { value: 8, upper_bound: 8, ..good.clone() };
    assert_eq!(faults(&instance.options, &instance.rules, &proud), [Broken::Number("value", 8, 7)]);
    let unsure = Plan { upper_bound: 8, ..good };
    assert_eq!(faults(&instance.options, &instance.rules, &unsure).len(), 1);
}
