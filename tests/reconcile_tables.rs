//! The tables of `reconcile` on the sample study, each beside a slower way to the same number.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test may fail loudly")]

use std::collections::BTreeSet;
use std::path::Path;

use phusong::domain::{ReportState, VillageOrigin};
use phusong::export::{ReachBasis, UnitKind, write_programme_stations, write_units, write_villages};
use phusong::geodesy::{Radius, distance_m};
use phusong::reconcile::{
    Known, Reconciliation, Registers, by_commune, by_district, hardship_power, programme, reconcile,
};
use phusong::study::{CandidateSource, LoadOptions, Stages, Study, read_study_file};
use phusong::text::Simulated;

fn sample() -> (Study, Reconciliation) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/nghe-an");
    let (folder, file) = read_study_file(&path).unwrap();
    let options = LoadOptions { networks: true, ..LoadOptions::new(CandidateSource::None) };
    let study = Study::load_file(&folder, file, options, &mut Stages::default()).unwrap();
    let registers = Registers { villages: &study.villages, communes: &study.communes, units: &study.units };
    let result = reconcile(&study.lists, registers).unwrap();
    (study, result)
}

fn table(write: impl FnOnce(&mut Vec<u8>)) -> Vec<csv::StringRecord> {
    let mut bytes = Vec::new();
    write(&mut bytes);
    let text = String::from_utf8(bytes).unwrap();
    let text = text.strip_prefix('\u{feff}').unwrap_or(&text).to_owned();
    csv::Reader::from_reader(text.as_bytes()).into_records().map(Result::unwrap).collect()
}

#[test]
fn units_add_up_to_the_register_and_never_over_carriers() {
    let (study, result) = sample();
    let outside = result.villages.len() - study.villages.len();
    let reported: BTreeSet<&str> = result
        .gaps
        .iter()
        .filter(|g| g.state == ReportState::Reported && !g.village_id.starts_with("area:"))
        .map(|g| g.village_id.as_str())
        .collect();
    for units in [by_commune(&result), by_district(&result)] {
        assert!(units.len() > 15);
        assert_eq!(units.iter().map(|u| u.rate.villages).sum::<u64>(), study.villages.len() as u64);
        assert_eq!(units.iter().map(|u| u.outside_register).sum::<u64>(), outside as u64);
        assert_eq!(units.iter().map(|u| u.reported).sum::<u64>(), reported.len() as u64);
        for unit in &units {
            assert_eq!(unit.reported + unit.unknown + unit.rate.not_reported, unit.rate.villages);
            assert!(unit.reported_by.iter().all(|by| *by <= unit.reported && *by >= unit.dark));
        }
        let rows = table(|out| {
            write_units(
                &units,
                &result.carriers,
                Some("2024-03-31"),
                UnitKind::Commune,
                true,
                Simulated(false),
                out,
            )
            .unwrap()
        });
        assert_eq!(rows.len(), units.len());
        assert!(rows.iter().all(|r| &r[r.len() - 1] == "2024-03-31"));
    }
    assert_eq!(by_district(&result).iter().filter(|u| u.name.is_some()).count(), 20);
}

#[test]
fn what_is_not_known_has_its_own_row_and_column() {
    let (_, mut result) = sample();
    let total = |result: &Reconciliation| hardship_power(result).iter().map(|c| c.reported).sum::<u64>();
    let before = total(&result);
    let unknown = |result: &Reconciliation| {
        hardship_power(result)
            .iter()
            .filter(|c| c.hardship == Known::Unknown && c.grid_power == Known::Unknown)
            .map(|c| c.reported)
            .sum::<u64>()
    };
    let unknown_before = unknown(&result);
    let states = result.village_states();
    let known = |i: usize, r: &Reconciliation| {
        states[i].reported > 0 && r.villages[i].hardship.is_some() && r.villages[i].households.is_some()
    };
    let one = (0..result.villages.len()).find(|&i| known(i, &result)).unwrap();
    result.villages[one].hardship = None;
    result.villages[one].grid_power = None;
    assert_eq!(total(&result), before);
    assert_eq!(unknown(&result), unknown_before + 1);
    assert_eq!(before, states.iter().filter(|s| s.reported > 0).count() as u64);
}

#[test]
fn the_programme_agrees_with_measuring_every_pair() {
    let (study, result) = sample();
    let stations = study.programme.as_deref().unwrap();
    assert!(stations.len() > 700 && !study.stations.as_deref().unwrap().is_empty());
    let radius = Radius::from_m(3_000.0).unwrap();
    let found = programme(&result, stations, radius).unwrap();
    assert_eq!(found.villages.len(), result.village_states().iter().filter(|s| s.reported > 0).count());
    let mut any = vec![0u64; stations.len()];
    for reach in &found.villages {
        let Some(centre) = result.villages[reach.village].position else {
            assert!(reach.stations.iter().flatten().all(|n| n.distance_m.is_none()));
            assert!(reach.without_own_station.is_empty(), "nobody knows what reaches it");
            continue;
        };
        let mut slow: Vec<usize> = (0..stations.len())
            .filter(|&s| stations[s].position.is_some_and(|p| distance_m(centre, p) <= 3_000.0))
            .collect();
        slow.iter().for_each(|&s| any[s] += 1);
        let with_position = reach.stations.iter().flatten().filter(|n| n.distance_m.is_some());
        let mut fast: Vec<usize> = with_position.map(|n| n.station).collect();
        assert!(reach.stations.as_ref().unwrap().windows(2).all(|w| w[0].distance_m <= w[1].distance_m));
        fast.sort_unstable();
        slow.sort_unstable();
        assert_eq!(fast, slow);
        for carrier in &reach.without_own_station {
            assert!(!fast.iter().any(|&s| stations[s].carrier == *carrier));
        }
    }
    for used in &found.stations {
        match stations[used.station].position {
            Some(_) => assert_eq!(used.any_gaps, Some(any[used.station])),
            None => assert!(used.any_gaps.is_none() || used.by_name && used.any_gaps == Some(1)),
        }
        assert!(used.own_gaps <= used.any_gaps);
    }
    let rows = table(|out| {
        write_programme_stations(&found, stations, ReachBasis::Radius(3.0), Simulated(false), out).unwrap()
    });
    assert!(!rows.is_empty() && rows.len() < stations.len());
}

#[test]
fn villages_stand_beside_every_carrier() {
    let (_, result) = sample();
    let rows = table(|out| write_villages(&result, Simulated(false), out).unwrap());
    assert_eq!(rows.len(), result.villages.len());
    // Silent is a carrier that hands in a list without this village although another reports it.
    let silent = rows.iter().filter(|r| !r[21].is_empty()).count();
    assert!(silent > 0);
    for (row, (village, gaps)) in rows.iter().zip(result.by_village()) {
        assert_eq!(&row[2] == "1", village.origin == VillageOrigin::Register);
        assert_eq!(&row[20] == "1", gaps.iter().all(|g| g.state == ReportState::Reported));
        let reported = gaps.iter().any(|g| g.state == ReportState::Reported);
        assert!(reported || row[21].is_empty(), "nobody is silent where nobody reports");
    }
}
