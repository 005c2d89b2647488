//! `phusong plan --evaluate`: what as many sites could have solved, under the constraints that the programme is judged by.

use std::collections::BTreeSet;

use phusong::coverage::CoverageMatrix;
use phusong::domain::{Candidate, Carrier};
use phusong::siting::plan::PlanOptions;
use phusong::siting::{Site, WEIGHT_UNIT};
use phusong::study::{
    Alternative, AlternativeInput, Builds, DemandGap, Judged, Kept, Sharing, Stages, Unit, alternative,
    same_places,
};

use super::args::PlanArgs;
use super::input::Input;
use super::plan_judge::on_air;
use super::plan_pieces::{Limits, bind};
use super::plan_setup::{FoundLimit, Setup, bind_rules, builds_of, limits, section};

/// What is compared, with the sharing that was asked for, if any was, and where that stands.
pub struct ToCompare<'a> {
    pub programme: &'a [phusong::domain::PlannedStation],
    pub sites: &'a [Candidate],
    pub evaluation: &'a phusong::study::Evaluation,
    /// Whose gaps a station serves.
    pub sharing: &'a Sharing,
    /// Whether somebody asked for it; else the last comparison is on shared masts.
    pub asked: Option<&'static str>,
    pub judged: &'a [Judged],
}

/// Each builder alone, under what no part of a programme may break; then all together, under everything.
pub fn alternatives(
    args: &PlanArgs,
    input: &mut Input,
    of: &ToCompare<'_>,
    stages: &mut Stages<'_>,
) -> anyhow::Result<Vec<Alternative>> {
    let mut whose = builders(input, of);
    whose.push(Vec::new());
    let share = 2 * whose.len() as u32;
    let limits = PlanOptions {
        time: (!args.time.is_zero()).then_some(args.time / share),
        iterations: args.iterations.map(|most| most / u64::from(share)),
        ..PlanOptions::default()
    };
    let mut found = Vec::new();
    for carriers in &whose {
        found.push(stages.run("evaluate", || one(args, input, of, carriers, &limits))?);
    }
    Ok(found)
}

/// The carriers of the programme, those that share masts together; none where there is one builder.
fn builders(input: &Input, of: &ToCompare<'_>) -> Vec<Vec<Carrier>> {
    let asking: BTreeSet<&Carrier> = input.gaps.iter().filter_map(|gap| gap.carrier.as_ref()).collect();
    if asking.is_empty() || *of.sharing == Sharing::All {
        return Vec::new();
    }
    let registered: BTreeSet<&Carrier> = of.programme.iter().map(|station| &station.carrier).collect();
    let mut builders: Vec<Vec<Carrier>> = Vec::new();
    for carrier in &registered {
        if builders.iter().any(|builder| builder.contains(carrier)) {
            continue;
        }
        let all = registered.iter().chain(&asking);
        let together: BTreeSet<&Carrier> =
            all.copied().filter(|other| of.sharing.serves(carrier, other)).collect();
        builders.push(together.into_iter().cloned().collect());
    }
    if builders.len() > 1 { builders } else { Vec::new() }
}

/// One comparison; `carriers`: whose gaps and stations, empty: all.
fn one(
    args: &PlanArgs,
    input: &mut Input,
    of: &ToCompare<'_>,
    carriers: &[Carrier],
    limits: &PlanOptions,
) -> anyhow::Result<Alternative> {
    let is_meant = |carrier: &Carrier| carriers.is_empty() || carriers.contains(carrier);
    let mut worth = vec![0_u64; input.demand.villages.len()];
    let (mut gaps, mut solved) = (0, 0);
    for (gap, verdict) in input.gaps.iter().zip(&of.evaluation.gaps) {
        let counts = gap.carrier.as_ref().is_none_or(is_meant);
        if let Some(by) = verdict.solved_by.as_ref().filter(|_| counts) {
            worth[gap.village as usize] += 1;
            gaps += 1;
            solved += u64::from(!by.is_empty());
        }
    }
    // Rules by carrier, people and villages are those of the gaps that are meant.
    let own: Vec<DemandGap> =
        input.gaps.iter().filter(|gap| gap.carrier.as_ref().is_none_or(is_meant)).cloned().collect();
    let all = std::mem::replace(&mut input.gaps, own);
    let found = planned(args, input, of, carriers, (&worth, gaps, solved), limits);
    input.gaps = all;
    found
}

