//! What a prediction goes by.

use crate::geodesy::LatLon;
use crate::lang::Lang;
use crate::propagation::link_budget::{BudgetError, LinkBudget};
use crate::propagation::{Link, LinkError, ModelKind, PathLoss};
use crate::terrain::ClutterHeights;

use super::offsets::{LevelOffsets, OffsetsByBand};

/// What a prediction goes by.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PredictOptions {
    /// The model.
    pub model: ModelKind,
    /// A second model, asked of every pair whether it agrees.
    pub second: Option<SecondOpinion>,
    /// Power, antennas, threshold, probability.
    pub budget: LinkBudget,
    /// Nobody farther away is looked at, m.
    pub max_m: f64,
    /// Antenna above ground where a site does not say, m.
    pub mast_height_m: f64,
    /// Steps along a path, m; `None`: the resolution of the ground at the site.
    pub step_m: Option<f64>,
    /// Gaps in the ground up to this length are bridged with a straight line, m.
    pub max_gap_m: f64,
    /// Percentage of time for which the loss is not exceeded.
    pub time_percent: f64,
    /// ΔN, N-units/km.
    pub dn: f64,
    /// N0, N-units.
    pub n0: f64,
    /// Share of a village's households that must be at places that a site serves, for it to serve the village: 0.01 to 1.
    /// Without effect on villages of one place.
    pub served_share: f64,
    /// Whether all of the bound distance is looked at, also where free space alone loses too much: levels of who serves
    /// nobody.
    pub whole_distance: bool,
    /// How tall each class of land cover counts in P.1812; `None`: clutter is off.
    pub clutter: Option<ClutterHeights>,
    /// What calibration adds to levels.
    pub offsets: LevelOffsets,
    /// What it says of other bands, for sites with antennas of their own.
    pub by_band: OffsetsByBand,
}

/// Which second model.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SecondOpinion(pub ModelKind);

