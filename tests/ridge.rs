//! Two masts, one ridge, three villages: every number of `levels.csv` can be reasoned out by hand.
//!
//! Level ground at 200 m, a ridge of 600 m along a meridian between the masts; masts of 60 m. `Tây` lies 1 km west of the
//! western mast, `Đông` 1 km east of the eastern one, `Giữa` between the ridge and the eastern mast.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test may fail loudly")]

#[allow(dead_code, reason = "shared by the tests of the program")]
mod program;

use std::fs;

use phusong::geodesy::{LatLon, distance_m};
use program::{column, json, path, phusong, run, table};
use tempfile::TempDir;

const LAT: f64 = 19.80;
const RIDGE_LON: f64 = 105.07;
const WEST: f64 = 105.05;
const EAST: f64 = 105.09;
const MAST_M: f64 = 60.0;
const VILLAGES: [(&str, f64); 3] = [("Bản Tây", 105.04), ("Bản Đông", 105.10), ("Bản Giữa", 105.077)];

fn study() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| fs::write(folder.path().join(name), text).unwrap();
    fs::create_dir(folder.path().join("tiles")).unwrap();
    let ridge = ((RIDGE_LON - 105.0) * 1200.0).round() as i32;
    let row: Vec<u8> = (0..1201)
        .flat_map(|column: i32| if (column - ridge).abs() <= 1 { 600_i16 } else { 200 }.to_be_bytes())
        .collect();
    fs::write(folder.path().join("tiles/N19E105.hgt"), row.repeat(1201)).unwrap();
    let mut villages = "village_id,name,commune,lat,lon\n".to_owned();
    let mut list = "Huyện,Xã,Thôn,Vĩ độ,Kinh độ\n".to_owned();
    for (number, (name, lon)) in VILLAGES.iter().enumerate() {
        villages.push_str(&format!("V{number},{name},Thông Thụ,{LAT},{lon}\n"));
        list.push_str(&format!("Quế Phong,Thông Thụ,{name},{LAT},{lon}\n"));
    }
    write("villages.csv", &villages);
    write("vinaphone.csv", &list);
    write(
        "candidates.csv",
        &format!("site_id,lat,lon,height_m\nWEST,{LAT},{WEST},{MAST_M}\nEAST,{LAT},{EAST},{MAST_M}\n"),
    );
    write(
        "stations.csv",
        &format!("site_id,carrier,lat,lon,height_m,technology\nOWN,VinaPhone,{LAT},{WEST},{MAST_M},4G\n"),
    );
    write(
        "study.toml",
        "[study]\nname = \"Sống núi\"\nprovince = \"40\"\nsimulated = true\n[inputs]\nterrain = \"tiles\"\n\
         villages = \"villages.csv\"\ncandidates = \"candidates.csv\"\nstations = \"stations.csv\"\n\
         [[lists]]\ncarrier = \"VinaPhone\"\nfile = \"vinaphone.csv\"\n[coverage]\nmodel = \"p1812\"\n",
    );
    folder
}

fn rank(study: &TempDir, more: &[&str]) -> String {
    run(phusong().arg("rank").arg(study.path()).arg("-o").arg(path(study, "out")).args(more), 0).1
}

fn metres(lon_a: f64, lon_b: f64) -> f64 {
    distance_m(LatLon::from_degrees(LAT, lon_a).unwrap(), LatLon::from_degrees(LAT, lon_b).unwrap())
}

/// 46 dBm over 600 subcarriers, 3 dB of feeder, 12 dBi, −3 dBi and 4 dB at the telephone; free space at 942.5 MHz to the
/// antenna 60 m up from 1.5 m (ITU-R P.525).
fn free_space_dbm(distance_m: f64) -> f64 {
    let slant_km = distance_m.hypot(MAST_M - 1.5) / 1000.0;
    let loss = 32.45 + 20.0 * 942.5_f64.log10() + 20.0 * slant_km.log10();
    46.0 - 10.0 * 600_f64.log10() - 3.0 + 12.0 - 3.0 - 4.0 - loss
}

/// Standard deviation of a level: 8 dB of the model and the location variability of P.1812 for a receiver at 1.5 m in the open.
fn sigma_db() -> f64 {
    let location = (0.52 + 0.024 * 0.9425) * 50_f64.powf(0.28) * (1.0 - 1.5 / 10.0);
    8_f64.hypot(location)
}

