//! `phusong plan` beyond a number of sites: targets, years, limits, backhaul, what is built, a programme judged.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test may fail loudly")]

#[allow(dead_code, reason = "shared by the tests of the program")]
mod program;

use std::fs;

use program::{SAMPLE, column, folder, json, path, phusong, run, table};
use serde_json::{Value, json};
use tempfile::TempDir;

/// Ten villages along a meridian, 2 km apart; a candidate at each even one; 2.1 km serve it and its neighbours.
fn line() -> TempDir {
    let at = |i: usize| format!("{:.5},104.0", 19.0 + i as f64 * 0.01807);
    let mut villages = "village_id,name,lat,lon,population,hardship,grid_power\n".to_owned();
    let mut candidates = "site_id,lat,lon,kind,grid_distance_km,cost_million_vnd\n".to_owned();
    for i in 0..10 {
        villages += &format!("V{i},Bản {i},{},{},{},1\n", at(i), 100 * (i + 1), i % 2);
        if i % 2 == 0 {
            let kind = if i < 6 { "hilltop" } else { "village" };
            candidates +=
                &format!("S{i},{},{kind},{},{}\n", at(i), if i < 4 { 0.5 } else { 3.0 }, 1000 + 100 * i);
        }
    }
    let mut programme = "plan_id,carrier,lat,lon,year,status\n".to_owned();
    for (id, place, year, status) in [
        ("P1", at(1), 2024, "Đã phát sóng"),
        ("P2", at(2), 2025, "Đang xây dựng"),
        ("P3", "19.5,104.0".to_owned(), 2025, "Chưa triển khai"),
        ("P4", ",".to_owned(), 2025, "Chưa triển khai"),
    ] {
        programme += &format!("{id},Viettel,{place},{year},{status}\n");
    }
    let stations = format!("site_id,carrier,lat,lon\nM1,Viettel,{}\n", at(0));
    folder(&[("V.csv", &villages), ("C.csv", &candidates), ("P.csv", &programme), ("M.csv", &stations)])
}

/// Runs on the line; what was said, and plan.json.
fn plan(data: &TempDir, arguments: &[&str], code: i32) -> (String, Value) {
    let out = path(data, "out");
    let mut command = phusong();
    command
        .arg("plan")
        .arg("--villages")
        .arg(path(data, "V.csv"))
        .arg("--candidates")
        .arg(path(data, "C.csv"));
    command.args(["--radius-km", "2.1"]).args(arguments).arg("-o").arg(&out);
    let (_, talk) = run(&mut command, code);
    let plan = out.join("plan.json");
    (talk, if plan.exists() { json(&plan) } else { Value::Null })
}

#[test]
fn the_fewest_sites_for_a_share_and_for_all_that_can_be_served() {
    let data = line();
    let (_, plan_json) = plan(&data, &["--target", "60%"], 0);
    assert_eq!(plan_json["target"]["amount"], 2.0);
    assert_eq!((&plan_json["target"]["at_least"], &plan_json["status"]), (&json!(2.0), &json!("optimal")));
    assert_eq!((&plan_json["value"], &plan_json["upper_bound"]), (&json!(6), &json!(6)));
    let (_, all) = plan(&data, &["--cover-all", "--least", "cost"], 0);
    assert_eq!(all["target"]["least"], "cost_million_vnd");
    // Village 1 needs S0 or S2, 3 S2 or S4, …: S0 or S2, S4, S8 and so on; village 9 needs S8.
    assert_eq!((&all["value"], &all["target"]["amount"]), (&json!(10), &all["target"]["at_least"]));
    assert_eq!(all["cost_million_vnd"], all["target"]["amount"]);
    let (talk, _) = plan(&data, &["--target", "11"], 2);
    assert!(talk.contains("can reach more than 10 (100.00 %"), "{talk}");
}

