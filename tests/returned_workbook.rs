//! The carrier's own workbook, given back: its faults marked, everything else as it was.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a test may fail loudly"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::io::{Cursor, Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use phusong::domain::{Area, Carrier, Source};
use phusong::finding::{Finding, Level, Rule};
use phusong::lang::Lang;
use phusong::normalize::admin::AdminUnits;
use phusong::normalize::coord::CoordContext;
use phusong::normalize::list::{AreaList, ListContext, area_list};
use phusong::read::{RawFile, ReadError, ReadOptions, read_bytes};
use phusong::report::workbook::{AnnotateError, annotate, returned};
use phusong::validate::{ReportedFinding, Waived};
use rust_xlsxwriter::{ExcelDateTime, Format, Formula, Note, Workbook};
use zip::ZipArchive;

fn read(name: &str, bytes: &[u8]) -> RawFile {
    read_bytes(name, bytes, &ReadOptions::default()).unwrap()
}

fn normalised(file: &RawFile) -> AreaList {
    let units = AdminUnits::for_province("40").unwrap();
    let context = ListContext {
        carrier: Carrier::VinaPhone,
        declared: None,
        units: &units,
        coords: CoordContext::default(),
        until: None,
    };
    area_list(file, &context)
}

/// The areas without their source's file name.
fn areas(bytes: &[u8], name: &str) -> Vec<Area> {
    normalised(&read(name, bytes)).areas
}

fn reported(finding: Finding) -> ReportedFinding {
    let fingerprint = format!("fp-{}-{}", finding.rule.code(), finding.source.row);
    ReportedFinding { level: finding.rule.level(), finding, fingerprint, waived: None }
}

/// Every finding that reading and normalising makes.
fn findings(bytes: &[u8], name: &str) -> Vec<ReportedFinding> {
    normalised(&read(name, bytes)).findings.into_iter().map(reported).collect()
}

fn parts(bytes: &[u8]) -> BTreeMap<String, Vec<u8>> {
    let mut zip = ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut parts = BTreeMap::new();
    for index in 0..zip.len() {
        let mut entry = zip.by_index(index).unwrap();
        let mut content = Vec::new();
        entry.read_to_end(&mut content).unwrap();
        let name = entry.name().unwrap().into_owned();
        assert!(parts.insert(name.clone(), content).is_none(), "{name} stands twice");
    }
    parts
}

fn text(parts: &BTreeMap<String, Vec<u8>>, name: &str) -> String {
    String::from_utf8(parts.get(name).unwrap_or_else(|| panic!("no {name}")).clone()).unwrap()
}

/// Gives a list back with its own findings and checks what must hold for any list.
fn give_back(name: &str, bytes: &[u8]) -> Vec<u8> {
    let found = findings(bytes, name);
    assert!(!found.is_empty(), "{name} has no findings to mark");
    let refs: Vec<&ReportedFinding> = found.iter().collect();
    let marked = returned(bytes, name, &refs, &ReadOptions::default(), Lang::Vi).unwrap();
    assert_eq!(
        marked,
        returned(bytes, name, &refs, &ReadOptions::default(), Lang::Vi).unwrap(),
        "same bytes"
    );
    if let Ok(folder) = std::env::var("PHUSONG_KEEP") {
        std::fs::write(Path::new(&folder).join(format!("returned-{}-{name}.xlsx", bytes.len())), &marked)
            .unwrap();
    }
    marked
}

fn same_areas(name: &str, bytes: &[u8]) {
    let marked = give_back(name, bytes);
    let (before, after) = (areas(bytes, name), areas(&marked, name));
    assert!(!before.is_empty());
    assert_eq!(before, after, "{name}: the areas differ");
    let (before, after) = (read(name, bytes), read(name, &marked));
    for (old, new) in before.tables.iter().zip(&after.tables) {
        assert_eq!(old, new, "{name}: a table differs");
    }
    assert_eq!(before.findings, after.findings, "{name}: the findings differ");
    let (before, after) = (parts(bytes), parts(&marked));
    for (part, content) in &before {
        let may_change = part.starts_with("xl/worksheets/")
            || part.starts_with("xl/comments")
            || part.ends_with(".vml")
            || ["[Content_Types].xml", "xl/styles.xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels"]
                .contains(&part.as_str());
        if !may_change {
            assert!(after[part] == *content, "{name}: {part} differs");
        }
    }
    let unmarked = before.iter().filter(|(part, content)| after[*part] == **content).count();
    assert!(unmarked > 0);
}

