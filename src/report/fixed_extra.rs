//! The columns of a list that the form lacks, carried over into the repaired list under their own titles.
//!
//! In: the list, its file as read, its cells. Out: titles, and for each area their values. Recognised columns are cleaned
//! like every text (legacy fonts); the others stand as they stood.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::fixed::{MORE, Value};
use crate::domain::Area;
use crate::finding::column_letters;
use crate::normalize::list::AreaList;
use crate::read::{CellKind, Field, Grid, RawFile, RawRecord, RawTable};
use crate::text::clean;

/// Fields that the form's own columns hold, however the list writes them. A column of carriers is looked at by itself:
/// one that names none holds technologies.
const IN_THE_FORM: [Field; 23] = [
    Field::Sequence,
    Field::District,
    Field::Commune,
    Field::Village,
    Field::Latitude,
    Field::Longitude,
    Field::Northing,
    Field::Easting,
    Field::Position,
    Field::Households,
    Field::Population,
    Field::Hardship,
    Field::GridPower,
    Field::Severity,
    Field::Technology,
    Field::Reason,
    Field::NearestStation,
    Field::NearestStationKm,
    Field::SurveyDate,
    Field::Note,
    Field::Carrier,
    // One province a list, and the old commune stands in the form's column where there is no other.
    Field::Province,
    Field::OldCommune,
];
/// The title of the column of carriers.
const CARRIER: &str = "Doanh nghiệp";
/// Width of a column carried over, characters.
const WIDTH: f64 = 18.0;

/// A place in a sheet: its name, the row.
type Place<'a> = (Option<&'a Arc<str>>, u32);

/// The columns carried over.
pub(super) struct Extra<'a> {
    /// Titles in the order of the file.
    titles: Vec<String>,
    /// Which columns (sheet, column) go under which title.
    columns: BTreeMap<(Option<&'a Arc<str>>, u32), usize>,
    cells: BTreeMap<Place<'a>, &'a [(u32, String)]>,
    own_carrier: Option<&'a AreaList>,
}

impl<'a> Extra<'a> {
    pub fn new(list: &'a AreaList, raw: Option<&'a RawFile>, grids: &'a [Grid]) -> Extra<'a> {
        let mut extra =
            Extra { titles: Vec::new(), columns: BTreeMap::new(), cells: BTreeMap::new(), own_carrier: None };
        if list.areas.iter().any(|area| area.carrier != list.carrier) {
            extra.own_carrier = Some(list);
            extra.titles.push(CARRIER.to_owned());
        }
        for grid in grids {
            let rows = grid.rows.iter().map(|row| ((grid.sheet.as_ref(), row.number), row.cells.as_slice()));
            extra.cells.extend(rows);
        }
        for table in raw.map_or(&[][..], |raw| &raw.tables) {
            for column in extra.used(table) {
                let title = title(table, column);
                let at = extra.titles.iter().position(|known| *known == title).unwrap_or_else(|| {
                    extra.titles.push(title);
                    extra.titles.len() - 1
                });
                extra.columns.insert((table.sheet.as_ref(), column), at);
            }
        }
        extra
    }

    /// The columns of a table that hold something in a row of data and that the form lacks.
    fn used(&self, table: &'a RawTable) -> BTreeSet<u32> {
        let field = |column: u32| table.header.iter().find(|h| h.column == column).and_then(|h| h.field);
        // Of a list that was repaired before, its traces are written anew.
        let is_trace = |column: u32| MORE.iter().any(|(own, _)| *own == title(table, column));
        let is_extra = |column: &u32| {
            field(*column).is_none_or(|field| !IN_THE_FORM.contains(&field)) && !is_trace(*column)
        };
        let mut used = BTreeSet::new();
        for record in &table.records {
            used.extend(record.cells.iter().map(|(_, cell)| cell.column).filter(is_extra));
            used.extend(self.own_cells(record).map(|(column, _)| *column).filter(is_extra));
        }
        used
    }

    fn own_cells(&self, record: &RawRecord) -> impl Iterator<Item = &'a (u32, String)> {
        self.cells.get(&(record.source.sheet.as_ref(), record.source.row)).copied().unwrap_or_default().iter()
    }

    /// Titles with widths.
    pub fn titles(&self) -> impl Iterator<Item = (&str, f64)> {
        self.titles.iter().map(|title| (title.as_str(), WIDTH))
    }

    /// The values of an area's row, in the order of the titles.
    pub fn values(&self, area: &Area, record: Option<&RawRecord>) -> Vec<Value> {
        let mut values: Vec<Value> = self.titles.iter().map(|_| Value::Empty).collect();
        if let (Some(_), Some(first)) = (self.own_carrier, values.first_mut()) {
            *first = Value::Text(area.carrier.name().to_owned());
        }
        let Some(record) = record else { return values };
        let sheet = record.source.sheet.as_ref();
        for (column, text) in self.own_cells(record) {
            if let Some(value) = self.columns.get(&(sheet, *column)).and_then(|at| values.get_mut(*at)) {
                *value = Value::Text(text.trim().to_owned());
            }
        }
        for (_, cell) in &record.cells {
            if let Some(value) = self.columns.get(&(sheet, cell.column)).and_then(|at| values.get_mut(*at)) {
                *value = match cell.kind {
                    CellKind::Number(number) => Value::Number(number),
                    _ => Value::Text(clean(&cell.text).text),
                };
            }
        }
        values
    }
}

/// A column's title, cleaned; of one without a title its letters.
fn title(table: &RawTable, column: u32) -> String {
    let title = clean(table.column_title(column)).text;
    if title.is_empty() { format!("Cột {}", column_letters(column)) } else { title }
}
