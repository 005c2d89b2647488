//! `[plan]` of `study.toml`. What a flag says wins over what stands here.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::config::nearest;
use super::plan_builds::{Sharing, SharingSetting};
use super::plan_demand::Built;
use super::plan_limits::LimitText;
use crate::domain::Carrier;

/// `[plan]`
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PlanSection {
    /// `[plan.weights]`
    #[serde(default)]
    pub weights: WeightsSection,
    /// Which stations count as built: `none`, `existing`, `on-air`, `building`, `registered`, `all`; default
    /// `["on-air", "building"]`.
    pub built: Option<Vec<String>>,
    /// Only stations registered for this year or earlier; default any.
    pub built_until: Option<u16>,
    /// Limits, as `--limit` has them; default none.
    #[serde(default)]
    pub limits: Vec<String>,
    /// A site further than this from the grid is off the grid, km; default 1.
    pub off_grid_km: Option<f64>,
    /// What such a site costs more, million đồng; default 0.
    pub off_grid_cost_million_vnd: Option<f64>,
    /// Which carriers share a mast: `"all"`, `"none"`, or lists of those that do; default `"all"`.
    pub sharing: Option<SharingSetting>,
    /// Whether a village counts with the probability of its best site, where coverage is predicted; default no.
    #[serde(default)]
    pub partial: bool,
    /// The least probability that counts then, from 0.01 to 0.99; default 0.05.
    pub partial_from: Option<f64>,
    /// Each site is within this of a station or of another site that reaches one, km; default no such rule.
    pub hop_km: Option<f64>,
}

/// `[plan.weights]`: factors on what a village or a gap counts. Each is 1 unless stated: nobody but the province can
/// say what a hardship village is worth beside another.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct WeightsSection {
    /// A gap without signal at the village's centre; default 1.
    pub white: f64,
    /// A gap in part of the village; default 1.
    pub weak: f64,
    /// A village known to be especially difficult (ĐBKK); default 1.
    pub hardship: f64,
    /// A village known to be without grid power; default 1.
    pub no_grid_power: f64,
    /// A gap whose carrier serves the village by 2G alone, which will end; default 1.
    pub only_2g: f64,
    /// Gaps of a carrier, by its name; default 1.
    pub carriers: BTreeMap<String, f64>,
}

impl Default for WeightsSection {
    fn default() -> WeightsSection {
        WeightsSection {
            white: 1.0,
            weak: 1.0,
            hardship: 1.0,
            no_grid_power: 1.0,
            only_2g: 1.0,
            carriers: BTreeMap::new(),
        }
    }
}

/// No factor is above this.
const MAX_FACTOR: f64 = 1e6;

impl WeightsSection {
    /// Sets one from `--weight KEY=FACTOR`: `white`, `weak`, `hardship`, `no-grid-power`, `only-2g`, `carrier:NAME`.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn set(&mut self, text: &str) -> Result<(), String> {
        let (key, factor) = text.split_once('=').ok_or_else(|| format!("“{text}”: write KEY=FACTOR"))?;
        let factor: f64 = factor.trim().parse().map_err(|_| format!("“{text}”: {factor} is not a number"))?;
        match key.trim() {
            "white" => self.white = factor,
            "weak" => self.weak = factor,
            "hardship" => self.hardship = factor,
            "no-grid-power" | "no_grid_power" => self.no_grid_power = factor,
            "only-2g" | "only_2g" => self.only_2g = factor,
            other => match other.strip_prefix("carrier:") {
                Some(name) => {
                    self.carriers.insert(name.trim().to_owned(), factor);
                }
                None => {
                    let known = ["white", "weak", "hardship", "no-grid-power", "only-2g", "carrier:NAME"];
                    let near =
                        nearest(other, &known).map(|n| format!("; did you mean {n}?")).unwrap_or_default();
                    return Err(format!("“{other}” is not one of {}{near}", known.join(", ")));
                }
            },
        }
        self.check()
    }

    /// Whether all factors are factors.
    ///
    /// # Errors
    /// The one that is none.
    pub fn check(&self) -> Result<(), String> {
        let own = [("white", self.white), ("weak", self.weak), ("hardship", self.hardship)];
        let own = own.into_iter().chain([("no_grid_power", self.no_grid_power), ("only_2g", self.only_2g)]);
        for (key, factor) in own.chain(self.carriers.iter().map(|(name, &factor)| (name.as_str(), factor))) {
            if !(0.0..=MAX_FACTOR).contains(&factor) {
                return Err(format!("weight {key} = {factor}: a factor is a number from 0 to 1 000 000"));
            }
        }
        Ok(())
    }

    /// Whether none differs from 1.
    pub fn is_neutral(&self) -> bool {
        let own = [self.white, self.weak, self.hardship, self.no_grid_power, self.only_2g];
        own.iter().chain(self.carriers.values()).all(|factor| (factor - 1.0).abs() < f64::EPSILON)
    }

    /// The factor of a carrier.
    pub fn carrier(&self, carrier: &Carrier) -> f64 {
        let of = |name: &String| Carrier::from_name(name).as_ref() == Some(carrier);
        self.carriers.iter().find(|(name, _)| of(name)).map_or(1.0, |(_, factor)| *factor)
    }
}

