//! Losses to one point after another along a radial: what the passes of [`super::scan`] find over the points in between,
//! carried on from point to point instead of found anew.
//!
//! Seen from the transmitter, the greatest of a value over the points so far is the greater of the one before and the
//! new point's. Seen from the receiver, which moves, the steepest slope is that of a tangent to the upper hull of the
//! points: (h − hrs)/(D−d) as they are, and with `500 (D−d)/ae` taken off once each point is lowered by `500 d²/ae`,
//! which turns the curved earth into a line. The hull grows at its end only, and its tangent is found by halving.
//! The hull says which point; the value is then computed as the pass over all points does.

use super::scan::{Ends, Peak, Scan, Slopes};
use super::{P1812, wide};
use crate::propagation::profile::Profile;

/// What was seen along a radial so far. Its memory is used again for the next.
#[derive(Debug, Clone, Default)]
pub(in crate::propagation) struct Seen {
    /// Points between the ends that were taken in: 1 to this one.
    last: usize,
    tx: Option<Peak>,
    ray_tx: f64,
    clutter_tx: f64,
    beta_tx: f64,
    /// The sums of eqs 83 and 84 over these points.
    v1: f64,
    v2: f64,
    /// The terrain as it is, and lowered by the median earth's curvature.
    terrain: Hull,
    lowered: Hull,
    /// With clutter, lowered by the median earth's curvature and by that of β0 % of time.
    clutter: Hull,
    clutter_beta: Hull,
}

impl P1812 {
    /// As [`P1812::loss_db`] of the path to the point `to` of a radial: without zones, and of one point after another.
    /// `seen` belongs to the radial; [`Seen::start`] makes it forget the one before.
    pub(in crate::propagation) fn loss_to_db(&self, radial: &Profile<'_>, to: usize, seen: &mut Seen) -> f64 {
        let profile = radial.beginning(to + 1);
        if to < 2 || radial.zones.is_some() {
            return self.loss_db(&profile);
        }
        let ends = self.ends(&profile);
        let beta = self.beta_needed::<false>();
        match (profile.clutter.is_some(), beta) {
            (false, false) => seen.take::<false, false>(&profile, &ends),
            (false, true) => seen.take::<false, true>(&profile, &ends),
            (true, false) => seen.take::<true, false>(&profile, &ends),
            (true, true) => seen.take::<true, true>(&profile, &ends),
        }
        let scan = seen.scan(&profile, &ends, beta);
        if profile.clutter.is_some() {
            wide::scanned::<true>(self, &profile, &ends, &scan).lb_db
        } else {
            wide::scanned::<false>(self, &profile, &ends, &scan).lb_db
        }
    }
}

impl Seen {
    /// Begins a radial.
    pub(in crate::propagation) fn start(&mut self) {
        self.last = 0;
        self.tx = None;
        (self.ray_tx, self.clutter_tx, self.beta_tx) =
            (f64::NEG_INFINITY, f64::NEG_INFINITY, f64::NEG_INFINITY);
        (self.v1, self.v2) = (0.0, 0.0);
        for hull in [&mut self.terrain, &mut self.lowered, &mut self.clutter, &mut self.clutter_beta] {
            hull.0.clear();
        }
    }

    /// Takes in the points up to the one before the receiver.
    fn take<const CLUTTER: bool, const BETA: bool>(&mut self, profile: &Profile<'_>, ends: &Ends) {
        let (d, h) = (profile.d, profile.h);
        let clutter = if CLUTTER { profile.clutter.unwrap_or(h) } else { h };
        let Ends { hts, bulge_median, bulge_beta, .. } = *ends;
        let until = d.len() - 2;
        if self.last > until || self.last == 0 {
            self.start();
        }
        for i in self.last + 1..=until {
            let inverse = profile.inverse_d[i];
            let square = d[i] * d[i];
            let x = (h[i] - hts) * inverse;
            let value = x - bulge_median * d[i];
            if self.tx.is_none_or(|peak| value > peak.value) {
                self.tx = Some(Peak { value, point: i });
            }
            self.ray_tx = self.ray_tx.max(x);
            self.terrain.push(Corner { x: d[i], y: h[i], point: i });
            self.lowered.push(Corner { x: d[i], y: h[i] - bulge_median * square, point: i });
            let top = if CLUTTER { h[i] + clutter[i] } else { h[i] };
            let x = (top - hts) * inverse;
            if CLUTTER {
                self.clutter_tx = self.clutter_tx.max(x - bulge_median * d[i]);
                self.clutter.push(Corner { x: d[i], y: top - bulge_median * square, point: i });
            }
            if BETA {
                self.beta_tx = self.beta_tx.max(x - bulge_beta * d[i]);
                self.clutter_beta.push(Corner { x: d[i], y: top - bulge_beta * square, point: i });
            }
            let weighted = (d[i + 1] - d[i - 1]) * h[i];
            self.v1 += weighted;
            self.v2 += weighted * (d[i - 1] + d[i] + d[i + 1]);
        }
        self.last = until;
    }