fn planned(
    args: &PlanArgs,
    input: &Input,
    of: &ToCompare<'_>,
    carriers: &[Carrier],
    (worth, gaps, solved): (&[u64], usize, u64),
    limits: &PlanOptions,
) -> anyhow::Result<Alternative> {
    let is_meant = |carrier: &Carrier| carriers.is_empty() || carriers.contains(carrier);
    let apart = carriers.is_empty() && *of.sharing != Sharing::All;
    let builds = match of.asked.filter(|_| apart) {
        Some(from) => Some(builds_of(of.sharing, from, input, of.sites)?).filter(|b| b.builders.len() > 1),
        None => None,
    };
    let mut setup = Setup {
        limits: limits_of(args, input, carriers)?,
        weights: worth.to_vec(),
        worths_micro: worth.to_vec(),
        unit: 1,
        sharing: if builds.is_some() { of.sharing.clone() } else { Sharing::All },
        ..Setup::default()
    };
    let candidates = builds.as_ref().map_or(of.sites, |builds| &builds.candidates);
    bind_rules(args, (input, candidates, builds.as_ref()), &on_air(of.programme), &mut setup)?;
    setup.builds = builds;
    let options = &mut setup.options;
    (options.time, options.iterations) = (limits.time, limits.iterations);
    let rows = |row: u32| rows_of(setup.builds.as_ref(), row);
    let registered = || of.programme.iter().zip(&of.evaluation.row_of);
    for (station, row) in registered() {
        // Another carrier's place is not this one's to build on.
        if let Some(row) = row.filter(|_| !is_meant(&station.carrier)) {
            options.forced_out.extend(rows(row));
        }
    }
    for pair in same_places(of.sites, input.candidates.len()) {
        let (first, second): (Vec<u32>, Vec<u32>) = (rows(pair[0]).collect(), rows(pair[1]).collect());
        options.groups.extend(first.iter().flat_map(|&a| second.iter().map(move |&b| vec![a, b])));
    }
    let bound_by =
        Limits { options: std::mem::take(&mut setup.options), rules: std::mem::take(&mut setup.rules) };
    let own;
    let matrix = match carriers.is_empty() {
        true => &of.evaluation.matrix,
        false => {
            own = of_villages(&of.evaluation.matrix, worth)?;
            &own
        }
    };
    let bound = bind(args.more.min_people, (matrix, None), &bound_by, input, &setup)?;
    let sites: Vec<Site<'_>> = candidates_of(&setup, of).iter().map(Site::from).collect();
    let stations: Vec<u32> = registered()
        .filter(|(station, _)| is_meant(&station.carrier))
        .filter_map(|(station, row)| build_of(&setup, (*row)?, &station.carrier))
        .collect();
    let keeps = of.judged.iter().all(|judged| judged.kept == Kept::Yes);
    let count = registered().filter(|(station, row)| row.is_some() && is_meant(&station.carrier)).count();
    Ok(alternative(AlternativeInput {
        carriers,
        matrix: bound.matrix(matrix),
        weights: &bound.weights,
        // Pieces are counted in parts of what a gap is worth.
        unit: if bound.cut.is_some() { bound.unit / WEIGHT_UNIT } else { 1 },
        sites: &sites,
        builds: setup.builds.as_ref(),
        options: &bound.limits.options,
        rules: &bound.limits.rules,
        registered: Some(&stations[..]).filter(|stations| keeps && stations.len() == count),
        stations: count,
        gaps,
        solved,
    })?)
}

fn candidates_of<'a>(setup: &'a Setup, of: &'a ToCompare<'_>) -> &'a [Candidate] {
    setup.builds.as_ref().map_or(of.sites, |builds| &builds.candidates)
}

/// The rows that stand on one site: one for each builder, where there are several.
fn rows_of(builds: Option<&Builds>, site: u32) -> std::ops::Range<u32> {
    let builders = builds.map_or(1, |builds| builds.builders.len() as u32);
    site * builders..(site + 1) * builders
}

/// The row of a registered station: that of its own carrier's builder, where there are several. `None` where its carrier has
/// no gap and builds nothing.
fn build_of(setup: &Setup, row: u32, carrier: &Carrier) -> Option<u32> {
    match &setup.builds {
        None => Some(row),
        Some(builds) => rows_of(Some(builds), row).find(|&build| builds.carriers(build).contains(carrier)),
    }
}

/// For one builder: ceilings alone, since floors are of the whole programme; and of those by carrier its own.
fn limits_of(args: &PlanArgs, input: &Input, carriers: &[Carrier]) -> anyhow::Result<Vec<FoundLimit>> {
    let mut limits = limits(args, &section(input))?;
    if !carriers.is_empty() {
        limits.retain(|found| {
            let named = found.limit.name.as_deref().and_then(Carrier::from_name);
            let others = found.limit.unit == Unit::Carrier
                && named.is_some_and(|carrier| !carriers.contains(&carrier));
            !found.limit.at_least && !others
        });
    }
    Ok(limits)
}

/// Who serves whom among the villages that are worth something: no others are counted.
fn of_villages(matrix: &CoverageMatrix, worth: &[u64]) -> anyhow::Result<CoverageMatrix> {
    let mut reader = matrix.reader();
    let own = |row: &[u32]| row.iter().copied().filter(|&v| worth[v as usize] > 0).collect();
    let rows: Vec<Option<Vec<u32>>> = (0..matrix.candidates()).map(|c| reader.read(c).map(own)).collect();
    Ok(CoverageMatrix::from_rows(matrix.villages(), &rows, matrix.unknown_villages())?)
}
