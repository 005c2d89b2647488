//! The blank form, filled in, is read without a fault; the repaired list has the same layout and the same areas.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test may fail loudly")]

use std::collections::BTreeSet;
use std::io::{Cursor, Read as _, Write as _};
use std::path::{Path, PathBuf};

use phusong::domain::{Area, Carrier, CommuneOutline, Village};
use phusong::finding::{Finding, Level, Rule, column_letters};
use phusong::normalize::admin::{AdminUnits, ProvinceUnits};
use phusong::normalize::coord::CoordContext;
use phusong::normalize::list::{AreaList, ListContext, area_list};
use phusong::normalize::register;
use phusong::read::{Field, Purpose, RawFile, ReadOptions, read_bytes, read_file};
use phusong::reconcile::{Registers, reconcile};
use phusong::report::fixed::fixed_list;
use phusong::report::form::template;
use phusong::text::Simulated;
use phusong::validate::ReportedFinding;
use zip::{ZipArchive, ZipWriter};

fn sample(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("data/nghe-an").join(name)
}

fn read_as(name: &str, purpose: Purpose) -> RawFile {
    read_file(&sample(name), &ReadOptions { purpose, ..ReadOptions::default() }).unwrap()
}

/// The register and the communes of the sample.
fn registers() -> (Vec<Village>, Vec<CommuneOutline>, ProvinceUnits) {
    let villages = register::villages(&read_as("villages.csv", Purpose::Villages)).rows;
    let communes = register::communes(&read_as("communes.csv", Purpose::Communes)).rows;
    (villages, communes, AdminUnits::for_province("40").unwrap())
}

fn normalised(file: &RawFile, units: &ProvinceUnits) -> AreaList {
    let context = ListContext {
        carrier: Carrier::VinaPhone,
        declared: None,
        units,
        coords: CoordContext::default(),
        until: None,
    };
    area_list(file, &context)
}

/// Changes one part of a workbook.
fn change(bytes: &[u8], part: &str, with: impl Fn(String) -> String) -> Vec<u8> {
    let mut from = ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut to = ZipWriter::new(Cursor::new(Vec::new()));
    for index in 0..from.len() {
        let mut entry = from.by_index(index).unwrap();
        let mut text = String::new();
        entry.read_to_string(&mut text).unwrap();
        let name = entry.name().unwrap().into_owned();
        let text = if name == part { with(text) } else { text };
        to.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        to.write_all(text.as_bytes()).unwrap();
    }
    to.finish().unwrap().into_inner()
}

fn part(bytes: &[u8], name: &str) -> String {
    let mut text = String::new();
    ZipArchive::new(Cursor::new(bytes)).unwrap().by_name(name).unwrap().read_to_string(&mut text).unwrap();
    text
}

/// The format of a column of the form.
fn column_format(sheet: &str, column: u32) -> String {
    let number = |tag: &str, name: &str| -> u32 {
        tag.split(&format!("{name}=\"")).nth(1).unwrap().split('"').next().unwrap().parse().unwrap()
    };
    let wanted = column + 1;
    let reaches = |tag: &&str| (number(tag, "min")..=number(tag, "max")).contains(&wanted);
    let tag = sheet.split("<col ").skip(1).find(reaches).unwrap();
    number(tag, "style").to_string()
}

/// Types rows into the form as a spreadsheet program stores them.
fn fill(form: &[u8], rows: &[Vec<String>]) -> Vec<u8> {
    change(form, "xl/worksheets/sheet1.xml", |sheet| {
        let mut typed = String::new();
        for (number, row) in (7..).zip(rows) {
            typed.push_str(&format!("<row r=\"{number}\">"));
            for (column, value) in (0..).zip(row).filter(|(_, value)| !value.is_empty()) {
                let cell = format!("{}{number}", column_letters(column));
                let format = column_format(&sheet, column);
                typed.push_str(&match value.parse::<f64>() {
                    Ok(_) => format!("<c r=\"{cell}\" s=\"{format}\"><v>{value}</v></c>"),
                    Err(_) => {
                        format!("<c r=\"{cell}\" s=\"{format}\" t=\"inlineStr\"><is><t>{value}</t></is></c>")
                    }
                });
            }
            typed.push_str("</row>");
        }
        assert!(sheet.contains("</sheetData>"));
        sheet.replace("</sheetData>", &(typed + "</sheetData>"))
    })
}

