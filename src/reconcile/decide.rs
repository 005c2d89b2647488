//! One name, some villages it may mean, perhaps a position and numbers: which village is it?
//!
//! Nothing is decided on unaccented or misspelt text alone: such a likeness needs the position or the numbers
//! of households and inhabitants to agree. Where two answers are equally good there is no answer.

use super::register::Register;
use crate::geodesy::LatLon;
use crate::normalize::name::{Likeness, NameKeys, likeness, sameness};

/// Up to here a position can tell villages of one name apart, m. Whole arc-minutes, common in these lists, are
/// up to 1.3 km off.
const CHOICE_M: f64 = 2_500.0;
/// The next village must be at least this much farther than the nearest, m, …
const CHOICE_MARGIN_M: f64 = 400.0;
/// … and this many times as far.
const CHOICE_FACTOR: f64 = 2.0;
/// Up to here a position makes up for a misspelt name, m.
const SIMILAR_M: f64 = 1_500.0;

/// A name alike at a glance only must stand this near, m, with the same numbers besides.
const DISTANT_M: f64 = 300.0;

/// What is known of the place besides its commune.
#[derive(Debug, Clone, Copy)]
pub(super) struct Evidence {
    /// The area's own position.
    pub position: Option<LatLon>,
    /// Households that the list states (for the whole cell: only where it names one village).
    pub households: Option<u32>,
    /// Inhabitants, likewise.
    pub population: Option<u32>,
}

/// What told the villages apart, or made up for a misspelt name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum DecidedBy {
    /// The name alone.
    Name,
    /// The position.
    Position,
    /// Households and inhabitants, the same to the unit.
    Numbers,
}

/// The answer.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Decision {
    /// This village.
    Found {
        /// The village's number.
        village: usize,
        /// How alike the names are.
        likeness: Likeness,
        /// What decided.
        by: DecidedBy,
    },
    /// One of these; no telling which.
    Several(Vec<usize>),
    /// None of them.
    NotFound,
}

/// Which of `candidates` bears this name: the same, or but for its prefix, y/i or a numeral spelt out.
pub(super) fn decide_by_name(
    register: &Register<'_>,
    name: &NameKeys,
    candidates: &[usize],
    evidence: Evidence,
) -> Decision {
    let strong =
        sorted(candidates.iter().filter_map(|&v| Some((v, sameness(name, register.keys(v))?))).collect());
    match strong.as_slice() {
        [] => Decision::NotFound,
        [(village, likeness)] => {
            Decision::Found { village: *village, likeness: *likeness, by: DecidedBy::Name }
        }
        several => decide_strong(register, several, evidence),
    }
}

/// Which of `candidates` bears a name like this one, and agrees with the position or the numbers.
pub(super) fn decide_by_likeness(
    register: &Register<'_>,
    name: &NameKeys,
    candidates: &[usize],
    evidence: Evidence,
) -> Decision {
    decide_weak(register, &alike(register, name, candidates), evidence)
}

/// The candidates whose names have anything in common with this one, likest first.
fn alike(register: &Register<'_>, name: &NameKeys, candidates: &[usize]) -> Vec<(usize, Likeness)> {
    let likenesses = candidates.iter().map(|&village| (village, likeness(name, register.keys(village))));
    sorted(likenesses.filter(|(_, likeness)| *likeness > Likeness::None).collect())
}

/// Likest first, then in the register's order; each village once.
fn sorted(mut alike: Vec<(usize, Likeness)>) -> Vec<(usize, Likeness)> {
    alike.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(&b.0)));
    alike.dedup_by_key(|(village, _)| *village);
    alike
}

/// Several villages bear the name: the position decides, then the prefix, then the numbers.
fn decide_strong(register: &Register<'_>, strong: &[(usize, Likeness)], evidence: Evidence) -> Decision {
    let best = strong[0].1;
    let best_is_single = strong.iter().filter(|(_, l)| *l == best).count() == 1;
    let nearest = evidence.position.and_then(|p| nearest_clear(register, strong, p, CHOICE_M));
    if let Some((village, likeness)) = nearest {
        return Decision::Found { village, likeness, by: DecidedBy::Position };
    }
    let best_is_near = evidence.position.is_none_or(|position| {
        let distances: Vec<f64> =
            strong.iter().filter_map(|(v, _)| register.distance_m(position, *v)).collect();
        // A position far from all of them tells nothing; one near the best does not contradict it.
        distances.iter().all(|d| *d > CHOICE_M)
            || register.distance_m(position, strong[0].0).is_some_and(|d| d <= CHOICE_M)
    });
    if best_is_single && best_is_near {
        return Decision::Found { village: strong[0].0, likeness: best, by: DecidedBy::Name };
    }
    match same_numbers(register, strong, evidence) {
        Some((village, likeness)) => Decision::Found { village, likeness, by: DecidedBy::Numbers },
        None => Decision::Several(strong.iter().map(|(v, _)| *v).collect()),
    }
}

