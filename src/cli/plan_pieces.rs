//! `plan` where villages count in pieces: carriers that build each their own, probabilities; and limits by carrier.

use anyhow::anyhow;
use phusong::coverage::CoverageMatrix;
use phusong::domain::Carrier;
use phusong::siting::plan::PlannedSite;
use phusong::study::{Builds, CarrierReach, CutUp, DemandGap, Levels, Sharing, ToCut, Unit, dark_micro};

use super::input::Input;
use super::plan_setup::Setup;

/// Cuts the villages up by builder, and by probability where they count by it.
pub fn cut_up(
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
    let levels = levels.filter(|_| setup.partial.is_some());
    Ok(CutUp::new(matrix, levels, builds, to_cut)?)
}

/// Puts what was cut up into the setup and adds the limits by carrier.
pub fn limit_carriers(
    matrix: &CoverageMatrix,
    cut: Option<&CutUp>,
    input: &Input,
    setup: &mut Setup,
) -> anyhow::Result<()> {
    if let Some(cut) = cut {
        setup.weights = cut.weights.clone();
        setup.dark_first = cut.dark_first.clone();
        setup.options.villages = Some(cut.pieces.villages);
    }
    if setup.limits.iter().all(|limit| limit.unit != Unit::Carrier) {
        return Ok(());
    }
    let builds = setup.builds.as_ref();
    let all: Vec<u32> = (0..matrix.candidates() as u32).collect();
    let reach = carrier_reach(matrix, &all, input, setup);
    let column = |gap: &DemandGap| match (cut, builds) {
        (Some(cut), Some(builds)) => {
            let own = builds.builders.iter().position(|builder| builder.iter().any(|c| gap.is_of(c)));
            cut.pieces.column(gap.village, own.unwrap_or(0) as u16)
        }
        _ => Some(gap.village),
    };
    let rules =
        reach.rules(&setup.limits, &input.gaps, column).map_err(|problem| anyhow!("--limit: {problem}"))?;
    setup.rules.counts.extend(rules.counts);
    setup.rules.served.extend(rules.served);
    Ok(())
}

fn carrier_reach<'a>(
    matrix: &CoverageMatrix,
    candidates: &[u32],
    input: &'a Input,
    setup: &Setup,
) -> CarrierReach<'a> {
    let may = |candidate: u32, carrier: &Carrier| {
        setup.builds.as_ref().is_none_or(|builds| builds.carriers(candidate).contains(carrier))
    };
    CarrierReach::new(matrix, candidates, input.demand.villages.len(), &input.gaps, may)
}

/// By site of the plan, the carriers that it is built for: those that have a gap in its reach; where each builds its own,
/// of the site's builder, and where that closes no gap at all, all of the builder's.
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
