//! "Simulated data says that it is simulated, wherever it is shown": every file and every text that the commands make of
//! a simulated study is looked at, whatever its format. The study's own name and note do not say it, so the program must.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test may fail loudly")]

#[allow(dead_code, reason = "other tests use the rest")]
mod program;

use std::collections::BTreeSet;
use std::fs;
use std::io::{Cursor, Read as _};
use std::path::{Path, PathBuf};

use program::{json, phusong, run, table};
use serde_json::Value;
use tempfile::TempDir;

const WORDS: &str = "SIMULATED DATA";

/// The sample with a name that does not tell, no note, and the places of one village.
fn study(simulated: bool) -> TempDir {
    let copy = program::sample_copy();
    let path = copy.path().join("study.toml");
    let text = fs::read_to_string(&path).unwrap();
    let text: String = text
        .lines()
        .filter(|line| !line.starts_with("note") && !line.starts_with('#'))
        .map(|line| match line {
            line if line.starts_with("name") => "name = \"Nghệ An\"\n".to_owned(),
            line if line.starts_with("simulated") => format!("simulated = {simulated}\n"),
            "[inputs]" => "[inputs]\nclusters = \"clusters.csv\"\n".to_owned(),
            line => format!("{line}\n"),
        })
        .collect();
    fs::write(path, text).unwrap();
    let clusters =
        "village_id,lat,lon,households\nV40-0001,18.66931,105.64561,200\nV40-0001,18.67,105.646,88\n";
    fs::write(copy.path().join("clusters.csv"), clusters).unwrap();
    copy
}

/// A drive test around the first stations: as many lines as a class needs.
fn drive_test(study: &Path) -> PathBuf {
    let stations = table(&study.join("stations.csv"));
    let rows = stations.1.iter().filter(|row| &row[1] == "Viettel").take(60);
    let mut log = "lat,lon,carrier,technology,rsrp_dbm,band,site_id\n".to_owned();
    for row in rows {
        let lat: f64 = row[2].parse().unwrap();
        log += &format!("{},{},Viettel,4G,-90,B8,{}\n", lat + 0.01, &row[3], &row[0]);
    }
    let path = study.join("drive.csv");
    fs::write(&path, log).unwrap();
    path
}

fn files_in(folder: &Path, found: &mut BTreeSet<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        match path.is_dir() {
            true => files_in(&path, found),
            false => drop(found.insert(path)),
        }
    }
}

/// Why a file does not say that its data is simulated; `None` where it does.
fn fault(path: &Path) -> Option<String> {
    let bytes = fs::read(path).unwrap();
    let says = |bytes: &[u8]| bytes.windows(WORDS.len()).any(|part| part == WORDS.as_bytes());
    let lacks = |is: bool, what: &str| (!is).then(|| what.to_owned());
    match path.extension().and_then(|e| e.to_str()).unwrap() {
        "csv" => {
            let (titles, rows) = table(path);
            let marked = titles.last().map(String::as_str) == Some("simulated");
            lacks(marked && rows.iter().all(|row| &row[titles.len() - 1] == "true"), "no column `simulated`")
        }
        "jsonl" | "geojsonl" => {
            let text = String::from_utf8(bytes).unwrap();
            let marked = |line: &str| {
                let line: Value = serde_json::from_str(line).unwrap();
                line["simulated"] == true || line["properties"]["simulated"] == true
            };
            lacks(!text.is_empty() && text.lines().all(marked), "a line without `simulated`")
        }
        "geojson" => {
            let map = json(path);
            let marked = |feature: &Value| feature["properties"]["simulated"] == true;
            let features = map["features"].as_array().unwrap();
            lacks(
                map["phusong"]["simulated"] == true || has_side(&map["phusong"]),
                "nothing at the top of the map",
            )
            .or_else(|| lacks(features.iter().all(marked), "a feature without `simulated`"))
        }
        "sarif" => lacks(json(path)["runs"][0]["properties"]["simulated"] == true, "no property of the run"),
        "json" => lacks(has_key(&json(path)), "no key `simulated` that is true"),
        "xlsx" => {
            let mut book = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
            let mut shown = false;
            for at in 0..book.len() {
                let mut part = book.by_index(at).unwrap();
                let mut text = Vec::new();
                part.read_to_end(&mut text).unwrap();
                shown |= part.name().unwrap().starts_with("xl/") && says(&text);
            }
            lacks(shown, "no cell says it")
        }
        // Text, or (pictures, rasters) text stored beside the pixels as it stands on them.
        _ => lacks(says(&bytes), "the words are nowhere in it"),
    }
}

fn has_side(about: &Value) -> bool {
    about["old"]["simulated"] == true && about["new"]["simulated"] == true
}

