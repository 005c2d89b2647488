//! P.1812-8 against the crate `p1812` on seeded random profiles. `PHUSONG_ORACLE_PROFILES=100000` tries as many.

use phusong::propagation::p1812::P1812;
use phusong::propagation::{Distances, Link, Polarization, Profile, Zone};

/// SplitMix64: small, seeded, the same everywhere.
pub struct Random(pub u64);

impl Random {
    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// Between `low` and `high`.
    pub fn within(&mut self, low: f64, high: f64) -> f64 {
        low + (high - low) * (self.next() >> 11) as f64 / (1u64 << 53) as f64
    }

    pub fn chance(&mut self, probability: f64) -> bool {
        self.within(0.0, 1.0) < probability
    }

    pub fn pick<T: Copy>(&mut self, from: &[T]) -> T {
        from[(self.next() % from.len() as u64) as usize]
    }
}

/// A path over made-up ground: flat, hilly, a ridge or rough; regular steps or not; with or without clutter and sea.
pub struct Path {
    pub distances: Distances,
    pub height_m: Vec<f64>,
    pub clutter_m: Option<Vec<f64>>,
    pub zones: Option<Vec<Zone>>,
}

impl Path {
    pub fn random(random: &mut Random) -> Path {
        let points = 5 + (random.next() % random.pick(&[1, 20, 120, 120, 500, 1996])) as usize;
        // Long steps only where the path stays on this side of the pole.
        let steps: &[f64] =
            if points > 505 { &[10.0, 30.0, 90.0] } else { &[10.0, 30.0, 90.0, 400.0, 1500.0] };
        let step_m = random.pick(steps) * random.within(0.8, 1.2);
        let regular = random.chance(0.6);
        let mut at = 0.0;
        let km: Vec<f64> = (0..points)
            .map(|i| {
                if i > 0 {
                    at += step_m / 1000.0 * if regular { 1.0 } else { random.within(0.2, 1.8) };
                }
                at
            })
            .collect();
        let base = random.within(0.0, 800.0);
        let relief = random.pick(&[0.5, 20.0, 200.0, 900.0]);
        let (waves, phase) = (random.within(0.3, 8.0), random.within(0.0, 6.3));
        let ridge =
            (random.within(0.1, 0.9), random.pick(&[0.0, 0.0, 150.0, 600.0]), random.within(0.01, 0.2));
        let mut walk = 0.0;
        let height_m: Vec<f64> = km
            .iter()
            .map(|d| {
                let x = d / at;
                walk = 0.9 * walk + random.within(-0.1, 0.1) * relief;
                let bump = ridge.1 * (1.0 - (x - ridge.0).abs() / ridge.2).max(0.0);
                base + 0.5 * relief * (waves * x * std::f64::consts::TAU + phase).sin() + walk + bump
            })
            .collect();
        let clutter_m = random.chance(0.4).then(|| {
            (0..points)
                .map(|_| random.pick(&[0.0, 0.0, 5.0, 10.0, 15.0, 20.0]) * random.within(0.5, 1.0))
                .collect()
        });
        let zones = random.chance(0.5).then(|| {
            let mut zone = random.pick(&[Zone::Sea, Zone::CoastalLand, Zone::Inland]);
            (0..points)
                .map(|_| {
                    if random.chance(0.05) {
                        zone = random.pick(&[Zone::Sea, Zone::CoastalLand, Zone::Inland]);
                    }
                    zone
                })
                .collect()
        });
        Path { distances: Distances::from_km(km).unwrap(), height_m, clutter_m, zones }
    }

    pub fn profile(&self) -> Profile<'_> {
        let mut profile = Profile::new(&self.distances, &self.height_m).unwrap();
        if let Some(clutter) = &self.clutter_m {
            profile = profile.with_clutter(clutter).unwrap();
        }
        if let Some(zones) = &self.zones {
            profile = profile.with_zones(zones).unwrap();
        }
        profile
    }
}

