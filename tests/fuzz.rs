//! Every reader and parser of strangers' text, fed with what nobody would write: nothing may panic, and what is read back
//! must hold. Seeded: the same cases every time, one seed after the other.
//!
//! `PHUSONG_FUZZ_SECONDS=60 cargo test --test fuzz -- --test-threads 1` goes on with further seeds for so long for each
//! target; without it each runs 64 cases. `PHUSONG_FUZZ_SEED` begins elsewhere. A failure names its seed.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a test may fail loudly"
)]

use std::fmt::Debug;
use std::time::{Duration, Instant};

use phusong::domain::Carrier;
use phusong::normalize::admin::{AdminUnits, CommuneQuery, commune_name_key};
use phusong::normalize::coord::{CoordContext, CoordText, parse_position};
use phusong::normalize::name::{NameKeys, likeness, split_names};
use phusong::normalize::value::{
    Date, is_technology, only_2g, parse_count, parse_date, parse_decimal, parse_mark, parse_severity,
};
use phusong::read::{CellKind, Purpose, ReadOptions, read_bytes, read_grids};
use phusong::report::workbook::returned;
use phusong::text::{Legacy, clean, clean_as, detect_legacy};
use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestCaseError, TestRng, TestRunner};

#[allow(dead_code, reason = "shared with an example and another test")]
mod hostile;

fn from_environment(name: &str) -> Option<u64> {
    std::env::var(name).ok()?.trim().parse().ok()
}

/// Runs a target for its time, seed after seed.
fn fuzz<S: Strategy>(target: &str, strategy: S, test: impl Fn(S::Value) -> Result<(), TestCaseError>)
where
    S::Value: Debug,
{
    let time = Duration::from_secs(from_environment("PHUSONG_FUZZ_SECONDS").unwrap_or(0));
    let first = from_environment("PHUSONG_FUZZ_SEED").unwrap_or(0);
    let start = Instant::now();
    let mut seed = first;
    loop {
        let config = Config { cases: 64, failure_persistence: None, ..Config::default() };
        let mut bytes = [0; 32];
        bytes[..8].copy_from_slice(&seed.to_le_bytes());
        let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &bytes);
        if let Err(error) = TestRunner::new_with_rng(config, rng).run(&strategy, &test) {
            panic!("{target}, PHUSONG_FUZZ_SEED={seed}: {error}");
        }
        seed += 1;
        if start.elapsed() >= time {
            break;
        }
    }
    println!("{target}: {} cases in {:.0} s", (seed - first) * 64, start.elapsed().as_secs_f64());
}

const PURPOSES: [Purpose; 7] = [
    Purpose::AreaList,
    Purpose::Villages,
    Purpose::Communes,
    Purpose::Crosswalk,
    Purpose::Stations,
    Purpose::Programme,
    Purpose::Candidates,
];

/// Reads as a list or register, as plain cells, and gives it back marked. Small limits keep each case short.
fn read(bytes: &[u8], purpose: usize) {
    let options =
        ReadOptions { purpose: PURPOSES[purpose % PURPOSES.len()], clean_text, ..ReadOptions::default() };
    let _ = read_bytes("any", bytes, &options);
    let _ = read_grids("any", bytes, &options);
    let _ = returned(bytes, "any", &[], &options, phusong::lang::Lang::Vi);
}

fn clean_text(text: &str) -> std::borrow::Cow<'_, str> {
    clean(text).text.into()
}

fn changes() -> impl Strategy<Value = Vec<(usize, u8)>> {
    prop::collection::vec((any::<usize>(), any::<u8>()), 1..12)
}

/// A sound file with some bytes changed, and perhaps its end cut off.
fn damaged(sound: &[u8], changes: &[(usize, u8)]) -> Vec<u8> {
    let mut bytes = sound.to_vec();
    for (at, byte) in changes {
        let at = at % bytes.len();
        bytes[at] = *byte;
    }
    if let Some((at, 0..64)) = changes.first() {
        bytes.truncate(at % bytes.len());
    }
    bytes
}

fn words(list: &'static [&'static str], most: usize) -> impl Strategy<Value = String> {
    let word = prop_oneof![
        6 => prop::sample::select(list).prop_map(str::to_owned),
        1 => any::<char>().prop_map(String::from),
        1 => "[ -~]{0,4}",
    ];
    prop::collection::vec(word, 0..most).prop_map(|words| words.concat())
}

#[test]
fn bytes() {
    let any_bytes = prop::collection::vec(any::<u8>(), 0..600);
    fuzz("reader, any bytes", (any_bytes, 0_usize..7), |(bytes, purpose)| {
        read(&bytes, purpose);
        Ok(())
    });
}

