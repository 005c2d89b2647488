//! Antennas of the table of sites: against patterns and budgets computed by hand.

use super::area::test_ground::{Wall, usual_options};
use super::*;
use crate::coverage::Grid;
use crate::domain::{Source, Unreadable};
use crate::propagation::link_budget::{BudgetOptions, LinkBudget, Pattern, SectorSet};

fn row() -> AntennaRow {
    AntennaRow {
        azimuths_deg: Vec::new(),
        tilts_deg: Vec::new(),
        pattern: None,
        height_agl_m: None,
        gain_dbi: None,
        power_dbm: None,
        carrier_eirp_dbm: None,
        preset: None,
        unreadable: None,
        source: Source { file: "c.csv".into(), sheet: None, row: 7 },
    }
}

fn looking(azimuths: &[f64], tilts: &[f64]) -> AntennaRow {
    AntennaRow { azimuths_deg: azimuths.to_vec(), tilts_deg: tilts.to_vec(), ..row() }
}

fn place(lat: f64, lon: f64) -> LatLon {
    LatLon::from_degrees(lat, lon).unwrap()
}

fn mast(antennas: &[AntennaRow]) -> Mast<'_> {
    Mast { position: Some(place(19.0, 104.50)), height_agl_m: Some(30.0), antennas }
}

fn cells_of(antennas: &[AntennaRow]) -> Vec<Cell> {
    cells(&mast(antennas), &usual_options()).unwrap()
}

fn budget(cell: &Cell) -> &BudgetOptions {
    cell.options.budget.options()
}

#[test]
fn what_a_row_does_not_say_is_as_in_the_study() {
    let options = usual_options();
    let plain = cells_of(&[]);
    assert_eq!((plain.len(), plain[0].height_agl_m), (1, Some(30.0)));
    assert_eq!(plain[0].options.budget, options.budget);
    let louder = cells_of(&[AntennaRow { power_dbm: Some(43.0), ..row() }]);
    assert_eq!(louder.len(), 1);
    assert_eq!(*budget(&louder[0]), BudgetOptions { power_dbm: 43.0, ..*options.budget.options() });
}

#[test]
fn a_row_with_three_azimuths_is_three_sectors() {
    let cells = cells_of(&[looking(&[0.0, 120.0, 240.0], &[4.0])]);
    let [cell] = &cells[..] else { panic!("{cells:?}") };
    // 46 − 27.7815 − 3 + 15 = 30.2185 dBm; 35° off the first and along its tilt: 12 · 0.5² = 3 dB; −120 − 3 − 4.
    let level = cell.options.budget.level_dbm(120.0, 35.0, -4.0);
    assert!((level - (30.218_487 - 3.0 - 127.0)).abs() < 1e-6, "{level}");
    // Half way between two, at the horizon: 12 (60/70)² + 12 · 0.4² = 8.8163 + 1.92 dB.
    let level = cell.options.budget.level_dbm(120.0, 180.0, 0.0);
    assert!((level - (30.218_487 - 10.736_327 - 127.0)).abs() < 1e-6, "{level}");
    // Rows of a sector each are the same; a tilt each goes with its azimuth.
    let rows = [looking(&[0.0], &[4.0]), looking(&[120.0], &[4.0]), looking(&[240.0], &[4.0])];
    let of_rows = cells_of(&rows);
    assert_eq!((of_rows.len(), budget(&of_rows[0])), (1, budget(cell)));
    let tilted = cells_of(&[looking(&[0.0, 180.0], &[2.0, 8.0])]);
    let set = SectorSet::new([(0.0, 2.0), (180.0, 8.0)]).unwrap();
    assert_eq!(budget(&tilted[0]).antenna.pattern, Pattern::Sectors(set));
    let named = AntennaRow { pattern: Some("Three sectors".to_owned()), ..looking(&[30.0], &[]) };
    let three = Pattern::ThreeSectors { azimuth_deg: 30.0, tilt_deg: 0.0 };
    assert_eq!(budget(&cells_of(&[named])[0]).antenna.pattern, three);
}

