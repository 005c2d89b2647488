//! A carrier's list: records → [`Area`]s.

use std::sync::Arc;

use geo::orient::Direction;
use geo::{Centroid, Geometry, MultiPolygon, Orient};

use super::cells::CellReader;
use super::coord::CoordContext;
use super::list_zone::{other_zone, place};
use super::name::{listed_names, parted_by_dashes, split_names, without_count};
use super::position;
use crate::domain::{Area, AreaPosition, Carrier, Era, PositionOrigin, Source, VillageName};
use crate::finding::{Finding, Rule};
use crate::geodesy::LatLon;
use crate::normalize::admin::{CommuneQuery, ProvinceUnits};
use crate::normalize::value::{Date, is_technology};
use crate::read::{Field, HeaderColumn, RawFile, RawRecord, RawTable};
use crate::text::{Legacy, clean, fold};

/// More people than this to a household are a slip; whole villages average 3 to 7.
const MAX_HOUSEHOLD: u32 = 20;

/// Whose commune names a list says it uses (`Xã/phường (mới)`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NamesOf {
    /// Before 2025-07-01.
    Old,
    /// Since then.
    Today,
}

/// What is known of a list before it is read.
#[derive(Debug, Clone)]
pub struct ListContext<'a> {
    /// Whose list; a column that names carriers wins.
    pub carrier: Carrier,
    /// The number of areas that the carrier declared.
    pub declared: Option<u64>,
    /// The communes, for telling whether a sheet's name is a district.
    pub units: &'a ProvinceUnits,
    /// How coordinates are understood.
    pub coords: CoordContext,
    /// The last day that a survey can have been made on, where it is known.
    pub until: Option<Date>,
}

/// The header of one sheet of a list.
#[derive(Debug, Clone, PartialEq)]
pub struct ListTable {
    /// The sheet's name, where the format has sheets.
    pub sheet: Option<Arc<str>>,
    /// Its columns.
    pub header: Vec<HeaderColumn>,
}

/// What a list is, without its areas.
#[derive(Debug, Clone)]
pub struct ListHead {
    /// Whose list.
    pub carrier: Carrier,
    /// The file's name.
    pub file: Arc<str>,
    /// The number of areas that the carrier declared.
    pub declared: Option<u64>,
    /// Whose commune names the header says it uses.
    pub names_of: Option<NamesOf>,
    /// Its sheets, in the file's order.
    pub tables: Vec<ListTable>,
    /// Whether something of it could not be read: there may be areas that nobody saw.
    pub is_unread: bool,
}

/// Rules by which rows of a list are not read at all.
const UNREAD: [Rule; 6] = [
    Rule::HeaderNotFound,
    Rule::RequiredColumnMissing,
    Rule::UnreadableFile,
    Rule::InputLimitExceeded,
    Rule::AnotherTableBelow,
    Rule::AnotherTableBeside,
];

/// Whether a finding says that rows of a list are not read at all.
pub fn hides_rows(finding: &Finding) -> bool {
    UNREAD.contains(&finding.rule)
}

/// A carrier's list, normalised.
#[derive(Debug, Clone)]
pub struct AreaList {
    /// Whose list.
    pub carrier: Carrier,
    /// The file's name.
    pub file: Arc<str>,
    /// The number of areas that the carrier declared.
    pub declared: Option<u64>,
    /// Whose commune names the header says it uses.
    pub names_of: Option<NamesOf>,
    /// Its sheets, in the file's order.
    pub tables: Vec<ListTable>,
    /// The areas in the order of the file.
    pub areas: Vec<Area>,
    /// Repairs and faults, the reader's first.
    pub findings: Vec<Finding>,
}

impl AreaList {
    /// Whether it says anything of its carrier: it names a place, or the carrier declared that there is none. A blank
    /// form and a file whose columns were not understood do not, and are no list of no dead zones.
    pub fn says_anything(&self) -> bool {
        self.says_none() || self.areas.iter().any(Area::names_a_place)
    }

    /// Whether its carrier declared that it has no dead zones, and the list, read as a whole, has none. Of a list that
    /// could not be read nobody knows whether the declaration is of this file.
    pub fn says_none(&self) -> bool {
        self.declared == Some(0) && self.areas.is_empty() && !self.findings.iter().any(hides_rows)
    }
}

