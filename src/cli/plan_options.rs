//! Rules and limits of a plan as typed → as meant: groups, backhaul, forced sites, budgets.

use std::collections::BTreeMap;

use anyhow::{Context, anyhow, bail};
use phusong::domain::Candidate;
use phusong::geodesy::{LatLon, Radius};
use phusong::siting::plan::{Budget, CountLimit};
use phusong::study::{Builds, PlanSection, backhaul_within, built_places, read_stations};

use super::args::PlanArgs;
use super::input::Input;
use super::plan_args::LeastArg;
use super::plan_setup::{COST_UNIT, Setup, list_year};

/// Pairs of candidates of one group: more are a mistake in the column, and too many to list.
const MAX_GROUP_PAIRS: usize = 10_000_000;
/// The same where carriers build apart: each pair is a group of its own then.
const MAX_BUILD_PAIRS: usize = 1_000_000;

/// Limits that one `--one-of` may become where carriers build apart.
const MAX_CHOICES: usize = 5_000;

/// Nobody is farther away than this, km.
const HALF_ROUND_KM: f64 = 20_000.0;

/// A cost above this, million đồng, is a mistake.
pub const MAX_COST_MILLION: f64 = 1e12;

/// Column `group` of the candidates, `--one-of a,b,c` and `--one-of 'a,b,c<=2'`. A group is of sites: carriers that build
/// each their own on one mast do not exclude each other, unless the builds are named (`S0001@Viettel`).
pub fn groups(
    args: &PlanArgs,
    candidates: &[Candidate],
    builds: Option<&Builds>,
    setup: &mut Setup,
) -> anyhow::Result<()> {
    let apart = builds.filter(|builds| builds.builders.len() > 1);
    let named = column_groups(candidates, apart.is_some())?;
    if !named.is_empty() {
        let builders = builds.map_or(1, |builds| builds.builders.len().max(1));
        let members = named.iter().map(Vec::len).sum::<usize>() / builders;
        setup.rule_texts.push(format!(
            "at most one of each group of the column group ({} groups, {members} candidates)",
            named.len()
        ));
        for members in named {
            let members: Vec<(u32, bool)> = members.into_iter().map(|member| (member, false)).collect();
            exclude_each_other(&members, apart, &mut setup.options.groups);
        }
    }
    for text in &args.more.one_of {
        let name = format!("one-of {text}");
        let (members, most) = one_of(text, candidates, builds)?;
        setup.rule_texts.push(name.clone());
        if most == 1 {
            exclude_each_other(&members, apart, &mut setup.options.groups);
        } else {
            let Some(limits) = at_most_of(&name, &units(&members, apart), most) else {
                bail!(
                    "--one-of {text}: carriers build each their own here, and at most {most} of so many sites are more \
                     combinations than can be planned; name fewer sites, or builds as ID@CARRIER"
                );
            };
            setup.rules.counts.extend(limits);
        }
    }
    Ok(())
}

/// `--one-of a,b,c<=2`: the candidates, each once, with whether it is named as a build; and how many of them there may be.
pub fn one_of(
    text: &str,
    candidates: &[Candidate],
    builds: Option<&Builds>,
) -> anyhow::Result<(Vec<(u32, bool)>, usize)> {
    let (ids, most) = match text.split_once("<=") {
        Some((ids, most)) => (
            ids,
            most.trim()
                .parse()
                .map_err(|_| anyhow!("--one-of {text}: write ID,ID,… or ID,ID,…<=K with a whole number K"))?,
        ),
        None => (text, 1),
    };
    let mut members: Vec<(u32, bool)> = Vec::new();
    for id in ids.split(',').map(|id| id.trim().to_owned()) {
        let build = id.contains('@');
        let found = numbers("--one-of", &[id], candidates, builds)?;
        members.extend(found.into_iter().map(|member| (member, build)));
    }
    // Who is named twice counts once.
    members.sort_unstable();
    members.dedup_by_key(|(member, _)| *member);
    Ok((members, most))
}

/// What `--one-of` counts: a site with all who may build on it once, a build that is named as such by itself.
fn units(members: &[(u32, bool)], apart: Option<&Builds>) -> Vec<Vec<u32>> {
    let site = |member: u32| apart.map_or(member, |builds| builds.of[member as usize].site);
    let mut sites: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
    for &(member, _) in members.iter().filter(|(_, named)| !named) {
        sites.entry(site(member)).or_default().push(member);
    }
    let named = members.iter().filter(|(member, named)| *named && !sites.contains_key(&site(*member)));
    let alone: Vec<Vec<u32>> = named.map(|(member, _)| vec![*member]).collect();
    sites.into_values().chain(alone).collect()
}

