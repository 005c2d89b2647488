//! Areas → the villages they mean → gaps: which carrier leaves which village without signal.
//!
//! In: the carriers' lists (normalised), the register of villages, the communes of three eras. Out: every area
//! with its villages, how that was decided and how sure; every village with every carrier's word on it.
//! Nothing is dropped: an area that means no village of the register becomes a demand point of its own, and
//! every doubt is a finding. Not here: who could serve a village (`coverage`), which rule fires (`validate`).

mod across;
mod by_unit;
mod commune;
mod compare;
mod decide;
mod demand;
mod duplicates;
mod extent;
mod findings;
mod gaps;
mod hardship_power;
mod matching;
mod names;
mod only_2g;
mod packed;
mod programme;
mod register;
mod several;
#[cfg(test)]
mod testing;

pub use across::SameBy;
pub use by_unit::{Rate, UnitCounts, by_commune, by_commune_among, by_district, by_every_commune, total};
pub use compare::{CarrierChange, Change, ChangeKind, CommuneChange, Compared, Comparison, MOVED_M, compare};
pub use hardship_power::{CrossCell, Known, hardship_power};
pub use matching::{MatchedBy, VillageMatch};
pub use only_2g::{Only2g, only_2g};
pub use packed::{JudgedArea, NEED_VILLAGES, PackedMatches, match_lists};
pub(crate) use programme::place_key;
pub use programme::{InReach, Programme, ReachKind, StationUse, VillageReach, programme, programme_reaching};

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;

use crate::domain::{Area, Carrier, CommuneCode, CommuneOutline, Gap, ReportState, Village, VillageOrigin};
use crate::finding::Finding;
use crate::geodesy::LatLon;
use crate::index::IndexError;
use crate::normalize::admin::ProvinceUnits;
use crate::normalize::list::{AreaList, NamesOf};

use commune::{ListEra, Readings, list_era, readings, readings_of_code};
use extent::Extent;
use register::Register;

/// An area's own position counts as used where it is this near to the village it means, m.
const OWN_POSITION_M: f64 = 8_000.0;

/// What the lists are matched against.
#[derive(Debug, Clone, Copy)]
pub struct Registers<'a> {
    /// The register of villages.
    pub villages: &'a [Village],
    /// Today's communes, with outlines where there are any.
    pub communes: &'a [CommuneOutline],
    /// The communes of three eras and how they became each other.
    pub units: &'a ProvinceUnits,
}

/// How far off a position may be. A study can set its own.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Tolerances {
    /// A position is far from its commune beyond this, m, or beyond three times the commune's radius. Default 8,000.
    pub far_from_commune_m: f64,
    /// So far outside the outlines of the communes a position still counts as in the province, m. Default 1,500.
    pub outside_province_m: f64,
    /// A position is far from the village of its name beyond this, m. Default 3,000: whole arc-minutes are up to 1,300
    /// off.
    pub far_from_village_m: f64,
    /// Two rows of one list with one name in one commune, which the register lacks, are the same place up to this
    /// distance, m. Default 200.
    pub duplicate_m: f64,
}

impl Default for Tolerances {
    fn default() -> Tolerances {
        Tolerances {
            far_from_commune_m: 8_000.0,
            far_from_village_m: 3_000.0,
            outside_province_m: 1_500.0,
            duplicate_m: 200.0,
        }
    }
}

/// An area and what became of it.
#[derive(Debug, Clone, PartialEq)]
pub struct MatchedArea {
    /// The area.
    pub area: Area,
    /// The villages it means; at least one entry, also where there is none.
    pub matches: Vec<VillageMatch>,
    /// Today's commune, where it is known.
    pub commune_code: Option<CommuneCode>,
    /// The position used: the area's own where it can be trusted, else the village's.
    pub position: Option<LatLon>,
    /// The earlier area of the same list (by its number here) that says the same.
    pub duplicate_of: Option<usize>,
    /// The villages it counts for, by number in [`Reconciliation::villages`]: those matched, and the points that
    /// stand for what is not in the register.
    pub demand: Vec<usize>,
}

/// How many areas a list has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListCount {
    /// Whose list.
    pub carrier: Carrier,
    /// The file.
    pub file: Arc<str>,
    /// What the carrier declared.
    pub declared: Option<u64>,
    /// Whether the file was read as a table at all. One that could not be is told of by the reader.
    pub was_read: bool,
    /// Whether the carrier declared that it has no dead zones, and the list as a whole says so too.
    pub says_none: bool,
    /// Areas read, duplicates among them.
    pub areas: u64,
    /// Areas that repeat an earlier one.
    pub duplicates: u64,
    /// Areas that mean at least one village of the register, duplicates apart.
    pub matched: u64,
    /// Areas that mean none, duplicates apart: points of their own.
    pub outside_register: u64,
}

