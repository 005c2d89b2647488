//! Areas by level as GeoJSON (RFC 7946): nested polygons, the weakest level first, so that a viewer draws the stronger
//! ones on top.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::{Map, Value};

use super::round_degrees;
use crate::coverage::Area;

/// The areas of one level, with what is said of each of them.
#[derive(Debug, Clone)]
pub struct ContourLevel<P> {
    /// Properties of each of its features.
    pub properties: P,
    /// The areas.
    pub areas: Vec<Area>,
}

/// Writes one MultiPolygon a level; a level that is reached nowhere has an empty one. `about` stands at the top, for what
/// all the numbers rest on.
///
/// # Errors
/// Where the writer fails.
pub fn write_contours<P: Serialize>(
    levels: &[ContourLevel<P>],
    about: &impl Serialize,
    out: &mut dyn Write,
) -> io::Result<()> {
    out.write_all(b"{\"type\":\"FeatureCollection\",\"phusong\":")?;
    serde_json::to_writer(&mut *out, about)?;
    out.write_all(b",\"features\":[\n")?;
    for (number, level) in levels.iter().enumerate() {
        let polygons: Vec<Vec<Vec<[f64; 2]>>> = level.areas.iter().map(polygon).collect();
        let mut feature = Map::new();
        feature.insert("type".to_owned(), "Feature".into());
        feature.insert("properties".to_owned(), serde_json::to_value(&level.properties)?);
        let geometry = serde_json::json!({ "type": "MultiPolygon", "coordinates": polygons });
        feature.insert("geometry".to_owned(), geometry);
        serde_json::to_writer(&mut *out, &Value::Object(feature))?;
        out.write_all(if number + 1 < levels.len() { b",\n" } else { b"\n" })?;
    }
    out.write_all(b"]}\n")
}

fn polygon(area: &Area) -> Vec<Vec<[f64; 2]>> {
    let point = |&(lon, lat): &(f64, f64)| [round_degrees(lon), round_degrees(lat)];
    area.rings.iter().map(|ring| ring.iter().map(point).collect()).collect()
}
