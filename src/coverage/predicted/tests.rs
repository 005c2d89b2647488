//! On made-up ground: what a wall hides, what is not known, and that nothing hangs on threads.

use super::*;
use crate::coverage::ground::{GroundSampler, PathHeights};
use crate::geodesy::{destination, distance_m};
use crate::propagation::link_budget::{Antenna, BudgetOptions, LinkBudget, Pattern, Preset};
use crate::propagation::{Distances, Link, ModelKind, Profile, p1812::P1812};

/// Ground that a function makes, 90 m fine.
struct Made<F>(F);

impl<F: Fn(LatLon) -> Option<f64> + Sync> Ground for Made<F> {
    type Sampler<'a>
        = &'a Made<F>
    where
        Self: 'a;

    fn sampler(&self) -> &Made<F> {
        self
    }

    fn resolution_m(&self, _at: LatLon) -> Option<f64> {
        Some(90.0)
    }
}

impl<F: Fn(LatLon) -> Option<f64> + Sync> GroundSampler for &Made<F> {
    fn height_m(&mut self, at: LatLon) -> Option<f64> {
        (self.0)(at)
    }

    fn path(&mut self, from: LatLon, to: LatLon, step_m: f64, path: &mut PathHeights) {
        path.length_m = distance_m(from, to);
        let steps = (path.length_m / step_m).ceil().max(1.0);
        path.heights_m.clear();
        path.heights_m.extend((0..=steps as usize).map(|i| {
            let share = i as f64 / steps;
            let lat = from.lat_deg() + share * (to.lat_deg() - from.lat_deg());
            let lon = from.lon_deg() + share * (to.lon_deg() - from.lon_deg());
            (self.0)(at(lat, lon)).unwrap_or(f64::NAN)
        }));
    }
}

fn at(lat: f64, lon: f64) -> LatLon {
    LatLon::from_degrees(lat, lon).unwrap()
}

/// A mast at 19° N 104.5° E.
fn mast() -> Mast<'static> {
    Mast { position: Some(at(19.0, 104.5)), height_agl_m: Some(30.0), antennas: &[] }
}

/// Villages to the east of the mast, at these distances, km.
fn east(km: &[f64]) -> Vec<LatLon> {
    km.iter().map(|km| destination(at(19.0, 104.5), 90.0, 1000.0 * km).unwrap()).collect()
}

fn centres(positions: &[LatLon]) -> Places {
    Places::centres(&positions.iter().copied().map(Some).collect::<Vec<_>>())
}

/// Every place of a village has the same share.
fn evenly(villages: impl IntoIterator<Item = Vec<LatLon>>) -> Places {
    Places::new(villages.into_iter().map(|places| {
        let share = 1.0 / places.len() as f64;
        places.into_iter().map(|position| Place { position, share }).collect()
    }))
}

fn with(change: impl FnOnce(&mut BudgetOptions)) -> PredictOptions {
    let mut budget = Preset::Lte900.options();
    change(&mut budget);
    PredictOptions {
        model: ModelKind::P1812,
        second: None,
        budget: LinkBudget::new(&budget).unwrap(),
        max_m: 15_000.0,
        mast_height_m: 30.0,
        step_m: None,
        max_gap_m: 200.0,
        time_percent: 50.0,
        dn: 45.0,
        n0: 370.0,
        served_share: 1.0,
        whole_distance: false,
        clutter: None,
        offsets: LevelOffsets::default(),
        by_band: OffsetsByBand::default(),
    }
}

fn options() -> PredictOptions {
    with(|_| {})
}

/// Flat at 200 m but for a wall of `wall_m` from 2.0 to 2.3 km east of the mast.
fn walled(wall_m: Option<f64>) -> impl Fn(LatLon) -> Option<f64> + Sync {
    let (from, to) = (east(&[2.0])[0].lon_deg(), east(&[2.3])[0].lon_deg());
    move |p| if (from..to).contains(&p.lon_deg()) { wall_m } else { Some(200.0) }
}

