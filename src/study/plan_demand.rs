//! The gaps behind the demand, one by one, and what is built already.
//!
//! A station of a carrier closes gaps of that carrier only: nobody knows of others on its mast. A list that was made
//! after a station went on air knew of it: such a gap stays.

use std::collections::{BTreeMap, BTreeSet};

use super::coverage::{CoverError, Reach, Reached};
use super::masts::{planned_mast, station_mast};
use super::rank::{DemandFilter, DemandSet};
use crate::coverage::predicted::{Mast, PairCounts};
use crate::domain::{Carrier, PlannedStation, ReportState, Severity, Station};
use crate::propagation::link_budget::Technology;
use crate::reconcile::{Only2g, Reconciliation};
use crate::text::unaccent;

/// A village that a carrier leaves without signal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DemandGap {
    /// The village, by its place in the demand.
    pub village: u32,
    /// The carrier; `None` without lists, where any carrier will do.
    pub carrier: Option<Carrier>,
    /// As reported.
    pub severity: Option<Severity>,
    /// Whether the carrier is known to serve the village by 2G alone; marked where somebody asks
    /// ([`mark_only_2g`]).
    pub only_2g: bool,
}

impl DemandGap {
    /// Whether a station of this carrier can close it.
    pub fn is_of(&self, carrier: &Carrier) -> bool {
        self.carrier.as_ref().is_none_or(|own| own == carrier)
    }
}

/// The gaps that the demand is made of, by village.
pub fn gaps_of(result: &Reconciliation, filter: &DemandFilter, demand: &DemandSet) -> Vec<DemandGap> {
    let places: BTreeMap<&str, u32> = demand.villages.iter().map(|v| v.id.as_str()).zip(0..).collect();
    let counts = |carrier: &Carrier| filter.carriers.is_empty() || filter.carriers.contains(carrier);
    let severe = |severity| filter.severity.is_none() || filter.severity == severity;
    let served = |number: usize, carrier: &Carrier| {
        filter.subtract.as_ref().is_some_and(|service| service.serves(number, carrier) == Some(true))
    };
    result
        .by_village()
        .enumerate()
        .flat_map(|(number, (_, gaps))| gaps.iter().map(move |gap| (number, gap)))
        .filter(|(_, gap)| gap.state == ReportState::Reported && counts(&gap.carrier) && severe(gap.severity))
        .filter(|(number, gap)| !served(*number, &gap.carrier))
        .filter_map(|(_, gap)| {
            let village = *places.get(gap.village_id.as_str())?;
            Some(DemandGap {
                village,
                carrier: Some(gap.carrier.clone()),
                severity: gap.severity,
                only_2g: false,
            })
        })
        .collect()
}

/// Without lists every village is one gap.
pub fn gaps_of_villages(demand: &DemandSet) -> Vec<DemandGap> {
    let gap = |village| DemandGap { village, carrier: None, severity: None, only_2g: false };
    (0..demand.villages.len() as u32).map(gap).collect()
}

/// Marks the gaps of which the carrier's list says 2G alone, or whose carrier has nothing but 2G stations within the
/// study's radius; how many. `numbers` are the villages of the demand among those of the study.
pub fn mark_only_2g(gaps: &mut [DemandGap], numbers: &[usize], found: &[Only2g]) -> usize {
    let known: BTreeSet<(usize, &Carrier)> = found.iter().map(|one| (one.village, &one.carrier)).collect();
    for gap in gaps.iter_mut() {
        let number = numbers.get(gap.village as usize);
        gap.only_2g =
            number.zip(gap.carrier.as_ref()).is_some_and(|(&n, carrier)| known.contains(&(n, carrier)));
    }
    gaps.iter().filter(|gap| gap.only_2g).count()
}

/// How far a registered station is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Progress {
    /// Đã phát sóng.
    OnAir,
    /// Đang xây dựng.
    Building,
    /// Chưa triển khai.
    NotStarted,
    /// No status, or one that is not understood.
    Unknown,
}

