//! From a loss to a level, and from a level to "served": power, antennas, losses at both ends, threshold, fading.
//!
//! In: [`BudgetOptions`] (often from a [`Preset`]) and a basic transmission loss. Out: the mean level at the receiver,
//! dBm, and the probability that the level at a place is at least the threshold. A level is RSRP for LTE, SS-RSRP for NR
//! (the mean power of one resource element, 3GPP TS 36.214 §5.1.1, TS 38.215 §5.1.1) and RxLev for GSM (the power of the
//! carrier, TS 45.008 §8.1.4).
//!
//! Mean level: `power − 10 log10(resource elements) − feeder + antenna gain − loss + receiver's gain − body − entry`.
//! Around it the level is taken as normally distributed in dB. Its standard deviation joins the model's own error with the
//! location variability of the model, where it has one, as independent: `σ² = σ_model² + σ_location²`.
//! Not here: the loss itself, and who the places are.

mod antenna;
mod error;
mod fading;
mod preset;
mod terms;

pub use antenna::{Antenna, Pattern};
pub use error::BudgetError;
pub use fading::{exceedance_probability, fade_margin_sigmas};
pub use preset::{Preset, Technology};
pub use terms::BudgetTerms;

/// Everything that a link budget is made of.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct BudgetOptions {
    /// What the level means.
    pub technology: Technology,
    /// Downlink frequency, MHz, 30 to 6 000.
    pub freq_mhz: f64,
    /// Power of the whole carrier at the transmitter's output, all antenna ports together, dBm, 0 to 80.
    pub power_dbm: f64,
    /// Resource elements (subcarriers) over which that power is spread: 12 times the resource blocks. 1 for GSM.
    pub resource_elements: u32,
    /// Loss between transmitter and antenna, dB, 0 to 30.
    pub feeder_loss_db: f64,
    /// The site's antenna.
    pub antenna: Antenna,
    /// Gain of the receiver's antenna, dBi, −20 to 30.
    pub rx_gain_dbi: f64,
    /// Receiver above ground, m, 1 to 100. Default: 1.5.
    pub rx_height_m: f64,
    /// Loss to the user's body, dB, 0 to 30.
    pub body_loss_db: f64,
    /// Loss into a building, dB, 0 to 60. Default: 0, outdoors.
    pub entry_loss_db: f64,
    /// The least level with which a place counts as served, dBm, −150 to 0.
    pub threshold_dbm: f64,
    /// Standard deviation of the model's error, dB, 0 to 30.
    pub sigma_db: f64,
    /// The probability asked for, 0.01 to 0.99: served is `P(level ≥ threshold) ≥ probability`.
    pub probability: f64,
}

/// A link budget: checked.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct LinkBudget {
    options: BudgetOptions,
    /// Power of a resource element at the antenna's input, dBm.
    element_dbm: f64,
    /// What the receiver's side adds, dB; mostly negative.
    receiver_db: f64,
    /// Standard deviations by which the mean must exceed the threshold.
    margin_sigmas: f64,
}

/// What is predicted for one receiver.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Verdict {
    /// Mean level, dBm.
    pub level_dbm: f64,
    /// Mean level above the threshold, dB; negative below it.
    pub margin_db: f64,
    /// Probability that the level is at least the threshold.
    pub probability: f64,
    /// Whether that is at least the probability asked for.
    pub served: bool,
}

impl LinkBudget {
    /// Checks the options.
    ///
    /// # Errors
    /// [`BudgetError`] names the key, what was found and what is allowed.
    pub fn new(options: &BudgetOptions) -> Result<LinkBudget, BudgetError> {
        let check = |name, found, low, high, unit| BudgetError::check(name, found, low, high, unit);
        check("freq_mhz", options.freq_mhz, 30.0, 6_000.0, "MHz")?;
        check("power_dbm", options.power_dbm, 0.0, 80.0, "dBm")?;
        check("resource_elements", f64::from(options.resource_elements), 1.0, 10_000.0, "")?;
        check("feeder_loss_db", options.feeder_loss_db, 0.0, 30.0, "dB")?;
        check("rx_gain_dbi", options.rx_gain_dbi, -20.0, 30.0, "dBi")?;
        check("rx_height_m", options.rx_height_m, 1.0, 100.0, "m")?;
        check("body_loss_db", options.body_loss_db, 0.0, 30.0, "dB")?;
        check("entry_loss_db", options.entry_loss_db, 0.0, 60.0, "dB")?;
        check("threshold_dbm", options.threshold_dbm, -150.0, 0.0, "dBm")?;
        check("sigma_db", options.sigma_db, 0.0, 30.0, "dB")?;
        check("probability", options.probability, 0.01, 0.99, "")?;
        options.antenna.check()?;
        Ok(LinkBudget {
            options: *options,
            element_dbm: options.power_dbm
                - 10.0 * f64::from(options.resource_elements).log10()
                - options.feeder_loss_db,
            receiver_db: options.rx_gain_dbi - options.body_loss_db - options.entry_loss_db,
            margin_sigmas: fade_margin_sigmas(options.probability),
        })
    }

