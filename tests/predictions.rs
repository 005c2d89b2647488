//! `path STUDY A B`, `predict` and `calibrate` as a user runs them, on a study with made-up ground: flat but for a ridge
//! along a meridian, and nothing beyond the tile.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test may fail loudly")]

#[allow(dead_code, reason = "other tests use the rest")]
mod program;

use std::fs::{self, File};
use std::path::Path;

use phusong::read::read_drive_test;
use phusong::study::{CalibrateOptions, CoverageOverrides, Stages, calibrate, open_for_prediction};
use program::{json, phusong, run};
use tempfile::TempDir;
use tiff::decoder::{Decoder, DecodingResult};
use tiff::tags::Tag;

const RIDGE_LON: f64 = 104.53;

/// An SRTM tile of 3″: 100 m, and a ridge of 180 m that is three postings wide.
fn tile() -> Vec<u8> {
    let ridge = ((RIDGE_LON - 104.0) * 1200.0).round() as i32;
    let row: Vec<u8> = (0..1201)
        .flat_map(|c: i32| if (c - ridge).abs() <= 1 { 180_i16 } else { 100 }.to_be_bytes())
        .collect();
    row.repeat(1201)
}

fn study(extra: &str) -> TempDir {
    let toml = format!(
        "[study]\nname = \"Thử <nghiệm>\"\nprovince = \"40\"\ndate = \"2024-03-31\"\nsimulated = true\n[inputs]\nvillages = \"v.csv\"\n\
         candidates = \"c.csv\"\nstations = \"s.csv\"\nterrain = \"t\"\n[coverage]\nmodel = \"p1812\"\n{extra}"
    );
    let folder = program::folder(&[
        ("study.toml", &toml),
        ("v.csv", "village_id,name,lat,lon\nV1,Bản <Na> & Phồng,19.5,104.56\nV2,Bản xa,19.5,104.995\n"),
        ("c.csv", "site_id,lat,lon,height_m\nS1,19.5,104.50,30\nS2,19.5,104.99,30\n"),
        (
            "s.csv",
            "site_id,carrier,lat,lon,height_m,technology\nB1,Viettel,19.5,104.40,40,2G+4G\nB2,VinaPhone,19.5,104.41,40,4G\n\
             B3,Viettel,19.6,104.45,,4G\n",
        ),
    ]);
    fs::create_dir(folder.path().join("t")).unwrap();
    fs::write(folder.path().join("t/N19E104.hgt"), tile()).unwrap();
    folder
}

fn explained(study: &Path, words: &[&str]) -> serde_json::Value {
    let (out, _) = run(phusong().arg("path").arg(study).args(words).arg("--json"), 0);
    serde_json::from_str(&out).unwrap()
}

