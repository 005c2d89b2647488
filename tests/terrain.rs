//! Terrain from tiles that the tests write: formats, resolutions, voids, edges, and files that want to do harm.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test may fail loudly")]

#[path = "terrain/tiff.rs"]
mod tiff;

use std::fs;
use std::io::Write as _;
use std::path::Path;

use flate2::Compression;
use flate2::write::GzEncoder;
use phusong::geodesy::{LatLon, destination};
use phusong::terrain::{LandCover, PathProfile, Terrain, TerrainOptions};
use proptest::prelude::*;
use tiff::{Grid, Kind, Packing};

fn at(lat: f64, lon: f64) -> LatLon {
    LatLon::from_degrees(lat, lon).unwrap()
}

fn open(path: &Path) -> Terrain {
    Terrain::open(path, &TerrainOptions::default()).unwrap()
}

fn refused(path: &Path) -> String {
    Terrain::open(path, &TerrainOptions::default()).unwrap_err().to_string()
}

/// A 3″ tile.
fn hgt(height: impl Fn(usize, usize) -> i16) -> Vec<u8> {
    (0..1201)
        .flat_map(|row| (0..1201).map(move |column| (row, column)))
        .flat_map(|(r, c)| height(r, c).to_be_bytes())
        .collect()
}

/// Some relief without symmetry.
fn hills(row: usize, column: usize) -> i16 {
    ((row * 7 + column * 3) % 1_311 + (row * column) % 97) as i16
}

#[test]
fn a_tile_is_the_same_plain_zipped_and_gzipped() {
    let folder = tempfile::tempdir().unwrap();
    let bytes = hgt(hills);
    fs::write(folder.path().join("N19E104.hgt"), &bytes).unwrap();
    let mut gz =
        GzEncoder::new(fs::File::create(folder.path().join("n19e105.hgt.gz")).unwrap(), Compression::fast());
    gz.write_all(&bytes).unwrap();
    gz.finish().unwrap();
    let mut zip = zip::ZipWriter::new(fs::File::create(folder.path().join("tiles.zip")).unwrap());
    for name in ["S01W070.SRTMGL3.hgt", "readme.txt"] {
        zip.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(if name.ends_with("hgt") { &bytes } else { b"hello" }).unwrap();
    }
    zip.finish().unwrap();
    fs::write(folder.path().join("notes.txt"), "not a tile").unwrap();
    let terrain = open(folder.path());
    assert_eq!((terrain.tiles().len(), terrain.passed_over()), (3, 1));
    for (south, west) in [(19.0, 104.0), (19.0, 105.0), (-1.0, -70.0)] {
        for (row, column) in [(600, 600), (1, 1199), (1199, 1), (333, 777)] {
            let position = at(south + 1.0 - row as f64 / 1200.0, west + column as f64 / 1200.0);
            assert_eq!(terrain.elevation_m(position), Some(f32::from(hills(row, column))), "{position:?}");
        }
    }
    assert_eq!(terrain.elevation_m(at(20.5, 104.5)), None);
    // Half-way between four postings: their mean.
    let middle = terrain.elevation_m(at(20.0 - 600.5 / 1200.0, 104.0 + 700.5 / 1200.0)).unwrap();
    let mean = [(600, 700), (600, 701), (601, 700), (601, 701)].map(|(r, c)| f32::from(hills(r, c)));
    assert!((middle - mean.iter().sum::<f32>() / 4.0).abs() < 1e-3);
    let step = terrain.finest_step_m(at(19.5, 104.5)).unwrap();
    assert!((87.0..88.0).contains(&step), "{step}");
    assert_eq!(terrain.finest_step_m(at(50.0, 10.0)), None);
}

