//! What stations and the registered programme are predicted to serve, as far as the rules of `validate` ask.

use std::collections::BTreeMap;

use super::coverage::{own_stations, servers_of};
use super::ground::StudyGround;
use crate::coverage::predicted::{
    Mast, PairCounts, PairState, Places, PredictError, PredictOptions, ServerLevel, VillageServers, predict,
};
use crate::domain::{Carrier, PlannedStation, Severity, Source, Station};
use crate::geodesy::LatLon;
use crate::reconcile::{PackedMatches, Registers};
use crate::validate::{PredictedReach, ReachingStation};

/// Existing stations and the registered programme; `None` for what the study does not name.
type Networks<'a> = (Option<&'a [Station]>, Option<&'a [PlannedStation]>);

/// What the own stations of a carrier, existing and registered, are predicted to serve: each of its areas, and the centres
/// of villages that it calls white. Registered stations have antennas at the usual height: the programme states none.
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
            let (served, counts) = best_of(stations, &own, &centres, options, ground)?;
            reach.counts += counts;
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
    let masts: Vec<Mast> =
        own.iter().map(|&n| Mast { position: programme[n].position, height_agl_m: None }).collect();
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
