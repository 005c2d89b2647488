//! The reference systems that rasters come in, and where a position lies in them.

use std::fmt;

use crate::geodesy::LatLon;
use crate::geodesy::transverse_mercator::UtmZone;
use crate::geodesy::vn2000::{self, Vn2000Zone};

/// A raster's reference system.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Crs {
    /// WGS84 latitude and longitude, degrees (EPSG 4326, 4979).
    Geographic,
    /// UTM on WGS84, m (EPSG 32601–32660, 32701–32760).
    Utm(UtmZone),
    /// VN-2000, m (EPSG 9205–9218, 5896–5899, 3405, 3406).
    Vn2000(Vn2000Zone),
}

impl Crs {
    /// The system of an EPSG code of projected coordinates; `None` for those that are not read.
    pub(super) fn projected(epsg: u32) -> Option<Crs> {
        let utm = UtmZone::from_epsg(epsg).map(Crs::Utm);
        utm.or_else(|| Vn2000Zone::from_epsg(epsg).map(Crs::Vn2000))
    }

    /// East and north (longitude and latitude, or m) of a position; NaN where the system cannot show it.
    pub(super) fn east_north(self, at: LatLon) -> (f64, f64) {
        let northing_easting = match self {
            Crs::Geographic => return (at.lon_deg(), at.lat_deg()),
            Crs::Utm(zone) => zone.from_wgs84(at),
            Crs::Vn2000(zone) => vn2000::from_wgs84(at, zone).ok(),
        };
        northing_easting.map_or((f64::NAN, f64::NAN), |(north, east)| (east, north))
    }

    /// The position of east and north; `None` where there is none.
    pub(super) fn position(self, east: f64, north: f64) -> Option<LatLon> {
        match self {
            Crs::Geographic => LatLon::from_degrees(north, east).ok(),
            Crs::Utm(zone) => zone.to_wgs84(north, east),
            Crs::Vn2000(zone) => vn2000::to_wgs84(north, east, zone).ok(),
        }
    }
}

impl fmt::Display for Crs {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Crs::Geographic => write!(f, "WGS84"),
            Crs::Utm(zone) => write!(f, "UTM {}{}", zone.number(), if zone.is_south() { 'S' } else { 'N' }),
            Crs::Vn2000(zone) => write!(f, "VN-2000 {}°/{}°", zone.meridian_deg(), zone.width_deg()),
        }
    }
}
