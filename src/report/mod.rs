//! Reports for a person: pages that draw a validation [`Report`](crate::validate::Report).
//!
//! In: a report as data. Out: bytes in the caller's writer. Not here: what is wrong (`validate`), files and their
//! atomic writing (`export`).

mod html;

pub use html::{Places, write_html, write_html_with};