/// Options that no model takes.
#[derive(Debug, Clone, Copy, PartialEq, thiserror::Error)]
pub enum PredictOptionsError {
    /// A distance that is none.
    #[error("{name} = {found}: give a number of m above 0, at most {most}")]
    Distance {
        /// Which.
        name: &'static str,
        /// What was found, m.
        found: f64,
        /// The most that is allowed, m.
        most: f64,
    },
    /// A gap of which a straight line says nothing.
    #[error("max_gap_m = {found}: give a number of m from 0 (bridge nothing) to {MAX_GAP_M}")]
    Gap {
        /// What was found, m.
        found: f64,
    },
    /// A share that is none.
    #[error("served_share = {found}: give a number from 0.01 to 1")]
    Share {
        /// What was found.
        found: f64,
    },
    /// A value outside of the model's limits.
    #[error(transparent)]
    Link(#[from] LinkError),
    /// A value that no link budget has.
    #[error(transparent)]
    Budget(#[from] BudgetError),
}

/// The farthest that coverage looks, m.
pub(super) const MAX_BOUND_M: f64 = 100_000.0;
/// The longest gap that may be bridged, m.
const MAX_GAP_M: f64 = 10_000.0;
/// Steps where nothing says how fine the ground is, m.
pub(super) const USUAL_STEP_M: f64 = 90.0;

impl PredictOptions {
    /// Checks what does not depend on a site.
    ///
    /// # Errors
    /// [`PredictOptionsError`] names the value and what is allowed.
    pub fn check(&self) -> Result<(), PredictOptionsError> {
        let distance = |name, found: f64, most: f64| match found > 0.0 && found <= most {
            true => Ok(()),
            false => Err(PredictOptionsError::Distance { name, found, most }),
        };
        distance("max_km", self.max_m, MAX_BOUND_M)?;
        distance("profile_step_m", self.step_m.unwrap_or(USUAL_STEP_M), 10_000.0)?;
        if !(0.0..=MAX_GAP_M).contains(&self.max_gap_m) {
            return Err(PredictOptionsError::Gap { found: self.max_gap_m });
        }
        if !(0.01..=1.0).contains(&self.served_share) {
            return Err(PredictOptionsError::Share { found: self.served_share });
        }
        self.models_at(self.latitude_for_checks_deg(), None).map(|_| ())
    }

    fn latitude_for_checks_deg(&self) -> f64 {
        Link::default().latitude_deg
    }

    /// The models for a mast: the latitude of its paths is taken to be its own (a path of 15 km changes it by 0.07° at
    /// most, and β0 by 0.3 %).
    ///
    /// # Errors
    /// A value outside of the model's limits.
    pub fn models(
        &self,
        position: LatLon,
        height_agl_m: Option<f64>,
    ) -> Result<(PathLoss, Option<PathLoss>), PredictOptionsError> {
        self.models_at(position.lat_deg(), height_agl_m)
    }

    fn models_at(
        &self,
        latitude_deg: f64,
        height_agl_m: Option<f64>,
    ) -> Result<(PathLoss, Option<PathLoss>), PredictOptionsError> {
        let budget = self.budget.options();
        let link = Link {
            freq_mhz: budget.freq_mhz,
            htg_m: height_agl_m.unwrap_or(self.mast_height_m),
            hrg_m: budget.rx_height_m,
            time_percent: self.time_percent,
            dn: self.dn,
            n0: self.n0,
            latitude_deg,
            ..Link::default()
        };
        let second = self.second.map(|SecondOpinion(kind)| PathLoss::new(kind, &link)).transpose()?;
        Ok((PathLoss::new(self.model, &link)?, second))
    }

    /// How far to look, m: the bound, or where free space alone loses too much.
    pub(super) fn bound_m(&self, model: &PathLoss) -> f64 {
        if self.whole_distance {
            return self.max_m;
        }
        let most_db = self.budget.max_loss_db(model.location_sigma_db()) + self.offsets.greatest_db();
        model.farthest_km(most_db).map_or(self.max_m, |km| self.max_m.min(1000.0 * km))
    }

    /// Standard deviation of a level, dB.
    ///
    /// # Errors
    /// A value outside of the model's limits.
    pub fn sigma_db(&self) -> Result<f64, PredictOptionsError> {
        let (model, _) = self.models_at(self.latitude_for_checks_deg(), None)?;
        Ok(self.budget.sigma_db(model.location_sigma_db()))
    }

    /// [`criterion`](Self::criterion) in a language.
    pub fn criterion_in(&self, lang: Lang) -> String {
        if lang == Lang::En {
            return self.criterion();
        }
        let budget = self.budget.options();
        format!(
            "được phục vụ khi {}, {}, {} MHz, máy thu cao {} m, trong vòng {} km",
            self.budget.criterion(),
            self.model.name(),
            budget.freq_mhz,
            budget.rx_height_m,
            self.max_m / 1000.0
        ) + &self
            .conditions()
            .replace("clutter of land cover", "tính vật che theo lớp phủ")
            .replace("calibrated", "đã hiệu chỉnh theo đo kiểm")
            .replace("by land cover", "và lớp phủ")
    }

    /// In words: when a village counts as served.
    pub fn criterion(&self) -> String {
        let budget = self.budget.options();
        format!(
            "served: {}, {}, {} MHz, {} m above ground, within {} km",
            self.budget.criterion(),
            self.model.name(),
            budget.freq_mhz,
            budget.rx_height_m,
            self.max_m / 1000.0
        ) + &self.conditions()
    }

    /// What a level also rests on, to stand behind a criterion: clutter and calibration. Empty without either.
    pub fn conditions(&self) -> String {
        let mut text = String::new();
        let models = [Some(self.model), self.second.map(|second| second.0)];
        if self.clutter.is_some() && models.iter().flatten().any(|model| model.uses_clutter()) {
            text.push_str(", clutter of land cover");
        }
        if !self.offsets.is_none() {
            text.push_str(", calibrated");
            text.push_str(if self.offsets.by_class() { " by land cover" } else { "" });
        }
        text
    }
}
