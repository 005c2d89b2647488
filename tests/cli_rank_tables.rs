//! `phusong rank --villages V.csv --candidates C.csv`: against a scan, and with tables as people make them.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test may fail loudly")]

#[allow(dead_code, reason = "shared by the tests of the program")]
mod program;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use phusong::geodesy::{LatLon, distance_m};
use program::{column, features, folder, path, phusong, run, table};
use tempfile::TempDir;

const SITES: &str = "site_id,lat,lon\nA,19.0,104.0\nB,19.5,104.5\n";

fn tables(villages: &str, candidates: &str) -> TempDir {
    folder(&[("v.csv", villages), ("c.csv", candidates)])
}

/// Runs on the two tables of a folder, writing into it.
fn rank(tables: &TempDir, arguments: &[&str], code: i32) -> (String, String) {
    run(
        phusong()
            .current_dir(tables.path())
            .args(["rank", "--villages", "v.csv", "--candidates", "c.csv", "-o", "."])
            .args(arguments),
        code,
    )
}

/// A linear congruential generator: reproducible, no more is asked of it.
struct Random(u64);

impl Random {
    fn next(&mut self) -> f64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 11) as f64 / (1_u64 << 53) as f64
    }
}

struct Scattered {
    files: TempDir,
    villages: Vec<(String, LatLon, f64, u32)>,
    candidates: Vec<(String, LatLon)>,
}

fn scattered() -> Scattered {
    let mut random = Random(2_024);
    let mut place = |decimals: i32| {
        let round = |x: f64| (x * 10_f64.powi(decimals)).round() / 10_f64.powi(decimals);
        let (lat, lon) = (round(19.0 + 0.4 * random.next()), round(104.2 + 0.4 * random.next()));
        (LatLon::from_degrees(lat, lon).unwrap(), random.next())
    };
    let (mut v, mut c) =
        ("village_id,lat,lon,weight,households\n".to_owned(), "site_id,lat,lon\n".to_owned());
    let (mut villages, mut candidates) = (Vec::new(), Vec::new());
    for i in 0..400 {
        let (position, extra) = place(5);
        let weight = (extra * 40.0).round() / 4.0;
        let households = (extra * 300.0) as u32;
        writeln!(v, "V{i},{},{},{weight},{households}", position.lat_deg(), position.lon_deg()).unwrap();
        villages.push((format!("V{i}"), position, weight, households));
    }
    for i in 0..150 {
        let (position, _) = place(4);
        writeln!(c, "S{i:03},{},{}", position.lat_deg(), position.lon_deg()).unwrap();
        candidates.push((format!("S{i:03}"), position));
    }
    Scattered { files: tables(&v, &c), villages, candidates }
}

#[test]
fn membership_and_order_are_what_a_scan_gives() {
    let made = scattered();
    for radius_km in [0.5, 5.0, 11.3] {
        rank(&made.files, &["--radius-km", &radius_km.to_string()], 0);
        let mut expected: Vec<(f64, usize, &str, BTreeSet<&str>)> = made
            .candidates
            .iter()
            .map(|(id, site)| {
                let near = made.villages.iter().filter(|v| distance_m(*site, v.1) <= radius_km * 1_000.0);
                let weight = near.clone().map(|v| v.2).sum();
                let ids: BTreeSet<&str> = near.map(|v| v.0.as_str()).collect();
                (weight, ids.len(), id.as_str(), ids)
            })
            .collect();
        expected.sort_by(|a, b| b.0.total_cmp(&a.0).then(b.1.cmp(&a.1)).then(a.2.cmp(b.2)));
        let features = features(made.files.path());
        assert_eq!(features.len(), expected.len());
        assert!(expected[0].1 > 0);
        for (feature, (weight, villages, id, ids)) in features.iter().zip(&expected) {
            let properties = &feature["properties"];
            assert_eq!(properties["site_id"], *id);
            assert_eq!(properties["villages"], *villages);
            assert!((properties["weight"].as_f64().unwrap() - weight).abs() < 1e-6);
            let found = properties["village_ids"].as_array().unwrap();
            assert_eq!(&found.iter().map(|v| v.as_str().unwrap()).collect::<BTreeSet<_>>(), ids);
            assert!(
                properties["gaps"].is_null() && properties["dark_villages"].is_null(),
                "no list, no gaps"
            );
        }
    }
}

