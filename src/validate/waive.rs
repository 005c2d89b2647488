//! Waivers: a finding that somebody has accepted counts no more, until its day.

use std::collections::{BTreeMap, BTreeSet};
use std::io;

use super::config::{Config, Waiver, is_fixed};
use super::model::{Report, Waived};
use crate::finding::Rule;

/// The waivers that hold today.
pub(super) struct Waivers<'a>(BTreeMap<&'a str, &'a Waiver>);

impl<'a> Waivers<'a> {
    pub fn new(config: &'a Config) -> Waivers<'a> {
        let holding = config.waivers.iter().filter(|w| config.today <= w.until);
        Waivers(holding.map(|w| (w.fingerprint.as_str(), w)).collect())
    }

    /// Who waived a finding. Errors of structure and security stay.
    pub fn of(&self, fingerprint: &str, rule: Rule) -> Option<Waived> {
        let waiver = self.0.get(fingerprint).filter(|_| !is_fixed(rule))?;
        Some(Waived {
            reason: waiver.reason.clone(),
            who: waiver.who.clone(),
            until: waiver.until.to_string(),
        })
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
///
/// # Errors
/// The temporary file that many findings need cannot be read.
pub fn waiver_notes(report: &Report, config: &Config) -> io::Result<Vec<WaiverNote>> {
    if config.waivers.is_empty() {
        return Ok(Vec::new());
    }
    let known: BTreeSet<&str> = config.waivers.iter().map(|w| w.fingerprint.as_str()).collect();
    let (mut waived, mut open) = (BTreeSet::new(), BTreeMap::new());
    for found in report.findings.iter() {
        let found = found?;
        if let Some(fingerprint) = known.get(found.fingerprint.as_str()) {
            if found.waived.is_some() {
                waived.insert(*fingerprint);
            } else {
                open.insert(*fingerprint, found.finding.rule);
            }
        }
    }
    let idle = config.waivers.iter().filter(|w| !waived.contains(w.fingerprint.as_str()));
    let notes = idle.map(|waiver| {
        let state = match open.get(waiver.fingerprint.as_str()) {
            Some(rule) if is_fixed(*rule) => WaiverState::Refused,
            Some(_) => WaiverState::Expired,
            None => WaiverState::Unused,
        };
        WaiverNote { fingerprint: waiver.fingerprint.clone(), state }
    });
    Ok(notes.collect())
}
