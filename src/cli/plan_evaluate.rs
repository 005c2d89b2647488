//! `phusong plan --evaluate`: what a registered programme solves.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Context, bail};
use phusong::domain::PlannedStation;
use phusong::export::{
    AlternativeRow, CountRow, EvaluationView, GapRow, StationRow, text_table, write_atomic,
    write_evaluation_gaps, write_evaluation_json, write_evaluation_stations,
};
use phusong::finding::Level;
use phusong::siting::plan::PlanOptions;
use phusong::study::{CoverageRule, EvaluateInput, Evaluation, Stages, evaluate, read_programme};

use super::Outcome;
use super::args::{ByArg, PlanArgs};
use super::console::Console;
use super::ground;
use super::input::Input;
use super::plan::hashes;
use super::plan_args::{LeastArg, PlanMore, SolverArg};
use super::plan_options::column_groups;
use super::plan_setup;

/// What was found, with the stations that it speaks of.
pub struct Found {
    programme: Vec<PlannedStation>,
    evaluation: Evaluation,
    errors: bool,
}

/// Refuses by name what a judgement of stations does not look at: nobody should believe that it did.
pub fn refuse_what_does_not_apply(args: &PlanArgs) -> anyhow::Result<()> {
    let PlanMore {
        evaluate: _,
        target,
        cover_all,
        least,
        year,
        dark_first,
        weight,
        built,
        built_until,
        limit,
        one_of,
        sharing,
        partial,
        partial_from,
        solver,
        min_people,
        off_grid_km,
        off_grid_cost,
        hop_km,
        stations,
        left_out,
        sensitivity,
    } = &args.more;
    const COUNTS: &str = "it counts gaps, each as one; leave the option away";
    const RULES: &str = "stations are judged as they are registered, beside the best plan of as many sites, in which at \
                         most one of a group is built and no other rule holds; leave the option away, or plan under it \
                         without --evaluate";
    const YES_OR_NO: &str = "a gap is solved or not; leave the option away";
    const OUTPUT: &str = "no plan is shown; leave the option away";
    for (given, flag, why) in [
        (args.sites.is_some(), "--sites", RULES),
        (args.budget.is_some(), "--budget", RULES),
        (!args.include.is_empty(), "--include", RULES),
        (!args.exclude.is_empty(), "--exclude", RULES),
        (args.min_villages > 0, "--min-villages", RULES),
        (args.min_distance_km != 0.0, "--min-distance-km", RULES),
        (target.is_some(), "--target", RULES),
        (*cover_all, "--cover-all", RULES),
        (*least != LeastArg::Sites, "--least", RULES),
        (!year.is_empty(), "--year", RULES),
        (
            !built.is_empty(),
            "--built",
            "all registered stations are judged, whatever is built; leave the option away",
        ),
        (
            built_until.is_some(),
            "--built-until",
            "by_year in evaluation.json has each year; leave the option away",
        ),
        (!limit.is_empty(), "--limit", RULES),
        (!one_of.is_empty(), "--one-of", RULES),
        (
            sharing.is_some(),
            "--sharing",
            "each carrier alone and all on shared masts stand beside each other; leave the option away",
        ),
        (*min_people > 0, "--min-people", RULES),
        (off_grid_km.is_some(), "--off-grid-km", RULES),
        (off_grid_cost.is_some(), "--off-grid-cost", RULES),
        (hop_km.is_some(), "--hop-km", RULES),
        (stations.is_some(), "--stations", RULES),
        (
            *solver != SolverArg::Own,
            "--solver",
            "this program's own solver plans here; leave the option away",
        ),
        (args.by != ByArg::Villages, "--by", COUNTS),
        (*dark_first, "--dark-first", COUNTS),
        (!weight.is_empty(), "--weight", COUNTS),
        (*partial, "--partial", YES_OR_NO),
        (partial_from.is_some(), "--partial-from", YES_OR_NO),
        (*left_out != 10, "--left-out", OUTPUT),
        (*sensitivity, "--sensitivity", OUTPUT),
        (args.show != 20, "--show", OUTPUT),
    ] {
        if given {
            bail!("{flag} does not go with --evaluate: {why}");
        }
    }
    Ok(())
}

