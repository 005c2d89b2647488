//! The study file, and the one place that composes the stages.

mod area;
mod calibrate;
mod columns;
mod config;
mod coverage;
mod coverage_config;
mod ground;
mod ids;
mod links;
mod load;
mod plan;
mod rank;
mod sites;
mod stages;
mod validate;
mod validate_config;

pub use area::{AreaError, AreaMaps, predict_maps};
pub use calibrate::{
    CalibrateError, CalibrateOptions, Calibration, CalibrationClass, Dropped, LEAST_SAMPLES, Residual,
    THIN_M, calibrate, snippet,
};
pub use config::{Inputs, ListEntry, Place, StudyError, StudyFile, StudyMeta, parse_study, read_study_file};
pub use coverage::{
    CoverError, Covered, ExistingService, Levels, cover_candidates, existing_service, predicted_programme,
    predicted_reach,
};
pub use coverage_config::{
    CoverageOverrides, CoverageRule, CoverageSection, DEFAULT_MAX_KM, DEFAULT_RADIUS_KM, LinkSection, Model,
    PatternName,
};
pub use ground::StudyGround;
pub use links::{
    EvaluatedLink, EvaluatedLinks, LinkModel, LinksError, OPTIONAL as OPTIONAL_CASE_COLUMNS, evaluate_links,
};
pub use load::{CandidateSource, LoadOptions, Study, list_read_options};
pub use plan::{PlanSitesError, plan_sites};
pub use rank::{
    DemandFilter, DemandSet, PlainTables, ReconciledStudy, demand_of, demand_of_villages, load_reconciled,
    load_reconciled_with, load_tables, rank_sites,
};
pub use sites::{NamedPlace, PlaceError, PlaceKind, PredictionStudy, open_for_prediction};
pub use stages::{Stage, Stages};
pub use validate::{FileInputs, Validated, guess_carrier, plain_study, validate_study};
pub use validate_config::{
    CarrierSection, LevelSetting, ThresholdsSection, ValidateSection, WaiverEntry, unknown_rule,
};
