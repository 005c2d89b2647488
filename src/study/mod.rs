//! The study file, and the one place that composes the stages.

mod config;
mod ids;
mod load;
mod rank;
mod stages;

pub use config::{
    CoverageSection, DEFAULT_RADIUS_KM, Inputs, ListEntry, Model, Place, StudyError, StudyFile, StudyMeta, parse_study,
    read_study_file,
};
pub use load::{CandidateSource, Study};
pub use stages::{Stage, Stages};
