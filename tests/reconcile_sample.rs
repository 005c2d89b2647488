//! The sample's lists, and others of its kind with other seeds and more faults, are matched to the right villages.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test may fail loudly")]

mod judge;
#[path = "../examples/make_sample/sample/mod.rs"]
#[allow(dead_code, reason = "shared with the program that writes the files")]
mod sample;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use judge::{
    Truth, assert_duplicates_are_named, assert_false_friends_are_named, assert_nothing_is_dropped, load,
    score,
};
use phusong::domain::ReportState;
use phusong::finding::Rule;
use phusong::study::ReconciledStudy;
use sample::{AREAS, Made, Options, generate};

const LISTS: [(&str, &str); 3] =
    [("vinaphone.xlsx", "vinaphone.csv"), ("viettel.xlsx", "viettel.csv"), ("mobifone.csv", "mobifone.csv")];

fn truth_of(files: &BTreeMap<String, Vec<u8>>) -> Truth {
    Truth::parse(LISTS.iter().map(|(list, truth)| (*list, files[*truth].as_slice())))
}

/// Another study of the sample's kind, read back from disk.
fn other(seed: u64, fault_scale: f64) -> (Truth, ReconciledStudy) {
    let mut options = Options { seed, ..Options::default() };
    options.rates.scale(fault_scale);
    let Made { files, truth } = generate(&options).unwrap();
    let folder = tempfile::tempdir().unwrap();
    for (name, bytes) in &files {
        fs::write(folder.path().join(name), bytes).unwrap();
    }
    (truth_of(&truth), load(folder.path()))
}

fn assert_holds(what: &str, truth: &Truth, study: &ReconciledStudy) {
    assert_nothing_is_dropped(truth, &study.result);
    score(truth, &study.result).assert_good(what);
    assert_duplicates_are_named(truth, study);
    assert_false_friends_are_named(truth, &truth.with_fault("false_friend"), study);
}

fn sample_study() -> (Truth, ReconciledStudy) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folder = root.join("tests/data/sample-truth");
    let files = LISTS.iter().map(|(_, truth)| ((*truth).to_owned(), fs::read(folder.join(truth)).unwrap()));
    (truth_of(&files.collect()), load(&root.join("data/nghe-an")))
}

#[test]
fn the_sample() {
    let (truth, study) = sample_study();
    assert_holds("sample", &truth, &study);
}

#[test]
fn declared_totals_are_reproduced_duplicates_apart() {
    let (_, study) = sample_study();
    let counted: Vec<u64> = study.result.lists.iter().map(|list| list.counted()).collect();
    assert_eq!(counted, AREAS.map(|n| n as u64));
    for list in &study.result.lists {
        assert_eq!(list.declared, Some(list.counted()));
        assert_eq!(list.matched + list.outside_register, list.counted());
    }
    assert!(study.result.findings.iter().all(|f| f.rule != Rule::DeclaredTotalMismatch));
    assert!(study.result.lists.iter().any(|list| list.duplicates > 0));
}

#[test]
fn every_village_has_a_word_of_every_carrier() {
    let (_, study) = sample_study();
    let result = &study.result;
    assert_eq!(result.gaps.len(), result.villages.len() * 3);
    let states = result.village_states();
    assert!(states.iter().any(|s| s.dark) && states.iter().any(|s| s.reported == 0));
    for gap in &result.gaps {
        assert_eq!(gap.area_ids.is_empty(), gap.state == ReportState::NotReported, "{gap:?}");
    }
}

#[test]
fn other_seeds_with_as_many_faults() {
    for seed in [1, 99] {
        let (truth, study) = other(seed, 1.0);
        assert_holds(&format!("seed {seed}"), &truth, &study);
    }
}

#[test]
fn other_seeds_with_three_times_the_faults() {
    for seed in [7, 4_711, 20_250_701] {
        let (truth, study) = other(seed, 3.0);
        assert_holds(&format!("seed {seed}, three times the faults"), &truth, &study);
    }
}
