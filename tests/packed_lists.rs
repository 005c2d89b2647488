//! Validation reads, normalises and matches lists in batches and keeps them packed: it must find what the plain way
//! finds, area by area and finding by finding.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test may fail loudly")]

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use phusong::domain::{Area, Carrier, Era};
use phusong::finding::{Finding, Rule};
use phusong::geodesy::distance_m;
use phusong::geodesy::vn2000::{Vn2000Zone, from_wgs84};
use phusong::normalize::admin::AdminUnits;
use phusong::normalize::value::Date;
use phusong::study::{
    CandidateSource, ReconciledStudy, Stages, Validated, load_reconciled, read_study_file, validate_study,
};

/// Rules that look at the whole: they have no findings on the plain way.
const OBSERVERS: [Rule; 7] = [
    Rule::SeverityInconsistent,
    Rule::StationWithinReach,
    Rule::PlanMissingOrOverdue,
    Rule::CoveredOnlyBy2g,
    Rule::CarriersDisagree,
    Rule::CoordRepeated,
    Rule::PolygonInvalid,
];

fn both(study: &Path) -> (ReconciledStudy, Validated) {
    let plain = load_reconciled(study, CandidateSource::None, &mut Stages::default()).unwrap();
    let (folder, file) = read_study_file(study).unwrap();
    let today = Date::new(2026, 1, 31).unwrap();
    (plain, validate_study(&folder, file, today, &mut Stages::default()).unwrap())
}

/// What a finding says, but for its column, which is found only when all are put in order.
fn said(finding: &Finding) -> String {
    let Finding { rule, source, carrier, raw, used, facts, .. } = finding;
    format!("{rule:?} {source:?} {carrier:?} {raw:?} {used:?} {facts:?}")
}

fn assert_same(plain: &ReconciledStudy, packed: &Validated) {
    let result = &plain.result;
    assert!(!result.areas.is_empty());
    assert_eq!(packed.matches.len(), result.areas.len());
    for (number, (one, other)) in result.areas.iter().zip(packed.matches.areas()).enumerate() {
        assert_eq!(Area { id: String::new(), ..one.area.clone() }, other.area);
        assert_eq!(one.commune_code, other.commune_code, "{:?}", other.area);
        assert_eq!(one.position, other.position, "{:?}", other.area);
        assert_eq!(one.duplicate_of.is_some(), other.is_duplicate, "{:?}", other.area);
        assert_eq!(one.demand, other.demand, "{:?}", other.area);
        let several: Vec<usize> = one.matches.iter().flat_map(|m| &m.several).copied().collect();
        assert_eq!(several, other.several);
        assert_eq!(packed.matches.get(number).as_ref(), Some(&other));
        assert_eq!(packed.matches.of_row(&other.area.source).as_ref(), Some(&other), "by its row");
    }
    assert_eq!(result.lists, packed.matches.lists);
    assert_eq!(result.carriers, packed.matches.carriers);

    let silent: BTreeSet<Rule> = packed.report.not_run.iter().map(|n| n.rule).collect();
    let mut expected: BTreeMap<String, usize> = BTreeMap::new();
    let of_lists = plain.study.lists.iter().flat_map(|l| &l.findings);
    let all = of_lists.chain(&plain.study.findings).chain(&result.findings);
    for finding in all.filter(|f| !silent.contains(&f.rule)) {
        *expected.entry(said(finding)).or_default() += 1;
    }
    let mut found: BTreeMap<String, usize> = BTreeMap::new();
    for finding in packed.report.findings.iter().map(|f| f.unwrap().finding) {
        if !OBSERVERS.contains(&finding.rule) {
            *found.entry(said(&finding)).or_default() += 1;
        }
    }
    assert_eq!(found, expected);
}

#[test]
fn the_sample_study() {
    let (plain, packed) = both(&Path::new(env!("CARGO_MANIFEST_DIR")).join("data/nghe-an"));
    assert_same(&plain, &packed);
}

/// A study with one list of Viettel's.
fn study(folder: &Path, list: &str) {
    fs::write(folder.join("list.csv"), list).unwrap();
    fs::write(
        folder.join("study.toml"),
        "[study]\nname = \"n\"\nprovince = \"40\"\nsimulated = true\n\n\
         [[lists]]\ncarrier = \"Viettel\"\nfile = \"list.csv\"\n",
    )
    .unwrap();
}

/// More rows than are normalised at once, and what tells how to read them comes behind those.
#[test]
fn what_a_late_row_proves_holds_for_the_rows_before_it() {
    let folder = tempfile::tempdir().unwrap();
    let mut list = "STT,Xã,Bản,X,Y,Mạng\n".to_owned();
    for i in 1..=4_500 {
        writeln!(list, "{i},Mường Xén,Bản {i},{},{},2G", 2_145_000 + i, 395_000 + i).unwrap();
    }
    // The first rows say technology in this column, these say carriers.
    for (i, (commune, x, y)) in [
        ("Xã Mường Xén", 2_146_410, 407_960),
        ("Xã Mường Xén", 2_146_420, 407_970),
        ("Xã Mường Xén", 2_146_430, 407_980),
    ]
    .iter()
    .enumerate()
    {
        writeln!(list, "{},{commune},Bản Muộn {i},{x},{y},VinaPhone", 4_501 + i).unwrap();
    }
    study(folder.path(), &list);
    let (plain, packed) = both(folder.path());
    assert_same(&plain, &packed);
    let late = packed.matches.areas().filter(|a| a.area.carrier == Carrier::VinaPhone).count();
    assert_eq!(late, 3, "the column names carriers, as the last rows show");
    let first = packed.matches.get(0).unwrap();
    assert_eq!(first.area.carrier, Carrier::Other("2G".into()), "and so it does in the first row");
}

