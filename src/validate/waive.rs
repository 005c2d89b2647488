//! Waivers: a finding that somebody has accepted counts no more, until its day.

use std::collections::{BTreeMap, BTreeSet};

use super::config::{Config, Waiver, is_fixed};
use super::model::{Report, ReportedFinding, Waived};

/// Marks the findings that are waived today. Errors of structure and security stay.
pub(super) fn waive(findings: &mut [ReportedFinding], config: &Config) {
    let waivers: BTreeMap<&str, &Waiver> = config
        .waivers
        .iter()
        .filter(|w| config.today <= w.until)
        .map(|w| (w.fingerprint.as_str(), w))
        .collect();
    for found in findings {
        let waiver = waivers.get(found.fingerprint.as_str()).filter(|_| !is_fixed(found.finding.rule));
        found.waived = waiver.map(|w| Waived {
            reason: w.reason.clone(),
            who: w.who.clone(),
            until: w.until.to_string(),
        });
    }
}

/// Why a waiver of the study does nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WaiverState {
    /// Its day has passed and the finding is there again.
    Expired,
    /// The finding is an error of structure or security.
    Refused,
    /// No finding has this fingerprint: the fault is gone, or the waiver was never right.
    Unused,
}

/// A waiver that does nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WaiverNote {
    /// Which.
    pub fingerprint: String,
    /// Why it does nothing.
    pub state: WaiverState,
}

/// The waivers that do nothing, in their order.
pub fn waiver_notes(report: &Report, config: &Config) -> Vec<WaiverNote> {
    let waived: BTreeSet<&str> =
        report.findings.iter().filter(|f| f.waived.is_some()).map(|f| f.fingerprint.as_str()).collect();
    let open: BTreeMap<&str, &ReportedFinding> =
        report.findings.iter().filter(|f| f.waived.is_none()).map(|f| (f.fingerprint.as_str(), f)).collect();
    let idle = config.waivers.iter().filter(|w| !waived.contains(w.fingerprint.as_str()));
    idle.map(|waiver| {
        let state = match open.get(waiver.fingerprint.as_str()) {
            Some(found) if is_fixed(found.finding.rule) => WaiverState::Refused,
            Some(_) => WaiverState::Expired,
            None => WaiverState::Unused,
        };
        WaiverNote { fingerprint: waiver.fingerprint.clone(), state }
    })
    .collect()
}
