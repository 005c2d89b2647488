//! What a new user gets wrong: the program says what, where, and what to do, instead of counting on.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test may fail loudly")]

#[allow(dead_code, reason = "other tests use the rest")]
mod program;

use std::fs;
use std::path::Path;

use program::{SAMPLE, json, phusong, run, sample_copy};
use tempfile::TempDir;

/// The sample with one text of a file in place of another.
fn sample_with(file: &str, from: &str, to: &str) -> TempDir {
    let study = sample_copy();
    let path = study.path().join(file);
    let text = fs::read_to_string(&path).unwrap();
    assert!(text.contains(from), "{file} has no {from}");
    fs::write(&path, text.replacen(from, to, 1)).unwrap();
    study
}

fn findings(report: &Path, rule: &str) -> Vec<serde_json::Value> {
    let all = json(report)["findings"].as_array().unwrap().clone();
    all.into_iter().filter(|f| f["rule"] == rule).collect()
}

#[test]
fn a_study_under_the_code_of_another_province_is_an_error_with_its_counts() {
    let study = sample_with("study.toml", "province  = \"40\"", "province  = \"02\"");
    let out = study.path().join("out");
    let mut validate = phusong();
    run(validate.arg("validate").arg(study.path()).args(["--format", "json", "-o"]).arg(&out), 1);
    let found = findings(&out.join("findings.json"), "province_mismatch");
    assert_eq!((&found[0]["level"], &found[0]["file"]), (&"error".into(), &"villages.csv".into()));
    let villages = program::table(&study.path().join("villages.csv")).1.len();
    let message = found[0]["message"].as_str().unwrap();
    let expected = format!("villages elsewhere: {villages}/{villages}; they look like those of: 40 (");
    assert!(message.contains(&expected), "{message}");
}

#[test]
fn a_list_given_twice_is_read_once_under_any_name() {
    let folder = tempfile::tempdir().unwrap();
    let list = format!("{SAMPLE}/mobifone.csv");
    let copy = folder.path().join("viettel thang 3.csv");
    fs::copy(&list, &copy).unwrap();
    let once = run(phusong().args(["validate", &list]), 1).0;
    for other in [list.as_str(), &format!("{SAMPLE}/../nghe-an/mobifone.csv"), copy.to_str().unwrap()] {
        let (twice, stderr) = run(phusong().args(["validate", &list, other]), 1);
        assert_eq!(twice, once, "{other}");
        assert!(stderr.contains("one and the same list, read once"), "{stderr}");
    }
    let for_two = ["--carrier", "MobiFone", "--carrier", "Viettel"];
    let (_, stderr) = run(phusong().args(["validate", &list, &list]).args(for_two), 2);
    assert!(stderr.contains("given for two carriers"), "{stderr}");
    // The carrier of the list behind a repeated one stays its own.
    let third = format!("{SAMPLE}/vinaphone.xlsx");
    let carriers = ["--carrier", "MobiFone", "--carrier", "MobiFone", "--carrier", "Vietnamobile"];
    let (stdout, _) = run(phusong().args(["validate", &list, &list, &third]).args(carriers), 1);
    assert!(stdout.contains("vinaphone.xlsx (Vietnamobile)"), "{stdout}");
}

#[test]
fn a_study_that_names_a_list_twice_is_refused() {
    for (file, carrier) in
        [("viettel.xlsx", "Viettel"), ("viettel ban sao.xlsx", "Viettel"), ("viettel.xlsx", "MobiFone")]
    {
        let from = "carrier  = \"MobiFone\"\nfile     = \"mobifone.csv\"\ndeclared = 73";
        let to = format!("carrier = \"{carrier}\"\nfile = \"{file}\"");
        let study = sample_with("study.toml", from, &to);
        let _ = fs::copy(study.path().join("viettel.xlsx"), study.path().join("viettel ban sao.xlsx"));
        for command in ["validate", "reconcile", "rank"] {
            let (_, stderr) = run(phusong().arg(command).arg(study.path()), 2);
            let words =
                format!("[[lists]] {file} ({carrier}): one and the same list as viettel.xlsx (Viettel)");
            assert!(stderr.contains(&words), "{stderr}");
        }
    }
    // Two carriers may have handed in the same, but hardly so.
    let from = "file     = \"mobifone.csv\"\ndeclared = 73";
    let study = sample_with("study.toml", from, "file = \"copy.xlsx\"");
    fs::copy(study.path().join("viettel.xlsx"), study.path().join("copy.xlsx")).unwrap();
    let (_, stderr) = run(phusong().arg("validate").arg(study.path()).args(["--fail-on", "never"]), 0);
    assert!(
        stderr.contains("copy.xlsx (MobiFone) = viettel.xlsx (Viettel): two carriers with one"),
        "{stderr}"
    );
}

