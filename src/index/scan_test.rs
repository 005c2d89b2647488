//! The index against the obvious: measure every distance.

use proptest::prelude::*;

use super::leaf::{LeafPoints, LeafQuery, Masks};
use super::simd::leaf_masks;
use super::{PointIndex, QueryGroups};
use crate::geodesy::{Ecef, LatLon, Radius, destination, distance_m};

fn at(lat: f64, lon: f64) -> LatLon {
    LatLon::from_degrees(lat, lon).unwrap()
}

fn scan(points: &[LatLon], centre: LatLon, radius_m: f64) -> Vec<u32> {
    (0..points.len() as u32).filter(|&i| distance_m(centre, points[i as usize]) <= radius_m).collect()
}

/// Every operation of the index, for every query, is what the scan says.
fn check(points: &[LatLon], queries: &[LatLon], radius_m: f64) -> usize {
    let radius = Radius::from_m(radius_m).unwrap();
    let index = PointIndex::new(points).unwrap();
    let weights: Vec<u64> = (0..points.len() as u64).map(|i| i * i + 1).collect();
    let prepared = index.weights(&weights).unwrap();
    let groups = QueryGroups::new(queries).unwrap();
    let counts = index.count_within_all(&groups, radius);
    let lists = index.masks_within_all(&groups, radius);
    assert_eq!(counts.len(), queries.len());
    let mut row_of = vec![0; queries.len()];
    (0..).zip(&lists.queries).for_each(|(row, &query)| row_of[query as usize] = row);
    let mut pairs = 0;
    for (row, &query) in queries.iter().enumerate() {
        let expected = scan(points, query, radius_m);
        assert_eq!(index.collect_within(query, radius), expected, "query {row}, radius {radius_m} m");
        assert_eq!(index.count_within(query, radius) as usize, expected.len());
        assert_eq!(counts[row] as usize, expected.len());
        assert_eq!(
            index.weight_within(query, radius, &prepared),
            expected.iter().map(|&i| weights[i as usize]).sum::<u64>()
        );
        let entries = lists.row_starts[row_of[row]]..lists.row_starts[row_of[row] + 1];
        assert!(lists.leaves[entries.clone()].is_sorted_by(|a, b| a < b));
        let mut listed = Vec::new();
        for (&leaf, &mask) in lists.leaves[entries.clone()].iter().zip(&lists.masks[entries]) {
            let start = index.leaf_starts()[leaf as usize] as usize;
            listed.extend(
                (0..64).filter(|bit| mask >> bit & 1 == 1).map(|bit| index.tree_order()[start + bit]),
            );
        }
        listed.sort_unstable();
        assert_eq!(listed, expected);
        pairs += expected.len();
    }
    pairs
}

/// Points as they come: scattered, in a cluster, all on one spot, on a line.
fn points(most: usize) -> impl Strategy<Value = Vec<LatLon>> {
    let scattered = prop::collection::vec((18.5..19.5_f64, 104.0..105.0_f64), 0..most);
    let clustered = prop::collection::vec((18.99..19.01_f64, 104.49..104.51_f64), 0..most);
    let duplicated =
        (18.5..19.5_f64, 104.0..105.0_f64, 0..most).prop_map(|(lat, lon, n)| vec![(lat, lon); n]);
    let line = prop::collection::vec(18.5..19.5_f64, 0..most)
        .prop_map(|lats| lats.into_iter().map(|lat| (lat, 104.5)).collect::<Vec<_>>());
    let globe = prop::collection::vec((-90.0..=90.0_f64, -180.0..=180.0_f64), 0..most);
    let mixed =
        (scattered.clone(), clustered.clone(), duplicated.clone()).prop_map(|(a, b, c)| [a, b, c].concat());
    prop_oneof![scattered, clustered, duplicated, line, globe, mixed]
        .prop_map(|all| all.into_iter().map(|(lat, lon)| at(lat, lon)).collect())
}

fn radius_m() -> impl Strategy<Value = f64> {
    prop_oneof![Just(0.0), 0.0..1.0_f64, 1.0..1e3, 1e3..3e4, 3e4..3e6, 3e6..2.1e7]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 160, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_index_finds_what_a_scan_finds(points in points(300), mut queries in points(20), radius_m in radius_m()) {
        // Queries on top of points ask about distance 0.
        queries.extend(points.iter().take(5));
        check(&points, &queries, radius_m);
    }
}

#[test]
fn larger_and_denser_sets() {
    let mut state = 7_u64;
    let mut unit = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 11) as f64 / (1_u64 << 53) as f64
    };
    let mut pairs = 0;
    for spread_deg in [0.0001, 0.05, 1.0] {
        let mut draw = |n: usize| -> Vec<LatLon> {
            (0..n).map(|_| at(19.0 + spread_deg * unit(), 104.0 + spread_deg * unit())).collect()
        };
        let points = draw(9_000);
        let queries = draw(150);
        for radius_m in [3.0, 400.0, 5_000.0, 40_000.0] {
            pairs += check(&points, &queries, radius_m);
        }
    }
    assert!(pairs > 1_000_000, "only {pairs} pairs were compared");
}