#[test]
fn the_sample_comes_back_with_the_same_areas() {
    for name in ["vinaphone.xlsx", "viettel.xlsx"] {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/nghe-an").join(name);
        same_areas(name, &std::fs::read(path).unwrap());
    }
}

fn real(name: &str) -> Option<Vec<u8>> {
    let path: PathBuf = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/nghe-an").join(name);
    match std::fs::read(&path) {
        Ok(bytes) => Some(bytes),
        Err(_) => {
            println!("skipped: {} is not there", path.display());
            None
        }
    }
}

#[test]
fn the_lists_of_the_province_of_record_come_back_with_the_same_areas() {
    for name in ["vinaphone.xlsx", "viettel.xlsx"] {
        let Some(bytes) = real(name) else { return };
        same_areas(name, &bytes);
    }
}

/// Area by area, what a file of another format must keep; the sheet's name is new.
fn without_sheets(areas: Vec<Area>) -> Vec<Area> {
    areas
        .into_iter()
        .map(|area| Area { source: Source { sheet: None, ..area.source.clone() }, ..area })
        .collect()
}

#[test]
fn a_csv_comes_back_as_a_workbook_with_the_same_areas() {
    let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/nghe-an/mobifone.csv");
    let files = [std::fs::read(sample).ok(), real("mobifone.csv")];
    // The workbook's sheet is called after the file, and one called after a carrier counts for that one.
    for bytes in files.into_iter().flatten() {
        let marked = give_back("list.csv", &bytes);
        let before = without_sheets(areas(&bytes, "list.csv"));
        assert!(!before.is_empty());
        assert_eq!(before, without_sheets(areas(&marked, "list.csv")));
        let parts = parts(&marked);
        assert!(text(&parts, "xl/comments1.xml").contains("coord_"));
    }
}

#[test]
fn an_xls_comes_back_as_a_workbook_with_the_same_areas() {
    let bytes = include_bytes!("fixtures/areas.xls");
    let found = [reported(Finding::new(
        Rule::UnknownCommune,
        Source { sheet: read("areas.xls", bytes).tables[0].sheet.clone(), ..source(None, 4) },
    ))];
    let refs: Vec<&ReportedFinding> = found.iter().collect();
    let marked = returned(bytes, "a.xlsx", &refs, &ReadOptions::default(), Lang::En).unwrap();
    let names = |bytes: &[u8]| -> Vec<_> {
        areas(bytes, "areas.xls").into_iter().map(|a| (a.source.row, a.commune, a.villages)).collect()
    };
    // A merge of the XLS is not made again: the commune stands in its first row only, and is filled down from there.
    assert_eq!(names(bytes), names(&marked));
    assert!(text(&parts(&marked), "xl/comments1.xml").contains("unknown_commune"));
}

#[test]
fn a_geojson_comes_back_as_a_list_of_findings() {
    let found = [reported(Finding::new(Rule::PolygonInvalid, source(None, 3)).raw("x"))];
    let refs: Vec<&ReportedFinding> = found.iter().collect();
    let bytes = br#"{"type":"FeatureCollection","features":[]}"#;
    let marked = returned(bytes, "a.xlsx", &refs, &ReadOptions::default(), Lang::En).unwrap();
    let list = text(&parts(&marked), "xl/worksheets/phusong1.xml");
    assert!(list.contains("polygon_invalid") && list.contains(">A3<"), "{list}");
}

