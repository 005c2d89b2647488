//! What a row of a list means, and what was planted in it.

use anyhow::Context as _;

use super::rows::Row;

pub struct Truth(csv::Writer<Vec<u8>>);

impl Truth {
    pub fn new() -> anyhow::Result<Truth> {
        let mut writer = csv::Writer::from_writer(Vec::new());
        writer.write_record(["row", "village_id", "lat", "lon", "faults"])?;
        Ok(Truth(writer))
    }

    /// A line for every village meant, one with an empty id where the register has none.
    pub fn add(&mut self, place: &str, row: &Row<'_>) -> anyhow::Result<()> {
        let faults: Vec<&str> = row.faults.iter().map(|fault| fault.key()).collect();
        let faults = faults.join("|");
        let mut line = |id: &str, at: phusong::geodesy::LatLon| {
            self.0.write_record([place, id, &at.lat_deg().to_string(), &at.lon_deg().to_string(), &faults])
        };
        if row.means.is_empty() {
            line("", row.position)?;
        }
        for village in &row.means {
            line(&village.id, village.position)?;
        }
        Ok(())
    }

    pub fn finish(self) -> anyhow::Result<Vec<u8>> {
        self.0.into_inner().ok().context("writing the truth")
    }
}
