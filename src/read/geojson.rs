//! GeoJSON (RFC 7946), also one object a line, also text sequences (RFC 8142): one feature at a time, so that a
//! collection needs little more than its records.
//!
//! Of OSM places (features with `place`, read as villages) those are kept that are a village or part of one:
//! village, hamlet, isolated_dwelling, neighbourhood, quarter. Towns and suburbs are communes in Viet Nam.
//! Nesting is bounded by the parser (128 levels). Not here: whether a polygon is sound (`normalize`, `validate`).

use std::collections::BTreeMap;
use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Value};

use super::context::Context;
use super::error::Fault;
use super::geometry::{geometry, open_rings};
use super::table::missing_field;
use super::xlsx_sheet::shortest;
use super::{
    CellKind, Field, HeaderColumn, Purpose, RawCell, RawRecord, RawTable, SkippedReason, SkippedRow,
};
use crate::finding::Rule;

/// Values of OSM's `place` that are kept as villages.
const VILLAGE_PLACES: &[&str] = &["village", "hamlet", "isolated_dwelling", "neighbourhood", "quarter"];
/// Names that say WGS84 in the old `crs` member.
const WGS84: &[&str] = &["CRS84", "EPSG::4326", "EPSG:4326", "CRS:84"];

/// Whether a text is JSON, by how it begins.
pub(super) fn is_json(text: &str) -> bool {
    let text = text.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '\u{FEFF}' | '\u{1E}'));
    let mut characters = text.chars();
    let opens = matches!(characters.next(), Some('{' | '['));
    opens && matches!(characters.find(|c| !c.is_whitespace()), Some('"' | '{' | '[' | '}' | ']') | None)
}

/// Reads the features into one table.
pub(super) fn read(text: &str, context: &mut Context<'_>) -> Result<RawTable, Fault> {
    let text = text.trim_start_matches('\u{FEFF}');
    // The record separators of RFC 8142 are blanks to the parser.
    let separated = if text.contains('\u{1E}') { text.replace('\u{1E}', " ") } else { String::new() };
    let text = if separated.is_empty() { text } else { separated.as_str() };
    let mut features = Features::new(context);
    let mut parser = serde_json::Deserializer::from_str(text);
    loop {
        if let Err(error) = (Top { features: &mut features }).deserialize(&mut parser) {
            features.broken(&error.to_string())?;
            break;
        }
        if parser.end().is_ok() {
            break;
        }
    }
    features.finish()
}

/// The features so far.
struct Features<'a, 'o> {
    context: &'a mut Context<'o>,
    number: u32,
    geometries: u64,
    /// Whether anything was GeoJSON at all.
    recognised: bool,
    columns: BTreeMap<String, (u32, Option<Field>)>,
    table: RawTable,
}

impl<'a, 'o> Features<'a, 'o> {
    fn new(context: &'a mut Context<'o>) -> Features<'a, 'o> {
        let table = RawTable {
            sheet: None,
            title: String::new(),
            header: Vec::new(),
            records: Vec::new(),
            skipped: Vec::new(),
        };
        Features { context, number: 0, geometries: 0, recognised: false, columns: BTreeMap::new(), table }
    }

    /// The text ends in the middle, or goes wrong: what came before it stands.
    fn broken(&mut self, reason: &str) -> Result<(), Fault> {
        if self.number == 0 {
            return Err(Fault::corrupt(reason));
        }
        let finding = self.context.finding(Rule::UnreadableFile, None, self.number);
        self.context.findings.push(finding.fact("reason", reason));
        Ok(())
    }

    /// The members of a whole object, the features left out.
    fn object(&mut self, object: Map<String, Value>) {
        if let Some(crs) = object.get("crs").filter(|crs| !crs.is_null()) {
            let name = crs.pointer("/properties/name").and_then(Value::as_str).unwrap_or("");
            if !WGS84.iter().any(|known| name.ends_with(known)) {
                let finding = self.context.finding(Rule::CoordUnparseable, None, 0).raw(name);
                self.context.findings.push(finding.fact("reason", "crs is not WGS84"));
            }
        }
        match object.get("type").and_then(Value::as_str) {
            Some("FeatureCollection") => self.recognised = true,
            Some("Feature") => self.feature(&Value::Object(object)),
            Some(
                "Point" | "MultiPoint" | "LineString" | "MultiLineString" | "Polygon" | "MultiPolygon"
                | "GeometryCollection",
            ) => {
                let mut feature = Map::new();
                feature.insert("geometry".to_owned(), Value::Object(object));
                self.feature(&Value::Object(feature));
            }
            _ => {}
        }
    }

