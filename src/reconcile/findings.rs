//! What matching has to say of an area and of a list.

use super::extent::Extent;
use super::matching::{MatchedBy, VillageMatch};
use super::register::{GroupId, Register};
use super::several::was_parted;
use super::{ListCount, MatchedArea, Place};
use crate::domain::{Area, Era, Source, VillageName};
use crate::finding::{Finding, Rule};
use crate::geodesy::LatLon;
use crate::normalize::admin::{ProvinceUnits, district_name_key};
use crate::normalize::name::{Likeness, NameKeys, likeness};
use crate::text::{Legacy, clean_as};

/// At most so many near names are suggested.
const SUGGESTIONS: usize = 3;
/// Above this Jaro-Winkler similarity a name is suggested.
const NEAR_NAME: f64 = 0.8;

/// The findings of one area.
pub(super) fn of_area(
    matched: &MatchedArea,
    place: &Place<'_>,
    register: &Register<'_>,
    extent: &Extent<'_>,
    units: &ProvinceUnits,
    findings: &mut Vec<Finding>,
) {
    let first_new = findings.len();
    if was_parted(&matched.area) {
        let names: Vec<&str> = matched.area.villages.iter().map(|name| name.clean.as_str()).collect();
        let finding = Finding::new(Rule::MultipleVillagesInCell, matched.area.source.clone());
        findings.push(finding.raw(&*matched.area.villages[0].raw).used(names.join(" | ")));
    }
    commune(matched, place, units, findings);
    position(matched, place, extent, findings);
    far_from_village(matched, place, register, extent.tolerances.far_from_village_m, findings);
    // Without a register of villages, or anything that could be one, there is nothing to say.
    let can_tell = !register.villages().is_empty() && matched.area.names_a_place();
    for found in matched.matches.iter().filter(|_| can_tell) {
        village(matched, found, place, register, findings);
    }
    for finding in &mut findings[first_new..] {
        finding.carrier = Some(matched.area.carrier.clone());
    }
}

fn commune(matched: &MatchedArea, place: &Place<'_>, units: &ProvinceUnits, findings: &mut Vec<Finding>) {
    let area = &matched.area;
    let Some(name) = area.commune.as_deref() else { return };
    let at = || area.source.clone();
    if place.readings.is_empty() || place.readings.by_code {
        let near = &place.readings.near;
        let mut finding = Finding::new(Rule::UnknownCommune, at()).raw(name);
        if let Some(reading) = place.readings.likely.first() {
            finding = finding.used(format!("{} ({})", reading.commune.name, reading.commune.code.0));
        } else if !near.is_empty() {
            finding = finding.fact("nearest", near.join(", "));
        }
        findings.push(finding);
        return;
    }
    let chosen = place
        .readings
        .likely
        .iter()
        .find(|r| matched.commune_code.as_ref().is_some_and(|code| r.today.contains(code)));
    if place.readings.false_friend {
        let mut finding = Finding::new(Rule::CommuneFalseFriend, at()).raw(name);
        if let Some(reading) = chosen {
            let district = reading.commune.district.as_deref().map(|d| format!(", {d}")).unwrap_or_default();
            finding =
                finding.used(format!("{} ({}{district})", reading.commune.name, reading.commune.era.name()));
        }
        let others: Vec<String> = place
            .readings
            .likely
            .iter()
            .chain(&place.readings.unlikely)
            .filter(|r| chosen.is_none_or(|c| c.commune != r.commune))
            .map(|r| {
                format!(
                    "{} {}",
                    r.commune.era.name(),
                    r.commune.district.as_deref().unwrap_or(&r.commune.code.0)
                )
            })
            .collect();
        findings.push(finding.fact("also", others.join("; ")));
    }
    if chosen.is_some_and(|r| r.commune.era != Era::Y2025) {
        let code = matched.commune_code.as_ref().map(|c| c.0.as_str()).unwrap_or_default();
        let today = units.by_code(code, Era::Y2025).map_or(code, |c| c.name.as_str());
        findings.push(Finding::new(Rule::OldCommuneMapped, at()).raw(name).used(today));
    }
    if matched.commune_code.is_none() {
        let communes: Vec<String> = place
            .readings
            .likely
            .iter()
            .map(|r| {
                format!(
                    "{} ({})",
                    r.commune.name,
                    r.commune.district.as_deref().unwrap_or(r.commune.era.name())
                )
            })
            .collect();
        findings.push(Finding::new(Rule::CommuneAmbiguous, at()).raw(name).fact("also", communes.join("; ")));
    }
    other_district(area, name, place, units, findings);
    if let Some(code) = area.commune_code.as_deref() {
        let all = place.readings.likely.iter().chain(&place.readings.unlikely);
        let fits = all.clone().any(|r| r.is_of_code(code));
        if !fits {
            findings.push(Finding::new(Rule::CommuneCodeNameMismatch, at()).raw(code).fact("commune", name));
        }
    }
}

