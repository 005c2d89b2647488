//! The same place twice in one list, from one carrier. It counts once; the later rows name the first.

use std::collections::BTreeMap;

use super::MatchedArea;
use crate::domain::{Area, Carrier, Source};
use crate::finding::{Finding, Rule};
use crate::geodesy::distance_m;
use crate::normalize::admin::{commune_name_key, district_name_key};
use crate::normalize::name::NameKeys;

/// What makes two areas of one list the same place.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Key {
    /// All its names mean these villages of the register.
    Villages(Vec<usize>),
    /// Not in the register: the same commune and the same names. Whether it is the same place, [`is_same`] tells.
    Words { commune: String, names: Vec<String> },
    /// Without a name: the same position.
    Point(i64, i64),
}

/// Earlier areas of one key that are looked at: nobody has more villages of one name in one commune.
pub(super) const MOST_ALIKE: usize = 16;

/// Marks the later of two areas that say the same. `areas` are one list's, the first of them number `start`.
pub(super) fn mark(areas: &mut [MatchedArea], start: usize, limit_m: f64, findings: &mut Vec<Finding>) {
    let mut earlier_of: BTreeMap<(Carrier, Key), Vec<usize>> = BTreeMap::new();
    for i in 0..areas.len() {
        let Some(key) = key(&areas[i]) else { continue };
        let earlier = earlier_of.entry((areas[i].area.carrier.clone(), key.clone())).or_default();
        let same = earlier
            .iter()
            .take(MOST_ALIKE)
            .find(|&&e| !key.is_words() || is_same(&areas[e].area, &areas[i].area, limit_m));
        match same.copied() {
            None => earlier.push(i),
            Some(first) => {
                areas[i].duplicate_of = Some(start + first);
                let (this, earlier) = (&areas[i].area, &areas[first].area);
                findings.push(finding(this, &earlier.source));
            }
        }
    }
}

impl Key {
    /// Whether the key alone does not tell.
    pub fn is_words(&self) -> bool {
        matches!(self, Key::Words { .. })
    }
}

/// Whether two areas of one commune and one name are the same place: near each other, or, where a position is missing,
/// called the same to the prefix.
pub(super) fn is_same(a: &Area, b: &Area, limit_m: f64) -> bool {
    match (a.position, b.position) {
        (Some(a), Some(b)) => distance_m(a.position, b.position) <= limit_m,
        _ => {
            let full = |area: &Area| -> Vec<String> {
                area.villages.iter().map(|n| NameKeys::new(&n.clean).full).collect()
            };
            let unknown_commune = a.commune.is_none() && a.position.is_some() != b.position.is_some();
            full(a) == full(b) && !unknown_commune
        }
    }
}

/// That an area repeats an earlier one.
pub(super) fn finding(this: &Area, earlier: &Source) -> Finding {
    let row = match &earlier.sheet {
        Some(sheet) => format!("{sheet}!{}", earlier.row),
        None => earlier.row.to_string(),
    };
    let names: Vec<&str> = this.villages.iter().map(|n| n.clean.as_str()).collect();
    let mut finding = Finding::new(Rule::DuplicateWithinCarrier, this.source.clone())
        .fact("same_as", row)
        .fact("village", names.join(", "));
    finding.carrier = Some(this.carrier.clone());
    finding
}

/// What makes an area the same place as another of its list; `None` where it says nothing of its place.
pub(super) fn key(matched: &MatchedArea) -> Option<Key> {
    let found: Vec<usize> = matched.matches.iter().filter_map(|m| m.village).collect();
    // A nameless polygon or point is known by its place: two of them may well hold the same village.
    if found.len() == matched.matches.len() && !matched.area.villages.is_empty() {
        let mut villages = found;
        villages.sort_unstable();
        return Some(Key::Villages(villages));
    }
    let area = &matched.area;
    if !area.villages.is_empty() {
        let names = area.villages.iter().map(|n| NameKeys::new(&n.clean).loose).collect();
        let commune = match &matched.commune_code {
            Some(code) => code.0.clone(),
            None => {
                let district = area.district.as_deref().map(district_name_key).unwrap_or_default();
                format!("{}, {district}", area.commune.as_deref().map(commune_name_key).unwrap_or_default())
            }
        };
        return Some(Key::Words { commune, names });
    }
    // Micro-degrees are a decimetre: the same point, not merely a near one.
    let micro = |degrees: f64| (degrees * 1e6).round() as i64;
    area.position.map(|p| Key::Point(micro(p.position.lat_deg()), micro(p.position.lon_deg())))
}

#[cfg(test)]
mod tests {
    use super::super::testing::{area, list, matched, placed, village};
    use crate::domain::Carrier;
    use crate::finding::Rule;

    #[test]
    fn one_village_twice_counts_once_and_the_later_row_names_the_first() {
        let register = [village("A", "Bản Na", 19.40, 104.12)];
        let rows = [(2, "Bản Na"), (3, "Bản Mới"), (4, "Thôn Na"), (5, "Bản Mới")];
        let areas = rows.map(|(row, name)| area(Carrier::Viettel, row, &[name]));
        let result = matched(&register, &[], &[list(areas.to_vec())]);
        let first: Vec<Option<usize>> = result.areas.iter().map(|a| a.duplicate_of).collect();
        assert_eq!(first, [None, None, Some(0), Some(1)]);
        assert_eq!((result.lists[0].areas, result.lists[0].counted()), (4, 2));
        let named = |row: u32| {
            let mut of_row = result.findings.iter().filter(|f| f.source.row == row);
            of_row.any(|f| {
                f.rule == Rule::DuplicateWithinCarrier
                    && f.facts.contains(&("same_as", (row - 2).to_string()))
            })
        };
        assert!(named(4) && named(5));
        assert_eq!(result.villages.len(), 2, "the repeated row makes no second point");
        assert_eq!(result.areas[3].demand, result.areas[1].demand);
    }

    #[test]
    fn outside_the_register_a_name_near_by_or_without_a_position_is_a_repetition() {
        let row = |row, name, lat| placed(area(Carrier::Viettel, row, &[name]), lat, 104.12);
        let rows = vec![
            row(2, "Bản Mới", 19.400),
            row(3, "Thôn Mới", 19.401),
            area(Carrier::Viettel, 4, &["BẢN MỚI"]),
            area(Carrier::Viettel, 5, &["Thôn Mới"]),
            row(6, "Bản Mới", 19.403),
            row(7, "Bản Mới", 19.4031),
        ];
        let first: Vec<_> = matched(&[], &[], &[list(rows)]).areas.iter().map(|a| a.duplicate_of).collect();
        assert_eq!(first, [None, Some(0), Some(0), None, None, Some(4)]);
    }

    #[test]
    fn other_positions_or_other_carriers_are_no_repetition() {
        let register = [village("A", "Bản Na", 19.40, 104.12)];
        let outside = |row, lat| placed(area(Carrier::Viettel, row, &["Bản Mới"]), lat, 104.12);
        let result = matched(&register, &[], &[list(vec![outside(2, 19.40), outside(3, 19.41)])]);
        assert!(result.areas.iter().all(|a| a.duplicate_of.is_none()));
        let both =
            list(vec![area(Carrier::Viettel, 2, &["Bản Na"]), area(Carrier::VinaPhone, 3, &["Bản Na"])]);
        let result = matched(&register, &[], &[both]);
        assert!(result.areas.iter().all(|a| a.duplicate_of.is_none()), "one list may hold two carriers");
    }
}
