//! What physics asks of any model, whatever its numbers.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test may fail loudly")]

use phusong::propagation::itm::{Itm, Options};
use phusong::propagation::p1812::P1812;
use phusong::propagation::{Distances, Link, Polarization, Profile, Zone, free_space};
use proptest::prelude::*;

fn loss(link: &Link, heights: &[f64], step_m: f64) -> f64 {
    let distances = Distances::regular(step_m, heights.len()).unwrap();
    P1812::new(link).unwrap().loss_db(&Profile::new(&distances, heights).unwrap())
}

/// 8 km of even ground with one ridge of a given height.
fn with_ridge(height_m: f64) -> Vec<f64> {
    (0..=80).map(|i| 100.0 + height_m * (1.0 - (f64::from(i) - 50.0).abs() / 4.0).max(0.0)).collect()
}

#[test]
fn a_higher_ridge_never_loses_less() {
    for freq_mhz in [700.0, 1800.0, 2600.0] {
        let link = Link { freq_mhz, ..Link::default() };
        let mut before = 0.0;
        for height in (0..60).map(|i| f64::from(i) * 10.0) {
            let now = loss(&link, &with_ridge(height), 100.0);
            assert!(now >= before - 1e-9, "{freq_mhz} MHz, {height} m: {now} after {before}");
            before = now;
        }
        // A ridge of 590 m costs tens of dB, not a few.
        assert!(before > loss(&link, &with_ridge(0.0), 100.0) + 25.0);
    }
}

/// The same wherever the ridge stands and for any percentage of time, from where it blocks the line of sight on; and for
/// trees that grow there. Below the line a rise of the ground lifts the smooth earth that P.1812 fits to the profile, and may
/// take up to a dB from the loss: that is the Recommendation's own.
#[test]
fn a_higher_ridge_never_loses_less_wherever_it_stands() {
    let distances = Distances::regular(100.0, 81).unwrap();
    for at in [3, 11, 40, 66, 77] {
        for time_percent in [1.0, 10.0, 50.0] {
            let model = P1812::new(&Link { freq_mhz: 942.5, time_percent, ..Link::default() }).unwrap();
            let (mut before, mut before_trees) = (0.0, 0.0);
            for height in (3..40).map(|i| f64::from(i) * 10.0) {
                let mut heights = vec![100.0; 81];
                heights[at] += height;
                let profile = Profile::new(&distances, &heights).unwrap();
                let now = model.loss_db(&profile);
                assert!(now >= before - 1e-9, "at {at}, {time_percent} %, {height} m: {now} after {before}");
                before = now;
                let mut trees = vec![0.0; 81];
                trees[at] = height;
                let flat = [100.0; 81];
                let profile = Profile::new(&distances, &flat).unwrap().with_clutter(&trees).unwrap();
                let now = model.loss_db(&profile);
                assert!(now >= before_trees - 1e-9, "trees at {at}, {height} m: {now} after {before_trees}");
                before_trees = now;
            }
            assert!(before > 130.0 && before_trees > 120.0, "at {at}: {before} {before_trees}");
        }
    }
}

#[test]
fn a_higher_antenna_never_loses_more_behind_a_ridge() {
    for ridge in [40.0, 150.0, 400.0] {
        let mut before = f64::INFINITY;
        for htg_m in [5.0, 10.0, 20.0, 30.0, 45.0, 60.0, 90.0, 150.0, 300.0] {
            let now = loss(&Link { htg_m, ..Link::default() }, &with_ridge(ridge), 100.0);
            assert!(now <= before + 1e-9, "ridge {ridge} m, mast {htg_m} m: {now} after {before}");
            before = now;
        }
        // It does gain: a mast of 300 m sees over the lower ridges and grazes the highest less.
        let low = loss(&Link { htg_m: 5.0, ..Link::default() }, &with_ridge(ridge), 100.0);
        assert!(low - before > 2.0, "ridge {ridge} m: {low} dB and {before} dB");
        let mut before = f64::INFINITY;
        for hrg_m in [1.5, 3.0, 5.0, 10.0, 20.0, 40.0, 80.0, 160.0] {
            let now = loss(&Link { hrg_m, ..Link::default() }, &with_ridge(ridge), 100.0);
            // In sight a higher antenna is a little farther away: hundredths of a dB.
            assert!(now <= before + 0.01, "ridge {ridge} m, receiver {hrg_m} m: {now} after {before}");
            before = now;
        }
    }
}

#[test]
fn over_flat_sea_nearby_it_is_free_space() {
    // High antennas, 1 to 5 km: the first Fresnel zone is clear.
    for points in [11, 31, 51] {
        let (distances, heights) = (Distances::regular(100.0, points).unwrap(), vec![0.0; points]);
        let zones = vec![Zone::Sea; points];
        let profile = Profile::new(&distances, &heights).unwrap().with_zones(&zones).unwrap();
        let link = Link { freq_mhz: 1800.0, htg_m: 60.0, hrg_m: 60.0, ..Link::default() };
        let got = P1812::new(&link).unwrap().loss_db(&profile);
        let free = free_space::loss_db(profile.length_km(), 1800.0).unwrap();
        assert!((got - free).abs() < 0.2, "{points} points: {got} and {free}");
    }
}

#[test]
fn a_path_of_two_points_is_one_of_three_on_the_same_line() {
    let link = Link { time_percent: 10.0, ..Link::default() };
    let two = loss(&link, &[50.0, 70.0], 1000.0);
    let three = loss(&link, &[50.0, 60.0, 70.0], 500.0);
    assert!((two - three).abs() < 1e-9, "{two} {three}");
}

