//! Land cover in predictions: the same ground for a ranking, a link explained and a map; unknown cover; offsets by class.

use super::area::test_ground::usual_options;
use super::*;
use crate::coverage::Grid;
use crate::coverage::ground::{GroundSampler, PathHeights};
use crate::geodesy::{destination, distance_and_bearing};
use crate::propagation::p1812::P1812;
use crate::propagation::{Distances, Link, ModelKind, Profile};
use crate::terrain::{ClutterHeights, UNKNOWN_COVER};

/// Level ground at 100 m with a cover that a function makes.
struct Covered<F>(F);

impl<F: Fn(LatLon) -> u8 + Sync> Ground for Covered<F> {
    type Sampler<'a>
        = &'a Covered<F>
    where
        Self: 'a;

    fn sampler(&self) -> &Covered<F> {
        self
    }

    fn resolution_m(&self, _: LatLon) -> Option<f64> {
        Some(30.0)
    }
}

impl<F: Fn(LatLon) -> u8 + Sync> GroundSampler for &Covered<F> {
    fn height_m(&mut self, _: LatLon) -> Option<f64> {
        Some(100.0)
    }

    fn cover(&mut self, at: LatLon) -> Option<u8> {
        Some((self.0)(at)).filter(|class| *class != UNKNOWN_COVER)
    }

    fn path(&mut self, from: LatLon, to: LatLon, step_m: f64, path: &mut PathHeights) {
        let (length_m, bearing) = distance_and_bearing(from, to);
        let steps = (length_m / step_m - 1e-9).ceil().max(1.0) as usize;
        path.length_m = length_m;
        path.heights_m.clear();
        path.cover.clear();
        for i in 0..=steps {
            let at = destination(from, bearing, length_m * i as f64 / steps as f64).unwrap();
            path.heights_m.push(100.0);
            path.cover.push((self.0)(at));
        }
    }
}

const TREES: u8 = 10;
const CROPS: u8 = 40;
const BUILT: u8 = 50;

fn site() -> LatLon {
    LatLon::from_degrees(19.0, 104.5).unwrap()
}

fn mast() -> Mast {
    Mast { position: Some(site()), height_agl_m: Some(42.0) }
}

fn east(m: f64) -> LatLon {
    destination(site(), 90.0, m).unwrap()
}

fn cluttered() -> PredictOptions {
    PredictOptions { clutter: Some(ClutterHeights::default()), ..usual_options() }
}

/// Crops, with a forest from 2.0 to 3.5 km east and houses beyond 5 km.
fn country(at: LatLon) -> u8 {
    let m = distance_and_bearing(site(), at).0;
    if (2_000.0..3_500.0).contains(&m) {
        TREES
    } else if m >= 5_000.0 {
        BUILT
    } else {
        CROPS
    }
}

fn level(ground: &impl Ground, options: &PredictOptions, m: f64) -> PairLevel {
    let places = Places::centres(&[Some(east(m))]);
    predict(&[mast()], &places, ground, options).unwrap().pairs_of(0)[0]
}

/// The level of the model with clutter written down by hand.
fn directly(m: f64, classes: impl Fn(LatLon) -> f64) -> f64 {
    let options = usual_options();
    let points = (m / 30.0).ceil() as usize + 1;
    let mut distances = Distances::regular(1.0, 2).unwrap();
    distances.set_regular(m / 1000.0, points).unwrap();
    let heights = vec![100.0; points];
    let clutter: Vec<f64> = (0..points).map(|i| classes(east(m * i as f64 / (points - 1) as f64))).collect();
    let profile = Profile::new(&distances, &heights).unwrap().with_clutter(&clutter).unwrap();
    let link = Link { freq_mhz: 942.5, htg_m: 42.0, hrg_m: 1.5, latitude_deg: 19.0, ..Link::default() };
    let loss = P1812::new(&link).unwrap().loss_db(&profile);
    options.budget.level_dbm(loss, 0.0, 0.0)
}

