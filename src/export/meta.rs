//! What the numbers of a run rest on. Stands in every output.

use serde::Serialize;

/// Criterion, model, data: without these a count of covered villages says nothing.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct RunMeta {
    /// `phusong`.
    pub program: &'static str,
    /// The program's version.
    pub version: &'static str,
    /// The study's name, where there is a study.
    pub study: Option<String>,
    /// The day that the lists speak of, where the study says it.
    pub date: Option<String>,
    /// In words: when a village counts as served.
    pub criterion: String,
    /// `radius`, `p1812`, `itm`, `free_space`, `hata`, `rma`.
    pub model: &'static str,
    /// Radius, km; `None` where levels are predicted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub radius_km: Option<f64>,
    /// How far a prediction looks, km; `None` by radius.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_km: Option<f64>,
    /// What the ranking counts.
    pub ranked_by: &'static str,
    /// Filters and options in words, as typed.
    pub filters: Vec<String>,
    /// True where positions or lists are simulated.
    pub simulated: bool,
    /// The study's note.
    pub note: Option<String>,
}
