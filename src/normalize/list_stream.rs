//! A carrier's list, however long: records are normalised as they are read, and kept as bytes.
//!
//! Gives the areas and findings that [`area_list`](super::list::area_list) gives, but for the areas' ids. Two things
//! hang on rows that may come late: whether a column names carriers, and in which VN-2000 zone the list is. Both are
//! told from the first rows; where later rows prove otherwise the list is read once more.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use geo::MultiPolygon;
use rayon::iter::{IndexedParallelIterator, IntoParallelRefIterator, ParallelIterator};

use super::cells::CellReader;
use super::list::{
    ListContext, ListHead, ListTable, OfTable, area, legacy_of, names_known_carrier, names_of_header,
    table_district,
};
use super::list_zone::{MAX_ROWS, ZonePoint, point, zone_of};
use super::packed::{PackedPlace, Records, pack_area};
use super::position::{HABIT_SAMPLE, habit, order_of};
use crate::domain::{Area, Carrier};
use crate::finding::{Finding, FindingLog};
use crate::geodesy::vn2000::Vn2000Zone;
use crate::read::{RawFile, RawRecord, RawTable, ReadError, RecordSink};
use crate::text::Legacy;

/// Records normalised at once.
const BATCH: usize = 4_096;

/// The names by which a row calls its place: district, commune.
pub type PlaceName = (Option<String>, Option<String>);

/// A list, packed.
#[derive(Debug, Clone)]
pub struct PackedList {
    /// What it is.
    pub head: ListHead,
    /// Its tables' areas, in the file's order.
    pub tables: Vec<PackedTable>,
    /// The polygons of its areas.
    pub polygons: Vec<MultiPolygon<f64>>,
    /// The carriers that its rows name.
    pub carriers: BTreeSet<Carrier>,
    /// The names that its rows give, each once.
    pub places: BTreeSet<PlaceName>,
}

/// The areas of a table.
#[derive(Debug, Clone)]
pub struct PackedTable {
    /// What they have in common.
    pub place: PackedPlace,
    /// The areas.
    pub areas: Records,
}

/// What is told from the first rows, or known from a first reading.
#[derive(Debug, Clone, Default, PartialEq)]
struct Told {
    /// Tables whose column of carriers holds carriers, by the reader's number.
    names_carriers: BTreeMap<usize, bool>,
    /// The zone, where it is another than the context's. `None`: not looked for yet.
    zone: Option<Option<Vn2000Zone>>,
    /// Which of two coordinates in one cell comes first. `None`: not looked for yet.
    north_first: Option<Option<bool>>,
}

/// Reads a list and normalises it: the list and its findings, the reader's among them. `read` may be called twice.
///
/// # Errors
/// Those of `read`.
pub fn packed_list(
    context: &ListContext<'_>,
    mut read: impl FnMut(&mut dyn RecordSink) -> Result<RawFile, ReadError>,
) -> Result<(PackedList, FindingLog), ReadError> {
    let mut told = Told::default();
    let mut is_proved = false;
    loop {
        let mut normalizer = Normalizer::new(context, told);
        let mut raw = read(&mut normalizer)?;
        for (number, table) in raw.tables.iter_mut().enumerate() {
            normalizer.whole_table(FIRST_WHOLE + number, table, &mut raw.findings);
        }
        let proved = normalizer.proved(&raw.name);
        if is_proved || normalizer.told == proved.0 {
            return Ok(normalizer.finish(raw, proved.1));
        }
        (told, is_proved) = (proved.0, true);
    }
}

/// A file that yields nothing: a list without areas, and its findings.
pub fn empty_list(raw: RawFile, context: &ListContext<'_>) -> (PackedList, FindingLog) {
    Normalizer::new(context, Told::default()).finish(raw, None)
}

/// Numbers of tables that come whole, beyond all that the reader gives.
const FIRST_WHOLE: usize = 1 << 31;

struct Normalizer<'a, 'c> {
    context: &'a ListContext<'c>,
    told: Told,
    legacy: Option<Legacy>,
    tables: BTreeMap<usize, Table>,
    /// The tables' numbers in the file's order.
    order: Vec<usize>,
    polygons: Vec<MultiPolygon<f64>>,
    carriers: BTreeSet<Carrier>,
    places: BTreeSet<PlaceName>,
    log: FindingLog,
}

/// A table on its way.
struct Table {
    place: PackedPlace,
    waiting: Vec<RawRecord>,
    areas: Records,
    district: Option<String>,
    /// Whether a row named a known carrier.
    names_carriers: bool,
    points: Vec<ZonePoint>,
    /// Which coordinate came first, of the first cells with both.
    orders: Vec<bool>,
}

impl<'a, 'c> Normalizer<'a, 'c> {
    fn new(context: &'a ListContext<'c>, told: Told) -> Normalizer<'a, 'c> {
        Normalizer {
            context,
            told,
            legacy: None,
            tables: BTreeMap::new(),
            order: Vec::new(),
            polygons: Vec::new(),
            carriers: BTreeSet::new(),
            places: BTreeSet::new(),
            log: FindingLog::default(),
        }
    }

    fn take_findings(&mut self, findings: &mut Vec<Finding>) {
        for mut finding in findings.drain(..) {
            finding.carrier = Some(self.context.carrier.clone());
            self.log.push(&finding);
        }
    }

