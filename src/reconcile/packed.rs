//! Lists of any length against the registers, for validation: what [`reconcile`](super::reconcile) finds, kept as
//! bytes. Gaps and stand-in villages are not made as values; what rules ask of them is worked out from the areas.
//!
//! Rows are matched on all threads, a batch at a time, and then taken in their order: the result is the same on any
//! number of threads.

use std::collections::hash_map::Entry;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::hash::{BuildHasherDefault, DefaultHasher, Hash, Hasher};

use geo::MultiPolygon;
use rayon::iter::{IndexedParallelIterator, IntoParallelIterator, IntoParallelRefIterator, ParallelIterator};

use super::commune::{ListEra, Readings, list_era, readings};
use super::extent::Extent;
use super::register::Register;
use super::{
    ListCount, MatchedArea, Place, Registers, Tolerances, demand, duplicates, findings, matched_area,
};
use crate::domain::{Area, AreaPosition, Carrier, CommuneCode, Source};
use crate::finding::bytes::{
    put_float, put_number, put_text, take_float, take_index, take_number, take_text,
};
use crate::finding::{Finding, FindingLog, Rule};
use crate::geodesy::LatLon;
use crate::index::IndexError;
use crate::normalize::list::{ListHead, NamesOf};
use crate::normalize::list_stream::{PackedList, PackedTable, PlaceName};
use crate::normalize::packed::{PackedPlace, Records, pack_area, unpack_area, unpack_position_only};

/// Rules that cannot be judged without a register of villages: validation lists them as not run.
pub const NEED_VILLAGES: [Rule; 4] =
    [Rule::VillageNotInRegister, Rule::VillageAmbiguous, Rule::OutsideRegister, Rule::MatchByPosition];

/// Areas matched at once.
const BATCH: usize = 8_192;

/// An area and what became of it.
#[derive(Debug, Clone, PartialEq)]
pub struct JudgedArea {
    /// The area, without its id.
    pub area: Area,
    /// Today's commune, where it is known.
    pub commune_code: Option<CommuneCode>,
    /// The position used: the area's own where it can be trusted, else the village's.
    pub position: Option<LatLon>,
    /// Whether it repeats an earlier area of its list.
    pub is_duplicate: bool,
    /// The villages it counts for, by number: those of the register first, then the points that stand for what is
    /// not in the register.
    pub demand: Vec<usize>,
    /// The villages it may mean, where no one of them could be chosen.
    pub several: Vec<usize>,
}

/// The lists, matched.
#[derive(Debug, Clone, Default)]
pub struct PackedMatches {
    /// What the lists are, in the order given.
    pub heads: Vec<ListHead>,
    /// How many areas they have.
    pub lists: Vec<ListCount>,
    /// The carriers that handed in a list or stand in one, in order.
    pub carriers: Vec<Carrier>,
    tables: Vec<Table>,
    areas: Records,
    polygons: Vec<MultiPolygon<f64>>,
    /// Villages of the register.
    registered: usize,
    /// Up to this distance two areas of one name are one place, m.
    duplicate_m: f64,
    /// Whether an area states a technology.
    pub has_technology: bool,
    /// The area that each point outside the register was made for.
    stand_ins: Vec<u32>,
}

#[derive(Debug, Clone)]
struct Table {
    place: PackedPlace,
    /// The number of its first area, and that behind its last.
    first: usize,
    end: usize,
}

/// A key as 128 bits: among a million keys the chance of two alike is 1 in 10^26.
type Key = [u64; 2];

/// Such keys are hashes already: one of their halves will do.
#[derive(Default)]
struct FirstHalf(u64);

impl Hasher for FirstHalf {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        if let Some(last) = bytes.last_chunk::<8>() {
            self.0 = u64::from_ne_bytes(*last);
        }
    }
}

type ByKey<V> = HashMap<Key, V, BuildHasherDefault<FirstHalf>>;

fn key(value: &impl Hash) -> Key {
    [0_u8, 1].map(|salt| {
        let mut hasher = DefaultHasher::new();
        salt.hash(&mut hasher);
        value.hash(&mut hasher);
        hasher.finish()
    })
}

/// The points outside the register by commune and name, in the order in which they were made. Mostly there is one.
#[derive(Default)]
struct Points {
    first: ByKey<u32>,
    more: ByKey<Vec<u32>>,
}

impl Points {
    fn of(&self, key: Option<Key>) -> impl Iterator<Item = u32> + '_ {
        let first = key.and_then(|key| self.first.get(&key)).copied();
        let more = key.and_then(|key| self.more.get(&key)).into_iter().flatten().copied();
        first.into_iter().chain(more)
    }

    fn add(&mut self, key: Key, point: u32) {
        match self.first.entry(key) {
            Entry::Occupied(_) => self.more.entry(key).or_default().push(point),
            Entry::Vacant(free) => {
                free.insert(point);
            }
        }
    }
}

