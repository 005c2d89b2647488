//! `phusong reconcile STUDY`, end to end.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test may fail loudly")]

#[allow(dead_code, reason = "shared by the tests of the program")]
mod program;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use program::{SAMPLE, column, folder, path, phusong, run, table};
use tempfile::TempDir;

#[test]
fn areas_and_gaps_have_the_contracts_columns() {
    let out = tempfile::tempdir().unwrap();
    run(phusong().args(["reconcile", SAMPLE, "-o"]).arg(out.path()), 0);
    let first_line = |name: &str| {
        let text = fs::read_to_string(path(&out, name)).unwrap();
        text.lines().next().unwrap().to_owned()
    };
    assert_eq!(
        first_line("areas.csv"),
        "\u{feff}area_id,carrier,file,sheet,row,commune_code,village_id,lat,lon,severity,matched_by,confidence,simulated"
    );
    assert_eq!(first_line("gaps.csv"), "village_id,carrier,state,severity,areas,simulated");
}

#[test]
fn every_row_of_every_list_is_accounted_for() {
    let out = tempfile::tempdir().unwrap();
    let (shown, talk) = run(phusong().args(["reconcile", SAMPLE, "-o"]).arg(out.path()), 0);
    assert!(talk.contains("SIMULATED DATA"), "{talk}");
    let areas = table(&path(&out, "areas.csv"));
    let (files, sheets, rows) = (column(&areas, "file"), column(&areas, "sheet"), column(&areas, "row"));
    let seen: BTreeSet<(&str, &str, &str)> =
        (0..areas.1.len()).map(|i| (files[i].as_str(), sheets[i].as_str(), rows[i].as_str())).collect();
    let truth = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/sample-truth");
    for (file, list, declared) in [
        ("vinaphone.xlsx", "vinaphone.csv", 464),
        ("viettel.xlsx", "viettel.csv", 245),
        ("mobifone.csv", "mobifone.csv", 73),
    ] {
        let meant = table(&std::path::Path::new(truth).join(list));
        let expected: BTreeSet<&str> = meant.1.iter().map(|line| &line[0]).collect();
        let found: BTreeSet<String> = seen
            .iter()
            .filter(|(f, ..)| *f == file)
            .map(|(_, sheet, row)| {
                let long = format!("{sheet}!{row}");
                if expected.contains(long.as_str()) { long } else { (*row).to_owned() }
            })
            .collect();
        assert_eq!(found.iter().map(String::as_str).collect::<BTreeSet<_>>(), expected, "{file}");
        let line = shown.lines().find(|line| line.contains(file)).unwrap();
        assert_eq!(line.matches(&format!(" {declared} ")).count(), 2, "declared and counted: {line}");
    }
    assert!(talk.contains("Duplicates:") && talk.contains("same as"), "{talk}");
    // What means no village of the register is there all the same.
    let villages = column(&areas, "village_id");
    let by = column(&areas, "matched_by");
    assert!(villages.iter().zip(&by).all(|(village, by)| village.is_empty() == (by == "none")));
    assert!(villages.iter().any(String::is_empty));
    for confidence in column(&areas, "confidence") {
        assert!((0.0..=1.0).contains(&confidence.parse::<f64>().unwrap()));
    }
}

#[test]
fn gaps_hold_every_village_and_carrier_in_three_states() {
    let out = tempfile::tempdir().unwrap();
    run(phusong().args(["reconcile", SAMPLE, "-o"]).arg(out.path()), 0);
    let gaps = table(&path(&out, "gaps.csv"));
    let register = column(&table(&std::path::Path::new(SAMPLE).join("villages.csv")), "village_id");
    let mut of_village: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for line in &gaps.1 {
        assert!(of_village.entry(&line[0]).or_default().insert(&line[1]), "{line:?} stands twice");
        match &line[2] {
            "reported" | "unknown" => assert!(!line[4].is_empty(), "{line:?}"),
            "not_reported" => assert!(line[3].is_empty() && line[4].is_empty(), "{line:?}"),
            other => panic!("state {other}"),
        }
    }
    assert!(of_village.values().all(|carriers| carriers.len() == 3));
    assert!(register.iter().all(|id| of_village.contains_key(id.as_str())));
    // Areas outside the register are points of their own.
    let own: Vec<&&str> = of_village.keys().filter(|id| id.starts_with("area:")).collect();
    assert_eq!(of_village.len(), register.len() + own.len());
    assert!(!own.is_empty());
    let named: BTreeSet<&str> = gaps.1.iter().flat_map(|line| line[4].split_whitespace()).collect();
    let areas = table(&path(&out, "areas.csv"));
    assert!(areas.1.iter().all(|line| named.contains(&line[0])), "an area stands in no gap");
}

