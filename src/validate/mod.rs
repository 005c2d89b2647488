//! Validation: what is wrong with the lists, as one report that every renderer draws from.
//!
//! In: findings from reading, normalising and matching, and the rules that observe the whole. Out: a [`Report`].
//! An observer: nothing here changes a record, a match or a gap. Not here: how a report looks (`report`).

mod model;

pub use model::{FileSummary, NotRun, Report, ReportedFinding, StudySummary, Waived};