/// What can be said of an area by itself. As bytes: it is made by one thread and taken by another.
struct Judged {
    /// The area and its position, as [`pack_matched`] has them.
    bytes: Vec<u8>,
    /// Its polygon, and where in the bytes its number belongs.
    polygon: Option<(MultiPolygon<f64>, usize)>,
    /// The position used.
    position: Option<LatLon>,
    means_a_village: bool,
    has_technology: bool,
    /// Villages of the register that it counts for, and those that it may mean.
    demand: Vec<usize>,
    several: Vec<usize>,
    findings: Vec<Finding>,
    /// What makes it the same place as another of its list, and whether the places must be compared, too.
    same: Option<(Key, bool)>,
    /// For each of its names that the register lacks: commune and name, `None` where it has no name.
    outside: Vec<Option<Key>>,
}

/// What all areas of a list are judged by.
struct Scales<'a> {
    /// By district, then commune.
    known: BTreeMap<Option<String>, BTreeMap<Option<String>, Readings>>,
    unknown: Readings,
    register: &'a Register<'a>,
    extent: &'a Extent<'a>,
    registers: Registers<'a>,
}

impl Scales<'_> {
    fn judge(&self, area: Area, carrier: &Carrier) -> Judged {
        let readings = self.known.get(&area.district).and_then(|known| known.get(&area.commune));
        let readings = readings.unwrap_or(&self.unknown);
        let place = Place::of(&area, readings, self.registers.units, self.register, self.extent);
        let matched = matched_area(area, &place, self.register);
        let mut found = Vec::new();
        findings::of_area(&matched, &place, self.register, self.extent, self.registers.units, &mut found);
        let same =
            duplicates::key(&matched).map(|same| (key(&(&matched.area.carrier, &same)), same.is_words()));
        let outside = demand::names_outside(&matched).map(|name| name.map(|name| key(&name))).collect();
        let mut bytes = Vec::with_capacity(AREA_BYTES);
        let polygon = pack_matched(&matched, carrier, &mut bytes);
        Judged {
            bytes,
            polygon,
            position: matched.position,
            means_a_village: matched.matches.iter().any(|m| m.village.is_some()),
            has_technology: matched.area.technology.is_some(),
            several: matched.matches.iter().flat_map(|m| &m.several).copied().collect(),
            demand: matched.demand,
            findings: found,
            same,
            outside,
        }
    }
}

/// Matches lists against the registers. The findings of matching go to `log`.
///
/// # Errors
/// More villages than an index can hold.
pub fn match_lists(
    lists: Vec<PackedList>,
    registers: Registers<'_>,
    tolerances: Tolerances,
    log: &mut FindingLog,
) -> Result<PackedMatches, IndexError> {
    let register = Register::new(registers.villages)?;
    let extent = Extent::new(registers.communes, tolerances);
    let mut all = PackedMatches {
        registered: registers.villages.len(),
        duplicate_m: tolerances.duplicate_m,
        ..PackedMatches::default()
    };
    let mut points = Points::default();
    let mut carriers: BTreeSet<Carrier> = BTreeSet::new();
    for list in lists {
        let hint = list.head.names_of.map(|n| match n {
            NamesOf::Old => ListEra::Old,
            NamesOf::Today => ListEra::Today,
        });
        let names =
            || list.places.iter().map(|(district, commune)| (district.as_deref(), commune.as_deref()));
        let era = list_era(names(), hint, registers.units);
        // A list has thousands of rows and a few hundred communes: each is read once.
        let read = |(district, commune): &&PlaceName| {
            readings(district.as_deref(), commune.as_deref(), registers.units, &register, era)
        };
        let places: Vec<&PlaceName> = list.places.iter().collect();
        let all_read: Vec<Readings> = places.par_iter().map(read).collect();
        let mut known: BTreeMap<Option<String>, BTreeMap<Option<String>, Readings>> = BTreeMap::new();
        for ((district, commune), readings) in list.places.iter().zip(all_read) {
            known.entry(district.clone()).or_default().insert(commune.clone(), readings);
        }
        let unknown = Readings::default();
        let scales = Scales { known, unknown, register: &register, extent: &extent, registers };
        // Of a list that says nothing its carrier is not silent: it handed in nothing.
        carriers.extend(list.carriers.iter().cloned());
        let has_areas = list.tables.iter().any(|table| !table.areas.is_empty());
        let says_none = list.head.declared == Some(0) && !has_areas && !list.head.is_unread;
        if says_none || !list.carriers.is_empty() {
            carriers.insert(list.head.carrier.clone());
        }
        let mut count = ListCount {
            carrier: list.head.carrier.clone(),
            file: list.head.file.clone(),
            declared: list.head.declared,
            was_read: !list.head.tables.is_empty(),
            says_none,
            areas: 0,
            duplicates: 0,
            matched: 0,
            outside_register: 0,
        };
        let mut same = Points::default();
        for mut table in list.tables {
            let first = all.areas.len();
            let end = first + table.areas.len();
            all.tables.push(Table { place: table.place.clone(), first, end });
            let judge = |table: &PackedTable, start: usize| -> Vec<Judged> {
                (start..(start + BATCH).min(table.areas.len()))
                    .into_par_iter()
                    .with_min_len(32)
                    .filter_map(|number| {
                        let mut bytes = table.areas.get(number)?;
                        let area = unpack_area(&mut bytes, &table.place, &list.polygons)?;
                        Some(scales.judge(area, &table.place.carrier))
                    })
                    .collect()
            };
            let mut take = |judged: Vec<Judged>| {
                judged.into_iter().for_each(|one| all.take(one, &mut same, &mut points, &mut count, log));
            };
            // While a batch is taken, which is one thread's work, the next is judged.
            let mut judged = judge(&table, 0);
            for start in (BATCH..table.areas.len()).step_by(BATCH) {
                table.areas.forget_before(start);
                (_, judged) = rayon::join(|| take(std::mem::take(&mut judged)), || judge(&table, start));
            }
            take(judged);
        }
        all.lists.push(count);
        all.heads.push(list.head);
    }
    all.carriers = carriers.into_iter().collect();
    let mut of_lists = Vec::new();
    all.lists.iter().for_each(|list| findings::of_list(list, &mut of_lists));
    findings::several_of_a_carrier(&all.lists, &mut of_lists);
    of_lists.iter().for_each(|finding| log.push(finding));
    Ok(all)
}