#[test]
fn a_link_over_a_ridge_says_where_it_is_blocked_and_which_mast_would_do() {
    let study = study("");
    let svg = study.path().join("p.svg");
    let link = explained(study.path(), &["S1", "V1", "--highest-m", "300", "--svg", svg.to_str().unwrap()]);
    let worst = &link["result"]["worst_point"];
    assert_eq!(worst["blocks"], true);
    assert!((worst["lon"].as_f64().unwrap() - RIDGE_LON).abs() < 0.0015, "{worst}");
    assert!((worst["height_m"].as_f64().unwrap() - 180.0).abs() < 1e-6, "{worst}");
    assert!(link["simulated"] == true && link["model"] == "p1812" && link["to"]["height_agl_m"] == 1.5);
    let parts = link["result"]["parts_db"].as_object().unwrap();
    let sum: f64 = parts.iter().filter(|(k, _)| *k != "total").filter_map(|(_, v)| v.as_f64()).sum();
    assert!((sum - parts["total"].as_f64().unwrap()).abs() < 1e-9);

    // The mast transmits, whichever is named first.
    let back = explained(study.path(), &["V1", "S1"]);
    assert_eq!(back["from"], link["from"]);

    // With the height that it names the ridge no longer blocks; a metre lower it does.
    let needed = link["result"]["antenna_needed"]["from"]["line_of_sight_m"].as_f64().unwrap();
    for (height, blocks) in [(needed + 0.01, false), (needed - 1.0, true)] {
        let link =
            explained(study.path(), &["S1", "V1", "--a-height-m", &height.to_string(), "--highest-m", "300"]);
        assert_eq!(link["result"]["worst_point"]["blocks"], blocks, "{height} m of {needed} m");
    }
    let low = explained(study.path(), &["S1", "V1", "--highest-m", "40"]);
    assert!(low["result"]["antenna_needed"]["from"]["line_of_sight_m"].is_null());

    let drawing = fs::read_to_string(&svg).unwrap();
    assert!(drawing.contains("Bản &lt;Na&gt; &amp; Phồng") && !drawing.contains("<Na>"), "{drawing}");
    assert!(drawing.contains("SIMULATED DATA") && !drawing.contains("NaN"));
    let (text, _) = run(
        phusong().arg("path").arg(study.path()).args(["S1", "V1", "--highest-m", "40", "--lang", "vi"]),
        0,
    );
    assert!(
        text.contains("Bị che ở")
            && text.contains("không đạt khi cao đến 40 m")
            && text.contains("DỮ LIỆU MÔ PHỎNG"),
        "{text}"
    );
}

/// The numbers of the lines "  name   +12.34 dB" of an explained link, with their names.
fn budget_of(text: &str) -> Vec<(String, f64)> {
    let line = |line: &str| {
        let rest = line.strip_suffix(" dBm").or_else(|| line.strip_suffix(" dB"))?;
        let (name, number) = rest.strip_prefix("  ")?.rsplit_once(' ')?;
        Some((name.trim().to_owned(), number.parse().ok()?))
    };
    text.lines().filter_map(line).collect()
}

#[test]
fn the_terms_that_are_printed_add_up_to_the_level() {
    for (model, extra) in [
        ("p1812", ""),
        (
            "itm",
            "[coverage.link]\nentry_loss_db = 11.5\nfeeder_loss_db = 0.7\npattern = \"three_sectors\"\ntilt_deg = 3\n",
        ),
        ("hata", ""),
    ] {
        let study = study(extra);
        let words = ["S1", "V1", "--lang", "en"];
        let toml = study.path().join("study.toml");
        let text = fs::read_to_string(&toml).unwrap().replace("\"p1812\"", &format!("\"{model}\""));
        fs::write(&toml, text).unwrap();
        let (text, _) = run(phusong().arg("path").arg(study.path()).args(words), 0);
        let lines = budget_of(&text);
        let end = lines.iter().position(|(name, _)| name.starts_with("= RSRP")).unwrap();
        let sum: f64 = lines[..end].iter().map(|(_, db)| db).sum();
        assert!((sum - lines[end].1).abs() < 1e-6, "{sum} in\n{text}");
        for name in [
            "power",
            "spread over 600",
            "feeder",
            "antenna of the site",
            "antenna of the receiver",
            "body",
            "into a",
        ] {
            assert!(lines[..end].iter().any(|(line, _)| line.starts_with(name)), "{name} is not in\n{text}");
        }
        let link = explained(study.path(), &words[..2]);
        let result = &link["result"];
        assert_eq!(link["model"], model);
        assert!((lines[end].1 - result["level_dbm"].as_f64().unwrap()).abs() < 0.005_001);
        let terms = result["budget_db"].as_array().unwrap();
        let sum: f64 = terms.iter().map(|term| term["db"].as_f64().unwrap()).sum();
        assert!(terms.len() == 10 && (sum - result["level_dbm"].as_f64().unwrap()).abs() < 1e-9);
        let path = terms.iter().find(|term| term["term"] == "path").unwrap()["db"].as_f64().unwrap();
        assert!((path + result["parts_db"]["total"].as_f64().unwrap()).abs() < 1e-9);
    }
}

