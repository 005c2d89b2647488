//! The findings as the page's script reads them: short arrays, strings that recur kept once.

use std::collections::{BTreeMap, BTreeSet};
use std::io;

use serde::Serialize;

use super::places::Places;
use super::text;
use crate::domain::Carrier;
use crate::finding::{Level, Rule, fact_label, reason};
use crate::lang::Lang;
use crate::validate::{Report, ReportedFinding};

/// A cell may hold a novel: the page shows its beginning, the CSV has it all.
const MAX_CHARS: usize = 300;

/// The JSON block.
#[derive(Serialize)]
pub(super) struct Page {
    /// Names → [Vietnamese, English].
    ui: BTreeMap<&'static str, [&'static str; 2]>,
    /// Names of facts, likewise.
    labels: BTreeMap<&'static str, [&'static str; 2]>,
    /// Rules that fired, in the order of the table.
    rules: Vec<PageRule>,
    /// Files, sheets, column titles, carriers, communes.
    strings: Vec<String>,
    findings: Vec<Row>,
}

#[derive(Serialize)]
struct PageRule {
    code: &'static str,
    text: [&'static str; 2],
}

/// rule, level, file, sheet, row, cell, column, carrier, commune, village, raw, used, facts, fingerprint, waived.
/// Numbers for the recurring ones are places in `rules` and `strings`; row 0 is the whole file.
#[derive(Serialize)]
struct Row(
    usize,
    &'static str,
    usize,
    Option<usize>,
    u32,
    Option<String>,
    Option<usize>,
    Option<usize>,
    Option<usize>,
    Option<usize>,
    Option<String>,
    Option<String>,
    Vec<(&'static str, Fact)>,
    String,
    Option<[String; 3]>,
);

/// A fact: the same in both languages, or Vietnamese and English.
#[derive(Serialize)]
#[serde(untagged)]
enum Fact {
    Same(String),
    Both([String; 2]),
}

fn fact(name: &str, value: &str) -> Fact {
    let (vi, en) = (reason(value, Lang::Vi), reason(value, Lang::En));
    if name == "reason" && vi != en {
        Fact::Both([shorten(&vi), shorten(&en)])
    } else {
        Fact::Same(shorten(value))
    }
}

/// Strings, each kept once.
#[derive(Default)]
struct Strings {
    all: Vec<String>,
    places: BTreeMap<String, usize>,
}

impl Strings {
    fn place(&mut self, text: &str) -> usize {
        if let Some(place) = self.places.get(text) {
            return *place;
        }
        self.places.insert(text.to_owned(), self.all.len());
        self.all.push(text.to_owned());
        self.all.len() - 1
    }
}

/// The most findings that a page has in full; of more, it has the first [`OF_A_RULE`] of each rule and level.
const MAX_FINDINGS: usize = 60_000;
/// See [`MAX_FINDINGS`].
pub(super) const OF_A_RULE: usize = 1_000;

/// Whether the page has only the first findings of each rule.
pub(super) fn is_cut(report: &Report) -> bool {
    report.findings.len() > MAX_FINDINGS
}

/// Gathers what the page needs.
pub(super) fn page(report: &Report, places: &Places<'_>) -> io::Result<Page> {
    let fired: BTreeSet<Rule> = report.findings.tallies().map(|(tally, _)| tally.rule).collect();
    let fired: BTreeMap<Rule, usize> = fired.into_iter().zip(0..).collect();
    let carriers: BTreeMap<&str, &Carrier> =
        report.files.iter().filter_map(|f| Some((f.file.as_str(), f.carrier.as_ref()?))).collect();
    let limit = if is_cut(report) { OF_A_RULE } else { usize::MAX };
    let mut shown: BTreeMap<(Rule, Level, bool), usize> = BTreeMap::new();
    let mut strings = Strings::default();
    let mut labels = BTreeMap::new();
    let mut findings = Vec::new();
    for found in report.findings.iter() {
        let found = found?;
        let so_far = shown.entry((found.finding.rule, found.level, found.waived.is_some())).or_default();
        *so_far += 1;
        if *so_far > limit {
            continue;
        }
        for (name, _) in &found.finding.facts {
            labels.entry(*name).or_insert_with(|| both(|lang| fact_label(name, lang)));
        }
        let rule = fired.get(&found.finding.rule).copied().unwrap_or(0);
        findings.push(row(found, rule, &carriers, places, &mut strings));
    }
    Ok(Page {
        ui: text::UI.iter().map(|(key, vi, en)| (*key, [*vi, *en])).collect(),
        labels,
        rules: fired
            .keys()
            .map(|rule| PageRule { code: rule.code(), text: both(|lang| rule.summary(lang)) })
            .collect(),
        strings: strings.all,
        findings,
    })
}

fn row(
    found: ReportedFinding,
    rule: usize,
    carriers: &BTreeMap<&str, &Carrier>,
    places: &Places<'_>,
    strings: &mut Strings,
) -> Row {
    let finding = &found.finding;
    let carrier = finding.carrier.as_ref().or_else(|| carriers.get(&*finding.source.file).copied());
    let (commune, villages) = places.names(finding);
    Row(
        rule,
        found.level.key(),
        strings.place(&finding.source.file),
        finding.source.sheet.as_deref().map(|sheet| strings.place(sheet)),
        finding.source.row,
        finding.cell(),
        finding.column.as_ref().map(|(_, title)| strings.place(title)),
        carrier.map(|c| strings.place(c.name())),
        commune.map(|commune| strings.place(&commune)),
        villages.map(|villages| strings.place(&villages)),
        finding.raw.as_deref().map(shorten),
        finding.used.as_deref().map(shorten),
        finding.facts.iter().map(|(name, value)| (*name, fact(name, value))).collect(),
        found.fingerprint,
        found.waived.map(|w| [w.reason, w.who, w.until]),
    )
}

fn both(text: impl Fn(Lang) -> &'static str) -> [&'static str; 2] {
    [text(Lang::Vi), text(Lang::En)]
}

/// The beginning, with control characters made visible.
fn shorten(text: &str) -> String {
    let visible = |c: char| if c.is_control() && c != '\n' { '\u{FFFD}' } else { c };
    let mut out: String = text.chars().take(MAX_CHARS).map(visible).collect();
    if text.chars().nth(MAX_CHARS).is_some() {
        out.push('…');
    }
    out
}
