//! `phusong rank`

use std::collections::BTreeSet;

use anyhow::{Context, bail};
use phusong::coverage::predicted::PairState;
use phusong::export::{
    Format, RankingRow, RankingView, left_over, ranking_table, write_atomic, write_ranking,
};
use phusong::finding::{Finding, Level};
use phusong::geodesy::Radius;
use phusong::siting::{Demand, RankOptions, Ranking, WEIGHT_UNIT};
use phusong::study::{Covered, Levels, Stages, cover_candidates, rank_sites};

use super::args::{Global, RankArgs};
use super::console::Console;
use super::input::{self, Asked, Input};
use super::{Outcome, ground, levels, summary, timings};

/// Above this many candidates only the best are written unless the user says how many.
const ALL_UP_TO: usize = 20_000;
/// How many are written then.
const TOP_OF_MANY: usize = 1_000;

/// Runs the command.
pub fn run(args: RankArgs, global: &Global, console: &Console) -> anyhow::Result<Outcome> {
    let progress = console.progress();
    let mut stages = Stages::with_observer(|stage| progress.stage(stage));
    let input = input::load(&Asked::from(&args), &mut stages, console)?;
    let of_study = input.study.as_ref().map(|study| &study.study.file.inputs);
    if args.candidates.is_none() && of_study.is_some_and(|inputs| inputs.candidates.is_none()) {
        bail!(console.lang.pick(
            "study không nêu tệp vị trí ứng viên; thêm candidates = \"TỆP.csv\" vào [inputs], hoặc --candidates TỆP.csv",
            "the study names no candidate sites; add candidates = \"FILE.csv\" under [inputs], or --candidates FILE.csv"
        ));
    }
    if input.candidates.is_empty() {
        console.say(summary::first_text(&input.findings.iter().collect::<Vec<_>>(), console.lang).trim_end());
        bail!(console.lang.pick(
            "không có vị trí ứng viên nào dùng được; mỗi dòng của tệp ứng viên cần site_id, lat, lon",
            "no usable candidate site; each row of the candidates' file needs site_id, lat, lon"
        ));
    }
    let top = top(&args, input.candidates.len(), console);
    let radius = Radius::from_m(input.meta.radius_km.or(input.meta.max_km).unwrap_or_default() * 1000.0)
        .context("--radius-km")?;
    let options =
        RankOptions { by: input::by(args.by), dark_first: args.dark_first, top, ..RankOptions::new(radius) };
    let demand = &input.demand.villages;
    let Covered { matrix, levels, shares } =
        cover_candidates(&input.candidates, demand, input.reach(), "count", &mut stages)?;
    if levels.is_none() && args.compare_radius_km.is_some() {
        bail!(console.lang.pick(
            "--compare-radius-km so dự báo với vòng tròn: cần --model p1812 hoặc itm",
            "--compare-radius-km compares a prediction with a circle: it needs --model p1812 or itm"
        ));
    }
    let ranking = rank_sites(matrix, &input.candidates, demand, &options, &mut stages)?;
    let view = stages.run("export", || view(&input, &ranking, levels.as_ref()));
    stages.run("export", || write_files(&view, &args))?;
    let mut written = Vec::new();
    if let Some(levels) = &levels {
        written = stages.run("export", || levels::write(&input, levels, None, &args.out))?;
    }
    if let Some(shares) = &shares {
        written.push(stages.run("export", || levels::write_shares(&input, shares, &args.out))?);
    }
    timings::write(&stages, global)?;
    drop(stages);
    drop(progress);
    if levels.is_none() {
        let of_predictions = ["levels.csv", "levels.geojson", "level_pairs.csv", "model_vs_circle.csv"];
        summary::say_left_over(&left_over(&args.out, &of_predictions), console);
    }
    let mut gaps = ground::say_clusters(&input.clusters, console);
    if let Some(found) = &levels {
        gaps |= levels::report(&input, found, None, console);
        if let Some(radius_km) = args.compare_radius_km {
            let path = levels::compare_with_circle(&input, found, radius_km, &options, &args.out, console)?;
            written.push(path);
        }
    }
    let outcome = report(&args, &input, &ranking, &view, console)?;
    written.iter().for_each(|path| console.say(&format!("→ {}", path.display())));
    Ok(if gaps { Outcome::DataFaults } else { outcome })
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

fn view<'a>(input: &'a Input, ranking: &Ranking, levels: Option<&Levels>) -> RankingView<'a> {
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
                villages_unknown: levels.map(|levels| {
                    let pairs = levels.predicted.pairs_of(site.candidate).iter();
                    pairs.filter(|pair| pair.state == PairState::Unknown).count() as u64
                }),
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
        match input.meta.radius_km {
            Some(_) => lang.pick("có vị trí ứng viên trong bán kính", "with a candidate within"),
            None =>
                lang.pick("được ít nhất một vị trí ứng viên phủ tới, trong", "served by a candidate within"),
        },
        input.meta.radius_km.or(input.meta.max_km).unwrap_or_default(),
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
