//! What people receive: the carrier's own workbook with its faults marked, the blank form, the repaired list.
//!
//! Every function gives bytes; whoever calls it writes them (`export::write_atomic`). The same input gives the same
//! bytes. Text that came from a file is written as text, never as a formula.

pub mod fixed;
pub mod form;
pub mod workbook;
