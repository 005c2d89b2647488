//! Any of the models, chosen at run time: what a study's `[coverage] model` names.

use super::free_space;
use super::hata::{self, Environment};
use super::itm::{Itm, Options as ItmOptions};
use super::link::{Link, LinkError};
use super::p1812::P1812;
use super::profile::Profile;
use super::rma::{self, Surroundings};

/// Which model.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ModelKind {
    /// ITU-R P.1812-8.
    P1812,
    /// NTIA ITM 1.4.
    Itm,
    /// Free space: a baseline that sees no terrain.
    FreeSpace,
    /// Extended Hata, open country: a baseline that sees no terrain.
    Hata,
    /// 3GPP RMa without line of sight: a baseline that sees no terrain.
    Rma,
}

impl ModelKind {
    /// The key in study files and flags.
    pub fn key(self) -> &'static str {
        match self {
            ModelKind::P1812 => "p1812",
            ModelKind::Itm => "itm",
            ModelKind::FreeSpace => "free_space",
            ModelKind::Hata => "hata",
            ModelKind::Rma => "rma",
        }
    }

    /// Name and edition, for what a person reads; a baseline says that it is one.
    pub fn name(self) -> &'static str {
        match self {
            ModelKind::P1812 => "ITU-R P.1812-8",
            ModelKind::Itm => "NTIA ITM 1.4",
            ModelKind::FreeSpace => "free space (ITU-R P.525-4; baseline, sees no terrain)",
            ModelKind::Hata => "extended Hata, open (baseline, sees no terrain)",
            ModelKind::Rma => "3GPP TR 38.901 RMa NLOS (baseline, sees no terrain)",
        }
    }

    /// Whether it looks at clutter: P.1812 alone. ITM and the baselines have no word for it.
    pub fn uses_clutter(self) -> bool {
        matches!(self, ModelKind::P1812)
    }

    /// Whether it looks at terrain.
    pub fn sees_terrain(self) -> bool {
        matches!(self, ModelKind::P1812 | ModelKind::Itm)
    }
}

/// A model made ready for one link: any number of paths.
#[derive(Debug, Clone, Copy)]
pub struct PathLoss {
    link: Link,
    model: Ready,
}

#[derive(Debug, Clone, Copy)]
enum Ready {
    P1812(P1812),
    Itm(Itm),
    FreeSpace,
    Hata,
    Rma,
}

impl PathLoss {
    /// Makes a model ready.
    ///
    /// # Errors
    /// Values outside of the model's hard limits.
    pub fn new(kind: ModelKind, link: &Link) -> Result<PathLoss, LinkError> {
        let model = match kind {
            ModelKind::P1812 => Ready::P1812(P1812::new(link)?),
            ModelKind::Itm => Ready::Itm(Itm::new(link, &ItmOptions::default())?),
            ModelKind::FreeSpace => Ready::FreeSpace,
            ModelKind::Hata => {
                hata::loss_db(link, 1.0, Environment::Open)?;
                Ready::Hata
            }
            ModelKind::Rma => {
                rma::loss_db(link, 1.0, &Surroundings::default())?;
                Ready::Rma
            }
        };
        Ok(PathLoss { link: *link, model })
    }

    /// The link.
    pub fn link(&self) -> &Link {
        &self.link
    }

    /// Whether it looks at clutter.
    pub fn uses_clutter(&self) -> bool {
        matches!(self.model, Ready::P1812(_))
    }

    /// P.1812, where it is the model.
    pub(super) fn p1812(&self) -> Option<&P1812> {
        match &self.model {
            Ready::P1812(model) => Some(model),
            _ => None,
        }
    }

    /// Basic transmission loss over a path, dB. The baselines look at its length only.
    ///
    /// # Errors
    /// Where the model is not defined over this path.
    pub fn loss_db(&self, profile: &Profile<'_>) -> Result<f64, LinkError> {
        match &self.model {
            Ready::P1812(model) => Ok(model.loss_db(profile)),
            Ready::Itm(model) => model.loss_db(profile),
            Ready::FreeSpace | Ready::Hata | Ready::Rma => self.loss_without_terrain_db(profile.length_km()),
        }
    }

    /// The loss of a baseline over a distance along the ground, dB. For the models that see terrain: free space, which is
    /// what is left of them over a few metres.
    ///
    /// # Errors
    /// Where the model is not defined over this distance.
    pub fn loss_without_terrain_db(&self, distance_km: f64) -> Result<f64, LinkError> {
        match &self.model {
            Ready::Hata => Ok(hata::loss_db(&self.link, distance_km, Environment::Open)?.0),
            Ready::Rma => Ok(rma::loss_db(&self.link, distance_km, &Surroundings::default())?.0),
            Ready::P1812(_) | Ready::Itm(_) | Ready::FreeSpace => {
                let slant_km = distance_km.hypot((self.link.htg_m - self.link.hrg_m) / 1000.0);
                let out_of_range = LinkError::OutOfRange {
                    model: "free space",
                    name: "distance_km",
                    found: slant_km,
                    low: 0.0,
                    high: f64::MAX,
                    unit: "km",
                };
                // A metre apart at least: nearer, antennas have no far field.
                free_space::loss_db(slant_km.max(0.001), self.link.freq_mhz).ok_or(out_of_range)
            }
        }
    }

