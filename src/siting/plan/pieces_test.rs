//! Plans over pieces against all subsets of builds, valued by their definition.

use proptest::prelude::*;

use super::*;
use crate::geodesy::LatLon;

#[derive(Debug, Clone)]
pub(super) struct Instance {
    pub(super) reach: Vec<ReachRow>,
    pub(super) shares: Vec<Vec<Share>>,
    pub(super) whole: Vec<u64>,
    pub(super) builds: Vec<Build>,
    pub(super) options: PlanOptions,
    pub(super) rules: Rules,
}

impl Instance {
    pub(super) fn uncut(&self) -> Uncut<'_> {
        Uncut {
            reach: &self.reach,
            unknown_villages: &[],
            shares: &self.shares,
            whole: &self.whole,
            builds: &self.builds,
        }
    }

    /// The definition: the sum over villages and builders of worth times the highest probability, and the same for
    /// villages as a whole.
    pub(super) fn value(&self, chosen: &[u32]) -> (u64, u64) {
        let highest = |village: usize, builder: Option<u16>| {
            let builds = chosen.iter().map(|&c| self.builds[c as usize]);
            let own = builds.filter(|build| match builder {
                Some(builder) => build.builder == builder,
                None => self.shares[village].iter().any(|share| share.builder == build.builder),
            });
            let reaches = own.flat_map(|build| self.reach[build.site as usize].iter().flatten());
            reaches.filter(|r| r.village as usize == village).map(|r| u64::from(r.percent)).max().unwrap_or(0)
        };
        let (mut whole, mut shares) = (0, 0);
        for (village, of) in self.shares.iter().enumerate() {
            whole += self.whole[village] * highest(village, None) / 100;
            shares += of.iter().map(|s| s.worth * highest(village, Some(s.builder)) / 100).sum::<u64>();
        }
        (whole, shares)
    }

    pub(super) fn served(&self, chosen: &[u32], village: u32) -> bool {
        chosen.iter().any(|&c| self.villages(c).contains(&village))
    }

    /// The villages that a build serves by the criterion asked for.
    pub(super) fn villages(&self, c: u32) -> Vec<u32> {
        let build = self.builds[c as usize];
        let closes = |v: u32| self.shares[v as usize].iter().any(|share| share.builder == build.builder);
        let reach = self.reach[build.site as usize].iter().flatten();
        reach.filter(|r| r.serves && closes(r.village)).map(|r| r.village).collect()
    }

    fn subsets(&self) -> impl Iterator<Item = Vec<u32>> + '_ {
        let n = self.builds.len() as u32;
        let all = (0_u32..1 << n).map(move |bits| (0..n).filter(|c| bits >> c & 1 == 1).collect::<Vec<_>>());
        all.filter(|chosen| {
            let o = &self.options;
            let count = |limit: &CountLimit| limit.members.iter().filter(|c| chosen.contains(c)).count();
            let served =
                |floor: &ServedFloor| floor.villages.iter().filter(|&&v| self.served(chosen, v)).count();
            o.sites.is_none_or(|most| chosen.len() <= most)
                && o.budget
                    .as_ref()
                    .is_none_or(|b| chosen.iter().map(|&c| b.costs[c as usize]).sum::<u64>() <= b.limit)
                && chosen.iter().all(|&c| self.villages(c).len() >= o.min_villages as usize)
                && self.rules.counts.iter().all(|l| l.at_most.is_none_or(|most| count(l) <= most))
                && self.rules.served.iter().all(|floor| served(floor) >= floor.at_least)
        })
    }
}

