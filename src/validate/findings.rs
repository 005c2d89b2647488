//! The findings of a report: counted exactly, kept packed, read in their order as often as a renderer wants.

use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap};
use std::io;
use std::sync::Arc;

use super::model::{ReportedFinding, Waived};
use crate::domain::Carrier;
use crate::finding::{FindingLog, Level, LogReader, LoggedFindings, Rule};

/// What findings are counted by.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Tally {
    /// The level, the worst first.
    pub level: Reverse<Level>,
    /// The rule.
    pub rule: Rule,
    /// The file.
    pub file: Arc<str>,
    /// Whose list.
    pub carrier: Option<Carrier>,
    /// Whether somebody waived it; it then counts in no total.
    pub waived: bool,
}

/// All findings of a report, in their total order: file, sheet, row, column, rule.
#[derive(Debug, Clone)]
pub struct Findings {
    log: LoggedFindings,
    waivers: Arc<Vec<Waived>>,
    tallies: BTreeMap<Tally, usize>,
}

/// Takes the findings of a report in their order.
#[derive(Debug, Default)]
pub(super) struct FindingsWriter {
    log: FindingLog,
    waivers: Vec<Waived>,
    tallies: HashMap<Tally, usize>,
}

impl FindingsWriter {
    pub fn push(&mut self, found: &ReportedFinding) {
        let waiver = found.waived.as_ref().map_or(0, |waived| {
            let known = self.waivers.iter().position(|w| w == waived);
            known.unwrap_or_else(|| {
                self.waivers.push(waived.clone());
                self.waivers.len() - 1
            }) + 1
        });
        let (hash, nth) = numbers(&found.fingerprint);
        self.log.push_with(&found.finding, &[found.level as u64, hash, nth, waiver as u64]);
        let tally = Tally {
            level: Reverse(found.level),
            rule: found.finding.rule,
            file: Arc::clone(&found.finding.source.file),
            carrier: found.finding.carrier.clone(),
            waived: found.waived.is_some(),
        };
        *self.tallies.entry(tally).or_default() += 1;
    }

    pub fn finish(self) -> io::Result<Findings> {
        Ok(Findings {
            log: self.log.finish()?,
            waivers: Arc::new(self.waivers),
            tallies: self.tallies.into_iter().collect(),
        })
    }
}

/// A fingerprint as it is printed.
pub(super) fn printed(hash: u64, nth: u64) -> String {
    if nth <= 1 { format!("{hash:016x}") } else { format!("{hash:016x}-{nth}") }
}

/// The numbers that a fingerprint is printed from.
fn numbers(fingerprint: &str) -> (u64, u64) {
    let (hash, nth) = fingerprint.split_once('-').unwrap_or((fingerprint, "1"));
    (u64::from_str_radix(hash, 16).unwrap_or(0), nth.parse().unwrap_or(1))
}

impl Findings {
    /// The findings given, in the order given. Fingerprints are 16 hexadecimal digits and perhaps `-` and a number.
    ///
    /// # Errors
    /// The temporary file that many findings need cannot be written.
    pub fn new(findings: &[ReportedFinding]) -> io::Result<Findings> {
        let mut writer = FindingsWriter::default();
        findings.iter().for_each(|found| writer.push(found));
        writer.finish()
    }

    /// How many there are, waived ones among them.
    pub fn len(&self) -> usize {
        self.log.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.log.is_empty()
    }

    /// How many there are of each kind, by level (the worst first), rule, file and carrier.
    pub fn tallies(&self) -> impl Iterator<Item = (&Tally, usize)> {
        self.tallies.iter().map(|(tally, count)| (tally, *count))
    }

    /// How many somebody waived.
    pub fn waived(&self) -> usize {
        self.tallies().filter(|(tally, _)| tally.waived).map(|(_, count)| count).sum()
    }

    /// Reads all in order. An error ends the reading; it is that of the temporary file.
    pub fn iter(&self) -> FindingsIter<'_> {
        FindingsIter { findings: self, reader: Some(self.log.read()) }
    }
}

/// Reads findings in order.
#[derive(Debug)]
pub struct FindingsIter<'a> {
    findings: &'a Findings,
    /// `None` at the end and after an error.
    reader: Option<io::Result<LogReader>>,
}

impl Iterator for FindingsIter<'_> {
    type Item = io::Result<ReportedFinding>;

    fn next(&mut self) -> Option<io::Result<ReportedFinding>> {
        let found = match self.reader.take()? {
            Err(error) => Err(error),
            Ok(mut reader) => match reader.next_with::<4>() {
                Ok(None) => return None,
                Err(error) => Err(error),
                Ok(Some((finding, [level, hash, nth, waiver]))) => {
                    self.reader = Some(Ok(reader));
                    let levels = [Level::Info, Level::Warning, Level::Error];
                    let place = |number: u64| usize::try_from(number).unwrap_or(usize::MAX);
                    let level = levels.get(place(level)).copied().unwrap_or(finding.rule.level());
                    let waived = waiver.checked_sub(1).and_then(|at| self.findings.waivers.get(place(at)));
                    Ok(ReportedFinding {
                        finding,
                        level,
                        fingerprint: printed(hash, nth),
                        waived: waived.cloned(),
                    })
                }
            },
        };
        Some(found)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Source;
    use crate::finding::Finding;

    #[test]
    fn what_goes_in_comes_out_and_is_counted() {
        let found = |rule: Rule, level, fingerprint: &str, waived: bool| ReportedFinding {
            finding: Finding::new(rule, Source { file: "a.csv".into(), sheet: None, row: 3 }).raw("x"),
            level,
            fingerprint: fingerprint.to_owned(),
            waived: waived.then(|| Waived {
                reason: "r".into(),
                who: "w".into(),
                until: "2030-01-01".into(),
            }),
        };
        let all = [
            found(Rule::CoordSwapped, Level::Error, "00000000000000ff", false),
            found(Rule::CoordSwapped, Level::Error, "00000000000000ff-2", false),
            found(Rule::CoordSwapped, Level::Error, "ffffffffffffffff-12", true),
            found(Rule::SequenceGap, Level::Info, "0123456789abcdef", true),
        ];
        let findings = Findings::new(&all).unwrap();
        assert_eq!(findings.iter().map(Result::unwrap).collect::<Vec<_>>(), all);
        assert_eq!((findings.len(), findings.waived()), (4, 2));
        let counts: Vec<_> = findings.tallies().map(|(t, n)| (t.level.0, t.rule, t.waived, n)).collect();
        assert_eq!(
            counts,
            [
                (Level::Error, Rule::CoordSwapped, false, 2),
                (Level::Error, Rule::CoordSwapped, true, 1),
                (Level::Info, Rule::SequenceGap, true, 1)
            ]
        );
    }
}
