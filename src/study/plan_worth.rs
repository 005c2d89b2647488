//! What each village is worth: what is counted, times the factors of `[plan.weights]`; and one order before another.

use super::plan_config::WeightsSection;
use super::plan_demand::DemandGap;
use crate::domain::{Severity, Village};
use crate::siting::plan::Share;
use crate::siting::{Demand, DemandError, RankBy, WEIGHT_UNIT};

/// Worths by village, and what was not known of villages that a factor asks about.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Worths {
    /// Millionths of what is counted.
    pub micro: Vec<u64>,
    /// Villages of which hardship, grid power or severity is not known though a factor asks for it: factor 1.
    pub not_known: usize,
}

/// What a village is worth under `by`: its own weight, times the factors of hardship and grid power, times
/// - by gaps: the sum over its gaps of carrier factor × severity factor × the factor of 2G alone,
/// - else: the highest of these, times 1, its households or its people.
///
/// `village` gives what the register says of a village of the demand.
///
/// # Errors
/// [`DemandError`] where a weight is no weight or a product is too large.
pub fn worths<'v>(
    demand: &[Demand],
    gaps: &[DemandGap],
    by: RankBy,
    weights: &WeightsSection,
    village: impl Fn(usize) -> Option<&'v Village>,
) -> Result<Worths, DemandError> {
    let mut sums = vec![0.0_f64; demand.len()];
    let mut highest = vec![0.0_f64; demand.len()];
    let mut unknown = vec![false; demand.len()];
    let severity_matters = (weights.white - 1.0).abs() > 0.0 || (weights.weak - 1.0).abs() > 0.0;
    for gap in gaps {
        let at = gap.village as usize;
        unknown[at] |= severity_matters && gap.severity.is_none();
        let factor = gap_factor(gap, weights);
        sums[at] += factor;
        highest[at] = highest[at].max(factor);
    }
    let mut worths = Worths { micro: Vec::with_capacity(demand.len()), not_known: 0 };
    for (at, asked) in demand.iter().enumerate() {
        let register = village(at);
        let mut factor = asked.weight_micro()? as f64;
        for (wanted, answer) in [
            (weights.hardship, register.and_then(|v| v.hardship)),
            (weights.no_grid_power, register.and_then(|v| v.grid_power.map(|has| !has))),
        ] {
            match answer {
                Some(true) => factor *= wanted,
                Some(false) => {}
                None => unknown[at] |= (wanted - 1.0).abs() > 0.0,
            }
        }
        // What is not known counts nothing, and is reported beside.
        factor *= match by {
            RankBy::Gaps => sums[at],
            RankBy::Villages => highest[at],
            RankBy::Households => highest[at] * f64::from(asked.households.unwrap_or(0)),
            RankBy::Population => highest[at] * f64::from(asked.population.unwrap_or(0)),
        };
        if factor >= u64::MAX as f64 / 4.0 {
            return Err(DemandError::TooLarge { what: by.key() });
        }
        worths.micro.push(factor.round() as u64);
        worths.not_known += usize::from(unknown[at]);
    }
    Ok(worths)
}

/// What a gap counts beside others: what is not stated counts 1.
fn gap_factor(gap: &DemandGap, weights: &WeightsSection) -> f64 {
    let severity = match gap.severity {
        Some(Severity::White) => weights.white,
        Some(Severity::Weak) => weights.weak,
        None => 1.0,
    };
    let only_2g = if gap.only_2g { weights.only_2g } else { 1.0 };
    severity * only_2g * gap.carrier.as_ref().map_or(1.0, |carrier| weights.carrier(carrier))
}

