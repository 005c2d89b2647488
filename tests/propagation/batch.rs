//! `phusong path --profiles --cases` against the crate `p1812`: tables as other programs write them, extremes included.

use std::fmt::Write;
use std::fs;
use std::path::Path as File;

use assert_cmd::Command;
use phusong::propagation::itm::{Itm, Options};
use phusong::propagation::{Distances, Link, Polarization, Zone};

use super::oracle::{Path, Random, oracle_db, random_link};

/// Runs the command; gives the table that it wrote, by column title, what it said, and its exit code.
fn run(folder: &File, profiles: &str, cases: &str, model: &str) -> (Vec<Vec<(String, String)>>, String, i32) {
    let [p, c, out] = ["p.csv", "c.csv", "out.csv"].map(|name| folder.join(name));
    fs::write(&p, profiles).unwrap();
    fs::write(&c, cases).unwrap();
    let _ = fs::remove_file(&out);
    let output = Command::cargo_bin("phusong")
        .unwrap()
        .args(["--lang", "en", "path", "--model", model, "--profiles"])
        .arg(&p)
        .arg("--cases")
        .arg(&c)
        .arg("-o")
        .arg(&out)
        .output()
        .unwrap();
    let mut rows = Vec::new();
    if let Ok(mut reader) = csv::Reader::from_path(&out) {
        let titles: Vec<String> = reader.headers().unwrap().iter().map(str::to_owned).collect();
        for row in reader.records() {
            let row = row.unwrap();
            rows.push(titles.iter().cloned().zip(row.iter().map(str::to_owned)).collect());
        }
    }
    (rows, String::from_utf8(output.stderr).unwrap(), output.status.code().unwrap())
}

fn cell<'a>(row: &'a [(String, String)], title: &str) -> &'a str {
    &row.iter().find(|(name, _)| name == title).unwrap().1
}

/// A path of so many points.
fn path_of(points: usize, random: &mut Random) -> Path {
    loop {
        let path = Path::random(random);
        let there = path.height_m.len();
        if there < points {
            continue;
        }
        // Its beginning is a path as well.
        let distances = Distances::from_km(path.distances.km()[..points].to_vec()).unwrap();
        return Path {
            distances,
            height_m: path.height_m[..points].to_vec(),
            clutter_m: Some(path.clutter_m.map_or(vec![0.0; points], |c| c[..points].to_vec())),
            zones: Some(path.zones.map_or(vec![Zone::Inland; points], |z| z[..points].to_vec())),
        };
    }
}

/// The profiles as a table with a byte-order mark, CRLF, columns in another order, one that nobody asked for, and the points
/// of all profiles in turn.
fn table(paths: &[Path]) -> String {
    let mut text = "\u{feff}zone,height_m,source,profile,clutter_m,distance_m\r\n".to_owned();
    let most = paths.iter().map(|p| p.height_m.len()).max().unwrap();
    for point in 0..most {
        for (number, path) in paths.iter().enumerate().filter(|(_, p)| point < p.height_m.len()) {
            let (zone, clutter) =
                (path.zones.as_ref().unwrap()[point].code(), path.clutter_m.as_ref().unwrap()[point]);
            let metres = 1000.0 * path.distances.km()[point];
            write!(text, "{zone},{},\"made, up\",P {number},{clutter},{metres}\r\n", path.height_m[point])
                .unwrap();
        }
    }
    text
}

