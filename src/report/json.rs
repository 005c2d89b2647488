//! `findings.json`: the whole report as one document.

use std::collections::BTreeMap;
use std::io::{self, Write};

use serde::Serialize;
use serde::ser::{Error as _, SerializeSeq, Serializer};

use crate::finding::Level;
use crate::lang::Lang;
use crate::validate::{FileSummary, Findings, Report, ReportedFinding, rules};

#[derive(Serialize)]
struct Document<'a> {
    program: &'static str,
    version: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    study: Option<StudyOut<'a>>,
    summary: Summary,
    files: Vec<FileOut<'a>>,
    findings: Stream<'a>,
    waived: Stream<'a>,
    /// Rules that lacked their input: the report is incomplete in these.
    not_run: Vec<NotRunOut>,
}

#[derive(Serialize)]
struct StudyOut<'a> {
    name: &'a str,
    date: Option<&'a str>,
    simulated: bool,
    note: Option<&'a str>,
}

#[derive(Serialize)]
struct Summary {
    files: usize,
    areas: u64,
    errors: usize,
    warnings: usize,
    infos: usize,
    waived: usize,
    complete: bool,
    /// Findings of the baseline, which are left out; absent without a baseline.
    #[serde(skip_serializing_if = "Option::is_none")]
    known_from_baseline: Option<usize>,
    by_rule: BTreeMap<&'static str, usize>,
    /// Lists of which most areas are not of the province, with what that means; absent where there are none.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    elsewhere: Vec<ElsewhereOut>,
}

#[derive(Serialize)]
struct ElsewhereOut {
    file: String,
    areas: u64,
    outside_province: u64,
    unknown_communes: u64,
    message: String,
}

#[derive(Serialize)]
struct FileOut<'a> {
    file: &'a str,
    carrier: Option<&'a str>,
    declared: Option<u64>,
    counted: Option<u64>,
    duplicates: Option<u64>,
}

#[derive(Serialize)]
struct NotRunOut {
    rule: &'static str,
    needs: &'static str,
}

/// One finding, as JSON has it.
#[derive(Serialize)]
pub(super) struct FindingOut<'a> {
    rule: &'static str,
    level: &'static str,
    carrier: Option<&'a str>,
    file: &'a str,
    sheet: Option<&'a str>,
    row: Option<u32>,
    column: Option<&'a str>,
    cell: Option<String>,
    raw: Option<&'a str>,
    used: Option<&'a str>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    facts: BTreeMap<&'static str, &'a str>,
    message: String,
    help: &'static str,
    fingerprint: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    waived: Option<WaivedOut<'a>>,
}

#[derive(Serialize)]
struct WaivedOut<'a> {
    reason: &'a str,
    who: &'a str,
    until: &'a str,
}

/// The findings that are waived, or those that are not, one after another.
struct Stream<'a> {
    findings: &'a Findings,
    waived: bool,
    lang: Lang,
}

impl Serialize for Stream<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut list = serializer.serialize_seq(None)?;
        if !self.waived || self.findings.waived() > 0 {
            for found in self.findings.iter() {
                let found = found.map_err(S::Error::custom)?;
                if found.waived.is_some() == self.waived {
                    list.serialize_element(&finding_out(&found, self.lang))?;
                }
            }
        }
        list.end()
    }
}

/// A finding as JSON has it, in a language.
pub(super) fn finding_out(found: &ReportedFinding, lang: Lang) -> FindingOut<'_> {
    let finding = &found.finding;
    FindingOut {
        rule: finding.rule.code(),
        level: found.level.key(),
        carrier: finding.carrier.as_ref().map(|c| c.name()),
        file: &finding.source.file,
        sheet: finding.source.sheet.as_deref(),
        row: (finding.source.row > 0).then_some(finding.source.row),
        column: finding.column.as_ref().map(|(_, title)| title.as_str()),
        cell: finding.cell(),
        raw: finding.raw.as_deref(),
        used: finding.used.as_deref(),
        facts: finding.facts.iter().map(|(name, value)| (*name, value.as_str())).collect(),
        message: finding.message(lang),
        help: rules::doc(finding.rule).mend.pick(lang),
        fingerprint: &found.fingerprint,
        waived: found.waived.as_ref().map(|w| WaivedOut { reason: &w.reason, who: &w.who, until: &w.until }),
    }
}

/// Writes the report as one JSON document, messages in `lang`.
///
/// # Errors
/// Those of the writer.
pub fn write_json(report: &Report, lang: Lang, out: &mut dyn Write) -> io::Result<()> {
    let document = Document {
        program: "phusong",
        version: env!("CARGO_PKG_VERSION"),
        study: report.study.as_ref().map(|s| StudyOut {
            name: &s.name,
            date: s.date.as_deref(),
            simulated: s.simulated,
            note: s.note.as_deref(),
        }),
        summary: summary(report, lang),
        files: report.files.iter().map(file_out).collect(),
        findings: Stream { findings: &report.findings, waived: false, lang },
        waived: Stream { findings: &report.findings, waived: true, lang },
        not_run: report.not_run.iter().map(|n| NotRunOut { rule: n.rule.code(), needs: n.needs }).collect(),
    };
    serde_json::to_writer_pretty(&mut *out, &document)?;
    out.write_all(b"\n")
}

fn summary(report: &Report, lang: Lang) -> Summary {
    Summary {
        files: report.files.len(),
        areas: report.areas,
        errors: report.count(Level::Error),
        warnings: report.count(Level::Warning),
        infos: report.count(Level::Info),
        waived: report.findings.waived(),
        complete: report.not_run.is_empty(),
        known_from_baseline: report.known,
        elsewhere: report
            .elsewhere()
            .into_iter()
            .map(|list| ElsewhereOut {
                message: list.sentence().pick(lang).to_owned(),
                areas: list.areas,
                outside_province: list.outside,
                unknown_communes: list.unknown_communes,
                file: list.file,
            })
            .collect(),
        by_rule: report.by_rule().into_iter().map(|(rule, count)| (rule.code(), count)).collect(),
    }
}

fn file_out(file: &FileSummary) -> FileOut<'_> {
    FileOut {
        file: &file.file,
        carrier: file.carrier.as_ref().map(|c| c.name()),
        declared: file.declared,
        counted: file.counted,
        duplicates: file.duplicates,
    }
}
