//! From what is typed and what the study says to a problem: what is built, what villages are worth, rules, costs, goal.

use std::collections::BTreeMap;

use anyhow::{Context, anyhow, bail};
use phusong::coverage::CoverageMatrix;
use phusong::coverage::predicted::PredictOptions;
use phusong::domain::{Candidate, Village};
use phusong::geodesy::{LatLon, Radius};
use phusong::propagation::link_budget::{BudgetOptions, LinkBudget};
use phusong::reconcile::only_2g;
use phusong::siting::plan::{Budget, CountLimit, Least, Phase, PlanOptions, Rules};
use phusong::study::{
    Belonging, Builds, Built, BuiltEffect, CoverageRule, Goal, Lexicographic, LimitText, PlanSection, Reach,
    Sharing, Stages, WeightsSection, backhaul_within, built_places, dark_micro, mark_only_2g, read_stations,
    take_out_built, worths,
};

use super::args::PlanArgs;
use super::input::{self, Input};
use super::plan_args::{LeastArg, Target};

/// Costs and budgets are counted in thousandths of a million đồng.
pub const COST_UNIT: f64 = 1_000.0;
/// A cost above this, million đồng, is a mistake.
const MAX_COST_MILLION: f64 = 1e12;
/// Off the grid beyond this, km, where nobody says otherwise.
const OFF_GRID_KM: f64 = 1.0;

/// Sites times builders, at most.
const MAX_BUILDS: usize = 4_000_000;
/// What is less likely counts nothing, where nobody says otherwise.
const PARTIAL_FROM: f64 = 0.05;
/// Pairs of candidates of one group: more are a mistake in the column, and too many to list.
const MAX_GROUP_PAIRS: usize = 10_000_000;

/// What is solved, and what was not known on the way.
#[derive(Debug, Default)]
pub struct Setup {
    pub options: PlanOptions,
    pub rules: Rules,
    /// In words, one a rule.
    pub rule_texts: Vec<String>,
    pub limits: Vec<LimitText>,
    /// What each village is worth alone.
    pub worths_micro: Vec<u64>,
    /// What each village, or piece of one, is worth: joint with dark villages where these come first.
    pub weights: Vec<u64>,
    pub dark_first: Option<Lexicographic>,
    pub factors: WeightsSection,
    pub sharing: Sharing,
    /// The candidates, where they are more than sites, or villages count in pieces.
    pub builds: Option<Builds>,
    /// The least probability that counts, and the rule by which it does; `None`: a village is served or not.
    pub partial: Option<(f64, CoverageRule)>,
    /// Gaps of 2G alone, where a factor asks for them.
    pub only_2g_gaps: Option<usize>,
    pub built: Option<(Built, BuiltEffect)>,
    /// Costs with surcharges, million đồng.
    pub costs_million_vnd: Vec<Option<f64>>,
    pub without_cost: usize,
    pub grid_unknown: usize,
    pub weights_unknown: usize,
    pub few_people: usize,
    pub people_unknown: usize,
}

impl Setup {
    /// What is chosen from.
    pub fn candidates<'a>(&'a self, input: &'a Input) -> &'a [Candidate] {
        self.builds.as_ref().map_or(&input.candidates, |builds| &builds.candidates)
    }

    /// A candidate's id, with its builder where there are several.
    pub fn name(&self, input: &Input, number: u32) -> String {
        match &self.builds {
            Some(builds) => builds.name(number),
            None => input.candidates[number as usize].id.clone(),
        }
    }

    /// How many of the first columns are villages.
    pub fn villages(&self, matrix: &CoverageMatrix) -> usize {
        self.options.villages.unwrap_or_else(|| matrix.villages())
    }
}

/// The `[plan]` of the study, empty without one.
pub fn section(input: &Input) -> PlanSection {
    input.study.as_ref().map(|loaded| loaded.study.file.plan.clone()).unwrap_or_default()
}

/// The year that the lists speak of.
fn list_year(input: &Input) -> Option<u16> {
    let day = input.study.as_ref()?.study.file.study.date.as_deref()?;
    day.get(..4)?.parse().ok()
}

/// What counts as built, with the study's word for it.
fn built(args: &PlanArgs, section: &PlanSection) -> anyhow::Result<Built> {
    let words: Vec<&str> = match (&args.more.built[..], &section.built) {
        ([], None) => Vec::new(),
        ([], Some(words)) => words.iter().map(String::as_str).collect(),
        (words, _) => words.iter().map(String::as_str).collect(),
    };
    let built = match words.is_empty() {
        true => Built::default(),
        false => Built::from_words(words).map_err(|problem| anyhow!("--built: {problem}"))?,
    };
    Ok(Built { until: args.more.built_until.or(section.built_until), ..built })
}