#[test]
fn points_on_the_circle_itself() {
    // All points are within 2 mm of the boundary, far inside the error of a single-precision distance.
    let centre = at(19.25, 104.4);
    // 64 points fill one leaf to the last bit.
    let full_leaves = (0..41).map(|turn| (5_000.0 + f64::from(turn), 64));
    for (radius_m, n) in [(150.0, 700), (5_000.0, 700), (30_000.0, 700)].into_iter().chain(full_leaves) {
        let points: Vec<_> = (0..n)
            .map(|i| {
                let off_m = f64::from((i + radius_m as i32) % 41 - 20) * 1e-4;
                destination(centre, f64::from(i) * 0.517 + radius_m, radius_m + off_m).unwrap()
            })
            .collect();
        let pairs = check(&points, &[centre], radius_m);
        assert!((n as usize / 4..n as usize * 3 / 4).contains(&pairs), "{pairs}");
    }
}

#[test]
fn the_poles_and_the_antimeridian() {
    let points: Vec<_> = (0..720)
        .map(|i| f64::from(i) * 0.5 - 180.0)
        .flat_map(|lon| [at(89.98, lon), at(-89.99, lon), at(0.5, if lon < 0.0 { -179.99 } else { 179.99 })])
        .collect();
    let queries = [at(90.0, 0.0), at(-90.0, 77.0), at(0.5, 180.0), at(0.5, -180.0), at(89.99, 120.0)];
    assert!(check(&points, &queries, 5_000.0) > 1_000);
}

#[test]
fn the_nearest_are_the_nearest() {
    for (points, _) in [(line(500, 0.001), 0), (line(64, 0.0), 1), (line(3, 0.4), 2)] {
        let index = PointIndex::new(&points).unwrap();
        for k in [0, 1, 7, 70, 1_000] {
            let centre = at(19.02, 104.5);
            let mut all: Vec<(f64, u32)> =
                points.iter().zip(0..).map(|(&p, i)| (distance_m(centre, p), i)).collect();
            all.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
            all.truncate(k);
            let found: Vec<_> = index.nearest(centre, k).iter().map(|n| (n.distance_m, n.number)).collect();
            assert_eq!(found, all);
        }
    }
}

fn line(n: u32, step_deg: f64) -> Vec<LatLon> {
    (0..n).map(|i| at(19.0 + f64::from(i) * step_deg, 104.5 + f64::from(i % 3) * step_deg)).collect()
}

#[test]
fn any_thread_count_gives_the_same() {
    let points: Vec<_> =
        (0..4_000).map(|i| at(19.0 + f64::from(i % 61) * 0.01, 104.0 + f64::from(i) * 2e-4)).collect();
    let radius = Radius::from_m(7_000.0).unwrap();
    let answers = [1, 2, 5].map(|threads| {
        rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap().install(|| {
            let index = PointIndex::new(&points).unwrap();
            let groups = QueryGroups::new(&points).unwrap();
            (index.count_within_all(&groups, radius), index.masks_within_all(&groups, radius))
        })
    });
    assert!(answers[0].0.iter().all(|&count| count > 0));
    assert_eq!(answers[0], answers[1]);
    assert_eq!(answers[0], answers[2]);
}

#[test]
fn wide_and_plain_masks_bracket_the_truth() {
    // Whatever the two ways round, `sure` holds nothing outside and `maybe` everything inside.
    let centre = at(19.0, 104.5);
    let points: Vec<Ecef> = (0..64)
        .map(|i| Ecef::from(destination(centre, f64::from(i * 37), 30.0 * f64::from(i)).unwrap()))
        .collect();
    let leaf = LeafPoints::new(&points, Ecef::from(centre));
    let mut checked = 0;
    for i in 0..400_u32 {
        let query = Ecef::from(destination(centre, f64::from(i) * 7.7, f64::from(i) * 17.0).unwrap());
        let radius = Radius::from_m(2_500.0).unwrap();
        let squared = query.chord_squared_m2(Ecef::from(centre));
        let asked = LeafQuery::new(query, Ecef::from(centre), squared, 1_900.0, radius);
        let mut wide = [Masks::default()];
        leaf_masks(&leaf, &[asked], &mut wide);
        for masks in [wide[0], asked.masks(&leaf)] {
            for (bit, p) in points.iter().enumerate() {
                let chord = p.chord_squared_m2(query);
                assert!(masks.sure >> bit & 1 == 0 || chord <= radius.inside_chord_squared_m2());
                assert!(masks.maybe >> bit & 1 == 1 || chord > radius.outside_chord_squared_m2());
                checked += 1;
            }
            assert!((masks.maybe & !masks.sure).count_ones() < 4, "the bound is too loose to be of use");
        }
    }
    assert_eq!(checked, 400 * 2 * 64);
}
