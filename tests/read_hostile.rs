//! Files made to break the reader: each must end in an error or a finding, soon, and never in a panic.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a test may fail loudly"
)]

use std::io::{Cursor, Write};

use phusong::finding::{Level, Rule};
use phusong::read::{Limits, Purpose, RawFile, ReadError, ReadOptions, read_bytes, read_file};
use proptest::prelude::*;
use proptest::test_runner::Config;
use zip::write::SimpleFileOptions;

fn read(bytes: &[u8]) -> Result<RawFile, ReadError> {
    read_bytes("hostile", bytes, &ReadOptions::default())
}

fn zipped(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

const RELS: &str = r#"<Relationships><Relationship Id="r1" Type="x/worksheet" Target="worksheets/sheet1.xml"/></Relationships>"#;
const BOOK: &str = r#"<workbook><sheets><sheet name="S" sheetId="1" r:id="r1"/></sheets></workbook>"#;

/// A workbook with this sheet and these further parts.
fn book(sheet: &str, more: &[(&str, &[u8])]) -> Vec<u8> {
    let mut parts: Vec<(&str, &[u8])> = vec![
        ("xl/workbook.xml", BOOK.as_bytes()),
        ("xl/_rels/workbook.xml.rels", RELS.as_bytes()),
        ("xl/worksheets/sheet1.xml", sheet.as_bytes()),
    ];
    parts.extend_from_slice(more);
    zipped(&parts)
}

fn header_row(row: u32) -> String {
    let cell = |text: &str| format!("<c t=\"inlineStr\"><is><t>{text}</t></is></c>");
    format!("<row r=\"{row}\">{}{}{}</row>", cell("STT"), cell("Xã"), cell("Bản"))
}

fn sheet(rows: &str) -> String {
    format!("<worksheet><sheetData>{rows}</sheetData></worksheet>")
}

fn ods(content: &str) -> Vec<u8> {
    zipped(&[
        ("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"),
        ("content.xml", content.as_bytes()),
    ])
}

/// Overwrites the sizes that the headers of a zip's first entry state.
fn lie_about_sizes(mut bytes: Vec<u8>) -> Vec<u8> {
    for (signature, at) in [(&b"PK\x03\x04"[..], 22), (&b"PK\x01\x02"[..], 24)] {
        let places: Vec<usize> =
            (0..bytes.len() - 4).filter(|i| bytes[*i..].starts_with(signature)).collect();
        for place in places {
            bytes[place + at..place + at + 4].copy_from_slice(&7_u32.to_le_bytes());
        }
    }
    bytes
}

/// A compound file of one sector table, its directory chain as given.
fn compound(fat: &[u32], entries: &[(&str, u32, u32)], sectors: &[Vec<u8>]) -> Vec<u8> {
    let mut bytes = vec![0_u8; 512];
    bytes[..8].copy_from_slice(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1");
    bytes[0x18..0x20].copy_from_slice(&[0x3E, 0, 3, 0, 0xFE, 0xFF, 9, 0]);
    bytes[0x20..0x22].copy_from_slice(&6_u16.to_le_bytes());
    bytes[0x2C..0x30].copy_from_slice(&1_u32.to_le_bytes());
    bytes[0x30..0x34].copy_from_slice(&1_u32.to_le_bytes());
    bytes[0x38..0x3C].copy_from_slice(&4096_u32.to_le_bytes());
    bytes[0x3C..0x40].copy_from_slice(&0xFFFF_FFFE_u32.to_le_bytes());
    bytes[0x44..0x48].copy_from_slice(&0xFFFF_FFFE_u32.to_le_bytes());
    bytes[0x4C..0x50].copy_from_slice(&0_u32.to_le_bytes());
    bytes[0x50..512].fill(0xFF);
    let mut table = vec![0xFF_u8; 512];
    for (i, next) in fat.iter().enumerate() {
        table[i * 4..i * 4 + 4].copy_from_slice(&next.to_le_bytes());
    }
    bytes.extend(table);
    let mut directory = vec![0_u8; 512];
    for (i, (name, start, len)) in entries.iter().enumerate() {
        for (j, unit) in name.encode_utf16().enumerate() {
            directory[i * 128 + j * 2..i * 128 + j * 2 + 2].copy_from_slice(&unit.to_le_bytes());
        }
        directory[i * 128 + 64] = (name.len() as u8 + 1) * 2;
        directory[i * 128 + 66] = 2;
        directory[i * 128 + 116..i * 128 + 120].copy_from_slice(&start.to_le_bytes());
        directory[i * 128 + 120..i * 128 + 124].copy_from_slice(&len.to_le_bytes());
    }
    bytes.extend(directory);
    for sector in sectors {
        let mut sector = sector.clone();
        sector.resize(sector.len().div_ceil(512) * 512, 0);
        bytes.extend(sector);
    }
    bytes
}

/// An .xls whose one sheet has these records.
fn biff(records: &[(u16, Vec<u8>)]) -> Vec<u8> {
    let mut stream = Vec::new();
    let mut put = |kind: u16, data: &[u8]| {
        stream.extend(kind.to_le_bytes());
        stream.extend((data.len() as u16).to_le_bytes());
        stream.extend(data);
    };
    let bof = |kind: u16| {
        [0x0600_u16, kind, 0, 0].iter().flat_map(|w| w.to_le_bytes()).chain([0; 8]).collect::<Vec<u8>>()
    };
    put(0x0809, &bof(5));
    // BOF 20, BoundSheet 13, EOF 4 bytes.
    put(0x0085, &[37, 0, 0, 0, 0, 0, 1, 0, b'S']);
    put(0x000A, &[]);
    put(0x0809, &bof(0x10));
    for (kind, data) in records {
        put(*kind, data);
    }
    put(0x000A, &[]);
    stream.resize(4096, 0);
    let fat: Vec<u32> = [0xFFFF_FFFD, 0xFFFF_FFFE].into_iter().chain((3..=9).chain([0xFFFF_FFFE])).collect();
    compound(&fat, &[("Root Entry", 0xFFFF_FFFE, 0), ("Workbook", 2, 4096)], &[stream])
}

fn number(row: u16, column: u16) -> (u16, Vec<u8>) {
    let words = [row, column, 0].iter().flat_map(|w| w.to_le_bytes()).chain(1_f64.to_le_bytes()).collect();
    (0x0203, words)
}

/// Each with a name; what comes of them is checked below.
fn hostile() -> Vec<(&'static str, Vec<u8>)> {
    let many = |text: &str, times: usize| text.repeat(times);
    let laughs = |root: &str| {
        let mut text = String::from("<?xml version=\"1.0\"?><!DOCTYPE x [<!ENTITY a0 \"ha\">");
        for i in 1..30 {
            text += &format!("<!ENTITY a{i} \"&a{0};&a{0};&a{0};&a{0};\">", i - 1);
        }
        text + "]>" + root
    };
    let good = book(&sheet(&header_row(1)), &[]);
    let spaces = "<c/>".repeat(40 << 20 >> 2);
    let shared =
        format!("<sst uniqueCount=\"99999999999999\"><si><t>{}</t></si></sst>", "x".repeat(1_000_000));
    let refs = format!("<row r=\"1\">{}</row>", "<c t=\"s\"><v>0</v></c>".repeat(16_000));
    let merges: String = (0..20_000).map(|c| format!("<mergeCell ref=\"A{}:XFD1048576\"/>", c + 1)).collect();
    let tall: String = (2..60_000).map(|r| format!("<row r=\"{r}\"><c><v>1</v></c></row>")).collect();
    let columns: String = (0..700)
        .map(|c| {
            let letters = phusong::finding::column_letters(c);
            format!("<mergeCell ref=\"{letters}1:{letters}1048576\"/>")
        })
        .collect();
    let wide = format!("<row r=\"1\">{}</row>", "<c t=\"inlineStr\"><is><t>Bản</t></is></c>".repeat(700));
    let ring = compound(&[0xFFFF_FFFD, 1], &[("Root Entry", 0xFFFF_FFFE, 0)], &[]);
    let ring_of_data = compound(
        &[0xFFFF_FFFD, 0xFFFF_FFFE, 2],
        &[("Root Entry", 0xFFFF_FFFE, 0), ("Workbook", 2, u32::MAX)],
        &[vec![0; 512]],
    );
    let duplicate = {
        let other = "xl/worksheets/sheet9.xml";
        let mut bytes = book(&sheet(&header_row(1)), &[(other, sheet(&header_row(1)).as_bytes())]);
        let places: Vec<usize> =
            (0..bytes.len() - other.len()).filter(|i| bytes[*i..].starts_with(other.as_bytes())).collect();
        for place in places {
            bytes[place..place + other.len()].copy_from_slice(b"xl/worksheets/sheet1.xml");
        }
        bytes
    };
    vec![
        ("nothing", Vec::new()),
        ("blanks", b" \r\n\t\n".to_vec()),
        ("a byte order mark", b"\xEF\xBB\xBF".to_vec()),
        ("a zip of nothing", zipped(&[])),
        ("a zip signature", b"PK\x03\x04".to_vec()),
        ("a truncated workbook", good[..good.len() / 2].to_vec()),
        ("a workbook without its end", good[..good.len() - 10].to_vec()),
        ("a zip bomb", book(&format!("<worksheet><sheetData>{spaces}"), &[])),
        ("a zip bomb that lies", lie_about_sizes(book(&format!("<worksheet><sheetData>{spaces}"), &[]))),
        (
            "a text without end",
            book(&format!("<worksheet><sheetData><row><c><v>{}", "1".repeat(30 << 20)), &[]),
        ),
        (
            "a strings bomb",
            book(
                &sheet(""),
                &[("xl/sharedStrings.xml", format!("<sst>{}</sst>", many("<si/>", 8 << 20)).as_bytes())],
            ),
        ),
        ("one string many times", book(&sheet(&refs), &[("xl/sharedStrings.xml", shared.as_bytes())])),
        (
            "billion laughs in a sheet",
            book(
                &laughs(
                    "<worksheet><sheetData><row><c t=\"str\"><v>&a29;</v></c></row></sheetData></worksheet>",
                ),
                &[],
            ),
        ),
        (
            "billion laughs in an ods",
            ods(&laughs(
                "<x><table:table><table:table-row><table:table-cell><text:p>&a29;</text:p></table:table-cell></table:table-row></table:table></x>",
            )),
        ),
        (
            "a lone far cell",
            book(&sheet(&(header_row(1) + "<row r=\"1048576\"><c r=\"XFD1048576\"><v>1</v></c></row>")), &[]),
        ),
        (
            "a cell beyond the sheet",
            book(&sheet("<row r=\"4294967295\"><c r=\"ZZZZZZ99999999999\"><v>1</v></c></row>"), &[]),
        ),
        (
            "a huge dimension",
            book(
                &format!(
                    "<worksheet><dimension ref=\"A1:XFD1048576\"/><sheetData>{}</sheetData></worksheet>",
                    header_row(1)
                ),
                &[],
            ),
        ),
        (
            "overlapping merges",
            book(
                &format!(
                    "<worksheet><sheetData>{}{tall}</sheetData><mergeCells>{merges}</mergeCells></worksheet>",
                    header_row(1)
                ),
                &[],
            ),
        ),
        (
            "merges over everything",
            book(
                &format!(
                    "<worksheet><sheetData>{wide}{tall}</sheetData><mergeCells>{columns}</mergeCells></worksheet>"
                ),
                &[],
            ),
        ),
        ("a parent path", book(&sheet(&header_row(1)), &[("../../etc/passwd", b"x")])),
        (
            "a sheet out of the zip",
            zipped(&[
                ("xl/workbook.xml", BOOK.as_bytes()),
                ("xl/_rels/workbook.xml.rels", RELS.replace("worksheets/", "../../../").as_bytes()),
            ]),
        ),
        ("two entries of one name", duplicate),
        (
            "too many entries",
            zipped(
                &(0..10_050)
                    .map(|_| ("xl/a", &b""[..]))
                    .enumerate()
                    .map(|(i, (_, b))| (&*Box::leak(format!("xl/{i}").into_boxed_str()), b))
                    .collect::<Vec<_>>(),
            ),
        ),
        ("deep XML", book(&many("<a>", 1 << 20), &[])),
        ("a Word document", zipped(&[("word/document.xml", b"<w/>")])),
        ("some zip", zipped(&[("readme.txt", b"x")])),
        (
            "an encrypted workbook",
            compound(
                &[0xFFFF_FFFD, 0xFFFF_FFFE],
                &[("Root Entry", 0xFFFF_FFFE, 0), ("EncryptedPackage", 0, 0)],
                &[],
            ),
        ),
        (
            "an encrypted ods",
            zipped(&[
                ("mimetype", b"x"),
                ("content.xml", b"x"),
                ("META-INF/manifest.xml", b"<m><manifest:encryption-data/></m>"),
            ]),
        ),
        ("a directory in a ring", ring),
        ("a stream in a ring", ring_of_data),
        ("a compound header", b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1".to_vec()),
        ("xls: opposite corners", biff(&[number(0, 0), number(65_535, 65_535)])),
        (
            "xls: huge dimensions",
            biff(&[(
                0x0200,
                [0_u32.to_le_bytes(), u32::MAX.to_le_bytes(), [0, 0, 255, 255], [0; 4]].concat(),
            )]),
        ),
        (
            "xls: dimensions the wrong way round",
            biff(&[(0x0200, [9_u32.to_le_bytes(), 1_u32.to_le_bytes(), [9, 0, 1, 0], [0; 4]].concat())]),
        ),
        ("xls: short records", biff(&[(0x0203, vec![1]), (0x00BD, vec![0, 0, 1]), (0x00FD, vec![])])),
        ("xls: a short formula", biff(&[(0x0006, vec![0; 21])])),
        ("ods: a sheet without end", ods("<x><table:table><table:table-row>")),
        (
            "ods: repeats",
            ods(
                "<x><table:table><table:table-row table:number-rows-repeated=\"4294967295\"><table:table-cell table:number-columns-repeated=\"4294967295\" office:value-type=\"string\"><text:p>Bản</text:p></table:table-cell></table:table-row></table:table></x>",
            ),
        ),
        (
            "ods: spans",
            ods(
                "<x><table:table><table:table-row><table:table-cell table:number-rows-spanned=\"4294967295\" table:number-columns-spanned=\"4294967295\"><text:p>Bản</text:p></table:table-cell></table:table-row></table:table></x>",
            ),
        ),
        ("a PDF", b"%PDF-1.7 ...".to_vec()),
        ("a picture", b"\x89PNG\r\n\x1a\n".to_vec()),
        ("a page saved as xls", b"<html><body><table><tr><td>STT</td></tr></table></body></html>".to_vec()),
        (
            "XML of Excel 2003",
            b"<?xml version=\"1.0\"?><Workbook xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\"/>"
                .to_vec(),
        ),
        ("a field of 100 MB", [b"STT;B\xE1\xBA\xA3n\n1;", vec![b'x'; 100 << 20].as_slice()].concat()),
        (
            "a quote that never closes",
            format!("STT;Xã;Bản\n1;a;\"b\n{}", "2;c;d\n".repeat(1_000)).into_bytes(),
        ),
        ("nothing but NUL", vec![0; 1 << 20]),
        ("deep JSON", many("[", 1 << 20).into_bytes()),
        (
            "deep GeoJSON",
            format!(
                "{{\"type\":\"Feature\",\"geometry\":{}",
                many("{\"type\":\"GeometryCollection\",\"geometries\":[", 100_000)
            )
            .into_bytes(),
        ),
        (
            "JSON of numbers without end",
            format!("{{\"type\":\"Point\",\"coordinates\":[{}", many("1e999,", 1_000)).into_bytes(),
        ),
        ("JSON that is no GeoJSON", b"{\"a\":1}".to_vec()),
        ("a list of JSON", b"[1,2,3]".to_vec()),
    ]
}

#[test]
fn each_hostile_file_ends_in_an_error_or_a_finding() {
    // Harmless once read sparsely: they may be read without a word.
    let harmless = [
        "a lone far cell",
        "a huge dimension",
        "a parent path",
        "two entries of one name",
        "overlapping merges",
    ];
    let files = hostile();
    assert!(files.len() >= 30);
    for (name, bytes) in files {
        let start = std::time::Instant::now();
        let outcome = read(&bytes);
        println!(
            "{name}: {:.3} s, {}",
            start.elapsed().as_secs_f64(),
            match &outcome {
                Ok(file) => format!("{} findings", file.findings.len()),
                Err(error) => error.to_string(),
            }
        );
        match outcome {
            Ok(file) if !harmless.contains(&name) => {
                let told = file.findings.iter().any(|finding| finding.rule.level() >= Level::Warning);
                assert!(told, "{name} was read without a word: {:?}", file.findings);
            }
            Ok(_) => {}
            Err(error) => {
                assert!(error.to_string().contains("hostile"), "the message names the file: {error}")
            }
        }
    }
}

#[test]
fn control_characters_survive() {
    let file = read("STT;Xã;Bản\n1;a\0b;\u{1}Bản\u{7}\n".as_bytes()).unwrap();
    let record = file.records().next().unwrap().1;
    assert_eq!(record.text(phusong::read::Field::Commune), Some("a\0b"));
}

#[test]
fn messages_say_what_was_found_and_what_to_do() {
    let error =
        read(&hostile().into_iter().find(|(name, _)| *name == "a page saved as xls").unwrap().1).unwrap_err();
    assert!(matches!(error, ReadError::Unsupported { .. }) && error.to_string().contains(".xlsx"), "{error}");
    let error = read_file(std::path::Path::new("/no/such/file.xlsx"), &ReadOptions::default()).unwrap_err();
    assert!(error.to_string().contains("/no/such/file.xlsx"), "{error}");
    let options = ReadOptions { limits: Limits { cells: 2, ..Limits::default() }, ..ReadOptions::default() };
    let error = read_bytes("a.xlsx", &book(&sheet(&header_row(1)), &[]), &options).unwrap_err();
    assert!(matches!(error, ReadError::Limit { limit: 2, .. }), "{error}");
}

#[test]
fn a_long_field_is_reported_at_its_cell() {
    let text = format!("STT;Bản\n1;{}\n", "x".repeat(2 << 20));
    let file = read(text.as_bytes()).unwrap();
    let finding = file.findings.iter().find(|finding| finding.rule == Rule::InputLimitExceeded).unwrap();
    assert_eq!(finding.cell().as_deref(), Some("B2"));
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

fn any_outcome(bytes: &[u8], purpose: usize) {
    let options = ReadOptions { purpose: PURPOSES[purpose % PURPOSES.len()], ..ReadOptions::default() };
    let _ = read_bytes("any", bytes, &options);
}

/// A sound file with some bytes changed.
fn damaged(sound: &[u8], changes: &[(usize, u8)]) -> Vec<u8> {
    let mut bytes = sound.to_vec();
    for (at, byte) in changes {
        let at = at % bytes.len();
        bytes[at] = *byte;
    }
    bytes
}

proptest! {
    #![proptest_config(Config { cases: 300, failure_persistence: None, ..Config::default() })]

    #[test]
    fn any_bytes_are_survived(bytes in prop::collection::vec(any::<u8>(), 0..600), purpose in 0_usize..7) {
        any_outcome(&bytes, purpose);
    }

    #[test]
    fn any_table_is_survived(cells in prop::collection::vec(prop::collection::vec(
        prop::sample::select(vec!["STT", "Xã", "Bản", "Huyện", "Tọa độ", "1", "2", "I", "II", "Huyện A", "Xã B", "nt", "\"", "Cộng", "Tổng cộng", "12",
            "104,5", "", "", "Ghi chú: x", "(1)", "(2)", "(3)", "Kinh độ", "Vĩ độ", "\u{0}", "Người lập"]), 0..7), 0..25), purpose in 0_usize..7) {
        let text: Vec<String> = cells.iter().map(|row| row.join(";")).collect();
        let bytes = text.join("\n").into_bytes();
        any_outcome(&bytes, purpose);
        let rows: u32 = cells.len() as u32;
        if let Ok(file) = read(&bytes) {
            for (_, record) in file.records() {
                prop_assert!((1..=rows).contains(&record.source.row));
            }
        }
    }

    #[test]
    fn damaged_workbooks_are_survived(changes in prop::collection::vec((any::<usize>(), any::<u8>()), 1..12)) {
        any_outcome(&damaged(include_bytes!("fixtures/areas.xls"), &changes), 0);
        any_outcome(&damaged(&book(&sheet(&header_row(1)), &[("xl/styles.xml", b"<s/>")]), &changes), 0);
    }

    #[test]
    fn damaged_xml_and_json_are_survived(changes in prop::collection::vec((any::<usize>(), any::<u8>()), 1..12)) {
        let xml = damaged(sheet(&(header_row(1) + &header_row(2))).as_bytes(), &changes);
        any_outcome(&book(&String::from_utf8_lossy(&xml), &[]), 0);
        let json = br#"{"type":"Feature","id":7,"properties":{"name":"B","place":"hamlet"},"geometry":{"type":"Polygon","coordinates":[[[1,2],[3,4],[5,6]]]}}"#;
        any_outcome(&damaged(json, &changes), 1);
    }
}