/// A list with everything that must survive: merges, formats, comments, formulas, dates, hidden parts, blank cells.
fn synthetic() -> Vec<u8> {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    sheet.set_name("Biểu 'A' & B").unwrap();
    let bordered = Format::new().set_border(rust_xlsxwriter::FormatBorder::Thin).set_num_format("0.00000");
    let date = Format::new().set_num_format("dd/mm/yyyy");
    let counted = Format::new().set_num_format("#,##0 \"hộ\"");
    sheet.merge_range(0, 0, 0, 7, "DANH SÁCH LÕM SÓNG HUYỆN KỲ SƠN", &Format::new().set_bold()).unwrap();
    for (column, title) in
        (0..).zip(["STT", "Xã", "Bản", "Vĩ độ", "Kinh độ", "Số hộ", "Ngày khảo sát", "Mức độ"])
    {
        sheet.write(2, column, title).unwrap();
    }
    sheet.set_column_width(2, 31.5).unwrap();
    sheet.set_column_format(7, &Format::new().set_italic()).unwrap();
    sheet.merge_range(3, 1, 4, 1, "Xã Na Loi", &Format::new()).unwrap();
    sheet.write(5, 1, "Xã Keng Đu").unwrap();
    for (row, village) in (3_u32..).zip(["Bản A", "=1+1", "Bản C"]) {
        sheet.write(row, 0, row - 2).unwrap();
        sheet.write_string(row, 2, village).unwrap();
        sheet.write_with_format(row, 3, 19.25 + f64::from(row) / 1_000.0, &bordered).unwrap();
        sheet.write_with_format(row, 4, 104.5, &bordered).unwrap();
        sheet.write_with_format(row, 6, ExcelDateTime::from_ymd(2024, 3, 5).unwrap(), &date).unwrap();
    }
    sheet.write_formula_with_format(3, 5, Formula::new("10*12").set_result("120"), &counted).unwrap();
    sheet.insert_note(3, 2, &Note::new("đã kiểm tra").set_author("An")).unwrap();
    sheet.insert_note(2, 0, &Note::new("cột này").set_author("An")).unwrap();
    let hidden = workbook.add_worksheet();
    hidden.set_name("phusong").unwrap();
    hidden.write(0, 0, "nháp").unwrap();
    hidden.set_hidden(true);
    workbook.save_to_buffer().unwrap()
}

fn source(sheet: Option<&str>, row: u32) -> Source {
    Source { file: "a.xlsx".into(), sheet: sheet.map(Arc::from), row }
}

fn synthetic_findings() -> Vec<ReportedFinding> {
    let at = |row| source(Some("Biểu 'A' & B"), row);
    let mut waived = reported(Finding::new(Rule::CoordRepeated, at(6)).at_column(4, "Kinh độ"));
    waived.waived =
        Some(Waived { reason: "đã xác minh".into(), who: "An".into(), until: "2026-12-31".into() });
    vec![
        reported(
            Finding::new(Rule::CoordSwapped, at(4))
                .at_column(3, "Vĩ độ")
                .raw("=cmd|' /C calc'!A0")
                .used("19.25"),
        ),
        reported(Finding::new(Rule::CoordFarFromCommune, at(4)).at_column(3, "Vĩ độ").raw("a\u{0}\u{7}<b>&")),
        reported(Finding::new(Rule::CoordUnparseable, at(4)).at_column(3, "Vĩ độ")),
        reported(Finding::new(Rule::VillageNotInRegister, at(4)).at_column(2, "Bản")),
        // Covered by a merge, blank, blank in a row that is not there, a whole row, a whole sheet, a whole file.
        reported(Finding::new(Rule::UnknownCommune, at(5)).at_column(1, "Xã")),
        reported(Finding::new(Rule::YesNoUnrecognised, at(6)).at_column(7, "Mức độ")),
        reported(Finding::new(Rule::NumberUnparseable, at(9)).at_column(5, "Số hộ")),
        reported(Finding::new(Rule::RowUnreadable, at(6))),
        reported(Finding::new(Rule::HiddenContent, source(Some("phusong"), 0))),
        reported(Finding::new(Rule::DeclaredTotalMismatch, source(None, 0))),
        reported(Finding::new(Rule::TonePlacementVariant, at(5)).at_column(2, "Bản")),
        waived,
        // Of another file, of a sheet that is not there, off the grid.
        reported(Finding::new(Rule::DuplicateId, Source { file: "b.xlsx".into(), ..at(4) })),
        reported(Finding::new(Rule::CoordMissing, source(Some("khác"), 3)).at_column(0, "")),
        reported(Finding::new(Rule::CoordMissing, at(u32::MAX)).at_column(u32::MAX - 1, "")),
    ]
}

fn give_back_synthetic() -> (Vec<u8>, Vec<u8>) {
    let bytes = synthetic();
    let found = synthetic_findings();
    let refs: Vec<&ReportedFinding> = found.iter().collect();
    let marked = annotate(&bytes, "a.xlsx", &refs, Lang::Vi).unwrap();
    if let Ok(folder) = std::env::var("PHUSONG_KEEP") {
        std::fs::write(Path::new(&folder).join("synthetic.xlsx"), &bytes).unwrap();
        std::fs::write(Path::new(&folder).join("synthetic-returned.xlsx"), &marked).unwrap();
    }
    (bytes, marked)
}

