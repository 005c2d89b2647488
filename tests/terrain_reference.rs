//! Rasters that GDAL wrote, and a real SRTM tile, read as GDAL reads them.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stderr,
    reason = "a test may fail loudly"
)]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use phusong::geodesy::LatLon;
use phusong::terrain::{Terrain, TerrainOptions};

fn folder() -> Option<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/reference/terrain");
    if !folder.is_dir() {
        eprintln!("skipped: {} is not here", folder.display());
        return None;
    }
    Some(folder)
}

fn open(path: &Path) -> Terrain {
    Terrain::open(path, &TerrainOptions::default()).unwrap()
}

fn at(lat: f64, lon: f64) -> LatLon {
    LatLon::from_degrees(lat, lon).unwrap()
}

#[test]
fn a_thousand_points_are_read_as_gdal_reads_them() {
    let Some(folder) = folder() else { return };
    let text = std::fs::read_to_string(folder.join("expected.csv")).unwrap();
    let mut terrains = BTreeMap::new();
    let mut checked = 0;
    for line in text.lines().skip(1) {
        let f: Vec<&str> = line.split(',').collect();
        let terrain = terrains.entry(f[0].to_owned()).or_insert_with(|| open(&folder.join(f[0])));
        let found = terrain.elevation_m(at(f[3].parse().unwrap(), f[4].parse().unwrap()));
        let expected: Option<f32> = f[5].parse().ok();
        match (found, expected) {
            // Positions have nine decimals of a degree, up to 0.05 mm from the pixel's centre.
            (Some(found), Some(expected)) => assert!((found - expected).abs() < 1e-3, "{line}: {found}"),
            (found, expected) => assert_eq!(found, expected, "{line}"),
        }
        checked += 1;
    }
    assert_eq!((checked, terrains.len()), (1_000, 5));
}

#[test]
fn the_srtm_tile_has_its_voids_and_its_summit() {
    let Some(folder) = folder() else { return };
    let path = folder.join("N44E005.hgt");
    let terrain = open(&path);
    assert_eq!(terrain.voids(0).unwrap(), 4_822);
    let bytes = std::fs::read(&path).unwrap();
    let mut sampler = terrain.sampler();
    let mut highest = 0;
    // Every posting of every seventh row.
    for row in (0..1201).step_by(7) {
        for column in 0..1201 {
            let offset = 2 * (row * 1201 + column);
            let raw = i16::from_be_bytes([bytes[offset], bytes[offset + 1]]);
            let position = at(45.0 - row as f64 / 1200.0, 5.0 + column as f64 / 1200.0);
            let expected = (raw != -32768).then_some(f32::from(raw));
            assert_eq!(sampler.elevation_m(position), expected, "row {row}, column {column}");
        }
    }
    for pair in bytes.chunks_exact(2) {
        highest = highest.max(i16::from_be_bytes([pair[0], pair[1]]));
    }
    assert_eq!(highest, 2_757);
}
