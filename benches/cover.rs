//! Counting, listing and choosing over 100 000 villages × 100 000 candidates, 61.7 million pairs within 5 km, on
//! one thread; and at a tenth of that. `cargo bench --bench cover`.

use divan::{Bencher, black_box};
use phusong::coverage::radius::Indexed;
use phusong::geodesy::{LatLon, Radius, RadiusError};
use phusong::index::{PointIndex, QueryGroups};
use phusong::siting::{Demand, Objective, RankBy, greedy};

#[path = "generator/mod.rs"]
mod generator;
use generator::Land;

/// Villages, and as many candidates.
const SIZES: [usize; 2] = [10_000, 100_000];
/// Sites that greedy chooses.
const SITES: usize = 50;

fn main() {
    // One thread: what is compared is the work, not the machine.
    if rayon::ThreadPoolBuilder::new().num_threads(1).use_current_thread().build_global().is_ok() {
        divan::main();
    }
}

fn radius() -> Result<Radius, RadiusError> {
    Radius::from_m(5_000.0)
}

fn points(n: usize, seed: u64) -> Vec<Option<LatLon>> {
    generator::positions(n, seed, Land::default()).into_iter().map(Some).collect()
}

#[divan::bench(args = SIZES)]
fn build_index(bencher: Bencher<'_, '_>, n: usize) {
    let villages = generator::positions(n, 1, Land::default());
    bencher.bench_local(|| PointIndex::new(black_box(&villages)).map(|index| index.len()));
}

#[divan::bench(args = SIZES)]
fn count_with_index_build(bencher: Bencher<'_, '_>, n: usize) {
    let (villages, candidates) =
        (generator::positions(n, 1, Land::default()), generator::positions(n, 2, Land::default()));
    bencher.bench_local(|| {
        let (index, groups) = (PointIndex::new(&villages).ok()?, QueryGroups::new(&candidates).ok()?);
        Some(index.count_within_all(&groups, radius().ok()?))
    });
}

#[divan::bench(args = SIZES)]
fn lists_with_index_build(bencher: Bencher<'_, '_>, n: usize) {
    let (villages, candidates) = (points(n, 1), points(n, 2));
    bencher.bench_local(|| Some(Indexed::new(&villages, &candidates).ok()?.cover(radius().ok()?)));
}

#[divan::bench(args = SIZES)]
fn greedy_alone(bencher: Bencher<'_, '_>, n: usize) {
    let (villages, candidates) = (points(n, 1), points(n, 2));
    let village = |&position: &Option<LatLon>| Demand {
        id: String::new(),
        position,
        gaps: 1,
        dark: false,
        households: None,
        population: None,
        weight: None,
    };
    let demand: Vec<Demand> = villages.iter().map(village).collect();
    let ties: Vec<u32> = (0..n as u32).collect();
    let Ok(indexed) = Indexed::new(&villages, &candidates) else { return };
    let Ok(radius) = radius() else { return };
    let matrix = indexed.cover(radius);
    bencher.bench_local(|| {
        let objective = Objective::new(&matrix, &demand, RankBy::Villages, false).ok()?;
        Some(greedy(&matrix, &objective, &ties, Some(SITES)))
    });
}