#[test]
fn voids_are_unknown_and_the_coarser_tile_fills_them() {
    let folder = tempfile::tempdir().unwrap();
    let void = |row: usize, column: usize| {
        if (500..520).contains(&row) && (500..540).contains(&column) { i16::MIN } else { 100 }
    };
    fs::write(folder.path().join("N19E104.hgt"), hgt(void)).unwrap();
    let alone = open(folder.path());
    assert_eq!(alone.voids(0).unwrap(), 800);
    let inside = at(20.0 - 510.0 / 1200.0, 104.0 + 520.0 / 1200.0);
    assert_eq!(alone.elevation_m(inside), None);
    // Beside the void, on a known posting and between two known ones.
    assert_eq!(alone.elevation_m(at(20.0 - 499.0 / 1200.0, 104.0 + 520.0 / 1200.0)), Some(100.0));
    assert_eq!(alone.elevation_m(at(20.0 - 499.0 / 1200.0, 104.0 + 520.5 / 1200.0)), Some(100.0));
    assert_eq!(alone.elevation_m(at(20.0 - 499.3 / 1200.0, 104.0 + 520.5 / 1200.0)), None);
    let mut profile = PathProfile::default();
    let (west, east) = (at(inside.lat_deg(), 104.2), at(inside.lat_deg(), 104.8));
    alone.sampler().profile(west, east, 90.0, &mut profile);
    let unknown = profile.heights_m.iter().filter(|h| h.is_nan()).count();
    assert_eq!(profile.unknown_points, unknown);
    assert!((35..45).contains(&unknown), "{unknown}");
    assert!(profile.heights_m.iter().all(|h| h.is_nan() || *h == 100.0));

    let coarse = Grid { columns: 40, rows: 40, east: 104.0, north: 20.0, step: 0.025, ..Grid::default() };
    fs::write(folder.path().join("coarse.tif"), coarse.write(|_, _| 250.0)).unwrap();
    let both = open(folder.path());
    assert_eq!(both.tiles()[0].columns, 1201, "the finest is asked first");
    assert_eq!(both.elevation_m(inside), Some(250.0));
    assert_eq!(both.elevation_m(at(19.2, 104.2)), Some(100.0));
    both.sampler().profile(west, east, 90.0, &mut profile);
    assert_eq!(profile.unknown_points, 0);
    assert_eq!(profile.heights_m.iter().filter(|h| **h == 250.0).count(), unknown);
}

/// Every packing, sample type and layout gives the values that were written.
#[test]
fn geotiffs_of_every_kind_are_read_exactly() {
    let folder = tempfile::tempdir().unwrap();
    let mut checked = 0;
    for kind in [Kind::I16, Kind::F32, Kind::U8] {
        for packing in [Packing::None, Packing::Deflate, Packing::DeflatePredictor] {
            for tile in [None, Some(16), Some(64)] {
                for big_endian in [false, true] {
                    for point in [false, true] {
                        let grid = Grid { kind, packing, tile, big_endian, point, ..Grid::default() };
                        let value = |row: usize, column: usize| ((row * 5 + column * 11) % 251) as f64;
                        let path = folder.path().join(format!("{checked}.tif"));
                        fs::write(&path, grid.write(value)).unwrap();
                        let terrain = open(&path);
                        for (row, column) in [(0, 0), (17, 33), (29, 36), (16, 15), (12, 0)] {
                            let position = grid.position(row as f64, column as f64);
                            let expected = Some(value(row, column) as f32);
                            assert_eq!(terrain.elevation_m(position), expected, "{grid:?} {row} {column}");
                        }
                        checked += 1;
                    }
                }
            }
        }
    }
    assert_eq!(checked, 108);
}

#[test]
fn a_value_that_is_no_height_is_unknown() {
    let folder = tempfile::tempdir().unwrap();
    let grid = Grid { kind: Kind::F32, nodata: Some("-9999"), ..Grid::default() };
    // Declared, undeclared, not a number.
    let bad = [-9_999.0, -32_768.0, f64::NAN, 3.4e38, f64::NEG_INFINITY];
    let path = folder.path().join("a.tif");
    fs::write(&path, grid.write(|row, column| if row == 9 && column < 5 { bad[column] } else { 70.0 }))
        .unwrap();
    let terrain = open(&path);
    for column in 0..5 {
        assert_eq!(terrain.elevation_m(grid.position(9.0, column as f64)), None, "{column}");
    }
    assert_eq!(terrain.elevation_m(grid.position(9.0, 5.0)), Some(70.0));
    assert_eq!(terrain.voids(0).unwrap(), 5);
}

