//! Places that a user names: ids of candidates, stations and villages, or coordinates.

use std::path::{Path, PathBuf};

use super::config::nearest;
use super::load::{CandidateSource, LoadOptions, Study};
use super::{CoverageOverrides, CoverageRule, Model, Stages, StudyError, StudyGround, read_study_file};
use crate::coverage::predicted::PredictOptions;
use crate::geodesy::LatLon;
use crate::lang::Lang;
use crate::propagation::ModelKind;

/// What kind of place it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PlaceKind {
    /// A candidate site.
    Candidate,
    /// An existing station.
    Station,
    /// A village.
    Village,
    /// Coordinates.
    Coordinates,
}

impl PlaceKind {
    /// The prefix that picks this kind where an id is that of several: `village:V40-0001`.
    pub fn key(self) -> &'static str {
        match self {
            PlaceKind::Candidate => "candidate",
            PlaceKind::Station => "station",
            PlaceKind::Village => "village",
            PlaceKind::Coordinates => "coordinates",
        }
    }

    /// Whether a mast stands there, or could.
    pub fn is_site(self) -> bool {
        matches!(self, PlaceKind::Candidate | PlaceKind::Station)
    }
}

/// A place that a user named.
#[derive(Debug, Clone, PartialEq)]
pub struct NamedPlace {
    /// Its id, or the coordinates as written.
    pub id: String,
    /// Its id and name, for what a person reads.
    pub name: String,
    /// What it is.
    pub kind: PlaceKind,
    /// Where.
    pub position: LatLon,
    /// Antenna above ground, m, where the study says it.
    pub height_agl_m: Option<f64>,
}

/// Why a word names no place.
#[derive(Debug, thiserror::Error)]
pub enum PlaceError {
    /// No such id, and no coordinates.
    #[error(
        "\"{word}\": the study has no candidate, station or village of this id.{hint} Give an id, or coordinates as in \
         19.2345,104.5678"
    )]
    Unknown {
        /// The word.
        word: String,
        /// A near id.
        hint: String,
    },
    /// The id of several kinds.
    #[error("\"{word}\" is the id of a {}; write it with its kind, as in {}:{word}", kinds.join(" and of a "), kinds[0])]
    Ambiguous {
        /// The word.
        word: String,
        /// The kinds.
        kinds: Vec<&'static str>,
    },
    /// Known, but nobody knows where.
    #[error("village {0} has no position in the study: give coordinates instead")]
    NoPosition(String),
    /// Coordinates that are no place.
    #[error("\"{word}\": {reason}; coordinates are latitude,longitude in degrees, as in 19.2345,104.5678")]
    Coordinates {
        /// The word.
        word: String,
        /// Why.
        reason: String,
    },
    /// The study cannot be opened.
    #[error(transparent)]
    Study(#[from] StudyError),
    /// `[coverage]` contradicts itself, or the command line contradicts it.
    #[error("study.toml or an option: {0}")]
    Coverage(String),
}

impl PlaceError {
    /// The error in a language; its `Display` is English.
    pub fn message(&self, lang: Lang) -> String {
        if lang == Lang::En {
            return self.to_string();
        }
        match self {
            PlaceError::Unknown { word, hint } => {
                let hint = hint.replace("Did you mean", "Ý bạn là");
                format!(
                    "\"{word}\": study không có vị trí ứng viên, trạm hay thôn, bản nào mang mã này.{hint} Hãy ghi mã, hoặc \
                     toạ độ dạng 19.2345,104.5678"
                )
            }
            PlaceError::Ambiguous { word, kinds } => format!(
                "\"{word}\" là mã của nhiều loại ({}); hãy ghi kèm loại, như {}:{word}",
                kinds.join(", "),
                kinds.first().copied().unwrap_or_default()
            ),
            PlaceError::NoPosition(id) => {
                format!("thôn, bản {id} không có vị trí trong study: hãy ghi toạ độ thay cho mã")
            }
            PlaceError::Coordinates { word, reason } => format!(
                "\"{word}\": {reason}; toạ độ ghi vĩ độ,kinh độ theo độ thập phân, như 19.2345,104.5678"
            ),
            PlaceError::Study(error) => error.message(lang),
            PlaceError::Coverage(problem) => format!("study.toml hoặc tuỳ chọn dòng lệnh: {problem}"),
        }
    }
}

