//! A CSV table whose rows say where their data is simulated.

use std::io::{self, Write};

/// Whether what is written rests on simulated data: `Simulated(true)` where a study says so. `Simulated(false)` claims
/// nothing, for a study that says nothing may have been simulated as well.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Simulated(pub bool);

/// The column that tables of simulated data have behind their own, and the key in JSON.
pub const SIMULATED: &str = "simulated";

/// Rows on their way into a CSV. Of simulated data every row ends in the column `simulated`, which is always `true`;
/// other tables do not have the column.
pub struct CsvTable<'w> {
    csv: csv::Writer<&'w mut dyn Write>,
    simulated: Simulated,
    titled: bool,
}

impl<'w> CsvTable<'w> {
    /// A table that begins with a byte order mark: spreadsheet programs then show Vietnamese right.
    ///
    /// # Errors
    /// Those of the writer.
    pub fn new(out: &'w mut dyn Write, simulated: Simulated) -> io::Result<CsvTable<'w>> {
        out.write_all("\u{feff}".as_bytes())?;
        Ok(CsvTable::without_mark(out, simulated))
    }

    /// A table without a byte order mark.
    pub fn without_mark(out: &'w mut dyn Write, simulated: Simulated) -> CsvTable<'w> {
        CsvTable { csv: csv::Writer::from_writer(out), simulated, titled: false }
    }

    /// Writes a row; the first one holds the titles.
    ///
    /// # Errors
    /// Those of the writer, and where a row has more or fewer cells than the titles.
    pub fn write_record<I>(&mut self, record: I) -> io::Result<()>
    where
        I: IntoIterator,
        I::Item: AsRef<[u8]>,
    {
        if !self.simulated.0 {
            return Ok(self.csv.write_record(record)?);
        }
        for cell in record {
            self.csv.write_field(cell)?;
        }
        self.csv.write_field(if self.titled { "true" } else { SIMULATED })?;
        self.titled = true;
        Ok(self.csv.write_record(None::<&[u8]>)?)
    }

    /// Passes on what is left.
    ///
    /// # Errors
    /// Those of the writer.
    pub fn flush(&mut self) -> io::Result<()> {
        self.csv.flush()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(simulated: bool) -> String {
        let mut bytes = Vec::new();
        let mut table = CsvTable::new(&mut bytes, Simulated(simulated)).unwrap();
        table.write_record(["a", "b"]).unwrap();
        table.write_record(["1", ""]).unwrap();
        table.flush().unwrap();
        drop(table);
        String::from_utf8(bytes).unwrap()
    }

    #[test]
    fn every_row_of_simulated_data_says_so_and_other_tables_keep_their_columns() {
        assert_eq!(written(true), "\u{feff}a,b,simulated\n1,,true\n");
        assert_eq!(written(false), "\u{feff}a,b\n1,\n");
    }
}
