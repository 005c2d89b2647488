//! All findings together → the report.

use std::collections::BTreeSet;

use super::config::Config;
use super::fingerprint::Fingerprints;
use super::inputs::{Inputs, View};
use super::locate::Columns;
use super::model::{FileSummary, Report, ReportedFinding};
use super::order::Places;
use super::{needs, rules, waive};
use crate::finding::{Finding, Rule};
use crate::reconcile::ListCount;

/// Validates: the findings of earlier stages, those of the rules that observe, put in order, named and judged.
pub fn run(inputs: &Inputs<'_>, config: &Config) -> Report {
    let not_run = needs::not_run(inputs);
    let silent: BTreeSet<Rule> = not_run.iter().map(|n| n.rule).collect();
    let view = View::new(inputs, config);
    let mut findings: Vec<Finding> = inputs
        .lists
        .iter()
        .flat_map(|list| &list.findings)
        .chain(&inputs.result.findings)
        .chain(inputs.register_findings)
        .filter(|finding| !silent.contains(&finding.rule))
        .cloned()
        .collect();
    for (rule, check) in rules::observers().filter(|(rule, _)| !silent.contains(rule)) {
        if config.carriers.is_empty() && config.level(rule, None).is_none() {
            continue;
        }
        check(&view, &mut findings);
    }
    let columns = Columns::new(inputs.lists);
    findings.iter_mut().for_each(|finding| columns.add(finding));
    let places = Places::new(inputs.lists);
    findings.sort_by(|a, b| places.compare(a, b));
    let mut fingerprints = Fingerprints::new(inputs.result);
    let mut findings: Vec<ReportedFinding> = findings
        .into_iter()
        .filter_map(|finding| {
            // Every finding takes its number, also where its rule is off: switching a rule must not rename others.
            let fingerprint = fingerprints.next(&finding);
            let level = config.level(finding.rule, finding.carrier.as_ref())?;
            Some(ReportedFinding { finding, level, fingerprint, waived: None })
        })
        .collect();
    waive::waive(&mut findings, config);
    Report {
        study: inputs.study.cloned(),
        files: files(inputs),
        areas: inputs.result.lists.iter().map(ListCount::counted).sum(),
        findings,
        not_run,
    }
}

fn files(inputs: &Inputs<'_>) -> Vec<FileSummary> {
    let lists = inputs.result.lists.iter();
    lists
        .map(|list| FileSummary {
            file: list.file.to_string(),
            carrier: Some(list.carrier.clone()),
            declared: list.declared,
            counted: Some(list.counted()),
            duplicates: Some(list.duplicates),
        })
        .collect()
}
