//! The table of profiles: a line a point.

use std::collections::BTreeMap;
use std::path::Path;

use super::sheet::{Column, LinksError, Sheet};
use crate::propagation::{Distances, ProfileError, Zone};

const WANTED: &str = "profile,distance_m,height_m and if known clutter_m,zone";

/// All profiles of a file.
pub(super) struct Profiles {
    pub list: Vec<StoredProfile>,
    pub by_name: BTreeMap<String, usize>,
}

/// One profile.
pub(super) struct StoredProfile {
    pub distances: Distances,
    pub height_m: Vec<f64>,
    pub clutter_m: Option<Vec<f64>>,
    pub zones: Option<Vec<Zone>>,
}

/// The points of one profile, with the rows that they stand in.
#[derive(Default)]
struct Points {
    rows: Vec<usize>,
    km: Vec<f64>,
    height_m: Vec<f64>,
    clutter_m: Vec<f64>,
    zones: Vec<Zone>,
}

pub(super) fn read_profiles(path: &Path) -> Result<Profiles, LinksError> {
    let sheet = Sheet::read(path)?;
    let name = sheet.required("profile", WANTED)?;
    let distance = sheet.required("distance_m", WANTED)?;
    let height = sheet.required("height_m", WANTED)?;
    let (clutter, zone) = (sheet.column("clutter_m"), sheet.column("zone"));

    let mut by_name = BTreeMap::new();
    let mut all: Vec<Points> = Vec::new();
    for (number, row) in sheet.rows.iter().enumerate() {
        let id = name.text(row);
        if id.is_empty() {
            return Err(name.fault(row, "is empty; every point names its profile"));
        }
        let index = match by_name.get(id) {
            Some(&index) => index,
            None => {
                by_name.insert(id.to_owned(), all.len());
                all.push(Points::default());
                all.len() - 1
            }
        };
        let points = &mut all[index];
        points.rows.push(number);
        points.km.push(distance.number(row)? / 1000.0);
        points.height_m.push(height.number(row)?);
        if let Some(clutter) = clutter {
            points.clutter_m.push(clutter.number(row)?);
        }
        if let Some(zone) = zone {
            points.zones.push(read_zone(zone, &sheet.rows[number])?);
        }
    }
    let list = all
        .into_iter()
        .map(|points| {
            let Points { rows, km, height_m, clutter_m, zones } = points;
            let distances = Distances::from_km(km).map_err(|error| {
                let at = match error {
                    ProfileError::Distance { index, .. } => index,
                    _ => 0,
                };
                let advice = match error {
                    ProfileError::FirstNotZero(_) => "must be 0: a profile begins at the transmitter",
                    ProfileError::TooFewPoints(_) => "is the only point of its profile; it needs at least 2",
                    _ => "must be greater than the distance before it in the same profile",
                };
                distance.fault(&sheet.rows[rows[at]], advice)
            })?;
            Ok(StoredProfile {
                distances,
                height_m,
                clutter_m: clutter.map(|_| clutter_m),
                zones: zone.map(|_| zones),
            })
        })
        .collect::<Result<_, LinksError>>()?;
    Ok(Profiles { list, by_name })
}

fn read_zone(zone: Column<'_>, row: &csv::StringRecord) -> Result<Zone, LinksError> {
    let code = zone.number(row)?;
    // Written as "4" or "4.0".
    let known =
        [Zone::Sea, Zone::CoastalLand, Zone::Inland].into_iter().find(|z| f64::from(z.code()) == code);
    known.ok_or_else(|| zone.fault(row, "is no zone; write 1 for sea, 3 for coastal land, 4 for inland"))
}