#[test]
fn the_studys_model_judges_and_the_command_line_outweighs_it() {
    let study = study("");
    let by = |words: &[&str]| explained(study.path(), &[&["S1", "V1"], words].concat());
    let p1812 = by(&[]);
    let toml = study.path().join("study.toml");
    let text = fs::read_to_string(&toml).unwrap();
    fs::write(&toml, text.replace("\"p1812\"", "\"itm\"")).unwrap();
    let itm = by(&[]);
    assert_eq!((&itm["model"], &p1812["model"]), (&"itm".into(), &"p1812".into()));
    assert_eq!(itm["result"]["level_dbm"], p1812["result"]["itm"]["level_dbm"]);
    assert_eq!(itm["result"]["p1812"]["level_dbm"], p1812["result"]["level_dbm"]);
    assert_ne!(itm["result"]["level_dbm"], p1812["result"]["level_dbm"]);
    assert_eq!(by(&["--model", "p1812"]), p1812);
    let (text, stderr) = run(phusong().arg("path").arg(study.path()).args(["S1", "V1", "--lang", "en"]), 0);
    assert!(text.contains("loss by NTIA ITM 1.4") && text.contains("ITU-R P.1812-8: loss"), "{text}");
    assert!(!stderr.contains("always"), "{stderr}");
}

#[test]
fn ids_are_taken_as_the_outputs_have_them() {
    let lists = "[[lists]]\nfile = \"l.csv\"\ncarrier = \"Viettel\"\n";
    let study = study(lists);
    let list = "STT,Xã,Thôn,Vĩ độ,Kinh độ\n1,Xã Châu Bình,Bản xa,19.5,104.995\n2,Xã Châu Bình,Bản Không Ai Biết,19.52,104.55\n";
    fs::write(study.path().join("l.csv"), list).unwrap();
    let out = study.path().join("out");
    run(phusong().arg("rank").arg(study.path()).arg("-o").arg(&out), 0);
    let pairs = fs::read_to_string(out.join("level_pairs.csv")).unwrap();
    let rows: Vec<(&str, &str)> = pairs
        .lines()
        .skip(1)
        .map(|l| {
            let mut c = l.split(',');
            (c.next().unwrap(), c.next().unwrap())
        })
        .collect();
    let area = rows.iter().find(|(village, _)| village.starts_with("area:")).expect(&pairs);
    for (village, site) in &rows {
        let link = explained(study.path(), &[village, site]);
        assert_eq!(link["from"]["name"], *site, "{village}");
        assert!(
            link["to"]["name"].as_str().unwrap().starts_with(village) && link["to"]["height_agl_m"] == 1.5
        );
    }
    // The area itself, by the id that reconciliation gives it, is the same place.
    let bare = area.0.strip_prefix("area:").unwrap();
    let by = |word: &str| explained(study.path(), &["S1", word])["to"]["lat"].clone();
    assert_eq!(by(bare), by(area.0));
    let (_, stderr) =
        run(phusong().arg("path").arg(study.path()).args(["S1", "area:Viettel-99", "--lang", "en"]), 2);
    assert!(
        stderr.contains("planned:") && stderr.contains("area:…") && stderr.contains("19.2345,104.5678"),
        "{stderr}"
    );
}

