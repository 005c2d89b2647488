//! The report as data.

use std::collections::BTreeMap;

use super::findings::{Findings, Tally};
use crate::domain::Carrier;
use crate::finding::{Finding, Level, Rule};
use crate::text::Simulated;

/// A finding with what the configuration made of it.
#[derive(Debug, Clone, PartialEq)]
pub struct ReportedFinding {
    /// The finding.
    pub finding: Finding,
    /// Its level after the study's configuration.
    pub level: Level,
    /// Stable over re-sorted files: made of rule, carrier and content, not of the row number.
    pub fingerprint: String,
    /// Set where somebody has waived it; it then counts in no total.
    pub waived: Option<Waived>,
}

/// Who waived a finding, why and until when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waived {
    /// Why.
    pub reason: String,
    /// Who.
    pub who: String,
    /// The last day on which it holds, ISO 8601.
    pub until: String,
}

/// One input file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileSummary {
    /// The file's name.
    pub file: String,
    /// Whose list, where it is a list.
    pub carrier: Option<Carrier>,
    /// What the carrier declared.
    pub declared: Option<u64>,
    /// Areas without the duplicates.
    pub counted: Option<u64>,
    /// Areas that repeat an earlier one.
    pub duplicates: Option<u64>,
}

/// A rule that could not run: the report is then incomplete, never clean.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotRun {
    /// The rule.
    pub rule: Rule,
    /// What it would need, by key: `villages`, `communes`, `stations`, `programme`, `terrain`, `several_lists`.
    pub needs: &'static str,
}

/// What is validated.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StudySummary {
    /// Its name.
    pub name: String,
    /// The day that the lists speak of, where it is stated.
    pub date: Option<String>,
    /// Whether data is simulated.
    pub simulated: bool,
    /// The study's note.
    pub note: Option<String>,
}

/// Everything that a renderer shows.
#[derive(Debug, Clone)]
pub struct Report {
    /// The study, where there is one.
    pub study: Option<StudySummary>,
    /// The files, in the order given.
    pub files: Vec<FileSummary>,
    /// Areas in all lists, those that repeat an earlier one of their list left out.
    pub areas: u64,
    /// The findings, in a total order: file order, sheet, row, column, rule.
    pub findings: Findings,
    /// Rules that could not run, and what they lack.
    pub not_run: Vec<NotRun>,
    /// Where the report was compared with an older one: how many findings that one had already, which are left out here.
    pub known: Option<usize>,
}

impl Report {
    /// Whether the study says that its data is simulated.
    pub fn simulated(&self) -> Simulated {
        Simulated(self.study.as_ref().is_some_and(|study| study.simulated))
    }

    /// Findings that count (not waived) of a level.
    pub fn count(&self, level: Level) -> usize {
        self.counting().filter(|(tally, _)| tally.level.0 == level).map(|(_, count)| count).sum()
    }

    /// How many findings of each rule count, by rule.
    pub fn by_rule(&self) -> BTreeMap<Rule, usize> {
        let mut counts = BTreeMap::new();
        for (tally, count) in self.counting() {
            *counts.entry(tally.rule).or_default() += count;
        }
        counts
    }

    /// The tallies of findings that count: those that nobody waived.
    pub fn counting(&self) -> impl Iterator<Item = (&Tally, usize)> {
        self.findings.tallies().filter(|(tally, _)| !tally.waived)
    }
}
