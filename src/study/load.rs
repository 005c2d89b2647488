//! A study, loaded: files read and normalised.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::columns;
use super::config::{ListEntry, StudyFile, nearest, read_study_file};
use super::error::{ListOf, StudyError};
use super::province_check::province_mismatch;
use super::same_lists::refuse_same_lists;
use super::stages::Stages;
use crate::domain::{Candidate, Carrier, CommuneOutline, Era, PlannedStation, Source, Station, Village};
use crate::finding::{Finding, Level, Rule};
use crate::geodesy::LatLon;
use crate::geodesy::province_meridians;
use crate::geodesy::vn2000::Vn2000Zone;
use crate::normalize::admin::{AdminUnits, CrosswalkRow, ProvinceUnits, StudyCommune};
use crate::normalize::coord::{Bbox, CoordContext};
use crate::normalize::list::{AreaList, ListContext, area_list};
use crate::normalize::register;
use crate::normalize::value::Date;
use crate::read::{Field, Purpose, RawFile, ReadError, ReadOptions, read_file};
use crate::reconcile::{Reconciliation, Registers, reconcile_within};
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
    /// Where its paths start.
    pub folder: PathBuf,
    /// Whether the command line names its lists: there is no study.toml.
    pub is_of_lists: bool,
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

/// What to load besides lists, villages and communes, and how.
#[derive(Debug, Clone, Copy)]
pub struct LoadOptions<'a> {
    /// Which candidates.
    pub candidates: CandidateSource<'a>,
    /// Whether to load the carriers' lists.
    pub lists: bool,
    /// Whether to load stations and programme.
    pub networks: bool,
    /// Whether a file that is there but cannot be read is a finding. Otherwise it ends the run.
    pub unreadable_is_finding: bool,
    /// The day of the run: no survey can have been made after it. The study's own date wins.
    pub today: Option<Date>,
    /// Whether the command line names the lists: messages then speak of no study.toml.
    pub of_lists: bool,
}

