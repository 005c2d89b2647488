//! A path costs no allocation: heights, land cover, clutter and losses go through memory that is there already.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test may fail loudly")]

#[path = "terrain/tiff.rs"]
#[allow(dead_code, reason = "shared by the tests of terrain")]
mod tiff_writer;

use std::alloc::{GlobalAlloc, Layout, System};
use std::fs;
use std::sync::atomic::{AtomicU64, Ordering};

use phusong::coverage::predicted::{Mast, Places, predict};
use phusong::geodesy::{LatLon, destination};
use phusong::study::{CoverageOverrides, Stages, open_for_prediction};
use tiff_writer::{Grid, Kind};

struct Counting;

static ALLOCATIONS: AtomicU64 = AtomicU64::new(0);

// SAFETY: every call is handed to the system's allocator unchanged; counting touches no memory of theirs.
#[allow(unsafe_code, reason = "an allocator cannot be written without; it only counts")]
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        ALLOCATIONS.fetch_add(1, Ordering::Relaxed);
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        unsafe { System.dealloc(pointer, layout) }
    }
}

#[global_allocator]
static COUNTING: Counting = Counting;

#[test]
fn more_paths_are_no_more_allocations() {
    let folder = tempfile::tempdir().unwrap();
    let grid = Grid { columns: 300, rows: 300, kind: Kind::I16, nodata: None, ..Grid::default() };
    let heights = grid.write(|row, column| 200.0 + 90.0 * ((row * 7 + column * 3) as f64 / 40.0).sin());
    fs::write(folder.path().join("heights.tif"), heights).unwrap();
    let classes =
        Grid { kind: Kind::U8, ..grid }.write(|row, column| [10.0, 40.0, 50.0][(row / 9 + column / 7) % 3]);
    fs::write(folder.path().join("cover.tif"), classes).unwrap();
    fs::write(
        folder.path().join("study.toml"),
        "[study]\nname = \"x\"\nprovince = \"40\"\n[inputs]\nterrain = \"heights.tif\"\nland_cover = \"cover.tif\"\n\
         [coverage]\nmodel = \"p1812\"\n",
    )
    .unwrap();
    let mut stages = Stages::default();
    let study = open_for_prediction(folder.path(), &CoverageOverrides::default(), None, &mut stages).unwrap();
    assert!(study.options.clutter.is_some());
    let site = grid.position(150.0, 150.0);
    let mast = [Mast { position: Some(site), height_agl_m: Some(30.0), antennas: &[] }];
    // Around the mast, 1 to 9 km away: each number of villages has the same farthest one, so that buffers grow alike.
    let villages = |count: u32| {
        let place = |i: u32| destination(site, f64::from(i) * 137.5, 1_000.0 + f64::from(i % 17) * 500.0);
        Places::centres(&(0..count).map(place).collect::<Vec<Option<LatLon>>>())
    };
    let (few, many) = (villages(340), villages(680));
    let pool = rayon::ThreadPoolBuilder::new().num_threads(1).build().unwrap();
    let count = |places: &Places| {
        pool.install(|| {
            // Tiles are read the first time.
            let found = predict(&mast, places, &study.ground, &study.options).unwrap();
            assert_eq!(found.counts().unknown, 0);
            let before = ALLOCATIONS.load(Ordering::Relaxed);
            let again = predict(&mast, places, &study.ground, &study.options).unwrap();
            let after = ALLOCATIONS.load(Ordering::Relaxed);
            assert_eq!(again.pairs().count(), places.villages());
            after - before
        })
    };
    let (of_few, of_many) = (count(&few), count(&many));
    // Lists of results double now and then; 340 paths more would be at least 340 more.
    assert!(of_many < of_few + 60, "{of_few} allocations for 340 paths, {of_many} for 680");
}
