//! A carrier's list, however long: records are normalised as they are read, and kept as bytes.
//!
//! Gives the areas and findings that [`area_list`](super::list::area_list) gives, but for the areas' ids. Two things
//! hang on rows that may come late: whether a column names carriers, and in which VN-2000 zone the list is. Both are
//! told from the first rows; where later rows prove otherwise the list is read once more.

use std::collections::{BTreeMap, BTreeSet, HashSet, VecDeque};
use std::sync::Arc;

use geo::MultiPolygon;
use rayon::iter::ParallelIterator;
use rayon::slice::ParallelSlice;

use super::cells::CellReader;
use super::list::{
    ListContext, ListHead, ListTable, OfTable, area, hides_rows, legacy_of, names_known_carrier,
    names_of_header, sheet_carrier, sheet_finding, table_district,
};
use super::list_zone::{MAX_ROWS, ZonePoint, point, zone_of};
use super::packed::{PackedPlace, Records, pack_area};
use super::pipeline::{Promise, promised};
use super::position::{HABIT_SAMPLE, habit, order_of};
use crate::domain::{Area, Carrier};
use crate::finding::{Finding, FindingLog};
use crate::geodesy::vn2000::Vn2000Zone;
use crate::read::{RawFile, RawRecord, RawTable, ReadError, RecordSink};
use crate::text::Legacy;

/// Records normalised at once.
const BATCH: usize = 4_096;
/// Of these, records that one thread takes at once.
const PIECE: usize = 1_024;
/// Batches that wait for their turn while the file is read on. Each holds its records: a few megabytes.
const MAX_AHEAD: usize = 3;

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
        // Rows are normalised on the other threads while this one reads on.
        let done = rayon::in_place_scope(|scope| {
            let mut normalizer = Normalizer::new(context, told.clone(), scope);
            let mut raw = read(&mut normalizer)?;
            for (number, table) in raw.tables.iter_mut().enumerate() {
                normalizer.whole_table(FIRST_WHOLE + number, table, &mut raw.findings);
            }
            let proved = normalizer.proved(&raw.name);
            if is_proved || normalizer.told == proved.0 {
                return Ok(Ok(normalizer.finish(raw, proved.1)));
            }
            Ok(Err(proved.0))
        })?;
        match done {
            Ok(list) => return Ok(list),
            Err(proved) => (told, is_proved) = (proved, true),
        }
    }
}

/// A file that yields nothing: a list without areas, and its findings.
pub fn empty_list(raw: RawFile, context: &ListContext<'_>) -> (PackedList, FindingLog) {
    rayon::in_place_scope(|scope| Normalizer::new(context, Told::default(), scope).finish(raw, None))
}

/// Numbers of tables that come whole, beyond all that the reader gives.
const FIRST_WHOLE: usize = 1 << 31;

struct Normalizer<'a, 's, 'scope> {
    context: &'a ListContext<'a>,
    scope: &'s rayon::Scope<'scope>,
    told: Told,
    /// How rows are read, once the first are there.
    reading: Option<Arc<ListContext<'a>>>,
    legacy: Option<Legacy>,
    tables: BTreeMap<usize, Table>,
    /// The tables' numbers in the file's order.
    order: Vec<usize>,
    /// What is on its way, in the file's order.
    ahead: VecDeque<Ahead>,
    polygons: Vec<MultiPolygon<f64>>,
    carriers: BTreeSet<Carrier>,
    places: BTreeSet<PlaceName>,
    log: FindingLog,
    /// Whether the reader could not read something.
    is_unread: bool,
}

/// A table on its way.
struct Table {
    place: PackedPlace,
    /// What its records are read by.
    shown: Arc<RawTable>,
    waiting: Vec<RawRecord>,
    areas: Records,
    district: Option<String>,
    /// Another carrier than the list's, whose name is the sheet's.
    carrier: Option<Carrier>,
    /// Whether a row named a known carrier.
    names_carriers: bool,
    points: Vec<ZonePoint>,
    /// Which coordinate came first, of the first cells with both.
    orders: Vec<bool>,
}

