//! What a commune's name in a list can mean: its readings in the three eras, and the villages each leads to.

use std::collections::BTreeSet;

use super::register::{GroupId, Register};
use crate::domain::{Commune, CommuneCode, Era};
use crate::normalize::admin::{CommuneQuery, ProvinceUnits};

/// At most so many near names are named.
const SUGGESTIONS: usize = 3;

/// One way to read a commune's name.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Reading {
    /// The commune.
    pub commune: Commune,
    /// Today's communes that it became, most likely first.
    pub today: Vec<CommuneCode>,
    /// The villages of just this commune.
    pub narrow: Vec<GroupId>,
    /// The villages of the communes it became.
    pub wide: Vec<GroupId>,
}

impl Reading {
    /// Whether a code is this commune's, or that of what it became.
    pub fn is_of_code(&self, code: &str) -> bool {
        self.commune.code.0 == code || self.today.iter().any(|today| today.0 == code)
    }
}

/// All readings of a name, the likelier ones apart from the others.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Readings {
    /// Readings that district and era of the list speak for.
    pub likely: Vec<Reading>,
    /// Readings that they speak against.
    pub unlikely: Vec<Reading>,
    /// The name means different places in different eras, even where a district tells which.
    pub false_friend: bool,
    /// The position made likely what district and era speak against.
    pub swapped: bool,
    /// Where no era knows the name: the nearest names.
    pub near: Vec<String>,
    /// No era knows the name, but one knows the code beside it.
    pub by_code: bool,
}

impl Readings {
    /// Whether no era knows the name.
    pub fn is_empty(&self) -> bool {
        self.likely.is_empty() && self.unlikely.is_empty()
    }

    /// The one commune of today that every likely reading leads to.
    pub fn today(&self) -> Option<&CommuneCode> {
        let first = self.likely.first()?.today.first()?;
        self.likely.iter().all(|r| r.today.len() == 1 && r.today[0] == *first).then_some(first)
    }
}

/// Whose names a list uses: the district's presence says it, or the names themselves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ListEra {
    /// Names before 2025-07-01.
    Old,
    /// Today's names.
    Today,
    /// Cannot be told.
    Unknown,
}

/// The era of a list, from its places (district, commune): from the names that only one era has. Three of four decisive names must agree.
pub(super) fn list_era<'a>(
    places: impl Iterator<Item = (Option<&'a str>, Option<&'a str>)>,
    hint: Option<ListEra>,
    units: &ProvinceUnits,
) -> ListEra {
    if let Some(era) = hint {
        return era;
    }
    let names: BTreeSet<(&str, Option<&str>)> =
        places.filter_map(|(district, commune)| Some((commune?, district))).collect();
    let (mut old, mut today) = (0usize, 0usize);
    for (commune, district) in names {
        let in_old =
            [Era::Y2024, Era::H1Y2025].iter().any(|era| !find(units, commune, district, *era).is_empty());
        let in_today = !find(units, commune, None, Era::Y2025).is_empty();
        match (in_old, in_today) {
            (true, false) => old += 1,
            (false, true) => today += 1,
            // A name of both eras with a district beside it is an old one: there are no districts today.
            (true, true) if district.is_some() => old += 1,
            _ => {}
        }
    }
    if old + today == 0 {
        ListEra::Unknown
    } else if old >= 3 * today {
        ListEra::Old
    } else if today >= 3 * old {
        ListEra::Today
    } else {
        ListEra::Unknown
    }
}

fn find(units: &ProvinceUnits, name: &str, district: Option<&str>, era: Era) -> Vec<Commune> {
    let found = units.find(&CommuneQuery { name, district, era: Some(era) });
    // "Thị trấn Thạch Giám" does not mean a Xã Thạch Giám of the same list, unless there is nothing else.
    let some_fit = found.iter().any(|f| !f.type_differs);
    found.into_iter().filter(|f| !(some_fit && f.type_differs)).map(|f| f.commune.clone()).collect()
}

/// The readings of a commune's name.
pub(super) fn readings(
    district: Option<&str>,
    commune: Option<&str>,
    units: &ProvinceUnits,
    register: &Register<'_>,
    era: ListEra,
) -> Readings {
    let Some(name) = commune else { return Readings::default() };
    let mut old: Vec<Reading> = Vec::new();
    // The nearer era first: where both know a name, its list of villages is the one the register has.
    for era in [Era::H1Y2025, Era::Y2024] {
        for commune in find(units, name, district, era) {
            push_new(&mut old, reading(commune, units, register), register);
        }
    }
    let today: Vec<Reading> =
        find(units, name, None, Era::Y2025).into_iter().map(|c| reading(c, units, register)).collect();
    if old.is_empty() && today.is_empty() && district.is_some() {
        // The name is known, only not in this district: that the two do not fit is said elsewhere.
        return readings(None, commune, units, register, ListEra::Old);
    }
    let false_friend = differ(&old, &today);
    let (likely, unlikely) = match (district.is_some() && !old.is_empty(), era) {
        (true, _) | (false, ListEra::Old) if !old.is_empty() => (old, today),
        (_, ListEra::Today) if !today.is_empty() => (today, old),
        (_, ListEra::Unknown) if district.is_none() => {
            let mut both = today;
            for reading in old {
                push_new(&mut both, reading, register);
            }
            (both, Vec::new())
        }
        _ if old.is_empty() => (today, Vec::new()),
        _ => (old, today),
    };
    let mut near = Vec::new();
    if likely.is_empty() && unlikely.is_empty() {
        near = units.suggest(name, None, SUGGESTIONS).iter().map(|c| c.name.clone()).collect();
    }
    Readings { likely, unlikely, false_friend, swapped: false, near, by_code: false }
}

