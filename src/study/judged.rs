//! Does a registered programme keep the constraints that a plan would have to keep? Which are broken, by how much, by whom.
//!
//! Three answers: kept, broken, not known. What is not known of a station (its place, its cost, its distance to the grid) is
//! never taken for kept: where it could break a constraint, the answer is that nobody can say.

use std::collections::{BTreeMap, BTreeSet};

use super::evaluate::Evaluation;
use super::plan_builds::Sharing;
use super::plan_demand::DemandGap;
use super::plan_limits::LimitText;
use crate::domain::{Candidate, Carrier, PlannedStation};
use crate::geodesy::{Radius, distance_m};
use crate::index::{IndexError, PointIndex};
use crate::siting::Demand;
use crate::siting::plan::{Backhaul, CountLimit, ServedFloor};

/// Whether a constraint is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kept {
    /// It is.
    Yes,
    /// Nobody can say: something is not known that decides it.
    Unknown,
    /// It is broken, whatever is not known.
    No,
}

impl Kept {
    /// The key used in files.
    pub fn key(self) -> &'static str {
        match self {
            Kept::Yes => "kept",
            Kept::Unknown => "unknown",
            Kept::No => "broken",
        }
    }

    /// A number of known and of possible ones against a floor or a ceiling.
    fn of(known: f64, possible: f64, limit: f64, at_least: bool) -> Kept {
        match at_least {
            true if known >= limit => Kept::Yes,
            true if possible < limit => Kept::No,
            false if known > limit => Kept::No,
            false if possible <= limit => Kept::Yes,
            _ => Kept::Unknown,
        }
    }
}

/// A part of a constraint that is broken, or may be: a commune, a pair of stations, a station.
#[derive(Debug, Clone, PartialEq)]
pub struct BrokenPart {
    /// What it speaks of; empty: the whole programme.
    pub of: String,
    /// Broken or not known; kept only where the constraint has this one part.
    pub kept: Kept,
    /// What there is, as far as is known.
    pub found: f64,
    /// What there may be, or must.
    pub limit: f64,
    /// In what both are counted: `stations`, `villages`, `people`, `km`, `million_vnd`.
    pub unit: &'static str,
    /// The stations, by number in the programme: those counted, or those that fall short.
    pub stations: Vec<usize>,
    /// Stations of which what is asked for is not known.
    pub unknown: Vec<usize>,
}

impl BrokenPart {
    /// What there is; `None` where it is money of `stations` stations and no cost of theirs is known.
    pub fn known(&self, stations: usize) -> Option<f64> {
        let nothing = self.unit == "million_vnd" && self.found <= 0.0 && self.unknown.len() == stations;
        (!nothing).then_some(self.found)
    }

    /// By how much it is broken, as far as is known; 0 where it is not.
    pub fn by(&self) -> f64 {
        match self.kept {
            Kept::No => (self.found - self.limit).abs(),
            _ => 0.0,
        }
    }
}

/// More pairs of stations that are too near to each other are counted, not listed.
const MAX_PARTS: usize = 100_000;

/// A constraint and what came of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Judged {
    /// As asked for.
    pub constraint: String,
    /// The worst of its parts.
    pub kept: Kept,
    /// What breaks it, the worst first.
    pub parts: Vec<BrokenPart>,
    /// So many more break it and are not listed.
    pub more: usize,
}

impl Judged {
    /// The constraint is as its worst part; `whole` shows the only part even where it is kept.
    fn new(constraint: impl Into<String>, parts: Vec<BrokenPart>) -> Judged {
        let kept = parts.iter().map(|part| part.kept).max().unwrap_or(Kept::Yes);
        let single = parts.len() == 1;
        let mut parts: Vec<BrokenPart> =
            parts.into_iter().filter(|part| single || part.kept != Kept::Yes).collect();
        // Ties stay in the order in which they were found.
        parts.sort_by(|a, b| b.kept.cmp(&a.kept).then(b.by().total_cmp(&a.by())));
        Judged { constraint: constraint.into(), kept, parts, more: 0 }
    }
}

/// A programme to be judged.
#[derive(Debug, Clone, Copy)]
pub struct Judgement<'a> {
    /// The stations.
    pub programme: &'a [PlannedStation],
    /// Candidates, then the stations that have a position: what rows of rules speak of.
    pub sites: &'a [Candidate],
    /// Who serves whom.
    pub evaluation: &'a Evaluation,
    /// Villages and their gaps.
    pub demand: &'a [Demand],
    /// Their gaps.
    pub gaps: &'a [DemandGap],
    /// Whose gaps a station serves.
    pub sharing: &'a Sharing,
}