/// More rows in degrees than are normalised at once, and behind them some in metres of another zone than the province's:
/// the list is read again, and both ways put these where they are.
#[test]
fn a_zone_that_late_rows_prove_is_taken_when_the_list_is_read_again() {
    let folder = tempfile::tempdir().unwrap();
    let mut list = "STT,Xã,Bản,X,Y\n".to_owned();
    for i in 1..=4_200 {
        writeln!(list, "{i},Mường Xén,Bản {i},{:.5},{:.5}", 19.39 + f64::from(i) / 1e5, 104.12).unwrap();
    }
    let units = AdminUnits::for_province("40").unwrap();
    let six_degrees = Vn2000Zone::six_degree(105.0).unwrap();
    let communes: Vec<_> = units.communes(Era::Y2025).filter(|c| c.hint.is_some()).take(40).collect();
    for (i, commune) in communes.iter().enumerate() {
        let (north, east) = from_wgs84(commune.hint.unwrap(), six_degrees).unwrap();
        writeln!(list, "{},{},Bản Muộn {i},{north:.2},{east:.2}", 4_201 + i, commune.name).unwrap();
    }
    study(folder.path(), &list);
    let (plain, packed) = both(folder.path());
    assert_same(&plain, &packed);
    for (area, commune) in packed.matches.areas().skip(4_200).zip(communes) {
        let found = area.area.position.unwrap().position;
        assert!(distance_m(found, commune.hint.unwrap()) < 1.0, "{}: {found:?}", commune.name);
    }
    let zones = packed.report.findings.iter().filter(|f| {
        let finding = &f.as_ref().unwrap().finding;
        finding.rule == Rule::CoordCrsGuessed && finding.source.row == 0
    });
    assert_eq!(zones.count(), 1);
}

/// Groups of one village on many rows, names in several communes, rows without anything.
#[test]
fn a_list_of_all_sorts_longer_than_a_batch() {
    let folder = tempfile::tempdir().unwrap();
    let mut list = "STT,Xã,Bản,Vĩ độ,Kinh độ,Số hộ,Mức độ\n".to_owned();
    for i in 1..=9_000 {
        let commune = ["Mường Xén", "nt", "Con Cuông", "Không Đâu", "Tam Hợp", ""][i % 6];
        let name = ["Bản Na", "Bản Na, Bản Hín", "Thôn 1", "", "B¶n Na", "Xóm Mười"][i % 7 % 6];
        let (lat, lon) = (19.3 + (i % 90) as f64 / 1e3, 104.1 + (i % 70) as f64 / 1e3);
        let place = match i % 11 {
            0 => ",".to_owned(),
            1 => format!("{lon},{lat}"),
            2 => "chưa đo,".to_owned(),
            _ => format!("{lat:.3},{lon:.3}"),
        };
        writeln!(
            list,
            "{i},{commune},\"{name}\",{place},1.{:03},{}",
            i % 1_000,
            ["trắng", "lõm", "?"][i % 3]
        )
        .unwrap();
    }
    study(folder.path(), &list);
    let (plain, packed) = both(folder.path());
    assert_same(&plain, &packed);
    assert!(packed.matches.lists[0].duplicates > 1_000);
    let known: Vec<usize> = packed.matches.areas().flat_map(|a| a.demand).collect();
    assert!(known.iter().max().is_some_and(|most| *most > 100), "points outside the register");
}

/// A carrier that declared no dead zones is silent where its list was read, not where nobody could.
#[test]
fn a_declared_zero_of_an_unread_list_is_no_list() {
    for (list, is_believed) in [
        ("Xã,Thôn,Mức độ\n", true),
        ("một,hai,ba\nbốn,năm,sáu\n", false),
        ("STT,Xã,Mức độ\n", false),
        ("Xã,Thôn,Mức độ\nXã Mường Xén,,trắng\n", false),
    ] {
        let folder = tempfile::tempdir().unwrap();
        let write = |name: &str, text: &str| fs::write(folder.path().join(name), text).unwrap();
        write(
            "study.toml",
            "[study]\nname = \"a\"\nprovince = \"40\"\n[[lists]]\ncarrier = \"Viettel\"\nfile = \"a.csv\"\n\
             [[lists]]\ncarrier = \"MobiFone\"\nfile = \"b.csv\"\ndeclared = 0\n",
        );
        write("a.csv", "Xã,Thôn,Mức độ\nXã Mường Xén,Bản Na,trắng\n");
        write("b.csv", list);
        let (path, file) = read_study_file(folder.path()).unwrap();
        let today = Date::new(2026, 1, 31).unwrap();
        let found = validate_study(&path, file, today, &mut Stages::default()).unwrap();
        assert_eq!(found.matches.carriers.contains(&Carrier::MobiFone), is_believed, "{list}");
        let counted = found.matches.lists[1].clone();
        assert_eq!((counted.was_read, counted.says_none), (true, is_believed), "{list}");
        let rules: Vec<Rule> = found.report.findings.iter().map(|f| f.unwrap().finding.rule).collect();
        let is_told = [Rule::ListWithoutAreas, Rule::RowUnreadable].iter().any(|rule| rules.contains(rule));
        assert_eq!(is_told, !is_believed, "{rules:?}");
    }
}
