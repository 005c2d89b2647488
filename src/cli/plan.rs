//! `phusong plan`

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use phusong::export::{
    InputHash, PlanView, write_atomic, write_curve_csv, write_curve_svg, write_plan_csv, write_plan_geojson,
    write_plan_json,
};
use phusong::siting::Site;
use phusong::siting::plan::{LeftOut, PlanError, PlanOptions, left_out, limited};
use phusong::study::{
    CoverageRule, Covered, Goal, Planned, Reach, Sensitivity, Stages, Task, cover_candidates, solve,
    solve_by_highs,
};
use sha2::{Digest, Sha256};

use super::args::{Global, PlanArgs};
use super::console::Console;
use super::input::{self, Asked, Input};
use super::plan_args::SolverArg;
use super::plan_setup::{self, Setup};
use super::{
    Outcome, ground, levels, plan_evaluate, plan_evaluate_report, plan_goal, plan_pieces, plan_refuse,
    plan_report, plan_sensitivity, plan_view, timings,
};

/// The stages whose time is the plan's.
const PLAN_STAGES: [&str; 6] = ["index", "cover", "greedy", "bound", "search", "explain"];

/// A plan and what explains it.
pub struct Explained {
    pub planned: Planned,
    pub goal: Goal,
    pub left_out: Vec<LeftOut>,
    pub sensitivity: Vec<Sensitivity>,
    /// What the table of sensitivity starts from.
    pub bounds: PlanOptions,
    /// The levels, where they were predicted.
    pub levels: Option<phusong::study::Levels>,
    /// By site of the plan, the carriers that it is built for.
    pub carriers: Vec<Vec<String>>,
    /// The share of each village that its best candidate serves, by radius where there are clusters.
    pub shares: Option<Vec<Option<(u32, f64)>>>,
}

