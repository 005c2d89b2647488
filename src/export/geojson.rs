//! GeoJSON features by RFC 7946: longitude first, no `crs`, no bare NaN.

use std::io::{self, Write};

use serde::Serialize;

use crate::geodesy::LatLon;
use crate::text::Simulated;

/// Writes one point feature without a line break.
pub(super) fn write_feature(
    out: &mut dyn Write,
    position: LatLon,
    properties: &impl Serialize,
    simulated: Simulated,
) -> io::Result<()> {
    let (lon, lat) = (position.lon_deg(), position.lat_deg());
    write!(
        out,
        "{{\"type\":\"Feature\",\"geometry\":{{\"type\":\"Point\",\"coordinates\":[{lon},{lat}]}},\"properties\":"
    )?;
    write_properties(out, properties, simulated)?;
    out.write_all(b"}")
}

/// Writes a feature's properties. Of simulated data each feature says so itself: programs for maps drop what stands
/// beside the features, and a line of GeoJSON lines has nothing beside it.
pub(super) fn write_properties(
    out: &mut dyn Write,
    properties: &impl Serialize,
    simulated: Simulated,
) -> io::Result<()> {
    match simulated {
        Simulated(false) => serde_json::to_writer(out, properties)?,
        Simulated(true) => serde_json::to_writer(out, &Marked { properties, simulated: true })?,
    }
    Ok(())
}

#[derive(Serialize)]
struct Marked<'a, P> {
    #[serde(flatten)]
    properties: &'a P,
    simulated: bool,
}
