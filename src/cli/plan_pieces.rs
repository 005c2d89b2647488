//! What hangs on who serves whom: villages cut up where they count in pieces (carriers that build each their own,
//! probabilities), limits by carrier, and sites that serve too few people. It is made anew for every matrix.

use anyhow::anyhow;
use phusong::coverage::CoverageMatrix;
use phusong::domain::Carrier;
use phusong::siting::WEIGHT_UNIT;
use phusong::siting::plan::{PlanOptions, PlannedSite, Rules};
use phusong::study::{
    Builds, CarrierReach, CoverageRule, CutUp, DemandGap, Levels, Lexicographic, Likely, Sharing, ToCut,
    Unit, dark_micro,
};

use super::input::Input;
use super::plan_setup::Setup;

/// What binds before anybody knows who serves whom.
#[derive(Debug, Clone, Default)]
pub struct Limits {
    pub options: PlanOptions,
    pub rules: Rules,
}

/// A problem whose matrix is known.
pub struct Bound {
    /// The villages in pieces, where they count in such.
    pub cut: Option<CutUp>,
    pub limits: Limits,
    /// What each village, or piece of one, is worth: joint with dark villages where these come first.
    pub weights: Vec<u64>,
    pub dark_first: Option<Lexicographic>,
    /// So much of a weight is 1 of what is counted.
    pub unit: u64,
    /// Candidates left out because they serve too few people, as far as these are known,
    pub few_people: usize,
    /// and of these, those that serve a village whose people nobody has counted.
    pub people_unknown: usize,
}

impl Bound {
    /// Who serves whom, in pieces where villages count in such; `sites` is the matrix that this was made of.
    pub fn matrix<'a>(&'a self, sites: &'a CoverageMatrix) -> &'a CoverageMatrix {
        self.cut.as_ref().map_or(sites, |cut| &cut.pieces.matrix)
    }
}

/// Binds the problem to a matrix of sites and villages.
pub fn bind(
    min_people: u64,
    (matrix, levels): (&CoverageMatrix, Option<&Levels>),
    limits: &Limits,
    input: &Input,
    setup: &Setup,
) -> anyhow::Result<Bound> {
    let cut = match &setup.builds {
        Some(builds) => Some(cut_up(matrix, levels, builds, input, setup)?),
        None => None,
    };
    let (weights, dark_first, unit) = match &cut {
        Some(cut) => (cut.weights.clone(), cut.dark_first.clone(), cut.unit),
        None => (setup.weights.clone(), setup.dark_first.clone(), WEIGHT_UNIT),
    };
    let limits = limits.clone();
    let mut bound = Bound { cut, limits, weights, dark_first, unit, few_people: 0, people_unknown: 0 };
    bound.limits.options.villages = bound.cut.as_ref().map(|cut| cut.pieces.villages);
    limit_carriers(matrix, &mut bound, input, setup)?;
    leave_out_few_people(min_people, matrix, &mut bound, input);
    Ok(bound)
}

/// Cuts the villages up by builder, and by probability where they count by it.
fn cut_up(
    matrix: &CoverageMatrix,
    levels: Option<&Levels>,
    builds: &Builds,
    input: &Input,
    setup: &Setup,
) -> anyhow::Result<CutUp> {
    let first = setup.dark_first.as_ref().map(|_| dark_micro(&input.demand.villages));
    let to_cut = ToCut {
        gaps: &input.gaps,
        worths_micro: &setup.worths_micro,
        first_micro: first.as_deref(),
        weights: &setup.factors,
    };
    let asked = match &input.rule {
        CoverageRule::Predicted(options) if setup.partial.is_some() => Some(&options.budget),
        _ => None,
    };
    let likely = levels.zip(asked).map(|(levels, asked)| Likely { levels, asked });
    Ok(CutUp::new(matrix, likely, builds, to_cut)?)
}

