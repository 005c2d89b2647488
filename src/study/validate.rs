//! Validation composed: a study, or plain files, read → normalised → matched → judged.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::Read as _;
use std::path::{Path, PathBuf};

use super::config::{Inputs as StudyInputs, ListEntry, StudyFile, StudyMeta};
use super::coverage_config::{CoverageRule, CoverageSection};
use super::error::StudyError;
use super::ground::StudyGround;
use super::load::{CandidateSource, LoadOptions, Study, list_read_options, unreadable};
use super::predicted_reach::predicted_reach;
use super::stages::Stages;
use super::{Place, ValidateSection};
use crate::coverage::predicted::PairCounts;
use crate::domain::Carrier;
use crate::finding::FindingLog;
use crate::lang::Both;
use crate::normalize::list::ListContext;
use crate::normalize::list_stream::{PackedList, empty_list, packed_list};
use crate::normalize::value::Date;
use crate::read::{Limits, RawFile, ReadOptions, read_bytes, read_file, read_file_into};
use crate::reconcile::{PackedMatches, Registers, match_lists};
use crate::validate::{Config, Inputs, Report, StudySummary, run};

/// A study validated, with what led to the report.
#[derive(Debug)]
pub struct Validated {
    /// The study, without its lists' areas: those are in `matches`.
    pub study: Study,
    /// The lists' areas, matched.
    pub matches: PackedMatches,
    /// How it was judged.
    pub config: Config,
    /// The report.
    pub report: Report,
    /// When something counts as covered.
    pub rule: CoverageRule,
    /// The ground that predictions looked at.
    pub ground: StudyGround,
    /// Every path that was predicted; none by radius.
    pub paths: PairCounts,
}

/// Validates what a study file names. A file that cannot be read is a finding, as long as it is there.
///
/// # Errors
/// Where a file is missing or the configuration is wrong.
pub fn validate_study(
    folder: &Path,
    file: StudyFile,
    today: Date,
    stages: &mut Stages<'_>,
) -> Result<Validated, StudyError> {
    let config =
        file.validate.config(today, file.coverage.radius_km).map_err(|problem| StudyError::Invalid {
            path: folder.join("study.toml").display().to_string(),
            place: Place(None),
            problem,
        })?;
    let rule = file.coverage.rule().map_err(|problem| StudyError::Invalid {
        path: folder.join("study.toml").display().to_string(),
        place: Place(None),
        problem: Both::new(problem.clone(), problem),
    })?;
    let (ground, rule) = StudyGround::open_for(rule, &file.coverage, folder, &file.inputs, None)?;
    let options = LoadOptions {
        lists: false,
        networks: true,
        unreadable_is_finding: true,
        today: Some(today),
        ..LoadOptions::new(CandidateSource::Study)
    };
    let study = Study::load_file(folder, file, options, stages)?;
    let registers = Registers { villages: &study.villages, communes: &study.communes, units: &study.units };
    let mut lists = Vec::new();
    let mut findings = Vec::new();
    stages.run("read", || -> Result<(), StudyError> {
        for (entry, context) in study.file.lists.iter().zip(study.list_contexts(Some(today))) {
            let read_options = list_read_options(&study.file, Some(entry))?;
            let (list, log) = packed(&folder.join(&entry.file), &read_options, &context)?;
            lists.push(list);
            findings.push(log.finish().map_err(temporary)?);
        }
        Ok(())
    })?;
    let mut log = FindingLog::default();
    let matches = stages
        .run("reconcile", || match_lists(lists, registers, study.file.validate.tolerances(), &mut log))?;
    findings.push(log.finish().map_err(temporary)?);
    let networks = (study.stations.as_deref(), study.programme.as_deref());
    let reach = match (&rule, networks) {
        (_, (None, None)) | (CoverageRule::Radius { .. }, _) => None,
        (CoverageRule::Predicted(options), networks) => Some(
            stages.run("existing", || predicted_reach(&matches, registers, networks, options, &ground))?,
        ),
    };
    let meta = &study.file.study;
    let summary = StudySummary {
        name: meta.name.clone(),
        date: meta.date.clone(),
        simulated: meta.simulated,
        note: meta.note.clone(),
    };
    let inputs = Inputs {
        study: Some(&summary).filter(|s| !s.name.is_empty() || s.simulated),
        date: meta.day(),
        matches: &matches,
        registers,
        findings: &findings,
        register_findings: &study.findings,
        has_villages: !study.villages.is_empty(),
        has_places: study.communes.iter().any(|c| c.outline.is_some())
            || study.villages.iter().any(|v| v.position.is_some()),
        stations: study.stations.as_deref(),
        programme: study.programme.as_deref(),
        reach: reach.as_ref(),
    };
    let report = stages.run("validate", || run(&inputs, &config)).map_err(temporary)?;
    let paths = reach.map(|reach| reach.counts).unwrap_or_default();
    Ok(Validated { matches, config, report, rule, ground, paths, study })
}