    /// What it was made of.
    pub fn options(&self) -> &BudgetOptions {
        &self.options
    }

    /// Equivalent isotropically radiated power of a resource element in the direction of greatest gain, dBm. For GSM of
    /// the carrier.
    pub fn eirp_dbm(&self) -> f64 {
        self.element_dbm + self.options.antenna.gain_dbi
    }

    /// Mean level of a receiver, dBm. `azimuth_deg` is the direction from the site, clockwise from north;
    /// `elevation_deg` that above the horizontal.
    pub fn level_dbm(&self, loss_db: f64, azimuth_deg: f64, elevation_deg: f64) -> f64 {
        let gain_dbi = self.options.antenna.gain_towards_dbi(azimuth_deg, elevation_deg);
        self.element_dbm + gain_dbi - loss_db + self.receiver_db
    }

    /// The greatest loss, dB, with which a receiver in the direction of greatest gain is served; `location_sigma_db` is
    /// the location variability of the model.
    pub fn max_loss_db(&self, location_sigma_db: f64) -> f64 {
        self.eirp_dbm() + self.receiver_db
            - self.options.threshold_dbm
            - self.fade_margin_db(location_sigma_db)
    }

    /// Standard deviation of the level, dB.
    pub fn sigma_db(&self, location_sigma_db: f64) -> f64 {
        self.options.sigma_db.hypot(location_sigma_db)
    }

    /// By how much the mean must exceed the threshold for the probability asked for, dB; negative below 50 %.
    pub fn fade_margin_db(&self, location_sigma_db: f64) -> f64 {
        self.margin_sigmas * self.sigma_db(location_sigma_db)
    }

    /// Judges a mean level.
    pub fn judge(&self, level_dbm: f64, location_sigma_db: f64) -> Verdict {
        self.judge_with(level_dbm, self.sigma_db(location_sigma_db))
    }

    /// Judges a mean level whose whole standard deviation is known: [`sigma_db`](Self::sigma_db).
    pub fn judge_with(&self, level_dbm: f64, sigma_db: f64) -> Verdict {
        let margin_db = level_dbm - self.options.threshold_dbm;
        Verdict {
            level_dbm,
            margin_db,
            probability: exceedance_probability(margin_db, sigma_db),
            // By the margin, not by the probability: one comparison, without the rounding of the integral.
            served: margin_db >= self.margin_sigmas * sigma_db,
        }
    }

