//! The passes over all points of a profile. Everything that P.1812 asks of the terrain is the greatest of some value
//! over the points between the ends, or a sum: one pass finds most of it, without a division by distance (the
//! reciprocals are in the profile), a root or an arc tangent (both are monotone and applied to the greatest alone).
//!
//! Four points at a time in plain arrays: the compiler makes vector instructions of them, wider ones where the caller
//! was compiled for such. No fused multiplication, so that the result is the same on every processor.

#![allow(clippy::needless_range_loop, reason = "lanes are counted, so that the compiler sees equal lengths")]

use crate::propagation::profile::Profile;

const LANES: usize = 4;
type Lanes = [f64; LANES];

/// What the first pass finds, over the points between the ends. Slopes in m/km.
#[derive(Debug, Clone, Copy)]
pub(super) struct Scan {
    /// Greatest `(h − hts)/d − 500 d/ae` and its point: the transmitter's horizon (eqs 76–78) as a slope.
    pub tx: Peak,
    /// Greatest `(h − hrs)/(D−d) − 500 (D−d)/ae` and its point: the receiver's horizon (eqs 79–81).
    pub rx: Peak,
    /// Greatest height above the straight line between the antennas, m (eq. 87).
    pub hobs: f64,
    /// Greatest slope of the terrain above that line, from the transmitter (eq. 87a) and from the receiver (eq. 87b).
    pub alpha_obt: f64,
    pub alpha_obr: f64,
    /// The two sums of eqs 83 and 84.
    pub v1: f64,
    pub v2: f64,
    /// Slopes for Bullington over terrain with clutter, median effective earth: as `tx` and `rx`.
    pub median: Slopes,
    /// The same for the earth of β0 % of time.
    pub beta: Slopes,
}

/// Greatest slopes from the two ends, without the constant that the chord adds.
#[derive(Debug, Clone, Copy)]
pub(super) struct Slopes {
    pub tx: f64,
    pub rx: f64,
}

/// The greatest value and the first point that has it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Peak {
    pub value: f64,
    pub point: usize,
}

/// What the passes need besides the profile.
#[derive(Debug, Clone, Copy)]
pub(super) struct Ends {
    /// Antenna heights, m above mean sea level.
    pub hts: f64,
    pub hrs: f64,
    /// 500/ae for the median and for β0 % of time, m/km².
    pub bulge_median: f64,
    pub bulge_beta: f64,
}

/// Running maxima, four at a time.
#[derive(Clone, Copy)]
struct Max(Lanes);

impl Max {
    const NONE: Max = Max([f64::NEG_INFINITY; LANES]);

    #[inline(always)]
    fn take(&mut self, values: Lanes) {
        for k in 0..LANES {
            self.0[k] = if values[k] > self.0[k] { values[k] } else { self.0[k] };
        }
    }

    #[inline(always)]
    fn value(self) -> f64 {
        self.0.iter().fold(f64::NEG_INFINITY, |a, &b| if b > a { b } else { a })
    }
}

/// The first point between the ends whose value is `greatest`, computed again by the same steps: cheaper than to carry
/// the point of every maximum along. `value` takes distance, its reciprocal, height and clutter.
#[inline(always)]
fn first_at(profile: &Profile<'_>, greatest: f64, value: impl Fn(f64, f64, f64) -> f64) -> Peak {
    let last = profile.d.len() - 2;
    let (d, d_rest) = profile.d[1..=last].as_chunks::<LANES>();
    let (inv, inv_rest) = profile.inverse_d[1..=last].as_chunks::<LANES>();
    let (h, h_rest) = profile.h[1..=last].as_chunks::<LANES>();
    let mut point = 1;
    for ((d, inv), h) in d.iter().zip(inv).zip(h) {
        let lanes = each(|k| value(d[k], inv[k], h[k]));
        if lanes.iter().fold(false, |any, &v| any | (v == greatest)) {
            let k = lanes.iter().position(|&v| v == greatest).unwrap_or(0);
            return Peak { value: greatest, point: point + k };
        }
        point += LANES;
    }
    for ((d, inv), h) in d_rest.iter().zip(inv_rest).zip(h_rest) {
        if value(*d, *inv, *h) == greatest {
            break;
        }
        point += 1;
    }
    Peak { value: greatest, point: point.min(last) }
}

