//! Why a file cannot be read, in Vietnamese. Findings keep the English sentence of the reader's error; here it is taken
//! apart again, so that a report says it in its own language.

use crate::lang::{Lang, said};

/// The Vietnamese of a sentence of the readers; `None` for any other sentence.
pub(super) fn vietnamese(english: &str) -> Option<String> {
    if let Some(name) = english.strip_suffix(" is empty. Export or copy it again") {
        return Some(format!("{name} trống. Hãy xuất hoặc chép lại tệp"));
    }
    if let Some((name, _)) = english.split_once(" is encrypted with a password. ") {
        return Some(format!(
            "{name} có mật khẩu. Hãy mở tệp, bỏ mật khẩu (File, Info, Protect Workbook) rồi lưu lại"
        ));
    }
    if let Some((name, rest)) = english.split_once(" claims to be ") {
        let (format, reason) = rest.split_once(", but ")?;
        let reason = reason.strip_suffix(". Open it in the program that made it and save it again")?;
        return Some(format!(
            "{name} có vẻ là {}, nhưng {}. Hãy mở bằng chương trình đã tạo ra nó rồi lưu lại",
            phrase(format),
            said(phrase(reason), Lang::Vi)
        ));
    }
    if let Some((name, rest)) = english.split_once(" asks for too much: ") {
        let (what, rest) = rest.split_once(" (limit ")?;
        let (limit, _) = rest.split_once(')')?;
        return Some(format!(
            "{name} vượt quá giới hạn: {} (giới hạn {limit}). Nếu tệp không có lỗi, hãy chia nhỏ hoặc xuất dạng CSV",
            size(what)
        ));
    }
    if let Some((head, advice)) = english.split_once(", which is not read. ") {
        let (name, found) = head.split_once(" is ")?;
        return Some(format!(
            "{name} là {}, chương trình không đọc loại này. {}",
            phrase(found),
            phrase(advice)
        ));
    }
    let opened =
        english.strip_prefix("cannot open ")?.strip_suffix(". Check the path and the permissions")?;
    let (path, why) = opened.split_once(": ")?;
    Some(format!("không mở được {path}: {}. Hãy kiểm tra đường dẫn và quyền đọc", said(why, Lang::Vi)))
}

/// "1234 bytes" or one of the phrases.
pub(crate) fn size(what: &str) -> String {
    match what.strip_suffix(" bytes") {
        Some(number) => format!("{number} byte"),
        None => phrase(what).to_owned(),
    }
}

/// A phrase of the readers in Vietnamese; what another library says stays as it is.
pub(crate) fn phrase(english: &str) -> &str {
    PHRASES.iter().find(|(en, _)| *en == english).map_or(english, |(_, vi)| vi)
}

const PHRASES: &[(&str, &str)] = &[
    ("a PDF", "tệp PDF"),
    ("a PNG picture", "ảnh PNG"),
    ("a JPEG picture", "ảnh JPEG"),
    ("a GIF picture", "ảnh GIF"),
    ("an RTF document", "văn bản RTF"),
    ("a RAR archive", "tệp nén RAR"),
    ("a 7-Zip archive", "tệp nén 7-Zip"),
    ("a gzip archive", "tệp nén gzip"),
    ("a database (GeoPackage?)", "cơ sở dữ liệu (GeoPackage?)"),
    ("a workbook of Excel 4 or older", "bảng tính của Excel 4 trở về trước"),
    ("a web page (often saved as .xls)", "trang web (thường được lưu đuôi .xls)"),
    ("a workbook in XML of Excel 2003", "bảng tính XML của Excel 2003"),
    ("a KML file", "tệp KML"),
    ("an XML file", "tệp XML"),
    ("a binary workbook (.xlsb)", "bảng tính nhị phân (.xlsb)"),
    ("a Word document", "văn bản Word"),
    ("a presentation", "bản trình chiếu"),
    ("a zip archive without a workbook", "tệp nén zip không có bảng tính"),
    ("a workbook (zip)", "bảng tính (zip)"),
    ("Ask for the spreadsheet it was printed from", "Hãy xin bảng tính gốc đã dùng để in"),
    ("Ask for the spreadsheet it was taken from", "Hãy xin bảng tính gốc"),
    ("Ask for the spreadsheet behind it", "Hãy xin bảng tính gốc"),
    ("Copy its table into a spreadsheet and save that", "Hãy chép bảng trong đó sang bảng tính rồi lưu"),
    (
        "Copy its table into a spreadsheet and save that as .xlsx",
        "Hãy chép bảng trong đó sang bảng tính rồi lưu dạng .xlsx",
    ),
    ("Unpack it first", "Hãy giải nén trước"),
    ("Unpack it and name the file in it", "Hãy giải nén rồi chỉ ra tệp bên trong"),
    ("Export its layer as GeoJSON", "Hãy xuất lớp dữ liệu dạng GeoJSON"),
    ("Open it in LibreOffice and save it as .xlsx", "Hãy mở bằng LibreOffice rồi lưu dạng .xlsx"),
    (
        "Open it in a spreadsheet program and save it as .xlsx",
        "Hãy mở bằng chương trình bảng tính rồi lưu dạng .xlsx",
    ),
    ("Save it as .xlsx", "Hãy lưu dạng .xlsx"),
    (
        "Save it as .xlsx, or as GeoJSON if it is a map layer",
        "Hãy lưu dạng .xlsx, hoặc GeoJSON nếu là lớp bản đồ",
    ),
    ("it is a Word document", "đó là văn bản Word"),
    (
        "a chain of sectors in it runs in a circle or out of the file",
        "chuỗi sector bên trong chạy vòng hoặc ra ngoài tệp",
    ),
    ("it has no workbook in it", "bên trong không có bảng tính"),
    ("a record in it is broken", "một bản ghi bên trong bị hỏng"),
    ("a sheet begins beyond its end", "một trang tính bắt đầu ở ngoài tệp"),
    ("its compound file is cut off or broken", "tệp bị cắt cụt hoặc hỏng"),
    ("it has no content.xml", "bên trong không có content.xml"),
    ("its content ends in the middle of a sheet", "nội dung dừng giữa chừng một trang tính"),
    ("it has no xl/workbook.xml", "bên trong không có xl/workbook.xml"),
    ("it names no sheet", "không có trang tính nào"),
    (
        "it is JSON, but no feature, feature collection or geometry",
        "là JSON nhưng không phải feature, feature collection hay geometry",
    ),
    ("entries in its zip", "số tệp trong zip"),
    ("bytes unpacked from its zip", "số byte giải nén"),
    ("bytes in one cell", "số byte trong một ô"),
    ("tags within tags", "số thẻ lồng nhau"),
    ("cells", "số ô"),
    ("bytes of text", "số byte chữ"),
    ("cells in the rectangles of its sheets", "số ô trong vùng của các trang tính"),
];
