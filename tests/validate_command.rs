//! `phusong validate` and `phusong explain` as a person runs them.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test may fail loudly")]

use std::fs;
use std::path::Path;
use std::process::Output;

use assert_cmd::Command;
use serde_json::Value;

const LIST: &str = "Huyện,Xã,Thôn,Vĩ độ,Kinh độ
Quế Phong,Thông Thụ,Bản Đồng Tắm,105.05959,19.8197
Quế Phong,Thông Thụ,Bản Noọng Độc,gần suối,xa đường
";
const VILLAGES: &str = "village_id,name,commune_code,commune,old_commune,old_district,lat,lon
V1,Bản Đồng Tắm,16744,Xã Thông Thụ,Xã Thông Thụ,Huyện Quế Phong,19.81970,105.05959
V2,Bản Noọng Độc,16744,Xã Thông Thụ,Xã Thông Thụ,Huyện Quế Phong,19.84927,105.05261
";

fn study(folder: &Path, more: &str) {
    fs::write(folder.join("vina.csv"), LIST).unwrap();
    fs::write(folder.join("villages.csv"), VILLAGES).unwrap();
    let toml = format!(
        "[study]\nname = \"t\"\nprovince = \"40\"\n[inputs]\nvillages = \"villages.csv\"\n\
         [[lists]]\ncarrier = \"VinaPhone\"\nfile = \"vina.csv\"\n{more}"
    );
    fs::write(folder.join("study.toml"), toml).unwrap();
}

fn phusong(folder: &Path, args: &[&str]) -> Output {
    let mut command = Command::cargo_bin("phusong").unwrap();
    command.current_dir(folder).args(args).args(["--lang", "en"]).output().unwrap()
}

fn json(output: &Output) -> Value {
    serde_json::from_slice(&output.stdout).unwrap()
}

fn codes(report: &Value) -> Vec<&str> {
    report["findings"].as_array().unwrap().iter().map(|f| f["rule"].as_str().unwrap()).collect()
}

fn fingerprint(report: &Value, rule: &str) -> String {
    let findings = report["findings"].as_array().unwrap();
    let found = findings.iter().find(|f| f["rule"] == rule).unwrap_or_else(|| panic!("no {rule}"));
    found["fingerprint"].as_str().unwrap().to_owned()
}

#[test]
fn exit_codes_say_what_was_found() {
    let folder = tempfile::tempdir().unwrap();
    study(folder.path(), "");
    let code = |args: &[&str]| phusong(folder.path(), args).status.code();
    assert_eq!(code(&["validate", "."]), Some(1));
    assert_eq!(code(&["validate", ".", "--fail-on", "never"]), Some(0));
    assert_eq!(code(&["validate", "nowhere"]), Some(2));
    assert_eq!(code(&["validate", ".", "--carrier", "Viettel"]), Some(2));
    study(folder.path(), "[validate.levels]\ncoord_unparseable = \"warning\"\n");
    assert_eq!(code(&["validate", "."]), Some(0));
    assert_eq!(code(&["validate", ".", "--fail-on", "warning"]), Some(1));
    study(folder.path(), "[validate.levels]\ncoord_unparsable = \"warning\"\n");
    let output = phusong(folder.path(), &["validate", "."]);
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("did you mean `coord_unparseable`"));
}

#[test]
fn json_has_the_cell_and_lists_what_could_not_run() {
    let folder = tempfile::tempdir().unwrap();
    study(folder.path(), "");
    let report = json(&phusong(folder.path(), &["validate", ".", "--format", "json"]));
    let swapped =
        report["findings"].as_array().unwrap().iter().find(|f| f["rule"] == "coord_swapped").unwrap();
    assert_eq!((&swapped["row"], &swapped["cell"]), (&2.into(), &"D2".into()));
    assert_eq!(swapped["level"], "warning");
    assert_eq!(swapped["column"], "Vĩ độ");
    assert_eq!(report["summary"]["areas"], 2);
    let missing: Vec<&str> =
        report["not_run"].as_array().unwrap().iter().map(|n| n["rule"].as_str().unwrap()).collect();
    assert!(
        missing.contains(&"station_within_reach") && missing.contains(&"carriers_disagree"),
        "{missing:?}"
    );
    assert_eq!(report["summary"]["complete"], false);
}

#[test]
fn fingerprints_survive_another_order_of_rows_and_another_file_name() {
    let folder = tempfile::tempdir().unwrap();
    study(folder.path(), "");
    let before = json(&phusong(folder.path(), &["validate", ".", "--format", "json"]));
    let mut lines: Vec<&str> = LIST.lines().collect();
    lines.swap(1, 2);
    fs::write(folder.path().join("other.csv"), lines.join("\n")).unwrap();
    let toml = fs::read_to_string(folder.path().join("study.toml")).unwrap();
    fs::write(folder.path().join("study.toml"), toml.replace("vina.csv", "other.csv")).unwrap();
    let after = json(&phusong(folder.path(), &["validate", ".", "--format", "json"]));
    let all = |report: &Value| {
        let mut all: Vec<String> = report["findings"]
            .as_array()
            .unwrap()
            .iter()
            .map(|f| f["fingerprint"].as_str().unwrap().to_owned())
            .collect();
        all.sort();
        all
    };
    assert!(!all(&before).is_empty());
    assert_eq!(all(&before), all(&after));
    let mut distinct = all(&before);
    distinct.dedup();
    assert_eq!(distinct, all(&before));
}

