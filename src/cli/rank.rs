//! `phusong rank`

use std::collections::BTreeSet;

use anyhow::{Context, bail};
use phusong::domain::{Candidate, Carrier, Severity};
use phusong::export::{Format, RankingRow, RankingView, RunMeta, ranking_table, write_atomic, write_ranking};
use phusong::finding::{Finding, Level};
use phusong::geodesy::Radius;
use phusong::siting::{Demand, RankBy, RankOptions, Ranking, WEIGHT_UNIT};
use phusong::study::{
    CandidateSource, DEFAULT_RADIUS_KM, DemandFilter, DemandSet, Stages, check_model, demand_of,
    demand_of_villages, load_reconciled, load_tables, rank_sites,
};

use super::args::{ByArg, Global, RankArgs, SeverityArg};
use super::console::Console;
use super::{Outcome, summary, timings};

/// Above this many candidates only the best are written unless the user says how many.
const ALL_UP_TO: usize = 20_000;
/// How many are written then.
const TOP_OF_MANY: usize = 1_000;

/// What is ranked, from a study or from two tables.
struct Input {
    candidates: Vec<Candidate>,
    demand: DemandSet,
    /// Whether lists say who leaves which village without signal.
    has_lists: bool,
    has_weights: bool,
    findings: Vec<Finding>,
    meta: RunMeta,
}

/// Runs the command.
pub fn run(args: RankArgs, global: &Global, console: &Console) -> anyhow::Result<Outcome> {
    let progress = console.progress();
    let mut stages = Stages::with_observer(|stage| progress.stage(stage));
    let input = load(&args, &mut stages, console)?;
    if input.candidates.is_empty() {
        console.say(summary::first_text(&input.findings.iter().collect::<Vec<_>>(), console.lang).trim_end());
        bail!(console.lang.pick(
            "không có vị trí ứng viên nào dùng được; mỗi dòng của tệp ứng viên cần site_id, lat, lon",
            "no usable candidate site; each row of the candidates' file needs site_id, lat, lon"
        ));
    }
    let top = top(&args, input.candidates.len(), console);
    let radius = Radius::from_m(input.meta.radius_km * 1000.0).context("--radius-km")?;
    let options =
        RankOptions { by: by(args.by), dark_first: args.dark_first, top, ..RankOptions::new(radius) };
    let ranking = rank_sites(&input.candidates, &input.demand.villages, &options, &mut stages)?;
    let view = stages.run("export", || view(&input, &ranking));
    stages.run("export", || write_files(&view, &args))?;
    timings::write(&stages, global)?;
    drop(stages);
    drop(progress);
    report(&args, &input, &ranking, &view, console)
}

fn load(args: &RankArgs, stages: &mut Stages<'_>, console: &Console) -> anyhow::Result<Input> {
    match (&args.study, &args.villages, &args.candidates) {
        (Some(study), _, candidates) => {
            let source = candidates.as_deref().map_or(CandidateSource::Study, CandidateSource::File);
            let loaded = load_reconciled(study, source, stages)?;
            let file = &loaded.study.file;
            if args.radius_km.is_none() {
                check_model(file.coverage.model)?;
            }
            let filter = filter(args, &loaded.result.carriers, console)?;
            let demand = demand_of(&loaded.result, &filter);
            let radius_km = args.radius_km.unwrap_or(file.coverage.radius_km);
            let meta = RunMeta {
                study: Some(file.study.name.clone()),
                date: file.study.date.clone(),
                simulated: file.study.simulated,
                note: file.study.note.clone(),
                ..meta(args, radius_km)
            };
            summary::say_study(&file.study, console);
            console.say(&summary::list_table(&loaded.result.lists, console));
            let findings = loaded.study.findings().chain(&loaded.result.findings).cloned().collect();
            let has_weights = loaded.study.villages.iter().any(|v| v.weight.is_some());
            let candidates = loaded.study.candidates;
            Ok(Input { candidates, demand, has_lists: true, has_weights, findings, meta })
        }
        (None, Some(villages), Some(candidates)) => {
            for (set, flag) in [
                (!args.carrier.is_empty(), "--carrier"),
                (args.severity.is_some(), "--severity"),
                (args.dark_first, "--dark-first"),
                (args.by == ByArg::Gaps, "--by gaps"),
            ] {
                if set {
                    bail!(
                        "{flag}: {}",
                        console.lang.pick(
                            "cần danh sách của doanh nghiệp; hãy dùng một study",
                            "needs the carriers' lists; give a study instead of --villages"
                        )
                    );
                }
            }
            let tables = load_tables(villages, candidates, stages)?;
            if tables.villages.is_empty() {
                let findings: Vec<&Finding> = tables.findings.iter().collect();
                console.say(summary::first_text(&findings, console.lang).trim_end());
                bail!(
                    "{}: {}",
                    villages.display(),
                    console.lang.pick(
                        "không có thôn, bản nào dùng được; mỗi dòng cần village_id, lat, lon",
                        "no usable village; each row needs village_id, lat, lon"
                    )
                );
            }
            let mut demand = demand_of_villages(&tables.villages);
            keep_filtered(&mut demand, &tables.villages, args);
            let radius_km = args.radius_km.unwrap_or(DEFAULT_RADIUS_KM);
            let has_weights = tables.villages.iter().any(|v| v.weight.is_some());
            let meta = meta(args, radius_km);
            let findings = tables.findings;
            Ok(Input { candidates: tables.candidates, demand, has_lists: false, has_weights, findings, meta })
        }
        _ => bail!(
            "{}",
            console.lang.pick(
                "cần một study, hoặc --villages cùng với --candidates",
                "give a study, or --villages together with --candidates"
            )
        ),
    }
}

