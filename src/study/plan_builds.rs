//! Who builds what: carriers that share a mast or each build their own, and villages cut up accordingly.
//!
//! Shared by all, a site serves every gap in its reach. Otherwise a candidate is a site *and* a builder: it serves the
//! gaps of the builder's carriers, costs what the site costs, and counts as a site of its own in every rule.

use std::collections::BTreeSet;

use serde::Deserialize;

use super::coverage::Levels;
use super::plan_config::WeightsSection;
use super::plan_demand::DemandGap;
use super::plan_worth::{Lexicographic, shares};
use crate::coverage::CoverageMatrix;
use crate::coverage::predicted::PairState;
use crate::domain::{Candidate, Carrier};
use crate::siting::DemandError;
use crate::siting::plan::{Broken, Build, Pieces, PiecesError, Plan, ReachRow, Share, Uncut, check_pieces};

/// `sharing` as it stands in `study.toml`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(untagged)]
pub enum SharingSetting {
    /// `"all"`, `"none"`, or as `--sharing` has it.
    Word(String),
    /// Carriers that share, list by list.
    Lists(Vec<Vec<String>>),
}

/// Which carriers share a mast.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Sharing {
    /// All of them: whatever is built serves every carrier. The default.
    #[default]
    All,
    /// Each carrier builds its own.
    Apart,
    /// These share among themselves, each list apart; carriers in no list build their own.
    Groups(Vec<Vec<Carrier>>),
}

impl TryFrom<&SharingSetting> for Sharing {
    type Error = String;

    fn try_from(setting: &SharingSetting) -> Result<Sharing, String> {
        match setting {
            SharingSetting::Word(word) => word.parse(),
            SharingSetting::Lists(lists) => Sharing::of_lists(lists, &format!("{lists:?}")),
        }
    }
}

impl std::str::FromStr for Sharing {
    type Err = String;

    fn from_str(text: &str) -> Result<Sharing, String> {
        match text.trim() {
            "all" => Ok(Sharing::All),
            "none" => Ok(Sharing::Apart),
            other => {
                let names = |list: &str| list.split('+').map(str::to_owned).collect();
                Sharing::of_lists(&other.split(',').map(names).collect::<Vec<_>>(), other)
            }
        }
    }
}

impl Sharing {
    fn of_lists(lists: &[Vec<String>], text: &str) -> Result<Sharing, String> {
        let wrong = |why: &str| {
            format!(
                "“{text}”: {why}; write all, none, or the carriers that share a mast: VinaPhone+MobiFone on the command \
                 line, [[\"VinaPhone\", \"MobiFone\"]] in study.toml"
            )
        };
        let mut groups = Vec::new();
        let mut seen = BTreeSet::new();
        for list in lists {
            let carriers: Option<Vec<Carrier>> = list.iter().map(|name| Carrier::from_name(name)).collect();
            let carriers = carriers.filter(|carriers| carriers.len() >= 2);
            let carriers = carriers.ok_or_else(|| wrong("a mast is shared by two carriers or more"))?;
            if let Some(twice) = carriers.iter().find(|carrier| !seen.insert((*carrier).clone())) {
                return Err(wrong(&format!("{twice} stands there twice, and can share one mast only")));
            }
            groups.push(carriers);
        }
        if groups.is_empty() { Err(wrong("nobody is named")) } else { Ok(Sharing::Groups(groups)) }
    }

    /// As `--sharing` has it.
    pub fn text(&self) -> String {
        match self {
            Sharing::All => "all".to_owned(),
            Sharing::Apart => "none".to_owned(),
            Sharing::Groups(groups) => groups.iter().map(|group| label(group)).collect::<Vec<_>>().join(","),
        }
    }

