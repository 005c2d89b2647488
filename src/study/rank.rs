//! Ranking composed: what is uncovered → who could serve it → the ranking.

use std::path::Path;

use super::columns;
use super::config::read_study_file;
use super::load::{CandidateSource, LoadOptions, Study, clean_title};
use super::stages::Stages;
use super::{ExistingService, StudyError};
use crate::coverage::CoverageMatrix;
use crate::domain::{Candidate, Carrier, ReportState, Severity, Village};
use crate::finding::Finding;
use crate::normalize::register;
use crate::read::{Purpose, ReadOptions, read_file};
use crate::reconcile::Reconciliation;
use crate::siting::{Demand, RankError, RankOptions, Ranking, Site, rank_matrix};

/// Which uncovered villages count.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct DemandFilter {
    /// Only gaps of these carriers; empty: of all.
    pub carriers: Vec<Carrier>,
    /// Only gaps of this severity.
    pub severity: Option<Severity>,
    /// Only villages known to have no grid power.
    pub no_grid_power: bool,
    /// Only villages known to be especially difficult.
    pub hardship: bool,
    /// Leave out gaps that the carrier's own stations are predicted to serve.
    pub subtract: Option<ExistingService>,
}

impl DemandFilter {
    /// Whether a village is one that the filter asks for; `None` where that is not known. One known "no" is enough.
    pub fn fits(&self, village: &Village) -> Option<bool> {
        let power = if self.no_grid_power { village.grid_power.map(|has| !has) } else { Some(true) };
        let hardship = if self.hardship { village.hardship } else { Some(true) };
        match (power, hardship) {
            (Some(false), _) | (_, Some(false)) => Some(false),
            (Some(true), Some(true)) => Some(true),
            _ => None,
        }
    }
}

/// What is asked of the sites, with what the filter could not judge.
#[derive(Debug, Clone, Default)]
pub struct DemandSet {
    /// The uncovered villages, in the order of the register.
    pub villages: Vec<Demand>,
    /// Villages left out because the filter asks for what is not known of them (severity, grid power, hardship).
    pub not_judged: usize,
    /// Uncovered villages without a position: they are in `villages` and served by nobody.
    pub without_position: usize,
    /// Gaps left out because the carrier's own stations are predicted to serve them.
    pub subtracted_gaps: usize,
    /// For each of `villages` its number among those of the study; empty without lists.
    pub numbers: Vec<usize>,
}

/// The uncovered villages of a reconciliation.
pub fn demand_of(result: &Reconciliation, filter: &DemandFilter) -> DemandSet {
    let mut set = DemandSet::default();
    let states = result.village_states();
    let per_village = result.gaps.chunks(result.carriers.len().max(1));
    for (number, ((village, gaps), state)) in result.villages.iter().zip(per_village).zip(states).enumerate()
    {
        let mut not_judged = false;
        let mut count = 0u32;
        let mut subtracted = 0usize;
        for gap in gaps.iter().filter(|g| g.state == ReportState::Reported) {
            if !filter.carriers.is_empty() && !filter.carriers.contains(&gap.carrier) {
                continue;
            }
            match (filter.severity, gap.severity) {
                (Some(_), None) => not_judged = true,
                (Some(wanted), Some(stated)) if wanted != stated => {}
                // What is not known to be served stays.
                _ if filter
                    .subtract
                    .as_ref()
                    .is_some_and(|s| s.serves(number, &gap.carrier) == Some(true)) =>
                {
                    subtracted += 1;
                }
                _ => count += 1,
            }
        }
        if count > 0 || not_judged || subtracted > 0 {
            match filter.fits(village) {
                Some(true) => set.subtracted_gaps += subtracted,
                Some(false) => (count, not_judged) = (0, false),
                None => (count, not_judged) = (0, count > 0 || not_judged),
            }
        }
        if count == 0 {
            set.not_judged += usize::from(not_judged);
            continue;
        }
        set.without_position += usize::from(village.position.is_none());
        set.villages.push(demand(village, count, state.dark && subtracted == 0));
        set.numbers.push(number);
    }
    set
}