/// P(X ≤ x) of the normal distribution, by Simpson's rule.
fn normal(x: f64) -> f64 {
    let density = |t: f64| (-0.5 * t * t).exp() / std::f64::consts::TAU.sqrt();
    let n = 20_000;
    let h = (x + 12.0) / f64::from(n);
    let sum: f64 = (0..=n)
        .map(|i| {
            let weight = if i == 0 || i == n {
                1.0
            } else if i % 2 == 1 {
                4.0
            } else {
                2.0
            };
            weight * density(-12.0 + h * f64::from(i))
        })
        .sum();
    sum * h / 3.0
}

/// One village's line.
fn line(study: &TempDir, id: &str) -> impl Fn(&str) -> String + use<> {
    let levels = table(&path(study, "out").join("levels.csv"));
    let row = column(&levels, "village_id").iter().position(|village| village == id).unwrap();
    move |name| column(&levels, name)[row].clone()
}

fn number(of: &impl Fn(&str) -> String, name: &str) -> f64 {
    of(name).parse().unwrap_or_else(|_| panic!("{name} = {:?}", of(name)))
}

#[test]
fn best_and_second_server_level_margin_and_probability() {
    let study = study();
    rank(&study, &[]);
    let masts = [("WEST", WEST), ("EAST", EAST)];
    for (number_of, (name, lon)) in VILLAGES.iter().enumerate() {
        let of = line(&study, &format!("V{number_of}"));
        // The mast on the village's own side of the ridge.
        let west = *lon < RIDGE_LON;
        let (near, far) = if west { (masts[0], masts[1]) } else { (masts[1], masts[0]) };
        assert_eq!((of("best_site"), of("second_site")), (near.0.to_owned(), far.0.to_owned()), "{name}");
        assert_eq!((of("state"), of("served_by")), ("served".to_owned(), "1".to_owned()), "{name}");
        assert_eq!(
            (of("known_paths"), of("unknown_paths"), of("bridged")),
            ("2".into(), "0".into(), "0".into())
        );
        let near_m = metres(near.1, *lon);
        assert!((number(&of, "best_distance_km") - near_m / 1000.0).abs() <= 0.000_51, "{name}");
        // In sight, with 0.6 of the first Fresnel zone free: free space.
        let level = number(&of, "best_level_dbm");
        assert!((level - free_space_dbm(near_m)).abs() < 0.3, "{name}: {level} {}", free_space_dbm(near_m));
        // Behind the ridge a knife edge is the least that is lost; the ridge is no knife, but no second one either.
        let far_m = metres(far.1, *lon);
        let (d1, d2) = (metres(far.1, RIDGE_LON), metres(RIDGE_LON, *lon));
        let line_m = 260.0 + (201.5 - 260.0) * d1 / far_m;
        let above_m = 600.0 + d1 * d2 / (2.0 * 8_495_000.0) - line_m;
        let nu = above_m * (2.0 * far_m / (0.299_792_458 / 0.9425 * d1 * d2)).sqrt();
        let knife_db = 6.9 + 20.0 * (((nu - 0.1) * (nu - 0.1) + 1.0).sqrt() + nu - 0.1).log10();
        let lost_db = free_space_dbm(far_m) - number(&of, "second_level_dbm");
        assert!(
            knife_db > 38.0 && (knife_db..knife_db + 14.0).contains(&lost_db),
            "{name}: {lost_db} {knife_db}"
        );
        for server in ["best", "second"] {
            let (level, margin) =
                (number(&of, &format!("{server}_level_dbm")), number(&of, &format!("{server}_margin_db")));
            assert!((margin - (level + 110.0)).abs() < 0.011, "{name}: {level} {margin}");
            let probability = number(&of, &format!("{server}_probability"));
            let expected = normal(margin / sigma_db());
            assert!((probability - expected).abs() < 3e-4, "{name}: {probability} {expected}");
            assert_eq!(probability >= 0.75, server == "best");
        }
    }
    // The eastern mast serves two villages, the western one; together all three.
    let ranking = json(&path(&study, "out").join("ranking.geojson"));
    let of = |at: usize, name: &str| ranking["features"][at]["properties"][name].clone();
    assert_eq!(
        (of(0, "site_id"), of(0, "villages"), of(0, "cumulative_villages")),
        ("EAST".into(), 2.into(), 2.into())
    );
    assert_eq!(
        (of(1, "site_id"), of(1, "villages"), of(1, "cumulative_villages")),
        ("WEST".into(), 1.into(), 3.into())
    );
}

