//! The path from transmitter to receiver: distances, terrain heights and, where known, clutter and zones.
//!
//! Separate arrays, so that a pass over all points reads whole registers. Distances are checked once and shared by
//! every profile of one site ([`Distances`]); a profile borrows.

/// The longest path, km: half of the way round the earth.
const MAX_DISTANCE_KM: f64 = 20_000.0;
/// Terrain heights that occur on earth with room to spare, m above mean sea level.
const HEIGHT_RANGE_M: (f64, f64) = (-1_000.0, 10_000.0);
/// The tallest clutter, m above ground.
const MAX_CLUTTER_M: f64 = 1_000.0;

/// Why a profile is none.
#[derive(Debug, Clone, Copy, PartialEq, thiserror::Error)]
pub enum ProfileError {
    /// Fewer than two points.
    #[error("a profile needs at least 2 points, not {0}")]
    TooFewPoints(usize),
    /// The first distance is not 0.
    #[error("the first distance must be 0 (the transmitter), not {0} km")]
    FirstNotZero(f64),
    /// A distance that is no number, beyond half of the earth, or not beyond the one before it.
    #[error(
        "point {index}: the distance {found} km must be greater than the one before it and at most 20000 km"
    )]
    Distance {
        /// The point, from 0.
        index: usize,
        /// What was found, km.
        found: f64,
    },
    /// A terrain height that is no number or does not occur on earth.
    #[error("point {index}: the terrain height {found} m is not between -1000 and 10000 m")]
    Height {
        /// The point, from 0.
        index: usize,
        /// What was found, m.
        found: f64,
    },
    /// A clutter height that is no number, negative or too tall.
    #[error("point {index}: the clutter height {found} m is not between 0 and 1000 m")]
    Clutter {
        /// The point, from 0.
        index: usize,
        /// What was found, m.
        found: f64,
    },
    /// Arrays of different lengths.
    #[error("{what}: {found} values for {expected} points")]
    Length {
        /// Which array.
        what: &'static str,
        /// Its length.
        found: usize,
        /// The number of points.
        expected: usize,
    },
}

/// Radio-climatic zone of a point (ITU-R P.1812-8, Table 2), with the codes of the reference's profiles.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Zone {
    /// Sea and other large bodies of water: code 1.
    Sea,
    /// Coastal land, up to 100 m above the sea and within 50 km of it: code 3.
    CoastalLand,
    /// All other land: code 4.
    Inland,
}

impl Zone {
    /// The zone of a code: 1 sea, 3 coastal land, 4 inland.
    pub fn from_code(code: u8) -> Option<Zone> {
        match code {
            1 => Some(Zone::Sea),
            3 => Some(Zone::CoastalLand),
            4 => Some(Zone::Inland),
            _ => None,
        }
    }

    /// The code: 1 sea, 3 coastal land, 4 inland.
    pub fn code(self) -> u8 {
        match self {
            Zone::Sea => 1,
            Zone::CoastalLand => 3,
            Zone::Inland => 4,
        }
    }
}

/// Distances from the transmitter with their reciprocals, checked: start at 0, ascend, end within 20 000 km.
#[derive(Debug, Clone, PartialEq)]
pub struct Distances {
    km: Vec<f64>,
    /// 1/d, per km; 0 at the first point, where it is never used.
    inverse: Vec<f64>,
}

impl Distances {
    /// Distances in km.
    ///
    /// # Errors
    /// Fewer than 2 points, a first distance other than 0, or distances that do not ascend.
    pub fn from_km(km: Vec<f64>) -> Result<Distances, ProfileError> {
        if km.len() < 2 {
            return Err(ProfileError::TooFewPoints(km.len()));
        }
        if km[0] != 0.0 {
            return Err(ProfileError::FirstNotZero(km[0]));
        }
        for (index, pair) in km.windows(2).enumerate() {
            // A tenth of a millimetre apart at least: nearer points would make slopes without meaning.
            if !(pair[1] - pair[0] >= 1e-7 && pair[1] <= MAX_DISTANCE_KM) {
                return Err(ProfileError::Distance { index: index + 1, found: pair[1] });
            }
        }
        let inverse = km.iter().map(|&d| if d > 0.0 { 1.0 / d } else { 0.0 }).collect();
        Ok(Distances { km, inverse })
    }

