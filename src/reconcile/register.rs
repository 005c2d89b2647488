//! The register of villages, indexed for matching: by commune of either era, and by position.

use std::collections::BTreeMap;

use crate::domain::{Village, VillageOrigin};
use crate::geodesy::{LatLon, Radius, distance_m};
use crate::index::{IndexError, PointIndex};
use crate::normalize::admin::{commune_name_key, district_name_key};
use crate::normalize::name::NameKeys;

/// The villages and their keys. Positions of villages in the vector given are their numbers everywhere here.
pub struct Register<'a> {
    villages: &'a [Village],
    keys: Vec<NameKeys>,
    by_today_code: BTreeMap<&'a str, Vec<usize>>,
    by_old_commune: BTreeMap<(String, String), Vec<usize>>,
    by_id: BTreeMap<&'a str, usize>,
    located: Vec<usize>,
    index: PointIndex,
}

impl<'a> Register<'a> {
    /// Indexes the villages of the register.
    ///
    /// # Errors
    /// More villages than an index can hold.
    pub fn new(villages: &'a [Village]) -> Result<Register<'a>, IndexError> {
        let keys = villages.iter().map(|v| NameKeys::new(&v.name)).collect();
        let mut by_today_code: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        let mut by_old_commune: BTreeMap<(String, String), Vec<usize>> = BTreeMap::new();
        let mut by_id = BTreeMap::new();
        let mut located = Vec::new();
        let mut points = Vec::new();
        for (i, village) in villages.iter().enumerate() {
            debug_assert_eq!(village.origin, VillageOrigin::Register);
            if let Some(code) = &village.commune_code {
                by_today_code.entry(&code.0).or_default().push(i);
            }
            if let Some(old) = &village.old_commune {
                let district = village.old_district.as_deref().map(district_name_key).unwrap_or_default();
                by_old_commune.entry((commune_name_key(old), district)).or_default().push(i);
            }
            by_id.entry(village.id.as_str()).or_insert(i);
            if let Some(position) = village.position {
                located.push(i);
                points.push(position);
            }
        }
        let index = PointIndex::new(&points)?;
        Ok(Register { villages, keys, by_today_code, by_old_commune, by_id, located, index })
    }
}

impl Register<'_> {
    /// A village by number.
    pub fn village(&self, i: usize) -> &Village {
        &self.villages[i]
    }

    /// All villages.
    pub fn villages(&self) -> &[Village] {
        self.villages
    }

    /// The keys of a village's name.
    pub fn keys(&self, i: usize) -> &NameKeys {
        &self.keys[i]
    }

    /// A village by id.
    pub fn by_id(&self, id: &str) -> Option<usize> {
        self.by_id.get(id).copied()
    }

    /// The villages of today's commune.
    pub fn in_today(&self, code: &str) -> &[usize] {
        self.by_today_code.get(code).map_or(&[], Vec::as_slice)
    }

    /// The villages of a commune before 2025-07-01.
    pub fn in_old(&self, commune: &str, district: Option<&str>) -> &[usize] {
        let district = district.map(district_name_key).unwrap_or_default();
        self.by_old_commune.get(&(commune_name_key(commune), district)).map_or(&[], Vec::as_slice)
    }

    /// The villages of a district before 2025-07-01.
    pub fn in_district(&self, district: &str) -> Vec<usize> {
        let wanted = district_name_key(district);
        let mut found: Vec<usize> = self
            .by_old_commune
            .iter()
            .filter(|((_, d), _)| *d == wanted)
            .flat_map(|(_, v)| v)
            .copied()
            .collect();
        found.sort_unstable();
        found
    }

    /// The villages within a radius, in the register's order.
    pub fn near(&self, position: LatLon, radius: Radius) -> Vec<usize> {
        let mut found: Vec<usize> = self
            .index
            .collect_within(position, radius)
            .into_iter()
            .map(|i| self.located[i as usize])
            .collect();
        found.sort_unstable();
        found
    }

    /// How far the nearest village is, m; `None` where no village's position is known.
    pub fn nearest_m(&self, position: LatLon) -> Option<f64> {
        self.index.nearest(position, 1).first().map(|nearest| nearest.distance_m)
    }

    /// Distance from a position to a village, m; `None` where the village's position is not known.
    pub fn distance_m(&self, position: LatLon, village: usize) -> Option<f64> {
        self.villages[village].position.map(|p| distance_m(position, p))
    }
}
