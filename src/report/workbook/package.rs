//! The zip around a workbook: parts are read bounded, changed parts are packed anew, all others are copied as they
//! lie in the zip, byte for byte.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{Cursor, Write as _};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

use crate::read::Limits;
use crate::read::archive::Archive;
use crate::read::error::Fault;

/// A workbook's parts, with those that were changed or added.
pub(super) struct Package<'a> {
    bytes: &'a [u8],
    archive: Archive<'a>,
    /// By the name as stored.
    changed: BTreeMap<String, String>,
    added: BTreeMap<String, String>,
}

impl<'a> Package<'a> {
    pub fn open(bytes: &'a [u8], limits: &Limits) -> Result<Package<'a>, Fault> {
        let archive = Archive::open(bytes, limits)?;
        Ok(Package { bytes, archive, changed: BTreeMap::new(), added: BTreeMap::new() })
    }

    /// Whether there is such a part.
    pub fn has(&self, part: &str) -> bool {
        self.archive.find(part).is_some() || self.added.keys().any(|name| name.eq_ignore_ascii_case(part))
    }

    /// A part as it is now; `None` where there is none.
    pub fn text(&mut self, part: &str) -> Result<Option<String>, Fault> {
        let part = part.trim_start_matches('/');
        if let Some(text) = self.added.get(part) {
            return Ok(Some(text.clone()));
        }
        let Some(stored) = self.archive.find(part) else { return Ok(None) };
        if let Some(text) = self.changed.get(&stored) {
            return Ok(Some(text.clone()));
        }
        let bytes = self.archive.part(part, |stream| {
            let mut bytes = Vec::new();
            stream.read_to_end(&mut bytes).map_err(|error| Fault::corrupt(format!("{part}: {error}")))?;
            Ok(bytes)
        })?;
        let Some(bytes) = bytes else { return Ok(None) };
        let text = String::from_utf8(bytes).map_err(|_| Fault::corrupt(format!("{part} is not UTF-8")))?;
        Ok(Some(text.strip_prefix('\u{FEFF}').map(str::to_owned).unwrap_or(text)))
    }

    /// A part that must be there.
    pub fn needed(&mut self, part: &str) -> Result<String, Fault> {
        self.text(part)?.ok_or_else(|| Fault::corrupt(format!("it has no {part}")))
    }

    /// Changes a part, or adds it.
    pub fn put(&mut self, part: &str, text: String) {
        let part = part.trim_start_matches('/');
        match self.archive.find(part) {
            Some(stored) => self.changed.insert(stored, text),
            None => self.added.insert(part.to_owned(), text),
        };
    }

    /// The name of a part that is not there yet: `xl/comments` and `.xml` give `xl/comments1.xml`.
    pub fn free_name(&self, stem: &str, extension: &str) -> String {
        let mut number = 1_u32;
        loop {
            let name = format!("{stem}{number}{extension}");
            if !self.has(&name) {
                return name;
            }
            number += 1;
        }
    }

    /// The zip again, its entries in their order, added ones last.
    pub fn finish(self) -> Result<Vec<u8>, Fault> {
        let zip_fault = |error: zip::result::ZipError| Fault::corrupt(error.to_string());
        let io_fault = |error: std::io::Error| Fault::corrupt(error.to_string());
        let mut from = ZipArchive::new(Cursor::new(self.bytes)).map_err(zip_fault)?;
        let mut to = ZipWriter::new(Cursor::new(Vec::with_capacity(self.bytes.len())));
        let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
        let mut written = BTreeSet::new();
        for index in 0..from.len() {
            let entry = from.by_index_raw(index).map_err(zip_fault)?;
            let name = entry.name().map_err(zip_fault)?.into_owned();
            match self.changed.get(&name) {
                Some(text) if written.insert(name.clone()) => {
                    to.start_file(name, options).map_err(zip_fault)?;
                    to.write_all(text.as_bytes()).map_err(io_fault)?;
                }
                Some(_) => {}
                None => to.raw_copy_file(entry).map_err(zip_fault)?,
            }
        }
        for (name, text) in &self.added {
            to.start_file(name.as_str(), options).map_err(zip_fault)?;
            to.write_all(text.as_bytes()).map_err(io_fault)?;
        }
        Ok(to.finish().map_err(zip_fault)?.into_inner())
    }
}
