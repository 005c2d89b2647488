//! `compare`: a hand-made pair shows every kind of change; exchanging the sides mirrors it; a study has no
//! changes against itself.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test may fail loudly")]

use std::fs;
use std::path::Path;

use phusong::domain::Carrier;
use phusong::export::{
    CompareMeta, CompareSide, CompareView, write_compare_csv, write_compare_geojson, write_compare_json,
};
use phusong::reconcile::{Change, ChangeKind, Comparison, SameBy, compare};
use phusong::study::{CandidateSource, ReconciledStudy, Stages, load_reconciled};

const VILLAGES: &str = "village_id,name,commune_code,commune,lat,lon,households\n";
const LIST: &str = "STT,Xã,Thôn bản,Vĩ độ,Kinh độ,Mức độ\n";

/// A study of one commune, Xã Tri Lễ (16756), with the lists of two carriers.
fn study(folder: &Path, date: &str, villages: &str, lists: &[(&str, &str)]) -> ReconciledStudy {
    fs::create_dir_all(folder).unwrap();
    fs::write(folder.join("v.csv"), format!("{VILLAGES}{villages}")).unwrap();
    let mut toml = format!(
        "[study]\nname = \"x\"\nprovince = \"40\"\ndate = \"{date}\"\n[inputs]\nvillages = \"v.csv\"\n"
    );
    for (carrier, rows) in lists {
        fs::write(folder.join(format!("{carrier}.csv")), format!("{LIST}{rows}")).unwrap();
        toml.push_str(&format!("[[lists]]\ncarrier = \"{carrier}\"\nfile = \"{carrier}.csv\"\n"));
    }
    fs::write(folder.join("study.toml"), toml).unwrap();
    load_reconciled(folder, CandidateSource::None, &mut Stages::default()).unwrap()
}

fn of(old: &ReconciledStudy, new: &ReconciledStudy) -> Comparison {
    compare(&old.result, &new.result, &new.study.units)
}

fn pair(folder: &Path) -> (ReconciledStudy, ReconciledStudy) {
    let old = study(
        &folder.join("old"),
        "2024-03-31",
        "V1,Bản Na Loi,16756,Xã Tri Lễ,19.60,104.70,40\n\
         V2,Bản Huồi Tố,16756,Xã Tri Lễ,19.62,104.72,50\n\
         V3,Bản Pà Khốm,16756,Xã Tri Lễ,19.64,104.74,60\n\
         V4,Bản Mường Lống,16756,Xã Tri Lễ,19.66,104.76,70\n\
         V5,Bản Nậm Tột,16756,Xã Tri Lễ,19.68,104.78,80\n\
         V6,Bản Cũ,16756,Xã Tri Lễ,19.55,104.66,90\n",
        &[
            (
                "Viettel",
                "1,Xã Tri Lễ,Bản Na Loi,19.60,104.70,lõm sóng\n2,Xã Tri Lễ,Bản Huồi Tố,19.62,104.72,trắng sóng\n\
                 3,Xã Tri Lễ,Bản Nậm Tột,19.68,104.78,lõm sóng\n",
            ),
            (
                "MobiFone",
                "1,Xã Tri Lễ,Bản Huồi Tố,19.62,104.72,trắng sóng\n2,Xã Tri Lễ,Bản Na Loi,19.60,104.70,trắng sóng\n",
            ),
        ],
    );
    // V1: Viettel says white now. V2: no longer Viettel's, hence no longer dark. V3: both now, hence dark.
    // V4: another id, name kept. V5: renamed, moved 1.1 km. V6: gone; V7: new.
    let new = study(
        &folder.join("new"),
        "2025-03-31",
        "V1,Bản Na Loi,16756,Xã Tri Lễ,19.60,104.70,40\n\
         V2,Bản Huồi Tố,16756,Xã Tri Lễ,19.62,104.72,50\n\
         V3,Bản Pà Khốm,16756,Xã Tri Lễ,19.64,104.74,60\n\
         N4,Bản Mường Lống,16756,Xã Tri Lễ,19.66,104.76,70\n\
         V5,Bản Tà Pàn,16756,Xã Tri Lễ,19.69,104.78,80\n\
         V7,Bản Mới,16756,Xã Tri Lễ,19.50,104.60,90\n",
        &[
            (
                "Viettel",
                "1,Xã Tri Lễ,Bản Na Loi,19.60,104.70,trắng sóng\n2,Xã Tri Lễ,Bản Pà Khốm,19.64,104.74,trắng sóng\n\
                 3,Xã Tri Lễ,Bản Tà Pàn,19.69,104.78,lõm sóng\n",
            ),
            (
                "MobiFone",
                "1,Xã Tri Lễ,Bản Huồi Tố,19.62,104.72,trắng sóng\n2,Xã Tri Lễ,Bản Pà Khốm,19.64,104.74,trắng sóng\n\
                 3,Xã Tri Lễ,Bản Na Loi,19.60,104.70,lõm sóng\n",
            ),
        ],
    );
    (old, new)
}