/// Adds the limits by carrier. A floor counts sites that serve a village by the criterion asked for, a ceiling all that
/// earn anything for the carrier.
fn limit_carriers(
    sites: &CoverageMatrix,
    bound: &mut Bound,
    input: &Input,
    setup: &Setup,
) -> anyhow::Result<()> {
    if setup.limits.iter().all(|limit| limit.limit.unit != Unit::Carrier) {
        return Ok(());
    }
    let matrix = bound.matrix(sites);
    let all: Vec<u32> = (0..matrix.candidates() as u32).collect();
    let column = |gap: &DemandGap| match (&bound.cut, &setup.builds) {
        (Some(cut), Some(builds)) => cut.pieces.column(gap.village, builds.builder_of(gap)),
        _ => Some(gap.village),
    };
    let floors = reach_of(matrix, &all, |c| c, input, setup);
    let ceilings = carrier_reach(sites, &all, input, setup);
    let mut rules = Rules::default();
    for limit in &setup.limits {
        let of = if limit.limit.at_least { &floors } else { &ceilings };
        let one = std::slice::from_ref(&limit.limit);
        let found = of
            .rules(one, limit.limit.at_least, &input.gaps, column)
            .map_err(|problem| anyhow!("{}: {problem}", limit.from))?;
        rules.counts.extend(found.counts);
        rules.served.extend(found.served);
    }
    bound.limits.rules.counts.extend(rules.counts);
    bound.limits.rules.served.extend(rules.served);
    Ok(())
}

/// Carriers of which candidates close a gap, with whatever probability counts; `sites` is the matrix of sites.
fn carrier_reach<'a>(
    sites: &CoverageMatrix,
    candidates: &[u32],
    input: &'a Input,
    setup: &Setup,
) -> CarrierReach<'a> {
    let site = |candidate: u32| setup.builds.as_ref().map_or(candidate, |b| b.of[candidate as usize].site);
    reach_of(sites, candidates, site, input, setup)
}

fn reach_of<'a>(
    matrix: &CoverageMatrix,
    candidates: &[u32],
    row_of: impl Fn(u32) -> u32,
    input: &'a Input,
    setup: &Setup,
) -> CarrierReach<'a> {
    let may = |candidate: u32, carrier: &Carrier| {
        setup.builds.as_ref().is_none_or(|builds| builds.carriers(candidate).contains(carrier))
    };
    CarrierReach::new((matrix, &row_of), candidates, input.demand.villages.len(), &input.gaps, may)
}

/// Leaves out candidates that serve too few people. People who are not counted in any register cannot speak for a site;
/// how many candidates fall short only for want of numbers is said.
fn leave_out_few_people(min_people: u64, sites: &CoverageMatrix, bound: &mut Bound, input: &Input) {
    if min_people == 0 {
        return;
    }
    let matrix = bound.matrix(sites);
    let forced_in = &bound.limits.options.forced_in;
    let (mut few, mut unknown) = (Vec::new(), 0);
    let mut reader = matrix.reader();
    for c in 0..matrix.candidates() {
        let row = reader.read(c).unwrap_or_default();
        let villages = row.iter().filter(|&&v| (v as usize) < input.demand.villages.len());
        let people = villages.map(|&v| input.demand.villages[v as usize].population);
        let known: u64 = people.clone().flatten().map(u64::from).sum();
        if known < min_people && !forced_in.contains(&(c as u32)) {
            few.push(c as u32);
            unknown += usize::from(people.into_iter().any(|number| number.is_none()));
        }
    }
    (bound.few_people, bound.people_unknown) = (few.len(), unknown);
    bound.limits.options.forced_out.extend(few);
}

/// By site of the plan, the carriers that it is built for: those that have a gap in its reach; where each builds its own,
/// of the site's builder, and where that closes no gap at all, all of the builder's. `matrix` is that of sites.
pub fn carriers_of(
    sites: &[PlannedSite],
    matrix: &CoverageMatrix,
    input: &Input,
    setup: &Setup,
) -> Vec<Vec<String>> {
    let chosen: Vec<u32> = sites.iter().map(|site| site.candidate).collect();
    let found = carrier_reach(matrix, &chosen, input, setup).by_candidate;
    let of = |(&candidate, found): (&u32, Vec<&Carrier>)| -> Vec<String> {
        match &setup.builds {
            Some(builds) if found.is_empty() && setup.sharing != Sharing::All => {
                builds.carriers(candidate).iter().map(|carrier| carrier.name().to_owned()).collect()
            }
            _ => found.into_iter().map(|carrier| carrier.name().to_owned()).collect(),
        }
    };
    chosen.iter().zip(found).map(of).collect()
}
