//! The same passes with wider registers, where the processor has them (AVX2). Compiled from the same source without
//! fused multiplication: the results are the same bit for bit.
//!
//! The one `unsafe` of the propagation models: calling a function compiled for instructions that not every processor
//! has. They are asked for at run time first.

use super::scan::{Ends, Scan};
use super::{Breakdown, P1812};
use crate::propagation::profile::Profile;

/// [`P1812::run_inner`], with the widest registers there are.
pub(super) fn run<const ALL: bool, const CLUTTER: bool>(model: &P1812, profile: &Profile<'_>) -> Breakdown {
    #[cfg(target_arch = "x86_64")]
    if is_x86_feature_detected!("avx2") {
        // SAFETY: the processor has just been found to have the feature that the function is compiled for.
        #[allow(unsafe_code, reason = "the processor was asked for the feature just above")]
        return unsafe { with_avx2::<ALL, CLUTTER>(model, profile) };
    }
    model.run_inner::<ALL, CLUTTER>(profile)
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2")]
fn with_avx2<const ALL: bool, const CLUTTER: bool>(model: &P1812, profile: &Profile<'_>) -> Breakdown {
    model.run_inner::<ALL, CLUTTER>(profile)
}

/// [`P1812::scanned`], likewise: what a path in line of sight asks of its points.
pub(super) fn scanned<const CLUTTER: bool>(
    model: &P1812,
    profile: &Profile<'_>,
    ends: &Ends,
    scan: &Scan,
) -> Breakdown {
    #[cfg(target_arch = "x86_64")]
    if is_x86_feature_detected!("avx2") {
        // SAFETY: the processor has just been found to have the feature that the function is compiled for.
        #[allow(unsafe_code, reason = "the processor was asked for the feature just above")]
        return unsafe { scanned_with_avx2::<CLUTTER>(model, profile, ends, scan) };
    }
    model.scanned::<false, CLUTTER>(profile, ends, scan)
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2")]
fn scanned_with_avx2<const CLUTTER: bool>(
    model: &P1812,
    profile: &Profile<'_>,
    ends: &Ends,
    scan: &Scan,
) -> Breakdown {
    model.scanned::<false, CLUTTER>(profile, ends, scan)
}

#[cfg(test)]
mod tests {
    use crate::propagation::{Distances, Link, Profile, p1812::P1812};

    #[test]
    fn wide_registers_change_no_bit() {
        let distances = Distances::regular(30.0, 335).unwrap();
        let clutter = [7.0; 335];
        for relief in [0.0, 3.0, 90.0, 400.0] {
            for points in [3, 4, 5, 6, 7, 9, 100, 335] {
                let heights: Vec<f64> =
                    (0..points).map(|i| relief * (1.0 + (f64::from(i) * 0.37).sin())).collect();
                let model = P1812::new(&Link { time_percent: 10.0, ..Link::default() }).unwrap();
                let profile = Profile::new(&distances, &heights).unwrap();
                let bits = |b: super::Breakdown| format!("{b:?}");
                let wide = bits(super::run::<true, false>(&model, &profile));
                assert_eq!(wide, bits(model.run_inner::<true, false>(&profile)));
                let profile = profile.with_clutter(&clutter[..heights.len()]).unwrap();
                let wide = bits(super::run::<true, true>(&model, &profile));
                assert_eq!(wide, bits(model.run_inner::<true, true>(&profile)));
            }
        }
    }
}
