//! The parts of a zipped workbook, each inflated as a bounded stream: what the headers say about sizes is not
//! believed, what really comes out is counted.

use std::io::{self, BufRead, BufReader, Cursor, Read};

use zip::ZipArchive;

use super::Limits;
use super::error::Fault;

/// Below this size the ratio of a part does not matter.
const RATIO_FROM: u64 = 1 << 20;

/// A zip with a budget.
pub(crate) struct Archive<'a> {
    zip: ZipArchive<Cursor<&'a [u8]>>,
    limits: Limits,
    left: u64,
}

impl<'a> Archive<'a> {
    pub fn open(bytes: &'a [u8], limits: &Limits) -> Result<Archive<'a>, Fault> {
        let zip = ZipArchive::new(Cursor::new(bytes)).map_err(|error| Fault::corrupt(error.to_string()))?;
        if zip.len() > limits.entries {
            return Err(Fault::Limit { what: "entries in its zip", limit: limits.entries as u64 });
        }
        Ok(Archive { zip, limits: limits.clone(), left: limits.unpacked_bytes })
    }

    /// The stored name of a part; some programs write `\` or another case.
    pub fn find(&self, name: &str) -> Option<String> {
        let wanted = name.trim_start_matches('/');
        let same =
            |entry: &str| entry.replace('\\', "/").trim_start_matches('/').eq_ignore_ascii_case(wanted);
        self.zip.file_names().flatten().find(|entry| same(entry)).map(std::borrow::Cow::into_owned)
    }

    /// Opens a part that will be read once more: what comes out of it is not yet counted against the whole.
    pub fn part_to_reread<T>(
        &mut self,
        name: &str,
        read: impl FnOnce(&mut dyn BufRead) -> Result<T, Fault>,
    ) -> Result<Option<T>, Fault> {
        let left = self.left;
        let outcome = self.part(name, read);
        self.left = left;
        outcome
    }

    /// Opens a part; `None` where there is none of this name.
    pub fn part<T>(
        &mut self,
        name: &str,
        read: impl FnOnce(&mut dyn BufRead) -> Result<T, Fault>,
    ) -> Result<Option<T>, Fault> {
        let Some(stored) = self.find(name) else { return Ok(None) };
        let entry = self.zip.by_name(&stored).map_err(|error| Fault::corrupt(format!("{name}: {error}")))?;
        if entry.encrypted() {
            return Err(Fault::Encrypted);
        }
        let by_ratio = entry.compressed_size().saturating_mul(self.limits.ratio).max(RATIO_FROM);
        // What it says of itself grants nothing, but is enough to refuse it before anything is inflated.
        if entry.size() > by_ratio {
            return Err(Fault::Limit { what: "bytes unpacked from its zip", limit: by_ratio });
        }
        let allowed = self.left.min(by_ratio);
        let mut bounded = Bounded {
            inner: entry,
            left: allowed,
            since_tag: 0,
            longest: self.limits.field_bytes as u64 + (64 << 10),
            over: None,
        };
        let outcome = read(&mut BufReader::with_capacity(64 << 10, &mut bounded));
        self.left = self.left.saturating_sub(allowed - bounded.left);
        match bounded.over {
            // What the parser said about the cut is of no interest.
            Some(Over::Size) => Err(Fault::Limit { what: "bytes unpacked from its zip", limit: allowed }),
            Some(Over::Text) => {
                Err(Fault::Limit { what: "bytes in one cell", limit: self.limits.field_bytes as u64 })
            }
            None => outcome.map(Some),
        }
    }
}

#[derive(Debug, Clone, Copy)]
enum Over {
    Size,
    Text,
}

/// A reader that ends in an error once more comes out than allowed, or too much without a tag: an XML parser
/// gathers one text or tag in memory, however long.
struct Bounded<R> {
    inner: R,
    left: u64,
    since_tag: u64,
    longest: u64,
    over: Option<Over>,
}

impl<R: Read> Read for Bounded<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.inner.read(buffer)?;
        if count as u64 > self.left {
            self.over = Some(Over::Size);
            return Err(io::Error::other("over the limit"));
        }
        self.left -= count as u64;
        let got = &buffer[..count];
        let first = got.iter().position(|byte| *byte == b'<');
        if self.since_tag + first.unwrap_or(count) as u64 > self.longest {
            self.over = Some(Over::Text);
            return Err(io::Error::other("over the limit"));
        }
        self.since_tag = match got.iter().rposition(|byte| *byte == b'<') {
            Some(last) => (count - last) as u64,
            None => self.since_tag + count as u64,
        };
        Ok(count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_stream_ends_at_the_limit_and_at_a_text_without_end() {
        let mut out = Vec::new();
        let mut bounded =
            Bounded { inner: &b"<a>0123456789"[..], left: 5, since_tag: 0, longest: 100, over: None };
        assert!(bounded.read_to_end(&mut out).is_err());
        assert!(matches!(bounded.over, Some(Over::Size)));
        let text = format!("<a>{}", "x".repeat(200));
        let mut bounded =
            Bounded { inner: text.as_bytes(), left: 1_000, since_tag: 0, longest: 100, over: None };
        let mut small = [0; 16];
        while matches!(bounded.read(&mut small), Ok(count) if count > 0) {}
        assert!(matches!(bounded.over, Some(Over::Text)));
    }

    #[test]
    fn a_part_that_says_too_much_of_itself_is_not_inflated() {
        let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
        zip.start_file("sheet.xml", zip::write::SimpleFileOptions::default()).unwrap();
        std::io::Write::write_all(&mut zip, &vec![b' '; 2 << 20]).unwrap();
        let bytes = zip.finish().unwrap().into_inner();
        let mut archive = Archive::open(&bytes, &Limits::default()).unwrap();
        let mut read = false;
        let outcome = archive.part("sheet.xml", |_| {
            read = true;
            Ok(())
        });
        assert!(matches!(outcome, Err(Fault::Limit { limit: RATIO_FROM, .. })), "{outcome:?}");
        assert!(!read);
    }
}