/// `--no-grid-power` and `--hardship` without a study.
fn keep_filtered(demand: &mut DemandSet, villages: &[phusong::domain::Village], args: &RankArgs) {
    if !args.no_grid_power && !args.hardship {
        return;
    }
    let filter = DemandFilter {
        no_grid_power: args.no_grid_power,
        hardship: args.hardship,
        ..DemandFilter::default()
    };
    let mut answers = villages.iter().map(|village| filter.fits(village));
    let mut not_judged = 0;
    demand.villages.retain(|_| {
        let fits = answers.next().unwrap_or(Some(true));
        not_judged += usize::from(fits.is_none());
        fits == Some(true)
    });
    demand.not_judged += not_judged;
    demand.without_position = demand.villages.iter().filter(|v| v.position.is_none()).count();
}

fn filter(args: &RankArgs, reporting: &[Carrier], console: &Console) -> anyhow::Result<DemandFilter> {
    let mut carriers = Vec::new();
    for name in &args.carrier {
        let carrier = Carrier::from_name(name).filter(|c| reporting.contains(c)).with_context(|| {
            let known: Vec<&str> = reporting.iter().map(Carrier::name).collect();
            format!(
                "--carrier {name}: {} {}",
                console.lang.pick(
                    "study không có danh sách của doanh nghiệp này; có:",
                    "no list of this carrier in the study; there are:"
                ),
                known.join(", ")
            )
        })?;
        carriers.push(carrier);
    }
    Ok(DemandFilter {
        carriers,
        severity: args.severity.map(|s| match s {
            SeverityArg::White => Severity::White,
            SeverityArg::Weak => Severity::Weak,
        }),
        no_grid_power: args.no_grid_power,
        hardship: args.hardship,
    })
}

fn by(by: ByArg) -> RankBy {
    match by {
        ByArg::Villages => RankBy::Villages,
        ByArg::Gaps => RankBy::Gaps,
        ByArg::Households => RankBy::Households,
        ByArg::Population => RankBy::Population,
    }
}

fn top(args: &RankArgs, candidates: usize, console: &Console) -> Option<usize> {
    if args.top.is_none() && candidates > ALL_UP_TO {
        console.say(&format!(
            "{} {candidates} {} {TOP_OF_MANY} {}",
            console.lang.pick("Có", "There are"),
            console.lang.pick("vị trí ứng viên; chỉ ghi", "candidate sites; writing the best"),
            console.lang.pick("vị trí đầu (đổi bằng --top N)", "(another number with --top N)"),
        ));
        return Some(TOP_OF_MANY);
    }
    args.top.map(std::num::NonZeroUsize::get)
}

fn meta(args: &RankArgs, radius_km: f64) -> RunMeta {
    let mut filters: Vec<String> = args.carrier.iter().map(|c| format!("carrier {c}")).collect();
    match args.severity {
        Some(SeverityArg::White) => filters.push("severity white".to_owned()),
        Some(SeverityArg::Weak) => filters.push("severity weak".to_owned()),
        None => {}
    }
    for (set, text) in [
        (args.no_grid_power, "no grid power"),
        (args.hardship, "hardship"),
        (args.dark_first, "dark villages first"),
    ] {
        if set {
            filters.push(text.to_owned());
        }
    }
    RunMeta {
        program: "phusong",
        version: env!("CARGO_PKG_VERSION"),
        study: None,
        date: None,
        criterion: format!("a village is served within {radius_km} km (WGS84 geodesic distance <= radius)"),
        model: "radius",
        radius_km,
        ranked_by: by(args.by).key(),
        filters,
        simulated: false,
        note: None,
    }
}

