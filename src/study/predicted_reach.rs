//! What stations and the registered programme are predicted to serve, as far as the rules of `validate` ask.

use std::collections::BTreeMap;

use super::coverage::{own_stations, servers_of};
use super::ground::StudyGround;
use super::masts::planned_mast;
use crate::coverage::predicted::{
    LevelOffsets, Mast, OffsetsByBand, PairCounts, PairState, Places, PredictError, PredictOptions,
    PredictOptionsError, ServerLevel, VillageServers, predict,
};
use crate::domain::{Carrier, PlannedStation, Severity, Source, Station};
use crate::geodesy::LatLon;
use crate::propagation::link_budget::{BudgetOptions, LinkBudget, Preset, Technology};
use crate::reconcile::{PackedMatches, Registers};
use crate::validate::{PredictedReach, ReachingStation};

/// Existing stations and the registered programme; `None` for what the study does not name.
type Networks<'a> = (Option<&'a [Station]>, Option<&'a [PlannedStation]>);

/// What the own stations of a carrier, existing and registered, are predicted to serve: each of its areas, and the centres
/// of villages that it calls white. Registered stations have their own technology and height, where stated.
///
/// # Errors
/// [`PredictError`] where there is too much of anything.
pub fn predicted_reach(
    matches: &PackedMatches,
    registers: Registers<'_>,
    (stations, programme): Networks<'_>,
    options: &PredictOptions,
    ground: &StudyGround,
) -> Result<PredictedReach, PredictError> {
    let mut reach = PredictedReach { criterion: options.criterion(), ..PredictedReach::default() };
    for carrier in &matches.carriers {
        let (mut positions, mut sources, mut white) = (Vec::new(), Vec::new(), BTreeMap::new());
        for area in matches.areas().filter(|area| area.area.carrier == *carrier) {
            if let (Some(Severity::White), [village]) = (area.area.severity, area.demand.as_slice()) {
                white.entry(*village).or_insert_with(|| matches.village_position(*village, registers));
            }
            positions.push(area.position);
            sources.push(area.area.source);
        }
        if let Some(stations) = stations {
            let own = own_stations(stations, carrier, options.budget.options().technology).0;
            let (served, counts) = best_of(stations, &own, &positions, options, ground)?;
            reach.counts += counts;
            for (source, found) in sources.iter().zip(served) {
                reach.areas.extend(found.map(|found| ((source.clone(), carrier.clone()), found)));
            }
            let centres: Vec<Option<LatLon>> = white.values().copied().collect();
            let (mut served, counts) = best_of(stations, &own, &centres, options, ground)?;
            reach.counts += counts;
            // White means no signal at all: that of another generation contradicts it as well.
            for (technology, preset) in GENERATIONS {
                let stated = |n: &usize| stations[*n].technology.is_some();
                let others: Vec<usize> =
                    own_stations(stations, carrier, technology).0.into_iter().filter(stated).collect();
                if technology == options.budget.options().technology || others.is_empty() || white.is_empty()
                {
                    continue;
                }
                let options = of_generation(options, preset)?;
                let (more, counts) = best_of(stations, &others, &centres, &options, ground)?;
                reach.counts += counts;
                for (known, more) in served.iter_mut().zip(more) {
                    *known = either(known.take(), more, &options.criterion());
                }
            }
            for (village, found) in white.keys().zip(served) {
                reach.centres.extend(found.map(|found| ((*village, carrier.clone()), found)));
            }
        }
        if let Some(programme) = programme {
            let (plans, counts) = plans_of(programme, carrier, (&sources, &positions), options, ground)?;
            reach.counts += counts;
            reach.plans.extend(plans);
        }
    }
    Ok(reach)
}

/// The generations, each with the band that reaches farthest among those that all carriers have.
const GENERATIONS: [(Technology, Preset); 3] =
    [(Technology::Gsm, Preset::Gsm900), (Technology::Lte, Preset::Lte900), (Technology::Nr, Preset::Nr900)];

