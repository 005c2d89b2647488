//! `study.toml`: what a study is made of. Paths are relative to the study's folder.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use serde::Deserialize;

use super::coverage_config::CoverageSection;
use super::error::{MAX_STUDY_BYTES, Place, StudyError};
use super::plan_config::PlanSection;
use super::toml_words::{explain, key_before};
use super::validate_config::ValidateSection;
use crate::domain::Carrier;
use crate::geodesy::vn2000::Vn2000Zone;
use crate::lang::Both;
use crate::normalize::value::Date;

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
    /// What planning goes by.
    #[serde(default)]
    pub plan: PlanSection,
}

/// `[study]`
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StudyMeta {
    /// Shown in outputs.
    pub name: String,
    /// Province code, before or since 2025-07-01.
    pub province: String,
    /// The day the lists speak of, `2024-03-31`, as text or as a date of TOML.
    #[serde(default, deserialize_with = "text_or_date")]
    pub date: Option<String>,
    /// Whether positions or lists are simulated: every output then says so.
    #[serde(default)]
    pub simulated: bool,
    /// Shown with the results.
    #[serde(default)]
    pub note: Option<String>,
}

/// `"2024-03-31"` or `2024-03-31`: TOML has dates of its own, and people write them.
fn text_or_date<'de, D: serde::Deserializer<'de>>(from: D) -> Result<Option<String>, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Written {
        Text(String),
        Date(toml::value::Datetime),
    }
    Ok(match Option::<Written>::deserialize(from)? {
        None => None,
        Some(Written::Text(text)) => Some(text),
        Some(Written::Date(date)) => Some(date.to_string()),
    })
}

