//! A validation report → what a person or a program reads, one file a renderer, all from the same data.
//!
//! In: [`Report`](crate::validate::Report). Out: text to a writer. Nothing here counts or judges anything anew.
//! Not here: where files go and whether a terminal shows colour (`cli`).

mod csv;
pub mod fixed;
mod fixed_extra;
pub mod form;
mod html;
mod json;
mod jsonl;
mod link_budget_text;
mod link_text;
mod profile_svg;
mod residual_svg;
mod sarif;
mod svg;
mod terminal;
pub mod workbook;

pub use csv::write_csv;
pub use html::{Places, write_html, write_html_with};
pub use json::write_json;
pub use jsonl::write_jsonl;
pub use link_text::{LinkView, VillageView, link_json, link_text};
pub use profile_svg::{ProfileEnd, ProfileView, profile_svg};
pub use residual_svg::{ResidualView, residual_svg};
pub use sarif::write_sarif;
pub use terminal::{TerminalOptions, terminal_text};
