//! What a caller can choose, and how much a stranger's file may ask for.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::Field;

/// What a file is read for: which titles win, what must be there, whether the table may have groups and totals.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Purpose {
    /// A carrier's list of dead zones: messy, with groups, totals, merged and ditto cells.
    #[default]
    AreaList,
    /// The register of villages (CSV, GeoJSON, OSM places, a GeoNames dump).
    Villages,
    /// The communes with their outlines.
    Communes,
    /// Old commune → new commune.
    Crosswalk,
    /// Existing stations.
    Stations,
    /// Registered stations.
    Programme,
    /// Candidate sites.
    Candidates,
}

impl Purpose {
    /// Whether the table was made by hand: only then are group rows, totals and footers looked for, and blanks
    /// filled from above. In a register every row is a record.
    pub(super) fn is_hand_made(self) -> bool {
        self == Purpose::AreaList
    }
}

/// How much a file may ask for. What goes beyond is refused or left out, and says so.
#[derive(Debug, Clone, PartialEq)]
pub struct Limits {
    /// Size of the file, bytes. Default 512 MiB.
    pub file_bytes: u64,
    /// Bytes unpacked from a workbook, as they really inflate, over all parts read. Default 128 MiB.
    pub unpacked_bytes: u64,
    /// Unpacked over packed size of one part of a workbook, once it exceeds 1 MiB. Default 100.
    pub ratio: u64,
    /// Entries of a zip. Default 10,000.
    pub entries: usize,
    /// Non-empty cells of a workbook, copies by merging and repeating included. Default 4 million.
    pub cells: u64,
    /// Text of those cells, bytes; also of the shared strings. Default 64 MiB.
    pub text_bytes: u64,
    /// One field or cell, bytes. Default 1 MiB.
    pub field_bytes: usize,
    /// Columns. Default 16,384, as spreadsheets have.
    pub columns: u32,
}

impl Default for Limits {
    fn default() -> Limits {
        Limits {
            file_bytes: 512 << 20,
            unpacked_bytes: 128 << 20,
            ratio: 100,
            entries: 10_000,
            cells: 4_000_000,
            text_bytes: 64 << 20,
            field_bytes: 1 << 20,
            columns: 16_384,
        }
    }
}

/// How to read.
#[derive(Debug, Clone)]
pub struct ReadOptions {
    /// How much a file may ask for.
    pub limits: Limits,
    /// Further header titles, as a person would write them; they win over the built-in ones. Default none.
    pub synonyms: BTreeMap<String, Field>,
    /// What the file is read for. Default [`Purpose::AreaList`].
    pub purpose: Purpose,
    /// Applied to titles, headings, labels and ditto marks before they are compared, so that a file in a legacy
    /// font is understood; the cells themselves are left as they are. Default: unchanged.
    pub clean_text: fn(&str) -> Cow<'_, str>,
}

impl Default for ReadOptions {
    fn default() -> ReadOptions {
        ReadOptions {
            limits: Limits::default(),
            synonyms: BTreeMap::new(),
            purpose: Purpose::default(),
            clean_text: |text| Cow::Borrowed(text),
        }
    }
}
