//! Bands as they are usually built, to start from. Every value can be changed, in the study or for a site.
//!
//! From sources:
//! - Power 46 dBm for carriers of 10 and 20 MHz, feeder 3 dB, panel 15 dBi below 1 GHz (Table 2) and 18 dBi from 1 to 3 GHz
//!   (Table 3), handset −3 dBi, body 4 dB, mast 30 m: Report ITU-R M.2292-0, macro rural.
//! - Resource blocks: 3GPP TS 36.101 Table 5.6-1 (10 MHz: 50, 20 MHz: 100), TS 38.101-1 Table 5.3.2-1 (15 kHz: 10 MHz 52,
//!   20 MHz 106; 30 kHz: 20 MHz 51).
//! - Frequencies: the middle of the downlink of bands 28 (758–803 MHz), 8 (925–960), 3 (1805–1880), 1 (2110–2170), 7
//!   (2620–2690) in TS 36.101 Table 5.5-1, of n28, n8, n3, n1 likewise and of n41 (2496–2690) in TS 38.101-1 Table 5.2-1.
//! - GSM power 43 dBm: the lower end of power class 5 (20 to 40 W) of a GSM 900 transceiver, TS 45.005 §4.1.2.
//! - Model error 8 dB: shadow fading of RMa without line of sight, 3GPP TR 38.901 Table 7.4.1-1.
//!
//! Assumptions, for which no norm stands:
//! - The level of LTE is that of a resource element with an equal share of the whole power, all antenna ports together. With
//!   two ports that is the reference signal's where it is boosted by 3 dB (P_B = 1, TS 36.213 Table 5.2-1); without boost RSRP
//!   is 3 dB lower, with four ports and the same whole power lower still: give the study's `power_dbm` accordingly.
//! - RSRP −110 dBm: per resource element 12 to 15 dB above the reference sensitivity of TS 36.101 Table 7.3.1-1 (−94 dBm in
//!   10 MHz of band 8 are −121.8 dBm). SS-RSRP −110 dBm by the same measure. RxLev −95 dBm: 7 dB above the −102 dBm of a
//!   GSM 900 handset in TS 45.005 §6.2. An operator's own planning level goes into `threshold_dbm`.
//! - 75 % at a place, outdoors: entry loss 0.
//! - One antenna alike in every direction, 3 dB below its panels: a candidate's sectors are not designed yet, and
//!   12 (φ/70°)² of TR 36.814 is 2.9 dB on average (over ±60°) over a sector of 120°. M.2292 has panels look down by 3°; here 0° until
//!   somebody says otherwise. Its panels are 65° wide (F.1336); those of TR 36.814 are 70°.
//! - The model error is RMa's shadow fading, which has location variability in it; P.1812's own (1.4 dB for squares of 50 m) is
//!   joined with it all the same. Counted twice it is 0.1 dB of margin at 75 %, on the cautious side; `calibrate` takes it out.
//! - A GSM handset as one of M.2292. The 20 MHz of NR 2600 are a part of the 100 MHz that a carrier of n41 may have: power
//!   spread over a wider carrier is lower for each resource element.

use super::{Antenna, BudgetOptions, Pattern};

/// What a level means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Technology {
    /// 2G: RxLev.
    Gsm,
    /// 4G: RSRP.
    Lte,
    /// 5G: SS-RSRP.
    Nr,
}

impl Technology {
    /// The name of the level: `RxLev`, `RSRP`, `SS-RSRP`.
    pub fn level_name(self) -> &'static str {
        match self {
            Technology::Gsm => "RxLev",
            Technology::Lte => "RSRP",
            Technology::Nr => "SS-RSRP",
        }
    }
}

/// A technology in a band.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Preset {
    /// GSM 900.
    Gsm900,
    /// LTE 700, band 28, 10 MHz.
    Lte700,
    /// LTE 900, band 8, 10 MHz: the default.
    #[default]
    Lte900,
    /// LTE 1800, band 3, 20 MHz.
    Lte1800,
    /// LTE 2100, band 1, 20 MHz.
    Lte2100,
    /// LTE 2600, band 7, 20 MHz.
    Lte2600,
    /// NR 700, band n28, 10 MHz.
    Nr700,
    /// NR 900, band n8, 10 MHz.
    Nr900,
    /// NR 1800, band n3, 20 MHz.
    Nr1800,
    /// NR 2100, band n1, 20 MHz.
    Nr2100,
    /// NR 2600, band n41, 20 MHz of it at 30 kHz.
    Nr2600,
}

/// How much lower the gain of three panels is on average than that of one where it looks, dB.
const SECTOR_AVERAGE_DB: f64 = 3.0;

impl Preset {
    /// All of them.
    pub const ALL: [Preset; 11] = [
        Preset::Gsm900,
        Preset::Lte700,
        Preset::Lte900,
        Preset::Lte1800,
        Preset::Lte2100,
        Preset::Lte2600,
        Preset::Nr700,
        Preset::Nr900,
        Preset::Nr1800,
        Preset::Nr2100,
        Preset::Nr2600,
    ];

