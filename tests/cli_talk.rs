//! What the program says: wrong arguments and studies, languages, pipes, completions, manual.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test may fail loudly")]

#[allow(dead_code, reason = "shared by the tests of the program")]
mod program;

use std::fs;
use std::io::Read as _;
use std::process::{Command, Stdio};

use program::{SAMPLE, path, phusong, run, sample_copy};

/// Ranks the sample with `study.toml` changed; what stderr says of it.
fn with_study(change: impl Fn(&str) -> String, code: i32) -> String {
    let study = sample_copy();
    let file = path(&study, "study.toml");
    let text = fs::read_to_string(&file).unwrap();
    let changed = change(&text);
    assert_ne!(text, changed);
    fs::write(&file, changed).unwrap();
    let out = tempfile::tempdir().unwrap();
    let (shown, talk) = run(phusong().arg("rank").arg(study.path()).arg("-o").arg(out.path()), code);
    if code == 2 {
        assert!(shown.is_empty(), "{shown}");
        assert_eq!(fs::read_dir(out.path()).unwrap().count(), 0, "nothing is written");
    }
    talk
}

fn says(talk: &str, parts: &[&str]) {
    for part in parts {
        assert!(talk.contains(part), "no “{part}” in {talk}");
    }
}

#[test]
fn a_wrong_path_says_what_a_study_is() {
    for place in ["no/such/folder", "src"] {
        for command in ["rank", "reconcile"] {
            let (shown, talk) = run(phusong().args([command, place]), 2);
            assert!(shown.is_empty());
            says(&talk, &[place, "no study here", "study is a folder with a file study.toml"]);
        }
    }
}

#[test]
fn a_typo_in_the_study_suggests_the_near_name_and_says_where() {
    let talk = with_study(|s| s.replace("villages   =", "vilages =").replacen('\n', "\n\n", 1), 2);
    says(&talk, &["study.toml:10:1", "unknown key `vilages`", "did you mean `villages`"]);
    let talk = with_study(|s| s.replace("\"radius\"", "\"radious\""), 2);
    says(&talk, &["radious", "did you mean `radius`"]);
    let talk = with_study(|s| format!("{s}\n[headers]\n\"Tên làng\" = \"vilage\"\n"), 2);
    says(&talk, &["[headers]", "Tên làng", "vilage", "Did you mean `village`"]);
}

#[test]
fn a_radius_is_above_zero() {
    for radius in ["0.0", "-1.0", "nan", "inf"] {
        let talk = with_study(|s| s.replace("radius_km = 3.0", &format!("radius_km = {radius}")), 2);
        says(&talk, &["study.toml", "radius_km", "above 0"]);
    }
    for radius in ["0", "-1", "nan", "inf", "three"] {
        let (_, talk) = run(phusong().args(["rank", SAMPLE, "--radius-km", radius]), 2);
        says(&talk, &["--radius-km", "above 0"]);
    }
}

#[test]
fn a_model_without_elevation_says_what_to_do() {
    for model in ["p1812", "itm"] {
        let bare = |s: &str| {
            let kept = s.lines().filter(|line| !line.starts_with("terrain"));
            kept.collect::<Vec<_>>().join("\n").replace("\"radius\"", &format!("\"{model}\""))
        };
        let talk = with_study(bare, 2);
        says(&talk, &["needs elevation", model, "[inputs] terrain", "--terrain"]);
    }
}

#[test]
fn an_unknown_carrier_says_which_there_are() {
    let (_, talk) = run(phusong().args(["rank", SAMPLE, "--carrier", "Gtel"]), 2);
    says(&talk, &["--carrier Gtel", "VinaPhone, Viettel, MobiFone"]);
}

