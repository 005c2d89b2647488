//! Every kind of constraint at once, over builds and probabilities, against all subsets of builds.

use super::pieces_test::Instance;
use super::random::Random;
use super::small_test::on_grid;
use super::*;
use crate::geodesy::{LatLon, distance_m};

/// At least so many of these villages have a gap of this builder closed.
struct BuilderFloor {
    builder: u16,
    villages: Vec<u32>,
    at_least: usize,
}

struct Combined {
    of: Instance,
    positions: Vec<LatLon>,
    /// Groups of sites: of two different ones at most one is built on, by whomever.
    site_groups: Vec<Vec<u32>>,
    floors: Vec<BuilderFloor>,
    phases: Vec<Phase>,
}

impl Combined {
    fn site(&self, build: u32) -> u32 {
        self.of.builds[build as usize].site
    }

    /// All the rules once more, by other means than the program's; floors and what is forced hold at the end.
    fn allows(&self, chosen: &[u32], options: &PlanOptions, at_the_end: bool) -> bool {
        let (o, rules) = (options, &self.of.rules);
        let has = |c: &u32| chosen.contains(c);
        let inside = |limit: &CountLimit| limit.members.iter().filter(|c| has(c)).count();
        let near = |a: u32, b: u32| {
            let (a, b) = (self.site(a) as usize, self.site(b) as usize);
            a != b && distance_m(self.positions[a], self.positions[b]) < o.min_distance_m
        };
        let excluded = |a: u32, b: u32| {
            let (a, b) = (self.site(a), self.site(b));
            a != b && self.site_groups.iter().any(|group| group.contains(&a) && group.contains(&b))
        };
        let cost = |budget: &Budget| chosen.iter().map(|&c| budget.costs[c as usize]).sum::<u64>();
        let closes = |floor: &BuilderFloor, v: u32| {
            let own = |c: &&u32| self.of.builds[**c as usize].builder == floor.builder;
            chosen.iter().filter(own).any(|&c| self.of.villages(c).contains(&v))
        };
        let served =
            |floor: &ServedFloor| floor.villages.iter().filter(|&&v| self.of.served(chosen, v)).count();
        let linked = |backhaul: &Backhaul| {
            let mut reached: Vec<u32> =
                chosen.iter().copied().filter(|&c| backhaul.direct[c as usize]).collect();
            for _ in chosen {
                let near =
                    |c: &&u32| backhaul.links[**c as usize].iter().any(|other| reached.contains(other));
                let more: Vec<u32> = chosen.iter().filter(near).copied().collect();
                reached.extend(more);
            }
            chosen.iter().all(|c| reached.contains(c))
        };
        o.sites.is_none_or(|most| chosen.len() <= most)
            && o.budget.as_ref().is_none_or(|budget| cost(budget) <= budget.limit)
            && !o.forced_out.iter().any(has)
            && (!at_the_end || o.forced_in.iter().all(has))
            && !chosen.iter().any(|&a| chosen.iter().any(|&b| near(a, b) || excluded(a, b)))
            && chosen.iter().all(|&c| {
                let few = self.of.villages(c).len() < o.min_villages as usize;
                !few || at_the_end && o.forced_in.contains(&c)
            })
            && rules.counts.iter().all(|limit| {
                (!at_the_end || inside(limit) >= limit.at_least)
                    && limit.at_most.is_none_or(|most| inside(limit) <= most)
            })
            && (!at_the_end || rules.served.iter().all(|floor| served(floor) >= floor.at_least))
            && (!at_the_end
                || self.floors.iter().all(|floor| {
                    floor.villages.iter().filter(|&&v| closes(floor, v)).count() >= floor.at_least
                }))
            && rules.backhaul.as_ref().is_none_or(linked)
    }

    fn subsets(&self) -> Vec<Vec<u32>> {
        let n = self.of.builds.len() as u32;
        (0_u32..1 << n).map(|bits| (0..n).filter(|c| bits >> c & 1 == 1).collect()).collect()
    }
}