    fn feature(&mut self, feature: &Value) {
        self.recognised = true;
        self.number = self.number.saturating_add(1);
        let source = self.context.source(None, self.number);
        let empty = Map::new();
        let properties = feature.get("properties").and_then(Value::as_object).unwrap_or(&empty);
        if self.is_other_place(properties) {
            let text = properties.get("name").and_then(Value::as_str).unwrap_or("").to_owned();
            let reason = SkippedReason::OtherKind;
            self.table.skipped.push(SkippedRow { row: self.number, reason, text, stated: None, counted: 0 });
            return;
        }
        let geometry = match geometry(feature.get("geometry").unwrap_or(&Value::Null)) {
            Ok(geometry) => geometry,
            Err(reason) => {
                let finding = self.context.finding(Rule::CoordUnparseable, None, self.number);
                self.context.findings.push(finding.fact("reason", reason));
                None
            }
        };
        let open = open_rings(feature.get("geometry").unwrap_or(&Value::Null));
        if open > 0 {
            let finding = self.context.finding(Rule::PolygonInvalid, None, self.number);
            self.context.findings.push(finding.fact("reason", format!("{open} open rings, closed")));
        }
        self.geometries += u64::from(geometry.is_some());
        let mut cells = Vec::new();
        for (key, value) in properties {
            if let Some((field, cell)) = self.cell(key, value) {
                cells.push((field, cell, key == "name:vi"));
            }
        }
        // The name in Vietnamese is the name, whatever else there is.
        if let Some((name, _, _)) = cells.iter().find(|(_, _, vietnamese)| *vietnamese) {
            let name = *name;
            cells.retain(|(field, _, vietnamese)| *field != name || *vietnamese);
        }
        let mut cells: Vec<(Field, RawCell)> =
            cells.into_iter().map(|(field, cell, _)| (field, cell)).collect();
        self.own_id(feature, &mut cells);
        cells.sort_by_key(|(_, cell)| cell.column);
        self.table.records.push(RawRecord { source, cells, group: None, geometry });
    }

    fn is_other_place(&self, properties: &Map<String, Value>) -> bool {
        self.context.purpose() == Purpose::Villages
            && properties
                .get("place")
                .and_then(Value::as_str)
                .is_some_and(|place| !VILLAGE_PLACES.contains(&place))
    }

    /// The `id` of a feature, where no property gives one.
    fn own_id(&mut self, feature: &Value, cells: &mut Vec<(Field, RawCell)>) {
        let field = match self.context.purpose() {
            Purpose::AreaList => Field::AreaId,
            Purpose::Villages => Field::VillageId,
            Purpose::Communes | Purpose::Crosswalk => Field::CommuneCode,
            Purpose::Stations | Purpose::Candidates => Field::SiteId,
            Purpose::Programme => Field::PlanId,
        };
        if let Some(id) = feature.get("id").filter(|_| !cells.iter().any(|(other, _)| *other == field))
            && let Some((_, mut cell)) = self.cell("id", id)
        {
            cell.kind = CellKind::Text;
            cells.push((field, cell));
        }
    }

    /// A property as a cell; the column is made when its name comes for the first time.
    fn cell(&mut self, key: &str, value: &Value) -> Option<(Field, RawCell)> {
        let (text, kind) = match value {
            Value::String(text) if !text.trim().is_empty() => (text.clone(), CellKind::Text),
            Value::Number(number) => {
                let value = number.as_f64()?;
                (if number.is_f64() { shortest(value) } else { number.to_string() }, CellKind::Number(value))
            }
            Value::Bool(value) => (value.to_string(), CellKind::Bool(*value)),
            _ => return None,
        };
        let (column, field) = self.column(key)?;
        let field = field?;
        let limit = self.context.options.limits.field_bytes;
        if text.len() > limit {
            let finding =
                self.context.finding(Rule::InputLimitExceeded, None, self.number).at_column(column, key);
            self.context
                .findings
                .push(finding.fact("count", text.len().to_string()).fact("limit", limit.to_string()));
            return None;
        }
        Some((field, RawCell { text: text.into(), kind, column, filled_from: None }))
    }

    fn column(&mut self, key: &str) -> Option<(u32, Option<Field>)> {
        if let Some(known) = self.columns.get(key) {
            return Some(*known);
        }
        let column =
            u32::try_from(self.columns.len()).ok().filter(|at| *at < self.context.options.limits.columns)?;
        let field = self.context.titles.find(key).filter(|found| found.is_strong()).map(|found| found.field);
        self.columns.insert(key.to_owned(), (column, field));
        self.table.header.push(HeaderColumn { column, title: key.to_owned(), field });
        Some((column, field))
    }

    fn finish(self) -> Result<RawTable, Fault> {
        if !self.recognised {
            return Err(Fault::corrupt("it is JSON, but no feature, feature collection or geometry"));
        }
        let mut fields: Vec<Field> = self.table.header.iter().filter_map(|column| column.field).collect();
        if self.geometries > 0 {
            fields.push(Field::Position);
        }
        if self.number > 0
            && let Some(missing) = missing_field(self.context.purpose(), &fields)
        {
            let finding = self.context.finding(Rule::RequiredColumnMissing, None, 0);
            self.context.findings.push(finding.fact("field", missing));
        }
        Ok(self.table)
    }
}

/// One whole JSON object: `features` are taken one by one, the rest is small.
struct Top<'f, 'a, 'o> {
    features: &'f mut Features<'a, 'o>,
}

impl<'de> DeserializeSeed<'de> for Top<'_, '_, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Top<'_, '_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a GeoJSON object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let mut rest = Map::new();
        while let Some(key) = map.next_key::<String>()? {
            if key == "features" {
                map.next_value_seed(Each { features: self.features })?;
            } else {
                rest.insert(key, map.next_value()?);
            }
        }
        self.features.object(rest);
        Ok(())
    }
}

/// The list of features.
struct Each<'f, 'a, 'o> {
    features: &'f mut Features<'a, 'o>,
}

impl<'de> DeserializeSeed<'de> for Each<'_, '_, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_seq(self)
    }
}

impl<'de> Visitor<'de> for Each<'_, '_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list of features")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<(), A::Error> {
        while let Some(feature) = list.next_element::<Value>()? {
            self.features.feature(&feature);
        }
        Ok(())
    }
}
