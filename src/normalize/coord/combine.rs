//! Two coordinates, each with its readings, to one position.

use super::axis::{Axis, Reading};
use super::{AxisKind, CoordContext, CoordError, CoordFault, Notation, ParsedPosition, projected};
use crate::domain::PositionOrigin;
use crate::geodesy::LatLon;

/// Puts two axes together: readings as they stand first, then with a decimal point restored. `ordered` says that
/// the first claims to be latitude or northing, `text` what both were read from.
pub(super) fn combine(
    a: &Axis,
    b: &Axis,
    ordered: bool,
    text: impl Fn() -> String,
    ctx: &CoordContext,
) -> Result<ParsedPosition, CoordError> {
    let as_written = position_of(a, b, &a.readings, &b.readings, ordered, ctx);
    let in_place = |p: &ParsedPosition| ctx.province_bbox.is_none_or(|bbox| bbox.contains(p.position));
    match as_written {
        Some(Ok(position)) if in_place(&position) => return Ok(position),
        _ => {}
    }
    // With a decimal point restored in one or both.
    let mut restored: Vec<ParsedPosition> = Vec::new();
    for (left, right) in [(&a.restored, &b.readings), (&a.readings, &b.restored), (&a.restored, &b.restored)]
    {
        for x in left {
            for y in right {
                if let Some(Ok(p)) = position_of(a, b, &[*x], &[*y], ordered, ctx)
                    && p.origin == PositionOrigin::Geographic
                {
                    restored.push(ParsedPosition { decimal_point_restored: true, ..p });
                }
            }
        }
    }
    if ctx.province_bbox.is_some() && restored.iter().any(in_place) {
        restored.retain(in_place);
    }
    restored.dedup_by(|p, q| p.position == q.position);
    match (as_written, restored.as_slice()) {
        (Some(Ok(_)), [one]) if in_place(one) => Ok(*one),
        (Some(written), _) => written,
        (None, [one]) => Ok(*one),
        (None, [_, _, ..]) => Err(CoordError::Ambiguous(text().trim().to_owned())),
        (None, []) => Err(why_not(a, b, &text())),
    }
}

/// The position of the first pair of readings that are latitude and longitude, or northing and easting.
fn position_of(
    a: &Axis,
    b: &Axis,
    left: &[Reading],
    right: &[Reading],
    ordered: bool,
    ctx: &CoordContext,
) -> Option<Result<ParsedPosition, CoordError>> {
    let pairs = || left.iter().flat_map(|x| right.iter().map(move |y| (x, y)));
    let of = |one: AxisKind, other: AxisKind| {
        pairs().find_map(|(x, y)| match (x.kind, y.kind) {
            (p, q) if (p, q) == (one, other) => Some((x, y, false)),
            (p, q) if (p, q) == (other, one) => Some((y, x, true)),
            _ => None,
        })
    };
    let swapped = |reversed: bool| {
        let against_habit = !ordered && ctx.north_first == Some(reversed);
        (ordered && reversed) || against_habit || a.contradicted(reversed) || b.contradicted(!reversed)
    };
    if let Some((lat, lon, reversed)) = of(AxisKind::Latitude, AxisKind::Longitude) {
        let position = LatLon::from_degrees(lat.value, lon.value).ok()?;
        return Some(Ok(ParsedPosition {
            position,
            origin: PositionOrigin::Geographic,
            north_first: !reversed,
            swapped: swapped(reversed),
            low_precision: lat.decimals < ctx.min_decimals
                || lon.decimals < ctx.min_decimals
                || (lat.is_whole_minute() && lon.is_whole_minute()),
            decimal_point_restored: false,
            notation: a.notation.unwrap_or(Notation::DecimalPoint),
            zone_margin_m: None,
        }));
    }
    let (north, east, reversed) = of(AxisKind::Northing, AxisKind::Easting)?;
    Some(projected::locate(north.value, east.value, east.zone, ctx).map(|located| {
        let zone = located.zone;
        ParsedPosition {
            position: located.position,
            origin: PositionOrigin::Vn2000 {
                meridian_deg: zone.meridian_deg(),
                zone_deg: zone.width_deg(),
                guessed: located.guessed,
            },
            north_first: !reversed,
            swapped: swapped(reversed),
            low_precision: north.value % 100.0 == 0.0 && east.value % 100.0 == 0.0,
            decimal_point_restored: false,
            notation: Notation::Vn2000(zone),
            zone_margin_m: located.margin_m,
        }
    }))
}

/// Why two axes are no position.
fn why_not(a: &Axis, b: &Axis, text: &str) -> CoordError {
    let text = text.trim().to_owned();
    if let (Some(lat_deg), Some(lon_deg)) = (a.degrees, b.degrees)
        && a.readings.is_empty() | b.readings.is_empty()
    {
        let (lat_deg, lon_deg) = if lat_deg.abs() > 90.0 || (b.is_latitude() && !a.is_latitude()) {
            (lon_deg, lat_deg)
        } else {
            (lat_deg, lon_deg)
        };
        if LatLon::from_degrees(lat_deg, lon_deg).is_ok() {
            return CoordError::OutsideVietnam { lat_deg, lon_deg };
        }
    }
    match (a.readings.first(), b.readings.first()) {
        (Some(x), Some(y)) if x.kind == y.kind => CoordError::SameKind { kind: x.kind, text },
        (Some(_), Some(_)) => CoordError::MixedUnits(text),
        _ => CoordError::Unparseable { text, fault: CoordFault::Range },
    }
}