/// Normalises one file. An area without an id of its own is called by carrier and running number; ids are unique
/// within the file only as far as the file's own ids are.
pub fn area_list(file: &RawFile, context: &ListContext<'_>) -> AreaList {
    let mut findings = file.findings.clone();
    for finding in &mut findings {
        finding.carrier = Some(context.carrier.clone());
    }
    let legacy = file.encoding.and_then(legacy_of);
    let mut coords = context.coords.clone();
    if let Some((zone, mut finding)) = other_zone(file, context.units, &coords) {
        coords.zone = Some(zone);
        finding.carrier = Some(context.carrier.clone());
        findings.push(finding);
    }
    coords.north_first = position::usual_order(file, &coords);
    let context = &ListContext { coords, ..context.clone() };
    let mut areas = Vec::new();
    let mut names_of = None;
    for table in &file.tables {
        names_of = names_of.or_else(|| names_of_header(table));
        let of_table = OfTable {
            district: table_district(table, context.units),
            names_carriers: names_carriers(table, &context.carrier),
            carrier: sheet_carrier(table, &context.carrier),
        };
        if let (Some(of), Some(first)) = (&of_table.carrier, table.records.first()) {
            findings.push(sheet_finding(&first.source, &context.carrier, of));
        }
        for record in &table.records {
            let number = areas.len() + 1;
            let reader = CellReader::new(table, record, Some(&context.carrier), legacy, &mut findings);
            areas.push(area(reader, record, &of_table, context, number));
        }
    }
    AreaList {
        carrier: context.carrier.clone(),
        file: file.name.clone(),
        declared: context.declared,
        names_of,
        tables: file
            .tables
            .iter()
            .map(|t| ListTable { sheet: t.sheet.clone(), header: t.header.clone() })
            .collect(),
        areas,
        findings,
    }
}

/// The font of a file that the reader knew by its bytes.
pub(super) fn legacy_of(encoding: &str) -> Option<Legacy> {
    match encoding {
        "TCVN3" => Some(Legacy::Tcvn3),
        "VNI" => Some(Legacy::Vni),
        _ => None,
    }
}

/// What holds for all rows of a table.
pub(super) struct OfTable {
    /// The district that the sheet is about.
    pub district: Option<String>,
    /// Its column of carriers holds carriers.
    pub names_carriers: bool,
    /// Another carrier than the list's, whose name is the sheet's.
    pub carrier: Option<Carrier>,
}

/// The carrier that a sheet is called after, where that is another than the list's.
pub(super) fn sheet_carrier(table: &RawTable, own: &Carrier) -> Option<Carrier> {
    let carrier = Carrier::from_name(&clean(table.sheet.as_deref()?).text)?;
    (carrier != *own && !matches!(carrier, Carrier::Other(_))).then_some(carrier)
}

/// What is to be said of such a sheet, at its first row.
pub(super) fn sheet_finding(source: &Source, own: &Carrier, of: &Carrier) -> Finding {
    let finding = Finding::new(Rule::SheetOfAnotherCarrier, Source { row: 0, ..source.clone() });
    Finding {
        carrier: Some(own.clone()),
        ..finding.raw(source.sheet.as_deref().unwrap_or_default()).used(of.name())
    }
}

/// Whether the column that is titled like one of carriers is one. "Mạng" may as well be the technology (`2G/3G`):
/// a column of carriers names at least one that is known, or the list's own.
fn names_carriers(table: &RawTable, own: &Carrier) -> bool {
    table.records.iter().any(|record| names_known_carrier(record, own))
}

/// Whether a record names a known carrier, or the list's own.
pub(super) fn names_known_carrier(record: &RawRecord, own: &Carrier) -> bool {
    let cell = record.cell(Field::Carrier);
    let carrier = cell.and_then(|cell| Carrier::from_name(&clean(&cell.text).text));
    carrier.is_some_and(|carrier| carrier == *own || !matches!(carrier, Carrier::Other(_)))
}

/// `Xã/phường (mới)`, `Xã (cũ)`.
pub(super) fn names_of_header(table: &RawTable) -> Option<NamesOf> {
    let title = table.header.iter().find(|h| h.field == Some(Field::Commune))?;
    let words = fold(&title.title);
    let mut words = words.split(|c: char| !c.is_alphanumeric());
    words.find_map(|word| match word {
        "mới" | "moi" | "new" => Some(NamesOf::Today),
        "cũ" | "cu" | "old" => Some(NamesOf::Old),
        _ => None,
    })
}

/// The district that a sheet is about: its name, or the end of its title (`… - HUYỆN KỲ SƠN`).
pub(super) fn table_district(table: &RawTable, units: &ProvinceUnits) -> Option<String> {
    if table.has(Field::District) {
        return None;
    }
    let sheet = table.sheet.as_deref().map(|name| clean(name).text);
    if let Some(name) = sheet.filter(|name| units.has_district(name)) {
        return Some(name);
    }
    district_in(&clean(&table.title).text, units)
}

