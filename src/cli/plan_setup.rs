//! From what is typed and what the study says to a problem: what is built, what villages are worth, rules, costs, goal.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Context, anyhow, bail};
use phusong::coverage::predicted::PredictOptions;
use phusong::domain::{Candidate, Carrier, CommuneOutline, Village};
use phusong::geodesy::{LatLon, Radius};
use phusong::propagation::link_budget::{BudgetOptions, LinkBudget};
use phusong::reconcile::only_2g;
use phusong::siting::plan::{PlanOptions, Rules};
use phusong::study::{
    Belonging, Builds, Built, BuiltEffect, Counted, CoverageRule, Lexicographic, LimitText, PlanSection,
    Reach, Sharing, Stages, Unit, WeightsSection, built_places, dark_micro, mark_only_2g, take_out_built,
    worths,
};

use super::args::PlanArgs;
use super::input::{self, Input};
use super::plan_options::{MAX_COST_MILLION, backhaul, groups, options};
use super::plan_pieces::{Bound, Limits};

/// Costs and budgets are counted in thousandths of a million đồng.
pub const COST_UNIT: f64 = 1_000.0;
/// Off the grid beyond this, km, where nobody says otherwise.
const OFF_GRID_KM: f64 = 1.0;

/// Sites times builders, at most.
const MAX_BUILDS: usize = 4_000_000;
/// What is less likely counts nothing, where nobody says otherwise.
const PARTIAL_FROM: f64 = 0.05;
/// What is solved, and what was not known on the way.
#[derive(Debug, Clone, Default)]
pub struct Setup {
    pub options: PlanOptions,
    pub rules: Rules,
    /// In words, one a rule.
    pub rule_texts: Vec<String>,
    pub limits: Vec<FoundLimit>,
    /// What each village is worth alone.
    pub worths_micro: Vec<u64>,
    /// What each village, or piece of one, is worth: joint with dark villages where these come first.
    pub weights: Vec<u64>,
    pub dark_first: Option<Lexicographic>,
    /// So much of a weight is 1 of what is counted.
    pub unit: u64,
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
    /// Candidates that limits count by something less than their own word.
    pub counted: Counted,
    pub weights_unknown: usize,
    pub few_people: usize,
    pub people_unknown: usize,
}

/// A limit, and where it stands: `--limit` or a key of study.toml.
#[derive(Debug, Clone)]
pub struct FoundLimit {
    pub limit: LimitText,
    pub from: &'static str,
}

/// Where a value comes from: the flag, if somebody typed it, else the key of study.toml.
fn source(typed: bool, flag: &'static str, key: &'static str) -> &'static str {
    if typed { flag } else { key }
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

    /// What binds before anybody knows who serves whom; it is taken out until [`apply`](Self::apply).
    pub fn take_limits(&mut self) -> Limits {
        Limits { options: std::mem::take(&mut self.options), rules: std::mem::take(&mut self.rules) }
    }

    /// Takes over what hangs on who serves whom; what this was made of comes back.
    pub fn apply(&mut self, bound: Bound) -> Option<phusong::study::CutUp> {
        (self.options, self.rules) = (bound.limits.options, bound.limits.rules);
        (self.weights, self.dark_first, self.unit) = (bound.weights, bound.dark_first, bound.unit);
        (self.few_people, self.people_unknown) = (bound.few_people, bound.people_unknown);
        bound.cut
    }
}

/// The `[plan]` of the study, empty without one.
pub fn section(input: &Input) -> PlanSection {
    input.study.as_ref().map(|loaded| loaded.study.file.plan.clone()).unwrap_or_default()
}

/// The year that the lists speak of.
pub fn list_year(input: &Input) -> Option<u16> {
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
        false => {
            let from = source(!args.more.built.is_empty(), "--built", "[plan] built");
            Built::from_words(words).map_err(|problem| anyhow!("{from}: {problem}"))?
        }
    };
    Ok(Built { until: args.more.built_until.or(section.built_until), ..built })
}