#[test]
fn files_that_are_not_there_are_named() {
    let talk = with_study(|s| s.replace("viettel.xlsx", "vietel.xlsx"), 2);
    says(&talk, &["vietel.xlsx", "Check the path"]);
    let talk = with_study(|s| s.replace("candidates.csv", "stations.csv"), 0);
    says(&talk, &["SIMULATED DATA"]);
    let talk = with_study(|s| s.replace("candidates = \"candidates.csv\"", ""), 2);
    says(&talk, &["candidate"]);
}

#[test]
fn a_result_that_cannot_be_written_names_the_file() {
    let out = tempfile::tempdir().unwrap();
    fs::write(path(&out, "plain"), "x").unwrap();
    let (_, talk) = run(phusong().args(["rank", SAMPLE, "-o"]).arg(path(&out, "plain")), 2);
    says(&talk, &["plain", "cannot be written", "is a file", "Choose another place with -o"]);
    let (_, talk) = run(phusong().args(["--lang", "vi", "rank", SAMPLE, "-o"]).arg(path(&out, "plain")), 2);
    says(&talk, &["không ghi được: thư mục cần ghi là một tệp. Hãy chọn nơi khác bằng -o"]);
    assert!(!talk.contains(".phusong-"), "{talk}");
}

#[cfg(unix)]
#[test]
fn a_closed_pipe_is_no_error() {
    for arguments in
        [&["rank", SAMPLE, "--show", "2000"][..], &["completions", "bash"], &["man"], &["--help"]]
    {
        let out = tempfile::tempdir().unwrap();
        let mut command = Command::new(env!("CARGO_BIN_EXE_phusong"));
        command.env("PHUSONG_LANG", "en").args(arguments);
        if arguments[0] == "rank" {
            command.arg("-o").arg(out.path());
        }
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        drop(child.stdout.take());
        let mut talk = String::new();
        child.stderr.take().unwrap().read_to_string(&mut talk).unwrap();
        assert_eq!(child.wait().unwrap().code(), Some(0), "{arguments:?}: {talk}");
        let low = talk.to_lowercase();
        assert!(!low.contains("pipe") && !low.contains("panic") && !low.contains("error:"), "{talk}");
    }
}

#[test]
fn both_languages_by_flag_and_by_environment() {
    let out = tempfile::tempdir().unwrap();
    let rank = |lang: &str, flag: &[&str]| {
        let mut command = phusong();
        command.env("PHUSONG_LANG", lang).args(["rank", SAMPLE, "--show", "1", "-o"]).arg(out.path());
        run(command.args(flag), 0)
    };
    let (shown, talk) = rank("vi", &[]);
    says(&shown, &["Hạng", "Thôn, bản"]);
    says(&talk, &["DỮ LIỆU MÔ PHỎNG", "Doanh nghiệp"]);
    let (shown, talk) = rank("vi", &["--lang", "en"]);
    says(&shown, &["Rank", "Villages"]);
    says(&talk, &["SIMULATED DATA"]);
    let (shown, _) = rank("en", &["--lang", "vi"]);
    says(&shown, &["Hạng"]);
    let (_, talk) = run(phusong().args(["--lang", "vi", "rank", "no/such/folder"]), 2);
    says(&talk, &["lỗi:"]);
}

#[test]
fn the_language_changes_no_byte_of_the_ranking() {
    let out = tempfile::tempdir().unwrap();
    for lang in ["vi", "en"] {
        run(phusong().args(["--lang", lang, "rank", SAMPLE, "-o"]).arg(path(&out, lang)), 0);
    }
    for name in ["ranking.geojson", "ranking.csv"] {
        let read = |lang| fs::read(path(&out, lang).join(name)).unwrap();
        assert!(read("vi") == read("en"), "{name}");
    }
}

#[test]
fn help_is_in_both_languages_and_has_examples() {
    let (shown, _) = run(phusong().args(["--lang", "vi", "rank", "--help"]), 0);
    says(&shown, &["Cách dùng", "Ví dụ:", "phusong rank data/nghe-an", "Bán kính"]);
    let (shown, _) = run(phusong().args(["rank", "--help"]), 0);
    says(&shown, &["Usage", "Examples:", "phusong rank data/nghe-an", "Radius"]);
    let (shown, _) = run(phusong().arg("--help"), 0);
    says(&shown, &["rank", "reconcile", "completions", "man", "Exit codes: 0 done"]);
}