#[test]
fn the_clutter_of_the_classes_is_added_between_the_ends() {
    let ground = Covered(country);
    let metres = |at: LatLon| match country(at) {
        TREES => 15.0,
        BUILT => 10.0,
        _ => 0.0,
    };
    for m in [1_200.0, 2_700.0, 4_200.0, 6_000.0] {
        let found = level(&ground, &cluttered(), m);
        let expected = directly(m, metres);
        assert!((found.level_dbm - expected).abs() < 1e-6, "{m}: {} {expected}", found.level_dbm);
        let bare = level(&ground, &usual_options(), m).level_dbm;
        assert!((bare - directly(m, |_| 0.0)).abs() < 1e-6);
        // Nothing stands in the way before the forest; in it, behind it and among houses something does.
        assert_eq!(bare - found.level_dbm > 0.5, m > 2_000.0, "{m}: {bare} {}", found.level_dbm);
    }
    // Taller trees lose more, and classes without height nothing.
    let mut tall = ClutterHeights::default();
    tall.set(crate::terrain::CoverClass::of(TREES).unwrap(), 30.0).unwrap();
    let tall = PredictOptions { clutter: Some(tall), ..usual_options() };
    assert!(level(&ground, &tall, 4_200.0).level_dbm < level(&ground, &cluttered(), 4_200.0).level_dbm - 1.0);
    let crops = Covered(|_| CROPS);
    let (with, without) = (level(&crops, &cluttered(), 6_000.0), level(&crops, &usual_options(), 6_000.0));
    assert_eq!((with.level_dbm, with.state), (without.level_dbm, without.state));
}

#[test]
fn a_ranking_a_link_and_a_map_see_the_same_clutter() {
    let ground = Covered(country);
    let options = cluttered();
    let grid = Grid::around(&[site()], 6_000.0, 30.0).unwrap();
    let map = predict_area((site(), &mast()), &ground, &options, (&grid, 6_000.0)).unwrap();
    for m in [2_700.0, 4_200.0, 5_700.0] {
        let pair = level(&ground, &options, m);
        let end = |position, height_agl_m| LinkEnd { position, height_agl_m };
        let link = explain_link(end(site(), 42.0), end(east(m), 1.5), &ground, &options, 60.0).unwrap();
        let over = link.over_ground.unwrap();
        // The link's latitude is that of its middle, a ranking's that of the mast.
        assert!((over.judged.verdict.level_dbm - pair.level_dbm).abs() < 1e-3, "{m}");
        assert_eq!(over.judged.verdict.served, pair.state == PairState::Served);
        let parts = &over.judged.parts;
        assert!(parts.iter().any(|(part, db)| *part == LossPart::Clutter && *db > 0.5));
        assert!((parts.iter().map(|(_, db)| db).sum::<f64>() - over.judged.loss_db).abs() < 1e-9);
        assert_eq!(over.receiver_class, Some(country(east(m))));
        let column = ((east(m).lon_deg() - grid.west_deg) / grid.lon_step_deg - 0.5).round() as usize;
        let row = grid.rows / 2;
        let pixel = f64::from(map.level_dbm.values()[row * grid.columns + column]);
        assert!((pixel - pair.level_dbm).abs() < 1.0, "{m}: {pixel} {}", pair.level_dbm);
    }
}

