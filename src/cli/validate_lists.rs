//! What `phusong validate` writes a file a list: the carrier's own workbook with its faults marked, and the repaired
//! list.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use anyhow::Context;
use phusong::export::write_atomic;
use phusong::read::{read_bytes, read_grids};
use phusong::report::{fixed::fixed_list, workbook::returned};
use phusong::study::{Study, list_read_options};
use phusong::validate::{Report, ReportedFinding};

use super::console::Console;

/// Where the files go; `None`: they are not asked for.
pub struct ListFolders {
    /// Folder of the marked workbooks.
    pub marked: Option<PathBuf>,
    /// Folder of the repaired lists.
    pub fixed: Option<PathBuf>,
}

/// Writes what is asked for, a file a list; the paths written. A list that cannot be read is left out and said: its
/// finding stands in the report.
pub fn write(
    study: &Study,
    report: &Report,
    folder: &Path,
    folders: &ListFolders,
    console: &Console,
) -> anyhow::Result<Vec<PathBuf>> {
    let mut written = Vec::new();
    if folders.marked.is_none() && folders.fixed.is_none() {
        return Ok(written);
    }
    let mut taken = BTreeSet::new();
    for (entry, list) in study.file.lists.iter().zip(&study.lists) {
        let path = folder.join(&entry.file);
        let options = list_read_options(&study.file, Some(entry))?;
        let stem = unique_stem(&entry.file, &mut taken);
        let findings: Vec<&ReportedFinding> =
            report.findings.iter().filter(|f| f.finding.source.file == list.file).collect();
        let bytes = std::fs::read(&path).with_context(|| path.display().to_string())?;
        if let Some(out) = &folders.marked {
            match returned(&bytes, &list.file, &findings, &options, console.lang) {
                Ok(workbook) => {
                    let target = out.join(format!("{stem}.marked.xlsx"));
                    write_atomic(&target, |out| out.write_all(&workbook))?;
                    written.push(target);
                }
                Err(error) => console.warn(&error.to_string()),
            }
        }
        if let Some(out) = &folders.fixed {
            match read_bytes(&list.file, &bytes, &options) {
                Ok(raw) => {
                    let target = out.join(format!("{stem}.fixed.xlsx"));
                    let grids = read_grids(&list.file, &bytes, &options)?;
                    let workbook = fixed_list(list, Some(&raw), &grids, &findings)?;
                    write_atomic(&target, |out| out.write_all(&workbook))?;
                    written.push(target);
                }
                Err(error) => console.warn(&error.to_string()),
            }
        }
    }
    Ok(written)
}

/// The file's name without its ending; two lists of one name in different folders are numbered.
fn unique_stem(file: &Path, taken: &mut BTreeSet<String>) -> String {
    let stem = file.file_stem().map_or_else(|| "list".to_owned(), |s| s.to_string_lossy().into_owned());
    let mut name = stem.clone();
    let mut n = 2;
    while !taken.insert(name.clone()) {
        name = format!("{stem}-{n}");
        n += 1;
    }
    name
}
