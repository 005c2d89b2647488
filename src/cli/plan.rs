//! `phusong plan`

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use phusong::domain::Candidate;
use phusong::export::{
    Amount, InputHash, PlanAsked, PlanRow, PlanView, sparkline, text_table, write_atomic, write_plan_csv,
    write_plan_geojson, write_plan_json,
};
use phusong::finding::Level;
use phusong::geodesy::Radius;
use phusong::siting::plan::{Budget, Plan, PlanOptions, PlanStatus};
use phusong::study::{Stages, plan_sites};
use sha2::{Digest, Sha256};

use super::args::{Global, PlanArgs};
use super::console::Console;
use super::input::{self, Asked, Input};
use super::{Outcome, summary, timings};

/// The stages whose time is the plan's.
const PLAN_STAGES: [&str; 6] = ["index", "cover", "greedy", "bound", "search", "explain"];
/// Costs and budgets are counted in thousandths of a million đồng.
const COST_UNIT: f64 = 1_000.0;
/// A cost above this, million đồng, is a mistake.
const MAX_COST_MILLION: f64 = 1e12;

/// Runs the command.
pub fn run(args: &PlanArgs, global: &Global, console: &Console) -> anyhow::Result<Outcome> {
    let progress = console.progress();
    let mut stages = Stages::with_observer(|stage| progress.stage(stage));
    let input = input::load(&Asked::from(args), &mut stages, console)?;
    if input.candidates.is_empty() {
        bail!(console.lang.pick(
            "không có vị trí ứng viên nào dùng được; xem cột site_id, lat, lon của tệp ứng viên",
            "no usable candidate site; the candidates' file needs the columns site_id, lat, lon"
        ));
    }
    let inputs = stages.run("hash", || hashes(&input.files))?;
    let radius = Radius::from_m(input.meta.radius_km * 1000.0).context("--radius-km")?;
    let (options, without_cost) = options(args, &input.candidates)?;
    let by = input::by(args.by);
    let plan = plan_sites(&input.candidates, &input.demand.villages, radius, by, &options, &mut stages)?;
    let stage_seconds: BTreeMap<&'static str, f64> = stages
        .list()
        .iter()
        .filter(|stage| PLAN_STAGES.contains(&stage.stage))
        .map(|stage| (stage.stage, stage.wall_s))
        .collect();
    let view = PlanView {
        inputs,
        stage_seconds,
        candidates_without_cost: without_cost,
        ..view(args, &input, &plan)
    };
    let view = PlanView { seconds: view.stage_seconds.values().sum(), ..view };
    stages.run("export", || write_files(&view, &args.out))?;
    timings::write(&stages, global)?;
    drop(stages);
    drop(progress);
    report(args, &input, &plan, &view, console)
}

/// As typed → as meant. Also how many candidates have no cost where there is a budget.
fn options(args: &PlanArgs, candidates: &[Candidate]) -> anyhow::Result<(PlanOptions, usize)> {
    let mut forced_out = numbers("--exclude", &args.exclude, candidates)?;
    let mut budget = None;
    let mut without_cost = 0;
    if let Some(limit) = args.budget {
        let cost = |million: f64| {
            let valid = (0.0..=MAX_COST_MILLION).contains(&million);
            valid.then(|| (million * COST_UNIT).round() as u64)
        };
        let limit = cost(limit).with_context(|| format!("--budget {limit}"))?;
        let mut costs = Vec::with_capacity(candidates.len());
        for (candidate, number) in candidates.iter().zip(0..) {
            match candidate.cost_million_vnd {
                Some(million) => costs.push(
                    cost(million).with_context(|| format!("{}: cost_million_vnd {million}", candidate.id))?,
                ),
                // Missing is not free.
                None => {
                    without_cost += 1;
                    forced_out.push(number);
                    costs.push(0);
                }
            }
        }
        budget = Some(Budget { costs, limit });
    }
    let options = PlanOptions {
        sites: args.sites.map(std::num::NonZeroUsize::get),
        budget,
        forced_in: numbers("--include", &args.include, candidates)?,
        forced_out,
        groups: Vec::new(),
        min_distance_m: args.min_distance_km * 1000.0,
        min_villages: args.min_villages,
        gap: args.gap,
        time: (!args.time.is_zero()).then_some(args.time),
        iterations: args.iterations,
        seed: args.seed,
    };
    Ok((options, without_cost))
}