/// No reading of the commune's name is in the district that stands beside it. Communes of today are in the districts of
/// those that they were made of.
fn other_district(
    area: &Area,
    name: &str,
    place: &Place<'_>,
    units: &ProvinceUnits,
    findings: &mut Vec<Finding>,
) {
    let Some(district) = area.district.as_deref().filter(|district| units.has_district(district)) else {
        return;
    };
    let mut known: Vec<String> = Vec::new();
    for reading in place.readings.likely.iter().chain(&place.readings.unlikely) {
        let commune = &reading.commune;
        let of_ancestors = || units.ancestors(commune).into_iter().filter_map(|old| old.district.clone());
        let districts: Vec<String> = match commune.era {
            Era::Y2025 => of_ancestors().collect(),
            _ => commune.district.iter().cloned().collect(),
        };
        if districts.is_empty()
            || districts.iter().any(|d| district_name_key(d) == district_name_key(district))
        {
            return;
        }
        known.extend(districts);
    }
    known.sort_unstable();
    known.dedup();
    if !known.is_empty() {
        let finding = Finding::new(Rule::DistrictCommuneMismatch, area.source.clone());
        findings.push(finding.raw(format!("{district} / {name}")).fact("expected", known.join(", ")));
    }
}

fn position(matched: &MatchedArea, place: &Place<'_>, extent: &Extent<'_>, findings: &mut Vec<Finding>) {
    let area = &matched.area;
    let Some(own) = place.own else { return };
    let at = |p: LatLon| format!("{:.5}, {:.5}", p.lat_deg(), p.lon_deg());
    let raw = || at(own);
    let with_used = |mut finding: Finding| {
        finding.used = matched.position.filter(|p| *p != own).map(at);
        finding
    };
    if place.in_province == Some(false) {
        findings.push(with_used(Finding::new(Rule::CoordOutsideProvince, area.source.clone()).raw(raw())));
    }
    // Outside the province and far from the commune are two things: a village at the border may be either.
    if place.near_commune == Some(false) {
        let mut finding = Finding::new(Rule::CoordFarFromCommune, area.source.clone()).raw(raw());
        if let Some((_, name)) = extent.commune_at(own) {
            finding = finding.fact("commune", name);
        }
        findings.push(with_used(finding));
    }
}

/// In the commune that the row names, but not where the register has the one village that it names there.
fn far_from_village(
    matched: &MatchedArea,
    place: &Place<'_>,
    register: &Register<'_>,
    limit_m: f64,
    findings: &mut Vec<Finding>,
) {
    let ([found], Some(own)) = (matched.matches.as_slice(), place.own) else { return };
    let by_name =
        matches!(found.by, MatchedBy::CommuneName | MatchedBy::CommuneNameNumbers | MatchedBy::VillageId);
    let known_bad = place.in_province == Some(false) || place.near_commune == Some(false);
    let Some(village) = found.village.filter(|_| by_name && !known_bad) else { return };
    let Some(apart_m) = register.distance_m(own, village).filter(|apart_m| *apart_m > limit_m) else {
        return;
    };
    let registered = register.village(village);
    let finding = Finding::new(Rule::CoordFarFromVillage, matched.area.source.clone())
        .raw(format!("{:.5}, {:.5}", own.lat_deg(), own.lon_deg()))
        .fact("village", format!("{} ({})", registered.name, registered.id))
        .fact("distance", format!("{:.1} km", apart_m / 1_000.0));
    findings.push(finding);
}

fn village(
    matched: &MatchedArea,
    found: &VillageMatch,
    place: &Place<'_>,
    register: &Register<'_>,
    findings: &mut Vec<Finding>,
) {
    let area = &matched.area;
    let name = found.name.map(|n| area.villages[n].clean.as_str());
    let at: Source = area.source.clone();
    let Some(village) = found.village else {
        no_village(found, name, at, place, register, findings);
        return;
    };
    let registered = register.village(village);
    let shown = format!("{} ({})", registered.name, registered.id);
    if let Some(name) = found.name.map(|n| &area.villages[n])
        && let Some(legacy) = legacy_that_reads(name, register.keys(village))
    {
        let finding = Finding::new(Rule::LegacyFontText, at.clone()).raw(&*name.raw).used(&*registered.name);
        findings.push(finding.fact("encoding", legacy.name()));
    }
    match found.by {
        MatchedBy::CommunePosition | MatchedBy::CommuneNameNumbers if found.respelt => {
            let finding = Finding::new(Rule::VillageNotInRegister, at).used(shown);
            findings.push(with_raw(finding, name));
        }
        MatchedBy::NamePosition | MatchedBy::Position | MatchedBy::Polygon => {
            let mut finding = Finding::new(Rule::MatchByPosition, at).used(shown);
            if let Some(commune) = &registered.commune {
                finding = finding.fact("commune", commune);
            }
            findings.push(with_raw(finding, name));
        }
        _ => {}
    }
}