/// No village bears the name, but some bear one like it.
fn decide_weak(register: &Register<'_>, weak: &[(usize, Likeness)], evidence: Evidence) -> Decision {
    let (distant, weak): (Vec<_>, Vec<_>) = weak.iter().copied().partition(|(_, l)| *l == Likeness::Distant);
    let near: Vec<(usize, Likeness)> = evidence.position.map_or_else(Vec::new, |position| {
        weak.iter()
            .copied()
            .filter(|(v, _)| register.distance_m(position, *v).is_some_and(|d| d <= SIMILAR_M))
            .collect()
    });
    match near.as_slice() {
        [(village, likeness)] => {
            return Decision::Found { village: *village, likeness: *likeness, by: DecidedBy::Position };
        }
        [] => {}
        several => {
            let position = evidence.position;
            if let Some((village, likeness)) =
                position.and_then(|p| nearest_clear(register, several, p, SIMILAR_M))
            {
                return Decision::Found { village, likeness, by: DecidedBy::Position };
            }
            // At one place the likelier writing wins: accents lost are commoner than letters mistyped.
            let best = several[0].1;
            if several.iter().filter(|(_, l)| *l == best).count() == 1 {
                return Decision::Found { village: several[0].0, likeness: best, by: DecidedBy::Position };
            }
            return Decision::Several(several.iter().map(|(v, _)| *v).collect());
        }
    }
    let confirmed: Vec<(usize, Likeness)> = distant
        .into_iter()
        .filter(|(v, _)| {
            evidence.position.and_then(|p| register.distance_m(p, *v)).is_some_and(|d| d <= DISTANT_M)
        })
        .collect();
    match same_numbers(register, &weak, evidence).or_else(|| same_numbers(register, &confirmed, evidence)) {
        Some((village, likeness)) => Decision::Found { village, likeness, by: DecidedBy::Numbers },
        None => Decision::NotFound,
    }
}

/// The nearest village, where it is near and the next is clearly farther.
fn nearest_clear(
    register: &Register<'_>,
    candidates: &[(usize, Likeness)],
    position: LatLon,
    limit_m: f64,
) -> Option<(usize, Likeness)> {
    let mut by_distance: Vec<(f64, usize, Likeness)> = candidates
        .iter()
        .filter_map(|(village, likeness)| {
            Some((register.distance_m(position, *village)?, *village, *likeness))
        })
        .collect();
    by_distance.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
    let (first_m, village, likeness) = *by_distance.first()?;
    let clear = by_distance
        .get(1)
        .is_none_or(|(second_m, _, _)| *second_m >= (first_m * CHOICE_FACTOR).max(first_m + CHOICE_MARGIN_M));
    // A candidate without a position could be nearer than all others.
    let all_located = by_distance.len() == candidates.len();
    (first_m <= limit_m && clear && all_located).then_some((village, likeness))
}

/// The one village whose households and inhabitants are those of the list, to the unit.
fn same_numbers(
    register: &Register<'_>,
    candidates: &[(usize, Likeness)],
    evidence: Evidence,
) -> Option<(usize, Likeness)> {
    let mut fitting = candidates.iter().filter(|(v, _)| {
        let village = register.village(*v);
        let households = agree(evidence.households, village.households);
        let population = agree(evidence.population, village.population);
        // Both where both are stated; one alone only where the other is not stated.
        households != Some(false)
            && population != Some(false)
            && (households.is_some() || population.is_some())
    });
    let first = fitting.next()?;
    fitting.next().is_none().then_some(*first)
}

fn agree(stated: Option<u32>, registered: Option<u32>) -> Option<bool> {
    Some(stated? == registered?)
}

#[cfg(test)]
mod tests {
    use super::super::testing::{at, village};
    use super::*;
    use crate::domain::Village;

    const NOTHING: Evidence = Evidence { position: None, households: None, population: None };

    fn near(lat: f64, lon: f64) -> Evidence {
        Evidence { position: Some(at(lat, lon)), ..NOTHING }
    }

    /// By the name, else by likeness, as `matching` asks of one commune.
    fn decide(
        register: &Register<'_>,
        name: &NameKeys,
        candidates: &[usize],
        evidence: Evidence,
    ) -> Decision {
        match decide_by_name(register, name, candidates, evidence) {
            Decision::NotFound => decide_by_likeness(register, name, candidates, evidence),
            found => found,
        }
    }

