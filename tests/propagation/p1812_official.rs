//! All 63 official cases of P.1812-8 with the values on the way.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use phusong::propagation::p1812::{Breakdown, P1812};
use phusong::propagation::{Distances, Link, Polarization, Profile, Zone};

fn folder() -> Option<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/reference/p1812/official");
    if folder.is_dir() {
        return Some(folder);
    }
    eprintln!("skipped: {} is not there", folder.display());
    None
}

struct Official {
    distances: Distances,
    height_m: Vec<f64>,
    clutter_m: Vec<f64>,
    zones: Vec<Zone>,
    /// Frequency in MHz and basic transmission loss in dB of each case.
    cases: Vec<(f64, f64)>,
}

fn read_profile(path: &Path) -> Official {
    let text = fs::read_to_string(path).unwrap();
    let (mut d, mut h, mut r, mut zones, mut cases) = (vec![], vec![], vec![], vec![], vec![]);
    let mut section = "";
    for line in text.lines() {
        let line = line.trim();
        if let Some(name) = line.strip_prefix('{') {
            section = name.split('}').next().unwrap();
            continue;
        }
        let cells: Vec<&str> = line.split(',').collect();
        match section {
            "Begin of Profile" if cells.len() >= 5 => {
                let number = |i: usize| cells[i].parse::<f64>().unwrap();
                d.push(number(0));
                h.push(number(1));
                r.push(number(3));
                zones.push(Zone::from_code(cells[4].parse().unwrap()).unwrap());
            }
            "Begin of Measurements" => cases.push((cells[0].parse().unwrap(), cells[17].parse().unwrap())),
            _ => {}
        }
    }
    Official { distances: Distances::from_km(d).unwrap(), height_m: h, clutter_m: r, zones, cases }
}

/// The log as (name and reference) → value. A name may come twice (htc); the first counts.
fn read_log(path: &Path) -> BTreeMap<String, f64> {
    let mut log = BTreeMap::new();
    for line in fs::read_to_string(path).unwrap().lines() {
        let cells: Vec<&str> = line.split(',').collect();
        if let Some(value) = cells.get(3).and_then(|v| v.parse().ok()) {
            log.entry(format!("{} {}", cells[0].trim(), cells[1])).or_insert(value);
        }
    }
    log
}

fn link(log: &BTreeMap<String, f64>) -> Link {
    let get = |name: &str| log[name];
    Link {
        freq_mhz: get("f (GHz) ") * 1000.0,
        htg_m: get("htg (m) "),
        hrg_m: get("hrg (m) "),
        polarization: if get("pol ") == 2.0 { Polarization::Vertical } else { Polarization::Horizontal },
        time_percent: get("p (%) "),
        location_percent: get("pL (%) "),
        dn: get("DN "),
        n0: get("N0 "),
        latitude_deg: get("phi (deg) Eq (4)"),
        dct_km: get("dct (km) "),
        dcr_km: get("dcr (km) "),
        ..Link::default()
    }
}

/// (name in the log, value, tolerance relative to 1 + |value|)
fn values(b: &Breakdown) -> Vec<(&'static str, f64, f64)> {
    let t = 1e-8;
    vec![
        ("d (km) ", b.d_km, t),
        ("dlt (km) Eq (78)", b.dlt_km, t),
        ("dlr (km) Eq (81a)", b.dlr_km, t),
        ("th_t (mrad) Eqs (76-78)", b.theta_t_mrad, t),
        ("th_r (mrad) Eqs (79-81)", b.theta_r_mrad, t),
        ("th (mrad) Eq (82)", b.theta_mrad, t),
        ("w Table 5", b.omega, t),
        ("dtm (km) Sec 3.6", b.dtm_km, t),
        ("dlm (km) Sec 3.6", b.dlm_km, t),
        ("b0 (%) Eq (5)", b.beta0_percent, t),
        ("ae (km) Eq (7a)", b.ae_km, t),
        ("hst (m) Eq (85)", b.hst_fit_m, t),
        ("hsr (m) Eq (86)", b.hsr_fit_m, t),
        ("hst (m) Eq (90a)", b.hst_m, t),
        ("hsr (m) Eq (90b)", b.hsr_m, t),
        ("hstd (m) Eq (89)", b.hstd_m, t),
        ("hsrd (m) Eq (89)", b.hsrd_m, t),
        ("hte (m) Eq (92a)", b.hte_m, t),
        ("hre (m) Eq (92b)", b.hre_m, t),
        ("hm (m) Eq (93)", b.hm_m, t),
        ("Fi Eq (40)", b.fi, t),
        ("Fj Eq (57)", b.fj, t),
        ("Fk Eq (58)", b.fk, t),
        ("Lbfs Eq (8)", b.lbfs_db, t),
        ("Lb0p Eq (10)", b.lb0p_db, t),
        ("Lb0b Eq (11)", b.lb0b_db, t),
        // The log has these for the last effective earth that was computed, that of β0 % of time.
        ("Lbulla (dB) Eq (21)", b.lbulla_beta_db, t),
        ("Lbulls (dB) Eq (21)", b.lbulls_beta_db, t),
        ("Ldsph (dB) Eq (27)", b.ldsph_beta_db, t),
        ("Ld50 (dB) Eq (39)", b.ld50_db, t),
        ("Ldb (dB) Eq (39)", b.ldb_db, t),
        ("Ldp (dB) Eq (41)", b.ldp_db, t),
        ("Lbd50 (dB) Eq (42)", b.lbd50_db, t),
        // The reference overwrites Lbd with Lbda before it writes its log.
        ("Lbd (dB) Eq (43)", b.lbda_db, t),
        ("Lminb0p (dB) Eq (59)", b.lminb0p_db, t),
        ("Lba (dB) Eq (46)", b.lba_db, t),
        ("Lminbap (dB) Eq (60)", b.lminbap_db, t),
        ("Lbda (dB) Eq (61)", b.lbda_db, t),
        ("Lbam (dB) Eq (62)", b.lbam_db, t),
        ("Lbs (dB) Eq (44)", b.lbs_db, t),
        ("Lbc (dB) Eq (63)", b.lbc_db, t),
        ("Lb (dB) Eq (69)", b.lb_db, t),
    ]
}

