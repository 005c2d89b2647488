//! The province of record, read in place: skipped, with a word, where it is not at hand.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a test may fail loudly"
)]

use std::collections::BTreeSet;
use std::path::PathBuf;

use phusong::finding::Rule;
use phusong::read::{CellKind, Field, Purpose, RawFile, ReadOptions, SkippedReason, read_file};

fn folder() -> Option<PathBuf> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared/nghe-an");
    if folder.is_dir() {
        return Some(folder);
    }
    println!("skipped: {} is not there", folder.display());
    None
}

fn read(name: &str, purpose: Purpose) -> Option<RawFile> {
    let options = ReadOptions { purpose, ..ReadOptions::default() };
    Some(read_file(&folder()?.join(name), &options).unwrap())
}

/// `row` or `sheet!row` of each record.
fn rows(file: &RawFile) -> BTreeSet<String> {
    let name = |source: &phusong::domain::Source| match &source.sheet {
        Some(sheet) if file.tables.len() > 1 => format!("{sheet}!{}", source.row),
        _ => source.row.to_string(),
    };
    file.records().map(|(_, record)| name(&record.source)).collect()
}

fn truth(name: &str) -> Option<BTreeSet<String>> {
    let text = std::fs::read_to_string(folder()?.join("truth").join(name)).unwrap();
    let rows: BTreeSet<String> =
        text.lines().skip(1).filter_map(|line| Some(line.split(',').next()?.to_owned())).collect();
    assert!(!rows.is_empty());
    Some(rows)
}

fn count(file: &RawFile, rule: Rule) -> usize {
    file.findings.iter().filter(|finding| finding.rule == rule).count()
}

#[test]
fn vinaphone_has_its_rows_and_its_communes() {
    let Some(file) = read("vinaphone.xlsx", Purpose::AreaList) else { return };
    assert_eq!(file.format, "xlsx");
    assert_eq!(file.records().count(), 469);
    assert_eq!(rows(&file), truth("vinaphone.csv").unwrap());
    for (_, record) in file.records() {
        for field in [Field::District, Field::Commune, Field::Village] {
            assert!(record.text(field).is_some(), "row {} has no {field:?}", record.source.row);
        }
        assert!(record.group.is_some());
    }
    let twelfth = file.records().find(|(_, record)| record.source.row == 12).unwrap().1;
    assert_eq!(twelfth.text(Field::Commune), Some("Thị trấn Kim Nhan"));
    assert_eq!(twelfth.cell(Field::Commune).unwrap().filled_from, Some(11));
    assert_eq!(twelfth.group.as_deref(), Some("Huyện Anh Sơn"));
    let table = &file.tables[0];
    assert!(table.title.contains("VNPT NGHỆ AN") && table.title.contains("/3/2024"));
    let skipped = |reason| table.skipped.iter().filter(|skipped| skipped.reason == reason).count();
    assert_eq!(skipped(SkippedReason::ColumnNumbers), 1);
    assert_eq!(skipped(SkippedReason::Total), 1);
    assert_eq!(skipped(SkippedReason::Footer), 1);
    assert_eq!(skipped(SkippedReason::Group), skipped(SkippedReason::Subtotal));
    let total = table.skipped.iter().find(|skipped| skipped.reason == SkippedReason::Total).unwrap();
    assert_eq!((total.stated, total.counted), (Some(464), 469));
    assert!(count(&file, Rule::SubtotalMismatch) >= 1);
    assert_eq!(count(&file, Rule::HiddenContent), 1, "the hidden sheet");
    assert_eq!(count(&file, Rule::HeaderAmbiguous) + count(&file, Rule::RequiredColumnMissing), 0);
}

