//! One cell that names several villages without saying so by a comma: `Tân Hào - Tân Đức`, a name on each line.
//!
//! A dash or a line break may as well stand within one name. The register decides: the whole is no village of the
//! commune, and every part is one.

use super::commune::Readings;
use super::register::Register;
use crate::domain::{Area, VillageName};
use crate::normalize::name::{NameKeys, sameness};
use crate::text::clean;

/// More parts than these are a sentence.
const MOST: usize = 12;

/// The area with a name for each village that its one cell names; mostly as it was.
pub(super) fn parted(mut area: Area, readings: &Readings, register: &Register<'_>) -> Area {
    let [only] = area.villages.as_slice() else { return area };
    if !only.clean.contains(" - ") && !only.raw.contains(['\n', '\r']) {
        return area;
    }
    let parts = parts(only);
    if !(2..=MOST).contains(&parts.len()) {
        return area;
    }
    let is_registered = |name: &str| {
        let keys = NameKeys::new(name);
        let mut villages = readings.likely.iter().flat_map(|reading| &reading.wide);
        villages.any(|village| sameness(&keys, register.keys(*village)).is_some())
    };
    if is_registered(&only.clean) || !parts.iter().all(|part| is_registered(part)) {
        return area;
    }
    let raw = only.raw.clone();
    area.villages = parts.into_iter().map(|clean| VillageName { raw: raw.clone(), clean }).collect();
    area
}

/// Whether the names of an area were parted here: each still has the whole cell.
pub(super) fn was_parted(area: &Area) -> bool {
    matches!(area.villages.as_slice(), [first, second, ..] if first.raw == second.raw && first.raw != first.clean)
}

fn parts(name: &VillageName) -> Vec<String> {
    let lines: Vec<String> =
        name.raw.lines().map(|line| clean(line).text).filter(|line| !line.is_empty()).collect();
    if lines.len() > 1 {
        return lines;
    }
    let parts = name.clean.split(" - ").map(str::trim).filter(|part| !part.is_empty());
    parts.map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::super::testing::{area, ids, list, matched, village};
    use crate::domain::Carrier;
    use crate::finding::Rule;

    #[test]
    fn the_register_tells_several_names_from_one_with_a_dash() {
        let register = [
            village("A", "Tân Hào", 19.40, 104.12),
            village("B", "Tân Đức", 19.41, 104.12),
            village("C", "Na - Hín", 19.42, 104.12),
        ];
        let names = ["Tân Hào - Tân Đức", "Tân Hào\nTân Đức", "Na - Hín", "Nơi Nào - Không Đâu"];
        let areas = (2..).zip(names).map(|(row, name)| area(Carrier::Viettel, row, &[name])).collect();
        let result = matched(&register, &[], &[list(areas)]);
        assert_eq!(ids(&result), [vec!["A", "B"], vec!["A", "B"], vec!["C"], vec![]]);
        let told: Vec<u32> = result
            .findings
            .iter()
            .filter(|f| f.rule == Rule::MultipleVillagesInCell)
            .map(|f| f.source.row)
            .collect();
        assert_eq!(told, [2, 3]);
    }
}