impl PlanSection {
    /// Whether everything in it can be understood.
    ///
    /// # Errors
    /// What cannot, and what to write.
    pub fn check(&self) -> Result<(), String> {
        self.weights.check().map_err(|problem| format!("[plan.weights] {problem}"))?;
        if let Some(words) = &self.built {
            Built::from_words(words.iter().map(String::as_str))
                .map_err(|problem| format!("[plan] built: {problem}"))?;
        }
        if let Some(sharing) = &self.sharing {
            Sharing::try_from(sharing).map_err(|problem| format!("[plan] sharing: {problem}"))?;
        }
        if let Some(least) = self.partial_from.filter(|least| !(0.01..=0.99).contains(least)) {
            return Err(format!("[plan] partial_from = {least}: give a probability from 0.01 to 0.99"));
        }
        for limit in &self.limits {
            limit.parse::<LimitText>().map_err(|problem| format!("[plan] limits: {problem}"))?;
        }
        for (key, value) in [
            ("off_grid_km", self.off_grid_km),
            ("off_grid_cost_million_vnd", self.off_grid_cost_million_vnd),
            ("hop_km", self.hop_km),
        ] {
            if let Some(value) = value.filter(|value| !(0.0..=1e12).contains(value)) {
                return Err(format!("[plan] {key} = {value}: give a number from 0"));
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weights_are_factors_and_default_to_one() {
        let mut weights = WeightsSection::default();
        assert!(weights.is_neutral());
        weights.set("carrier:viettel=2.5").unwrap();
        weights.set("hardship=3").unwrap();
        assert_eq!((weights.carrier(&Carrier::Viettel), weights.carrier(&Carrier::MobiFone)), (2.5, 1.0));
        assert!(!weights.is_neutral());
        assert!(weights.set("hardshipp=3").unwrap_err().contains("did you mean hardship"));
        for bad in ["hardship", "hardship=x", "hardship=-1", "hardship=nan", "hardship=1e9"] {
            assert!(weights.clone().set(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn a_section_that_cannot_be_understood_says_where() {
        let parse = |text: &str| toml::from_str::<PlanSection>(text).unwrap().check();
        assert_eq!(parse("built = [\"none\"]\nlimits = [\"commune<=3\"]\n[weights]\nwhite = 2"), Ok(()));
        assert!(parse("built = [\"soon\"]").unwrap_err().contains("[plan] built: “soon”"));
        assert!(parse("limits = [\"commune=3\"]").unwrap_err().contains("[plan] limits"));
        assert_eq!(parse("sharing = \"none\"\npartial = true\npartial_from = 0.1"), Ok(()));
        assert_eq!(parse("sharing = [[\"VNPT\", \"Mobi\"]]"), Ok(()));
        assert!(parse("sharing = \"non\"").unwrap_err().contains("[plan] sharing: “non”"));
        assert!(parse("partial_from = 1").unwrap_err().contains("partial_from"));
        assert!(parse("[weights]\nonly_2g = -1").unwrap_err().contains("only_2g"));
        assert!(parse("hop_km = -1").unwrap_err().contains("hop_km"));
        assert!(parse("[weights]\nweak = -1").unwrap_err().contains("[plan.weights]"));
    }
}