    /// Who builds: lists of carriers, in the order of `carriers`; a carrier that asks for nothing builds nothing.
    ///
    /// # Errors
    /// A carrier that is named and hands in no list, with those that do.
    pub fn builders(&self, reporting: &[Carrier], gaps: &[DemandGap]) -> Result<Vec<Vec<Carrier>>, String> {
        let groups = match self {
            Sharing::Groups(groups) => &groups[..],
            _ => &[],
        };
        if let Some(unknown) = groups.iter().flatten().find(|carrier| !reporting.contains(carrier)) {
            let known: Vec<&str> = reporting.iter().map(Carrier::name).collect();
            return Err(format!("no list of {unknown} in the study; there are: {}", known.join(", ")));
        }
        let asking: BTreeSet<&Carrier> = gaps.iter().filter_map(|gap| gap.carrier.as_ref()).collect();
        let asking = reporting.iter().filter(|carrier| asking.contains(carrier));
        if *self == Sharing::All {
            return Ok(vec![asking.cloned().collect()]);
        }
        let mut builders: Vec<Vec<Carrier>> = Vec::new();
        let mut group_of: Vec<Option<usize>> = Vec::new();
        for carrier in asking {
            let group = groups.iter().position(|group| group.contains(carrier));
            let shared = group.and_then(|group| group_of.iter().position(|own| *own == Some(group)));
            match shared {
                Some(builder) => builders[builder].push(carrier.clone()),
                None => {
                    builders.push(vec![carrier.clone()]);
                    group_of.push(group);
                }
            }
        }
        Ok(builders)
    }
}

/// `VinaPhone+MobiFone`
fn label(carriers: &[Carrier]) -> String {
    carriers.iter().map(Carrier::name).collect::<Vec<_>>().join("+")
}

/// The candidates: every site with every builder.
#[derive(Debug, Clone, PartialEq)]
pub struct Builds {
    /// The builders' carriers; one builder of no carrier where there are no lists.
    pub builders: Vec<Vec<Carrier>>,
    /// Site and builder of each candidate, by site, then builder.
    pub of: Vec<Build>,
    /// The candidates, each with its site's own id.
    pub candidates: Vec<Candidate>,
}

impl Builds {
    /// Every site with every builder.
    pub fn new(sites: &[Candidate], builders: Vec<Vec<Carrier>>) -> Builds {
        let numbers = 0..builders.len() as u16;
        let of: Vec<Build> = (0..sites.len() as u32)
            .flat_map(|site| numbers.clone().map(move |builder| Build { site, builder }))
            .collect();
        let candidates = of.iter().map(|build| sites[build.site as usize].clone()).collect();
        Builds { builders, of, candidates }
    }

    /// The carriers of a candidate's builder.
    pub fn carriers(&self, candidate: u32) -> &[Carrier] {
        &self.builders[self.of[candidate as usize].builder as usize]
    }

    /// `S0001@Viettel`; the id alone where there is one builder.
    pub fn name(&self, candidate: u32) -> String {
        let id = &self.candidates[candidate as usize].id;
        if self.builders.len() > 1 { format!("{id}@{}", label(self.carriers(candidate))) } else { id.clone() }
    }

    fn builder_of(&self, gap: &DemandGap) -> u16 {
        let own = |carrier| self.builders.iter().position(|builder| builder.contains(carrier));
        gap.carrier.as_ref().and_then(own).unwrap_or(0) as u16
    }
}

/// Villages cut up: what is solved in their place, and what it was made from.
#[derive(Debug, Clone)]
pub struct CutUp {
    /// The pieces.
    pub pieces: Pieces,
    /// By piece, what it is worth: joint with villages as a whole where these come first.
    pub weights: Vec<u64>,
    /// How to take a joint worth apart.
    pub dark_first: Option<Lexicographic>,
    reach: Vec<ReachRow>,
    unknown_villages: Vec<u32>,
    shares: Vec<Vec<Share>>,
    whole: Vec<u64>,
}

/// What is cut up.
#[derive(Debug, Clone, Copy)]
pub struct ToCut<'a> {
    /// The gaps.
    pub gaps: &'a [DemandGap],
    /// By village, what it is worth.
    pub worths_micro: &'a [u64],
    /// By village, what it is worth as a whole before everything else; `None`: nothing.
    pub first_micro: Option<&'a [u64]>,
    /// The factors of gaps.
    pub weights: &'a WeightsSection,
}

