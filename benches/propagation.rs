//! P.1812 over a 335-point profile (10 km at 30 m) beside the crate `p1812`, and ITM, on one thread.
//! `cargo bench --bench propagation`.

use divan::{Bencher, black_box};
use phusong::propagation::itm::{Itm, Options};
use phusong::propagation::p1812::P1812;
use phusong::propagation::{Distances, Link, Profile};

const POINTS: usize = 335;
const STEP_M: f64 = 30.0;

/// Whether a ridge stands between the antennas, and the percentage of time. At 50 % half of the diffraction is not
/// needed.
const PATHS: [(bool, f64); 4] = [(true, 50.0), (false, 50.0), (true, 10.0), (false, 10.0)];

fn main() {
    divan::main();
}

/// Hills of 40 m under a mast on a slope; the ridge is 300 m high.
fn heights(blocked: bool) -> Vec<f64> {
    let height = |i: usize| {
        let x = i as f64 / (POINTS - 1) as f64;
        let ridge = if blocked { 300.0 * (1.0 - (x - 0.6).abs() / 0.1).max(0.0) } else { 0.0 };
        300.0 - 200.0 * x + 20.0 * (x * 41.0).sin() + 7.0 * (x * 173.0).cos() + ridge
    };
    (0..POINTS).map(height).collect()
}

fn link(time_percent: f64) -> Link {
    Link { freq_mhz: 800.0, htg_m: 45.0, time_percent, ..Link::default() }
}

#[divan::bench(args = PATHS, sample_size = 200)]
fn phusong_p1812(bencher: Bencher<'_, '_>, (blocked, time_percent): (bool, f64)) {
    let heights = heights(blocked);
    let (Ok(distances), Ok(model)) = (Distances::regular(STEP_M, POINTS), P1812::new(&link(time_percent)))
    else {
        return;
    };
    bencher.bench_local(|| Some(model.loss_db(&Profile::new(&distances, black_box(&heights)).ok()?)));
}

#[divan::bench(args = PATHS, sample_size = 200)]
fn phusong_p1812_all_values(bencher: Bencher<'_, '_>, (blocked, time_percent): (bool, f64)) {
    let heights = heights(blocked);
    let (Ok(distances), Ok(model)) = (Distances::regular(STEP_M, POINTS), P1812::new(&link(time_percent)))
    else {
        return;
    };
    bencher.bench_local(|| Some(model.breakdown(&Profile::new(&distances, black_box(&heights)).ok()?)));
}

#[divan::bench(args = PATHS, sample_size = 200)]
fn crate_p1812(bencher: Bencher<'_, '_>, (blocked, time_percent): (bool, f64)) {
    let heights = heights(blocked);
    let Ok(distances) = Distances::regular(STEP_M, POINTS) else { return };
    let (clutter, zone) = (vec![0.0; POINTS], vec![p1812::ZONE_INLAND; POINTS]);
    let link = link(time_percent);
    let params = p1812::P1812Params {
        frequency_ghz: link.freq_mhz / 1000.0,
        time_percent,
        tx_height_m: link.htg_m,
        rx_height_m: link.hrg_m,
        polarization: p1812::Polarization::Vertical,
        tx_lat: 19.0,
        rx_lat: 19.09,
        dn: link.dn,
        n0: link.n0,
        ..p1812::P1812Params::default()
    };
    bencher.bench_local(|| {
        let profile = p1812::PathProfile {
            distance_km: distances.km(),
            height_asl_m: black_box(&heights),
            clutter_height_m: &clutter,
            zone: &zone,
        };
        p1812::calculate(&profile, &params).ok()
    });
}

#[divan::bench(args = [true, false], sample_size = 200)]
fn phusong_itm(bencher: Bencher<'_, '_>, blocked: bool) {
    let heights = heights(blocked);
    let (Ok(distances), Ok(model)) =
        (Distances::regular(STEP_M, POINTS), Itm::new(&link(50.0), &Options::default()))
    else {
        return;
    };
    bencher.bench_local(|| model.loss_db(&Profile::new(&distances, black_box(&heights)).ok()?).ok());
}
