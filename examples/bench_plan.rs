//! Plans over generated points on one thread and prints value, bound and seconds as JSON.
//!
//! ```text
//! bench_plan VILLAGES CANDIDATES RADIUS_M SITES [SECONDS [GAP [VILLAGE_SEED]]] [KEY=VALUE…]
//! ```
//!
//! Keys: `valleys` (0: points lie anywhere), `spread` (degrees), `scattered` (share outside valleys), `valley_seed`,
//! `candidate_valley_seed` (candidates in other valleys), `people=1` (weights 20…1 500 instead of 1), `at=1,10` (value
//! and bound as they stood after so many seconds of planning), `seed`, `iterations`.

#![allow(clippy::print_stdout, reason = "an example that prints its result")]

use std::collections::BTreeMap;
use std::error::Error;
use std::time::{Duration, Instant};

use phusong::coverage::radius::Indexed;
use phusong::geodesy::Radius;
use phusong::siting::Site;
use phusong::siting::plan::{PlanOptions, Planner};

#[path = "../benches/generator/mod.rs"]
mod generator;
use generator::Land;

fn main() -> Result<(), Box<dyn Error>> {
    rayon::ThreadPoolBuilder::new().num_threads(1).use_current_thread().build_global()?;
    let (keys, arguments): (Vec<String>, Vec<String>) =
        std::env::args().skip(1).partition(|argument| argument.contains('='));
    let keys: BTreeMap<&str, &str> = keys.iter().filter_map(|key| key.split_once('=')).collect();
    let key = |name: &str, default: f64| keys.get(name).map_or(Ok(default), |text| text.parse::<f64>());
    let number = |at: usize, default: f64| arguments.get(at).map_or(Ok(default), |text| text.parse::<f64>());
    let (villages, candidates) = (number(0, 10_000.0)? as usize, number(1, 10_000.0)? as usize);
    let (radius_m, sites_wanted) = (number(2, 5_000.0)?, number(3, 50.0)? as usize);
    let options = PlanOptions {
        sites: Some(sites_wanted),
        time: Some(Duration::from_secs_f64(number(4, 10.0)?)),
        gap: number(5, 0.0)?,
        seed: key("seed", 0.0)? as u64,
        iterations: keys.get("iterations").map(|text| text.parse()).transpose()?,
        ..PlanOptions::default()
    };
    let village_seed = number(6, 1.0)? as u64;

    let start = Instant::now();
    let usual = Land::default();
    let land = Land {
        valleys: key("valleys", usual.valleys as f64)? as usize,
        spread_deg: key("spread", usual.spread_deg)?,
        scattered: key("scattered", usual.scattered)?,
        valley_seed: key("valley_seed", usual.valley_seed as f64)? as u64,
    };
    let theirs = Land { valley_seed: key("candidate_valley_seed", land.valley_seed as f64)? as u64, ..land };
    let positions =
        |n, seed, land| generator::positions(n, seed, land).into_iter().map(Some).collect::<Vec<_>>();
    let (village_positions, candidate_positions) =
        (positions(villages, village_seed, land), positions(candidates, village_seed + 1, theirs));
    let ids: Vec<String> = (0..candidates).map(|i| format!("C{i}")).collect();
    let sites: Vec<Site<'_>> =
        ids.iter().zip(&candidate_positions).map(|(id, &position)| Site { id, position }).collect();
    let generate_s = start.elapsed().as_secs_f64();

    let start = Instant::now();
    let matrix = Indexed::new(&village_positions, &candidate_positions)?.cover(Radius::from_m(radius_m)?);
    let weights = if key("people", 0.0)? > 0.0 { people(villages) } else { vec![1; villages] };
    let cover_s = start.elapsed().as_secs_f64();
    let mut planner = Planner::new(&matrix, &weights, &sites, &options)?;
    planner.greedy()?;
    let greedy_s = start.elapsed().as_secs_f64();
    planner.bound();
    let bound_s = start.elapsed().as_secs_f64();
    planner.search();
    let progress = planner.progress();
    let plan = planner.finish();
    let total_s = start.elapsed().as_secs_f64();
    // The state at a moment: the last that was written down before it.
    let at = |text: &str| -> Result<serde_json::Value, std::num::ParseFloatError> {
        let seconds: f64 = text.parse()?;
        let before = progress.iter().rev().find(|step| step.time.as_secs_f64() <= seconds);
        Ok(serde_json::json!([seconds, before.map(|step| (step.value, step.upper_bound))]))
    };
    let at =
        keys.get("at").map_or(Ok(Vec::new()), |list| list.split(',').map(at).collect::<Result<_, _>>())?;
    println!(
        "{}",
        serde_json::json!({
            "villages": villages, "candidates": candidates, "radius_m": radius_m, "sites": plan.sites.len(),
            "pairs": matrix.pairs(), "greedy_value": plan.greedy_value, "value": plan.value,
            "upper_bound": plan.upper_bound, "gap": plan.gap(), "status": plan.status.key(),
            "iterations": plan.iterations, "parts": plan.parts, "generate_s": generate_s,
            "cover_s": cover_s, "greedy_s": greedy_s - cover_s, "bound_s": bound_s - greedy_s,
            "search_s": total_s - bound_s, "total_s": total_s, "at": at,
            "cpu_s": cpu_time::ProcessTime::now().as_duration().as_secs_f64(),
        })
    );
    Ok(())
}

/// Inhabitants: 20 to 1 500, most of them few.
fn people(villages: usize) -> Vec<u64> {
    let mut state = 1_u64;
    let mut unit = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 11) as f64 / (1_u64 << 53) as f64
    };
    (0..villages).map(|_| (20.0 * 75.0_f64.powf(unit())) as u64).collect()
}
