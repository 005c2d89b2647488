//! The ranking: every candidate with what it serves, best first, and its place in the greedy order.

use super::demand::{Demand, DemandError, Site};
use super::greedy::greedy;
use super::objective::{Objective, RankBy, Score};
use super::totals::{SiteTotals, Totals};
use crate::coverage::{CoverageMatrix, radius};
use crate::geodesy::Radius;
use crate::index::IndexError;

/// How to rank. Work is spread over the threads of the rayon pool that the caller runs in.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct RankOptions {
    /// Served is whoever is within this distance.
    pub radius: Radius,
    /// What is counted. Default of `RankBy`: villages.
    pub by: RankBy,
    /// Dark villages first; what `by` counts decides between equals.
    pub dark_first: bool,
    /// Return only this many sites; `None`: all.
    pub top: Option<usize>,
    /// Take the greedy order only this far; `None`: over all sites.
    pub greedy_sites: Option<usize>,
}

impl RankOptions {
    /// Villages within `radius`, dark or not, all sites.
    pub fn new(radius: Radius) -> RankOptions {
        RankOptions { radius, by: RankBy::default(), dark_first: false, top: None, greedy_sites: None }
    }
}

/// Why nothing can be ranked.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum RankError {
    /// Too many villages or candidates.
    #[error(transparent)]
    Index(#[from] IndexError),
    /// Weights that are none.
    #[error(transparent)]
    Demand(#[from] DemandError),
    /// One site for each row of the matrix.
    #[error("{sites} sites were given for a coverage matrix of {rows}")]
    SiteCount {
        /// Sites given.
        sites: usize,
        /// Rows of the matrix.
        rows: usize,
    },
}

/// A candidate's place in the greedy order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct GreedyPlace {
    /// Counted from 1.
    pub order: u32,
    /// Villages that no site before it serves.
    pub marginal_villages: u32,
    /// What those add to the score.
    pub marginal: Score,
    /// Villages that this site and all before it serve.
    pub cumulative_villages: u32,
}

/// A candidate, ranked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RankedSite {
    /// Counted from 1.
    pub rank: u32,
    /// The place of the candidate in what was given.
    pub candidate: usize,
    /// What it serves.
    pub totals: SiteTotals,
    /// `None` where the greedy order ended before it.
    pub greedy: Option<GreedyPlace>,
}

/// Candidates by what they serve.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ranking {
    /// Best first: by score, then dark villages, then villages, all descending; then by id.
    pub sites: Vec<RankedSite>,
    /// Candidates without position, not ranked; ascending.
    pub unknown_candidates: Vec<u32>,
    /// Villages without position, in no site's sums; ascending.
    pub unknown_villages: Vec<u32>,
    /// Who serves whom: [`row`](CoverageMatrix::row) lists a candidate's villages.
    pub matrix: CoverageMatrix,
}

/// Ranks sites by the uncovered villages within the radius.
///
/// The stages, for a caller that times them or has another model: [`radius::Indexed::new`],
/// [`cover`](radius::Indexed::cover), [`rank_matrix`].
///
/// # Errors
/// [`RankError`] where a weight is no weight, or there are too many villages or sites.
pub fn rank(sites: &[Site<'_>], demand: &[Demand], options: &RankOptions) -> Result<Ranking, RankError> {
    let villages: Vec<_> = demand.iter().map(|village| village.position).collect();
    let candidates: Vec<_> = sites.iter().map(|site| site.position).collect();
    let matrix = radius::Indexed::new(&villages, &candidates)?.cover(options.radius);
    rank_matrix(matrix, sites, demand, options)
}

/// Ranks sites by a matrix that is there already; `options.radius` is not looked at.
///
/// # Errors
/// [`RankError`] where a weight is no weight, or sites or villages are not those of the matrix.
pub fn rank_matrix(
    matrix: CoverageMatrix,
    sites: &[Site<'_>],
    demand: &[Demand],
    options: &RankOptions,
) -> Result<Ranking, RankError> {
    if sites.len() != matrix.candidates() {
        return Err(RankError::SiteCount { sites: sites.len(), rows: matrix.candidates() });
    }
    let objective = Objective::new(&matrix, demand, options.by, options.dark_first)?;
    let totals = Totals::new(&matrix, demand)?.of_all(&matrix, &objective);
    let ties = tie_order(sites);
    let places = greedy_places(&matrix, &objective, &ties, options.greedy_sites);

    let mut ranked: Vec<RankedSite> = totals
        .into_iter()
        .zip(places)
        .enumerate()
        .filter_map(|(candidate, (totals, greedy))| {
            Some(RankedSite { rank: 0, candidate, totals: totals?, greedy })
        })
        .collect();
    ranked.sort_unstable_by(|a, b| {
        let key = |site: &RankedSite| (site.totals.score, site.totals.dark_villages, site.totals.villages);
        key(b).cmp(&key(a)).then(ties[a.candidate].cmp(&ties[b.candidate]))
    });
    ranked.truncate(options.top.unwrap_or(usize::MAX));
    for (site, rank) in ranked.iter_mut().zip(1..) {
        site.rank = rank;
    }
    Ok(Ranking {
        sites: ranked,
        unknown_candidates: matrix.unknown_candidates().to_vec(),
        unknown_villages: matrix.unknown_villages().to_vec(),
        matrix,
    })
}

fn greedy_places(
    matrix: &CoverageMatrix,
    objective: &Objective,
    ties: &[u32],
    sites: Option<usize>,
) -> Vec<Option<GreedyPlace>> {
    let mut places = vec![None; matrix.candidates()];
    let mut cumulative_villages = 0;
    for (step, order) in greedy(matrix, objective, ties, sites).into_iter().zip(1..) {
        cumulative_villages += step.new_villages;
        places[step.candidate as usize] = Some(GreedyPlace {
            order,
            marginal_villages: step.new_villages,
            marginal: step.gain,
            cumulative_villages,
        });
    }
    places
}

/// The place of each site in the order of ids; equal ids by latitude, longitude, and place in the input.
pub fn tie_order(sites: &[Site<'_>]) -> Vec<u32> {
    let mut order: Vec<u32> = (0..sites.len()).map(|site| site as u32).collect();
    let degrees = |site: &Site<'_>| {
        site.position.map_or((f64::INFINITY, f64::INFINITY), |p| (p.lat_deg(), p.lon_deg()))
    };
    order.sort_by(|&a, &b| {
        let (a, b) = (&sites[a as usize], &sites[b as usize]);
        let (place_a, place_b) = (degrees(a), degrees(b));
        a.id.cmp(b.id)
            .then_with(|| place_a.0.total_cmp(&place_b.0))
            .then_with(|| place_a.1.total_cmp(&place_b.1))
    });
    let mut ties = vec![0; sites.len()];
    for (&site, tie) in order.iter().zip(0..) {
        ties[site as usize] = tie;
    }
    ties
}
