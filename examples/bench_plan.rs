//! Plans over generated points on one thread and prints value, bound and seconds as JSON.
//!
//! ```text
//! bench_plan VILLAGES CANDIDATES RADIUS_M SITES [SECONDS [GAP [VILLAGE_SEED]]]
//! ```

#![allow(clippy::print_stdout, reason = "an example that prints its result")]

use std::error::Error;
use std::time::{Duration, Instant};

use phusong::coverage::radius::Indexed;
use phusong::geodesy::Radius;
use phusong::siting::Site;
use phusong::siting::plan::{PlanOptions, Planner};

#[path = "../benches/generator/mod.rs"]
mod generator;

fn main() -> Result<(), Box<dyn Error>> {
    rayon::ThreadPoolBuilder::new().num_threads(1).use_current_thread().build_global()?;
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let number = |at: usize, default: f64| arguments.get(at).map_or(Ok(default), |text| text.parse::<f64>());
    let (villages, candidates) = (number(0, 10_000.0)? as usize, number(1, 10_000.0)? as usize);
    let (radius_m, sites_wanted) = (number(2, 5_000.0)?, number(3, 50.0)? as usize);
    let options = PlanOptions {
        sites: Some(sites_wanted),
        time: Some(Duration::from_secs_f64(number(4, 10.0)?)),
        gap: number(5, 0.0)?,
        ..PlanOptions::default()
    };
    let village_seed = number(6, 1.0)? as u64;

    let start = Instant::now();
    let positions = |n, seed| generator::province(n, seed).into_iter().map(Some).collect::<Vec<_>>();
    let (village_positions, candidate_positions) =
        (positions(villages, village_seed), positions(candidates, village_seed + 1));
    let ids: Vec<String> = (0..candidates).map(|i| format!("C{i}")).collect();
    let sites: Vec<Site<'_>> =
        ids.iter().zip(&candidate_positions).map(|(id, &position)| Site { id, position }).collect();
    let generate_s = start.elapsed().as_secs_f64();

    let start = Instant::now();
    let matrix = Indexed::new(&village_positions, &candidate_positions)?.cover(Radius::from_m(radius_m)?);
    let weights = vec![1; villages];
    let cover_s = start.elapsed().as_secs_f64();
    let mut planner = Planner::new(&matrix, &weights, &sites, &options)?;
    planner.greedy()?;
    let greedy_s = start.elapsed().as_secs_f64();
    planner.bound();
    let bound_s = start.elapsed().as_secs_f64();
    planner.search();
    let plan = planner.finish();
    let total_s = start.elapsed().as_secs_f64();
    println!(
        "{}",
        serde_json::json!({
            "villages": villages, "candidates": candidates, "radius_m": radius_m, "sites": plan.sites.len(),
            "pairs": matrix.pairs(), "greedy_value": plan.greedy_value, "value": plan.value,
            "upper_bound": plan.upper_bound, "gap": plan.gap(), "status": plan.status.key(),
            "iterations": plan.iterations, "parts": plan.parts, "generate_s": generate_s,
            "cover_s": cover_s, "greedy_s": greedy_s - cover_s, "bound_s": bound_s - greedy_s,
            "search_s": total_s - bound_s, "total_s": total_s,
        })
    );
    Ok(())
}
