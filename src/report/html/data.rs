//! The findings as the page's script reads them: short arrays, strings that recur kept once.

use std::collections::BTreeMap;

use serde::Serialize;

use super::places::Places;
use super::text;
use crate::domain::Carrier;
use crate::finding::{Rule, fact_label, reason};
use crate::lang::Lang;
use crate::validate::{Report, ReportedFinding};

/// A cell may hold a novel: the page shows its beginning, the CSV has it all.
const MAX_CHARS: usize = 300;

/// The JSON block.
#[derive(Serialize)]
pub(super) struct Page<'a> {
    /// Names → [Vietnamese, English].
    ui: BTreeMap<&'static str, [&'static str; 2]>,
    /// Names of facts, likewise.
    labels: BTreeMap<&'static str, [&'static str; 2]>,
    /// Rules that fired, in the order of the table.
    rules: Vec<PageRule>,
    /// Files, sheets, column titles, carriers, communes.
    strings: Vec<&'a str>,
    findings: Vec<Row<'a>>,
}

#[derive(Serialize)]
struct PageRule {
    code: &'static str,
    text: [&'static str; 2],
}

/// rule, level, file, sheet, row, cell, column, carrier, commune, village, raw, used, facts, fingerprint, waived.
/// Numbers for the recurring ones are places in `rules` and `strings`; row 0 is the whole file.
#[derive(Serialize)]
struct Row<'a>(
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
    &'a str,
    Option<[&'a str; 3]>,
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
struct Strings<'a> {
    all: Vec<&'a str>,
    places: BTreeMap<&'a str, usize>,
}

impl<'a> Strings<'a> {
    fn place(&mut self, text: &'a str) -> usize {
        *self.places.entry(text).or_insert_with(|| {
            self.all.push(text);
            self.all.len() - 1
        })
    }
}

/// Gathers what the page needs.
pub(super) fn page<'a>(report: &'a Report, places: &'a Places) -> Page<'a> {
    let fired: BTreeMap<Rule, usize> = {
        let mut rules: Vec<Rule> = report.findings.iter().map(|f| f.finding.rule).collect();
        rules.sort_unstable();
        rules.dedup();
        rules.into_iter().zip(0..).collect()
    };
    let carriers: BTreeMap<&str, &Carrier> =
        report.files.iter().filter_map(|f| Some((f.file.as_str(), f.carrier.as_ref()?))).collect();
    let mut strings = Strings::default();
    let mut labels = BTreeMap::new();
    let findings = report
        .findings
        .iter()
        .map(|found| {
            for (name, _) in &found.finding.facts {
                labels.entry(*name).or_insert_with(|| both(|lang| fact_label(name, lang)));
            }
            row(found, fired[&found.finding.rule], &carriers, places, &mut strings)
        })
        .collect();
    Page {
        ui: text::UI.iter().map(|(key, vi, en)| (*key, [*vi, *en])).collect(),
        labels,
        rules: fired
            .keys()
            .map(|rule| PageRule { code: rule.code(), text: both(|lang| rule.summary(lang)) })
            .collect(),
        strings: strings.all,
        findings,
    }
}

fn row<'a>(
    found: &'a ReportedFinding,
    rule: usize,
    carriers: &BTreeMap<&str, &'a Carrier>,
    places: &'a Places,
    strings: &mut Strings<'a>,
) -> Row<'a> {
    let finding = &found.finding;
    let carrier = finding.carrier.as_ref().or_else(|| carriers.get(&*finding.source.file).copied());
    Row(
        rule,
        found.level.key(),
        strings.place(&finding.source.file),
        finding.source.sheet.as_deref().map(|sheet| strings.place(sheet)),
        finding.source.row,
        finding.cell(),
        finding.column.as_ref().map(|(_, title)| strings.place(title)),
        carrier.map(|c| strings.place(c.name())),
        places.commune(finding).map(|commune| strings.place(commune)),
        places.villages(finding).map(|villages| strings.place(villages)),
        finding.raw.as_deref().map(shorten),
        finding.used.as_deref().map(shorten),
        finding.facts.iter().map(|(name, value)| (*name, fact(name, value))).collect(),
        &found.fingerprint,
        found.waived.as_ref().map(|w| [w.reason.as_str(), w.who.as_str(), w.until.as_str()]),
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