fn view<'a>(input: &'a Input, ranking: &Ranking) -> RankingView<'a> {
    let villages: &'a [Demand] = &input.demand.villages;
    let rows = ranking
        .sites
        .iter()
        .map(|site| {
            let candidate = &input.candidates[site.candidate];
            let mut village_ids: Vec<&'a str> =
                served(ranking, site.candidate).map(|v| villages[v].id.as_str()).collect();
            village_ids.sort_unstable();
            let totals = site.totals;
            RankingRow {
                rank: site.rank as usize,
                site_id: &candidate.id,
                position: candidate.position,
                villages: u64::from(totals.villages),
                gaps: input.has_lists.then_some(totals.gaps),
                dark_villages: input.has_lists.then_some(u64::from(totals.dark_villages)),
                households: totals.households.known,
                population: totals.population.known,
                marginal_villages: site.greedy.map(|g| u64::from(g.marginal_villages)),
                cumulative_villages: site.greedy.map(|g| u64::from(g.cumulative_villages)),
                village_ids,
                greedy_order: site.greedy.map(|g| g.order as usize),
                weight: input.has_weights.then(|| totals.weight_micro as f64 / WEIGHT_UNIT as f64),
                households_unknown: u64::from(totals.households.missing),
                population_unknown: u64::from(totals.population.missing),
                kind: candidate.kind.as_deref(),
                height_m: candidate.height_agl_m,
                grid_distance_km: candidate.grid_distance_km,
                road_distance_km: candidate.road_distance_km,
                cost_million_vnd: candidate.cost_million_vnd,
            }
        })
        .collect();
    RankingView { meta: &input.meta, rows }
}

fn write_files(view: &RankingView<'_>, args: &RankArgs) -> anyhow::Result<()> {
    let formats: BTreeSet<Format> = args.format.iter().map(|f| Format::from(*f)).collect();
    for format in formats {
        let path = args.out.join(format!("ranking.{}", format.extension()));
        write_atomic(&path, |out| write_ranking(view, format, out))?;
    }
    Ok(())
}

fn report(
    args: &RankArgs,
    input: &Input,
    ranking: &Ranking,
    view: &RankingView<'_>,
    console: &Console,
) -> anyhow::Result<Outcome> {
    let lang = console.lang;
    let uncovered = input.demand.villages.len();
    let served = ranking.matrix.villages_served();
    console.say(&format!(
        "{}: {uncovered}; {} {} km: {served} ({} {})",
        lang.pick("Thôn, bản chưa có sóng", "Uncovered villages"),
        lang.pick("có vị trí ứng viên trong bán kính", "with a candidate within"),
        input.meta.radius_km,
        input.candidates.len(),
        lang.pick("vị trí", "candidates"),
    ));
    let gaps = [
        (
            input.demand.without_position,
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
    ];
    for (count, text) in gaps.iter().filter(|(count, _)| *count > 0) {
        console.warn(&format!("{count} {text}"));
    }
    let errors = input.findings.iter().filter(|f| f.rule.level() == Level::Error).count();
    let warnings = input.findings.iter().filter(|f| f.rule.level() == Level::Warning).count();
    if errors + warnings > 0 {
        console.say(&format!(
            "{} {errors} {}, {warnings} {}{}",
            lang.pick("Dữ liệu:", "Data:"),
            lang.pick("lỗi", "errors"),
            lang.pick("cảnh báo", "warnings"),
            if input.has_lists {
                lang.pick(" (xem bằng: phusong reconcile)", " (see them with: phusong reconcile)")
            } else {
                ""
            },
        ));
        if !input.has_lists {
            let all: Vec<&Finding> = input.findings.iter().collect();
            console.say(summary::findings_text(&all, lang).trim_end());
            console.say(summary::first_text(&all, lang).trim_end());
        }
    }
    if args.show > 0 {
        console.out(&(ranking_table(&view.rows, args.show, lang, console.width()) + "\n"))?;
    }
    for format in args.format.iter().map(|f| Format::from(*f)).collect::<BTreeSet<_>>() {
        console.say(&format!("→ {}", args.out.join(format!("ranking.{}", format.extension())).display()));
    }
    let faulty = errors > 0 || gaps.iter().any(|(count, _)| *count > 0);
    Ok(if faulty { Outcome::DataFaults } else { Outcome::Done })
}

/// The villages that a candidate serves, by number; none where its position is not known.
fn served(ranking: &Ranking, candidate: usize) -> impl Iterator<Item = usize> {
    ranking.matrix.row(candidate).unwrap_or_default().into_iter().map(|v| v as usize)
}
