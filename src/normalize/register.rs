//! The registers: villages, communes, crosswalk, stations, programme, candidates. One function each.
//!
//! A row that cannot be used is a finding and is left out; nothing else is guessed.

use std::collections::BTreeSet;

use geo::{Centroid, Geometry, MultiPolygon};

use super::antenna::{antennas, is_mast_height, mast_height, sites_of};
use super::cells::CellReader;
use super::coord::CoordContext;
use super::position;
use crate::domain::{
    Candidate, Carrier, Commune, CommuneCode, CommuneOutline, Era, PlannedStation, Station, Village,
    VillageOrigin,
};
use crate::finding::{Finding, Rule};
use crate::geodesy::LatLon;
use crate::normalize::admin::CrosswalkRow;
use crate::read::{Field, RawFile, RawRecord};

/// What a register's rows became, and what was wrong with them.
#[derive(Debug, Clone)]
pub struct Rows<T> {
    /// The usable rows, in the file's order.
    pub rows: Vec<T>,
    /// The faults.
    pub findings: Vec<Finding>,
}

impl<T> Default for Rows<T> {
    fn default() -> Rows<T> {
        Rows { rows: Vec::new(), findings: Vec::new() }
    }
}

/// Goes through the records; `convert` gives `None` where a row cannot be used and has said why.
fn rows_of<T>(
    file: &RawFile,
    mut convert: impl FnMut(&mut CellReader<'_>, &RawRecord) -> Option<T>,
) -> Rows<T> {
    let mut findings = file.findings.clone();
    let mut rows = Vec::new();
    for (table, record) in file.records() {
        let mut reader = CellReader::new(table, record, None, None, &mut findings);
        rows.extend(convert(&mut reader, record));
    }
    Rows { rows, findings }
}

/// Ids must be there and be unique: the second of two is left out and named.
struct Ids(BTreeSet<String>);

impl Ids {
    fn take(&mut self, reader: &mut CellReader<'_>, field: Field, what: &'static str) -> Option<String> {
        let Some(id) = reader.text(field) else {
            let finding = reader.finding(Rule::RegisterRowUnusable).fact("field", what);
            reader.note(finding);
            return None;
        };
        if !self.0.insert(id.clone()) {
            let finding = reader.finding(Rule::DuplicateId).raw(id);
            reader.note(finding);
            return None;
        }
        Some(id)
    }
}

/// The register of villages. A village without a position is kept: its position is not known.
pub fn villages(file: &RawFile) -> Rows<Village> {
    let mut ids = Ids(BTreeSet::new());
    let context = CoordContext::default();
    rows_of(file, |reader, record| {
        let id = ids.take(reader, Field::VillageId, "village_id")?;
        let position = position_of(reader, record, &context);
        let weight = reader.decimal(Field::Weight);
        let weight = weight.filter(|w| {
            let usable = w.is_finite() && *w >= 0.0;
            if !usable {
                let finding =
                    reader.finding(Rule::NumberUnparseable).raw(w.to_string()).fact("field", "weight");
                reader.note(finding);
            }
            usable
        });
        Some(Village {
            id,
            name: reader.text(Field::Village).unwrap_or_default(),
            commune_code: reader.unit_code(Field::CommuneCode).map(CommuneCode),
            commune: reader.text(Field::Commune),
            old_commune: reader.text(Field::OldCommune),
            old_district: reader.text(Field::District),
            position,
            households: reader.count(Field::Households),
            population: reader.count(Field::Population),
            hardship: reader.mark(Field::Hardship),
            grid_power: reader.mark(Field::GridPower),
            weight,
            origin: VillageOrigin::Register,
            source: reader.source(),
        })
    })
}

/// Today's communes, with outlines where the file is GeoJSON with polygons.
pub fn communes(file: &RawFile) -> Rows<CommuneOutline> {
    rows_of(file, |reader, record| {
        let code = required(reader, Field::CommuneCode, "code")?;
        let name = required(reader, Field::Commune, "name")?;
        let outline = match &record.geometry {
            Some(Geometry::Polygon(polygon)) => Some(MultiPolygon(vec![polygon.clone()])),
            Some(Geometry::MultiPolygon(polygons)) => Some(polygons.clone()),
            _ => None,
        };
        let hint = position_of(reader, record, &CoordContext::default());
        let area_km2 = reader.decimal(Field::AreaKm2);
        let population = reader.count(Field::Population);
        let commune =
            Commune { era: Era::Y2025, code: CommuneCode(code), name, district: None, hint, area_km2 };
        Some(CommuneOutline { commune, outline, population })
    })
}

/// Old commune → today's.
pub fn crosswalk(file: &RawFile) -> Rows<CrosswalkRow> {
    rows_of(file, |reader, _| {
        Some(CrosswalkRow {
            old_district: reader.text(Field::District).unwrap_or_default(),
            old_commune: required(reader, Field::OldCommune, "old_commune")?,
            old_code: reader.unit_code(Field::OldCommuneCode).unwrap_or_default(),
            new_commune: required(reader, Field::Commune, "new_commune")?,
            new_code: required(reader, Field::CommuneCode, "new_code")?,
        })
    })
}

/// Existing stations. Further rows of one id with azimuths are further sectors.
pub fn stations(file: &RawFile) -> Rows<Station> {
    let context = CoordContext::default();
    sites_of(file, |reader, record, id| {
        let carrier = required(reader, Field::Carrier, "carrier")?;
        let position = required_position(reader, record, &context)?;
        let height_agl_m = mast_height(reader);
        Some(Station {
            id,
            carrier: Carrier::from_name(&carrier)?,
            position,
            height_agl_m,
            technology: reader.text(Field::Technology),
            tower: reader.text(Field::Tower),
            antennas: antennas(reader, height_agl_m),
            source: reader.source(),
        })
    })
}

/// The registered programme.
pub fn programme(file: &RawFile) -> Rows<PlannedStation> {
    let mut ids = Ids(BTreeSet::new());
    let context = CoordContext::default();
    rows_of(file, |reader, record| {
        let id = ids.take(reader, Field::PlanId, "plan_id")?;
        let carrier = required(reader, Field::Carrier, "carrier")?;
        let height_agl_m = mast_height(reader);
        if height_agl_m.is_some_and(|m| !is_mast_height(m)) {
            return None;
        }
        Some(PlannedStation {
            id,
            carrier: Carrier::from_name(&carrier)?,
            commune: reader.text(Field::Commune),
            village: reader.text(Field::Village),
            position: position_of(reader, record, &context),
            year: reader.count(Field::Year).and_then(|year| u16::try_from(year).ok()),
            status: reader.text(Field::Status),
            technology: reader.text(Field::Technology),
            height_agl_m,
            kind: reader.text(Field::Kind),
            grid_distance_km: reader.decimal(Field::GridDistanceKm),
            cost_million_vnd: reader.decimal(Field::CostMillionVnd),
            group: reader.text(Field::Group),
            source: reader.source(),
        })
    })
}

/// Candidate sites. One without a position cannot be ranked: it is a finding. Further rows of one id with azimuths are
/// further sectors; all else is as in the first.
pub fn candidates(file: &RawFile) -> Rows<Candidate> {
    let context = CoordContext::default();
    sites_of(file, |reader, record, id| {
        let position = required_position(reader, record, &context)?;
        let height_agl_m = mast_height(reader);
        Some(Candidate {
            id,
            position,
            kind: reader.text(Field::Kind),
            height_agl_m,
            grid_distance_km: reader.decimal(Field::GridDistanceKm),
            road_distance_km: reader.decimal(Field::RoadDistanceKm),
            cost_million_vnd: reader.decimal(Field::CostMillionVnd),
            antennas: antennas(reader, height_agl_m),
            group: reader.text(Field::Group),
            source: reader.source(),
        })
    })
}

fn required(reader: &mut CellReader<'_>, field: Field, what: &'static str) -> Option<String> {
    let text = match field {
        Field::CommuneCode => reader.unit_code(field),
        _ => reader.text(field),
    };
    if text.is_none() {
        let finding = reader.finding(Rule::RegisterRowUnusable).fact("field", what);
        reader.note(finding);
    }
    text
}

fn required_position(
    reader: &mut CellReader<'_>,
    record: &RawRecord,
    context: &CoordContext,
) -> Option<LatLon> {
    let position = position_of(reader, record, context);
    if position.is_none() {
        let finding = reader.finding(Rule::RegisterRowUnusable).fact("field", "lat, lon");
        reader.note(finding);
    }
    position
}

pub(super) fn position_of(
    reader: &mut CellReader<'_>,
    record: &RawRecord,
    context: &CoordContext,
) -> Option<LatLon> {
    match &record.geometry {
        Some(geometry) => geometry.centroid().and_then(|p| LatLon::from_degrees(p.y(), p.x()).ok()),
        None => position::of_register_row(reader, context),
    }
}
