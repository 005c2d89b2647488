//! Land cover along a path → the clutter that P.1812 adds to the profile, and the class around the receiver.
//!
//! ITU-R P.1812-8, §3.2.1: the representative clutter height of each point's class is added to the terrain between the ends,
//! not at the ends. The propagation model leaves out the ends itself. Antennas stand above the ground, not above the clutter.
//! Unknown land cover is not bare ground: a path over it is unknown to P.1812, but for gaps as short as those in the
//! heights that are bridged; the taller of their two neighbours stands in them.

use super::options::PredictOptions;
use crate::coverage::ground::PathHeights;
use crate::propagation::{PathLoss, Profile};
use crate::terrain::UNKNOWN_COVER;

/// The clutter of a path, in memory that is used again for the next.
#[derive(Debug, Default)]
pub(super) struct Clutter {
    /// Heights above ground, m; empty where clutter is off.
    heights_m: Vec<f64>,
    /// So many points from the start on are known without a long gap.
    reach: usize,
    /// The first point of the first short gap that was filled.
    first_filled: Option<usize>,
}

impl Clutter {
    /// Reads the clutter of a path. Off where the ground has no land cover or the options do not ask for it.
    pub fn read(&mut self, path: &PathHeights, options: &PredictOptions) {
        self.heights_m.clear();
        (self.reach, self.first_filled) = (usize::MAX, None);
        let Some(heights) = options.clutter.filter(|_| !path.cover.is_empty()) else { return };
        self.heights_m.extend(path.cover.iter().map(|&class| heights.height_m(class).unwrap_or(f64::NAN)));
        let step_m = path.length_m / (path.cover.len().max(2) - 1) as f64;
        self.fill(options.max_gap_m / step_m);
    }

    /// Fills gaps of at most so many steps: the taller neighbour, at an end the only one.
    fn fill(&mut self, most_steps: f64) {
        let heights = &mut self.heights_m;
        let points = heights.len();
        self.reach = points;
        // The known point before a gap; the gap's steps are counted from it, at the beginning from the first point.
        let mut last: Option<usize> = None;
        let mut i = 0;
        while i < points {
            if !heights[i].is_nan() {
                last = Some(i);
                i += 1;
                continue;
            }
            let end = (i..points).find(|&k| !heights[k].is_nan());
            let steps = end.unwrap_or(points - 1) - last.unwrap_or(0);
            let height_m = match (last, end) {
                (Some(a), Some(b)) => heights[a].max(heights[b]),
                (Some(a), None) => heights[a],
                (None, Some(b)) => heights[b],
                (None, None) => f64::NAN,
            };
            if height_m.is_nan() || steps as f64 > most_steps {
                self.reach = i;
                return;
            }
            let until = end.unwrap_or(points);
            heights[i..until].fill(height_m);
            self.first_filled = self.first_filled.or(Some(i));
            i = until;
        }
    }

    /// Whether short gaps among the first `points` points were filled.
    pub fn is_filled(&self, points: usize) -> bool {
        self.first_filled.is_some_and(|first| first < points)
    }

    /// Whether clutter is on.
    pub fn is_on(&self) -> bool {
        !self.heights_m.is_empty()
    }

    /// Whether the first `points` points are known, or clutter is off.
    pub fn is_known(&self, points: usize) -> bool {
        points <= self.reach
    }

    /// The heights of as many points, m above ground; `None` where clutter is off or not known.
    pub fn of(&self, points: usize) -> Option<&[f64]> {
        self.heights_m.get(..points).filter(|_| self.is_on() && self.is_known(points))
    }

    /// The heights of the first `points` points, as far as they are known, m above ground.
    pub fn beginning(&self, points: usize) -> &[f64] {
        &self.heights_m[..points.min(self.reach).min(self.heights_m.len())]
    }

    /// The loss by a model, dB: P.1812 with the clutter, any other model without. `None` where the model has no answer, which
    /// P.1812 has not over unknown land cover.
    #[inline]
    pub fn loss_db(&self, model: &PathLoss, bare: &Profile<'_>) -> Option<f64> {
        if !model.uses_clutter() || !self.is_on() {
            return model.loss_db(bare).ok();
        }
        let clutter_m = self.of(bare.height_m().len())?;
        model.loss_db(&bare.with_clutter(clutter_m).ok()?).ok()
    }
}

/// The class around the receiver at a point of a path; `None` where it is not known.
pub(super) fn class_at(path: &PathHeights, point: usize) -> Option<u8> {
    path.cover.get(point).copied().filter(|class| *class != UNKNOWN_COVER)
}

#[cfg(test)]
mod tests {
    use super::*;

    const N: f64 = f64::NAN;

    fn filled(heights_m: &[f64], most_steps: f64) -> (Vec<f64>, usize, bool) {
        let mut clutter = Clutter { heights_m: heights_m.to_vec(), reach: 0, first_filled: None };
        clutter.fill(most_steps);
        (clutter.heights_m, clutter.reach, clutter.first_filled.is_some())
    }

    #[test]
    fn short_gaps_take_the_taller_neighbour_and_never_zero() {
        assert_eq!(filled(&[0.0, 15.0], 2.0), (vec![0.0, 15.0], 2, false));
        let (heights, reach, any) = filled(&[N, 10.0, N, 15.0, 0.0, N], 2.0);
        assert_eq!((heights, reach, any), (vec![10.0, 10.0, 15.0, 15.0, 0.0, 0.0], 6, true));
    }

    #[test]
    fn long_gaps_end_what_is_known() {
        assert_eq!(filled(&[0.0, 0.0, N, N, 0.0], 2.0).1, 2);
        assert_eq!(filled(&[0.0, 0.0, N, N, 0.0], 3.0).1, 5);
        assert_eq!(filled(&[N, N, N, 10.0], 2.0).1, 0);
        assert_eq!(filled(&[0.0, N, N, N], 2.0).1, 1);
        assert_eq!(filled(&[N, N], 1e9).1, 0);
    }
}
