//! A study with `model = "p1812"`, end to end, on ground that the test makes: a hill with the mast, a wall to the east, a
//! hole in the data to the west.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test may fail loudly")]

#[allow(dead_code, reason = "shared by the tests of the program")]
mod program;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use program::{column, json, path, phusong, run, stderr, table};
use tempfile::TempDir;

const MAST: (f64, f64) = (19.80, 105.05);
/// Name, latitude, longitude, and what is expected of it.
const PLACES: [(&str, f64, f64, &str); 4] = [
    ("Bản Gần", 19.80, 105.062, "served"),
    ("Bản Khuất", 19.80, 105.085, "not_served"),
    ("Bản Chưa Rõ", 19.80, 105.015, "unknown"),
    ("Bản Xa", 19.87, 105.05, "served"),
];

/// N19E105, 3″: 200 m, but for the hill, the wall and the hole.
fn tile() -> Vec<u8> {
    let mut bytes = Vec::with_capacity(1201 * 1201 * 2);
    for row in 0..1201 {
        for col in 0..1201 {
            let (lat, lon) = (20.0 - f64::from(row) / 1200.0, 105.0 + f64::from(col) / 1200.0);
            let height: i16 = if (lat - MAST.0).abs() < 0.0012 && (lon - MAST.1).abs() < 0.0012 {
                600
            } else if (105.068..105.072).contains(&lon) {
                1_400
            } else if (105.030..105.036).contains(&lon) {
                -32_768
            } else {
                200
            };
            bytes.extend(height.to_be_bytes());
        }
    }
    bytes
}

/// The study; `more` goes to the end of study.toml.
fn study(coverage: &str, more: &str) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| fs::write(folder.path().join(name), text).unwrap();
    fs::create_dir(folder.path().join("tiles")).unwrap();
    fs::write(folder.path().join("tiles/N19E105.hgt"), tile()).unwrap();
    let mut list = "Mã,Huyện,Xã,Thôn,Vĩ độ,Kinh độ\n".to_owned();
    for (name, lat, lon, _) in PLACES {
        list.push_str(&format!("{name},Quế Phong,Thông Thụ,{name},{lat},{lon}\n"));
    }
    write("vinaphone.csv", &list);
    let (lat, lon) = MAST;
    write("candidates.csv", &format!("site_id,lat,lon,height_m\nHILL,{lat},{lon},45\nFAR,19.30,105.60,45\n"));
    write(
        "stations.csv",
        &format!(
            "site_id,carrier,lat,lon,height_m,technology\nOWN,VinaPhone,{lat},{lon},45,2G+4G\nOTHER,Viettel,{lat},{lon},45,4G\nOLD,VinaPhone,19.80,105.086,45,2G\n"
        ),
    );
    write("programme.csv", &format!("plan_id,carrier,lat,lon,year,status\nP1,VinaPhone,{lat},{lon},2025,\n"));
    write(
        "study.toml",
        &format!(
            "[study]\nname = \"Thử\"\nprovince = \"40\"\nsimulated = true\ndate = \"2024-03-31\"\n[inputs]\n\
             terrain = \"tiles\"\ncandidates = \"candidates.csv\"\nstations = \"stations.csv\"\n\
             programme = \"programme.csv\"\n[[lists]]\ncarrier = \"VinaPhone\"\nfile = \"vinaphone.csv\"\n\
             [coverage]\n{coverage}\n{more}"
        ),
    );
    folder
}

fn predicted() -> TempDir {
    study("model = \"p1812\"", "")
}

/// Runs a command on the study of a folder, writing into `out` there.
fn command(name: &str, study: &TempDir, arguments: &[&str], code: i32) -> (String, String) {
    let out = path(study, "out");
    run(phusong().arg(name).arg(study.path()).arg("-o").arg(out).args(arguments), code)
}

fn out(study: &TempDir, name: &str) -> std::path::PathBuf {
    path(study, "out").join(name)
}

/// The state of each place, by its latitude and longitude.
fn states(levels: &Path) -> BTreeMap<String, String> {
    let levels = table(levels);
    let (lat, lon) = (column(&levels, "lat"), column(&levels, "lon"));
    let state = column(&levels, "state");
    let name = |i: usize| {
        let here = |p: &&(&str, f64, f64, &str)| {
            (p.1 - lat[i].parse::<f64>().unwrap()).abs() < 1e-6
                && (p.2 - lon[i].parse::<f64>().unwrap()).abs() < 1e-6
        };
        PLACES.iter().find(here).unwrap().0.to_owned()
    };
    (0..state.len()).map(|i| (name(i), state[i].clone())).collect()
}