impl ListCount {
    /// Areas without the duplicates.
    pub fn counted(&self) -> u64 {
        self.areas - self.duplicates
    }
}

/// The result.
#[derive(Debug, Clone, PartialEq)]
pub struct Reconciliation {
    /// The register's villages in its order, then the points that stand for areas outside the register.
    pub villages: Vec<Village>,
    /// Every area, list by list, in the order of rows.
    pub areas: Vec<MatchedArea>,
    /// Every village with every carrier that handed in a list, by village then carrier.
    pub gaps: Vec<Gap>,
    /// The carriers that handed in a list.
    pub carriers: Vec<Carrier>,
    /// The lists in the order given.
    pub lists: Vec<ListCount>,
    /// Doubts, repairs and contradictions, in the order of areas.
    pub findings: Vec<Finding>,
}

/// Matches all lists against the registers.
///
/// # Errors
/// More villages than an index can hold.
pub fn reconcile(lists: &[AreaList], registers: Registers<'_>) -> Result<Reconciliation, IndexError> {
    reconcile_within(lists, registers, Tolerances::default())
}

/// [`reconcile`], with other tolerances.
///
/// # Errors
/// As [`reconcile`].
pub fn reconcile_within(
    lists: &[AreaList],
    registers: Registers<'_>,
    tolerances: Tolerances,
) -> Result<Reconciliation, IndexError> {
    let register = Register::new(registers.villages)?;
    let extent = Extent::new(registers.communes, tolerances);
    let mut areas: Vec<MatchedArea> = Vec::new();
    let mut counts: Vec<ListCount> = Vec::new();
    let mut all_findings: Vec<Finding> = Vec::new();
    for list in lists {
        let start = areas.len();
        let hint = list.names_of.map(|n| match n {
            NamesOf::Old => ListEra::Old,
            NamesOf::Today => ListEra::Today,
        });
        let names = list.areas.iter().map(|a| (a.district.as_deref(), a.commune.as_deref()));
        let era = list_era(names, hint, registers.units);
        // A list has thousands of rows and a few hundred communes: each is read once.
        let mut known: BTreeMap<(Option<&str>, Option<&str>), Readings> = BTreeMap::new();
        for area in &list.areas {
            let (district, commune) = (area.district.as_deref(), area.commune.as_deref());
            let readings = known
                .entry((district, commune))
                .or_insert_with(|| readings(district, commune, registers.units, &register, era));
            let place = Place::of(area, readings, registers.units, &register, &extent);
            let matched = matched_area(area.clone(), &place, &register);
            findings::of_area(&matched, &place, &register, &extent, registers.units, &mut all_findings);
            areas.push(matched);
        }
        duplicates::mark(&mut areas[start..], start, tolerances.duplicate_m, &mut all_findings);
        counts.push(count(list, &areas[start..]));
    }
    let mut villages = registers.villages.to_vec();
    demand::add_outside_register(&mut areas, registers.units, &mut villages);
    let carriers = gaps::carriers(lists);
    let gaps = gaps::gaps(&villages, &areas, &carriers);
    for list in &counts {
        findings::of_list(list, &mut all_findings);
    }
    findings::several_of_a_carrier(&counts, &mut all_findings);
    Ok(Reconciliation { villages, areas, gaps, carriers, lists: counts, findings: all_findings })
}

/// What is known of an area's place before its village is looked for.
pub(crate) struct Place<'a> {
    readings: Cow<'a, Readings>,
    /// The area's own position, wherever it is.
    own: Option<LatLon>,
    /// Whether it is in the province.
    in_province: Option<bool>,
    /// Whether it is near the commune that the area names.
    near_commune: Option<bool>,
}

impl<'a> Place<'a> {
    fn of(
        area: &Area,
        readings: &'a Readings,
        units: &ProvinceUnits,
        register: &Register<'_>,
        extent: &Extent<'_>,
    ) -> Place<'a> {
        let mut readings = Cow::Borrowed(readings);
        if let Some(code) = area.commune_code.as_deref() {
            // A name that nobody knows beside a code that is known: the code says where it is.
            if readings.is_empty() && area.commune.is_some() {
                readings = Cow::Owned(readings_of_code(code, &readings, units, register));
            }
            prefer_of_code(&mut readings, code);
        }
        let own = area.position.map(|p| p.position);
        let in_province = own.and_then(|p| extent.in_province(p, register));
        let near_commune = own.and_then(|p| extent.near_any(p, &readings, register));
        if let (Some(position), Some(true)) = (own, near_commune) {
            prefer_near(&mut readings, |reading| extent.near_reading(position, reading, register));
        }
        Place { readings, own, in_province, near_commune }
    }

    /// The own position, where nothing speaks against it.
    fn trusted(&self) -> Option<LatLon> {
        self.own.filter(|_| self.in_province != Some(false) && self.near_commune != Some(false))
    }
}