/// The reading of a code, of the nearest era that has it, for a name that no era knows. `unread` is what the name gave.
pub(super) fn readings_of_code(
    code: &str,
    unread: &Readings,
    units: &ProvinceUnits,
    register: &Register<'_>,
) -> Readings {
    let eras = [Era::Y2025, Era::H1Y2025, Era::Y2024];
    match eras.into_iter().find_map(|era| units.by_code(code, era)) {
        None => unread.clone(),
        Some(commune) => Readings {
            likely: vec![reading(commune.clone(), units, register)],
            by_code: true,
            ..unread.clone()
        },
    }
}

/// Whether an old and a new reading of one name lead to different communes of today.
fn differ(old: &[Reading], today: &[Reading]) -> bool {
    old.iter().any(|o| {
        !today.is_empty() && !today.iter().any(|t| o.today.iter().any(|code| t.today.contains(code)))
    })
}

/// Adds a reading unless one with the same villages and successors stands there already.
fn push_new(readings: &mut Vec<Reading>, new: Reading, register: &Register<'_>) {
    let same_villages = |other: &Reading| {
        other.narrow == new.narrow || villages(&other.narrow, register) == villages(&new.narrow, register)
    };
    let known = readings
        .iter()
        .any(|r| r.today == new.today && (r.commune.code == new.commune.code || same_villages(r)));
    if !known {
        readings.push(new);
    }
}

/// The villages of groups, each once, in the register's order.
fn villages(groups: &[GroupId], register: &Register<'_>) -> Vec<usize> {
    let mut all: Vec<usize> = register.villages_of(groups).collect();
    all.sort_unstable();
    all.dedup();
    all
}

fn reading(commune: Commune, units: &ProvinceUnits, register: &Register<'_>) -> Reading {
    let today: Vec<CommuneCode> = match commune.era {
        Era::Y2025 => vec![commune.code.clone()],
        _ => units.to_today(&commune).into_iter().map(|successor| successor.commune.code.clone()).collect(),
    };
    let wide: Vec<GroupId> = today.iter().filter_map(|code| register.in_today(&code.0)).collect();
    let narrow = match commune.era {
        Era::Y2025 => wide.clone(),
        _ => register.in_old(&commune.name, commune.district.as_deref()).into_iter().collect(),
    };
    Reading { commune, today, narrow, wide }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{units, village};
    use super::*;
    use crate::domain::Village;

    /// Villages of old Tam Hợp in Tương Dương (today Tam Thái) and of old Tam Hợp in Quỳ Hợp (today Tam Hợp).
    fn villages(units: &ProvinceUnits) -> [Village; 2] {
        let of = |id: &str, district: &str| {
            let found = units.find(&CommuneQuery {
                name: "Tam Hợp",
                district: Some(district),
                era: Some(Era::H1Y2025),
            });
            let today = units.to_today(found[0].commune)[0].commune;
            Village {
                commune_code: Some(today.code.clone()),
                commune: Some(today.name.clone()),
                old_commune: Some("Xã Tam Hợp".to_owned()),
                old_district: Some(format!("Huyện {district}")),
                ..village(id, "Bản Na", 19.3, 104.5)
            }
        };
        [of("TD", "Tương Dương"), of("QH", "Quỳ Hợp")]
    }

    fn read(district: Option<&str>, era: ListEra) -> (Vec<Vec<usize>>, Vec<Vec<usize>>, bool) {
        let units = units();
        let villages = villages(&units);
        let register = Register::new(&villages).unwrap();
        let found = readings(district, Some("Tam Hợp"), &units, &register, era);
        let narrow =
            |readings: &[Reading]| readings.iter().map(|r| super::villages(&r.narrow, &register)).collect();
        (narrow(&found.likely), narrow(&found.unlikely), found.false_friend)
    }

    #[test]
    fn the_district_tells_an_old_name_and_the_false_friend_is_still_named() {
        let (likely, _, false_friend) = read(Some("Huyện Tương Dương"), ListEra::Unknown);
        assert_eq!(likely, [[0]]);
        assert!(false_friend, "today's Tam Hợp is another place");
        let (likely, _, false_friend) = read(Some("Quỳ Hợp"), ListEra::Unknown);
        assert_eq!(likely[0], [1]);
        assert!(!false_friend, "today's Tam Hợp is the same place");
    }

    #[test]
    fn the_era_of_the_list_tells_the_likely_reading() {
        let (likely, unlikely, _) = read(None, ListEra::Today);
        assert_eq!(likely, [[1]]);
        assert!(unlikely.contains(&vec![0]), "{unlikely:?}");
        let (likely, ..) = read(None, ListEra::Old);
        assert!(likely.contains(&vec![0]) && likely.contains(&vec![1]), "{likely:?}");
    }

    #[test]
    fn names_of_one_era_tell_the_lists_era() {
        let units = units();
        let era = |names: &[&str]| list_era(names.iter().map(|name| (None, Some(*name))), None, &units);
        assert_eq!(era(&["Tà Cạ", "Tây Sơn", "Tam Hợp"]), ListEra::Old);
        assert_eq!(era(&["Tam Hợp"]), ListEra::Unknown);
        assert_eq!(era(&[]), ListEra::Unknown);
    }

    #[test]
    fn a_name_that_no_era_knows_has_no_reading() {
        let units = units();
        let villages = villages(&units);
        let register = Register::new(&villages).unwrap();
        assert!(readings(None, Some("Không Đâu"), &units, &register, ListEra::Unknown).is_empty());
    }
}
