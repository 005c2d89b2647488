//! Whether the registers are of the province that the study names.
//!
//! In: the province's code, villages and communes with the codes of their communes. Out: a finding where most villages, or
//! most communes, are of no commune that the province ever had. Positions are not looked at: the points of communes that
//! the program knows are too coarse for it.

use crate::domain::{CommuneOutline, Era, Source, Village};
use crate::finding::{Finding, Rule};
use crate::normalize::admin::{AdminUnits, ProvinceUnits};
use crate::read::RawFile;

/// A finding about the villages' file where more than half of the villages whose commune has a code lie elsewhere, else
/// one about the communes' file where more than half of them do.
pub(super) fn province_mismatch(
    province: &str,
    villages: &[Village],
    communes: &[CommuneOutline],
    (of_villages, of_communes): (Option<&RawFile>, Option<&RawFile>),
) -> Vec<Finding> {
    let villages: Vec<&str> =
        villages.iter().filter_map(|v| Some(v.commune_code.as_ref()?.0.as_str())).collect();
    let communes: Vec<&str> = communes.iter().map(|c| c.commune.code.0.as_str()).collect();
    let units = AdminUnits::for_province(province);
    for (codes, of, fact) in
        [(villages, of_villages, "villages_elsewhere"), (communes, of_communes, "communes_elsewhere")]
    {
        let Some(of) = of else { continue };
        let elsewhere =
            codes.iter().filter(|code| !units.as_ref().is_some_and(|units| has(units, code))).count();
        if elsewhere * 2 <= codes.len() {
            continue;
        }
        let source = Source { file: of.name.clone(), sheet: None, row: 0 };
        let finding = Finding::new(Rule::ProvinceMismatch, source).raw(province);
        let finding = finding.fact(fact, format!("{elsewhere}/{}", codes.len()));
        return vec![match looks_like(&codes) {
            Some(province) => finding.fact("looks_like", province),
            None => finding,
        }];
    }
    Vec::new()
}

fn has(units: &ProvinceUnits, code: &str) -> bool {
    [Era::Y2025, Era::H1Y2025, Era::Y2024].into_iter().any(|era| units.by_code(code, era).is_some())
}

/// Code and name of the province that has most of these communes, more than half; today's rather than one of before.
fn looks_like(codes: &[&str]) -> Option<String> {
    let mut best = (codes.len() / 2, None);
    for province in AdminUnits::provinces() {
        let Some(units) = AdminUnits::for_province(&province.code) else { continue };
        let count = codes.iter().filter(|code| has(&units, code)).count();
        if count > best.0 {
            best = (count, Some(format!("{} ({})", province.code, province.name)));
        }
    }
    best.1
}