impl Judgement<'_> {
    fn count(numbers: &[usize]) -> f64 {
        numbers.len() as f64
    }

    fn all(&self) -> impl Iterator<Item = (usize, &PlannedStation)> {
        self.programme.iter().enumerate()
    }

    fn site(&self, station: usize) -> Option<&Candidate> {
        self.sites.get(self.evaluation.row_of[station]? as usize)
    }

    /// No more stations than this.
    pub fn sites_at_most(&self, most: usize) -> Judged {
        let (found, limit) = (self.programme.len() as f64, most as f64);
        let kept = Kept::of(found, found, limit, false);
        let whole = BrokenPart { kept, found, limit, ..whole("stations") };
        Judged::new(format!("--sites {most}"), vec![whole])
    }

    /// All of them cost no more than this, million đồng. `cost` of a station: the least and the most that it can be, as far as
    /// that is known.
    pub fn budget(&self, limit: f64, cost: impl Fn(usize) -> (Option<f64>, Option<f64>)) -> Judged {
        let (mut found, mut possible, mut unknown) = (0.0, 0.0, Vec::new());
        for (s, _) in self.all() {
            let (least, most) = cost(s);
            found += least.unwrap_or(0.0);
            possible += most.unwrap_or(f64::INFINITY);
            if least.is_none() || most != least {
                unknown.push(s);
            }
        }
        // Sums of thousandths.
        let thousandths = |million: f64| (million * 1e3).round() / 1e3;
        let (found, possible) = (thousandths(found), thousandths(possible));
        let kept = Kept::of(found, possible, limit, false);
        let whole = BrokenPart { kept, found, limit, unknown, ..whole("million_vnd") };
        Judged::new(format!("--budget {limit}"), vec![whole])
    }

    /// A limit by commune, district, kind or grid: `counts` are its parts over the sites.
    pub fn count_limit(
        &self,
        limit: &LimitText,
        counts: &[CountLimit],
        known: impl Fn(u32) -> bool,
    ) -> Judged {
        let mut unknown: Vec<usize> = Vec::new();
        let mut station_of: BTreeMap<u32, usize> = BTreeMap::new();
        for (s, _) in self.all() {
            match self.evaluation.row_of[s].filter(|&row| known(row)) {
                Some(row) => {
                    station_of.insert(row, s);
                }
                None => unknown.push(s),
            }
        }
        let part = |count: &CountLimit| {
            let mut stations: Vec<usize> =
                count.members.iter().filter_map(|row| station_of.get(row).copied()).collect();
            stations.sort_unstable();
            let asked = count.at_most.unwrap_or(count.at_least) as f64;
            let possible = Self::count(&stations) + Self::count(&unknown);
            let kept = Kept::of(Self::count(&stations), possible, asked, limit.at_least);
            BrokenPart {
                of: part_name(&count.name),
                kept,
                found: Self::count(&stations),
                limit: asked,
                stations,
                unknown: if kept == Kept::Unknown { unknown.clone() } else { Vec::new() },
                ..whole("stations")
            }
        };
        Judged::new(&limit.text, counts.iter().map(part).collect())
    }

    /// A limit by carrier. To a floor count stations that solve a gap of the carrier, to a ceiling those too that the carrier
    /// registered and that solve none.
    pub fn carrier_limit(&self, limit: &LimitText, carriers: &[&Carrier]) -> Judged {
        let part = |carrier: &&Carrier| {
            let of = |gap: &DemandGap| gap.carrier.as_ref() == Some(*carrier);
            if limit.villages {
                return self.villages_of(limit, carrier.name(), |gap| of(gap));
            }
            let mut solving: BTreeSet<usize> = BTreeSet::new();
            let mut perhaps: BTreeSet<usize> = BTreeSet::new();
            for (_, verdict) in self.gaps.iter().zip(&self.evaluation.gaps).filter(|(gap, _)| of(gap)) {
                solving.extend(verdict.solved_by.iter().flatten());
                perhaps.extend(&verdict.unknown);
            }
            for (s, station) in self.all() {
                let serves = self.sharing.serves(&station.carrier, carrier);
                if !limit.at_least && station.carrier == **carrier {
                    solving.insert(s);
                } else if serves && station.position.is_none() {
                    perhaps.insert(s);
                }
            }
            let stations: Vec<usize> = solving.iter().copied().collect();
            let unknown: Vec<usize> = perhaps.difference(&solving).copied().collect();
            let (found, limit_at) = (Self::count(&stations), limit.count as f64);
            let kept = Kept::of(found, found + Self::count(&unknown), limit_at, limit.at_least);
            let unknown = if kept == Kept::Unknown { unknown } else { Vec::new() };
            BrokenPart {
                of: carrier.name().to_owned(),
                kept,
                found,
                limit: limit_at,
                stations,
                unknown,
                ..whole("stations")
            }
        };
        Judged::new(&limit.text, carriers.iter().map(part).collect())
    }

    /// Villages that must be served, by commune or district: a village is where one of its gaps is solved.
    pub fn served_floors(&self, limit: &LimitText, floors: &[ServedFloor]) -> Judged {
        let part = |floor: &ServedFloor| {
            let inside: BTreeSet<u32> = floor.villages.iter().copied().collect();
            let asked = LimitText { count: floor.at_least, ..limit.clone() };
            self.villages_of(&asked, &part_name(&floor.name), |gap| inside.contains(&gap.village))
        };
        Judged::new(&limit.text, floors.iter().map(part).collect())
    }

    /// Villages of which a gap that is meant is solved.
    fn villages_of(&self, limit: &LimitText, of: &str, is_meant: impl Fn(&DemandGap) -> bool) -> BrokenPart {
        let (mut there, mut solved, mut perhaps) = (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
        let mut unknown: BTreeSet<usize> = BTreeSet::new();
        let nowhere: Vec<usize> = self.all().filter(|(_, s)| s.position.is_none()).map(|(s, _)| s).collect();
        let meant = self.gaps.iter().zip(&self.evaluation.gaps).filter(|(gap, _)| is_meant(gap));
        for (gap, verdict) in meant {
            there.insert(gap.village);
            let by_nowhere = nowhere.iter().copied().filter(|&s| {
                let own = &self.programme[s].carrier;
                gap.carrier.as_ref().is_none_or(|carrier| self.sharing.serves(own, carrier))
            });
            let maybe: Vec<usize> = verdict.unknown.iter().copied().chain(by_nowhere).collect();
            match &verdict.solved_by {
                Some(by) if !by.is_empty() => {
                    solved.insert(gap.village);
                }
                None => {
                    perhaps.insert(gap.village);
                }
                Some(_) if !maybe.is_empty() => {
                    perhaps.insert(gap.village);
                    unknown.extend(maybe);
                }
                Some(_) => {}
            }
        }
        let known = solved.len() as f64;
        let possible = known + perhaps.difference(&solved).count() as f64;
        // No more can be asked for than there are.
        let asked = limit.count.min(there.len()) as f64;
        let kept = Kept::of(known, possible, asked, true);
        let unknown = if kept == Kept::Unknown { unknown.into_iter().collect() } else { Vec::new() };
        BrokenPart { of: of.to_owned(), kept, found: known, limit: asked, unknown, ..whole("villages") }
    }

    /// At most `most` of some stations.
    pub fn at_most_of(&self, constraint: &str, groups: &[(String, Vec<usize>)], most: usize) -> Judged {
        let part = |(of, stations): &(String, Vec<usize>)| {
            let found = Self::count(stations);
            let kept = Kept::of(found, found, most as f64, false);
            let (of, stations) = (of.clone(), stations.clone());
            BrokenPart { of, kept, found, limit: most as f64, stations, ..whole("stations") }
        };
        Judged::new(constraint, groups.iter().map(part).collect())
    }

    /// Stations nowhere nearer to each other than this, km; carriers on one mast (one position) are not too near.
    ///
    /// # Errors
    /// More stations than an index holds.
    pub fn min_distance(&self, least_km: f64) -> Result<Judged, IndexError> {
        let located: Vec<usize> = self.all().filter(|(_, s)| s.position.is_some()).map(|(s, _)| s).collect();
        let places: Vec<_> = located.iter().filter_map(|&s| self.programme[s].position).collect();
        let constraint = format!("--min-distance-km {least_km}");
        let index = PointIndex::new(&places)?;
        let Ok(radius) = Radius::from_m(least_km * 1000.0) else {
            return Ok(Judged::new(constraint, Vec::new()));
        };
        let (mut parts, mut more) = (Vec::new(), 0);
        for (i, &a) in located.iter().enumerate() {
            let mut near = index.collect_within(places[i], radius);
            near.sort_unstable();
            for j in near.into_iter().map(|j| j as usize).filter(|&j| j > i) {
                let b = located[j];
                let (first, second) = (&self.programme[a], &self.programme[b]);
                let apart_m = distance_m(places[i], places[j]);
                let one_mast = first.carrier != second.carrier && first.position == second.position;
                if one_mast || apart_m >= least_km * 1000.0 {
                    continue;
                }
                if parts.len() == MAX_PARTS {
                    more += 1;
                } else {
                    parts.push(BrokenPart {
                        of: format!("{} – {}", first.id, second.id),
                        kept: Kept::No,
                        found: apart_m / 1000.0,
                        limit: least_km,
                        stations: vec![a, b],
                        ..whole("km")
                    });
                }
            }
        }
        parts.extend(self.nowhere("km", least_km, located.len() < self.programme.len()));
        Ok(Judged { more, ..Judged::new(constraint, parts) })
    }

    /// Stations of which the place is not known, as a part that cannot be judged.
    fn nowhere(&self, unit: &'static str, limit: f64, there_are: bool) -> Option<BrokenPart> {
        let unknown: Vec<usize> = self.all().filter(|(_, s)| s.position.is_none()).map(|(s, _)| s).collect();
        there_are.then(|| BrokenPart { kept: Kept::Unknown, limit, unknown, ..whole(unit) })
    }

    /// Each station solves gaps of at least so many villages, shared ones counted.
    pub fn min_villages(&self, least: u32) -> Judged {
        let of = self.villages_by_station();
        let part = |(s, villages): (usize, &BTreeSet<u32>)| {
            let found = villages.len() as f64;
            self.of_station(s, found, f64::from(least), "villages", self.is_open(s))
        };
        let parts = of.iter().enumerate().map(part).filter(|part| part.kept != Kept::Yes);
        Judged::new(format!("--min-villages {least}"), parts.collect())
    }

    /// Each station serves at least so many people, shared ones counted.
    pub fn min_people(&self, least: u64) -> Judged {
        let of = self.villages_by_station();
        let part = |(s, villages): (usize, &BTreeSet<u32>)| {
            let people = villages.iter().map(|&v| self.demand[v as usize].population);
            let known: u64 = people.clone().flatten().map(u64::from).sum();
            let open = self.is_open(s) || people.into_iter().any(|number| number.is_none());
            self.of_station(s, known as f64, least as f64, "people", open)
        };
        let parts = of.iter().enumerate().map(part).filter(|part| part.kept != Kept::Yes);
        Judged::new(format!("--min-people {least}"), parts.collect())
    }

    fn of_station(&self, s: usize, found: f64, limit: f64, unit: &'static str, open: bool) -> BrokenPart {
        let kept = Kept::of(found, if open { f64::INFINITY } else { found }, limit, true);
        let (stations, unknown) = if kept == Kept::Unknown { (vec![], vec![s]) } else { (vec![s], vec![]) };
        BrokenPart { of: self.programme[s].id.clone(), kept, found, limit, stations, unknown, ..whole(unit) }
    }

    /// Whether a station may serve more than is known.
    fn is_open(&self, s: usize) -> bool {
        let verdict = &self.evaluation.stations[s];
        verdict.own_gaps.is_none() || verdict.own_unknown.is_some_and(|unknown| unknown > 0)
    }

    fn villages_by_station(&self) -> Vec<BTreeSet<u32>> {
        let mut of = vec![BTreeSet::new(); self.programme.len()];
        for (gap, verdict) in self.gaps.iter().zip(&self.evaluation.gaps) {
            for &s in verdict.solved_by.iter().flatten() {
                of[s].insert(gap.village);
            }
        }
        of
    }

    /// Each station reaches one that stands already, over others of the programme where it must.
    pub fn backhaul(&self, constraint: &str, backhaul: &Backhaul) -> Judged {
        let mut chosen = vec![false; self.sites.len()];
        for &row in self.evaluation.row_of.iter().flatten() {
            chosen[row as usize] = true;
        }
        let reached = backhaul.reached(&chosen);
        let lost = |(s, _): &(usize, &PlannedStation)| {
            self.evaluation.row_of[*s].is_some_and(|row| !reached[row as usize])
        };
        let stations: Vec<usize> = self.all().filter(lost).map(|(s, _)| s).collect();
        let unknown: Vec<usize> = self.all().filter(|(_, s)| s.position.is_none()).map(|(s, _)| s).collect();
        let found = Self::count(&stations);
        let kept = Kept::of(found, found + Self::count(&unknown), 0.0, false);
        Judged::new(constraint, vec![BrokenPart { kept, found, stations, unknown, ..whole("stations") }])
    }

    /// The stations of each group of the column `group`.
    pub fn by_group(&self) -> Vec<(String, Vec<usize>)> {
        let mut groups: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (s, station) in self.all() {
            let group = self.site(s).map_or(station.group.as_ref(), |site| site.group.as_ref());
            if let Some(group) = group {
                groups.entry(group.clone()).or_default().push(s);
            }
        }
        groups.into_iter().collect()
    }
}

/// The part that is the whole programme.
fn whole(unit: &'static str) -> BrokenPart {
    BrokenPart {
        of: String::new(),
        kept: Kept::Yes,
        found: 0.0,
        limit: 0.0,
        unit,
        stations: Vec::new(),
        unknown: Vec::new(),
    }
}

/// `commune<=3 [17230]` → `17230`.
fn part_name(name: &str) -> String {
    let inside = name.rsplit_once('[').and_then(|(_, rest)| rest.strip_suffix(']'));
    inside.unwrap_or(name).to_owned()
}