#[test]
fn by_households_counts_households() {
    let made = scattered();
    rank(&made.files, &["--radius-km", "5", "--by", "households"], 0);
    let households: BTreeMap<&str, u64> =
        made.villages.iter().map(|v| (v.0.as_str(), u64::from(v.3))).collect();
    for feature in features(made.files.path()) {
        let ids = feature["properties"]["village_ids"].as_array().unwrap();
        let expected: u64 = ids.iter().map(|id| households[id.as_str().unwrap()]).sum();
        assert_eq!(feature["properties"]["households"], expected);
        assert_eq!(feature["properties"]["households_unknown"], 0);
    }
}

#[test]
fn without_households_the_sum_is_not_known_rather_than_zero() {
    let files = tables("village_id,lat,lon\nV1,19.0,104.0\n", SITES);
    let (shown, _) = rank(&files, &[], 0);
    assert!(shown.contains('–'), "{shown}");
    let first = &features(files.path())[0]["properties"];
    assert!(first["households"].is_null() && first["population"].is_null());
    assert_eq!(first["households_unknown"], 1);
    assert_eq!(column(&table(&path(&files, "ranking.csv")), "households")[0], "");
}

#[test]
fn the_columns_of_the_contract_are_enough_even_under_strict() {
    let files = tables("village_id,lat,lon\nV1,19.0,104.0\n", SITES);
    let (_, talk) = rank(&files, &["--strict"], 0);
    assert!(!talk.contains("error"), "{talk}");
}

#[test]
fn gaps_need_lists() {
    let files = tables("village_id,lat,lon\nV1,19.0,104.0\n", SITES);
    for (arguments, flag) in [
        (&["--by", "gaps"][..], "--by gaps"),
        (&["--carrier", "Viettel"], "--carrier"),
        (&["--severity", "white"], "--severity"),
        (&["--dark-first"], "--dark-first"),
    ] {
        let (_, talk) = rank(&files, arguments, 2);
        assert!(talk.contains(flag) && talk.contains("study"), "{talk}");
    }
}

#[test]
fn a_missing_column_is_named_with_the_file_and_what_is_there() {
    let files = tables("village_id,lat\nV1,19.0\n", SITES);
    let (shown, talk) = rank(&files, &[], 2);
    assert!(shown.is_empty());
    for part in ["v.csv", "lon", "there are: village_id, lat", "Needed: village_id, lat, lon", "Rename"] {
        assert!(talk.contains(part), "no “{part}” in {talk}");
    }
    let files = tables("village_id,lat,lon\nV1,19.0,104\n", "name_of_hill,x\nHill,2\n");
    let (_, talk) = rank(&files, &[], 2);
    assert!(talk.contains("c.csv") && talk.contains("site_id, lat, lon"), "{talk}");
}

#[test]
fn a_missing_or_empty_file_is_named_once() {
    let files = tables("", SITES);
    let (_, talk) = rank(&files, &[], 2);
    assert!(talk.contains("v.csv is empty"), "{talk}");
    std::fs::remove_file(path(&files, "v.csv")).unwrap();
    let (_, talk) = rank(&files, &[], 2);
    assert!(talk.contains("v.csv") && talk.contains("Check the path"), "{talk}");
    assert_eq!(talk.matches("os error").count(), 1, "{talk}");
    let (_, talk) = run(phusong().current_dir(files.path()).args(["rank", "--villages", "c.csv"]), 2);
    assert!(talk.contains("--candidates"), "{talk}");
}

#[test]
fn a_header_alone_has_no_village() {
    let files = tables("village_id,lat,lon\n", SITES);
    let (_, talk) = rank(&files, &[], 2);
    assert!(talk.contains("v.csv: no usable village"), "{talk}");
}