    /// Which village `name` means: its id and what decided, or `?` with the ids it may mean, or nothing.
    fn meaning(villages: &[Village], name: &str, evidence: Evidence) -> String {
        let register = Register::new(villages).unwrap();
        let all: Vec<usize> = (0..villages.len()).collect();
        match decide(&register, &NameKeys::new(name), &all, evidence) {
            Decision::Found { village, by, .. } => format!("{} {by:?}", villages[village].id),
            Decision::Several(of) => {
                format!("? {}", of.iter().map(|v| villages[*v].id.as_str()).collect::<Vec<_>>().join(" "))
            }
            Decision::NotFound => String::new(),
        }
    }

    #[test]
    fn one_village_of_the_name_is_found_whatever_its_prefix_or_numeral() {
        let villages = [village("A", "Bản Na", 19.4, 104.1), village("B", "Xóm 15", 19.4, 104.1)];
        for (name, expected) in [
            ("Bản Na", "A Name"),
            ("Thôn Na", "A Name"),
            ("B. Na", "A Name"),
            ("Xóm Mười Lăm", "B Name"),
            ("Xóm 16", ""),
            ("Bản Mới", ""),
        ] {
            assert_eq!(meaning(&villages, name, NOTHING), expected, "{name}");
        }
    }

    #[test]
    fn an_accent_alone_tells_two_villages_apart() {
        let villages = [village("CAN2", "Nậm Càn", 19.40, 104.10)];
        assert_eq!(meaning(&villages, "Nậm Cắn", NOTHING), "", "never on unaccented text alone");
        assert_eq!(meaning(&villages, "Nậm Cắn", near(19.42, 104.10)), "", "2.2 km is not near");
        assert_eq!(meaning(&villages, "Nậm Cắn", near(19.401, 104.10)), "CAN2 Position");
        let both = [villages[0].clone(), village("CAN1", "Nậm Cắn", 19.40, 104.10)];
        assert_eq!(meaning(&both, "Nậm Cắn", NOTHING), "CAN1 Name");
    }

    #[test]
    fn of_several_with_the_name_the_clearly_nearer_one() {
        let villages = [village("A", "Bản Na", 19.40, 104.10), village("B", "Bản Na", 19.44, 104.10)];
        assert_eq!(meaning(&villages, "Bản Na", NOTHING), "? A B");
        assert_eq!(meaning(&villages, "Bản Na", near(19.438, 104.10)), "B Position");
        assert_eq!(
            meaning(&villages, "Bản Na", near(19.42, 104.10)),
            "? A B",
            "as far from one as from the other"
        );
        assert_eq!(meaning(&villages, "Bản Na", near(19.60, 104.10)), "? A B", "far from both");
    }

    #[test]
    fn a_village_without_a_position_could_be_the_nearest() {
        let mut villages = [village("A", "Bản Na", 19.40, 104.10), village("B", "Bản Na", 19.44, 104.10)];
        villages[1].position = None;
        assert_eq!(meaning(&villages, "Bản Na", near(19.40, 104.10)), "? A B");
    }

    #[test]
    fn then_the_prefix_decides_unless_the_position_speaks_against_it() {
        let villages = [village("A", "Bản Na", 19.40, 104.10), village("B", "Xóm Na", 19.44, 104.10)];
        assert_eq!(meaning(&villages, "Xóm Na", NOTHING), "B Name");
        assert_eq!(meaning(&villages, "Xóm Na", near(19.42, 104.10)), "B Name");
        assert_eq!(meaning(&villages, "Xóm Na", near(19.401, 104.10)), "A Position");
    }

    #[test]
    fn then_the_numbers_decide() {
        let mut villages = [village("A", "Bản Na", 19.40, 104.10), village("B", "Bản Na", 19.40, 104.10)];
        (villages[0].households, villages[0].population) = (Some(70), Some(310));
        (villages[1].households, villages[1].population) = (Some(71), Some(310));
        let numbers = |households, population| Evidence { households, population, ..NOTHING };
        assert_eq!(meaning(&villages, "Bản Na", numbers(Some(71), Some(310))), "B Numbers");
        assert_eq!(meaning(&villages, "Bản Na", numbers(Some(70), None)), "A Numbers");
        assert_eq!(meaning(&villages, "Bản Na", numbers(None, Some(310))), "? A B");
        assert_eq!(meaning(&villages, "Bản Na", numbers(Some(70), Some(999))), "? A B", "both must agree");
    }

    #[test]
    fn a_misspelt_name_needs_the_position_or_the_numbers() {
        let mut villages = [village("A", "Huồi Thum", 19.40, 104.10)];
        villages[0].households = Some(44);
        assert_eq!(meaning(&villages, "Huồi Thun", NOTHING), "");
        assert_eq!(meaning(&villages, "Huồi Thun", near(19.41, 104.10)), "A Position");
        assert_eq!(meaning(&villages, "Huồi Thun", near(19.42, 104.10)), "");
        assert_eq!(
            meaning(&villages, "Huồi Thun", Evidence { households: Some(44), ..NOTHING }),
            "A Numbers"
        );
    }
}
