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
use crate::propagation::link_budget::LinkBudget;
use crate::siting::plan::{
    Broken, Build, Pieces, PiecesError, Plan, ReachRow, Reaches, Share, Uncut, check_pieces,
};
use crate::siting::{DemandError, WEIGHT_UNIT};

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
            groups.push(in_order(carriers));
        }
        groups.sort_unstable();
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

    /// Who builds: lists of carriers; a carrier that asks for nothing builds nothing. Carriers and lists come in the order
    /// of [`Carrier`], whatever order they were named in: names of builds and ties go by it.
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
        let asking = asking.into_iter().filter(|carrier| reporting.contains(carrier));
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

fn in_order(mut carriers: Vec<Carrier>) -> Vec<Carrier> {
    carriers.sort_unstable();
    carriers
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

    /// Whether `S0001@MobiFone+VinaPhone`, in whatever order and spelling of the carriers, means this candidate.
    pub fn is_named(&self, candidate: u32, name: &str) -> bool {
        let Some((id, carriers)) = name.rsplit_once('@') else { return false };
        let carriers: Option<Vec<Carrier>> = carriers.split('+').map(Carrier::from_name).collect();
        self.candidates[candidate as usize].id == id
            && carriers.is_some_and(|carriers| in_order(carriers) == self.carriers(candidate))
    }

    /// Who closes a gap, by its number.
    pub fn builder_of(&self, gap: &DemandGap) -> u16 {
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
    /// So much of a worth is 1 of what is counted.
    pub unit: u64,
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

/// Levels by whose probability villages count.
#[derive(Debug, Clone, Copy)]
pub struct Likely<'a> {
    /// The levels; whoever reaches a village with the least probability that counts is served there.
    pub levels: &'a Levels,
    /// The budget whose probability was asked for: a village is served, and counted as one, by it.
    pub asked: &'a LinkBudget,
}

/// A village's worth is counted in parts as small as this where it is shared out: halves, thirds and all others up to
/// tenths are whole numbers then, and those of one village add up to what they should.
const PARTS: u64 = 2_520;

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
    /// Cuts villages up by builder, and by probability where levels are given for it.
    ///
    /// # Errors
    /// [`CutUpError`] where there are too many pieces or numbers too large.
    pub fn new(
        matrix: &CoverageMatrix,
        likely: Option<Likely<'_>>,
        builds: &Builds,
        to_cut: ToCut<'_>,
    ) -> Result<CutUp, CutUpError> {
        let fine = if builds.builders.len() > 1 { PARTS } else { 1 };
        match CutUp::in_parts(matrix, likely, builds, to_cut, fine) {
            // What does not fit in small parts may in large ones.
            Err(CutUpError::Demand(_)) if fine > 1 => CutUp::in_parts(matrix, likely, builds, to_cut, 1),
            cut => cut,
        }
    }

    fn in_parts(
        matrix: &CoverageMatrix,
        likely: Option<Likely<'_>>,
        builds: &Builds,
        to_cut: ToCut<'_>,
        parts: u64,
    ) -> Result<CutUp, CutUpError> {
        let reach = reach(matrix, likely);
        let unknown_villages = matrix.unknown_villages().to_vec();
        let of_builder = |gap: &DemandGap| builds.builder_of(gap);
        let worths = in_parts(to_cut.worths_micro, parts)?;
        let shares = shares(to_cut.gaps, &worths, to_cut.weights, of_builder);
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
        let unit = WEIGHT_UNIT * parts;
        Ok(CutUp { pieces, weights, dark_first, unit, reach, unknown_villages, shares, whole })
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

/// Worths in smaller parts; their sum must be one that a plan can count in.
fn in_parts(worths_micro: &[u64], parts: u64) -> Result<Vec<u64>, DemandError> {
    let too_large = DemandError::TooLarge { what: "sharing" };
    let worths: Option<Vec<u64>> = worths_micro.iter().map(|worth| worth.checked_mul(parts)).collect();
    let worths = worths.ok_or(too_large.clone())?;
    let sum = worths.iter().try_fold(0_u64, |sum, &worth| sum.checked_add(worth));
    if sum.is_some_and(|sum| sum < 1 << 62) { Ok(worths) } else { Err(too_large) }
}

/// Whom each site reaches: with certainty by radius or yes and no, else with the probability of its level.
fn reach(matrix: &CoverageMatrix, likely: Option<Likely<'_>>) -> Vec<ReachRow> {
    let mut reader = matrix.reader();
    let certain =
        |row: &[u32]| row.iter().map(|&village| Reaches { village, percent: 100, serves: true }).collect();
    let by_level = |Likely { levels, asked }: Likely<'_>, site: usize| -> Vec<Reaches> {
        let served = levels.predicted.pairs_of(site).iter().filter(|pair| pair.state == PairState::Served);
        served
            .map(|pair| {
                // The deviation of the antenna that gives the level: it differs by band.
                let verdict = asked.judge_with(pair.level_dbm, pair.sigma_db);
                // Whole percents, rounded to the nearest: served is at least 1 %.
                let percent = (verdict.probability * 100.0).round().clamp(1.0, 100.0) as u8;
                Reaches { village: pair.village, percent, serves: verdict.served }
            })
            .collect()
    };
    (0..matrix.candidates())
        .map(|site| {
            let row = reader.read(site)?;
            Some(likely.map_or_else(|| certain(row), |likely| by_level(likely, site)))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_probability_goes_by_the_deviation_of_its_own_antenna() {
        use crate::coverage::predicted::{Mast, Places, predict, village_servers};
        use crate::geodesy::LatLon;
        use crate::study::{CoverageRule, CoverageSection, StudyGround};
        let section = "model = \"free_space\"\nthreshold_dbm = -80\nmax_km = 6";
        let section: CoverageSection = toml::from_str(section).unwrap();
        let CoverageRule::Predicted(asked) = section.rule().unwrap() else { panic!("a prediction") };
        let budget =
            crate::propagation::link_budget::BudgetOptions { probability: 0.05, ..*asked.budget.options() };
        let options =
            crate::coverage::predicted::PredictOptions { budget: LinkBudget::new(&budget).unwrap(), ..asked };
        let at = |lat: f64| LatLon::from_degrees(lat, 105.05).unwrap();
        let mast = Mast { position: Some(at(19.8)), height_agl_m: None, antennas: &[] };
        let places = Places::centres(&[Some(at(19.81)), Some(at(19.83))]);
        let mut predicted = predict(&[mast], &places, &StudyGround::default(), &options).unwrap();
        let villages = village_servers(&predicted, &places, &["S"], |_| true);
        let own: Vec<(f64, f64)> =
            predicted.pairs_of(0).iter().map(|pair| (pair.level_dbm, pair.sigma_db)).collect();
        assert_eq!(own.len(), 2);
        // A study whose usual deviation is another.
        predicted.sigma_db = 40.0;
        let matrix = predicted.matrix.clone();
        let levels = Levels { options, predicted, villages };
        let rows = reach(&matrix, Some(Likely { levels: &levels, asked: &asked.budget }));
        for (found, (level_dbm, sigma_db)) in rows[0].iter().flatten().zip(own) {
            let verdict = asked.budget.judge_with(level_dbm, sigma_db);
            let percent = (verdict.probability * 100.0).round() as u8;
            assert_eq!((found.percent, found.serves), (percent, verdict.served));
        }
        assert_eq!(rows[0].as_ref().map(Vec::len), Some(2));
    }

    fn gap(village: u32, carrier: Carrier) -> DemandGap {
        DemandGap { village, carrier: Some(carrier), severity: None, only_2g: false }
    }

    #[test]
    fn sharing_is_read_and_what_it_cannot_be_is_said() {
        assert_eq!("all".parse(), Ok(Sharing::All));
        assert_eq!(" none ".parse(), Ok(Sharing::Apart));
        let pair = Sharing::Groups(vec![vec![Carrier::VinaPhone, Carrier::MobiFone]]);
        assert_eq!("vnpt + mobi".parse(), Ok(pair.clone()));
        assert_eq!("mobi+vnpt".parse(), Ok(pair.clone()));
        assert_eq!(
            "Gtel+Vietnamobile,mobi+vnpt".parse::<Sharing>().unwrap().text(),
            "VinaPhone+MobiFone,Vietnamobile+Gtel"
        );
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
        // In the order of the carriers, whatever the order of the lists.
        let turned = [MobiFone, Viettel, VinaPhone];
        let none = Sharing::Apart.builders(&turned, &gaps);
        assert_eq!(none, Ok(vec![vec![Viettel], vec![MobiFone]]));
        assert_eq!(Sharing::All.builders(&turned, &gaps), Ok(vec![vec![Viettel, MobiFone]]));
        assert_eq!(of("MobiFone+Viettel"), Ok(vec![vec![Viettel, MobiFone]]));
        assert_eq!(of("MobiFone+VinaPhone"), Ok(vec![vec![Viettel], vec![MobiFone]]));
        let error = of("Viettel+Vietnamobile").unwrap_err();
        assert!(error.contains("no list of Vietnamobile") && error.contains("VinaPhone, Viettel"), "{error}");
    }
}