/// What the study's `[plan]` asks of plans and a judgement does not look at.
fn keys_that_do_not_apply(input: &Input) -> Vec<&'static str> {
    let section = plan_setup::section(input);
    let keys = [
        (!section.limits.is_empty(), "limits"),
        (section.sharing.is_some(), "sharing"),
        (section.partial, "partial"),
        (section.hop_km.is_some(), "hop_km"),
        (!section.weights.is_neutral(), "weights"),
        (section.built.is_some(), "built"),
    ];
    keys.into_iter().filter(|(there, _)| *there).map(|(_, key)| key).collect()
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
    let asked = EvaluateInput {
        demand: &input.demand.villages,
        gaps: &input.gaps,
        programme: &programme,
        candidates: &input.candidates,
        reach: input.reach(),
    };
    let options = PlanOptions {
        time: (!args.time.is_zero()).then_some(args.time),
        iterations: args.iterations,
        seed: args.seed,
        gap: args.gap,
        groups: column_groups(&input.candidates, false)?,
        ..PlanOptions::default()
    };
    let evaluation = stages.run("evaluate", || evaluate(asked, &options))?;
    let found = Found { programme, evaluation, errors };
    let inputs = stages.run("hash", || hashes(&input.files))?;
    let view = EvaluationView { inputs, ..view(args, input, &found) };
    stages.run("export", || {
        write_atomic(&args.out.join("evaluation.json"), |out| write_evaluation_json(&view, out))?;
        write_atomic(&args.out.join("evaluation_stations.csv"), |out| write_evaluation_stations(&view, out))?;
        write_atomic(&args.out.join("evaluation_gaps.csv"), |out| write_evaluation_gaps(&view, out))
    })?;
    Ok(found)
}

fn view<'a>(args: &PlanArgs, input: &'a Input, found: &'a Found) -> EvaluationView<'a> {
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
    let alternatives = evaluation.alternatives.iter().map(|a| AlternativeRow {
        carrier: a.carrier.as_ref().map(|carrier| carrier.name().to_owned()),
        stations: a.stations,
        gaps: a.gaps,
        solved: a.solved,
        best: a.best,
        best_at_most: a.best_at_most,
        status: a.status.key(),
        fewest: a.fewest,
        fewest_at_least: a.fewest_at_least,
        fewest_sites: a.fewest_sites.clone(),
    });
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
        alternatives: alternatives.collect(),
        by_status: by_status.collect(),
        by_year: by_year.collect(),
        seed: args.seed,
        inputs: Vec::new(),
        station_rows: station_rows.collect(),
        gap_rows: gap_rows.collect(),
    }
}