/// At most so many of these units, as limits on candidates. A unit of several candidates is taken where any of them is: a plan
/// that takes one unit too many holds one candidate of each of `most + 1` units, and each such choice is a limit. `None` where
/// these are too many.
fn at_most_of(name: &str, units: &[Vec<u32>], most: usize) -> Option<Vec<CountLimit>> {
    if most >= units.len() {
        return Some(Vec::new());
    }
    let limit =
        |members: Vec<u32>| CountLimit { name: name.to_owned(), members, at_least: 0, at_most: Some(most) };
    if most == 0 || units.iter().all(|unit| unit.len() == 1) {
        return Some(vec![limit(units.concat())]);
    }
    // Choices of one candidate each of some units, the units ascending: (unit to go on from, candidates).
    let mut choices: Vec<(usize, Vec<u32>)> = vec![(0, Vec::new())];
    for taken in 0..=most {
        let mut longer = Vec::new();
        for (from, chosen) in &choices {
            // As many units must be left as are still to be taken.
            let ahead = units.iter().enumerate().take(units.len() - (most - taken)).skip(*from);
            for (unit, members) in ahead {
                for &member in members {
                    longer.push((unit + 1, chosen.iter().copied().chain([member]).collect()));
                }
            }
            if longer.len() > MAX_CHOICES {
                return None;
            }
        }
        choices = longer;
    }
    Some(choices.into_iter().map(|(_, members)| limit(members)).collect())
}

/// The candidates of each word of the column `group`, by word. `apart`: each site stands there once for each builder.
pub fn column_groups(candidates: &[Candidate], apart: bool) -> anyhow::Result<Vec<Vec<u32>>> {
    let mut named: BTreeMap<&str, Vec<u32>> = BTreeMap::new();
    for (candidate, number) in candidates.iter().zip(0..) {
        if let Some(group) = &candidate.group {
            named.entry(group.as_str()).or_default().push(number);
        }
    }
    let pairs = |members: &Vec<u32>| members.len() * members.len().saturating_sub(1) / 2;
    let most = if apart { MAX_BUILD_PAIRS } else { MAX_GROUP_PAIRS };
    if named.values().map(pairs).sum::<usize>() > most {
        let largest = named.iter().max_by_key(|(_, members)| members.len());
        let (name, members) = largest.map(|(name, members)| (*name, members.len())).unwrap_or_default();
        bail!(
            "column group: “{name}” has {members} candidates{}; a group is a handful of variants of which at most one is \
             built. Leave the cell empty where a candidate is in none, and use --limit for larger parts",
            if apart { " (each site with each carrier that builds)" } else { "" }
        );
    }
    Ok(named.into_values().collect())
}

/// At most one of these: of their sites, or of the builds where they are named as such.
fn exclude_each_other(members: &[(u32, bool)], apart: Option<&Builds>, groups: &mut Vec<Vec<u32>>) {
    let Some(builds) = apart else {
        groups.push(members.iter().map(|(member, _)| *member).collect());
        return;
    };
    for (i, &(a, named)) in members.iter().enumerate() {
        let site = builds.of[a as usize].site;
        let others = members[i + 1..].iter();
        let others = others.filter(|(b, too)| builds.of[*b as usize].site != site || named && *too);
        groups.extend(others.map(|(b, _)| vec![a, *b]));
    }
}

pub fn backhaul(
    args: &PlanArgs,
    section: &PlanSection,
    (input, candidates): (&Input, &[Candidate]),
    more: &[LatLon],
    setup: &mut Setup,
) -> anyhow::Result<()> {
    let Some(hop_km) = args.more.hop_km.or(section.hop_km) else {
        if args.more.stations.is_some() {
            bail!("--stations: they are where backhaul begins; give --hop-km too");
        }
        return Ok(());
    };
    let flag = if args.more.hop_km.is_some() { "--hop-km" } else { "[plan] hop_km" };
    let hop = Radius::from_m(hop_km * 1000.0).with_context(|| format!("{flag} {hop_km}"))?;
    let mut masts: Vec<LatLon> = match (&args.more.stations, &input.study) {
        (Some(file), _) => read_stations(file)?.rows.iter().map(|station| station.position).collect(),
        (None, Some(loaded)) => {
            loaded.study.stations.iter().flatten().map(|station| station.position).collect()
        }
        (None, None) => Vec::new(),
    };
    masts.extend(more);
    if let (Some(loaded), Some((built, _))) = (&input.study, &setup.built) {
        // What counts as built carries backhaul as well.
        let programme = loaded.study.programme.as_deref().unwrap_or_default();
        let places = built_places(&[], programme, *built, list_year(input), None);
        masts.extend(places.into_iter().filter_map(|(_, mast)| mast.position));
    }
    if masts.is_empty() {
        bail!("{flag}: there are no stations to reach; name them with --stations or in the study");
    }
    setup.rules.backhaul = Some(backhaul_within(candidates, &masts, hop, |_, _| true)?);
    setup.rule_texts.push(format!("each site within {hop_km} km of a station or of a site that reaches one"));
    Ok(())
}

