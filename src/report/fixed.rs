//! The repaired list: every area of a carrier's list in the layout of the form, with the values that phusong uses.
//!
//! In: the normalised list, the file as read (for dates and notes, which an area does not hold), and the findings. Out:
//! an XLSX. Three more columns: where each row came from, which repairs were made (rule and fingerprint of their
//! findings), and what still needs a look. Behind them stand the columns of the list that the form lacks, under their own
//! titles. Nothing is guessed here: what could not be read stays empty, an area's
//! polygon stands as its centre, and areas without a usable row are kept as they are.

use std::collections::BTreeMap;

use rust_xlsxwriter::{ExcelDateTime, Format, Workbook, Worksheet, XlsxError};

use super::fixed_extra::Extra;
use super::form::{
    COLUMNS, FormError, HEADER_ROW, SEVERITIES, Takes, YES_NO, explain, format_of, head, say_simulated,
    titles,
};
use super::workbook::{cut, properties};
use crate::domain::{Area, Severity, Source};
use crate::finding::{Level, Rule};
use crate::normalize::list::AreaList;
use crate::normalize::value::{parse_date, parse_decimal};
use crate::read::{Field, Grid, RawFile, RawRecord};
use crate::text::{Simulated, clean};
use crate::validate::ReportedFinding;

/// The columns behind those of the form. Their titles mean nothing to the reader.
pub(super) const MORE: [(&str, f64); 3] =
    [("Nguồn (tệp!sheet!dòng)", 32.0), ("Sửa", 40.0), ("Cần xem lại", 40.0)];

/// One value of a row.
pub(super) enum Value {
    Empty,
    Text(String),
    Number(f64),
    /// Year, month, day.
    Date(u16, u8, u8),
}

/// The repaired list as XLSX. `raw` is the file that the list was normalised from, `grids` its cells as they stand
/// ([`crate::read::read_grids`]): from them come the columns that nobody recognised. Findings about other files are left
/// out.
///
/// # Errors
/// The workbook cannot be made: more areas than a sheet has rows.
pub fn fixed_list(
    list: &AreaList,
    raw: Option<&RawFile>,
    grids: &[Grid],
    findings: &[&ReportedFinding],
    simulated: Simulated,
) -> Result<Vec<u8>, FormError> {
    let mut workbook = Workbook::new();
    workbook.set_properties(&properties(simulated)?);
    let sheet = workbook.add_worksheet();
    sheet.set_name("Danh sách")?;
    head(sheet, Some(&list.carrier))?;
    if simulated.0 {
        say_simulated(sheet)?;
    }
    let extra = Extra::new(list, raw, grids);
    let more: Vec<(&str, f64)> = MORE.into_iter().chain(extra.titles()).collect();
    titles(sheet, &more)?;
    let records: BTreeMap<&Source, &RawRecord> =
        raw.into_iter().flat_map(RawFile::records).map(|(_, record)| (&record.source, record)).collect();
    let mut by_row: BTreeMap<&Source, Vec<&ReportedFinding>> = BTreeMap::new();
    for found in findings.iter().filter(|found| found.finding.source.row > 0) {
        by_row.entry(&found.finding.source).or_default().push(found);
    }
    let formats: Vec<Format> = COLUMNS.iter().map(|column| format_of(column.takes)).collect();
    let text = format_of(Takes::Text);
    for (number, area) in (1_u32..).zip(&list.areas) {
        let found = by_row.get(&area.source).map_or(&[][..], Vec::as_slice);
        let record = records.get(&area.source).copied();
        let coarse = found.iter().any(|f| f.finding.rule == Rule::CoordLowPrecision);
        let values = values(number, area, record, coarse)
            .into_iter()
            .chain(trace(area, found).map(Value::Text))
            .chain(extra.values(area, record));
        for (column, value) in (0_u16..).zip(values) {
            let format = formats.get(usize::from(column)).unwrap_or(&text);
            write(sheet, HEADER_ROW + number, column, value, format)?;
        }
    }
    explain(workbook.add_worksheet())?;
    Ok(workbook.save_to_buffer()?)
}

