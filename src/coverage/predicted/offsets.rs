//! What drive tests have shown a prediction to be off by: decibels that are added to every level, and other ones where the
//! land cover around the receiver is of a class that was measured on its own.

use crate::terrain::{COVER_CLASSES, cover_number};

/// Two frequencies are one band where they differ by at most this share of the higher one.
pub const SAME_BAND: f64 = 0.05;

/// Whether two frequencies, MHz, are one band.
pub fn same_band(a_mhz: f64, b_mhz: f64) -> bool {
    (a_mhz - b_mhz).abs() <= SAME_BAND * a_mhz.max(b_mhz)
}

/// So many bands at most: more than the presets have.
const MOST_BANDS: usize = 8;

/// What calibration says of one band.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct BandOffsets {
    /// Its frequency, MHz.
    pub freq_mhz: f64,
    /// What is added to levels.
    pub offsets: LevelOffsets,
    /// Standard deviation of the model's error, dB.
    pub sigma_db: f64,
}

/// What calibration says of the bands that sites may have antennas for. Default: nothing.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct OffsetsByBand([Option<BandOffsets>; MOST_BANDS]);

impl OffsetsByBand {
    /// Keeps what is said of a band; the first of two entries for one frequency counts, and those that do not fit are left
    /// out.
    pub fn add(&mut self, band: BandOffsets) {
        let known = self.0.iter().flatten().any(|other| other.freq_mhz == band.freq_mhz);
        if let (false, Some(free)) = (known, self.0.iter_mut().find(|entry| entry.is_none())) {
            *free = Some(band);
        }
    }

    /// What is said of a frequency, MHz: that of the nearest within the same band; `None` where nothing is.
    pub fn of(&self, freq_mhz: f64) -> Option<&BandOffsets> {
        let far = |band: &&BandOffsets| (band.freq_mhz - freq_mhz).abs();
        let of_band = self.0.iter().flatten().filter(|band| same_band(band.freq_mhz, freq_mhz));
        of_band.min_by(|a, b| far(a).total_cmp(&far(b)))
    }
}

/// Offsets of one band, dB. Default: none.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct LevelOffsets {
    all_db: f64,
    /// Instead of `all_db`; NaN for a class without its own.
    of_class_db: [f64; COVER_CLASSES.len()],
}

impl Default for LevelOffsets {
    fn default() -> LevelOffsets {
        LevelOffsets { all_db: 0.0, of_class_db: [f64::NAN; COVER_CLASSES.len()] }
    }
}

impl LevelOffsets {
    /// The offset where no class has its own, dB.
    pub fn set_all(&mut self, offset_db: f64) {
        self.all_db = offset_db;
    }

    /// The offset around a receiver within this class of land cover, dB. A number that is no class changes nothing.
    pub fn set_class(&mut self, code: u8, offset_db: f64) {
        if let Some(number) = cover_number(code) {
            self.of_class_db[number] = offset_db;
        }
    }

    /// What is added to a level, dB. Where the class is not known or has no offset of its own: that of all.
    #[inline]
    pub fn db(&self, class: Option<u8>) -> f64 {
        let own = class.and_then(cover_number).map(|number| self.of_class_db[number]);
        own.filter(|db| !db.is_nan()).unwrap_or(self.all_db)
    }

    /// The greatest that is added to any level, dB.
    pub fn greatest_db(&self) -> f64 {
        self.of_class_db.iter().copied().filter(|db| !db.is_nan()).fold(self.all_db, f64::max)
    }

    /// Whether the class matters.
    pub fn by_class(&self) -> bool {
        self.of_class_db.iter().any(|db| !db.is_nan())
    }

    /// Whether nothing is added.
    pub fn is_none(&self) -> bool {
        self.all_db == 0.0 && !self.by_class()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_class_has_its_own_or_that_of_all() {
        let mut offsets = LevelOffsets::default();
        assert!(offsets.is_none() && !offsets.by_class());
        offsets.set_all(-3.0);
        offsets.set_class(10, -8.0);
        offsets.set_class(40, 2.5);
        offsets.set_class(11, 99.0);
        let found = [Some(10), Some(40), Some(50), Some(11), None].map(|class| offsets.db(class));
        assert_eq!(found, [-8.0, 2.5, -3.0, -3.0, -3.0]);
        assert_eq!(offsets.greatest_db(), 2.5);
        assert!(offsets.by_class() && !offsets.is_none());
    }
}
