//! `phusong plan --evaluate` under constraints: which of them the registered programme breaks.

use std::collections::BTreeMap;

use anyhow::{anyhow, bail};
use phusong::domain::{Candidate, Carrier, PlannedStation};
use phusong::geodesy::LatLon;
use phusong::study::{
    Belonging, Counted, Evaluation, Judged, Judgement, PlanSection, Progress, Sharing, Unit, as_candidates,
};

use super::args::PlanArgs;
use super::input::Input;
use super::plan_options::one_of;
use super::plan_setup::{FoundLimit, Setup, bind_rules, limits, off_grid_km, register, section};

/// Candidates, then the registered stations that have a position.
pub fn sites(programme: &[PlannedStation], candidates: &[Candidate]) -> Vec<Candidate> {
    candidates.iter().cloned().chain(as_candidates(programme, candidates)).collect()
}

/// Masts of the programme that stand already: they carry backhaul.
pub fn on_air(programme: &[PlannedStation]) -> Vec<LatLon> {
    let there = programme.iter().filter(|station| Progress::of(station) == Progress::OnAir);
    there.filter_map(|station| station.position).collect()
}

/// What is judged.
pub struct ToJudge<'a> {
    pub input: &'a Input,
    pub programme: &'a [PlannedStation],
    pub sites: &'a [Candidate],
    pub evaluation: &'a Evaluation,
    pub sharing: &'a Sharing,
}

/// Judges the programme by every constraint that the command and the study name; with how sites are counted by limits.
pub fn judge(args: &PlanArgs, of: &ToJudge<'_>) -> anyhow::Result<(Vec<Judged>, Counted)> {
    let ToJudge { input, programme, sites, evaluation, sharing } = *of;
    let section = section(input);
    let (demand, gaps) = (&input.demand.villages[..], &input.gaps[..]);
    let judgement = Judgement { programme, sites, evaluation, demand, gaps, sharing };
    let mut setup = Setup { limits: limits(args, &section)?, ..Setup::default() };
    bind_rules(args, (input, sites, None), &on_air(programme), &mut setup)?;
    let mut judged = Vec::new();
    judged.extend(args.sites.map(|most| judgement.sites_at_most(most.get())));
    if let Some(limit) = args.budget {
        judged.push(judgement.budget(limit, |s| cost(args, &section, of, s)));
    }
    judged.extend(judge_limits(args, &section, of, judgement, &setup.limits)?);
    let groups = judgement.by_group();
    if sites.iter().any(|site| site.group.is_some()) {
        judged.push(judgement.at_most_of("group", &groups, 1));
    }
    let station_of: BTreeMap<u32, usize> =
        evaluation.row_of.iter().zip(0..).filter_map(|(row, s)| Some(((*row)?, s))).collect();
    for text in &args.more.one_of {
        let (members, most) = one_of(text, sites, None)?;
        if let Some((row, _)) = members.iter().find(|(row, _)| !station_of.contains_key(row)) {
            let id = sites.get(*row as usize).map_or("", |site| &site.id);
            bail!("--one-of {text}: “{id}” is no station of the programme; use its plan_id");
        }
        let mut stations: Vec<usize> =
            members.iter().filter_map(|(row, _)| station_of.get(row).copied()).collect();
        stations.sort_unstable();
        stations.dedup();
        judged.push(judgement.at_most_of(&format!("--one-of {text}"), &[(String::new(), stations)], most));
    }
    if args.min_distance_km > 0.0 {
        judged.push(judgement.min_distance(args.min_distance_km)?);
    }
    if args.min_villages > 0 {
        judged.push(judgement.min_villages(args.min_villages));
    }
    if args.more.min_people > 0 {
        judged.push(judgement.min_people(args.more.min_people));
    }
    if let Some(backhaul) = &setup.rules.backhaul {
        let hop_km = args.more.hop_km.or(section.hop_km).unwrap_or_default();
        judged.push(judgement.backhaul(&format!("--hop-km {hop_km}"), backhaul));
    }
    Ok((judged, setup.counted))
}

fn judge_limits(
    args: &PlanArgs,
    section: &PlanSection,
    of: &ToJudge<'_>,
    judgement: Judgement<'_>,
    limits: &[FoundLimit],
) -> anyhow::Result<Vec<Judged>> {
    if limits.is_empty() {
        return Ok(Vec::new());
    }
    let ToJudge { input, sites, .. } = *of;
    let (villages, communes) = register(input);
    let off_grid_km = off_grid_km(args, section);
    let belonging = Belonging::new(sites, &input.demand.villages, villages, communes, off_grid_km)?;
    let mut asking: Vec<&Carrier> = input.gaps.iter().filter_map(|gap| gap.carrier.as_ref()).collect();
    asking.sort_unstable();
    asking.dedup();
    let mut judged = Vec::new();
    for FoundLimit { limit, from } in limits {
        if limit.unit == Unit::Carrier {
            let named = limit.name.as_deref().and_then(Carrier::from_name);
            let meant = |carrier: &&Carrier| limit.name.is_none() || Some(*carrier) == named.as_ref();
            let of: Vec<&Carrier> = asking.iter().copied().filter(meant).collect();
            if of.is_empty() {
                anyhow::bail!("{from}: {}", phusong::study::no_such_carrier(limit, &asking));
            }
            judged.push(judgement.carrier_limit(limit, &of));
            continue;
        }
        let rules = belonging.rules(std::slice::from_ref(limit));
        let rules = rules.map_err(|problem| anyhow!("{from}: {problem}"))?;
        judged.push(match limit.villages {
            true => judgement.served_floors(limit, &rules.served),
            false => judgement
                .count_limit(limit, &rules.counts, |row| belonging.is_known(limit.unit, row as usize)),
        });
    }
    Ok(judged)
}

/// The least and the most that a station can cost, million đồng, with what it costs more off the grid: one whose distance to
/// the grid is not known may be off it.
fn cost(
    args: &PlanArgs,
    section: &PlanSection,
    of: &ToJudge<'_>,
    station: usize,
) -> (Option<f64>, Option<f64>) {
    let (cost, grid_km) = match of.evaluation.row_of[station].and_then(|row| of.sites.get(row as usize)) {
        Some(site) => (site.cost_million_vnd, site.grid_distance_km),
        None => (of.programme[station].cost_million_vnd, of.programme[station].grid_distance_km),
    };
    let surcharge = args.more.off_grid_cost.or(section.off_grid_cost_million_vnd).unwrap_or(0.0);
    let may_be_off = grid_km.is_none_or(|km| km > off_grid_km(args, section));
    let least = cost.map(|cost| cost + if may_be_off && grid_km.is_some() { surcharge } else { 0.0 });
    let most = cost.map(|cost| cost + if may_be_off { surcharge } else { 0.0 });
    (least, most)
}