/// Whether a cell has a note that contains the text.
fn comment(parts: &BTreeMap<String, Vec<u8>>, cell: &str) -> Option<String> {
    let comments = text(parts, "xl/comments1.xml");
    let at = comments.find(&format!("ref=\"{cell}\""))?;
    comments[at..].split("</comment>").next().map(str::to_owned)
}

#[test]
fn everything_but_the_marks_survives() {
    let (bytes, marked) = give_back_synthetic();
    assert_eq!(areas(&bytes, "a.xlsx"), areas(&marked, "a.xlsx"));
    let (before, after) = (parts(&bytes), parts(&marked));
    for part in before.keys() {
        let changed = [
            "[Content_Types].xml",
            "xl/styles.xml",
            "xl/workbook.xml",
            "xl/_rels/workbook.xml.rels",
            "xl/worksheets/sheet1.xml",
            "xl/comments1.xml",
            "xl/drawings/vmlDrawing1.vml",
        ]
        .contains(&part.as_str());
        assert_eq!(before[part] != after[part], changed, "{part}");
    }
    let added: Vec<&String> = after.keys().filter(|part| !before.contains_key(*part)).collect();
    assert_eq!(added, ["xl/worksheets/phusong1.xml"]);
    // The sheet is the same but for `s` and the cells that were not there.
    let strip = |xml: &str| {
        let mut out = xml.to_owned();
        while let Some(at) = out.find(" s=\"") {
            let end = out[at + 4..].find('"').unwrap() + at + 5;
            out.replace_range(at..end, "");
        }
        out.replace(" spans=\"1:8\"", "")
            .replace("<c r=\"H6\"/>", "")
            .replace("<row r=\"9\"><c r=\"F9\"/></row>", "")
    };
    let (old, new) = (text(&before, "xl/worksheets/sheet1.xml"), text(&after, "xl/worksheets/sheet1.xml"));
    assert!(new.contains("<c r=\"F9\"") && new.contains("<c r=\"H6\""));
    assert_eq!(strip(&old), strip(&new));
}

#[test]
fn comments_stand_at_their_cells_and_keep_what_was_said() {
    let (_, marked) = give_back_synthetic();
    let parts = parts(&marked);
    let coordinates = comment(&parts, "D4").unwrap();
    for code in ["coord_swapped", "coord_far_from_commune", "coord_unparseable"] {
        assert!(coordinates.contains(code), "one comment for all: {coordinates}");
    }
    assert!(coordinates.contains("&lt;b&gt;&amp;") && !coordinates.contains('\u{7}'));
    let village = comment(&parts, "C4").unwrap();
    assert!(village.contains("đã kiểm tra") && village.contains("village_not_in_register"), "{village}");
    assert!(comment(&parts, "A3").unwrap().contains("cột này"));
    let merged = comment(&parts, "B4").unwrap();
    assert!(
        merged.contains("B5: ") && merged.contains("unknown_commune"),
        "at the cell that shows: {merged}"
    );
    assert!(comment(&parts, "B5").is_none());
    assert!(comment(&parts, "A6").unwrap().contains("row_unreadable"));
    assert!(comment(&parts, "F9").is_some() && comment(&parts, "H6").is_some());
    assert!(comment(&parts, "C5").unwrap().contains("tone_placement_variant"));
    assert!(comment(&parts, "E6").is_none(), "waived");
    let drawing = text(&parts, "xl/drawings/vmlDrawing1.vml");
    let comments = text(&parts, "xl/comments1.xml");
    assert_eq!(drawing.matches("<x:ClientData").count(), comments.matches("<comment ").count());
    let ids: Vec<&str> = drawing
        .split("<v:shape ")
        .skip(1)
        .filter_map(|s| s.split("id=\"").nth(1)?.split('"').next())
        .collect();
    assert_eq!(ids.iter().collect::<BTreeSet<_>>().len(), ids.len(), "{ids:?}");
}

