//! `phusong plan` against nonsense: every option is kept or refused, and a message says what to do.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test may fail loudly")]

#[allow(dead_code, reason = "shared by the tests of the program")]
mod program;

use std::fs;

use program::{folder, json, path, phusong, run};
use serde_json::{Value, json};
use tempfile::TempDir;

/// Thirty villages a kilometre apart, a hill at every third.
fn chain() -> TempDir {
    let mut villages = "village_id,name,lat,lon,population\n".to_owned();
    let mut sites = "site_id,lat,lon,cost_million_vnd,grid_distance_km,kind\n".to_owned();
    for i in 0..30 {
        let lat = 19.0 + 0.01 * f64::from(i);
        villages += &format!("V{i},Bản {i},{lat:.4},104.0,100\n");
        if i % 3 == 0 {
            sites += &format!("S{i},{lat:.4},104.0,{},{:.1},hill\n", 1000 + i, f64::from(i) / 10.0);
        }
    }
    folder(&[("V.csv", &villages), ("C.csv", &sites)])
}

/// What was said, and plan.json.
fn plan(data: &TempDir, arguments: &[&str], code: i32) -> (String, Value) {
    let out = path(data, "out");
    let mut command = phusong();
    command.arg("plan").arg("--villages").arg(path(data, "V.csv"));
    command.arg("--candidates").arg(path(data, "C.csv")).args(["--radius-km", "2.5", "--show", "0"]);
    let (table, talk) = run(command.args(arguments).arg("-o").arg(&out), code);
    let plan = out.join("plan.json");
    (talk + &table, if code == 0 { json(&plan) } else { Value::Null })
}

#[test]
fn numbers_that_are_none_and_options_without_effect_are_refused() {
    let data = chain();
    for (arguments, says) in [
        (&["--budget", "nan"][..], "'--budget <MILLION>': give a number from 0"),
        (&["--budget=-5"], "'--budget <MILLION>': give a number from 0"),
        (&["--sites", "3", "--min-distance-km", "nan"], "'--min-distance-km <KM>': give a number"),
        (&["--sites", "3", "--min-distance-km=-5"], "'--min-distance-km <KM>': give a number"),
        (&["--sites", "3", "--gap", "5"], "at most 100%"),
        (&["--year", "2026:sites=1,sites=5"], "2026:sites=1,sites=5"),
        (
            &["--sites", "3", "--stations", "Cargo.toml"],
            "--stations: they are where backhaul begins; give --hop-km",
        ),
        (&["--sites", "3", "--built-until", "2026"], "--built-until: needs a study"),
        (&["--sites", "3", "--one-of", "S0,,S3"], "--one-of: an id is empty"),
        (&["--sites", "3", "--include", ""], "--include: an id is empty"),
        (&["--target", "31"], "no plan under these rules can reach more than 30 (100.00 %"),
        (&["--target", "31", "--exclude", "S0"], "no plan under these rules can reach more than 29 (96.67 %"),
        (&["--sites", "3", "--one-of", "S0,S3<=x"], "write ID,ID,… or ID,ID,…<=K"),
        (
            &["--sites", "3", "--weight", "carrier:Viettel=2"],
            "--weight carrier:Viettel: needs the carriers' lists",
        ),
        (&["--sites", "2", "--limit", "villages commune>=1"], "of no uncovered village the commune is known"),
        (&["--sites", "2", "--limit", "commune<=1"], "of no candidate the commune is known"),
        (&["--sites", "2", "--limit", "off-grid>=1", "--off-grid-km", "9"], "no candidate is off the grid"),
    ] {
        let (talk, _) = plan(&data, arguments, 2);
        assert!(talk.contains(says), "{arguments:?}: {talk}");
    }
    assert_eq!(
        plan(&data, &["--sites", "2", "--limit", "off-grid<=1", "--off-grid-km", "9"], 0).1["value"],
        10
    );
    let all = fs::read_to_string(path(&data, "C.csv")).unwrap();
    fs::write(path(&data, "C.csv"), all.replace(",1003,", ",,")).unwrap();
    let (talk, _) = plan(&data, &["--budget", "3000", "--include", "S3"], 2);
    assert!(talk.contains("--include S3: its cost is not known"), "{talk}");
    plan(&data, &["--sites", "2", "--include", "S3"], 0);
    fs::write(path(&data, "C.csv"), all).unwrap();
    let sites = fs::read_to_string(path(&data, "C.csv")).unwrap().replace(",1003,", ",-5,");
    fs::write(path(&data, "C.csv"), sites).unwrap();
    let (talk, _) = plan(&data, &["--budget", "3000"], 2);
    assert!(
        talk.contains("C.csv, row 3 (S3): cost_million_vnd -5") && talk.contains("leave the cell empty"),
        "{talk}"
    );
}

