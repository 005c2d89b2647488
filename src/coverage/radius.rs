//! Coverage by distance: a village is served by every candidate within the radius.
//!
//! In: positions, some of them missing. Out: a matrix. Index and matrix are two calls, so that a caller can time
//! them, and ask one index about several radii.

use super::CoverageMatrix;
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
}
