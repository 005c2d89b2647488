//! Areas as bytes: a list of a million rows takes some 80 MB so, ten times as much as values.

use std::sync::Arc;

use geo::MultiPolygon;

use crate::domain::{Area, AreaPosition, Carrier, PositionOrigin, Severity, Source, VillageName};
use crate::finding::bytes::{
    put_float, put_number, put_text, take_byte, take_float, take_index, take_number, take_text,
};
use crate::geodesy::LatLon;

/// Records in a block; a block is one allocation.
const BLOCK: usize = 512;

/// Many small records of bytes, by number.
#[derive(Debug, Clone, Default)]
pub struct Records {
    full: Vec<Block>,
    last: Block,
    len: usize,
}

#[derive(Debug, Clone, Default)]
struct Block {
    bytes: Vec<u8>,
    ends: Vec<usize>,
}

impl Records {
    /// Adds a record.
    pub fn push(&mut self, record: &[u8]) {
        self.push_with(|bytes| bytes.extend_from_slice(record));
    }

    /// Adds the record that `write` appends.
    pub fn push_with(&mut self, write: impl FnOnce(&mut Vec<u8>)) {
        write(&mut self.last.bytes);
        self.last.ends.push(self.last.bytes.len());
        self.len += 1;
        if self.last.ends.len() == BLOCK {
            let mut block = std::mem::take(&mut self.last);
            block.bytes.shrink_to_fit();
            self.full.push(block);
        }
    }