    /// Key (technology and band), downlink frequency in MHz, resource elements.
    fn row(self) -> (&'static str, Technology, f64, u32) {
        use Technology::{Gsm, Lte, Nr};
        match self {
            Preset::Gsm900 => ("gsm900", Gsm, 942.5, 1),
            Preset::Lte700 => ("lte700", Lte, 780.5, 50 * 12),
            Preset::Lte900 => ("lte900", Lte, 942.5, 50 * 12),
            Preset::Lte1800 => ("lte1800", Lte, 1842.5, 100 * 12),
            Preset::Lte2100 => ("lte2100", Lte, 2140.0, 100 * 12),
            Preset::Lte2600 => ("lte2600", Lte, 2655.0, 100 * 12),
            Preset::Nr700 => ("nr700", Nr, 780.5, 52 * 12),
            Preset::Nr900 => ("nr900", Nr, 942.5, 52 * 12),
            Preset::Nr1800 => ("nr1800", Nr, 1842.5, 106 * 12),
            Preset::Nr2100 => ("nr2100", Nr, 2140.0, 106 * 12),
            Preset::Nr2600 => ("nr2600", Nr, 2593.0, 51 * 12),
        }
    }

    /// The key in study files and flags: `lte900`.
    pub fn key(self) -> &'static str {
        self.row().0
    }

    /// The preset of a key.
    pub fn from_key(key: &str) -> Option<Preset> {
        Preset::ALL.into_iter().find(|preset| preset.key() == key)
    }

    /// Gain of one sector's panel where it looks, dBi.
    pub fn panel_gain_dbi(self) -> f64 {
        Preset::usual_gain_dbi(self.row().2, false)
    }

    /// The gain that an antenna for a frequency has where nobody says it, dBi: of a panel where it looks, or, `omni`, of
    /// three panels on average in every direction.
    pub fn usual_gain_dbi(freq_mhz: f64, omni: bool) -> f64 {
        let panel_dbi = if freq_mhz < 1_000.0 { 15.0 } else { 18.0 };
        if omni { panel_dbi - SECTOR_AVERAGE_DB } else { panel_dbi }
    }

    /// The link budget to start from.
    pub fn options(self) -> BudgetOptions {
        let (_, technology, freq_mhz, resource_elements) = self.row();
        let gsm = technology == Technology::Gsm;
        BudgetOptions {
            technology,
            freq_mhz,
            power_dbm: if gsm { 43.0 } else { 46.0 },
            resource_elements,
            feeder_loss_db: 3.0,
            antenna: Antenna { gain_dbi: Preset::usual_gain_dbi(freq_mhz, true), pattern: Pattern::Omni },
            rx_gain_dbi: -3.0,
            rx_height_m: 1.5,
            body_loss_db: 4.0,
            entry_loss_db: 0.0,
            threshold_dbm: if gsm { -95.0 } else { -110.0 },
            sigma_db: 8.0,
            probability: 0.75,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::LinkBudget;
    use super::*;

    #[test]
    fn every_preset_is_a_link_budget_and_is_found_by_its_key() {
        for preset in Preset::ALL {
            assert!(LinkBudget::new(&preset.options()).is_ok(), "{preset:?}");
            assert_eq!(Preset::from_key(preset.key()), Some(preset));
        }
        assert_eq!(Preset::from_key("lte"), None);
    }

    #[test]
    fn thresholds_lie_above_what_a_handset_must_receive() {
        // Reference sensitivity, QPSK, dBm in the preset's bandwidth: TS 36.101 Table 7.3.1-1.
        for (preset, sensitivity_dbm) in [
            (Preset::Lte700, -95.5),
            (Preset::Lte900, -94.0),
            (Preset::Lte1800, -91.0),
            (Preset::Lte2100, -94.0),
            (Preset::Lte2600, -92.0),
        ] {
            let options = preset.options();
            let element_dbm = sensitivity_dbm - 10.0 * f64::from(options.resource_elements).log10();
            let above_db = options.threshold_dbm - element_dbm;
            assert!((11.5..15.0).contains(&above_db), "{preset:?}: {above_db} dB");
        }
    }

    #[test]
    fn power_is_spread_over_the_whole_carrier() {
        // 46 dBm − 10 log10(600) − 3 dB + 12 dBi = 27.218 dBm; twice the bandwidth is 3.01 dB less, the panel 3 dB more.
        let eirp = |preset: Preset| LinkBudget::new(&preset.options()).unwrap().eirp_dbm();
        assert!((eirp(Preset::Lte900) - 27.218_487).abs() < 1e-6);
        assert!((eirp(Preset::Lte1800) - 27.208_188).abs() < 1e-6, "{}", eirp(Preset::Lte1800));
        assert!((eirp(Preset::Gsm900) - 52.0).abs() < 1e-12);
    }
}