#[test]
fn preset_gain_power_and_eirp() {
    let key = |key: &str| Some(key.to_owned());
    let with = |row: AntennaRow| *budget(&cells_of(&[row])[0]);
    let band = with(AntennaRow { preset: key("LTE 1800"), ..row() });
    assert_eq!((band.freq_mhz, band.resource_elements, band.antenna.gain_dbi), (1842.5, 1200, 15.0));
    let panel = with(AntennaRow { preset: key("lte1800"), ..looking(&[10.0], &[]) });
    assert_eq!(panel.antenna.gain_dbi, 18.0);
    assert_eq!(with(AntennaRow { gain_dbi: Some(17.5), ..looking(&[10.0], &[]) }).antenna.gain_dbi, 17.5);
    // 60 dBm = power − 3 dB + 17 dBi.
    let eirp = AntennaRow { gain_dbi: Some(17.0), carrier_eirp_dbm: Some(60.0), ..looking(&[10.0], &[]) };
    assert!((with(eirp).power_dbm - 46.0).abs() < 1e-12);
    // The criterion stays the study's.
    let study = *usual_options().budget.options();
    assert_eq!(
        (band.threshold_dbm, band.rx_gain_dbi, band.sigma_db),
        (study.threshold_dbm, study.rx_gain_dbi, study.sigma_db)
    );
}

#[test]
fn rows_of_another_generation_are_passed_over() {
    let of = |key: &str| AntennaRow { preset: Some(key.to_owned()), ..looking(&[0.0], &[]) };
    assert_eq!(cells_of(&[of("gsm900"), of("lte900")]).len(), 1);
    assert!(cells_of(&[of("gsm900"), of("nr700")]).is_empty());
    let places = Places::centres(&[Some(place(19.01, 104.5))]);
    let rows = [of("gsm900")];
    let found = predict(&[mast(&rows), mast(&[])], &places, &Wall, &usual_options()).unwrap();
    assert_eq!((found.own_antennas, found.other_generation), (1, 1));
    // Known to serve nobody, which is not "unknown".
    assert_eq!((found.matrix.row(0), found.pairs_of(0).len()), (Some(Vec::new()), 0));
    assert_eq!(found.pairs_of(1).len(), 1);
    let grid = Grid::around(&[place(19.0, 104.5)], 300.0, 30.0).unwrap();
    let map = predict_area((place(19.0, 104.5), &mast(&rows)), &Wall, &usual_options(), (&grid, 300.0));
    assert_eq!(map, Err(PredictError::NoAntenna("RSRP")));
}

