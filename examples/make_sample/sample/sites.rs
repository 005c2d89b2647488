//! The registered programme, and the places where a station could be built.

use std::collections::BTreeMap;

use phusong::geodesy::{LatLon, destination};

use super::AREAS;
use super::rng::Rng;
use super::rows::ranking;
use super::tables::csv;
use super::world::{CARRIERS, Village, World, relief, rounded};

/// Registered stations: VinaPhone, Viettel.
pub const REGISTERED: [usize; 2] = [382, 324];

/// The stations that two carriers registered, near the villages they serve worst.
pub fn programme(world: &World, seed: u64) -> anyhow::Result<Vec<u8>> {
    let rng = &mut Rng::new(seed, "programme");
    let mut rows = Vec::new();
    for (carrier, count) in REGISTERED.into_iter().enumerate() {
        // Not the worst first: some promises lie where few miss them.
        let mut villages: Vec<&Village> =
            ranking(world, carrier, seed).into_iter().take(2 * count).map(|(village, _)| village).collect();
        while villages.len() > count {
            villages.remove(rng.below(villages.len()));
        }
        villages.sort_by(|a, b| a.id.cmp(&b.id));
        for (index, village) in villages.into_iter().enumerate() {
            let at = moved(village.position, 700.0, rng);
            rows.push([
                format!("{}-2025-{:03}", ["VNP", "VTL"][carrier], index + 1),
                CARRIERS[carrier].to_owned(),
                village.old.name.clone(),
                village.old.district.clone().unwrap_or_default(),
                village.name.clone(),
                format!("{:.5}", at.lat_deg()),
                format!("{:.5}", at.lon_deg()),
                rng.pick(&["36", "42", "42", "45"]).to_owned(),
                rng.pick(&["4G", "4G", "4G", "2G+4G", "5G"]).to_owned(),
                rng.pick(&["2024", "2024", "2025"]).to_owned(),
                rng.pick(&["Chưa triển khai", "Chưa triển khai", "Đang xây dựng", "Đã phát sóng"]).to_owned(),
            ]);
        }
    }
    let header = [
        "plan_id",
        "carrier",
        "commune",
        "old_district",
        "village",
        "lat",
        "lon",
        "height_m",
        "technology",
        "year",
        "status",
    ];
    csv(header, rows)
}

/// Around every village that a carrier reports: hilltops, the village itself, the nearest tower of another.
pub fn candidates(world: &World, seed: u64) -> anyhow::Result<Vec<u8>> {
    let rng = &mut Rng::new(seed, "candidates");
    let mut reported: BTreeMap<&str, (&Village, usize)> = BTreeMap::new();
    for (carrier, count) in AREAS.into_iter().enumerate() {
        for (village, _) in ranking(world, carrier, seed).into_iter().take(count) {
            reported.entry(&village.id).or_insert((village, carrier));
        }
    }
    let mut sites: Vec<(LatLon, &str, &Village)> = Vec::new();
    let mut towers = Vec::new();
    for (village, carrier) in reported.into_values() {
        for _ in 0..2 + rng.below(3) {
            sites.push((moved(village.position, 2_800.0, rng), "hilltop", village));
        }
        if rng.chance(0.8) {
            sites.push((moved(village.position, 250.0, rng), "village", village));
        }
        for other in (0..CARRIERS.len()).filter(|other| *other != carrier) {
            if let Some((station, _)) = world.nearest(other, village.position)
                && !towers.contains(&station.tower)
            {
                towers.push(station.tower);
                sites.push((station.position, "existing_tower", village));
            }
        }
    }
    let rows = sites.into_iter().enumerate().map(|(index, (at, kind, village))| {
        let relief = relief(village.old.district.as_deref().unwrap_or_default());
        let wild = [0.3, 0.7, 1.0][relief];
        let (grid_km, road_km) = match kind {
            "existing_tower" => (0.0, rng.between(0.0, 0.3)),
            "village" => (
                if village.has_grid_power { rng.between(0.1, 0.8) } else { rng.between(3.0, 14.0) },
                rng.between(0.0, 1.0),
            ),
            _ => (rng.between(0.5, 7.0) * wild, rng.between(0.3, 5.0) * wild),
        };
        let base = if kind == "existing_tower" { 260.0 } else { 820.0 };
        let cost = base + 95.0 * grid_km + 130.0 * road_km + rng.between(0.0, 120.0);
        [
            format!("S{:04}", index + 1),
            format!("{:.6}", at.lat_deg()),
            format!("{:.6}", at.lon_deg()),
            kind.to_owned(),
            if kind == "hilltop" { "30" } else { "42" }.to_owned(),
            format!("{grid_km:.1}"),
            format!("{road_km:.1}"),
            format!("{cost:.0}"),
        ]
    });
    let header = [
        "site_id",
        "lat",
        "lon",
        "kind",
        "height_m",
        "grid_distance_km",
        "road_distance_km",
        "cost_million_vnd",
    ];
    csv(header, rows)
}

fn moved(from: LatLon, up_to_m: f64, rng: &mut Rng) -> LatLon {
    let (azimuth, distance) = (rng.between(0.0, 360.0), rng.between(30.0, up_to_m));
    destination(from, azimuth, distance).and_then(|p| rounded(p, 6)).unwrap_or(from)
}