fn expected() -> BTreeMap<String, String> {
    PLACES.iter().map(|(name, _, _, state)| ((*name).to_owned(), (*state).to_owned())).collect()
}

#[test]
fn a_ridge_hides_a_village_and_a_hole_in_the_data_is_unknown() {
    let study = predicted();
    let (_, talk) = command("rank", &study, &["--compare-radius-km", "4"], 0);
    assert_eq!(states(&out(&study, "levels.csv")), expected());
    assert!(talk.contains("1 paths cross unknown terrain"), "{talk}");
    assert!(talk.contains("served: P(RSRP >= -110 dBm) >= 75 %, ITU-R P.1812-8"), "{talk}");

    let ranking = json(&out(&study, "ranking.geojson"));
    let meta = &ranking["phusong"];
    assert_eq!(meta["model"], "p1812");
    assert!(meta.get("radius_km").is_none() && meta["max_km"] == 15.0);
    let hill = &ranking["features"][0]["properties"];
    assert_eq!(
        (&hill["site_id"], &hill["villages"], &hill["villages_unknown"]),
        (&"HILL".into(), &2.into(), &1.into())
    );
    let csv = table(&out(&study, "ranking.csv"));
    assert!(column(&csv, "basis").iter().all(|b| b.contains("P.1812-8") && b.contains("SIMULATED")));

    let levels = table(&out(&study, "levels.csv"));
    assert!(column(&levels, "basis").iter().all(|b| b.contains("P.1812-8") && b.contains("2024-03-31")));
    for (i, state) in column(&levels, "state").iter().enumerate() {
        let number = |name: &str| column(&levels, name)[i].parse::<f64>().ok();
        match state.as_str() {
            "served" => assert!(number("best_probability").unwrap() >= 0.75),
            "not_served" => assert!(number("best_probability").unwrap() < 0.75),
            _ => assert_eq!((number("best_level_dbm"), number("best_probability")), (None, None)),
        }
    }
    // What the circle counts and the ridge hides, and the reverse.
    let circle = table(&out(&study, "model_vs_circle.csv"));
    let row = column(&circle, "site_id").iter().position(|id| id == "HILL").unwrap();
    let of = |name: &str| column(&circle, name)[row].clone();
    assert_eq!((of("villages_predicted"), of("villages_circle")), ("2".to_owned(), "3".to_owned()));
    assert_eq!((of("hidden"), of("beyond"), of("unknown")), ("1".to_owned(), "1".to_owned(), "1".to_owned()));
    let ids = column(&levels, "village_id");
    let id_of = |name: &str| {
        let lon = PLACES.iter().find(|p| p.0 == name).unwrap().2;
        let at = column(&levels, "lon").iter().zip(column(&levels, "lat")).position(|(l, lat)| {
            (l.parse::<f64>().unwrap() - lon).abs() < 1e-6 && (name == "Bản Xa") == lat.starts_with("19.87")
        });
        ids[at.unwrap()].clone()
    };
    assert_eq!(of("hidden_village_ids"), id_of("Bản Khuất"));
    assert_eq!(of("beyond_village_ids"), id_of("Bản Xa"));

    command("rank", &study, &["--strict"], 1);
}

#[test]
fn by_radius_nothing_has_changed() {
    let (by_model, by_flag) = (study("model = \"radius\"\nradius_km = 4.0", ""), predicted());
    command("rank", &by_model, &[], 0);
    command("rank", &by_flag, &["--radius-km", "4"], 0);
    let read = |study: &TempDir| fs::read_to_string(out(study, "ranking.csv")).unwrap();
    assert_eq!(read(&by_model), read(&by_flag));
    assert!(read(&by_model).contains("within 4 km (WGS84") && !read(&by_model).contains("villages_unknown"));
    assert!(!out(&by_model, "levels.csv").exists());
    let error =
        run(phusong().arg("rank").arg(by_flag.path()).args(["--radius-km", "4", "--model", "itm"]), 2).1;
    assert!(error.contains("--max-km"), "{error}");
}

#[test]
fn the_same_bytes_on_any_number_of_threads() {
    let study = predicted();
    let read = |threads: &str| {
        command(
            "rank",
            &study,
            &["--threads", threads, "--second-opinion", "itm", "--compare-radius-km", "3"],
            0,
        );
        ["ranking.csv", "levels.csv", "levels.geojson", "level_pairs.csv", "model_vs_circle.csv"]
            .map(|name| fs::read(out(&study, name)).unwrap())
    };
    assert_eq!(read("1"), read("3"));
}