/// Each village's worth shared out among its gaps by their factors, summed up by builder (`builder_of` a gap), builders
/// ascending. The parts sum up to the worth.
pub fn shares(
    gaps: &[DemandGap],
    worths_micro: &[u64],
    weights: &WeightsSection,
    builder_of: impl Fn(&DemandGap) -> u16,
) -> Vec<Vec<Share>> {
    let mut factors: Vec<Vec<(u16, u64)>> = vec![Vec::new(); worths_micro.len()];
    for gap in gaps {
        let builder = builder_of(gap);
        let factor = (gap_factor(gap, weights) * WEIGHT_UNIT as f64).round() as u64;
        let of = &mut factors[gap.village as usize];
        match of.iter_mut().find(|(own, _)| *own == builder) {
            Some((_, sum)) => *sum = sum.saturating_add(factor),
            None => of.push((builder, factor)),
        }
    }
    let share_out = |(mut of, &worth): (Vec<(u16, u64)>, &u64)| {
        of.sort_unstable();
        let whole: u128 = of.iter().map(|(_, factor)| u128::from(*factor)).sum();
        let (mut so_far, mut given) = (0_u128, 0_u64);
        let part = |(builder, factor): (u16, u64)| {
            so_far += u128::from(factor);
            // Rounded down so far: the last part gets what is left.
            let upto = (u128::from(worth) * so_far).checked_div(whole).unwrap_or(0) as u64;
            let own = upto - given;
            given = upto;
            Share { builder, worth: own }
        };
        of.into_iter().map(part).collect()
    };
    factors.into_iter().zip(worths_micro).map(share_out).collect()
}

/// Two worths in one number: a unit of the first is more than all of the second.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lexicographic {
    /// By village, both.
    pub weights: Vec<u64>,
    first_unit: u64,
    second_unit: u64,
    base: u64,
}

impl Lexicographic {
    /// Whatever serves more of `first` comes first; `second` decides between equals.
    ///
    /// # Errors
    /// [`DemandError::TooLarge`] where both do not fit one number.
    pub fn new(first: &[u64], second: &[u64]) -> Result<Lexicographic, DemandError> {
        let too_large = || DemandError::TooLarge { what: "dark villages first" };
        let unit = |numbers: &[u64]| numbers.iter().fold(0, |a, &b| gcd(a, b)).max(1);
        let (first_unit, second_unit) = (unit(first), unit(second));
        let total = second.iter().try_fold(0_u64, |sum, n| sum.checked_add(n / second_unit));
        let base = total.and_then(|total| total.checked_add(1)).ok_or_else(too_large)?;
        let joint = |(&a, &b): (&u64, &u64)| (a / first_unit).checked_mul(base)?.checked_add(b / second_unit);
        let weights =
            first.iter().zip(second).map(joint).collect::<Option<Vec<u64>>>().ok_or_else(too_large)?;
        let whole = weights.iter().try_fold(0_u64, |sum, &n| sum.checked_add(n));
        whole.filter(|&whole| whole < 1 << 62).ok_or_else(too_large)?;
        Ok(Lexicographic { weights, first_unit, second_unit, base })
    }

    /// What a joint value is of each.
    pub fn parts(&self, joint: u64) -> (u64, u64) {
        (joint / self.base * self.first_unit, joint % self.base * self.second_unit)
    }
}

fn gcd(a: u64, b: u64) -> u64 {
    if b == 0 { a } else { gcd(b, a % b) }
}