#[test]
fn a_rule_that_nothing_can_keep_is_named() {
    let data = chain();
    for (arguments, says) in [
        (
            &["--sites", "12", "--limit", "kind:hill>=11"][..],
            "“kind:hill>=11 [hill]”: 10 candidates can be built there",
        ),
        (&["--sites", "3", "--limit", "kind:hill>=4"], "“kind:hill>=4 [hill]”: there may be 3 sites in all"),
        (&["--sites", "3", "--limit", "off-grid<=0", "--include", "S27"], "--include has 1 of them"),
        (&["--sites", "1", "--include", "S0,S3"], "--include names 2 sites, there may be 1"),
        (
            &["--sites", "3", "--include", "S0,S3", "--one-of", "S3,S0"],
            "--include names S0 and S3, of which at most one may be built",
        ),
        (
            &["--sites", "3", "--include", "S0,S3", "--min-distance-km", "4"],
            "--include names S0 and S3, which are 3321 m apart",
        ),
        (&["--budget", "1500", "--include", "S0,S3"], "cost 2003 million đồng, there are 1500"),
    ] {
        let (talk, _) = plan(&data, arguments, 2);
        assert!(talk.contains("By itself impossible") && talk.contains(says), "{arguments:?}: {talk}");
    }
    // Two that contradict each other: neither is impossible by itself.
    let (talk, _) = plan(&data, &["--sites", "3", "--limit", "kind:hill<=2", "--limit", "kind:hill>=3"], 2);
    assert!(talk.contains("contradict each other") && !talk.contains("By itself"), "{talk}");
}

#[test]
fn extremes_end_with_a_plan() {
    let data = chain();
    for (arguments, value) in [
        (&["--budget", "0"][..], 0),
        (&["--sites", "1000"], 30),
        (&["--year", "2026:budget=0"], 0),
        (&["--sites", "3", "--min-people", "99999999999"], 0),
        (&["--sites", "3", "--one-of", "S0,S0"], 15),
        (&["--sites", "3", "--include", "S0,S0"], 13),
        (&["--sites", "2", "--include", "S0,S6", "--one-of", "S0,S0,S6<=2"], 8),
        (&["--target", "0"], 0),
    ] {
        let (talk, found) = plan(&data, arguments, 0);
        assert_eq!(
            (&found["value"], &found["status"]),
            (&json!(value), &json!("optimal")),
            "{arguments:?}: {talk}"
        );
    }
    // Nothing costs nothing, without a sign.
    let (_, found) = plan(&data, &["--year", "2026:budget=0", "--year", "2027:budget=1000"], 0);
    assert_eq!(found["years"][0]["cost_million_vnd"].to_string(), "0.0");
    // What is proven of a target is how few reach it: no bound on the value stands beside that.
    let (talk, found) = plan(&data, &["--target", "50%"], 0);
    assert_eq!((&found["status"], &found["target"]["amount"]), (&json!("optimal"), &json!(3.0)));
    let line = talk.lines().find(|line| line.starts_with("Plan: ")).unwrap();
    assert!(line.contains("(3 sites): proven optimal") && !line.contains("upper bound"), "{line}");
    let years: Vec<String> =
        (2026..2036).flat_map(|year| ["--year".to_owned(), format!("{year}:sites=1")]).collect();
    let years: Vec<&str> = years.iter().map(String::as_str).collect();
    let (_, found) = plan(&data, &years, 0);
    let sums: Vec<u64> =
        found["years"].as_array().unwrap().iter().map(|y| y["value"].as_u64().unwrap()).collect();
    assert!(sums.is_sorted() && sums.len() == 10 && sums[9] == 30, "{sums:?}");
}
