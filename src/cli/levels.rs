//! Predicted levels of `rank` and `plan`: their files, and what is said of them.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use phusong::coverage::predicted::{
    Mast, PairState, PredictOptions, ServerLevel, VillageServers, predict, village_servers,
};
use phusong::domain::Carrier;
use phusong::export::{
    CircleRow, LevelRow, PairRow, RunMeta, ServerRow, ShareRow, write_atomic, write_level_pairs,
    write_levels, write_levels_geojson, write_model_vs_circle, write_served_shares,
};
use phusong::lang::Lang;
use phusong::siting::{Demand, RankOptions, Ranking};
use phusong::study::{CoverageRule, DemandGap, Levels, Stages, cover_candidates, rank_sites};

use super::console::Console;
use super::ground;
use super::input::{Input, share_text};

/// Writes `levels.csv`, `levels.geojson`, `level_pairs.csv`: of all candidates, or of those that a plan chose.
pub fn write(
    input: &Input,
    levels: &Levels,
    chosen: Option<&[bool]>,
    folder: &Path,
) -> anyhow::Result<Vec<PathBuf>> {
    let is_shown = |site: usize| chosen.is_none_or(|chosen| chosen[site]);
    let of_chosen = chosen.map(|_| {
        let ids: Vec<&str> = input.candidates.iter().map(|site| site.id.as_str()).collect();
        village_servers(&levels.predicted, &input.reach().places(&input.demand.villages), &ids, is_shown)
    });
    let villages = of_chosen.as_deref().unwrap_or(&levels.villages);
    let rows = rows(input, levels, villages);
    let path = |name: &str| folder.join(name);
    write_atomic(&path("levels.csv"), |out| write_levels(&input.meta, &rows, out))?;
    write_atomic(&path("levels.geojson"), |out| write_levels_geojson(&input.meta, &rows, out))?;
    write_atomic(&path("level_pairs.csv"), |out| {
        write_level_pairs(&input.meta, pairs(input, levels, villages, &is_shown), out)
    })?;
    Ok(["levels.csv", "levels.geojson", "level_pairs.csv"].map(path).to_vec())
}

/// The levels of these sites by the criterion asked for, as far as it is looked: for a plan that counts probabilities too
/// small for it.
pub fn of_chosen(
    input: &Input,
    asked: &PredictOptions,
    chosen: &[bool],
    stages: &mut Stages<'_>,
) -> anyhow::Result<Levels> {
    let options = PredictOptions { whole_distance: true, ..*asked };
    let mast = |(site, chosen): (_, &bool)| {
        let mast = Mast::from(site);
        Mast { position: mast.position.filter(|_| *chosen), ..mast }
    };
    let masts: Vec<Mast<'_>> = input.candidates.iter().zip(chosen).map(mast).collect();
    let places = input.reach().places(&input.demand.villages);
    let predicted = stages.run("cover", || predict(&masts, &places, &input.ground, &options))?;
    let ids: Vec<&str> = input.candidates.iter().map(|site| site.id.as_str()).collect();
    let villages = village_servers(&predicted, &places, &ids, |_| true);
    Ok(Levels { options, predicted, villages })
}

fn rows<'a>(input: &'a Input, levels: &Levels, found: &[VillageServers]) -> Vec<LevelRow<'a>> {
    let server = |server: ServerLevel| {
        // The whole deviation is known already: nothing is left to join to it.
        let verdict = levels.options.budget.judge_with(server.level_dbm, server.sigma_db);
        let id = &input.candidates[server.site].id;
        ServerRow::new(id, server.distance_m, server.level_dbm, verdict.probability, verdict.margin_db)
    };
    let has_clusters = !input.clusters.is_empty();
    let villages = input.demand.villages.iter().zip(found).enumerate();
    villages
        .map(|(number, (village, found))| {
            let existing = input.existing.as_ref().map(|rows| &rows[number]);
            LevelRow {
                village_id: &village.id,
                position: village.position,
                state: found.state(village.position.is_some()).key(),
                served_by: found.served_by,
                best: found.best.map(server),
                second: found.second.map(server),
                known_paths: found.known_paths,
                unknown_paths: found.unknown_paths,
                served_share: has_clusters.then_some(found.served_share),
                bridged: found.best.is_some_and(|best| best.bridged),
                second_opinion_dbm: found.best.map(|b| b.second_level_dbm).filter(|level| !level.is_nan()),
                second_opinion_agrees: found.best.and_then(|best| best.second_agrees),
                existing_served: existing.map(|row| row.served().map(Carrier::name).collect()),
                existing_level_dbm: existing.and_then(|row| Some(row.best()?.0)),
                existing_station: existing.and_then(|row| Some(row.best()?.1)),
            }
        })
        .collect()
}