/// Everything but the matrix. Takes what is built out of the demand.
pub fn setup(args: &PlanArgs, input: &mut Input, stages: &mut Stages<'_>) -> anyhow::Result<Setup> {
    let section = section(input);
    let mut setup = Setup { factors: factors(args, &section)?, ..Setup::default() };
    let built = built(args, &section)?;
    let year = list_year(input);
    if let Some(loaded) = &input.study {
        let stations = loaded.study.stations.as_deref().unwrap_or_default();
        let programme = loaded.study.programme.as_deref().unwrap_or_default();
        if !stations.is_empty() || !programme.is_empty() {
            let places = built_places(stations, programme, built, year);
            let reach = Reach {
                rule: &input.rule,
                ground: &input.ground,
                clusters: &input.clusters,
                served_share: input.served_share,
            };
            let before = input.demand.numbers.clone();
            let effect =
                stages.run("built", || take_out_built(&mut input.demand, &mut input.gaps, &places, reach))?;
            if let Some(existing) = &mut input.existing {
                // What is known of each village goes with it.
                let mut remain =
                    before.iter().map(|number| input.demand.numbers.binary_search(number).is_ok());
                existing.retain(|_| remain.next().unwrap_or(true));
            }
            setup.built = Some((built, effect));
        }
    } else if !args.more.built.is_empty() {
        bail!("--built: needs a study with stations or a programme");
    }
    weigh(args, input, &mut setup)?;
    setup.partial = partial(args, &section, input)?;
    let builds = builds(args, &section, input, &mut setup)?;
    let candidates = builds.as_ref().map_or(&input.candidates[..], |builds| &builds.candidates);
    let mut limits: Vec<LimitText> = Vec::new();
    for text in section.limits.iter().chain(&args.more.limit) {
        limits.push(text.parse().map_err(|problem| anyhow!("--limit: {problem}"))?);
    }
    let off_grid_km = args.more.off_grid_km.or(section.off_grid_km).unwrap_or(OFF_GRID_KM);
    let surcharge = args.more.off_grid_cost.or(section.off_grid_cost_million_vnd).unwrap_or(0.0);
    for (flag, number) in [("--off-grid-km", off_grid_km), ("--off-grid-cost", surcharge)] {
        if !(0.0..=MAX_COST_MILLION).contains(&number) {
            bail!("{flag} {number}: give a number from 0");
        }
    }
    let (villages, communes): (&[Village], _) = match &input.study {
        Some(loaded) => (&loaded.result.villages, &loaded.study.communes[..]),
        None => (&input.villages, &[]),
    };
    // Who belongs where is looked up only where somebody asks.
    let belonging = match limits.is_empty() && surcharge <= 0.0 {
        true => None,
        false => Some(Belonging::new(candidates, &input.demand.villages, villages, communes, off_grid_km)?),
    };
    if let Some(belonging) = &belonging {
        setup.rules = belonging.rules(&limits).map_err(|problem| anyhow!("{problem}"))?;
    }
    setup.rule_texts = limits.iter().map(|limit| limit.text.clone()).collect();
    let off_grid_matters = surcharge > 0.0 || limits.iter().any(|limit| limit.text.contains("off-grid"));
    setup.grid_unknown = belonging.as_ref().filter(|_| off_grid_matters).map_or(0, |b| b.grid_unknown);
    setup.costs_million_vnd = candidates
        .iter()
        .enumerate()
        .map(|(c, site)| {
            let off_grid = belonging.as_ref().is_some_and(|belonging| belonging.is_off_grid(c));
            site.cost_million_vnd.map(|cost| cost + if off_grid { surcharge } else { 0.0 })
        })
        .collect();
    let names = |number: u32| builds.as_ref().map(|builds| builds.name(number));
    groups(args, candidates, &names, &mut setup)?;
    backhaul(args, &section, (input, candidates), &mut setup)?;
    options(args, candidates, &names, &mut setup)?;
    setup.limits = limits;
    setup.builds = builds;
    Ok(setup)
}