/// The district that a title ends with: `DANH SÁCH VÙNG LÕM HUYỆN KỲ SƠN`.
fn district_in(title: &str, units: &ProvinceUnits) -> Option<String> {
    for kind in ["huyện", "thị xã", "thành phố", "quận"] {
        let lower = title.to_lowercase();
        let Some(at) = lower.rfind(kind) else { continue };
        // Lower case may change the length of exotic letters: then the title is left alone.
        let Some(rest) = title.get(at..) else { continue };
        let words: Vec<&str> = rest
            .split(|c: char| c.is_whitespace() || "-–,;:().".contains(c))
            .filter(|w| !w.is_empty())
            .collect();
        for count in (2..=words.len().min(6)).rev() {
            let name = words[..count].join(" ");
            if units.has_district(&name) {
                return Some(name);
            }
        }
    }
    None
}

pub(super) fn area(
    mut reader: CellReader<'_>,
    record: &RawRecord,
    of_table: &OfTable,
    context: &ListContext<'_>,
    number: usize,
) -> Area {
    let group = record.group.as_deref().map(|g| clean(g).text);
    let is_district = group.as_deref().is_some_and(|g| context.units.has_district(g));
    // "Xã Na, Huyện B" is the heading of a commune below that of its district.
    let group_commune = group.as_deref().filter(|g| !is_district && names_a_commune(g)).map(|g| {
        g.rsplit_once(", ").filter(|(_, of)| context.units.has_district(of)).map_or(g, |(name, _)| name)
    });
    // A title between two blocks of rows has the district at its end.
    let group_district = match group.as_deref() {
        Some(group) if is_district => Some(group.to_owned()),
        Some(group) => district_in(group, context.units),
        None => None,
    };
    let is_commune =
        |name: &str| !context.units.find(&CommuneQuery { name, district: None, era: None }).is_empty();
    let district = reader
        .unit_name(Field::District, |name| context.units.has_district(name))
        .or(group_district)
        .or_else(|| of_table.district.clone());
    let commune = reader
        .unit_name(Field::Commune, is_commune)
        .or_else(|| reader.unit_name(Field::OldCommune, is_commune))
        .or_else(|| group_commune.map(str::to_owned));
    let commune_code = reader.unit_code(Field::CommuneCode);
    // A code alone says as much as a name: that of the nearest era that has it.
    let commune = commune.or_else(|| {
        let code = commune_code.as_deref()?;
        let eras = [Era::Y2025, Era::H1Y2025, Era::Y2024];
        eras.iter().find_map(|era| context.units.by_code(code, *era)).map(|commune| commune.name.clone())
    });
    let (carrier, network) = carrier_of(&mut reader, of_table, context);
    let polygon = polygon_of(record.geometry.as_ref()).map(|polygon| wound(polygon, &mut reader));
    let near = || place(commune.as_deref()?, district.as_deref(), context.units);
    let position = position_of(&mut reader, record, polygon.as_ref(), &context.coords, near);
    let severity = reader.severity(Field::Severity);
    let area = Area {
        id: String::new(),
        carrier: carrier.or_else(|| of_table.carrier.clone()).unwrap_or_else(|| context.carrier.clone()),
        source: reader.source(),
        district,
        commune,
        commune_code,
        villages: village_names(&mut reader),
        village_id: reader.text(Field::VillageId),
        position,
        polygon,
        severity,
        households: reader.count(Field::Households),
        population: reader.count(Field::Population),
        hardship: reader.mark(Field::Hardship),
        grid_power: reader.mark(Field::GridPower),
        technology: reader.text(Field::Technology).or(network),
    };
    if !area.names_a_place() {
        let finding = reader.finding(Rule::RowUnreadable);
        reader.note(finding);
    }
    if let (Some(households), Some(population)) = (area.households, area.population)
        && (population < households || population > households.saturating_mul(MAX_HOUSEHOLD))
    {
        let cell = reader.cell(Field::Population).or_else(|| reader.cell(Field::Households));
        let at = cell.map_or_else(
            || reader.finding(Rule::PopulationImplausible),
            |cell| reader.finding_at(Rule::PopulationImplausible, cell),
        );
        reader.note(at.raw(format!("{households} / {population}")));
    }
    reader.survey_date(Field::SurveyDate, context.until);
    // Nothing is computed from it; what cannot be read in it is said all the same.
    let _ = reader.decimal(Field::NearestStationKm);
    let own_id = reader.text(Field::AreaId);
    let prefix: String = area.carrier.name().chars().filter(|c| c.is_alphanumeric()).take(3).collect();
    Area { id: own_id.unwrap_or_else(|| format!("{}-{number:04}", prefix.to_uppercase())), ..area }
}

