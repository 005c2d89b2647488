//! Every format that is read, each with a small file made here.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test may fail loudly")]

use std::io::Write;

use phusong::finding::Rule;
use phusong::read::{CellKind, Field, Purpose, RawFile, RawRecord, ReadOptions, SkippedReason, read_bytes};
use rust_xlsxwriter::{ExcelDateTime, Format, Formula, Workbook};

fn read(name: &str, bytes: &[u8]) -> RawFile {
    read_bytes(name, bytes, &ReadOptions::default()).unwrap()
}

fn villages(file: &RawFile) -> Vec<&str> {
    file.records().filter_map(|(_, record)| record.text(Field::Village)).collect()
}

fn communes(file: &RawFile) -> Vec<Option<&str>> {
    file.records().map(|(_, record)| record.text(Field::Commune)).collect()
}

fn count(file: &RawFile, rule: Rule) -> usize {
    file.findings.iter().filter(|finding| finding.rule == rule).count()
}

fn skipped(file: &RawFile, reason: SkippedReason) -> Vec<u32> {
    file.tables.iter().flat_map(|t| &t.skipped).filter(|s| s.reason == reason).map(|s| s.row).collect()
}

fn xlsx() -> Vec<u8> {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    let plain = Format::new();
    let date = Format::new().set_num_format("dd/mm/yyyy");
    sheet.merge_range(0, 0, 0, 6, "DANH SÁCH VÙNG LÕM", &plain).unwrap();
    for (column, title) in (0..).zip(["STT", "Xã", "Bản", "Tọa độ", "", "Số hộ", "Ngày khảo sát"])
    {
        sheet.write(2, column, title).unwrap();
    }
    sheet.merge_range(2, 3, 2, 4, "Tọa độ", &plain).unwrap();
    for column in [0_u16, 1, 2, 5, 6] {
        let title = ["STT", "Xã", "Bản", "", "", "Số hộ", "Ngày khảo sát"][usize::from(column)];
        sheet.merge_range(2, column, 3, column, title, &plain).unwrap();
    }
    sheet.write(3, 3, "Kinh độ").unwrap();
    sheet.write(3, 4, "Vĩ độ").unwrap();
    sheet.merge_range(4, 0, 4, 6, "I. HUYỆN THỬ NGHIỆM", &plain).unwrap();
    sheet.merge_range(5, 1, 6, 1, "Xã Một", &plain).unwrap();
    sheet.write(7, 1, "Xã Hai").unwrap();
    for (row, village) in (5_u32..).zip(["Bản A", "Bản B", "Bản C", "nt"]) {
        sheet.write(row, 0, row - 4).unwrap();
        sheet.write(row, 2, village).unwrap();
        sheet.write(row, 3, 104.5).unwrap();
        sheet.write(row, 4, 19.25).unwrap();
        sheet.write_with_format(row, 6, ExcelDateTime::from_ymd(2024, 3, 5).unwrap(), &date).unwrap();
    }
    sheet.merge_range(5, 5, 6, 5, "", &plain).unwrap();
    sheet.write(5, 5, 120).unwrap();
    sheet.write_formula(7, 5, Formula::new("#REF!+1").set_result("#REF!")).unwrap();
    sheet.write(9, 1, "Cộng").unwrap();
    sheet.write(9, 2, 3).unwrap();
    sheet.write(11, 4, "NGƯỜI LẬP BIỂU").unwrap();
    sheet.set_row_hidden(6).unwrap();
    sheet.set_column_hidden(5).unwrap();
    let hidden = workbook.add_worksheet();
    hidden.write(0, 0, "nháp").unwrap();
    hidden.set_hidden(true);
    workbook.save_to_buffer().unwrap()
}

