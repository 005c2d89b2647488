//! Hand-made registers and lists for the tests of this module.

use super::{Reconciliation, Registers, reconcile};
use crate::domain::{
    Area, AreaPosition, Carrier, CommuneCode, CommuneOutline, PositionOrigin, Source, Village, VillageName,
    VillageOrigin,
};
use crate::geodesy::LatLon;
use crate::normalize::admin::{AdminUnits, ProvinceUnits};
use crate::normalize::list::AreaList;

pub fn at(lat: f64, lon: f64) -> LatLon {
    LatLon::from_degrees(lat, lon).unwrap()
}

fn source(row: u32) -> Source {
    Source { file: "list.csv".into(), sheet: None, row }
}

/// A village of today's Xã Mường Xén (16813), at a position.
pub fn village(id: &str, name: &str, lat: f64, lon: f64) -> Village {
    Village {
        id: id.to_owned(),
        name: name.to_owned(),
        commune_code: Some(CommuneCode("16813".to_owned())),
        commune: Some("Xã Mường Xén".to_owned()),
        old_commune: None,
        old_district: None,
        position: Some(at(lat, lon)),
        households: None,
        population: None,
        hardship: None,
        grid_power: None,
        weight: None,
        origin: VillageOrigin::Register,
        source: source(2),
    }
}

/// An area in Xã Mường Xén without a position.
pub fn area(carrier: Carrier, row: u32, names: &[&str]) -> Area {
    let name = |n: &&str| VillageName { raw: (*n).to_owned(), clean: (*n).to_owned() };
    Area {
        id: format!("{carrier}-{row}"),
        carrier,
        source: source(row),
        district: None,
        commune: Some("Xã Mường Xén".to_owned()),
        commune_code: None,
        villages: names.iter().map(name).collect(),
        village_id: None,
        position: None,
        polygon: None,
        severity: None,
        households: None,
        population: None,
        hardship: None,
        grid_power: None,
        technology: None,
    }
}

pub fn placed(mut area: Area, lat: f64, lon: f64) -> Area {
    area.position =
        Some(AreaPosition { position: at(lat, lon), origin: PositionOrigin::Geographic, swapped: false });
    area
}

pub fn list(areas: Vec<Area>) -> AreaList {
    AreaList {
        carrier: areas[0].carrier.clone(),
        file: "list.csv".into(),
        declared: None,
        names_of: None,
        tables: Vec::new(),
        areas,
        findings: Vec::new(),
    }
}

pub fn units() -> ProvinceUnits {
    AdminUnits::for_province("40").unwrap()
}

pub fn matched(villages: &[Village], communes: &[CommuneOutline], lists: &[AreaList]) -> Reconciliation {
    reconcile(lists, Registers { villages, communes, units: &units() }).unwrap()
}

/// The ids of the villages that each area means.
pub fn ids(result: &Reconciliation) -> Vec<Vec<&str>> {
    let of_area = |a: &super::MatchedArea| {
        a.matches.iter().filter_map(|m| m.village).map(|v| result.villages[v].id.as_str()).collect()
    };
    result.areas.iter().map(of_area).collect()
}
