//! Files → records, one file a format. A record still holds what stood in the cells; nothing is interpreted
//! beyond "which column is which field" and "which rows are data".
//!
//! Not here: what a cell means (`normalize`), which village it is (`reconcile`).

mod field;
mod record;

pub use field::Field;
pub use record::{CellKind, HeaderColumn, RawCell, RawFile, RawRecord, RawTable, SkippedReason, SkippedRow};