/// A study of two carriers in two communes, written by hand.
fn small_study(viettel: &str, vinaphone: &str) -> TempDir {
    let study = "[study]\nname = \"Thử\\u001b[31m\"\nprovince = \"40\"\n[inputs]\nvillages = \"v.csv\"\n\
        candidates = \"c.csv\"\n[[lists]]\ncarrier = \"Viettel\"\nfile = \"viettel.csv\"\ndeclared = 2\n\
        [[lists]]\ncarrier = \"VinaPhone\"\nfile = \"vinaphone.csv\"\n";
    let villages = "village_id,name,commune_code,commune,lat,lon\n\
        =V1,Bản Na,16813,Xã Mường Xén,19.40,104.12\nV2,Bản Hín,16813,Xã Mường Xén,19.42,104.15\n";
    folder(&[
        ("study.toml", study),
        ("v.csv", villages),
        ("c.csv", "site_id,lat,lon\nS1,19.40,104.12\n"),
        ("viettel.csv", viettel),
        ("vinaphone.csv", vinaphone),
    ])
}

const HEADER: &str = "Mã khu vực,Xã (mới),Thôn bản,Vĩ độ,Kinh độ,Mức độ\n";

#[test]
fn formulas_in_ids_become_text_and_control_characters_stay_out_of_the_terminal() {
    let viettel =
        format!("{HEADER}=1+1,Xã Mường Xén,Bản Na,19.40,104.12,trắng\n@x,Xã Mường Xén,Bản Hín\u{7},,,lõm\n");
    let study = small_study(&viettel, &format!("{HEADER}a,Xã Mường Xén,Bản Na,19.40,104.12,lõm\n"));
    let out = tempfile::tempdir().unwrap();
    let (shown, talk) = run(phusong().arg("reconcile").arg(study.path()).arg("-o").arg(out.path()), 0);
    for text in [shown, talk] {
        assert!(!text.chars().any(|c| c.is_control() && c != '\n'), "{text:?}");
    }
    let areas = table(&path(&out, "areas.csv"));
    assert_eq!(column(&areas, "area_id"), ["'=1+1", "'@x", "a"]);
    assert_eq!(column(&areas, "village_id"), ["'=V1", "V2", "'=V1"]);
    assert_eq!(column(&areas, "severity"), ["white", "weak", "weak"]);
    assert_eq!(column(&areas, "row"), ["2", "3", "2"]);
    let gaps = table(&path(&out, "gaps.csv"));
    let lines: Vec<String> = gaps.1.iter().map(|line| line.iter().collect::<Vec<_>>().join(",")).collect();
    assert_eq!(
        lines,
        [
            "'=V1,VinaPhone,reported,weak,a",
            "'=V1,Viettel,reported,white,'=1+1",
            "V2,VinaPhone,not_reported,,",
            "V2,Viettel,reported,weak,'@x",
        ]
    );
}

#[test]
fn control_characters_of_the_study_stay_out_of_the_terminal() {
    let list = format!("{HEADER}a,Xã Mường Xén,Bản Na,19.40,104.12,lõm\n");
    let study = small_study(&list, &list);
    let file = path(&study, "study.toml");
    let text = fs::read_to_string(&file).unwrap();
    let out = tempfile::tempdir().unwrap();
    let odd_key = format!("{text}[headers]\n\"\\u001b[31m\" = \"x\\u0007y\"\n");
    for (text, code) in [(text.replace("\"Viettel\"", "\"V\\u001b[31m\""), 0), (odd_key, 2)] {
        fs::write(&file, text).unwrap();
        let (shown, talk) = run(phusong().arg("reconcile").arg(study.path()).arg("-o").arg(out.path()), code);
        let both = shown + &talk;
        assert!(both.contains("[31m"), "{both}");
        assert!(!both.chars().any(|c| c.is_control() && c != '\n'), "{both:?}");
    }
}

