//! Communes by name.

use super::key;
use super::province::{Entry, ProvinceUnits};
use crate::domain::{Commune, Era};

/// What is known of a commune that is looked for.
#[derive(Debug, Clone, Copy, Default)]
pub struct CommuneQuery<'a> {
    /// Its name, with or without its type (`Xã`, `X.`, `TT`…), in any case and composition. Accents count.
    pub name: &'a str,
    /// Its district, with or without type. A commune of today answers where one of its ancestors lay there.
    /// `None` (the default) asks in every district.
    pub district: Option<&'a str>,
    /// The era of its name; `None` (the default) asks in all.
    pub era: Option<Era>,
}

/// An answer.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct CommuneMatch<'a> {
    /// The commune.
    pub commune: &'a Commune,
    /// The query states a type (`Thị trấn`) and it is not this commune's.
    pub type_differs: bool,
}

impl ProvinceUnits {
    /// The communes of this name: those of the type asked for first, then the newer era, then by code. The same
    /// place may answer in several eras, and one name may mean different places in different eras
    /// ([`Self::false_friend`]): compare what the answers became ([`Self::to_today`]).
    pub fn find(&self, query: &CommuneQuery<'_>) -> Vec<CommuneMatch<'_>> {
        let asked = key::commune_key(query.name);
        let district = query.district.map(|d| key::district_key(d).name).filter(|d| !d.is_empty());
        let Some(named) = self.by_name.get(&asked.name) else { return Vec::new() };
        let mut found: Vec<CommuneMatch<'_>> = named
            .iter()
            .filter(|index| query.era.is_none_or(|era| self.entries[**index].commune.era == era))
            .filter(|index| district.as_deref().is_none_or(|d| self.lies_in(**index, d)))
            .map(|index| {
                let Entry { commune, key, .. } = &self.entries[*index];
                CommuneMatch {
                    commune,
                    type_differs: asked.unit_type.is_some() && asked.unit_type != key.unit_type,
                }
            })
            .collect();
        found.sort_by(|a, b| {
            (a.type_differs, b.commune.era, &a.commune.code).cmp(&(
                b.type_differs,
                a.commune.era,
                &b.commune.code,
            ))
        });
        found
    }

    /// Whether a district of this name was in the province, before 2025-07-01.
    pub fn has_district(&self, name: &str) -> bool {
        let wanted = key::district_key(name).name;
        !wanted.is_empty() && self.entries.iter().any(|e| e.district_key.as_deref() == Some(wanted.as_str()))
    }

    fn lies_in(&self, index: usize, district_key: &str) -> bool {
        let entry = &self.entries[index];
        match &entry.district_key {
            Some(own) => own == district_key,
            None => self
                .entries
                .iter()
                .enumerate()
                .filter(|(_, e)| e.district_key.as_deref() == Some(district_key))
                .any(|(old, _)| self.today_of(old).iter().any(|(today, _)| *today == index)),
        }
    }

    /// The communes whose names are nearest to `name`, for a message: at most `limit`, the nearest first, one of
    /// each name. Nearness ignores accents and type; nothing is returned that shares less than two thirds.
    pub fn suggest(&self, name: &str, era: Option<Era>, limit: usize) -> Vec<&Commune> {
        const ENOUGH: f64 = 2.0 / 3.0;
        let accented = key::commune_key(name).name;
        let asked = key::unaccented(&accented);
        let letters = asked.chars().count();
        let mut scored: Vec<(f64, &Entry)> = Vec::new();
        for entry in self.entries.iter().filter(|e| era.is_none_or(|era| e.commune.era == era)) {
            // Each letter that one has more than the other is a change.
            let others = entry.bare.chars().count();
            if letters.abs_diff(others) * 3 > letters.max(others) {
                continue;
            }
            let without = strsim::normalized_damerau_levenshtein(&asked, &entry.bare);
            if without >= ENOUGH {
                // Accents decide between names that are equally near without them.
                let with = strsim::normalized_damerau_levenshtein(&accented, &entry.key.name);
                scored.push((without + with / 100.0, entry));
            }
        }
        scored.sort_by(|(a, x), (b, y)| {
            b.total_cmp(a)
                .then_with(|| y.commune.era.cmp(&x.commune.era))
                .then_with(|| x.commune.code.cmp(&y.commune.code))
        });
        let mut found: Vec<&Commune> = Vec::new();
        for (_, entry) in scored {
            if found.len() < limit && !found.iter().any(|c| key::commune_key(&c.name).name == entry.key.name)
            {
                found.push(&entry.commune);
            }
        }
        found
    }
}
