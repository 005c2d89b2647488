//! When to stop.

use std::time::{Duration, Instant};

/// Counts steps and watches the clock.
#[derive(Debug)]
pub(super) struct Clock {
    started: Instant,
    time: Option<Duration>,
    iterations: Option<u64>,
    pub(super) steps: u64,
    stopped: bool,
}

impl Clock {
    pub(super) fn new(time: Option<Duration>, iterations: Option<u64>) -> Clock {
        Clock { started: Instant::now(), time, iterations, steps: 0, stopped: false }
    }

    /// Counts a step; false where there is no time or number left for it, and from then on.
    pub(super) fn tick(&mut self) -> bool {
        self.stopped |= self.iterations.is_some_and(|most| self.steps >= most)
            || self.time.is_some_and(|time| self.started.elapsed() >= time);
        self.steps += u64::from(!self.stopped);
        !self.stopped
    }

    /// Since the beginning.
    pub(super) fn elapsed(&self) -> Duration {
        self.started.elapsed()
    }

    /// What is left of the time, where there is a limit on it.
    pub(super) fn time_left(&self) -> Option<Duration> {
        self.time.map(|time| time.saturating_sub(self.started.elapsed()))
    }

    /// Looks at the time alone.
    pub(super) fn is_stopped(&mut self) -> bool {
        self.stopped |= self.time.is_some_and(|time| self.started.elapsed() >= time);
        self.stopped
    }
}