#[test]
fn the_list_has_every_finding_as_text_with_links() {
    let (_, marked) = give_back_synthetic();
    let parts = parts(&marked);
    let list = text(&parts, "xl/worksheets/phusong1.xml");
    assert!(
        text(&parts, "xl/workbook.xml").contains("name=\"phusong 2\""),
        "the carrier has a sheet of this name"
    );
    assert_eq!(list.matches("fp-").count(), 14, "all but the one of another file");
    assert!(list.contains("location=\"'Biểu ''A'' &amp; B'!D4\""), "{list}");
    let filter = "localSheetId=\"2\" hidden=\"1\">'phusong 2'!$A$4:$I$18</definedName></definedNames>";
    assert!(text(&parts, "xl/workbook.xml").contains(filter));
    assert!(list.contains("autoFilter") && list.contains("state=\"frozen\""));
    assert!(!list.contains("<f>") && list.contains("=cmd|"));
    assert!(list.contains("đã xác minh (An, 2026-12-31)"));
    assert!(!list.contains("duplicate_id"));
}

/// The number of a format's fill, of the cell.
fn format_of(parts: &BTreeMap<String, Vec<u8>>, cell: &str) -> (String, String) {
    let sheet = text(parts, "xl/worksheets/sheet1.xml");
    let at = sheet.find(&format!("<c r=\"{cell}\"")).unwrap();
    let tag = sheet[at..].split('>').next().unwrap();
    let number: usize =
        tag.split(" s=\"").nth(1).and_then(|s| s.split('"').next()).map_or(0, |s| s.parse().unwrap());
    let styles = text(parts, "xl/styles.xml");
    let formats = styles.split("<cellXfs").nth(1).unwrap().split("</cellXfs>").next().unwrap();
    let format = formats.split("<xf ").nth(number + 1).unwrap().to_owned();
    let attribute = |name: &str| {
        format.split(&format!("{name}=\"")).nth(1).map_or("", |s| s.split('"').next().unwrap()).to_owned()
    };
    (attribute("fillId"), attribute("numFmtId") + "/" + &attribute("borderId"))
}

#[test]
fn bad_cells_are_filled_and_keep_their_number_formats_and_borders() {
    let (bytes, marked) = give_back_synthetic();
    let (before, after) = (parts(&bytes), parts(&marked));
    let styles = text(&after, "xl/styles.xml");
    let fills: Vec<&str> = styles.split("<fill>").skip(1).collect();
    let colour = |cell: &str| fills[format_of(&after, cell).0.parse::<usize>().unwrap()].to_owned();
    for cell in ["D4", "B4", "H6", "A6"] {
        assert!(colour(cell).contains("FFC7CF"), "{cell} has an error");
    }
    for cell in ["C4", "F9"] {
        assert!(colour(cell).contains("FFEB9D"), "{cell} has a warning");
    }
    for cell in ["C5", "E6", "D5", "F4", "G4"] {
        assert_eq!(format_of(&before, cell), format_of(&after, cell), "{cell} has no mark");
    }
    for cell in ["D4", "B4", "C4", "A6"] {
        assert_eq!(format_of(&before, cell).1, format_of(&after, cell).1, "{cell}");
        assert_ne!(format_of(&before, cell).0, format_of(&after, cell).0, "{cell}");
    }
}

#[test]
fn a_returned_workbook_can_be_returned_again() {
    let (_, marked) = give_back_synthetic();
    let found = synthetic_findings();
    let refs: Vec<&ReportedFinding> = found.iter().collect();
    let again = annotate(&marked, "a.xlsx", &refs, Lang::Vi).unwrap();
    assert_eq!(areas(&marked, "a.xlsx"), areas(&again, "a.xlsx"));
    // The list of the first return is replaced, and so are its marks: the same findings give the same cells and comments.
    let (first, second) = (parts(&marked), parts(&again));
    assert!(!text(&second, "xl/workbook.xml").contains("name=\"phusong 3\""));
    assert_eq!(first.keys().collect::<Vec<_>>(), second.keys().collect::<Vec<_>>());
    for cell in ["D4", "B4", "C4", "A6", "C5"] {
        assert_eq!(comment(&first, cell), comment(&second, cell), "{cell}");
    }
    // What was mended is marked no more.
    let clean = annotate(&again, "a.xlsx", &[], Lang::Vi).unwrap();
    let clean = parts(&clean);
    let of = |parts: &BTreeMap<String, Vec<u8>>| -> String {
        parts
            .iter()
            .filter(|(name, _)| name.contains("comments"))
            .map(|(name, _)| text(parts, name))
            .collect()
    };
    assert!(of(&second).contains("phusong\n["));
    assert!(!of(&clean).contains("phusong\n["), "{}", of(&clean));
    let boxes = |parts: &BTreeMap<String, Vec<u8>>| -> usize {
        let names: Vec<&String> = parts.keys().filter(|name| name.ends_with(".vml")).collect();
        names.iter().map(|name| text(parts, name).matches("<v:shape ").count()).sum()
    };
    assert_eq!(boxes(&first), boxes(&second));
    assert!(boxes(&clean) < boxes(&first));
    let original = parts(&synthetic());
    for cell in ["D4", "B4", "C4", "A6", "C5"] {
        let (before, after) = (format_of(&original, cell), format_of(&clean, cell));
        assert_eq!(before, after, "{cell}");
    }
}

