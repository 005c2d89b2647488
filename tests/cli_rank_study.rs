//! `phusong rank STUDY`, end to end on the sample.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test may fail loudly")]

#[allow(dead_code, reason = "shared by the tests of the program")]
mod program;

use std::collections::BTreeSet;
use std::fs;

use program::{SAMPLE, column, features, json, path, phusong, run, sample_copy, table};
use serde_json::Value;

fn numbers(features: &[Value], property: &str) -> Vec<u64> {
    features.iter().map(|f| f["properties"][property].as_u64().unwrap()).collect()
}

fn ids(feature: &Value) -> Vec<&str> {
    feature["properties"]["village_ids"].as_array().unwrap().iter().map(|id| id.as_str().unwrap()).collect()
}

#[test]
fn the_ranking_is_what_the_contract_says() {
    let out = tempfile::tempdir().unwrap();
    let (table_text, talk) = run(phusong().args(["rank", SAMPLE, "-o"]).arg(out.path()), 0);
    assert!(talk.contains("SIMULATED DATA"), "{talk}");
    assert!(talk.contains("464") && talk.contains("245") && talk.contains("73"), "{talk}");
    assert!(table_text.contains("Rank") && table_text.lines().count() >= 20, "{table_text}");

    let geojson = json(&path(&out, "ranking.geojson"));
    assert_eq!(geojson["type"], "FeatureCollection");
    assert!(geojson.get("crs").is_none(), "RFC 7946 knows no crs");
    let meta = &geojson["phusong"];
    assert_eq!(meta["simulated"], true);
    assert_eq!(meta["radius_km"], 3.0);
    assert_eq!(meta["model"], "radius");
    assert!(meta["study"].as_str().unwrap().contains("Nghệ An"));

    let features = features(out.path());
    assert!(features.len() > 2_000);
    assert_eq!(numbers(&features, "rank"), (1..=features.len() as u64).collect::<Vec<_>>());
    let villages = numbers(&features, "villages");
    assert!(villages[0] > 0 && villages.windows(2).all(|pair| pair[0] >= pair[1]));
    let mut served = BTreeSet::new();
    for feature in &features {
        assert_eq!(feature["type"], "Feature");
        assert_eq!(feature["geometry"]["type"], "Point");
        let position = feature["geometry"]["coordinates"].as_array().unwrap();
        let (lon, lat) = (position[0].as_f64().unwrap(), position[1].as_f64().unwrap());
        assert!(
            (103.0..106.5).contains(&lon) && (18.0..20.5).contains(&lat),
            "longitude first: {position:?}"
        );
        let ids = ids(feature);
        assert!(ids.is_sorted(), "{ids:?}");
        assert_eq!(ids.len() as u64, feature["properties"]["villages"].as_u64().unwrap());
        served.extend(ids.into_iter().map(str::to_owned));
        for property in ["gaps", "dark_villages", "households", "population", "cumulative_villages"] {
            assert!(feature["properties"].get(property).is_some(), "no {property}");
        }
    }
    assert!(served.len() > 300);
    assert_eq!(numbers(&features, "marginal_villages").iter().sum::<u64>(), served.len() as u64);
    assert_eq!(numbers(&features, "cumulative_villages").iter().max(), Some(&(served.len() as u64)));
    // In greedy order each site adds what the cumulative number grows by.
    let mut greedy: Vec<&Value> = features.iter().map(|f| &f["properties"]).collect();
    greedy.sort_by_key(|p| p["greedy_order"].as_u64().unwrap());
    let mut seen = BTreeSet::new();
    for site in greedy {
        let before = seen.len() as u64;
        seen.extend(site["village_ids"].as_array().unwrap().iter().map(|id| id.as_str().unwrap()));
        assert_eq!(seen.len() as u64 - before, site["marginal_villages"].as_u64().unwrap());
        assert_eq!(seen.len() as u64, site["cumulative_villages"].as_u64().unwrap());
    }

    let csv = table(&path(&out, "ranking.csv"));
    assert_eq!(csv.1.len(), features.len());
    let sites: Vec<&str> = features.iter().map(|f| f["properties"]["site_id"].as_str().unwrap()).collect();
    assert_eq!(column(&csv, "site_id"), sites);
    assert!(column(&csv, "basis").iter().all(|basis| basis.contains("SIMULATED DATA")));
}

