//! Where the heights under a path come from, as far as coverage looks at it.
//!
//! Two implementations: the elevation tiles and land cover of a study, and made-up ground in tests.

use crate::geodesy::LatLon;

/// Heights of the ground, shared by all threads.
pub trait Ground: Sync {
    /// What one thread reads it with.
    type Sampler<'a>: GroundSampler
    where
        Self: 'a;

    /// A reader for one thread.
    fn sampler(&self) -> Self::Sampler<'_>;

    /// The resolution of what is known there, m; `None` where nothing is.
    fn resolution_m(&self, at: LatLon) -> Option<f64>;
}

/// Reads heights, one path after the other.
pub trait GroundSampler {
    /// Height above mean sea level, m; `None` where it is not known.
    fn height_m(&mut self, at: LatLon) -> Option<f64>;

    /// The class of land cover; `None` where it is not known, or the ground has no land cover.
    fn cover(&mut self, _at: LatLon) -> Option<u8> {
        None
    }

    /// The heights, and the land cover where the ground has one, at equal steps of at most `step_m` from one position to
    /// the other, both included, into `path`.
    fn path(&mut self, from: LatLon, to: LatLon, step_m: f64, path: &mut PathHeights);
}

/// Heights under one path, in memory that is used again for the next.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct PathHeights {
    /// Length along the ellipsoid, m.
    pub length_m: f64,
    /// Heights above mean sea level at equal steps, m; NaN where not known.
    pub heights_m: Vec<f64>,
    /// Class of land cover at the same points, [`UNKNOWN_COVER`](crate::terrain::UNKNOWN_COVER) where not known; empty where
    /// the ground has no land cover.
    pub cover: Vec<u8>,
}

/// What was found under a path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Gaps {
    /// Every height is known.
    None,
    /// Short gaps were bridged with a straight line.
    Bridged,
    /// A gap is too long, or at an end.
    TooLong,
}

impl PathHeights {
    /// Draws a straight line over every gap of at most `max_gap_m` between two known heights. A gap at an end is never
    /// bridged: there is nothing to draw the line from.
    pub(super) fn bridge(&mut self, max_gap_m: f64) -> Gaps {
        let heights = &mut self.heights_m;
        if !heights.iter().any(|h| h.is_nan()) {
            return Gaps::None;
        }
        let known_end = |end: Option<&f64>| end.is_some_and(|h| !h.is_nan());
        if !known_end(heights.first()) || !known_end(heights.last()) {
            return Gaps::TooLong;
        }
        let step_m = self.length_m / (heights.len() - 1) as f64;
        let mut last = 0;
        for i in 1..heights.len() {
            if heights[i].is_nan() {
                continue;
            }
            let steps = i - last;
            if steps > 1 {
                if steps as f64 * step_m > max_gap_m {
                    return Gaps::TooLong;
                }
                let (from, to) = (heights[last], heights[i]);
                for k in 1..steps {
                    heights[last + k] = from + (to - from) * k as f64 / steps as f64;
                }
            }
            last = i;
        }
        Gaps::Bridged
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NAN: f64 = f64::NAN;

    fn path(heights_m: &[f64]) -> PathHeights {
        let length_m = 100.0 * (heights_m.len() - 1) as f64;
        PathHeights { length_m, heights_m: heights_m.to_vec(), cover: Vec::new() }
    }

    #[test]
    fn short_gaps_are_bridged_and_nothing_becomes_zero() {
        let mut whole = path(&[1.0, 2.0, 3.0]);
        assert_eq!(whole.bridge(0.0), Gaps::None);
        let mut one = path(&[10.0, NAN, 30.0, 40.0, NAN, 20.0]);
        assert_eq!(one.bridge(200.0), Gaps::Bridged);
        assert_eq!(one.heights_m, [10.0, 20.0, 30.0, 40.0, 30.0, 20.0]);
    }

    #[test]
    fn long_gaps_and_ends_are_not() {
        assert_eq!(path(&[10.0, NAN, NAN, 30.0]).bridge(200.0), Gaps::TooLong);
        assert_eq!(path(&[10.0, NAN, NAN, 30.0]).bridge(300.0), Gaps::Bridged);
        assert_eq!(path(&[NAN, 20.0, 30.0]).bridge(1e6), Gaps::TooLong);
        assert_eq!(path(&[10.0, 20.0, NAN]).bridge(1e6), Gaps::TooLong);
        assert_eq!(path(&[10.0, NAN, 30.0]).bridge(0.0), Gaps::TooLong);
    }
}