/// Calls `step` with the points between the ends, four at a time: the four values of each of the
/// arrays. The last four are filled up with the last point.
macro_rules! for_lanes {
    ($points:expr; $($lane:ident = $array:expr),+; $body:block) => {{
        let inner = $points - 2;
        let whole = inner / LANES * LANES;
        $(let ($lane, _) = $array[1..=inner].as_chunks::<LANES>();)+
        let chunks = whole / LANES;
        // One bound for all, so that no access is checked inside the loop.
        $(let $lane = &$lane[..chunks];)+
        for i in 0..chunks {
            $(let $lane = $lane[i];)+
            $body
        }
        if whole < inner {
            let pad = |array: &[f64]| {
                let mut lanes = [array[inner]; LANES];
                lanes[..inner - whole].copy_from_slice(&array[whole + 1..=inner]);
                lanes
            };
            $(let $lane = pad($array);)+
            $body
        }
    }};
}

/// The first pass. Needs at least three points.
#[inline(always)]
pub(super) fn scan<const CLUTTER: bool, const BETA: bool>(profile: &Profile<'_>, ends: &Ends) -> Scan {
    let points = profile.d.len();
    let length = profile.d[points - 1];
    let clutter = if CLUTTER { profile.clutter.unwrap_or(profile.h) } else { profile.h };
    let Ends { hts, hrs, bulge_median, bulge_beta } = *ends;
    let slope = (hrs - hts) / length;

    let (mut tx, mut rx) = (Max::NONE, Max::NONE);
    let (mut ray_tx, mut ray_rx, mut above) = (Max::NONE, Max::NONE, Max::NONE);
    let (mut clutter_tx, mut clutter_rx) = (Max::NONE, Max::NONE);
    let (mut beta_tx, mut beta_rx) = (Max::NONE, Max::NONE);

    for_lanes!(points; d = profile.d, inv = profile.inverse_d, h = profile.h, r = clutter; {
        let mut x = [0.0; LANES];
        let mut y = [0.0; LANES];
        let mut back = [0.0; LANES];
        let mut line = [0.0; LANES];
        let mut inv_back = [0.0; LANES];
        for k in 0..LANES {
            back[k] = length - d[k];
            inv_back[k] = 1.0 / back[k];
            x[k] = (h[k] - hts) * inv[k];
            y[k] = (h[k] - hrs) * inv_back[k];
            line[k] = (h[k] - hts) - slope * d[k];
        }
        above.take(line);
        ray_tx.take(x);
        ray_rx.take(y);
        tx.take(each(|k| x[k] - bulge_median * d[k]));
        rx.take(each(|k| y[k] - bulge_median * back[k]));
        if CLUTTER {
            x = each(|k| (h[k] + r[k] - hts) * inv[k]);
            y = each(|k| (h[k] + r[k] - hrs) * inv_back[k]);
            clutter_tx.take(each(|k| x[k] - bulge_median * d[k]));
            clutter_rx.take(each(|k| y[k] - bulge_median * back[k]));
        }
        if BETA {
            beta_tx.take(each(|k| x[k] - bulge_beta * d[k]));
            beta_rx.take(each(|k| y[k] - bulge_beta * back[k]));
        }
    });

    let (v1, v2) = sums(profile);
    let tx = first_at(profile, tx.value(), |d, inv, h| (h - hts) * inv - bulge_median * d);
    let rx = first_at(profile, rx.value(), |d, _, h| {
        let back = length - d;
        (h - hrs) * (1.0 / back) - bulge_median * back
    });
    let median = if CLUTTER {
        Slopes { tx: clutter_tx.value(), rx: clutter_rx.value() }
    } else {
        Slopes { tx: tx.value, rx: rx.value }
    };
    Scan {
        tx,
        rx,
        hobs: above.value(),
        // (h − line)/d is the ray's slope less that of the line.
        alpha_obt: ray_tx.value() - slope,
        alpha_obr: ray_rx.value() + slope,
        v1,
        v2,
        median,
        beta: Slopes { tx: beta_tx.value(), rx: beta_rx.value() },
    }
}