/// Kind, carrier, the village's old and new id.
fn told(found: &Comparison, old: &ReconciledStudy, new: &ReconciledStudy) -> Vec<String> {
    let id = |side: &ReconciledStudy, v: Option<usize>| {
        v.map_or_else(|| "-".to_owned(), |v| side.result.villages[v].id.clone())
    };
    let one = |c: &Change| {
        let carrier = c.carrier.as_ref().map_or("", Carrier::name);
        format!("{} {carrier} {} {}", c.kind.key(), id(old, c.old), id(new, c.new))
    };
    found.changes.iter().map(one).collect()
}

#[test]
fn every_kind_of_change_is_seen() {
    let folder = tempfile::tempdir().unwrap();
    let (old, new) = pair(folder.path());
    let found = of(&old, &new);
    assert_eq!(
        told(&found, &old, &new),
        [
            "newly_reported Viettel V3 V3",
            "newly_reported MobiFone V3 V3",
            "no_longer_reported Viettel V2 V2",
            "newly_dark  V3 V3",
            "no_longer_dark  V2 V2",
            "severity_worse Viettel V1 V1",
            "severity_better MobiFone V1 V1",
            "renamed  V5 V5",
            "moved  V5 V5",
            "only_in_new  - V7",
            "only_in_old  V6 -",
        ]
    );
    assert_eq!((found.old.not_reported, found.old.villages), (3, 6));
    assert_eq!((found.new.not_reported, found.new.villages), (2, 6));
    assert_eq!(found.communes.len(), 1);
    assert_eq!(found.matched, 5);
}

#[test]
fn exchanging_old_and_new_mirrors_every_change() {
    let folder = tempfile::tempdir().unwrap();
    let (old, new) = pair(folder.path());
    let (there, back) = (of(&old, &new), of(&new, &old));
    let key = |c: &Change| (c.kind, c.carrier.clone(), c.old, c.new, c.from.clone(), c.to.clone());
    let mut forward: Vec<_> = there.changes.iter().map(key).collect();
    let mut mirrored: Vec<_> = back
        .changes
        .iter()
        .map(|c| (c.kind.mirrored(), c.carrier.clone(), c.new, c.old, c.to.clone(), c.from.clone()))
        .collect();
    assert!(!forward.is_empty());
    forward.sort();
    mirrored.sort();
    assert_eq!(forward, mirrored);
    assert_eq!((there.old, there.new), (back.new, back.old));
}

#[test]
fn a_study_has_no_changes_against_itself_whatever_its_ids() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/nghe-an");
    let study = load_reconciled(&path, CandidateSource::None, &mut Stages::default()).unwrap();
    let found = of(&study, &study);
    assert_eq!(found.changes, []);
    assert_eq!(found.matched, study.result.villages.len());
    assert!(found.communes.is_empty() && found.old == found.new);

    // Another register's ids: all villages are found again by name, commune and place.
    let mut renumbered = study.clone();
    for village in &mut renumbered.result.villages {
        village.id = format!("other-{}", village.id);
    }
    for gap in &mut renumbered.result.gaps {
        gap.village_id = format!("other-{}", gap.village_id);
    }
    let found = of(&study, &renumbered);
    assert!(found.changes.is_empty(), "{:?}", &found.changes[..found.changes.len().min(3)]);
    assert_eq!(found.matched, study.result.villages.len());
}

#[test]
fn a_village_is_found_again_in_another_era_and_under_another_name() {
    let folder = tempfile::tempdir().unwrap();
    let (old, mut new) = pair(folder.path());
    // Today's Xã Tri Lễ under the id of another register, once without its code, once renamed in place.
    new.result.villages[0].id = "other-1".into();
    new.result.villages[0].commune_code = None;
    new.result.villages[0].old_commune = Some("Xã Tri Lễ".into());
    new.result.villages[0].old_district = Some("Huyện Quế Phong".into());
    new.result.villages[1].id = "other-2".into();
    new.result.villages[1].name = "Bản Hạnh Phúc".into();
    let found = of(&old, &new);
    let renamed: Vec<_> = found.changes.iter().filter(|c| c.kind == ChangeKind::Renamed).collect();
    assert!(renamed.iter().any(|c| c.same_by == Some(SameBy::Position) && c.old == Some(1)), "{renamed:?}");
    assert!(
        found.changes.iter().any(|c| c.kind == ChangeKind::SeverityWorse
            && c.same_by == Some(SameBy::Name)
            && c.old == Some(0))
    );
}