/// What stands between the reader and the list.
enum Ahead {
    /// Findings of the reader.
    Findings(Vec<Finding>),
    /// A batch of a table's records: what became of them, and they themselves, for the thread to drop that made them.
    Batch(usize, Promise<(Vec<Piece>, Vec<RawRecord>)>),
}

/// Some records of a table, normalised.
#[derive(Default)]
struct Piece {
    /// Their areas as bytes, but for those with a polygon.
    bytes: Vec<u8>,
    areas: Vec<Packed>,
    findings: Vec<Finding>,
    carriers: BTreeSet<Carrier>,
    places: HashSet<PlaceName>,
}

enum Packed {
    /// The bytes up to here.
    UpTo(usize),
    /// An area whose polygon is numbered in its turn.
    WithPolygon(Box<Area>),
}

impl Piece {
    fn of(records: &[RawRecord], reading: &Reading<'_>) -> Piece {
        let mut piece = Piece::default();
        let context = &*reading.context;
        for record in records {
            let carrier = Some(&context.carrier);
            let reader =
                CellReader::new(&reading.shown, record, carrier, reading.legacy, &mut piece.findings);
            // The number makes an id only, which is not kept.
            let area = area(reader, record, &reading.of_table, context, 0);
            if area.names_a_place() && !piece.carriers.contains(&area.carrier) {
                piece.carriers.insert(area.carrier.clone());
            }
            if area.polygon.is_some() {
                piece.places.insert((area.district.clone(), area.commune.clone()));
                piece.areas.push(Packed::WithPolygon(Box::new(area)));
            } else {
                pack_area(&area, &context.carrier, &mut Vec::new(), &mut piece.bytes);
                piece.areas.push(Packed::UpTo(piece.bytes.len()));
                piece.places.insert((area.district, area.commune));
            }
        }
        piece
    }
}

/// What a batch of records is normalised by.
struct Reading<'a> {
    context: Arc<ListContext<'a>>,
    shown: Arc<RawTable>,
    of_table: OfTable,
    legacy: Option<Legacy>,
}