#[test]
fn a_cell_that_no_antenna_has_is_named_by_row_and_column() {
    let text = |text: &str| Some(text.to_owned());
    let unreadable = |column, found: &str| Some(Unreadable { column, found: found.to_owned() });
    for (row, expected) in [
        (looking(&[400.0], &[]), "c.csv, row 7, column azimuth_deg: 400: give a number from 0 to 360 °"),
        (looking(&[10.0], &[95.0]), "c.csv, row 7, column tilt_deg: 95: give a number from -30 to 90 °"),
        (looking(&[0.0, 120.0], &[1.0, 2.0, 3.0]), "column tilt_deg: 3 tilts for 2 azimuths"),
        (looking(&[], &[4.0]), "column tilt_deg: a sector looks somewhere"),
        (AntennaRow { pattern: text("sector"), ..row() }, "column azimuth_deg: a sector looks somewhere"),
        (
            AntennaRow { pattern: text("omni"), ..looking(&[10.0], &[]) },
            "column azimuth_deg: an omni antenna",
        ),
        (AntennaRow { pattern: text("dish"), ..row() }, "column antenna_pattern: \"dish\": write omni"),
        (
            AntennaRow { pattern: text("three_sectors"), ..looking(&[0.0, 9.0], &[]) },
            "2 azimuths: three_sectors",
        ),
        (AntennaRow { gain_dbi: Some(55.0), ..row() }, "column gain_dbi: 55: give a number from -10 to 40"),
        (
            AntennaRow { power_dbm: Some(20_000.0), ..row() },
            "column power_dbm: 20000: give a number from 0 to 80",
        ),
        (
            AntennaRow { carrier_eirp_dbm: Some(27.2), ..row() },
            "column carrier_eirp_dbm: 27.2: give a number from 30",
        ),
        (
            AntennaRow { carrier_eirp_dbm: Some(60.0), power_dbm: Some(43.0), ..row() },
            "column carrier_eirp_dbm: power_dbm is there too",
        ),
        (
            AntennaRow { preset: text("lte850"), ..row() },
            "column preset: \"lte850\": there is no such preset",
        ),
        (
            AntennaRow { height_agl_m: Some(0.0), ..looking(&[1.0], &[]) },
            "column height_m: 0: give a number from 1",
        ),
        (AntennaRow { unreadable: unreadable("azimuth_deg", "0,120"), ..row() }, "several as in 0/120/240"),
        (
            AntennaRow { unreadable: unreadable("gain_dbi", "cao"), ..row() },
            "column gain_dbi: \"cao\" is no number",
        ),
        (looking(&[1.0; 13], &[]), "column azimuth_deg: more than 12 sectors"),
    ] {
        let error = cells(&mast(std::slice::from_ref(&row)), &usual_options()).unwrap_err();
        assert!(error.to_string().contains(expected), "{expected:?} is not in {error}");
        assert!(error.message(Lang::Vi).starts_with("c.csv, dòng 7, cột "), "{}", error.message(Lang::Vi));
        // Every prediction refuses it.
        let rows = [row];
        let places = Places::centres(&[Some(place(19.01, 104.5))]);
        let found = predict(&[mast(&rows)], &places, &Wall, &usual_options());
        assert_eq!(found, Err(PredictError::Antenna(error)));
    }
}