/// Runs the command.
pub fn run(args: &PlanArgs, global: &Global, console: &Console) -> anyhow::Result<Outcome> {
    if args.more.evaluate.is_some() {
        plan_refuse::refuse_what_does_not_apply(args)?;
    }
    solver_is_there(args)?;
    let progress = console.progress();
    let mut stages = Stages::with_observer(|stage| progress.stage(stage));
    let mut input = input::load(&Asked::from(args), &mut stages, console)?;
    if args.more.evaluate.is_some() {
        let found = plan_evaluate::evaluate_programme(args, &mut input, &mut stages)?;
        timings::write(&stages, global)?;
        drop(stages);
        drop(progress);
        return plan_evaluate_report::report(args, &input, &found, console);
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
    if let Some((least, _)) = &setup.partial {
        // Beside what it says already: who is counted as served, and for which share of the households.
        let text = levels::partial_text(*least, phusong::lang::Lang::En);
        input.meta.criterion = format!("{}; {text}", input.meta.criterion);
    }
    let explained = explained(args, &input, &mut setup, &mut stages)?;
    let of_plan = stages.list().iter().filter(|stage| PLAN_STAGES.contains(&stage.stage));
    let seconds = of_plan.map(|stage| stage.wall_s).sum();
    let view = PlanView { inputs, seconds, ..plan_view::view(args, &input, &setup, &explained) };
    stages.run("export", || write_files(&view, &args.out))?;
    let mut written = Vec::new();
    if let Some(levels) = &explained.levels {
        let chosen = chosen_sites(&explained, &setup, &input);
        let asked = match &input.rule {
            CoverageRule::Predicted(asked) if setup.partial.is_some() => {
                Some(levels::of_chosen(&input, asked, &chosen, &mut stages)?)
            }
            _ => None,
        };
        let levels = asked.as_ref().unwrap_or(levels);
        written = stages.run("export", || levels::write(&input, levels, Some(&chosen), &args.out))?;
    }
    if let Some(shares) = &explained.shares {
        written.push(stages.run("export", || levels::write_shares(&input, shares, &args.out))?);
    }
    timings::write(&stages, global)?;
    drop(stages);
    drop(progress);
    let mut gaps = ground::say_clusters(&input.clusters, console);
    let partial = setup.partial.as_ref().map(|(least, _)| *least);
    gaps |= explained.levels.as_ref().is_some_and(|levels| levels::report(&input, levels, partial, console));
    if let Some((_, effect)) = &setup.built {
        let whose = console.lang.pick("của trạm coi như đã xây", "of stations counted as built");
        gaps |= ground::say_gaps(&effect.counts, whose, console);
    }
    let outcome = plan_report::report(args, &input, &setup, &explained.planned.ruled.plan, &view, console)?;
    if explained.levels.is_some() {
        console.say(console.lang.pick(
            "levels.csv, levels.geojson, level_pairs.csv: chỉ từ các vị trí được chọn (rank ghi của mọi vị trí ứng viên)",
            "levels.csv, levels.geojson, level_pairs.csv: from the chosen sites only (rank writes those of all candidates)",
        ));
    }
    written.iter().for_each(|path| console.say(&format!("→ {}", path.display())));
    Ok(if gaps { Outcome::DataFaults } else { outcome })
}

/// Says at once what a solver cannot do, not after everything was read and predicted.
fn solver_is_there(args: &PlanArgs) -> Result<(), PlanError> {
    let asked = args.more.target.is_some() || args.more.cover_all;
    match args.more.solver {
        SolverArg::Own => Ok(()),
        SolverArg::Highs if !cfg!(feature = "highs") => Err(PlanError::NoHighs),
        SolverArg::Highs if asked => Err(PlanError::NotForHighs("targets")),
        SolverArg::Highs if !args.more.year.is_empty() => Err(PlanError::NotForHighs("years")),
        SolverArg::Highs if args.more.hop_km.is_some() => Err(PlanError::NotForHighs("backhaul")),
        SolverArg::Highs => Ok(()),
    }
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
    let rule = setup.partial.as_ref().map_or(&input.rule, |(_, rule)| rule);
    let reach = Reach { rule, ..input.reach() };
    let Covered { matrix: reached, levels, shares } =
        cover_candidates(&input.candidates, &input.demand.villages, reach, "cover", stages)?;
    let limits = setup.take_limits();
    let found = (&reached, levels.as_ref());
    let bound =
        stages.run("cover", || plan_pieces::bind(args.more.min_people, found, &limits, input, setup))?;
    let cut = setup.apply(bound);
    let matrix = cut.as_ref().map_or(&reached, |cut| &cut.pieces.matrix);
    let goal = plan_goal::goal(args, matrix, setup)?;
    let sites: Vec<Site<'_>> = setup.candidates(input).iter().map(Site::from).collect();
    let left = setup.options.time.map(|time| time.saturating_sub(start.elapsed()));
    let options = PlanOptions { time: left, ..setup.options.clone() };
    let (weights, rules) = (&setup.weights[..], &setup.rules);
    let task = Task { matrix, weights, sites: &sites, options: &options, rules };
    let planned = match args.more.solver {
        SolverArg::Own => solve(task, &goal, stages),
        SolverArg::Highs => solve_by_highs(task, &goal, stages),
    };
    let planned = planned.map_err(|error| plan_goal::explain_error(error, matrix, &sites, setup))?;
    let plan = &planned.ruled.plan;
    if let (Some(cut), Some(builds)) = (&cut, &setup.builds) {
        // Nothing is written whose numbers the villages themselves do not give.
        let plans = planned.years.iter().map(|year| &year.plan).chain([plan]);
        if let Some(broken) = plans.flat_map(|plan| cut.check(builds, plan)).next() {
            return Err(PlanError::Broken(broken.to_string()).into());
        }
    }
    let carriers = plan_pieces::carriers_of(&plan.sites, &reached, input, setup);
    let chosen: Vec<u32> = plan.sites.iter().map(|site| site.candidate).collect();
    // What bound the plan: over years these are not the limits that were typed.
    let mut bounds = match &goal {
        Goal::Years(phases) => limited(&setup.options, phases),
        _ => setup.options.clone(),
    };
    let left_out =
        stages.run("reasons", || left_out(matrix, weights, &sites, &bounds, rules, plan, args.more.left_out));
    let mut table = Vec::new();
    plan_sensitivity::bind_to_plan(&mut bounds, &goal, &chosen);
    if args.more.sensitivity {
        let task = Task { options: &bounds, ..task };
        let of = (input, &*setup);
        table = plan_sensitivity::table(args.more.min_people, task, &chosen, &limits, of, stages)?;
    }
    Ok(Explained { planned, goal, left_out, sensitivity: table, bounds, levels, carriers, shares })
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
