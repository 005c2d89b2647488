//! phusong finds the villages without mobile signal in carriers' dead-zone lists and ranks the BTS sites
//! that would bring it to the most of them.
//!
//! The flow, each arrow one function from values to values:
//!
//! ```text
//! file ─read→ RawRecord ─normalize→ Area ─reconcile→ Matches, Gaps
//! Gaps + Candidate* ─coverage→ CoverageMatrix ─siting→ Ranking ─export→ files
//! ```
//!
//! Modules stand in layers and import downwards only (`tests/architecture.rs` checks it):
//!
//! | layer | modules |
//! |---|---|
//! | 0 | [`geodesy`], [`text`], [`lang`] |
//! | 1 | [`domain`], [`finding`] |
//! | 2 | [`read`], [`index`], [`terrain`] |
//! | 3 | [`normalize`], [`propagation`] |
//! | 4 | [`reconcile`], [`coverage`] |
//! | 5 | [`siting`], [`validate`] |
//! | 6 | [`export`], [`report`] |
//! | 7 | [`study`] |
//! | 8 | `cli`, in the binary |

pub mod coverage;
pub mod domain;
pub mod export;
pub mod finding;
pub mod geodesy;
pub mod index;
pub mod lang;
pub mod normalize;
pub mod propagation;
pub mod read;
pub mod reconcile;
pub mod report;
pub mod siting;
pub mod study;
pub mod terrain;
pub mod text;
pub mod validate;
