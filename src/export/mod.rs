//! Results → files and tables, one file a format.
//!
//! Every file carries what its numbers rest on (criterion, model, radius, study, date, and that data is
//! simulated where it is). A write is atomic: a reader sees the old file or the new one, whole.
//! Text that came from a file is written as text: never as a formula, never as markup.

mod atomic;
mod csv_text;
mod format;
mod geojson;
mod meta;
mod plan;
mod ranking;
mod reconciliation;
mod table;

pub use atomic::{WriteError, write_atomic};
pub use format::Format;
pub use meta::RunMeta;
pub use plan::{
    Amount, InputHash, PlanAsked, PlanRow, PlanView, sparkline, write_plan_csv, write_plan_geojson,
    write_plan_json,
};
pub use ranking::{RankingRow, RankingView, write_ranking};
pub use reconciliation::{AreaRow, write_areas, write_findings, write_gaps};
pub use table::{ranking_table, text_table};