/// The candidates that ids name; every one of an id that stands twice.
fn numbers(flag: &str, ids: &[String], candidates: &[Candidate]) -> anyhow::Result<Vec<u32>> {
    let mut found = Vec::new();
    for id in ids {
        let before = found.len();
        found.extend(candidates.iter().zip(0..).filter(|(c, _)| c.id == *id).map(|(_, number)| number));
        if found.len() == before {
            bail!("{flag} {id}: no such candidate");
        }
    }
    Ok(found)
}

/// SHA-256 of the files as they stand.
fn hashes(files: &[PathBuf]) -> anyhow::Result<Vec<InputHash>> {
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

fn view<'a>(args: &PlanArgs, input: &'a Input, plan: &Plan) -> PlanView<'a> {
    let candidate = |number: u32| &input.candidates[number as usize];
    let village_id = |&v: &u32| input.demand.villages[v as usize].id.as_str();
    let mut unservable_village_ids: Vec<&str> = plan.unservable.iter().map(village_id).collect();
    unservable_village_ids.sort_unstable();
    let steps: Vec<PlanRow<'a>> = plan
        .sites
        .iter()
        .map(|site| PlanRow {
            order: site.order,
            site_id: &candidate(site.candidate).id,
            position: candidate(site.candidate).position,
            marginal: Amount::from_micro(site.marginal),
            marginal_villages: site.marginal_villages,
            unique: Amount::from_micro(site.unique),
            unique_villages: site.unique_villages,
            cumulative: Amount::from_micro(site.cumulative),
            cumulative_villages: site.cumulative_villages,
            cost_million_vnd: candidate(site.candidate).cost_million_vnd,
        })
        .collect();
    PlanView {
        meta: &input.meta,
        value: Amount::from_micro(plan.value),
        upper_bound: Amount::from_micro(plan.upper_bound),
        gap: plan.gap(),
        status: plan.status.key(),
        sites: steps.iter().map(|row| row.site_id).collect(),
        seconds: 0.0,
        stage_seconds: BTreeMap::new(),
        // The users' weights are a factor on whatever is counted: the value is then no number of villages.
        unit: if input.has_weights { "weight" } else { input.meta.ranked_by },
        greedy_value: Amount::from_micro(plan.greedy_value),
        iterations: plan.iterations,
        parts: plan.parts,
        asked: PlanAsked {
            sites: args.sites.map(std::num::NonZeroUsize::get),
            budget_million_vnd: args.budget,
            include: args.include.clone(),
            exclude: args.exclude.clone(),
            min_villages: args.min_villages,
            min_distance_km: args.min_distance_km,
            time_s: (!args.time.is_zero()).then_some(args.time.as_secs_f64()),
            gap: args.gap,
            iterations: args.iterations,
            seed: args.seed,
        },
        inputs: Vec::new(),
        villages: input.demand.villages.len(),
        unservable_villages: plan.unservable.len(),
        unservable_village_ids,
        villages_without_position: plan.unknown_villages.len(),
        candidates_without_cost: 0,
        cost_million_vnd: steps.iter().map(|row| row.cost_million_vnd).sum(),
        steps,
    }
}

fn write_files(view: &PlanView<'_>, folder: &Path) -> anyhow::Result<()> {
    write_atomic(&folder.join("plan.json"), |out| write_plan_json(view, out))?;
    write_atomic(&folder.join("plan.csv"), |out| write_plan_csv(view, out))?;
    write_atomic(&folder.join("plan.geojson"), |out| write_plan_geojson(view, out))?;
    Ok(())
}