/// Everything but the matrix. Takes what is built out of the demand.
pub fn setup(args: &PlanArgs, input: &mut Input, stages: &mut Stages<'_>) -> anyhow::Result<Setup> {
    let section = section(input);
    let factors = factors(args, &section, input)?;
    let mut setup = Setup { factors, unit: phusong::siting::WEIGHT_UNIT, ..Setup::default() };
    let built = built(args, &section)?;
    let year = list_year(input);
    if let Some(loaded) = &input.study {
        let stations = loaded.study.stations.as_deref().unwrap_or_default();
        let programme = loaded.study.programme.as_deref().unwrap_or_default();
        if !stations.is_empty() || !programme.is_empty() {
            let places = built_places(stations, programme, built, year, input.rule.technology());
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
                let open: BTreeSet<(u32, &Carrier)> =
                    input.gaps.iter().filter_map(|gap| Some((gap.village, gap.carrier.as_ref()?))).collect();
                for (row, village) in existing.iter_mut().zip(0_u32..) {
                    row.keep(|carrier| open.contains(&(village, carrier)));
                }
            }
            setup.built = Some((built, effect));
        }
    } else if !args.more.built.is_empty() || args.more.built_until.is_some() {
        let flag = source(!args.more.built.is_empty(), "--built", "--built-until");
        bail!("{flag}: needs a study with stations or a programme");
    }
    weigh(args, input, &mut setup)?;
    setup.partial = partial(args, &section, input)?;
    let builds = builds(args, &section, input, &mut setup)?;
    let candidates = builds.as_ref().map_or(&input.candidates[..], |builds| &builds.candidates);
    setup.limits = limits(args, &section)?;
    bind_rules(args, (input, candidates, builds.as_ref()), &[], &mut setup)?;
    if args.more.min_people > 0 {
        setup.rule_texts.push(format!("each site serves at least {} people", args.more.min_people));
    }
    setup.builds = builds;
    Ok(setup)
}

/// The limits of the study, then those typed.
pub fn limits(args: &PlanArgs, section: &PlanSection) -> anyhow::Result<Vec<FoundLimit>> {
    let mut limits: Vec<FoundLimit> = Vec::new();
    for (from, texts) in [("[plan] limits", &section.limits), ("--limit", &args.more.limit)] {
        for text in texts {
            let limit = text.parse().map_err(|problem| anyhow!("{from}: {problem}"))?;
            limits.push(FoundLimit { limit, from });
        }
    }
    Ok(limits)
}

/// From which distance to the grid on a site is off the grid, km.
pub fn off_grid_km(args: &PlanArgs, section: &PlanSection) -> f64 {
    args.more.off_grid_km.or(section.off_grid_km).unwrap_or(OFF_GRID_KM)
}

/// The register and the outlines by which sites and villages belong to communes and districts.
pub fn register(input: &Input) -> (&[Village], &[CommuneOutline]) {
    match &input.study {
        Some(loaded) => (&loaded.result.villages, &loaded.study.communes[..]),
        None => (&input.villages, &[]),
    }
}

/// Limits, costs, groups, backhaul and the numbers of a plan over these candidates. `masts` carry backhaul beside existing
/// stations.
pub fn bind_rules(
    args: &PlanArgs,
    (input, candidates, builds): (&Input, &[Candidate], Option<&Builds>),
    masts: &[LatLon],
    setup: &mut Setup,
) -> anyhow::Result<()> {
    let section = section(input);
    let off_grid_km = off_grid_km(args, &section);
    let limits = std::mem::take(&mut setup.limits);
    let surcharge = args.more.off_grid_cost.or(section.off_grid_cost_million_vnd).unwrap_or(0.0);
    // The study's own were looked at when it was read.
    for (flag, number) in [("--off-grid-km", off_grid_km), ("--off-grid-cost", surcharge)] {
        if !(0.0..=MAX_COST_MILLION).contains(&number) {
            bail!("{flag} {number}: give a number from 0");
        }
    }
    let (villages, communes) = register(input);
    // Who belongs where is looked up only where somebody asks.
    let belonging = match limits.is_empty() && surcharge <= 0.0 {
        true => None,
        false => Some(Belonging::new(candidates, &input.demand.villages, villages, communes, off_grid_km)?),
    };
    if let Some(belonging) = &belonging {
        for FoundLimit { limit, from } in &limits {
            let rules = belonging.rules(std::slice::from_ref(limit));
            let rules = rules.map_err(|problem| anyhow!("{from}: {problem}"))?;
            setup.rules.counts.extend(rules.counts);
            setup.rules.served.extend(rules.served);
        }
    }
    setup.rule_texts = limits.iter().map(|found| found.limit.text.clone()).collect();
    let off_grid = |found: &FoundLimit| found.limit.unit == Unit::OffGrid;
    let off_grid_matters = surcharge > 0.0 || limits.iter().any(off_grid);
    setup.grid_unknown = belonging.as_ref().filter(|_| off_grid_matters).map_or(0, |b| b.grid_unknown);
    for limit in limits.iter().map(|found| &found.limit).filter(|limit| !limit.villages) {
        let counted = belonging.as_ref().map(|belonging| belonging.counted(limit.unit)).unwrap_or_default();
        setup.counted.by_farther = setup.counted.by_farther.max(counted.by_farther);
        setup.counted.without_kind = setup.counted.without_kind.max(counted.without_kind);
    }
    setup.costs_million_vnd = candidates
        .iter()
        .enumerate()
        .map(|(c, site)| {
            let off_grid = belonging.as_ref().is_some_and(|belonging| belonging.is_off_grid(c));
            site.cost_million_vnd.map(|cost| cost + if off_grid { surcharge } else { 0.0 })
        })
        .collect();
    groups(args, candidates, builds, setup)?;
    backhaul(args, &section, (input, candidates), masts, setup)?;
    options(args, candidates, builds, setup)?;
    setup.limits = limits;
    Ok(())
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
        bail!(
            "{}: a radius has no probabilities; predict coverage (--model p1812 with --terrain)",
            source(args.more.partial, "--partial", "[plan] partial = true")
        );
    };
    let typed = args.more.partial_from;
    let from = source(typed.is_some(), "--partial-from", "[plan] partial_from");
    let asked = options.budget.options().probability;
    let least = typed.or(section.partial_from).unwrap_or(PARTIAL_FROM.min(asked));
    if least > asked {
        bail!(
            "{from} {least}: a village counts as served from a probability of {asked} on (--probability); what counts in \
             part begins below that"
        );
    }
    let budget = BudgetOptions { probability: least, ..*options.budget.options() };
    let budget = LinkBudget::new(&budget).context(from)?;
    Ok(Some((least, CoverageRule::Predicted(PredictOptions { budget, ..*options }))))
}

