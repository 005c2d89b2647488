//! What every command says about the data on stderr, before its results.

use std::collections::BTreeMap;
use std::path::PathBuf;

use phusong::finding::{Finding, Level, Rule};
use phusong::lang::Lang;
use phusong::reconcile::ListCount;
use phusong::study::StudyMeta;

use super::console::Console;

/// Findings named one by one at most.
const SHOWN: usize = 10;

/// Says that the data is simulated, where it is.
pub fn say_study(meta: &StudyMeta, console: &Console) {
    console.say(&meta.name);
    if meta.simulated {
        console.say_simulated();
    }
    if let Some(note) = &meta.note {
        console.say(note);
    }
}

/// The lists with the totals that the carriers declared.
pub fn list_table(lists: &[ListCount], console: &Console) -> String {
    let lang = console.lang;
    let columns = [
        (lang.pick("Doanh nghiệp", "Carrier"), false),
        (lang.pick("Tệp", "File"), false),
        (lang.pick("Đã báo cáo", "Declared"), true),
        (lang.pick("Đếm được", "Counted"), true),
        (lang.pick("Dòng", "Rows"), true),
        (lang.pick("Lặp", "Duplicates"), true),
        (lang.pick("Khớp thôn, bản", "Matched"), true),
        (lang.pick("Ngoài danh mục", "Not in register"), true),
    ];
    let rows: Vec<Vec<String>> = lists
        .iter()
        .map(|list| {
            vec![
                list.carrier.name().to_owned(),
                list.file.to_string(),
                list.declared.map_or_else(|| "–".to_owned(), |d| d.to_string()),
                list.counted().to_string(),
                list.areas.to_string(),
                list.duplicates.to_string(),
                list.matched.to_string(),
                list.outside_register.to_string(),
            ]
        })
        .collect();
    phusong::export::text_table(&columns, &rows, console.width())
}

/// Says which files of an earlier run lie in the folder: they are no results of this one.
pub fn say_left_over(paths: &[PathBuf], console: &Console) {
    for path in paths {
        console.warn(&format!(
            "{}: {}",
            path.display(),
            console.lang.pick(
                "tệp có từ trước, không phải kết quả của lần chạy này; hãy xoá hoặc chuyển đi nơi khác",
                "was there before and is no result of this run; delete it or move it away"
            )
        ));
    }
}

/// How many findings of each rule, worst level first; the rows of duplicates by name.
pub fn findings_text(findings: &[&Finding], lang: Lang) -> String {
    let mut by_rule: BTreeMap<(std::cmp::Reverse<Level>, Rule), usize> = BTreeMap::new();
    for finding in findings {
        *by_rule.entry((std::cmp::Reverse(finding.rule.level()), finding.rule)).or_default() += 1;
    }
    let mut text = String::new();
    for ((level, rule), count) in by_rule {
        let level = level.0.word(lang);
        text.push_str(&format!("  {count:>6}  {level:<9} {:<26} {}\n", rule.code(), rule.summary(lang)));
    }
    text
}

/// Names the rows that repeat an earlier one.
pub fn duplicates_text(findings: &[&Finding], lang: Lang) -> String {
    lines(findings.iter().filter(|f| f.rule == Rule::DuplicateWithinCarrier), lang)
}

/// The first errors and warnings, worst first, each with its place: for commands that write no findings.
pub fn first_text(findings: &[&Finding], lang: Lang) -> String {
    let mut worst: Vec<&Finding> =
        findings.iter().copied().filter(|f| f.rule.level() > Level::Info).collect();
    worst.sort_by_key(|f| std::cmp::Reverse(f.rule.level()));
    let mut text = lines(worst.iter().take(SHOWN), lang);
    if worst.len() > SHOWN {
        text.push_str("  …\n");
    }
    text
}

fn lines<'a>(findings: impl Iterator<Item = &'a &'a Finding>, lang: Lang) -> String {
    let mut text = String::new();
    for finding in findings {
        let source = &finding.source;
        let sheet = source.sheet.as_deref().map(|s| format!("{s}!")).unwrap_or_default();
        let row = if source.row == 0 { String::new() } else { format!(" {sheet}{}", source.row) };
        text.push_str(&format!("  {}{row}: {}\n", source.file, finding.message(lang)));
    }
    text
}