#[test]
fn waivers_hold_until_their_day_and_never_for_structure() {
    let folder = tempfile::tempdir().unwrap();
    study(folder.path(), "");
    let report = json(&phusong(folder.path(), &["validate", ".", "--format", "json"]));
    let print = fingerprint(&report, "coord_unparseable");
    let waiver = format!(
        "[[validate.waivers]]\nfingerprint = \"{print}\"\nreason = \"known\"\nwho = \"x\"\nuntil = \"2026-03-31\"\n"
    );
    study(folder.path(), &waiver);
    let on = |day: &str| phusong(folder.path(), &["validate", ".", "--format", "json", "--today", day]);
    let held = on("2026-03-31");
    assert_eq!(held.status.code(), Some(0));
    assert!(!codes(&json(&held)).contains(&"coord_unparseable"));
    assert_eq!(json(&held)["waived"][0]["waived"]["who"], "x");
    let expired = on("2026-04-01");
    assert_eq!(expired.status.code(), Some(1));
    assert!(codes(&json(&expired)).contains(&"coord_unparseable"));
    assert!(String::from_utf8_lossy(&expired.stderr).contains("expired"));

    study(folder.path(), "");
    fs::write(folder.path().join("vina.csv"), b"PK\x03\x04").unwrap();
    let report = json(&phusong(folder.path(), &["validate", ".", "--format", "json"]));
    let unreadable = fingerprint(&report, "unreadable_file");
    study(folder.path(), &waiver.replace(&print, &unreadable));
    fs::write(folder.path().join("vina.csv"), b"PK\x03\x04").unwrap();
    let refused = on("2026-03-31");
    assert_eq!(refused.status.code(), Some(1));
    assert!(codes(&json(&refused)).contains(&"unreadable_file"));
    assert!(String::from_utf8_lossy(&refused.stderr).contains("cannot be waived"));
}

#[test]
fn a_baseline_leaves_what_is_new() {
    let folder = tempfile::tempdir().unwrap();
    study(folder.path(), "");
    assert_eq!(
        phusong(folder.path(), &["validate", ".", "-o", "old", "--format", "json"]).status.code(),
        Some(1)
    );
    fs::write(folder.path().join("vina.csv"), format!("{LIST}Quế Phong,Không Đâu,Bản Lạ,19.83,105.06\n"))
        .unwrap();
    let args = ["validate", ".", "--format", "json", "--baseline", "old/findings.json"];
    let report = json(&phusong(folder.path(), &args));
    let codes = codes(&report);
    assert!(codes.contains(&"unknown_commune") && !codes.contains(&"coord_swapped"), "{codes:?}");
}

#[test]
fn plain_files_are_validated_with_their_carrier_guessed() {
    let folder = tempfile::tempdir().unwrap();
    study(folder.path(), "");
    fs::rename(folder.path().join("vina.csv"), folder.path().join("Viettel_Q1.csv")).unwrap();
    let args =
        ["validate", "Viettel_Q1.csv", "--province", "40", "--villages", "villages.csv", "--format", "json"];
    let report = json(&phusong(folder.path(), &args));
    assert_eq!(report["files"][0]["carrier"], "Viettel");
    assert!(codes(&report).contains(&"coord_swapped"));
    let alone = json(&phusong(folder.path(), &["validate", "Viettel_Q1.csv", "--format", "json"]));
    let missing = alone["not_run"].as_array().unwrap();
    assert!(missing.iter().any(|n| n["rule"] == "village_not_in_register" && n["needs"] == "villages"));
    assert!(!codes(&alone).contains(&"village_not_in_register"));
}

#[test]
fn every_format_is_written_and_sarif_names_rules_and_regions() {
    let folder = tempfile::tempdir().unwrap();
    study(folder.path(), "");
    let output =
        phusong(folder.path(), &["validate", ".", "-o", "out", "--format", "terminal,json,jsonl,csv,sarif"]);
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(
        text.contains("coord_unparseable (1)") && text.contains("INCOMPLETE") && !text.contains('\u{1b}'),
        "{text}"
    );
    let read = |name: &str| fs::read_to_string(folder.path().join("out").join(name)).unwrap();
    let sarif: Value = serde_json::from_str(&read("findings.sarif")).unwrap();
    assert_eq!(sarif["version"], "2.1.0");
    let run = &sarif["runs"][0];
    let result = run["results"].as_array().unwrap().iter().find(|r| r["ruleId"] == "coord_swapped").unwrap();
    let index = usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap();
    assert_eq!(run["tool"]["driver"]["rules"][index]["id"], "coord_swapped");
    let region = &result["locations"][0]["physicalLocation"]["region"];
    assert_eq!((&region["startLine"], &region["startColumn"]), (&2.into(), &4.into()));
    let lines = read("findings.jsonl");
    let document: Value = serde_json::from_str(&read("findings.json")).unwrap();
    assert_eq!(lines.lines().count(), document["findings"].as_array().unwrap().len());
    assert_eq!(read("findings.csv").lines().count(), lines.lines().count() + 1);
}

#[test]
fn explain_knows_every_rule_and_suggests_the_near_one() {
    let here = Path::new(".");
    let page = String::from_utf8(phusong(here, &["explain", "coord_swapped"]).stdout).unwrap();
    assert!(page.contains("How to mend") && page.contains("latitude 105.06"), "{page}");
    let all = String::from_utf8(phusong(here, &["explain"]).stdout).unwrap();
    assert_eq!(all.lines().count(), phusong::finding::Rule::ALL.len());
    let wrong = phusong(here, &["explain", "coord_swaped"]);
    assert_eq!(wrong.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&wrong.stderr).contains("`coord_swapped`"));
}
