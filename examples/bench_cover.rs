//! Times the stages of covering and choosing, in CPU seconds of one thread, as JSON on stdout.
//!
//! ```text
//! bench_cover generate N SEED > points.csv          lat,lon of N generated points
//! bench_cover VILLAGES.csv CANDIDATES.csv RADIUS_M SITES [COUNTS.txt]
//! ```
//!
//! The second form writes each candidate's count of villages to COUNTS.txt, for a peer to compare.

#![allow(clippy::print_stdout, reason = "an example that prints its result")]

use std::error::Error;
use std::fmt::Write as _;
use std::fs;

use cpu_time::ProcessTime;
use phusong::coverage::radius::Indexed;
use phusong::geodesy::{LatLon, Radius};
use phusong::index::{PointIndex, QueryGroups};
use phusong::siting::{Demand, Objective, RankBy, greedy};

#[path = "../benches/generator/mod.rs"]
mod generator;
use generator::Land;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match arguments[..] {
        ["generate", n, seed] => generate(n.parse()?, seed.parse()?),
        [villages, candidates, radius_m, sites] => {
            time(villages, candidates, Radius::from_m(radius_m.parse()?)?, sites.parse()?, None)
        }
        [villages, candidates, radius_m, sites, counts] => {
            time(villages, candidates, Radius::from_m(radius_m.parse()?)?, sites.parse()?, Some(counts))
        }
        _ => Err("bench_cover generate N SEED | VILLAGES CANDIDATES RADIUS_M SITES [COUNTS]".into()),
    }
}

fn generate(n: usize, seed: u64) -> Result<(), Box<dyn Error>> {
    let mut text = String::from("lat,lon\n");
    for p in generator::positions(n, seed, Land::default()) {
        writeln!(text, "{},{}", p.lat_deg(), p.lon_deg())?;
    }
    print!("{text}");
    Ok(())
}

fn read(path: &str) -> Result<Vec<LatLon>, Box<dyn Error>> {
    let mut points = Vec::new();
    for row in csv::Reader::from_path(path)?.deserialize() {
        let (lat, lon): (f64, f64) = row?;
        points.push(LatLon::from_degrees(lat, lon)?);
    }
    Ok(points)
}

/// What `work` makes, and the CPU seconds it took.
fn cpu<T>(work: impl FnOnce() -> T) -> (T, f64) {
    let start = ProcessTime::now();
    let made = work();
    (made, start.elapsed().as_secs_f64())
}

fn time(
    villages: &str,
    candidates: &str,
    radius: Radius,
    sites: usize,
    counts_path: Option<&str>,
) -> Result<(), Box<dyn Error>> {
    rayon::ThreadPoolBuilder::new().num_threads(1).use_current_thread().build_global()?;
    let (villages, candidates) = (read(villages)?, read(candidates)?);

    // Counts alone, from positions to numbers.
    let (index, build_s) = cpu(|| PointIndex::new(&villages));
    let index = index?;
    let (groups, group_s) = cpu(|| QueryGroups::new(&candidates));
    let groups = groups?;
    let (counts, count_s) = cpu(|| index.count_within_all(&groups, radius));
    if let Some(path) = counts_path {
        fs::write(path, counts.iter().map(|count| format!("{count}\n")).collect::<String>())?;
    }
    let pairs: u64 = counts.iter().map(|&count| u64::from(count)).sum();
    drop((index, groups, counts));

    // Lists and greedy, from positions to sites, through the interface that `rank` uses.
    let some = |points: &[LatLon]| points.iter().copied().map(Some).collect::<Vec<_>>();
    let (village_points, candidate_points) = (some(&villages), some(&candidates));
    let (indexed, index_s) = cpu(|| Indexed::new(&village_points, &candidate_points));
    let indexed = indexed?;
    let (matrix, lists_s) = cpu(|| indexed.cover(radius));
    let demand: Vec<Demand> = village_points.iter().map(|&position| village(position)).collect();
    let ties: Vec<u32> = (0..candidates.len() as u32).collect();
    let (steps, greedy_s) = cpu(|| {
        Objective::new(&matrix, &demand, RankBy::Villages, false)
            .map(|objective| greedy(&matrix, &objective, &ties, Some(sites)))
    });
    let covered: u64 = steps?.iter().map(|step| u64::from(step.new_villages)).sum();

    // What a caller pays that wants plain ascending numbers of every row.
    let mut reader = matrix.reader();
    let (listed, expand_s) =
        cpu(|| (0..candidates.len()).filter_map(|c| Some(reader.read(c)?.len())).sum::<usize>());
    println!(
        "{}",
        serde_json::json!({
            "villages": villages.len(), "candidates": candidates.len(), "radius_m": radius.metres(), "pairs": pairs,
            "count": { "index_s": build_s, "groups_s": group_s, "count_s": count_s, "total_s": build_s + group_s + count_s },
            "lists": { "index_s": index_s, "cover_s": lists_s, "total_s": index_s + lists_s,
                       "bytes": matrix.bytes(), "pairs": listed, "expand_sorted_s": expand_s },
            "greedy": { "sites": sites, "greedy_s": greedy_s, "total_s": index_s + lists_s + greedy_s, "covered": covered },
            "peak_mb": peak_mb(),
        })
    );
    Ok(())
}

fn village(position: Option<LatLon>) -> Demand {
    Demand {
        id: String::new(),
        position,
        gaps: 1,
        dark: false,
        households: None,
        population: None,
        weight: None,
    }
}

/// The most memory that the process ever held, MB; Linux only.
fn peak_mb() -> Option<u64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
    Some(line.split_whitespace().nth(1)?.parse::<u64>().ok()? / 1_024)
}