#[test]
fn the_bytes_do_not_depend_on_threads() {
    let out = tempfile::tempdir().unwrap();
    for threads in ["1", "4"] {
        let folder = path(&out, threads);
        let all = ["--threads", threads, "rank", SAMPLE, "--format", "geojson,geojsonl,csv,json", "-o"];
        run(phusong().args(all).arg(folder), 0);
    }
    for name in ["ranking.geojson", "ranking.geojsonl", "ranking.csv", "ranking.json"] {
        let read = |threads| fs::read(path(&out, threads).join(name)).unwrap();
        assert!(!read("1").is_empty());
        assert!(read("1") == read("4"), "{name} differs");
    }
}

/// Row orders that no one would choose: backwards, and every seventh first.
fn shuffled(text: &str, backwards: bool) -> String {
    let (header, rows) = text.split_once('\n').unwrap();
    let mut rows: Vec<&str> = rows.lines().collect();
    if backwards {
        rows.reverse();
    } else {
        let mut numbered: Vec<(usize, &str)> = rows.into_iter().enumerate().collect();
        numbered.sort_by_key(|(i, _)| (i * 5_003 % 7_919, *i));
        rows = numbered.into_iter().map(|(_, row)| row).collect();
    }
    format!("{header}\n{}\n", rows.join("\n"))
}

#[test]
fn the_bytes_do_not_depend_on_the_order_of_rows() {
    let out = tempfile::tempdir().unwrap();
    run(phusong().args(["rank", SAMPLE, "-o"]).arg(path(&out, "plain")), 0);
    let plain = fs::read(path(&out, "plain").join("ranking.geojson")).unwrap();
    for backwards in [true, false] {
        let study = sample_copy();
        for name in ["villages.csv", "candidates.csv"] {
            let text = fs::read_to_string(path(&study, name)).unwrap();
            let other = shuffled(&text, backwards);
            assert_eq!(text.lines().count(), other.lines().count());
            assert_ne!(text, other);
            fs::write(path(&study, name), other).unwrap();
        }
        run(phusong().arg("rank").arg(study.path()).arg("-o").arg(path(&out, "other")), 0);
        let other = fs::read(path(&out, "other").join("ranking.geojson")).unwrap();
        assert!(plain == other, "row order shows (backwards: {backwards})");
    }
}

#[test]
fn every_format_says_the_same() {
    let out = tempfile::tempdir().unwrap();
    run(
        phusong()
            .args(["rank", SAMPLE, "--format", "json,csv,geojsonl,geojson", "--top", "25", "-o"])
            .arg(out.path()),
        0,
    );
    let features = features(out.path());
    assert_eq!(features.len(), 25);
    let lines = fs::read_to_string(path(&out, "ranking.geojsonl")).unwrap();
    let lines: Vec<Value> = lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(lines, features);
    let document = json(&path(&out, "ranking.json"));
    assert_eq!(document["phusong"], json(&path(&out, "ranking.geojson"))["phusong"]);
    let sites = document["sites"].as_array().unwrap();
    assert_eq!(sites.len(), 25);
    for (site, feature) in sites.iter().zip(&features) {
        assert_eq!(site["site_id"], feature["properties"]["site_id"]);
        assert_eq!(site["village_ids"], feature["properties"]["village_ids"]);
        assert_eq!(site["lat"], feature["geometry"]["coordinates"][1]);
    }
    assert_eq!(table(&path(&out, "ranking.csv")).1.len(), 25);
}

