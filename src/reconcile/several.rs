//! One cell that names several villages without saying so by a comma: `Tân Hào - Tân Đức`, a name on each line.
//!
//! A dash or a line break may as well stand within one name. The register decides: the whole is no village of the
//! commune, and every part is one.

use super::commune::Readings;
use super::register::Register;
use crate::domain::{Area, VillageName};
use crate::normalize::name::NameKeys;
use crate::text::{Legacy, clean, clean_as, detect_legacy};

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
        // A name without letters is no village's.
        let mut likely = readings.likely.iter();
        !keys.is_empty() && likely.any(|reading| !register.bearing(&reading.wide, &keys).is_empty())
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
    // The lines are in the font that gave the whole.
    let fonts = [Legacy::Tcvn3, Legacy::Vni];
    let font = match clean(&name.raw).text == name.clean {
        true => detect_legacy(&name.raw),
        false => fonts.into_iter().find(|font| clean_as(&name.raw, *font).text == name.clean),
    };
    let clean_line = |line: &str| font.map_or_else(|| clean(line), |font| clean_as(line, font)).text;
    let lines: Vec<String> = name.raw.lines().map(clean_line).filter(|line| !line.is_empty()).collect();
    if lines.len() > 1 {
        return lines;
    }
    let parts = name.clean.split(" - ").map(str::trim).filter(|part| !part.is_empty());
    parts.map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::super::testing::{area, ids, list, matched, village};
    use crate::domain::{Area, Carrier, VillageName};
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

    #[test]
    fn the_lines_of_a_cell_in_a_legacy_font_are_read_in_it() {
        let register = [village("A", "Pù", 19.40, 104.12), village("B", "Khe Thù", 19.41, 104.12)];
        // The first as the row's other names prove the font, the second as it proves it by itself.
        let cells = [("Pï\nKhe Thï", "Pù Khe Thù"), ("Khe Thï\r\nPï", "Khe Thù Pù")];
        let area = |row, (raw, clean): (&str, &str)| Area {
            villages: vec![VillageName { raw: raw.into(), clean: clean.into() }],
            ..area(Carrier::Viettel, row, &[])
        };
        let areas = (2..).zip(cells).map(|(row, cell)| area(row, cell)).collect();
        let result = matched(&register, &[], &[list(areas)]);
        assert_eq!(ids(&result), [["A", "B"], ["B", "A"]]);
    }
}
