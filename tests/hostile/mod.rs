//! Files made to break the reader. `tests/read_hostile.rs` reads them; `examples/make_hostile` writes them to a folder, for
//! `benches/hostile.sh` to run the program on each.

use std::io::{Cursor, Write};

use zip::write::SimpleFileOptions;

pub fn zipped(parts: &[(&str, &[u8])]) -> Vec<u8> {
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
pub fn book(sheet: &str, more: &[(&str, &[u8])]) -> Vec<u8> {
    let mut parts: Vec<(&str, &[u8])> = vec![
        ("xl/workbook.xml", BOOK.as_bytes()),
        ("xl/_rels/workbook.xml.rels", RELS.as_bytes()),
        ("xl/worksheets/sheet1.xml", sheet.as_bytes()),
    ];
    parts.extend_from_slice(more);
    zipped(&parts)
}

pub fn header_row(row: u32) -> String {
    let cell = |text: &str| format!("<c t=\"inlineStr\"><is><t>{text}</t></is></c>");
    format!("<row r=\"{row}\">{}{}{}</row>", cell("STT"), cell("Xã"), cell("Bản"))
}

pub fn sheet(rows: &str) -> String {
    format!("<worksheet><sheetData>{rows}</sheetData></worksheet>")
}

pub fn ods(content: &str) -> Vec<u8> {
    zipped(&[
        ("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"),
        ("content.xml", content.as_bytes()),
    ])
}

/// Overwrites the sizes that the headers of a zip's first entry state.
pub fn lie_about_sizes(mut bytes: Vec<u8>) -> Vec<u8> {
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
pub fn compound(fat: &[u32], entries: &[(&str, u32, u32)], sectors: &[Vec<u8>]) -> Vec<u8> {
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
pub fn biff(records: &[(u16, Vec<u8>)]) -> Vec<u8> {
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

pub fn number(row: u16, column: u16) -> (u16, Vec<u8>) {
    let words = [row, column, 0].iter().flat_map(|w| w.to_le_bytes()).chain(1_f64.to_le_bytes()).collect();
    (0x0203, words)
}

/// Each with a name; what comes of them is checked below.
pub fn hostile() -> Vec<(&'static str, Vec<u8>)> {
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