#[test]
fn antennas_of_the_table_are_used_by_every_command_alike() {
    let study = study("[[lists]]\nfile = \"l.csv\"\ncarrier = \"Viettel\"\n");
    let list = "STT,Xã,Thôn,Vĩ độ,Kinh độ\n1,Xã Châu Bình,Bản Không Ai Biết,19.52,104.55\n\
                2,Xã Châu Bình,Bản Chẳng Ai Hay,19.47,104.42\n3,Xã Châu Bình,Bản Vắng Tên,19.53,104.47\n";
    fs::write(study.path().join("l.csv"), list).unwrap();
    let table = "site_id,lat,lon,height_m,azimuth_deg,tilt_deg,preset,carrier_eirp_dbm\nS1,19.5,104.50,30,90/210,2,,\n\
                 S2,19.5,104.44,40,80,1,lte1800,60\nS2,,,25,260,,,\nS3,19.5,104.45,30,,,,\nS4,19.5,104.46,30,10,,gsm900,\n";
    fs::write(study.path().join("c.csv"), table).unwrap();
    let out = study.path().join("out");
    let (_, stderr) = run(
        phusong().args(["--lang", "en", "rank"]).arg(study.path()).args(["--max-km", "20", "-o"]).arg(&out),
        0,
    );
    assert!(stderr.contains("3 sites have antennas of their own"), "{stderr}");
    assert!(stderr.contains("1 sites have antennas of another generation only"), "{stderr}");
    let pairs = fs::read_to_string(out.join("level_pairs.csv")).unwrap();
    let mut seen = 0;
    for row in pairs.lines().skip(1) {
        let cells: Vec<&str> = row.split(',').collect();
        let link = explained(study.path(), &[cells[1], cells[0]]);
        let (found, level) =
            (link["result"]["level_dbm"].as_f64().unwrap(), cells[4].parse::<f64>().unwrap());
        assert!((found - level).abs() < 0.02, "{found} by path, {row}");
        assert_eq!(link["result"]["sector"].is_null(), cells[1] == "S3", "{row}");
        seen += 1;
    }
    assert!(seen >= 4, "{pairs}");
    // East of S1 its first sector serves, along its axis but for tilt; S2's own band is another.
    let east = explained(study.path(), &["S1", "19.5,104.52"]);
    assert_eq!(east["result"]["sector"]["azimuth_deg"], 90.0);
    let to_west = explained(study.path(), &["S1", "19.48,104.49"]);
    assert_eq!(to_west["result"]["sector"]["azimuth_deg"], 210.0);
    let s2 = explained(study.path(), &["S2", "19.5,104.47"]);
    assert_eq!((&s2["freq_mhz"], &s2["from"]["height_agl_m"]), (&1842.5.into(), &40.0.into()));
    // The map says so too.
    let maps = study.path().join("maps");
    run(
        phusong()
            .arg("predict")
            .arg(study.path())
            .args(["S1", "--radius-km", "3", "--pixel-m", "40", "-o"])
            .arg(&maps),
        0,
    );
    let (values, width, tie, scale) = levels(&maps.join("level_S1.tif"));
    let (column, row) = (((104.52 - tie[3]) / scale[0]) as usize, ((tie[4] - 19.5) / scale[1]) as usize);
    let level = east["result"]["level_dbm"].as_f64().unwrap();
    assert!((f64::from(values[row * width + column]) - level).abs() < 0.5);
    // An antenna that there is not, and one of another generation.
    fs::write(study.path().join("c.csv"), table.replace("90/210,2", "90/500,2")).unwrap();
    for (command, words) in [("rank", &[][..]), ("path", &["S1", "V1"][..]), ("predict", &["S1"][..])] {
        let (_, stderr) = run(phusong().args(["--lang", "en", command]).arg(study.path()).args(words), 2);
        assert!(
            stderr.contains("c.csv, row 2, column azimuth_deg: 500: give a number from 0 to 360"),
            "{stderr}"
        );
    }
    let (_, stderr) = run(phusong().args(["--lang", "vi", "path"]).arg(study.path()).args(["S1", "V1"]), 2);
    assert!(stderr.contains("c.csv, dòng 2, cột azimuth_deg"), "{stderr}");
    let (_, stderr) = run(phusong().args(["--lang", "en", "path"]).arg(study.path()).args(["S4", "V1"]), 2);
    assert!(stderr.contains("--preset"), "{stderr}");
    run(phusong().arg("path").arg(study.path()).args(["S4", "V1", "--preset", "gsm900"]), 0);
}

