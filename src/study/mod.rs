//! The study file, and the one place that composes the stages.

mod alternatives;
mod area;
mod calibrate;
mod clusters;
mod clutter_config;
mod columns;
mod config;
mod coverage;
mod coverage_config;
mod error;
mod evaluate;
mod file_kind;
mod ground;
mod ids;
mod judged;
mod links;
mod load;
mod masts;
mod places;
mod plan;
mod plan_builds;
mod plan_carriers;
mod plan_config;
mod plan_cut;
mod plan_demand;
mod plan_limits;
mod plan_names;
mod plan_sensitivity;
mod plan_worth;
mod predicted_reach;
mod province_check;
mod rank;
mod same_lists;
mod sites;
mod stages;
mod toml_words;
mod validate;
mod validate_config;

pub use alternatives::{
    Alternative, AlternativeInput, BestOfAsMany, Fewest, alternative, as_candidates, same_places,
};
pub use area::{AreaError, AreaMaps, neighbourhoods, predict_maps};
pub use calibrate::{
    CalibrateError, CalibrateOptions, Calibration, CalibrationClass, Dropped, LEAST_SAMPLES, Residual,
    THIN_M, calibrate, snippet,
};
pub use clusters::StudyClusters;
pub use clutter_config::{CalibrationEntry, ClutterSection};
pub use config::{Inputs, ListEntry, StudyFile, StudyMeta, parse_study, read_study_file};
pub use coverage::{
    CoverError, Covered, ExistingService, Levels, Reach, Reached, cover_candidates, existing_service,
    predicted_programme,
};
pub use coverage_config::{
    CoverageOverrides, CoverageRule, CoverageSection, DEFAULT_MAX_KM, DEFAULT_RADIUS_KM,
    DEFAULT_SERVED_SHARE, LinkSection, MAX_RADIUS_KM, Model, PatternName,
};
pub use error::{ListOf, Place, StudyError};
pub use evaluate::{EvaluateInput, Evaluation, GapVerdict, StationVerdict, evaluate};
pub use file_kind::FileKind;
pub use ground::StudyGround;
pub use judged::{BrokenPart, Judged, Judgement, Kept};
pub use links::{
    EvaluatedLink, EvaluatedLinks, LinkModel, LinksError, OPTIONAL as OPTIONAL_CASE_COLUMNS, evaluate_links,
};
pub use load::{CandidateSource, LoadOptions, Study, list_read_options, read_programme, read_stations};
pub use places::{NamedPlace, PlaceError, PlaceKind};
pub use plan::{Goal, PlanSitesError, Planned, Task, backhaul_within, solve, solve_by_highs};
pub use plan_builds::{Builds, Sharing, SharingSetting};
pub use plan_carriers::{CarrierReach, no_such_carrier};
pub use plan_config::{PlanSection, WeightsSection};
pub use plan_cut::{CutUp, CutUpError, Likely, ToCut};
pub use plan_demand::{
    Built, BuiltEffect, DemandGap, Progress, built_places, gaps_of, gaps_of_villages, mark_only_2g,
    take_out_built,
};
pub use plan_limits::{Belonging, Counted, LimitText, Unit};
pub use plan_sensitivity::{Changed, OtherRadius, Sensitivity, sensitivity};
pub use plan_worth::{Lexicographic, Worths, dark_micro, shares, worths};
pub use predicted_reach::predicted_reach;
pub use rank::{
    DemandFilter, DemandSet, PlainTables, ReconciledStudy, demand_of, demand_of_villages, load_reconciled,
    load_reconciled_with, load_tables, rank_sites,
};
pub use same_lists::is_same_file;
pub use sites::{PredictionStudy, open_for_prediction};
pub use stages::{Stage, Stages};
pub use validate::{FileInputs, Validated, guess_carrier, plain_study, validate_study};
pub use validate_config::{
    CarrierSection, LevelSetting, ThresholdsSection, ValidateSection, WaiverEntry, unknown_rule,
};
