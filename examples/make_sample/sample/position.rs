//! How lists write positions.

use anyhow::Context as _;
use phusong::geodesy::LatLon;
use proj4rs::Proj;
use proj4rs::transform::transform;

/// VN-2000 / TM-3 on 104°45′ as Nghệ An uses it. EPSG prints the rotations in the coordinate-frame convention; the
/// `+towgs84` of PROJ is position vector, so their signs are turned round.
const VN2000_NGHE_AN: &str = "+proj=tmerc +lat_0=0 +lon_0=104.75 +k=0.9999 +x_0=500000 +y_0=0 +ellps=WGS84 \
    +towgs84=-191.90441429,-39.30318279,-111.45032835,0.00928836,-0.01975479,0.00427372,0.252906278 +units=m +no_defs";

/// Northing (X) and easting (Y) in metres, in this order, as Vietnamese surveying has it.
pub fn vn2000(position: LatLon) -> anyhow::Result<(f64, f64)> {
    let from = Proj::from_proj_string("+proj=longlat +datum=WGS84 +no_defs").context("WGS84")?;
    let to = Proj::from_proj_string(VN2000_NGHE_AN).context("VN-2000")?;
    let mut point = (position.lon_deg().to_radians(), position.lat_deg().to_radians(), 0.0);
    transform(&from, &to, &mut point).context("projecting")?;
    let round = |metres: f64| (metres * 100.0).round() / 100.0;
    Ok((round(point.1), round(point.0)))
}

/// `104,36667`.
pub fn decimal_comma(degrees: f64) -> String {
    format!("{degrees:.5}").replace('.', ",")
}

/// `19°21'04.5"` and a letter, if any. With `is_sixty`, to the whole minute and then as a minute less and 60 seconds.
pub fn dms(degrees: f64, letter: &str, is_sixty: bool) -> String {
    #[allow(clippy::cast_possible_truncation, reason = "under 1 300 000")]
    let mut tenths = (degrees * 36_000.0).round() as i64;
    let mut seconds = format!("{:02}.{}", tenths % 600 / 10, tenths % 10);
    if is_sixty {
        tenths = (tenths + 300) / 600 * 600 - 600;
        "60.0".clone_into(&mut seconds);
    }
    format!("{}°{:02}'{seconds}\"{letter}", tenths / 36_000, tenths / 600 % 60)
}