/// Says what was found.
pub fn report(args: &PlanArgs, input: &Input, found: &Found, console: &Console) -> anyhow::Result<Outcome> {
    let lang = console.lang;
    let view = view(args, input, found);
    if view.stations_without_position > 0 {
        console.warn(&format!(
            "{} {}",
            view.stations_without_position,
            lang.pick(
                "trạm đăng ký không có vị trí: không biết giải quyết được gì",
                "registered stations without a position: nobody can say what they solve"
            )
        ));
    }
    console.say(&format!(
        "{}: {} / {} {}, {} / {} {}; {} {} {}",
        lang.pick("Trạm đăng ký giải quyết", "Registered stations solve"),
        view.gaps_solved,
        view.gaps,
        lang.pick("lượt lõm (thôn, bản × doanh nghiệp)", "gaps (village × carrier)"),
        view.villages_solved,
        view.villages,
        lang.pick("thôn, bản hết lõm", "villages wholly"),
        view.stations_without_gap,
        lang.pick("trên", "of"),
        format_args!(
            "{} {}",
            view.stations,
            lang.pick(
                "trạm không phục vụ chỗ lõm nào của chính doanh nghiệp mình",
                "stations serve no gap of their own carrier"
            )
        ),
    ));
    if view.stations_unknown > 0 {
        console.say(&format!(
            "{} {}",
            view.stations_unknown,
            lang.pick(
                "trạm chưa rõ có phục vụ hay không vì thiếu độ cao địa hình",
                "stations of which that is not known: ground on the way has no elevation"
            )
        ));
    }
    if view.gaps_in_reach_of_on_air > 0 {
        console.say(&format!(
            "{} {}",
            view.gaps_in_reach_of_on_air,
            lang.pick(
                "trong số đó nằm trong tầm của trạm đã phát sóng mà vẫn được báo lõm: cần đo lại",
                "of these lie in reach of a station on air and are reported all the same: somebody should measure"
            )
        ));
    }
    let keys = keys_that_do_not_apply(input);
    if !keys.is_empty() {
        console.say(&format!(
            "[plan] {}: {}",
            keys.join(", "),
            lang.pick(
                "không áp dụng cho --evaluate: trạm được xét đúng như đã đăng ký",
                "do not apply to --evaluate: stations are judged as they are registered"
            )
        ));
    }
    let mut gaps = ground::say_clusters(&input.clusters, console);
    if let CoverageRule::Predicted(options) = &input.rule {
        if view.gaps_unknown > 0 {
            console.warn(&format!(
                "{} {}",
                view.gaps_unknown,
                lang.pick(
                    "lượt lõm không rõ có được giải quyết không (trạng thái unknown): không trạm nào được biết là phủ tới, và \
                     có tuyến qua nơi không rõ địa hình",
                    "gaps of which nobody can say whether they are solved (state unknown): no station is known to reach them, \
                     and a path leads over unknown ground"
                )
            ));
        }
        gaps |= ground::say_gaps(&found.evaluation.counts, "", console);
        gaps |= ground::say(&input.ground, options, console);
        if !found.evaluation.alternatives.is_empty() && gaps {
            console.say(lang.pick(
                "Trong các phương án so sánh, tuyến không rõ được tính là không phủ tới",
                "Among the plans compared with, a path that is not known counts as not reaching",
            ));
        }
    }
    let columns = [
        (lang.pick("Doanh nghiệp", "Carrier"), false),
        (lang.pick("Trạm", "Stations"), true),
        (lang.pick("Lượt lõm", "Gaps"), true),
        (lang.pick("Giải quyết", "Solved"), true),
        (lang.pick("Cùng số trạm, tốt nhất", "Best of as many"), true),
        (lang.pick("cận trên", "at most"), true),
        (lang.pick("Ít trạm nhất cho bằng ấy", "Fewest for as many"), true),
        (lang.pick("ít nhất", "at least"), true),
    ];
    let shared = lang.pick("tất cả, dùng chung cột", "all, shared masts");
    let row = |a: &AlternativeRow| {
        vec![
            a.carrier.clone().unwrap_or_else(|| shared.to_owned()),
            a.stations.to_string(),
            a.gaps.to_string(),
            a.solved.to_string(),
            a.best.to_string(),
            a.best_at_most.to_string(),
            a.fewest.to_string(),
            a.fewest_at_least.to_string(),
        ]
    };
    let rows: Vec<Vec<String>> = view.alternatives.iter().map(row).collect();
    console.out(&(text_table(&columns, &rows, console.width()) + "\n"))?;
    let status_word = |key: &str| match key {
        "on_air" => lang.pick("đã phát sóng", "on air").to_owned(),
        "building" => lang.pick("đang xây dựng", "under construction").to_owned(),
        "not_started" => lang.pick("chưa triển khai", "not begun").to_owned(),
        "unknown" => lang.pick("không rõ", "not known").to_owned(),
        year => year.to_owned(),
    };
    let until = |title, rows: &[CountRow]| {
        let columns = [
            (title, false),
            (lang.pick("Trạm", "Stations"), true),
            (lang.pick("Giải quyết", "Solved"), true),
        ];
        let row = |row: &CountRow| {
            vec![
                row.until.as_deref().map_or_else(|| "–".to_owned(), status_word),
                row.stations.to_string(),
                row.gaps_solved.to_string(),
            ]
        };
        let rows: Vec<Vec<String>> = rows.iter().map(row).collect();
        text_table(&columns, &rows, console.width()) + "\n"
    };
    console.out(&until(lang.pick("Đến tình trạng", "Up to status"), &view.by_status))?;
    console.out(&until(lang.pick("Đến năm", "Up to year"), &view.by_year))?;
    for file in ["evaluation.json", "evaluation_stations.csv", "evaluation_gaps.csv"] {
        console.say(&format!("→ {}", args.out.join(file).display()));
    }
    gaps |= view.stations_without_position > 0;
    gaps |= view.gaps_position_unknown > 0 || input.demand.not_judged > 0;
    Ok(if found.errors || gaps { Outcome::DataFaults } else { Outcome::Done })
}
