//! Imports point down: a module may use only modules of layers below its own.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test may fail loudly")]

use std::fs;
use std::path::{Path, PathBuf};

/// The layers, lowest first. A module that stands nowhere here fails the test.
const LAYERS: &[&[&str]] = &[
    &["geodesy", "text", "lang"],
    &["domain", "finding"],
    &["read", "index", "terrain"],
    &["normalize", "propagation"],
    &["reconcile", "coverage"],
    &["siting", "validate"],
    &["export", "report"],
    &["study"],
    &["cli"],
];

/// `finding` speaks of `domain`: the one pair in a layer that may, in this direction only.
const ALLOWED_WITHIN_LAYER: &[(&str, &str)] = &[("finding", "domain")];

fn layer(module: &str) -> Option<usize> {
    LAYERS.iter().position(|modules| modules.contains(&module))
}

fn rust_files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            rust_files(&path, found);
        } else if path.extension().is_some_and(|e| e == "rs") {
            found.push(path);
        }
    }
}

/// The modules of this crate that a source text names after `prefix`, comments left out.
fn imports(source: &str, prefix: &str) -> Vec<String> {
    let mut found = Vec::new();
    for line in source.lines().filter(|line| !line.trim_start().starts_with("//")) {
        for (at, _) in line.match_indices(prefix) {
            let rest = &line[at + prefix.len()..];
            if let Some(list) = rest.strip_prefix('{') {
                found.extend(list.split(',').map(first_word));
            } else {
                found.push(first_word(rest));
            }
        }
    }
    found.retain(|name| !name.is_empty());
    found
}

fn first_word(text: &str) -> String {
    text.trim_start().chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect()
}

#[test]
fn imports_point_down() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    rust_files(&src, &mut files);
    let mut checked = 0;
    let mut wrong = Vec::new();
    for file in &files {
        let relative = file.strip_prefix(&src).unwrap();
        let module =
            relative.components().next().unwrap().as_os_str().to_str().unwrap().trim_end_matches(".rs");
        if module == "lib" || module == "main" {
            continue;
        }
        let own = layer(module).unwrap_or_else(|| panic!("module `{module}` stands in no layer of LAYERS"));
        let source = fs::read_to_string(file).unwrap();
        for prefix in ["crate::", "phusong::"] {
            for import in imports(&source, prefix) {
                if import == module {
                    continue;
                }
                let Some(other) = layer(&import) else { continue };
                checked += 1;
                if other >= own && !ALLOWED_WITHIN_LAYER.contains(&(module, import.as_str())) {
                    wrong.push(format!("{}: `{module}` uses `{import}`", relative.display()));
                }
            }
        }
    }
    assert!(checked > 0, "no import was checked: does the test still find the sources?");
    assert!(wrong.is_empty(), "imports must point down (docs/DESIGN.md):\n{}", wrong.join("\n"));
}

#[test]
fn the_check_sees_an_import_and_a_list_of_imports() {
    assert_eq!(imports("use crate::study::Study;", "crate::"), ["study"]);
    assert_eq!(imports("use crate::{lang::Lang, study};", "crate::"), ["lang", "study"]);
    assert!(imports("// use crate::study", "crate::").is_empty());
}
