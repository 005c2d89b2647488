//! The elevation that a study names.

use crate::coverage::{Ground, GroundSampler, PathHeights};
use crate::geodesy::{LatLon, distance_m};

/// The study's elevation tiles, or none: nothing is known then.
#[derive(Debug, Default)]
pub struct StudyGround {}

/// Reads a study's elevation on one thread.
#[derive(Debug)]
pub struct StudySampler {}

impl Ground for StudyGround {
    type Sampler<'a> = StudySampler;

    fn sampler(&self) -> StudySampler {
        StudySampler {}
    }

    fn resolution_m(&self, _at: LatLon) -> Option<f64> {
        None
    }
}

impl GroundSampler for StudySampler {
    fn height_m(&mut self, _at: LatLon) -> Option<f64> {
        None
    }

    fn path(&mut self, from: LatLon, to: LatLon, _step_m: f64, path: &mut PathHeights) {
        path.length_m = distance_m(from, to);
        path.heights_m.clear();
        path.heights_m.extend([f64::NAN; 2]);
    }
}
