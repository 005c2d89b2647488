//! VN-2000, Vietnam's projected grid, to WGS84 and back.
//!
//! In: northing and easting, m, and the zone. Out: a position. Zones are transverse Mercator on the WGS84 ellipsoid:
//! 3° wide with a central meridian of each province's own (k0 = 0.9999), or 6° wide (UTM 48N and 49N, k0 = 0.9996);
//! false easting 500 000 m. Sources: Circular 973/2001/TT-TCĐC; EPSG 9205–9218, 5896–5899, 3405, 3406; the shift is
//! EPSG 6960 ("VN-2000 to WGS 84 (2)"). Heights are taken as 0 on the
//! ellipsoid: the two lie 0.2 km apart, so a kilometre of height would move a point by some 3 cm.
//! Not here: which zone a list means; see [`super::province_meridians`] for the likely ones.

use std::sync::OnceLock;

use proj4rs::Proj;
use proj4rs::transform::transform;

use super::{LatLon, PositionError};

/// EPSG 6960 as PROJ and proj4rs want it. EPSG prints the rotations in the coordinate-frame convention; `+towgs84` is
/// the position-vector convention, so their signs are turned. Unturned, results lie 0.75 m off.
const TO_WGS84: &str =
    "-191.90441429,-39.30318279,-111.45032835,0.00928836,-0.01975479,0.00427372,0.252906278";

/// False easting of all zones, m.
const FALSE_EASTING_M: f64 = 500_000.0;

/// Central meridians of 3° zones in use, degrees: EPSG 9205–9218 and 5896–5899, west to east.
pub const THREE_DEGREE_MERIDIANS: [f64; 18] = [
    102.0, 103.0, 104.0, 104.5, 104.75, 105.0, 105.5, 105.75, 106.0, 106.25, 106.5, 107.0, 107.25, 107.5,
    107.75, 108.0, 108.25, 108.5,
];

/// Central meridians of 6° zones that touch Vietnam, degrees: UTM 48N, 49N, and 47N at the western edge.
pub const SIX_DEGREE_MERIDIANS: [f64; 3] = [105.0, 111.0, 99.0];

/// A zone of VN-2000.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Vn2000Zone {
    meridian_deg: f64,
    width_deg: u8,
}

/// Why a conversion has no result.
#[derive(Debug, Clone, Copy, PartialEq, thiserror::Error)]
pub enum Vn2000Error {
    /// The meridian is no central meridian that VN-2000 could have.
    #[error("{0}° is no central meridian of VN-2000 (99…118)")]
    Meridian(f64),
    /// Not a finite pair of metres, or too far from the zone for the projection to hold.
    #[error("northing {northing_m} m, easting {easting_m} m lie outside what the zone can show")]
    OutsideZone {
        /// Northing, m.
        northing_m: f64,
        /// Easting, m.
        easting_m: f64,
    },
    /// The position lies too far from the zone's meridian.
    #[error("longitude {lon_deg}° is too far from the central meridian {meridian_deg}°")]
    TooFarFromMeridian {
        /// The position's longitude, degrees.
        lon_deg: f64,
        /// The zone's meridian, degrees.
        meridian_deg: f64,
    },
    /// The projection gave no position.
    #[error("the projection gave no position: {0}")]
    Position(#[from] PositionError),
    /// The projection itself failed.
    #[error("the projection failed")]
    Projection,
}

impl Vn2000Zone {
    /// A 3° zone (k0 = 0.9999) with this central meridian.
    ///
    /// # Errors
    /// [`Vn2000Error::Meridian`] outside 99…118°.
    pub fn three_degree(meridian_deg: f64) -> Result<Vn2000Zone, Vn2000Error> {
        Vn2000Zone::new(meridian_deg, 3)
    }

    /// A 6° zone (k0 = 0.9996) with this central meridian.
    ///
    /// # Errors
    /// [`Vn2000Error::Meridian`] outside 99…118°.
    pub fn six_degree(meridian_deg: f64) -> Result<Vn2000Zone, Vn2000Error> {
        Vn2000Zone::new(meridian_deg, 6)
    }

