//! The bundled sample study is what its generator writes, and holds what it promises.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test may fail loudly")]

#[path = "../examples/make_sample/sample/mod.rs"]
#[allow(dead_code, reason = "shared with the program that writes the files")]
mod sample;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{Cursor, Read as _};
use std::path::Path;

use calamine::{Data, Reader, SheetVisible, Xlsx};
use phusong::domain::Era;
use phusong::geodesy::{LatLon, distance_m};
use phusong::normalize::admin::AdminUnits;
use sample::{AREAS, Fault, Options, generate};

const STUDY: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/data/nghe-an");
const TRUTH: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/sample-truth");

fn folder(path: &str) -> BTreeMap<String, Vec<u8>> {
    let files = fs::read_dir(path).unwrap().map(|entry| entry.unwrap().path());
    files.map(|path| (name(&path), fs::read(&path).unwrap())).collect()
}

fn name(path: &Path) -> String {
    path.file_name().unwrap().to_str().unwrap().to_owned()
}

fn records(bytes: &[u8], delimiter: u8) -> Vec<csv::StringRecord> {
    let reader = csv::ReaderBuilder::new().delimiter(delimiter).from_reader(bytes);
    reader.into_records().map(Result::unwrap).collect()
}

/// The rows of a workbook's visible sheets that start with a number.
fn numbered_rows(book: &[u8]) -> Vec<(String, Vec<Data>)> {
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(book.to_vec())).unwrap();
    let visible: Vec<String> = book
        .sheets_metadata()
        .iter()
        .filter(|sheet| sheet.visible == SheetVisible::Visible)
        .map(|sheet| sheet.name.clone())
        .collect();
    let mut rows = Vec::new();
    for sheet in visible {
        for row in book.worksheet_range(&sheet).unwrap().rows() {
            if matches!(row[0], Data::Float(_) | Data::Int(_)) {
                rows.push((sheet.clone(), row.to_vec()));
            }
        }
    }
    rows
}

fn faults(truth: &BTreeMap<String, Vec<u8>>) -> Vec<String> {
    let lines = truth.values().flat_map(|bytes| records(bytes, b','));
    lines
        .flat_map(|line| line[4].split('|').map(str::to_owned).collect::<Vec<_>>())
        .filter(|f| !f.is_empty())
        .collect()
}

#[test]
fn the_sample_is_what_its_generator_writes() {
    let made = generate(&Options::default()).unwrap();
    for (made, kept) in [(&made.files, folder(STUDY)), (&made.truth, folder(TRUTH))] {
        assert_eq!(made.keys().collect::<Vec<_>>(), kept.keys().collect::<Vec<_>>());
        for (name, bytes) in made {
            assert!(kept[name] == *bytes, "{name} differs: run the command in data/nghe-an/README.md");
        }
    }
}

#[test]
fn the_lists_have_the_counts_of_the_province() {
    let study = folder(STUDY);
    assert_eq!(AREAS, [464, 245, 73]);
    let distinct = |rows: &[(String, Vec<Data>)]| {
        let keys: BTreeSet<String> = rows.iter().map(|(sheet, row)| format!("{sheet} {}", row[0])).collect();
        keys.len()
    };
    let vinaphone = numbered_rows(&study["vinaphone.xlsx"]);
    assert_eq!(distinct(&vinaphone), 464);
    let viettel = numbered_rows(&study["viettel.xlsx"]);
    assert_eq!(distinct(&viettel), 245);
    let mobifone = records(&study["mobifone.csv"], b';');
    assert_eq!(mobifone.iter().map(|row| row[0].to_owned()).collect::<BTreeSet<_>>().len(), 73);
    assert!(study["mobifone.csv"].starts_with(b"\xef\xbb\xbf"));
    assert_eq!(records(&study["registered_bts.csv"], b',').len(), 706);
    assert_eq!(records(&study["communes.csv"], b',').len(), 130);
    assert_eq!(records(&study["commune_crosswalk.csv"], b',').len(), 412);
    let truth = folder(TRUTH);
    for (list, rows) in
        [("vinaphone", vinaphone.len()), ("viettel", viettel.len()), ("mobifone", mobifone.len())]
    {
        let lines = records(&truth[&format!("{list}.csv")], b',');
        assert_eq!(
            lines.iter().map(|line| line[0].to_owned()).collect::<BTreeSet<_>>().len(),
            rows,
            "{list}"
        );
    }
    let bytes: usize = study.values().map(Vec::len).sum();
    assert!(bytes < 1_500_000, "{bytes}");
}

#[test]
fn a_row_repeated_is_repeated_exactly() {
    let rows = numbered_rows(&folder(STUDY)["vinaphone.xlsx"]);
    let repeated: Vec<_> = rows.windows(2).filter(|pair| pair[0].1[0] == pair[1].1[0]).collect();
    assert!(!repeated.is_empty());
    for pair in repeated {
        // The district stands only in the first row of its merged cells.
        assert_eq!(pair[0].1[2..], pair[1].1[2..]);
    }
}

