//! Which village of one reconciliation is which of another: two dates, perhaps two registers, perhaps two eras.
//!
//! In order: the same id; one name in one commune of today, near each other; one place in one commune under another
//! name. Every step is symmetric: exchanging the two sides exchanges the pairs and nothing else.

use std::collections::{BTreeMap, BTreeSet};

use crate::domain::{Era, Village, VillageOrigin};
use crate::geodesy::distance_m;
use crate::normalize::admin::{CommuneQuery, ProvinceUnits};
use crate::normalize::name::{Likeness, NameKeys, likeness};

/// One name in one commune is one village up to this distance, m.
const SAME_NAME_M: f64 = 2_000.0;
/// Another name in one commune is the same village, renamed, up to this distance, m.
const SAME_PLACE_M: f64 = 200.0;
/// One id, another name, another commune and farther apart than this, m: two registers that number alike.
const OTHER_VILLAGE_M: f64 = 5_000.0;

/// How two villages were found to be one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SameBy {
    /// The id.
    Id,
    /// Name and commune, and the position where both have one.
    Name,
    /// Position and commune; the name is another.
    Position,
}

impl SameBy {
    /// The key used in files.
    pub fn key(self) -> &'static str {
        match self {
            SameBy::Id => "id",
            SameBy::Name => "name",
            SameBy::Position => "position",
        }
    }
}

/// What of a village is compared.
struct Side<'a> {
    villages: &'a [Village],
    names: Vec<NameKeys>,
    communes: Vec<Vec<String>>,
    taken: Vec<bool>,
}

impl<'a> Side<'a> {
    fn new(villages: &'a [Village], units: &ProvinceUnits) -> Side<'a> {
        Side {
            villages,
            names: villages.iter().map(|v| NameKeys::new(&v.name)).collect(),
            communes: villages.iter().map(|v| today(v, units)).collect(),
            taken: vec![false; villages.len()],
        }
    }

    fn free(&self) -> impl Iterator<Item = usize> {
        (0..self.villages.len()).filter(|&i| !self.taken[i])
    }
}

/// Codes of the communes of today that a village may stand in: by its code in whichever era, else by names.
fn today(village: &Village, units: &ProvinceUnits) -> Vec<String> {
    let successors = |era: Era| {
        let commune = units.by_code(&village.commune_code.as_ref()?.0, era)?;
        Some(units.to_today(commune).into_iter().map(|s| s.commune.code.0.clone()).collect::<Vec<_>>())
    };
    let code = village.commune_code.as_ref().map(|c| c.0.clone());
    if let Some(code) = code.as_ref().filter(|code| units.by_code(code, Era::Y2025).is_some()) {
        return vec![code.clone()];
    }
    let from_code = successors(Era::H1Y2025).or_else(|| successors(Era::Y2024));
    if let Some(found) = from_code.filter(|found| !found.is_empty()) {
        return found;
    }
    let mut found: BTreeSet<String> = code.into_iter().collect();
    if let Some(name) = &village.old_commune {
        for era in [Era::H1Y2025, Era::Y2024] {
            let query = CommuneQuery { name, district: village.old_district.as_deref(), era: Some(era) };
            for hit in units.find(&query) {
                found.extend(units.to_today(hit.commune).into_iter().map(|s| s.commune.code.0.clone()));
            }
        }
    }
    found.into_iter().collect()
}

/// Pairs of villages (number in `old`, number in `new`), by the number in `old`.
pub(super) fn pairs(old: &[Village], new: &[Village], units: &ProvinceUnits) -> Vec<(usize, usize, SameBy)> {
    let (mut a, mut b) = (Side::new(old, units), Side::new(new, units));
    let mut found = Vec::new();
    let by_id: BTreeMap<&str, usize> = new.iter().zip(0..).map(|(v, i)| (v.id.as_str(), i)).collect();
    for (village, i) in old.iter().zip(0..) {
        let Some(&j) = by_id.get(village.id.as_str()) else { continue };
        if !b.taken[j] && same_id_same_village(&a, i, &b, j) {
            take(&mut a, i, &mut b, j, SameBy::Id, &mut found);
        }
    }
    for by in [SameBy::Name, SameBy::Position] {
        let mut candidates = candidates(&a, &b, by);
        candidates.sort_by(|x, y| x.0.total_cmp(&y.0).then_with(|| ids(x, old, new).cmp(&ids(y, old, new))));
        for (_, i, j) in candidates {
            if !a.taken[i] && !b.taken[j] {
                take(&mut a, i, &mut b, j, by, &mut found);
            }
        }
    }
    found.sort_by_key(|(i, _, _)| *i);
    found
}

/// The two ids, the smaller first: the same for either order of the sides.
fn ids<'v>(pair: &(f64, usize, usize), old: &'v [Village], new: &'v [Village]) -> [&'v str; 2] {
    let mut ids = [old[pair.1].id.as_str(), new[pair.2].id.as_str()];
    ids.sort_unstable();
    ids
}