/// Every pair that is served or unknown, those that the second model alone serves, and the best two of each village whatever
/// they are: by village, then site.
fn pairs<'a>(
    input: &'a Input,
    levels: &'a Levels,
    villages: &[VillageServers],
    is_shown: &dyn Fn(usize) -> bool,
) -> impl Iterator<Item = PairRow<'a>> {
    let has_clusters = !input.clusters.is_empty();
    let mut shown: Vec<_> = levels
        .predicted
        .pairs()
        .filter(|(site, _)| is_shown(*site))
        .filter(|(site, pair)| {
            let found = &villages[pair.village as usize];
            let among_best = [found.best, found.second].iter().flatten().any(|best| best.site == *site);
            pair.state != PairState::NotServed || among_best || pair.second_agrees == Some(false)
        })
        .collect();
    shown.sort_by_key(|(site, pair)| (pair.village, *site));
    shown.into_iter().map(move |(site, pair)| {
        let verdict = levels.options.budget.judge_with(pair.level_dbm, pair.sigma_db);
        let known = pair.state != PairState::Unknown;
        PairRow {
            village_id: &input.demand.villages[pair.village as usize].id,
            site_id: &input.candidates[site].id,
            state: pair.state.key(),
            distance_km: pair.distance_m / 1000.0,
            level: known.then_some((verdict.level_dbm, verdict.probability, verdict.margin_db)),
            served_share: has_clusters.then_some(pair.served_share),
            bridged: pair.bridged,
            second_opinion_dbm: Some(pair.second_level_dbm).filter(|level| !level.is_nan()),
            second_opinion_agrees: pair.second_agrees,
            served_by_models: served_by_models(levels, pair.state, pair.second_agrees),
        }
    })
}

/// The models that serve a pair, where the state is known.
fn served_by_models(levels: &Levels, state: PairState, agrees: Option<bool>) -> Vec<&'static str> {
    let first = state == PairState::Served;
    let second = match (state, agrees) {
        (PairState::Unknown, _) | (_, None) => false,
        (_, Some(agrees)) => first == agrees,
    };
    let second = levels.options.second.filter(|_| second).map(|second| second.0.key());
    first.then(|| levels.options.model.key()).into_iter().chain(second).collect()
}

/// Writes `served_shares.csv`: by radius, what share of each village's households the best candidate has within it.
pub fn write_shares(input: &Input, shares: &[Option<(u32, f64)>], folder: &Path) -> anyhow::Result<PathBuf> {
    let path = folder.join("served_shares.csv");
    let row = |(village, best): (&Demand, &Option<(u32, f64)>)| ShareRow {
        village_id: village.id.clone(),
        site_id: best.map(|(site, _)| input.candidates[site as usize].id.clone()),
        share: best.map_or(0.0, |(_, share)| share),
        served: best.is_some_and(|(_, share)| share >= input.served_share - 1e-6),
    };
    let rows: Vec<ShareRow> = input.demand.villages.iter().zip(shares).map(row).collect();
    write_atomic(&path, |out| write_served_shares(&input.meta, &rows, out))?;
    Ok(path)
}