#[test]
fn the_63_official_cases() {
    let Some(folder) = folder() else { return };
    let mut profiles: Vec<PathBuf> =
        fs::read_dir(folder.join("validation_profiles")).unwrap().map(|e| e.unwrap().path()).collect();
    profiles.sort();
    let (mut cases, mut worst, mut worst_log, mut without_longitude) = (0, 0.0_f64, 0.0_f64, 0.0_f64);
    let mut wrong = Vec::new();
    for path in &profiles {
        let name = path.file_stem().unwrap().to_str().unwrap();
        let official = read_profile(path);
        for (number, &(freq_mhz, reference_db)) in official.cases.iter().enumerate() {
            let log = read_log(&folder.join(format!("validation_results/{name}_{number}_log.csv")));
            let model = P1812::new(&Link { freq_mhz, ..link(&log) }).unwrap();
            let profile = Profile::new(&official.distances, &official.height_m)
                .unwrap()
                .with_clutter(&official.clutter_m)
                .unwrap()
                .with_zones(&official.zones)
                .unwrap();
            let breakdown = model.breakdown(&profile);
            for (key, value, tolerance) in values(&breakdown) {
                let expected = *log.get(key).unwrap_or_else(|| panic!("{key:?} is not in the log"));
                let error = (value - expected).abs() / (1.0 + expected.abs());
                worst_log = worst_log.max(error);
                if error.is_nan() || error > tolerance {
                    wrong.push(format!("{name} {number} {key}: {value} instead of {expected}"));
                }
            }
            // The short way is the long way without what it does not need.
            let error = (model.loss_db(&profile) - reference_db).abs();
            assert!((model.loss_db(&profile) - breakdown.lb_db).abs() < 1e-9, "{name} {number}");
            assert!(error <= 1e-6, "{name} {number}: {} instead of {reference_db}", model.loss_db(&profile));
            worst = worst.max(error);
            let ends = |name: &str| (log[&format!("phi_{name} (deg) ")], log[&format!("lam_{name} (deg) ")]);
            let ((lat_t, lon_t), (lat_r, lon_r)) = (ends("t"), ends("r"));
            // The header's decimals limit the log: 1e-8 degrees.
            let centre = Link::centre_latitude_deg(lat_t, lat_r, Some(lon_r - lon_t), breakdown.d_km);
            assert!((centre - log["phi (deg) Eq (4)"]).abs() < 3e-8, "{name} {number}: {centre}");
            let latitude_deg = Link::centre_latitude_deg(lat_t, lat_r, None, breakdown.d_km);
            let by_latitudes = P1812::new(&Link { freq_mhz, latitude_deg, ..link(&log) }).unwrap();
            without_longitude = without_longitude.max((by_latitudes.loss_db(&profile) - reference_db).abs());
            cases += 1;
        }
    }
    assert!(wrong.is_empty(), "{} values differ:\n{}", wrong.len(), wrong[..wrong.len().min(40)].join("\n"));
    assert_eq!((profiles.len(), cases), (19, 63));
    assert!(without_longitude < 0.005, "{without_longitude}");
    eprintln!("without longitudes: within {without_longitude:.1e} dB");
    eprintln!("63 cases: loss within {worst:.1e} dB, values on the way within {worst_log:.1e}");
}
