//! What `phusong validate` writes a file a list: the carrier's own workbook with its faults marked, and the repaired
//! list.

use std::collections::BTreeSet;
use std::io;
use std::path::{Path, PathBuf};

use anyhow::bail;
use phusong::domain::Carrier;
use phusong::export::write_atomic;
use phusong::finding::reason;
use phusong::lang::Lang;
use phusong::normalize::list::area_list;
use phusong::normalize::value::Date;
use phusong::read::{read_bytes, read_grids};
use phusong::report::fixed::fixed_list;
use phusong::report::workbook::{ReturnOptions, returned};
use phusong::study::{ListEntry, Study, is_same_file, list_read_options};
use phusong::text::Simulated;
use phusong::validate::{Report, ReportedFinding};

use super::console::Console;

/// What the names of returned and of repaired lists end in.
const RETURNED: [&str; 2] = [".marked", ".fixed"];

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
    today: Date,
    console: &Console,
) -> anyhow::Result<Vec<PathBuf>> {
    let mut written = Vec::new();
    if folders.marked.is_none() && folders.fixed.is_none() {
        return Ok(written);
    }
    let mut taken = BTreeSet::new();
    let inputs: Vec<PathBuf> =
        study.file.lists.iter().filter_map(|list| folder.join(&list.file).canonicalize().ok()).collect();
    let how = ReturnOptions { lang: console.lang, simulated: Simulated(study.file.study.simulated) };
    for (entry, context) in study.file.lists.iter().zip(study.list_contexts(Some(today))) {
        let path = folder.join(&entry.file);
        let options = list_read_options(&study.file, Some(entry))?;
        let name = path.file_name().map_or_else(|| path.to_string_lossy(), |name| name.to_string_lossy());
        // A list is never written over: it may lie in the folder of the results.
        let is_input = |stem: &str| {
            let targets = [(&folders.marked, "marked"), (&folders.fixed, "fixed")];
            let paths = targets
                .iter()
                .filter_map(|(out, kind)| Some(out.as_ref()?.join(format!("{stem}.{kind}.xlsx"))));
            paths.filter_map(|path| path.canonicalize().ok()).any(|path| inputs.contains(&path))
        };
        let stem = unique_stem(&entry.file, &mut taken, is_input);
        let of_list = |found: &io::Result<ReportedFinding>| {
            found.as_ref().map_or(true, |found| *found.finding.source.file == *name)
        };
        let findings: Vec<ReportedFinding> =
            report.findings.iter().filter(of_list).collect::<io::Result<_>>()?;
        let findings: Vec<&ReportedFinding> = findings.iter().collect();
        // Why it cannot be opened stands among the findings.
        let Ok(bytes) = std::fs::read(&path) else { continue };
        if let Some(out) = &folders.marked {
            match returned(&bytes, &name, &findings, &options, how) {
                Ok(workbook) => {
                    let target = out.join(format!("{stem}.marked.xlsx"));
                    write_atomic(&target, |out| out.write_all(&workbook))?;
                    if is_rebuilt(&bytes) {
                        console.say(&format!("{name}: {}", rebuilt_text(console.lang)));
                    }
                    written.push(target);
                }
                Err(error) => console.warn(&reason(&error.to_string(), console.lang)),
            }
        }
        if let Some(out) = &folders.fixed {
            match read_bytes(&name, &bytes, &options) {
                Ok(raw) => {
                    let target = out.join(format!("{stem}.fixed.xlsx"));
                    let grids = read_grids(&name, &bytes, &options)?;
                    let workbook =
                        fixed_list(&area_list(&raw, &context), Some(&raw), &grids, &findings, how.simulated)?;
                    write_atomic(&target, |out| out.write_all(&workbook))?;
                    written.push(target);
                }
                Err(error) => console.warn(&reason(&error.to_string(), console.lang)),
            }
        }
    }
    Ok(written)
}

