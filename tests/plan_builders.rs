//! `phusong plan` where carriers build each their own, villages count by probability, or a carrier has limits of its own.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test may fail loudly")]

#[allow(dead_code, reason = "shared by the tests of the program")]
mod program;

use std::fs;

use program::{SAMPLE, column, folder, json, path, phusong, run, table};
use serde_json::{Value, json};
use tempfile::TempDir;

/// Villages A, B, C, 2.2 km apart; VinaPhone reports A (2G alone) and B, Viettel B and C. Of two sites the first reaches
/// A and B within 2 km, the second B and C.
fn study(plan: &str) -> TempDir {
    let line = |name: &str, lat: f64, technology: &str| {
        format!("{name},Quế Phong,Thông Thụ,Bản {name},{lat},105.05,{technology}\n")
    };
    let title = "Mã,Huyện,Xã,Thôn,Vĩ độ,Kinh độ,Công nghệ\n";
    let vinaphone = format!("{title}{}{}", line("A", 19.80, "2G"), line("B", 19.82, "4G"));
    let viettel = format!("{title}{}{}", line("B", 19.82, ""), line("C", 19.84, ""));
    let candidates =
        "site_id,lat,lon,height_m,cost_million_vnd\nS1,19.81,105.05,40,1000\nS2,19.83,105.05,40,1100\n";
    let study = format!(
        "[study]\nname = \"Ba bản\"\nprovince = \"40\"\nsimulated = true\n[inputs]\ncandidates = \"candidates.csv\"\n\
         [[lists]]\ncarrier = \"VinaPhone\"\nfile = \"vinaphone.csv\"\n\
         [[lists]]\ncarrier = \"Viettel\"\nfile = \"viettel.csv\"\n\
         [coverage]\nmodel = \"radius\"\nradius_km = 2.0\n{plan}"
    );
    folder(&[
        ("study.toml", &study),
        ("vinaphone.csv", &vinaphone),
        ("viettel.csv", &viettel),
        ("candidates.csv", candidates),
    ])
}

/// What was said, and plan.json.
fn plan(study: &TempDir, arguments: &[&str], code: i32) -> (String, Value) {
    let out = path(study, "out");
    let mut command = phusong();
    command.arg("plan").arg(study.path()).args(arguments).arg("-o").arg(&out);
    let (table, talk) = run(&mut command, code);
    let plan = out.join("plan.json");
    (talk + &table, if plan.exists() && code == 0 { json(&plan) } else { Value::Null })
}

fn built(study: &TempDir) -> Vec<(String, String)> {
    let rows = table(&path(study, "out/plan.csv"));
    column(&rows, "site_id").into_iter().zip(column(&rows, "carriers")).collect()
}

fn pairs(expected: &[(&str, &str)]) -> Vec<(String, String)> {
    expected.iter().map(|(a, b)| ((*a).to_owned(), (*b).to_owned())).collect()
}

#[test]
fn shared_by_all_a_site_closes_every_gap_in_reach() {
    let study = study("");
    let (_, found) = plan(&study, &["--sites", "1"], 0);
    assert_eq!((&found["value"], &found["status"]), (&json!(2), &json!("optimal")));
    assert_eq!((&found["asked"]["sharing"], &found["asked"]["partial_from"]), (&json!("all"), &Value::Null));
    assert_eq!(built(&study), pairs(&[("S1", "VinaPhone; Viettel")]));
    let (_, pair) = plan(&study, &["--sites", "1", "--sharing", "Viettel+VNPT"], 0);
    assert_eq!((&pair["value"], &pair["upper_bound"]), (&json!(2), &json!(2)));
    assert_eq!(pair["asked"]["sharing"], "VinaPhone+Viettel");
}

