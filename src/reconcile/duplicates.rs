//! The same place twice in one list, from one carrier. It counts once; the later rows name the first.

use std::collections::BTreeMap;

use super::MatchedArea;
use crate::domain::{Area, Carrier, Source};
use crate::finding::{Finding, Rule};
use crate::normalize::admin::commune_name_key;
use crate::normalize::name::NameKeys;

/// What makes two areas of one list the same place.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Key {
    /// All its names mean these villages of the register.
    Villages(Vec<usize>),
    /// Not in the register: the same words and the same position.
    Words { commune: String, names: Vec<String>, position: Option<(i64, i64)> },
}

/// Marks the later of two areas that say the same. `areas` are one list's, the first of them number `start`.
pub(super) fn mark(areas: &mut [MatchedArea], start: usize, findings: &mut Vec<Finding>) {
    let mut first_of: BTreeMap<(Carrier, Key), usize> = BTreeMap::new();
    for i in 0..areas.len() {
        let Some(key) = key(&areas[i]) else { continue };
        let key = (areas[i].area.carrier.clone(), key);
        match first_of.get(&key) {
            None => {
                first_of.insert(key, i);
            }
            Some(&first) => {
                areas[i].duplicate_of = Some(start + first);
                let (this, earlier) = (&areas[i].area, &areas[first].area);
                findings.push(finding(this, &earlier.source));
            }
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
    let names: Vec<String> = area.villages.iter().map(|n| NameKeys::new(&n.clean).full).collect();
    // Micro-degrees are a decimetre: the same point, not merely a near one.
    let position = area
        .position
        .map(|p| ((p.position.lat_deg() * 1e6).round() as i64, (p.position.lon_deg() * 1e6).round() as i64));
    if names.is_empty() && position.is_none() {
        return None;
    }
    let commune = area.commune.as_deref().map(commune_name_key).unwrap_or_default();
    Some(Key::Words { commune, names, position })
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