#[test]
fn completions_for_every_shell() {
    for shell in ["bash", "zsh", "fish"] {
        let (shown, talk) = run(phusong().args(["completions", shell]), 0);
        says(&shown, &["phusong", "reconcile", "radius-km"]);
        assert!(talk.is_empty(), "{talk}");
    }
    run(phusong().args(["completions", "tcsh"]), 2);
}

#[test]
fn the_manual_is_printed_or_written_page_by_page() {
    let (shown, _) = run(phusong().arg("man"), 0);
    says(&shown, &[".TH phusong 1", "SUBCOMMANDS"]);
    let out = tempfile::tempdir().unwrap();
    run(phusong().args(["man", "-o"]).arg(out.path()), 0);
    for page in ["phusong", "phusong-rank", "phusong-reconcile", "phusong-completions", "phusong-man"] {
        let text = fs::read_to_string(path(&out, &format!("{page}.1"))).unwrap();
        assert!(text.contains(".TH"), "{page}");
    }
}

#[test]
fn options_that_would_be_passed_over_are_refused() {
    for (arguments, parts) in [
        (&["rank", SAMPLE, "--second-opinion", "itm"][..], &["--second-opinion", "--model p1812"][..]),
        (&["reconcile", SAMPLE, "--preset", "lte1800"], &["--preset", "by radius here"]),
        (&["validate", SAMPLE, "--threshold-dbm", "-100"], &["--threshold-dbm", "by radius here"]),
        (&["validate", SAMPLE, "--subtract-existing"], &["--subtract-existing", "rank and plan"]),
        (&["rank", SAMPLE, "--preset", "lte90"], &["lte90", "--preset", "lte900"]),
        (
            &["validate", "a.csv", "--carrier", "Viettel", "--carrier", "MobiFone"],
            &["more carriers than files"],
        ),
        (&["template", "-o", "x.csv"], &["x.csv", "ends in .xlsx"]),
        (
            &["validate", SAMPLE, "--baseline", "README.md"],
            &["--baseline README.md", "findings.json that an earlier run"],
        ),
    ] {
        let (shown, talk) = run(phusong().args(arguments), 2);
        assert!(shown.is_empty(), "{shown}");
        says(&talk, parts);
    }
}

#[test]
fn what_validate_does_not_write_it_does_not_point_to() {
    let (shown, _) = run(phusong().args(["validate", SAMPLE, "--fail-on", "never"]), 0);
    assert!(shown.contains("-o DIR writes each one") && !shown.contains("findings.csv"), "{shown}");
    let out = tempfile::tempdir().unwrap();
    let (shown, talk) = run(
        phusong()
            .args(["validate", SAMPLE, "--fail-on", "never", "--format", "terminal", "-o"])
            .arg(out.path()),
        0,
    );
    assert!(!shown.contains("findings.csv"), "{shown}");
    says(&talk, &["-o: --format terminal prints and writes no file"]);
    let (_, talk) = run(phusong().args(["validate", "no-such.csv", "--province", "99"]), 2);
    assert!(!talk.contains("study.toml, [study]"), "{talk}");
}

#[cfg(unix)]
#[test]
fn one_list_that_cannot_be_opened_does_not_end_the_check_of_the_others() {
    let study = sample_copy();
    fs::remove_file(path(&study, "viettel.xlsx")).unwrap();
    fs::create_dir(path(&study, "viettel.xlsx")).unwrap();
    let out = tempfile::tempdir().unwrap();
    let (shown, _) = run(phusong().arg("validate").arg(study.path()).arg("-o").arg(out.path()), 1);
    says(&shown, &["unreadable_file", "viettel.xlsx", "vinaphone.xlsx"]);
    assert!(path(&out, "vinaphone.marked.xlsx").is_file());
    let (shown, _) = run(phusong().args(["--lang", "vi", "validate"]).arg(study.path()), 1);
    says(&shown, &["không mở được"]);
    // A path that leads nowhere is a slip in the study.
    fs::remove_dir(path(&study, "viettel.xlsx")).unwrap();
    let (_, talk) = run(phusong().arg("validate").arg(study.path()), 2);
    says(&talk, &["viettel.xlsx", "Check the path"]);
}

