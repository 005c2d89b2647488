//! `study.toml`: what a study is made of. Paths are relative to the study's folder.

use std::collections::BTreeMap;
use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};

use serde::Deserialize;

use super::coverage_config::CoverageSection;
use super::validate_config::ValidateSection;
use crate::coverage::predicted::PredictError;
use crate::geodesy::vn2000::Vn2000Zone;
use crate::index::IndexError;
use crate::normalize::value::{Date, parse_date};
use crate::read::{CellKind, ReadError};
use crate::terrain::TerrainError;

/// The largest `study.toml` that is read, bytes.
const MAX_STUDY_BYTES: u64 = 1 << 20;

/// A parsed `study.toml`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StudyFile {
    /// What the study is.
    pub study: StudyMeta,
    /// The registers.
    #[serde(default)]
    pub inputs: Inputs,
    /// The carriers' lists.
    #[serde(default)]
    pub lists: Vec<ListEntry>,
    /// When a village counts as covered.
    #[serde(default)]
    pub coverage: CoverageSection,
    /// Header titles beyond the built-in ones: title → field key (`"Tên làng" = "village"`).
    #[serde(default)]
    pub headers: BTreeMap<String, String>,
    /// How the lists are judged.
    #[serde(default)]
    pub validate: ValidateSection,
}

/// `[study]`
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StudyMeta {
    /// Shown in outputs.
    pub name: String,
    /// Province code, before or since 2025-07-01.
    pub province: String,
    /// The day the lists speak of, `2024-03-31`.
    #[serde(default)]
    pub date: Option<String>,
    /// Whether positions or lists are simulated: every output then says so.
    #[serde(default)]
    pub simulated: bool,
    /// Shown with the results.
    #[serde(default)]
    pub note: Option<String>,
}

impl StudyMeta {
    /// The day the lists speak of, where it is stated and is a day.
    pub fn day(&self) -> Option<Date> {
        parse_date(self.date.as_deref()?, CellKind::Text).ok().flatten()
    }
}

/// `[inputs]`: file names.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Inputs {
    /// The register of villages.
    pub villages: Option<PathBuf>,
    /// Today's communes (GeoJSON with outlines, or a table).
    pub communes: Option<PathBuf>,
    /// Old commune → today's.
    pub crosswalk: Option<PathBuf>,
    /// Folder of elevation tiles.
    pub terrain: Option<PathBuf>,
    /// Land-cover raster (ESA WorldCover classes) for clutter heights; without it clutter is off.
    pub land_cover: Option<PathBuf>,
    /// Existing stations.
    pub stations: Option<PathBuf>,
    /// The registered programme.
    pub programme: Option<PathBuf>,
    /// Candidate sites.
    pub candidates: Option<PathBuf>,
}

impl StudyFile {
    /// The files that matching and siting read, relative to the study's folder, in the study's order.
    pub fn input_files(&self) -> Vec<&Path> {
        let Inputs { villages, communes, crosswalk, candidates, .. } = &self.inputs;
        let registers = [villages, communes, crosswalk, candidates].into_iter().flatten();
        registers.chain(self.lists.iter().map(|list| &list.file)).map(PathBuf::as_path).collect()
    }
}

/// `[[lists]]`
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ListEntry {
    /// Whose list.
    pub carrier: String,
    /// The file.
    pub file: PathBuf,
    /// The number of areas that the carrier says it has.
    pub declared: Option<u64>,
    /// Central meridian of the list's VN-2000 coordinates, degrees, where it is not the province's.
    pub meridian_deg: Option<f64>,
}