/// `kinds`: how many builders, whether with probabilities, whether with rules.
fn instance(builders: u16, likely: bool, ruled: bool) -> impl Strategy<Value = Instance> {
    let most_sites: usize = if builders > 1 { 4 } else { 9 };
    (1..=most_sites, 1..16_usize).prop_flat_map(move |(sites, villages)| {
        let percent = prop_oneof![2 => Just(100_u8), 3 => 1..=100_u8, 1 => Just(75_u8)];
        let row = prop::collection::btree_map(0..villages as u32, percent, 0..9);
        let reach = prop::collection::vec(prop::option::weighted(0.95, row), sites);
        let worth = prop_oneof![3 => Just(1_000_000_u64), 1 => 0..9_u64, 1 => 0..5_000_000_000_u64];
        let share = prop::collection::btree_map(0..builders, worth, 0..=builders as usize);
        let shares = prop::collection::vec((share, prop_oneof![Just(0), 0..4_000_000_u64]), villages);
        let builds = sites * builders as usize;
        let rules = (
            prop::collection::vec(0..builds as u32, 0..5),
            0..3_usize,
            prop::collection::vec(0..villages as u32, 0..5),
            0..2_usize,
            0..3_u32,
        );
        let numbers = (prop::option::weighted(0.8, 0..builds + 1), prop::option::of(0..20_u64));
        (reach, shares, rules, numbers, 0..101_u8).prop_map(
            move |(reach, shares, rules, (sites, limit), asked)| {
                // At the percentage asked for itself rounding leaves both: the site's number decides.
                let reaches = |site: usize, (village, percent): (u32, u8)| match likely {
                    true => Reaches {
                        village,
                        percent,
                        serves: percent > asked || percent == asked && site.is_multiple_of(2),
                    },
                    false => Reaches { village, percent: 100, serves: true },
                };
                let reach: Vec<ReachRow> = reach
                    .into_iter()
                    .enumerate()
                    .map(|(site, row)| row.map(|row| row.into_iter().map(|of| reaches(site, of)).collect()))
                    .collect();
                let builds: Vec<Build> = (0..reach.len() as u32)
                    .flat_map(|site| (0..builders).map(move |builder| Build { site, builder }))
                    .collect();
                let costs = (0..builds.len() as u64).map(|c| 1 + c * 5 % 7).collect();
                let (mut members, most, mut floor, at_least, min_villages) = rules;
                for list in [&mut members, &mut floor] {
                    list.sort_unstable();
                    list.dedup();
                }
                let count = CountLimit { name: String::new(), members, at_least: 0, at_most: Some(most) };
                let served = ServedFloor { name: String::new(), villages: floor, at_least };
                let rules = match ruled {
                    true => Rules { counts: vec![count], served: vec![served], backhaul: None },
                    false => Rules::default(),
                };
                Instance {
                    whole: shares.iter().map(|(_, whole)| *whole).collect(),
                    shares: shares
                        .into_iter()
                        .map(|(of, _)| {
                            of.into_iter().map(|(builder, worth)| Share { builder, worth }).collect()
                        })
                        .collect(),
                    options: PlanOptions {
                        sites: sites.or(Some(2)),
                        budget: limit.map(|limit| Budget { costs, limit }),
                        min_villages: if ruled { min_villages } else { 0 },
                        ..PlanOptions::default()
                    },
                    rules,
                    reach,
                    builds,
                }
            },
        )
    })
}

fn equals_brute_force(instance: &Instance) -> Result<(), TestCaseError> {
    let pieces = Pieces::new(instance.uncut()).unwrap();
    let worth = instance.shares.iter().flatten().map(|share| share.worth);
    prop_assert_eq!(pieces.shares.iter().sum::<u64>(), worth.sum::<u64>());
    prop_assert_eq!(pieces.whole.iter().sum::<u64>(), instance.whole.iter().sum::<u64>());
    let position = LatLon::from_degrees(19.0, 104.0).ok();
    let ids: Vec<String> = instance.builds.iter().map(|build| format!("S{}", build.site)).collect();
    let sites: Vec<Site<'_>> = ids.iter().map(|id| Site { id, position }).collect();
    // What villages are worth as a whole counts a thousand millions times as much: one number for both.
    let base = 1 << 40;
    let scale = if instance.whole.iter().sum::<u64>() < 1 << 20 { base } else { 0 };
    let weights: Vec<u64> = match scale {
        0 => pieces.shares.clone(),
        scale => {
            pieces.whole.iter().zip(&pieces.shares).map(|(whole, share)| whole * scale + share).collect()
        }
    };
    let joint = |(whole, shares): (u64, u64)| whole * scale + shares;
    let options = PlanOptions { villages: Some(pieces.villages), ..instance.options.clone() };
    let run = |options: &PlanOptions| plan_under(&pieces.matrix, &weights, &sites, options, &instance.rules);
    let best = instance.subsets().map(|chosen| joint(instance.value(&chosen))).max();
    let Some(best) = best else {
        prop_assert!(matches!(run(&options), Err(PlanError::Infeasible)));
        return Ok(());
    };
    let plan = run(&options).unwrap().plan;
    prop_assert_eq!((plan.value, plan.upper_bound, plan.status), (best, best, PlanStatus::Optimal));
    let check = |plan: &Plan| -> Result<(), TestCaseError> {
        let chosen: Vec<u32> = plan.sites.iter().map(|site| site.candidate).collect();
        prop_assert_eq!(joint(instance.value(&chosen)), plan.value);
        let served = (0..instance.shares.len() as u32).filter(|&v| instance.served(&chosen, v)).count();
        prop_assert_eq!(plan.sites.last().map_or(0, |site| site.cumulative_villages as usize), served);
        let parts = |value: u64| match scale {
            0 => (instance.value(&chosen).0, value),
            scale => (value / scale, value % scale),
        };
        prop_assert_eq!(check_pieces(instance.uncut(), plan, parts), []);
        let off = Plan { value: plan.value + 1, ..plan.clone() };
        prop_assert!(!check_pieces(instance.uncut(), &off, parts).is_empty());
        Ok(())
    };
    check(&plan)?;
    for iterations in [0, 3, 40] {
        match run(&PlanOptions { iterations: Some(iterations), ..options.clone() }) {
            Ok(short) => {
                prop_assert!(short.plan.value <= best && best <= short.plan.upper_bound);
                check(&short.plan)?;
            }
            Err(error) => prop_assert_eq!(error, PlanError::NoneFound),
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 600, ..ProptestConfig::default() })]

    #[test]
    fn probabilities_equal_brute_force(instance in instance(1, true, false)) {
        equals_brute_force(&instance)?;
    }

    #[test]
    fn builders_of_their_own_equal_brute_force(instance in instance(2, false, false)) {
        equals_brute_force(&instance)?;
    }

    #[test]
    fn builders_and_probabilities_under_rules_equal_brute_force(instance in instance(2, true, true)) {
        equals_brute_force(&instance)?;
    }
}

