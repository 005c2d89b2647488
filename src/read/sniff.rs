//! What a file is, by its content; its extension is not asked.

use super::ReadError;

/// The formats read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Format {
    Xlsx,
    Ods,
    Xls,
    Text,
}

const OLE2: &[u8] = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";

/// Signatures of what is no table, with what to do about it.
pub(super) const OTHERS: &[(&[u8], &str, &str)] = &[
    (b"%PDF", "a PDF", "Ask for the spreadsheet it was printed from"),
    (b"\x89PNG", "a PNG picture", "Ask for the spreadsheet it was taken from"),
    (b"\xFF\xD8\xFF", "a JPEG picture", "Ask for the spreadsheet it was taken from"),
    (b"GIF8", "a GIF picture", "Ask for the spreadsheet it was taken from"),
    (b"{\\rtf", "an RTF document", "Copy its table into a spreadsheet and save that"),
    (b"Rar!", "a RAR archive", "Unpack it first"),
    (b"7z\xBC\xAF", "a 7-Zip archive", "Unpack it first"),
    (b"\x1F\x8B", "a gzip archive", "Unpack it first"),
    (b"SQLite format 3", "a database (GeoPackage?)", "Export its layer as GeoJSON"),
];

/// Tells the format, or why it is none that is read.
pub(crate) fn sniff(name: &str, bytes: &[u8]) -> Result<Format, ReadError> {
    let unsupported = |found, advice| ReadError::Unsupported { name: name.to_owned(), found, advice };
    if bytes.iter().all(u8::is_ascii_whitespace) || bytes == b"\xEF\xBB\xBF" {
        return Err(ReadError::Empty { name: name.to_owned() });
    }
    if bytes.starts_with(OLE2) {
        return Ok(Format::Xls);
    }
    if bytes.starts_with(b"PK\x03\x04")
        || bytes.starts_with(b"PK\x05\x06")
        || bytes.starts_with(b"PK\x07\x08")
    {
        return sniff_zip(name, bytes);
    }
    for (signature, found, advice) in OTHERS {
        if bytes.starts_with(signature) {
            return Err(unsupported(found, advice));
        }
    }
    // BIFF before OLE2 (Excel 2–4).
    if matches!(bytes, [0x09, 0x00 | 0x02 | 0x04, 0x04 | 0x06, 0x00, ..]) {
        return Err(unsupported(
            "a workbook of Excel 4 or older",
            "Open it in LibreOffice and save it as .xlsx",
        ));
    }
    let head: Vec<u8> =
        bytes.iter().take(1_024).filter(|byte| **byte != 0).map(u8::to_ascii_lowercase).collect();
    let head = String::from_utf8_lossy(&head);
    let head = head.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{FEFF}' || c == '\u{FFFD}');
    if head.starts_with("<!doctype html")
        || head.starts_with("<html")
        || (head.starts_with('<') && head.contains("<table"))
    {
        return Err(unsupported(
            "a web page (often saved as .xls)",
            "Open it in a spreadsheet program and save it as .xlsx",
        ));
    }
    if head.starts_with("<?xml") || head.starts_with("<kml") || head.starts_with("<gpx") {
        let found = if head.contains("urn:schemas-microsoft-com:office:spreadsheet") {
            "a workbook in XML of Excel 2003"
        } else if head.contains("<kml") {
            "a KML file"
        } else {
            "an XML file"
        };
        return Err(unsupported(found, "Save it as .xlsx, or as GeoJSON if it is a map layer"));
    }
    Ok(Format::Text)
}

/// Tells the kinds of zip apart by the names in its directory; what they hold is looked at later.
fn sniff_zip(name: &str, bytes: &[u8]) -> Result<Format, ReadError> {
    let corrupt =
        |reason: String| ReadError::Corrupt { name: name.to_owned(), format: "a workbook (zip)", reason };
    let archive =
        zip::ZipArchive::new(std::io::Cursor::new(bytes)).map_err(|error| corrupt(error.to_string()))?;
    let has = |start: &str| {
        archive
            .file_names()
            .flatten()
            .any(|entry| entry.replace('\\', "/").trim_start_matches('/').starts_with(start))
    };
    let unsupported = |found, advice| ReadError::Unsupported { name: name.to_owned(), found, advice };
    if has("xl/workbook.bin") {
        return Err(unsupported("a binary workbook (.xlsb)", "Save it as .xlsx"));
    }
    if has("xl/") {
        return Ok(Format::Xlsx);
    }
    if has("word/") {
        return Err(unsupported(
            "a Word document",
            "Copy its table into a spreadsheet and save that as .xlsx",
        ));
    }
    if has("ppt/") {
        return Err(unsupported("a presentation", "Ask for the spreadsheet behind it"));
    }
    if has("content.xml") && has("mimetype") {
        return Ok(Format::Ods);
    }
    Err(unsupported("a zip archive without a workbook", "Unpack it and name the file in it"))
}
