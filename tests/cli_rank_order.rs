//! The order of rows in the files changes no byte of the ranking, ties and faults included.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test may fail loudly")]

#[allow(dead_code, reason = "shared by the tests of the program")]
mod program;

use std::fs;

use program::{folder, path, phusong, run};
use proptest::prelude::*;

/// A row of villages: place on a coarse grid (many ties), weight, households where known.
type Village = (u8, u8, u8, Option<u8>);

/// Rows with the numbers that their ids are made of.
type Numbered<T> = Vec<(usize, T)>;

fn ranking(villages: &[(usize, Village)], sites: &[(usize, (u8, u8))]) -> Vec<u8> {
    let degrees = |base: f64, step: u8| base + f64::from(step) * 0.01;
    let mut v = "village_id,lat,lon,weight,households\n".to_owned();
    for (i, (y, x, weight, households)) in villages {
        let households = households.map(|h| h.to_string()).unwrap_or_default();
        let lat = if *y == 0 { String::new() } else { degrees(19.0, *y).to_string() };
        v.push_str(&format!("V{i},{lat},{},0.{weight},{households}\n", degrees(104.0, *x)));
    }
    let mut c = "site_id,lat,lon\n".to_owned();
    for (i, (y, x)) in sites {
        c.push_str(&format!("S{i},{},{}\n", degrees(19.0, *y), degrees(104.0, *x)));
    }
    let files = folder(&[("v.csv", &v), ("c.csv", &c)]);
    let arguments = ["rank", "--villages", "v.csv", "--candidates", "c.csv", "--radius-km", "1.2", "-o", "."];
    run(phusong().current_dir(files.path()).args(arguments), 0);
    fs::read(path(&files, "ranking.geojson")).unwrap()
}

fn shuffled<T: Clone + std::fmt::Debug>(
    rows: impl Strategy<Value = Vec<T>>,
) -> impl Strategy<Value = (Numbered<T>, Numbered<T>)> {
    rows.prop_map(|rows| rows.into_iter().enumerate().collect::<Vec<_>>())
        .prop_flat_map(|rows| (Just(rows.clone()), Just(rows).prop_shuffle()))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn shuffled_rows_give_the_same_bytes(
        (villages, other_villages) in shuffled(prop::collection::vec(
            (0u8..6, 0u8..6, 0u8..10, prop::option::of(0u8..9)), 1..40)),
        (sites, other_sites) in shuffled(prop::collection::vec((1u8..6, 0u8..6), 1..20)),
    ) {
        let first = ranking(&villages, &sites);
        prop_assert!(first.len() > 100);
        let other = ranking(&other_villages, &other_sites);
        prop_assert_eq!(String::from_utf8(first), String::from_utf8(other));
    }
}