/// A study opened for predictions: places, elevation, link budget. The carriers' lists are not read.
#[derive(Debug)]
pub struct PredictionStudy {
    /// The study without its lists.
    pub study: Study,
    /// Its elevation.
    pub ground: StudyGround,
    /// What predictions go by.
    pub options: PredictOptions,
    /// The study's folder.
    pub folder: PathBuf,
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
    let of_study = file.inputs.terrain.clone();
    let load = LoadOptions { networks: true, ..LoadOptions::new(CandidateSource::Study) };
    let study = Study::load_file(&folder, file, load, stages)?;
    let rule = CoverageRule::Predicted(options);
    let of_command = overrides.terrain.as_deref();
    let ground =
        stages.run("terrain", || StudyGround::open(&rule, &folder, of_study.as_deref(), of_command))?;
    Ok(PredictionStudy { study, ground, options, folder })
}

impl PredictionStudy {
    /// The place that a word names.
    ///
    /// # Errors
    /// [`PlaceError`] where it names none, or several.
    pub fn place(&self, word: &str) -> Result<NamedPlace, PlaceError> {
        let word = word.trim();
        if let Some((lat, lon)) = word.split_once(',') {
            return coordinates(word, lat, lon);
        }
        let (kind, id) = match word.split_once(':') {
            Some(("candidate", id)) => (Some(PlaceKind::Candidate), id),
            Some(("station", id)) => (Some(PlaceKind::Station), id),
            Some(("village", id)) => (Some(PlaceKind::Village), id),
            _ => (None, word),
        };
        let mut found: Vec<NamedPlace> = Vec::new();
        let wanted = |k: PlaceKind| kind.is_none_or(|kind| kind == k);
        for site in self.study.candidates.iter().filter(|s| wanted(PlaceKind::Candidate) && s.id == id) {
            found.push(place(&site.id, None, PlaceKind::Candidate, site.position, site.height_agl_m));
        }
        let stations = self.study.stations.as_deref().unwrap_or_default();
        for station in stations.iter().filter(|s| wanted(PlaceKind::Station) && s.id == id) {
            let carrier = Some(station.carrier.name());
            found.push(place(
                &station.id,
                carrier,
                PlaceKind::Station,
                station.position,
                station.height_agl_m,
            ));
        }
        for village in self.study.villages.iter().filter(|v| wanted(PlaceKind::Village) && v.id == id) {
            let position = village.position.ok_or_else(|| PlaceError::NoPosition(id.to_owned()))?;
            found.push(place(&village.id, Some(&village.name), PlaceKind::Village, position, None));
        }
        match found.len() {
            1 => Ok(found.remove(0)),
            0 => Err(PlaceError::Unknown { word: word.to_owned(), hint: self.hint(id) }),
            _ => {
                let kinds = found.iter().map(|place| place.kind.key()).collect();
                Err(PlaceError::Ambiguous { word: word.to_owned(), kinds })
            }
        }
    }

    fn hint(&self, id: &str) -> String {
        let candidates = self.study.candidates.iter().map(|c| c.id.as_str());
        let stations = self.study.stations.iter().flatten().map(|s| s.id.as_str());
        let ids: Vec<&str> =
            candidates.chain(stations).chain(self.study.villages.iter().map(|v| v.id.as_str())).collect();
        nearest(id, &ids).map(|near| format!(" Did you mean `{near}`?")).unwrap_or_default()
    }

    /// The antenna height of a place, m above ground: its own, that of the receiver for a village, else the study's mast.
    pub fn height_agl_m(&self, place: &NamedPlace) -> f64 {
        match place.kind {
            PlaceKind::Village => self.options.budget.options().rx_height_m,
            _ => place.height_agl_m.unwrap_or(self.options.mast_height_m),
        }
    }

    /// The model's key in `[coverage]`, for messages.
    pub fn uses_radius(&self) -> bool {
        self.study.file.coverage.model == Model::Radius
    }
}

fn place(
    id: &str,
    name: Option<&str>,
    kind: PlaceKind,
    position: LatLon,
    height_agl_m: Option<f64>,
) -> NamedPlace {
    let name =
        name.filter(|name| !name.is_empty()).map_or_else(|| id.to_owned(), |name| format!("{id} {name}"));
    NamedPlace { id: id.to_owned(), name, kind, position, height_agl_m }
}

fn coordinates(word: &str, lat: &str, lon: &str) -> Result<NamedPlace, PlaceError> {
    let wrong = |reason: String| PlaceError::Coordinates { word: word.to_owned(), reason };
    let number = |text: &str| {
        text.trim().parse::<f64>().map_err(|_| wrong(format!("\"{}\" is no number", text.trim())))
    };
    let position =
        LatLon::from_degrees(number(lat)?, number(lon)?).map_err(|error| wrong(error.to_string()))?;
    Ok(NamedPlace {
        id: word.to_owned(),
        name: word.to_owned(),
        kind: PlaceKind::Coordinates,
        position,
        height_agl_m: None,
    })
}
