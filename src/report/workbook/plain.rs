//! What came without formats (CSV, XLS, ODS, GeoJSON) as a workbook: the same cells, as text, at the same places.

use std::collections::BTreeSet;

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook, XlsxError};

use super::tag::MAX_TEXT;
use crate::lang::{Lang, simulated_data};
use crate::read::Grid;
use crate::text::{SIMULATED, Simulated};

/// Builds the workbook; sheets have the names given.
pub(super) fn build(grids: &[Grid], names: &[String], simulated: Simulated) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    workbook.set_properties(&properties(simulated)?);
    let text = Format::new().set_num_format("@");
    for (grid, name) in grids.iter().zip(names) {
        let sheet = workbook.add_worksheet();
        sheet.set_name(name)?;
        for row in &grid.rows {
            for (column, value) in &row.cells {
                let (Some(number), Ok(column)) = (row.number.checked_sub(1), u16::try_from(*column)) else {
                    continue;
                };
                if number < rust_xlsxwriter::RowNum::from(1_u32 << 20) && column < 16_384 {
                    sheet.write_string_with_format(number, column, cut(value), &text)?;
                }
            }
        }
    }
    if grids.is_empty() {
        workbook.add_worksheet();
    }
    workbook.save_to_buffer()
}

/// The clock stays out of the file: the same input gives the same bytes. Simulated data is named among the properties.
pub(in crate::report) fn properties(simulated: Simulated) -> Result<DocProperties, XlsxError> {
    let day = ExcelDateTime::from_ymd(2000, 1, 1)?;
    let properties = DocProperties::new().set_author("phusong").set_creation_datetime(&day);
    Ok(match simulated {
        Simulated(false) => properties,
        Simulated(true) => properties
            .set_comment(format!("{} {}", simulated_data(Lang::Vi), simulated_data(Lang::En)))
            .set_custom_property(SIMULATED, true),
    })
}

/// As much as a cell may hold, without what XML cannot.
pub(in crate::report) fn cut(text: &str) -> String {
    let mut units = 0;
    text.chars()
        .filter(|c| !c.is_control() || matches!(c, '\n' | '\t'))
        .filter(|c| !matches!(c, '\u{FFFE}' | '\u{FFFF}'))
        .take_while(|c| {
            units += c.len_utf16();
            units <= MAX_TEXT
        })
        .collect()
}

/// Names that a workbook can have: at most 31 characters, none of `[]:*?/\`, no two the same.
pub(super) fn sheet_names(grids: &[Grid], file: &str) -> Vec<String> {
    let mut taken = BTreeSet::new();
    grids
        .iter()
        .map(|grid| {
            let wanted = grid.sheet.as_deref().unwrap_or(file);
            let clean: String = wanted
                .chars()
                .map(|c| if "[]:*?/\\".contains(c) || c.is_control() { '_' } else { c })
                .collect();
            free_name(clean.trim().trim_matches('\''), |name| !taken.insert(name.to_lowercase()))
        })
        .collect()
}

/// A sheet name that is not taken yet, made of the wanted one.
pub(super) fn free_name(wanted: &str, mut is_taken: impl FnMut(&str) -> bool) -> String {
    let wanted = if wanted.is_empty() { "Sheet" } else { wanted };
    let mut number = 1_u32;
    loop {
        let suffix = if number == 1 { String::new() } else { format!(" {number}") };
        let mut units = suffix.len();
        let stem: String = wanted
            .chars()
            .take_while(|c| {
                units += c.len_utf16();
                units <= 31
            })
            .collect();
        let name = format!("{stem}{suffix}");
        if !is_taken(&name) {
            return name;
        }
        number += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_made_allowed_and_different() {
        let grid = |name: &str| Grid { sheet: Some(name.into()), rows: Vec::new() };
        let names = sheet_names(&[grid("a/b"), grid("A_B"), grid(&"x".repeat(40)), grid("")], "f.csv");
        assert_eq!(names, ["a_b", "A_B 2", &"x".repeat(31), "Sheet"]);
        let no_sheet = Grid { sheet: None, rows: Vec::new() };
        assert_eq!(sheet_names(&[no_sheet], "mobifone.csv"), ["mobifone.csv"]);
    }
}