fn any_link() -> impl Strategy<Value = Link> {
    let antennas = (30.0..=6000.0, 1.0..=3000.0, 1.0..=3000.0, any::<bool>());
    let percentages = (1.0..=50.0, 1.0..=99.0, proptest::option::of(0.0..=50.0));
    let air = (-150.0..=150.0, 250.0..=400.0, -90.0..=90.0, 0.0..=600.0, 0.0..=600.0);
    (antennas, percentages, air).prop_map(
        |((f, ht, hr, vertical), (p, pl, sigma), (dn, n0, lat, dct, dcr))| Link {
            freq_mhz: f,
            htg_m: ht,
            hrg_m: hr,
            polarization: if vertical { Polarization::Vertical } else { Polarization::Horizontal },
            time_percent: p,
            location_percent: pl,
            location_sigma_db: sigma,
            dn,
            n0,
            latitude_deg: lat,
            dct_km: dct,
            dcr_km: dcr,
            ..Link::default()
        },
    )
}

type Points = Vec<((f64, f64), (f64, u8))>;

fn any_points() -> impl Strategy<Value = Points> {
    let gap = prop_oneof![1e-6..1e-3, 0.001..0.1, 0.1..50.0];
    let height = prop_oneof![Just(0.0), -500.0..9000.0, 0.0..50.0];
    let clutter = prop_oneof![Just(0.0), 0.0..100.0];
    let zone = prop_oneof![Just(1u8), Just(3), Just(4)];
    proptest::collection::vec(((gap, height), (clutter, zone)), 2..60)
}

struct Arrays {
    distances: Distances,
    height_m: Vec<f64>,
    clutter_m: Vec<f64>,
    zones: Vec<Zone>,
}

fn arrays(points: &Points) -> Arrays {
    let mut at = 0.0;
    let km = points.iter().enumerate().map(|(i, ((gap, _), _))| {
        at += if i == 0 { 0.0 } else { *gap };
        at
    });
    Arrays {
        distances: Distances::from_km(km.collect()).unwrap(),
        height_m: points.iter().map(|((_, h), _)| *h).collect(),
        clutter_m: points.iter().map(|(_, (c, _))| *c).collect(),
        zones: points.iter().map(|(_, (_, z))| Zone::from_code(*z).unwrap()).collect(),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_profile_gives_nan(points in any_points(), link in any_link()) {
        let a = arrays(&points);
        let bare = Profile::new(&a.distances, &a.height_m).unwrap();
        let full = bare.with_clutter(&a.clutter_m).unwrap().with_zones(&a.zones).unwrap();
        let model = P1812::new(&link).unwrap();
        for profile in [&bare, &full] {
            let all = model.breakdown(profile);
            prop_assert!(all.lb_db.is_finite(), "{all:?}");
            let short = model.loss_db(profile);
            prop_assert!((short - all.lb_db).abs() < 1e-7 * (1.0 + short.abs()), "{short} {}", all.lb_db);
        }
        // ITM says where it is not defined, and is finite elsewhere.
        if let Ok(loss) = Itm::new(&link, &Options::default()).unwrap().loss_db(&bare) {
            prop_assert!(loss.is_finite());
        }
    }

    #[test]
    fn a_link_is_the_same_in_both_directions(
        heights in proptest::collection::vec(0.0..600.0_f64, 6..120),
        step_m in 20.0..200.0_f64,
        link in any_link(),
    ) {
        // Location variability is that of the receiver's surroundings: only the median over locations is reciprocal.
        let link = Link { location_percent: 50.0, ..link };
        let there = loss(&link, &heights, step_m);
        let turned: Vec<f64> = heights.iter().rev().copied().collect();
        let swapped = Link { htg_m: link.hrg_m, hrg_m: link.htg_m, dct_km: link.dcr_km, dcr_km: link.dct_km, ..link };
        let back = loss(&swapped, &turned, step_m);
        prop_assert!((there - back).abs() < 1e-6, "{there} and {back}");
    }

    /// Also with points at any distances, clutter and zones.
    #[test]
    fn any_path_is_the_same_in_both_directions(points in any_points(), link in any_link()) {
        let link = Link { location_percent: 50.0, ..link };
        let swapped =
            Link { htg_m: link.hrg_m, hrg_m: link.htg_m, dct_km: link.dcr_km, dcr_km: link.dct_km, ..link };
        // Steps of millimetres do not survive being counted from the other end; they are no terrain.
        let points: Points = points.into_iter().map(|((gap, h), rest)| ((gap.max(1e-3), h), rest)).collect();
        let there = arrays(&points);
        let end = there.distances.km().last().copied().unwrap_or_default();
        let mut back_km: Vec<f64> = there.distances.km().iter().rev().map(|d| end - d).collect();
        back_km[0] = 0.0;
        let turned = |values: &[f64]| values.iter().rev().copied().collect::<Vec<f64>>();
        let back = Arrays {
            distances: Distances::from_km(back_km).unwrap(),
            height_m: turned(&there.height_m),
            clutter_m: turned(&there.clutter_m),
            zones: there.zones.iter().rev().copied().collect(),
        };
        let loss = |link: &Link, a: &Arrays| {
            let profile = Profile::new(&a.distances, &a.height_m).unwrap();
            let profile = profile.with_clutter(&a.clutter_m).unwrap().with_zones(&a.zones).unwrap();
            P1812::new(link).unwrap().loss_db(&profile)
        };
        let (one, other) = (loss(&link, &there), loss(&swapped, &back));
        prop_assert!((one - other).abs() < 1e-5 * (1.0 + one.abs()), "{one} and {other}");
    }
}
