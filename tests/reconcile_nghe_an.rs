//! The province of record, matched in place: skipped, with a word, where it is not at hand.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a test may fail loudly"
)]

mod judge;

use std::fs;
use std::path::PathBuf;

use judge::{
    Truth, assert_duplicates_are_named, assert_false_friends_are_named, assert_nothing_is_dropped, load,
    row_of, score,
};
use phusong::domain::Era;
use phusong::finding::Rule;
use phusong::reconcile::MatchedArea;
use phusong::study::ReconciledStudy;

fn province() -> Option<(Truth, ReconciledStudy)> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared/nghe-an");
    if !folder.is_dir() {
        println!("skipped: {} is not there", folder.display());
        return None;
    }
    let lists = [
        ("vinaphone.xlsx", "vinaphone.csv"),
        ("viettel.xlsx", "viettel.csv"),
        ("mobifone.csv", "mobifone.csv"),
    ];
    let texts = lists.map(|(list, truth)| (list, fs::read(folder.join("truth").join(truth)).unwrap()));
    let truth = Truth::parse(texts.iter().map(|(list, text)| (*list, text.as_slice())));
    Some((truth, load(&folder)))
}

#[test]
fn all_areas_are_accounted_for_and_matched() {
    let Some((truth, study)) = province() else { return };
    assert_nothing_is_dropped(&truth, &study.result);
    score(&truth, &study.result).assert_good("Nghệ An");
    assert_duplicates_are_named(&truth, &study);
    let counted: Vec<u64> = study.result.lists.iter().map(|list| list.counted()).collect();
    assert_eq!(counted, [464, 245, 73]);
    assert!(study.result.findings.iter().all(|f| f.rule != Rule::DeclaredTotalMismatch));
}

#[test]
fn no_false_friend_is_accepted_in_silence() {
    let Some((truth, study)) = province() else { return };
    let result = &study.result;
    // Rows whose commune bears a name that is another commune's today.
    let misleads = |area: &MatchedArea| {
        let friend = study.study.units.false_friend(area.area.commune.as_deref()?)?;
        let code = area.commune_code.as_ref()?;
        (!friend.today.iter().any(|today| today.code == *code)).then(|| row_of(&truth, area))
    };
    let misleading = result.areas.iter().filter_map(misleads).collect();
    assert_false_friends_are_named(&truth, &misleading, &study);
}

#[test]
fn the_outlines_agree_with_the_communes_of_the_villages_found() {
    let Some((_, study)) = province() else { return };
    assert_eq!(study.study.communes.len(), 130);
    for matched in &study.result.areas {
        let Some(code) = &matched.commune_code else { continue };
        assert!(study.study.units.by_code(&code.0, Era::Y2025).is_some(), "{code:?}");
    }
}