#[test]
fn an_xlsx_with_merges_headings_totals_and_hidden_parts() {
    let file = read("a.xls", &xlsx());
    assert_eq!(file.format, "xlsx", "told by content");
    assert_eq!(communes(&file), [Some("Xã Một"), Some("Xã Một"), Some("Xã Hai"), Some("Xã Hai")]);
    assert_eq!(villages(&file), ["Bản A", "Bản B", "Bản C", "Bản C"]);
    let records: Vec<&RawRecord> = file.records().map(|(_, record)| record).collect();
    assert_eq!(records[1].cell(Field::Commune).unwrap().filled_from, Some(6));
    assert_eq!(records[0].group.as_deref(), Some("HUYỆN THỬ NGHIỆM"));
    assert_eq!(records[0].text(Field::Longitude), Some("104.5"));
    assert_eq!(
        records[0].cell(Field::SurveyDate).map(|c| (c.text.as_str(), c.kind)),
        Some(("2024-03-05", CellKind::Date))
    );
    assert_eq!(records[0].text(Field::Households), Some("120"));
    assert_eq!(records[1].text(Field::Households), None, "a merged count is not multiplied");
    assert_eq!(count(&file, Rule::DittoMarkValue), 1);
    assert_eq!(count(&file, Rule::MergedValueFilled), 2);
    assert_eq!(count(&file, Rule::HiddenContent), 3, "a sheet, a row, a column");
    assert_eq!(count(&file, Rule::SubtotalMismatch), 1, "3 stated, 4 counted");
    assert_eq!(skipped(&file, SkippedReason::Header), [3, 4]);
    assert_eq!(skipped(&file, SkippedReason::Group), [5]);
    assert_eq!(skipped(&file, SkippedReason::Subtotal), [10]);
    assert_eq!(skipped(&file, SkippedReason::Footer), [12]);
    assert_eq!(file.tables[0].title, "DANH SÁCH VÙNG LÕM");
}

#[test]
fn an_xls_is_read_alike() {
    let bytes = include_bytes!("fixtures/areas.xls");
    let file = read("areas.xls", bytes);
    assert_eq!(file.format, "xls");
    assert_eq!(villages(&file), ["Bản Mẫu A", "Bản Mẫu B", "Bản Mẫu C"]);
    assert_eq!(communes(&file), [Some("Xã Thử Một"), Some("Xã Thử Một"), Some("Xã Thử Hai")]);
    let first = file.records().next().unwrap().1;
    assert_eq!(first.source.row, 4);
    assert_eq!(first.text(Field::SurveyDate), Some("2024-03-05"));
    assert_eq!(count(&file, Rule::HiddenContent), 1);
    assert_eq!(count(&file, Rule::SubtotalMismatch), 0);
}