pub fn random_link(random: &mut Random) -> Link {
    Link {
        freq_mhz: match random.chance(0.3) {
            true => 30.0 * 200.0_f64.powf(random.within(0.0, 1.0)),
            false => random.pick(&[30.0, 98.0, 450.0, 700.0, 900.0, 1800.0, 2100.0, 2600.0, 6000.0]),
        },
        htg_m: random.pick(&[1.0, 10.0, 30.0, 45.0, 120.0, 900.0]) * random.within(1.0, 1.5),
        hrg_m: random.pick(&[1.0, 1.5, 10.0]) * random.within(1.0, 1.5),
        polarization: random.pick(&[Polarization::Horizontal, Polarization::Vertical]),
        time_percent: match random.chance(0.3) {
            true => random.within(1.0, 50.0),
            false => random.pick(&[1.0, 3.0, 10.0, 20.0, 49.0, 50.0, 50.0]),
        },
        location_percent: match random.chance(0.2) {
            true => random.within(1.0, 99.0),
            false => random.pick(&[50.0, 50.0, 1.0, 90.0, 99.0]),
        },
        location_sigma_db: Some(random.pick(&[0.0, 5.5])),
        dn: random.within(30.0, 90.0),
        n0: random.within(300.0, 390.0),
        dct_km: random.pick(&[500.0, 500.0, 0.0, 2.0, 6.0]),
        dcr_km: random.pick(&[500.0, 500.0, 0.0, 2.0, 6.0]),
        ..Link::default()
    }
}

/// Ends for the oracle, and the latitude of the path's centre as its great circle gives it: straight north.
pub fn oracle_db(path: &Path, link: &Link, tx_lat: f64) -> f64 {
    let clear = vec![0.0; path.height_m.len()];
    let zone: Vec<u8> = match &path.zones {
        Some(zones) => zones.iter().map(|z| z.code()).collect(),
        None => vec![4; clear.len()],
    };
    let profile = p1812::PathProfile {
        distance_km: path.distances.km(),
        height_asl_m: &path.height_m,
        clutter_height_m: path.clutter_m.as_deref().unwrap_or(&clear),
        zone: &zone,
    };
    let params = p1812::P1812Params {
        frequency_ghz: link.freq_mhz / 1000.0,
        time_percent: link.time_percent,
        tx_height_m: link.htg_m,
        rx_height_m: link.hrg_m,
        polarization: match link.polarization {
            Polarization::Horizontal => p1812::Polarization::Horizontal,
            Polarization::Vertical => p1812::Polarization::Vertical,
        },
        tx_lat,
        rx_lat: tx_lat + 10.0,
        tx_lon: 104.0,
        rx_lon: 104.0,
        dn: link.dn,
        n0: link.n0,
        location_percent: link.location_percent,
        sigma_l: link.location_sigma_db.unwrap(),
        tx_power_kw: 1.0,
        tx_gain_dbi: 0.0,
        rx_gain_dbi: 0.0,
        dct_km: link.dct_km,
        dcr_km: link.dcr_km,
        use_attachment4: false,
    };
    p1812::calculate(&profile, &params).unwrap().basic_transmission_loss_db
}

#[test]
fn agrees_with_the_crate_p1812_on_random_profiles() {
    let wanted: usize = std::env::var("PHUSONG_ORACLE_PROFILES").ok().map_or(2_000, |n| n.parse().unwrap());
    let mut random = Random(20_241_122);
    let (mut worst, mut blocked, mut without_ducting) = (0.0_f64, 0, 0);
    let mut wrong = Vec::new();
    for number in 0..wanted {
        let path = Path::random(&mut random);
        let tx_lat = random.pick(&[-35.0, 0.0, 10.0, 19.0, 60.0, 75.0]);
        let mut link = random_link(&mut random);
        let length = path.profile().length_km();
        link.latitude_deg = tx_lat + (0.5 * length / 6371.0).to_degrees();
        let model = P1812::new(&link).unwrap();
        let profile = path.profile();
        let ours = model.loss_db(&profile);
        let full = model.breakdown(&profile);
        assert!((ours - full.lb_db).abs() < 1e-9, "{number}: {ours} and {} with all values", full.lb_db);
        let theirs = oracle_db(&path, &link, tx_lat);
        let error = (ours - theirs).abs();
        if error.is_nan() || error > 1e-6 {
            wrong.push(format!("{number}: {ours} instead of {theirs}, {link:?}\n{full:?}"));
        }
        worst = worst.max(error);
        blocked += usize::from(full.trans_horizon);
        without_ducting += usize::from(full.lminbap_db > full.lbd_db);
    }
    eprintln!(
        "{wanted} profiles ({blocked} beyond the horizon): within {worst:.2e} dB; {} wrong",
        wrong.len()
    );
    assert!(
        wrong.is_empty(),
        "{} of {wanted}, first:\n{}",
        wrong.len(),
        wrong[..wrong.len().min(3)].join("\n")
    );
    // Both kinds of path must have been tried, and both ways through the ducting.
    assert!(blocked * 5 > wanted && (wanted - blocked) * 20 > wanted, "{blocked} of {wanted} blocked");
    assert!(without_ducting > 0 && without_ducting < wanted);
}