    /// `points` distances, `step_m` metres apart.
    ///
    /// # Errors
    /// As [`from_km`](Self::from_km).
    pub fn regular(step_m: f64, points: usize) -> Result<Distances, ProfileError> {
        Distances::from_km((0..points).map(|i| i as f64 * step_m / 1000.0).collect())
    }

    /// Makes these `points` equal steps over `length_km`, in the memory that is there already: for who goes through many
    /// paths of different lengths.
    ///
    /// # Errors
    /// As [`from_km`](Self::from_km); the distances are then as they were.
    pub fn set_regular(&mut self, length_km: f64, points: usize) -> Result<(), ProfileError> {
        if points < 2 {
            return Err(ProfileError::TooFewPoints(points));
        }
        let step_km = length_km / (points - 1) as f64;
        if !(step_km >= 1e-7 && length_km <= MAX_DISTANCE_KM) {
            return Err(ProfileError::Distance { index: points - 1, found: length_km });
        }
        self.km.clear();
        self.km.extend((0..points).map(|i| i as f64 * step_km));
        self.km[points - 1] = length_km;
        self.inverse.clear();
        self.inverse.extend(self.km.iter().map(|&d| if d > 0.0 { 1.0 / d } else { 0.0 }));
        Ok(())
    }

    /// The distances, km.
    pub fn km(&self) -> &[f64] {
        &self.km
    }

    /// The number of points, at least 2.
    #[allow(clippy::len_without_is_empty, reason = "never empty")]
    pub fn len(&self) -> usize {
        self.km.len()
    }
}

/// A path over terrain: borrowed arrays, checked.
#[derive(Debug, Clone, Copy)]
pub struct Profile<'a> {
    pub(super) d: &'a [f64],
    pub(super) inverse_d: &'a [f64],
    pub(super) h: &'a [f64],
    pub(super) clutter: Option<&'a [f64]>,
    pub(super) zones: Option<&'a [Zone]>,
}

impl<'a> Profile<'a> {
    /// A path of as many points as there are heights (m above mean sea level), at the first of the distances: one
    /// table serves all paths of a site, whatever their length. No clutter, inland throughout.
    ///
    /// # Errors
    /// Fewer than 2 heights, more than there are distances, or a height that does not occur on earth.
    pub fn new(distances: &'a Distances, height_m: &'a [f64]) -> Result<Profile<'a>, ProfileError> {
        let points = height_m.len();
        if points < 2 {
            return Err(ProfileError::TooFewPoints(points));
        }
        if points > distances.len() {
            return Err(ProfileError::Length { what: "height_m", found: points, expected: distances.len() });
        }
        if let Some(index) = outside(height_m, HEIGHT_RANGE_M) {
            return Err(ProfileError::Height { index, found: height_m[index] });
        }
        Ok(Profile {
            d: &distances.km[..points],
            inverse_d: &distances.inverse[..points],
            h: height_m,
            clutter: None,
            zones: None,
        })
    }

    /// The same path with representative clutter heights, m above ground. Those of the two ends are not used.
    ///
    /// # Errors
    /// Another number of values than points, or a height below 0 or above 1 000 m.
    pub fn with_clutter(self, clutter_m: &'a [f64]) -> Result<Profile<'a>, ProfileError> {
        if clutter_m.len() != self.h.len() {
            let (found, expected) = (clutter_m.len(), self.h.len());
            return Err(ProfileError::Length { what: "clutter_m", found, expected });
        }
        if let Some(index) = outside(clutter_m, (0.0, MAX_CLUTTER_M)) {
            return Err(ProfileError::Clutter { index, found: clutter_m[index] });
        }
        Ok(Profile { clutter: Some(clutter_m), ..self })
    }

    /// The same path with a radio-climatic zone for each point.
    ///
    /// # Errors
    /// Another number of zones than points.
    pub fn with_zones(self, zones: &'a [Zone]) -> Result<Profile<'a>, ProfileError> {
        if zones.len() != self.h.len() {
            let (found, expected) = (zones.len(), self.h.len());
            return Err(ProfileError::Length { what: "zone", found, expected });
        }
        Ok(Profile { zones: Some(zones), ..self })
    }

    /// The path to one of its points: the first `points` points, 2 at least and no more than there are.
    pub fn beginning(&self, points: usize) -> Profile<'a> {
        let points = points.clamp(2, self.d.len());
        Profile {
            d: &self.d[..points],
            inverse_d: &self.inverse_d[..points],
            h: &self.h[..points],
            clutter: self.clutter.map(|clutter| &clutter[..points]),
            zones: self.zones.map(|zones| &zones[..points]),
        }
    }

    /// The length of the path, km.
    pub fn length_km(&self) -> f64 {
        self.d[self.d.len() - 1]
    }

    /// Distances from the transmitter, km.
    pub fn distance_km(&self) -> &'a [f64] {
        self.d
    }

    /// Terrain heights, m above mean sea level.
    pub fn height_m(&self) -> &'a [f64] {
        self.h
    }
}