#[test]
fn a_returned_list_that_is_validated_again_keeps_its_name_and_is_not_written_over() {
    let folder = tempfile::tempdir().unwrap();
    let (first, second) = (folder.path().join("first"), folder.path().join("second"));
    let validate = |list: &Path, out: &Path| {
        let mut command = phusong();
        let command = command.arg("validate").arg(list).args(["--format", "workbook", "-o"]).arg(out);
        run(command.arg("--fix").arg(out), 1);
    };
    validate(&Path::new(SAMPLE).join("viettel.xlsx"), &first);
    let names = |folder: &Path| {
        let mut names: Vec<String> =
            fs::read_dir(folder).unwrap().map(|e| e.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    };
    assert_eq!(names(&first), ["viettel.fixed.xlsx", "viettel.marked.xlsx"]);
    let marked = first.join("viettel.marked.xlsx");
    validate(&marked, &second);
    assert_eq!(names(&second), names(&first));
    // Of the repaired list the traces are written anew, not once more.
    let third = folder.path().join("third");
    validate(&second.join("viettel.fixed.xlsx"), &third);
    let bytes = fs::read(third.join("viettel.fixed.xlsx")).unwrap();
    let raw = phusong::read::read_bytes("f.xlsx", &bytes, &phusong::read::ReadOptions::default()).unwrap();
    let titles: Vec<&str> = raw.tables[0].header.iter().map(|h| h.title.as_str()).collect();
    assert_eq!(titles.iter().filter(|title| title.starts_with("Nguồn")).count(), 1, "{titles:?}");
    // Into the folder where it lies: beside it, not over it.
    let before = fs::read(&marked).unwrap();
    validate(&marked, &first);
    assert_eq!(fs::read(&marked).unwrap(), before);
    assert!(names(&first).contains(&"viettel-2.marked.xlsx".to_owned()), "{:?}", names(&first));
}

#[test]
fn a_list_of_another_province_is_said_in_one_sentence_at_the_top() {
    let folder = program::folder(&[(
        "viettel.csv",
        "Huyện,Xã,Thôn,Vĩ độ,Kinh độ\nĐồng Văn,Lũng Cú,Thèn Pả,23.3611,105.3165\nMèo Vạc,Sơn Vĩ,Lũng Chỉn,23.2311,105.6165\n\
         Quế Phong,Thông Thụ,Bản Đồng Tắm,19.8197,105.05959\n",
    )]);
    let list = folder.path().join("viettel.csv");
    let villages = format!("{SAMPLE}/villages.csv");
    let top = |lang: &str, more: &[&str]| {
        let mut command = phusong();
        let out = run(command.args(["--lang", lang, "validate"]).arg(&list).args(more), 1).0;
        out.lines().next().unwrap().to_owned()
    };
    assert!(
        top("en", &[])
            .starts_with("viettel.csv: at least 2 of 3 areas are not of this province (0 positions")
    );
    let placed = top("en", &["--villages", &villages]);
    assert!(placed.contains("(2 positions outside of it, 2 communes that it never had)"), "{placed}");
    assert!(top("vi", &[]).contains("ít nhất 2 trong 3 khu vực không thuộc tỉnh này"));
    let page = run(phusong().arg("validate").arg(&list).args(["--format", "html"]), 1).0;
    assert!(page.contains("at least 2 of 3 areas") && page.contains("ít nhất 2 trong 3"));
    let report: serde_json::Value =
        serde_json::from_str(&run(phusong().arg("validate").arg(&list).args(["--format", "json"]), 1).0)
            .unwrap();
    assert_eq!(report["summary"]["elsewhere"][0]["unknown_communes"], 2);
    // A list of the province says nothing of the kind.
    let own = run(phusong().args(["validate", &format!("{SAMPLE}/viettel.xlsx")]), 1).0;
    assert!(!own.contains("not of this province"), "{own}");
}

#[test]
fn a_height_that_no_mast_has_is_named_with_its_row_and_column() {
    let study = sample_with("candidates.csv", ",hilltop,30,", ",hilltop,-3,");
    let place =
        "candidates.csv, row 2, column height_m: \"-3\": an antenna's height is a number of m from 1 to 3000";
    let predicted = ["--model", "p1812", "--max-km", "1"];
    for (command, words) in
        [("rank", &predicted[..]), ("predict", &["S0001", "--radius-km", "1"]), ("path", &["S0001", "S0002"])]
    {
        let (_, stderr) =
            run(phusong().current_dir(study.path()).arg(command).arg(study.path()).args(words), 2);
        assert!(stderr.contains(place), "{command}: {stderr}");
    }
    // A height that is typed wins over the cell.
    let typed = ["S0001", "S0002", "--a-height-m", "30"];
    run(phusong().arg("path").arg(study.path()).args(typed), 0);
    // Where coverage goes by radius the height does not matter, and is a finding at its cell.
    let out = study.path().join("out");
    run(phusong().arg("validate").arg(study.path()).args(["--format", "json", "-o"]).arg(&out), 1);
    let found = findings(&out.join("findings.json"), "register_row_unusable");
    assert_eq!((found.len(), &found[0]["cell"], &found[0]["raw"]), (1, &"E2".into(), &"-3".into()));
}

#[test]
fn elevation_is_no_land_cover() {
    let study = sample_with("study.toml", "[inputs]\n", "[inputs]\nland_cover = \"terrain.tif\"\n");
    let mut predict = phusong();
    let (_, stderr) = run(predict.arg("predict").arg(study.path()).args(["S0001", "--radius-km", "1"]), 2);
    assert!(
        stderr.contains("terrain.tif: no land cover: only")
            && stderr.contains("elevation goes under terrain"),
        "{stderr}"
    );
}

#[test]
fn nothing_is_concluded_from_no_samples() {
    let (_, stderr) = run(phusong().args(["calibrate", SAMPLE, "x.csv", "--min-samples", "0"]), 2);
    assert!(stderr.contains("--min-samples") && stderr.contains("1 or more"), "{stderr}");
}

#[test]
fn a_prediction_says_its_own_radius_and_areas_of_the_ellipsoid() {
    let out = tempfile::tempdir().unwrap();
    let mut predict = phusong();
    let (_, stderr) =
        run(predict.args(["predict", SAMPLE, "S0001", "--radius-km", "4", "-o"]).arg(out.path()), 0);
    assert!(stderr.contains("within 4 km") && !stderr.contains("within 15 km"), "{stderr}");
    let known = json(&out.path().join("predict.json"))["sites"][0]["known_km2"].as_f64().unwrap();
    let circle = std::f64::consts::PI * 16.0;
    // Pixels of 100 m along the rim: a thousandth. Squares of the nominal side would be 0.3 % too many.
    assert!((known / circle - 1.0).abs() < 1.5e-3, "{known} km² of {circle}");
    assert!(stderr.contains(&format!("of {known:.1} km² of known ground")), "{stderr}");
}

#[test]
fn a_workbook_is_no_drive_test_and_a_pixel_has_a_size() {
    let (_, stderr) = run(phusong().args(["calibrate", SAMPLE, &format!("{SAMPLE}/viettel.xlsx")]), 2);
    assert!(
        stderr.contains("viettel.xlsx: a workbook or archive") && stderr.contains("save it as CSV"),
        "{stderr}"
    );
    for size in ["0", "-5", "nan"] {
        let (_, stderr) = run(phusong().args(["predict", SAMPLE, "S0001", "--pixel-m", size]), 2);
        assert!(stderr.contains("--pixel-m") && stderr.contains("above 0, such as 50"), "{stderr}");
        let mut vietnamese = phusong();
        let words = ["--lang", "vi", "predict", SAMPLE, "S0001", "--pixel-m", size];
        let (_, stderr) = run(vietnamese.args(words), 2);
        assert!(stderr.contains("cỡ điểm ảnh là số mét lớn hơn 0"), "{stderr}");
    }
}

#[test]
fn a_site_off_the_elevation_is_said_to_have_no_prediction() {
    let out = tempfile::tempdir().unwrap();
    let mut predict = phusong();
    let words = ["predict", SAMPLE, "10.0,106.0", "--radius-km", "1", "-o"];
    let (_, stderr) = run(predict.args(words).arg(out.path()), 0);
    assert!(
        stderr.contains("10.0,106.0: there is no elevation at this site and nothing is predicted"),
        "{stderr}"
    );
}