#[test]
fn existing_stations_are_shown_and_subtracted_on_request() {
    let study = study();
    rank(&study, &[]);
    // The carrier's own mast stands where WEST would: the same level, and only on its side of the ridge.
    let west = line(&study, "V0");
    assert_eq!(
        (west("existing_served"), west("existing_station")),
        ("VinaPhone".to_owned(), "OWN".to_owned())
    );
    assert_eq!(west("existing_level_dbm"), west("best_level_dbm"));
    for id in ["V1", "V2"] {
        let of = line(&study, id);
        assert_eq!(
            (of("existing_served"), of("existing_station")),
            (String::new(), "OWN".to_owned()),
            "{id}"
        );
        assert_eq!(of("existing_level_dbm"), of("second_level_dbm"), "{id}");
    }
    let talk = rank(&study, &["--subtract-existing"]);
    assert!(talk.contains("1 reported gaps left out"), "{talk}");
    let levels = table(&path(&study, "out").join("levels.csv"));
    assert_eq!(column(&levels, "village_id"), ["V1", "V2"]);
    let ranking = json(&path(&study, "out").join("ranking.geojson"));
    let villages: Vec<u64> = ranking["features"]
        .as_array()
        .unwrap()
        .iter()
        .map(|f| f["properties"]["villages"].as_u64().unwrap())
        .collect();
    assert_eq!(villages, [2, 0]);
}

#[test]
fn where_the_two_models_disagree_is_marked() {
    let study = study();
    // Strong enough for a threshold that a study may have: 20 dB more than usual.
    let toml = fs::read_to_string(path(&study, "study.toml")).unwrap();
    fs::write(path(&study, "study.toml"), toml + "[coverage.link]\npower_dbm = 66.0\n").unwrap();
    rank(&study, &["--second-opinion", "itm"]);
    let pair = |village: &str, site: &str, name: &str| {
        let pairs = table(&path(&study, "out").join("level_pairs.csv"));
        let (villages, sites) = (column(&pairs, "village_id"), column(&pairs, "site_id"));
        let row = (0..villages.len()).find(|&i| villages[i] == village && sites[i] == site).unwrap();
        column(&pairs, name)[row].clone()
    };
    let (p1812, itm): (f64, f64) = (
        pair("V2", "WEST", "level_dbm").parse().unwrap(),
        pair("V2", "WEST", "second_opinion_dbm").parse().unwrap(),
    );
    assert!((p1812 - itm).abs() > 1.0, "{p1812} {itm}");
    assert_eq!(pair("V2", "WEST", "second_opinion_agrees"), "1");
    // A threshold between what the two say of the path over the ridge: one serves, the other does not.
    let threshold = format!("{:.2}", 0.5 * (p1812 + itm) - 5.43);
    let talk = rank(&study, &["--second-opinion", "itm", "--threshold-dbm", &threshold]);
    assert_eq!(pair("V2", "WEST", "second_opinion_agrees"), "0");
    assert_eq!(pair("V2", "WEST", "state"), if p1812 > itm { "served" } else { "not_served" });
    assert_eq!(pair("V2", "EAST", "second_opinion_agrees"), "1");
    assert!(talk.contains("Paths of all candidates on which the second model disagrees"), "{talk}");
    assert_eq!(line(&study, "V2")("second_opinion_agrees"), "1");
    // A third mast beside WEST is neither the best nor the second of V2: it is listed all the same.
    let candidates = fs::read_to_string(path(&study, "candidates.csv")).unwrap();
    let west = candidates.lines().find(|line| line.starts_with("WEST")).unwrap().replacen("WEST", "WEST2", 1);
    fs::write(path(&study, "candidates.csv"), format!("{}\n{west}\n", candidates.trim_end())).unwrap();
    assert!(p1812 > itm, "P.1812 alone serves over the ridge");
    for (first, second, both) in [("p1812", "itm", "p1812 itm"), ("itm", "p1812", "itm p1812")] {
        rank(&study, &["--model", first, "--second-opinion", second, "--threshold-dbm", &threshold]);
        for site in ["WEST", "WEST2"] {
            assert_eq!(pair("V2", site, "served_by_models"), "p1812", "{first}, {second}");
        }
        assert_eq!(pair("V2", "EAST", "served_by_models"), both);
    }
}
