//! All findings together → the report.

use std::collections::BTreeSet;
use std::io;

use rayon::iter::{IndexedParallelIterator, IntoParallelRefIterator, ParallelIterator};

use super::config::Config;
use super::findings::FindingsWriter;
use super::fingerprint::Fingerprints;
use super::inputs::{Inputs, View};
use super::locate::Columns;
use super::model::{FileSummary, Report, ReportedFinding};
use super::order::Places;
use super::rules::Check;
use super::sort::Sorter;
use super::waive::Waivers;
use super::{needs, rules};
use crate::finding::{Finding, FindingLog, LoggedFindings, Rule};
use crate::reconcile::ListCount;

/// Validates: the findings of earlier stages, those of the rules that observe, put in order, named and judged.
///
/// # Errors
/// The temporary file that many findings need cannot be read or written.
pub fn run(inputs: &Inputs<'_>, config: &Config) -> io::Result<Report> {
    let not_run = needs::not_run(inputs);
    let silent: BTreeSet<Rule> = not_run.iter().map(|n| n.rule).collect();
    let columns = Columns::new(&inputs.matches.heads);
    let places = Places::new(&inputs.matches.heads);
    let mut sorter = Sorter::new(&places);
    let mut take = |mut finding: Finding| {
        columns.add(&mut finding);
        sorter.push(finding);
    };
    let earlier = |finding: &Finding| !silent.contains(&finding.rule);
    let is_on = |rule: Rule| !config.carriers.is_empty() || config.level(rule, None).is_some();
    let checks: Vec<Check> = rules::observers()
        .filter(|(rule, _)| !silent.contains(rule) && is_on(*rule))
        .map(|(_, check)| check)
        .collect();
    let view = View::new(inputs, config);
    // Each rule looks at all areas by itself, while the findings of earlier stages are taken.
    let observe = |check: &Check| -> io::Result<LoggedFindings> {
        let mut log = FindingLog::default();
        check(&view, &mut |finding| log.push(&finding));
        log.finish()
    };
    let (taken, observed) = rayon::join(
        || -> io::Result<()> {
            for log in inputs.findings {
                log.each(|finding| {
                    if earlier(&finding) {
                        take(finding);
                    }
                    Ok(())
                })?;
            }
            inputs.register_findings.iter().filter(|finding| earlier(finding)).cloned().for_each(&mut take);
            Ok(())
        },
        || checks.par_iter().with_max_len(1).map(observe).collect::<Vec<_>>(),
    );
    taken?;
    for log in observed {
        log?.each(|finding| {
            take(finding);
            Ok(())
        })?;
    }
    drop(view);
    let mut fingerprints = Fingerprints::new(inputs.matches);
    let waivers = Waivers::new(config);
    let mut findings = FindingsWriter::default();
    sorter.finish(|finding| {
        // Every finding takes its number, also where its rule is off: switching a rule must not rename others.
        let fingerprint = fingerprints.next(&finding);
        if let Some(level) = config.level(finding.rule, finding.carrier.as_ref()) {
            let waived = waivers.of(&fingerprint, finding.rule);
            findings.push(&ReportedFinding { finding, level, fingerprint, waived });
        }
        Ok(())
    })?;
    Ok(Report {
        study: inputs.study.cloned(),
        files: files(inputs),
        areas: inputs.matches.lists.iter().map(ListCount::counted).sum(),
        findings: findings.finish()?,
        not_run,
        known: None,
    })
}

fn files(inputs: &Inputs<'_>) -> Vec<FileSummary> {
    let lists = inputs.matches.lists.iter();
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