#[test]
fn a_wall_takes_the_signal_away_and_the_distance_does_not() {
    let villages = centres(&east(&[1.5, 3.5]));
    let open = predict(&[mast()], &villages, &Made(walled(Some(200.0))), &options()).unwrap();
    assert_eq!(open.matrix.row(0), Some(vec![0, 1]));
    let hidden = predict(&[mast()], &villages, &Made(walled(Some(600.0))), &options()).unwrap();
    assert_eq!(hidden.matrix.row(0), Some(vec![0]));
    let (before, after) = (open.pairs_of(0)[1], hidden.pairs_of(0)[1]);
    assert_eq!((before.state, after.state), (PairState::Served, PairState::NotServed));
    assert!(before.level_dbm - after.level_dbm > 30.0, "{before:?} {after:?}");
    assert_eq!(before.distance_m, after.distance_m);
}

#[test]
fn unknown_ground_is_unknown_and_neither_flat_nor_not_served() {
    let villages = centres(&east(&[1.5, 3.5]));
    let predicted = predict(&[mast()], &villages, &Made(walled(None)), &options()).unwrap();
    let pairs = predicted.pairs_of(0);
    assert_eq!((pairs[0].state, pairs[1].state), (PairState::Served, PairState::Unknown));
    assert!(pairs[1].level_dbm.is_nan() && (pairs[1].distance_m - 3_500.0).abs() < 1.0);
    assert_eq!(predicted.matrix.unknown_villages(), [1]);
    assert_eq!(predicted.counts(), PairCounts { served: 1, unknown: 1, ..PairCounts::default() });
    // A mast of which no path is known cannot be judged; one without anybody near serves nobody, and that is known.
    let far = Mast { position: Some(at(20.5, 104.5)), height_agl_m: None, antennas: &[] };
    let nowhere = predict(&[mast(), far], &villages, &Made(|_| None), &options()).unwrap();
    assert_eq!((nowhere.matrix.row(0), nowhere.matrix.row(1)), (None, Some(vec![])));
    assert_eq!(nowhere.matrix.unknown_villages(), [0, 1]);
    assert_eq!(nowhere.assumed_heights, 1);
    // What is served from elsewhere is known all the same.
    let other = Mast { position: Some(east(&[4.5])[0]), height_agl_m: Some(30.0), antennas: &[] };
    let both = predict(&[mast(), other], &villages, &Made(walled(None)), &options()).unwrap();
    assert_eq!(both.matrix.row(1), Some(vec![1]));
    assert!(both.matrix.unknown_villages().is_empty());
    let servers = village_servers(&both, &villages, &["A", "B"], |_| true);
    assert_eq!((servers[1].served_by, servers[1].unknown_paths), (1, 1));
    assert_eq!(servers[1].state(true), PairState::Served);
    let of_first = village_servers(&both, &villages, &["A", "B"], |site| site == 0);
    assert_eq!(of_first[1].state(true), PairState::Unknown);
}

#[test]
fn a_short_gap_is_bridged_and_says_so() {
    // One point of a 90 m path at 1 km.
    let (from, to) = (east(&[0.95])[0].lon_deg(), east(&[1.05])[0].lon_deg());
    let holed = Made(move |p: LatLon| (!(from..to).contains(&p.lon_deg())).then_some(200.0));
    let villages = centres(&east(&[3.0]));
    let found = predict(&[mast()], &villages, &holed, &options()).unwrap().pairs_of(0)[0];
    let whole = predict(&[mast()], &villages, &Made(|_| Some(200.0)), &options()).unwrap().pairs_of(0)[0];
    assert!(found.bridged && !whole.bridged);
    assert_eq!(found.level_dbm, whole.level_dbm);
    let strict = PredictOptions { max_gap_m: 0.0, ..options() };
    let found = predict(&[mast()], &villages, &holed, &strict).unwrap().pairs_of(0)[0];
    assert_eq!(found.state, PairState::Unknown);
}

