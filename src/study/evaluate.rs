//! What registered stations solve: gap by gap, station by station, and what as many stations could have solved.
//!
//! A station solves gaps of its own carrier in its reach. Beside each carrier's stations stands the best plan of as
//! many sites for the same carrier, on candidates and on the registered places, and the fewest sites that would solve
//! as many gaps. Reach is that of the coverage model; nobody has measured it.

use std::collections::{BTreeMap, BTreeSet};

use super::coverage::{CoverError, Reach, Reached};
use super::masts::planned_mast;
use super::plan_builds::Sharing;
use super::plan_demand::{DemandGap, Progress};
use crate::coverage::CoverageMatrix;
use crate::coverage::predicted::{Mast, PairCounts};
use crate::domain::{Candidate, PlannedStation};
use crate::geodesy::{LatLon, distance_m};
use crate::siting::Demand;

/// What one registered station does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StationVerdict {
    /// Its number in the programme.
    pub station: usize,
    /// How far it is.
    pub progress: Progress,
    /// Villages in its reach that its own carrier reports; `None` where it has no position.
    pub own_gaps: Option<u32>,
    /// Of these, those that no other registered station of the carrier reaches.
    pub unique_gaps: Option<u32>,
    /// Gaps of other carriers in its reach.
    pub other_gaps: Option<u32>,
    /// Gaps of its own carrier to which the ground is not known. 0 by radius.
    pub own_unknown: Option<u32>,
}

impl StationVerdict {
    /// Whether it is known to serve no gap of its own carrier.
    pub fn serves_no_own_gap(&self) -> bool {
        self.own_gaps == Some(0) && !self.is_unknown()
    }

    /// Whether it serves none as far as is known, and unknown ground lies before one.
    pub fn is_unknown(&self) -> bool {
        self.own_gaps == Some(0) && self.own_unknown.is_some_and(|unknown| unknown > 0)
    }

    /// The key used in files.
    pub fn state(&self) -> &'static str {
        match (self.own_gaps, self.unique_gaps, self.other_gaps) {
            (None, ..) => "position_unknown",
            (Some(0), ..) if self.is_unknown() => "ground_unknown",
            (Some(0), _, Some(0) | None) => "no_gap_in_reach",
            (Some(0), ..) => "only_gaps_of_other_carriers",
            (_, Some(0), _) => "only_gaps_that_others_solve",
            _ => "solves_gaps",
        }
    }
}

/// What becomes of one gap.
#[derive(Debug, Clone, PartialEq)]
pub struct GapVerdict {
    /// Its number among the gaps.
    pub gap: usize,
    /// Stations of its carrier (and of those that share its mast) that reach it, by number, ascending; `None` where the village has no position.
    pub solved_by: Option<Vec<usize>>,
    /// Stations of its carrier, by number, of which it is not known whether they reach it: the ground is not known.
    pub unknown: Vec<usize>,
    /// The nearest registered station that could serve it, and how far it is, m.
    pub nearest: Option<(usize, f64)>,
    /// Whether a candidate reaches it; `None` where the village has no position, or where none is known to and the ground to
    /// one is not known.
    pub candidate_reaches: Option<bool>,
}

impl GapVerdict {
    /// The key used in files. A gap in reach of a station on air is reported all the same: somebody should measure.
    pub fn state(&self, stations: &[StationVerdict]) -> &'static str {
        match &self.solved_by {
            None => "position_unknown",
            Some(by) if by.is_empty() && !self.unknown.is_empty() => "unknown",
            Some(by) if by.is_empty() => "not_solved",
            Some(by) if by.iter().any(|&s| stations[s].progress == Progress::OnAir) => {
                "reported_in_reach_of_on_air"
            }
            Some(_) => "solved",
        }
    }
}