#[test]
fn apart_each_carrier_closes_its_own_and_pays_its_own() {
    let study = study("[plan]\nsharing = \"none\"\n");
    // A whole for VinaPhone, half of B.
    let (talk, one) = plan(&study, &["--sites", "1"], 0);
    assert_eq!((&one["value"], &one["status"]), (&json!(1.5), &json!("optimal")));
    assert_eq!(one["steps"][0]["marginal_villages"], 2);
    assert!(talk.contains("--sharing none") && talk.contains("Built by"), "{talk}");
    let (_, two) = plan(&study, &["--sites", "2"], 0);
    assert_eq!((&two["value"], &two["upper_bound"]), (&json!(3), &json!(3)));
    assert_eq!(built(&study), pairs(&[("S1", "VinaPhone"), ("S2", "Viettel")]));
    assert_eq!(two["steps"][1]["cumulative_villages"], 3);
    // Both on one mast cost twice.
    let (_, both) = plan(&study, &["--budget", "2000", "--include", "S1"], 0);
    assert_eq!((&both["value"], &both["cost_million_vnd"]), (&json!(2), &json!(2000.0)));
    assert_eq!(both["sites"], json!(["S1", "S1"]));
    let (_, other) = plan(&study, &["--sites", "1", "--include", "S2@Viettel"], 0);
    assert_eq!(other["value"], 1.5);
    assert_eq!(built(&study), pairs(&[("S2", "Viettel")]));
    let left = other["left_out"].as_array().unwrap();
    assert!(left.iter().any(|left| left["site_id"] == "S1@VinaPhone"), "{left:?}");
    // A flag wins over the study.
    assert_eq!(plan(&study, &["--sites", "1", "--sharing", "all"], 0).1["value"], 2);
    // Gaps, one by one; two carriers of one mast are not too near to each other.
    let (_, gaps) = plan(&study, &["--sites", "4", "--by", "gaps", "--min-distance-km", "0.5"], 0);
    assert_eq!((&gaps["value"], &gaps["sites"].as_array().unwrap().len()), (&json!(4), &2));
    let (_, dark) = plan(&study, &["--sites", "1", "--dark-first"], 0);
    assert_eq!((&dark["dark"]["value"], &dark["value"]), (&json!(1), &json!(1.5)));
    // The table of other radii is cut up the same way.
    let (_, table) = plan(&study, &["--sites", "2", "--sensitivity"], 0);
    let lines = table["sensitivity"].as_array().unwrap();
    let wider = lines.iter().find(|l| l["changed"] == "radius_km" && l["factor"] == 1.2).unwrap();
    assert_eq!((&wider["value"], &wider["same_sites"]), (&json!(3), &json!(3)));
    let (talk, _) = plan(&study, &["--sites", "1", "--sharing", "Viettel+MobiFone"], 2);
    assert!(talk.contains("no list of MobiFone") && talk.contains("VinaPhone, Viettel"), "{talk}");
}

#[test]
fn a_carrier_has_floors_and_ceilings() {
    let apart = study("[plan]\nsharing = \"none\"\nlimits = [\"carrier:Viettel>=1\"]\n");
    plan(&apart, &["--sites", "1"], 0);
    assert_eq!(built(&apart), pairs(&[("S2", "Viettel")]));
    let (_, none) = plan(&apart, &["--sites", "4", "--limit", "carrier:VinaPhone<=0"], 0);
    assert_eq!(none["value"], 1.5);
    let shared = study("");
    let (_, served) = plan(&shared, &["--sites", "1", "--limit", "villages carrier:Viettel>=2"], 0);
    assert_eq!(built(&shared), pairs(&[("S2", "VinaPhone; Viettel")]));
    assert_eq!(served["asked"]["rules"], json!(["villages carrier:Viettel>=2"]));
    let floor = ["--sites", "2", "--sharing", "none", "--limit", "villages carrier>=1"];
    assert_eq!(plan(&shared, &floor, 0).1["value"], 3);
    let (talk, _) = plan(&shared, &["--sites", "1", "--limit", "carrier:Mobi<=1"], 2);
    assert!(talk.contains("there are gaps of VinaPhone, Viettel"), "{talk}");
}

#[test]
fn a_gap_of_2g_alone_weighs_what_it_is_told_to() {
    let study = study("[plan.weights]\nonly_2g = 3\n");
    let (talk, found) = plan(&study, &["--sites", "1", "--by", "gaps"], 0);
    // A counts 3, B 1 for either carrier.
    assert_eq!((&found["value"], &found["asked"]["weights"]), (&json!(5), &json!({"only_2g": 3.0})));
    assert!(talk.contains("1 gaps of 2G alone: factor 3"), "{talk}");
    let (_, less) = plan(&study, &["--sites", "1", "--by", "gaps", "--weight", "only-2g=0.5"], 0);
    assert_eq!((&less["value"], &less["sites"]), (&json!(3), &json!(["S2"])));
}

