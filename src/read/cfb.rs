//! OLE2 compound files (MS-CFB): as much as is needed to see what an .xls holds before anything else touches it.
//!
//! Every chain of sectors is followed with a bound, so a loop in the table cannot be followed for ever.

use super::error::Fault;

const END: u32 = 0xFFFF_FFFE;
const HEADER: usize = 512;

/// A compound file, its chains checked.
#[derive(Debug)]
pub(super) struct Compound<'a> {
    bytes: &'a [u8],
    sector: usize,
    fat: Vec<u32>,
    mini_fat: Vec<u32>,
    mini: Vec<u8>,
    entries: Vec<Entry>,
}

#[derive(Debug)]
struct Entry {
    name: String,
    start: u32,
    len: u64,
}

fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(bytes.get(at..at + 4)?.try_into().ok()?))
}

fn words(bytes: &[u8]) -> impl Iterator<Item = u32> + '_ {
    bytes.chunks_exact(4).filter_map(|word| u32_at(word, 0))
}

impl<'a> Compound<'a> {
    pub fn open(bytes: &'a [u8]) -> Result<Compound<'a>, Fault> {
        let cut = || Fault::corrupt("its compound file is cut off or broken");
        let shift = bytes.get(0x1E).copied().ok_or_else(cut)?;
        if bytes.len() < HEADER || !matches!(shift, 9 | 12) {
            return Err(cut());
        }
        let sector = 1_usize << shift;
        let mut file = Compound {
            bytes,
            sector,
            fat: Vec::new(),
            mini_fat: Vec::new(),
            mini: Vec::new(),
            entries: Vec::new(),
        };
        let header = |at| u32_at(bytes, at).ok_or_else(cut);
        // The sectors of the table: 109 named in the header, further ones in a chain.
        let mut table: Vec<u32> = words(&bytes[0x4C..HEADER]).collect();
        let mut next = header(0x44)?;
        let most = file.sectors();
        let mut seen = 0;
        while next < END - 4 {
            seen += 1;
            let part = file.sector(next).filter(|_| seen <= most).ok_or_else(cut)?;
            table.extend(words(part));
            next = table.pop().ok_or_else(cut)?;
        }
        for id in table.into_iter().filter(|id| *id < END - 4).take(most) {
            let part = file.sector(id).ok_or_else(cut)?;
            file.fat.extend(words(part));
        }
        let directory = file.chain(header(0x30)?).ok_or_else(cut)?;
        file.entries = directory.chunks_exact(128).filter_map(entry).collect();
        let root = file.entries.first().map(|root| root.start).ok_or_else(cut)?;
        if header(0x40)? > 0 {
            file.mini_fat = words(&file.chain(header(0x3C)?).ok_or_else(cut)?).collect();
            file.mini = file.chain(root).ok_or_else(cut)?;
        }
        Ok(file)
    }

    fn sectors(&self) -> usize {
        self.bytes.len() / self.sector + 1
    }

    fn sector(&self, id: u32) -> Option<&'a [u8]> {
        let start = (id as usize).checked_add(1)?.checked_mul(self.sector)?;
        self.bytes
            .get(start..self.bytes.len().min(start.checked_add(self.sector)?))
            .filter(|part| !part.is_empty())
    }

    /// All bytes of a chain; `None` where it leads out of the file or round in a circle.
    fn chain(&self, start: u32) -> Option<Vec<u8>> {
        let mut out = Vec::new();
        let mut next = start;
        let mut seen = 0;
        while next != END {
            seen += 1;
            out.extend_from_slice(self.sector(next).filter(|_| seen <= self.sectors())?);
            next = *self.fat.get(next as usize)?;
        }
        Some(out)
    }

    fn mini_chain(&self, start: u32) -> Option<Vec<u8>> {
        let mut out = Vec::new();
        let mut next = start;
        let mut seen = 0;
        while next != END {
            seen += 1;
            let at = (next as usize).checked_mul(64)?;
            out.extend_from_slice(
                self.mini.get(at..self.mini.len().min(at + 64)).filter(|_| seen <= self.mini_fat.len())?,
            );
            next = *self.mini_fat.get(next as usize)?;
        }
        Some(out)
    }

    /// Whether every stream's chain comes to an end, whatever its name.
    pub fn all_chains_end(&self) -> bool {
        let mut steps = 0;
        self.entries.iter().filter(|entry| entry.len >= 4_096).all(|entry| {
            let mut next = entry.start;
            while next != END {
                steps += 1;
                match self.fat.get(next as usize) {
                    // Sound streams share no sectors: together they take no more steps than there are sectors.
                    Some(after) if steps <= 2 * self.sectors() => next = *after,
                    _ => return false,
                }
            }
            true
        })
    }

    /// Whether there is a stream or storage of this name.
    pub fn has(&self, name: &str) -> bool {
        self.entries.iter().any(|entry| entry.name.eq_ignore_ascii_case(name))
    }

    /// The bytes of a stream.
    pub fn stream(&self, name: &str) -> Option<Vec<u8>> {
        let entry = self.entries.iter().find(|entry| entry.name.eq_ignore_ascii_case(name))?;
        let mut bytes =
            if entry.len < 4_096 { self.mini_chain(entry.start)? } else { self.chain(entry.start)? };
        bytes.truncate(usize::try_from(entry.len).ok()?);
        Some(bytes)
    }
}

fn entry(bytes: &[u8]) -> Option<Entry> {
    let units: Vec<u16> = bytes
        .get(..64)?
        .chunks_exact(2)
        .map(|pair| u16::from_le_bytes([pair[0], pair[1]]))
        .take_while(|unit| *unit != 0)
        .collect();
    // A byte order mark is no part of a name, to calamine neither.
    let name = String::from_utf16_lossy(&units).trim_start_matches('\u{FEFF}').to_owned();
    // The upper half of the length is garbage in files of version 3.
    Some(Entry { name, start: u32_at(bytes, 116)?, len: u64::from(u32_at(bytes, 120)?) })
}