#[test]
fn a_carrier_with_one_list_only_is_not_compared() {
    let folder = tempfile::tempdir().unwrap();
    let (old, _) = pair(folder.path());
    let new = study(
        &folder.path().join("one"),
        "2025-03-31",
        "V1,Bản Na Loi,16756,Xã Tri Lễ,19.60,104.70,40\n",
        &[("Viettel", "1,Xã Tri Lễ,Bản Na Loi,19.60,104.70,lõm sóng\n")],
    );
    let found = of(&old, &new);
    assert!(found.changes.iter().all(|c| c.carrier != Some(Carrier::MobiFone)));
    // One carrier's word alone makes nothing dark, nor ends it.
    assert_eq!(found.count(ChangeKind::NoLongerDark, None) + found.count(ChangeKind::NewlyDark, None), 0);
    let mobifone = found.carriers.iter().find(|c| c.carrier == Carrier::MobiFone).unwrap();
    assert_eq!((mobifone.old, mobifone.new), (Some(2), None));
}

#[test]
fn registers_that_hardly_meet_are_said_to() {
    let folder = tempfile::tempdir().unwrap();
    let rows = |prefix: &str, lat: f64| -> (String, String) {
        let names = ["Na Loi", "Huồi Tố", "Pà Khốm", "Mường Lống", "Nậm Tột"];
        let of = |(i, name): (usize, &&str)| {
            let lat = lat + i as f64 / 50.0;
            (
                format!("{prefix}{i},Bản {name} {prefix},16756,Xã Tri Lễ,{lat:.3},104.7,40\n"),
                format!("{i},Xã Tri Lễ,Bản {name} {prefix},{lat:.3},104.700,lõm sóng\n"),
            )
        };
        names.iter().enumerate().map(of).unzip()
    };
    let (register, list) = rows("A", 19.503);
    let old = study(&folder.path().join("old"), "2024-03-31", &register, &[("Viettel", &list)]);
    let (register, list) = rows("B", 19.513);
    let new = study(&folder.path().join("new"), "2025-03-31", &register, &[("Viettel", &list)]);
    let found = of(&old, &new);
    assert_eq!((found.old_register.villages, found.old_register.not_compared()), (5, 5));
    assert!(found.old_register.is_doubtful() && found.new_register.is_doubtful());
    // Five reported then, five now, and no word on any of them on the other side.
    assert_eq!(found.carriers[0].cannot_tell, 10);
    let same = of(&old, &old);
    assert_eq!((same.old_register.not_compared(), same.carriers[0].cannot_tell), (0, 0));
    assert!(!same.old_register.is_doubtful());
    let run = |lang: &str| {
        let mut command = assert_cmd::Command::cargo_bin("phusong").unwrap();
        command.args(["--lang", lang, "compare", "old", "new", "-o", "out"]).current_dir(folder.path());
        let output = command.output().unwrap();
        (output.status.code(), String::from_utf8(output.stderr).unwrap())
    };
    let (code, talk) = run("en");
    assert_eq!(code, Some(0));
    assert!(talk.contains("5 of 5 in the old register and 5 of 5 in the new one"), "{talk}");
    assert!(run("vi").1.contains("5 trong 5 của danh mục cũ"));
}

#[test]
fn the_files_hold_every_change() {
    let folder = tempfile::tempdir().unwrap();
    let (old, new) = pair(folder.path());
    let found = of(&old, &new);
    let side = |date: &str| CompareSide { name: "x".into(), date: Some(date.into()), simulated: false };
    let meta = CompareMeta {
        program: "phusong",
        version: "0",
        old: side("2024-03-31"),
        new: side("2025-03-31"),
        criterion: "c",
    };
    let view = CompareView { meta: &meta, comparison: &found, old: &old.result, new: &new.result };
    let (mut csv, mut json, mut geojson) = (Vec::new(), Vec::new(), Vec::new());
    write_compare_csv(&view, &mut csv).unwrap();
    write_compare_json(&view, &mut json).unwrap();
    write_compare_geojson(&view, &mut geojson).unwrap();
    assert_eq!(String::from_utf8(csv).unwrap().lines().count(), found.changes.len() + 1);
    let json: serde_json::Value = serde_json::from_slice(&json).unwrap();
    assert_eq!(json["changes"].as_array().unwrap().len(), found.changes.len());
    assert_eq!(json["rate"]["old"]["not_reported"], 3);
    assert_eq!(json["rate"]["new"]["date"], "2025-03-31");
    let geojson: serde_json::Value = serde_json::from_slice(&geojson).unwrap();
    assert_eq!(geojson["features"][0]["geometry"]["coordinates"][0], 104.74);
}

/// Runs the program in `folder`; exit code, stdout, stderr.
fn run(folder: &Path, arguments: &[&str]) -> (Option<i32>, String, String) {
    let mut command = assert_cmd::Command::cargo_bin("phusong").unwrap();
    let output = command.args(arguments).current_dir(folder).output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (output.status.code(), text(output.stdout), text(output.stderr))
}