    fn new(meridian_deg: f64, width_deg: u8) -> Result<Vn2000Zone, Vn2000Error> {
        if (99.0..=118.0).contains(&meridian_deg) {
            Ok(Vn2000Zone { meridian_deg, width_deg })
        } else {
            Err(Vn2000Error::Meridian(meridian_deg))
        }
    }

    /// The zone of an EPSG code: 9205–9218 and 5896–5899 (3°), 3405 and 3406 (UTM 48N, 49N). `None` for any other.
    pub fn from_epsg(code: u32) -> Option<Vn2000Zone> {
        /// The meridians of 9205–9218, in the order of the codes.
        const FROM_9205: [f64; 14] = [
            103.0, 104.0, 104.5, 104.75, 105.5, 105.75, 106.0, 106.25, 106.5, 107.0, 107.25, 107.5, 108.25,
            108.5,
        ];
        let (meridian_deg, width_deg) = match code {
            9205..=9218 => (FROM_9205[(code - 9205) as usize], 3),
            5896 => (102.0, 3),
            5897 => (105.0, 3),
            5898 => (108.0, 3),
            5899 => (107.75, 3),
            3405 => (105.0, 6),
            3406 => (111.0, 6),
            _ => return None,
        };
        Some(Vn2000Zone { meridian_deg, width_deg })
    }

    /// Every zone in use: the 3° ones west to east, then the 6° ones.
    pub fn all() -> impl Iterator<Item = Vn2000Zone> {
        let three = THREE_DEGREE_MERIDIANS.iter().map(|deg| Vn2000Zone { meridian_deg: *deg, width_deg: 3 });
        let six = SIX_DEGREE_MERIDIANS.iter().map(|deg| Vn2000Zone { meridian_deg: *deg, width_deg: 6 });
        three.chain(six)
    }

    /// The central meridian, degrees.
    pub fn meridian_deg(self) -> f64 {
        self.meridian_deg
    }

    /// The zone's width, degrees: 3 or 6.
    pub fn width_deg(self) -> u8 {
        self.width_deg
    }

    /// Scale on the central meridian.
    fn k0(self) -> f64 {
        if self.width_deg == 3 { 0.9999 } else { 0.9996 }
    }
}

/// The three projections that all zones share: a zone is the transverse Mercator of longitude 0, scaled and moved.
struct Projections {
    wgs84: Proj,
    vn2000: Proj,
    /// Latitude and longitude without datum.
    graticule: Proj,
    mercator: Proj,
}

impl Projections {
    fn get() -> Result<&'static Projections, Vn2000Error> {
        static PROJECTIONS: OnceLock<Option<Projections>> = OnceLock::new();
        PROJECTIONS.get_or_init(|| Projections::new().ok()).as_ref().ok_or(Vn2000Error::Projection)
    }

    fn new() -> Result<Projections, proj4rs::errors::Error> {
        let vn2000 = format!("+proj=longlat +ellps=WGS84 +towgs84={TO_WGS84}");
        Ok(Projections {
            wgs84: Proj::from_proj_string("+proj=longlat +datum=WGS84")?,
            vn2000: Proj::from_proj_string(&vn2000)?,
            graticule: Proj::from_proj_string("+proj=longlat +ellps=WGS84")?,
            mercator: Proj::from_proj_string(
                "+proj=tmerc +lat_0=0 +lon_0=0 +k=1 +x_0=0 +y_0=0 +ellps=WGS84",
            )?,
        })
    }
}