/// What the cell under "Nhà mạng", "Mạng" says: a carrier, or what signal there is. A name that is neither is noted.
fn carrier_of(
    reader: &mut CellReader<'_>,
    of_table: &OfTable,
    context: &ListContext<'_>,
) -> (Option<Carrier>, Option<String>) {
    let (Some(cell), Some(name)) = (reader.cell(Field::Carrier), reader.text(Field::Carrier)) else {
        return (None, None);
    };
    let carrier = Carrier::from_name(&name);
    let is_known = carrier.as_ref().is_some_and(|c| *c == context.carrier || !matches!(c, Carrier::Other(_)));
    if is_known || (!of_table.names_carriers && is_technology(&name)) {
        return if of_table.names_carriers { (carrier, None) } else { (None, Some(name)) };
    }
    let mut finding = reader.finding_at(Rule::CarrierUnrecognised, cell).raw(&*name);
    if let Some(near) = Carrier::misspelt(&name) {
        finding = finding.fact("nearest", near.name());
    }
    reader.note(finding);
    if of_table.names_carriers { (carrier, None) } else { (None, None) }
}

fn village_names(reader: &mut CellReader<'_>) -> Vec<VillageName> {
    let Some(cell) = reader.cell(Field::Village) else { return Vec::new() };
    let text = reader.clean_name(cell);
    let lines = if cell.text.contains(['\n', '\r']) { reader.name_lines(cell) } else { Vec::new() };
    let names = match listed_names(&lines) {
        Some(listed) => listed.iter().flat_map(|name| split_names(name)).collect(),
        None if lines.len() > 1 => {
            let lines: Vec<&str> = lines.iter().map(|line| without_count(line)).collect();
            split_names(parted_by_dashes(&lines.join(" - ")).as_deref().unwrap_or(&text))
        }
        None => split_names(parted_by_dashes(&text).as_deref().unwrap_or(&text)),
    };
    if names.len() > 1 {
        let finding =
            reader.finding_at(Rule::MultipleVillagesInCell, cell).raw(&*cell.text).used(names.join(" | "));
        reader.note(finding);
        return names.into_iter().map(|name| VillageName { raw: name.clone(), clean: name }).collect();
    }
    names.into_iter().map(|clean| VillageName { raw: cell.text.to_string(), clean }).collect()
}

fn polygon_of(geometry: Option<&Geometry<f64>>) -> Option<MultiPolygon<f64>> {
    match geometry? {
        Geometry::Polygon(polygon) => Some(MultiPolygon(vec![polygon.clone()])),
        Geometry::MultiPolygon(polygons) => Some(polygons.clone()),
        Geometry::GeometryCollection(parts) => {
            let polygons: Vec<_> =
                parts.iter().filter_map(|p| polygon_of(Some(p))).flat_map(|m| m.0).collect();
            (!polygons.is_empty()).then_some(MultiPolygon(polygons))
        }
        _ => None,
    }
}

/// Outer rings counterclockwise, inner ones clockwise (RFC 7946, 3.1.6).
fn wound(polygon: MultiPolygon<f64>, reader: &mut CellReader<'_>) -> MultiPolygon<f64> {
    let oriented = polygon.orient(Direction::Default);
    let rings = |polygon: &MultiPolygon<f64>| -> Vec<geo::LineString<f64>> {
        polygon.iter().flat_map(|p| std::iter::once(p.exterior()).chain(p.interiors())).cloned().collect()
    };
    let turned = rings(&polygon).iter().zip(rings(&oriented)).filter(|(a, b)| *a != b).count();
    if turned > 0 {
        let finding = reader.finding(Rule::PolygonWinding).fact("count", turned.to_string());
        reader.note(finding);
    }
    oriented
}

fn position_of(
    reader: &mut CellReader<'_>,
    record: &RawRecord,
    polygon: Option<&MultiPolygon<f64>>,
    context: &CoordContext,
    near: impl FnOnce() -> Option<LatLon>,
) -> Option<AreaPosition> {
    if let Some(geometry) = &record.geometry {
        let centre = geometry.centroid().and_then(|p| LatLon::from_degrees(p.y(), p.x()).ok());
        let origin = if polygon.is_some() { PositionOrigin::Polygon } else { PositionOrigin::Geographic };
        return centre.map(|position| AreaPosition { position, origin, swapped: false });
    }
    position::of_area(reader, context, near)
}

/// A group heading that begins with a commune's type: `Xã Na Loi`, `Thị trấn Mường Xén`.
fn names_a_commune(heading: &str) -> bool {
    let folded = fold(heading);
    ["xã ", "phường ", "thị trấn ", "tt "].iter().any(|kind| folded.starts_with(kind))
        && !folded.starts_with("thị xã ")
}