#[test]
fn unknown_cover_is_unknown_and_not_bare() {
    let holed = |from: f64, to: f64| {
        move |at: LatLon| {
            let m = distance_and_bearing(site(), at).0;
            if (from..to).contains(&m) { UNKNOWN_COVER } else { CROPS }
        }
    };
    let wide = Covered(holed(1_000.0, 1_500.0));
    let found = level(&wide, &cluttered(), 3_000.0);
    assert_eq!((found.state, found.cover_unknown), (PairState::Unknown, true));
    assert!(found.level_dbm.is_nan());
    let places = Places::centres(&[Some(east(3_000.0)), Some(east(700.0))]);
    let counts = predict(&[mast()], &places, &wide, &cluttered()).unwrap().counts();
    assert_eq!((counts.unknown, counts.cover_unknown, counts.served), (1, 1, 1));
    assert!(counts.has_gaps());
    // ITM and bare ground do not ask for it; as a second opinion P.1812 then has none.
    let itm = PredictOptions { model: ModelKind::Itm, ..cluttered() };
    let (itm_wide, itm_trees) = (level(&wide, &itm, 3_000.0), level(&Covered(|_| TREES), &itm, 3_000.0));
    assert_eq!((itm_wide.level_dbm, itm_wide.state), (itm_trees.level_dbm, PairState::Served));
    assert_eq!(level(&wide, &usual_options(), 3_000.0).state, PairState::Served);
    let second = PredictOptions { second: Some(SecondOpinion(ModelKind::P1812)), ..itm };
    let found = level(&wide, &second, 3_000.0);
    assert_eq!((found.state, found.second_agrees), (PairState::Served, None));
    // A gap of two steps is bridged, with the taller neighbour, and says so.
    let narrow = level(&Covered(holed(1_000.0, 1_050.0)), &cluttered(), 3_000.0);
    assert!(narrow.bridged && narrow.state == PairState::Served);
    assert_eq!(narrow.level_dbm, level(&Covered(|_| CROPS), &cluttered(), 3_000.0).level_dbm);
    // In a map it is unknown from there on.
    let grid = Grid::around(&[site()], 2_000.0, 30.0).unwrap();
    let map = predict_area((site(), &mast()), &wide, &cluttered(), (&grid, 2_000.0)).unwrap();
    assert!(map.counts.cover_unknown > 3_000 && map.counts.cover_unknown == map.counts.unknown);
    let bare = predict_area((site(), &mast()), &wide, &usual_options(), (&grid, 2_000.0)).unwrap();
    assert_eq!((bare.counts.unknown, bare.counts.cover_unknown), (0, 0));
    let end = |position, height_agl_m| LinkEnd { position, height_agl_m };
    let link = explain_link(end(site(), 42.0), end(east(3_000.0), 1.5), &wide, &cluttered(), 60.0).unwrap();
    assert!(link.over_ground.is_none() && link.unknown_points == 0);
    assert!((15..19).contains(&link.unknown_cover_points), "{}", link.unknown_cover_points);
}

#[test]
fn offsets_go_by_the_class_around_the_receiver_and_widen_the_bound() {
    let ground = Covered(country);
    let mut options = usual_options();
    options.offsets.set_all(-2.0);
    options.offsets.set_class(TREES, -9.0);
    options.offsets.set_class(BUILT, 20.0);
    for (m, offset) in [(1_200.0, -2.0), (2_700.0, -9.0), (4_200.0, -2.0), (6_000.0, 20.0)] {
        let (with, without) = (level(&ground, &options, m), level(&ground, &usual_options(), m));
        assert!((with.level_dbm - without.level_dbm - offset).abs() < 1e-9, "{m}");
        let free = |options: PredictOptions| PredictOptions { model: ModelKind::FreeSpace, ..options };
        let (with, without) = (level(&ground, &free(options), m), level(&ground, &free(usual_options()), m));
        assert!((with.level_dbm - without.level_dbm - offset).abs() < 1e-9, "{m} in free space");
    }
    // Whoever is served thanks to an offset is looked at.
    let weak = |offset: f64| {
        let mut budget = *usual_options().budget.options();
        budget.threshold_dbm = -85.0;
        let budget = crate::propagation::link_budget::LinkBudget::new(&budget).unwrap();
        let mut options = PredictOptions { budget, model: ModelKind::FreeSpace, ..usual_options() };
        options.offsets.set_all(offset);
        let places = Places::centres(&[Some(east(4_000.0))]);
        predict(&[mast()], &places, &ground, &options).unwrap().counts().served
    };
    assert_eq!((weak(0.0), weak(20.0)), (0, 1));
}