#[test]
fn places_that_are_none_are_named_with_what_to_do() {
    let study = study("");
    let fails = |words: &[&str], code: i32, expected: &str| {
        let (_, stderr) = run(phusong().arg("path").arg(study.path()).args(words), code);
        assert!(stderr.contains(expected), "{expected:?} is not in {stderr}");
    };
    fails(&["S1", "V11"], 2, "Did you mean `V1`");
    fails(&["S1", "19.5;104"], 2, "coordinates as in 19.2345,104.5678");
    fails(&["S1", "119.5,104"], 2, "latitude 119.5");
    fails(&["S1", "S1"], 2, "at least 1 m");
    // Beyond the tile nothing is known, and nothing is made up.
    let (text, _) = run(phusong().arg("path").arg(study.path()).args(["S1", "19.5,105.1"]), 0);
    assert!(text.contains("ground not known") && !text.contains("dBm,"), "{text}");
    run(phusong().arg("--strict").arg("path").arg(study.path()).args(["S1", "19.5,105.1"]), 1);
}

fn levels(path: &Path) -> (Vec<f32>, usize, Vec<f64>, Vec<f64>) {
    let mut decoder = Decoder::new(File::open(path).unwrap()).unwrap();
    let width = decoder.dimensions().unwrap().0 as usize;
    let tie = decoder.get_tag_f64_vec(Tag::ModelTiepointTag).unwrap();
    let scale = decoder.get_tag_f64_vec(Tag::ModelPixelScaleTag).unwrap();
    let description = decoder.get_tag_ascii_string(Tag::ImageDescription).unwrap();
    assert!(description.contains("SIMULATED"), "{description}");
    let DecodingResult::F32(values) = decoder.read_image().unwrap() else { panic!("not f32") };
    (values, width, tie, scale)
}

#[test]
fn a_map_agrees_with_the_link_and_does_not_depend_on_threads() {
    let study = study("");
    let predict = |out: &str, threads: &str, sites: &[&str], code: i32| {
        let out = study.path().join(out);
        let mut command = phusong();
        command.args(["--threads", threads, "--strict", "predict"]).arg(study.path()).args(sites);
        run(command.args(["--radius-km", "4", "--pixel-m", "40", "-o"]).arg(&out), code);
        out
    };
    let one = predict("one", "1", &["S1"], 0);
    let two = predict("two", "2", &["S1"], 0);
    for name in ["level_S1.tif", "contours_S1.geojson", "level_S1.png", "predict.json"] {
        assert_eq!(fs::read(one.join(name)).unwrap(), fs::read(two.join(name)).unwrap(), "{name}");
    }
    let (values, width, tie, scale) = levels(&one.join("level_S1.tif"));
    for (lat, lon) in [(19.5, 104.52), (19.51, 104.49), (19.49, 104.4811)] {
        let (column, row) = (((lon - tie[3]) / scale[0]) as usize, ((tie[4] - lat) / scale[1]) as usize);
        let (lat, lon) = (tie[4] - (row as f64 + 0.5) * scale[1], tie[3] + (column as f64 + 0.5) * scale[0]);
        let link = explained(study.path(), &["S1", &format!("{lat},{lon}")]);
        let level = link["result"]["p1812"]["level_dbm"].as_f64().unwrap();
        let found = f64::from(values[row * width + column]);
        assert!((found - level).abs() < 0.5, "{lat} {lon}: {found} dBm in the map, {level} dBm by the link");
    }
    let contours = json(&one.join("contours_S1.geojson"));
    let first = &contours["features"][0]["properties"];
    assert_eq!(
        (&first["model"], &first["simulated"], &first["date"]),
        (&"p1812".into(), &true.into(), &"2024-03-31".into())
    );
    assert!(!contours["features"][1]["geometry"]["coordinates"].as_array().unwrap().is_empty());

    // Two sites far apart: a map each, none of both.
    let apart = predict("apart", "2", &["S1", "S2"], 1);
    let summary = json(&apart.join("predict.json"));
    let groups = summary["neighbourhoods"].as_array().unwrap();
    assert_eq!((groups.len(), &groups[1]["sites"][0]["id"]), (2, &"S2".into()));
    assert!(apart.join("level_S2.png").exists() && !apart.join("best_server.tif").exists());
    assert_eq!(groups[0]["grid"]["rows"], groups[1]["grid"]["rows"]);

    // S2 stands a kilometre from the end of the world.
    let edge = predict("edge", "2", &["19.5,104.95", "S2"], 1);
    let summary = json(&edge.join("predict.json"));
    assert_eq!(summary["sites"][0]["pixels_unknown"], 0);
    let (unknown, all) = (&summary["sites"][1]["pixels_unknown"], &summary["sites"][1]["pixels"]);
    assert!(unknown.as_u64().unwrap() * 4 > all.as_u64().unwrap(), "{unknown} of {all}");
    let (server, ..) = levels(&edge.join("best_server.tif"));
    assert!(server.contains(&1.0) && server.contains(&2.0));
    for name in ["overlap.tif", "best_level.tif", "contours_best.geojson", "best_server.png", "overlap.png"] {
        assert!(edge.join(name).exists(), "{name}");
    }
}