    /// What the model says of the variability over places, dB; 0 where it says nothing.
    pub fn location_sigma_db(&self) -> f64 {
        match &self.model {
            Ready::P1812(model) => model.location_sigma_db(),
            _ => 0.0,
        }
    }

    /// The greatest distance, km, at which the loss can be as low as `loss_db`: beyond it the model cannot say less.
    /// `None` where the model has no such bound.
    ///
    /// P.1812: the loss is at least that of free space over the ground distance, less the multipath and focusing of
    /// eq. 9a, `2.6 log10(50/p)` at most (eqs 8, 10 and 69). Extended Hata stands on free space. A tenth of a dB is left
    /// for the rounding of the constants.
    pub fn farthest_km(&self, loss_db: f64) -> Option<f64> {
        let focusing_db = match self.model {
            Ready::P1812(_) => 2.6 * (50.0 / self.link.time_percent).log10(),
            Ready::FreeSpace | Ready::Hata => 0.0,
            Ready::Itm(_) | Ready::Rma => return None,
        };
        let at_1_km = free_space::loss_db(1.0, self.link.freq_mhz)?;
        Some(10_f64.powf((loss_db + focusing_db + 0.1 - at_1_km) / 20.0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::propagation::Distances;

    const ALL: [ModelKind; 5] =
        [ModelKind::P1812, ModelKind::Itm, ModelKind::FreeSpace, ModelKind::Hata, ModelKind::Rma];

    #[test]
    fn each_is_the_model_that_it_names() {
        let link = Link { freq_mhz: 942.5, htg_m: 36.0, ..Link::default() };
        let distances = Distances::regular(90.0, 80).unwrap();
        let heights: Vec<f64> = (0..80).map(|i| 300.0 + 90.0 * (f64::from(i) * 0.4).sin()).collect();
        let profile = Profile::new(&distances, &heights).unwrap();
        let loss = |kind| PathLoss::new(kind, &link).unwrap().loss_db(&profile).unwrap();
        assert_eq!(loss(ModelKind::P1812), P1812::new(&link).unwrap().loss_db(&profile));
        let itm = Itm::new(&link, &ItmOptions::default()).unwrap();
        assert_eq!(loss(ModelKind::Itm), itm.loss_db(&profile).unwrap());
        assert_eq!(loss(ModelKind::Hata), hata::loss_db(&link, 7.11, Environment::Open).unwrap().0);
        assert_eq!(loss(ModelKind::Rma), rma::loss_db(&link, 7.11, &Surroundings::default()).unwrap().0);
        let free = free_space::loss_db(7.11_f64.hypot(0.0345), 942.5).unwrap();
        assert_eq!(loss(ModelKind::FreeSpace), free);
    }

    #[test]
    fn nothing_farther_than_the_bound_loses_less() {
        for time_percent in [1.0, 50.0] {
            let link = Link { freq_mhz: 1842.5, htg_m: 30.0, time_percent, ..Link::default() };
            for kind in [ModelKind::P1812, ModelKind::FreeSpace, ModelKind::Hata] {
                let model = PathLoss::new(kind, &link).unwrap();
                let mut tight = f64::INFINITY;
                for km in 1..30 {
                    for relief in [0.0, 40.0, 400.0] {
                        let points = km * 11;
                        let distances =
                            Distances::regular(1000.0 * km as f64 / (points - 1) as f64, points).unwrap();
                        // A bowl, in which nothing stands in the way, and hills.
                        let heights: Vec<f64> = (0..points)
                            .map(|i| match relief {
                                0.0 => 3.0 * ((i as f64 - points as f64 / 2.0) / 10.0).powi(2).min(400.0),
                                _ => relief * (1.0 + (i as f64 * 0.7).sin()),
                            })
                            .collect();
                        let profile = Profile::new(&distances, &heights).unwrap();
                        let loss = model.loss_db(&profile).unwrap();
                        let farthest = model.farthest_km(loss).unwrap();
                        assert!(farthest >= km as f64, "{kind:?} {km} km: {loss} dB, {farthest} km");
                        tight = tight.min(farthest / km as f64);
                    }
                }
                assert!(
                    kind == ModelKind::Hata || tight < 2.0,
                    "{kind:?}: the bound is {tight} times too far"
                );
            }
        }
    }

    #[test]
    fn limits_are_checked_for_every_model() {
        let link = Link { freq_mhz: 9_000_000.0, ..Link::default() };
        for kind in ALL.into_iter().filter(|kind| *kind != ModelKind::FreeSpace) {
            assert!(PathLoss::new(kind, &link).is_err(), "{kind:?}");
        }
    }
}