#[test]
fn a_plan_serves_what_the_ranking_says() {
    let study = predicted();
    command("plan", &study, &["--sites", "1"], 0);
    let plan = json(&out(&study, "plan.json"));
    assert_eq!((&plan["phusong"]["model"], &plan["value"]), (&"p1812".into(), &2.into()));
    assert!(plan["inputs"].as_array().unwrap().iter().any(|file| file["file"] == "N19E105.hgt"));
    assert_eq!(states(&out(&study, "levels.csv")), expected());
    command("plan", &study, &["--sites", "1", "--strict"], 1);
}

#[test]
fn existing_stations_serve_their_own_carrier_only_and_are_subtracted_on_request() {
    let study = predicted();
    let (_, talk) = command("rank", &study, &[], 0);
    assert!(
        talk.contains(
            "2 reported gaps asked for here that the carrier's own stations are predicted to serve"
        ),
        "{talk}"
    );
    let levels = table(&out(&study, "levels.csv"));
    let served: Vec<String> = column(&levels, "existing_served");
    assert_eq!(served.iter().filter(|names| *names == "VinaPhone").count(), 2, "{served:?}");
    // The 2G station beside Bản Khuất gives no LTE.
    assert!(column(&levels, "existing_station").iter().all(|id| id == "OWN" || id.is_empty()));
    let (_, talk) = command("rank", &study, &["--subtract-existing"], 0);
    assert!(talk.contains("2 reported gaps left out"), "{talk}");
    let left = states(&out(&study, "levels.csv"));
    assert_eq!(left.keys().map(String::as_str).collect::<Vec<_>>(), ["Bản Chưa Rõ", "Bản Khuất"]);
    let (_, talk) = command("rank", &study, &["--preset", "gsm900", "--threshold-dbm", "-100"], 0);
    assert!(talk.contains("P(RxLev >= -100 dBm)") && talk.contains("3 reported gaps"), "{talk}");
    let error =
        run(phusong().arg("rank").arg(study.path()).args(["--subtract-existing", "--radius-km", "3"]), 2).1;
    assert!(error.contains("--model p1812"), "{error}");
}

#[test]
fn validate_asks_after_stations_that_are_predicted_to_serve() {
    let study = predicted();
    command("validate", &study, &["--format", "json", "--fail-on", "never", "--today", "2024-06-01"], 0);
    let report = fs::read_to_string(out(&study, "findings.json")).unwrap();
    let report: serde_json::Value = serde_json::from_str(&report).unwrap();
    let found: Vec<&serde_json::Value> = report["findings"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|finding| finding["rule"] == "station_within_reach")
        .collect();
    assert_eq!(found.len(), 2, "{found:?}");
    assert!(
        found.iter().all(|f| f["facts"]["criterion"].as_str().unwrap().contains("P.1812-8")),
        "{found:?}"
    );
    assert!(found.iter().all(|f| f["facts"]["station"] == "OWN"));
}

#[test]
fn a_white_village_with_signal_of_another_generation_is_asked_after() {
    let study = predicted();
    let list = path(&study, "vinaphone.csv");
    let white = fs::read_to_string(&list).unwrap().replace("Kinh độ\n", "Kinh độ,Mức độ\n");
    let white: Vec<String> = white
        .lines()
        .map(|l| if l.starts_with("Bản") { format!("{l},trắng") } else { l.to_owned() })
        .collect();
    fs::write(&list, white.join("\n") + "\n").unwrap();
    command("validate", &study, &["--format", "json", "--fail-on", "never", "--today", "2024-06-01"], 0);
    let report = json(&out(&study, "findings.json"));
    let asked = |station: &str| -> Vec<String> {
        let findings = report["findings"].as_array().unwrap().iter();
        let of_rule =
            findings.filter(|f| f["rule"] == "severity_inconsistent" && f["facts"]["station"] == station);
        of_rule.map(|f| f["facts"]["criterion"].as_str().unwrap().to_owned()).collect()
    };
    // Behind the wall stands a station of 2G alone: no 4G there, yet not white.
    let old = asked("OLD");
    assert!(old.len() == 1 && old[0].contains("RxLev") && old[0].contains("942.5 MHz"), "{report}");
    assert!(
        asked("OWN").len() == 2 && asked("OWN").iter().all(|criterion| criterion.contains("RSRP")),
        "{report}"
    );
}