#[test]
fn another_total_than_declared_is_an_error_finding() {
    let viettel = format!("{HEADER}x,Xã Mường Xén,Bản Na,19.40,104.12,trắng\n");
    let study = small_study(&viettel, &format!("{HEADER}a,Xã Mường Xén,Bản Na,19.40,104.12,lõm\n"));
    let out = tempfile::tempdir().unwrap();
    let (_, talk) =
        run(phusong().arg("--strict").arg("reconcile").arg(study.path()).arg("-o").arg(out.path()), 1);
    assert!(talk.contains("declared_total_mismatch"), "{talk}");
    let findings = table(&path(&out, "findings.csv"));
    let text = column(&findings, "message").join("\n");
    assert!(text.contains("declared: 2") && text.contains("counted: 1"), "{text}");
}

#[test]
fn a_village_that_every_carrier_reports_is_dark_and_ranks() {
    let viettel = format!(
        "{HEADER}x,Xã Mường Xén,Bản Na,19.40,104.12,trắng\ny,Xã Mường Xén,Bản Hín,19.42,104.15,trắng\n"
    );
    let study = small_study(&viettel, &format!("{HEADER}a,Xã Mường Xén,Bản Na,19.40,104.12,lõm\n"));
    let out = tempfile::tempdir().unwrap();
    let (shown, _) = run(phusong().arg("reconcile").arg(study.path()).arg("-o").arg(out.path()), 0);
    assert!(shown.contains("reports: 2; that every carrier with a list reports (dark): 1"), "{shown}");
    let radius = ["--radius-km", "5", "-o"];
    run(phusong().arg("rank").arg(study.path()).args(radius).arg(out.path()), 0);
    let site = &program::features(out.path())[0]["properties"];
    assert_eq!((&site["villages"], &site["gaps"], &site["dark_villages"]), (&2.into(), &3.into(), &1.into()));
    assert!(site["households"].is_null(), "the register has none");
}

#[test]
fn the_coverage_model_does_not_matter_here_and_candidates_are_not_read() {
    let list = format!("{HEADER}x,Xã Mường Xén,Bản Na,19.40,104.12,\n");
    let study = small_study(&list, &list);
    fs::remove_file(path(&study, "c.csv")).unwrap();
    let out = tempfile::tempdir().unwrap();
    run(phusong().arg("reconcile").arg(study.path()).arg("-o").arg(out.path()), 0);
    assert_eq!(column(&table(&path(&out, "areas.csv")), "severity"), ["", ""]);
}

#[test]
fn the_rate_of_the_province_and_its_date_are_in_files() {
    let viettel = format!("{HEADER}a,Xã Mường Xén,Bản Na,19.40,104.12,trắng\n");
    let study = small_study(&viettel, &format!("{HEADER}a,Xã Mường Xén,Bản Na,19.40,104.12,lõm\n"));
    let toml = fs::read_to_string(path(&study, "study.toml")).unwrap();
    fs::write(path(&study, "study.toml"), toml.replacen("[study]\n", "[study]\ndate = \"2024-03-31\"\n", 1))
        .unwrap();
    let out = tempfile::tempdir().unwrap();
    run(phusong().arg("reconcile").arg(study.path()).arg("-o").arg(out.path()), 0);
    let province = table(&path(&out, "province.csv"));
    let one = |name: &str| column(&province, name);
    assert_eq!((one("province_code"), one("villages_in_register")), (vec!["40".into()], vec!["2".into()]));
    assert_eq!(
        (one("not_reported_by_any"), one("not_reported_pct")),
        (vec!["1".into()], vec!["50.00".into()])
    );
    assert_eq!((one("dark"), one("date")), (vec!["1".into()], vec!["2024-03-31".into()]));
    let power = table(&path(&out, "hardship_power.csv"));
    assert_eq!(column(&power, "date"), vec!["2024-03-31"; 9]);
    // Each of today's 130 communes has its line; without a village there is no rate, which is not 0 %.
    let communes = table(&path(&out, "communes.csv"));
    let (codes, villages) = (column(&communes, "commune_code"), column(&communes, "villages_in_register"));
    assert_eq!((codes.len(), villages.iter().filter(|n| *n == "0").count()), (130, 129));
    assert!(codes.is_sorted());
    let rates = column(&communes, "not_reported_pct");
    assert!(villages.iter().zip(&rates).all(|(n, rate)| (n == "0") == rate.is_empty()), "{rates:?}");
    assert!(fs::read(path(&out, "areas.csv")).unwrap().starts_with(b"\xef\xbb\xbf"));
}

