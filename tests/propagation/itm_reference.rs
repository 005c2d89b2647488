//! ITM against NTIA's five point-to-point cases.

use std::fs;
use std::path::Path;

use phusong::propagation::itm::{Climate, Itm, Options, Variability};
use phusong::propagation::{Distances, Link, Polarization, Profile};

fn rows(path: &Path) -> Vec<Vec<f64>> {
    let number = |cell: &str| cell.trim().parse::<f64>();
    let text = fs::read_to_string(path).unwrap();
    text.lines().filter_map(|line| line.split(',').map(number).collect::<Result<_, _>>().ok()).collect()
}

#[test]
fn the_5_point_to_point_cases() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/reference/itm");
    if !folder.is_dir() {
        return eprintln!("skipped: {} is not there", folder.display());
    }
    let (profiles, cases) = (rows(&folder.join("pfls.csv")), rows(&folder.join("p2p.csv")));
    assert_eq!((profiles.len(), cases.len()), (5, 5));
    let mut worst = 0.0_f64;
    for (profile, case) in profiles.iter().zip(&cases) {
        let heights = &profile[2..];
        assert_eq!(heights.len(), profile[0] as usize + 1);
        let distances = Distances::regular(profile[1], heights.len()).unwrap();
        let link = Link {
            htg_m: case[0],
            hrg_m: case[1],
            n0: case[4],
            freq_mhz: case[5],
            polarization: if case[6] == 1.0 { Polarization::Vertical } else { Polarization::Horizontal },
            time_percent: case[8],
            location_percent: case[9],
            ..Link::default()
        };
        let options = Options {
            permittivity: case[2],
            conductivity: case[3],
            climate: Climate::from_code(case[7] as u8).unwrap(),
            situation_percent: case[10],
            variability: Variability::from_code(case[11] as u8).unwrap(),
        };
        let profile = Profile::new(&distances, heights).unwrap();
        let got = Itm::new(&link, &options).unwrap().breakdown(&profile).unwrap();
        let error = (got.loss_db - case[12]).abs();
        // The reference gives two decimals.
        assert!(error <= 0.005 + 1e-9, "{} instead of {}: {got:?}", got.loss_db, case[12]);
        worst = worst.max(error);
    }
    eprintln!("5 cases of ITM: within {worst:.4} dB of two decimals");
}
