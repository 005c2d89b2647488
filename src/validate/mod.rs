//! Validation: what is wrong with the lists, as one report that every renderer draws from.
//!
//! In: findings from reading, normalising and matching, and the rules that observe the whole. Out: a [`Report`].
//! An observer: nothing here changes a record, a match or a gap. Not here: how a report looks (`report`).

mod baseline;
mod config;
mod elsewhere;
mod findings;
mod fingerprint;
mod inputs;
mod locate;
mod model;
mod needs;
mod order;
pub mod rules;
mod run;
mod sort;
mod waive;

pub use config::{Config, Profile, ThresholdChanges, Thresholds, Waiver, is_fixed};
pub use elsewhere::Elsewhere;
pub use findings::{Findings, FindingsIter, Tally};
pub use inputs::{Inputs, PredictedReach, ReachingStation};
pub use model::{FileSummary, NotRun, Report, ReportedFinding, StudySummary, Waived};
pub use run::run;
pub use waive::{WaiverNote, WaiverState, waiver_notes};