impl<'a> LoadOptions<'a> {
    /// Lists, villages, communes and these candidates; what cannot be read ends the run.
    pub fn new(candidates: CandidateSource<'a>) -> LoadOptions<'a> {
        LoadOptions {
            candidates,
            lists: true,
            networks: false,
            unreadable_is_finding: false,
            today: None,
            of_lists: false,
        }
    }
}

impl Study {
    /// Loads a study. `path` is its folder or its `study.toml`.
    ///
    /// # Errors
    /// [`StudyError`] where a file cannot be read at all or lacks a needed column. Bad rows are findings.
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
        refuse_same_lists(folder, &file.lists)?;
        let mut raw = stages.run("read", || read_all(folder, &file, options))?;
        raw.check_columns(options.unreadable_is_finding)?;
        let mut study = stages.run("normalize", || normalize(file, raw, options.today))?;
        study.folder = folder.to_owned();
        study.is_of_lists = options.of_lists;
        Ok(study)
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

impl RawStudy {
    /// Looks for the columns without which a register is of no use. What is missing is an error, or, where the run is
    /// to go on, a finding; of a file that lacks more than positions no row is then used.
    fn check_columns(&mut self, missing_is_finding: bool) -> Result<(), StudyError> {
        for (file, needs) in [
            (&mut self.villages, columns::VILLAGES),
            (&mut self.communes, columns::COMMUNES),
            (&mut self.crosswalk, columns::CROSSWALK),
            (&mut self.candidates, columns::CANDIDATES),
            (&mut self.stations, columns::STATIONS),
            (&mut self.programme, columns::REGISTERED),
        ] {
            let Some(file) = file.as_mut().filter(|file| !file.tables.is_empty()) else { continue };
            if !missing_is_finding {
                columns::require(file, needs)?;
            } else if let Some(lacking) = columns::lacking(file, needs) {
                file.findings.push(lacking.finding(file));
                if !(lacking.position_only && needs == columns::VILLAGES) {
                    file.tables.clear();
                }
            }
        }
        Ok(())
    }
}

/// How a list of the study is read: the study's titles and its own, legacy fonts understood. Without an entry: with the
/// study's titles only.
///
/// # Errors
/// [`StudyError::UnknownField`] where `[headers]` names a field that there is not.
pub fn list_read_options(file: &StudyFile, entry: Option<&ListEntry>) -> Result<ReadOptions, StudyError> {
    let mut titles = synonyms(&file.headers, || "[headers]".to_owned())?;
    if let Some(entry) = entry {
        let place = || format!("[[lists]] {}, headers", entry.file.display());
        titles.extend(synonyms(&entry.headers, place)?);
    }
    Ok(ReadOptions {
        purpose: Purpose::AreaList,
        synonyms: titles,
        clean_text: clean_title,
        ..ReadOptions::default()
    })
}

fn read_all(folder: &Path, file: &StudyFile, options: LoadOptions<'_>) -> Result<RawStudy, StudyError> {
    let register_options = list_read_options(file, None)?;
    let read_with = |path: &Path, read_options: &ReadOptions| match read_file(path, read_options) {
        Err(error) if options.unreadable_is_finding => unreadable(path, error),
        result => result.map_err(StudyError::from),
    };
    let read = |path: &Path, purpose| read_with(path, &ReadOptions { purpose, ..register_options.clone() });
    let network = |path: &Option<PathBuf>, purpose| match path {
        Some(path) if options.networks => read(&folder.join(path), purpose).map(Some),
        _ => Ok(None),
    };
    let input =
        |path: &Option<PathBuf>, purpose| path.as_ref().map(|p| read(&folder.join(p), purpose)).transpose();
    Ok(RawStudy {
        villages: input(&file.inputs.villages, Purpose::Villages)?,
        communes: input(&file.inputs.communes, Purpose::Communes)?,
        crosswalk: input(&file.inputs.crosswalk, Purpose::Crosswalk)?,
        stations: network(&file.inputs.stations, Purpose::Stations)?,
        programme: network(&file.inputs.programme, Purpose::Programme)?,
        candidates: match options.candidates {
            CandidateSource::None => None,
            CandidateSource::Study => input(&file.inputs.candidates, Purpose::Candidates)?,
            CandidateSource::File(path) => Some(read(path, Purpose::Candidates)?),
        },
        lists: file
            .lists
            .iter()
            .filter(|_| options.lists)
            .map(|list| read_with(&folder.join(&list.file), &list_read_options(file, Some(list))?))
            .collect::<Result<_, _>>()?,
    })
}

/// Reads a registered programme from a file of its own.
///
/// # Errors
/// Where it cannot be read at all, or lacks a column that is needed.
pub fn read_programme(path: &Path) -> Result<register::Rows<PlannedStation>, StudyError> {
    let raw = read_network(path, Purpose::Programme)?;
    columns::require(&raw, columns::PROGRAMME)?;
    Ok(register::programme(&raw))
}

/// Reads existing stations from a file of their own.
///
/// # Errors
/// Where it cannot be read at all, or lacks a column that is needed.
pub fn read_stations(path: &Path) -> Result<register::Rows<Station>, StudyError> {
    let raw = read_network(path, Purpose::Stations)?;
    columns::require(&raw, columns::STATIONS)?;
    Ok(register::stations(&raw))
}

fn read_network(path: &Path, purpose: Purpose) -> Result<RawFile, StudyError> {
    Ok(read_file(path, &ReadOptions { purpose, clean_text: clean_title, ..ReadOptions::default() })?)
}

/// A file that is there and yields nothing: an empty one, with the reason as a finding.
pub(super) fn unreadable(path: &Path, error: ReadError) -> Result<RawFile, StudyError> {
    let rule = match error {
        // A path that leads nowhere is a slip in the study; what is there and cannot be opened is a fault of the file.
        ReadError::Open { ref source, .. } if source.kind() == std::io::ErrorKind::NotFound => {
            return Err(error.into());
        }
        ReadError::Limit { .. } => Rule::InputLimitExceeded,
        _ => Rule::UnreadableFile,
    };
    let name = path.file_name().map_or_else(|| path.to_string_lossy(), |name| name.to_string_lossy());
    let source = Source { file: name.as_ref().into(), sheet: None, row: 0 };
    let finding = Finding::new(rule, source.clone()).fact("reason", error.to_string());
    Ok(RawFile {
        name: source.file,
        format: "unreadable",
        encoding: None,
        tables: Vec::new(),
        findings: vec![finding],
    })
}

/// What the reader applies to titles and labels before it compares them.
pub(super) fn clean_title(text: &str) -> std::borrow::Cow<'_, str> {
    clean(text).text.into()
}

fn synonyms(
    headers: &BTreeMap<String, String>,
    place: impl Fn() -> String,
) -> Result<BTreeMap<String, Field>, StudyError> {
    let known: Vec<&str> = Field::ALL.iter().map(|f| f.key()).collect();
    headers
        .iter()
        .map(|(title, key)| match Field::from_key(key) {
            Some(field) => Ok((title.clone(), field)),
            None => Err(StudyError::UnknownField {
                title: title.clone(),
                key: key.clone(),
                section: place(),
                near: nearest(key, &known).map(str::to_owned),
            }),
        })
        .collect()
}

fn normalize(file: StudyFile, raw: RawStudy, today: Option<Date>) -> Result<Study, StudyError> {
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
    let stations = raw.stations.as_ref().map(register::stations);
    let stations = stations.map(|rows| {
        keep(rows.findings);
        rows.rows
    });
    let programme = raw.programme.as_ref().map(register::programme);
    let programme = programme.map(|rows| {
        keep(rows.findings);
        rows.rows
    });
    let units = province_units(&file, &communes.rows, &crosswalk.rows)?;
    let of = (raw.villages.as_ref(), raw.communes.as_ref());
    keep(province_mismatch(&file.study.province, &villages.rows, &communes.rows, of));
    let mut study = Study {
        file,
        lists: Vec::new(),
        villages: villages.rows,
        communes: communes.rows,
        candidates: candidates.rows,
        stations,
        programme,
        units,
        findings,
        folder: PathBuf::new(),
        is_of_lists: false,
    };
    let contexts = study.list_contexts(today);
    let mut lists =
        contexts.iter().zip(&raw.lists).map(|(context, raw)| area_list(raw, context)).collect::<Vec<_>>();
    drop(contexts);
    super::ids::make_unique(&mut lists);
    study.lists = lists;
    Ok(study)
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

/// Where coordinates of this study may lie: around the communes' outlines and the villages.
fn bounds(villages: &[Village], communes: &[CommuneOutline]) -> Option<Bbox> {
    use geo::BoundingRect;
    let outlines = communes.iter().filter_map(|c| c.outline.as_ref()?.bounding_rect());
    let corners = outlines.flat_map(|r| [(r.min().y, r.min().x), (r.max().y, r.max().x)]);
    let villages = villages.iter().filter_map(|v| v.position).map(|p: LatLon| (p.lat_deg(), p.lon_deg()));
    bounds_around(corners.chain(villages), BOUNDS_MARGIN_DEG)
}

/// The same by the points of today's communes, where a study has neither outlines nor villages: each within its commune.
fn bounds_of_hints(units: &ProvinceUnits) -> Option<Bbox> {
    let hints = units.communes(Era::Y2025).filter_map(|commune| commune.hint);
    bounds_around(hints.map(|p| (p.lat_deg(), p.lon_deg())), 2.0 * BOUNDS_MARGIN_DEG)
}

fn bounds_around(points: impl Iterator<Item = (f64, f64)>, margin_deg: f64) -> Option<Bbox> {
    let mut bounds: Option<Bbox> = None;
    for (lat, lon) in points {
        let known = bounds.unwrap_or(Bbox { south_deg: lat, west_deg: lon, north_deg: lat, east_deg: lon });
        bounds = Some(Bbox {
            south_deg: known.south_deg.min(lat),
            west_deg: known.west_deg.min(lon),
            north_deg: known.north_deg.max(lat),
            east_deg: known.east_deg.max(lon),
        });
    }
    bounds.map(|b| Bbox {
        south_deg: b.south_deg - margin_deg,
        west_deg: b.west_deg - margin_deg,
        north_deg: b.north_deg + margin_deg,
        east_deg: b.east_deg + margin_deg,
    })
}

impl Study {
    /// What is known of each list before it is read; `today` is the day of the run, the study's own date wins.
    pub fn list_contexts(&self, today: Option<Date>) -> Vec<ListContext<'_>> {
        let until = self.file.study.day().or(today);
        let bounds = bounds(&self.villages, &self.communes).or_else(|| bounds_of_hints(&self.units));
        let context = |entry: &ListEntry| ListContext {
            carrier: Carrier::from_name(&entry.carrier).unwrap_or(Carrier::Other(entry.carrier.clone())),
            declared: entry.declared,
            units: &self.units,
            coords: CoordContext {
                meridians_deg: province_meridians(&self.file.study.province).to_vec(),
                zone: entry.meridian_deg.and_then(|deg| Vn2000Zone::three_degree(deg).ok()),
                province_bbox: bounds,
                near: None,
                ..self.file.validate.coord_context()
            },
            until,
        };
        self.file.lists.iter().map(context).collect()
    }

    /// Lays the lists over the registers, in the stage `reconcile`.
    ///
    /// # Errors
    /// Where a list says nothing at all of its carrier, and more villages than an index can hold.
    pub fn reconcile(&self, stages: &mut Stages<'_>) -> Result<Reconciliation, StudyError> {
        if let Some((list, entry)) =
            self.lists.iter().zip(&self.file.lists).find(|(list, _)| !list.says_anything())
        {
            let why = list.findings.iter().find(|finding| finding.rule.level() == Level::Error);
            return Err(StudyError::NothingInList {
                file: self.folder.join(&entry.file).display().to_string(),
                carrier: list.carrier.name().to_owned(),
                why: why.cloned().map(Box::new),
                of: match self.is_of_lists {
                    true => ListOf::Itself,
                    false => ListOf::Study { declared_none: entry.declared == Some(0) },
                },
            });
        }
        let registers = Registers { villages: &self.villages, communes: &self.communes, units: &self.units };
        let tolerances = self.file.validate.tolerances();
        Ok(stages.run("reconcile", || reconcile_within(&self.lists, registers, tolerances))?)
    }

    /// All findings: registers, then lists.
    pub fn findings(&self) -> impl Iterator<Item = &Finding> {
        self.findings.iter().chain(self.lists.iter().flat_map(|l| &l.findings))
    }

    /// Whether any finding is an error.
    pub fn has_errors(&self) -> bool {
        self.findings().any(|f| f.rule.level() == Level::Error)
    }
}
