//! Positions as text, in each notation that can be read.

use super::Notation;
use crate::geodesy::LatLon;
use crate::geodesy::vn2000::from_wgs84;

/// A position in a notation: 5 decimals of a degree, 3 of a minute, 1 of a second (2 without signs), 2 of a metre.
/// `None` where the position is too far from the zone of [`Notation::Vn2000`].
pub fn format_position(position: LatLon, notation: Notation) -> Option<String> {
    let (lat, lon) = (position.lat_deg(), position.lon_deg());
    Some(match notation {
        Notation::DecimalPoint => format!("{lat:.5}, {lon:.5}"),
        Notation::DecimalComma => format!("{lat:.5} / {lon:.5}").replace('.', ","),
        Notation::DecimalMinutes => format!("{}N {}E", minutes(lat), minutes(lon)),
        Notation::Dms => {
            let text = |deg| {
                let (d, m, s) = parts(deg, 10.0);
                format!("{d:02}°{m:02}'{s:04.1}\"")
            };
            format!("{}N {}E", text(lat), text(lon))
        }
        Notation::DmsDashed => format!("{} {}", joined(lat, '-'), joined(lon, '-')),
        Notation::DmsColon => format!("{} {}", joined(lat, ':'), joined(lon, ':')),
        Notation::DmsSpaced => format!("{} {}", joined(lat, ' '), joined(lon, ' ')),
        Notation::DmsCompact => {
            let text = |deg, width| {
                let (d, m, s) = parts(deg, 100.0);
                format!("{d:0width$}{m:02}{s:05.2}")
            };
            format!("{}N {}E", text(lat, 2), text(lon, 3))
        }
        Notation::Vn2000(zone) => {
            let (north, east) = from_wgs84(position, zone).ok()?;
            format!("{north:.2} {east:.2}")
        }
    })
}

fn joined(degrees: f64, sign: char) -> String {
    let (d, m, s) = parts(degrees, 100.0);
    format!("{d:02}{sign}{m:02}{sign}{s:05.2}")
}

/// Degrees, minutes and seconds, rounded to `1 / per_second` of a second before they are parted: no 60 seconds.
fn parts(degrees: f64, per_second: f64) -> (f64, f64, f64) {
    let units = (degrees * 3600.0 * per_second).round();
    let (minute, degree) = (60.0 * per_second, 3600.0 * per_second);
    ((units / degree).floor(), (units % degree / minute).floor(), units % minute / per_second)
}

fn minutes(degrees: f64) -> String {
    let units = (degrees * 60_000.0).round();
    format!("{:02}°{:06.3}'", (units / 60_000.0).floor(), units % 60_000.0 / 1_000.0)
}