#[test]
fn the_level_is_that_of_the_model_and_the_link_budget() {
    let hills = |p: LatLon| Some(300.0 + 120.0 * (p.lon_deg() * 400.0).sin());
    let village = east(&[7.0])[0];
    let found = predict(&[mast()], &centres(&[village]), &Made(hills), &options()).unwrap().pairs_of(0)[0];
    let ground = Made(hills);
    let mut path = PathHeights::default();
    (&ground).path(at(19.0, 104.5), village, 90.0, &mut path);
    let mut distances = Distances::regular(1.0, 2).unwrap();
    distances.set_regular(path.length_m / 1000.0, path.heights_m.len()).unwrap();
    let profile = Profile::new(&distances, &path.heights_m).unwrap();
    let link = Link { freq_mhz: 942.5, htg_m: 30.0, hrg_m: 1.5, latitude_deg: 19.0, ..Link::default() };
    let loss_db = P1812::new(&link).unwrap().loss_db(&profile);
    // 46 − 27.7815 − 3 + 12 − 3 − 4.
    assert!((found.level_dbm - (20.218_487 - loss_db)).abs() < 1e-6, "{found:?} {loss_db}");
}

/// Masts and villages over hills with a hole in them.
fn country() -> (Vec<Mast<'static>>, Places, Made<impl Fn(LatLon) -> Option<f64> + Sync>) {
    let spread = |n: u32, k: u32| {
        (0..n).map(move |i| {
            at(
                18.9 + f64::from(i * 37 % n) * 0.2 / f64::from(n),
                104.4 + f64::from(i * k % n) * 0.2 / f64::from(n),
            )
        })
    };
    let masts = spread(40, 17)
        .zip(0..)
        .map(|(position, i)| Mast {
            position: (i % 13 != 5).then_some(position),
            height_agl_m: (i % 3 != 0).then_some(36.0),
            antennas: &[],
        })
        .collect();
    let villages = spread(60, 23).zip(0..).map(|(p, i): (_, u32)| match i % 11 {
        7 => Vec::new(),
        3 => vec![p, destination(p, 200.0, 900.0).unwrap()],
        _ => vec![p],
    });
    let ground = Made(|p: LatLon| {
        let hole = (104.47..104.48).contains(&p.lon_deg()) && p.lat_deg() > 19.0;
        (!hole).then(|| 500.0 + 260.0 * (p.lon_deg() * 250.0).sin() * (p.lat_deg() * 210.0).cos())
    });
    (masts, evenly(villages), ground)
}

#[test]
fn the_number_of_threads_changes_nothing() {
    let (masts, places, ground) = country();
    let asked = PredictOptions { second: Some(SecondOpinion(ModelKind::Itm)), ..options() };
    let on = |threads| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| predict(&masts, &places, &ground, &asked)).unwrap()
    };
    let (one, three) = (on(1), on(3));
    let counts = one.counts();
    assert!(counts.served > 50 && counts.not_served > 50 && counts.unknown > 50, "{counts:?}");
    // Levels may be NaN, which is not equal to itself.
    assert_eq!(format!("{one:?}"), format!("{three:?}"));
    assert!(!one.matrix.is_known(5) && one.matrix.unknown_villages().contains(&7));
}

#[test]
fn a_bound_leaves_out_nothing_that_is_served() {
    let (masts, places, ground) = country();
    // Free space alone is too much beyond some 5 km.
    let weak = with(|budget| budget.threshold_dbm = -91.0);
    let bounded = predict(&masts, &places, &ground, &weak).unwrap();
    let all = predict(&masts, &places, &ground, &options()).unwrap();
    assert!(bounded.pairs().count() < all.pairs().count() * 3 / 4);
    let mut served = 0;
    for (site, _) in masts.iter().enumerate() {
        let sigma_db = weak.sigma_db().unwrap();
        let by_level = |pair: &&PairLevel| {
            pair.level_dbm + 91.0 >= crate::propagation::link_budget::fade_margin_sigmas(0.75) * sigma_db
        };
        let expected: Vec<u32> =
            all.pairs_of(site).iter().filter(by_level).map(|pair| pair.village).collect();
        served += expected.len();
        assert_eq!(bounded.matrix.row(site).unwrap_or_default(), expected, "{site}");
    }
    assert!(served > 20, "{served}");
}

