//! A CSV table whose cells are numbers, read with the place of every fault.

use std::path::{Path, PathBuf};

use csv::StringRecord;

/// Why a table of profiles or cases cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum LinksError {
    /// The file cannot be opened or is no CSV.
    #[error("{}: {source}. Check the path and that it is a comma-separated UTF-8 table", path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// What was found.
        source: csv::Error,
    },
    /// A column is missing.
    #[error("{}: no column {column}. Its first line must name {wanted}", path.display())]
    NoColumn {
        /// The file.
        path: PathBuf,
        /// The column.
        column: &'static str,
        /// All columns that are needed.
        wanted: &'static str,
    },
    /// A cell does not hold what it must.
    #[error("{}, line {line}, column {column}: {found:?} {advice}", path.display())]
    Cell {
        /// The file.
        path: PathBuf,
        /// The line, from 1.
        line: u64,
        /// The column.
        column: &'static str,
        /// What the cell holds.
        found: String,
        /// What is wrong and what to do.
        advice: String,
    },
    /// A table without rows.
    #[error("{}: no rows below the titles", path.display())]
    Empty {
        /// The file.
        path: PathBuf,
    },
}

/// A table, whole.
pub(super) struct Sheet<'a> {
    pub path: &'a Path,
    pub titles: Vec<String>,
    pub rows: Vec<StringRecord>,
}

impl<'a> Sheet<'a> {
    pub(super) fn read(path: &'a Path) -> Result<Sheet<'a>, LinksError> {
        let unreadable = |source| LinksError::Unreadable { path: path.to_owned(), source };
        let mut reader =
            csv::ReaderBuilder::new().trim(csv::Trim::All).from_path(path).map_err(unreadable)?;
        let titles = reader.headers().map_err(unreadable)?;
        let titles = titles.iter().map(|t| t.trim_start_matches('\u{feff}').trim().to_owned()).collect();
        let rows: Vec<StringRecord> = reader.records().collect::<Result<_, _>>().map_err(unreadable)?;
        if rows.is_empty() {
            return Err(LinksError::Empty { path: path.to_owned() });
        }
        Ok(Sheet { path, titles, rows })
    }

    pub(super) fn column(&self, name: &'static str) -> Option<Column<'_>> {
        let index = self.titles.iter().position(|t| t.eq_ignore_ascii_case(name))?;
        Some(Column { path: self.path, name, index })
    }

    pub(super) fn required(
        &self,
        name: &'static str,
        wanted: &'static str,
    ) -> Result<Column<'_>, LinksError> {
        let missing = || LinksError::NoColumn { path: self.path.to_owned(), column: name, wanted };
        self.column(name).ok_or_else(missing)
    }
}

/// A column of a table.
#[derive(Clone, Copy)]
pub(super) struct Column<'a> {
    path: &'a Path,
    pub name: &'static str,
    index: usize,
}

impl Column<'_> {
    pub(super) fn text<'r>(&self, row: &'r StringRecord) -> &'r str {
        row.get(self.index).unwrap_or("")
    }

    /// The number in a cell; `None` where it is empty.
    pub(super) fn optional(&self, row: &StringRecord) -> Result<Option<f64>, LinksError> {
        let text = self.text(row);
        if text.is_empty() {
            return Ok(None);
        }
        match text.parse::<f64>() {
            Ok(number) if number.is_finite() => Ok(Some(number)),
            _ => Err(self.fault(row, "is not a number; write it like 12.5")),
        }
    }

    pub(super) fn number(&self, row: &StringRecord) -> Result<f64, LinksError> {
        let missing =
            || self.fault(row, "is empty; what is not known is not 0: give a number or leave the row out");
        self.optional(row)?.ok_or_else(missing)
    }

    pub(super) fn fault(&self, row: &StringRecord, advice: impl Into<String>) -> LinksError {
        LinksError::Cell {
            path: self.path.to_owned(),
            line: row.position().map_or(0, csv::Position::line),
            column: self.name,
            found: self.text(row).to_owned(),
            advice: advice.into(),
        }
    }
}