/// Without lists every village counts as uncovered.
pub fn demand_of_villages(villages: &[Village]) -> DemandSet {
    DemandSet {
        villages: villages.iter().map(|v| demand(v, 1, false)).collect(),
        without_position: villages.iter().filter(|v| v.position.is_none()).count(),
        ..DemandSet::default()
    }
}

fn demand(village: &Village, gaps: u32, dark: bool) -> Demand {
    Demand {
        id: village.id.clone(),
        position: village.position,
        gaps,
        dark,
        households: village.households,
        population: village.population,
        weight: village.weight,
    }
}

/// Villages and candidates from two tables, without a study.
#[derive(Debug, Clone, Default)]
pub struct PlainTables {
    /// The villages.
    pub villages: Vec<Village>,
    /// The candidates.
    pub candidates: Vec<Candidate>,
    /// What was wrong with either file.
    pub findings: Vec<Finding>,
}

/// Reads villages and candidates without a study.
///
/// # Errors
/// Where a file cannot be read at all, or lacks a column that is needed.
pub fn load_tables(
    villages: &Path,
    candidates: &Path,
    stages: &mut Stages<'_>,
) -> Result<PlainTables, StudyError> {
    let options = |purpose| ReadOptions { purpose, clean_text: clean_title, ..ReadOptions::default() };
    let (raw_villages, raw_candidates) = stages.run("read", || {
        Ok::<_, StudyError>((
            read_file(villages, &options(Purpose::Villages))?,
            read_file(candidates, &options(Purpose::Candidates))?,
        ))
    })?;
    columns::require(&raw_villages, columns::PLAIN_VILLAGES)?;
    columns::require(&raw_candidates, columns::CANDIDATES)?;
    Ok(stages.run("normalize", || {
        let villages = register::villages(&raw_villages);
        let candidates = register::candidates(&raw_candidates);
        PlainTables {
            villages: villages.rows,
            candidates: candidates.rows,
            findings: villages.findings.into_iter().chain(candidates.findings).collect(),
        }
    }))
}

/// A study reconciled: what the commands work on.
#[derive(Debug, Clone)]
pub struct ReconciledStudy {
    /// The study.
    pub study: Study,
    /// Its areas, villages and gaps.
    pub result: Reconciliation,
}

/// Loads a study with these candidates and reconciles its lists.
///
/// # Errors
/// Where a file cannot be read at all.
pub fn load_reconciled(
    path: &Path,
    candidates: CandidateSource<'_>,
    stages: &mut Stages<'_>,
) -> Result<ReconciledStudy, StudyError> {
    load_reconciled_with(path, LoadOptions::new(candidates), stages)
}

/// Loads a study as the options say and reconciles its lists.
///
/// # Errors
/// Where a file cannot be read at all.
pub fn load_reconciled_with(
    path: &Path,
    options: LoadOptions<'_>,
    stages: &mut Stages<'_>,
) -> Result<ReconciledStudy, StudyError> {
    let (folder, file) = read_study_file(path)?;
    let study = Study::load_file(&folder, file, options, stages)?;
    let result = study.reconcile(stages)?;
    Ok(ReconciledStudy { study, result })
}

