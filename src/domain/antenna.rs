//! What a table says of a site's antennas, as far as it says it.

use super::Source;

/// Heights above ground that antennas of masts may have, m: what P.1812 takes.
pub const MAST_HEIGHT_M: (f64, f64) = (1.0, 3000.0);

/// One row's words about antennas. What it does not say is as in the study. Several sectors are several rows of one site,
/// or one row with several azimuths.
#[derive(Debug, Clone, PartialEq)]
pub struct AntennaRow {
    /// Where the antennas look, degrees clockwise from north; empty where it is not said.
    pub azimuths_deg: Vec<f64>,
    /// How far they look down, degrees: one for all or one for each azimuth; empty where it is not said.
    pub tilts_deg: Vec<f64>,
    /// `omni`, `sector`, `three_sectors`, as written.
    pub pattern: Option<String>,
    /// Antennas above ground, m.
    pub height_agl_m: Option<f64>,
    /// Greatest gain, dBi.
    pub gain_dbi: Option<f64>,
    /// Power of the whole carrier at the transmitter's output, dBm.
    pub power_dbm: Option<f64>,
    /// EIRP of the whole carrier in the direction of greatest gain, dBm.
    pub carrier_eirp_dbm: Option<f64>,
    /// Technology and band: a preset's key, as written.
    pub preset: Option<String>,
    /// The first cell that is not what it must be: a prediction that needs the site refuses it.
    pub unreadable: Option<Unreadable>,
    /// The row.
    pub source: Source,
}

/// A cell about an antenna that cannot be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unreadable {
    /// The field's key.
    pub column: &'static str,
    /// What stands in it.
    pub found: String,
}

impl AntennaRow {
    /// Whether the row says anything that differs from the study; the height alone is the site's own matter.
    pub fn says_something(&self) -> bool {
        !self.azimuths_deg.is_empty()
            || !self.tilts_deg.is_empty()
            || self.pattern.is_some()
            || self.gain_dbi.is_some()
            || self.power_dbm.is_some()
            || self.carrier_eirp_dbm.is_some()
            || self.preset.is_some()
            || self.unreadable.is_some()
    }
}