#[test]
fn tiles_on_one_grid_join_without_a_gap_and_end_half_a_pixel_out() {
    let folder = tempfile::tempdir().unwrap();
    let west = Grid { point: false, ..Grid::default() };
    let east = Grid { east: west.east + west.columns as f64 * west.step, ..west };
    let slope = |first: usize| move |row: usize, column: usize| (row + 4 * (first + column)) as f64;
    fs::write(folder.path().join("b.tif"), west.write(slope(0))).unwrap();
    fs::write(folder.path().join("a.tif"), east.write(slope(west.columns))).unwrap();
    let terrain = open(folder.path());
    for i in 0..=40 {
        let column = west.columns as f64 - 2.0 + f64::from(i) / 10.0;
        let found = terrain.elevation_m(west.position(10.25, column)).unwrap();
        assert!((f64::from(found) - (10.25 + 4.0 * column)).abs() < 1e-3, "{column}: {found}");
    }
    // The outermost value holds to the pixel's edge, and nothing beyond.
    assert_eq!(terrain.elevation_m(west.position(0.0, -0.49)), Some(0.0));
    assert_eq!(terrain.elevation_m(west.position(0.0, -0.51)), None);
}

#[test]
fn utm_and_vn2000_grids_lie_where_their_systems_say() {
    let folder = tempfile::tempdir().unwrap();
    for (code, northing, easting) in [(32_648, 2_150_000.0, 480_000.0), (9_208, 2_150_000.0, 480_000.0)] {
        let grid = Grid { epsg: code, east: easting, north: northing, step: 90.0, ..Grid::default() };
        let path = folder.path().join(format!("{code}.tif"));
        fs::write(&path, grid.write(|row, column| (row * 3 + column) as f64)).unwrap();
        let terrain = open(&path);
        for (row, column) in [(0.0, 0.0), (10.5, 20.25), (29.0, 36.0)] {
            let position = grid.position(row, column);
            let found = f64::from(terrain.elevation_m(position).unwrap());
            assert!((found - (row * 3.0 + column)).abs() < 2e-3, "{code} {row} {column}: {found}");
        }
        // A profile across it is what its points are one by one.
        let (a, b) = (grid.position(1.0, 1.0), grid.position(28.0, 35.0));
        compare(&terrain, a, b, 10.0, 0.01);
    }
}

/// A profile against its points asked one by one.
fn compare(terrain: &Terrain, from: LatLon, to: LatLon, step_m: f64, tolerance_m: f64) {
    let mut profile = PathProfile::default();
    terrain.sampler().profile(from, to, step_m, &mut profile);
    let azimuth = {
        use geographiclib_rs::{Geodesic, InverseGeodesic};
        let (_, azimuth, _, _): (f64, f64, f64, f64) =
            Geodesic::wgs84().inverse(from.lat_deg(), from.lon_deg(), to.lat_deg(), to.lon_deg());
        azimuth
    };
    assert!(profile.step_m <= step_m * (1.0 + 1e-9));
    let mut known = 0_usize;
    for (i, height) in profile.heights_m.iter().enumerate() {
        let position = destination(from, azimuth, i as f64 * profile.step_m).unwrap();
        let Some(expected) = terrain.elevation_m(position) else { continue };
        known += 1;
        if height.is_nan() {
            continue;
        }
        assert!((height - f64::from(expected)).abs() < tolerance_m, "point {i}: {height} {expected}");
    }
    // On the edge of a void two centimetres decide; nowhere else.
    let differ = known.abs_diff(profile.heights_m.len() - profile.unknown_points);
    assert!(differ <= 2, "{differ} points are known only one way");
}