impl PackedMatches {
    /// Takes the next area: is it there already, and which points does it stand for?
    fn take(
        &mut self,
        one: Judged,
        same: &mut Points,
        points: &mut Points,
        count: &mut ListCount,
        log: &mut FindingLog,
    ) {
        one.findings.iter().for_each(|finding| log.push(finding));
        let number = self.areas.len();
        let Some(place) = self.tables.last().map(|table| table.place.clone()) else { return };
        let mut bytes = one.bytes;
        if let Some((polygon, at)) = one.polygon {
            let mut own = Vec::new();
            put_number(self.polygons.len() as u64, &mut own);
            self.polygons.push(polygon);
            bytes.splice(at..=at, own);
        }
        let this = |all: &PackedMatches| unpack_area(&mut bytes.as_slice(), &place, &all.polygons);
        let first = one.same.and_then(|(key, is_words)| {
            let first = same.of(Some(key)).take(duplicates::MOST_ALIKE).find(|earlier| {
                !is_words
                    || self.get(*earlier as usize).zip(this(self)).is_some_and(|(earlier, this)| {
                        duplicates::is_same(&earlier.area, &this, self.duplicate_m)
                    })
            });
            if first.is_none() {
                same.add(key, number as u32);
            }
            first.map(|first| first as usize)
        });
        count.areas += 1;
        self.has_technology |= one.has_technology;
        let mut demand = one.demand;
        let first = first.and_then(|first| self.get(first));
        let is_duplicate = first.is_some();
        match first {
            Some(first) => {
                count.duplicates += 1;
                if let Some(this) = this(self) {
                    log.push(&duplicates::finding(&this, &first.area.source));
                }
                if !one.outside.is_empty() {
                    demand = first.demand;
                }
            }
            None => {
                let kind = if one.means_a_village { &mut count.matched } else { &mut count.outside_register };
                *kind += 1;
                for key in one.outside {
                    let village = self.point(one.position, key, number, points);
                    demand.push(self.registered + village);
                }
                demand.sort_unstable();
                demand.dedup();
            }
        }
        self.areas.push_with(|out| {
            out.extend_from_slice(&bytes);
            put_number(u64::from(is_duplicate), out);
            put_numbers(&demand, out);
            put_numbers(&one.several, out);
        });
    }

    /// The point for a name that the register lacks: one there already, or a new one.
    fn point(&mut self, own: Option<LatLon>, key: Option<Key>, number: usize, points: &mut Points) -> usize {
        let near = points.of(key).find(|point| {
            let area = self.stand_ins.get(*point as usize).map_or(number, |area| *area as usize);
            // The area's own names come before it is kept.
            let position = if area == number { own } else { self.get(area).and_then(|a| a.position) };
            demand::same_place(position, own)
        });
        if let Some(point) = near {
            return point as usize;
        }
        let point = self.stand_ins.len();
        self.stand_ins.push(number as u32);
        if let Some(key) = key {
            points.add(key, point as u32);
        }
        point
    }