/// The study's options for another generation: its preset, with the study's receiver and probability. What drive tests found
/// holds for the study's own.
fn of_generation(options: &PredictOptions, preset: Preset) -> Result<PredictOptions, PredictError> {
    let study = options.budget.options();
    let budget = BudgetOptions {
        rx_gain_dbi: study.rx_gain_dbi,
        rx_height_m: study.rx_height_m,
        body_loss_db: study.body_loss_db,
        entry_loss_db: study.entry_loss_db,
        probability: study.probability,
        ..preset.options()
    };
    let budget = LinkBudget::new(&budget).map_err(PredictOptionsError::from)?;
    let (offsets, by_band) = (LevelOffsets::default(), OffsetsByBand::default());
    Ok(PredictOptions { budget, second: None, offsets, by_band, ..*options })
}

/// What two generations together say: served where either serves, unknown where neither is known to and one may.
fn either(known: Best, other: Best, criterion: &str) -> Best {
    match (known, other) {
        (Some(Some(own)), _) => Some(Some(own)),
        (_, Some(Some(other))) => {
            Some(Some(ReachingStation { criterion: Some(criterion.to_owned()), ..other }))
        }
        (Some(None), Some(None)) => Some(None),
        _ => None,
    }
}

/// A place's best station that serves it, `None` where none does; no answer where that is unknown.
type Best = Option<Option<ReachingStation>>;

fn best_of(
    stations: &[Station],
    own: &[usize],
    positions: &[Option<LatLon>],
    options: &PredictOptions,
    ground: &StudyGround,
) -> Result<(Vec<Best>, PairCounts), PredictError> {
    let places = Places::centres(positions);
    let (servers, counts) = servers_of(stations, own, &places, options, ground)?;
    let station = |best: ServerLevel| ReachingStation {
        station: stations[own[best.site]].id.clone(),
        distance_m: best.distance_m,
        level_dbm: best.level_dbm,
        criterion: None,
    };
    let best =
        |(servers, position): (&VillageServers, &Option<LatLon>)| match servers.state(position.is_some()) {
            PairState::Unknown => None,
            PairState::Served => Some(servers.best.map(station)),
            PairState::NotServed => Some(None),
        };
    Ok((servers.iter().zip(positions).map(best).collect(), counts))
}

type Plans = Vec<((Source, Carrier), Vec<usize>)>;

/// The carrier's registered stations that serve each area. Without those of which nothing is known.
fn plans_of(
    programme: &[PlannedStation],
    carrier: &Carrier,
    (sources, positions): (&[Source], &[Option<LatLon>]),
    options: &PredictOptions,
    ground: &StudyGround,
) -> Result<(Plans, PairCounts), PredictError> {
    let own = programme.iter().enumerate().filter(|(_, station)| station.carrier == *carrier);
    let own: Vec<usize> = own.map(|(number, _)| number).collect();
    let masts: Vec<Mast<'_>> =
        own.iter().map(|&n| planned_mast(&programme[n], Some(options.budget.options().technology))).collect();
    let predicted = predict(&masts, &Places::centres(positions), ground, options)?;
    let mut serving: Vec<(Vec<usize>, bool)> = vec![(Vec::new(), false); positions.len()];
    for (mast, pair) in predicted.pairs() {
        let (plans, unknown) = &mut serving[pair.village as usize];
        match pair.state {
            PairState::Served => plans.push(own[mast]),
            PairState::Unknown => *unknown = true,
            PairState::NotServed => {}
        }
    }
    let known =
        sources.iter().zip(positions).zip(serving).filter(|((_, position), (plans, unknown))| {
            position.is_some() && !(plans.is_empty() && *unknown)
        });
    let plans = known.map(|((source, _), (plans, _))| ((source.clone(), carrier.clone()), plans)).collect();
    Ok((plans, predicted.counts()))
}
