//! What ITM takes from the profile: horizons, effective heights and the irregularity Δh (Hufford, "The ITS Irregular
//! Terrain Model, version 1.2.2: the Algorithm", 1995).

/// Heights at equal steps.
#[derive(Debug, Clone, Copy)]
pub(super) struct Terrain<'a> {
    pub height_m: &'a [f64],
    pub step_m: f64,
}

/// What the profile amounts to; pairs are transmitter and receiver.
#[derive(Debug, Clone, Copy)]
pub(super) struct Parameters {
    pub distance_m: f64,
    pub theta: [f64; 2],
    pub horizon_m: [f64; 2],
    pub effective_m: [f64; 2],
    pub delta_h_m: f64,
}

impl Terrain<'_> {
    fn intervals(&self) -> usize {
        self.height_m.len() - 1
    }

    /// Mean height of the path without a tenth at either end, m.
    pub(super) fn mean_height_m(&self) -> f64 {
        let tenth = self.intervals() / 10;
        let middle = &self.height_m[tenth..=self.intervals() - tenth];
        middle.iter().sum::<f64>() / middle.len() as f64
    }

    /// Horizons, effective heights and irregularity.
    pub(super) fn parameters(&self, curvature: f64, antenna_m: [f64; 2]) -> Parameters {
        let radius = 1.0 / curvature;
        let distance = self.intervals() as f64 * self.step_m;
        let (mut theta, mut horizon) = self.horizons(radius, antenna_m, distance);
        // Terrain counts from 15 antenna heights on, or a tenth of the way to the horizon.
        let start = (15.0 * antenna_m[0]).min(0.1 * horizon[0]);
        let end = distance - (15.0 * antenna_m[1]).min(0.1 * horizon[1]);
        let delta_h = self.delta_h_m(start, end);
        let ends = [self.height_m[0], self.height_m[self.intervals()]];
        let above = |i: usize, fit: f64| antenna_m[i] + (ends[i] - fit).max(0.0);
        let mut effective;
        if horizon[0] + horizon[1] > 1.5 * distance {
            // Well within line of sight: horizons over a smooth earth under the fitted line.
            let fit = self.fit(start, end);
            effective = [above(0, fit.0), above(1, fit.1)];
            let smooth = |h: f64| (2.0 * h * radius).sqrt();
            let shortened = |h: f64| smooth(h) * (-0.07 * (delta_h / h.max(5.0)).sqrt()).exp();
            horizon = effective.map(shortened);
            let sum = horizon[0] + horizon[1];
            if sum <= distance {
                let q = (distance / sum) * (distance / sum);
                effective = effective.map(|h| h * q);
                horizon = effective.map(shortened);
            }
            for i in 0..2 {
                let q = smooth(effective[i]);
                theta[i] = (0.65 * delta_h * (q / horizon[i] - 1.0) - 2.0 * effective[i]) / q;
            }
        } else {
            let near_tx = self.fit(start, 0.9 * horizon[0]).0;
            let near_rx = self.fit(distance - 0.9 * horizon[1], end).1;
            effective = [above(0, near_tx), above(1, near_rx)];
        }
        Parameters {
            distance_m: distance,
            theta,
            horizon_m: horizon,
            effective_m: effective,
            delta_h_m: delta_h,
        }
    }

    /// Horizon angles, rad, and distances, m (TN101, eq. 6.15).
    fn horizons(&self, radius: f64, antenna_m: [f64; 2], distance: f64) -> ([f64; 2], [f64; 2]) {
        let last = self.intervals();
        let z = [self.height_m[0] + antenna_m[0], self.height_m[last] + antenna_m[1]];
        let sag = distance / (2.0 * radius);
        let mut theta = [(z[1] - z[0]) / distance - sag, (z[0] - z[1]) / distance - sag];
        let mut horizon = [distance; 2];
        for i in 1..last {
            let from_tx = i as f64 * self.step_m;
            for (end, d) in [from_tx, distance - from_tx].into_iter().enumerate() {
                let angle = (self.height_m[i] - z[end]) / d - d / (2.0 * radius);
                if angle > theta[end] {
                    (theta[end], horizon[end]) = (angle, d);
                }
            }
        }
        (theta, horizon)
    }

    /// The terrain irregularity Δh, m: the range of heights between the tenth and the ninetieth percentile about a
    /// fitted line, as it would be over a long path (ERL 79-ITS 67, eq. 3, inverted).
    fn delta_h_m(&self, start: f64, end: f64) -> f64 {
        const MOST: usize = 245;
        let (mut x, x_end) = (start / self.step_m, end / self.step_m);
        if x_end - x < 2.0 {
            return 0.0;
        }
        let tenth = ((0.1 * (x_end - x + 8.0)) as usize).clamp(4, 25);
        let count = 10 * tenth - 5;
        let mut sampled = [0.0; MOST];
        let sampled = &mut sampled[..count];
        let step = (x_end - x) / (count - 1) as f64;
        let mut i = x as usize;
        x -= i as f64 + 1.0;
        for value in sampled.iter_mut() {
            while x > 0.0 && i + 1 < self.intervals() {
                x -= 1.0;
                i += 1;
            }
            *value = self.height_m[i + 1] + (self.height_m[i + 1] - self.height_m[i]) * x;
            x += step;
        }
        let last = (count - 1) as f64;
        let (first, at_end) = Terrain { height_m: sampled, step_m: 1.0 }.fit(0.0, last);
        let slope = (at_end - first) / last;
        for (i, value) in sampled.iter_mut().enumerate() {
            *value -= first + slope * i as f64;
        }
        sampled.sort_unstable_by(|a, b| b.total_cmp(a));
        let range = sampled[tenth - 1] - sampled[count - tenth];
        range / (1.0 - 0.8 * (-(end - start) / 50e3).exp())
    }

    /// Least-squares line through the heights between two distances, m: its values at the first and the last point.
    fn fit(&self, start: f64, end: f64) -> (f64, f64) {
        let last = self.intervals();
        let mut from = ((start / self.step_m).max(0.0) as usize).min(last);
        let mut to = last - ((last as f64 - end / self.step_m).max(0.0) as usize).min(last);
        if to <= from {
            from = from.saturating_sub(1);
            to = (to + 1).min(last);
        }
        let length = (to - from) as f64;
        let middle = -0.5 * length;
        let (a, b) = (self.height_m[from], self.height_m[to]);
        let (mut sum, mut moment) = (0.5 * (a + b), 0.5 * (a - b) * middle);
        for (i, h) in self.height_m[from + 1..to].iter().enumerate() {
            sum += h;
            moment += h * (middle + (i + 1) as f64);
        }
        let mean = sum / length;
        let slope = moment * 12.0 / ((length * length + 2.0) * length);
        let centre = to as f64 - 0.5 * length;
        (mean - slope * centre, mean + slope * (last as f64 - centre))
    }
}

/// Terrain irregularity at a distance, m: `Δh(d) = Δh (1 − 0.8 exp(−d/50 km))` (ERL 79-ITS 67, eq. 3).
pub(super) fn roughness_m(distance_m: f64, delta_h_m: f64) -> f64 {
    delta_h_m * (1.0 - 0.8 * (-distance_m / 50e3).exp())
}

/// Deviation of the terrain within the first Fresnel zone, m (ERL 79-ITS 67, eq. 3.6a).
pub(super) fn sigma_h_m(delta_h_m: f64) -> f64 {
    0.78 * delta_h_m * (-0.5 * delta_h_m.max(0.0).powf(0.25)).exp()
}
