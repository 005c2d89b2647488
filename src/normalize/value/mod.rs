//! Values of cells: counts, decimals, marks of yes and no, severity, dates.
//!
//! In: clean text (see [`crate::text::clean`]) and the kind of the cell. Out: a value, or nothing where nothing is
//! written; what is doubtful is flagged, what is not understood is an error that holds the text.
//! Not here: which column holds what, and which finding a flag becomes.

mod date;
mod mark;
mod number;
mod only_2g;
mod severity;

pub use date::{Date, parse_date};
pub use mark::parse_mark;
pub use number::{Parsed, parse_count, parse_decimal};
pub use only_2g::{is_technology, only_2g};
pub use severity::parse_severity;

/// A text that is no value of the kind asked for.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("“{0}” is not understood")]
pub struct NotUnderstood(pub String);

/// Words and signs for "nothing is written here".
fn is_blank(text: &str) -> bool {
    matches!(text.trim(), "" | "-" | "--" | "–" | "—" | "." | "..." | "…" | "n/a" | "N/A" | "#N/A")
}
