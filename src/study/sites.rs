//! A study opened for predictions: places, elevation, link budget. What a user's word names is in `places`.

use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use super::load::{CandidateSource, LoadOptions, Study};
use super::places::{AreaPlace, NamedPlace, PlaceError, PlaceKind};
use super::{CoverageOverrides, CoverageRule, Model, Stages, StudyClusters, StudyGround, read_study_file};
use crate::coverage::predicted::{Place, PredictOptions};
use crate::propagation::ModelKind;

/// A study opened for predictions: places, elevation, link budget. The carriers' lists are read only where an id asks for
/// one of their areas.
#[derive(Debug)]
pub struct PredictionStudy {
    /// The study without its lists.
    pub study: Study,
    /// Its elevation and land cover.
    pub ground: StudyGround,
    /// What predictions go by.
    pub options: PredictOptions,
    /// The study's folder.
    pub folder: PathBuf,
    /// Where the study stands, to read its lists.
    pub(super) path: PathBuf,
    /// Areas of its lists, once asked for.
    pub(super) areas: OnceLock<Vec<AreaPlace>>,
}

/// Opens a study for predictions. A study whose coverage goes by radius is predicted by P.1812 with its link budget all the
/// same: a link has no radius.
///
/// # Errors
/// [`PlaceError`] where the study or its elevation cannot be read.
pub fn open_for_prediction(
    path: &Path,
    overrides: &CoverageOverrides,
    model: Option<ModelKind>,
    stages: &mut Stages<'_>,
) -> Result<PredictionStudy, PlaceError> {
    let (folder, mut file) = read_study_file(path)?;
    file.lists.clear();
    let section = file.coverage.with(overrides);
    let kind = model.or_else(|| section.model.predicted()).unwrap_or(ModelKind::P1812);
    let options = section.predict_options(kind).map_err(PlaceError::Coverage)?;
    let inputs = file.inputs.clone();
    let load = LoadOptions { networks: true, ..LoadOptions::new(CandidateSource::Study) };
    let study = Study::load_file(&folder, file, load, stages)?;
    let of_command = overrides.terrain.as_deref();
    // Elevation that is there is shown, also beside a model that does not look at it.
    let named = inputs.terrain.is_some() || of_command.is_some();
    let looks = if named && !kind.sees_terrain() { ModelKind::P1812 } else { kind };
    let rule = CoverageRule::Predicted(PredictOptions { model: looks, ..options });
    let (ground, rule) =
        stages.run("terrain", || StudyGround::open_for(rule, &section, &folder, &inputs, of_command))?;
    let options = match rule {
        CoverageRule::Predicted(opened) => PredictOptions { model: kind, ..opened },
        CoverageRule::Radius { .. } => options,
    };
    Ok(PredictionStudy { study, ground, options, folder, path: path.to_owned(), areas: OnceLock::new() })
}

impl PredictionStudy {
    /// The antenna height of a place, m above ground: its own, that of the receiver for a village, else the study's mast.
    pub fn height_agl_m(&self, place: &NamedPlace) -> f64 {
        match place.kind {
            kind if kind.receives() => self.options.budget.options().rx_height_m,
            _ => place.height_agl_m.unwrap_or(self.options.mast_height_m),
        }
    }

    /// Where the households of a place are: those of a village with clusters by [`StudyClusters`], else all at the place
    /// itself.
    ///
    /// # Errors
    /// [`StudyError::Clusters`](super::StudyError::Clusters) where the study names clusters that cannot be read.
    pub fn households(&self, place: &NamedPlace) -> Result<Vec<Place>, PlaceError> {
        let centre = Place { position: place.position, share: 1.0 };
        if place.kind != PlaceKind::Village {
            return Ok(vec![centre]);
        }
        let clusters = StudyClusters::open(&self.folder, &self.study.file.inputs, &self.study.villages)?;
        let village = [(place.id.as_str(), Some(place.position))];
        Ok(clusters.places(village.into_iter()).of(0).to_vec())
    }

    /// The model's key in `[coverage]`, for messages.
    pub fn uses_radius(&self) -> bool {
        self.study.file.coverage.model == Model::Radius
    }
}
