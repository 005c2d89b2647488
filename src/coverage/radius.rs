//! Coverage by distance: a village is served by every candidate within the radius.
//!
//! In: positions, some of them missing. Out: a matrix. Index and matrix are two calls, so that a caller can time
//! them, and ask one index about several radii.

use super::predicted::Places;
use super::{CoverageMatrix, MatrixError};
use crate::geodesy::{LatLon, Radius};
use crate::index::{IndexError, PointIndex, QueryGroups};

/// Villages indexed and candidates grouped: all that does not hang on the radius.
#[derive(Debug, Clone)]
pub struct Indexed {
    villages: Known,
    candidates: Known,
    index: PointIndex,
    groups: QueryGroups,
}

/// Who has a position, and who has not; ascending.
#[derive(Debug, Clone)]
struct Known {
    known: Vec<u32>,
    unknown: Vec<u32>,
}

impl Known {
    fn split(positions: &[Option<LatLon>]) -> Result<(Known, Vec<LatLon>), IndexError> {
        if u32::try_from(positions.len()).is_err() {
            return Err(IndexError::TooManyPoints(positions.len()));
        }
        let (mut who, mut found) = (Known { known: Vec::new(), unknown: Vec::new() }, Vec::new());
        for (position, number) in positions.iter().zip(0..) {
            match position {
                Some(position) => {
                    who.known.push(number);
                    found.push(*position);
                }
                None => who.unknown.push(number),
            }
        }
        Ok((who, found))
    }
}

impl Indexed {
    /// Indexes villages and candidates, by their places in the two slices; `None` has no position.
    ///
    /// # Errors
    /// [`IndexError::TooManyPoints`] for more than `u32::MAX` of either.
    pub fn new(villages: &[Option<LatLon>], candidates: &[Option<LatLon>]) -> Result<Indexed, IndexError> {
        let (villages, village_positions) = Known::split(villages)?;
        let (candidates, candidate_positions) = Known::split(candidates)?;
        let (index, groups) =
            rayon::join(|| PointIndex::new(&village_positions), || QueryGroups::new(&candidate_positions));
        Ok(Indexed { villages, candidates, index: index?, groups: groups? })
    }

    /// How many villages each candidate serves, without the lists; `None` for a candidate without position.
    pub fn counts(&self, radius: Radius) -> Vec<Option<u32>> {
        let mut counts = vec![None; self.candidates.known.len() + self.candidates.unknown.len()];
        let found = self.index.count_within_all(&self.groups, radius);
        for (&candidate, count) in self.candidates.known.iter().zip(found) {
            counts[candidate as usize] = Some(count);
        }
        counts
    }

    /// Who serves whom.
    pub fn cover(&self, radius: Radius) -> CoverageMatrix {
        let mut near = self.index.masks_within_all(&self.groups, radius);
        near.queries.iter_mut().for_each(|query| *query = self.candidates.known[*query as usize]);
        let columns =
            self.index.tree_order().iter().map(|&place| self.villages.known[place as usize]).collect();
        CoverageMatrix::new(
            self.villages.known.len() + self.villages.unknown.len(),
            columns,
            self.index.leaf_starts().to_vec(),
            near,
            self.candidates.unknown.clone(),
            self.villages.unknown.clone(),
        )
    }
}

/// Who serves whom within the radius, in one call.
///
/// # Errors
/// [`IndexError::TooManyPoints`] for more than `u32::MAX` villages or candidates.
pub fn cover(
    villages: &[Option<LatLon>],
    candidates: &[Option<LatLon>],
    radius: Radius,
) -> Result<CoverageMatrix, IndexError> {
    Ok(Indexed::new(villages, candidates)?.cover(radius))
}

/// Who serves whom where villages have several places.
#[derive(Debug, Clone)]
pub struct PlaceCover {
    /// Candidates × villages: a village is served by every candidate within whose radius the places hold the share asked for.
    pub matrix: CoverageMatrix,
    /// For each village the candidate with the greatest share of its households within the radius, and that share; the
    /// first of equals. `None` where no place is within any radius.
    pub best: Vec<Option<(u32, f64)>>,
}