impl StudyMeta {
    /// The day the lists speak of, where it is stated and is a day.
    pub fn day(&self) -> Option<Date> {
        Date::from_iso(self.date.as_deref()?)
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
    /// Where the households of villages live, where that is more than one place.
    pub clusters: Option<PathBuf>,
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
    /// Header titles of this list alone: title → field key. They win over those of the study.
    #[serde(default)]
    pub headers: BTreeMap<String, String>,
}

/// Reads `study.toml`. `path` is the study's folder or the file itself; the folder is returned beside it.
///
/// # Errors
/// [`StudyError`] names the file, the line and what to do.
pub fn read_study_file(path: &Path) -> Result<(PathBuf, StudyFile), StudyError> {
    let file = if path.is_dir() { path.join("study.toml") } else { path.to_owned() };
    let shown = file.display().to_string();
    if !path.is_dir() && path.extension().is_some_and(|e| !e.eq_ignore_ascii_case("toml")) && path.exists() {
        return Err(StudyError::NotAStudy { path: shown });
    }
    let metadata = fs::metadata(&file).map_err(|source| {
        if source.kind() == std::io::ErrorKind::NotFound {
            StudyError::NotFound { path: shown.clone(), is_folder: path.is_dir() }
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
        problem: Both::new(
            "tệp không phải văn bản UTF-8; hãy lưu lại dạng UTF-8",
            "the file is not UTF-8 text; save it as UTF-8",
        ),
    })?;
    let study = parse_study(&text, &shown)?;
    let folder = file.parent().map(Path::to_owned).unwrap_or_default();
    Ok((folder, study))
}

/// Parses the text of a `study.toml`; `shown` is its name in messages.
///
/// # Errors
/// [`StudyError::Invalid`] with line and column; an unknown key suggests the nearest known one.
pub fn parse_study(text: &str, shown: &str) -> Result<StudyFile, StudyError> {
    let invalid =
        |place: Place, problem: Both| StudyError::Invalid { path: shown.to_owned(), place, problem };
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let study: StudyFile = toml::from_str(text).map_err(|error| {
        let place = Place(error.span().map(|span| line_and_column(text, span.start)));
        invalid(place, explain(error.message(), error.span().and_then(|span| key_before(text, span.start))))
    })?;
    check(&study).map_err(|problem| invalid(Place(place_of(text, &problem.en)), problem))?;
    Ok(study)
}

/// What is wrong with the values, if anything.
fn check(study: &StudyFile) -> Result<(), Both> {
    study.coverage.rule().map_err(Both::of_english)?;
    if let Some(date) = study.study.date.as_deref().filter(|_| study.study.day().is_none()) {
        return Err(Both::new(
            format!("[study] date = \"{date}\": hãy ghi ngày dạng năm-tháng-ngày, như 2024-03-31"),
            format!("[study] date = \"{date}\": write a day as year-month-day, such as 2024-03-31"),
        ));
    }
    study.validate.check(&study.lists)?;
    study.plan.check().map_err(Both::of_english)?;
    for list in &study.lists {
        let place = format!("[[lists]] {}", list.file.display());
        if let Some(meridian) = list.meridian_deg
            && let Err(error) = Vn2000Zone::three_degree(meridian)
        {
            return Err(Both::of_english(format!("{place}: meridian_deg = {meridian}: {error}")));
        }
        if list.carrier.trim().is_empty() {
            return Err(Both::new(
                format!("{place}: carrier để trống; hãy ghi tên doanh nghiệp"),
                format!("{place}: carrier is empty; name the carrier"),
            ));
        }
        if let Some(near) = Carrier::misspelt(&list.carrier) {
            let name = &list.carrier;
            return Err(Both::new(
                format!("{place}: carrier = \"{name}\": ý bạn là \"{near}\"?"),
                format!("{place}: carrier = \"{name}\": did you mean \"{near}\"?"),
            ));
        }
    }
    Ok(())
}

/// Where the key stands of which a problem says `[section] key = value`.
fn place_of(text: &str, problem: &str) -> Option<(usize, usize)> {
    let (section, rest) = problem.split_once("] ")?;
    let (key, _) = rest.split_once(" = ")?;
    let section = format!("{section}]");
    let mut within = false;
    for (number, line) in (1..).zip(text.lines()) {
        let written = line.trim();
        if written.starts_with('[') {
            within = written.split('#').next().is_some_and(|head| head.trim_end() == section);
        } else if within && written.split_once('=').is_some_and(|(name, _)| name.trim() == key) {
            return Some((number, line.chars().take_while(|c| c.is_whitespace()).count() + 1));
        }
    }
    None
}

fn line_and_column(text: &str, byte: usize) -> (usize, usize) {
    let before = text.get(..byte).unwrap_or(text);
    let line_start = before.rfind('\n').map_or(0, |at| at + 1);
    (before.matches('\n').count() + 1, before[line_start..].chars().count() + 1)
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
        assert!(error.contains("`radious` is no value of model; did you mean `radius`"), "{error}");
    }

    #[test]
    fn a_day_is_written_one_way() {
        let with = |line: &str| parse_study(&GOOD.replace("[inputs]", &format!("{line}\n[inputs]")), "s");
        for good in ["date = \"2024-03-31\"", "date = 2024-03-31"] {
            assert_eq!(with(good).unwrap().study.date.as_deref(), Some("2024-03-31"), "{good}");
        }
        for bad in
            ["31/03/2024", "2024-3-31", "2024-02-30", "03-31-2024", "0024-03-31", "2024-03-31T10:00:00", ""]
        {
            let error = with(&format!("date = \"{bad}\"")).unwrap_err();
            assert!(error.to_string().contains("such as 2024-03-31"), "{bad}: {error}");
            assert!(error.message(crate::lang::Lang::Vi).contains("hãy ghi ngày"), "{bad}");
        }
    }

    #[test]
    fn a_radius_of_zero_or_across_the_country_is_refused() {
        for bad in ["0.0", "-1.0", "nan", "inf", "500.1", "3000.0"] {
            let error = parse_study(&GOOD.replace("3.0", bad), "study.toml").unwrap_err();
            let number: f64 = bad.parse().unwrap();
            let problem = format!(
                "[coverage] radius_km = {number}: a radius is a number of km above 0 and at most 500"
            );
            assert!(error.to_string().starts_with(&format!("study.toml:12:1: {problem}")), "{error}");
            assert!(error.message(crate::lang::Lang::Vi).contains("nhiều nhất 500, ví dụ 3"), "{bad}");
        }
        assert!(parse_study(&GOOD.replace("3.0", "500.0"), "s").is_ok());
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
