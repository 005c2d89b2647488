//! A file as it stands, cell by cell: what a list that came without formats (CSV, XLS, ODS) is given back from.
//!
//! Not here: XLSX, whose own bytes are given back; GeoJSON, which has no cells.

use std::sync::Arc;

use super::context::Context;
use super::row::Row;
use super::{ReadError, ReadOptions, read_in};

/// The visible cells of one sheet, or of one CSV file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grid {
    /// The sheet's name, where the format has sheets.
    pub sheet: Option<Arc<str>>,
    /// The non-empty rows, top-down.
    pub rows: Vec<GridRow>,
}

/// One row of a [`Grid`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GridRow {
    /// Row number, from 1, as findings name it.
    pub number: u32,
    /// The cells that hold something of their own: column (from 0) and text, decoded but not cleaned.
    pub cells: Vec<(u32, String)>,
}

/// Reads the cells of a file; none for GeoJSON.
///
/// # Errors
/// As [`super::read_bytes`].
pub fn read_grids(name: &str, bytes: &[u8], options: &ReadOptions) -> Result<Vec<Grid>, ReadError> {
    let mut grids = Vec::new();
    let mut context = Context::new(name, options);
    context.grids = Some(&mut grids);
    read_in(name, bytes, context)?;
    Ok(grids)
}

/// Keeps a row of the sheet that is being read.
pub(super) fn keep(grids: &mut Vec<Grid>, sheet: Option<&Arc<str>>, row: &Row) {
    if grids.last().is_none_or(|grid| grid.sheet.as_ref() != sheet) {
        grids.push(Grid { sheet: sheet.cloned(), rows: Vec::new() });
    }
    let cells: Vec<(u32, String)> = row.own().map(|cell| (cell.column, cell.text.to_owned())).collect();
    if let (Some(grid), false) = (grids.last_mut(), cells.is_empty()) {
        grid.rows.push(GridRow { number: row.number, cells });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_come_as_they_stand_with_the_numbers_of_their_rows() {
        let text = "DANH SÁCH\n\nSTT;Xã;Bản\n1;Xã X;  Bản A \n2;nt;\"Bản\nB\"\n3;;Bản C\n";
        let grids = read_grids("a.csv", text.as_bytes(), &ReadOptions::default()).unwrap();
        let [grid] = grids.as_slice() else { panic!("one grid, not {}", grids.len()) };
        let numbers: Vec<u32> = grid.rows.iter().map(|row| row.number).collect();
        assert_eq!(numbers, [1, 3, 4, 5, 6]);
        assert_eq!(grid.rows[2].cells[2], (2, "  Bản A ".to_owned()));
        assert_eq!(grid.rows[3].cells[1].1, "nt");
        assert_eq!(grid.rows[4].cells.iter().map(|c| c.0).collect::<Vec<_>>(), [0, 2]);
    }

    #[test]
    fn geojson_has_no_cells() {
        let text = r#"{"type":"FeatureCollection","features":[]}"#;
        assert_eq!(read_grids("a.geojson", text.as_bytes(), &ReadOptions::default()).unwrap(), []);
    }
}
