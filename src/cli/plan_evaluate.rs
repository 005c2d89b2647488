//! `phusong plan --evaluate`: what a registered programme solves.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Context, bail};
use phusong::domain::PlannedStation;
use phusong::export::{
    AlternativeRow, Amount, CountRow, EvaluationView, GapRow, JudgedView, PartView, StationRow, write_atomic,
    write_evaluation_constraints, write_evaluation_gaps, write_evaluation_json, write_evaluation_stations,
};
use phusong::finding::Level;
use phusong::study::{
    Alternative, BrokenPart, Counted, EvaluateInput, Evaluation, Judged, Kept, Sharing, Stages, evaluate,
    read_programme,
};

use super::args::PlanArgs;
use super::input::Input;
use super::plan::hashes;
use super::plan_compare::{ToCompare, alternatives};
use super::plan_judge::{ToJudge, judge, sites};
use super::plan_setup::{section, sharing};

/// What was found, with the stations that it speaks of.
pub struct Found {
    pub programme: Vec<PlannedStation>,
    pub evaluation: Evaluation,
    /// The constraints asked for, each with what came of it.
    pub judged: Vec<Judged>,
    /// Sites that limits count by something less than their own word, candidates and stations together.
    pub counted: Counted,
    /// By builder, then all together.
    pub alternatives: Vec<Alternative>,
    /// Whose gaps a station serves, where somebody said so.
    pub sharing: Option<Sharing>,
    pub errors: bool,
}

/// Reads the programme, judges it and writes the files.
pub fn evaluate_programme(
    args: &PlanArgs,
    input: &mut Input,
    stages: &mut Stages<'_>,
) -> anyhow::Result<Found> {
    let file = args.more.evaluate.as_deref().unwrap_or(Path::new("programme"));
    let own = input.study.as_mut().and_then(|loaded| loaded.study.programme.take());
    let mut errors = input.findings.iter().any(|finding| finding.rule.level() == Level::Error);
    let programme = if file == Path::new("programme") && !file.exists() {
        own.context("--evaluate programme: the study names no programme; give the file instead")?
    } else {
        let rows = stages.run("read", || read_programme(file))?;
        input.files.push(file.to_owned());
        errors |= rows.findings.iter().any(|finding| finding.rule.level() == Level::Error);
        input.findings.extend(rows.findings);
        rows.rows
    };
    if programme.is_empty() {
        bail!("--evaluate {}: no usable station; each row needs plan_id, carrier, lat, lon", file.display());
    }
    let (asked_sharing, from) = sharing(args, &section(input), input)?;
    // As registered, nobody shares: a station is its own carrier's.
    let serves = asked_sharing.clone().unwrap_or(Sharing::Apart);
    let asked = EvaluateInput {
        demand: &input.demand.villages,
        gaps: &input.gaps,
        programme: &programme,
        candidates: &input.candidates,
        sharing: &serves,
        reach: input.reach(),
    };
    let evaluation = stages.run("evaluate", || evaluate(asked))?;
    let sites = sites(&programme, &input.candidates);
    let to_judge = ToJudge {
        input: &*input,
        programme: &programme,
        sites: &sites,
        evaluation: &evaluation,
        sharing: &serves,
    };
    let (judged, counted) = stages.run("evaluate", || judge(args, &to_judge))?;
    let to_compare = ToCompare {
        programme: &programme,
        sites: &sites,
        evaluation: &evaluation,
        sharing: &serves,
        asked: asked_sharing.is_some().then_some(from),
        judged: &judged,
    };
    let alternatives = alternatives(args, input, &to_compare, stages)?;
    let found =
        Found { programme, evaluation, judged, counted, alternatives, sharing: asked_sharing, errors };
    let inputs = stages.run("hash", || hashes(&input.files))?;
    let view = EvaluationView { inputs, ..view(args, input, &found) };
    stages.run("export", || {
        write_atomic(&args.out.join("evaluation.json"), |out| write_evaluation_json(&view, out))?;
        write_atomic(&args.out.join("evaluation_stations.csv"), |out| write_evaluation_stations(&view, out))?;
        write_atomic(&args.out.join("evaluation_gaps.csv"), |out| write_evaluation_gaps(&view, out))?;
        write_atomic(&args.out.join("evaluation_constraints.csv"), |out| {
            write_evaluation_constraints(&view, out)
        })
    })?;
    Ok(found)
}

