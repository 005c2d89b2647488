//! The best and the second server of each village.

use super::{PairState, Places, Predicted};

/// A site's level in a village.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ServerLevel {
    /// The site's number.
    pub site: usize,
    /// Mean level, dBm.
    pub level_dbm: f64,
    /// Length of the path, m.
    pub distance_m: f64,
    /// Whether the village is served by it.
    pub served: bool,
    /// Whether short gaps under the path were bridged.
    pub bridged: bool,
    /// Whether the second model says so too.
    pub second_agrees: Option<bool>,
    /// Mean level by the second model, dBm; NaN where there is none.
    pub second_level_dbm: f64,
    /// Share of the village's households at places that it serves.
    pub served_share: f64,
}

/// What reaches a village.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct VillageServers {
    /// The highest level of all sites within the bound distance whose path is known.
    pub best: Option<ServerLevel>,
    /// The next.
    pub second: Option<ServerLevel>,
    /// The greatest share of the village's households at places that one site is known to serve.
    pub served_share: f64,
    /// How many sites serve it.
    pub served_by: u32,
    /// Paths that are known.
    pub known_paths: u32,
    /// Paths that are not.
    pub unknown_paths: u32,
}

impl VillageServers {
    /// Served if any site serves it; unknown if none does and there is a path that might.
    pub fn state(&self, has_position: bool) -> PairState {
        match self {
            _ if !has_position => PairState::Unknown,
            servers if servers.served_by > 0 => PairState::Served,
            servers if servers.unknown_paths > 0 => PairState::Unknown,
            _ => PairState::NotServed,
        }
    }
}

/// What reaches each village from the sites that `counts` picks. Equal levels go to the smaller id.
pub fn village_servers(
    predicted: &Predicted,
    places: &Places,
    ids: &[&str],
    counts: impl Fn(usize) -> bool,
) -> Vec<VillageServers> {
    let mut villages = vec![VillageServers::default(); places.villages()];
    let before = |a: &ServerLevel, b: &ServerLevel| {
        b.level_dbm.total_cmp(&a.level_dbm).then_with(|| ids[a.site].cmp(ids[b.site])).is_lt()
    };
    for (site, pair) in predicted.pairs().filter(|(site, _)| counts(*site)) {
        let village = &mut villages[pair.village as usize];
        village.served_share = village.served_share.max(pair.served_share);
        if pair.state == PairState::Unknown {
            village.unknown_paths += 1;
            continue;
        }
        village.known_paths += 1;
        let served = pair.state == PairState::Served;
        village.served_by += u32::from(served);
        let level = ServerLevel {
            site,
            level_dbm: pair.level_dbm,
            distance_m: pair.distance_m,
            served,
            bridged: pair.bridged,
            second_agrees: pair.second_agrees,
            second_level_dbm: pair.second_level_dbm,
            served_share: pair.served_share,
        };
        if village.best.is_none_or(|best| before(&level, &best)) {
            village.second = village.best.replace(level);
        } else if village.second.is_none_or(|second| before(&level, &second)) {
            village.second = Some(level);
        }
    }
    villages
}
