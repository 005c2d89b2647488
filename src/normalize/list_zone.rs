//! The VN-2000 zone of a whole list, where it is not the province's.
//!
//! Carriers export in the 6° zone, or in a neighbour's. A row read in the wrong zone lands some 26 km off and still
//! in the province, so no row can tell by itself; together the rows of a list can: their communes are known.

use std::sync::Arc;

use super::coord::{CoordContext, guess_zone, is_decimal_degrees};
use super::value::parse_decimal;
use crate::domain::{Era, Source};
use crate::finding::{Finding, Rule};
use crate::geodesy::vn2000::{Vn2000Zone, to_wgs84};
use crate::geodesy::{LatLon, distance_m};
use crate::normalize::admin::{CommuneQuery, ProvinceUnits};
use crate::read::{Field, RawFile, RawRecord, RawTable};
use crate::text::clean;

/// Fewer rows prove nothing.
const MIN_ROWS: usize = 5;
/// More rows prove nothing more.
pub(super) const MAX_ROWS: usize = 400;
/// The zone found must bring the rows this near to their communes (median), m: communes are 5 to 10 km wide.
const NEAR_M: f64 = 10_000.0;
/// And at least this much nearer than the province's own zone, m.
const BETTER_BY_M: f64 = 10_000.0;

/// The zone that the list is in, where its rows prove that it is another than the context's. With the finding.
pub(super) fn other_zone(
    file: &RawFile,
    units: &ProvinceUnits,
    context: &CoordContext,
) -> Option<(Vn2000Zone, Finding)> {
    if context.zone.is_some() {
        return None;
    }
    let points: Vec<ZonePoint> =
        file.records().filter_map(|(table, record)| point(table, record, units)).take(MAX_ROWS).collect();
    zone_of(&file.name, &points, context)
}

/// Northing, easting and the commune's place.
pub(super) type ZonePoint = (f64, f64, LatLon);

/// The zone that the first points of a list prove, where it is another than the context's. With the finding.
pub(super) fn zone_of(
    file: &Arc<str>,
    points: &[ZonePoint],
    context: &CoordContext,
) -> Option<(Vn2000Zone, Finding)> {
    let own = match context.zone {
        Some(_) => return None,
        None => context.meridians_deg.first().and_then(|deg| Vn2000Zone::three_degree(*deg).ok()),
    };
    let points = &points[..points.len().min(MAX_ROWS)];
    if points.len() < MIN_ROWS {
        return None;
    }
    let guess = guess_zone(points)?;
    let own_median_m = own.and_then(|zone| median_m(points, zone)).unwrap_or(f64::INFINITY);
    if Some(guess.zone) == own || guess.median_m > NEAR_M || own_median_m < guess.median_m + BETTER_BY_M {
        return None;
    }
    let source = Source { file: Arc::clone(file), sheet: None, row: 0 };
    let finding = Finding::new(Rule::CoordCrsGuessed, source)
        .fact("zone", format!("{}°, {}° E", guess.zone.width_deg(), guess.zone.meridian_deg()))
        .fact("margin", format!("{:.0} km", guess.margin_m / 1000.0))
        .fact("rows", points.len().to_string());
    Some((guess.zone, finding))
}

/// Northing, easting and the commune's place, for a row that has all three beyond doubt.
pub(super) fn point(table: &RawTable, record: &RawRecord, units: &ProvinceUnits) -> Option<ZonePoint> {
    let number = |field: Field| {
        // Most lists are in degrees, and this is asked of every row.
        let cell = record.cell(field).filter(|cell| !is_decimal_degrees(&cell.text))?;
        Some(parse_decimal(&cell.text, cell.kind).ok()??.value)
    };
    let (a, b) = match (number(Field::Northing), number(Field::Easting)) {
        (Some(a), Some(b)) => (a, b),
        _ => (number(Field::Latitude)?, number(Field::Longitude)?),
    };
    // Northings and eastings of Viet Nam have no number in common.
    let (north, east) = if a > b { (a, b) } else { (b, a) };
    if !(850_000.0..=2_700_000.0).contains(&north) || !(50_000.0..=950_000.0).contains(&east) {
        return None;
    }
    let commune = clean(record.text(Field::Commune)?).text;
    let district = record
        .text(Field::District)
        .map(|text| clean(text).text)
        .or_else(|| record.group.as_deref().map(str::to_owned))
        .or_else(|| table.sheet.as_deref().map(str::to_owned))
        .filter(|name| units.has_district(name));
    place(&commune, district.as_deref(), units).map(|near| (north, east, near))
}

/// The point of the one commune of today that a name leads to.
pub(super) fn place(commune: &str, district: Option<&str>, units: &ProvinceUnits) -> Option<LatLon> {
    let found = units.find(&CommuneQuery { name: commune, district, era: None });
    let mut today = found.iter().flat_map(|f| match f.commune.era {
        Era::Y2025 => vec![f.commune],
        _ => units.to_today(f.commune).into_iter().map(|s| s.commune).collect(),
    });
    let first = today.next()?;
    today.all(|other| other.code == first.code).then_some(first.hint).flatten()
}

fn median_m(points: &[(f64, f64, LatLon)], zone: Vn2000Zone) -> Option<f64> {
    let mut distances: Vec<f64> = points
        .iter()
        .filter_map(|(north, east, near)| Some(distance_m(to_wgs84(*north, *east, zone).ok()?, *near)))
        .collect();
    distances.sort_by(f64::total_cmp);
    distances.get(distances.len() / 2).copied()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geodesy::vn2000::from_wgs84;
    use crate::normalize::admin::AdminUnits;
    use crate::read::{Purpose, ReadOptions, read_bytes};

    /// A list of today's communes of Nghệ An at their points, in the coordinates of `zone`, every other row swapped.
    fn list_in(zone: Vn2000Zone, units: &ProvinceUnits) -> RawFile {
        let mut csv = "STT,Xã,Bản,X (m),Y (m)\n".to_owned();
        let communes = units.communes(Era::Y2025).filter(|c| c.hint.is_some()).take(40);
        for (i, commune) in communes.enumerate() {
            let (north, east) = from_wgs84(commune.hint.unwrap(), zone).unwrap();
            let (x, y) = if i % 2 == 0 { (north, east) } else { (east, north) };
            csv.push_str(&format!("{},{},Bản {i},{x:.2},{y:.2}\n", i + 1, commune.name));
        }
        let options = ReadOptions { purpose: Purpose::AreaList, ..ReadOptions::default() };
        read_bytes("list.csv", csv.as_bytes(), &options).unwrap()
    }

    fn context() -> CoordContext {
        CoordContext { meridians_deg: vec![104.75], ..CoordContext::default() }
    }

    #[test]
    fn a_list_in_the_six_degree_zone_is_recognised() {
        let units = AdminUnits::for_province("40").unwrap();
        let utm48 = Vn2000Zone::six_degree(105.0).unwrap();
        let (zone, finding) = other_zone(&list_in(utm48, &units), &units, &context()).unwrap();
        assert_eq!(zone, utm48);
        assert_eq!((finding.rule, finding.source.row), (Rule::CoordCrsGuessed, 0));
    }

    #[test]
    fn a_list_in_the_provinces_zone_is_left_alone() {
        let units = AdminUnits::for_province("40").unwrap();
        let own = Vn2000Zone::three_degree(104.75).unwrap();
        assert!(other_zone(&list_in(own, &units), &units, &context()).is_none());
    }
}
