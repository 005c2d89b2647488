//! The plain tables of the study.

use anyhow::Context as _;
use phusong::domain::Era;
use phusong::geodesy::LatLon;
use phusong::normalize::admin::ProvinceUnits;

use super::world::{CARRIERS, World};

/// A CSV file of these rows.
pub fn csv<const N: usize>(
    header: [&str; N],
    rows: impl IntoIterator<Item = [String; N]>,
) -> anyhow::Result<Vec<u8>> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(header)?;
    for row in rows {
        writer.write_record(row)?;
    }
    writer.into_inner().ok().context("writing a table")
}

pub fn flag(yes: bool) -> String {
    u8::from(yes).to_string()
}

pub fn villages(world: &World) -> anyhow::Result<Vec<u8>> {
    let header = [
        "village_id",
        "name",
        "commune_code",
        "commune",
        "old_commune",
        "old_district",
        "lat",
        "lon",
        "households",
        "population",
        "hardship",
        "grid_power",
    ];
    let rows = world.villages.iter().map(|v| {
        [
            v.id.clone(),
            v.name.clone(),
            v.commune.code.0.clone(),
            v.commune.name.clone(),
            v.old.name.clone(),
            v.old.district.clone().unwrap_or_default(),
            format!("{:.5}", v.position.lat_deg()),
            format!("{:.5}", v.position.lon_deg()),
            v.households.to_string(),
            v.population.to_string(),
            flag(v.has_hardship),
            flag(v.has_grid_power),
        ]
    });
    csv(header, rows)
}

pub fn communes(units: &ProvinceUnits) -> anyhow::Result<Vec<u8>> {
    let number = |value: Option<f64>| value.map_or_else(String::new, |v| v.to_string());
    let rows = units.communes(Era::Y2025).map(|c| {
        [
            c.code.0.clone(),
            c.name.clone(),
            number(c.hint.map(LatLon::lat_deg)),
            number(c.hint.map(LatLon::lon_deg)),
            number(c.area_km2),
        ]
    });
    csv(["code", "name", "lat", "lon", "area_km2"], rows)
}

pub fn crosswalk(units: &ProvinceUnits) -> anyhow::Result<Vec<u8>> {
    let rows = units.communes(Era::H1Y2025).flat_map(|old| {
        units.to_today(old).into_iter().map(|new| {
            [
                old.district.clone().unwrap_or_default(),
                old.name.clone(),
                old.code.0.clone(),
                new.commune.name.clone(),
                new.commune.code.0.clone(),
            ]
        })
    });
    csv(["old_district", "old_commune", "old_code", "new_commune", "new_code"], rows)
}

pub fn stations(world: &World) -> anyhow::Result<Vec<u8>> {
    let rows = world.stations.iter().map(|s| {
        [
            s.id.clone(),
            CARRIERS[s.carrier].to_owned(),
            format!("{:.6}", s.position.lat_deg()),
            format!("{:.6}", s.position.lon_deg()),
            s.height_m.to_string(),
            s.technology.to_owned(),
            format!("T{:04}", s.tower),
            flag(s.is_shared),
        ]
    });
    csv(["site_id", "carrier", "lat", "lon", "height_m", "technology", "tower", "shared"], rows)
}