/// The least probability that counts and the rule for it, where villages count by probability.
fn partial(
    args: &PlanArgs,
    section: &PlanSection,
    input: &Input,
) -> anyhow::Result<Option<(f64, CoverageRule)>> {
    if !args.more.partial && !section.partial {
        if args.more.partial_from.is_some() {
            bail!("--partial-from: goes with --partial");
        }
        return Ok(None);
    }
    let CoverageRule::Predicted(options) = &input.rule else {
        bail!("--partial: a radius has no probabilities; predict coverage (--model p1812 with --terrain)");
    };
    let least = args.more.partial_from.or(section.partial_from).unwrap_or(PARTIAL_FROM);
    let budget = BudgetOptions { probability: least, ..*options.budget.options() };
    let budget = LinkBudget::new(&budget).context("--partial-from")?;
    Ok(Some((least, CoverageRule::Predicted(PredictOptions { budget, ..*options }))))
}

/// Who builds, where not all share every mast or villages are cut up by probability.
fn builds(
    args: &PlanArgs,
    section: &PlanSection,
    input: &Input,
    setup: &mut Setup,
) -> anyhow::Result<Option<Builds>> {
    setup.sharing = match (&args.more.sharing, &section.sharing) {
        (Some(typed), _) => typed.clone(),
        (None, Some(own)) => {
            Sharing::try_from(own).map_err(|problem| anyhow!("[plan] sharing: {problem}"))?
        }
        (None, None) => Sharing::All,
    };
    let apart = setup.sharing != Sharing::All;
    if apart && !input.has_lists {
        bail!("--sharing {}: needs the carriers' lists; give a study", setup.sharing.text());
    }
    if !apart && setup.partial.is_none() {
        return Ok(None);
    }
    let reporting = input.study.as_ref().map_or(&[][..], |loaded| &loaded.result.carriers);
    let builders =
        setup.sharing.builders(reporting, &input.gaps).map_err(|problem| anyhow!("--sharing: {problem}"))?;
    let count = input.candidates.len().checked_mul(builders.len());
    if count.is_none_or(|count| count > MAX_BUILDS) {
        bail!(
            "--sharing: {} sites times {} builders are more candidates than can be planned ({MAX_BUILDS}); name fewer \
             candidates",
            input.candidates.len(),
            builders.len()
        );
    }
    Ok(Some(Builds::new(&input.candidates, builders)))
}

fn factors(args: &PlanArgs, section: &PlanSection) -> anyhow::Result<WeightsSection> {
    let mut factors = section.weights.clone();
    for text in &args.more.weight {
        factors.set(text).map_err(|problem| anyhow!("--weight: {problem}"))?;
    }
    Ok(factors)
}

fn weigh(args: &PlanArgs, input: &mut Input, setup: &mut Setup) -> anyhow::Result<()> {
    if (setup.factors.only_2g - 1.0).abs() > 0.0 {
        let Some(loaded) = &input.study else {
            bail!("--weight only-2g: needs the carriers' lists; give a study")
        };
        let radius_km = loaded.study.file.coverage.radius_km;
        let radius = Radius::from_m(radius_km * 1000.0).context("[coverage] radius_km")?;
        let stations = loaded.study.stations.as_deref().unwrap_or_default();
        let found = only_2g(&loaded.result, stations, radius)?;
        setup.only_2g_gaps = Some(mark_only_2g(&mut input.gaps, &input.demand.numbers, &found));
    }
    let demand = &input.demand.villages;
    let villages = match &input.study {
        Some(loaded) => &loaded.result.villages,
        None => &input.villages,
    };
    // The register is looked at only where a factor asks for what it says.
    let asked = if setup.factors.is_neutral() { &[][..] } else { &villages[..] };
    let by_id: BTreeMap<&str, &Village> = asked.iter().map(|v| (v.id.as_str(), v)).collect();
    let village = |at: usize| by_id.get(demand[at].id.as_str()).copied();
    let worth = worths(demand, &input.gaps, input::by(args.by), &setup.factors, village)?;
    setup.weights_unknown = worth.not_known;
    if args.more.dark_first {
        let joint = Lexicographic::new(&dark_micro(demand), &worth.micro).context("--dark-first")?;
        setup.weights = joint.weights.clone();
        setup.dark_first = Some(joint);
    } else {
        setup.weights = worth.micro.clone();
    }
    setup.worths_micro = worth.micro;
    Ok(())
}