/// Says what the levels rest on; whether there are gaps in the data behind them.
///
/// `partial`: villages count by probability from this one on, which is what the paths are counted by; the criterion is the
/// one asked for all the same, as in the files.
pub fn report(input: &Input, levels: &Levels, partial: Option<f64>, console: &Console) -> bool {
    let lang = console.lang;
    let asked = match &input.rule {
        CoverageRule::Predicted(asked) => asked,
        CoverageRule::Radius { .. } => &levels.options,
    };
    let mut criterion = asked.criterion_in(lang);
    if !input.clusters.is_empty() {
        criterion = format!("{criterion}; {}", share_text(input.served_share, lang));
    }
    if let Some(least) = partial {
        criterion = format!("{criterion}; {}", partial_text(least, lang));
    }
    console.say(&criterion);
    let counts = levels.predicted.counts();
    let by = partial.map(|least| format!(" ({} {least})", lang.pick("từ xác suất", "from a probability of")));
    console.say(&format!(
        "{}{}: {} {}, {} {}, {} {}",
        lang.pick("Tuyến đã tính", "Paths predicted"),
        by.unwrap_or_default(),
        counts.served,
        lang.pick("đủ sóng", "served"),
        counts.not_served,
        lang.pick("không đủ", "not served"),
        counts.unknown,
        lang.pick("không rõ", "unknown"),
    ));
    if levels.options.second.is_some() {
        console.say(&format!(
            "{}: {}",
            lang.pick(
                "Tuyến của mọi vị trí ứng viên mà mô hình thứ hai cho kết quả khác (cột served_by_models của level_pairs.csv)",
                "Paths of all candidates on which the second model disagrees (column served_by_models of level_pairs.csv)"
            ),
            counts.disagree
        ));
    }
    let assumed = levels.predicted.assumed_heights;
    if assumed > 0 {
        console.say(&format!(
            "{assumed} {} {} m",
            lang.pick("vị trí không ghi chiều cao cột, lấy", "candidates without a mast height, taken as"),
            levels.options.mast_height_m
        ));
    }
    let predicted = &levels.predicted;
    if predicted.own_antennas > 0 {
        console.say(&format!(
            "{} {}",
            predicted.own_antennas,
            lang.pick(
                "vị trí có anten riêng theo bảng; các vị trí khác theo study",
                "sites have antennas of their own in the table; the others are as in the study"
            )
        ));
    }
    if predicted.other_generation > 0 {
        console.warn(&format!(
            "{} {} ({})",
            predicted.other_generation,
            lang.pick(
                "vị trí chỉ có anten của thế hệ mạng khác: không phục vụ ai theo tiêu chí này",
                "sites have antennas of another generation only: by this criterion they serve nobody"
            ),
            levels.options.budget.options().technology.level_name(),
        ));
    }
    let unknown_villages = levels
        .villages
        .iter()
        .zip(&input.demand.villages)
        .filter(|(found, village)| village.position.is_some() && found.state(true) == PairState::Unknown);
    let unknown_villages = unknown_villages.count();
    let mut gaps = ground::say_gaps(&counts, "", console);
    if counts.unknown > 0 {
        console.warn(&format!(
            "{unknown_villages} {}",
            lang.pick("thôn, bản vì thế không rõ", "villages are unknown for that reason"),
        ));
    }
    gaps |= ground::say(&input.ground, &levels.options, console);
    if let Some(counts) = &input.existing_counts {
        let whose = lang.pick("của trạm hiện có", "of existing stations");
        gaps |= ground::say_gaps(counts, whose, console);
    }
    if let Some(existing) = &input.existing {
        // Of the gaps that are asked for: not those that a filter or what is built takes out.
        let is_served = |gap: &&DemandGap| {
            let row = existing.get(gap.village as usize);
            row.is_some_and(|row| row.served().any(|own| gap.carrier.as_ref() == Some(own)))
        };
        let served = input.gaps.iter().filter(is_served).count();
        let left_out = input.demand.subtracted_gaps;
        if served > 0 {
            console.say(&format!(
                "{served} {}",
                lang.pick(
                    "mục báo lõm còn tính ở đây mà trạm hiện có của chính doanh nghiệp được dự báo là phủ tới (cột \
                     existing_served); vẫn tính, trừ khi dùng --subtract-existing",
                    "reported gaps asked for here that the carrier's own stations are predicted to serve (column \
                     existing_served); they count all the same unless --subtract-existing is given"
                )
            ));
        }
        if left_out > 0 {
            console.say(&format!(
                "{left_out} {}",
                lang.pick(
                    "mục báo lõm được bỏ ra vì trạm hiện có của doanh nghiệp được dự báo là phủ tới",
                    "reported gaps left out because the carrier's own stations are predicted to serve them"
                )
            ));
        }
    }
    gaps
}

