//! A workbook's last steps: formulas lose the values that the writer made up, and the archive gets the same bytes
//! whenever and wherever it is made.

use std::io::{Cursor, Read as _, Write as _};

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook};
use zip::write::SimpleFileOptions;
use zip::{DateTime, ZipArchive, ZipWriter};

/// What the writer puts into a formula's cell that has no value; cut out afterwards.
pub const NO_VALUE: &str = "no stored value";

/// The workbook's bytes.
pub fn seal(book: &mut Workbook, author: &str) -> anyhow::Result<Vec<u8>> {
    let made = ExcelDateTime::from_ymd(2024, 3, 29)?.and_hms(8, 0, 0)?;
    book.set_properties(&DocProperties::new().set_author(author).set_creation_datetime(&made));
    let mut archive = ZipArchive::new(Cursor::new(book.save_to_buffer()?))?;
    let options = SimpleFileOptions::default().last_modified_time(DateTime::default());
    let mut out = ZipWriter::new(Cursor::new(Vec::new()));
    for index in 0..archive.len() {
        let mut member = archive.by_index(index)?;
        let mut bytes = Vec::new();
        member.read_to_end(&mut bytes)?;
        if member.name()?.starts_with("xl/worksheets/") {
            let text = String::from_utf8(bytes)?;
            let value = format!("</f><v>{NO_VALUE}</v>");
            bytes = text.replace(r#" t="str"><f>"#, "><f>").replace(&value, "</f>").into_bytes();
        }
        out.start_file(member.name()?.into_owned(), options)?;
        out.write_all(&bytes)?;
    }
    Ok(out.finish()?.into_inner())
}
