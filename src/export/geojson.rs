//! GeoJSON features by RFC 7946: longitude first, no `crs`, no bare NaN.

use std::io::{self, Write};

use serde::Serialize;

use crate::geodesy::LatLon;

/// Writes one point feature without a line break.
pub(super) fn write_feature(
    out: &mut dyn Write,
    position: LatLon,
    properties: &impl Serialize,
) -> io::Result<()> {
    let (lon, lat) = (position.lon_deg(), position.lat_deg());
    write!(
        out,
        "{{\"type\":\"Feature\",\"geometry\":{{\"type\":\"Point\",\"coordinates\":[{lon},{lat}]}},\"properties\":"
    )?;
    serde_json::to_writer(&mut *out, properties)?;
    out.write_all(b"}")
}
