//! The study file, and the one place that composes the stages.

mod config;

pub use config::{
    CoverageSection, DEFAULT_RADIUS_KM, Inputs, ListEntry, Model, Place, StudyError, StudyFile, StudyMeta, parse_study,
    read_study_file,
};
