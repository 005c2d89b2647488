//! Against an older report: only what is new.

use std::collections::BTreeSet;

use super::model::Report;

impl Report {
    /// Leaves out the findings that the older report had already, by fingerprint. Returns how many those are.
    pub fn keep_new(&mut self, known: &BTreeSet<String>) -> usize {
        let before = self.findings.len();
        self.findings.retain(|found| !known.contains(&found.fingerprint));
        before - self.findings.len()
    }
}
