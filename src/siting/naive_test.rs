//! Ranking and greedy against the obvious: sets of villages, everything counted anew each time.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use proptest::prelude::*;

use super::*;
use crate::coverage::CoverageMatrix;
use crate::geodesy::{LatLon, Radius, distance_m};

/// A site with its own id: the index borrows it.
#[derive(Debug, Clone)]
struct Owned {
    id: String,
    position: Option<LatLon>,
}

fn sites(owned: &[Owned]) -> Vec<Site<'_>> {
    owned.iter().map(|site| Site { id: &site.id, position: site.position }).collect()
}

fn position() -> impl Strategy<Value = Option<LatLon>> {
    // A coarse grid: many ties, many points on one spot. Now and then no position.
    (0..8, 0..14, 0..12).prop_map(|(missing, lat, lon)| {
        let at = LatLon::from_degrees(19.0 + f64::from(lat) * 0.01, 104.0 + f64::from(lon) * 0.01);
        (missing > 0).then(|| at.unwrap())
    })
}

fn village() -> impl Strategy<Value = Demand> {
    let counts = (prop::option::weighted(0.7, 0..900_u32), prop::option::weighted(0.7, 0..4_000_u32));
    let weight = prop_oneof![Just(None), Just(Some(0.0)), (0.0..3.0_f64).prop_map(Some)];
    (position(), 0..4_u32, any::<bool>(), counts, weight).prop_map(
        |(position, gaps, dark, (households, population), weight)| Demand {
            id: String::new(),
            position,
            gaps,
            dark,
            households,
            population,
            weight,
        },
    )
}

fn instance() -> impl Strategy<Value = (Vec<Owned>, Vec<Demand>, RankOptions)> {
    let by = prop_oneof![
        Just(RankBy::Villages),
        Just(RankBy::Gaps),
        Just(RankBy::Households),
        Just(RankBy::Population)
    ];
    let limits = (prop::option::of(0..30_usize), prop::option::of(0..30_usize));
    (
        prop::collection::vec(position(), 0..25),
        prop::collection::vec(village(), 0..150),
        (0.0..9_000.0_f64, by, any::<bool>(), limits),
    )
        .prop_map(|(positions, mut demand, (radius_m, by, dark_first, (top, greedy_sites)))| {
            let number = |i: usize| (i * 17 + 5) % 101;
            let owned = positions.into_iter().enumerate();
            let owned =
                owned.map(|(i, position)| Owned { id: format!("S{}", number(i)), position }).collect();
            demand.iter_mut().enumerate().for_each(|(i, village)| village.id = format!("V{i}"));
            let radius = Radius::from_m(radius_m).unwrap();
            (owned, demand, RankOptions { radius, by, dark_first, top, greedy_sites })
        })
}

fn score(villages: &BTreeSet<usize>, demand: &[Demand], options: &RankOptions) -> Score {
    let mut score = Score::default();
    for &v in villages {
        let v = &demand[v];
        let weight = (v.weight.unwrap_or(1.0) * 1e6).round() as u64;
        let counted = match options.by {
            RankBy::Villages => 1,
            RankBy::Gaps => v.gaps,
            RankBy::Households => v.households.unwrap_or(0),
            RankBy::Population => v.population.unwrap_or(0),
        };
        score.metric_micro += weight * u64::from(counted);
        score.dark_micro += if options.dark_first && v.dark { weight } else { 0 };
    }
    score
}

fn partial(of: impl Fn(&Demand) -> Option<u32>, villages: &BTreeSet<usize>, demand: &[Demand]) -> PartialSum {
    let known: Vec<u64> = villages.iter().filter_map(|&v| of(&demand[v])).map(u64::from).collect();
    PartialSum {
        known: (villages.is_empty() || !known.is_empty()).then(|| known.iter().sum()),
        missing: (villages.len() - known.len()) as u32,
    }
}

fn naive(owned: &[Owned], demand: &[Demand], options: &RankOptions) -> Vec<RankedSite> {
    let served: Vec<Option<BTreeSet<usize>>> = owned
        .iter()
        .map(|site| {
            let near = |v: &usize| {
                let ends = site.position.zip(demand[*v].position);
                ends.is_some_and(|(a, b)| distance_m(a, b) <= options.radius.metres())
            };
            site.position.map(|_| (0..demand.len()).filter(near).collect())
        })
        .collect();
    let mut greedy: Vec<Option<GreedyPlace>> = vec![None; owned.len()];
    let mut covered = BTreeSet::new();
    for order in 1..=options.greedy_sites.unwrap_or(owned.len()) as u32 {
        let open = (0..owned.len()).filter(|&c| greedy[c].is_none());
        let new = open.filter_map(|c| Some((c, served[c].as_ref()?.difference(&covered).copied().collect())));
        let new: Vec<(usize, BTreeSet<usize>)> = new.collect();
        let best =
            new.into_iter().max_by_key(|(c, new)| (score(new, demand, options), Reverse(&owned[*c].id)));
        let Some((c, new)) = best else { break };
        covered.extend(&new);
        greedy[c] = Some(GreedyPlace {
            order,
            marginal_villages: new.len() as u32,
            marginal: score(&new, demand, options),
            cumulative_villages: covered.len() as u32,
        });
    }
    let mut ranked: Vec<RankedSite> = served
        .iter()
        .enumerate()
        .filter_map(|(candidate, served)| {
            let villages = served.as_ref()?;
            let of = |f: &dyn Fn(&Demand) -> u64| villages.iter().map(|&v| f(&demand[v])).sum::<u64>();
            let totals = SiteTotals {
                villages: villages.len() as u32,
                gaps: of(&|v| u64::from(v.gaps)),
                dark_villages: of(&|v| u64::from(v.dark)) as u32,
                households: partial(|v| v.households, villages, demand),
                population: partial(|v| v.population, villages, demand),
                weight_micro: of(&|v| (v.weight.unwrap_or(1.0) * 1e6).round() as u64),
                score: score(villages, demand, options),
            };
            Some(RankedSite { rank: 0, candidate, totals, greedy: greedy[candidate] })
        })
        .collect();
    ranked.sort_by_key(|site| {
        let t = &site.totals;
        (Reverse((t.score, t.dark_villages, t.villages)), owned[site.candidate].id.clone())
    });
    ranked.truncate(options.top.unwrap_or(usize::MAX));
    (1..).zip(&mut ranked).for_each(|(rank, site)| site.rank = rank);
    ranked
}

