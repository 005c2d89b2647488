//! Results → files and tables, one file a format.
//!
//! Every file carries what its numbers rest on (criterion, model, radius, study, date, and that data is
//! simulated where it is). A write is atomic: a reader sees the old file or the new one, whole.
//! Text that came from a file is written as text: never as a formula, never as markup.

mod area;
mod atomic;
mod by_unit;
mod comparison;
mod contours;
mod curve;
mod evaluation;
mod format;
mod geojson;
mod geotiff;
mod hardship_power;
mod levels;
mod links;
mod meta;
mod only_2g;
mod picture;
mod plan;
mod plan_parts;
mod programme;
mod ranking;
mod reconciliation;
mod shares;
mod table;
mod villages;

pub use area::{AreaFiles, AreaMeta, AreaOutput, AreaSite};
pub use atomic::{WriteError, left_over, write_atomic};
pub use by_unit::{UnitKind, write_units};
pub use comparison::{
    CompareMeta, CompareSide, CompareView, write_compare_csv, write_compare_geojson, write_compare_json,
};
pub use contours::{ContourLevel, write_contours};
pub use curve::{write_curve_csv, write_curve_svg};
pub use evaluation::{
    AlternativeRow, CountRow, EvaluationView, GapRow, JudgedView, PartView, StationRow,
    write_evaluation_constraints, write_evaluation_gaps, write_evaluation_json, write_evaluation_stations,
};
pub use format::Format;
pub use geotiff::write_geotiff;
pub use hardship_power::write_hardship_power;
pub use levels::{
    CircleRow, LevelRow, PairRow, ServerRow, write_level_pairs, write_levels, write_levels_geojson,
    write_model_vs_circle,
};
pub use links::write_links;
pub use meta::RunMeta;
pub use only_2g::write_only_2g;
pub use plan::{
    Amount, InputHash, PlanAsked, PlanRow, PlanView, sparkline, write_plan_csv, write_plan_geojson,
    write_plan_json,
};
pub use plan_parts::{
    BuiltView, DarkView, LeftOutView, SensitivityView, TargetView, UnservableView, YearView,
};
pub use programme::{ReachBasis, write_programme, write_programme_stations};
pub use ranking::{RankingRow, RankingView, write_ranking};
pub use reconciliation::{AreaRow, write_areas, write_findings, write_gaps};
pub use shares::{ShareRow, write_served_shares};
pub use table::{ranking_table, text_table};
pub use villages::write_villages;

use crate::domain::Carrier;

/// A carrier in a column's title: lower case, letters and digits only.
fn column_name(carrier: &Carrier) -> String {
    carrier.name().to_lowercase().chars().filter(|c| c.is_alphanumeric()).collect()
}

/// Seven decimals are a centimetre: finer digits are noise of the conversion.
fn round_degrees(degrees: f64) -> f64 {
    (degrees * 1e7).round() / 1e7
}