/// Dark villages, in the unit of worths.
pub fn dark_micro(demand: &[Demand]) -> Vec<u64> {
    demand.iter().map(|village| u64::from(village.dark) * WEIGHT_UNIT).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::domain::Carrier;
    use crate::siting::worth_micro;

    fn demand(gaps: u32, weight: Option<f64>) -> Demand {
        let (households, population) = (Some(30), None);
        Demand { id: "A".into(), position: None, gaps, dark: true, households, population, weight }
    }

    fn gap(village: u32, carrier: Carrier, severity: Option<Severity>) -> DemandGap {
        DemandGap { village, carrier: Some(carrier), severity, only_2g: false }
    }

    #[test]
    fn a_gap_of_2g_alone_has_its_factor() {
        let mut weights = WeightsSection::default();
        weights.set("only-2g=2.5").unwrap();
        let villages = [demand(2, None)];
        let old = DemandGap { only_2g: true, ..gap(0, Carrier::Viettel, None) };
        let gaps = [old, gap(0, Carrier::MobiFone, None)];
        let of = |by| worths(&villages, &gaps, by, &weights, |_| None).unwrap().micro[0];
        assert_eq!((of(RankBy::Gaps), of(RankBy::Villages)), (3_500_000, 2_500_000));
    }

    #[test]
    fn a_worth_is_shared_out_by_factors_and_nothing_is_lost() {
        let mut weights = WeightsSection { white: 2.0, ..WeightsSection::default() };
        let gaps = [
            gap(0, Carrier::Viettel, None),
            gap(0, Carrier::MobiFone, Some(Severity::White)),
            gap(0, Carrier::VinaPhone, None),
            gap(1, Carrier::Viettel, None),
        ];
        let builder = |gap: &DemandGap| u16::from(gap.carrier != Some(Carrier::MobiFone));
        let of = |weights: &WeightsSection, worths: [u64; 2]| -> Vec<Vec<(u16, u64)>> {
            let shares = shares(&gaps, &worths, weights, builder);
            shares.into_iter().map(|of| of.into_iter().map(|s| (s.builder, s.worth)).collect()).collect()
        };
        assert_eq!(of(&weights, [1_000_001, 7]), [vec![(0, 500_000), (1, 500_001)], vec![(1, 7)]]);
        (weights.white, weights.carriers) = (0.0, [("Viettel".to_owned(), 0.0)].into());
        assert_eq!(of(&weights, [9, 0]), [vec![(0, 0), (1, 9)], vec![(1, 0)]]);
    }

    #[test]
    fn without_factors_a_village_is_worth_what_it_was() {
        let villages = [demand(2, Some(1.25)), demand(1, None)];
        let gaps =
            [gap(0, Carrier::Viettel, None), gap(0, Carrier::MobiFone, None), gap(1, Carrier::Viettel, None)];
        for by in [RankBy::Villages, RankBy::Gaps, RankBy::Households, RankBy::Population] {
            let worths = worths(&villages, &gaps, by, &WeightsSection::default(), |_| None).unwrap();
            assert_eq!(worths, Worths { micro: worth_micro(&villages, by).unwrap(), not_known: 0 });
        }
    }

    #[test]
    fn gaps_add_up_and_a_village_counts_as_its_worst_gap() {
        let mut weights = WeightsSection { white: 3.0, ..WeightsSection::default() };
        weights.set("carrier:MobiFone=0.5").unwrap();
        let villages = [demand(3, None)];
        let gaps = [
            gap(0, Carrier::Viettel, Some(Severity::Weak)),
            gap(0, Carrier::MobiFone, Some(Severity::White)),
            gap(0, Carrier::VinaPhone, None),
        ];
        let of = |by| worths(&villages, &gaps, by, &weights, |_| None).unwrap();
        assert_eq!(of(RankBy::Gaps), Worths { micro: vec![3_500_000], not_known: 1 });
        assert_eq!(of(RankBy::Villages).micro, [1_500_000]);
        assert_eq!(of(RankBy::Households).micro, [45_000_000]);
    }

    proptest! {
        #[test]
        fn the_first_comes_first_and_both_come_back(
            numbers in prop::collection::vec((0..3_u64, 0..50_u64), 1..20),
            chosen in prop::collection::vec(any::<bool>(), 20),
            other in prop::collection::vec(any::<bool>(), 20),
        ) {
            let first: Vec<u64> = numbers.iter().map(|n| n.0 * WEIGHT_UNIT).collect();
            let second: Vec<u64> = numbers.iter().map(|n| n.1 * 250_000).collect();
            let joint = Lexicographic::new(&first, &second).unwrap();
            let sum = |of: &[u64], marks: &[bool]| of.iter().zip(marks).filter(|(_, m)| **m).map(|(n, _)| n).sum::<u64>();
            let both = |marks: &[bool]| (sum(&first, marks), sum(&second, marks));
            let (a, b) = (sum(&joint.weights, &chosen), sum(&joint.weights, &other));
            prop_assert_eq!(joint.parts(a), both(&chosen));
            prop_assert_eq!(a.cmp(&b), both(&chosen).cmp(&both(&other)));
        }
    }

    #[test]
    fn what_does_not_fit_is_refused() {
        assert!(Lexicographic::new(&[3, 2], &[u64::MAX / 2, 1]).is_err());
    }
}