    fn take_record(&mut self, number: usize, shown: &RawTable, record: RawRecord) {
        let context = self.context;
        let table = self.tables.entry(number).or_insert_with(|| Table {
            place: PackedPlace {
                carrier: context.carrier.clone(),
                file: Arc::clone(&record.source.file),
                sheet: shown.sheet.clone(),
            },
            waiting: Vec::new(),
            areas: Records::default(),
            district: table_district(shown, context.units),
            names_carriers: false,
            points: Vec::new(),
            orders: Vec::new(),
        });
        table.names_carriers = table.names_carriers || names_known_carrier(&record, &context.carrier);
        if table.points.len() < MAX_ROWS && context.coords.zone.is_none() {
            table.points.extend(point(shown, &record, context.units));
        }
        if table.orders.len() < HABIT_SAMPLE {
            table.orders.extend(order_of(&record, &context.coords));
        }
        table.waiting.push(record);
        if table.waiting.len() >= BATCH {
            self.normalize(number, shown);
        }
    }

    /// Normalises the records that wait.
    fn normalize(&mut self, number: usize, shown: &RawTable) {
        let Some(table) = self.tables.get_mut(&number) else { return };
        let records = std::mem::take(&mut table.waiting);
        let context = self.context;
        let names_carriers = *self.told.names_carriers.entry(number).or_insert(table.names_carriers);
        let points = &table.points;
        let zone = *self.told.zone.get_or_insert_with(|| {
            records
                .first()
                .and_then(|r| zone_of(&r.source.file, points, &context.coords))
                .map(|(zone, _)| zone)
        });
        let mut coords = context.coords.clone();
        coords.zone = zone.or(coords.zone);
        coords.north_first = *self.told.north_first.get_or_insert_with(|| habit(&table.orders));
        let context = &ListContext { coords, ..context.clone() };
        let of_table = OfTable { district: table.district.clone(), names_carriers };
        let legacy = self.legacy;
        let made: Vec<(Area, Vec<Finding>)> = records
            .par_iter()
            .with_min_len(64)
            .map(|record| {
                let mut findings = Vec::new();
                let reader = CellReader::new(shown, record, Some(&context.carrier), legacy, &mut findings);
                // The number makes an id only, which is not kept.
                (area(reader, record, &of_table, context, 0), findings)
            })
            .collect();
        for (area, findings) in made {
            let polygons = &mut self.polygons;
            table.areas.push_with(|out| pack_area(&area, &context.carrier, polygons, out));
            findings.iter().for_each(|finding| self.log.push(finding));
            if !self.carriers.contains(&area.carrier) {
                self.carriers.insert(area.carrier);
            }
            let place = (area.district, area.commune);
            if !self.places.contains(&place) {
                self.places.insert(place);
            }
        }
    }

    /// A table that the reader gave as a whole.
    fn whole_table(&mut self, number: usize, table: &mut RawTable, findings: &mut Vec<Finding>) {
        let records = std::mem::take(&mut table.records);
        if records.is_empty() {
            return;
        }
        for record in records {
            self.take_record(number, table, record);
        }
        self.end(number, table, findings);
    }

    /// What the whole list proves, and the finding that its zone is worth.
    fn proved(&self, file: &Arc<str>) -> (Told, Option<Finding>) {
        let names_carriers =
            self.tables.iter().map(|(number, table)| (*number, table.names_carriers)).collect();
        let in_order = self.order.iter().filter_map(|number| self.tables.get(number));
        let points: Vec<ZonePoint> =
            in_order.flat_map(|table| &table.points).take(MAX_ROWS).copied().collect();
        let (zone, finding) = zone_of(file, &points, &self.context.coords).unzip();
        let zone = self.told.zone.map(|_| zone);
        let in_order = self.order.iter().filter_map(|number| self.tables.get(number));
        let orders: Vec<bool> =
            in_order.flat_map(|table| &table.orders).take(HABIT_SAMPLE).copied().collect();
        let north_first = self.told.north_first.map(|_| habit(&orders));
        (Told { names_carriers, zone, north_first }, finding)
    }

    fn finish(mut self, raw: RawFile, zone: Option<Finding>) -> (PackedList, FindingLog) {
        let mut findings = raw.findings;
        findings.extend(zone);
        self.take_findings(&mut findings);
        let head = ListHead {
            carrier: self.context.carrier.clone(),
            file: raw.name,
            declared: self.context.declared,
            names_of: raw.tables.iter().find_map(names_of_header),
            tables: raw
                .tables
                .into_iter()
                .map(|table| ListTable { sheet: table.sheet, header: table.header })
                .collect(),
        };
        let mut tables = self.tables;
        let in_order = self.order.iter().filter_map(|number| tables.remove(number));
        let list = PackedList {
            head,
            tables: in_order.map(|table| PackedTable { place: table.place, areas: table.areas }).collect(),
            polygons: self.polygons,
            carriers: self.carriers,
            places: self.places,
        };
        (list, self.log)
    }
}

impl RecordSink for Normalizer<'_, '_> {
    fn encoding(&mut self, encoding: &'static str) {
        self.legacy = legacy_of(encoding);
    }

    fn record(&mut self, number: usize, table: &RawTable, record: RawRecord, findings: &mut Vec<Finding>) {
        self.take_findings(findings);
        self.take_record(number, table, record);
    }

    fn end(&mut self, number: usize, table: &RawTable, findings: &mut Vec<Finding>) {
        self.take_findings(findings);
        self.normalize(number, table);
        self.order.push(number);
    }
}