#[test]
fn profiles_agree_with_their_points_and_depend_on_nothing_before_them() {
    let folder = tempfile::tempdir().unwrap();
    // Two tiles that disagree on their common edge, a fine patch across it with a void, and a gap north of them.
    fs::write(folder.path().join("N19E104.hgt"), hgt(hills)).unwrap();
    fs::write(folder.path().join("N19E105.hgt"), hgt(|r, c| hills(c, r))).unwrap();
    let fine =
        Grid { columns: 120, rows: 90, east: 104.98, north: 19.52, step: 1.0 / 3600.0, ..Grid::default() };
    let void = |row: usize, column: usize| {
        if row / 9 == 4 && column / 20 == 3 { -32_768.0 } else { (row + column) as f64 }
    };
    fs::write(folder.path().join("patch.tif"), fine.write(void)).unwrap();
    let terrain = open(folder.path());
    let small = Terrain::open(folder.path(), &TerrainOptions { cache_bytes: 1 }).unwrap();
    let used = std::cell::RefCell::new(terrain.sampler());
    let mut runner =
        proptest::test_runner::TestRunner::new(ProptestConfig { cases: 60, ..ProptestConfig::default() });
    let path = (19.3..20.05f64, 104.6..105.4f64, 0.0..360.0f64, 0.2..40.0f64, 20.0..200.0f64);
    runner
        .run(&path, |(lat, lon, azimuth, km, step)| {
            let from = at(lat, lon);
            let to = destination(from, azimuth, km * 1_000.0).unwrap();
            let (mut fresh, mut again, mut tight) = Default::default();
            terrain.sampler().profile(from, to, step, &mut fresh);
            used.borrow_mut().profile(from, to, step, &mut again);
            small.sampler().profile(from, to, step, &mut tight);
            let bits = |p: &PathProfile| p.heights_m.iter().map(|h| h.to_bits()).collect::<Vec<_>>();
            prop_assert_eq!(bits(&fresh), bits(&again));
            prop_assert_eq!(bits(&fresh), bits(&tight));
            prop_assert_eq!(fresh.unknown_points, again.unknown_points);
            Ok(())
        })
        .unwrap();
    // The tiles' relief jumps by up to 1 300 m between postings, 15 m a metre; two centimetres are 0.3 m.
    compare(&terrain, at(19.41, 104.9), at(19.47, 104.96), 30.0, 0.5);
    compare(&terrain, at(19.507, 104.985), at(19.5, 105.01), 5.0, 0.05);
    // Begins and ends outside of the patch, and crosses it: its heights count there, not those of the tile below.
    compare(&terrain, at(19.5, 104.9), at(19.512, 105.1), 30.0, 0.5);
    assert!(small.cached_bytes() < 4 << 20, "{}", small.cached_bytes());
}