impl<'a: 'scope, 'scope> Normalizer<'a, '_, 'scope> {
    fn new<'s>(
        context: &'a ListContext<'a>,
        told: Told,
        scope: &'s rayon::Scope<'scope>,
    ) -> Normalizer<'a, 's, 'scope> {
        Normalizer {
            context,
            scope,
            told,
            reading: None,
            legacy: None,
            tables: BTreeMap::new(),
            order: Vec::new(),
            ahead: VecDeque::new(),
            polygons: Vec::new(),
            carriers: BTreeSet::new(),
            places: BTreeSet::new(),
            log: FindingLog::default(),
            is_unread: false,
        }
    }

    fn take_findings(&mut self, findings: &mut Vec<Finding>) {
        if findings.is_empty() {
            return;
        }
        for finding in findings.iter_mut() {
            self.is_unread |= hides_rows(finding);
            finding.carrier = Some(self.context.carrier.clone());
        }
        match self.ahead.back_mut() {
            None => findings.drain(..).for_each(|finding| self.log.push(&finding)),
            Some(Ahead::Findings(last)) => last.append(findings),
            Some(Ahead::Batch(..)) => self.ahead.push_back(Ahead::Findings(std::mem::take(findings))),
        }
    }

    fn take_record(&mut self, number: usize, shown: &RawTable, record: RawRecord) {
        let context = self.context;
        if !self.tables.contains_key(&number)
            && let Some(of) = sheet_carrier(shown, &context.carrier)
        {
            self.take_findings(&mut vec![sheet_finding(&record.source, &context.carrier, &of)]);
        }
        let table = self.tables.entry(number).or_insert_with(|| Table {
            place: PackedPlace {
                carrier: context.carrier.clone(),
                file: Arc::clone(&record.source.file),
                sheet: shown.sheet.clone(),
            },
            shown: Arc::new(shown.clone()),
            waiting: Vec::new(),
            areas: Records::default(),
            district: table_district(shown, context.units),
            carrier: sheet_carrier(shown, &context.carrier),
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
            self.normalize(number);
        }
    }

    /// Sends the records that wait on their way.
    fn normalize(&mut self, number: usize) {
        let Some(table) = self.tables.get_mut(&number).filter(|table| !table.waiting.is_empty()) else {
            return;
        };
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
        let north_first = *self.told.north_first.get_or_insert_with(|| habit(&table.orders));
        let reading = self.reading.get_or_insert_with(|| {
            let mut coords = context.coords.clone();
            coords.zone = zone.or(coords.zone);
            coords.north_first = north_first;
            Arc::new(ListContext { coords, ..context.clone() })
        });
        let reading = Reading {
            context: Arc::clone(reading),
            shown: Arc::clone(&table.shown),
            of_table: OfTable {
                district: table.district.clone(),
                names_carriers,
                carrier: table.carrier.clone(),
            },
            legacy: self.legacy,
        };
        let batch = promised(self.scope, move || {
            let pieces = records.par_chunks(PIECE).map(|piece| Piece::of(piece, &reading)).collect();
            (pieces, records)
        });
        self.ahead.push_back(Ahead::Batch(number, batch));
        self.take_ahead(MAX_AHEAD);
    }

    /// Takes what is on its way, until at most so many batches are.
    fn take_ahead(&mut self, left: usize) {
        let batches = self.ahead.iter().filter(|ahead| matches!(ahead, Ahead::Batch(..))).count();
        let mut surplus = batches.saturating_sub(left);
        while surplus > 0 || left == 0 || matches!(self.ahead.front(), Some(Ahead::Findings(_))) {
            match self.ahead.pop_front() {
                None => return,
                Some(Ahead::Findings(findings)) => {
                    findings.iter().for_each(|finding| self.log.push(finding));
                }
                Some(Ahead::Batch(number, batch)) => {
                    let pieces = batch.wait().map(|(pieces, _)| pieces).unwrap_or_default();
                    pieces.into_iter().for_each(|piece| self.take_piece(number, piece));
                    surplus = surplus.saturating_sub(1);
                }
            }
        }
    }

    fn take_piece(&mut self, number: usize, piece: Piece) {
        let Some(table) = self.tables.get_mut(&number) else { return };
        let mut start = 0;
        for area in piece.areas {
            match area {
                Packed::UpTo(end) => {
                    table.areas.push(piece.bytes.get(start..end).unwrap_or_default());
                    start = end;
                }
                Packed::WithPolygon(area) => {
                    let polygons = &mut self.polygons;
                    table.areas.push_with(|out| pack_area(&area, &self.context.carrier, polygons, out));
                }
            }
        }
        piece.findings.iter().for_each(|finding| self.log.push(finding));
        self.carriers.extend(piece.carriers);
        let new = piece.places.into_iter().filter(|place| !self.places.contains(place));
        let new: Vec<PlaceName> = new.collect();
        self.places.extend(new);
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
        self.take_ahead(0);
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
            is_unread: self.is_unread,
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

impl<'a: 'scope, 'scope> RecordSink for Normalizer<'a, '_, 'scope> {
    fn encoding(&mut self, encoding: &'static str) {
        self.legacy = legacy_of(encoding);
    }

    fn record(&mut self, number: usize, table: &RawTable, record: RawRecord, findings: &mut Vec<Finding>) {
        self.take_findings(findings);
        self.take_record(number, table, record);
    }

    fn end(&mut self, number: usize, _table: &RawTable, findings: &mut Vec<Finding>) {
        self.take_findings(findings);
        self.normalize(number);
        self.order.push(number);
    }
}
