//! What a level is the sum of, term by term.

use super::LinkBudget;

/// The terms of a link budget, dB (the power dBm), each with its sign: their sum is the mean level.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct BudgetTerms {
    /// Power of the whole carrier at the transmitter's output, dBm.
    pub power_dbm: f64,
    /// Spread over the resource elements: 0 or negative.
    pub spread_db: f64,
    /// Feeder: 0 or negative.
    pub feeder_db: f64,
    /// Greatest gain of the site's antenna.
    pub gain_db: f64,
    /// Against it towards the receiver, by the pattern: 0 or negative.
    pub pattern_db: f64,
    /// The path: minus its basic transmission loss.
    pub path_db: f64,
    /// Gain of the receiver's antenna.
    pub rx_gain_db: f64,
    /// The user's body: 0 or negative.
    pub body_db: f64,
    /// The way into a building: 0 or negative.
    pub entry_db: f64,
    /// What calibration by drive tests adds.
    pub calibration_db: f64,
}

impl BudgetTerms {
    /// The terms with their keys, in the order of the path: `power`, `spread`, `feeder`, `antenna_gain`,
    /// `antenna_pattern`, `path`, `rx_gain`, `body`, `entry`, `calibration`.
    pub fn list(&self) -> [(&'static str, f64); 10] {
        [
            ("power", self.power_dbm),
            ("spread", self.spread_db),
            ("feeder", self.feeder_db),
            ("antenna_gain", self.gain_db),
            ("antenna_pattern", self.pattern_db),
            ("path", self.path_db),
            ("rx_gain", self.rx_gain_db),
            ("body", self.body_db),
            ("entry", self.entry_db),
            ("calibration", self.calibration_db),
        ]
    }

    /// Their sum: the mean level, dBm.
    pub fn level_dbm(&self) -> f64 {
        self.list().iter().map(|(_, db)| db).sum()
    }
}

impl LinkBudget {
    /// The terms of [`level_dbm`](Self::level_dbm), with the same arguments; not calibrated.
    pub fn terms(&self, loss_db: f64, azimuth_deg: f64, elevation_deg: f64) -> BudgetTerms {
        let o = &self.options;
        // Not "-0": what is nothing has no sign.
        let minus = |db: f64| 0.0 - db;
        BudgetTerms {
            power_dbm: o.power_dbm,
            spread_db: minus(10.0 * f64::from(o.resource_elements).log10()),
            feeder_db: minus(o.feeder_loss_db),
            gain_db: o.antenna.gain_dbi,
            pattern_db: minus(o.antenna.pattern.attenuation_db(azimuth_deg, elevation_deg)),
            path_db: minus(loss_db),
            rx_gain_db: o.rx_gain_dbi,
            body_db: minus(o.body_loss_db),
            entry_db: minus(o.entry_loss_db),
            calibration_db: 0.0,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Antenna, BudgetOptions, Pattern, Preset};
    use super::*;

    #[test]
    fn the_terms_are_the_level() {
        let pattern = Pattern::Sector { azimuth_deg: 90.0, tilt_deg: 4.0 };
        let options = BudgetOptions {
            antenna: Antenna { gain_dbi: 15.0, pattern },
            entry_loss_db: 12.0,
            ..Preset::Lte900.options()
        };
        let budget = LinkBudget::new(&options).unwrap();
        // 35° off: 3 dB; towards the horizon 12 · 0.4² = 1.92 dB.
        let terms = budget.terms(131.5, 125.0, 0.0);
        assert!((terms.pattern_db + 4.92).abs() < 1e-12, "{terms:?}");
        // 46 − 27.7815 − 3 + 15 − 4.92 − 131.5 − 3 − 4 − 12 = −125.2015 dBm.
        assert!((terms.level_dbm() + 125.201_513).abs() < 1e-6, "{}", terms.level_dbm());
        assert!((terms.level_dbm() - budget.level_dbm(131.5, 125.0, 0.0)).abs() < 1e-9);
    }
}
