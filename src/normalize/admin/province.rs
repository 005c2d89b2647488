//! The communes of one province in three eras, and which became which.

use std::collections::{BTreeMap, BTreeSet};

use super::key::{self, NameKey};
use super::table::CommuneLine;
use crate::domain::{Commune, CommuneCode, Era};

/// The communes of one province in three eras.
#[derive(Debug, Clone, Default)]
pub struct ProvinceUnits {
    pub(super) entries: Vec<Entry>,
    by_code: BTreeMap<(Era, CommuneCode), usize>,
    pub(super) by_name: BTreeMap<String, Vec<usize>>,
}

/// A commune and what is worked out from it.
#[derive(Debug, Clone)]
pub(super) struct Entry {
    pub(super) commune: Commune,
    pub(super) key: NameKey,
    /// The key without accents.
    pub(super) bare: String,
    pub(super) district_key: Option<String>,
    /// What it became: positions in `entries` of later eras, and whether that is the default.
    pub(super) next: Vec<(usize, bool)>,
}

/// What an old commune became.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Successor<'a> {
    /// Today's commune.
    pub commune: &'a Commune,
    /// Where an old commune was divided: whether this is the part to assume when nothing else is known.
    pub is_default: bool,
}

impl ProvinceUnits {
    /// Units without any commune: the start for a study that brings its own ([`Self::with_study_data`]).
    pub fn empty() -> ProvinceUnits {
        ProvinceUnits::default()
    }

    /// From lines of the table; those of `old_province` only, where one is asked for, with what they became.
    pub(super) fn from_lines(mut lines: Vec<CommuneLine>, old_province: Option<&str>) -> ProvinceUnits {
        if let Some(wanted) = old_province {
            lines.retain(|line| line.old_province.is_none_or(|p| p == wanted));
            let became: BTreeSet<&str> = lines
                .iter()
                .filter(|line| line.commune.era == Era::H1Y2025)
                .flat_map(|line| line.next.iter().copied())
                .collect();
            lines.retain(|line| line.old_province.is_some() || became.contains(line.commune.code.0.as_str()));
        }
        lines.sort_by(|a, b| (a.commune.era, &a.commune.code).cmp(&(b.commune.era, &b.commune.code)));
        let mut units = ProvinceUnits::default();
        let mut links = Vec::new();
        for line in lines {
            let era = if line.commune.era == Era::Y2024 { Era::H1Y2025 } else { Era::Y2025 };
            let own = units.insert(line.commune);
            links.push((own, era, line.next));
        }
        for (own, era, codes) in links {
            for (index, code) in codes.into_iter().enumerate() {
                if let Some(next) = units.position(code, era) {
                    units.entries[own].next.push((next, index == 0));
                }
            }
        }
        units
    }

    /// Adds a commune, or puts it in place of the one with its code and era. Returns where it stands.
    pub(super) fn insert(&mut self, commune: Commune) -> usize {
        let key = key::commune_key(&commune.name);
        let bare = key::unaccented(&key.name);
        let district_key = commune.district.as_deref().map(|d| key::district_key(d).name);
        let place = (commune.era, commune.code.clone());
        let index = self.by_code.get(&place).copied().unwrap_or(self.entries.len());
        if let Some(entry) = self.entries.get_mut(index) {
            if let Some(named) = self.by_name.get_mut(&entry.key.name) {
                named.retain(|i| *i != index);
            }
            *entry = Entry { commune, key, bare, district_key, next: std::mem::take(&mut entry.next) };
        } else {
            self.entries.push(Entry { commune, key, bare, district_key, next: Vec::new() });
        }
        self.by_code.insert(place, index);
        self.by_name.entry(self.entries[index].key.name.clone()).or_default().push(index);
        index
    }

    pub(super) fn position(&self, code: &str, era: Era) -> Option<usize> {
        self.by_code.get(&(era, CommuneCode(code.to_owned()))).copied()
    }

    /// The communes of an era, by code.
    pub fn communes(&self, era: Era) -> impl Iterator<Item = &Commune> {
        self.by_code
            .iter()
            .filter(move |((e, _), _)| *e == era)
            .map(|(_, index)| &self.entries[*index].commune)
    }

    /// The commune with this code in this era. The same code may be another place in another era.
    pub fn by_code(&self, code: &str, era: Era) -> Option<&Commune> {
        self.position(code, era).map(|index| &self.entries[index].commune)
    }

    /// What a commune became: one commune of today, several where it was divided (the default first), itself for
    /// one of today. Empty where it is not known, or the commune is none of these units.
    pub fn to_today(&self, commune: &Commune) -> Vec<Successor<'_>> {
        self.position(&commune.code.0, commune.era).map_or_else(Vec::new, |index| {
            let found = self.today_of(index).into_iter();
            found.map(|(i, is_default)| Successor { commune: &self.entries[i].commune, is_default }).collect()
        })
    }

    /// Positions of what the commune at `index` became, the default first.
    pub(super) fn today_of(&self, index: usize) -> Vec<(usize, bool)> {
        let entry = &self.entries[index];
        if entry.commune.era == Era::Y2025 {
            return vec![(index, true)];
        }
        let mut found: Vec<(usize, bool)> = Vec::new();
        for &(next, is_default) in &entry.next {
            for (today, default_there) in self.today_of(next) {
                let is_default = is_default && default_there;
                match found.iter_mut().find(|(i, _)| *i == today) {
                    Some(known) => known.1 |= is_default,
                    None => found.push((today, is_default)),
                }
            }
        }
        found.sort_by_key(|&(i, is_default)| (!is_default, self.entries[i].commune.code.clone()));
        found
    }

    /// The communes of both older eras that became `today` or gave a part to it, by era and code.
    pub fn ancestors(&self, today: &Commune) -> Vec<&Commune> {
        let Some(target) = self.position(&today.code.0, today.era) else { return Vec::new() };
        self.by_code
            .values()
            .filter(|index| **index != target && self.today_of(**index).iter().any(|(i, _)| *i == target))
            .map(|index| &self.entries[*index].commune)
            .collect()
    }
}
