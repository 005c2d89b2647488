//! Our plans beside those of HiGHS, on problems too large for all subsets.

use super::*;
use crate::geodesy::LatLon;

struct Instance {
    matrix: CoverageMatrix,
    weights: Vec<u64>,
    ids: Vec<String>,
    positions: Vec<LatLon>,
    options: PlanOptions,
    rules: Rules,
}

fn instance(seed: u64) -> Instance {
    let mut random = Random(seed);
    let (sites, villages) = (5 + random.below(40), 10 + random.below(90));
    let rows: Vec<Option<Vec<u32>>> = (0..sites)
        .map(|_| {
            let count = random.below(12);
            Some((0..count).map(|_| random.below(villages) as u32).collect())
        })
        .collect();
    let some = |random: &mut Random, most: usize| -> Vec<u32> {
        let count = random.below(most + 1);
        let mut list: Vec<u32> = (0..count).map(|_| random.below(sites) as u32).collect();
        list.sort_unstable();
        list.dedup();
        list
    };
    let forced_in = some(&mut random, 2);
    let mut forced_out = some(&mut random, 2);
    forced_out.retain(|c| !forced_in.contains(c));
    let groups = (0..random.below(4)).map(|_| some(&mut random, 5)).collect();
    let counts = (0..random.below(4))
        .map(|i| CountLimit {
            name: i.to_string(),
            members: some(&mut random, 9),
            at_least: random.below(2),
            at_most: (random.below(2) == 0).then_some(1 + random.below(3)),
        })
        .collect();
    let floor: Vec<u32> = (0..random.below(6)).map(|_| random.below(villages) as u32).collect();
    let served = vec![ServedFloor { name: String::new(), villages: floor, at_least: random.below(3) }];
    let with_rules = seed % 2 == 0;
    let budget = Budget {
        costs: (0..sites).map(|_| 1 + random.below(9) as u64).collect(),
        limit: 10 + random.below(40) as u64,
    };
    Instance {
        matrix: CoverageMatrix::from_rows(villages, &rows, &[]).unwrap(),
        weights: (0..villages).map(|_| random.below(10) as u64).collect(),
        ids: (0..sites).map(|c| format!("S{c:03}")).collect(),
        positions: (0..sites)
            .map(|_| {
                let at = |random: &mut Random| random.below(100) as f64 * 1e-3;
                LatLon::from_degrees(19.0 + at(&mut random), 104.0 + at(&mut random)).unwrap()
            })
            .collect(),
        options: PlanOptions {
            sites: Some(1 + random.below(10)),
            budget: (random.below(3) == 0).then_some(budget),
            forced_in: if with_rules { forced_in } else { Vec::new() },
            forced_out,
            groups,
            min_distance_m: if random.below(3) == 0 { 1_500.0 } else { 0.0 },
            min_villages: random.below(3) as u32,
            ..PlanOptions::default()
        },
        rules: if with_rules { Rules { counts, served, backhaul: None } } else { Rules::default() },
    }
}

#[test]
fn highs_and_the_own_solver_agree() {
    let (mut plans, mut without) = (0, 0);
    for seed in 1..=500 {
        let instance = instance(seed);
        let sites: Vec<Site<'_>> = instance
            .ids
            .iter()
            .zip(&instance.positions)
            .map(|(id, &position)| Site { id, position: Some(position) })
            .collect();
        let Instance { matrix, weights, options, rules, .. } = &instance;
        let own = plan_under(matrix, weights, &sites, options, rules);
        let other = plan_by_highs(matrix, weights, &sites, options, rules);
        match (own, other) {
            (Ok(own), Ok(other)) => {
                let (own, other) = (own.plan, other.plan);
                assert_eq!((own.status, other.status), (PlanStatus::Optimal, PlanStatus::Optimal), "{seed}");
                assert_eq!((own.value, own.upper_bound), (other.value, other.upper_bound), "{seed}");
                plans += 1;
            }
            (Err(own), Err(other)) => {
                let none =
                    |error: &PlanError| matches!(error, PlanError::Infeasible | PlanError::ForcedInfeasible);
                assert!(none(&own) && none(&other), "{seed}: {own}, {other}");
                without += 1;
            }
            (own, other) => panic!("{seed}: {own:?}, {other:?}"),
        }
    }
    assert!(plans > 300 && without > 20, "{plans} plans, {without} without");
}