fn take(
    a: &mut Side<'_>,
    i: usize,
    b: &mut Side<'_>,
    j: usize,
    by: SameBy,
    found: &mut Vec<(usize, usize, SameBy)>,
) {
    a.taken[i] = true;
    b.taken[j] = true;
    found.push((i, j, by));
}

fn apart_m(a: &Village, b: &Village) -> Option<f64> {
    Some(distance_m(a.position?, b.position?))
}

/// An id of a register holds through renaming and moving; that of a stand-in only while all else is equal, because
/// it is made of the area's running number.
fn same_id_same_village(a: &Side<'_>, i: usize, b: &Side<'_>, j: usize) -> bool {
    let (old, new) = (&a.villages[i], &b.villages[j]);
    let same_commune = a.communes[i].iter().any(|c| b.communes[j].contains(c));
    if old.origin == VillageOrigin::Register && new.origin == VillageOrigin::Register {
        let near = apart_m(old, new).is_none_or(|d| d <= OTHER_VILLAGE_M);
        return near || same_commune || likeness(&a.names[i], &b.names[j]) > Likeness::None;
    }
    a.names[i].full == b.names[j].full && a.communes[i] == b.communes[j] && old.position == new.position
}

/// Pairs that may be one village, with their distance. Without both positions a name must be the only one of its
/// commune on either side.
fn candidates(a: &Side<'_>, b: &Side<'_>, by: SameBy) -> Vec<(f64, usize, usize)> {
    let key = |side: &Side<'_>, i: usize, commune: &str| {
        let name = if by == SameBy::Name { side.names[i].loose.clone() } else { String::new() };
        (commune.to_owned(), name)
    };
    let grouped = |side: &Side<'_>| {
        let mut groups: BTreeMap<(String, String), Vec<usize>> = BTreeMap::new();
        for i in side.free() {
            for commune in &side.communes[i] {
                groups.entry(key(side, i, commune)).or_default().push(i);
            }
        }
        groups
    };
    let (olds, news) = (grouped(a), grouped(b));
    let mut pairs: BTreeMap<(usize, usize), f64> = BTreeMap::new();
    for (key, of_old) in &olds {
        let Some(of_new) = news.get(key) else { continue };
        let single = of_old.len() == 1 && of_new.len() == 1;
        for (&i, &j) in of_old.iter().flat_map(|i| of_new.iter().map(move |j| (i, j))) {
            let limit_m = if by == SameBy::Name { SAME_NAME_M } else { SAME_PLACE_M };
            match apart_m(&a.villages[i], &b.villages[j]) {
                Some(apart_m) if apart_m <= limit_m => {
                    pairs.insert((i, j), apart_m);
                }
                None if single && by == SameBy::Name && !key.1.is_empty() => {
                    pairs.insert((i, j), limit_m);
                }
                _ => {}
            }
        }
    }
    pairs.into_iter().map(|((i, j), apart_m)| (apart_m, i, j)).collect()
}