#[test]
fn formulas_have_no_stored_value() {
    let study = folder(STUDY);
    for list in ["vinaphone", "viettel"] {
        let mut archive = zip::ZipArchive::new(Cursor::new(study[&format!("{list}.xlsx")].clone())).unwrap();
        let mut formulas = 0;
        for index in 0..archive.len() {
            let mut member = archive.by_index(index).unwrap();
            let mut text = String::new();
            if member.name().unwrap().starts_with("xl/worksheets/sheet") {
                member.read_to_string(&mut text).unwrap();
            }
            formulas += text.matches("<f>").count();
            assert_eq!(text.matches("<f>").count(), text.matches("</f></c>").count());
        }
        let truth = records(&folder(TRUTH)[&format!("{list}.csv")], b',');
        let planted = truth.iter().filter(|line| line[4].contains("formula_without_value"));
        let rows: BTreeSet<&str> = planted.map(|line| &line[0]).collect();
        assert!(formulas > 0);
        assert_eq!(formulas, rows.len(), "{list}");
    }
}

#[test]
fn every_kind_of_fault_is_in_the_sample() {
    let planted: BTreeSet<String> = faults(&folder(TRUTH)).into_iter().collect();
    let known: BTreeSet<String> = Fault::ALL.iter().map(|fault| fault.key().to_owned()).collect();
    assert_eq!(planted, known);
}

#[test]
fn villages_lie_near_their_communes_and_know_their_past() {
    let units = AdminUnits::for_province("40").unwrap();
    let villages = records(&folder(STUDY)["villages.csv"], b',');
    assert!((2_800..3_000).contains(&villages.len()), "{}", villages.len());
    let mut bearers: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    villages.iter().for_each(|v| *bearers.entry((&v[2], &v[1])).or_default() += 1);
    let within = bearers.values().filter(|count| **count > 1).count();
    assert!((10..100).contains(&within), "{within} names twice in a commune");
    let names: BTreeSet<&str> = villages.iter().map(|v| &v[1]).collect();
    assert!(names.len() < 2_000, "{} names: too few repeat across communes", names.len());
    for village in &villages {
        let commune = units.by_code(&village[2], Era::Y2025).unwrap();
        let position =
            LatLon::from_degrees(village[6].parse().unwrap(), village[7].parse().unwrap()).unwrap();
        let radius_m = (commune.area_km2.unwrap() / std::f64::consts::PI).sqrt() * 1_000.0;
        assert!(distance_m(commune.hint.unwrap(), position) < radius_m, "{village:?}");
        let is_old = |c: &&phusong::domain::Commune| {
            c.name == village[4] && c.district.as_deref() == Some(&village[5])
        };
        assert!(units.ancestors(commune).iter().any(is_old), "{village:?}");
    }
}

#[test]
fn projected_positions_are_vn2000_northing_then_easting() {
    let truth = records(&folder(TRUTH)["viettel.csv"], b',');
    let clean = truth.iter().find(|line| line[4].is_empty()).unwrap();
    let (sheet, row) = clean[0].split_once('!').unwrap();
    let study = folder(STUDY);
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(study["viettel.xlsx"].clone())).unwrap();
    let range = book.worksheet_range(sheet).unwrap();
    let cell = |column| match range.get_value((row.parse::<u32>().unwrap() - 1, column)) {
        Some(Data::Float(value)) => *value,
        other => panic!("{other:?}"),
    };
    let (lat, lon): (f64, f64) = (clean[2].parse().unwrap(), clean[3].parse().unwrap());
    // The shift between the datums is under 300 m; the scale on the meridian 0.9999.
    let northing_m = 0.9999 * 110_690.0 * lat;
    let easting_m = 500_000.0 + 0.9999 * 111_320.0 * lat.to_radians().cos() * (lon - 104.75);
    assert!((cell(3) - northing_m).abs() < 2_000.0, "{} {northing_m}", cell(3));
    assert!((cell(4) - easting_m).abs() < 500.0, "{} {easting_m}", cell(4));
}

#[test]
fn other_seeds_and_rates_give_other_faults() {
    let mut many = Options { seed: 7, ..Options::default() };
    many.rates.scale(3.0);
    let (first, again) = (generate(&many).unwrap(), generate(&many).unwrap());
    assert!(first.files == again.files && first.truth == again.truth, "the same options, the same bytes");
    let count =
        |made: &sample::Made, key: &str| faults(&made.truth).iter().filter(|f| f.starts_with(key)).count();
    let few = generate(&Options { seed: 7, ..Options::default() }).unwrap();
    assert!(count(&first, "coord_") > 2 * count(&few, "coord_"));
    let mut none = Options { seed: 7, ..Options::default() };
    none.rates.scale(0.0);
    let clean = generate(&none).unwrap();
    // Whether an old name is another commune's today is no matter of rates.
    let left: BTreeSet<String> = faults(&clean.truth).into_iter().collect();
    assert!(left.iter().all(|f| f == "false_friend"), "{left:?}");
    none.rates.set(Fault::Typo, 0.5);
    assert!(count(&generate(&none).unwrap(), "typo") > 100);
    assert!(few.files["villages.csv"] != generate(&Options::default()).unwrap().files["villages.csv"]);
}
