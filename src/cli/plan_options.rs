//! Rules and limits of a plan as typed → as meant: groups, backhaul, forced sites, budgets.

use std::collections::BTreeMap;

use anyhow::{Context, bail};
use phusong::domain::Candidate;
use phusong::geodesy::{LatLon, Radius};
use phusong::siting::plan::{Budget, CountLimit};
use phusong::study::{PlanSection, backhaul_within, built_places, read_stations};

use super::args::PlanArgs;
use super::input::Input;
use super::plan_args::LeastArg;
use super::plan_setup::{COST_UNIT, Setup, list_year};

/// Pairs of candidates of one group: more are a mistake in the column, and too many to list.
const MAX_GROUP_PAIRS: usize = 10_000_000;

/// A cost above this, million đồng, is a mistake.
pub const MAX_COST_MILLION: f64 = 1e12;

/// Column `group` of the candidates, `--one-of a,b,c` and `--one-of 'a,b,c<=2'`.
pub fn groups(
    args: &PlanArgs,
    candidates: &[Candidate],
    names: &dyn Fn(u32) -> Option<String>,
    setup: &mut Setup,
) -> anyhow::Result<()> {
    let mut named: BTreeMap<&str, Vec<u32>> = BTreeMap::new();
    for (candidate, number) in candidates.iter().zip(0..) {
        if let Some(group) = &candidate.group {
            named.entry(group.as_str()).or_default().push(number);
        }
    }
    let pairs = |members: &Vec<u32>| members.len() * members.len().saturating_sub(1) / 2;
    if named.values().map(pairs).sum::<usize>() > MAX_GROUP_PAIRS {
        let largest = named.iter().max_by_key(|(_, members)| members.len());
        let (name, members) = largest.map(|(name, members)| (*name, members.len())).unwrap_or_default();
        bail!(
            "column group: “{name}” has {members} candidates; a group is a handful of variants of which at most one is \
             built. Leave the cell empty where a candidate is in none, and use --limit for larger parts"
        );
    }
    if !named.is_empty() {
        let members: usize = named.values().map(Vec::len).sum();
        setup.rule_texts.push(format!(
            "at most one of each group of the column group ({} groups, {members} candidates)",
            named.len()
        ));
        setup.options.groups.extend(named.into_values());
    }
    for text in &args.more.one_of {
        let (ids, most) = match text.split_once("<=") {
            Some((ids, most)) => (
                ids,
                most.trim().parse().with_context(|| format!("--one-of {text}: the limit is no number"))?,
            ),
            None => (text.as_str(), 1),
        };
        let ids: Vec<String> = ids.split(',').map(|id| id.trim().to_owned()).collect();
        let members = numbers("--one-of", &ids, candidates, names)?;
        let name = format!("one-of {text}");
        setup.rule_texts.push(name.clone());
        if most == 1 {
            setup.options.groups.push(members);
        } else {
            setup.rules.counts.push(CountLimit { name, members, at_least: 0, at_most: Some(most) });
        }
    }
    Ok(())
}

pub fn backhaul(
    args: &PlanArgs,
    section: &PlanSection,
    (input, candidates): (&Input, &[Candidate]),
    setup: &mut Setup,
) -> anyhow::Result<()> {
    let Some(hop_km) = args.more.hop_km.or(section.hop_km) else { return Ok(()) };
    let hop = Radius::from_m(hop_km * 1000.0).with_context(|| format!("--hop-km {hop_km}"))?;
    let mut masts: Vec<LatLon> = match (&args.more.stations, &input.study) {
        (Some(file), _) => read_stations(file)?.rows.iter().map(|station| station.position).collect(),
        (None, Some(loaded)) => {
            loaded.study.stations.iter().flatten().map(|station| station.position).collect()
        }
        (None, None) => Vec::new(),
    };
    if let (Some(loaded), Some((built, _))) = (&input.study, &setup.built) {
        // What counts as built carries backhaul as well.
        let programme = loaded.study.programme.as_deref().unwrap_or_default();
        let places = built_places(&[], programme, *built, list_year(input));
        masts.extend(places.into_iter().filter_map(|(_, mast)| mast.position));
    }
    if masts.is_empty() {
        bail!("--hop-km: there are no stations to reach; name them with --stations or in the study");
    }
    setup.rules.backhaul = Some(backhaul_within(candidates, &masts, hop, |_, _| true)?);
    setup.rule_texts.push(format!("each site within {hop_km} km of a station or of a site that reaches one"));
    Ok(())
}

/// Million đồng → thousandths of it.
pub fn cost(million: f64) -> Option<u64> {
    (0.0..=MAX_COST_MILLION).contains(&million).then(|| (million * COST_UNIT).round() as u64)
}

/// As typed → as meant.
pub fn options(
    args: &PlanArgs,
    candidates: &[Candidate],
    names: &dyn Fn(u32) -> Option<String>,
    setup: &mut Setup,
) -> anyhow::Result<()> {
    let options = &mut setup.options;
    options.forced_out = numbers("--exclude", &args.exclude, candidates, names)?;
    let targeted = args.more.target.is_some() || args.more.cover_all;
    let by_cost = args.more.least == LeastArg::Cost && targeted;
    if args.budget.is_some() || by_cost || args.more.year.iter().any(|year| year.budget_million_vnd.is_some())
    {
        let limit = match args.budget {
            Some(limit) => cost(limit).with_context(|| format!("--budget {limit}"))?,
            None => (1 << 62) - 1,
        };
        let mut costs = Vec::with_capacity(candidates.len());
        for ((candidate, known), number) in candidates.iter().zip(&setup.costs_million_vnd).zip(0..) {
            match known {
                Some(million) => costs.push(
                    cost(*million)
                        .with_context(|| format!("{}: cost_million_vnd {million}", candidate.id))?,
                ),
                // Missing is not free.
                None => {
                    setup.without_cost += 1;
                    options.forced_out.push(number);
                    costs.push(0);
                }
            }
        }
        options.budget = Some(Budget { costs, limit });
    }
    options.sites = args.sites.map(std::num::NonZeroUsize::get);
    options.forced_in = numbers("--include", &args.include, candidates, names)?;
    options.min_distance_m = args.min_distance_km * 1000.0;
    options.min_villages = args.min_villages;
    options.gap = args.gap;
    options.time = (!args.time.is_zero()).then_some(args.time);
    options.iterations = args.iterations;
    options.seed = args.seed;
    Ok(())
}

/// The candidates that ids name; every one of an id that stands twice, and every builder's of a site, unless the builder
/// is named too (`S0001@Viettel`).
fn numbers(
    flag: &str,
    ids: &[String],
    candidates: &[Candidate],
    names: &dyn Fn(u32) -> Option<String>,
) -> anyhow::Result<Vec<u32>> {
    let mut found = Vec::new();
    for id in ids {
        let before = found.len();
        let is_meant = |(c, number): &(&Candidate, u32)| {
            c.id == *id || (id.contains('@') && names(*number).as_ref() == Some(id))
        };
        found.extend(candidates.iter().zip(0..).filter(is_meant).map(|(_, number)| number));
        if found.len() == before {
            bail!("{flag} {id}: no such candidate");
        }
    }
    Ok(found)
}
