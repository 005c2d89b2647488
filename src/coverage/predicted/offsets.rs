//! What drive tests have shown a prediction to be off by: decibels that are added to every level, and other ones where the
//! land cover around the receiver is of a class that was measured on its own.

use crate::terrain::{COVER_CLASSES, cover_number};

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