#[test]
fn tables() {
    const CELLS: &[&str] = &[
        "STT",
        "Xã",
        "Bản",
        "Huyện",
        "Tọa độ",
        "1",
        "2",
        "I",
        "II",
        "Huyện A",
        "Xã B",
        "nt",
        "\"",
        "Cộng",
        "Tổng cộng",
        "12",
        "104,5",
        "",
        "",
        "Ghi chú: x",
        "(1)",
        "(2)",
        "(3)",
        "Kinh độ",
        "Vĩ độ",
        "\u{0}",
        "Người lập",
        "Nhà mạng",
        "Gtel",
        "19°30'00\"",
        "Mức độ",
        "trắng",
        "2G",
        "#REF!",
        "=1+1",
        "Ngày",
        "31/02/2024",
        "village_id",
        "site_id",
    ];
    let cell = prop::sample::select(CELLS);
    let table = prop::collection::vec(prop::collection::vec(cell, 0..9), 0..25);
    fuzz(
        "reader, tables",
        (table, prop::sample::select(&[";", ",", "\t"][..]), 0_usize..7),
        |(rows, by, purpose)| {
            let text: Vec<String> = rows.iter().map(|row| row.join(by)).collect();
            let bytes = text.join("\n").into_bytes();
            read(&bytes, purpose);
            if let Ok(file) = read_bytes("any", &bytes, &ReadOptions::default()) {
                for (_, record) in file.records() {
                    prop_assert!((1..=rows.len()).contains(&(record.source.row as usize)));
                }
            }
            Ok(())
        },
    );
}

#[test]
fn workbooks() {
    let sheet = hostile::sheet(&(hostile::header_row(1) + &hostile::header_row(2)));
    let book =
        hostile::book(&sheet, &[("xl/styles.xml", b"<styleSheet/>"), ("[Content_Types].xml", b"<Types/>")]);
    fuzz("xlsx, damaged bytes", changes(), |changes| {
        read(&damaged(&book, &changes), 0);
        Ok(())
    });
    fuzz("xlsx, damaged XML of a sheet", changes(), |changes| {
        let xml = damaged(sheet.as_bytes(), &changes);
        read(&hostile::book(&String::from_utf8_lossy(&xml), &[]), 0);
        Ok(())
    });
}

#[test]
fn old_and_open_workbooks() {
    fuzz("xls, damaged bytes", changes(), |changes| {
        read(&damaged(include_bytes!("fixtures/areas.xls"), &changes), 0);
        Ok(())
    });
    let content = "<x><table:table table:name=\"S\"><table:table-row><table:table-cell office:value-type=\"string\">\
        <text:p>Xã</text:p></table:table-cell><table:table-cell table:number-columns-repeated=\"2\"><text:p>Bản</text:p>\
        </table:table-cell></table:table-row></table:table></x>";
    fuzz("ods, damaged XML", changes(), |changes| {
        let xml = damaged(content.as_bytes(), &changes);
        read(&hostile::ods(&String::from_utf8_lossy(&xml)), 0);
        Ok(())
    });
}

#[test]
fn geojson() {
    const JSON: &[u8] = br#"{"type":"Feature","id":7,"properties":{"name":"B","place":"hamlet"},"geometry":{"type":"Polygon","coordinates":[[[1,2],[3,4],[5,6],[1,2]]]}}"#;
    fuzz("geojson, damaged bytes", (changes(), 0_usize..7), |(changes, purpose)| {
        read(&damaged(JSON, &changes), purpose);
        Ok(())
    });
}

const SIGNS: &[&str] = &[
    "19",
    "104",
    "18",
    "105",
    "2084985.92",
    "527904.54",
    "19.5",
    "104,25",
    "°",
    "'",
    "\"",
    "º",
    "’",
    "”",
    "N",
    "E",
    "X=",
    "Y:",
    "B",
    "Đ",
    "-",
    "–",
    ":",
    ";",
    ",",
    ".",
    " ",
    "/",
    "(",
    ")",
    "độ",
    "phút",
    "giây",
    "0",
    "59",
    "60",
    "61",
    "9",
    "999999999999",
    "e9",
    "\u{2032}",
    "\n",
    "nan",
    "inf",
    "1.898.123,5",
    "48Q",
];

