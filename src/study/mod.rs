//! The study file, and the one place that composes the stages.

mod columns;
mod config;
mod error;
mod evaluate;
mod ids;
mod links;
mod load;
mod plan;
mod plan_config;
mod plan_demand;
mod plan_limits;
mod plan_sensitivity;
mod plan_worth;
mod rank;
mod stages;
mod validate;
mod validate_config;

pub use config::{
    CoverageSection, DEFAULT_RADIUS_KM, Inputs, ListEntry, Model, StudyFile, StudyMeta, parse_study,
    read_study_file,
};
pub use error::{Place, StudyError};
pub use evaluate::{Alternative, EvaluateInput, Evaluation, GapVerdict, StationVerdict, evaluate};
pub use links::{
    EvaluatedLink, EvaluatedLinks, LinkModel, LinksError, OPTIONAL as OPTIONAL_CASE_COLUMNS, evaluate_links,
};
pub use load::{CandidateSource, LoadOptions, Study, list_read_options, read_programme, read_stations};
pub use plan::{Goal, PlanSitesError, Planned, Task, backhaul_within, cover_demand, solve};
pub use plan_config::{PlanSection, WeightsSection};
pub use plan_demand::{
    Built, BuiltEffect, DemandGap, Progress, built_places, gaps_of, gaps_of_villages, take_out_built,
};
pub use plan_limits::{Belonging, LimitText};
pub use plan_sensitivity::{Changed, Sensitivity, sensitivity};
pub use plan_worth::{Lexicographic, Worths, dark_micro, worths};
pub use rank::{
    DemandFilter, DemandSet, PlainTables, ReconciledStudy, check_model, demand_of, demand_of_villages,
    load_reconciled, load_reconciled_with, load_tables, rank_sites,
};
pub use stages::{Stage, Stages};
pub use validate::{FileInputs, Validated, guess_carrier, plain_study, validate_study};
pub use validate_config::{
    CarrierSection, LevelSetting, ThresholdsSection, ValidateSection, WaiverEntry, unknown_rule,
};