fn ods(content: &str) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default();
    for (name, text) in
        [("mimetype", "application/vnd.oasis.opendocument.spreadsheet"), ("content.xml", content)]
    {
        zip.start_file(name, options).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

#[test]
fn an_ods_with_repeats_and_merges() {
    let cell = |text: &str| {
        format!("<table:table-cell office:value-type=\"string\"><text:p>{text}</text:p></table:table-cell>")
    };
    let number = |n: &str| {
        format!(
            "<table:table-cell office:value-type=\"float\" office:value=\"{n}\"><text:p>{n}</text:p></table:table-cell>"
        )
    };
    let content = format!(
        "<office:document-content><office:body><office:spreadsheet><table:table table:name=\"Biểu 1\">\
         <table:table-row table:number-rows-repeated=\"3\"><table:table-cell table:number-columns-repeated=\"1024\"/></table:table-row>\
         <table:table-row>{}{}{}{}</table:table-row>\
         <table:table-row>{}<table:table-cell table:number-rows-spanned=\"2\" office:value-type=\"string\"><text:p>Xã <text:s/>Một</text:p></table:table-cell>{}{}</table:table-row>\
         <table:table-row>{}<table:covered-table-cell/>{}{}</table:table-row>\
         <table:table-row table:number-rows-repeated=\"1048000\"><table:table-cell table:number-columns-repeated=\"1024\"/></table:table-row>\
         </table:table></office:spreadsheet></office:body></office:document-content>",
        cell("STT"),
        cell("Xã"),
        cell("Bản"),
        cell("Số hộ"),
        number("1"),
        cell("Bản A &amp; B"),
        number("40"),
        number("2"),
        cell("Bản C"),
        "<table:table-cell table:formula=\"of:=[.D5]\"/>",
    );
    let file = read("a.ods", &ods(&content));
    assert_eq!(file.format, "ods");
    assert_eq!(villages(&file), ["Bản A & B", "Bản C"]);
    assert_eq!(communes(&file), [Some("Xã  Một"), Some("Xã  Một")]);
    assert_eq!(file.records().next().unwrap().1.source.row, 5);
    assert_eq!(count(&file, Rule::FormulaWithoutValue), 1);
}

#[test]
fn a_sum_whose_result_was_not_stored_is_no_village() {
    let cell = |text: &str| {
        format!("<table:table-cell office:value-type=\"string\"><text:p>{text}</text:p></table:table-cell>")
    };
    let row = |cells: &[String]| format!("<table:table-row>{}</table:table-row>", cells.concat());
    let sum = "<table:table-cell table:formula=\"of:=SUM([.C2:.C3])\"/>".to_owned();
    let rows = [
        row(&[cell("Xã"), cell("Bản"), cell("Số hộ")]),
        row(&[cell("Xã Một"), cell("Bản A"), cell("40")]),
        row(&[cell("Xã Một"), cell("Bản C"), cell("12")]),
        row(&["<table:table-cell/>".to_owned(), cell("Cộng"), sum.clone()]),
        row(&[cell("Xã Hai"), cell("Bản D"), cell("7")]),
        row(&[cell("Cộng"), "<table:table-cell/>".to_owned(), sum]),
    ];
    let content = format!(
        "<office:document-content><office:body><office:spreadsheet><table:table table:name=\"Biểu 1\">{}</table:table>\
         </office:spreadsheet></office:body></office:document-content>",
        rows.concat()
    );
    let file = read("a.ods", &ods(&content));
    assert_eq!(villages(&file), ["Bản A", "Bản C", "Bản D"]);
}

#[test]
fn a_csv_with_groups_totals_names_and_page_breaks() {
    let text = "DANH SÁCH NĂM 2024\n\nSTT;Huyện;Xã;Bản;Kinh độ;Vĩ độ\n(1);(2);(3);(4);(5);(6)\nA;Huyện Một;;2;;\n\
                1;;Xã X;Bản Cộng;104,1;19,1\n2;;;Tổng Cọt;104,2;19,2\nSTT;Huyện;Xã;Bản;Kinh độ;Vĩ độ\n\
                Huyện Hai;;;;;\n1;;;Cộng;104,3;19,3\n3;;Xã Y;-nt-;104,4;19,4\nTổng cộng: 5;;;;;\nGhi chú: không;;;;;\n";
    let file = read("a.csv", text.as_bytes());
    assert_eq!(villages(&file), ["Bản Cộng", "Tổng Cọt", "Cộng", "Cộng"]);
    assert_eq!(
        communes(&file),
        [Some("Xã X"), Some("Xã X"), None, Some("Xã Y")],
        "a heading ends the commune above"
    );
    let groups: Vec<_> = file.records().filter_map(|(_, r)| r.group.as_deref()).collect();
    assert_eq!(groups, ["Huyện Một", "Huyện Một", "Huyện Hai", "Huyện Hai"]);
    assert_eq!(skipped(&file, SkippedReason::Header), [3, 8]);
    assert_eq!(skipped(&file, SkippedReason::ColumnNumbers), [4]);
    let total = file.tables[0].skipped.iter().find(|s| s.reason == SkippedReason::Total).unwrap();
    assert_eq!((total.row, total.stated, total.counted), (12, Some(5), 4));
    assert_eq!(count(&file, Rule::SequenceGap), 1);
    assert_eq!(count(&file, Rule::SubtotalMismatch), 1);
}

#[test]
fn a_wholly_tcvn3_file_is_understood_through_the_hook() {
    // "STT;Xã;Bản;Kinh độ;Vĩ độ" and a total, in TCVN3.
    let bytes = b"STT;X\xB7;B\xB6n;Kinh \xAE\xE9;V\xDC \xAE\xE9\n1;X\xB7 M\xE9t;B\xB6n A;104,1;19,1\n2;;nh\xAD tr\xAAn;104,2;19,2\nC\xE9ng;2;;;\n";
    let clean = |text: &str| -> String {
        let pairs = [
            ("X·", "Xã"),
            ("B¶n", "Bản"),
            ("®é", "độ"),
            ("VÜ", "Vĩ"),
            ("nh\u{AD} trªn", "như trên"),
            ("Céng", "Cộng"),
        ];
        pairs.iter().fold(text.to_owned(), |text, (from, to)| text.replace(from, to))
    };
    fn hook(text: &str) -> std::borrow::Cow<'_, str> {
        let pairs = [
            ("X·", "Xã"),
            ("B¶n", "Bản"),
            ("®é", "độ"),
            ("VÜ", "Vĩ"),
            ("nh\u{AD} trªn", "như trên"),
            ("Céng", "Cộng"),
        ];
        pairs.iter().fold(text.to_owned(), |text, (from, to)| text.replace(from, to)).into()
    }
    let options = ReadOptions { clean_text: hook, ..ReadOptions::default() };
    let file = read_bytes("a.csv", bytes, &options).unwrap();
    assert_eq!(file.encoding, Some("TCVN3"));
    let names: Vec<String> = villages(&file).into_iter().map(clean).collect();
    assert_eq!(names, ["Bản A", "Bản A"]);
    assert_eq!(file.records().next().unwrap().1.text(Field::Village), Some("B¶n A"), "cells are left alone");
    assert_eq!(skipped(&file, SkippedReason::Subtotal), [4]);
    assert_eq!(count(&file, Rule::EncodingNotUtf8), 1);
}

