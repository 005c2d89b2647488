//! Small problems and what every subset of their sites is worth: what the tests against all subsets share.

use super::*;
use crate::geodesy::{LatLon, distance_m};

/// A small problem and its options.
#[derive(Debug, Clone)]
pub(super) struct Small {
    pub(super) rows: Vec<Vec<u32>>,
    pub(super) weights: Vec<u64>,
    pub(super) positions: Vec<LatLon>,
    pub(super) ids: Vec<String>,
    pub(super) options: PlanOptions,
}

impl Small {
    pub(super) fn sites(&self) -> Vec<Site<'_>> {
        self.ids.iter().zip(&self.positions).map(|(id, &p)| Site { id, position: Some(p) }).collect()
    }

    pub(super) fn matrix(&self) -> CoverageMatrix {
        let rows: Vec<_> = self.rows.iter().cloned().map(Some).collect();
        CoverageMatrix::from_rows(self.weights.len(), &rows, &[]).unwrap()
    }

    pub(super) fn serves(&self, chosen: &[u32], v: u32) -> bool {
        chosen.iter().any(|&c| self.rows[c as usize].contains(&v))
    }

    pub(super) fn value(&self, chosen: &[u32]) -> u64 {
        let served = (0..self.weights.len() as u32).filter(|&v| self.serves(chosen, v));
        served.map(|v| self.weights[v as usize]).sum()
    }

    pub(super) fn cost(&self, chosen: &[u32]) -> u64 {
        let costs = self.options.budget.as_ref().map(|b| &b.costs);
        chosen.iter().map(|&c| costs.map_or(0, |costs| costs[c as usize])).sum()
    }

    /// The options once more, by other means than the program's.
    pub(super) fn options_allow(&self, chosen: &[u32]) -> bool {
        let o = &self.options;
        let has = |c: &u32| chosen.contains(c);
        let near = |&a: &u32, &b: &u32| {
            a != b && distance_m(self.positions[a as usize], self.positions[b as usize]) < o.min_distance_m
        };
        let villages = |c: u32| distinct(self.rows[c as usize].clone()).len() as u32;
        o.sites.is_none_or(|most| chosen.len() <= most)
            && o.budget.as_ref().is_none_or(|b| self.cost(chosen) <= b.limit)
            && o.forced_in.iter().all(has)
            && !o.forced_out.iter().any(has)
            && o.groups.iter().all(|group| group.iter().filter(|c| has(c)).count() <= 1)
            && !chosen.iter().any(|a| chosen.iter().any(|b| near(a, b)))
            && chosen.iter().all(|c| villages(*c) >= o.min_villages || o.forced_in.contains(c))
    }

    /// All subsets of the candidates.
    pub(super) fn subsets(&self) -> impl Iterator<Item = Vec<u32>> + use<> {
        let n = self.rows.len() as u32;
        (0_u32..1 << n).map(move |bits| (0..n).filter(|c| bits >> c & 1 == 1).collect())
    }
}

/// Ascending, each once.
pub(super) fn distinct(mut list: Vec<u32>) -> Vec<u32> {
    list.sort_unstable();
    list.dedup();
    list
}

/// A place on a grid of about a kilometre.
pub(super) fn on_grid((lat, lon): (i32, i32)) -> LatLon {
    LatLon::from_degrees(19.0 + 0.01 * f64::from(lat), 104.0 + 0.01 * f64::from(lon)).unwrap()
}

/// Ids in another order than the candidates', as their numbers are.
pub(super) fn id_of(number: u32, candidate: usize) -> String {
    format!("S{number}-{candidate}")
}
