//! The study file, and the one place that composes the stages.

mod config;
mod ids;
mod load;
mod plan;
mod rank;
mod stages;

pub use config::{
    CoverageSection, DEFAULT_RADIUS_KM, Inputs, ListEntry, Model, Place, StudyError, StudyFile, StudyMeta,
    parse_study, read_study_file,
};
pub use load::{CandidateSource, Study};
pub use plan::{PlanSitesError, plan_sites};
pub use rank::{
    DemandFilter, DemandSet, PlainTables, ReconciledStudy, check_model, demand_of, demand_of_villages,
    load_reconciled, load_tables, rank_sites,
};
pub use stages::{Stage, Stages};