fn write(
    sheet: &mut Worksheet,
    row: u32,
    column: u16,
    value: Value,
    format: &Format,
) -> Result<(), XlsxError> {
    match value {
        Value::Empty => {}
        Value::Text(text) if text.is_empty() => {}
        Value::Text(text) => {
            sheet.write_string_with_format(row, column, cut(&text), format)?;
        }
        Value::Number(number) => {
            sheet.write_number_with_format(row, column, number, format)?;
        }
        Value::Date(year, month, day) => {
            let date = ExcelDateTime::from_ymd(year, month, day)?;
            sheet.write_datetime_with_format(row, column, &date, format)?;
        }
    }
    Ok(())
}

/// The values of the form's columns, in their order.
fn values(number: u32, area: &Area, record: Option<&RawRecord>, coarse: bool) -> [Value; 17] {
    let text = |text: &Option<String>| text.clone().map_or(Value::Empty, Value::Text);
    let count = |count: Option<u32>| count.map_or(Value::Empty, |n| Value::Number(f64::from(n)));
    let mark = |mark: Option<bool>| {
        mark.map_or(Value::Empty, |yes| Value::Text(YES_NO[usize::from(!yes)].to_owned()))
    };
    let names: Vec<&str> = area.villages.iter().map(|village| village.clean.as_str()).collect();
    let degrees = |value: f64| degrees(value, coarse);
    let of = |field: Field| record.and_then(|r| r.text(field)).map(|text| clean(text).text);
    let position = area.position.map(|position| position.position);
    [
        count(Some(number)),
        text(&area.district),
        text(&area.commune),
        Value::Text(names.join(", ")),
        position.map_or(Value::Empty, |p| degrees(p.lat_deg())),
        position.map_or(Value::Empty, |p| degrees(p.lon_deg())),
        count(area.households),
        count(area.population),
        mark(area.hardship),
        mark(area.grid_power),
        area.severity.map_or(Value::Empty, |severity| {
            Value::Text(SEVERITIES[usize::from(severity == Severity::Weak)].to_owned())
        }),
        text(&area.technology),
        text(&of(Field::Reason)),
        text(&of(Field::NearestStation)),
        record.and_then(|r| r.cell(Field::NearestStationKm)).map_or(
            Value::Empty,
            |cell| match parse_decimal(&cell.text, cell.kind) {
                Ok(Some(km)) => Value::Number(km.value),
                _ => Value::Text(clean(&cell.text).text),
            },
        ),
        record.map_or(Value::Empty, date),
        text(&of(Field::Note)),
    ]
}

/// Degrees to seven decimals, a centimetre. A number whose last decimals are zeros loses them in the cell and would read
/// as a coarse one; where the list's own was not coarse it is written out as text.
fn degrees(value: f64, coarse: bool) -> Value {
    let rounded = (value * 1e7).round() / 1e7;
    let has_three = ((rounded * 100.0).round() / 100.0 - rounded).abs() > 1e-9;
    if coarse || has_three { Value::Number(rounded) } else { Value::Text(format!("{rounded:.6}")) }
}

/// The date as a date where it is one, else as it stands.
fn date(record: &RawRecord) -> Value {
    let Some(cell) = record.cell(Field::SurveyDate) else { return Value::Empty };
    match parse_date(&cell.text, cell.kind) {
        Ok(Some(date)) => Value::Date(date.year(), date.month(), date.day()),
        Ok(None) => Value::Empty,
        Err(_) => Value::Text(cell.text.trim().to_owned()),
    }
}

/// Where a row is from, its repairs, and what still needs a look.
fn trace(area: &Area, found: &[&ReportedFinding]) -> [String; 3] {
    let Source { file, sheet, row } = &area.source;
    let place = match sheet {
        Some(sheet) => format!("{file}!{sheet}!{row}"),
        None => format!("{file}!{row}"),
    };
    let named = |wanted: &dyn Fn(&ReportedFinding) -> bool| -> String {
        let chosen = found.iter().filter(|f| wanted(f));
        let words: Vec<String> =
            chosen.map(|f| format!("{} ({})", f.finding.rule.code(), f.fingerprint)).collect();
        words.join("; ")
    };
    let is_repair = |f: &ReportedFinding| f.finding.used.is_some();
    let is_open =
        |f: &ReportedFinding| f.finding.used.is_none() && f.level > Level::Info && f.waived.is_none();
    [place, named(&is_repair), named(&is_open)]
}
