//! What the lists say, counted by commune of today and by district of before 2025-07-01.
//!
//! In: a reconciliation. Out: one row a unit, in the order of its key. Nothing is added up over carriers: a village
//! that three carriers report is one village.

use std::collections::{BTreeMap, BTreeSet};

use super::Reconciliation;
use crate::domain::{Carrier, Era, Gap, ReportState, Village, VillageOrigin};
use crate::normalize::admin::ProvinceUnits;
use crate::normalize::admin::district_name_key;

/// A share with what it is a share of. "Not reported" is all that it speaks of: nobody has measured coverage.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Rate {
    /// Villages of the register that no carrier reports and that no doubtful area may mean.
    pub not_reported: u64,
    /// Villages of the register.
    pub villages: u64,
}

impl Rate {
    /// Percent; `None` where there are no villages.
    pub fn percent(self) -> Option<f64> {
        (self.villages > 0).then(|| 100.0 * self.not_reported as f64 / self.villages as f64)
    }
}

/// The counts of one commune or district. Where `code` and `name` are both `None`, the villages whose unit is not
/// known.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct UnitCounts {
    /// Code of today's commune; none for a district.
    pub code: Option<String>,
    /// Its name.
    pub name: Option<String>,
    /// Of the villages of the register, how many no carrier reports.
    pub rate: Rate,
    /// Villages of the register that each carrier reports, in the order of the carriers counted.
    pub reported_by: Vec<u64>,
    /// Villages of the register that at least one carrier reports.
    pub reported: u64,
    /// Villages of the register that every carrier with a list reports.
    pub dark: u64,
    /// Villages of the register that nobody clearly reports, but that a doubtful area may mean.
    pub unknown: u64,
    /// Places reported that are not in the register.
    pub outside_register: u64,
}

impl UnitCounts {
    fn count<'a>(&mut self, village: &Village, gaps: impl Iterator<Item = &'a Gap> + Clone) {
        if village.origin != VillageOrigin::Register {
            self.outside_register += 1;
            return;
        }
        self.rate.villages += 1;
        let carriers = gaps.clone().count();
        self.reported_by.resize(carriers.max(self.reported_by.len()), 0);
        let reported = gaps.clone().filter(|g| g.state == ReportState::Reported).count();
        for (count, gap) in self.reported_by.iter_mut().zip(gaps.clone()) {
            *count += u64::from(gap.state == ReportState::Reported);
        }
        if reported > 0 {
            self.reported += 1;
            self.dark += u64::from(reported == carriers);
        } else if gaps.into_iter().any(|g| g.state == ReportState::Unknown) {
            self.unknown += 1;
        } else {
            self.rate.not_reported += 1;
        }
    }
}

/// By commune of today, in the order of codes; villages without one last.
pub fn by_commune(result: &Reconciliation) -> Vec<UnitCounts> {
    by_commune_among(result, &result.carriers)
}

/// The same over the lists of some of the carriers only, as if the others had handed in none.
pub fn by_commune_among(result: &Reconciliation, carriers: &[Carrier]) -> Vec<UnitCounts> {
    grouped(
        result,
        carriers,
        |village| village.commune_code.as_ref().map(|c| c.0.clone()),
        |village| village.commune.as_deref(),
        true,
    )
}

/// The same with every commune of today that `units` knows: one without a village in the register has none, and no rate.
pub fn by_every_commune(result: &Reconciliation, units: &ProvinceUnits) -> Vec<UnitCounts> {
    let mut counted = by_commune(result);
    let known: BTreeSet<String> = counted.iter().filter_map(|unit| unit.code.clone()).collect();
    let missing = units.communes(Era::Y2025).filter(|commune| !known.contains(&commune.code.0));
    counted.extend(missing.map(|commune| UnitCounts {
        code: Some(commune.code.0.clone()),
        name: Some(commune.name.clone()),
        reported_by: vec![0; result.carriers.len()],
        ..UnitCounts::default()
    }));
    counted.sort_by(|a, b| (a.code.is_none(), &a.code).cmp(&(b.code.is_none(), &b.code)));
    counted
}

/// All units together, with a count for each of so many carriers, also where there are no units. Each village stands in
/// one, so nothing is counted twice.
pub fn total(units: &[UnitCounts], carriers: usize) -> UnitCounts {
    let mut total = UnitCounts { reported_by: vec![0; carriers], ..UnitCounts::default() };
    for unit in units {
        total.rate.not_reported += unit.rate.not_reported;
        total.rate.villages += unit.rate.villages;
        total.reported += unit.reported;
        total.dark += unit.dark;
        total.unknown += unit.unknown;
        total.outside_register += unit.outside_register;
        total.reported_by.resize(unit.reported_by.len().max(total.reported_by.len()), 0);
        for (sum, own) in total.reported_by.iter_mut().zip(&unit.reported_by) {
            *sum += own;
        }
    }
    total
}

/// By district of before 2025-07-01, in the order of names; villages without one last.
pub fn by_district(result: &Reconciliation) -> Vec<UnitCounts> {
    grouped(
        result,
        &result.carriers,
        |village| village.old_district.as_deref().map(district_name_key),
        |village| village.old_district.as_deref(),
        false,
    )
}

fn grouped(
    result: &Reconciliation,
    carriers: &[Carrier],
    key: impl Fn(&Village) -> Option<String>,
    name: impl for<'v> Fn(&'v Village) -> Option<&'v str>,
    key_is_code: bool,
) -> Vec<UnitCounts> {
    let mut units: BTreeMap<(bool, Option<String>), UnitCounts> = BTreeMap::new();
    for (village, gaps) in result.by_village() {
        let key = key(village);
        let unit = units
            .entry((key.is_none(), key.clone()))
            .or_insert_with(|| UnitCounts { reported_by: vec![0; carriers.len()], ..UnitCounts::default() });
        // The register comes first, so that its writing of the name is the one kept.
        if unit.name.is_none() {
            unit.name = name(village).map(str::to_owned);
        }
        if key_is_code {
            unit.code = key;
        }
        unit.count(village, gaps.iter().filter(|gap| carriers.contains(&gap.carrier)));
    }
    units.into_values().collect()
}
