//! As much of complex numbers as the ground needs.

/// A complex number.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Complex {
    pub re: f64,
    pub im: f64,
}

impl Complex {
    pub(super) fn square_abs(self) -> f64 {
        self.re * self.re + self.im * self.im
    }

    pub(super) fn abs(self) -> f64 {
        self.re.hypot(self.im)
    }

    pub(super) fn scaled(self, factor: f64) -> Complex {
        Complex { re: self.re * factor, im: self.im * factor }
    }

    pub(super) fn over(self, other: Complex) -> Complex {
        let q = other.square_abs();
        Complex {
            re: (self.re * other.re + self.im * other.im) / q,
            im: (self.im * other.re - self.re * other.im) / q,
        }
    }

    /// The root in the right half-plane.
    pub(super) fn sqrt(self) -> Complex {
        let re = (0.5 * (self.abs() + self.re)).max(0.0).sqrt();
        let im = (0.5 * (self.abs() - self.re)).max(0.0).sqrt();
        Complex { re, im: im.copysign(self.im) }
    }
}
