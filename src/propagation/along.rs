//! Losses to many points of one radial, by any model: what a map asks for.

use super::link::LinkError;
use super::p1812::Seen;
use super::path_loss::PathLoss;
use super::profile::Profile;

/// What one radial leaves to the next: memory.
#[derive(Debug, Clone, Default)]
pub struct RadialMemory(Seen);

/// A model on a radial: the loss to one point after another, each over the true path to it. With P.1812 the terrain
/// is not gone through again for every point (`p1812::radial`), so that a point costs little more than its formulas;
/// the results are those of [`PathLoss::loss_db`] to some 1e-9 dB.
#[derive(Debug)]
pub struct Radial<'a> {
    model: &'a PathLoss,
    path: Profile<'a>,
    seen: &'a mut Seen,
}

impl<'a> Radial<'a> {
    /// A radial, as far as its ground is known, with the clutter to look at.
    pub fn new(model: &'a PathLoss, path: Profile<'a>, memory: &'a mut RadialMemory) -> Radial<'a> {
        memory.0.start();
        Radial { model, path, seen: &mut memory.0 }
    }

    /// Basic transmission loss over the path to the point `to`, counted from 0 at the transmitter, dB. Fastest in ascending order.
    /// `None` where there is no such point, or the model is not defined over this path.
    pub fn loss_to_db(&mut self, to: usize) -> Option<f64> {
        if to < 1 || to >= self.path.height_m().len() {
            return None;
        }
        let loss: Result<f64, LinkError> = match self.model.p1812() {
            Some(model) => Ok(model.loss_to_db(&self.path, to, self.seen)),
            None => self.model.loss_db(&self.path.beginning(to + 1)),
        };
        loss.ok()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::propagation::{Distances, Link, ModelKind};

    /// Heights of whole metres, as SRTM has them, with flats, plains and single peaks.
    fn ground() -> impl Strategy<Value = Vec<f64>> {
        let height = prop_oneof![
            2 => Just(12.0),
            4 => (0_i32..60).prop_map(f64::from),
            3 => (0_i32..1_500).prop_map(f64::from),
            1 => 0.0..900.0,
        ];
        (prop::collection::vec(height, 2..150), 0_usize..4, 1.0_f64..40.0).prop_map(
            |(rough, kind, period)| match kind {
                0 => rough.clone(),
                // Smooth hills with the roughness on top of them.
                1 => rough
                    .iter()
                    .enumerate()
                    .map(|(i, r)| 400.0 + 200.0 * (i as f64 / period).sin() + r / 50.0)
                    .collect(),
                // A bowl, in sight throughout.
                2 => rough
                    .iter()
                    .enumerate()
                    .map(|(i, r)| (i as f64).powi(2) / 20.0 + (r / 100.0).round())
                    .collect(),
                _ => rough.iter().map(|r| (r / 700.0).floor()).collect(),
            },
        )
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn a_point_of_a_radial_has_the_loss_of_its_own_path(
            heights in ground(),
            step_m in 10.0..400.0,
            masts in (1.0..120.0, 1.0..60.0),
            percent in prop_oneof![Just(50.0), 1.0..50.0],
            clutter in prop_oneof![Just(None), prop::collection::vec(0_i32..30, 150).prop_map(Some)],
            freq_mhz in prop_oneof![Just(900.0), 100.0..3_000.0],
        ) {
            let link = Link { freq_mhz, htg_m: masts.0, hrg_m: masts.1, time_percent: percent, ..Link::default() };
            let distances = Distances::regular(step_m, heights.len()).unwrap();
            let clutter: Option<Vec<f64>> = clutter.map(|c| c.into_iter().map(f64::from).collect());
            let mut memory = RadialMemory::default();
            for kind in [ModelKind::P1812, ModelKind::Itm] {
                let model = PathLoss::new(kind, &link).unwrap();
                let mut path = Profile::new(&distances, &heights).unwrap();
                if let (Some(clutter), ModelKind::P1812) = (&clutter, kind) {
                    path = path.with_clutter(&clutter[..heights.len()]).unwrap();
                }
                // The second time over points in any order, in memory that has seen another radial.
                for order in [1, 7] {
                    let mut radial = Radial::new(&model, path, &mut memory);
                    for k in 1..heights.len() {
                        let to = 1 + (k * order) % (heights.len() - 1);
                        let alone = model.loss_db(&path.beginning(to + 1)).ok();
                        let along = radial.loss_to_db(to);
                        let same = match (alone, along) {
                            (Some(a), Some(b)) => (a - b).abs() <= 1e-6,
                            (a, b) => a == b,
                        };
                        prop_assert!(same, "{kind:?} point {to} of {}: {alone:?}, {along:?}", heights.len());
                    }
                    prop_assert_eq!(radial.loss_to_db(heights.len()), None);
                }
            }
        }
    }
}