/// The level of each mast in each place, dBm.
fn levels(masts: &[Mast<'_>], places: &[LatLon]) -> Vec<Vec<f64>> {
    let centres: Vec<Option<LatLon>> = places.iter().copied().map(Some).collect();
    let found = predict(masts, &Places::centres(&centres), &Wall, &usual_options()).unwrap();
    (0..masts.len()).map(|site| found.pairs_of(site).iter().map(|pair| pair.level_dbm).collect()).collect()
}

#[test]
fn a_sector_raises_what_lies_before_it_and_lowers_what_lies_behind() {
    let (east, west) = (place(19.0, 104.52), place(19.0, 104.48));
    let rows = [looking(&[90.0], &[2.0])];
    let found = levels(&[mast(&[]), mast(&rows)], &[east, west]);
    let d = crate::geodesy::distance_m(place(19.0, 104.5), east);
    // 30 m to 1.5 m over flat ground: elevation −(28.5 + d²/2a)/d; 12 ((|elevation| − 2°)/10°)² dB; panel 3 dB above omni.
    let elevation_deg = -((28.5 + d * d / (2.0 * 8_495_000.0)) / d).atan().to_degrees();
    let by_elevation_db = 12.0 * ((-elevation_deg - 2.0) / 10.0).powi(2);
    assert!((found[1][0] - found[0][0] - (3.0 - by_elevation_db)).abs() < 1e-3, "{found:?}");
    // Behind 25 dB are lost, and no more.
    assert!((found[1][1] - found[0][1] - (3.0 - 25.0)).abs() < 1e-9, "{found:?}");
}

#[test]
fn of_several_heights_and_bands_the_best_counts_everywhere() {
    let at = [place(19.0, 104.52), place(19.0, 104.48), place(19.01, 104.56), place(18.98, 104.50)];
    let low = AntennaRow { height_agl_m: Some(20.0), ..looking(&[90.0], &[]) };
    let high = AntennaRow {
        height_agl_m: Some(60.0),
        preset: Some("lte1800".to_owned()),
        ..looking(&[250.0], &[3.0])
    };
    let (both, only_low, only_high) = ([low.clone(), high.clone()], [low], [high]);
    let found = levels(&[mast(&both), mast(&only_low), mast(&only_high)], &at);
    let mut chosen = [0; 2];
    for ((both, low), high) in found[0].iter().zip(&found[1]).zip(&found[2]) {
        assert_eq!(*both, low.max(*high));
        chosen[usize::from(high > low)] += 1;
    }
    assert!(chosen[0] > 0 && chosen[1] > 0, "{found:?}");

    // The link explained and the map say the same.
    let options = usual_options();
    let from = LinkEnd { position: place(19.0, 104.50), height_agl_m: 30.0 };
    for (to, level) in at.iter().zip(&found[0]) {
        let to = LinkEnd { position: *to, height_agl_m: 1.5 };
        let cells = cells(&mast(&both), &options).unwrap();
        let link = explain_best_link(from, to, &Wall, &cells, 100.0).unwrap();
        let over = link.over_ground.unwrap();
        assert!((over.judged.verdict.level_dbm - level).abs() < 0.01, "{over:?}");
        let on_low = link.first_agl_m == 20.0;
        assert_eq!(over.sector, Some(if on_low { (90.0, 0.0) } else { (250.0, 3.0) }));
        assert_eq!(link.options.budget.options().freq_mhz, if on_low { 942.5 } else { 1842.5 });
    }
    let grid = Grid::around(&[place(19.0, 104.5)], 1_500.0, 30.0).unwrap();
    let map = |rows: &[AntennaRow]| {
        predict_area((place(19.0, 104.5), &mast(rows)), &Wall, &options, (&grid, 1_500.0)).unwrap()
    };
    let (all, low, high) = (map(&both), map(&only_low), map(&only_high));
    assert!(all.counts.within > 1000 && all.counts.unknown == 0);
    for at in 0..grid.pixels() {
        let (low, high) = (low.level_dbm.values()[at], high.level_dbm.values()[at]);
        assert!(all.level_dbm.values()[at].to_bits() == low.max(high).to_bits(), "{low} {high}");
    }
    let single = LinkBudget::new(cells_of(&only_low)[0].options.budget.options()).unwrap();
    assert!(low.served_dbm <= all.served_dbm && single.options().threshold_dbm < all.served_dbm);
}

#[test]
fn a_cell_of_another_band_has_that_bands_calibration_and_of_the_same_band_the_studys() {
    let (mut own, mut high) = (LevelOffsets::default(), LevelOffsets::default());
    own.set_all(-4.0);
    high.set_all(3.0);
    let mut options = PredictOptions { offsets: own, ..usual_options() };
    options.by_band.add(BandOffsets { freq_mhz: 1842.5, offsets: high, sigma_db: 6.0 });
    // The study's own frequency is one of the band that the preset stands in the middle of.
    let study = BudgetOptions { freq_mhz: 935.0, sigma_db: 7.0, ..*options.budget.options() };
    options.budget = LinkBudget::new(&study).unwrap();
    let of_preset = |key: &str| {
        let rows = [AntennaRow { preset: Some(key.to_owned()), ..row() }];
        let cell = cells(&mast(&rows), &options).unwrap()[0];
        (cell.options.offsets.db(None), budget(&cell).sigma_db)
    };
    assert_eq!(of_preset("lte900"), (-4.0, 7.0));
    assert_eq!(of_preset("LTE 1800"), (3.0, 6.0));
    assert_eq!(of_preset("lte700"), (0.0, 7.0));
}