#[test]
fn bad_rows_are_named_and_the_others_count() {
    let villages = "village_id,lat,lon,weight\nV1,19.0,104.0,2\nV2,19.001,104.0,0.5\nV1,19.002,104.0,1\n\
        V4,NaN,104.0,1\nV5,95,104.0,1\nV6,,,1\nV7,19.003,104.0,heavy\n,19.0,104.0,1\n";
    let candidates = "site_id,lat,lon\nA,19.0,104.0\nB,,\nC,inf,104\nA,19.1,104.1\nD,19,500\n";
    let files = tables(villages, candidates);
    let (shown, talk) = rank(&files, &[], 0);
    assert!(shown.contains("A ") && !shown.contains("B "), "{shown}");
    for (part, times) in [("v.csv 4: ", 1), ("v.csv 9: ", 1), ("c.csv 3: ", 1), ("c.csv 5: ", 1)] {
        assert_eq!(talk.matches(part).count(), times, "{part} in {talk}");
    }
    assert!(talk.contains("3 uncovered villages without a position"), "{talk}");
    let features = features(files.path());
    assert_eq!(features.len(), 1, "a candidate without a position is not ranked");
    let site = &features[0]["properties"];
    assert_eq!(site["village_ids"], serde_json::json!(["V1", "V2", "V7"]));
    assert_eq!(site["weight"], 3.5, "a weight that is no number counts as 1 and is a finding");
    rank(&files, &["--strict"], 1);
}

#[test]
fn filters_without_a_study_do_not_judge_what_is_not_known() {
    let villages = "village_id,lat,lon,grid_power\nV1,19.0,104.0,0\nV2,19.0,104.0,1\nV3,19.0,104.0,\n";
    let files = tables(villages, SITES);
    let (_, talk) = rank(&files, &["--no-grid-power"], 0);
    assert!(talk.contains("1 villages left out"), "{talk}");
    assert_eq!(features(files.path())[0]["properties"]["village_ids"], serde_json::json!(["V1"]));
}

#[test]
fn formulas_are_text_and_control_characters_stay_out_of_the_terminal() {
    let villages = "village_id,lat,lon\n\"=HYPERLINK(\"\"http://x\"\")\",19.0,104.0\n";
    let candidates = "site_id,lat,lon\n=1+1,19.0,104.0\nr\u{1b}[31med,19.0,104.01\nr\u{1b}[31med,19,104\n";
    let files = tables(villages, candidates);
    let (shown, talk) = rank(&files, &[], 0);
    assert!(!shown.contains('\u{1b}') && !talk.contains('\u{1b}'), "{shown}{talk}");
    let csv = table(&path(&files, "ranking.csv"));
    assert_eq!(column(&csv, "site_id")[0], "'=1+1");
    assert!(column(&csv, "village_ids")[0].starts_with("'=HYPERLINK"));
    // GeoJSON is no spreadsheet: there the ids are what they are.
    assert_eq!(features(files.path())[0]["properties"]["site_id"], "=1+1");
}

#[test]
fn top_writes_the_best_and_ranks_are_those_of_all() {
    let made = scattered();
    rank(&made.files, &["--radius-km", "5"], 0);
    let all = features(made.files.path());
    rank(&made.files, &["--radius-km", "5", "--top", "7"], 0);
    assert_eq!(features(made.files.path()), all[..7]);
    rank(&made.files, &["--top", "0"], 2);
}

#[test]
fn zero_zero_is_no_place() {
    let made =
        tables("village_id,lat,lon\nV1,19.0,104.0\nV2,0,0\n", "site_id,lat,lon\nA,19.0,104.0\nB,0.0,0.0\n");
    let (_, talk) = rank(&made, &["--radius-km", "3"], 0);
    assert!(talk.contains("v.csv 3: ") && talk.contains("c.csv 3: "), "{talk}");
    assert!(talk.contains("1 uncovered villages without a position"), "{talk}");
    assert_eq!(column(&table(&path(&made, "ranking.csv")), "site_id"), ["A"]);
    rank(&made, &["--radius-km", "3", "--strict"], 1);
}
