//! A log of findings as they arise: packed, and in a temporary file when they are many, so that a list of a million
//! faulty rows does not fill the memory.

use std::io;
use std::sync::Arc;

use super::Finding;
use super::bytes::{put_number, take_number};
use super::spool::{Spool, SpoolReader, Spooler};
use super::tables::Tables;

/// Takes findings, each with a few numbers of the caller's beside it.
#[derive(Debug, Default)]
pub struct FindingLog {
    tables: Tables,
    spooler: Spooler,
    record: Vec<u8>,
    count: usize,
    failed: Option<io::Error>,
}

/// Findings in the order in which they were logged, to be read as often as wanted.
#[derive(Debug, Clone)]
pub struct LoggedFindings {
    tables: Arc<Tables>,
    spool: Spool,
    count: usize,
}

impl FindingLog {
    /// Logs a finding. Where the temporary file cannot be written, [`FindingLog::finish`] says so.
    pub fn push(&mut self, finding: &Finding) {
        self.push_with(finding, &[]);
    }

    /// Logs a finding with numbers that come back with it.
    pub fn push_with(&mut self, finding: &Finding, numbers: &[u64]) {
        self.record.clear();
        self.tables.pack(finding, &mut self.record);
        for number in numbers {
            put_number(*number, &mut self.record);
        }
        self.count += 1;
        if self.failed.is_none() {
            self.failed = self.spooler.push(&self.record).err();
        }
    }

    /// Where the next finding begins: for [`LoggedFindings::part`].
    pub fn mark(&self) -> u64 {
        self.spooler.len()
    }

    /// Ends the log.
    ///
    /// # Errors
    /// The temporary file could not be written.
    pub fn finish(self) -> io::Result<LoggedFindings> {
        match self.failed {
            Some(error) => Err(error),
            None => Ok(LoggedFindings {
                tables: Arc::new(self.tables),
                spool: self.spooler.finish()?,
                count: self.count,
            }),
        }
    }
}

impl LoggedFindings {
    /// How many there are.
    pub fn len(&self) -> usize {
        self.count
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// Reads all.
    ///
    /// # Errors
    /// The temporary file cannot be read.
    pub fn read(&self) -> io::Result<LogReader> {
        Ok(LogReader { tables: Arc::clone(&self.tables), records: self.spool.read()? })
    }

    /// Reads those between two marks.
    ///
    /// # Errors
    /// As [`LoggedFindings::read`].
    pub fn part(&self, from: u64, to: u64) -> io::Result<LogReader> {
        Ok(LogReader { tables: Arc::clone(&self.tables), records: self.spool.reader(from, to)? })
    }

    /// Calls `take` with each.
    ///
    /// # Errors
    /// As [`LoggedFindings::read`], and those of `take`.
    pub fn each(&self, mut take: impl FnMut(Finding) -> io::Result<()>) -> io::Result<()> {
        let mut reader = self.read()?;
        while let Some((finding, _)) = reader.next_with::<0>()? {
            take(finding)?;
        }
        Ok(())
    }
}

/// Reads findings one after another.
#[derive(Debug)]
pub struct LogReader {
    tables: Arc<Tables>,
    records: SpoolReader,
}

impl LogReader {
    /// The next finding with the first `N` of its numbers; `None` at the end.
    ///
    /// # Errors
    /// The temporary file cannot be read, or does not hold what was written.
    pub fn next_with<const N: usize>(&mut self) -> io::Result<Option<(Finding, [u64; N])>> {
        let Some(mut bytes) = self.records.next()? else { return Ok(None) };
        let broken =
            || io::Error::new(io::ErrorKind::InvalidData, "the temporary file of findings was changed");
        let finding = self.tables.unpack(&mut bytes).ok_or_else(broken)?;
        let mut numbers = [0; N];
        for number in &mut numbers {
            *number = take_number(&mut bytes).ok_or_else(broken)?;
        }
        Ok(Some((finding, numbers)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Source;
    use crate::finding::Rule;

    #[test]
    fn findings_and_their_numbers_come_back_in_order() {
        let at =
            |row| Finding::new(Rule::CoordSwapped, Source { file: "a".into(), sheet: None, row }).raw("x");
        let mut log = FindingLog::default();
        let mut marks = Vec::new();
        for row in 0..5 {
            marks.push(log.mark());
            log.push_with(&at(row), &[u64::from(row) << 40, 7]);
        }
        let log = log.finish().unwrap();
        assert_eq!(log.len(), 5);
        let mut reader = log.part(marks[2], marks[4]).unwrap();
        assert_eq!(reader.next_with().unwrap(), Some((at(2), [2 << 40, 7])));
        assert_eq!(reader.next_with().unwrap(), Some((at(3), [3 << 40])));
        assert!(reader.next_with::<0>().unwrap().is_none());
        let mut rows = Vec::new();
        log.each(|finding| {
            rows.push(finding.source.row);
            Ok(())
        })
        .unwrap();
        assert_eq!(rows, [0, 1, 2, 3, 4]);
    }
}