#[test]
fn files_that_would_be_misread_or_do_harm_are_refused() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    let refuse = |name: &str, bytes: &[u8], word: &str| {
        fs::write(path(name), bytes).unwrap();
        let message = refused(&path(name));
        assert!(message.contains(name) && message.contains(word), "{name}: {message}");
        fs::remove_file(path(name)).unwrap();
    };
    assert!(refused(folder.path()).contains("no elevation tile"));
    refuse("N19E104.hgt", &[0; 1_000], "1000 bytes");
    refuse("N95E104.hgt", &hgt(hills), "corner");
    refuse("here.hgt", &hgt(hills), "corner");
    refuse("N19E104.hgt.gz", b"plain", "gzip");
    refuse("a.zip", b"PK nothing", "zip");
    refuse("a.tif", b"II*\0\xff\xff\xff\x7f", "TIFF");
    let grid = Grid::default();
    let good = grid.write(|_, _| 1.0);
    let cut = &good[..good.len() - 100];
    fs::write(path("cut.tif"), cut).unwrap();
    refused(&path("cut.tif"));
    fs::remove_file(path("cut.tif")).unwrap();
    // More than there is in the file, and more columns than are read.
    refuse("huge.tif", &Grid { claims: Some((1 << 30, 1 << 30)), ..grid }.write(|_, _| 1.0), "TIFF");
    refuse("wide.tif", &Grid { claims: Some(((1 << 20) + 8, 30)), ..grid }.write(|_, _| 1.0), "1048584");
    refuse("crs.tif", &Grid { epsg: 3_857, ..grid }.write(|_, _| 1.0), "3857");
    refuse("white.tif", &Grid { white_is_zero: true, ..grid }.write(|_, _| 1.0), "WhiteIsZero");
    // Every cut and many a changed byte: an answer or a refusal, never a panic.
    for length in (0..good.len()).step_by(37) {
        fs::write(path("x.tif"), &good[..length]).unwrap();
        if let Ok(terrain) = Terrain::open(&path("x.tif"), &TerrainOptions::default()) {
            let _ = terrain.elevation_m(grid.position(3.0, 3.0));
        }
    }
    for change in 0..good.len().min(3_000) {
        let mut bytes = good.clone();
        let from_end = bytes.len() - 1 - change % bytes.len();
        bytes[from_end] ^= 0x55;
        fs::write(path("x.tif"), &bytes).unwrap();
        if let Ok(terrain) = Terrain::open(&path("x.tif"), &TerrainOptions::default()) {
            let _ = terrain.elevation_m(grid.position(3.0, 3.0));
        }
    }
}

#[test]
fn a_zip_that_unpacks_to_more_than_it_says_is_a_fault_and_unknown() {
    let folder = tempfile::tempdir().unwrap();
    let mut gz = GzEncoder::new(Vec::new(), Compression::fast());
    gz.write_all(&vec![0; 3_000_000]).unwrap();
    let mut bytes = gz.finish().unwrap();
    let end = bytes.len() - 4;
    bytes[end..].copy_from_slice(&2_884_802_u32.to_le_bytes());
    fs::write(folder.path().join("N19E104.hgt.gz"), bytes).unwrap();
    let terrain = open(folder.path());
    assert_eq!(terrain.elevation_m(at(19.5, 104.5)), None);
    assert!(terrain.faults()[0].to_string().contains("more heights"), "{:?}", terrain.faults());
    assert!(terrain.voids(0).is_err());
}

/// The points of a path's classes are those of its heights, also where the path is cut into pieces.
#[test]
fn classes_stand_at_the_points_of_the_heights() {
    let folder = tempfile::tempdir().unwrap();
    let fine = |kind| Grid { kind, nodata: None, columns: 400, rows: 300, ..Grid::default() };
    let value = |row: usize, column: usize| [10.0, 20.0, 30.0, 50.0, 80.0, 95.0][(row / 7 + column / 5) % 6];
    let (heights, classes) = (folder.path().join("h.tif"), folder.path().join("c.tif"));
    fs::write(&heights, fine(Kind::F32).write(value)).unwrap();
    fs::write(&classes, fine(Kind::U8).write(value)).unwrap();
    let (terrain, cover) = (open(&heights), LandCover::open(&classes, &TerrainOptions::default()).unwrap());
    let grid = fine(Kind::U8);
    let (from, to) = (grid.position(3.0, 4.0), grid.position(290.0, 391.0));
    let mut profile = PathProfile::default();
    terrain.sampler().profile(from, to, 90.0, &mut profile);
    let mut along = Vec::new();
    assert_eq!(cover.sampler().classes_along(from, to, profile.heights_m.len(), &mut along), 0);
    assert_eq!(along.len(), profile.heights_m.len());
    assert!(profile.length_m > 30_000.0, "{} m are one piece", profile.length_m);
    // Away from edges bilinear heights are those of the pixel.
    let plain = |h: f64| [10.0, 20.0, 30.0, 50.0, 80.0, 95.0].contains(&h);
    let same =
        profile.heights_m.iter().zip(&along).filter(|(h, c)| plain(**h) && **h == f64::from(**c)).count();
    let other =
        profile.heights_m.iter().zip(&along).filter(|(h, c)| plain(**h) && **h != f64::from(**c)).count();
    assert!(same > 50 && other == 0, "{same} and {other}");
}

