//! The register of villages, indexed for matching: by commune of either era, and by position.

use std::collections::BTreeMap;

use super::names::{Names, Signs};
use crate::domain::{Village, VillageOrigin};
use crate::geodesy::{LatLon, Radius, distance_m};
use crate::index::{IndexError, PointIndex};
use crate::normalize::admin::{commune_name_key, district_name_key};
use crate::normalize::name::NameKeys;

/// The number of a [`Group`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct GroupId(u32);

/// The villages of one commune.
#[derive(Debug, Default)]
struct Group {
    /// In the register's order.
    villages: Vec<usize>,
    /// Name and village, sorted.
    by_name: Vec<(u32, u32)>,
}

/// The villages and their keys. Positions of villages in the vector given are their numbers everywhere here.
pub struct Register<'a> {
    villages: &'a [Village],
    names: Names,
    /// The number of each village's name.
    name_of: Vec<u32>,
    groups: Vec<Group>,
    by_today_code: BTreeMap<&'a str, GroupId>,
    by_old_commune: BTreeMap<(String, String), GroupId>,
    /// By the folded name of the commune, of either era.
    by_commune_name: BTreeMap<String, GroupId>,
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
        let located: Vec<usize> = (0..villages.len()).filter(|&i| villages[i].position.is_some()).collect();
        let points: Vec<LatLon> = villages.iter().filter_map(|village| village.position).collect();
        let index = PointIndex::new(&points)?;
        let (names, name_of) = Names::of(villages);
        let mut register = Register {
            villages,
            names,
            name_of,
            groups: Vec::new(),
            by_today_code: BTreeMap::new(),
            by_old_commune: BTreeMap::new(),
            by_commune_name: BTreeMap::new(),
            by_id: BTreeMap::new(),
            located,
            index,
        };
        for (i, village) in villages.iter().enumerate() {
            debug_assert_eq!(village.origin, VillageOrigin::Register);
            if let Some(code) = &village.commune_code {
                put(&mut register.groups, &mut register.by_today_code, code.0.as_str(), i);
            }
            if let Some(old) = &village.old_commune {
                let district = village.old_district.as_deref().map(district_name_key).unwrap_or_default();
                let key = (commune_name_key(old), district);
                put(&mut register.groups, &mut register.by_old_commune, key, i);
            }
            for commune in [&village.old_commune, &village.commune].into_iter().flatten() {
                put(&mut register.groups, &mut register.by_commune_name, commune_name_key(commune), i);
            }
            register.by_id.entry(village.id.as_str()).or_insert(i);
        }
        for group in &mut register.groups {
            // One commune in both eras.
            group.villages.dedup();
            group.by_name = group.villages.iter().map(|&v| (register.name_of[v], v as u32)).collect();
            group.by_name.sort_unstable();
        }
        Ok(register)
    }
}