fn zip_of(parts: &BTreeMap<String, Vec<u8>>) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        zip.start_file(name.as_str(), zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(content).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn error(bytes: &[u8]) -> String {
    let found = synthetic_findings();
    let refs: Vec<&ReportedFinding> = found.iter().collect();
    let error = annotate(bytes, "a.xlsx", &refs, Lang::En).unwrap_err();
    assert!(matches!(error, AnnotateError::Read(ReadError::Corrupt { .. } | ReadError::Limit { .. })));
    error.to_string()
}

#[test]
fn a_broken_workbook_is_an_error_that_names_what_is_wrong() {
    let sound = parts(&synthetic());
    let without = |name: &str| {
        let mut parts = sound.clone();
        parts.remove(name).unwrap();
        zip_of(&parts)
    };
    let with = |name: &str, content: &[u8]| {
        let mut parts = sound.clone();
        parts.insert(name.to_owned(), content.to_vec()).unwrap();
        zip_of(&parts)
    };
    assert!(error(&without("xl/workbook.xml")).contains("xl/workbook.xml"));
    assert!(error(&without("[Content_Types].xml")).contains("[Content_Types].xml"));
    assert!(error(&with("xl/styles.xml", b"")).contains("empty"));
    assert!(error(&with("xl/styles.xml", b"<styleSheet>\xFF")).contains("xl/styles.xml"));
    assert!(error(&with("xl/comments1.xml", b"<comments/>")).contains("comments"));
    assert!(error(&with("xl/drawings/vmlDrawing1.vml", b"<xml>")).contains("drawing"));
    error(&with("xl/worksheets/sheet1.xml", b"<worksheet><sheetData><row><c"));
    let bomb = vec![b' '; 200 << 20];
    assert!(error(&with("xl/worksheets/sheet1.xml", &bomb)).contains("limit"));
    let bytes = synthetic();
    error(&bytes[..bytes.len() / 2]);
    error(b"PK\x03\x04");
    error(b"no zip at all");
}

#[test]
fn without_styles_a_workbook_gets_some() {
    let mut bare = parts(&synthetic());
    bare.remove("xl/styles.xml").unwrap();
    let relations = text(&bare, "xl/_rels/workbook.xml.rels");
    let start = relations.find("<Relationship Id=\"rId4\"").unwrap();
    assert!(relations[start..].split('>').next().unwrap().contains("styles"), "{relations}");
    let end = start + relations[start..].find('>').unwrap() + 1;
    bare.insert(
        "xl/_rels/workbook.xml.rels".to_owned(),
        format!("{}{}", &relations[..start], &relations[end..]).into_bytes(),
    );
    let found = synthetic_findings();
    let refs: Vec<&ReportedFinding> = found.iter().collect();
    let marked = annotate(&zip_of(&bare), "a.xlsx", &refs, Lang::En).unwrap();
    let after = parts(&marked);
    assert!(text(&after, "xl/styles.xml").contains("FFC7CF"));
    assert!(text(&after, "xl/_rels/workbook.xml.rels").contains("/styles\""));
    assert!(text(&after, "[Content_Types].xml").contains("styles+xml"));
}

#[test]
fn levels_decide_the_fill_not_the_rules() {
    let bytes = synthetic();
    let mut found =
        reported(Finding::new(Rule::CoordSwapped, source(Some("Biểu 'A' & B"), 4)).at_column(3, ""));
    found.level = Level::Info;
    let marked = annotate(&bytes, "a.xlsx", &[&found], Lang::En).unwrap();
    assert_eq!(format_of(&parts(&bytes), "D4"), format_of(&parts(&marked), "D4"));
}