/// The first value outside of the range, NaN included.
fn outside(values: &[f64], (low, high): (f64, f64)) -> Option<usize> {
    let wrong = |v: f64| !(v >= low && v <= high);
    // All of a block at once: the usual answer is "none", and this way it takes a few registers.
    let (blocks, rest) = values.as_chunks::<8>();
    let any = blocks.iter().any(|b| b.iter().fold(false, |any, &v| any | wrong(v)));
    if any || rest.iter().any(|&v| wrong(v)) { values.iter().position(|&v| wrong(v)) } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distances_are_checked() {
        assert_eq!(Distances::from_km(vec![0.0]), Err(ProfileError::TooFewPoints(1)));
        assert_eq!(Distances::from_km(vec![0.1, 0.2]), Err(ProfileError::FirstNotZero(0.1)));
        for wrong in [vec![0.0, 1.0, 1.0], vec![0.0, 2.0, 1.0], vec![0.0, 1.0, f64::NAN], vec![0.0, 1.0, 3e4]]
        {
            assert!(matches!(Distances::from_km(wrong), Err(ProfileError::Distance { index: 2, .. })));
        }
    }

    #[test]
    fn equal_steps_in_the_memory_that_is_there() {
        let mut d = Distances::regular(30.0, 4).unwrap();
        d.set_regular(1.2, 5).unwrap();
        assert_eq!(d, Distances::from_km(vec![0.0, 0.3, 0.6, 3.0 * 0.3, 1.2]).unwrap());
        let before = d.clone();
        for (length_km, points) in [(1.0, 1), (0.0, 5), (f64::NAN, 5), (3e4, 5)] {
            assert!(d.set_regular(length_km, points).is_err(), "{length_km} {points}");
        }
        assert_eq!(d, before);
    }

    #[test]
    fn heights_clutter_and_zones_are_checked() {
        let d = Distances::regular(30.0, 20).unwrap();
        let mut h = vec![5.0; 20];
        assert!(Profile::new(&d, &h).unwrap().with_clutter(&h[..19]).is_err());
        assert!(Profile::new(&d, &h).unwrap().with_zones(&[Zone::Sea; 3]).is_err());
        assert!(Profile::new(&d, &[1.0; 21]).is_err());
        assert!(Profile::new(&d, &h[..1]).is_err());
        h[13] = f64::NAN;
        assert!(matches!(Profile::new(&d, &h), Err(ProfileError::Height { index: 13, .. })));
        h[13] = -32_768.0;
        h[17] = f64::INFINITY;
        assert_eq!(Profile::new(&d, &h).err(), Some(ProfileError::Height { index: 13, found: -32_768.0 }));
        let flat = [5.0; 20];
        let mut clutter = [0.0; 20];
        clutter[19] = -1.0;
        let profile = Profile::new(&d, &flat).unwrap();
        assert!(matches!(profile.with_clutter(&clutter), Err(ProfileError::Clutter { index: 19, .. })));
    }

    #[test]
    fn zone_codes_are_those_of_the_reference() {
        for code in 0..=10 {
            assert_eq!(Zone::from_code(code).map(Zone::code), [1, 3, 4].contains(&code).then_some(code));
        }
    }
}
