//! The same pass with wider registers, where the processor has them (AVX2). Compiled from the same source without fused
//! multiplication: the results are the same bit for bit.
//!
//! The one `unsafe` of this module: calling a function compiled for instructions that not every processor has. They are
//! asked for at run time first.

use super::kernel::{self, Line};
use super::page::Page;

/// [`kernel::heights`], with the widest registers there are.
pub(super) fn heights(page: &Page, line: Line, out: &mut [f64]) -> bool {
    #[cfg(target_arch = "x86_64")]
    if is_x86_feature_detected!("avx2") {
        // SAFETY: the processor has just been found to have the feature that the function is compiled for.
        #[allow(unsafe_code, reason = "the processor was asked for the feature just above")]
        return unsafe { with_avx2(page, line, out) };
    }
    kernel::heights(page, line, out)
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2")]
fn with_avx2(page: &Page, line: Line, out: &mut [f64]) -> bool {
    kernel::heights(page, line, out)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::terrain::page::{VOID, Values};
    use crate::terrain::path::Parabola;

    #[test]
    fn wide_registers_change_no_bit_and_both_are_the_plain_bilinear() {
        let (columns, rows) = (40, 30);
        let whole: Vec<i16> = (0..columns * rows)
            .map(|i: usize| if i % 97 == 5 { VOID } else { (i * i % 1_777) as i16 })
            .collect();
        let real = whole.iter().map(|v| if *v == VOID { f32::NAN } else { f32::from(*v) + 0.25 }).collect();
        for values in [Values::Whole(whole), Values::Real(real)] {
            let page = Page { column: 0, row: 0, columns, rows, values };
            for count in [1, 7, 16, 17, 100] {
                let n = f64::from(count);
                let line = Line {
                    column: Parabola::through(0.0, 18.3, 39.0, n),
                    row: Parabola::through(29.0, 16.1, 0.0, n),
                    first: 0.0,
                };
                let (mut wide, mut plain) = (vec![0.0; count as usize], vec![0.0; count as usize]);
                let unknown = heights(&page, line, &mut wide);
                assert_eq!(unknown, kernel::heights(&page, line, &mut plain));
                let mut any = false;
                for (i, height) in wide.iter().enumerate() {
                    assert_eq!(height.to_bits(), plain[i].to_bits());
                    let t = i as f64;
                    match page.bilinear(line.column.at(t), line.row.at(t)) {
                        Some(slow) if !height.is_nan() => assert_eq!(f64::from(slow), *height, "point {i}"),
                        // The plain way may know more: it passes over a void that has no share.
                        slow => assert!(height.is_nan(), "{slow:?} {height}"),
                    }
                    any |= height.is_nan();
                }
                assert!(unknown || !any);
            }
        }
    }
}
