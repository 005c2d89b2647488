//! A study, loaded: files read and normalised.

use std::path::{Path, PathBuf};

use super::config::{ListEntry, StudyError, StudyFile, nearest, read_study_file};
use super::stages::Stages;
use crate::domain::{Candidate, Carrier, CommuneOutline, PlannedStation, Station, Village};
use crate::finding::{Finding, Level};
use crate::geodesy::LatLon;
use crate::geodesy::province_meridians;
use crate::normalize::admin::{AdminUnits, CrosswalkRow, ProvinceUnits, StudyCommune};
use crate::normalize::coord::{Bbox, CoordContext};
use crate::normalize::list::{AreaList, ListContext, area_list};
use crate::normalize::register;
use crate::read::{Field, Purpose, RawFile, ReadOptions, read_file};
use crate::text::clean;

/// How far outside the known villages and communes a coordinate may lie and still be the province's, degrees.
const BOUNDS_MARGIN_DEG: f64 = 0.1;

/// A study, ready to be reconciled and ranked.
#[derive(Debug, Clone)]
pub struct Study {
    /// The study file.
    pub file: StudyFile,
    /// The carriers' lists, in the file's order.
    pub lists: Vec<AreaList>,
    /// The register of villages.
    pub villages: Vec<Village>,
    /// Today's communes.
    pub communes: Vec<CommuneOutline>,
    /// Candidate sites; empty where the study names none.
    pub candidates: Vec<Candidate>,
    /// Existing stations, where they were asked for and the study names a file.
    pub stations: Option<Vec<Station>>,
    /// The registered programme, likewise.
    pub programme: Option<Vec<PlannedStation>>,
    /// The communes of three eras, with the study's own.
    pub units: ProvinceUnits,
    /// Faults in the registers. Those of the lists are with the lists.
    pub findings: Vec<Finding>,
}

/// Which candidates to load.
#[derive(Debug, Clone, Copy)]
pub enum CandidateSource<'a> {
    /// None: the command has no use for them.
    None,
    /// Those of the study.
    Study,
    /// Those of another file.
    File(&'a Path),
}

/// What to load besides lists, villages and communes.
#[derive(Debug, Clone, Copy)]
pub struct LoadOptions<'a> {
    /// Which candidates.
    pub candidates: CandidateSource<'a>,
    /// Whether to load stations and programme.
    pub networks: bool,
}

impl<'a> LoadOptions<'a> {
    /// Lists, villages, communes and these candidates.
    pub fn new(candidates: CandidateSource<'a>) -> LoadOptions<'a> {
        LoadOptions { candidates, networks: false }
    }
}

impl Study {
    /// Loads a study. `path` is its folder or its `study.toml`.
    ///
    /// # Errors
    /// [`StudyError`] where a file cannot be read at all. Bad rows are findings.
    pub fn load(
        path: &Path,
        candidates: CandidateSource<'_>,
        stages: &mut Stages<'_>,
    ) -> Result<Study, StudyError> {
        let (folder, file) = read_study_file(path)?;
        Study::load_file(&folder, file, LoadOptions::new(candidates), stages)
    }

    /// Loads what a parsed study file names; `folder` is where its paths start.
    ///
    /// # Errors
    /// As [`Study::load`].
    pub fn load_file(
        folder: &Path,
        file: StudyFile,
        options: LoadOptions<'_>,
        stages: &mut Stages<'_>,
    ) -> Result<Study, StudyError> {
        let raw = stages.run("read", || read_all(folder, &file, options))?;
        stages.run("normalize", || normalize(file, raw))
    }
}

/// The files of a study as they stand.
struct RawStudy {
    villages: Option<RawFile>,
    communes: Option<RawFile>,
    crosswalk: Option<RawFile>,
    candidates: Option<RawFile>,
    stations: Option<RawFile>,
    programme: Option<RawFile>,
    lists: Vec<RawFile>,
}

fn read_all(folder: &Path, file: &StudyFile, options: LoadOptions<'_>) -> Result<RawStudy, StudyError> {
    let synonyms = synonyms(file)?;
    let read_options = |purpose| ReadOptions {
        purpose,
        synonyms: synonyms.clone(),
        clean_text: clean_title,
        ..ReadOptions::default()
    };
    let read = |path: &Path, purpose| read_file(path, &read_options(purpose)).map_err(StudyError::from);
    let input =
        |path: &Option<PathBuf>, purpose| path.as_ref().map(|p| read(&folder.join(p), purpose)).transpose();
    let network = |path: &Option<PathBuf>, purpose| match path {
        Some(path) if options.networks => read(&folder.join(path), purpose).map(Some),
        _ => Ok(None),
    };
    Ok(RawStudy {
        villages: input(&file.inputs.villages, Purpose::Villages)?,
        communes: input(&file.inputs.communes, Purpose::Communes)?,
        crosswalk: input(&file.inputs.crosswalk, Purpose::Crosswalk)?,
        candidates: match options.candidates {
            CandidateSource::None => None,
            CandidateSource::Study => input(&file.inputs.candidates, Purpose::Candidates)?,
            CandidateSource::File(path) => Some(read(path, Purpose::Candidates)?),
        },
        stations: network(&file.inputs.stations, Purpose::Stations)?,
        programme: network(&file.inputs.programme, Purpose::Programme)?,
        lists: file
            .lists
            .iter()
            .map(|list| read(&folder.join(&list.file), Purpose::AreaList))
            .collect::<Result<_, _>>()?,
    })
}

/// What the reader applies to titles and labels before it compares them.
pub(super) fn clean_title(text: &str) -> std::borrow::Cow<'_, str> {
    clean(text).text.into()
}