/// Why villages cannot be cut up.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum CutUpError {
    /// Too many pieces.
    #[error(transparent)]
    Pieces(#[from] PiecesError),
    /// Both orders do not fit one number.
    #[error(transparent)]
    Demand(#[from] DemandError),
}

impl CutUp {
    /// Cuts villages up by builder, and by probability where `levels` are there and asked for.
    ///
    /// # Errors
    /// [`CutUpError`] where there are too many pieces or numbers too large.
    pub fn new(
        matrix: &CoverageMatrix,
        levels: Option<&Levels>,
        builds: &Builds,
        to_cut: ToCut<'_>,
    ) -> Result<CutUp, CutUpError> {
        let reach = reach(matrix, levels);
        let unknown_villages = matrix.unknown_villages().to_vec();
        let of_builder = |gap: &DemandGap| builds.builder_of(gap);
        let shares = shares(to_cut.gaps, to_cut.worths_micro, to_cut.weights, of_builder);
        let whole = to_cut.first_micro.map_or_else(|| vec![0; shares.len()], <[u64]>::to_vec);
        let uncut = Uncut {
            reach: &reach,
            unknown_villages: &unknown_villages,
            shares: &shares,
            whole: &whole,
            builds: &builds.of,
        };
        let pieces = Pieces::new(uncut)?;
        let (weights, dark_first) = match to_cut.first_micro {
            Some(_) => {
                let joint = Lexicographic::new(&pieces.whole, &pieces.shares)?;
                (joint.weights.clone(), Some(joint))
            }
            None => (pieces.shares.clone(), None),
        };
        Ok(CutUp { pieces, weights, dark_first, reach, unknown_villages, shares, whole })
    }

    /// What is wrong with a plan's numbers, asked of the villages before they were cut up.
    pub fn check(&self, builds: &Builds, plan: &Plan) -> Vec<Broken> {
        let uncut = Uncut {
            reach: &self.reach,
            unknown_villages: &self.unknown_villages,
            shares: &self.shares,
            whole: &self.whole,
            builds: &builds.of,
        };
        check_pieces(uncut, plan, |value| match &self.dark_first {
            Some(joint) => joint.parts(value),
            None => (0, value),
        })
    }
}

/// Whom each site reaches: with certainty by radius or yes and no, else with the probability of its level.
fn reach(matrix: &CoverageMatrix, levels: Option<&Levels>) -> Vec<ReachRow> {
    let mut reader = matrix.reader();
    let certain = |row: &[u32]| row.iter().map(|&village| (village, 100)).collect();
    let likely = |levels: &Levels, site: usize| -> Vec<(u32, u8)> {
        let served = levels.predicted.pairs_of(site).iter().filter(|pair| pair.state == PairState::Served);
        served
            .map(|pair| {
                let verdict = levels.options.budget.judge_with(pair.level_dbm, levels.predicted.sigma_db);
                // Whole percents, rounded to the nearest: served is at least 1 %.
                (pair.village, (verdict.probability * 100.0).round().clamp(1.0, 100.0) as u8)
            })
            .collect()
    };
    (0..matrix.candidates())
        .map(|site| {
            let row = reader.read(site)?;
            Some(levels.map_or_else(|| certain(row), |levels| likely(levels, site)))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn gap(village: u32, carrier: Carrier) -> DemandGap {
        DemandGap { village, carrier: Some(carrier), severity: None, only_2g: false }
    }

    #[test]
    fn sharing_is_read_and_what_it_cannot_be_is_said() {
        assert_eq!("all".parse(), Ok(Sharing::All));
        assert_eq!(" none ".parse(), Ok(Sharing::Apart));
        let pair = Sharing::Groups(vec![vec![Carrier::VinaPhone, Carrier::MobiFone]]);
        assert_eq!("vnpt + mobi".parse(), Ok(pair.clone()));
        assert_eq!(pair.text().parse(), Ok(pair));
        for (bad, why) in [
            ("non", "shared by two carriers or more"),
            ("Viettel+VinaPhone,Viettel+MobiFone", "Viettel stands there twice"),
            ("", "shared by two"),
        ] {
            let error = bad.parse::<Sharing>().unwrap_err();
            assert!(error.contains(why) && error.contains("write all, none"), "{error}");
        }
    }

    #[test]
    fn who_asks_for_nothing_builds_nothing() {
        use Carrier::{MobiFone, Viettel, VinaPhone};
        let reporting = [VinaPhone, Viettel, MobiFone];
        let gaps = [gap(0, Viettel), gap(0, MobiFone), gap(1, Viettel)];
        let of = |text: &str| text.parse::<Sharing>().unwrap().builders(&reporting, &gaps);
        assert_eq!(of("all"), Ok(vec![vec![Viettel, MobiFone]]));
        assert_eq!(of("none"), Ok(vec![vec![Viettel], vec![MobiFone]]));
        assert_eq!(of("MobiFone+Viettel"), Ok(vec![vec![Viettel, MobiFone]]));
        assert_eq!(of("MobiFone+VinaPhone"), Ok(vec![vec![Viettel], vec![MobiFone]]));
        let error = of("Viettel+Vietnamobile").unwrap_err();
        assert!(error.contains("no list of Vietnamobile") && error.contains("VinaPhone, Viettel"), "{error}");
    }
}