#[test]
fn coordinates() {
    let context = || CoordContext { meridians_deg: vec![104.75, 105.0], ..CoordContext::default() };
    fuzz("coordinates", (words(SIGNS, 14), words(SIGNS, 8)), |(first, second)| {
        for text in [CoordText::Single(&first), CoordText::Pair { first: &first, second: &second }] {
            match parse_position(text, &context()) {
                Ok(parsed) => {
                    let (lat, lon) = (parsed.position.lat_deg(), parsed.position.lon_deg());
                    prop_assert!(
                        (6.0..=25.0).contains(&lat) && (101.0..=119.0).contains(&lon),
                        "{lat} {lon}"
                    );
                }
                Err(error) => prop_assert!(!error.to_string().is_empty()),
            }
        }
        Ok(())
    });
}

const NAMES: &[&str] = &[
    "Bản",
    "bản ",
    "B. ",
    "Thôn ",
    "Xóm ",
    "Khối ",
    "Na",
    "Nà",
    "Mường",
    "Xén",
    "15",
    "Mười Lăm",
    "II",
    "hoà",
    "hòa",
    "ý",
    "ỷ",
    "đ",
    "ð",
    "\u{301}",
    "\u{300}",
    "\u{ad}",
    "-",
    " - ",
    ",",
    " và ",
    "(cũ)",
    "§ång",
    "B¶n",
    "Noäng",
    "Xã ",
    "Thị trấn ",
    "ẤP",
    " ",
    "\u{0}",
    "1A",
];

#[test]
fn names() {
    let units = AdminUnits::for_province("40").unwrap();
    fuzz("names", (words(NAMES, 8), words(NAMES, 8)), |(a, b)| {
        let cleaned = clean(&a).text;
        prop_assert_eq!(&clean(&cleaned).text, &cleaned);
        let (one, two) = (NameKeys::new(&cleaned), NameKeys::new(&b));
        prop_assert_eq!(likeness(&one, &two), likeness(&two, &one));
        let _ = (
            split_names(&a),
            commune_name_key(&a),
            detect_legacy(&a),
            Carrier::from_name(&a),
            Carrier::misspelt(&b),
        );
        let _ = (clean_as(&a, Legacy::Tcvn3), clean_as(&a, Legacy::Vni));
        let _ = units.find(&CommuneQuery { name: &a, district: Some(&b), era: None });
        Ok(())
    });
}

const VALUES: &[&str] = &[
    "1",
    "898",
    "1.898",
    "1,5",
    "12",
    "31",
    "02",
    "2024",
    "/",
    "-",
    ".",
    ",",
    " ",
    "x",
    "có",
    "không",
    "trắng",
    "lõm",
    "sóng",
    "~",
    ">",
    "%",
    "hộ",
    "2G",
    "4G",
    "chưa",
    "\u{a0}",
    "T10:00",
    "999999999999999999999",
    "e5",
    "+",
];

#[test]
fn values() {
    fuzz("values", (words(VALUES, 8), any::<f64>()), |(text, number)| {
        for kind in [CellKind::Text, CellKind::Number(number), CellKind::Date, CellKind::Bool(true)] {
            if let Ok(Some(value)) = parse_decimal(&text, kind) {
                prop_assert!(value.value.is_finite(), "{text} {kind:?}");
            }
            let _ = parse_count(&text, kind);
            if let Ok(Some(date)) = parse_date(&text, kind) {
                prop_assert_eq!(Date::from_iso(&date.to_string()), Some(date));
            }
        }
        let _ = (parse_mark(&text), parse_severity(&text), only_2g(&text), is_technology(&text));
        Ok(())
    });
}

#[test]
fn studies() {
    const LINES: &[&str] = &[
        "[study]\n",
        "name = \"x\"\n",
        "province = \"40\"\n",
        "date = \"2024-03-31\"\n",
        "date = 2024-03-31\n",
        "[inputs]\n",
        "villages = \"v.csv\"\n",
        "[[lists]]\n",
        "carrier = \"Viettel\"\n",
        "file = \"a.xlsx\"\n",
        "declared = 5\n",
        "declared = -1\n",
        "meridian_deg = nan\n",
        "headers = { \"Tên\" = \"village\" }\n",
        "[coverage]\n",
        "radius_km = inf\n",
        "[validate.levels]\n",
        "coord_swapped = \"off\"\n",
        "[[validate.waivers]]\n",
        "fingerprint = \"a\"\n",
        "until = \"2024-13-01\"\n",
        "= \n",
        "\"\"\"\n",
        "[\n",
    ];
    fuzz("study.toml", words(LINES, 14), |text| {
        if let Err(error) = phusong::study::parse_study(&text, "study.toml") {
            for lang in [phusong::lang::Lang::Vi, phusong::lang::Lang::En] {
                prop_assert!(error.message(lang).starts_with("study.toml"));
            }
        }
        Ok(())
    });
}