#[test]
fn three_builders_on_one_mast_close_three_gaps() {
    let share = |builder| Share { builder, worth: 10 };
    let shares = vec![vec![share(0), share(1), share(2)], vec![share(1)]];
    let reach = vec![Some([0, 1].map(|village| Reaches { village, percent: 100, serves: true }).to_vec())];
    let builds: Vec<Build> = (0..3).map(|builder| Build { site: 0, builder }).collect();
    let uncut =
        Uncut { reach: &reach, unknown_villages: &[], shares: &shares, whole: &[1, 1], builds: &builds };
    let pieces = Pieces::new(uncut).unwrap();
    assert_eq!(pieces.villages, 2);
    assert_eq!((pieces.shares, pieces.whole), (vec![0, 10, 10, 10, 10], vec![1, 1, 0, 0, 0]));
    assert_eq!(pieces.matrix.row(0), Some(vec![0, 2]));
    assert_eq!(pieces.matrix.row(1), Some(vec![0, 1, 3]));
    assert_eq!(pieces.own_of, [vec![(0, 2), (1, 3), (2, 4)], vec![(1, 1)]]);
}

#[test]
fn a_village_is_counted_by_the_criterion_and_worth_its_probability() {
    let reaches = |percent, serves| Some(vec![Reaches { village: 0, percent, serves }]);
    let reach = vec![reaches(40, false), reaches(75, false), reaches(75, true), reaches(90, true)];
    let builds: Vec<Build> = (0..4).map(|site| Build { site, builder: 0 }).collect();
    let shares = vec![vec![Share { builder: 0, worth: 1_000 }]];
    let uncut = Uncut { reach: &reach, unknown_villages: &[], shares: &shares, whole: &[0], builds: &builds };
    let pieces = Pieces::new(uncut).unwrap();
    // The village itself is the step from 75 % that does not serve to 75 % that does: worth nothing, served by two.
    assert_eq!(pieces.shares, [0, 400, 350, 150, 100]);
    let rows: Vec<_> = (0..4).map(|build| pieces.matrix.row(build).unwrap()).collect();
    assert_eq!(rows, [vec![1], vec![1, 2], vec![0, 1, 2], vec![0, 1, 2, 3]]);
}

#[test]
fn too_many_pieces_are_refused_before_they_are_made() {
    // 100 steps for 20 000 sites around each of 100 villages.
    let reaches = |village, site| Reaches { village, percent: 1 + (site % 100) as u8, serves: true };
    let reach: Vec<ReachRow> =
        (0..20_000_u32).map(|site| Some((0..100).map(|v| reaches(v, site)).collect())).collect();
    let shares = vec![vec![Share { builder: 0, worth: 1_000_000 }]; 100];
    let builds: Vec<Build> = (0..20_000).map(|site| Build { site, builder: 0 }).collect();
    let uncut =
        Uncut { reach: &reach, unknown_villages: &[], shares: &shares, whole: &[0; 100], builds: &builds };
    assert!(matches!(Pieces::new(uncut), Err(PiecesError::TooMany(pairs)) if pairs > 80_000_000));
}