#[test]
fn only_the_formats_asked_for_are_written() {
    let out = tempfile::tempdir().unwrap();
    run(phusong().args(["rank", SAMPLE, "--format", "csv", "--show", "0", "-o"]).arg(out.path()), 0);
    let names: Vec<_> = fs::read_dir(out.path()).unwrap().map(|e| e.unwrap().file_name()).collect();
    assert_eq!(names, ["ranking.csv"], "and no temporary file is left");
}

#[test]
fn filters_leave_fewer_villages_and_say_so() {
    let out = tempfile::tempdir().unwrap();
    let total = |arguments: &[&str]| {
        let folder = path(&out, "f");
        run(phusong().args(["rank", SAMPLE]).args(arguments).arg("-o").arg(&folder), 0);
        let meta = json(&folder.join("ranking.geojson"))["phusong"].clone();
        (numbers(&features(&folder), "marginal_villages").iter().sum::<u64>(), meta)
    };
    let (all, meta) = total(&[]);
    assert_eq!(meta["filters"], serde_json::json!([]));
    let filters: [&[&str]; 5] = [
        &["--carrier", "Viettel"],
        &["--severity", "white"],
        &["--severity", "weak"],
        &["--no-grid-power"],
        &["--hardship"],
    ];
    for filter in filters {
        let (some, meta) = total(filter);
        assert!(0 < some && some < all, "{filter:?}: {some} of {all}");
        assert_eq!(meta["filters"].as_array().unwrap().len(), 1, "{filter:?}");
    }
    let (both, _) = total(&["--carrier", "viettel", "--carrier", "VNPT", "--carrier", "mobi"]);
    assert_eq!(both, all, "all three carriers together are no filter");
}

#[test]
fn by_decides_the_order() {
    let out = tempfile::tempdir().unwrap();
    for by in ["villages", "gaps", "households", "population"] {
        run(phusong().args(["rank", SAMPLE, "--by", by, "-o"]).arg(out.path()), 0);
        let values = numbers(&features(out.path()), by);
        assert!(values[0] > 0 && values.windows(2).all(|pair| pair[0] >= pair[1]), "{by}");
        assert_eq!(json(&path(&out, "ranking.geojson"))["phusong"]["ranked_by"], by);
    }
    run(phusong().args(["rank", SAMPLE, "--dark-first", "-o"]).arg(out.path()), 0);
    let dark = numbers(&features(out.path()), "dark_villages");
    assert!(dark[0] > 0 && dark.windows(2).all(|pair| pair[0] >= pair[1]));
}

#[test]
fn a_larger_radius_serves_more() {
    let out = tempfile::tempdir().unwrap();
    let served = |radius: &str| {
        run(phusong().args(["rank", SAMPLE, "--radius-km", radius, "-o"]).arg(out.path()), 0);
        numbers(&features(out.path()), "marginal_villages").iter().sum::<u64>()
    };
    let (near, far) = (served("1"), served("6.5"));
    assert!(near < far, "{near} {far}");
}

#[test]
fn timings_have_the_contracts_shape() {
    let out = tempfile::tempdir().unwrap();
    let file = path(&out, "t.json");
    run(
        phusong()
            .args(["--threads", "1", "rank", SAMPLE, "--show", "0", "--timings"])
            .arg(&file)
            .arg("-o")
            .arg(out.path()),
        0,
    );
    let timings = json(&file);
    assert_eq!(timings["threads"], 1);
    let stages = timings["stages"].as_array().unwrap();
    for name in ["read", "index", "count"] {
        let of_name: Vec<&Value> = stages.iter().filter(|stage| stage["stage"] == name).collect();
        assert_eq!(of_name.len(), 1, "{name}");
        assert!(of_name[0]["wall_s"].as_f64().unwrap() >= 0.0);
        assert!(of_name[0]["cpu_s"].as_f64().unwrap() >= 0.0);
    }
}

#[test]
fn strict_ends_with_one_and_still_writes() {
    let out = tempfile::tempdir().unwrap();
    run(phusong().args(["--strict", "rank", SAMPLE, "-o"]).arg(out.path()), 1);
    assert!(path(&out, "ranking.geojson").exists());
}
