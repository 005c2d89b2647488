//! Profiles of 15 km at 30 m (501 points) over 1″ tiles, alone and with P.1812 after them, on one thread.
//! `cargo bench --bench terrain`.
//!
//! 64 paths in all directions from one site, so that the tile does not stay in the nearest cache; a time is that of one
//! path. The tiles are generated and written to a temporary folder first.

use std::fs;
use std::path::Path;

use divan::{Bencher, black_box};
use phusong::geodesy::{LatLon, destination};
use phusong::propagation::p1812::P1812;
use phusong::propagation::{Distances, Link, Profile};
use phusong::terrain::{PathProfile, Terrain, TerrainOptions};

const PATHS: usize = 64;
const LENGTH_M: f64 = 15_000.0;
const STEP_M: f64 = 30.0;

/// Where the site stands: within one tile, or at the corner of four.
const SITES: [(f64, f64); 2] = [(19.5, 104.5), (19.002, 104.003)];

fn main() {
    divan::main();
}

/// A 1″ tile of plain arithmetic hills.
fn write_tile(folder: &Path, lat: u32, lon: u32) -> std::io::Result<()> {
    const SIDE: u32 = 3601;
    let mut bytes = Vec::with_capacity((SIDE * SIDE * 2) as usize);
    for row in 0..SIDE {
        for column in 0..SIDE {
            let wave = |period: u32, at: u32| i64::from((at % period).abs_diff(period / 2));
            let height =
                100 + wave(800, column + row / 3) + wave(333, row + 7) / 2 + wave(90, column * 2 + row) / 3;
            bytes.extend((height as i16).to_be_bytes());
        }
    }
    fs::write(folder.join(format!("N{lat:02}E{lon:03}.hgt")), bytes)
}

fn terrain() -> Option<(tempfile::TempDir, Terrain)> {
    let folder = tempfile::tempdir().ok()?;
    for (lat, lon) in [(18, 103), (18, 104), (19, 103), (19, 104)] {
        write_tile(folder.path(), lat, lon).ok()?;
    }
    let terrain = Terrain::open(folder.path(), &TerrainOptions::default()).ok()?;
    Some((folder, terrain))
}

fn paths((lat, lon): (f64, f64)) -> Option<(LatLon, Vec<LatLon>)> {
    let site = LatLon::from_degrees(lat, lon).ok()?;
    let end = |i: usize| destination(site, 360.0 * i as f64 / PATHS as f64 + 0.3, LENGTH_M);
    Some((site, (0..PATHS).map(end).collect::<Option<_>>()?))
}

#[divan::bench(args = SITES)]
fn profiles(bencher: Bencher<'_, '_>, site: (f64, f64)) {
    let (Some((_folder, terrain)), Some((from, ends))) = (terrain(), paths(site)) else { return };
    let mut sampler = terrain.sampler();
    let mut profile = PathProfile::default();
    let mut next = 0;
    bencher.counter(divan::counter::ItemsCount::new(PATHS)).bench_local(|| {
        for _ in 0..PATHS {
            next = (next + 1) % PATHS;
            sampler.profile(from, black_box(ends[next]), STEP_M, &mut profile);
        }
        profile.heights_m[17]
    });
}

#[divan::bench(args = SITES)]
fn profiles_and_p1812(bencher: Bencher<'_, '_>, site: (f64, f64)) {
    let (Some((_folder, terrain)), Some((from, ends))) = (terrain(), paths(site)) else { return };
    let link = Link { freq_mhz: 800.0, htg_m: 45.0, ..Link::default() };
    let (Ok(model), Ok(distances)) = (P1812::new(&link), Distances::regular(STEP_M, 502)) else { return };
    let mut sampler = terrain.sampler();
    let mut profile = PathProfile::default();
    let mut next = 0;
    bencher.counter(divan::counter::ItemsCount::new(PATHS)).bench_local(|| {
        let mut sum = 0.0;
        for _ in 0..PATHS {
            next = (next + 1) % PATHS;
            sampler.profile(from, black_box(ends[next]), STEP_M, &mut profile);
            sum += Profile::new(&distances, &profile.heights_m).map_or(f64::NAN, |p| model.loss_db(&p));
        }
        sum
    });
}