/// What stderr says in Vietnamese, checked for English words.
fn vietnamese_talk(arguments: &[&str]) -> String {
    let (_, talk) = run(phusong().args(["--lang", "vi"]).args(arguments), 2);
    let words = talk.split(|c: char| !c.is_alphanumeric()).map(str::to_lowercase);
    for word in words {
        let english =
            ["the", "is", "are", "cannot", "give", "no", "such", "file", "directory", "error", "or", "and"];
        assert!(!english.contains(&word.as_str()), "{arguments:?}: “{word}” in {talk}");
    }
    talk
}

#[test]
fn errors_are_vietnamese_to_the_end() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| path(&folder, name).to_str().unwrap().to_owned();
    fs::write(at("v.csv"), "village_id,lat,lon\nV1,19.1,104.5\n").unwrap();
    fs::write(at("c.csv"), "site_id,lat,lon\nS1,19.1,104.51\n").unwrap();
    fs::write(at("ab.csv"), "a,b\n1,2\n").unwrap();
    fs::write(at("bad.xlsx"), b"PK\x03\x04abc").unwrap();
    fs::write(at("cut.tif"), b"II*\x00\x08\x00").unwrap();
    fs::create_dir(at("thumuc")).unwrap();
    let (v, c) = (at("v.csv"), at("c.csv"));
    let tables = ["--villages", &v, "--candidates", &c];
    let rank = |more: &[&str]| {
        let arguments: Vec<&str> = ["rank"].iter().chain(&tables).chain(more).copied().collect();
        vietnamese_talk(&arguments)
    };
    says(&rank(&["--model", "p1812", "--terrain", &at("khong")]), &["không có tệp hoặc thư mục này"]);
    says(&rank(&["--model", "p1812", "--terrain", &at("thumuc")]), &["ở đây không có tệp độ cao"]);
    says(&rank(&["--model", "p1812", "--terrain", &at("cut.tif")]), &["tệp hỏng"]);
    let lists = vietnamese_talk(&["rank", "--villages", &at("khong-co.csv"), "--candidates", &c]);
    says(&lists, &["không có tệp hoặc thư mục này. Hãy kiểm tra đường dẫn"]);
    says(&vietnamese_talk(&["rank", "--villages", &at("bad.xlsx"), "--candidates", &c]), &["zip hỏng"]);
    let paths = ["path", "--cases", &c, "--out", &at("out.csv"), "--profiles"];
    for (file, part) in
        [("khong-co.csv", "không có tệp"), ("thumuc", "đó là thư mục"), ("ab.csv", "không có cột profile")]
    {
        let file = at(file);
        says(&vietnamese_talk(&[&paths[..], &[&file]].concat()), &[part]);
    }
    for (arguments, part) in [
        (&["terrain", "khong/co"][..], "không có tệp hoặc thư mục này"),
        (&["calibrate", SAMPLE, "khong-co.csv"], "không có tệp hoặc thư mục này"),
        (&["path", SAMPLE, "S0001", "999,999"], "vĩ độ 999 nằm ngoài"),
        (&["predict", SAMPLE, "S0001", "--pixel-m", "0.01"], "hãy dùng điểm ảnh lớn hơn"),
        (&["validate", SAMPLE, "--baseline", "khong-co.json"], "không có tệp hoặc thư mục này. Hãy kiểm tra"),
        (&["compare", SAMPLE, SAMPLE, "--province", "40"], "đây là thư mục"),
        (&["compare", "a.csv", "b.csv", "--province", "40"], "không có tệp này"),
    ] {
        says(&vietnamese_talk(arguments), &[part]);
    }
}

