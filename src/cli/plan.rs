//! `phusong plan`

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use phusong::coverage::radius;
use phusong::export::{
    InputHash, PlanView, write_atomic, write_curve_csv, write_curve_svg, write_plan_csv, write_plan_geojson,
    write_plan_json,
};
use phusong::geodesy::Radius;
use phusong::siting::Site;
use phusong::siting::plan::{LeftOut, PlanOptions, left_out};
use phusong::study::{
    CoverageRule, Covered, Goal, Planned, Sensitivity, Stages, Task, cover_candidates, sensitivity, solve,
};
use sha2::{Digest, Sha256};

use super::args::{Global, PlanArgs};
use super::console::Console;
use super::input::{self, Asked, Input};
use super::plan_setup::{self, Setup};
use super::{Outcome, ground, levels, plan_evaluate, plan_report, plan_view, timings};

/// The stages whose time is the plan's.
const PLAN_STAGES: [&str; 6] = ["index", "cover", "greedy", "bound", "search", "explain"];

/// A plan and what explains it.
pub struct Explained {
    pub planned: Planned,
    pub goal: Goal,
    pub left_out: Vec<LeftOut>,
    pub sensitivity: Vec<Sensitivity>,
    /// The levels, where they were predicted.
    pub levels: Option<phusong::study::Levels>,
    /// The share of each village that its best candidate serves, by radius where there are clusters.
    pub shares: Option<Vec<Option<(u32, f64)>>>,
}

/// Runs the command.
pub fn run(args: &PlanArgs, global: &Global, console: &Console) -> anyhow::Result<Outcome> {
    let progress = console.progress();
    let mut stages = Stages::with_observer(|stage| progress.stage(stage));
    let mut input = input::load(&Asked::from(args), &mut stages, console)?;
    if args.more.evaluate.is_some() {
        let found = plan_evaluate::evaluate_programme(args, &mut input, &mut stages)?;
        timings::write(&stages, global)?;
        drop(stages);
        drop(progress);
        return plan_evaluate::report(args, &input, &found, console);
    }
    if input.candidates.is_empty() {
        bail!(console.lang.pick(
            "không có vị trí ứng viên nào dùng được; xem cột site_id, lat, lon của tệp ứng viên",
            "no usable candidate site; the candidates' file needs the columns site_id, lat, lon"
        ));
    }
    let mut files = input.files.clone();
    files.extend(args.more.stations.clone());
    let inputs = stages.run("hash", || hashes(&files))?;
    let mut setup = plan_setup::setup(args, &mut input, &mut stages)?;
    let explained = explained(args, &input, &mut setup, &mut stages)?;
    let stage_seconds: BTreeMap<&'static str, f64> = stages
        .list()
        .iter()
        .filter(|stage| PLAN_STAGES.contains(&stage.stage))
        .map(|stage| (stage.stage, stage.wall_s))
        .collect();
    let view = PlanView { inputs, ..plan_view::view(args, &input, &setup, &explained) };
    let view = PlanView { seconds: stage_seconds.values().sum(), stage_seconds, ..view };
    stages.run("export", || write_files(&view, &args.out))?;
    let mut written = Vec::new();
    if let Some(levels) = &explained.levels {
        written = stages.run("export", || levels::write(&input, levels, &args.out))?;
    }
    if let Some(shares) = &explained.shares {
        written.push(stages.run("export", || levels::write_shares(&input, shares, &args.out))?);
    }
    timings::write(&stages, global)?;
    drop(stages);
    drop(progress);
    let mut gaps = ground::say_clusters(&input.clusters, console);
    gaps |= explained.levels.as_ref().is_some_and(|levels| levels::report(&input, levels, console));
    if let Some((_, effect)) = &setup.built {
        let whose = console.lang.pick("của trạm coi như đã xây", "of stations counted as built");
        gaps |= ground::say_gaps(&effect.counts, whose, console);
    }
    let outcome = plan_report::report(args, &input, &setup, &explained.planned.ruled.plan, &view, console)?;
    written.iter().for_each(|path| console.say(&format!("→ {}", path.display())));
    Ok(if gaps { Outcome::DataFaults } else { outcome })
}