    /// Gives the memory of full blocks before a record back. Their records are no more; the numbers stay.
    pub fn forget_before(&mut self, number: usize) {
        for block in self.full.iter_mut().take(number / BLOCK) {
            *block = Block::default();
        }
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.len
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// The record of a number.
    pub fn get(&self, number: usize) -> Option<&[u8]> {
        let block = self.full.get(number / BLOCK).unwrap_or(&self.last);
        let at = number % BLOCK;
        let end = *block.ends.get(at)?;
        let start = at.checked_sub(1).and_then(|before| block.ends.get(before)).map_or(0, |end| *end);
        block.bytes.get(start..end)
    }
}

const DISTRICT: u64 = 1;
const COMMUNE: u64 = 1 << 1;
const COMMUNE_CODE: u64 = 1 << 2;
const VILLAGE_ID: u64 = 1 << 3;
const POSITION: u64 = 1 << 4;
const POLYGON: u64 = 1 << 5;
const HOUSEHOLDS: u64 = 1 << 6;
const POPULATION: u64 = 1 << 7;
const TECHNOLOGY: u64 = 1 << 8;
const OWN_CARRIER: u64 = 1 << 9;
/// Two bits each: not known, no, yes; for the severity not known, weak, white.
const SEVERITY_AT: u64 = 10;
const HARDSHIP_AT: u64 = 12;
const GRID_POWER_AT: u64 = 14;

/// Where the areas of a list stand: what recurs in every row.
#[derive(Debug, Clone)]
pub struct PackedPlace {
    /// The list's carrier.
    pub carrier: Carrier,
    /// The file's name.
    pub file: Arc<str>,
    /// The sheet.
    pub sheet: Option<Arc<str>>,
}

fn two_bits(mark: Option<bool>) -> u64 {
    mark.map_or(0, |yes| 1 + u64::from(yes))
}

fn mark(flags: u64, at: u64) -> Option<bool> {
    match (flags >> at) & 3 {
        0 => None,
        bits => Some(bits == 2),
    }
}

/// Appends an area's bytes. Its id is left out, and its polygon goes to `polygons`.
pub fn pack_area(area: &Area, carrier: &Carrier, polygons: &mut Vec<MultiPolygon<f64>>, out: &mut Vec<u8>) {
    let texts = [&area.district, &area.commune, &area.commune_code, &area.village_id, &area.technology];
    let bits = [DISTRICT, COMMUNE, COMMUNE_CODE, VILLAGE_ID, TECHNOLOGY];
    let part = |there: bool, bit: u64| if there { bit } else { 0 };
    let flags = texts.iter().zip(bits).map(|(text, bit)| part(text.is_some(), bit)).sum::<u64>()
        | part(area.position.is_some(), POSITION)
        | part(area.polygon.is_some(), POLYGON)
        | part(area.households.is_some(), HOUSEHOLDS)
        | part(area.population.is_some(), POPULATION)
        | part(area.carrier == *carrier, OWN_CARRIER)
        | two_bits(area.severity.map(|s| s == Severity::White)) << SEVERITY_AT
        | two_bits(area.hardship) << HARDSHIP_AT
        | two_bits(area.grid_power) << GRID_POWER_AT;
    put_number(flags, out);
    put_number(u64::from(area.source.row), out);
    if area.carrier != *carrier {
        put_text(area.carrier.name(), out);
    }
    texts.into_iter().flatten().for_each(|text| put_text(text, out));
    put_number(area.villages.len() as u64, out);
    for name in &area.villages {
        put_text(&name.clean, out);
        // Mostly the two are the same.
        put_number(u64::from(name.raw != name.clean), out);
        if name.raw != name.clean {
            put_text(&name.raw, out);
        }
    }
    if let Some(at) = &area.position {
        put_float(at.position.lat_deg(), out);
        put_float(at.position.lon_deg(), out);
        let (kind, guessed) = match at.origin {
            PositionOrigin::Geographic => (0, false),
            PositionOrigin::Polygon => (1, false),
            PositionOrigin::Vn2000 { guessed, .. } => (2, guessed),
        };
        out.push(kind | u8::from(guessed) << 2 | u8::from(at.swapped) << 3);
        if let PositionOrigin::Vn2000 { meridian_deg, zone_deg, .. } = at.origin {
            put_float(meridian_deg, out);
            out.push(zone_deg);
        }
    }
    [area.households, area.population].into_iter().flatten().for_each(|n| put_number(u64::from(n), out));
    if let Some(polygon) = &area.polygon {
        put_number(polygons.len() as u64, out);
        polygons.push(polygon.clone());
    }
}

/// The area of such bytes, without its id; `None` where they are none.
pub fn unpack_area(bytes: &mut &[u8], place: &PackedPlace, polygons: &[MultiPolygon<f64>]) -> Option<Area> {
    let flags = take_number(bytes)?;
    let has = |bit: u64| flags & bit != 0;
    let row = u32::try_from(take_number(bytes)?).ok()?;
    let carrier = match has(OWN_CARRIER) {
        true => place.carrier.clone(),
        // The name of a known carrier is read as that carrier.
        false => {
            let name = take_text(bytes)?;
            let known = Carrier::from_name(name).filter(|carrier| carrier.name() == name);
            known.unwrap_or_else(|| Carrier::Other(name.to_owned()))
        }
    };
    let mut text = |bit: u64| match has(bit) {
        true => take_text(bytes).map(|text| Some(text.to_owned())),
        false => Some(None),
    };
    let (district, commune, commune_code) = (text(DISTRICT)?, text(COMMUNE)?, text(COMMUNE_CODE)?);
    let (village_id, technology) = (text(VILLAGE_ID)?, text(TECHNOLOGY)?);
    let mut villages = Vec::new();
    for _ in 0..take_number(bytes)? {
        let clean = take_text(bytes)?.to_owned();
        let raw = if take_number(bytes)? == 0 { clean.clone() } else { take_text(bytes)?.to_owned() };
        villages.push(VillageName { raw, clean });
    }
    let position = match has(POSITION) {
        true => Some(unpack_position(bytes)?),
        false => None,
    };
    let mut count = |bit: u64| match has(bit) {
        true => take_number(bytes).and_then(|n| u32::try_from(n).ok()).map(Some),
        false => Some(None),
    };
    let (households, population) = (count(HOUSEHOLDS)?, count(POPULATION)?);
    let polygon = match has(POLYGON) {
        true => Some(polygons.get(take_index(bytes)?)?.clone()),
        false => None,
    };
    Some(Area {
        id: String::new(),
        carrier,
        source: Source { file: Arc::clone(&place.file), sheet: place.sheet.clone(), row },
        district,
        commune,
        commune_code,
        villages,
        village_id,
        position,
        polygon,
        severity: mark(flags, SEVERITY_AT).map(|white| if white { Severity::White } else { Severity::Weak }),
        households,
        population,
        hardship: mark(flags, HARDSHIP_AT),
        grid_power: mark(flags, GRID_POWER_AT),
        technology,
    })
}

/// The position of the area of such bytes, without making the area; `None` where it has none.
pub fn unpack_position_only(mut bytes: &[u8]) -> Option<AreaPosition> {
    let bytes = &mut bytes;
    let flags = take_number(bytes)?;
    let has = |bit: u64| flags & bit != 0;
    if !has(POSITION) {
        return None;
    }
    take_number(bytes)?;
    let skip = |bytes: &mut &[u8]| -> Option<()> {
        let len = take_index(bytes)?;
        *bytes = bytes.get(len..)?;
        Some(())
    };
    if !has(OWN_CARRIER) {
        skip(bytes)?;
    }
    for bit in [DISTRICT, COMMUNE, COMMUNE_CODE, VILLAGE_ID, TECHNOLOGY] {
        if has(bit) {
            skip(bytes)?;
        }
    }
    for _ in 0..take_number(bytes)? {
        skip(bytes)?;
        if take_number(bytes)? != 0 {
            skip(bytes)?;
        }
    }
    unpack_position(bytes)
}

fn unpack_position(bytes: &mut &[u8]) -> Option<AreaPosition> {
    let (lat, lon) = (take_float(bytes)?, take_float(bytes)?);
    let kind = take_byte(bytes)?;
    let origin = match kind & 3 {
        0 => PositionOrigin::Geographic,
        1 => PositionOrigin::Polygon,
        _ => PositionOrigin::Vn2000 {
            meridian_deg: take_float(bytes)?,
            zone_deg: take_byte(bytes)?,
            guessed: kind & 4 != 0,
        },
    };
    Some(AreaPosition { position: LatLon::from_degrees(lat, lon).ok()?, origin, swapped: kind & 8 != 0 })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place() -> PackedPlace {
        PackedPlace { carrier: Carrier::Viettel, file: "a.xlsx".into(), sheet: Some("1".into()) }
    }

    fn bare(row: u32) -> Area {
        let place = place();
        Area {
            id: String::new(),
            carrier: place.carrier,
            source: Source { file: place.file, sheet: place.sheet, row },
            district: None,
            commune: None,
            commune_code: None,
            villages: Vec::new(),
            village_id: None,
            position: None,
            polygon: None,
            severity: None,
            households: None,
            population: None,
            hardship: None,
            grid_power: None,
            technology: None,
        }
    }

    fn full(origin: PositionOrigin, carrier: Carrier) -> Area {
        let name = |raw: &str, clean: &str| VillageName { raw: raw.into(), clean: clean.into() };
        Area {
            carrier,
            district: Some("Kỳ Sơn".into()),
            commune: Some("Na Loi".into()),
            commune_code: Some(String::new()),
            villages: vec![name("Bản Na", "Bản Na"), name("B¶n", "Bản")],
            village_id: Some("V1".into()),
            position: Some(AreaPosition {
                position: LatLon::from_degrees(19.123_456_789, -0.1).unwrap(),
                origin,
                swapped: true,
            }),
            polygon: Some(MultiPolygon(vec![geo::Rect::new((1.0, 2.0), (3.0, 4.0)).to_polygon()])),
            severity: Some(Severity::White),
            households: Some(0),
            population: Some(u32::MAX),
            hardship: Some(false),
            grid_power: Some(true),
            technology: Some("2G".into()),
            ..bare(u32::MAX)
        }
    }

    #[test]
    fn an_area_comes_back_as_it_was() {
        let vn2000 = |guessed| PositionOrigin::Vn2000 { meridian_deg: 104.75, zone_deg: 3, guessed };
        let areas = [
            bare(2),
            full(PositionOrigin::Geographic, Carrier::Viettel),
            full(PositionOrigin::Polygon, Carrier::VinaPhone),
            full(vn2000(true), Carrier::Other("Viettel Nghệ An".into())),
            Area { severity: Some(Severity::Weak), ..full(vn2000(false), Carrier::Other("Gtel".into())) },
        ];
        let (mut records, mut polygons) = (Records::default(), Vec::new());
        for area in areas.iter().cycle().take(3 * BLOCK) {
            records.push_with(|out| pack_area(area, &Carrier::Viettel, &mut polygons, out));
        }
        assert_eq!(records.len(), 3 * BLOCK);
        for (i, area) in areas.iter().cycle().take(3 * BLOCK).enumerate() {
            let mut bytes = records.get(i).unwrap();
            assert_eq!(unpack_position_only(bytes), area.position, "{i}");
            assert_eq!(unpack_area(&mut bytes, &place(), &polygons).as_ref(), Some(area), "{i}");
            assert!(bytes.is_empty());
        }
        assert_eq!(records.get(3 * BLOCK), None);
        records.forget_before(BLOCK + 1);
        assert_eq!((records.get(0), records.get(BLOCK - 1), records.len()), (None, None, 3 * BLOCK));
        assert!(records.get(BLOCK).is_some() && records.get(3 * BLOCK - 1).is_some());
    }
}