#[test]
fn years_are_nested_and_in_the_table() {
    let data = line();
    let (_, plan_json) = plan(&data, &["--year", "2026:sites=1", "--year", "2027:sites=2"], 0);
    assert_eq!(plan_json["sites"].as_array().unwrap().len(), 3);
    let years: Vec<_> =
        plan_json["years"].as_array().unwrap().iter().map(|y| (&y["year"], &y["new_sites"])).collect();
    assert_eq!(years, [(&json!(2026), &json!(1)), (&json!(2027), &json!(2))]);
    assert_eq!(plan_json["years"][0]["value"], 3);
    // The first year's bound is over parts of the last year's plan; that of the last year over all plans.
    let over: Vec<_> = plan_json["years"].as_array().unwrap().iter().map(|y| &y["bound_over"]).collect();
    assert_eq!(over, ["parts_of_next_year", "all_plans"]);
    assert_eq!(column(&table(&path(&data, "out/plan.csv")), "year"), ["2026", "2027", "2027"]);
    for (lang, note) in [
        ("en", "* among plans that are part of the next year's alone"),
        ("vi", "* chỉ so với các phương án là"),
    ] {
        let mut command = phusong();
        command.env("PHUSONG_LANG", lang).arg("plan").arg("--villages").arg(path(&data, "V.csv"));
        command.arg("--candidates").arg(path(&data, "C.csv")).args([
            "--year",
            "2026:sites=1",
            "--year",
            "2027:sites=2",
        ]);
        let (table, _) = run(command.args(["--radius-km", "2.1", "-o"]).arg(path(&data, "out")), 0);
        let line =
            |year: &str| table.lines().find(|line| line.trim_start().starts_with(year)).unwrap().to_owned();
        assert!(
            table.contains(note) && line("2026").contains("3*") && !line("2027").contains('*'),
            "{table}"
        );
    }
    let (talk, _) = plan(&data, &["--year", "2027:sites=1", "--year", "2026:sites=1"], 2);
    assert!(talk.contains("in their order"), "{talk}");
    let (talk, _) = plan(&data, &["--year", "2026:sites=1", "--year", "2027:budget=1"], 2);
    assert!(talk.contains("sites= stands in some years only"), "{talk}");
}

#[test]
fn limits_groups_and_backhaul_are_kept() {
    let data = line();
    let sites = |plan: &Value| -> Vec<String> {
        let mut ids: Vec<String> =
            plan["sites"].as_array().unwrap().iter().map(|id| id.as_str().unwrap().to_owned()).collect();
        ids.sort();
        ids
    };
    let (_, limited) =
        plan(&data, &["--sites", "5", "--limit", "kind:hilltop<=2", "--limit", "off-grid<=1"], 0);
    let ids = sites(&limited);
    assert_eq!(ids.iter().filter(|id| ["S0", "S2", "S4"].contains(&id.as_str())).count(), 2, "{ids:?}");
    assert_eq!(ids.iter().filter(|id| ["S4", "S6", "S8"].contains(&id.as_str())).count(), 1, "{ids:?}");
    assert_eq!((&limited["status"], &limited["bound_ignores"]), (&json!("optimal"), &json!([])));
    let rules = json!(["kind:hilltop<=2", "off-grid<=1"]);
    assert_eq!(limited["asked"]["rules"], rules);
    let (_, one) = plan(&data, &["--sites", "5", "--one-of", "S0,S2,S4", "--one-of", "S6,S8<=1"], 0);
    assert_eq!(sites(&one).len(), 2);
    // A hop of 4.1 km from the station at village 0: S0 or S2 first, then on from there.
    let masts = path(&data, "M.csv");
    let hops = ["--sites", "2", "--hop-km", "4.1", "--stations", masts.to_str().unwrap()];
    let (_, near) = plan(&data, &hops, 0);
    assert_eq!(sites(&near), ["S2", "S4"]);
    let (talk, _) = plan(&data, &["--sites", "2", "--hop-km", "4.1"], 2);
    assert!(talk.contains("no stations to reach"), "{talk}");
    let (talk, _) = plan(&data, &["--sites", "2", "--limit", "kind:hilltop>=3"], 2);
    assert!(talk.contains("no plan keeps all the rules"), "{talk}");
    let (talk, _) = plan(&data, &["--sites", "2", "--limit", "comune<=3"], 2);
    assert!(talk.contains("did you mean commune"), "{talk}");
}