    /// How many areas there are, in all lists.
    pub fn len(&self) -> usize {
        self.areas.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.areas.is_empty()
    }

    /// The area of a number, counted over all lists.
    pub fn get(&self, number: usize) -> Option<JudgedArea> {
        let at = self.tables.partition_point(|table| table.end <= number);
        let mut bytes = self.areas.get(number)?;
        unpack(&mut bytes, &self.tables.get(at)?.place, &self.polygons)
    }

    /// Whether any area is a polygon.
    pub fn has_polygons(&self) -> bool {
        !self.polygons.is_empty()
    }

    /// All areas, list by list, in the order of rows.
    pub fn areas(&self) -> impl Iterator<Item = JudgedArea> + '_ {
        (0..self.areas.len()).filter_map(|number| self.get(number))
    }

    /// The position that an area itself has, by its number: cheaper than the area.
    pub fn own_position(&self, number: usize) -> Option<AreaPosition> {
        unpack_position_only(self.areas.get(number)?)
    }

    /// The area of a row.
    pub fn of_row(&self, source: &Source) -> Option<JudgedArea> {
        let row_of = |number: usize| {
            let mut bytes = self.areas.get(number)?;
            take_number(&mut bytes)?;
            take_number(&mut bytes)
        };
        // Of two files of one name the later one stands.
        let tables =
            self.tables.iter().rev().filter(|t| t.place.file == source.file && t.place.sheet == source.sheet);
        tables.into_iter().find_map(|table| {
            let (mut low, mut high) = (table.first, table.end);
            while low < high {
                let middle = low + (high - low) / 2;
                if row_of(middle)? < u64::from(source.row) { low = middle + 1 } else { high = middle }
            }
            (low < table.end && row_of(low)? == u64::from(source.row)).then(|| self.get(low)).flatten()
        })
    }

    /// Where a village is, by its number.
    pub fn village_position(&self, village: usize, registers: Registers<'_>) -> Option<LatLon> {
        match registers.villages.get(village) {
            Some(village) => village.position,
            None => self.get(*self.stand_ins.get(village - self.registered)? as usize)?.position,
        }
    }
}

/// Bytes of most areas.
const AREA_BYTES: usize = 128;

const CODE: u64 = 1;
const POSITION: u64 = 2;
const OWN_POSITION: u64 = 4;

/// Appends an area, today's commune and the position used. A polygon comes back with the place of its number, which is
/// not known yet.
fn pack_matched(
    matched: &MatchedArea,
    carrier: &Carrier,
    out: &mut Vec<u8>,
) -> Option<(MultiPolygon<f64>, usize)> {
    let mut polygons = Vec::new();
    pack_area(&matched.area, carrier, &mut polygons, out);
    // The number 0 is the last byte.
    let polygon = polygons.pop().zip(out.len().checked_sub(1));
    let part = |there: bool, bit: u64| if there { bit } else { 0 };
    let is_own = matched.position.is_some() && matched.position == matched.area.position.map(|p| p.position);
    let flags = part(matched.commune_code.is_some(), CODE)
        | part(matched.position.is_some() && !is_own, POSITION)
        | part(is_own, OWN_POSITION);
    put_number(flags, out);
    if let Some(code) = &matched.commune_code {
        put_text(&code.0, out);
    }
    if let Some(position) = matched.position.filter(|_| !is_own) {
        put_float(position.lat_deg(), out);
        put_float(position.lon_deg(), out);
    }
    polygon
}

fn put_numbers(numbers: &[usize], out: &mut Vec<u8>) {
    put_number(numbers.len() as u64, out);
    numbers.iter().for_each(|number| put_number(*number as u64, out));
}

fn take_numbers(bytes: &mut &[u8]) -> Option<Vec<usize>> {
    let count = take_index(bytes)?;
    (0..count).map(|_| take_index(bytes)).collect()
}

fn unpack(bytes: &mut &[u8], place: &PackedPlace, polygons: &[MultiPolygon<f64>]) -> Option<JudgedArea> {
    let area = unpack_area(bytes, place, polygons)?;
    let flags = take_number(bytes)?;
    let commune_code = match flags & CODE != 0 {
        true => Some(CommuneCode(take_text(bytes)?.to_owned())),
        false => None,
    };
    let position = match flags & (POSITION | OWN_POSITION) {
        0 => None,
        POSITION => Some(LatLon::from_degrees(take_float(bytes)?, take_float(bytes)?).ok()?),
        _ => area.position.map(|p| p.position),
    };
    let is_duplicate = take_number(bytes)? != 0;
    let (demand, several) = (take_numbers(bytes)?, take_numbers(bytes)?);
    Some(JudgedArea { area, commune_code, position, is_duplicate, demand, several })
}
