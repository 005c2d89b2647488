//! What a [`ReadError`] says in Vietnamese. English is with the error itself.

use super::ReadError;
use crate::lang::Lang;

impl ReadError {
    /// The error in a language; its `Display` is English.
    pub fn message(&self, lang: Lang) -> String {
        if lang == Lang::En {
            return self.to_string();
        }
        match self {
            ReadError::Open { path, source } => {
                let why = match source.kind() {
                    std::io::ErrorKind::NotFound => "không có tệp này".to_owned(),
                    std::io::ErrorKind::PermissionDenied => "không có quyền đọc".to_owned(),
                    _ => source.to_string(),
                };
                format!("không mở được {}: {why}. Hãy kiểm tra đường dẫn và quyền đọc", path.display())
            }
            ReadError::Empty { name } => format!("{name} trống. Hãy xuất hoặc chép lại tệp"),
            ReadError::Unsupported { name, found, advice } => {
                format!("{name} là {}, chương trình không đọc loại này. {}", phrase(found), phrase(advice))
            }
            ReadError::Encrypted { name } => format!(
                "{name} có mật khẩu. Hãy mở tệp, bỏ mật khẩu (File, Info, Protect Workbook) rồi lưu lại"
            ),
            ReadError::Corrupt { name, format, reason } => format!(
                "{name} có vẻ là {}, nhưng {}. Hãy mở bằng chương trình đã tạo ra nó rồi lưu lại",
                phrase(format),
                phrase(reason)
            ),
            ReadError::Limit { name, what, limit } => format!(
                "{name} vượt quá giới hạn: {} (giới hạn {limit}). Nếu tệp không có lỗi, hãy chia nhỏ hoặc xuất dạng CSV",
                size(what)
            ),
        }
    }
}

/// "1234 bytes" or one of the phrases.
fn size(what: &str) -> String {
    match what.strip_suffix(" bytes") {
        Some(number) => format!("{number} byte"),
        None => phrase(what).to_owned(),
    }
}

/// A phrase of the readers in Vietnamese; what another library says stays as it is.
fn phrase(english: &str) -> &str {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_other_files_are_is_said_in_both_languages() {
        for (signature, _, _) in super::super::sniff::OTHERS {
            let error = super::super::sniff::sniff("a.xls", signature).unwrap_err();
            let ReadError::Unsupported { found, advice, .. } = &error else { panic!("{error}") };
            for english in [found, advice] {
                assert_ne!(phrase(english), *english, "no Vietnamese");
                assert!(error.message(Lang::Vi).contains(phrase(english)));
            }
            assert_eq!(error.message(Lang::En), error.to_string());
        }
        let limit = ReadError::Limit { name: "a".into(), what: "12 bytes".into(), limit: 3 };
        assert!(limit.message(Lang::Vi).contains("12 byte (giới hạn 3)"));
    }
}
