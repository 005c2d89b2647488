//! Judges a reconciliation by a truth: which villages each row of a list really means.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use phusong::finding::{Finding, Rule};
use phusong::reconcile::{MatchedArea, Reconciliation};
use phusong::study::{CandidateSource, ReconciledStudy, Stages, load_reconciled};

/// Rows of the lists: file, then `sheet!row` where the file has several sheets, else `row`.
type Row = (String, String);

/// What a row means, and the faults planted in it.
#[derive(Debug, Default)]
pub struct Meant {
    pub villages: BTreeSet<String>,
    pub faults: BTreeSet<String>,
}

/// What each row of the lists means.
pub struct Truth(BTreeMap<Row, Meant>);

impl Truth {
    /// `lists`: a file of the study, and the text of its truth.
    pub fn parse<'a>(lists: impl IntoIterator<Item = (&'a str, &'a [u8])>) -> Truth {
        let mut rows: BTreeMap<Row, Meant> = BTreeMap::new();
        for (file, text) in lists {
            for line in csv::Reader::from_reader(text).into_records() {
                let line = line.unwrap();
                let row = rows.entry((file.to_owned(), line[0].to_owned())).or_default();
                row.villages.extend(Some(line[1].to_owned()).filter(|id| !id.is_empty()));
                row.faults.extend(line[4].split('|').filter(|f| !f.is_empty()).map(str::to_owned));
            }
        }
        assert!(rows.len() > 700, "the truth has {} rows", rows.len());
        Truth(rows)
    }

    pub fn with_fault(&self, fault: &str) -> BTreeSet<Row> {
        self.0.iter().filter(|(_, meant)| meant.faults.contains(fault)).map(|(row, _)| row.clone()).collect()
    }
}

pub fn load(study: &Path) -> ReconciledStudy {
    load_reconciled(study, CandidateSource::None, &mut Stages::default()).unwrap()
}

/// A place in a list, named as the truth names it.
fn row_in(truth: &Truth, file: &str, sheet: Option<&str>, row: u32) -> Row {
    let long = (file.to_owned(), format!("{}!{row}", sheet.unwrap_or_default()));
    if truth.0.contains_key(&long) { long } else { (file.to_owned(), row.to_string()) }
}

pub fn row_of(truth: &Truth, area: &MatchedArea) -> Row {
    let source = &area.area.source;
    row_in(truth, &source.file, source.sheet.as_deref(), source.row)
}

/// The rows that findings of a rule point at.
pub fn rows_found<'a>(
    truth: &Truth,
    findings: impl Iterator<Item = &'a Finding>,
    rule: Rule,
) -> BTreeSet<Row> {
    findings
        .filter(|f| f.rule == rule)
        .map(|f| row_in(truth, &f.source.file, f.source.sheet.as_deref(), f.source.row))
        .collect()
}

/// Pairs of row and village.
#[derive(Debug)]
pub struct Score {
    pub meant: usize,
    pub right: usize,
    pub wrong: Vec<String>,
    pub missed: Vec<String>,
}

impl Score {
    pub fn precision(&self) -> f64 {
        self.right as f64 / (self.right + self.wrong.len()) as f64
    }

    pub fn recall(&self) -> f64 {
        self.right as f64 / self.meant as f64
    }

    /// The bar of issue 2.
    pub fn assert_good(&self, what: &str) {
        assert!(self.meant > 700, "{what}: only {} pairs", self.meant);
        assert!(
            self.precision() >= 0.995 && self.recall() >= 0.97,
            "{what}: precision {:.4}, recall {:.4}\nwrong: {:#?}\nmissed: {:#?}",
            self.precision(),
            self.recall(),
            self.wrong,
            self.missed
        );
    }
}

pub fn score(truth: &Truth, result: &Reconciliation) -> Score {
    let mut found: BTreeMap<Row, BTreeSet<String>> = BTreeMap::new();
    for area in &result.areas {
        let ids = area.matches.iter().filter_map(|m| m.village).map(|v| result.villages[v].id.clone());
        found.entry(row_of(truth, area)).or_default().extend(ids);
    }
    let mut score = Score { meant: 0, right: 0, wrong: Vec::new(), missed: Vec::new() };
    for (row, meant) in &truth.0 {
        let nothing = BTreeSet::new();
        let ids = found.get(row).unwrap_or(&nothing);
        score.meant += meant.villages.len();
        score.right += ids.intersection(&meant.villages).count();
        score.wrong.extend(ids.difference(&meant.villages).map(|id| format!("{row:?} {id} {meant:?}")));
        score.missed.extend(meant.villages.difference(ids).map(|id| format!("{row:?} {id} {meant:?}")));
    }
    score
}

/// Every row of the truth is an area, and no area is of another row; every area leads to a village or to a point
/// of its own, or says as unknown which villages it may mean.
pub fn assert_nothing_is_dropped(truth: &Truth, result: &Reconciliation) {
    let rows: Vec<Row> = result.areas.iter().map(|area| row_of(truth, area)).collect();
    let distinct: BTreeSet<Row> = rows.iter().cloned().collect();
    assert_eq!(rows.len(), distinct.len(), "a row became two areas");
    let expected: BTreeSet<Row> = truth.0.keys().cloned().collect();
    assert_eq!(distinct, expected);
    let ids: BTreeSet<&str> = result.areas.iter().map(|a| a.area.id.as_str()).collect();
    assert_eq!(ids.len(), result.areas.len(), "an area's id stands twice");
    for area in &result.areas {
        assert!(!area.demand.is_empty(), "{} leads nowhere", area.area.id);
        assert!(!area.matches.is_empty());
    }
    let named: BTreeSet<&str> = result.gaps.iter().flat_map(|g| &g.area_ids).map(String::as_str).collect();
    assert_eq!(named, ids, "every area stands in some gap");
}

/// No name of two meanings is used without a word.
pub fn assert_false_friends_are_named(truth: &Truth, planted: &BTreeSet<Row>, study: &ReconciledStudy) {
    let findings = || study.study.findings().chain(&study.result.findings);
    let named = rows_found(truth, findings(), Rule::CommuneFalseFriend);
    let silent: Vec<_> = planted.difference(&named).collect();
    assert!(!planted.is_empty(), "no false friend to look for");
    assert!(silent.is_empty(), "accepted in silence: {silent:?}");
}

/// Each planted repetition is marked and named, with the row that it repeats.
pub fn assert_duplicates_are_named(truth: &Truth, study: &ReconciledStudy) {
    let result = &study.result;
    let planted = truth.with_fault("duplicate_row");
    assert!(!planted.is_empty());
    let named = rows_found(truth, result.findings.iter(), Rule::DuplicateWithinCarrier);
    let marked: BTreeSet<Row> =
        result.areas.iter().filter(|a| a.duplicate_of.is_some()).map(|a| row_of(truth, a)).collect();
    assert_eq!(named, marked);
    let missing: Vec<_> = planted.difference(&named).collect();
    assert!(missing.is_empty(), "repeated and not named: {missing:?}");
    for area in &result.areas {
        let Some(first) = area.duplicate_of else { continue };
        assert_eq!(result.areas[first].demand, area.demand);
        assert!(result.areas[first].duplicate_of.is_none());
    }
}