#[test]
fn a_village_counts_with_the_probability_of_its_best_site() {
    let study = study("");
    let model = ["--model", "free_space", "--threshold-dbm", "-80", "--max-km", "6"];
    let with = |more: &[&str], code| plan(&study, &[&model[..], more].concat(), code);
    let (talk, found) = with(&["--partial", "--sites", "1"], 0);
    let levels = table(&path(&study, "out/levels.csv"));
    let percents: Vec<u64> = column(&levels, "best_probability")
        .iter()
        .map(|p| (p.parse::<f64>().unwrap() * 100.0).round() as u64)
        .collect();
    // Each village between the least probability and certainty, all of them from the chosen site.
    assert!(percents.iter().all(|p| (5..100).contains(p)) && percents.len() == 3, "{percents:?}");
    assert!(percents.iter().any(|p| *p < 75), "{percents:?}");
    let expected = percents.iter().sum::<u64>() as f64 / 100.0;
    assert!((found["value"].as_f64().unwrap() - expected).abs() < 1e-9, "{} {expected}", found["value"]);
    assert_eq!((&found["status"], &found["asked"]["partial_from"]), (&json!("optimal"), &json!(0.05)));
    assert!(found["phusong"]["criterion"].as_str().unwrap().contains("the probability of its best site"));
    assert!(talk.contains("--partial") && talk.contains("from the chosen sites only"), "{talk}");
    let chosen = found["sites"][0].as_str().unwrap();
    assert!(column(&levels, "best_site").iter().all(|site| site == chosen));
    // Two sites: the better of both in each village.
    let (_, two) = with(&["--partial", "--sites", "2"], 0);
    assert!(two["value"].as_f64() > found["value"].as_f64());
    let (_, apart) = with(&["--partial", "--sites", "4", "--sharing", "none"], 0);
    assert_eq!(apart["value"], two["value"]);
    // A floor that nothing reaches leaves nothing.
    assert_eq!(
        with(&["--partial", "--partial-from", "0.99", "--probability", "0.99", "--sites", "1"], 0).1["value"],
        0
    );
    let (talk, _) = plan(&study, &["--partial", "--sites", "1"], 2);
    assert!(talk.contains("a radius has no probabilities"), "{talk}");
    let (talk, _) = with(&["--partial-from", "0.1", "--sites", "1"], 2);
    assert!(talk.contains("goes with --partial"), "{talk}");
}

#[test]
fn two_runs_differ_in_their_seconds_alone() {
    let folders = [tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap()];
    for (out, threads) in folders.iter().zip(["1", "2"]) {
        let arguments = ["--threads", threads, "plan", SAMPLE, "--sites", "12", "--sharing", "none"];
        let ends = ["--iterations", "3000", "--time", "0", "--show", "0", "-o"];
        run(phusong().args(arguments).args(ends).arg(out.path()), 0);
    }
    for name in ["plan.csv", "plan.geojson", "curve.csv", "curve.svg"] {
        let bytes = folders.each_ref().map(|out| fs::read(path(out, name)).unwrap());
        assert!(bytes[0] == bytes[1], "{name}");
    }
    let texts = folders.each_ref().map(|out| fs::read_to_string(path(out, "plan.json")).unwrap());
    let differing = texts[0].lines().zip(texts[1].lines()).filter(|(a, b)| a != b);
    assert!(differing.clone().all(|(a, _)| a.trim_start().starts_with("\"seconds\"")), "{differing:?}");
    assert_eq!(texts[0].lines().count(), texts[1].lines().count());
}

#[test]
fn what_was_asked_for_by_name_is_shown_without_the_sites() {
    let study = study("");
    let (talk, _) = plan(
        &study,
        &["--year", "2026:sites=1", "--year", "2027:sites=1", "--show", "0", "--sensitivity"],
        0,
    );
    assert!(talk.contains("New sites") && talk.contains("these sites"), "{talk}");
    let out = path(&study, "vi");
    let mut command = phusong();
    command.args(["--lang", "vi", "plan"]).arg(study.path()).args(["--sites", "1", "-o"]).arg(out);
    let (_, talk) = run(&mut command, 0);
    assert!(talk.contains("Phương án: 2 thôn, bản (1 vị trí)"), "{talk}");
}

#[test]
fn a_solver_that_is_not_built_in_says_how_to_get_it() {
    let study = study("");
    if cfg!(feature = "highs") {
        let (_, found) = plan(&study, &["--sites", "1", "--sharing", "none", "--solver", "highs"], 0);
        assert_eq!((&found["value"], &found["status"]), (&json!(1.5), &json!("optimal")));
        assert_eq!(found["asked"]["solver"], "highs");
    } else {
        let (talk, _) = plan(&study, &["--sites", "1", "--solver", "highs"], 2);
        assert!(talk.contains("--features highs") && talk.contains("libclang"), "{talk}");
    }
}