fn combined(seed: u64) -> Combined {
    let mut random = Random(seed);
    let mut below = |n: usize| random.below(n.max(1));
    let builders = 1 + below(3);
    let sites = 2 + below(if builders > 2 { 2 } else { 3 });
    let villages = 3 + below(10);
    let asked = 50 + below(45) as u8;
    let reach: Vec<ReachRow> = (0..sites)
        .map(|_| {
            let row = (0..villages as u32).filter(|_| below(10) < 5).collect::<Vec<u32>>();
            let reaches = |village| {
                let percent = if below(3) == 0 { 100 } else { 1 + below(100) as u8 };
                Reaches { village, percent, serves: percent >= asked }
            };
            Some(row.into_iter().map(reaches).collect())
        })
        .collect();
    let shares: Vec<Vec<Share>> = (0..villages)
        .map(|_| {
            let own = (0..builders as u16).filter(|_| below(10) < 7).collect::<Vec<u16>>();
            own.into_iter().map(|builder| Share { builder, worth: 100 * (1 + below(9) as u64) }).collect()
        })
        .collect();
    let builds: Vec<Build> = (0..sites as u32)
        .flat_map(|site| (0..builders as u16).map(move |builder| Build { site, builder }))
        .collect();
    let n = builds.len();
    let mut some =
        |of: usize, tenths: usize| (0..of as u32).filter(|_| below(10) < tenths).collect::<Vec<u32>>();
    let site_groups = vec![some(sites, 4), some(sites, 3)];
    let (commune, off_grid, floor) = (some(n, 5), some(n, 6), some(villages, 5));
    let (inside, outside, direct) = (some(n, 1), some(n, 1), some(n, 6));
    let of_builder = some(villages, 6);
    let limit = |name: &str, members: Vec<u32>, at_least, at_most| CountLimit {
        name: name.into(),
        members,
        at_least,
        at_most,
    };
    let (least, most) = (below(2), 1 + below(3));
    let counts = vec![
        limit("commune floor", commune.clone(), least, None),
        limit("commune ceiling", commune, 0, Some(most)),
        limit("off the grid", off_grid, 0, Some(below(3))),
    ];
    let served = vec![ServedFloor { name: "villages".into(), villages: floor, at_least: below(3) }];
    let links: Vec<(u32, u32)> = (0..n as u32)
        .flat_map(|a| (a + 1..n as u32).map(move |b| (a, b)))
        .filter(|_| below(10) < 4)
        .collect();
    let backhaul =
        (below(2) == 0).then(|| Backhaul::from_hops(n, &links, |c| direct.contains(&c), |_, _| true));
    let costs: Vec<u64> = (0..n).map(|_| 1 + below(6) as u64).collect();
    let budget = (below(2) == 0).then(|| Budget { costs, limit: 4 + below(14) as u64 });
    let positions: Vec<LatLon> = (0..sites).map(|_| on_grid((below(4) as i32, below(4) as i32))).collect();
    let phases = (0..1 + below(3)).map(|_| Phase { sites: Some(1 + below(2)), budget: None }).collect();
    let floors =
        vec![BuilderFloor { builder: below(builders) as u16, villages: of_builder, at_least: below(3) }];
    // As the program makes them of groups of sites: a pair of builds each.
    let mut groups = Vec::new();
    for (a, x) in builds.iter().enumerate() {
        for (b, y) in builds.iter().enumerate().skip(a + 1) {
            let both = |group: &Vec<u32>| group.contains(&x.site) && group.contains(&y.site);
            if x.site != y.site && site_groups.iter().any(both) {
                groups.push(vec![a as u32, b as u32]);
            }
        }
    }
    let options = PlanOptions {
        sites: Some(1 + below(n)),
        budget,
        forced_out: outside.into_iter().filter(|c| !inside.contains(c)).collect(),
        forced_in: inside,
        groups,
        min_distance_m: if below(2) == 0 { 0.0 } else { below(2_500) as f64 },
        min_villages: below(2) as u32,
        ..PlanOptions::default()
    };
    let whole = vec![0; villages];
    let rules = Rules { counts, served, backhaul };
    let of = Instance { reach, shares, whole, builds, options, rules };
    Combined { of, positions, site_groups, floors, phases }
}