/// Along a path a page is read at a time: every class is that of its position, across rasters of different steps, one in
/// metres, with voids behind which another one knows, and beyond all of them.
#[test]
fn classes_along_a_path_are_those_of_its_positions() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, grid: &Grid, shift: usize| {
        let class = |row: usize, column: usize| {
            [10.0, 20.0, 30.0, 50.0, 80.0, 0.0, 95.0][(row / 3 * 5 + column / 4 + shift) % 7]
        };
        fs::write(folder.path().join(name), grid.write(class)).unwrap();
    };
    let base = Grid { kind: Kind::U8, nodata: Some("0"), columns: 300, rows: 260, ..Grid::default() };
    write("coarse.tif", &Grid { east: 104.2, north: 19.6, step: 0.003, ..base }, 0);
    write("fine.tif", &Grid { east: 104.5, north: 19.4, step: 0.0007, ..base }, 3);
    write("next.tif", &Grid { east: 104.71, north: 19.4, step: 0.0007, ..base }, 1);
    // UTM 48N: 105° E is at 500 km.
    write("metres.tif", &Grid { east: 470_000.0, north: 2_150_000.0, step: 60.0, epsg: 32_648, ..base }, 2);
    let cover = LandCover::open(folder.path(), &TerrainOptions::default()).unwrap();
    let (mut sampler, mut single) = (cover.sampler(), cover.sampler());
    let (mut along, mut points, mut known, mut other) = (Vec::new(), 0, 0, 0);
    for i in 0..60 {
        let turn = |n: i32, of: i32| f64::from(i * n % of) / f64::from(of);
        let from = at(18.85 + 0.8 * turn(7, 31), 104.15 + 1.0 * turn(11, 37));
        let to = at(18.85 + 0.8 * turn(13, 29), 104.15 + 1.0 * turn(17, 41));
        let (metres, bearing) = phusong::geodesy::distance_and_bearing(from, to);
        let count = (metres / 90.0) as usize + 2;
        sampler.classes_along(from, to, count, &mut along);
        for (k, class) in along.iter().enumerate() {
            let here = phusong::geodesy::destination(from, bearing, metres * k as f64 / (count - 1) as f64);
            let expected = single.class(here.unwrap()).unwrap_or(0);
            points += 1;
            known += usize::from(expected != 0);
            other += usize::from(expected != *class);
        }
    }
    // The geodesic and its parabolas are up to 2 cm apart: a point in thousands lies so near to a pixel's edge.
    assert!(points > 15_000 && known > points / 3 && known < points, "{known} of {points}");
    assert!(other * 1_000 < points, "{other} of {points} differ");
}

#[test]
fn land_cover_is_the_nearest_pixel_and_unknown_without_one() {
    let folder = tempfile::tempdir().unwrap();
    let grid = Grid { kind: Kind::U8, nodata: Some("0"), ..Grid::default() };
    let classes = [10.0, 50.0, 80.0, 0.0];
    let path = folder.path().join("cover.tif");
    fs::write(&path, grid.write(|_, column| classes[column % 4])).unwrap();
    let cover = LandCover::open(&path, &TerrainOptions::default()).unwrap();
    let mut sampler = cover.sampler();
    assert_eq!(sampler.class(grid.position(5.0, 4.4)), Some(10));
    assert_eq!(sampler.class(grid.position(5.0, 4.6)), Some(50));
    assert_eq!(sampler.class(grid.position(5.0, 7.0)), None);
    assert_eq!(sampler.class(at(0.0, 0.0)), None);
    let mut along = Vec::new();
    let (a, b) = (grid.position(5.0, 4.0), grid.position(5.0, 7.0));
    let unknown = sampler.classes_along(a, b, 4, &mut along);
    assert_eq!((along, unknown), (vec![10, 50, 80, 0], 1));
}