#[test]
fn a_table_of_an_earlier_run_is_named_as_such() {
    let list = format!("{HEADER}a,Xã Mường Xén,Bản Na,19.40,104.12,trắng\n");
    let study = small_study(&list, &list);
    let out = tempfile::tempdir().unwrap();
    fs::write(path(&out, "programme.csv"), "old").unwrap();
    let (_, talk) = run(phusong().arg("reconcile").arg(study.path()).arg("-o").arg(out.path()), 0);
    assert!(talk.contains("programme.csv: was there before and is no result of this run"), "{talk}");
    assert!(!talk.contains("programme_stations.csv"), "{talk}");
    // Only named: it may be somebody's own file.
    assert_eq!(fs::read(path(&out, "programme.csv")).unwrap(), b"old");
}

#[test]
fn without_a_register_of_villages_nothing_is_counted_of_it() {
    let toml = "[study]\nname = \"Thử\"\nprovince = \"40\"\n[[lists]]\ncarrier = \"Viettel\"\nfile = \"viettel.csv\"\n";
    let some = format!("{HEADER}a,Xã Mường Xén,Bản Na,19.40,104.12,trắng\n");
    let none_declared = format!("{toml}declared = 0\n");
    for (toml, list, outside) in [(toml, some.as_str(), "1"), (&none_declared, HEADER, "0")] {
        let study = folder(&[("study.toml", toml), ("viettel.csv", list)]);
        let out = tempfile::tempdir().unwrap();
        let (shown, _) = run(phusong().arg("reconcile").arg(study.path()).arg("-o").arg(out.path()), 0);
        assert!(shown.contains("no register of villages"), "{shown}");
        let province = table(&path(&out, "province.csv"));
        assert_eq!(province.1.len(), 1);
        for name in
            ["villages_in_register", "reported_by_viettel", "reported_by_any", "dark", "not_reported_by_any"]
        {
            assert_eq!(column(&province, name), [""], "{name}: nobody knows");
        }
        assert_eq!(column(&province, "outside_register"), [outside]);
        let communes = table(&path(&out, "communes.csv"));
        assert_eq!(communes.1.len(), 130);
        assert!(column(&communes, "villages_in_register").iter().all(String::is_empty));
    }
}

#[test]
fn a_declared_zero_is_believed_of_a_list_that_was_read_only() {
    let good = format!("{HEADER}a,Xã Mường Xén,Bản Na,19.40,104.12,trắng\n");
    let study = small_study(&good, "");
    let toml = fs::read_to_string(path(&study, "study.toml")).unwrap();
    fs::write(path(&study, "study.toml"), format!("{}declared = 0\n", toml.replace("declared = 2\n", "")))
        .unwrap();
    let out = tempfile::tempdir().unwrap();
    let list = path(&study, "vinaphone.csv");
    for unread in ["một,hai,ba\nbốn,năm,sáu\n", "STT,Xã,Mức độ\n", "STT,Xã,Mức độ\n1,Xã Mường Xén,trắng\n"]
    {
        fs::write(&list, unread).unwrap();
        let (_, talk) = run(phusong().arg("reconcile").arg(study.path()).arg("-o").arg(out.path()), 2);
        assert!(talk.contains("declared = 0 cannot be believed"), "{talk}");
        // The advice can be followed from where the command was run.
        assert!(talk.contains(&format!("phusong validate {}", list.display())), "{talk}");
        // Validation goes on, and the carrier is not silent, it handed in nothing.
        let report = path(&out, "report.json");
        phusong().arg("validate").arg(study.path()).arg("--json").arg(&report).output().unwrap();
    }
    fs::write(&list, HEADER).unwrap();
    run(phusong().arg("reconcile").arg(study.path()).arg("-o").arg(out.path()), 0);
    let states = column(&table(&path(&out, "gaps.csv")), "state");
    assert_eq!(states, ["not_reported", "reported", "not_reported", "not_reported"]);
}

#[test]
fn a_blank_list_given_to_compare_is_told_of_without_a_study() {
    let lists = folder(&[("viettel.csv", HEADER), ("new.csv", HEADER)]);
    let both = [path(&lists, "viettel.csv"), path(&lists, "new.csv")];
    let (_, talk) =
        run(phusong().arg("compare").args(&both).args(["--province", "40", "--carrier", "Viettel"]), 2);
    assert!(talk.contains(&format!("phusong validate {}", both[0].display())), "{talk}");
    assert!(!talk.contains("take it out of the study"), "{talk}");
}