#[test]
fn a_village_of_several_places_is_served_where_its_worst_is() {
    let [near, behind] = [east(&[1.5])[0], east(&[3.5])[0]];
    let places = evenly([vec![near], vec![near, behind], vec![behind, near]]);
    let hidden = predict(&[mast()], &places, &Made(walled(Some(600.0))), &options()).unwrap();
    assert_eq!(hidden.matrix.row(0), Some(vec![0]));
    let pairs = hidden.pairs_of(0);
    assert_eq!(pairs[1].level_dbm, pairs[2].level_dbm);
    assert!((pairs[1].distance_m - 3_500.0).abs() < 1.0);
    // Where one place is known to be in the dark, the rest may be unknown; where one is served, it may not.
    let dark = with(|budget| budget.threshold_dbm = -20.0);
    for (asked, expected) in [(options(), PairState::Unknown), (dark, PairState::NotServed)] {
        let asked = PredictOptions { model: ModelKind::Itm, ..asked };
        let found = predict(&[mast()], &places, &Made(walled(None)), &asked).unwrap();
        assert_eq!(found.pairs_of(0)[1].state, expected);
    }
}

#[test]
fn a_village_is_served_where_the_share_asked_for_is() {
    let [near, middle, behind] = [east(&[1.2])[0], east(&[1.5])[0], east(&[3.5])[0]];
    let place = |position, share| Place { position, share };
    let places = Places::new([
        vec![place(near, 0.5), place(middle, 0.2), place(behind, 0.3)],
        vec![place(behind, 0.3), place(middle, 0.7)],
        // A part of it is nobody knows where.
        vec![place(near, 0.7)],
        vec![place(behind, 0.7)],
    ]);
    let wall = Made(walled(Some(600.0)));
    let at = |served_share| {
        let asked = PredictOptions { served_share, ..options() };
        predict(&[mast()], &places, &wall, &asked).unwrap().pairs_of(0).to_vec()
    };
    let states = |pairs: &[PairLevel]| pairs.iter().map(|pair| pair.state).collect::<Vec<_>>();
    use PairState::{NotServed, Served, Unknown};
    let low = at(0.7);
    assert_eq!(states(&low), [Served, Served, Served, NotServed]);
    let shares: Vec<f64> = low.iter().map(|pair| (pair.served_share * 1e9).round() / 1e9).collect();
    assert_eq!(shares, [0.7, 0.7, 0.7, 0.0]);
    // The level is that of the place that decides: the middle one, where 0.7 is reached.
    assert!((low[0].distance_m - 1_500.0).abs() < 1.0 && low[0].level_dbm == low[1].level_dbm);
    let half = at(0.5);
    assert!((half[0].distance_m - 1_200.0).abs() < 1.0 && half[0].level_dbm > low[0].level_dbm);
    let high = at(0.71);
    assert_eq!(states(&high), [NotServed, NotServed, Unknown, NotServed]);
    assert!((high[0].distance_m - 3_500.0).abs() < 1.0 && high[2].level_dbm.is_nan());
    // 0.3 may be served or not: with less than that asked for, the village behind the wall is unknown too.
    assert_eq!(states(&at(0.3)), [Served, Served, Served, Unknown]);
    assert!(predict(&[mast()], &places, &wall, &PredictOptions { served_share: 0.0, ..options() }).is_err());
}

#[test]
fn a_sector_serves_where_it_looks() {
    let looking = |azimuth_deg| {
        with(|budget| {
            let pattern = Pattern::Sector { azimuth_deg, tilt_deg: 0.0 };
            budget.antenna = Antenna { gain_dbi: 15.0, pattern };
        })
    };
    let flat = Made(|_| Some(10.0));
    let villages = centres(&east(&[9.0]));
    let level =
        |azimuth| predict(&[mast()], &villages, &flat, &looking(azimuth)).unwrap().pairs_of(0)[0].level_dbm;
    // Straight ahead but for the elevation, 3 dB at 35°, 25 dB behind.
    assert!((level(90.0) - level(125.0) - 3.0).abs() < 0.01);
    assert!((level(90.0) - level(270.0) - 25.0).abs() < 0.02);
}

