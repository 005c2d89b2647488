//! Names that mean one place today and another before.

use super::province::{ProvinceUnits, Successor};
use super::{CommuneQuery, key};
use crate::domain::{Commune, Era};

/// A name that a commune of today bears, and that an older commune bore which is no part of it: old Tam Hợp of
/// Tương Dương is today's Tam Thái, while today's Tam Hợp lies in the old Quỳ Hợp.
#[derive(Debug, Clone, PartialEq)]
pub struct FalseFriend<'a> {
    /// Today's communes of this name.
    pub today: Vec<&'a Commune>,
    /// The older communes of this name that are no part of those, each with what it became, by era and code.
    pub older: Vec<(&'a Commune, Vec<Successor<'a>>)>,
}

impl ProvinceUnits {
    /// Whether a name, its type left aside, is a false friend between today and before. `None` where it is not.
    /// An old commune whose successor is unknown counts as one: nothing says that it is the same place.
    pub fn false_friend(&self, name: &str) -> Option<FalseFriend<'_>> {
        let name = key::commune_key(name).name;
        let matches = self.find(&CommuneQuery { name: &name, ..Default::default() });
        let today: Vec<&Commune> =
            matches.iter().map(|m| m.commune).filter(|c| c.era == Era::Y2025).collect();
        if today.is_empty() {
            return None;
        }
        let mut older: Vec<(&Commune, Vec<Successor<'_>>)> = matches
            .iter()
            .filter(|m| m.commune.era != Era::Y2025)
            .map(|m| (m.commune, self.to_today(m.commune)))
            .filter(|(_, became)| !became.iter().any(|s| today.contains(&s.commune)))
            .collect();
        older.sort_by(|(a, _), (b, _)| (a.era, &a.code).cmp(&(b.era, &b.code)));
        (!older.is_empty()).then_some(FalseFriend { today, older })
    }
}
