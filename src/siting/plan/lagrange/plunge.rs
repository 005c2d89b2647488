//! Straight steps of the bound, for the beginning: plain subgradients with a part of the direction before (Camerini,
//! Fratta & Maffioli 1975), from wherever the last step led. They stall early, where the volume algorithm goes on.

use super::{Clock, Lagrangian, NEWEST_SHARE, STEPS_PER_LOOK};

/// The part of the direction before, steps without a better bound before they are shortened, and how
/// many of them must bring something.
const PLUNGE_BEFORE: f64 = 0.5;
const PLUNGE_PATIENCE: u32 = 6;
const PLUNGE_WINDOW: u32 = 40;

impl Lagrangian<'_> {
    /// Steps straight against the newest selection, mixed with those before, from wherever the last one led: rough, and
    /// in the beginning far faster than careful ones. Ends after so many, or once they stall.
    pub(in crate::siting::plan) fn plunge(&mut self, steps: u32, target: f64, clock: &mut Clock) {
        let (mut length, mut unimproved, mut mark) = (1.0, 0, self.value);
        let mut direction: Vec<f64> = self.fresh.iter().map(|fresh| fresh - 1.0).collect();
        for step in 1..=steps {
            if !clock.tick() {
                break;
            }
            let weights = &self.problem.weights;
            let norm: f64 = direction.iter().zip(weights).map(|(d, &w)| w as f64 * d * d).sum();
            let above = (self.value - target).max(1e-6 * self.value.abs());
            let scale = if norm > 1e-12 { length * above / norm } else { 0.0 };
            for ((trial, d), &weight) in self.trial.iter_mut().zip(&direction).zip(weights) {
                let weight = weight as f64;
                *trial = (*trial - scale * weight * d).clamp(0.0, weight);
            }
            let before = self.value;
            self.evaluate(NEWEST_SHARE);
            for (((d, fresh), trial), &weight) in
                direction.iter_mut().zip(&self.fresh).zip(&self.trial).zip(weights)
            {
                let newest = fresh - 1.0;
                let blocked = (newest > 0.0 && *trial <= 0.0) || (newest < 0.0 && *trial >= weight as f64);
                *d = PLUNGE_BEFORE * *d + if blocked { 0.0 } else { newest };
            }
            unimproved = if before - self.value > 1e-5 * self.value.abs() { 0 } else { unimproved + 1 };
            if unimproved >= PLUNGE_PATIENCE {
                (length, unimproved) = (length * 0.7, 0);
                self.trial.copy_from_slice(&self.prices);
            }
            if step % STEPS_PER_LOOK == 0 {
                let value = self.value;
                self.look_at_all();
                if self.value != value {
                    self.trial.copy_from_slice(&self.prices);
                }
                if step % PLUNGE_WINDOW == 0 {
                    if mark - self.value < 0.02 * (self.value - target) {
                        break;
                    }
                    mark = self.value;
                }
            }
        }
        self.look_at_all();
    }
}