#[test]
fn a_baseline_needs_no_ground() {
    let villages = centres(&east(&[2.0, 12.0]));
    for model in [ModelKind::FreeSpace, ModelKind::Hata, ModelKind::Rma] {
        let asked = PredictOptions { model, ..options() };
        let found = predict(&[mast()], &villages, &Made(|_| None), &asked).unwrap();
        assert_eq!(found.counts().unknown, 0, "{model:?}");
        assert!(found.pairs_of(0)[0].level_dbm > found.pairs_of(0)[1].level_dbm);
    }
    let free = PredictOptions { model: ModelKind::FreeSpace, ..options() };
    let found = predict(&[mast()], &villages, &Made(|_| None), &free).unwrap();
    // 32.4478 + 20 log10(942.5 · 2.0002) = 97.953 dB below 20.218 dBm.
    assert!((found.pairs_of(0)[0].level_dbm + 77.736).abs() < 0.01, "{:?}", found.pairs_of(0)[0]);
}

#[test]
fn the_second_model_is_asked_over_the_same_paths() {
    let (masts, places, ground) = country();
    let asked = PredictOptions { second: Some(SecondOpinion(ModelKind::Itm)), ..options() };
    let both = predict(&masts, &places, &ground, &asked).unwrap();
    let itm =
        predict(&masts, &places, &ground, &PredictOptions { model: ModelKind::Itm, ..options() }).unwrap();
    let mut compared = 0;
    for (pair, alone) in both.pairs().map(|(_, p)| p).zip(itm.pairs().map(|(_, p)| p)) {
        assert_eq!(pair.village, alone.village);
        // Of a village with several places, each model has its own worst.
        if pair.state == PairState::Unknown || places.of(pair.village as usize).len() > 1 {
            continue;
        }
        assert_eq!(pair.distance_m, alone.distance_m);
        assert_eq!(pair.second_level_dbm, alone.level_dbm);
        assert_eq!(pair.second_agrees, Some(pair.state == alone.state));
        compared += 1;
    }
    assert!(compared > 200, "{compared}");
    assert!(both.counts().disagree > 0);
}

#[test]
fn a_mast_in_the_village_serves_it() {
    let villages = centres(&[at(19.0, 104.5), east(&[0.06])[0]]);
    let found = predict(&[mast()], &villages, &Made(|_| Some(700.0)), &options()).unwrap();
    assert_eq!(found.matrix.row(0), Some(vec![0, 1]));
    assert!(found.pairs_of(0).iter().all(|pair| pair.level_dbm > -60.0), "{:?}", found.pairs_of(0));
}

#[test]
fn the_best_server_comes_first_and_ties_go_to_the_smaller_id() {
    let masts = [mast(), mast(), Mast { height_agl_m: Some(60.0), ..mast() }];
    let villages = centres(&east(&[9.0]));
    let found = predict(&masts, &villages, &Made(|_| Some(10.0)), &options()).unwrap();
    let of = |ids: &[&str]| {
        let servers = village_servers(&found, &villages, ids, |_| true)[0];
        (servers.best.unwrap().site, servers.second.unwrap().site)
    };
    assert_eq!(of(&["A", "B", "C"]), (2, 0));
    assert_eq!(of(&["B", "A", "C"]), (2, 1));
}

#[test]
fn options_outside_of_the_model_are_refused_before_any_work() {
    for wrong in [
        PredictOptions { max_m: 0.0, ..options() },
        PredictOptions { max_m: 1e6, ..options() },
        PredictOptions { time_percent: 0.0, ..options() },
        PredictOptions { step_m: Some(f64::NAN), ..options() },
        PredictOptions { max_gap_m: -5.0, ..options() },
        PredictOptions { dn: 1e3, ..options() },
    ] {
        assert!(predict(&[], &Places::default(), &Made(|_| None), &wrong).is_err(), "{wrong:?}");
    }
}
