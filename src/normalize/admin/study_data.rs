//! Units that a study brings along: they overrule the built-in ones, and stand in where there are none.

use super::province::ProvinceUnits;
use super::{CommuneQuery, key};
use crate::domain::{Commune, CommuneCode, Era};
use crate::geodesy::LatLon;

/// A row of a study's `communes` file: a commune of today.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct StudyCommune {
    /// Official code.
    pub code: String,
    /// Full name with its type.
    pub name: String,
    /// A point in it, where the file has one.
    pub hint: Option<LatLon>,
    /// Area, km², where the file has one.
    pub area_km2: Option<f64>,
}

/// A row of a study's `crosswalk` file: an old commune became, or gave a part to, a new one.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct CrosswalkRow {
    /// District of the old commune, empty where unknown.
    pub old_district: String,
    /// Name of the old commune.
    pub old_commune: String,
    /// Its code, empty where unknown.
    pub old_code: String,
    /// Name of today's commune.
    pub new_commune: String,
    /// Its code, empty where unknown.
    pub new_code: String,
}

impl ProvinceUnits {
    /// These units with a study's own laid over them.
    ///
    /// A commune of a known code keeps what the study leaves open (point, area); an unknown code is added. The rows
    /// of the crosswalk that name one old commune replace what it became; the default is the built-in one where it
    /// is among them, else the first row. An old commune that no era knows is added to early 2025. A row whose
    /// old or new side has neither a known name nor a code says nothing and is left out.
    #[must_use]
    pub fn with_study_data(mut self, communes: &[StudyCommune], crosswalk: &[CrosswalkRow]) -> ProvinceUnits {
        for row in communes.iter().filter(|row| !row.code.is_empty()) {
            let known = self.by_code(&row.code, Era::Y2025);
            let commune = Commune {
                era: Era::Y2025,
                code: CommuneCode(row.code.clone()),
                name: row.name.clone(),
                district: None,
                hint: row.hint.or(known.and_then(|c| c.hint)),
                area_km2: row.area_km2.or(known.and_then(|c| c.area_km2)),
            };
            self.insert(commune);
        }
        let mut replaced: Vec<(usize, Option<usize>)> = Vec::new();
        for row in crosswalk {
            let (Some(old), Some(new)) = (self.old_side(row), self.new_side(row)) else { continue };
            if !replaced.iter().any(|(o, _)| *o == old) {
                let default = self.today_of(old).iter().find(|(_, is_default)| *is_default).map(|(i, _)| *i);
                replaced.push((old, default));
                self.entries[old].next.clear();
            }
            if !self.entries[old].next.iter().any(|(i, _)| *i == new) {
                self.entries[old].next.push((new, false));
            }
        }
        for (old, default) in replaced {
            let next = &mut self.entries[old].next;
            let chosen = default.and_then(|d| next.iter().position(|(i, _)| *i == d)).unwrap_or(0);
            if let Some(link) = next.get_mut(chosen) {
                link.1 = true;
            }
        }
        self
    }

    /// The old commune that a row means: code and name agreeing in early 2025, then in 2024, then the code alone,
    /// then name and district.
    fn old_side(&mut self, row: &CrosswalkRow) -> Option<usize> {
        let eras = [Era::H1Y2025, Era::Y2024];
        let name = key::commune_key(&row.old_commune).name;
        let by_code = || eras.iter().filter_map(|era| self.position(&row.old_code, *era));
        if let Some(index) =
            by_code().find(|i| self.entries[*i].key.name == name).or_else(|| by_code().next())
        {
            return Some(index);
        }
        if !row.old_code.is_empty() {
            return Some(self.insert(Commune {
                era: Era::H1Y2025,
                code: CommuneCode(row.old_code.clone()),
                name: row.old_commune.clone(),
                district: Some(row.old_district.clone()).filter(|d| !d.is_empty()),
                hint: None,
                area_km2: None,
            }));
        }
        let district = Some(row.old_district.as_str()).filter(|d| !d.is_empty());
        eras.iter().find_map(|era| self.only(&row.old_commune, district, *era))
    }

    /// Today's commune that a row means: its code, known or not, else its name.
    fn new_side(&mut self, row: &CrosswalkRow) -> Option<usize> {
        if row.new_code.is_empty() {
            return self.only(&row.new_commune, None, Era::Y2025);
        }
        self.position(&row.new_code, Era::Y2025).or_else(|| {
            (!row.new_commune.is_empty()).then(|| {
                self.insert(Commune {
                    era: Era::Y2025,
                    code: CommuneCode(row.new_code.clone()),
                    name: row.new_commune.clone(),
                    district: None,
                    hint: None,
                    area_km2: None,
                })
            })
        })
    }

    fn only(&self, name: &str, district: Option<&str>, era: Era) -> Option<usize> {
        let found = self.find(&CommuneQuery { name, district, era: Some(era) });
        match found.as_slice() {
            [one] => self.position(&one.commune.code.0, era),
            _ => None,
        }
    }
}
