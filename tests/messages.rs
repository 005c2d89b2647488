//! Whatever a person may be told has a Vietnamese sentence: the sources are read for English ones, and each is looked up.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test may fail loudly")]

use std::fs;
use std::path::{Path, PathBuf};

use phusong::lang::vietnamese;

/// Files whose errors are said in Vietnamese by a function of their own, beside the error, and the reason for any other.
const SAID_ELSEWHERE: &[(&str, &str)] = &[
    ("src/coverage/predicted/explain.rs", "ExplainError::message"),
    ("src/coverage/predicted/mod.rs", "PredictError::message"),
    ("src/export/atomic.rs", "WriteError::message"),
    ("src/normalize/coord/error.rs", "finding::reason"),
    ("src/normalize/value/mod.rs", "a finding says it with its rule"),
    ("src/read/drive_test.rs", "DriveTestError::message"),
    ("src/read/error.rs", "ReadError::message, in error_text.rs"),
    ("src/study/calibrate.rs", "CalibrateError::message"),
    ("src/study/error.rs", "StudyError::message"),
    ("src/study/places.rs", "PlaceError::message"),
    ("src/terrain/error.rs", "TerrainError::message"),
];

fn rust_files(folder: &Path, found: &mut Vec<PathBuf>) {
    let mut entries: Vec<PathBuf> =
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    entries.sort();
    for path in entries {
        if path.is_dir() {
            rust_files(&path, found);
        } else if path.extension().is_some_and(|e| e == "rs") {
            found.push(path);
        }
    }
}

/// The source without its tests, which stand last.
fn without_tests(source: &str) -> &str {
    source.split("\n#[cfg(test)]\nmod tests").next().unwrap()
}

/// The string literals that follow right after `before`, blanks and `format!(` between them allowed.
fn literals(source: &str, before: &str) -> Vec<String> {
    let mut found = Vec::new();
    for (at, _) in source.match_indices(before) {
        let rest = source[at + before.len()..].trim_start();
        let rest = rest.strip_prefix("format!(").unwrap_or(rest).trim_start();
        let Some(rest) = rest.strip_prefix('"') else { continue };
        let (mut text, mut chars) = (String::new(), rest.chars());
        while let Some(c) = chars.next() {
            match c {
                '"' => break,
                '\\' => match chars.next().unwrap() {
                    '\n' => {
                        chars = chars.as_str().trim_start().chars();
                    }
                    'n' => text.push('\n'),
                    other => text.push(other),
                },
                c => text.push(c),
            }
        }
        found.push(text);
    }
    found
}

/// The literal as it is printed: a number for each `{…}`.
fn printed(literal: &str) -> String {
    let mut out = String::new();
    let mut rest = literal;
    while let Some((before, after)) = rest.split_once('{') {
        out.push_str(before);
        let Some((inside, after)) = after.split_once('}') else { break };
        out.push_str(match inside {
            // Parts that may be left out.
            "near" | "space" => "",
            debug if debug.contains(":?") => "\"x\"",
            _ => "7",
        });
        rest = after;
    }
    out.push_str(rest);
    out
}

/// Whether it says something in words, rather than names and signs.
fn is_sentence(literal: &str) -> bool {
    let text = printed(literal);
    // "[plan] limits: {problem}": a place, and a sentence that was made elsewhere.
    if text.starts_with('[') && text.ends_with(": 7") {
        return false;
    }
    let words = text
        .split_whitespace()
        .map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()))
        .filter(|word| word.len() > 1 && word.chars().all(|c| c.is_ascii_lowercase()));
    words.count() >= 2
}

fn unknown(places: &[&str], skip: &[&str]) -> (usize, Vec<String>) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files = Vec::new();
    rust_files(&root.join("src"), &mut files);
    let (mut checked, mut wrong) = (0, Vec::new());
    for file in files {
        let name = file.strip_prefix(root).unwrap().to_str().unwrap().replace('\\', "/");
        if skip.contains(&name.as_str()) {
            continue;
        }
        let source = fs::read_to_string(&file).unwrap();
        for before in places {
            for literal in literals(without_tests(&source), before) {
                if !is_sentence(&literal) {
                    continue;
                }
                checked += 1;
                let english = printed(&literal);
                if vietnamese(&english).is_none_or(|said| said == english) {
                    wrong.push(format!("{name}: {literal}"));
                }
            }
        }
    }
    (checked, wrong)
}

#[test]
fn every_error_has_a_vietnamese_sentence() {
    let skip: Vec<&str> = SAID_ELSEWHERE.iter().map(|(file, _)| *file).collect();
    for file in &skip {
        assert!(Path::new(env!("CARGO_MANIFEST_DIR")).join(file).is_file(), "{file} is no longer there");
    }
    let (checked, wrong) = unknown(&["#[error("], &skip);
    assert!(checked > 70, "only {checked} were found: does the test still read the sources?");
    assert!(wrong.is_empty(), "no Vietnamese in src/lang/sentences.rs:\n{}", wrong.join("\n"));
}

#[test]
fn every_refusal_of_the_command_line_and_of_study_toml_has_a_vietnamese_sentence() {
    let places = [
        "bail!(",
        "anyhow!(",
        "Err(",
        ".ok_or(",
        ".ok_or_else(||",
        ".map_err(|_|",
        "wrong(",
        "wrong(&",
        "found.push(",
    ];
    // Said by terrain/error_words.rs, and in both languages where it stands.
    let (checked, wrong) = unknown(&places, &["src/terrain/hgt.rs", "src/cli/compare.rs"]);
    assert!(checked > 40, "only {checked} were found: does the test still read the sources?");
    assert!(wrong.is_empty(), "no Vietnamese in src/lang/sentences.rs:\n{}", wrong.join("\n"));
}

#[test]
fn every_reason_of_a_finding_has_a_vietnamese_sentence() {
    let (checked, wrong) = unknown(&[".fact(\"reason\","], &[]);
    assert!(checked >= 3, "only {checked} were found: does the test still read the sources?");
    assert!(wrong.is_empty(), "no Vietnamese in src/lang/sentences.rs:\n{}", wrong.join("\n"));
}

#[test]
fn a_literal_is_read_as_it_is_printed() {
    let source = "x #[error(\n    \"{a}: one \\\n     two {0:?} \\\"three\\\"\"\n)] y";
    assert_eq!(literals(source, "#[error("), ["{a}: one two {0:?} \"three\""]);
    assert_eq!(printed("{a}: one {0:?}"), "7: one \"x\"");
    assert!(is_sentence("{a}: one two") && !is_sentence("{a}: {b}") && !is_sentence("csv"));
}