#[test]
fn json_in_its_dialects() {
    let feature = r#"{"type":"Feature","id":7,"properties":{"name":"Ban A","name:vi":"Bản A","place":"hamlet","x":[1]},"geometry":{"type":"Point","coordinates":[104.5,19.2]}}"#;
    let town = r#"{"type":"Feature","properties":{"name":"T","place":"town"},"geometry":null}"#;
    let options = ReadOptions { purpose: Purpose::Villages, ..ReadOptions::default() };
    for text in [
        format!("{{\"type\":\"FeatureCollection\",\"features\":[{feature},{town}]}}"),
        format!("\u{FEFF}{{\"features\":[{feature}],\"type\":\"FeatureCollection\"}}"),
        feature.to_owned(),
        format!("{feature}\n{town}\n"),
        format!("\u{1E}{feature}\n\u{1E}{town}\n"),
    ] {
        let file = read_bytes("a.json", text.as_bytes(), &options).unwrap();
        assert_eq!(file.format, "geojson");
        assert_eq!(villages(&file), ["Bản A"], "{text}");
        let record = file.records().next().unwrap().1;
        assert_eq!((record.text(Field::VillageId), record.source.row), (Some("7"), 1));
        assert!(record.geometry.is_some());
    }
    let crs = r#"{"type":"FeatureCollection","crs":{"type":"name","properties":{"name":"EPSG:3405"}},"features":[]}"#;
    assert_eq!(count(&read("a.json", crs.as_bytes()), Rule::CoordUnparseable), 1);
    let bare = read("a.json", br#"{"type":"Point","coordinates":[104.5,19.2]}"#);
    assert_eq!(bare.records().count(), 1);
    let cut = format!("{{\"type\":\"FeatureCollection\",\"features\":[{feature},{{\"type\"");
    assert_eq!(count(&read("a.json", cut.as_bytes()), Rule::UnreadableFile), 1);
}

#[test]
fn a_geonames_dump_is_known_by_its_shape() {
    let line = |id: u32, name: &str, class: &str, code: &str, population: u32| {
        format!(
            "{id}\t{name}\t{name}\t\t19.25\t104.5\t{class}\t{code}\tVN\t\t58\t\t\t\t{population}\t\t300\tAsia/Bangkok\t2024-01-01\n"
        )
    };
    let text = [
        line(1, "Bản A", "P", "PPL", 0),
        line(2, "Núi B", "T", "MT", 0),
        line(3, "Bản \"C", "P", "PPL", 120),
        line(4, "D", "P", "PPLQ", 0),
    ]
    .concat();
    let options = ReadOptions { purpose: Purpose::Villages, ..ReadOptions::default() };
    let file = read_bytes("VN.txt", text.as_bytes(), &options).unwrap();
    assert_eq!(file.format, "geonames");
    assert_eq!(villages(&file), ["Bản A", "Bản \"C"]);
    let populations: Vec<_> = file.records().map(|(_, record)| record.text(Field::Population)).collect();
    assert_eq!(populations, [None, Some("120")]);
    assert_eq!(skipped(&file, SkippedReason::OtherKind), [2, 4]);
}

#[test]
fn a_file_without_a_header_says_so() {
    let file = read("a.csv", b"a;b;c\n1;2;3\n4;5;6\n7;8;9\n");
    assert_eq!(count(&file, Rule::HeaderNotFound), 1);
    let file = read("a.csv", "STT;Xã;Ghi chú\n1;Xã A;\n".as_bytes());
    assert_eq!(count(&file, Rule::RequiredColumnMissing), 1);
}

/// Titles of one sheet in a legacy font leave those of the others as they are, whichever comes first and however long
/// the sheets are.
#[test]
fn a_sheet_in_a_legacy_font_does_not_blind_the_others() {
    let legacy = ["TT", "HuyÖn", "X·", "Th«n", "Kinh ®é", "VÜ ®é"];
    let unicode = ["TT", "Huyện", "Xã", "Thôn", "Kinh độ", "Vĩ độ"];
    // Read in TCVN3 these two titles would be other words; read as it stands `Th«n` is none.
    let few = ["Xã", "Thôn"];
    for rows in [3, 90] {
        for order in [[&legacy[..], &unicode[..], &few[..]], [&few[..], &unicode[..], &legacy[..]]] {
            let mut book = Workbook::new();
            for titles in order {
                let sheet = book.add_worksheet();
                for (column, title) in (0..).zip(titles) {
                    sheet.write(0, column, *title).unwrap();
                }
                // The sheet in the font is long, so that it is read before the others are.
                let rows = if titles == legacy { rows } else { 3 };
                for row in 1..=rows {
                    for (column, title) in (0..).zip(titles) {
                        match *title {
                            "TT" => sheet.write(row, column, row).unwrap(),
                            "Kinh ®é" | "Kinh độ" => sheet.write(row, column, 104.5).unwrap(),
                            "VÜ ®é" | "Vĩ độ" => sheet.write(row, column, 19.5).unwrap(),
                            _ => sheet.write(row, column, "Na Loi").unwrap(),
                        };
                    }
                }
            }
            let file = read("a.xlsx", &book.save_to_buffer().unwrap());
            assert_eq!(file.tables.len(), 3);
            for table in &file.tables {
                assert!(table.has(Field::Commune) && table.has(Field::Village), "{:?}", table.header);
                let all = table.header.iter().all(|column| column.field.is_some());
                assert!(all, "{rows} rows: {:?}", table.header);
            }
        }
    }
}