#[test]
fn tables_of_any_shape_give_what_the_crate_p1812_gives() {
    let mut random = Random(7);
    let points = [3, 4, 5, 6, 11, 60, 335, 900, 2000];
    let paths: Vec<Path> = points.iter().map(|&n| path_of(n, &mut random)).collect();
    let mut cases = "n0,rx_lat,polarization,id,dn,pl_pct,hrg_m,sigma_l_db,profile,htg_m,p_pct,f_mhz,tx_lat,dcr_km,dct_km\r\n".to_owned();
    let mut links = Vec::new();
    for n in 0..180 {
        let number = n % paths.len();
        let mut link = random_link(&mut random);
        // The limits themselves.
        match n / paths.len() {
            0 => (link.freq_mhz, link.time_percent, link.location_percent) = (30.0, 1.0, 1.0),
            1 => (link.freq_mhz, link.time_percent, link.location_percent) = (6000.0, 50.0, 99.0),
            2 => (link.htg_m, link.hrg_m) = (1.0, 1.0),
            3 => (link.htg_m, link.hrg_m) = (3000.0, 3000.0),
            _ => {}
        }
        let pl =
            if link.location_percent == 50.0 { String::new() } else { link.location_percent.to_string() };
        let horizontal = link.polarization == Polarization::Horizontal;
        let polarization = ["v", "2", "V", "h", "1", "H"][n % 3 + if horizontal { 3 } else { 0 }];
        writeln!(
            cases,
            "{},{},{polarization},k{n},{},{pl},{},{},P {number},{},{},{},{},{},{}\r",
            link.n0,
            29.0,
            link.dn,
            link.hrg_m,
            link.location_sigma_db.unwrap(),
            link.htg_m,
            link.time_percent,
            link.freq_mhz,
            19.0,
            link.dcr_km,
            link.dct_km
        )
        .unwrap();
        links.push((number, link));
    }
    let folder = tempfile::tempdir().unwrap();
    let (rows, stderr, code) = run(folder.path(), &table(&paths), &cases, "p1812");
    assert_eq!((rows.len(), code), (links.len(), 0), "{stderr}");
    let mut compared = 0;
    for (row, (number, link)) in rows.iter().zip(&links) {
        let few = points[*number] < 5;
        let warned = cell(row, "warnings").contains("fewer than 5 points");
        assert_eq!(warned, few, "{row:?}");
        assert!(!cell(row, "warnings").contains("assumed"), "{row:?}");
        let found: f64 = cell(row, "loss_db").parse().unwrap();
        assert!(found.is_finite());
        // The crate refuses fewer than five points.
        if !few {
            let expected = oracle_db(&paths[*number], link, 19.0);
            assert!((found - expected).abs() < 1e-6, "{found} instead of {expected}: {row:?}");
            compared += 1;
        }
    }
    assert_eq!(compared, 140);
}