#[test]
fn values_of_study_toml_are_refused_in_both_languages() {
    let folder = tempfile::tempdir().unwrap();
    for (lines, vi, en) in [
        ("[coverage]\nmax_km = -1\n", "hãy ghi số km lớn hơn 0, nhiều nhất 100", "number of km above 0"),
        ("[coverage]\npreset = \"lte90\"\n", "Ý bạn là `lte900`?", "Did you mean `lte900`?"),
        ("[coverage.link]\npower_dbm = 200\n", "hãy ghi số từ 0 đến 80 dBm", "from 0 to 80 dBm"),
        (
            "[coverage.link]\nmast_height_m = 0\n",
            "mast_height_m = 0 nằm ngoài",
            "mast_height_m = 0 is outside",
        ),
        ("[coverage.clutter]\ntree_cover = -3\n", "độ cao từ 0 đến 100 m", "a height of 0 to 100 m"),
        ("[plan]\nlimits = [\"comune<=3\"]\n", "ý bạn là commune?; hãy ghi PHẦN<=N", "did you mean commune?"),
        ("[plan]\nbuilt = [\"foo\"]\n", "“foo” không có trong: none", "“foo” is not one of none"),
        ("[plan.weights]\nhardship = -3\n", "hệ số là số từ 0", "a factor is a number from 0"),
        ("[plan]\nsharing = 3\n", "sharing: giá trị không đúng kiểu", "sharing: a value of another kind"),
        ("[plan\n", "thiếu dấu ]", "unclosed table"),
    ] {
        let study = format!("[study]\nname = \"x\"\nprovince = \"40\"\n{lines}");
        fs::write(path(&folder, "study.toml"), study).unwrap();
        let folder = folder.path().to_str().unwrap();
        says(&vietnamese_talk(&["reconcile", folder]), &[vi]);
        let (_, talk) = run(phusong().args(["reconcile", folder]), 2);
        says(&talk, &[en]);
    }
}

#[test]
fn land_cover_and_clusters_are_named_as_what_they_are() {
    for (line, vi, en) in [
        ("land_cover = \"trong\"", "lớp phủ ([inputs] land_cover)", "no GeoTIFF (.tif) of land cover here"),
        ("clusters = \"khong-co.csv\"", "cụm dân cư: ", "Check [inputs] clusters of study.toml"),
    ] {
        let study = sample_copy();
        fs::create_dir(path(&study, "trong")).unwrap();
        let file = path(&study, "study.toml");
        let text = fs::read_to_string(&file).unwrap();
        fs::write(&file, text.replace("[inputs]\n", &format!("[inputs]\n{line}\n"))).unwrap();
        let study = study.path().to_str().unwrap();
        let arguments = ["rank", study, "--model", "p1812"];
        let (_, talk) = run(phusong().args(arguments), 2);
        says(&talk, &[en]);
        let (_, talk) = run(phusong().args(["--lang", "vi"]).args(arguments), 2);
        says(&talk, &[vi]);
        assert!(!talk.contains("cannot") && !talk.contains("here"), "{talk}");
    }
}

#[test]
fn a_language_that_nobody_typed_is_the_variables() {
    for (lang, says) in [("fr", "PHUSONG_LANG"), ("de_DE", "PHUSONG_LANG")] {
        let mut command = phusong();
        let (_, talk) = run(command.env("PHUSONG_LANG", lang).args(["rank", "x"]), 2);
        assert!(talk.contains(says) && talk.contains(lang) && !talk.contains("--lang <"), "{talk}");
    }
    let (_, talk) = run(phusong().args(["--lang", "fr", "rank", "x"]), 2);
    assert!(talk.contains("--lang <LANG>") && !talk.contains("PHUSONG_LANG"), "{talk}");
}