impl Progress {
    /// From the status as written.
    pub fn of(station: &PlannedStation) -> Progress {
        let status = unaccent(station.status.as_deref().unwrap_or_default());
        let says = |words: &[&str]| words.iter().any(|word| status.contains(word));
        if says(&["chua", "khong", "not ", "planned", "du kien", "dang ky", "registered", "inactive"]) {
            Progress::NotStarted
        } else if says(&["dang xay", "thi cong", "dang trien khai", "building", "construction", "lap dat"]) {
            Progress::Building
        } else if says(&["phat song", "hoan thanh", "hoat dong", "on air", "in service", "active", "done"]) {
            Progress::OnAir
        } else {
            Progress::Unknown
        }
    }

    /// The key used in files.
    pub fn key(self) -> &'static str {
        match self {
            Progress::OnAir => "on_air",
            Progress::Building => "building",
            Progress::NotStarted => "not_started",
            Progress::Unknown => "unknown",
        }
    }
}

/// Which stations count as built: what they serve is not asked for again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Built {
    /// Existing stations. Default: no; the lists were made in their presence.
    pub existing: bool,
    /// Registered, on air, not before the year of the lists. Default: yes.
    pub on_air: bool,
    /// Registered, under construction. Default: yes.
    pub building: bool,
    /// Registered, not begun, or of unknown status. Default: no.
    pub not_started: bool,
    /// Registered for this year or earlier. Default: any year.
    pub until: Option<u16>,
}

impl Default for Built {
    fn default() -> Built {
        Built { existing: false, on_air: true, building: true, not_started: false, until: None }
    }
}

impl Built {
    /// Nothing counts.
    pub const NONE: Built =
        Built { existing: false, on_air: false, building: false, not_started: false, until: None };

    /// From words: `none`, `existing`, `on-air`, `building`, `registered` (all registered), `all`.
    ///
    /// # Errors
    /// The word that is none of these.
    pub fn from_words<'a>(words: impl IntoIterator<Item = &'a str>) -> Result<Built, String> {
        let mut built = Built::NONE;
        for word in words {
            match word.trim() {
                "none" => {}
                "existing" => built.existing = true,
                "on-air" => built.on_air = true,
                "building" => built.building = true,
                "registered" => (built.on_air, built.building, built.not_started) = (true, true, true),
                "all" => {
                    built = Built { existing: true, on_air: true, building: true, not_started: true, ..built }
                }
                other => {
                    return Err(format!(
                        "“{other}” is not one of none, existing, on-air, building, registered, all"
                    ));
                }
            }
        }
        Ok(built)
    }

    /// The words for it.
    pub fn words(self) -> Vec<&'static str> {
        let words = [
            (self.existing, "existing"),
            (self.on_air, "on-air"),
            (self.building, "building"),
            (self.not_started, "not-started"),
        ];
        let words: Vec<_> = words.into_iter().filter(|(set, _)| *set).map(|(_, word)| word).collect();
        if words.is_empty() { vec!["none"] } else { words }
    }

    /// Whether a registered station counts. `list_year`: the year that the lists speak of, where it is known.
    pub fn counts(self, station: &PlannedStation, list_year: Option<u16>) -> bool {
        let in_time = self.until.is_none_or(|until| station.year.is_some_and(|year| year <= until));
        let known_to_lists = station.year.zip(list_year).is_some_and(|(year, list)| year < list);
        in_time
            && match Progress::of(station) {
                Progress::OnAir => self.on_air && !known_to_lists,
                Progress::Building => self.building,
                Progress::NotStarted | Progress::Unknown => self.not_started,
            }
    }
}

/// What counting stations as built did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct BuiltEffect {
    /// Stations that count and have a position.
    pub stations: usize,
    /// Stations that would count and have no position.
    pub without_position: usize,
    /// Gaps that they close.
    pub gaps: usize,
    /// Gaps that stay open although one of them may close them: the ground is not known. 0 by radius.
    pub gaps_unknown: usize,
    /// Villages that ask for nothing more.
    pub villages: usize,
    /// Every path that was looked at; none by radius.
    pub counts: PairCounts,
}