#[test]
fn a_commune_known_by_its_code_has_its_official_name() {
    let header = "Mã khu vực,Mã xã,Xã,Thôn bản,Vĩ độ,Kinh độ,Mức độ\n";
    let viettel = format!(
        "{header}c,16813,,Bản Xa,,,lõm\na,16813,Xã Không Đâu,Bản Na,,,trắng\n\
         b,16813,Xã Không Đâu,Bản Mới,19.41,104.13,lõm\ne,16816,,Bản Lạ,,,lõm\n"
    );
    let study = small_study(&viettel, &format!("{header}d,16813,Xã Mường Xén,Bản Hín,,,lõm\n"));
    let toml = fs::read_to_string(path(&study, "study.toml")).unwrap();
    fs::write(path(&study, "study.toml"), toml.replace("declared = 2\n", "")).unwrap();
    let out = tempfile::tempdir().unwrap();
    run(phusong().arg("reconcile").arg(study.path()).arg("-o").arg(out.path()), 0);
    let areas = table(&path(&out, "areas.csv"));
    assert_eq!(column(&areas, "village_id"), ["", "'=V1", "", "", "V2"]);
    // The name above is not that of another code.
    assert_eq!(column(&areas, "commune_code"), ["16813", "16813", "16813", "16816", "16813"]);
    let villages = table(&path(&out, "villages.csv"));
    let communes = column(&villages, "commune");
    assert_eq!(communes[..4], ["Xã Mường Xén"; 4], "also of places outside the register");
    assert!(!communes[4].is_empty() && communes[4] != "Xã Không Đâu", "{communes:?}");
    assert_eq!(column(&villages, "old_commune")[3], "Xã Không Đâu", "as the list has it");
    let findings = table(&path(&out, "findings.csv"));
    let (rules, used) = (column(&findings, "rule"), column(&findings, "used"));
    let told: Vec<&str> =
        rules.iter().zip(&used).filter(|(r, _)| *r == "unknown_commune").map(|(_, u)| u.as_str()).collect();
    assert_eq!(told, ["Xã Mường Xén (16813)"; 2]);
}

#[test]
fn a_station_that_only_names_a_village_is_not_counted_as_reaching_it() {
    let viettel = format!(
        "{HEADER}x,Xã Mường Xén,Bản Na,19.40,104.12,trắng\ny,Xã Mường Xén,Bản Hín,19.42,104.15,trắng\n"
    );
    let study = small_study(&viettel, &viettel);
    let toml = fs::read_to_string(path(&study, "study.toml")).unwrap();
    let toml = toml.replace("[inputs]\n", "[inputs]\nprogramme = \"p.csv\"\n");
    fs::write(path(&study, "study.toml"), toml + "[coverage]\nmodel = \"radius\"\nradius_km = 1.0\n")
        .unwrap();
    let programme = "plan_id,carrier,commune,village,lat,lon\nP1,Viettel,Xã Mường Xén,Bản Na,,\n\
        P2,Viettel,Xã Mường Xén,Bản Hín,19.42,104.15\n";
    fs::write(path(&study, "p.csv"), programme).unwrap();
    let out = tempfile::tempdir().unwrap();
    let (shown, _) = run(phusong().arg("reconcile").arg(study.path()).arg("-o").arg(out.path()), 0);
    let count = |label: &str| {
        let line =
            shown.lines().find(|line| line.contains(label)).unwrap_or_else(|| panic!("{label}: {shown}"));
        line.split_whitespace().next().unwrap().parse::<u32>().unwrap()
    };
    assert_eq!(count("with a registered station within the radius"), 1);
    assert_eq!(count("have only a registered station that names them"), 1);
    assert_eq!(count("with none within the radius"), 0);
}

#[test]
fn lines_of_one_cell_in_a_legacy_font_are_villages() {
    let viettel = "Xã,Thôn bản,Mức độ\nX· M\u{ad}êng XÐn,\"Pï\nKhe Thï\",trắng\n";
    let study = small_study(viettel, viettel);
    let villages = "village_id,name,commune_code,commune,lat,lon\n\
        V1,Pù,16813,Xã Mường Xén,19.40,104.12\nV2,Khe Thù,16813,Xã Mường Xén,19.42,104.15\n";
    fs::write(path(&study, "v.csv"), villages).unwrap();
    let out = tempfile::tempdir().unwrap();
    run(phusong().arg("reconcile").arg(study.path()).arg("-o").arg(out.path()), 0);
    assert_eq!(column(&table(&path(&out, "areas.csv")), "village_id"), ["V1", "V2", "V1", "V2"]);
}
