//! Runs the built program.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Output;

use assert_cmd::Command;
use serde_json::Value;
use tempfile::TempDir;

pub const SAMPLE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/data/nghe-an");

/// The program, speaking English whatever the machine's locale.
pub fn phusong() -> Command {
    let mut command = Command::cargo_bin("phusong").unwrap();
    command.env("PHUSONG_LANG", "en");
    command
}

/// A folder with files in it.
pub fn folder(files: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        fs::write(folder.path().join(name), text).unwrap();
    }
    folder
}

/// A copy of the sample's files.
pub fn sample_copy() -> TempDir {
    let copy = tempfile::tempdir().unwrap();
    for entry in fs::read_dir(SAMPLE).unwrap() {
        let path = entry.unwrap().path();
        fs::copy(&path, copy.path().join(path.file_name().unwrap())).unwrap();
    }
    copy
}

pub fn stdout(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

pub fn stderr(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

/// Runs and expects an exit code; returns both streams.
pub fn run(command: &mut Command, code: i32) -> (String, String) {
    let output = command.output().unwrap();
    assert_eq!(output.status.code(), Some(code), "{}\n{}", stdout(&output), stderr(&output));
    (stdout(&output), stderr(&output))
}

pub fn json(path: &Path) -> Value {
    serde_json::from_slice(&fs::read(path).unwrap()).unwrap()
}

/// Lines of a CSV by column name, without the byte order mark.
pub fn table(path: &Path) -> (Vec<String>, Vec<csv::StringRecord>) {
    let bytes = fs::read(path).unwrap();
    let text = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&bytes);
    let mut reader = csv::Reader::from_reader(text);
    let header = reader.headers().unwrap().iter().map(str::to_owned).collect();
    (header, reader.into_records().map(Result::unwrap).collect())
}

pub fn column(table: &(Vec<String>, Vec<csv::StringRecord>), name: &str) -> Vec<String> {
    let at = table.0.iter().position(|title| title == name).unwrap();
    table.1.iter().map(|line| line[at].to_owned()).collect()
}

/// The features of a ranking.
pub fn features(folder: &Path) -> Vec<Value> {
    json(&folder.join("ranking.geojson"))["features"].as_array().unwrap().clone()
}

pub fn path(folder: &TempDir, name: &str) -> PathBuf {
    folder.path().join(name)
}