#[test]
fn reconcile_lays_the_programme_over_the_gaps_by_prediction() {
    let study = predicted();
    let (text, talk) = command("reconcile", &study, &[], 0);
    assert!(text.contains("ITU-R P.1812-8"), "{text}");
    let programme = table(&out(&study, "programme.csv"));
    let mut state = column(&programme, "state");
    state.sort();
    assert_eq!(
        state,
        ["none_predicted", "position_or_ground_unknown", "predicted_served", "predicted_served"]
    );
    assert!(column(&programme, "basis").iter().all(|b| b.contains("P.1812-8")));
    assert!(talk.contains("unknown terrain"), "{talk}");
    command("reconcile", &study, &["--strict"], 1);
}

#[test]
fn without_terrain_a_model_that_sees_it_says_what_to_do_and_a_baseline_runs() {
    let study = predicted();
    let toml = fs::read_to_string(path(&study, "study.toml")).unwrap().replace("terrain = \"tiles\"\n", "");
    fs::write(path(&study, "study.toml"), toml).unwrap();
    let output = phusong().arg("rank").arg(study.path()).output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("--terrain"), "{}", stderr(&output));
    let (_, talk) = command("rank", &study, &["--model", "hata"], 0);
    assert!(talk.contains("baseline, sees no terrain"), "{talk}");
    let tiles = path(&study, "tiles");
    command("rank", &study, &["--terrain", tiles.to_str().unwrap()], 0);
    assert_eq!(states(&out(&study, "levels.csv")), expected());
}

#[test]
fn a_damaged_tile_beside_the_others_is_named_and_ends_no_command() {
    let study = predicted();
    fs::write(path(&study, "tiles/N18E105.hgt"), [0; 1_000]).unwrap();
    for name in ["rank", "reconcile"] {
        let (_, talk) = command(name, &study, &[], 0);
        assert!(talk.contains("N18E105.hgt: 1000 bytes of heights"), "{name}: {talk}");
        assert!(talk.contains("unknown ground"), "{name}: {talk}");
    }
    assert_eq!(states(&out(&study, "levels.csv")), expected());
}

#[test]
fn two_tables_do_without_a_study() {
    let study = predicted();
    let mut villages = "village_id,lat,lon\n".to_owned();
    for (name, lat, lon, _) in PLACES {
        villages.push_str(&format!("{name},{lat},{lon}\n"));
    }
    fs::write(path(&study, "v.csv"), villages).unwrap();
    let rank = |arguments: &[&str]| {
        run(
            phusong()
                .current_dir(study.path())
                .args(["rank", "--villages", "v.csv", "--candidates", "candidates.csv", "-o", "out"])
                .args(arguments),
            0,
        )
    };
    rank(&["--model", "p1812", "--terrain", "tiles"]);
    assert_eq!(states(&out(&study, "levels.csv")), expected());
    // Nobody is served where the level asked for is beyond reach; what is unknown may still be.
    rank(&["--model", "p1812", "--terrain", "tiles", "--threshold-dbm", "-40", "--probability", "99%"]);
    assert!(!states(&out(&study, "levels.csv")).values().any(|state| state == "served"));
}

#[test]
fn a_link_explained_has_the_level_that_the_ranking_used() {
    let folder = tempfile::tempdir().unwrap();
    let study = program::sample_copy();
    let file = study.path().join("study.toml");
    let text = fs::read_to_string(&file).unwrap().replace("model     = \"radius\"", "model = \"p1812\"");
    let text = text.replace("model = \"radius\"", "model = \"p1812\"");
    assert!(text.contains("\"p1812\""));
    fs::write(&file, text).unwrap();
    run(phusong().arg("rank").arg(study.path()).args(["--show", "0", "-o"]).arg(folder.path()), 0);
    let pairs = table(&path(&folder, "level_pairs.csv"));
    let columns = ["village_id", "site_id", "distance_km", "level_dbm"].map(|name| column(&pairs, name));
    let [villages, sites, distances, levels] = columns;
    // The sample's ground is coarse: short links are where the number of steps matters.
    let short = (0..villages.len())
        .filter(|&i| !villages[i].contains(':') && distances[i].parse::<f64>().is_ok_and(|km| km < 3.0));
    let mut seen = 0;
    for i in short.step_by(1_000).take(8) {
        let (out, _) =
            run(phusong().arg("path").arg(study.path()).args([&*sites[i], &*villages[i], "--json"]), 0);
        let link: serde_json::Value = serde_json::from_str(&out).unwrap();
        let level_dbm = link["result"]["p1812"]["level_dbm"].as_f64().unwrap();
        let listed: f64 = levels[i].parse().unwrap();
        assert!((level_dbm - listed).abs() < 0.011, "{} {}: {level_dbm} {listed}", sites[i], villages[i]);
        seen += 1;
    }
    assert!(seen >= 3, "{seen}");
}