/// The position of a VN-2000 northing (Vietnamese X) and easting (Y) in a zone.
///
/// # Errors
/// [`Vn2000Error`] where the numbers lie outside what the zone can show.
pub fn to_wgs84(northing_m: f64, easting_m: f64, zone: Vn2000Zone) -> Result<LatLon, Vn2000Error> {
    let outside = Vn2000Error::OutsideZone { northing_m, easting_m };
    // 10 000 km of northing is the pole; 1 000 km beside the meridian is 9°, far beyond any zone.
    if !(0.0..=10_000_000.0).contains(&northing_m) || !(-500_000.0..=1_500_000.0).contains(&easting_m) {
        return Err(outside);
    }
    let projections = Projections::get()?;
    let mut point = ((easting_m - FALSE_EASTING_M) / zone.k0(), northing_m / zone.k0());
    transform(&projections.mercator, &projections.graticule, &mut point).map_err(|_| outside)?;
    point.0 += zone.meridian_deg.to_radians();
    transform(&projections.vn2000, &projections.wgs84, &mut point).map_err(|_| outside)?;
    Ok(LatLon::from_degrees(point.1.to_degrees(), point.0.to_degrees())?)
}

/// Northing and easting, m, of a position in a zone.
///
/// # Errors
/// [`Vn2000Error::TooFarFromMeridian`] more than 9° beside the zone's meridian.
pub fn from_wgs84(position: LatLon, zone: Vn2000Zone) -> Result<(f64, f64), Vn2000Error> {
    let (lon_deg, meridian_deg) = (position.lon_deg(), zone.meridian_deg);
    if (lon_deg - meridian_deg).abs() > 9.0 {
        return Err(Vn2000Error::TooFarFromMeridian { lon_deg, meridian_deg });
    }
    let projections = Projections::get()?;
    let wanted = (lon_deg.to_radians(), position.lat_deg().to_radians());
    let failed = |_| Vn2000Error::Projection;
    let mut point = wanted;
    transform(&projections.wgs84, &projections.vn2000, &mut point).map_err(failed)?;
    // Dropping the height between the two ellipsoids leaves a millimetre or so; one step makes the two directions
    // each other's inverse.
    let mut back = point;
    transform(&projections.vn2000, &projections.wgs84, &mut back).map_err(failed)?;
    point = (point.0 + wanted.0 - back.0, point.1 + wanted.1 - back.1);
    point.0 -= meridian_deg.to_radians();
    transform(&projections.graticule, &projections.mercator, &mut point).map_err(failed)?;
    Ok((point.1 * zone.k0(), point.0 * zone.k0() + FALSE_EASTING_M))
}

#[cfg(test)]
mod tests {

    use proptest::prelude::*;

    use super::*;
    use crate::geodesy::distance_m;

    fn zone(epsg: u32) -> Vn2000Zone {
        Vn2000Zone::from_epsg(epsg).unwrap()
    }

    fn check(place: &str, lat: f64, lon: f64, epsg: u32, northing_m: f64, easting_m: f64) {
        let position = LatLon::from_degrees(lat, lon).unwrap();
        let (n, e) = from_wgs84(position, zone(epsg)).unwrap();
        assert!((n - northing_m).hypot(e - easting_m) < 0.01, "{place}: {n} {e}");
        let back = to_wgs84(northing_m, easting_m, zone(epsg)).unwrap();
        assert!(distance_m(back, position) < 0.01, "{place}: {back:?}");
    }