fn put<K: Ord>(groups: &mut Vec<Group>, by: &mut BTreeMap<K, GroupId>, key: K, village: usize) {
    let id = *by.entry(key).or_insert_with(|| {
        groups.push(Group::default());
        GroupId(groups.len() as u32 - 1)
    });
    groups[id.0 as usize].villages.push(village);
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
        self.names.keys(self.name_of[i])
    }

    /// A village by id.
    pub fn by_id(&self, id: &str) -> Option<usize> {
        self.by_id.get(id).copied()
    }

    /// The villages of today's commune.
    pub(super) fn in_today(&self, code: &str) -> Option<GroupId> {
        self.by_today_code.get(code).copied()
    }

    /// The villages of a commune before 2025-07-01.
    pub(super) fn in_old(&self, commune: &str, district: Option<&str>) -> Option<GroupId> {
        let district = district.map(district_name_key).unwrap_or_default();
        self.by_old_commune.get(&(commune_name_key(commune), district)).copied()
    }

    /// The villages of groups, group by group: one in two of them comes twice.
    pub(super) fn villages_of(&self, groups: &[GroupId]) -> impl Iterator<Item = usize> {
        groups.iter().flat_map(|group| self.groups[group.0 as usize].villages.iter().copied())
    }

    /// The villages of groups whose names are the same as `name` in a strong sense.
    pub(super) fn bearing(&self, groups: &[GroupId], name: &NameKeys) -> Vec<usize> {
        let names = self.names.same(name);
        if names.is_empty() {
            return Vec::new();
        }
        let mut found = Vec::new();
        for group in groups {
            let by_name = &self.groups[group.0 as usize].by_name;
            let first = by_name.partition_point(|(name, _)| *name < names.start);
            let of_name = by_name[first..].iter().take_while(|(name, _)| *name < names.end);
            found.extend(of_name.map(|(_, village)| *village as usize));
        }
        found
    }

    /// The villages of groups whose names may have any likeness to `name`: all that have one, and some that have none.
    pub(super) fn perhaps_alike(&self, groups: &[GroupId], name: &NameKeys) -> Vec<usize> {
        self.passing(groups, name, Signs::may_be_alike)
    }

    /// The same, and those whose bare names may have a Jaro-Winkler similarity of `least`.
    pub(super) fn perhaps_near(&self, groups: &[GroupId], name: &NameKeys, least: f64) -> Vec<usize> {
        self.passing(groups, name, |a, b| a.may_score(b, least) || a.may_be_alike(b))
    }

    fn passing(
        &self,
        groups: &[GroupId],
        name: &NameKeys,
        may: impl Fn(&Signs, &Signs) -> bool,
    ) -> Vec<usize> {
        let signs = Signs::of(name);
        let mut found = Vec::new();
        for group in groups {
            let mut last = None;
            for (name, village) in &self.groups[group.0 as usize].by_name {
                let passes = match last {
                    Some((known, passes)) if known == *name => passes,
                    _ => may(&signs, self.names.signs(*name)),
                };
                last = Some((*name, passes));
                if passes {
                    found.push(*village as usize);
                }
            }
        }
        found
    }

    /// The villages that bear a name in the communes, of either era, whose folded names are as `is_meant` says.
    pub fn bearing_in(&self, is_meant: impl Fn(&str) -> bool, name: &NameKeys) -> Vec<usize> {
        let meant = self.by_commune_name.iter().filter(|(commune, _)| is_meant(commune));
        let groups: Vec<GroupId> = meant.map(|(_, group)| *group).collect();
        self.bearing(&groups, name)
    }

    /// Whether a village was in a district before 2025-07-01.
    pub fn was_in(&self, village: usize, district: &str) -> bool {
        let village = &self.villages[village];
        let stated = village.old_district.as_deref().map(district_name_key).unwrap_or_default();
        village.old_commune.is_some() && stated == district_name_key(district)
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

    /// Whether a village of groups is within a distance of a position, m; `None` where none has a position.
    pub(super) fn any_within(&self, position: LatLon, groups: &[GroupId], limit_m: f64) -> Option<bool> {
        let mut positions = self.villages_of(groups).filter_map(|v| self.villages[v].position).peekable();
        positions.peek()?;
        Some(positions.any(|other| is_within(position, other, limit_m)))
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

/// Whether two positions are at most so far apart, m. The distance on a sphere is within 0.6 % of the geodesic: only
/// where that leaves it open is the geodesic asked for.
fn is_within(a: LatLon, b: LatLon, limit_m: f64) -> bool {
    const MEAN_RADIUS_M: f64 = 6_371_008.8;
    const LEEWAY: f64 = 0.01;
    let half = |degrees: f64| (degrees.to_radians() / 2.0).sin().powi(2);
    let (lat_a, lat_b) = (a.lat_deg().to_radians(), b.lat_deg().to_radians());
    let h = half(b.lat_deg() - a.lat_deg()) + lat_a.cos() * lat_b.cos() * half(b.lon_deg() - a.lon_deg());
    let sphere_m = 2.0 * MEAN_RADIUS_M * h.clamp(0.0, 1.0).sqrt().asin();
    if sphere_m * (1.0 + LEEWAY) < limit_m {
        true
    } else if sphere_m * (1.0 - LEEWAY) > limit_m {
        false
    } else {
        distance_m(a, b) <= limit_m
    }
}
