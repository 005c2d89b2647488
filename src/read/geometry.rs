//! A GeoJSON geometry → `geo`: longitude, latitude, in degrees; a third coordinate is dropped.
//!
//! By hand, because what is wrong must be told, not guessed or panicked over: a position of one number, a ring of
//! two points, coordinates in metres.

use geo::{
    Coord, Geometry, GeometryCollection, LineString, MultiLineString, MultiPoint, MultiPolygon, Point,
    Polygon,
};
use serde_json::Value;

/// Collections within collections at most.
const MAX_DEPTH: u32 = 8;

/// What is wrong with a geometry.
pub(super) type Wrong = String;

/// Converts; `None` for `null`, the geometry of a feature without a place.
pub(super) fn geometry(value: &Value) -> Result<Option<Geometry<f64>>, Wrong> {
    if value.is_null() {
        return Ok(None);
    }
    convert(value, 0).map(Some)
}

fn convert(value: &Value, depth: u32) -> Result<Geometry<f64>, Wrong> {
    let kind = value.get("type").and_then(Value::as_str).unwrap_or("");
    let coordinates = value.get("coordinates").unwrap_or(&Value::Null);
    Ok(match kind {
        "Point" => Geometry::Point(Point(position(coordinates)?)),
        "MultiPoint" => Geometry::MultiPoint(MultiPoint(each(coordinates, |c| position(c).map(Point))?)),
        "LineString" => Geometry::LineString(line(coordinates)?),
        "MultiLineString" => Geometry::MultiLineString(MultiLineString(each(coordinates, line)?)),
        "Polygon" => Geometry::Polygon(polygon(coordinates)?),
        "MultiPolygon" => Geometry::MultiPolygon(MultiPolygon(each(coordinates, polygon)?)),
        "GeometryCollection" if depth < MAX_DEPTH => {
            let parts = value.get("geometries").unwrap_or(&Value::Null);
            Geometry::GeometryCollection(GeometryCollection(each(parts, |part| convert(part, depth + 1))?))
        }
        "GeometryCollection" => return Err(format!("collections within collections, over {MAX_DEPTH} deep")),
        "" => return Err("a geometry without a type".to_owned()),
        other => return Err(format!("a geometry of type “{}”", other.chars().take(40).collect::<String>())),
    })
}

fn each<T>(value: &Value, one: impl Fn(&Value) -> Result<T, Wrong>) -> Result<Vec<T>, Wrong> {
    value.as_array().ok_or("coordinates that are no list")?.iter().map(one).collect()
}

fn line(value: &Value) -> Result<LineString<f64>, Wrong> {
    Ok(LineString(each(value, position)?))
}

fn polygon(value: &Value) -> Result<Polygon<f64>, Wrong> {
    let mut rings = each(value, line)?.into_iter();
    // `Polygon::new` closes open rings: `open_rings` tells of them while they can be seen.
    let outer = rings.next().unwrap_or_else(|| LineString(Vec::new()));
    Ok(Polygon::new(outer, rings.collect()))
}

/// How many rings of a geometry's polygons do not end where they begin: once in `geo` they are closed.
pub(super) fn open_rings(value: &Value) -> usize {
    let empty = Vec::new();
    let open = |rings: &Value| {
        rings
            .as_array()
            .unwrap_or(&empty)
            .iter()
            .filter_map(Value::as_array)
            .filter(|ring| ring.first() != ring.last())
            .count()
    };
    match value.get("type").and_then(Value::as_str) {
        Some("Polygon") => value.get("coordinates").map_or(0, open),
        Some("MultiPolygon") => {
            value.get("coordinates").and_then(Value::as_array).map_or(0, |all| all.iter().map(open).sum())
        }
        Some("GeometryCollection") => value
            .get("geometries")
            .and_then(Value::as_array)
            .map_or(0, |all| all.iter().map(open_rings).sum()),
        _ => 0,
    }
}

fn position(value: &Value) -> Result<Coord<f64>, Wrong> {
    let numbers = value.as_array().ok_or("a position that is no list of numbers")?;
    let number = |at: usize| numbers.get(at).and_then(Value::as_f64).filter(|n| n.is_finite());
    let (Some(x), Some(y)) = (number(0), number(1)) else {
        return Err(format!("a position of {} numbers", numbers.iter().filter(|n| n.is_number()).count()));
    };
    if x.abs() > 180.0 || y.abs() > 90.0 {
        return Err(format!("a position out of range: {x}, {y}"));
    }
    Ok(Coord { x, y })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> Result<Option<Geometry<f64>>, Wrong> {
        geometry(&serde_json::from_str(text).unwrap())
    }

    #[test]
    fn every_type_is_converted_and_a_height_dropped() {
        let point = of(r#"{"type":"Point","coordinates":[104.5,19.25,310]}"#).unwrap().unwrap();
        assert_eq!(point, Geometry::Point(Point::new(104.5, 19.25)));
        for text in [
            r#"{"type":"MultiPoint","coordinates":[[104,19]]}"#,
            r#"{"type":"LineString","coordinates":[[104,19],[105,19]]}"#,
            r#"{"type":"MultiLineString","coordinates":[[[104,19],[105,19]]]}"#,
            r#"{"type":"Polygon","coordinates":[[[104,19],[105,19],[105,20],[104,19]]]}"#,
            r#"{"type":"MultiPolygon","coordinates":[[[[104,19],[105,19],[105,20],[104,19]]]]}"#,
            r#"{"type":"GeometryCollection","geometries":[{"type":"Point","coordinates":[104,19]}]}"#,
        ] {
            assert!(of(text).unwrap().is_some(), "{text}");
        }
        assert_eq!(of("null"), Ok(None));
    }

    #[test]
    fn open_rings_are_seen_before_they_are_closed() {
        let open: Value =
            serde_json::from_str(r#"{"type":"Polygon","coordinates":[[[1,1],[2,1],[2,2]]]}"#).unwrap();
        assert_eq!(open_rings(&open), 1);
    }

    #[test]
    fn what_is_wrong_is_said() {
        for text in [
            r#"{"type":"Point","coordinates":[104]}"#,
            r#"{"type":"Point","coordinates":["a",1]}"#,
            r#"{"type":"Point","coordinates":[500000,2100000]}"#,
            r#"{"type":"Polygon","coordinates":[104,19]}"#,
            r#"{"type":"Circle","coordinates":[104,19]}"#,
            r#"{"coordinates":[104,19]}"#,
            r#"[1]"#,
        ] {
            assert!(of(text).is_err(), "{text}");
        }
    }
}