    /// `P(RSRP >= -110 dBm) >= 75 %`.
    pub fn criterion(&self) -> String {
        let options = &self.options;
        let percent = (options.probability * 1e6).round() / 1e4;
        format!("P({} >= {} dBm) >= {percent} %", options.technology.level_name(), options.threshold_dbm)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn by_hand() -> BudgetOptions {
        BudgetOptions {
            technology: Technology::Lte,
            freq_mhz: 900.0,
            power_dbm: 46.0,
            resource_elements: 600,
            feeder_loss_db: 3.0,
            antenna: Antenna { gain_dbi: 15.0, pattern: Pattern::Omni },
            rx_gain_dbi: -3.0,
            rx_height_m: 1.5,
            body_loss_db: 4.0,
            entry_loss_db: 0.0,
            threshold_dbm: -110.0,
            sigma_db: 8.0,
            probability: 0.75,
        }
    }

    #[test]
    fn a_level_is_what_a_pencil_gives() {
        // 46 − 27.7815 − 3 = 15.2185 dBm at the antenna, 30.2185 dBm EIRP; −120 −3 −4: −96.7815 dBm.
        let budget = LinkBudget::new(&by_hand()).unwrap();
        assert!((budget.eirp_dbm() - 30.218_487).abs() < 1e-6, "{}", budget.eirp_dbm());
        assert!((budget.level_dbm(120.0, 77.0, -3.0) + 96.781_513).abs() < 1e-6);
        let indoors = LinkBudget::new(&BudgetOptions { entry_loss_db: 15.0, ..by_hand() }).unwrap();
        assert!((indoors.level_dbm(120.0, 0.0, 0.0) + 111.781_513).abs() < 1e-6);
        // GSM: one carrier, nothing to spread.
        let gsm = BudgetOptions { technology: Technology::Gsm, resource_elements: 1, ..by_hand() };
        assert!((LinkBudget::new(&gsm).unwrap().eirp_dbm() - 58.0).abs() < 1e-12);
    }

    #[test]
    fn at_the_threshold_it_is_an_even_chance() {
        let even = LinkBudget::new(&BudgetOptions { probability: 0.5, ..by_hand() }).unwrap();
        let verdict = even.judge(-110.0, 0.0);
        assert_eq!((verdict.margin_db, verdict.probability, verdict.served), (0.0, 0.5, true));
        assert!(!even.judge(-110.000_001, 0.0).served);
        // 75 % of a normal distribution lie above −0.674 490 standard deviations: 5.3959 dB of 8.
        let budget = LinkBudget::new(&by_hand()).unwrap();
        assert!((budget.fade_margin_db(0.0) - 5.395_918).abs() < 1e-6, "{}", budget.fade_margin_db(0.0));
        assert!(!budget.judge(-110.0, 0.0).served);
        assert!(budget.judge(-104.60, 0.0).served && !budget.judge(-104.61, 0.0).served);
        let verdict = budget.judge(-104.604_082, 0.0);
        assert!((verdict.probability - 0.75).abs() < 1e-6, "{}", verdict.probability);
    }

    #[test]
    fn location_variability_joins_the_models_error() {
        let budget = LinkBudget::new(&BudgetOptions { sigma_db: 3.0, ..by_hand() }).unwrap();
        assert_eq!(budget.sigma_db(4.0), 5.0);
        // One standard deviation above the threshold: 84.134 %.
        assert!((budget.judge(-105.0, 4.0).probability - 0.841_344_746).abs() < 1e-9);
    }

    #[test]
    fn the_greatest_loss_is_where_served_ends() {
        let budget = LinkBudget::new(&by_hand()).unwrap();
        let most = budget.max_loss_db(1.7);
        let served = |loss: f64| budget.judge(budget.level_dbm(loss, 0.0, 0.0), 1.7).served;
        assert!(served(most - 1e-9) && !served(most + 1e-9));
    }

    #[test]
    fn without_fading_it_is_all_or_nothing() {
        let sure = LinkBudget::new(&BudgetOptions { sigma_db: 0.0, ..by_hand() }).unwrap();
        let (at, below) = (sure.judge(-110.0, 0.0), sure.judge(-110.01, 0.0));
        assert_eq!((at.probability, at.served), (1.0, true));
        assert_eq!((below.probability, below.served), (0.0, false));
    }

    #[test]
    fn what_cannot_be_is_refused_by_name() {
        for (name, options) in [
            ("power_dbm", BudgetOptions { power_dbm: 430.0, ..by_hand() }),
            ("sigma_db", BudgetOptions { sigma_db: -1.0, ..by_hand() }),
            ("probability", BudgetOptions { probability: 75.0, ..by_hand() }),
            ("threshold_dbm", BudgetOptions { threshold_dbm: 110.0, ..by_hand() }),
            ("freq_mhz", BudgetOptions { freq_mhz: f64::NAN, ..by_hand() }),
            ("resource_elements", BudgetOptions { resource_elements: 0, ..by_hand() }),
        ] {
            let error = LinkBudget::new(&options).unwrap_err().to_string();
            assert!(error.starts_with(name), "{error}");
        }
    }

    #[test]
    fn the_criterion_can_be_read() {
        assert_eq!(LinkBudget::new(&by_hand()).unwrap().criterion(), "P(RSRP >= -110 dBm) >= 75 %");
    }
}