/// Whether there is a plan at all, and whether one with years.
fn equals_brute_force(seed: u64) -> (bool, bool) {
    let case = combined(seed);
    let pieces = Pieces::new(case.of.uncut()).unwrap();
    let ids: Vec<String> = case.of.builds.iter().map(|build| format!("S{}", build.site)).collect();
    let sites: Vec<Site<'_>> = ids
        .iter()
        .zip(&case.of.builds)
        .map(|(id, build)| Site { id, position: Some(case.positions[build.site as usize]) })
        .collect();
    let mut rules = case.of.rules.clone();
    for floor in &case.floors {
        let own = floor.villages.iter().filter_map(|&v| pieces.column(v, floor.builder)).collect();
        rules.served.push(ServedFloor { name: "carrier".into(), villages: own, at_least: floor.at_least });
    }
    let options = PlanOptions { villages: Some(pieces.villages), ..case.of.options.clone() };
    let run = |options: &PlanOptions| plan_under(&pieces.matrix, &pieces.shares, &sites, options, &rules);
    let chosen = |plan: &Plan| -> Vec<u32> {
        let mut chosen: Vec<u32> = plan.sites.iter().map(|site| site.candidate).collect();
        chosen.sort_unstable();
        chosen
    };
    let value = |chosen: &[u32]| case.of.value(chosen).1;
    let subsets = case.subsets();
    let best_of = |options: &PlanOptions| {
        subsets.iter().filter(|chosen| case.allows(chosen, options, true)).map(|chosen| value(chosen)).max()
    };
    let sound = |plan: &Plan, best: u64, options: &PlanOptions| {
        let own = chosen(plan);
        assert!(case.allows(&own, options, true), "{seed}: {own:?}");
        assert_eq!(value(&own), plan.value, "{seed}");
        assert!(plan.value <= best && best <= plan.upper_bound, "{seed}: {plan:?}, best {best}");
        assert_eq!(check_pieces(case.of.uncut(), plan, |value| (0, value)), [], "{seed}");
        // What a site that was left out would add, and is worth alone.
        let bounds = PlanOptions { villages: options.villages, ..options.clone() };
        for left in left_out(&pieces.matrix, &pieces.shares, &sites, &bounds, &rules, plan, 99) {
            let with: Vec<u32> = own.iter().copied().chain([left.candidate]).collect();
            assert_eq!(
                (left.adds, left.alone),
                (value(&with) - value(&own), value(&[left.candidate])),
                "{seed}"
            );
            if left.reason == Reason::Fits {
                assert!(left.adds > 0, "{seed}: {left:?}");
            }
        }
        // What each site is said to be there for.
        for site in &plan.sites {
            let without: Vec<u32> = own.iter().copied().filter(|&c| c != site.candidate).collect();
            assert_eq!(site.unique, value(&own) - value(&without), "{seed}");
            let villages =
                |of: &[u32]| (0..pieces.villages as u32).filter(|&v| case.of.served(of, v)).count();
            assert_eq!(site.unique_villages as usize, villages(&own) - villages(&without), "{seed}");
        }
    };
    let Some(best) = best_of(&options) else {
        let found = run(&options);
        assert!(
            matches!(found, Err(PlanError::Infeasible | PlanError::ForcedInfeasible)),
            "{seed}: {found:?}"
        );
        return (false, false);
    };
    let ruled = run(&options).unwrap();
    sound(&ruled.plan, best, &options);
    assert_eq!(
        (ruled.plan.value, ruled.plan.upper_bound, ruled.plan.status),
        (best, best, PlanStatus::Optimal)
    );
    for iterations in [0, 2, 20, 200] {
        match run(&PlanOptions { iterations: Some(iterations), ..options.clone() }) {
            Ok(short) => sound(&short.plan, best, &options),
            Err(error) => assert_eq!(error, PlanError::NoneFound, "{seed}"),
        }
    }
    // The end of a programme is the best plan of its years together; each year keeps what binds before the end.
    let whole = limited(&options, &case.phases);
    let programme = plan_phases(&pieces.matrix, &pieces.shares, &sites, &options, &rules, &case.phases);
    let Some(best) = best_of(&whole) else {
        assert!(programme.is_err(), "{seed}");
        return (true, false);
    };
    let programme = programme.unwrap();
    sound(&programme.ruled.plan, best, &whole);
    assert_eq!(programme.ruled.plan.value, best, "{seed}");
    for (year, so_far) in programme.years.iter().enumerate().take(case.phases.len() - 1) {
        let early = limited(&options, &case.phases[..=year]);
        let (own, next) = (chosen(&so_far.plan), chosen(&programme.years[year + 1].plan));
        assert!(own.iter().all(|c| next.contains(c)), "{seed}");
        assert!(case.allows(&own, &early, false), "{seed}: {own:?}");
        let inside = subsets.iter().filter(|of| of.iter().all(|c| next.contains(c)));
        let most = inside.filter(|of| case.allows(of, &early, false)).map(|of| value(of)).max();
        assert_eq!(most, Some(so_far.plan.value), "{seed}");
        assert!(so_far.plan.upper_bound >= so_far.plan.value, "{seed}");
    }
    (true, true)
}

#[test]
fn every_kind_of_constraint_at_once_equals_brute_force() {
    let found: Vec<(bool, bool)> = (0..600).map(equals_brute_force).collect();
    let plans = found.iter().filter(|(plan, _)| *plan).count();
    let programmes = found.iter().filter(|(_, programme)| *programme).count();
    // Neither are most of them impossible.
    assert!(plans >= 200 && programmes >= 120, "{plans} plans, {programmes} programmes");
}