/// What is asked for where money is none.
const MONEY: &str = "give a number of million đồng from 0 to 1 000 000 000 000";

/// Million đồng → thousandths of it.
pub fn cost(million: f64) -> Option<u64> {
    (0.0..=MAX_COST_MILLION).contains(&million).then(|| (million * COST_UNIT).round() as u64)
}

/// As typed → as meant.
pub fn options(
    args: &PlanArgs,
    candidates: &[Candidate],
    builds: Option<&Builds>,
    setup: &mut Setup,
) -> anyhow::Result<()> {
    let options = &mut setup.options;
    options.forced_out = numbers("--exclude", &args.exclude, candidates, builds)?;
    let targeted = args.more.target.is_some() || args.more.cover_all;
    let by_cost = args.more.least == LeastArg::Cost && targeted;
    if args.budget.is_some() || by_cost || args.more.year.iter().any(|year| year.budget_million_vnd.is_some())
    {
        let limit = match args.budget {
            Some(limit) => cost(limit).with_context(|| format!("--budget {limit}: {MONEY}"))?,
            None => (1 << 62) - 1,
        };
        let mut costs = Vec::with_capacity(candidates.len());
        for ((candidate, known), number) in candidates.iter().zip(&setup.costs_million_vnd).zip(0..) {
            match known {
                Some(million) => costs.push(cost(*million).with_context(|| {
                    let source = &candidate.source;
                    format!(
                        "{}, row {} ({}): cost_million_vnd {million}: {MONEY}, or leave the cell empty",
                        source.file, source.row, candidate.id
                    )
                })?),
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
    options.forced_in = numbers("--include", &args.include, candidates, builds)?;
    options.forced_in.sort_unstable();
    options.forced_in.dedup();
    let mut paid = options.forced_in.iter().filter(|_| options.budget.is_some());
    if let Some(&c) = paid.find(|&&c| setup.costs_million_vnd[c as usize].is_none()) {
        bail!(
            "--include {}: its cost is not known, and nothing without a cost goes into a budget; state its cost_million_vnd",
            candidates[c as usize].id
        );
    }
    if !(0.0..=HALF_ROUND_KM).contains(&args.min_distance_km) {
        bail!("--min-distance-km {}: give a number of km from 0 to {HALF_ROUND_KM}", args.min_distance_km);
    }
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
    builds: Option<&Builds>,
) -> anyhow::Result<Vec<u32>> {
    let mut found = Vec::new();
    for id in ids {
        if id.is_empty() {
            bail!("{flag}: an id is empty; write ID,ID,…");
        }
        let before = found.len();
        let is_meant = |(c, number): &(&Candidate, u32)| {
            c.id == *id || builds.is_some_and(|builds| builds.is_named(*number, id))
        };
        found.extend(candidates.iter().zip(0..).filter(is_meant).map(|(_, number)| number));
        if found.len() == before {
            let site = id.rsplit_once('@').map(|(site, _)| site);
            match site.filter(|site| candidates.iter().any(|candidate| candidate.id == *site)) {
                Some(site) => match builds.filter(|builds| builds.builders.len() > 1) {
                    Some(builds) => {
                        let own = (0..candidates.len() as u32).filter(|&c| candidates[c as usize].id == site);
                        let names: Vec<String> = own.map(|c| builds.name(c)).collect();
                        bail!("{flag} {id}: nobody builds so; there are: {}", names.join(", "))
                    }
                    None => bail!("{flag} {id}: whatever is built serves every carrier here; write {site}"),
                },
                None => bail!("{flag} {id}: no such candidate"),
            }
        }
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn at_most_so_many_sites_whoever_builds_on_them() {
        // Three sites, two builders each; every set of builds is judged as it should be.
        let units: Vec<Vec<u32>> = vec![vec![0, 1], vec![2, 3], vec![4, 5], vec![6]];
        for most in 0..=4 {
            let limits = at_most_of("x", &units, most).unwrap();
            for set in 0_u32..1 << 7 {
                let taken = |c: &u32| set >> c & 1 == 1;
                let sites = units.iter().filter(|unit| unit.iter().any(taken)).count();
                let keeps = limits.iter().all(|limit| {
                    limit.members.iter().filter(|c| taken(c)).count() <= limit.at_most.unwrap_or(usize::MAX)
                });
                assert_eq!(keeps, sites <= most, "{most} {set:b}");
            }
        }
        let many: Vec<Vec<u32>> = (0..40).map(|unit| vec![2 * unit, 2 * unit + 1]).collect();
        assert_eq!(at_most_of("x", &many, 20), None);
        let singles: Vec<Vec<u32>> = (0..1000).map(|unit| vec![unit]).collect();
        assert_eq!(at_most_of("x", &singles, 20).unwrap().len(), 1);
    }
}