/// Why a study cannot be opened.
#[derive(Debug, thiserror::Error)]
pub enum StudyError {
    /// No such folder or file.
    #[error("{path}: no study here. {hint}")]
    NotFound {
        /// The path as given.
        path: String,
        /// What to do.
        hint: String,
    },
    /// Not readable.
    #[error("{path}: cannot be read: {source}")]
    Io {
        /// The file.
        path: String,
        /// Why.
        source: std::io::Error,
    },
    /// Larger than any study file.
    #[error("{path}: {bytes} bytes is too large for a study file (limit {MAX_STUDY_BYTES})")]
    TooLarge {
        /// The file.
        path: String,
        /// Its size.
        bytes: u64,
    },
    /// Not TOML, or not a study.
    #[error("{path}{place}: {problem}")]
    Invalid {
        /// The file.
        path: String,
        /// Line and column, or empty.
        place: Place,
        /// What is wrong and what to do.
        problem: String,
    },
    /// `[headers]` names a field that there is not.
    #[error("study.toml, [headers] \"{title}\" = \"{key}\": there is no field `{key}`.{hint}")]
    UnknownField {
        /// The title.
        title: String,
        /// The key given.
        key: String,
        /// A near key.
        hint: String,
    },
    /// A file lacks a column without which nothing can be done with it.
    #[error(
        "{file}: no column {missing} was recognised (there are: {found}). Needed: {needed}. Rename the columns, or \
         in a study name them under [headers], as in \"Title\" = \"village_id\""
    )]
    MissingColumn {
        /// The file.
        file: String,
        /// What is missing.
        missing: String,
        /// All that is needed.
        needed: String,
        /// The titles that are there.
        found: String,
    },
    /// No province has this code, and the study has no communes of its own.
    #[error(
        "study.toml, [study] province = \"{code}\": no province has this code. Codes are those of the statistics \
         office (\"40\" is Nghệ An); for a made-up province give [inputs] communes and crosswalk"
    )]
    UnknownProvince {
        /// The code given.
        code: String,
    },
    /// A model that sees terrain, and no terrain.
    #[error(
        "model \"{model}\" needs elevation: name a folder of tiles (SRTM .hgt, GeoTIFF) under [inputs] terrain or with \
         --terrain, or set model = \"radius\""
    )]
    NoTerrain {
        /// The model's key.
        model: &'static str,
    },
    /// Elevation tiles that cannot be read.
    #[error("terrain: {source}")]
    Terrain {
        /// Why.
        source: Box<TerrainError>,
    },
    /// What stations serve cannot be predicted.
    #[error(transparent)]
    Predict(#[from] PredictError),
    /// More villages or sites than an index holds.
    #[error(transparent)]
    Index(#[from] IndexError),
    /// A file cannot be read at all.
    #[error(transparent)]
    Read(#[from] ReadError),
}

/// A place in a file, printed as `:line:column`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place(pub Option<(usize, usize)>);

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Some((line, column)) => write!(f, ":{line}:{column}"),
            None => Ok(()),
        }
    }
}

/// Reads `study.toml`. `path` is the study's folder or the file itself; the folder is returned beside it.
///
/// # Errors
/// [`StudyError`] names the file, the line and what to do.
pub fn read_study_file(path: &Path) -> Result<(PathBuf, StudyFile), StudyError> {
    let file = if path.is_dir() { path.join("study.toml") } else { path.to_owned() };
    let shown = file.display().to_string();
    let metadata = fs::metadata(&file).map_err(|source| {
        if source.kind() == std::io::ErrorKind::NotFound {
            StudyError::NotFound { path: shown.clone(), hint: not_found_hint(path) }
        } else {
            StudyError::Io { path: shown.clone(), source }
        }
    })?;
    if metadata.len() > MAX_STUDY_BYTES {
        return Err(StudyError::TooLarge { path: shown, bytes: metadata.len() });
    }
    let bytes = fs::read(&file).map_err(|source| StudyError::Io { path: shown.clone(), source })?;
    let text = String::from_utf8(bytes).map_err(|_| StudyError::Invalid {
        path: shown.clone(),
        place: Place(None),
        problem: "the file is not UTF-8 text; save it as UTF-8".to_owned(),
    })?;
    let study = parse_study(&text, &shown)?;
    let folder = file.parent().map(Path::to_owned).unwrap_or_default();
    Ok((folder, study))
}

fn not_found_hint(path: &Path) -> String {
    if path.is_dir() {
        "A study is a folder with a file study.toml in it.".to_owned()
    } else {
        "Check the path; a study is a folder with a file study.toml in it.".to_owned()
    }
}

