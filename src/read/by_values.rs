//! What a column is where only the values below its title tell.

use super::header_key::header_key;
use super::row::Row;
use super::{Field, HeaderColumn};
use crate::text::says_white;

/// A column titled "Tình trạng", "Hiện trạng" or "Status" in a list of dead zones that has no other column of severities:
/// it is one where its cells speak of trắng, lõm or signal that is missing.
pub(super) fn severity_in_status(
    columns: &mut [HeaderColumn],
    sample: &[Row],
    clean: fn(&str) -> std::borrow::Cow<'_, str>,
) {
    if columns.iter().any(|column| column.field == Some(Field::Severity)) {
        return;
    }
    let Some(column) = columns.iter_mut().find(|column| column.field == Some(Field::Status)) else { return };
    // Words that a status may have for other matters ("kém") do not make it one of severities.
    let speaks = |text: &str| {
        let text = clean(text);
        let key = header_key(&text);
        let words = || key.split(' ');
        says_white(&text)
            || words().any(|word| matches!(word, "lom" | "white" | "weak"))
            || words().zip(words().skip(1)).any(|pair| matches!(pair, ("song", "yeu" | "kem")))
    };
    if sample.iter().filter_map(|row| row.cell(column.column)).any(|cell| speaks(cell.text)) {
        column.field = Some(Field::Severity);
    }
}

/// Columns titled `X` and `Y` that hold degrees: a GIS export, x = longitude. The rows below the header decide.
pub(super) fn degrees_in_x_and_y(columns: &mut [HeaderColumn], sample: &[Row]) {
    for column in columns {
        if !matches!(column.field, Some(Field::Northing | Field::Easting)) {
            continue;
        }
        let values: Vec<f64> = sample
            .iter()
            .filter_map(|row| row.cell(column.column))
            .filter_map(|cell| cell.text.trim().replace(',', ".").parse::<f64>().ok())
            .collect();
        let all_within =
            |low: f64, high: f64| !values.is_empty() && values.iter().all(|v| (low..=high).contains(v));
        if all_within(100.0, 120.0) {
            column.field = Some(Field::Longitude);
        } else if all_within(6.0, 25.0) {
            column.field = Some(Field::Latitude);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::header::tests::{find, rows};
    use super::*;

    #[test]
    fn a_status_that_speaks_of_signal_is_the_severity() {
        for (cell, field) in [
            ("Trắng sóng", Field::Severity),
            ("trang song", Field::Severity),
            ("tr¾ng sãng", Field::Severity),
            ("Chưa có sóng", Field::Severity),
            ("Sóng yếu", Field::Severity),
            ("đang triển khai", Field::Status),
            ("Tình trạng bình thường", Field::Status),
            ("Trạng thái tốt", Field::Status),
            ("Trang bi kem", Field::Status),
        ] {
            let mut header = find(&[&["TT", "Bản", "Hiện trạng", "Y"]]).unwrap();
            let clean = |text: &str| crate::text::clean(text).text.into();
            severity_in_status(&mut header.columns, &rows(&[&["1", "a", cell, "2"]]), clean);
            assert_eq!(header.columns[2].field, Some(field), "{cell}");
        }
    }

    #[test]
    fn degrees_under_x_and_y_are_degrees() {
        let mut header = find(&[&["TT", "Bản", "X", "Y"]]).unwrap();
        degrees_in_x_and_y(&mut header.columns, &rows(&[&["1", "a", "104.5", "19,3"]]));
        assert_eq!(header.columns[2].field, Some(Field::Longitude));
        assert_eq!(header.columns[3].field, Some(Field::Latitude));
    }
}