/// What a criterion says beside itself where villages count by probability.
pub fn partial_text(least: f64, lang: Lang) -> String {
    match lang {
        Lang::En => format!(
            "in values a village counts with the probability of its best site, in whole percent, from {least} on"
        ),
        Lang::Vi => format!(
            "trong giá trị, thôn, bản tính theo xác suất của vị trí tốt nhất, phần trăm nguyên, từ {least} trở lên"
        ),
    }
}

/// Writes `model_vs_circle.csv`: what prediction changes against a circle; says the totals.
pub fn compare_with_circle(
    input: &Input,
    levels: &Levels,
    radius_km: f64,
    options: &RankOptions,
    folder: &Path,
    console: &Console,
) -> anyhow::Result<PathBuf> {
    let rule = CoverageRule::Radius { radius_km };
    let mut stages = Stages::default();
    let demand = &input.demand.villages;
    let reach = phusong::study::Reach { rule: &rule, ..input.reach() };
    let circle = cover_candidates(&input.candidates, demand, reach, "cover", &mut stages)?.matrix;
    let all = RankOptions { top: None, greedy_sites: Some(0), ..*options };
    let predicted = levels.predicted.matrix.clone();
    let predicted = rank_sites(predicted, &input.candidates, demand, &all, &mut stages)?;
    let circle = rank_sites(circle, &input.candidates, demand, &all, &mut stages)?;
    let mut place = vec![None; input.candidates.len()];
    for site in &predicted.sites {
        place[site.candidate] = Some(site.rank as usize);
    }
    let rows: Vec<CircleRow<'_>> = circle
        .sites
        .iter()
        .map(|site| circle_row(input, levels, (&predicted, &circle), site.candidate, site.rank, &place))
        .collect();
    let path = folder.join("model_vs_circle.csv");
    let meta: &RunMeta = &input.meta;
    write_atomic(&path, |out| write_model_vs_circle(meta, radius_km, &rows, out))?;
    let lang = console.lang;
    let pairs = |of: fn(&CircleRow<'_>) -> usize| rows.iter().map(of).sum::<usize>();
    let reached = |ranking: &Ranking| ranking.matrix.villages_served();
    console.say(&format!(
        "{} {radius_km} km: {} {} {} {}; {} {}, {} {}, {} {}",
        lang.pick("So với vòng tròn", "Against the circle of"),
        reached(&circle),
        lang.pick("thôn, bản theo vòng tròn,", "villages by the circle,"),
        reached(&predicted),
        lang.pick("theo dự báo", "by prediction"),
        pairs(|row| row.hidden.len()),
        lang.pick("cặp bị núi che", "pairs hidden by terrain or distance loss"),
        pairs(|row| row.beyond.len()),
        lang.pick("cặp ngoài vòng tròn nhưng có sóng", "pairs served beyond the circle"),
        pairs(|row| row.unknown.len()),
        lang.pick("cặp không rõ", "pairs unknown"),
    ));
    Ok(path)
}

fn circle_row<'a>(
    input: &'a Input,
    levels: &Levels,
    (predicted, circle): (&Ranking, &Ranking),
    candidate: usize,
    rank_circle: u32,
    place: &[Option<usize>],
) -> CircleRow<'a> {
    let served: Option<BTreeSet<u32>> = predicted.matrix.row(candidate).map(|row| row.into_iter().collect());
    let within: BTreeSet<u32> = circle.matrix.row(candidate).unwrap_or_default().into_iter().collect();
    let unknown: BTreeSet<u32> = levels
        .predicted
        .pairs_of(candidate)
        .iter()
        .filter(|pair| pair.state == PairState::Unknown)
        .map(|pair| pair.village)
        .collect();
    let known = served.clone().unwrap_or_default();
    let ids = |villages: &mut dyn Iterator<Item = u32>| {
        let mut ids: Vec<&str> = villages.map(|v| input.demand.villages[v as usize].id.as_str()).collect();
        ids.sort_unstable();
        ids
    };
    CircleRow {
        site_id: &input.candidates[candidate].id,
        rank_predicted: place[candidate],
        rank_circle: rank_circle as usize,
        villages_predicted: served.as_ref().map(|row| row.len() as u64),
        villages_circle: within.len() as u64,
        hidden: ids(&mut within.iter().copied().filter(|v| !known.contains(v) && !unknown.contains(v))),
        beyond: ids(&mut known.difference(&within).copied()),
        unknown: ids(&mut within.intersection(&unknown).copied()),
    }
}