/// Who shares masts, where the command or the study says so, and where it stands.
pub fn sharing(
    args: &PlanArgs,
    section: &PlanSection,
    input: &Input,
) -> anyhow::Result<(Option<Sharing>, &'static str)> {
    let from = source(args.more.sharing.is_some(), "--sharing", "[plan] sharing");
    let sharing = match (&args.more.sharing, &section.sharing) {
        (Some(typed), _) => Some(typed.clone()),
        (None, Some(own)) => {
            Some(Sharing::try_from(own).map_err(|problem| anyhow!("[plan] sharing: {problem}"))?)
        }
        (None, None) => None,
    };
    if let Some(apart) = sharing.as_ref().filter(|sharing| **sharing != Sharing::All && !input.has_lists) {
        bail!("{from} {}: needs the carriers' lists; give a study", apart.text());
    }
    Ok((sharing, from))
}

/// Who builds, where not all share every mast or villages are cut up by probability.
fn builds(
    args: &PlanArgs,
    section: &PlanSection,
    input: &Input,
    setup: &mut Setup,
) -> anyhow::Result<Option<Builds>> {
    let (sharing, from) = sharing(args, section, input)?;
    setup.sharing = sharing.unwrap_or_default();
    let apart = setup.sharing != Sharing::All;
    if !apart && setup.partial.is_none() {
        return Ok(None);
    }
    Ok(Some(builds_of(&setup.sharing, from, input, &input.candidates)?))
}

/// Every one of these sites with every builder.
pub fn builds_of(
    sharing: &Sharing,
    from: &'static str,
    input: &Input,
    sites: &[Candidate],
) -> anyhow::Result<Builds> {
    let reporting = input.study.as_ref().map_or(&[][..], |loaded| &loaded.result.carriers);
    let builders =
        sharing.builders(reporting, &input.gaps).map_err(|problem| anyhow!("{from}: {problem}"))?;
    let count = sites.len().checked_mul(builders.len());
    if count.is_none_or(|count| count > MAX_BUILDS) {
        bail!(
            "{from}: {} sites times {} builders are more candidates than can be planned ({MAX_BUILDS}); name fewer \
             candidates",
            sites.len(),
            builders.len()
        );
    }
    Ok(Builds::new(sites, builders))
}

fn factors(args: &PlanArgs, section: &PlanSection, input: &Input) -> anyhow::Result<WeightsSection> {
    let mut factors = section.weights.clone();
    for text in &args.more.weight {
        factors.set(text).map_err(|problem| anyhow!("--weight: {problem}"))?;
    }
    let reporting = input.study.as_ref().map_or(&[][..], |loaded| &loaded.result.carriers);
    for name in factors.carriers.keys() {
        let carrier = Carrier::from_name(name);
        if carrier.is_none_or(|carrier| !reporting.contains(&carrier)) {
            let from = match section.weights.carriers.contains_key(name) {
                true => format!("[plan.weights] carriers: {name}"),
                false => format!("--weight carrier:{name}"),
            };
            let known: Vec<&str> = reporting.iter().map(Carrier::name).collect();
            match known[..] {
                [] => bail!("{from}: needs the carriers' lists; give a study"),
                _ => bail!("{from}: no list of this carrier in the study; there are: {}", known.join(", ")),
            }
        }
    }
    Ok(factors)
}

fn weigh(args: &PlanArgs, input: &mut Input, setup: &mut Setup) -> anyhow::Result<()> {
    if (setup.factors.only_2g - 1.0).abs() > 0.0 {
        // Without a study nothing but the flag can ask for it.
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
