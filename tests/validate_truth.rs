//! Every planted fault is found at its own row under its own code, and other rows are left in peace.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a test may fail loudly"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use phusong::finding::{Level, Rule};
use phusong::normalize::value::Date;
use phusong::study::{Stages, read_study_file, validate_study};
use phusong::validate::Report;

/// What a planted fault must be reported as; several where either will do. None where the reader copes with it and
/// nobody needs to know.
fn expected(fault: &str) -> &'static [Rule] {
    match fault {
        "coord_far" => &[Rule::CoordFarFromCommune],
        "coord_outside" => &[Rule::CoordOutsideProvince],
        "coord_swapped" => &[Rule::CoordSwapped],
        "coord_missing" => &[Rule::CoordMissing],
        // Seconds of 60 are a carry, not a fault; over 60 they are.
        "coord_unparseable" => &[Rule::CoordUnparseable],
        "nfd" => &[Rule::NonNfcText],
        "tcvn3" | "vni" => &[Rule::LegacyFontText],
        "tone_placement" => &[Rule::TonePlacementVariant],
        "duplicate_row" => &[Rule::DuplicateWithinCarrier],
        "formula_without_value" => &[Rule::FormulaWithoutValue],
        "commune_blank_below" => &[Rule::MergedValueFilled],
        "lookalike" => &[Rule::LookalikeCharacter],
        "two_villages" => &[Rule::MultipleVillagesInCell],
        "ditto" => &[Rule::DittoMarkValue],
        "false_friend" => &[Rule::CommuneFalseFriend],
        "not_in_register" | "typo" => &[Rule::VillageNotInRegister],
        _ => &[],
    }
}

struct Truth {
    file: String,
    row: String,
    faults: Vec<String>,
}

fn truth(folder: &Path) -> Vec<Truth> {
    let mut all = Vec::new();
    for (name, file) in
        [("vinaphone", "vinaphone.xlsx"), ("viettel", "viettel.xlsx"), ("mobifone", "mobifone.csv")]
    {
        let mut reader = csv::Reader::from_path(folder.join(format!("{name}.csv"))).unwrap();
        for record in reader.records() {
            let record = record.unwrap();
            let faults = record[4].split('|').map(|f| f.trim().to_owned()).filter(|f| !f.is_empty());
            all.push(Truth { file: file.to_owned(), row: record[0].to_owned(), faults: faults.collect() });
        }
    }
    assert!(all.len() > 700);
    all
}

fn report(study: &Path) -> Report {
    let (folder, file) = read_study_file(study).unwrap();
    let today = Date::new(2026, 1, 31).unwrap();
    validate_study(&folder, file, today, &mut Stages::default()).unwrap().report
}

/// The rules found at each row: file, then `row` and `sheet!row`.
fn by_row(report: &Report) -> BTreeMap<(String, String), BTreeSet<Rule>> {
    let mut found: BTreeMap<(String, String), BTreeSet<Rule>> = BTreeMap::new();
    for finding in report.findings.iter().map(|f| f.unwrap().finding).filter(|f| f.source.row > 0) {
        let file = finding.source.file.to_string();
        let row = finding.source.row.to_string();
        if let Some(sheet) = &finding.source.sheet {
            found.entry((file.clone(), format!("{sheet}!{row}"))).or_default().insert(finding.rule);
        }
        found.entry((file, row)).or_default().insert(finding.rule);
    }
    found
}

fn check(study: &Path, truth_folder: &Path) {
    let report = report(study);
    let found = by_row(&report);
    let none = BTreeSet::new();
    let (mut planted, mut missed, mut false_errors) = (BTreeMap::new(), Vec::new(), Vec::new());
    let mut rows = 0_usize;
    let mut means: BTreeMap<(String, String), BTreeSet<Rule>> = BTreeMap::new();
    for line in truth(truth_folder) {
        let rules = means.entry((line.file.clone(), line.row.clone())).or_default();
        for fault in &line.faults {
            rules.extend(expected(fault));
        }
        let at = found.get(&(line.file.clone(), line.row.clone())).unwrap_or(&none);
        for fault in line.faults.iter().filter(|fault| !expected(fault).is_empty()) {
            *planted.entry(fault.clone()).or_insert(0_usize) += 1;
            if !expected(fault).iter().any(|rule| at.contains(rule)) {
                missed.push(format!("{} {} {fault}: {at:?}", line.file, line.row));
            }
        }
    }
    for ((file, row), rules) in &means {
        rows += 1;
        let at = found.get(&(file.clone(), row.clone())).unwrap_or(&none);
        let errors = at.iter().filter(|r| r.level() == Level::Error && !rules.contains(r));
        false_errors.extend(errors.map(|rule| format!("{file} {row} {}", rule.code())));
    }
    let all: usize = planted.values().sum();
    let recall = 1.0 - missed.len() as f64 / all as f64;
    println!("{}: {rows} rows, {all} planted: {planted:?}", study.display());
    println!("recall {recall:.4}, false errors {} of {rows} rows", false_errors.len());
    println!("missed: {}\nfalse: {}", missed.join("\n  "), false_errors.join("\n  "));
    assert!(all > 100, "{planted:?}");
    assert!(recall >= 0.99, "missed:\n{}", missed.join("\n"));
    assert!(false_errors.len() as f64 <= 0.005 * rows as f64, "false errors:\n{}", false_errors.join("\n"));
}

#[test]
fn planted_faults_of_the_sample_are_found() {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    check(&root.join("data/nghe-an"), &root.join("tests/data/sample-truth"));
}

#[test]
fn planted_faults_of_the_province_of_record_are_found() {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared/nghe-an");
    if !folder.is_dir() {
        println!("skipped: {} is not there", folder.display());
        return;
    }
    check(&folder, &folder.join("truth"));
}