/// One village of each of forty communes.
fn rows_of(villages: &[Village]) -> Vec<Vec<String>> {
    let mut rows: Vec<Vec<String>> = Vec::new();
    let mut communes = BTreeSet::new();
    for village in villages {
        let (Some(position), Some(commune)) = (village.position, village.commune.clone()) else { continue };
        // A name that means two places in two eras is a finding by design, however the form is filled in.
        if commune == "Xã Châu Tiến" || !communes.insert(commune.clone()) {
            continue;
        }
        let number = rows.len() + 1;
        let count = |n: Option<u32>| n.map(|n| n.to_string()).unwrap_or_default();
        let mark = |m: Option<bool>| m.map_or("", |yes| if yes { "Có" } else { "Không" }).to_owned();
        rows.push(vec![
            number.to_string(),
            String::new(),
            commune,
            village.name.clone(),
            format!("{:.6}", position.lat_deg()),
            format!("{:.6}", position.lon_deg()),
            count(village.households),
            count(village.population),
            mark(village.hardship),
            mark(village.grid_power),
            if number.is_multiple_of(2) { "Trắng sóng" } else { "Lõm sóng" }.to_owned(),
            "2G yếu".to_owned(),
            "núi che".to_owned(),
            "NAN0123".to_owned(),
            "4.6".to_owned(),
            "45356".to_owned(),
            "đã khảo sát".to_owned(),
        ]);
        if rows.len() == 40 {
            break;
        }
    }
    rows
}

#[test]
fn a_filled_form_is_read_matched_and_found_without_fault() {
    let (villages, communes, units) = registers();
    let form = template(Some(&Carrier::VinaPhone)).unwrap();
    let rows = rows_of(&villages);
    assert_eq!(rows.len(), 40);
    let bytes = fill(&form, &rows);
    if let Ok(folder) = std::env::var("PHUSONG_KEEP") {
        std::fs::write(Path::new(&folder).join("form.xlsx"), &form).unwrap();
        std::fs::write(Path::new(&folder).join("form-filled.xlsx"), &bytes).unwrap();
    }
    let file = read_bytes("form.xlsx", &bytes, &ReadOptions::default()).unwrap();
    let list = normalised(&file, &units);
    assert_eq!(list.areas.len(), rows.len());
    let fields: Vec<Option<Field>> = file.tables[0].header.iter().map(|column| column.field).collect();
    let expected = [
        Field::Sequence,
        Field::District,
        Field::Commune,
        Field::Village,
        Field::Latitude,
        Field::Longitude,
        Field::Households,
        Field::Population,
        Field::Hardship,
        Field::GridPower,
        Field::Severity,
        Field::Technology,
        Field::Reason,
        Field::NearestStation,
        Field::NearestStationKm,
        Field::SurveyDate,
        Field::Note,
    ];
    assert_eq!(fields, expected.map(Some));
    assert!(
        list.areas.iter().all(|a| a.severity.is_some() && a.position.is_some() && a.technology.is_some())
    );
    let registers = Registers { villages: &villages, communes: &communes, units: &units };
    let found = reconcile(std::slice::from_ref(&list), registers).unwrap();
    let bad: Vec<&Finding> =
        list.findings.iter().chain(&found.findings).filter(|f| f.rule.level() > Level::Info).collect();
    assert!(bad.is_empty(), "{bad:#?}");
    assert!(found.areas.iter().all(|area| area.matches.iter().all(|m| m.village.is_some())));
}

#[test]
fn the_form_has_drop_downs_ranges_and_an_explanation() {
    let form = template(Some(&Carrier::Other("=Gtel & Co".into()))).unwrap();
    assert_eq!(form, template(Some(&Carrier::Other("=Gtel & Co".into()))).unwrap(), "same bytes");
    let sheet = part(&form, "xl/worksheets/sheet1.xml");
    assert_eq!(sheet.matches("type=\"list\"").count(), 3, "two yes or no, one severity");
    assert!(sheet.contains("\"Có,Không\"") || sheet.contains("&quot;Có,Không&quot;"), "{sheet}");
    assert_eq!(sheet.matches("type=\"decimal\"").count(), 3);
    assert_eq!(sheet.matches("type=\"date\"").count(), 1);
    assert_eq!(sheet.matches("type=\"whole\"").count(), 3);
    assert!(part(&form, "xl/sharedStrings.xml").contains("=Gtel &amp; Co"));
    assert!(!sheet.contains("<f>"));
    let blank = read_bytes("form.xlsx", &form, &ReadOptions::default()).unwrap();
    assert_eq!(blank.records().count(), 0);
    assert_eq!(blank.findings, [], "the explanation is no list");
    assert_eq!(blank.tables.len(), 1);
}