fn synonyms(file: &StudyFile) -> Result<std::collections::BTreeMap<String, Field>, StudyError> {
    let known: Vec<&str> = Field::ALL.iter().map(|f| f.key()).collect();
    file.headers
        .iter()
        .map(|(title, key)| match Field::from_key(key) {
            Some(field) => Ok((title.clone(), field)),
            None => Err(StudyError::UnknownField {
                title: title.clone(),
                key: key.clone(),
                hint: nearest(key, &known).map(|n| format!(" Did you mean `{n}`?")).unwrap_or_default(),
            }),
        })
        .collect()
}

fn normalize(file: StudyFile, raw: RawStudy) -> Result<Study, StudyError> {
    let mut findings = Vec::new();
    let mut keep = |new: Vec<Finding>| findings.extend(new);
    let villages = raw.villages.as_ref().map(register::villages).unwrap_or_default();
    keep(villages.findings);
    let communes = raw.communes.as_ref().map(register::communes).unwrap_or_default();
    keep(communes.findings);
    let crosswalk = raw.crosswalk.as_ref().map(register::crosswalk).unwrap_or_default();
    keep(crosswalk.findings);
    let candidates = raw.candidates.as_ref().map(register::candidates).unwrap_or_default();
    keep(candidates.findings);
    let stations = raw.stations.as_ref().map(register::stations).map(|found| {
        keep(found.findings);
        found.rows
    });
    let programme = raw.programme.as_ref().map(register::programme).map(|found| {
        keep(found.findings);
        found.rows
    });
    let units = province_units(&file, &communes.rows, &crosswalk.rows)?;
    let bounds = bounds(&villages.rows, &communes.rows);
    let mut lists = Vec::new();
    for (entry, raw_list) in file.lists.iter().zip(&raw.lists) {
        let context = ListContext {
            carrier: Carrier::from_name(&entry.carrier).unwrap_or(Carrier::Other(entry.carrier.clone())),
            declared: entry.declared,
            units: &units,
            coords: CoordContext {
                meridians_deg: meridians(entry, &file.study.province),
                province_bbox: bounds,
                near: None,
            },
        };
        lists.push(area_list(raw_list, &context));
    }
    super::ids::make_unique(&mut lists);
    Ok(Study {
        file,
        lists,
        villages: villages.rows,
        communes: communes.rows,
        candidates: candidates.rows,
        stations,
        programme,
        units,
        findings,
    })
}

fn province_units(
    file: &StudyFile,
    communes: &[CommuneOutline],
    crosswalk: &[CrosswalkRow],
) -> Result<ProvinceUnits, StudyError> {
    let code = &file.study.province;
    let known = AdminUnits::for_province(code);
    if known.is_none() && (communes.is_empty() || crosswalk.is_empty()) {
        return Err(StudyError::UnknownProvince { code: code.clone() });
    }
    let own: Vec<StudyCommune> = communes
        .iter()
        .map(|c| StudyCommune {
            code: c.commune.code.0.clone(),
            name: c.commune.name.clone(),
            hint: c.commune.hint,
            area_km2: c.commune.area_km2,
        })
        .collect();
    Ok(known.unwrap_or_else(ProvinceUnits::empty).with_study_data(&own, crosswalk))
}

/// The meridian that the study names for this list, else those of the province.
fn meridians(entry: &ListEntry, province: &str) -> Vec<f64> {
    match entry.meridian_deg {
        Some(meridian) => vec![meridian],
        None => province_meridians(province).to_vec(),
    }
}

/// Where coordinates of this study may lie: around the communes' outlines and the villages.
fn bounds(villages: &[Village], communes: &[CommuneOutline]) -> Option<Bbox> {
    use geo::BoundingRect;
    let outlines = communes.iter().filter_map(|c| c.outline.as_ref()?.bounding_rect());
    let corners = outlines.flat_map(|r| [(r.min().y, r.min().x), (r.max().y, r.max().x)]);
    let villages = villages.iter().filter_map(|v| v.position).map(|p: LatLon| (p.lat_deg(), p.lon_deg()));
    let mut bounds: Option<Bbox> = None;
    for (lat, lon) in corners.chain(villages) {
        let known = bounds.unwrap_or(Bbox { south_deg: lat, west_deg: lon, north_deg: lat, east_deg: lon });
        bounds = Some(Bbox {
            south_deg: known.south_deg.min(lat),
            west_deg: known.west_deg.min(lon),
            north_deg: known.north_deg.max(lat),
            east_deg: known.east_deg.max(lon),
        });
    }
    bounds.map(|b| Bbox {
        south_deg: b.south_deg - BOUNDS_MARGIN_DEG,
        west_deg: b.west_deg - BOUNDS_MARGIN_DEG,
        north_deg: b.north_deg + BOUNDS_MARGIN_DEG,
        east_deg: b.east_deg + BOUNDS_MARGIN_DEG,
    })
}

impl Study {
    /// All findings: registers, then lists.
    pub fn findings(&self) -> impl Iterator<Item = &Finding> {
        self.findings.iter().chain(self.lists.iter().flat_map(|l| &l.findings))
    }

    /// Whether any finding is an error.
    pub fn has_errors(&self) -> bool {
        self.findings().any(|f| f.rule.level() == Level::Error)
    }
}
