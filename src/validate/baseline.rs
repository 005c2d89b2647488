//! Against an older report: only what is new.

use std::collections::BTreeSet;
use std::io;

use super::findings::FindingsWriter;
use super::model::Report;

impl Report {
    /// Leaves out the findings that the older report had already, by fingerprint, and notes how many those are.
    ///
    /// # Errors
    /// The temporary file that many findings need cannot be read or written.
    pub fn keep_new(&mut self, known: &BTreeSet<String>) -> io::Result<()> {
        let before = self.findings.len();
        let mut new = FindingsWriter::default();
        for found in self.findings.iter() {
            let found = found?;
            if !known.contains(&found.fingerprint) {
                new.push(&found);
            }
        }
        self.findings = new.finish()?;
        self.known = Some(self.known.unwrap_or(0) + before - self.findings.len());
        Ok(())
    }
}
