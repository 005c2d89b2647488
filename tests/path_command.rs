//! `phusong path --profiles … --cases …` as a user runs it.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test may fail loudly")]

use std::fs;
use std::path::Path;

use assert_cmd::Command;
use phusong::propagation::p1812::P1812;
use phusong::propagation::{Distances, Link, Polarization, Profile};

const CASES: &str = "id,profile,f_mhz,htg_m,hrg_m,polarization,p_pct,pl_pct,dn,n0,tx_lat,rx_lat";

struct Run {
    out: String,
    stderr: String,
    code: Option<i32>,
}

fn path(folder: &Path, profiles: &str, cases: &str, more: &[&str]) -> Run {
    let file = |name: &str, text: &str| {
        let file = folder.join(name);
        fs::write(&file, text).unwrap();
        file
    };
    let (profiles, cases) = (file("P.csv", profiles), file("C.csv", cases));
    let out = folder.join("OUT.csv");
    let output = Command::cargo_bin("phusong")
        .unwrap()
        .args(["--lang", "en", "path", "--profiles"])
        .arg(profiles)
        .arg("--cases")
        .arg(cases)
        .arg("-o")
        .arg(&out)
        .args(more)
        .output()
        .unwrap();
    Run {
        out: fs::read_to_string(out).unwrap_or_default(),
        stderr: String::from_utf8(output.stderr).unwrap(),
        code: output.status.code(),
    }
}

fn heights() -> Vec<f64> {
    (0..120).map(|i| 100.0 + 80.0 * (f64::from(i) * 0.11).sin()).collect()
}

fn profiles() -> String {
    let rows = heights().iter().enumerate().map(|(i, h)| format!("A,{},{h}\n", i * 30)).collect::<String>();
    format!("\u{feff}profile,distance_m,height_m\n{rows}")
}

#[test]
fn every_case_comes_back_with_its_loss() {
    let folder = tempfile::tempdir().unwrap();
    let cases = format!(
        "{CASES}\n=x,A,800,30,1.5,v,50,,45,370,19,19.01\nk2,A,2600,30,1.5,1,10,90,45,370,,\nk3,A,90000,30,1.5,H,50,50,45,370,19,19\n"
    );
    let run = path(folder.path(), &profiles(), &cases, &[]);
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    let lines: Vec<&str> = run.out.lines().collect();
    assert_eq!(lines[0], format!("{CASES},loss_db,warnings"));
    assert_eq!(lines.len(), 4);

    let distances = Distances::regular(30.0, 120).unwrap();
    let heights = heights();
    let profile = Profile::new(&distances, &heights).unwrap();
    let latitude_deg = Link::centre_latitude_deg(19.0, 19.01, None, profile.length_km());
    let link = Link { latitude_deg, ..Link::default() };
    let expected = P1812::new(&link).unwrap().loss_db(&profile);
    assert_eq!(lines[1], format!("'=x,A,800,30,1.5,v,50,,45,370,19,19.01,{expected:.9},"));

    let link = Link {
        freq_mhz: 2600.0,
        polarization: Polarization::Horizontal,
        time_percent: 10.0,
        location_percent: 90.0,
        ..Link::default()
    };
    let expected = P1812::new(&link).unwrap().loss_db(&profile);
    assert_eq!(lines[2], format!("k2,A,2600,30,1.5,1,10,90,45,370,,,{expected:.9},latitude 19 assumed"));
    assert!(lines[3].starts_with("k3,A,90000,30,1.5,H,50,50,45,370,19,19,,"), "{}", lines[3]);
    assert!(lines[3].contains("f_mhz = 90000 is outside of 30 to 6000 MHz"), "{}", lines[3]);
    assert!(run.stderr.contains("1 links are outside"), "{}", run.stderr);

    // A link without a loss is a gap.
    assert_eq!(path(folder.path(), &profiles(), &cases, &["--strict"]).code, Some(1));
    // The second opinion is another one.
    let itm = path(folder.path(), &profiles(), &cases, &["--model", "itm"]);
    let loss = |line: &str| line.split(',').nth(12).unwrap().parse::<f64>().unwrap();
    let second = itm.out.lines().nth(1).unwrap();
    assert!((loss(second) - loss(lines[1])).abs() < 40.0 && loss(second) != loss(lines[1]), "{second}");
}

#[test]
fn a_cell_that_cannot_be_read_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let good = format!("{CASES}\nk,A,800,30,1.5,v,50,,45,370,,\n");
    let fails = |profiles: &str, cases: &str, words: &[&str]| {
        let run = path(folder.path(), profiles, cases, &[]);
        assert_eq!(run.code, Some(2), "{}", run.stderr);
        assert!(run.out.is_empty());
        for word in words {
            assert!(run.stderr.contains(word), "{word:?} is not in {}", run.stderr);
        }
    };
    let all = profiles();
    fails(&all, &good.replace(",800,", ",800MHz,"), &["C.csv, line 2, column f_mhz", "800MHz", "12.5"]);
    fails(&all, &good.replace(",v,", ",x,"), &["line 2, column polarization", "1 or h"]);
    fails(&all, &good.replace("k,A", "k,B"), &["line 2, column profile", "not in the table of profiles"]);
    fails(&all, &good.replace("htg_m,", "mast,"), &["C.csv", "no column htg_m"]);
    fails(&all.replace("A,90,", "A,60,"), &good, &["P.csv, line 5, column distance_m", "greater"]);
    fails(&all.replacen("A,0,100", "A,0,", 1), &good, &["P.csv, line 2, column height_m", "not 0"]);
    fails(
        "profile,distance_m,height_m,zone\nA,0,5,4\nA,30,5,2\n",
        &good,
        &["line 3, column zone", "4 for inland"],
    );
}

#[test]
fn help_names_every_column() {
    for lang in ["en", "vi"] {
        let output =
            Command::cargo_bin("phusong").unwrap().args(["--lang", lang, "path", "--help"]).output().unwrap();
        let help: String = String::from_utf8(output.stdout).unwrap();
        for column in phusong::study::OPTIONAL_CASE_COLUMNS.split(',').chain(CASES.split(',').skip(1)) {
            assert!(help.contains(column), "{column} is not in {help}");
        }
    }
}