/// A bell curve of mean 0 and deviation 1: the sum of twelve uniform numbers less 6, from a fixed seed.
fn noise(i: usize) -> f64 {
    let mut state = (12 * i as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    let mut uniform = || {
        // SplitMix64 (Steele, Lea and Flood, 2014).
        state = state.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let z = (state ^ (state >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((z ^ (z >> 31)) >> 11) as f64 / (1_u64 << 53) as f64
    };
    (0..12).map(|_| uniform()).sum::<f64>() - 6.0
}

#[test]
fn a_planted_offset_and_deviation_are_found_again() {
    let study = study("[coverage.link]\nsigma_db = 8.0\n");
    let header = "lat,lon,carrier,technology,rsrp_dbm,site_id,clutter\n";
    let places: Vec<(f64, f64)> =
        (0..500).map(|i| (19.47 + 0.0012 * f64::from(i % 50), 104.42 + 0.008 * f64::from(i / 50))).collect();
    let line = |&(lat, lon): &(f64, f64), dbm: f64, clutter: &str| {
        format!("{lat},{lon},Viettel,4G,{dbm},B1,{clutter}\n")
    };
    let plain: String = places.iter().map(|place| line(place, -90.0, "")).collect();
    let log = study.path().join("log.csv");
    fs::write(&log, format!("{header}{plain}")).unwrap();
    let mut stages = Stages::default();
    let opened = open_for_prediction(study.path(), &CoverageOverrides::default(), None, &mut stages).unwrap();
    let first =
        calibrate(&opened, &read_drive_test(&log).unwrap(), &CalibrateOptions::default(), &mut stages)
            .unwrap();
    assert_eq!(first.residuals.len(), places.len());

    // Measured is predicted + 5 dB, spread 6 dB; forests 12 dB weaker; some lines are nonsense.
    let mut text = header.to_owned();
    for (i, r) in first.residuals.iter().enumerate() {
        let (clutter, more) = if i % 4 == 0 { ("forest", -12.0) } else { ("open", 0.0) };
        let dbm = r.predicted_dbm + 5.0 + more + 6.0 * noise(i);
        text += &line(&places[r.line as usize - 2], if i % 97 == 5 { -40.0 } else { dbm }, clutter);
    }
    // A car that stands: 3 000 lines of one place count once.
    text += &line(&(19.4702, 104.60001), -60.0, "open").repeat(3_000);
    text += "19.5,104.4,Viettel,3G,-70,,\n19.5,104.4,MobiFone,4G,-70,,\n19.5,104.4,Viettel,4G,40,,\n";
    fs::write(&log, text).unwrap();
    let out = study.path().join("out");
    let (table, stderr) = run(phusong().arg("calibrate").arg(study.path()).arg(&log).arg("-o").arg(&out), 0);
    let result = json(&out.join("calibration.json"));
    let class = |name: &str| {
        result["classes"].as_array().unwrap().iter().find(|c| c["clutter"] == name).unwrap().clone()
    };
    let near = |value: &serde_json::Value, expected: f64, by: f64| {
        assert!(
            (value.as_f64().unwrap() - expected).abs() < by,
            "{value} is not {expected}: {table}\n{stderr}"
        );
    };
    near(&class("open")["offset_db"], 5.0, 1.0);
    near(&class("open")["sigma_db"], 6.0, 1.0);
    near(&class("forest")["offset_db"], -7.0, 1.5);
    near(&class("forest")["sigma_db"], 6.0, 1.5);
    assert_eq!(result["dropped"]["lines_other_technology"], 1);
    assert_eq!(result["dropped"]["lines_no_station"], 1);
    assert_eq!(result["lines_dropped"]["no_level"], 1);
    let samples = result["samples_compared"].as_u64().unwrap();
    assert!((500..=501).contains(&samples), "{samples}");
    let snippet = fs::read_to_string(out.join("calibration.toml")).unwrap();
    // The log's own words are no classes that a prediction knows: one entry, that of the band.
    assert_eq!(snippet.matches("\n[[coverage.calibration]]\n").count(), 1, "{snippet}");
    assert!(!snippet.contains("class =") && snippet.contains("SIMULATED"), "{snippet}");
    assert!(out.join("residuals_942.5_forest.svg").exists());
    let toml = fs::read_to_string(study.path().join("study.toml")).unwrap();
    phusong::study::parse_study(&format!("{toml}{snippet}"), "study.toml").unwrap();
    assert!(fs::read_to_string(out.join("residuals_942.5.svg")).unwrap().contains("SIMULATED"));

    // Too few: nothing is concluded.
    fs::write(&log, format!("{header}{}", line(&(19.5, 104.45), -80.0, "").repeat(500))).unwrap();
    let (_, stderr) = run(
        phusong().arg("calibrate").arg(study.path()).arg(&log).arg("-o").arg(study.path().join("few")),
        2,
    );
    assert!(stderr.contains("at least 30 are needed"), "{stderr}");
    assert!(!study.path().join("few/calibration.toml").exists());
}

#[test]
fn calibrate_compares_with_the_stations_own_antennas_and_one_band_is_one_entry() {
    let study = study("");
    // B1 looks east with little power; B4 stands by it and sends in another band only.
    let stations = "site_id,carrier,lat,lon,height_m,technology,azimuth_deg,tilt_deg,power_dbm,preset\n\
         B1,Viettel,19.5,104.40,40,4G,90,2,40,\nB2,VinaPhone,19.5,104.41,40,4G,,,,\nB4,Viettel,19.5,104.401,90,4G,0,0,60,lte1800\n";
    fs::write(study.path().join("s.csv"), stations).unwrap();
    let log = study.path().join("log.csv");
    let place = |i: usize| (19.48 + 0.0012 * i as f64, if i < 20 { 104.43 } else { 104.38 });
    let write = |more: &dyn Fn(usize) -> (&'static str, &'static str, f64)| {
        let mut text = "lat,lon,carrier,technology,rsrp_dbm,site_id,freq_mhz\n".to_owned();
        for i in 0..40 {
            let ((lat, lon), (site, mhz, dbm)) = (place(i), more(i));
            text += &format!("{lat},{lon},Viettel,4G,{dbm},{site},{mhz}\n");
        }
        fs::write(&log, text).unwrap();
    };
    let out = study.path().join("out");
    let calibrated = || {
        let (_, stderr) = run(phusong().arg("calibrate").arg(study.path()).arg(&log).arg("-o").arg(&out), 0);
        (json(&out.join("calibration.json")), stderr)
    };
    // Named or not, at 942.5 MHz it is B1; its levels are those of `path`: in front of it and behind.
    for site in ["B1", ""] {
        write(&|_| (site, "", -90.0));
        let (result, stderr) = calibrated();
        assert_eq!(
            (&result["samples_with_own_antennas"], &result["samples_compared"]),
            (&40.into(), &40.into())
        );
        assert_eq!(result["lines_with_assumed_frequency"], 40);
        assert!(
            stderr.contains("taken for the study's, 942.5 MHz") && stderr.contains("antennas of their own")
        );
        let residuals = program::table(&out.join("residuals.csv"));
        let (levels, lines) =
            (program::column(&residuals, "predicted_dbm"), program::column(&residuals, "line"));
        assert!(program::column(&residuals, "station").iter().all(|id| id == "B1"));
        for row in [3, 25] {
            let (lat, lon) = place(lines[row].parse::<usize>().unwrap() - 2);
            let link = explained(study.path(), &["B1", &format!("{lat},{lon}")]);
            let (by_path, listed) =
                (link["result"]["level_dbm"].as_f64().unwrap(), levels[row].parse::<f64>().unwrap());
            assert!((by_path - listed).abs() < 0.051, "{by_path} by path, {listed} by calibrate");
        }
    }
    // In the other band it is B4; who names B1 there names a station that does not send so.
    write(&|_| ("", "B3", -90.0));
    calibrated();
    let residuals = program::table(&out.join("residuals.csv"));
    assert!(program::column(&residuals, "station").iter().all(|id| id == "B1" || id == "B4"));
    write(&|i| {
        (
            if i < 3 {
                "B4"
            } else if i < 5 {
                "B99"
            } else {
                "B1"
            },
            "900",
            -90.0,
        )
    });
    let (result, stderr) = calibrated();
    assert_eq!(result["dropped"]["samples_unknown_station"], 5, "{stderr}");
    assert!(stderr.contains("5 samples that name a station"), "{stderr}");

    // Frequencies of one band are one entry, and study.toml takes what calibrate writes.
    write(&|i| ("B1", ["935.2", "942.5", "950"][i % 3], -90.0));
    let (result, _) = calibrated();
    assert_eq!(result["classes"].as_array().unwrap().len(), 1, "{result}");
    assert_eq!(
        (&result["classes"][0]["freq_mhz"], &result["classes"][0]["samples"]),
        (&935.2.into(), &40.into())
    );
    let snippet = fs::read_to_string(out.join("calibration.toml")).unwrap();
    let toml = fs::read_to_string(study.path().join("study.toml")).unwrap();
    phusong::study::parse_study(&format!("{toml}{snippet}"), "study.toml").unwrap();
}

#[test]
fn what_calibrate_leaves_out_or_puts_right_is_said_in_words() {
    let study = study("[coverage.link]\nsigma_db = 8.0\n");
    let log = study.path().join("log.csv");
    let text = "lat,lon,carrier,technology,rsrp_dbm\n104.45,19.50,Viettel,4G,-80\n19.50,104.45,Vietell,4G,-80\n\
        here,there,Viettel,4G,-80\n19.50,104.45,Viettel,wifi,-80\n";
    fs::write(&log, text).unwrap();
    let out = study.path().join("out");
    fs::create_dir(&out).unwrap();
    fs::write(out.join("calibration.toml"), "old").unwrap();
    let said = |lang: &str| {
        let mut command = phusong();
        command.args(["--lang", lang, "calibrate"]).arg(study.path()).arg(&log).arg("-o").arg(&out);
        run(&mut command, 2).1
    };
    let english = said("en");
    for part in [
        "1 lines with latitude and longitude exchanged: put right",
        "1 lines with a carrier's name misspelt",
        "did you mean “Vietell” → Viettel?",
        "1 lines without a usable latitude and longitude (decimal degrees, WGS84) (no_position)",
        "1 lines without a technology that is known",
        "calibration.toml: was there before",
    ] {
        assert!(english.contains(part), "no “{part}” in {english}");
    }
    let vietnamese = said("vi");
    for part in ["vĩ độ và kinh độ đổi chỗ: đã đổi lại", "có phải “Vietell” → Viettel?", "(no_position)"]
    {
        assert!(vietnamese.contains(part), "no “{part}” in {vietnamese}");
    }
    // Notes on spelling are no faults of the registers.
    assert!(!english.contains("in the registers"), "{english}");
    let json = json(&out.join("calibration.json"));
    assert_eq!((&json["lines_swapped"], &json["lines_dropped"]["misspelt_carrier"]), (&1.into(), &1.into()));
}