/// A list, read and normalised at once. One that is there and cannot be read is a finding.
fn packed(
    path: &Path,
    options: &ReadOptions,
    context: &ListContext<'_>,
) -> Result<(PackedList, FindingLog), StudyError> {
    match packed_list(context, |sink| read_file_into(path, options, sink)) {
        Ok(list) => Ok(list),
        Err(error) => Ok(empty_list(unreadable(path, error)?, context)),
    }
}

fn temporary(source: std::io::Error) -> StudyError {
    StudyError::Io { path: std::env::temp_dir().display().to_string(), source }
}

/// Lists and registers without a study.
#[derive(Debug, Clone, Default)]
pub struct FileInputs {
    /// The lists.
    pub lists: Vec<PathBuf>,
    /// Whose lists, in their order; where there are fewer, the file's name or title tells.
    pub carriers: Vec<String>,
    /// Province code.
    pub province: String,
    /// The registers.
    pub inputs: StudyInputs,
}

/// A study file of no name for plain files. A list whose carrier cannot be told is called by its file's name.
pub fn plain_study(files: FileInputs) -> StudyFile {
    let FileInputs { lists, carriers, province, inputs } = files;
    let mut named = carriers.into_iter();
    let lists = lists
        .into_iter()
        .map(|file| {
            let carrier = named.next().or_else(|| guess_carrier(&file).map(|c| c.name().to_owned()));
            let stem = || file.file_stem().unwrap_or_default().to_string_lossy().into_owned();
            ListEntry {
                carrier: carrier.unwrap_or_else(stem),
                file,
                declared: None,
                meridian_deg: None,
                headers: BTreeMap::new(),
            }
        })
        .collect();
    StudyFile {
        plan: super::PlanSection::default(),
        study: StudyMeta { name: String::new(), province, date: None, simulated: false, note: None },
        inputs,
        lists,
        coverage: CoverageSection::default(),
        headers: BTreeMap::new(),
        validate: ValidateSection::default(),
    }
}

/// Of a text file the first part, which has its title; any other file as a whole, unless it is large: a guess is not
/// worth reading that twice.
fn beginning(file: &Path) -> Option<RawFile> {
    const TEXT_BYTES: u64 = 1 << 16;
    let small = Limits { unpacked_bytes: 16 << 20, cells: 200_000, text_bytes: 8 << 20, ..Limits::default() };
    let options = ReadOptions { limits: small, ..ReadOptions::default() };
    let mut bytes = Vec::new();
    File::open(file).ok()?.take(TEXT_BYTES).read_to_end(&mut bytes).ok()?;
    let is_container = bytes.starts_with(b"PK") || bytes.starts_with(&[0xD0, 0xCF]);
    let is_json = bytes.iter().find(|b| !b.is_ascii_whitespace()).is_some_and(|b| matches!(b, b'{' | b'['));
    if is_container || is_json || (bytes.len() as u64) < TEXT_BYTES {
        return read_file(file, &options).ok();
    }
    bytes.truncate(bytes.iter().rposition(|&b| b == b'\n')?);
    let part = read_bytes(&file.file_name()?.to_string_lossy(), &bytes, &options);
    part.or_else(|_| read_file(file, &options)).ok()
}

/// The carrier that a list's file name speaks of, else its title.
pub fn guess_carrier(file: &Path) -> Option<Carrier> {
    let known = |text: &str| {
        // A short form counts as a word only: "vina" in "vinaphone", but no "vt" in "vtruong".
        let words = text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty());
        words.filter_map(Carrier::from_name).find(|c| !matches!(c, Carrier::Other(_)))
    };
    let stem = file.file_stem()?.to_string_lossy();
    known(&stem).or_else(|| {
        let raw = beginning(file)?;
        raw.tables.iter().find_map(|table| known(&crate::text::clean(&table.title).text))
    })
}