#[test]
fn at_most_one_of_a_group_of_the_candidates_table() {
    let data = line();
    let table = fs::read_to_string(path(&data, "C.csv")).unwrap();
    let grouped = |group_of: &dyn Fn(usize) -> &'static str| {
        let lines = table.lines().enumerate();
        let text: String = lines
            .map(|(i, line)| format!("{line},{}\n", if i == 0 { "group" } else { group_of(i) }))
            .collect();
        fs::write(path(&data, "C.csv"), text).unwrap();
    };
    grouped(&|i| ["", "A", " A ", "", "B", "B"][i]);
    let (_, found) = plan(&data, &["--sites", "5"], 0);
    let ids: Vec<&str> = found["sites"].as_array().unwrap().iter().map(|id| id.as_str().unwrap()).collect();
    assert_eq!(ids.len(), 3, "{ids:?}");
    for group in [["S0", "S2"], ["S6", "S8"]] {
        assert_eq!(group.iter().filter(|id| ids.contains(id)).count(), 1, "{ids:?}");
    }
    let rules = found["asked"]["rules"][0].as_str().unwrap();
    assert!(rules.contains("(2 groups, 4 candidates)"), "{rules}");
    assert_eq!(found["status"], "optimal");
    // Beside --one-of.
    let (_, less) = plan(&data, &["--sites", "5", "--one-of", "S2,S4"], 0);
    assert_eq!(less["sites"].as_array().unwrap().len(), 3, "{}", less["sites"]);
    let many: String = (0..5_000).map(|i| format!("S{i},19.0,104.0,x\n")).collect();
    fs::write(path(&data, "C.csv"), format!("site_id,lat,lon,group\n{many}")).unwrap();
    let (talk, _) = plan(&data, &["--sites", "5"], 2);
    assert!(talk.contains("“x” has 5000 candidates"), "{talk}");
}

#[test]
fn weights_people_and_costs_off_the_grid() {
    let data = line();
    let (_, heavy) = plan(&data, &["--sites", "1", "--weight", "hardship=3"], 0);
    // A site serves itself and two hardship villages; S0 has one neighbour only.
    assert_eq!((&heavy["value"], &heavy["unit"]), (&json!(7), &json!("weight")));
    assert_eq!(heavy["asked"]["weights"], json!({"hardship": 3.0}));
    let (_, many) = plan(&data, &["--sites", "5", "--min-people", "1500"], 0);
    assert_eq!(many["sites"], json!(["S4", "S8", "S6"]));
    // S8 serves 800 + 900 + 1000 people, S6 600 + 700 + 800, S4 400 + 500 + 600.
    let (_, dear) = plan(&data, &["--budget", "1500", "--off-grid-cost", "500"], 0);
    assert_eq!(dear["sites"], json!(["S2"]));
    assert_eq!(dear["cost_million_vnd"], 1200.0);
}

#[test]
fn what_is_left_out_and_what_cannot_be_served_is_explained() {
    let data = line();
    let villages = fs::read_to_string(path(&data, "V.csv")).unwrap() + "V99,Bản xa,19.5,104.0,,,\n";
    fs::write(path(&data, "V.csv"), villages).unwrap();
    let (talk, plan_json) = plan(&data, &["--sites", "2", "--sensitivity", "--exclude", "S6"], 0);
    let far = &plan_json["unservable"][0];
    assert_eq!((&far["village_id"], &far["nearest_site_id"]), (&json!("V99"), &json!("S8")));
    assert!((far["distance_km"].as_f64().unwrap() - 39.3).abs() < 0.5, "{far}");
    let reasons: Vec<_> =
        plan_json["left_out"].as_array().unwrap().iter().map(|l| (&l["site_id"], &l["reason"])).collect();
    assert!(reasons.contains(&(&json!("S6"), &json!("excluded"))), "{reasons:?}");
    assert!(reasons.iter().any(|(_, reason)| **reason == json!("sites_taken")), "{reasons:?}");
    let changed: Vec<_> =
        plan_json["sensitivity"].as_array().unwrap().iter().map(|s| s["changed"].clone()).collect();
    assert_eq!(changed.iter().filter(|c| **c == json!("radius_km")).count(), 4);
    assert_eq!(changed.iter().filter(|c| **c == json!("sites")).count(), 4);
    assert!(talk.contains("curve.svg"), "{talk}");
    let svg = fs::read_to_string(path(&data, "out/curve.svg")).unwrap();
    assert!(svg.starts_with("<svg") && svg.trim_end().ends_with("</svg>") && svg.contains("polyline"));
    assert_eq!(column(&table(&path(&data, "out/curve.csv")), "cumulative_villages"), ["0", "3", "6"]);
}