/// Places of masts that count as built, with their carriers. With a `technology` those that state others have no place.
pub fn built_places<'a>(
    stations: &'a [Station],
    programme: &'a [PlannedStation],
    built: Built,
    list_year: Option<u16>,
    technology: Option<Technology>,
) -> Vec<(&'a Carrier, Mast<'a>)> {
    let existing =
        stations.iter().filter(|_| built.existing).map(|s| (&s.carrier, station_mast(s, technology)));
    let registered = programme
        .iter()
        .filter(|s| built.counts(s, list_year))
        .map(|s| (&s.carrier, planned_mast(s, technology)));
    existing.chain(registered).collect()
}

/// Takes what is built out of the demand: gaps first, then villages without any gap left. A village with a gap less is
/// no longer dark.
///
/// # Errors
/// [`CoverError`] where there are too many stations or the rule is none.
pub fn take_out_built(
    demand: &mut DemandSet,
    gaps: &mut Vec<DemandGap>,
    places: &[(&Carrier, Mast<'_>)],
    reach: Reach<'_>,
) -> Result<BuiltEffect, CoverError> {
    let masts: Vec<Mast<'_>> = places.iter().map(|(_, mast)| *mast).collect();
    let Reached { matrix, counts, unknown } = reach.cover(&demand.villages, &masts)?;
    let unknown: BTreeSet<(u32, &Carrier)> =
        unknown.into_iter().map(|(row, village)| (village, places[row].0)).collect();
    let mut served: BTreeSet<(u32, &Carrier)> = BTreeSet::new();
    for (row, (carrier, _)) in places.iter().enumerate() {
        served.extend(matrix.row(row).unwrap_or_default().into_iter().map(|village| (village, *carrier)));
    }
    let among = |set: &BTreeSet<(u32, &Carrier)>, gap: &DemandGap| match &gap.carrier {
        Some(carrier) => set.contains(&(gap.village, carrier)),
        None => places.iter().any(|(carrier, _)| set.contains(&(gap.village, carrier))),
    };
    let closes = |gap: &DemandGap| among(&served, gap);
    let gaps_unknown = gaps.iter().filter(|gap| !closes(gap) && among(&unknown, gap)).count();
    let before = (gaps.len(), demand.villages.len());
    let mut left = vec![0_u32; demand.villages.len()];
    gaps.retain(|gap| {
        let open = !closes(gap);
        left[gap.village as usize] += u32::from(open);
        open
    });
    let mut place = Vec::with_capacity(left.len());
    let mut next = 0;
    for (village, &left) in demand.villages.iter_mut().zip(&left) {
        village.dark &= left == village.gaps;
        village.gaps = left;
        place.push(next);
        next += u32::from(left > 0);
    }
    let mut remain = demand.villages.iter().map(|village| village.gaps > 0);
    // Without lists there are no numbers.
    demand.numbers.retain(|_| remain.next().unwrap_or(true));
    demand.villages.retain(|village| village.gaps > 0);
    demand.without_position = demand.villages.iter().filter(|v| v.position.is_none()).count();
    gaps.iter_mut().for_each(|gap| gap.village = place[gap.village as usize]);
    let located = masts.iter().filter(|mast| mast.position.is_some()).count();
    Ok(BuiltEffect {
        stations: located,
        without_position: masts.len() - located,
        gaps: before.0 - gaps.len(),
        gaps_unknown,
        villages: before.1 - demand.villages.len(),
        counts,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Source;
    use crate::geodesy::LatLon;
    use crate::siting::Demand;
    use crate::study::{CoverageRule, StudyClusters, StudyGround};

    fn station(carrier: Carrier, lat: f64, year: u16, status: &str) -> PlannedStation {
        PlannedStation {
            id: format!("{carrier}-{year}"),
            carrier,
            commune: None,
            village: None,
            position: LatLon::from_degrees(lat, 104.0).ok(),
            year: Some(year),
            status: Some(status.to_owned()),
            technology: None,
            height_agl_m: None,
            kind: None,
            grid_distance_km: None,
            cost_million_vnd: None,
            group: None,
            source: Source { file: "p.csv".into(), sheet: None, row: 2 },
        }
    }

    fn demand() -> (DemandSet, Vec<DemandGap>) {
        let village = |id: &str, lat: f64, gaps, dark| Demand {
            id: id.to_owned(),
            position: LatLon::from_degrees(lat, 104.0).ok(),
            gaps,
            dark,
            households: None,
            population: None,
            weight: None,
        };
        let villages =
            vec![village("A", 19.0, 1, false), village("B", 19.1, 2, true), village("C", 19.2, 1, false)];
        let gap =
            |village, carrier| DemandGap { village, carrier: Some(carrier), severity: None, only_2g: false };
        let gaps = vec![
            gap(0, Carrier::Viettel),
            gap(1, Carrier::Viettel),
            gap(1, Carrier::MobiFone),
            gap(2, Carrier::MobiFone),
        ];
        (DemandSet { villages, ..DemandSet::default() }, gaps)
    }

    #[test]
    fn a_station_closes_gaps_of_its_own_carrier_only() {
        let (mut demand, mut gaps) = demand();
        let stations = [
            station(Carrier::Viettel, 19.001, 2025, "Đang xây dựng"),
            station(Carrier::Viettel, 19.101, 2025, "Đã phát sóng"),
            station(Carrier::Viettel, 19.201, 2025, "Đã phát sóng"),
            station(Carrier::MobiFone, 19.2, 2025, "Chưa triển khai"),
        ];
        let places = built_places(&[], &stations, Built::default(), None, None);
        let (rule, ground) = (CoverageRule::Radius { radius_km: 3.0 }, StudyGround::default());
        let clusters = StudyClusters::default();
        let reach = Reach { rule: &rule, ground: &ground, clusters: &clusters, served_share: 0.9 };
        let effect = take_out_built(&mut demand, &mut gaps, &places, reach).unwrap();
        assert_eq!(effect, BuiltEffect { stations: 3, gaps: 2, villages: 1, ..BuiltEffect::default() });
        let left: Vec<_> = demand.villages.iter().map(|v| (v.id.as_str(), v.gaps, v.dark)).collect();
        assert_eq!(left, [("B", 1, false), ("C", 1, false)]);
        let left: Vec<_> = gaps.iter().map(|gap| (gap.village, gap.carrier.clone())).collect();
        assert_eq!(left, [(0, Some(Carrier::MobiFone)), (1, Some(Carrier::MobiFone))]);
    }

    #[test]
    fn status_and_year_decide_what_counts() {
        let on_air = station(Carrier::Viettel, 19.0, 2023, "Đã phát sóng");
        assert!(Built::default().counts(&on_air, None) && Built::default().counts(&on_air, Some(2023)));
        assert!(!Built::default().counts(&on_air, Some(2024)), "the list of 2024 knew it");
        let begun = station(Carrier::Viettel, 19.0, 2025, "đang XÂY dựng");
        assert!(Built::default().counts(&begun, Some(2026)));
        let planned = station(Carrier::Viettel, 19.0, 2025, "Chưa phát sóng");
        assert_eq!(Progress::of(&planned), Progress::NotStarted);
        assert!(!Built::default().counts(&planned, None));
        let all = Built::from_words(["registered"]).unwrap();
        assert!(all.counts(&planned, None) && !all.existing);
        assert!(!Built { until: Some(2024), ..all }.counts(&planned, None));
        assert!(Built::from_words(["built"]).unwrap_err().contains("“built”"));
        assert_eq!(Built::from_words(["none"]), Ok(Built::NONE));
    }
}
