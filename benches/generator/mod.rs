//! Seeded points in a province the size of Nghệ An: the same on every machine.
//!
//! 16 490 km² between 18.6° N and 19.8° N. Some of the points lie anywhere, the others around
//! valleys ([`Land`]; 76 of them unless said otherwise). 100 000 villages and as many candidates then have 61.5 million pairs within 5 km.

use phusong::geodesy::LatLon;

/// South, north, west, east, degrees.
const PROVINCE: [f64; 4] = [18.6, 19.8, 104.2, 105.38];

/// How points lie in the land.
#[derive(Debug, Clone, Copy)]
pub struct Land {
    /// Valleys that the settlements gather in; none: points lie anywhere.
    pub valleys: usize,
    /// Spread of a valley, degrees of latitude.
    pub spread_deg: f64,
    /// The share of points outside valleys.
    pub scattered: f64,
    /// Where the valleys lie: the same for villages and candidates, unless they have two of them.
    pub valley_seed: u64,
}

/// 76 valleys of some 7 km.
impl Default for Land {
    fn default() -> Land {
        Land { valleys: 76, spread_deg: 0.06, scattered: 0.22, valley_seed: 20_240_331 }
    }
}

/// splitmix64 (Steele, Lea & Flood 2014).
struct Random(u64);

impl Random {
    fn unit(&mut self) -> f64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((z ^ (z >> 31)) >> 11) as f64 / (1_u64 << 53) as f64
    }

    fn between(&mut self, low: f64, high: f64) -> f64 {
        low + (high - low) * self.unit()
    }

    /// Two normal numbers (Box & Muller 1958).
    fn normal(&mut self) -> (f64, f64) {
        let length = (-2.0 * (1.0 - self.unit()).ln()).sqrt();
        let (sin, cos) = (std::f64::consts::TAU * self.unit()).sin_cos();
        (length * sin, length * cos)
    }
}

/// `n` positions. Another seed gives other points around the same valleys.
pub fn positions(n: usize, seed: u64, land: Land) -> Vec<LatLon> {
    let [south, north, west, east] = PROVINCE;
    let mut valleys = Random(land.valley_seed);
    let valleys: Vec<(f64, f64)> =
        (0..land.valleys).map(|_| (valleys.between(south, north), valleys.between(west, east))).collect();
    let mut random = Random(seed);
    let mut points = Vec::with_capacity(n);
    while points.len() < n {
        let (lat, lon) = if valleys.is_empty() || random.unit() < land.scattered {
            (random.between(south, north), random.between(west, east))
        } else {
            let (lat, lon) = valleys[(random.unit() * valleys.len() as f64) as usize % valleys.len()];
            let (up, right) = random.normal();
            (lat + land.spread_deg * up, lon + land.spread_deg * right)
        };
        if (south..=north).contains(&lat) && (west..=east).contains(&lon) {
            points.extend(LatLon::from_degrees(lat, lon).ok());
        }
    }
    points
}