/// Where the code beside the name is that of some readings and not of others, these are the likely ones.
fn prefer_of_code(readings: &mut Cow<'_, Readings>, code: &str) {
    // Of a commune that was divided the code is one part's: the one that is wholly the code's goes before it.
    let wholly = |r: &commune::Reading| matches!(r.today.as_slice(), [one] if one.0 == code);
    let any_wholly = readings.likely.iter().chain(&readings.unlikely).any(wholly);
    let fits = |r: &commune::Reading| if any_wholly { wholly(r) } else { r.is_of_code(code) };
    let any_fits = readings.likely.iter().chain(&readings.unlikely).any(fits);
    if !any_fits || (readings.likely.iter().all(fits) && !readings.likely.is_empty()) {
        return;
    }
    let readings = readings.to_mut();
    let all = std::mem::take(&mut readings.likely).into_iter().chain(std::mem::take(&mut readings.unlikely));
    (readings.likely, readings.unlikely) = all.partition(fits);
}

/// Where the position lies near some readings of a name and far from others, the near ones are the likely ones.
fn prefer_near(readings: &mut Cow<'_, Readings>, near: impl Fn(&commune::Reading) -> Option<bool>) {
    let far = |r: &commune::Reading| near(r) == Some(false);
    // Mostly there is nothing to choose, and nothing to copy.
    if !readings.likely.is_empty() && !readings.likely.iter().any(far) {
        return;
    }
    let readings = readings.to_mut();
    if readings.likely.iter().all(far) {
        std::mem::swap(&mut readings.likely, &mut readings.unlikely);
        readings.swapped = true;
    }
    let (far_ones, near_ones): (Vec<_>, Vec<_>) =
        std::mem::take(&mut readings.likely).into_iter().partition(far);
    readings.likely = near_ones;
    readings.unlikely.extend(far_ones);
}

fn matched_area(area: Area, place: &Place<'_>, register: &Register<'_>) -> MatchedArea {
    let area = several::parted(area, &place.readings, register);
    let matches = matching::match_area(&area, place.trusted(), place.own, &place.readings, register);
    let first = matches.iter().find_map(|m| m.village);
    let commune_code = matching::commune_code(first, &place.readings, register);
    let village_position = first.and_then(|v| register.village(v).position);
    let own = place.own.filter(|p| match first {
        Some(village) => register.distance_m(*p, village).is_none_or(|d| d <= OWN_POSITION_M),
        None => place.trusted().is_some(),
    });
    let mut demand: Vec<usize> = matches.iter().filter_map(|m| m.village).collect();
    demand.sort_unstable();
    demand.dedup();
    MatchedArea {
        area,
        matches,
        commune_code,
        position: own.or(village_position),
        duplicate_of: None,
        demand,
    }
}

fn count(list: &AreaList, areas: &[MatchedArea]) -> ListCount {
    let first = |a: &&MatchedArea| a.duplicate_of.is_none();
    ListCount {
        carrier: list.carrier.clone(),
        file: list.file.clone(),
        declared: list.declared,
        was_read: !list.tables.is_empty(),
        says_none: list.says_none(),
        areas: areas.len() as u64,
        duplicates: areas.iter().filter(|a| a.duplicate_of.is_some()).count() as u64,
        matched: areas.iter().filter(first).filter(|a| a.matches.iter().any(|m| m.village.is_some())).count()
            as u64,
        outside_register: areas
            .iter()
            .filter(first)
            .filter(|a| a.matches.iter().all(|m| m.village.is_none()))
            .count() as u64,
    }
}

/// What the lists say of one village, over all carriers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct VillageState {
    /// Carriers that report it.
    pub reported: u32,
    /// Every carrier that handed in a list reports it.
    pub dark: bool,
}

impl Reconciliation {
    /// Each village with what every carrier says of it (by carrier), in the order of [`Reconciliation::villages`].
    pub fn by_village(&self) -> impl Iterator<Item = (&Village, &[Gap])> {
        self.villages.iter().zip(self.gaps.chunks(self.carriers.len().max(1)))
    }

    /// Whether there is a register of villages. Without one there is nothing to count villages of.
    pub fn has_register(&self) -> bool {
        // The register's villages come first.
        self.villages.first().is_some_and(|village| village.origin == VillageOrigin::Register)
    }

    /// The state of each village, in the order of [`Reconciliation::villages`].
    pub fn village_states(&self) -> Vec<VillageState> {
        self.gaps
            .chunks(self.carriers.len().max(1))
            .map(|of_village| {
                let reported = of_village.iter().filter(|g| g.state == ReportState::Reported).count();
                VillageState { reported: reported as u32, dark: reported > 0 && reported == of_village.len() }
            })
            .collect()
    }
}
