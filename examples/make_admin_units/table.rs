//! Writes the table, and decides two things the packages do not say: what became of a code that vanished in
//! December 2024, and which points contradict what is known.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use phusong::geodesy::{LatLon, distance_m};
use unicode_normalization::UnicodeNormalization as _;

use crate::legacy2024::Until2024;
use crate::vietnamadminunits::{CommuneH1, Units};

/// A point farther from every successor's point than three radii of that successor (a disc of its area), and
/// than this, cannot lie in it and is left out.
const FAR_M: f64 = 8_000.0;

const PREAMBLE: &str = "\
# Administrative units of Viet Nam in three eras. Written by examples/make_admin_units; README.md has the format.
";

/// The table, and what was counted.
pub fn write(until_2024: &Until2024, units: &Units) -> (String, String) {
    let mut out = String::from(PREAMBLE);
    let mut report = String::new();
    let successors = successors(until_2024, units, &mut report);
    let mut dropped: BTreeMap<&str, usize> = BTreeMap::new();
    for (code, name) in &units.provinces {
        line(&mut out, &["T", code, name]);
        for (code, commune) in units.today.iter().filter(|(_, c)| c.province_code == *code) {
            let (lat, lon) = point(commune.hint);
            line(&mut out, &["n", code, &commune.name, &lat, &lon, &number(commune.area_km2, 2)]);
        }
        for (old_code, (old_name, _)) in units.old_provinces.iter().filter(|(_, (_, today))| today == code) {
            line(&mut out, &["O", old_code, old_name]);
            for (district, (name, _)) in units.districts.iter().filter(|(_, (_, p))| p == old_code) {
                line(&mut out, &["d", district, name]);
                for (code, commune) in units.h1.iter().filter(|(_, c)| c.district_code == *district) {
                    let hint = commune.hint.filter(|_| !contradicts(commune, units));
                    *dropped.entry(old_code).or_default() +=
                        usize::from(hint.is_none() && commune.hint.is_some());
                    let (lat, lon) = point(hint);
                    line(&mut out, &["h", code, &commune.name, &lat, &lon, &commune.today.join(" ")]);
                }
            }
            for (district, (name, _)) in until_2024.districts.iter().filter(|(_, (_, p))| p == old_code) {
                line(&mut out, &["e", district, name]);
                for (code, commune) in
                    until_2024.communes.iter().filter(|(_, c)| c.district_code == *district)
                {
                    let successor = successors.get(code.as_str()).map_or("?", String::as_str);
                    let same_code = successor == code;
                    let same_name = same_code && units.h1.get(code).is_some_and(|h1| h1.name == commune.name);
                    let name = if same_name { "" } else { &commune.name };
                    line(&mut out, &["a", code, name, if same_code { "" } else { successor }]);
                }
            }
        }
    }
    let total: usize = dropped.values().sum();
    let _ = writeln!(
        report,
        "{} / {} / {} communes; {total} points left out, {} of them in province 40",
        until_2024.communes.len(),
        units.h1.len(),
        units.today.len(),
        dropped.get("40").unwrap_or(&0)
    );
    (out, report)
}

/// Code until 2024 → code in early 2025. A code that still stands is the same place, or the one that others were
/// merged into. One that vanished is looked up by its name, without accents, among the names by which the package
/// knows the communes of the same district, else of the same province; only a single answer counts.
fn successors<'a>(
    until_2024: &'a Until2024,
    units: &Units,
    report: &mut String,
) -> BTreeMap<&'a str, String> {
    let mut known_as: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for (code, commune) in &units.h1 {
        for keyword in &commune.keywords {
            known_as.entry(keyword).or_default().insert(code);
        }
    }
    let mut found = BTreeMap::new();
    for (code, commune) in &until_2024.communes {
        if units.h1.contains_key(code) {
            found.insert(code.as_str(), code.clone());
            continue;
        }
        let province = until_2024.districts.get(&commune.district_code).map_or("", |(_, p)| p.as_str());
        let candidates: Vec<&str> =
            known_as.get(plain(&commune.name).as_str()).into_iter().flatten().copied().collect();
        let in_district = single(&candidates, |c| units.h1[c].district_code == commune.district_code);
        let in_province = single(&candidates, |c| {
            units.districts.get(&units.h1[c].district_code).is_some_and(|(_, p)| p == province)
        });
        match in_district.or(in_province) {
            Some(successor) => {
                found.insert(code, successor.to_owned());
            }
            None => {
                let _ = writeln!(report, "no successor known: {code} {} (province {province})", commune.name);
            }
        }
    }
    found
}

fn single<'a>(candidates: &[&'a str], accept: impl Fn(&str) -> bool) -> Option<&'a str> {
    let mut accepted = candidates.iter().filter(|c| accept(c));
    accepted.next().filter(|_| accepted.next().is_none()).copied()
}

/// Lower case, no accents, letters and digits only: as the package writes its keywords.
fn plain(name: &str) -> String {
    let lower = name.to_lowercase().replace('đ', "d");
    lower.nfd().filter(char::is_ascii_alphanumeric).collect()
}

fn contradicts(commune: &CommuneH1, units: &Units) -> bool {
    let Some(own) = commune.hint.and_then(position) else { return true };
    let mut seen = false;
    for today in commune.today.iter().filter_map(|code| units.today.get(code)) {
        let (Some(other), Some(area_km2)) = (today.hint.and_then(position), today.area_km2) else {
            return false;
        };
        seen = true;
        let radius_m = (area_km2 / std::f64::consts::PI).sqrt() * 1_000.0;
        if distance_m(own, other) <= FAR_M.max(3.0 * radius_m) {
            return false;
        }
    }
    seen
}

fn position((lat, lon): (f64, f64)) -> Option<LatLon> {
    LatLon::from_degrees(lat, lon).ok()
}

fn point(hint: Option<(f64, f64)>) -> (String, String) {
    (number(hint.map(|(lat, _)| lat), 5), number(hint.map(|(_, lon)| lon), 5))
}

fn number(value: Option<f64>, decimals: usize) -> String {
    value.map_or_else(String::new, |value| {
        let text = format!("{value:.decimals$}");
        text.trim_end_matches('0').trim_end_matches('.').to_owned()
    })
}

/// One line, its trailing empty fields left out; text in NFC.
fn line(out: &mut String, fields: &[&str]) {
    let text: String = fields.join("\t").nfc().collect();
    out.push_str(text.trim_end_matches('\t'));
    out.push('\n');
}
