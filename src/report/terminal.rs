//! The report on a terminal: by rule, the worst first, with source cells and a few samples of each.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::io;

use crate::domain::Carrier;
use crate::finding::{Level, Rule};
use crate::lang::{Lang, simulated_data};
use crate::validate::{Report, ReportedFinding};

/// How the report is shown.
#[derive(Debug, Clone, Copy)]
pub struct TerminalOptions {
    /// The language.
    pub lang: Lang,
    /// Whether to colour: only where a terminal shows it.
    pub colour: bool,
    /// At most so many findings of a rule. Default 5.
    pub samples: usize,
    /// Whether `findings.csv` is written beside it, which then has every finding. Default no.
    pub table: bool,
}

impl TerminalOptions {
    /// Without colour, five samples.
    pub fn new(lang: Lang) -> TerminalOptions {
        TerminalOptions { lang, colour: false, samples: 5, table: false }
    }
}

/// Rules of which real lists have hundreds, and which hardly ever ask for anything to be done: one line each, after
/// everything else.
const SUMMED_UP: [Rule; 2] = [Rule::CoordLowPrecision, Rule::CoordRepeated];

/// The findings of a rule and level.
#[derive(Default)]
struct Group {
    count: usize,
    carriers: BTreeMap<String, usize>,
    samples: Vec<ReportedFinding>,
}

/// The report as text.
///
/// # Errors
/// The temporary file that many findings need cannot be read.
pub fn terminal_text(report: &Report, options: TerminalOptions) -> io::Result<String> {
    let page = Page { options };
    let mut groups: BTreeMap<(Reverse<Level>, Rule), Group> = BTreeMap::new();
    for (tally, count) in report.counting() {
        let group = groups.entry((tally.level, tally.rule)).or_default();
        group.count += count;
        let carrier = tally.carrier.as_ref().map_or("–", Carrier::name);
        *group.carriers.entry(carrier.to_owned()).or_default() += count;
    }
    let mut wanted: usize = groups.values().map(|group| group.count.min(options.samples)).sum();
    let mut findings = report.findings.iter();
    while wanted > 0
        && let Some(found) = findings.next()
    {
        let found = found?;
        let group =
            groups.get_mut(&(Reverse(found.level), found.finding.rule)).filter(|_| found.waived.is_none());
        if let Some(group) = group.filter(|group| group.samples.len() < options.samples) {
            group.samples.push(found);
            wanted -= 1;
        }
    }
    let summed_up = |level: Level, rule: Rule| level == Level::Info || SUMMED_UP.contains(&rule);
    let mut text = String::new();
    if report.simulated().0 {
        text.push_str(simulated_data(options.lang));
        text.push('\n');
    }
    for list in report.elsewhere() {
        text.push_str(&page.paint(Level::Error, &visible(list.sentence().pick(options.lang))));
        text.push('\n');
    }
    text.push_str(&page.files(report));
    for ((level, rule), found) in groups.iter().filter(|((l, r), _)| !summed_up(l.0, *r)) {
        text.push_str(&page.group(level.0, *rule, found));
    }
    let rest: Vec<_> = groups.iter().filter(|((l, r), _)| summed_up(l.0, *r)).collect();
    if !rest.is_empty() {
        let title = if options.table {
            options.lang.pick(
                "Nhiều nhưng ít khi phải làm gì (xem từng mục trong findings.csv):",
                "Many, but seldom anything to do (each one is in findings.csv):",
            )
        } else {
            options.lang.pick(
                "Nhiều nhưng ít khi phải làm gì (ghi từng mục ra tệp bằng -o THƯ_MỤC):",
                "Many, but seldom anything to do (-o DIR writes each one to files):",
            )
        };
        text.push_str(&format!("\n{title}\n"));
        for ((level, rule), found) in rest {
            text.push_str(&page.line(level.0, *rule, found));
        }
    }
    text.push_str(&page.not_run(report));
    text.push_str(&page.total(report));
    Ok(text)
}

struct Page {
    options: TerminalOptions,
}

impl Page {
    fn paint(&self, level: Level, text: &str) -> String {
        if !self.options.colour {
            return text.to_owned();
        }
        let code = match level {
            Level::Error => "31;1",
            Level::Warning => "33",
            Level::Info => "36",
        };
        format!("\u{1b}[{code}m{text}\u{1b}[0m")
    }

    fn files(&self, report: &Report) -> String {
        let lang = self.options.lang;
        let mut text = String::new();
        for file in &report.files {
            let number = |value: Option<u64>| value.map_or_else(|| "–".to_owned(), |v| v.to_string());
            text.push_str(&format!(
                "{} ({}): {} {}, {} {}, {} {}\n",
                visible(&file.file),
                visible(file.carrier.as_ref().map_or("–", Carrier::name)),
                number(file.counted),
                lang.pick("khu vực", "areas"),
                number(file.duplicates),
                lang.pick("dòng lặp", "duplicates"),
                lang.pick("đã báo cáo", "declared"),
                number(file.declared),
            ));
        }
        text
    }