#[test]
fn the_rate_is_over_carriers_with_a_list_on_both_sides() {
    let folder = tempfile::tempdir().unwrap();
    let villages = "V1,Bản Na Loi,16756,Xã Tri Lễ,19.60,104.70,40\nV2,Bản Huồi Tố,16756,Xã Tri Lễ,19.62,104.72,50\n\
        V3,Bản Pà Khốm,16756,Xã Tri Lễ,19.64,104.74,60\n";
    let one = "1,Xã Tri Lễ,Bản Na Loi,19.60,104.70,lõm sóng\n";
    let two = "1,Xã Tri Lễ,Bản Huồi Tố,19.62,104.72,lõm sóng\n";
    let old = study(
        &folder.path().join("old"),
        "2024-03-31",
        villages,
        &[("Viettel", one), ("MobiFone", one), ("VinaPhone", two)],
    );
    let new =
        study(&folder.path().join("new"), "2023-03-31", villages, &[("Viettel", one), ("MobiFone", one)]);
    let found = of(&old, &new);
    // VinaPhone handed in nothing now: that is no village fewer without signal.
    assert_eq!((found.old.not_reported, found.new.not_reported), (2, 2));
    assert_eq!(found.communes, []);

    let (code, table, talk) = run(folder.path(), &["--lang", "en", "compare", "old", "new", "-o", "out"]);
    assert_eq!(code, Some(0), "{talk}");
    assert!(
        table.contains(
            "Villages in the register that none of Viettel, MobiFone reports (without VinaPhone: list on one side \
             only): 2/3 = 66.67 % (2024-03-31) → 2/3 = 66.67 % (2023-03-31)"
        ),
        "{table}"
    );
    assert!(talk.contains("NEW (2023-03-31) is dated before OLD (2024-03-31)"), "{talk}");
    let json = fs::read(folder.path().join("out/compare.json")).unwrap();
    let json: serde_json::Value = serde_json::from_slice(&json).unwrap();
    assert_eq!(json["rate"]["carriers"], serde_json::json!(["Viettel", "MobiFone"]));
    assert_eq!(json["rate"]["left_out"], serde_json::json!(["VinaPhone"]));
    assert_eq!(json["rate"]["old"]["not_reported"], 2);
    let (_, table, talk) = run(folder.path(), &["--lang", "vi", "compare", "new", "old", "-o", "out"]);
    assert!(table.contains("mà Viettel, MobiFone đều không báo lõm (không tính VinaPhone"), "{table}");
    assert!(!talk.contains("có ngày trước"), "{talk}");
}

#[test]
fn two_lists_of_one_carrier_speak_of_that_carrier() {
    let folder = tempfile::tempdir().unwrap();
    for name in ["viettel-1.csv", "viettel-2.csv", "vinaphone.csv"] {
        fs::write(folder.path().join(name), format!("{LIST}1,Xã Tri Lễ,Bản Na Loi,19.60,104.70,lõm sóng\n"))
            .unwrap();
    }
    fs::write(
        folder.path().join("v.csv"),
        format!("{VILLAGES}V1,Bản Na Loi,16756,Xã Tri Lễ,19.60,104.70,40\nV2,Bản Mới,16756,Xã Tri Lễ,19.7,104.8,9\n"),
    )
    .unwrap();
    let compare = |lang: &str, old: &str, new: &str, more: &[&str]| {
        let mut arguments = vec!["--lang", lang, "compare", old, new, "--province", "40", "-o", "out"];
        arguments.extend(more);
        run(folder.path(), &arguments)
    };
    let (code, table, _) = compare("en", "viettel-1.csv", "viettel-2.csv", &["--villages", "v.csv"]);
    assert_eq!(code, Some(0));
    assert!(table.contains("that Viettel does not report: 1/2 = 50.00 %"), "{table}");
    assert!(table.contains("No changes."), "{table}");
    let (_, table, _) = compare("vi", "viettel-1.csv", "viettel-2.csv", &[]);
    assert!(table.contains("mà Viettel không báo lõm: chưa có danh mục thôn, bản"), "{table}");

    // Another carrier's list: nothing stands against anything, which is not "no changes".
    fs::remove_dir_all(folder.path().join("out")).unwrap();
    let (code, table, talk) = compare("en", "viettel-1.csv", "vinaphone.csv", &[]);
    assert_eq!((code, table.as_str()), (Some(2), ""), "{talk}");
    assert!(talk.contains("no carrier has a list on both sides (old: Viettel; new: VinaPhone)"), "{talk}");
    assert!(!folder.path().join("out").exists());
    assert!(compare("vi", "viettel-1.csv", "vinaphone.csv", &[]).2.contains("không có gì để so sánh"));
}