/// The registered stations beside the gaps.
#[derive(Debug, Clone, PartialEq)]
pub struct Evaluation {
    /// Every station, in the programme's order.
    pub stations: Vec<StationVerdict>,
    /// Every gap, in the order given.
    pub gaps: Vec<GapVerdict>,
    /// Who serves whom: the candidates, then the registered stations that have a position ([`Evaluation::row_of`]), and the
    /// villages.
    pub matrix: CoverageMatrix,
    /// By station, its row.
    pub row_of: Vec<Option<u32>>,
    /// By progress and all better ones: (progress, stations, gaps solved).
    pub by_progress: Vec<(Progress, usize, usize)>,
    /// Every path that was looked at; none by radius.
    pub counts: PairCounts,
    /// By year and all earlier ones, stations without a year last: (year, stations, gaps solved).
    pub by_year: Vec<(Option<u16>, usize, usize)>,
}

/// What is evaluated.
#[derive(Debug, Clone, Copy)]
pub struct EvaluateInput<'a> {
    /// The villages.
    pub demand: &'a [Demand],
    /// Their gaps.
    pub gaps: &'a [DemandGap],
    /// The registered stations.
    pub programme: &'a [PlannedStation],
    /// Where else one could build.
    pub candidates: &'a [Candidate],
    /// Whose gaps a station serves beside those of its own carrier.
    pub sharing: &'a Sharing,
    /// Who is served. Antennas of registered stations are as registered, at the usual height where none is stated.
    pub reach: Reach<'a>,
}

/// Evaluates.
///
/// # Errors
/// Too many of anything.
pub fn evaluate(input: EvaluateInput<'_>) -> Result<Evaluation, CoverError> {
    let EvaluateInput { demand, gaps, programme, candidates, sharing, reach } = input;
    let mut masts: Vec<Mast<'_>> = candidates.iter().map(Mast::from).collect();
    let (mut row_of, mut station_of) = (vec![None; programme.len()], BTreeMap::new());
    for (s, station) in programme.iter().enumerate().filter(|(_, station)| station.position.is_some()) {
        row_of[s] = Some(masts.len() as u32);
        station_of.insert(masts.len(), s);
        masts.push(planned_mast(station, reach.rule.technology()));
    }
    let Reached { matrix, counts, unknown } = reach.cover(demand, &masts)?;
    let serves = |s: usize, gap: &DemandGap| {
        gap.carrier.as_ref().is_none_or(|carrier| sharing.serves(&programme[s].carrier, carrier))
    };
    let mut by_village: BTreeMap<u32, Vec<usize>> = BTreeMap::new();
    for (g, gap) in gaps.iter().enumerate() {
        by_village.entry(gap.village).or_default().push(g);
    }
    let mut solved_by: Vec<Vec<usize>> = vec![Vec::new(); gaps.len()];
    let mut other = vec![0; programme.len()];
    for (&row, &s) in &station_of {
        for village in matrix.row(row).unwrap_or_default() {
            for &g in by_village.get(&village).into_iter().flatten() {
                if serves(s, &gaps[g]) { solved_by[g].push(s) } else { other[s] += 1 }
            }
        }
    }
    let mut maybe: Vec<Vec<usize>> = vec![Vec::new(); gaps.len()];
    let mut own_unknown = vec![0; programme.len()];
    let mut perhaps: BTreeSet<u32> = BTreeSet::new();
    for (row, village) in unknown {
        let Some(&s) = station_of.get(&row) else {
            perhaps.insert(village);
            continue;
        };
        for &g in by_village.get(&village).into_iter().flatten() {
            if serves(s, &gaps[g]) {
                maybe[g].push(s);
                own_unknown[s] += 1;
            }
        }
    }
    let (mut own, mut unique) = (vec![0; programme.len()], vec![0; programme.len()]);
    for by in &solved_by {
        by.iter().for_each(|&s| own[s] += 1);
        if let [only] = by[..] {
            unique[only] += 1;
        }
    }
    let verdict = |(station, planned): (usize, &PlannedStation)| {
        let known = |count: u32| planned.position.map(|_| count);
        StationVerdict {
            station,
            progress: Progress::of(planned),
            own_gaps: known(own[station]),
            unique_gaps: known(unique[station]),
            other_gaps: known(other[station]),
            own_unknown: known(own_unknown[station]),
        }
    };
    let stations: Vec<StationVerdict> = programme.iter().enumerate().map(verdict).collect();
    let reached: BTreeSet<u32> =
        (0..candidates.len()).flat_map(|c| matrix.row(c).unwrap_or_default()).collect();
    let verdicts = gaps
        .iter()
        .zip(solved_by.iter().zip(maybe))
        .enumerate()
        .map(|(gap, (of, (by, maybe)))| {
            let position = demand[of.village as usize].position;
            let reaches = reached.contains(&of.village);
            let known = reaches || !perhaps.contains(&of.village);
            GapVerdict {
                gap,
                solved_by: position.map(|_| by.clone()),
                unknown: maybe,
                nearest: position.and_then(|p| nearest(p, programme, |s| serves(s, of))),
                candidate_reaches: position.filter(|_| known).map(|_| reaches),
            }
        })
        .collect();
    Ok(Evaluation {
        by_progress: by_progress(&stations, &solved_by),
        by_year: by_year(programme, &solved_by),
        gaps: verdicts,
        stations,
        counts,
        matrix,
        row_of,
    })
}