    fn group(&self, level: Level, rule: Rule, found: &Group) -> String {
        let lang = self.options.lang;
        let mut text = format!(
            "\n{} {} ({})\n  {}\n",
            self.paint(level, level.word(self.options.lang)),
            rule.code(),
            found.count,
            rule.summary(lang),
        );
        for sample in &found.samples {
            text.push_str(&format!("    {}  {}\n", place(sample), visible(&said(sample, lang))));
        }
        let more = found.count.saturating_sub(self.options.samples);
        if more > 0 {
            text.push_str(&format!("    … {} {more}\n", lang.pick("và thêm", "and more:")));
        }
        text
    }

    /// One line, with the carriers that it is about.
    fn line(&self, level: Level, rule: Rule, found: &Group) -> String {
        let shares: Vec<String> =
            found.carriers.iter().map(|(name, n)| format!("{} {n}", visible(name))).collect();
        format!(
            "  {:>6}  {:<10} {:<26} {} ({})\n",
            found.count,
            level.word(self.options.lang),
            rule.code(),
            rule.summary(self.options.lang),
            shares.join(", "),
        )
    }

    fn not_run(&self, report: &Report) -> String {
        if report.not_run.is_empty() {
            return String::new();
        }
        let lang = self.options.lang;
        let mut text = lang
            .pick(
                "\nCHƯA ĐẦY ĐỦ: các quy tắc sau không chạy được vì thiếu dữ liệu:\n",
                "\nINCOMPLETE: these rules could not run for lack of input:\n",
            )
            .to_owned();
        for missing in &report.not_run {
            text.push_str(&format!("  {:<26} {}\n", missing.rule.code(), needs_text(missing.needs, lang)));
        }
        text
    }

    fn total(&self, report: &Report) -> String {
        let lang = self.options.lang;
        let waived = report.findings.waived();
        let mut parts: Vec<String> = [Level::Error, Level::Warning, Level::Info]
            .into_iter()
            .map(|level| {
                self.paint(level, &format!("{} {}", report.count(level), level.word(self.options.lang)))
            })
            .collect();
        if waived > 0 {
            parts.push(format!("{waived} {}", lang.pick("được miễn", "waived")));
        }
        let known = report.known.map(|known| {
            format!(
                "{known} {}\n",
                lang.pick(
                    "mục đã có trong báo cáo trước (--baseline) không tính ở đây; các mục đó vẫn còn",
                    "known from the baseline are not counted here; they are still there"
                )
            )
        });
        format!("\n{}\n{}", parts.join(", "), known.unwrap_or_default())
    }
}

/// What a rule lacks, in words.
fn needs_text(needs: &'static str, lang: Lang) -> &'static str {
    match needs {
        "villages" => lang.pick("cần danh mục thôn, bản", "needs the register of villages"),
        "communes" => lang.pick(
            "cần ranh giới xã hoặc vị trí thôn, bản",
            "needs outlines of communes or positions of villages",
        ),
        "stations" => lang.pick("cần danh sách trạm", "needs the stations"),
        "programme" => lang.pick("cần chương trình đăng ký", "needs the registered programme"),
        "several_lists" => {
            lang.pick("cần danh sách của nhiều doanh nghiệp", "needs lists of several carriers")
        }
        "declared" => {
            lang.pick("cần tổng số doanh nghiệp đã báo cáo", "needs the totals that carriers declared")
        }
        "technology" => lang.pick("không danh sách nào có cột mạng", "no list has a column of technology"),
        other => other,
    }
}

/// File, sheet and cell (or row).
fn place(found: &ReportedFinding) -> String {
    let source = &found.finding.source;
    let mut text = visible(&source.file);
    if let Some(sheet) = &source.sheet {
        text.push_str(&format!(" {}", visible(sheet)));
    }
    let cell = found.finding.cell().or_else(|| (source.row > 0).then(|| source.row.to_string()));
    if let Some(cell) = cell {
        text.push_str(&format!("!{cell}"));
    }
    text
}

/// The message without what the group's heading says already.
fn said(found: &ReportedFinding, lang: Lang) -> String {
    let message = found.finding.message(lang);
    let rest = message.strip_prefix(found.finding.rule.summary(lang)).unwrap_or(&message);
    rest.trim_start_matches([':', ';', ' ']).to_owned()
}

/// Control characters of foreign text never reach the terminal.
fn visible(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { '\u{FFFD}' } else { c }).collect()
}