fn has_key(value: &Value) -> bool {
    match value {
        Value::Object(map) => map.get("simulated") == Some(&Value::Bool(true)) || map.values().any(has_key),
        Value::Array(list) => list.iter().any(has_key),
        _ => false,
    }
}

#[test]
fn every_file_and_every_text_of_a_simulated_study_says_so() {
    let study = study(true);
    let (at, out) = (study.path().to_str().unwrap(), tempfile::tempdir().unwrap());
    let log = drive_test(study.path());
    let programme = study.path().join("registered_bts.csv");
    let (log, programme) = (log.to_str().unwrap(), programme.to_str().unwrap());
    let to = |name: &str| out.path().join(name).to_str().unwrap().to_owned();
    let predicted = ["--model", "p1812", "--max-km", "1"];
    let predicted: Vec<&str> =
        ["rank", at, "--compare-radius-km", "2"].into_iter().chain(predicted).collect();
    // What is run, its folder or file, and whether it prints results.
    let commands: Vec<(Vec<&str>, &str, String, bool)> = vec![
        (vec!["rank", at, "--format", "geojson,csv,geojsonl,json"], "-o", to("rank"), true),
        (predicted, "-o", to("levels"), true),
        (vec!["reconcile", at], "-o", to("reconcile"), true),
        (
            vec![
                "validate",
                at,
                "--fail-on",
                "never",
                "--format",
                "terminal,json,jsonl,csv,sarif,html,workbook",
            ],
            "-o",
            to("validate"),
            true,
        ),
        (vec!["validate", at, "--fail-on", "never", "--format", "terminal"], "--fix", to("fixed"), true),
        (vec!["plan", at, "--sites", "3"], "-o", to("plan"), true),
        (vec!["plan", at, "--evaluate", programme], "-o", to("evaluation"), true),
        (vec!["compare", at, at], "-o", to("compare"), true),
        (vec!["predict", at, "S0001", "S0002", "--radius-km", "2"], "-o", to("predict"), false),
        (vec!["calibrate", at, log], "-o", to("calibrate"), true),
        (vec!["path", at, "S0001", "S0002"], "--svg", to("path.svg"), true),
        (vec!["terrain", at], "", String::new(), true),
    ];
    let mut faults = Vec::new();
    for (args, flag, target, prints) in commands {
        let mut command = phusong();
        command.args(&args);
        if !flag.is_empty() {
            command.args([flag, &target]);
        }
        let (stdout, stderr) = run(&mut command, 0);
        let name = format!("{} {flag}", args.join(" ").replace(at, "STUDY"));
        if !stderr.contains(WORDS) {
            faults.push(format!("stderr of {name}"));
        }
        if prints && !stdout.contains(WORDS) || !prints && !stdout.is_empty() {
            faults.push(format!("stdout of {name}: {stdout:.60}"));
        }
    }
    for format in ["csv", "jsonl", "json", "sarif", "html"] {
        let (stdout, _) = run(phusong().args(["validate", at, "--fail-on", "never", "--format", format]), 0);
        let path = out.path().join(format!("stdout.{format}"));
        fs::write(&path, stdout).unwrap();
    }
    for (name, args) in [("path", vec!["path", at, "S0001", "S0002"]), ("terrain", vec!["terrain", at])] {
        let (stdout, _) = run(phusong().args(args).arg("--json"), 0);
        fs::write(out.path().join(format!("{name}.json")), stdout).unwrap();
    }

    let mut files = BTreeSet::new();
    files_in(out.path(), &mut files);
    let endings: BTreeSet<&str> = files.iter().map(|f| f.extension().unwrap().to_str().unwrap()).collect();
    let all =
        ["csv", "geojson", "geojsonl", "html", "json", "jsonl", "png", "sarif", "svg", "tif", "toml", "xlsx"];
    assert!(endings.iter().eq(&all), "a format is missing here, or is new: {endings:?}");
    assert!(files.len() > 60, "{files:#?}");
    for file in &files {
        let name = file.strip_prefix(out.path()).unwrap().display();
        faults.extend(fault(file).map(|fault| format!("{name}: {fault}")));
    }
    assert!(faults.is_empty(), "not said to be simulated:\n{}", faults.join("\n"));
}

#[test]
fn tables_of_other_studies_have_no_such_column() {
    let (study, out) = (study(false), tempfile::tempdir().unwrap());
    run(phusong().arg("reconcile").arg(study.path()).arg("-o").arg(out.path()), 0);
    let mut files = BTreeSet::new();
    files_in(out.path(), &mut files);
    assert!(files.len() > 8);
    for file in files {
        assert!(!table(&file).0.contains(&"simulated".to_owned()), "{}", file.display());
    }
}