#[test]
fn viettel_has_a_sheet_a_district() {
    let Some(file) = read("viettel.xlsx", Purpose::AreaList) else { return };
    assert_eq!(file.records().count(), 245);
    assert_eq!(rows(&file), truth("viettel.csv").unwrap());
    assert!(file.tables.len() > 10);
    for table in &file.tables {
        assert!(
            table.title.contains("HUYỆN")
                || table.title.contains("THỊ XÃ")
                || table.title.contains("THÀNH PHỐ"),
            "{}",
            table.title
        );
        for field in
            [Field::Northing, Field::Easting, Field::Severity, Field::Households, Field::NearestStationKm]
        {
            assert!(table.has(field), "{:?} has no {field:?}", table.sheet);
        }
    }
    let formulas =
        file.records().filter(|(_, r)| r.cells.iter().any(|(_, c)| c.kind == CellKind::FormulaWithoutValue));
    assert_eq!(formulas.count(), count(&file, Rule::FormulaWithoutValue));
    assert!(count(&file, Rule::FormulaWithoutValue) > 0);
}

#[test]
fn mobifone_is_text_with_legacy_cells_left_alone() {
    let Some(file) = read("mobifone.csv", Purpose::AreaList) else { return };
    assert_eq!((file.format, file.encoding), ("csv", Some("UTF-8")));
    assert_eq!(file.records().count(), 73);
    assert_eq!(rows(&file), truth("mobifone.csv").unwrap());
    assert!(file.records().any(|(_, record)| record.text(Field::Commune) == Some("X· Con Cu«ng")));
    assert!(file.tables[0].has(Field::Position));
    assert!(file.findings.is_empty(), "{:?}", file.findings);
}

#[test]
fn registers_have_every_row() {
    for (name, purpose, expected, fields) in [
        (
            "villages.csv",
            Purpose::Villages,
            2_935,
            &[Field::VillageId, Field::Village, Field::CommuneCode, Field::OldCommune, Field::Latitude][..],
        ),
        (
            "commune_crosswalk.csv",
            Purpose::Crosswalk,
            412,
            &[Field::OldCommune, Field::OldCommuneCode, Field::Commune, Field::CommuneCode, Field::District],
        ),
        (
            "stations.csv",
            Purpose::Stations,
            2_087,
            &[Field::SiteId, Field::Carrier, Field::HeightM, Field::Tower, Field::Shared],
        ),
        (
            "registered_bts.csv",
            Purpose::Programme,
            706,
            &[Field::PlanId, Field::Commune, Field::Village, Field::Year, Field::Status],
        ),
        (
            "candidates.csv",
            Purpose::Candidates,
            2_437,
            &[
                Field::SiteId,
                Field::Kind,
                Field::GridDistanceKm,
                Field::RoadDistanceKm,
                Field::CostMillionVnd,
            ],
        ),
    ] {
        let Some(file) = read(name, purpose) else { return };
        assert_eq!(file.records().count(), expected, "{name}");
        for field in fields {
            assert!(file.tables[0].has(*field), "{name} has no {field:?}: {:?}", file.tables[0].header);
        }
        assert!(file.findings.is_empty(), "{name}: {:?}", file.findings);
    }
}

#[test]
fn map_layers_have_every_feature() {
    let Some(file) = read("communes.geojson", Purpose::Communes) else { return };
    assert_eq!(file.format, "geojson");
    assert_eq!(file.records().count(), 130);
    for (_, record) in file.records() {
        assert!(record.geometry.is_some());
        for field in [Field::Commune, Field::CommuneCode, Field::AreaKm2, Field::Population] {
            assert!(record.text(field).is_some(), "feature {} has no {field:?}", record.source.row);
        }
    }
    assert!(file.findings.is_empty(), "{:?}", file.findings);
    let Some(file) = read("viettel_drive_test.geojson", Purpose::AreaList) else { return };
    assert_eq!(file.records().count(), 60);
    for (_, record) in file.records() {
        for field in [Field::Carrier, Field::AreaId, Field::Severity, Field::Technology] {
            assert!(record.text(field).is_some(), "feature {} has no {field:?}", record.source.row);
        }
    }
    assert!(file.findings.is_empty(), "{:?}", file.findings);
}