/// The legacy font in which a name is the registered one, where it is not as it stands.
fn legacy_that_reads(name: &VillageName, registered: &NameKeys) -> Option<Legacy> {
    if likeness(&NameKeys::new(&name.clean), registered) >= Likeness::Loose {
        return None;
    }
    [Legacy::Tcvn3, Legacy::Vni].into_iter().find(|legacy| {
        likeness(&NameKeys::new(&clean_as(&name.raw, *legacy).text), registered) >= Likeness::Loose
    })
}

fn no_village(
    found: &VillageMatch,
    name: Option<&str>,
    at: Source,
    place: &Place<'_>,
    register: &Register<'_>,
    findings: &mut Vec<Finding>,
) {
    if found.several.is_empty() {
        let near = name.map(|n| nearest_names(n, place, register)).unwrap_or_default();
        let mut finding = Finding::new(Rule::VillageNotInRegister, at.clone());
        if !near.is_empty() {
            finding = finding.fact("nearest", near.join(", "));
        }
        findings.push(with_raw(finding, name));
    } else {
        let ids: Vec<String> = found
            .several
            .iter()
            .map(|v| format!("{} ({})", register.village(*v).name, register.village(*v).id))
            .collect();
        findings.push(with_raw(
            Finding::new(Rule::VillageAmbiguous, at.clone()).fact("also", ids.join(", ")),
            name,
        ));
    }
    findings.push(with_raw(Finding::new(Rule::OutsideRegister, at), name));
}

fn with_raw(finding: Finding, raw: Option<&str>) -> Finding {
    match raw {
        Some(raw) => finding.raw(raw),
        None => finding,
    }
}

/// The names of the commune most like `name`, for a person to choose from; never used to match.
fn nearest_names(name: &str, place: &Place<'_>, register: &Register<'_>) -> Vec<String> {
    let keys = NameKeys::new(name);
    let communes: Vec<GroupId> = place.readings.likely.iter().flat_map(|r| &r.wide).copied().collect();
    let mut scored: Vec<(Likeness, f64, usize)> = register
        .perhaps_near(&communes, &keys, NEAR_NAME)
        .into_iter()
        .map(|v| {
            let other = register.keys(v);
            (likeness(&keys, other), strsim::jaro_winkler(&keys.bare, &other.bare), v)
        })
        .filter(|(likeness, score, _)| *likeness > Likeness::None || *score > NEAR_NAME)
        .collect();
    scored.sort_by(|a, b| b.0.cmp(&a.0).then(b.1.total_cmp(&a.1)).then(a.2.cmp(&b.2)));
    scored.dedup_by_key(|(_, _, v)| *v);
    scored.iter().take(SUGGESTIONS).map(|(_, _, v)| register.village(*v).name.clone()).collect()
}

/// The findings of a whole list: does it have any area, and as many as the carrier declared?
pub(super) fn of_list(list: &ListCount, findings: &mut Vec<Finding>) {
    let whole = |rule| {
        let mut finding = Finding::new(rule, Source { file: list.file.clone(), sheet: None, row: 0 });
        finding.carrier = Some(list.carrier.clone());
        finding
    };
    if list.was_read && list.areas == 0 && !list.says_none {
        findings.push(whole(Rule::ListWithoutAreas));
    }
    let Some(declared) = list.declared else { return };
    if list.counted() != declared {
        let finding = whole(Rule::DeclaredTotalMismatch)
            .fact("declared", declared.to_string())
            .fact("counted", list.counted().to_string())
            .fact("duplicates", list.duplicates.to_string());
        findings.push(finding);
    }
}

/// A second list of a carrier: perhaps another district's, perhaps an old version. Nobody can tell from here.
pub(super) fn several_of_a_carrier(lists: &[ListCount], findings: &mut Vec<Finding>) {
    for (i, list) in lists.iter().enumerate() {
        let same: Vec<&ListCount> = lists.iter().filter(|other| other.carrier == list.carrier).collect();
        let is_second = lists[..i].iter().filter(|earlier| earlier.carrier == list.carrier).count() == 1;
        if is_second {
            let files: Vec<&str> = same.iter().map(|list| &*list.file).collect();
            let source = Source { file: list.file.clone(), sheet: None, row: 0 };
            let mut finding = Finding::new(Rule::CarrierInSeveralLists, source)
                .raw(list.carrier.name())
                .fact("count", same.len().to_string())
                .fact("files", files.join(", "));
            finding.carrier = Some(list.carrier.clone());
            findings.push(finding);
        }
    }
}