/// Ranks candidates by who serves whom, in the stage `greedy`; `options.radius` is not looked at.
///
/// # Errors
/// Where a weight is no weight or candidates or villages are not those of the matrix.
pub fn rank_sites(
    matrix: CoverageMatrix,
    candidates: &[Candidate],
    demand: &[Demand],
    options: &RankOptions,
    stages: &mut Stages<'_>,
) -> Result<Ranking, RankError> {
    let sites: Vec<Site<'_>> = candidates.iter().map(Site::from).collect();
    stages.run("greedy", || rank_matrix(matrix, &sites, demand, options))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Gap, Source, VillageOrigin};

    fn village(id: &str, grid_power: Option<bool>, hardship: Option<bool>) -> Village {
        Village {
            id: id.to_owned(),
            name: id.to_owned(),
            commune_code: None,
            commune: None,
            old_commune: None,
            old_district: None,
            position: None,
            households: None,
            population: None,
            hardship,
            grid_power,
            weight: None,
            origin: VillageOrigin::Register,
            source: Source { file: "v.csv".into(), sheet: None, row: 2 },
        }
    }

    /// Villages A to E; Viettel and VinaPhone each with a word on each of them.
    fn reconciled() -> Reconciliation {
        use ReportState::{NotReported, Reported, Unknown};
        use Severity::{Weak, White};
        let villages = vec![
            village("A", Some(false), Some(true)),
            village("B", Some(true), None),
            village("C", None, Some(false)),
            village("D", Some(false), Some(true)),
            village("E", Some(false), Some(true)),
        ];
        let words = [
            ((Reported, Some(White)), (Reported, Some(Weak))),
            ((Reported, Some(Weak)), (NotReported, None)),
            ((NotReported, None), (Reported, None)),
            ((Unknown, None), (NotReported, None)),
            ((NotReported, None), (NotReported, None)),
        ];
        let gap = |village: &Village, carrier: Carrier, (state, severity)| Gap {
            village_id: village.id.clone(),
            carrier,
            state,
            severity,
            area_ids: Vec::new(),
        };
        let gaps = villages.iter().zip(words).flat_map(|(village, (viettel, vinaphone))| {
            [gap(village, Carrier::VinaPhone, vinaphone), gap(village, Carrier::Viettel, viettel)]
        });
        Reconciliation {
            gaps: gaps.collect(),
            villages,
            areas: Vec::new(),
            carriers: vec![Carrier::VinaPhone, Carrier::Viettel],
            lists: Vec::new(),
            findings: Vec::new(),
        }
    }

    /// Ids with their gaps, and how many could not be judged.
    fn demanded(filter: &DemandFilter) -> (Vec<(String, u32)>, usize) {
        let set = demand_of(&reconciled(), filter);
        (set.villages.iter().map(|v| (v.id.clone(), v.gaps)).collect(), set.not_judged)
    }

    fn of(ids: &[(&str, u32)]) -> Vec<(String, u32)> {
        ids.iter().map(|(id, gaps)| ((*id).to_owned(), *gaps)).collect()
    }

    #[test]
    fn only_what_is_reported_is_demanded() {
        assert_eq!(demanded(&DemandFilter::default()), (of(&[("A", 2), ("B", 1), ("C", 1)]), 0));
        let set = demand_of(&reconciled(), &DemandFilter::default());
        assert_eq!(set.villages.iter().map(|v| v.dark).collect::<Vec<_>>(), [true, false, false]);
        assert_eq!(set.without_position, 3);
    }

    #[test]
    fn one_carriers_gaps() {
        let filter = DemandFilter { carriers: vec![Carrier::Viettel], ..DemandFilter::default() };
        assert_eq!(demanded(&filter), (of(&[("A", 1), ("B", 1)]), 0));
    }

    #[test]
    fn a_severity_that_is_not_stated_is_not_judged_and_counted() {
        let with = |severity| DemandFilter { severity: Some(severity), ..DemandFilter::default() };
        assert_eq!(demanded(&with(Severity::White)), (of(&[("A", 1)]), 1));
        assert_eq!(demanded(&with(Severity::Weak)), (of(&[("A", 1), ("B", 1)]), 1));
    }

    #[test]
    fn grid_power_and_hardship_that_are_not_known_are_not_judged_and_counted() {
        let no_power = DemandFilter { no_grid_power: true, ..DemandFilter::default() };
        assert_eq!(demanded(&no_power), (of(&[("A", 2)]), 1));
        let hardship = DemandFilter { hardship: true, ..DemandFilter::default() };
        assert_eq!(demanded(&hardship), (of(&[("A", 2)]), 1));
        // B is known to have power, C to be no hardship village: both answers are known to be no.
        let both = DemandFilter { no_grid_power: true, hardship: true, ..DemandFilter::default() };
        assert_eq!(demanded(&both), (of(&[("A", 2)]), 0));
    }
}
