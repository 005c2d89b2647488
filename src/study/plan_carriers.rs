//! Limits by carrier: which sites close gaps of which carrier → [`Rules`].

use std::collections::BTreeSet;

use super::plan_demand::DemandGap;
use super::plan_limits::{LimitText, Unit};
use crate::coverage::CoverageMatrix;
use crate::domain::Carrier;
use crate::siting::plan::{CountLimit, Rules, ServedFloor};

/// Which candidates close gaps of which carrier.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CarrierReach<'a> {
    /// By candidate asked about, the carriers of which it closes a gap, sorted.
    pub by_candidate: Vec<Vec<&'a Carrier>>,
    candidates: Vec<u32>,
    /// Carriers that ask for something, sorted.
    carriers: Vec<&'a Carrier>,
}

impl<'a> CarrierReach<'a> {
    /// Finds out for these candidates, each in its own row of the matrix: `may` tells whether a candidate may close gaps of a
    /// carrier at all; columns of the matrix beyond the villages are not looked at.
    pub fn new(
        (matrix, row_of): (&CoverageMatrix, &dyn Fn(u32) -> u32),
        candidates: &[u32],
        villages: usize,
        gaps: &'a [DemandGap],
        may: impl Fn(u32, &Carrier) -> bool,
    ) -> CarrierReach<'a> {
        let mut of_village: Vec<Vec<&Carrier>> = vec![Vec::new(); villages];
        for gap in gaps {
            of_village[gap.village as usize].extend(&gap.carrier);
        }
        let mut carriers: Vec<&Carrier> = gaps.iter().filter_map(|gap| gap.carrier.as_ref()).collect();
        carriers.sort_unstable();
        carriers.dedup();
        let mut reader = matrix.reader();
        let of_candidate = |&candidate: &u32| {
            let row = reader.read(row_of(candidate) as usize).unwrap_or_default();
            let served = row.iter().filter(|&&v| (v as usize) < villages);
            let all: BTreeSet<&Carrier> =
                served.flat_map(|&v| of_village[v as usize].iter().copied()).collect();
            all.into_iter().filter(|carrier| may(candidate, carrier)).collect()
        };
        let by_candidate = candidates.iter().map(of_candidate).collect();
        CarrierReach { by_candidate, candidates: candidates.to_vec(), carriers }
    }

    /// Those of the limits by carrier that this reach decides, as rules: floors (`at_least`) or ceilings. `column` is that of
    /// a village which is served where a gap of the carrier is closed.
    ///
    /// # Errors
    /// A limit on a carrier that asks for nothing.
    pub fn rules(
        &self,
        limits: &[LimitText],
        at_least: bool,
        gaps: &[DemandGap],
        column: impl Fn(&DemandGap) -> Option<u32>,
    ) -> Result<Rules, String> {
        let mut rules = Rules::default();
        for limit in limits.iter().filter(|limit| limit.unit == Unit::Carrier && limit.at_least == at_least) {
            let named = limit.name.as_deref().and_then(Carrier::from_name);
            let wanted: Vec<&Carrier> = self
                .carriers
                .iter()
                .copied()
                .filter(|c| limit.name.is_none() || Some(*c) == named.as_ref())
                .collect();
            if wanted.is_empty() {
                return Err(no_such_carrier(limit, &self.carriers));
            }
            for carrier in wanted {
                let name = format!("{} [{carrier}]", limit.text);
                if limit.villages {
                    let of = gaps.iter().filter(|gap| gap.carrier.as_ref() == Some(carrier));
                    let mut villages: Vec<u32> = of.filter_map(&column).collect();
                    villages.sort_unstable();
                    villages.dedup();
                    // No more than there are can be asked.
                    let at_least = limit.count.min(villages.len());
                    rules.served.push(ServedFloor { name, villages, at_least });
                } else {
                    let own = self.candidates.iter().zip(&self.by_candidate);
                    rules.counts.push(CountLimit {
                        name,
                        members: own.filter(|(_, of)| of.contains(&carrier)).map(|(c, _)| *c).collect(),
                        at_least: if limit.at_least { limit.count } else { 0 },
                        at_most: (!limit.at_least).then_some(limit.count),
                    });
                }
            }
        }
        Ok(rules)
    }
}

/// What is wrong with a limit on a carrier of which no gap is asked for; `asking` are those of which there are.
pub fn no_such_carrier(limit: &LimitText, asking: &[&Carrier]) -> String {
    let known: Vec<&str> = asking.iter().map(|carrier| carrier.name()).collect();
    match known[..] {
        [] => format!("limit “{}”: needs the carriers' lists; give a study", limit.text),
        _ => format!(
            "limit “{}”: no gap of {} is asked for; there are gaps of {}",
            limit.text,
            limit.name.as_deref().unwrap_or_default(),
            known.join(", ")
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_site_is_a_carriers_where_it_closes_a_gap_of_it() {
        let gap =
            |village, carrier| DemandGap { village, carrier: Some(carrier), severity: None, only_2g: false };
        let gaps = [gap(0, Carrier::Viettel), gap(0, Carrier::MobiFone), gap(1, Carrier::MobiFone)];
        let rows = [Some(vec![0, 1]), Some(vec![1]), None, Some(vec![])];
        let matrix = CoverageMatrix::from_rows(2, &rows, &[]).unwrap();
        let limits =
            |texts: &[&str]| texts.iter().map(|text| text.parse().unwrap()).collect::<Vec<LimitText>>();
        let reach = CarrierReach::new((&matrix, &|c| c), &[0, 1, 2, 3], 2, &gaps, |_, _| true);
        let rules =
            |texts: &[&str], at_least| reach.rules(&limits(texts), at_least, &gaps, |gap| Some(gap.village));
        let texts = ["carrier:viettel<=1", "carrier>=2", "commune<=1", "villages carrier:mobi>=9"];
        let (ceilings, found) = (rules(&texts, false).unwrap(), rules(&texts, true).unwrap());
        let counts: Vec<_> = ceilings
            .counts
            .iter()
            .chain(&found.counts)
            .map(|l| (l.members.clone(), l.at_least, l.at_most))
            .collect();
        assert_eq!(counts, [(vec![0], 0, Some(1)), (vec![0], 2, None), (vec![0, 1], 2, None)]);
        assert_eq!((&found.served[0].villages[..], found.served[0].at_least), (&[0, 1][..], 2));
        assert!(
            rules(&["carrier:VNPT<=1"], false).unwrap_err().contains("there are gaps of Viettel, MobiFone")
        );
        // Each builds its own: a build closes its own carrier's gaps.
        let own = CarrierReach::new((&matrix, &|c| c), &[0, 1, 2, 3], 2, &gaps, |c, carrier| {
            (c == 0) == (*carrier == Carrier::Viettel)
        });
        assert_eq!(own.by_candidate[..2], [vec![&Carrier::Viettel], vec![&Carrier::MobiFone]]);
        let none = CarrierReach::new((&matrix, &|c| c), &[0, 1, 2, 3], 2, &[], |_, _| true);
        assert!(
            none.rules(&limits(&["carrier<=1"]), false, &[], |_| None).unwrap_err().contains("give a study")
        );
    }
}
