//! `phusong plan`

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
use phusong::siting::plan::{LeftOut, PlanError, PlanOptions, left_out};
use phusong::study::{
    CoverageRule, Covered, Goal, Planned, Reach, Sensitivity, Stages, Task, cover_candidates, sensitivity,
    solve,
};
use sha2::{Digest, Sha256};

use super::args::{Global, PlanArgs};
use super::console::Console;
use super::input::{self, Asked, Input};
use super::plan_setup::{self, Setup};
use super::{Outcome, ground, levels, plan_evaluate, plan_pieces, plan_report, plan_view, timings};

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
    /// By site of the plan, the carriers that it is built for.
    pub carriers: Vec<Vec<String>>,
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
    if let Some((_, rule)) = &setup.partial {
        input.meta.criterion = format!(
            "{}; a village counts with the probability of its best site, in whole percent",
            rule.criterion()
        );
    }
    let explained = explained(args, &input, &mut setup, &mut stages)?;
    let of_plan = stages.list().iter().filter(|stage| PLAN_STAGES.contains(&stage.stage));
    let seconds = of_plan.map(|stage| stage.wall_s).sum();
    let view = PlanView { inputs, seconds, ..plan_view::view(args, &input, &setup, &explained) };
    stages.run("export", || write_files(&view, &args.out))?;
    let mut written = Vec::new();
    if let Some(levels) = &explained.levels {
        let chosen = chosen_sites(&explained, &setup, &input);
        written = stages.run("export", || levels::write(&input, levels, Some(&chosen), &args.out))?;
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
    if !written.is_empty() {
        console.say(console.lang.pick(
            "levels.csv, levels.geojson, level_pairs.csv: chỉ từ các vị trí được chọn (rank ghi của mọi vị trí ứng viên)",
            "levels.csv, levels.geojson, level_pairs.csv: from the chosen sites only (rank writes those of all candidates)",
        ));
    }
    written.iter().for_each(|path| console.say(&format!("→ {}", path.display())));
    Ok(if gaps { Outcome::DataFaults } else { outcome })
}

/// By site of the candidates' table, whether the plan builds on it.
fn chosen_sites(explained: &Explained, setup: &Setup, input: &Input) -> Vec<bool> {
    let mut chosen = vec![false; input.candidates.len()];
    for site in &explained.planned.ruled.plan.sites {
        let of = setup.builds.as_ref().map_or(site.candidate, |b| b.of[site.candidate as usize].site);
        chosen[of as usize] = true;
    }
    chosen
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
    let rule = setup.partial.as_ref().map_or(&input.rule, |(_, rule)| rule);
    let Covered { matrix, levels, shares } =
        cover_candidates(&input.candidates, demand, Reach { rule, ..input.reach() }, "cover", stages)?;
    let cut = match setup.builds.take() {
        Some(builds) => {
            let cut =
                stages.run("cover", || plan_pieces::cut_up(&matrix, levels.as_ref(), &builds, input, setup));
            setup.builds = Some(builds);
            Some(cut?)
        }
        None => None,
    };
    let matrix = cut.as_ref().map_or(matrix, |cut| cut.pieces.matrix.clone());
    plan_pieces::limit_carriers(&matrix, cut.as_ref(), input, setup)?;
    plan_setup::leave_out_few_people(args.more.min_people, &matrix, input, setup);
    let goal = plan_setup::goal(args, &matrix, setup)?;
    let sites: Vec<Site<'_>> = setup.candidates(input).iter().map(Site::from).collect();
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
    if let (Some(cut), Some(builds)) = (&cut, &setup.builds) {
        // Nothing is written whose numbers the villages themselves do not give.
        let plans = planned.years.iter().map(|year| &year.plan).chain([plan]);
        if let Some(broken) = plans.flat_map(|plan| cut.check(builds, plan)).next() {
            return Err(PlanError::Broken(broken.to_string()).into());
        }
    }
    let carriers = plan_pieces::carriers_of(&plan.sites, &matrix, input, setup);
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
            let places: Vec<_> = input.candidates.iter().map(|site| Some(site.position)).collect();
            // A prediction has no radius to change.
            let CoverageRule::Radius { radius_km } = input.rule else { return None };
            let matrix = if input.clusters.is_empty() {
                radius::cover(&villages, &places, Radius::from_m(radius_km * 1000.0 * factor).ok()?)
            } else {
                Ok(input.reach().within(demand, &places, radius_km * factor).ok()?.matrix)
            };
            let Some(builds) = &setup.builds else { return Some(matrix) };
            // By yes and no the pieces are the same whatever the radius is.
            let cut = |matrix| plan_pieces::cut_up(&matrix, None, builds, input, setup);
            Some(Ok(cut(matrix.ok()?).ok()?.pieces.matrix))
        };
        if matches!(goal, Goal::Reach { .. }) {
            // The sites or the money that the target needs are what is changed.
            bounds.sites = bounds.sites.or(Some(plan.sites.len()));
        }
        let task = Task { options: &bounds, ..task };
        table = stages.run("sensitivity", || sensitivity(task, &chosen, cover))?;
    }
    Ok(Explained { planned, goal, left_out, sensitivity: table, levels, carriers, shares })
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