#[test]
fn what_is_not_there_is_said_and_what_cannot_be_is_named_with_its_place() {
    let mut random = Random(8);
    let paths = [path_of(50, &mut random), path_of(3, &mut random)];
    let profiles = table(&paths);
    let folder = tempfile::tempdir().unwrap();
    let head = "profile,f_mhz,htg_m,hrg_m,polarization,p_pct,pl_pct,dn,n0";
    let of = |rows: &str| run(folder.path(), &profiles, &format!("{head}\n{rows}"), "p1812");
    let warnings = |rows: &str| {
        let (rows, stderr, code) = of(rows);
        assert_eq!(code, 0, "{stderr}");
        rows.iter()
            .map(|row| (cell(row, "loss_db").is_empty(), cell(row, "warnings").to_owned()))
            .collect::<Vec<_>>()
    };
    // Each limit, a little beyond it: no loss, and the column named with what is allowed.
    for (row, expected) in [
        ("P 0,29.9,30,1.5,v,50,,45,370", "f_mhz = 29.9 is outside of 30 to 6000 MHz"),
        ("P 0,6001,30,1.5,v,50,,45,370", "f_mhz = 6001 is outside of 30 to 6000 MHz"),
        ("P 0,800,0.9,1.5,v,50,,45,370", "htg_m = 0.9 is outside of 1 to 3000 m"),
        ("P 0,800,30,3001,v,50,,45,370", "hrg_m = 3001 is outside of 1 to 3000 m"),
        ("P 0,800,30,1.5,v,0.9,,45,370", "p_pct = 0.9 is outside of 1 to 50 %"),
        ("P 0,800,30,1.5,v,51,,45,370", "p_pct = 51 is outside of 1 to 50 %"),
        ("P 0,800,30,1.5,v,50,0.5,45,370", "pl_pct = 0.5 is outside of 1 to 99 %"),
        ("P 0,800,30,1.5,v,50,99.5,45,370", "pl_pct = 99.5 is outside of 1 to 99 %"),
        ("P 0,800,30,1.5,v,50,,200,370", "dn = 200 is outside of -150 to 150 N-units/km"),
        ("P 0,800,30,1.5,v,50,,45,50", "n0 = 50 is outside of 100 to 600 N-units"),
    ] {
        let found = warnings(&format!("{row}\nP 1,800,30,1.5,v,50,,45,370\n"));
        assert!(found[0].0 && found[0].1.contains(expected), "{found:?}");
        assert!(!found[1].0, "the next case has its loss all the same: {found:?}");
    }
    let found = warnings("P 0,800,30,1.5,v,50,,10,240\n");
    assert!(
        !found[0].0 && found[0].1.contains("dn outside of 20") && found[0].1.contains("n0 outside of 250"),
        "{found:?}"
    );
    assert!(found[0].1.contains("latitude 19 assumed"), "{found:?}");

    // Cells that cannot be read, and tables that are none: the run ends, with the place.
    let fails = |profiles: &str, cases: &str, expected: &[&str]| {
        let (rows, stderr, code) = run(folder.path(), profiles, cases, "p1812");
        assert_eq!((rows.len(), code), (0, 2), "{stderr}");
        for words in expected {
            assert!(stderr.contains(words), "{words:?} is not in {stderr}");
        }
    };
    let good = format!("{head}\nP 0,800,30,1.5,v,50,,45,370\n");
    fails(&profiles, &good.replace(",800,", ",,"), &["c.csv, line 2, column f_mhz", "empty"]);
    fails(&profiles, &good.replace(",800,", ",NaN,"), &["line 2, column f_mhz", "NaN"]);
    fails(&profiles, &good.replace(",800,", ",8e400,"), &["line 2, column f_mhz"]);
    fails(&profiles, &format!("{head}\n"), &["c.csv: no rows"]);
    fails("profile,distance_m,height_m\n", &good, &["p.csv: no rows"]);
    fails(
        "profile,distance_m,height_m\nP 0,0,1\n",
        &good,
        &["p.csv, line 2, column distance_m", "only point"],
    );
    let two = |second: &str| format!("profile,distance_m,height_m\nP 0,0,1\nP 0,{second}\n");
    fails(&two("-30,5"), &good, &["p.csv, line 3, column distance_m", "greater"]);
    fails(
        "profile,distance_m,height_m\nP 0,30,1\nP 0,0,1\n",
        &good,
        &["p.csv, line 2, column distance_m", "must be 0"],
    );

    // Ground that does not occur on earth: no loss over it, and the point named.
    let clutter = "profile,distance_m,height_m,clutter_m\nP 0,0,1,0\nP 0,30,1,-2\n";
    for (profiles, expected) in [
        (two("30,-9999").as_str(), "no loss: point 1: the terrain height -9999 m"),
        (clutter, "no loss: point 1: the clutter height -2 m"),
    ] {
        let (rows, stderr, code) = run(folder.path(), profiles, &good, "p1812");
        assert_eq!((rows.len(), code), (1, 0), "{stderr}");
        assert!(
            cell(&rows[0], "loss_db").is_empty() && cell(&rows[0], "warnings").starts_with(expected),
            "{rows:?}"
        );
    }
}

#[test]
fn the_second_model_is_itm_and_says_where_it_leaves_its_range() {
    let mut random = Random(9);
    let mut path = path_of(60, &mut random);
    path.distances = Distances::regular(90.0, 60).unwrap();
    let bare = Path {
        clutter_m: None,
        zones: None,
        distances: path.distances.clone(),
        height_m: path.height_m.clone(),
    };
    let cases = "profile,f_mhz,htg_m,hrg_m,polarization,p_pct,n0\nP 0,942.5,42,1.5,v,50,370\nP 0,942.5,42,0.4,v,50,370\n";
    let folder = tempfile::tempdir().unwrap();
    let (rows, stderr, code) = run(folder.path(), &table(&[path]), cases, "itm");
    assert_eq!(code, 0, "{stderr}");
    let link = Link { freq_mhz: 942.5, htg_m: 42.0, n0: 370.0, ..Link::default() };
    let expected = Itm::new(&link, &Options::default()).unwrap().loss_db(&bare.profile()).unwrap();
    let found: f64 = cell(&rows[0], "loss_db").parse().unwrap();
    assert!((found - expected).abs() < 1e-6, "{found} instead of {expected}");
    assert!(cell(&rows[0], "warnings").contains("clutter is not used"), "{rows:?}");
    assert!(cell(&rows[1], "warnings").contains("hrg_m = 0.4 is outside of 0.5 to 3000 m"), "{rows:?}");
}