/// Everything but hashes.
pub fn view<'a>(args: &PlanArgs, input: &'a Input, found: &'a Found) -> EvaluationView<'a> {
    let Found { programme, evaluation, .. } = found;
    let solved = |by: &Option<Vec<usize>>| by.as_ref().map(|by| !by.is_empty());
    let count = |wanted: Option<bool>| {
        let known = evaluation.gaps.iter().filter(|g| g.state(&evaluation.stations) != "unknown");
        known.filter(|g| solved(&g.solved_by) == wanted).count()
    };
    let mut villages: BTreeMap<u32, bool> = BTreeMap::new();
    for (gap, verdict) in input.gaps.iter().zip(&evaluation.gaps) {
        *villages.entry(gap.village).or_insert(true) &= solved(&verdict.solved_by) == Some(true);
    }
    let station_rows = evaluation.stations.iter().map(|verdict| {
        let station = &programme[verdict.station];
        StationRow {
            plan_id: &station.id,
            carrier: station.carrier.name(),
            year: station.year,
            status: station.status.as_deref().unwrap_or_default(),
            progress: verdict.progress.key(),
            state: verdict.state(),
            own_gaps: verdict.own_gaps,
            unique_gaps: verdict.unique_gaps,
            other_gaps: verdict.other_gaps,
            own_unknown: verdict.own_unknown,
        }
    });
    let gap_rows = input.gaps.iter().zip(&evaluation.gaps).map(|(gap, verdict)| GapRow {
        village_id: &input.demand.villages[gap.village as usize].id,
        carrier: gap.carrier.as_ref().map_or("", |carrier| carrier.name()),
        state: verdict.state(&evaluation.stations),
        solved_by: verdict.solved_by.iter().flatten().map(|&s| programme[s].id.as_str()).collect(),
        unknown: verdict.unknown.iter().map(|&s| programme[s].id.as_str()).collect(),
        nearest: verdict.nearest.map(|(s, _)| programme[s].id.as_str()),
        nearest_km: verdict.nearest.map(|(_, distance_m)| distance_m / 1000.0),
        candidate_reaches: verdict.candidate_reaches,
    });
    let alternatives = found.alternatives.iter().map(|a| alternative_row(a, !found.judged.is_empty()));
    let by_status = evaluation.by_progress.iter().map(|&(progress, stations, gaps_solved)| CountRow {
        until: Some(progress.key().to_owned()),
        stations,
        gaps_solved,
    });
    let by_year = evaluation.by_year.iter().map(|&(year, stations, gaps_solved)| CountRow {
        until: year.map(|year| year.to_string()),
        stations,
        gaps_solved,
    });
    EvaluationView {
        meta: &input.meta,
        stations: programme.len(),
        stations_without_position: evaluation.stations.iter().filter(|s| s.own_gaps.is_none()).count(),
        stations_without_gap: evaluation.stations.iter().filter(|s| s.serves_no_own_gap()).count(),
        stations_unknown: evaluation.stations.iter().filter(|s| s.is_unknown()).count(),
        gaps: evaluation.gaps.len(),
        gaps_solved: count(Some(true)),
        gaps_in_reach_of_on_air: evaluation
            .gaps
            .iter()
            .filter(|gap| gap.state(&evaluation.stations) == "reported_in_reach_of_on_air")
            .count(),
        gaps_not_solved: count(Some(false)),
        gaps_unknown: evaluation.gaps.iter().filter(|g| g.state(&evaluation.stations) == "unknown").count(),
        gaps_position_unknown: count(None),
        villages_solved: villages.values().filter(|solved| **solved).count(),
        villages: villages.len(),
        sharing: found.sharing.as_ref().map(Sharing::text),
        constraints: found.judged.iter().map(|judged| judged_view(judged, programme)).collect(),
        alternatives: alternatives.collect(),
        by_status: by_status.collect(),
        by_year: by_year.collect(),
        seed: args.seed,
        inputs: Vec::new(),
        station_rows: station_rows.collect(),
        gap_rows: gap_rows.collect(),
    }
}

fn alternative_row(a: &Alternative, constrained: bool) -> AlternativeRow {
    let status = match (&a.best, a.infeasible) {
        (Some(best), _) => best.status.key(),
        (None, true) => "infeasible",
        (None, false) => "none_found",
    };
    AlternativeRow {
        carrier: a.whose(),
        stations: a.stations,
        gaps: a.gaps,
        solved: a.solved,
        constraints: match (constrained, a.carriers.is_empty()) {
            (false, _) => "none",
            (true, true) => "all",
            (true, false) => "without_floors",
        },
        best: a.best.as_ref().map(|best| best.solves),
        best_at_most: a.best.as_ref().map(|best| best.at_most),
        status,
        fewest: a.fewest.as_ref().map(|fewest| fewest.sites),
        fewest_at_least: a.fewest.as_ref().map(|fewest| fewest.at_least),
        fewest_sites: a.fewest.as_ref().map(|fewest| fewest.ids.clone()).unwrap_or_default(),
    }
}

/// A number of files: whole where it is, else with six decimals.
fn number(value: f64) -> Amount {
    Amount::from_micro((value * 1e6).round() as u64)
}

fn judged_view<'a>(judged: &'a Judged, programme: &'a [PlannedStation]) -> JudgedView<'a> {
    let ids = |stations: &[usize]| stations.iter().map(|&s| programme[s].id.as_str()).collect();
    let part = |part: &'a BrokenPart| PartView {
        of: &part.of,
        state: part.kept.key(),
        found: part.known(programme.len()).map(number),
        limit: number(part.limit),
        by: number(part.by()),
        unit: part.unit,
        stations: ids(&part.stations),
        unknown_stations: ids(&part.unknown),
    };
    let count = |kept: Kept| judged.parts.iter().filter(|part| part.kept == kept).count();
    JudgedView {
        constraint: &judged.constraint,
        state: judged.kept.key(),
        broken: count(Kept::No) + judged.more,
        unknown: count(Kept::Unknown),
        not_listed: judged.more,
        parts: judged.parts.iter().map(part).collect(),
    }
}