    /// What the first pass over all points would find.
    fn scan(&self, profile: &Profile<'_>, ends: &Ends, beta: bool) -> Scan {
        let (d, h) = (profile.d, profile.h);
        let n = d.len();
        let length = d[n - 1];
        let Ends { hts, hrs, bulge_median, bulge_beta } = *ends;
        let slope = (hrs - hts) / length;
        let top = |i: usize| h[i] + profile.clutter.map_or(0.0, |clutter| clutter[i]);
        let ray = |height: f64, i: usize| (height - hrs) * (1.0 / (length - d[i]));
        let receiver = |bulge: f64| Corner { x: length, y: hrs - bulge * length * length, point: n - 1 };

        let tx = self.tx.unwrap_or(Peak { value: f64::NEG_INFINITY, point: 1 });
        let lowered = |hull: &Hull, bulge: f64, height: &dyn Fn(usize) -> f64| {
            hull.greatest(hull.tangent(receiver(bulge)), |i| ray(height(i), i) - bulge * (length - d[i]))
        };
        let rx = lowered(&self.lowered, bulge_median, &|i| h[i]);
        let ray_rx = self.terrain.greatest(self.terrain.tangent(receiver(0.0)), |i| ray(h[i], i));
        let above = self.terrain.greatest(self.terrain.extreme(slope), |i| (h[i] - hts) - slope * d[i]);
        let median = match profile.clutter {
            Some(_) => Slopes { tx: self.clutter_tx, rx: lowered(&self.clutter, bulge_median, &top).value },
            None => Slopes { tx: tx.value, rx: rx.value },
        };
        let beta = if beta {
            Slopes { tx: self.beta_tx, rx: lowered(&self.clutter_beta, bulge_beta, &top).value }
        } else {
            Slopes { tx: f64::NEG_INFINITY, rx: f64::NEG_INFINITY }
        };
        let (first, last) = (d[1] - d[0], d[n - 1] - d[n - 2]);
        Scan {
            tx,
            rx,
            hobs: above.value,
            alpha_obt: self.ray_tx - slope,
            alpha_obr: ray_rx.value + slope,
            v1: self.v1 + first * h[0] + last * h[n - 1],
            v2: self.v2 + first * h[0] * (d[1] + 2.0 * d[0]) + last * h[n - 1] * (2.0 * d[n - 1] + d[n - 2]),
            median,
            beta,
        }
    }
}

/// A point of a hull.
#[derive(Debug, Clone, Copy)]
struct Corner {
    x: f64,
    y: f64,
    point: usize,
}

/// The upper hull of points that come in the order of x.
#[derive(Debug, Clone, Default)]
struct Hull(Vec<Corner>);

/// Above zero where the way from `a` over `b` to `c` turns left.
#[inline(always)]
fn turn(a: Corner, b: Corner, c: Corner) -> f64 {
    (b.x - a.x) * (c.y - a.y) - (c.x - a.x) * (b.y - a.y)
}

impl Hull {
    #[inline(always)]
    fn push(&mut self, corner: Corner) {
        while let [.., a, b] = self.0[..] {
            if turn(a, b, corner) < 0.0 {
                break;
            }
            self.0.pop();
        }
        self.0.push(corner);
    }

    /// The first corner that `better` does not prefer the next to.
    #[inline(always)]
    fn first(&self, better: impl Fn(Corner, Corner) -> bool) -> usize {
        let (mut low, mut high) = (0, self.0.len().saturating_sub(1));
        while low < high {
            let middle = low.midpoint(high);
            if better(self.0[middle], self.0[middle + 1]) { low = middle + 1 } else { high = middle }
        }
        low
    }

    /// The corner that the tangent from `from`, which lies beyond all of them, touches.
    #[inline(always)]
    fn tangent(&self, from: Corner) -> usize {
        self.first(|a, b| turn(a, b, from) < 0.0)
    }

    /// The corner that is highest above a line of this slope.
    #[inline(always)]
    fn extreme(&self, slope: f64) -> usize {
        self.first(|a, b| b.y - a.y > slope * (b.x - a.x))
    }

    /// The greatest value of a corner and its two neighbours, which rounding can make equal to it; of equals the first.
    #[inline(always)]
    fn greatest(&self, corner: usize, value: impl Fn(usize) -> f64) -> Peak {
        let mut greatest = Peak { value: f64::NEG_INFINITY, point: 1 };
        for corner in self.0.iter().skip(corner.saturating_sub(1)).take(3) {
            let value = value(corner.point);
            if value > greatest.value {
                greatest = Peak { value, point: corner.point };
            }
        }
        greatest
    }
}
