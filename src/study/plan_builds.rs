//! Who builds what: carriers that share a mast or each build their own, and villages cut up accordingly.
//!
//! Shared by all, a site serves every gap in its reach. Otherwise a candidate is a site *and* a builder: it serves the
//! gaps of the builder's carriers, costs what the site costs, and counts as a site of its own in every rule.

use std::collections::BTreeSet;

use serde::Deserialize;

use super::plan_demand::DemandGap;
use crate::domain::{Candidate, Carrier};
use crate::siting::plan::Build;

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

    /// Whether what one carrier builds serves another's gaps.
    pub fn serves(&self, builder: &Carrier, gap: &Carrier) -> bool {
        match self {
            Sharing::All => true,
            Sharing::Apart => builder == gap,
            Sharing::Groups(groups) => {
                builder == gap || groups.iter().any(|group| group.contains(builder) && group.contains(gap))
            }
        }
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
pub(super) fn label(carriers: &[Carrier]) -> String {
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