fn nearest(
    position: LatLon,
    programme: &[PlannedStation],
    serves: impl Fn(usize) -> bool,
) -> Option<(usize, f64)> {
    let own = programme.iter().enumerate().filter(|(s, _)| serves(*s));
    let near = own.filter_map(|(s, station)| Some((s, distance_m(position, station.position?))));
    near.min_by(|a, b| a.1.total_cmp(&b.1).then(a.0.cmp(&b.0)))
}

fn by_progress(stations: &[StationVerdict], solved_by: &[Vec<usize>]) -> Vec<(Progress, usize, usize)> {
    let all = [Progress::OnAir, Progress::Building, Progress::NotStarted, Progress::Unknown];
    let count = |last: Progress| {
        let counted = stations.iter().filter(|s| s.progress <= last).count();
        let solved = solved_by.iter().filter(|by| by.iter().any(|&s| stations[s].progress <= last)).count();
        (last, counted, solved)
    };
    all.into_iter().filter(|p| stations.iter().any(|s| s.progress == *p)).map(count).collect()
}

fn by_year(programme: &[PlannedStation], solved_by: &[Vec<usize>]) -> Vec<(Option<u16>, usize, usize)> {
    // No year comes after all years: nobody has promised one.
    let year = |s: usize| programme[s].year.unwrap_or(u16::MAX);
    let years: BTreeSet<u16> = (0..programme.len()).map(year).collect();
    let count = |last: u16| {
        let counted = (0..programme.len()).filter(|&s| year(s) <= last).count();
        let solved = solved_by.iter().filter(|by| by.iter().any(|&s| year(s) <= last)).count();
        ((last < u16::MAX).then_some(last), counted, solved)
    };
    years.into_iter().map(count).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unknown_ground_is_not_a_station_without_gaps() {
        let verdict = |own, unknown| StationVerdict {
            station: 0,
            progress: Progress::OnAir,
            own_gaps: Some(own),
            unique_gaps: Some(0),
            other_gaps: Some(0),
            own_unknown: Some(unknown),
        };
        let said = |v: StationVerdict| (v.serves_no_own_gap(), v.is_unknown(), v.state());
        assert_eq!(said(verdict(0, 0)), (true, false, "no_gap_in_reach"));
        assert_eq!(said(verdict(0, 2)), (false, true, "ground_unknown"));
        assert!(!said(verdict(1, 2)).0 && !said(verdict(1, 2)).1);
    }
}
