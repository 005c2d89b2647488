//! A small, fixed source of chance: SplitMix64 (Steele, Lea, Flood 2014), so that a seed means the same bytes for
//! as long as this file stands.

pub struct Rng(u64);

impl Rng {
    /// A stream of its own for every part of the simulation: a change in one leaves the others as they are.
    pub fn new(seed: u64, stream: &str) -> Rng {
        let mut state = seed;
        for byte in stream.bytes() {
            state = Rng(state ^ u64::from(byte)).next();
        }
        Rng(state)
    }

    /// A stream for one row: a row repeated comes out the same.
    pub fn for_row(seed: u64, stream: &str, number: usize) -> Rng {
        Rng::new(seed ^ (number as u64) << 32, stream)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// In [0, 1).
    #[allow(clippy::cast_precision_loss, reason = "53 bits fit")]
    pub fn unit(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1u64 << 53) as f64
    }

    pub fn between(&mut self, low: f64, high: f64) -> f64 {
        low + (high - low) * self.unit()
    }

    /// In 0..count; 0 for an empty range.
    #[allow(clippy::cast_possible_truncation, reason = "smaller than count")]
    pub fn below(&mut self, count: usize) -> usize {
        if count == 0 { 0 } else { (self.next() % count as u64) as usize }
    }

    pub fn chance(&mut self, probability: f64) -> bool {
        self.unit() < probability
    }

    pub fn pick<'a>(&mut self, from: &[&'a str]) -> &'a str {
        from.get(self.below(from.len())).copied().unwrap_or_default()
    }
}
