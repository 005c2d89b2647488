//! `phusong terrain` as a user runs it.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test may fail loudly")]

use std::fs;
use std::path::Path;

use assert_cmd::Command;

fn phusong() -> Command {
    let mut command = Command::cargo_bin("phusong").unwrap();
    command.env_remove("PHUSONG_LANG").arg("--lang").arg("en");
    command
}

fn sample() -> String {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("data/nghe-an").display().to_string()
}

#[test]
fn the_sample_has_a_height_for_every_place_and_says_that_it_is_simulated() {
    let run = phusong().args(["terrain", &sample(), "--json", "--strict"]).assert().success();
    let json: serde_json::Value = serde_json::from_slice(&run.get_output().stdout).unwrap();
    assert_eq!(json["simulated"], true);
    assert_eq!(json["tiles"][0]["voids"], 0);
    let places = json["places"].as_array().unwrap();
    assert_eq!(
        places.iter().map(|p| p["what"].as_str().unwrap()).collect::<Vec<_>>(),
        ["communes", "villages", "candidates"]
    );
    for place in places {
        assert!(place["places"].as_u64().unwrap() >= 130);
        assert_eq!(place["places"], place["with_elevation"], "{place}");
    }
    // Villages lie in valleys from the coast to the mountains, ridges above them.
    assert!(places[1]["lowest_m"].as_f64().unwrap() < 30.0);
    assert!(places[1]["highest_m"].as_f64().unwrap() > 250.0);
    assert!(String::from_utf8_lossy(&run.get_output().stderr).contains("SIMULATED"));
}

#[test]
fn a_plain_folder_is_listed_and_places_without_a_tile_count_under_strict() {
    let folder = tempfile::tempdir().unwrap();
    let tiles = folder.path().join("tiles");
    fs::create_dir(&tiles).unwrap();
    let height = |i: usize| if i == 7 { i16::MIN } else { 40 };
    let bytes: Vec<u8> = (0..1201 * 1201).flat_map(|i| height(i).to_be_bytes()).collect();
    fs::write(tiles.join("N19E104.hgt"), bytes).unwrap();
    let run = phusong().arg("terrain").arg(&tiles).assert().success();
    let text = String::from_utf8_lossy(&run.get_output().stdout).into_owned();
    assert!(text.contains("N19E104.hgt") && text.contains("1 (0.00 %)"), "{text}");

    fs::write(
        folder.path().join("villages.csv"),
        "village_id,name,lat,lon\nA,Bản A,19.5,104.5\nB,Bản B,18.5,104.5\n",
    )
    .unwrap();
    let study = "[study]\nname = \"x\"\nprovince = \"40\"\n[inputs]\nvillages = \"villages.csv\"\nterrain = \"tiles\"\n";
    fs::write(folder.path().join("study.toml"), study).unwrap();
    let run = phusong().arg("terrain").arg(folder.path()).arg("--strict").assert().code(1);
    let text = String::from_utf8_lossy(&run.get_output().stdout).into_owned();
    assert!(text.contains("Villages: 1 of 2") && text.contains("without an elevation: B"), "{text}");

    fs::write(folder.path().join("study.toml"), study.replace("terrain = \"tiles\"\n", "")).unwrap();
    let run = phusong().arg("terrain").arg(folder.path()).assert().code(2);
    assert!(String::from_utf8_lossy(&run.get_output().stderr).contains("[inputs] terrain"));
}

#[test]
fn one_damaged_tile_leaves_a_gap_that_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let tiles = folder.path().join("tiles");
    fs::create_dir(&tiles).unwrap();
    let bytes: Vec<u8> = (0..1201 * 1201).flat_map(|_| 40_i16.to_be_bytes()).collect();
    fs::write(tiles.join("N19E104.hgt"), &bytes).unwrap();
    fs::write(tiles.join("N18E104.hgt"), &bytes[..1000]).unwrap();
    fs::write(tiles.join("copy.tif"), b"II*\0 no more").unwrap();
    fs::write(
        folder.path().join("villages.csv"),
        "village_id,name,lat,lon\nA,Bản A,19.5,104.5\nB,Bản B,18.5,104.5\n",
    )
    .unwrap();
    let study = "[study]\nname = \"x\"\nprovince = \"40\"\n[inputs]\nvillages = \"villages.csv\"\nterrain = \"tiles\"\n";
    fs::write(folder.path().join("study.toml"), study).unwrap();
    let run = phusong().arg("terrain").arg(folder.path()).arg("--json").assert().success();
    let talk = String::from_utf8_lossy(&run.get_output().stderr).into_owned();
    assert!(talk.contains("N18E104.hgt: 1000 bytes of heights") && talk.contains("copy.tif"), "{talk}");
    assert!(talk.contains("unknown ground"), "{talk}");
    let json: serde_json::Value = serde_json::from_slice(&run.get_output().stdout).unwrap();
    assert_eq!(json["unusable"].as_array().unwrap().len(), 2);
    assert_eq!(
        (json["tiles"].as_array().unwrap().len(), &json["tiles"][0]["fault"]),
        (1, &serde_json::Value::Null)
    );
    // B stands on the damaged tile: unknown, not 0 m.
    assert_eq!(json["places"][1]["without_elevation_ids"], serde_json::json!(["B"]));
    phusong().arg("terrain").arg(folder.path()).arg("--strict").assert().code(1);

    // A folder of nothing else has nothing to say.
    fs::remove_file(tiles.join("N19E104.hgt")).unwrap();
    let mut command = Command::cargo_bin("phusong").unwrap();
    let run = command.args(["--lang", "vi", "terrain"]).arg(&tiles).assert().code(2);
    let talk = String::from_utf8_lossy(&run.get_output().stderr).into_owned();
    assert!(talk.contains("tệp hỏng hoặc không dùng được"), "{talk}");
}