fn report(
    args: &PlanArgs,
    input: &Input,
    plan: &Plan,
    view: &PlanView<'_>,
    console: &Console,
) -> anyhow::Result<Outcome> {
    let lang = console.lang;
    for (count, text) in [
        (
            plan.unknown_villages.len(),
            lang.pick(
                "thôn, bản chưa có sóng không rõ vị trí: không vị trí nào được tính phục vụ",
                "uncovered villages without a position: no site is credited with them",
            ),
        ),
        (
            input.demand.not_judged,
            lang.pick(
                "thôn, bản bị bỏ qua vì không rõ điều mà bộ lọc hỏi",
                "villages left out because what the filter asks is not known of them",
            ),
        ),
        (
            view.candidates_without_cost,
            lang.pick(
                "vị trí không có chi phí: không được chọn khi có --budget",
                "candidates without a cost: not chosen under a --budget",
            ),
        ),
    ] {
        if count > 0 {
            console.warn(&format!("{count} {text}"));
        }
    }
    if !input.has_lists {
        let all: Vec<_> = input.findings.iter().collect();
        if !all.is_empty() {
            console.say(summary::findings_text(&all, lang).trim_end());
        }
    }
    let status = match plan.status {
        PlanStatus::Optimal => lang.pick("đã chứng minh tối ưu", "proven optimal"),
        PlanStatus::GapReached => lang.pick("đã đạt khoảng cách yêu cầu", "the gap asked for is proven"),
        PlanStatus::TimeLimit => lang.pick("hết thời gian hoặc số bước", "time or iterations ran out"),
        PlanStatus::SearchEnded => lang.pick("không còn tìm được gì thêm", "nothing moved any more"),
    };
    console.say(&format!(
        "{}: {} {} ({}), {} {}, {} {:.3} %: {status}; {:.2} s",
        lang.pick("Phương án", "Plan"),
        view.value,
        view.unit,
        sites_text(view.sites.len(), console),
        lang.pick("cận trên", "upper bound"),
        view.upper_bound,
        lang.pick("khoảng cách", "gap"),
        view.gap * 100.0,
        view.seconds,
    ));
    if let Some(asked) = args.sites.filter(|asked| asked.get() > view.sites.len()) {
        console.say(&format!(
            "{} {} {asked}: {}",
            view.sites.len(),
            lang.pick("trên", "of"),
            lang.pick(
                "thêm vị trí nào cũng không được gì, hoặc trái quy định",
                "any further adds nothing or breaks a rule"
            ),
        ));
    }
    console.say(&format!(
        "{}: {} {} {}",
        lang.pick("Không vị trí ứng viên nào phục vụ được", "No candidate can serve"),
        view.unservable_villages,
        lang.pick("trên số thôn, bản có vị trí", "of the villages with a position:"),
        // What has no position is warned of above: nobody can say whether it could be served.
        view.villages.saturating_sub(view.villages_without_position),
    ));
    let curve: Vec<f64> = plan.sites.iter().map(|site| site.cumulative as f64).collect();
    if !curve.is_empty() {
        console.say(&sparkline(&curve, 60));
    }
    if args.show > 0 {
        console.out(&(table(view, args.show, console) + "\n"))?;
    }
    for file in ["plan.json", "plan.csv", "plan.geojson"] {
        console.say(&format!("→ {}", args.out.join(file).display()));
    }
    let errors = input.findings.iter().any(|f| f.rule.level() == Level::Error);
    let gaps =
        !plan.unknown_villages.is_empty() || input.demand.not_judged > 0 || view.candidates_without_cost > 0;
    Ok(if errors || gaps { Outcome::DataFaults } else { Outcome::Done })
}

fn sites_text(count: usize, console: &Console) -> String {
    format!("{count} {}", console.lang.pick("vị trí", if count == 1 { "site" } else { "sites" }))
}

fn table(view: &PlanView<'_>, limit: usize, console: &Console) -> String {
    let lang = console.lang;
    let columns = [
        (lang.pick("Thứ tự", "Order"), true),
        (lang.pick("Vị trí", "Site"), false),
        (lang.pick("Vĩ độ", "Lat"), true),
        (lang.pick("Kinh độ", "Lon"), true),
        (lang.pick("Thêm mới", "Adds"), true),
        (lang.pick("Mất nếu bỏ", "Lost without"), true),
        (lang.pick("Luỹ kế", "Cumulative"), true),
    ];
    let row = |row: &PlanRow<'_>| {
        vec![
            row.order.to_string(),
            row.site_id.to_owned(),
            format!("{:.5}", row.position.lat_deg()),
            format!("{:.5}", row.position.lon_deg()),
            row.marginal.to_string(),
            row.unique.to_string(),
            row.cumulative.to_string(),
        ]
    };
    let rows: Vec<Vec<String>> = view.steps.iter().take(limit).map(row).collect();
    text_table(&columns, &rows, console.width())
}