/// Warns of lists of two carriers that are the same to the byte.
pub fn warn_of_same(study: &Study, folder: &Path, console: &Console) {
    let lists = &study.file.lists;
    for (number, list) in lists.iter().enumerate() {
        let same = |first: &&ListEntry| is_same_file(&folder.join(&first.file), &folder.join(&list.file));
        let Some(first) = lists[..number].iter().find(same) else { continue };
        console.warn(&format!(
            "{} ({}) = {} ({}): {}",
            list.file.display(),
            list.carrier,
            first.file.display(),
            first.carrier,
            console.lang.pick(
                "hai doanh nghiệp có cùng một danh sách, giống nhau từng byte; hãy kiểm tra xem có nhầm tệp không",
                "two carriers with one and the same list, to the byte; check that it is not one carrier's file twice"
            )
        ));
    }
}

/// Whether a workbook is of a kind that is not marked in place: XLS, ODS.
fn is_rebuilt(bytes: &[u8]) -> bool {
    let is_ods = bytes.get(30..85).is_some_and(|part| part.starts_with(b"mimetypeapplication/vnd.oasis."));
    bytes.starts_with(&[0xD0, 0xCF, 0x11, 0xE0]) || is_ods
}

fn rebuilt_text(lang: Lang) -> &'static str {
    lang.pick(
        "chỉ tệp .xlsx được trả về nguyên dạng; tệp này được chép sang sổ mới, mất ô gộp và định dạng",
        "only .xlsx files go back as they are; this one was copied into a new workbook, without merged cells and formats",
    )
}

/// The file's name without its ending and what our own returns add to it; two lists of one name in different folders are
/// numbered.
fn unique_stem(file: &Path, taken: &mut BTreeSet<String>, is_input: impl Fn(&str) -> bool) -> String {
    let stem = file.file_stem().map_or_else(|| "list".to_owned(), |s| s.to_string_lossy().into_owned());
    let mut plain = stem.as_str();
    while let Some(shorter) =
        RETURNED.iter().find_map(|end| plain.strip_suffix(end)).filter(|s| !s.is_empty())
    {
        plain = shorter;
    }
    let mut name = plain.to_owned();
    let mut n = 2;
    while is_input(&name) || !taken.insert(name.clone()) {
        name = format!("{plain}-{n}");
        n += 1;
    }
    name
}

/// The lists without those that stand among them already, under the same name or another, each with its carrier. A list read
/// twice would count every village twice, and all of them as duplicates.
pub fn each_once(
    files: &[PathBuf],
    carriers: &[String],
    console: &Console,
) -> anyhow::Result<(Vec<PathBuf>, Vec<String>)> {
    let mut kept: Vec<usize> = Vec::new();
    for (number, file) in files.iter().enumerate() {
        let Some(&first) = kept.iter().find(|&&first| is_same_file(&files[first], file)) else {
            kept.push(number);
            continue;
        };
        let same = format!("{} = {}", file.display(), files[first].display());
        if let (Some(one), Some(other)) = (carriers.get(first), carriers.get(number))
            && Carrier::from_name(one) != Carrier::from_name(other)
        {
            bail!(
                "{same}: {}",
                console.lang.pick(
                    "cùng một nội dung mà ghi cho hai doanh nghiệp; hãy đưa danh sách của từng doanh nghiệp",
                    "one and the same list, given for two carriers; give each carrier's own"
                )
            );
        }
        console.warn(&format!(
            "{same}: {}",
            console.lang.pick(
                "cùng một nội dung, chỉ đọc một lần; hãy bỏ bớt một tệp",
                "one and the same list, read once; leave one of them out"
            )
        ));
    }
    let carriers = match kept.len() < files.len() {
        true => kept.iter().filter_map(|&number| carriers.get(number).cloned()).collect(),
        false => carriers.to_vec(),
    };
    Ok((kept.into_iter().map(|number| files[number].clone()).collect(), carriers))
}
