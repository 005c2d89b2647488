//! The same sums with wider registers, where the processor has them: AVX2, FMA and POPCNT (x86-64-v3).
//!
//! The only file of the crate with `unsafe`: calling a function compiled for instructions that not every
//! processor has. The instructions are asked for at run time first.

use super::leaf::{LeafPoints, LeafQuery, Masks};

/// The masks of several queries in one leaf, into `masks` (as many as there are queries).
pub(super) fn leaf_masks(leaf: &LeafPoints, queries: &[LeafQuery], masks: &mut [Masks]) {
    #[cfg(target_arch = "x86_64")]
    if x86::supported() {
        // SAFETY: `supported` has found every feature that the function is compiled for.
        #[allow(unsafe_code, reason = "the processor was asked for the features just above")]
        return unsafe { x86::leaf_masks(leaf, queries, masks) };
    }
    for (query, masks) in queries.iter().zip(masks) {
        *masks = query.masks(leaf);
    }
}

/// Runs `work`, compiled for the wide instructions where there are any. The result is the same either way:
/// meant for integer work such as counting bits, which is several times faster with POPCNT.
pub fn with_wide_instructions<T>(work: impl FnOnce() -> T) -> T {
    #[cfg(target_arch = "x86_64")]
    if x86::supported() {
        // SAFETY: `supported` has found every feature that the function is compiled for.
        #[allow(unsafe_code, reason = "the processor was asked for the features just above")]
        return unsafe { x86::run(work) };
    }
    work()
}

#[cfg(target_arch = "x86_64")]
mod x86 {
    use std::arch::x86_64::{
        _CMP_LE_OQ, _mm256_cmp_ps, _mm256_fnmadd_ps, _mm256_movemask_ps, _mm256_set1_ps, _mm256_setr_ps,
    };

    use super::{LeafPoints, LeafQuery, Masks};

    /// Whether this processor has what the functions below are compiled for.
    pub(super) fn supported() -> bool {
        is_x86_feature_detected!("avx2")
            && is_x86_feature_detected!("fma")
            && is_x86_feature_detected!("popcnt")
            && is_x86_feature_detected!("bmi1")
            && is_x86_feature_detected!("bmi2")
    }

    #[target_feature(enable = "avx2,fma,popcnt,bmi1,bmi2")]
    pub(super) fn run<T>(work: impl FnOnce() -> T) -> T {
        work()
    }

    #[target_feature(enable = "avx2,fma,popcnt,bmi1,bmi2")]
    pub(super) fn leaf_masks(leaf: &LeafPoints, queries: &[LeafQuery], masks: &mut [Masks]) {
        for (query, masks) in queries.iter().zip(masks) {
            *masks = one(leaf, *query);
        }
    }

    #[target_feature(enable = "avx2,fma,popcnt,bmi1,bmi2")]
    #[inline]
    fn one(leaf: &LeafPoints, query: LeafQuery) -> Masks {
        let (x, y, z) = (_mm256_set1_ps(query.x), _mm256_set1_ps(query.y), _mm256_set1_ps(query.z));
        let (sure, maybe) = (_mm256_set1_ps(query.sure), _mm256_set1_ps(query.maybe));
        // Eight neighbours in memory: the compiler makes one load of it.
        let load = |a: &[f32]| _mm256_setr_ps(a[0], a[1], a[2], a[3], a[4], a[5], a[6], a[7]);
        let mut masks = Masks::default();
        let points = leaf.x.as_chunks::<8>().0.iter().zip(leaf.y.as_chunks::<8>().0);
        let points = points.zip(leaf.z.as_chunks::<8>().0).zip(leaf.half_square.as_chunks::<8>().0);
        for (i, (((px, py), pz), half_square)) in points.enumerate() {
            let t = _mm256_fnmadd_ps(x, load(px), load(half_square));
            let t = _mm256_fnmadd_ps(y, load(py), t);
            let t = _mm256_fnmadd_ps(z, load(pz), t);
            let inside = _mm256_movemask_ps(_mm256_cmp_ps::<_CMP_LE_OQ>(t, sure)) as u32;
            let perhaps = _mm256_movemask_ps(_mm256_cmp_ps::<_CMP_LE_OQ>(t, maybe)) as u32;
            masks.sure |= u64::from(inside) << (8 * i);
            masks.maybe |= u64::from(perhaps) << (8 * i);
        }
        masks
    }
}