/// What a person reads of a ranking: ids instead of row numbers.
fn by_id(ranking: &Ranking, owned: &[Owned], demand: &[Demand]) -> Vec<(String, RankedSite, Vec<String>)> {
    let read = |site: &RankedSite| {
        let row = ranking.matrix.row(site.candidate).unwrap();
        assert!(row.is_sorted_by(|a, b| a < b), "a list of villages must ascend");
        let mut ids: Vec<_> = row.iter().map(|&v| demand[v as usize].id.clone()).collect();
        ids.sort();
        (owned[site.candidate].id.clone(), RankedSite { candidate: 0, ..*site }, ids)
    };
    ranking.sites.iter().map(read).collect()
}

fn shuffled<T: Clone>(rows: &[T], seed: usize) -> Vec<T> {
    let mut order: Vec<usize> = (0..rows.len()).collect();
    order.sort_by_key(|&i| (i.wrapping_mul(2_654_435_761).wrapping_add(seed * 97) % 1_009, i));
    order.into_iter().map(|i| rows[i].clone()).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn ranking_is_what_counting_by_hand_gives((owned, demand, options) in instance()) {
        let ranking = rank(&sites(&owned), &demand, &options).unwrap();
        prop_assert_eq!(&ranking.sites, &naive(&owned, &demand, &options));
        let missing = |all: Vec<bool>| (0_u32..).zip(all).filter(|(_, m)| *m).map(|(i, _)| i).collect::<Vec<_>>();
        prop_assert_eq!(&ranking.unknown_candidates, &missing(owned.iter().map(|s| s.position.is_none()).collect()));
        prop_assert_eq!(&ranking.unknown_villages, &missing(demand.iter().map(|v| v.position.is_none()).collect()));
    }

    #[test]
    fn the_order_of_rows_and_the_threads_change_nothing((owned, demand, options) in instance(), seed in 1..50_usize) {
        let expected = by_id(&rank(&sites(&owned), &demand, &options).unwrap(), &owned, &demand);
        for threads in [1, 2, 5] {
            let (owned, demand) = (shuffled(&owned, seed), shuffled(&demand, seed + threads));
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
            let ranking = pool.install(|| rank(&sites(&owned), &demand, &options)).unwrap();
            prop_assert_eq!(by_id(&ranking, &owned, &demand), expected.clone());
        }
    }
}

fn plain(id: &str, weight: Option<f64>) -> Demand {
    let position = LatLon::from_degrees(19.0, 104.0).ok();
    let id = id.to_owned();
    Demand { id, position, gaps: 1, dark: false, households: None, population: Some(u32::MAX), weight }
}

#[test]
fn a_weight_that_is_none_is_refused_by_name() {
    let options = RankOptions::new(Radius::from_m(1.0).unwrap());
    for weight in [-1.0, f64::NAN, f64::INFINITY, 2e9] {
        let error = rank(&[], &[plain("V1", Some(weight))], &options).unwrap_err();
        assert!(matches!(&error, RankError::Demand(DemandError::Weight { id, .. }) if id == "V1"), "{error}");
    }
    let people = RankOptions { by: RankBy::Population, ..options };
    let error = rank(&[], &[plain("V1", Some(1e9))], &people).unwrap_err();
    assert_eq!(error, RankError::Demand(DemandError::TooLarge { what: "population" }));
}

#[test]
fn missing_households_are_not_zero() {
    let sites = [Site { id: "S", position: LatLon::from_degrees(19.0, 104.0).ok() }];
    let options = RankOptions::new(Radius::from_m(1.0).unwrap());
    let ranking = rank(&sites, &[plain("V1", None), plain("V2", None)], &options).unwrap();
    assert_eq!(ranking.sites[0].totals.households, PartialSum { known: None, missing: 2 });
    assert_eq!(
        ranking.sites[0].totals.population,
        PartialSum { known: Some(2 * u64::from(u32::MAX)), missing: 0 }
    );
}

#[test]
fn a_matrix_of_others_is_refused() {
    let options = RankOptions::new(Radius::from_m(1.0).unwrap());
    let matrix = CoverageMatrix::from_rows(1, &[Some(vec![0])], &[]).unwrap();
    let error = rank_matrix(matrix.clone(), &[], &[plain("V", None)], &options).unwrap_err();
    assert_eq!(error, RankError::SiteCount { sites: 0, rows: 1 });
    let error = rank_matrix(matrix, &[Site { id: "S", position: None }], &[], &options).unwrap_err();
    assert_eq!(error, RankError::Demand(DemandError::Count { given: 0, villages: 1 }));
}