fn reported(finding: &Finding) -> ReportedFinding {
    let fingerprint = format!("fp{}", finding.source.row);
    ReportedFinding { finding: finding.clone(), level: finding.rule.level(), fingerprint, waived: None }
}

/// What a repaired list must say as the list itself does.
fn essence(area: &Area) -> impl PartialEq + std::fmt::Debug {
    let degrees = |value: f64| (value * 1e6).round() as i64;
    let position = area.position.map(|p| (degrees(p.position.lat_deg()), degrees(p.position.lon_deg())));
    let names: Vec<String> = area.villages.iter().map(|v| v.clean.clone()).collect();
    (
        (area.district.clone(), area.commune.clone(), names, position, area.severity),
        (area.households, area.population, area.hardship, area.grid_power, area.technology.clone()),
    )
}

#[test]
fn the_repaired_list_says_the_same_cleanly() {
    let (_, _, units) = registers();
    let mut repairs = 0;
    for name in ["vinaphone.xlsx", "viettel.xlsx", "mobifone.csv"] {
        let raw = read_as(name, Purpose::AreaList);
        let list = normalised(&raw, &units);
        let found: Vec<ReportedFinding> = list.findings.iter().map(reported).collect();
        let refs: Vec<&ReportedFinding> = found.iter().collect();
        let own = std::fs::read(sample(name)).unwrap();
        let cells = phusong::read::read_grids(name, &own, &ReadOptions::default()).unwrap();
        let bytes = fixed_list(&list, Some(&raw), &cells, &refs, Simulated(false)).unwrap();
        if let Ok(folder) = std::env::var("PHUSONG_KEEP") {
            std::fs::write(Path::new(&folder).join(format!("fixed-{name}.xlsx")), &bytes).unwrap();
        }
        let file = read_bytes("fixed.xlsx", &bytes, &ReadOptions::default()).unwrap();
        let again = normalised(&file, &units);
        assert_eq!(list.areas.len(), again.areas.len(), "{name}");
        for (old, new) in list.areas.iter().zip(&again.areas) {
            assert_eq!(essence(old), essence(new), "{name} row {}", old.source.row);
        }
        // What was repaired is repaired; only what could not be is still there.
        let repaired = [
            Rule::CoordSwapped,
            Rule::CoordCrsGuessed,
            Rule::LegacyFontText,
            Rule::NonNfcText,
            Rule::TonePlacementVariant,
            Rule::LookalikeCharacter,
            Rule::DittoMarkValue,
            Rule::MergedValueFilled,
            Rule::NumberAmbiguous,
            Rule::SubtotalMismatch,
            Rule::HiddenContent,
            Rule::HeaderAmbiguous,
        ];
        let left: Vec<&Finding> = again.findings.iter().filter(|f| repaired.contains(&f.rule)).collect();
        assert!(left.is_empty(), "{name}: {left:#?}");
        // Every repair is named in the row of its area, with its source.
        let grids = phusong::read::read_grids("fixed.xlsx", &bytes, &ReadOptions::default()).unwrap();
        for area in &list.areas {
            let place = match &area.source.sheet {
                Some(sheet) => format!("{name}!{sheet}!{}", area.source.row),
                None => format!("{name}!{}", area.source.row),
            };
            let row = grids[0].rows.iter().find(|row| row.cells.iter().any(|(_, text)| *text == place));
            let row = row.unwrap_or_else(|| panic!("no row of {place}"));
            let named =
                |column: u32| row.cells.iter().find(|(c, _)| *c == column).map_or("", |(_, t)| t.as_str());
            for finding in list.findings.iter().filter(|f| f.source == area.source && f.used.is_some()) {
                repairs += 1;
                let word = format!("{} (fp{})", finding.rule.code(), finding.source.row);
                assert!(named(18).contains(&word), "{place}: {word} is not in {}", named(18));
            }
        }
    }
    assert!(repairs > 20, "{repairs}");
}

#[test]
fn the_command_writes_the_form_once_and_not_over_a_filled_one() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("mẫu.xlsx");
    let run = || {
        let mut command = assert_cmd::Command::cargo_bin("phusong").unwrap();
        command.args(["--lang", "en", "template", "--carrier", "mobi", "-o"]).arg(&out).assert()
    };
    run().success().stdout("");
    assert!(part(&std::fs::read(&out).unwrap(), "xl/sharedStrings.xml").contains("MobiFone"));
    std::fs::write(&out, "filled in").unwrap();
    let refused = run().code(2);
    assert!(String::from_utf8_lossy(&refused.get_output().stderr).contains("-o"));
    assert_eq!(std::fs::read(&out).unwrap(), b"filled in");
}