/// Who serves whom within the radius, by the places of villages and the share of households that must be within it. A village
/// whose known places are less than that share is unknown.
///
/// # Errors
/// [`MatrixError`] for more than `u32::MAX` of anything.
pub fn cover_places(
    places: &Places,
    candidates: &[Option<LatLon>],
    radius: Radius,
    served_share: f64,
) -> Result<PlaceCover, PlaceCoverError> {
    const ROUNDING: f64 = 1e-6;
    let (of_village, positions): (Vec<(u32, f64)>, Vec<Option<LatLon>>) =
        places.all().map(|(village, place)| ((village, place.share), Some(place.position))).unzip();
    let by_place = cover(&positions, candidates, radius)?;
    let mut best: Vec<Option<(u32, f64)>> = vec![None; places.villages()];
    let mut rows = Vec::with_capacity(candidates.len());
    for candidate in 0..candidates.len() {
        let Some(mut row) = by_place.row(candidate) else {
            rows.push(None);
            continue;
        };
        // Places are numbered by village: those of one stand together.
        row.sort_unstable();
        let mut served: Vec<(u32, f64)> = Vec::new();
        for place in row {
            let (village, share) = of_village[place as usize];
            match served.last_mut().filter(|(last, _)| *last == village) {
                Some((_, sum)) => *sum += share,
                None => served.push((village, share)),
            }
        }
        for &(village, share) in &served {
            let best = &mut best[village as usize];
            if best.is_none_or(|(_, before)| share > before + ROUNDING) {
                *best = Some((candidate as u32, share));
            }
        }
        let enough = served.into_iter().filter(|(_, share)| *share >= served_share - ROUNDING);
        rows.push(Some(enough.map(|(village, _)| village).collect::<Vec<u32>>()));
    }
    let unknown: Vec<u32> = (0..places.villages() as u32)
        .filter(|&village| {
            let known: f64 = places.of(village as usize).iter().map(|place| place.share).sum();
            known < served_share - ROUNDING
        })
        .collect();
    Ok(PlaceCover { matrix: CoverageMatrix::from_rows(places.villages(), &rows, &unknown)?, best })
}

/// Too many of anything.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum PlaceCoverError {
    /// Too many places or candidates.
    #[error(transparent)]
    Index(#[from] IndexError),
    /// Too many villages.
    #[error(transparent)]
    Matrix(#[from] MatrixError),
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geodesy::distance_m;

    /// A row of positions, each `gap`-th of them missing.
    fn row_of(n: u32, shift_deg: f64, gap: u32) -> Vec<Option<LatLon>> {
        (0..n)
            .map(|i| {
                let p = LatLon::from_degrees(19.0 + f64::from(i * 7 % n) * 0.003, 104.5 + shift_deg).unwrap();
                (i % gap != 0).then_some(p)
            })
            .collect()
    }

    #[test]
    fn rows_are_what_a_scan_gives_and_gaps_stay_unknown() {
        let (villages, candidates) = (row_of(300, 0.0, 11), row_of(90, 0.01, 4));
        let radius = Radius::from_m(4_000.0).unwrap();
        let matrix = cover(&villages, &candidates, radius).unwrap();
        let counts = Indexed::new(&villages, &candidates).unwrap().counts(radius);
        let mut pairs = 0;
        for (i, candidate) in candidates.iter().enumerate() {
            let expected = candidate.map(|c| {
                let near = |v: &Option<LatLon>| v.is_some_and(|v| distance_m(c, v) <= 4_000.0);
                (0..300).filter(|&v| near(&villages[v as usize])).collect::<Vec<u32>>()
            });
            assert_eq!(counts[i], expected.as_ref().map(|row| row.len() as u32));
            assert_eq!(matrix.count(i), counts[i]);
            pairs += expected.as_ref().map_or(0, Vec::len);
            assert_eq!(matrix.row(i), expected, "candidate {i}");
        }
        assert!(pairs > 500);
        assert_eq!(matrix.pairs(), pairs as u64);
        assert_eq!(matrix.unknown_candidates().len(), 23);
        assert_eq!(matrix.unknown_villages()[..3], [0, 11, 22]);
    }

    #[test]
    fn nothing_at_all_and_nothing_known() {
        let radius = Radius::from_m(1e6).unwrap();
        assert_eq!(cover(&[], &[], radius).unwrap().candidates(), 0);
        let matrix = cover(&[None, None], &[None, row_of(2, 0.0, 9)[1], None], radius).unwrap();
        assert_eq!((matrix.row(0), matrix.row(1), matrix.row(2)), (None, Some(vec![]), None));
        assert_eq!(matrix.unknown_villages(), [0, 1]);
    }

    #[test]
    fn a_village_of_several_places_is_served_by_its_share() {
        use super::super::predicted::Place;
        let at = |lat: f64| LatLon::from_degrees(lat, 104.0).unwrap();
        // 0.01° of latitude are 1.1 km.
        let place = |lat, share| Place { position: at(lat), share };
        let places = Places::new([
            vec![place(19.00, 0.6), place(19.05, 0.4)],
            vec![place(19.05, 1.0)],
            vec![place(19.00, 0.5)],
            vec![],
        ]);
        let candidates = [Some(at(19.0)), Some(at(19.05)), Some(at(19.025)), None];
        let radius = Radius::from_m(2_000.0).unwrap();
        let found = cover_places(&places, &candidates, radius, 0.6).unwrap();
        let rows: Vec<Option<Vec<u32>>> = (0..4).map(|c| found.matrix.row(c)).collect();
        assert_eq!(rows, [Some(vec![0]), Some(vec![1]), Some(vec![]), None]);
        assert_eq!(found.matrix.unknown_villages(), [2, 3]);
        assert_eq!(found.best, [Some((0, 0.6)), Some((1, 1.0)), Some((0, 0.5)), None]);
        let wide = cover_places(&places, &candidates, Radius::from_m(3_000.0).unwrap(), 1.0).unwrap();
        assert_eq!(wide.matrix.row(2), Some(vec![0, 1]));
    }
}