#[test]
fn a_programme_is_judged_station_by_station() {
    let data = line();
    let programme = path(&data, "P.csv");
    let (_, none) = plan(&data, &["--evaluate", programme.to_str().unwrap()], 0);
    assert_eq!(none, Value::Null, "no plan is made");
    let found = json(&path(&data, "out/evaluation.json"));
    // P1 at village 1 serves 0 to 2, P2 at 2 serves 1 to 3; P3 is far away, P4 nowhere.
    assert_eq!(
        (&found["gaps"], &found["gaps_solved"], &found["stations"]),
        (&json!(10), &json!(4), &json!(4))
    );
    assert_eq!((&found["stations_without_gap"], &found["stations_without_position"]), (&json!(1), &json!(1)));
    assert_eq!(found["gaps_in_reach_of_on_air"], 3);
    let best = &found["alternatives"][0];
    assert_eq!((&best["stations"], &best["solved"], &best["best"]), (&json!(3), &json!(4), &json!(9)));
    assert_eq!((&best["fewest"], &best["fewest_at_least"]), (&json!(2), &json!(2)));
    assert_eq!(found["by_year"][0], json!({"until": "2024", "stations": 1, "gaps_solved": 3}));
    let stations = table(&path(&data, "out/evaluation_stations.csv"));
    let states = ["solves_gaps", "solves_gaps", "no_gap_in_reach", "position_unknown"];
    assert_eq!(column(&stations, "state"), states);
    assert_eq!(column(&stations, "unique_gaps"), ["1", "1", "0", ""]);
    let gaps = table(&path(&data, "out/evaluation_gaps.csv"));
    assert_eq!(column(&gaps, "solved_by")[..4], ["P1", "P1 P2", "P1 P2", "P2"]);
    assert_eq!(column(&gaps, "state")[3..5], ["solved", "not_solved"]);
}

#[test]
fn the_sample_counts_what_is_being_built_and_judges_its_programme() {
    let out = tempfile::tempdir().unwrap();
    let sample = |arguments: &[&str]| {
        let mut command = phusong();
        command
            .args(["plan", SAMPLE])
            .args(arguments)
            .args(["--iterations", "2000", "--time", "0"])
            .arg("-o")
            .arg(out.path());
        run(&mut command, 0).1
    };
    let talk = sample(&["--sites", "20"]);
    assert!(talk.contains("Counted as built (--built on-air,building)"), "{talk}");
    let with = json(&path(&out, "plan.json"));
    assert!(with["built"]["gaps_closed"].as_u64().unwrap() > 50, "{}", with["built"]);
    sample(&["--sites", "20", "--built", "none", "--dark-first"]);
    let without = json(&path(&out, "plan.json"));
    assert!(without["villages"].as_u64() > with["villages"].as_u64());
    assert!(without["dark"]["upper_bound"].as_u64() >= without["dark"]["value"].as_u64());
    sample(&["--evaluate", "programme"]);
    let found = json(&path(&out, "evaluation.json"));
    assert_eq!((&found["stations"], &found["phusong"]["simulated"]), (&json!(706), &json!(true)));
    let alternatives = found["alternatives"].as_array().unwrap();
    assert!(alternatives.len() >= 3, "{alternatives:?}");
    for one in alternatives {
        let number = |key: &str| one[key].as_u64().unwrap();
        assert!(number("solved") <= number("best") && number("best") <= number("best_at_most"), "{one}");
        assert!(
            number("fewest_at_least") <= number("fewest") && number("fewest") <= number("stations"),
            "{one}"
        );
    }
}
