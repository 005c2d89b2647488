//! The study file, and the one place that composes the stages.

mod columns;
mod config;
mod error;
mod ids;
mod links;
mod load;
mod plan;
mod rank;
mod stages;
mod validate;
mod validate_config;

pub use config::{
    CoverageSection, DEFAULT_RADIUS_KM, Inputs, ListEntry, Model, StudyFile, StudyMeta, parse_study,
    read_study_file,
};
pub use error::{Place, StudyError};
pub use links::{
    EvaluatedLink, EvaluatedLinks, LinkModel, LinksError, OPTIONAL as OPTIONAL_CASE_COLUMNS, evaluate_links,
};
pub use load::{CandidateSource, LoadOptions, Study, list_read_options};
pub use plan::{PlanSitesError, plan_sites};
pub use rank::{
    DemandFilter, DemandSet, PlainTables, ReconciledStudy, check_model, demand_of, demand_of_villages,
    load_reconciled, load_tables, rank_sites,
};
pub use stages::{Stage, Stages};
pub use validate::{FileInputs, Validated, guess_carrier, plain_study, validate_study};
pub use validate_config::{
    CarrierSection, LevelSetting, ThresholdsSection, ValidateSection, WaiverEntry, unknown_rule,
};
