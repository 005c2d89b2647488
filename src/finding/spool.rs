//! Records of bytes that are written once and read several times: in memory while they are few, in a temporary file
//! when they are many. The file is gone with the last reader.

use std::fs::File;
use std::io::{self, BufReader, BufWriter, Read, Seek, SeekFrom, Write};
use std::sync::Arc;

use tempfile::NamedTempFile;

/// Bytes kept in memory.
const IN_MEMORY: usize = 16 << 20;
/// Read and written at once.
const BUFFER: usize = 1 << 16;

/// Takes the records.
#[derive(Debug)]
pub(super) struct Spooler {
    memory: Vec<u8>,
    file: Option<BufWriter<NamedTempFile>>,
    in_memory: usize,
    len: u64,
}

/// The records.
#[derive(Debug, Clone)]
pub(super) enum Spool {
    Memory(Arc<Vec<u8>>),
    File(Arc<NamedTempFile>, u64),
}

impl Default for Spooler {
    fn default() -> Spooler {
        Spooler { memory: Vec::new(), file: None, in_memory: IN_MEMORY, len: 0 }
    }
}

impl Spooler {
    /// One that keeps no more than so many bytes in memory.
    #[cfg(test)]
    pub fn keeping(in_memory: usize) -> Spooler {
        Spooler { in_memory, ..Spooler::default() }
    }

    /// Bytes so far: where the next record begins.
    pub fn len(&self) -> u64 {
        self.len
    }

    /// Adds a record.
    pub fn push(&mut self, record: &[u8]) -> io::Result<()> {
        let size = u32::try_from(record.len()).map_err(io::Error::other)?.to_le_bytes();
        self.len += (size.len() + record.len()) as u64;
        if let Some(file) = &mut self.file {
            file.write_all(&size)?;
            return file.write_all(record);
        }
        self.memory.extend_from_slice(&size);
        self.memory.extend_from_slice(record);
        if self.memory.len() > self.in_memory {
            let mut file =
                BufWriter::with_capacity(BUFFER, tempfile::Builder::new().prefix("phusong-").tempfile()?);
            file.write_all(&std::mem::take(&mut self.memory))?;
            self.file = Some(file);
        }
        Ok(())
    }

    /// Ends it.
    pub fn finish(self) -> io::Result<Spool> {
        match self.file {
            None => Ok(Spool::Memory(Arc::new(self.memory))),
            Some(file) => {
                let file = file.into_inner().map_err(io::IntoInnerError::into_error)?;
                Ok(Spool::File(Arc::new(file), self.len))
            }
        }
    }
}

impl Spool {
    /// A reader of the records that begin from `from` on and end by `to`.
    pub fn reader(&self, from: u64, to: u64) -> io::Result<SpoolReader> {
        let source = match self {
            Spool::Memory(bytes) => {
                Bytes::Memory(Arc::clone(bytes), usize::try_from(from).map_err(io::Error::other)?)
            }
            Spool::File(file, _) => {
                let mut own = file.reopen()?;
                own.seek(SeekFrom::Start(from))?;
                Bytes::File { file: BufReader::with_capacity(BUFFER, own), _kept: Arc::clone(file) }
            }
        };
        Ok(SpoolReader { source, left: to - from, record: Vec::new() })
    }

    /// A reader of all.
    pub fn read(&self) -> io::Result<SpoolReader> {
        let len = match self {
            Spool::Memory(bytes) => bytes.len() as u64,
            Spool::File(_, len) => *len,
        };
        self.reader(0, len)
    }
}

#[derive(Debug)]
enum Bytes {
    Memory(Arc<Vec<u8>>, usize),
    File {
        file: BufReader<File>,
        /// The file is there as long as it is read.
        _kept: Arc<NamedTempFile>,
    },
}

/// Reads records one after another.
#[derive(Debug)]
pub(super) struct SpoolReader {
    source: Bytes,
    left: u64,
    record: Vec<u8>,
}

impl SpoolReader {
    /// The next record; `None` at the end.
    pub fn next(&mut self) -> io::Result<Option<&[u8]>> {
        if self.left == 0 {
            return Ok(None);
        }
        let mut size = [0; 4];
        self.fill(&mut size)?;
        let mut record = std::mem::take(&mut self.record);
        record.resize(u32::from_le_bytes(size) as usize, 0);
        self.fill(&mut record)?;
        self.record = record;
        self.left = self.left.saturating_sub(4 + self.record.len() as u64);
        Ok(Some(&self.record))
    }

    fn fill(&mut self, out: &mut [u8]) -> io::Result<()> {
        match &mut self.source {
            Bytes::File { file, .. } => file.read_exact(out),
            Bytes::Memory(bytes, at) => {
                let end = *at + out.len();
                let part = bytes.get(*at..end).ok_or(io::ErrorKind::UnexpectedEof)?;
                out.copy_from_slice(part);
                *at = end;
                Ok(())
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn records_come_back_from_memory_and_from_a_file_as_often_as_wanted() {
        for in_memory in [0, 10, 1 << 20] {
            let mut spooler = Spooler::keeping(in_memory);
            let records = [b"one".as_slice(), b"", b"three and more"];
            spooler.push(records[0]).unwrap();
            let second = spooler.len();
            spooler.push(records[1]).unwrap();
            spooler.push(records[2]).unwrap();
            let end = spooler.len();
            let spool = spooler.finish().unwrap();
            assert_eq!(matches!(spool, Spool::File(..)), in_memory < 1 << 20);
            let all = |mut reader: SpoolReader| {
                let mut all = Vec::new();
                while let Some(record) = reader.next().unwrap() {
                    all.push(record.to_vec());
                }
                all
            };
            // Two at once: each has its own place.
            let (mut first, again) = (spool.read().unwrap(), spool.read().unwrap());
            assert_eq!(first.next().unwrap(), Some(records[0]));
            assert_eq!(all(again), records);
            assert_eq!(all(first), records[1..]);
            assert_eq!(all(spool.reader(second, end).unwrap()), records[1..]);
        }
    }
}