    /// Computed with pyproj 3.7.2 (PROJ 9.5.1): `TransformerGroup(4326, epsg, always_xy=True).transformers[0]`, whose
    /// operation is the inverse of "VN-2000 to WGS 84 (2)" (EPSG 6960), then the zone's projection.
    #[test]
    fn agrees_with_proj() {
        let points = [
            ("Sa Pa", 22.3364, 103.8438, 9208, 2471191.4513, 406457.2274),
            ("Lai Châu", 22.3964, 103.4703, 9205, 2477627.7338, 548227.1431),
            ("Sơn La", 21.327, 103.9141, 9206, 2359155.2300, 490893.4196),
            ("Kỳ Sơn", 19.4021, 104.1512, 9208, 2146181.5235, 436913.8792),
            ("Quế Phong", 19.6013, 104.8902, 9208, 2168127.1579, 514510.6720),
            ("Thanh Hóa", 19.8075, 105.7764, 5897, 2191132.2723, 581143.8965),
            ("Lạng Sơn", 21.8537, 106.7615, 9215, 2417549.6947, 449314.3767),
            ("Móng Cái", 21.5243, 107.9664, 5899, 2381016.3414, 522222.3112),
            ("Huế", 16.4637, 107.5909, 9214, 1820978.9310, 562897.8862),
            ("Quảng Ngãi", 15.1214, 108.8044, 5898, 1672526.7362, 586263.3874),
            ("Pleiku", 13.9718, 108.0148, 9218, 1545238.4558, 447385.5114),
            ("Nha Trang", 12.2388, 109.1967, 9217, 1353660.0277, 602805.6604),
            ("Cà Mau", 9.1769, 105.1524, 9207, 1014890.8853, 571499.7622),
            ("Thủ Dầu Một", 10.9804, 106.6519, 9210, 1214436.3465, 598371.1816),
            ("Con Cuông", 19.0455, 104.8801, 3405, 2105975.2543, 487188.2155),
            ("Đà Nẵng", 16.0544, 108.2022, 3406, 1777091.2708, 200445.1651),
            ("Phú Quốc", 10.2899, 103.984, 3405, 1137752.9450, 388550.0201),
            ("Mường Tè", 22.38, 102.83, 5896, 2475970.5593, 585274.1732),
        ];
        for (place, lat, lon, epsg, northing_m, easting_m) in points {
            check(place, lat, lon, epsg, northing_m, easting_m);
        }
    }

    /// Points computed by others, where they lie beside the project.
    #[test]
    fn agrees_with_the_reference_points() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/reference/vn2000/vn2000_golden.csv");
        let Ok(text) = std::fs::read_to_string(path) else {
            eprintln!("skipped: {path} is not here");
            return;
        };
        let mut rows = 0;
        for line in text.lines().skip(1) {
            let f: Vec<&str> = line.split(',').collect();
            let number = |at: usize| f[at].parse::<f64>().unwrap();
            check(f[0], number(2), number(1), f[3].parse().unwrap(), number(5), number(4));
            rows += 1;
        }
        assert!(rows > 5);
    }

    #[test]
    fn numbers_outside_every_zone_are_refused() {
        let zone = Vn2000Zone::three_degree(104.75).unwrap();
        for (n, e) in [(f64::NAN, 5e5), (2e6, f64::INFINITY), (-1.0, 5e5), (2e6, 1e7), (1e300, 5e5)] {
            assert!(matches!(to_wgs84(n, e, zone), Err(Vn2000Error::OutsideZone { .. })), "{n} {e}");
        }
        assert!(Vn2000Zone::three_degree(f64::NAN).is_err());
        assert!(Vn2000Zone::six_degree(3.0).is_err());
        let paris = LatLon::from_degrees(48.86, 2.35).unwrap();
        assert!(matches!(from_wgs84(paris, zone), Err(Vn2000Error::TooFarFromMeridian { .. })));
    }

    proptest! {
        #[test]
        fn there_and_back_is_within_a_millimetre(lat in 8.0..24.0f64, lon in 102.0..110.0f64, n in 0usize..20) {
            let zone = Vn2000Zone::all().nth(n).unwrap();
            let position = LatLon::from_degrees(lat, lon).unwrap();
            let (northing_m, easting_m) = from_wgs84(position, zone).unwrap();
            let back = to_wgs84(northing_m, easting_m, zone).unwrap();
            prop_assert!(distance_m(position, back) < 0.001);
        }

        #[test]
        fn any_numbers_are_survived(n in any::<f64>(), e in any::<f64>(), m in any::<f64>()) {
            if let Ok(zone) = Vn2000Zone::three_degree(m) {
                let _ = to_wgs84(n, e, zone);
            }
            let _ = to_wgs84(n, e, Vn2000Zone::three_degree(105.0).unwrap());
        }
    }
}
