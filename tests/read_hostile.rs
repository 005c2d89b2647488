//! Files made to break the reader: each must end in an error or a finding, soon, and never in a panic.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a test may fail loudly"
)]

#[allow(dead_code, reason = "shared with an example")]
mod hostile;

use hostile::{book, header_row, hostile, sheet};
use phusong::finding::{Level, Rule};
use phusong::read::{Limits, Purpose, RawFile, ReadError, ReadOptions, read_bytes, read_file};
use proptest::prelude::*;
use proptest::test_runner::Config;

fn read(bytes: &[u8]) -> Result<RawFile, ReadError> {
    read_bytes("hostile", bytes, &ReadOptions::default())
}

#[test]
fn each_hostile_file_ends_in_an_error_or_a_finding() {
    // Harmless once read sparsely: they may be read without a word.
    let harmless = [
        "a lone far cell",
        "a huge dimension",
        "a parent path",
        "two entries of one name",
        "overlapping merges",
    ];
    let files = hostile();
    assert!(files.len() >= 30);
    for (name, bytes) in files {
        let start = std::time::Instant::now();
        let outcome = read(&bytes);
        println!(
            "{name}: {:.3} s, {}",
            start.elapsed().as_secs_f64(),
            match &outcome {
                Ok(file) => format!("{} findings", file.findings.len()),
                Err(error) => error.to_string(),
            }
        );
        match outcome {
            Ok(file) if !harmless.contains(&name) => {
                let told = file.findings.iter().any(|finding| finding.rule.level() >= Level::Warning);
                assert!(told, "{name} was read without a word: {:?}", file.findings);
            }
            Ok(_) => {}
            Err(error) => {
                assert!(error.to_string().contains("hostile"), "the message names the file: {error}")
            }
        }
    }
}

#[test]
fn a_panic_that_becomes_a_finding_is_not_shown() {
    let folder = tempfile::tempdir().unwrap();
    let bytes = hostile().into_iter().find(|(name, _)| *name == "xls: a short formula").unwrap().1;
    std::fs::write(folder.path().join("list.xls"), bytes).unwrap();
    let mut command = assert_cmd::Command::cargo_bin("phusong").unwrap();
    let output =
        command.current_dir(&folder).args(["validate", "list.xls", "--lang", "en"]).output().unwrap();
    let shown = String::from_utf8_lossy(&output.stdout);
    let talk = String::from_utf8_lossy(&output.stderr);
    assert!(shown.contains("unreadable_file") && !talk.contains("panicked"), "{shown}{talk}");
}

#[test]
fn control_characters_survive() {
    let file = read("STT;Xã;Bản\n1;a\0b;\u{1}Bản\u{7}\n".as_bytes()).unwrap();
    let record = file.records().next().unwrap().1;
    assert_eq!(record.text(phusong::read::Field::Commune), Some("a\0b"));
}

#[test]
fn messages_say_what_was_found_and_what_to_do() {
    let error =
        read(&hostile().into_iter().find(|(name, _)| *name == "a page saved as xls").unwrap().1).unwrap_err();
    assert!(matches!(error, ReadError::Unsupported { .. }) && error.to_string().contains(".xlsx"), "{error}");
    let error = read_file(std::path::Path::new("/no/such/file.xlsx"), &ReadOptions::default()).unwrap_err();
    assert!(error.to_string().contains("/no/such/file.xlsx"), "{error}");
    let options = ReadOptions { limits: Limits { cells: 2, ..Limits::default() }, ..ReadOptions::default() };
    let error = read_bytes("a.xlsx", &book(&sheet(&header_row(1)), &[]), &options).unwrap_err();
    assert!(matches!(error, ReadError::Limit { limit: 2, .. }), "{error}");
}

#[test]
fn a_long_field_is_reported_at_its_cell() {
    let text = format!("STT;Bản\n1;{}\n", "x".repeat(2 << 20));
    let file = read(text.as_bytes()).unwrap();
    let finding = file.findings.iter().find(|finding| finding.rule == Rule::InputLimitExceeded).unwrap();
    assert_eq!(finding.cell().as_deref(), Some("B2"));
}

const PURPOSES: [Purpose; 7] = [
    Purpose::AreaList,
    Purpose::Villages,
    Purpose::Communes,
    Purpose::Crosswalk,
    Purpose::Stations,
    Purpose::Programme,
    Purpose::Candidates,
];

fn any_outcome(bytes: &[u8], purpose: usize) {
    let options = ReadOptions { purpose: PURPOSES[purpose % PURPOSES.len()], ..ReadOptions::default() };
    let _ = read_bytes("any", bytes, &options);
}

/// A sound file with some bytes changed.
fn damaged(sound: &[u8], changes: &[(usize, u8)]) -> Vec<u8> {
    let mut bytes = sound.to_vec();
    for (at, byte) in changes {
        let at = at % bytes.len();
        bytes[at] = *byte;
    }
    bytes
}

proptest! {
    #![proptest_config(Config { cases: 300, failure_persistence: None, ..Config::default() })]

    #[test]
    fn any_bytes_are_survived(bytes in prop::collection::vec(any::<u8>(), 0..600), purpose in 0_usize..7) {
        any_outcome(&bytes, purpose);
    }

    #[test]
    fn any_table_is_survived(cells in prop::collection::vec(prop::collection::vec(
        prop::sample::select(vec!["STT", "Xã", "Bản", "Huyện", "Tọa độ", "1", "2", "I", "II", "Huyện A", "Xã B", "nt", "\"", "Cộng", "Tổng cộng", "12",
            "104,5", "", "", "Ghi chú: x", "(1)", "(2)", "(3)", "Kinh độ", "Vĩ độ", "\u{0}", "Người lập"]), 0..7), 0..25), purpose in 0_usize..7) {
        let text: Vec<String> = cells.iter().map(|row| row.join(";")).collect();
        let bytes = text.join("\n").into_bytes();
        any_outcome(&bytes, purpose);
        let rows: u32 = cells.len() as u32;
        if let Ok(file) = read(&bytes) {
            for (_, record) in file.records() {
                prop_assert!((1..=rows).contains(&record.source.row));
            }
        }
    }

    #[test]
    fn damaged_workbooks_are_survived(changes in prop::collection::vec((any::<usize>(), any::<u8>()), 1..12)) {
        any_outcome(&damaged(include_bytes!("fixtures/areas.xls"), &changes), 0);
        any_outcome(&damaged(&book(&sheet(&header_row(1)), &[("xl/styles.xml", b"<s/>")]), &changes), 0);
    }

    #[test]
    fn damaged_xml_and_json_are_survived(changes in prop::collection::vec((any::<usize>(), any::<u8>()), 1..12)) {
        let xml = damaged(sheet(&(header_row(1) + &header_row(2))).as_bytes(), &changes);
        any_outcome(&book(&String::from_utf8_lossy(&xml), &[]), 0);
        let json = br#"{"type":"Feature","id":7,"properties":{"name":"B","place":"hamlet"},"geometry":{"type":"Polygon","coordinates":[[[1,2],[3,4],[5,6]]]}}"#;
        any_outcome(&damaged(json, &changes), 1);
    }
}