/// Eqs 83 and 84, gathered by point: each height counts `w = d[i+1] − d[i−1]` and `w (d[i−1] + d[i] + d[i+1])`, the ends
/// by their one neighbour.
#[inline(always)]
fn sums(profile: &Profile<'_>) -> (f64, f64) {
    let (d, h) = (profile.d, profile.h);
    let n = d.len();
    let inner = n - 2;
    let (before, here, after, height) = (&d[..inner], &d[1..=inner], &d[2..], &h[1..=inner]);
    let (mut v1, mut v2) = ([0.0; LANES], [0.0; LANES]);
    let (b, b_rest) = before.as_chunks::<LANES>();
    let (c, c_rest) = here.as_chunks::<LANES>();
    let (a, a_rest) = after.as_chunks::<LANES>();
    let (g, g_rest) = height.as_chunks::<LANES>();
    for (((b, c), a), g) in b.iter().zip(c).zip(a).zip(g) {
        for k in 0..LANES {
            let weighted = (a[k] - b[k]) * g[k];
            v1[k] += weighted;
            v2[k] += weighted * (b[k] + c[k] + a[k]);
        }
    }
    for (((b, c), a), g) in b_rest.iter().zip(c_rest).zip(a_rest).zip(g_rest) {
        let weighted = (a - b) * g;
        v1[0] += weighted;
        v2[0] += weighted * (b + c + a);
    }
    let (first, last) = (d[1] - d[0], d[n - 1] - d[n - 2]);
    let v1 = v1.iter().sum::<f64>() + first * h[0] + last * h[n - 1];
    let v2 = v2.iter().sum::<f64>()
        + first * h[0] * (d[1] + 2.0 * d[0])
        + last * h[n - 1] * (2.0 * d[n - 1] + d[n - 2]);
    (v1, v2)
}

/// The pass that only paths in line of sight need: the greatest diffraction parameter ν (eq. 15) and its point, as
/// `sign(ν) ν² × λ/(0.002 D)`, which orders the points as ν does and takes no root.
#[inline(always)]
pub(super) fn greatest_parameter<const CLUTTER: bool>(
    profile: &Profile<'_>,
    ends: &Ends,
    bulge: f64,
) -> Peak {
    let points = profile.d.len();
    let length = profile.d[points - 1];
    let clutter = if CLUTTER { profile.clutter.unwrap_or(profile.h) } else { profile.h };
    let slope = (ends.hrs - ends.hts) / length;
    let value = |d: f64, ground: f64| {
        let product = d * (length - d);
        let clearance = (ground - ends.hts) - slope * d + bulge * product;
        clearance * clearance.abs() / product
    };
    let mut greatest = Max::NONE;
    for_lanes!(points; d = profile.d, h = profile.h, r = clutter; {
        greatest.take(each(|k| value(d[k], if CLUTTER { h[k] + r[k] } else { h[k] })));
    });
    if CLUTTER {
        // The path analysis is without clutter: nobody asks for the point.
        return Peak { value: greatest.value(), point: 1 };
    }
    first_at(profile, greatest.value(), |d, _, h| value(d, h))
}

/// Eq. 93: the greatest height of the terrain above the smooth earth `hst + m d`, from point `from` to point `to`.
#[inline(always)]
pub(super) fn greatest_above(profile: &Profile<'_>, hst: f64, m: f64, from: usize, to: usize) -> f64 {
    let (d, d_rest) = profile.d[from..=to].as_chunks::<LANES>();
    let (h, h_rest) = profile.h[from..=to].as_chunks::<LANES>();
    let mut greatest = Max::NONE;
    for (d, h) in d.iter().zip(h) {
        greatest.take(each(|k| h[k] - (hst + m * d[k])));
    }
    for (d, h) in d_rest.iter().zip(h_rest) {
        greatest.take([h - (hst + m * d); LANES]);
    }
    greatest.value()
}

#[inline(always)]
fn each(f: impl Fn(usize) -> f64) -> Lanes {
    let mut lanes = [0.0; LANES];
    for (k, lane) in lanes.iter_mut().enumerate() {
        *lane = f(k);
    }
    lanes
}
