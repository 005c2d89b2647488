//! Where a value came from, so that every output row can be traced.

use std::sync::Arc;

/// A row of a file. `row` counts from 1 as the spreadsheet program numbers it; for GeoJSON it is the feature's
/// number, from 1.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Source {
    /// The file's name without its folders.
    pub file: Arc<str>,
    /// The sheet, where the format has sheets.
    pub sheet: Option<Arc<str>>,
    /// Row number, from 1.
    pub row: u32,
}