/// Parses the text of a `study.toml`; `shown` is its name in messages.
///
/// # Errors
/// [`StudyError::Invalid`] with line and column; an unknown key suggests the nearest known one.
pub fn parse_study(text: &str, shown: &str) -> Result<StudyFile, StudyError> {
    let invalid =
        |place: Place, problem: String| StudyError::Invalid { path: shown.to_owned(), place, problem };
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let study: StudyFile = toml::from_str(text).map_err(|error| {
        let place = Place(error.span().map(|span| line_and_column(text, span.start)));
        invalid(place, explain(error.message()))
    })?;
    study.coverage.rule().map_err(|problem| invalid(Place(None), problem))?;
    if let Some(date) = study.study.date.as_deref().filter(|_| study.study.day().is_none()) {
        let problem = format!("[study] date = \"{date}\": write a day as 2024-03-31");
        return Err(invalid(Place(None), problem));
    }
    study.validate.check().map_err(|problem| invalid(Place(None), problem))?;
    for list in &study.lists {
        if let Some(meridian) = list.meridian_deg
            && let Err(error) = Vn2000Zone::three_degree(meridian)
        {
            let problem = format!("[[lists]] {}: meridian_deg = {meridian}: {error}", list.file.display());
            return Err(invalid(Place(None), problem));
        }
        if list.carrier.trim().is_empty() {
            let problem = format!("[[lists]] {}: carrier is empty; name the carrier", list.file.display());
            return Err(invalid(Place(None), problem));
        }
    }
    Ok(study)
}

fn line_and_column(text: &str, byte: usize) -> (usize, usize) {
    let before = text.get(..byte).unwrap_or(text);
    let line_start = before.rfind('\n').map_or(0, |at| at + 1);
    (before.matches('\n').count() + 1, before[line_start..].chars().count() + 1)
}

/// Adds the near name to serde's "unknown field `x`, expected one of `a`, `b`".
fn explain(message: &str) -> String {
    let mut quoted = message.split('`').skip(1).step_by(2);
    let (Some(unknown), true) = (quoted.next(), message.starts_with("unknown ")) else {
        return message.to_owned();
    };
    let known: Vec<&str> = quoted.collect();
    match nearest(unknown, &known) {
        Some(near) => {
            format!("unknown key `{unknown}`; did you mean `{near}`? Known here: {}", known.join(", "))
        }
        None => format!("unknown key `{unknown}`. Known here: {}", known.join(", ")),
    }
}

/// The name most like `word` among `known`, if any is near.
pub(crate) fn nearest<'a>(word: &str, known: &[&'a str]) -> Option<&'a str> {
    let mut best: Option<(f64, &str)> = None;
    for name in known {
        let score = strsim::jaro_winkler(&word.to_lowercase(), &name.to_lowercase());
        if score > 0.75 && best.is_none_or(|(s, _)| score > s) {
            best = Some((score, name));
        }
    }
    best.map(|(_, name)| name)
}

#[cfg(test)]
mod tests {
    use super::super::Model;
    use super::*;

    const GOOD: &str = "[study]\nname = \"Nghệ An\"\nprovince = \"40\"\n[inputs]\nvillages = \"v.csv\"\n\
        [[lists]]\ncarrier = \"Viettel\"\nfile = \"a.xlsx\"\ndeclared = 245\n[coverage]\nmodel = \"radius\"\nradius_km = 3.0\n";

    #[test]
    fn a_study_is_read() {
        let study = parse_study(GOOD, "study.toml").unwrap();
        assert_eq!(study.lists[0].declared, Some(245));
        assert_eq!(study.coverage.model, Model::Radius);
        assert!(!study.study.simulated);
    }

    #[test]
    fn a_typo_suggests_the_near_name_and_says_where() {
        let text = GOOD.replace("villages =", "vilages =");
        let error = parse_study(&text, "study.toml").unwrap_err().to_string();
        assert!(error.starts_with("study.toml:5:1: "), "{error}");
        assert!(error.contains("did you mean `villages`"), "{error}");
    }

    #[test]
    fn a_wrong_model_names_the_models() {
        let error = parse_study(&GOOD.replace("\"radius\"", "\"radious\""), "s").unwrap_err().to_string();
        assert!(error.contains("did you mean `radius`"), "{error}");
    }

    #[test]
    fn a_radius_of_zero_is_refused() {
        for bad in ["0.0", "-1.0", "nan", "inf"] {
            assert!(parse_study(&GOOD.replace("3.0", bad), "s").is_err(), "{bad}");
        }
    }

    #[test]
    fn a_meridian_that_is_none_is_refused() {
        let text = GOOD.replace("declared = 245", "meridian_deg = 500.0");
        assert!(parse_study(&text, "s").unwrap_err().to_string().contains("meridian_deg"), "{text}");
        assert!(parse_study(&GOOD.replace("declared = 245", "meridian_deg = 104.75"), "s").is_ok());
    }

    #[test]
    fn syntax_errors_have_a_line() {
        let error = parse_study("[study]\nname = \"x\n", "s").unwrap_err().to_string();
        assert!(error.starts_with("s:2:"), "{error}");
    }
}