/// Column `group` of the candidates, `--one-of a,b,c` and `--one-of 'a,b,c<=2'`.
fn groups(
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

fn backhaul(
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
fn cost(million: f64) -> Option<u64> {
    (0.0..=MAX_COST_MILLION).contains(&million).then(|| (million * COST_UNIT).round() as u64)
}

/// As typed → as meant.
fn options(
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

/// Leaves out candidates that serve too few people. People who are not counted in any register cannot speak for a site;
/// how many candidates fall short only for want of numbers is said.
pub fn leave_out_few_people(min_people: u64, matrix: &CoverageMatrix, input: &Input, setup: &mut Setup) {
    if min_people == 0 {
        return;
    }
    let mut reader = matrix.reader();
    for c in 0..matrix.candidates() {
        let row = reader.read(c).unwrap_or_default();
        let villages = row.iter().filter(|&&v| (v as usize) < input.demand.villages.len());
        let people = villages.map(|&v| input.demand.villages[v as usize].population);
        let known: u64 = people.clone().flatten().map(u64::from).sum();
        if known < min_people && !setup.options.forced_in.contains(&(c as u32)) {
            setup.options.forced_out.push(c as u32);
            setup.few_people += 1;
            setup.people_unknown += usize::from(people.into_iter().any(|number| number.is_none()));
        }
    }
    setup.rule_texts.push(format!("each site serves at least {min_people} people"));
}

/// What the plan is to reach.
pub fn goal(args: &PlanArgs, matrix: &CoverageMatrix, setup: &Setup) -> anyhow::Result<Goal> {
    let least = match args.more.least {
        LeastArg::Sites => Least::Sites,
        LeastArg::Cost => Least::Cost,
    };
    let target = match (args.more.target, args.more.cover_all) {
        (Some(_), _) if setup.dark_first.is_some() => {
            bail!("--target counts what --by counts; it cannot be combined with --dark-first")
        }
        (Some(Target::Share(share)), _) => {
            let whole: u64 = setup.weights.iter().sum();
            Some((whole as f64 * share).ceil() as u64)
        }
        (Some(Target::Number(number)), _) => Some((number * 1e6).ceil() as u64),
        (None, true) => Some(servable(matrix, setup)),
        (None, false) => None,
    };
    if let Some(target) = target {
        return Ok(Goal::Reach { target, least });
    }
    let years = &args.more.year;
    if years.is_empty() {
        return Ok(Goal::Most);
    }
    if !years.is_sorted_by(|a, b| a.year < b.year) {
        bail!("--year: name the years in their order, each once");
    }
    for (given, key) in [
        (years.iter().filter(|year| year.sites.is_some()).count(), "sites"),
        (years.iter().filter(|year| year.budget_million_vnd.is_some()).count(), "budget"),
    ] {
        if given > 0 && given < years.len() {
            bail!("--year: {key}= stands in some years only; give it in all of them");
        }
    }
    let phase = |year: &super::plan_args::YearArg| {
        Ok(Phase {
            sites: year.sites,
            budget: match year.budget_million_vnd {
                Some(money) => Some(cost(money).with_context(|| format!("--year {}: budget", year.year))?),
                None => None,
            },
        })
    };
    Ok(Goal::Years(years.iter().map(phase).collect::<anyhow::Result<_>>()?))
}

/// What all candidates that may be built serve together.
fn servable(matrix: &CoverageMatrix, setup: &Setup) -> u64 {
    let mut served = vec![false; matrix.villages()];
    let mut reader = matrix.reader();
    let mut out = vec![false; matrix.candidates()];
    setup.options.forced_out.iter().for_each(|&c| out[c as usize] = true);
    for c in (0..matrix.candidates()).filter(|&c| !out[c]) {
        let row = reader.read(c).unwrap_or_default();
        let villages = row.iter().filter(|&&v| (v as usize) < setup.villages(matrix)).count();
        if villages >= setup.options.min_villages as usize {
            row.iter().for_each(|&v| served[v as usize] = true);
        }
    }
    setup.weights.iter().zip(&served).filter(|(_, served)| **served).map(|(weight, _)| weight).sum()
}

/// The error in the user's units.
pub fn explain_error(error: phusong::siting::plan::PlanError, setup: &Setup) -> anyhow::Error {
    use phusong::siting::plan::PlanError;
    let whole: u64 = setup.weights.iter().sum();
    match error {
        PlanError::OutOfReach { target, bound } => anyhow!(
            "--target: {} are asked for, no plan under these rules can reach more than {} ({:.2} % of what is asked \
             for); lower the target, add candidates, or loosen a rule",
            target as f64 / 1e6,
            bound as f64 / 1e6,
            100.0 * bound as f64 / whole.max(1) as f64,
        ),
        other => other.into(),
    }
}