/// Plans, and explains what came of it. The time of the options runs from here.
fn explained(
    args: &PlanArgs,
    input: &Input,
    setup: &mut Setup,
    stages: &mut Stages<'_>,
) -> anyhow::Result<Explained> {
    let start = std::time::Instant::now();
    let demand = &input.demand.villages;
    let Covered { matrix, levels, shares } =
        cover_candidates(&input.candidates, demand, input.reach(), "cover", stages)?;
    plan_setup::leave_out_few_people(args.more.min_people, &matrix, input, setup);
    let sites: Vec<Site<'_>> = input.candidates.iter().map(Site::from).collect();
    let goal = plan_setup::goal(args, &matrix, setup)?;
    let left = setup.options.time.map(|time| time.saturating_sub(start.elapsed()));
    let options = PlanOptions { time: left, ..setup.options.clone() };
    let task = Task {
        matrix: &matrix,
        weights: &setup.weights,
        sites: &sites,
        options: &options,
        rules: &setup.rules,
    };
    let planned = solve(task, &goal, stages).map_err(|error| plan_setup::explain_error(error, setup))?;
    let plan = &planned.ruled.plan;
    // What bound the plan: over years or for a target these are not the limits that were typed.
    let mut bounds = setup.options.clone();
    if let Goal::Years(phases) = &goal {
        bounds = phusong::siting::plan::limited(&bounds, phases);
    }
    let left_out = stages.run("reasons", || {
        left_out(&matrix, &setup.weights, &sites, &bounds, &setup.rules, plan, args.more.left_out)
    });
    let mut table = Vec::new();
    if args.more.sensitivity {
        let chosen: Vec<u32> = plan.sites.iter().map(|site| site.candidate).collect();
        let cover = |factor: f64| {
            let villages: Vec<_> = demand.iter().map(|village| village.position).collect();
            let places: Vec<_> = sites.iter().map(|site| site.position).collect();
            // A prediction has no radius to change.
            let CoverageRule::Radius { radius_km } = input.rule else { return None };
            if !input.clusters.is_empty() {
                return input
                    .reach()
                    .within(demand, &places, radius_km * factor)
                    .ok()
                    .map(|found| Ok(found.matrix));
            }
            let reach = Radius::from_m(radius_km * 1000.0 * factor).ok()?;
            Some(radius::cover(&villages, &places, reach))
        };
        if matches!(goal, Goal::Reach { .. }) {
            // The sites or the money that the target needs are what is changed.
            bounds.sites = bounds.sites.or(Some(plan.sites.len()));
        }
        let task = Task { options: &bounds, ..task };
        table = stages.run("sensitivity", || sensitivity(task, &chosen, cover))?;
    }
    Ok(Explained { planned, goal, left_out, sensitivity: table, levels, shares })
}

/// SHA-256 of the files as they stand.
pub fn hashes(files: &[PathBuf]) -> anyhow::Result<Vec<InputHash>> {
    let hash = |path: &PathBuf| {
        let bytes = fs::read(path).with_context(|| path.display().to_string())?;
        let mut sha256 = String::new();
        for byte in Sha256::digest(&bytes) {
            write!(sha256, "{byte:02x}")?;
        }
        let file = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned();
        Ok(InputHash { file, sha256 })
    };
    files.iter().map(hash).collect()
}

fn write_files(view: &PlanView<'_>, folder: &Path) -> anyhow::Result<()> {
    write_atomic(&folder.join("plan.json"), |out| write_plan_json(view, out))?;
    write_atomic(&folder.join("plan.csv"), |out| write_plan_csv(view, out))?;
    write_atomic(&folder.join("plan.geojson"), |out| write_plan_geojson(view, out))?;
    write_atomic(&folder.join("curve.csv"), |out| write_curve_csv(view, out))?;
    write_atomic(&folder.join("curve.svg"), |out| write_curve_svg(view, out))?;
    Ok(())
}
