//! What the site's antenna gives towards a receiver.
//!
//! Pattern of a sector: 3GPP TR 36.814 V9, Table A.2.1.1-2. Horizontal `A_H = −min(12 (φ/φ3dB)², Am)`, φ3dB = 70°,
//! Am = 25 dB; vertical `A_V = −min(12 ((θ − tilt)/θ3dB)², SLAv)`, θ3dB = 10°, SLAv = 20 dB; together
//! `A = −min(−(A_H + A_V), Am)`. θ is counted downwards from the horizontal.

use super::BudgetError;

/// Width of a sector at half power, degrees.
const HORIZONTAL_WIDTH_DEG: f64 = 70.0;
/// Width in the vertical at half power, degrees.
const VERTICAL_WIDTH_DEG: f64 = 10.0;
/// The most that is lost in any direction, dB.
const FRONT_TO_BACK_DB: f64 = 25.0;
/// The most that is lost by elevation alone, dB.
const SIDE_LOBE_DB: f64 = 20.0;

/// An antenna: its greatest gain and its pattern.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Antenna {
    /// Gain in the direction of greatest gain, dBi, −10 to 40.
    pub gain_dbi: f64,
    /// How it falls off from there.
    pub pattern: Pattern,
}

/// How an antenna's gain depends on direction.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Pattern {
    /// The same everywhere.
    Omni,
    /// One sector.
    Sector {
        /// Where it looks, degrees clockwise from north.
        azimuth_deg: f64,
        /// How far it looks down, degrees; negative: up.
        tilt_deg: f64,
    },
    /// Three sectors, 120° apart; the best of them serves.
    ThreeSectors {
        /// Where the first looks, degrees clockwise from north.
        azimuth_deg: f64,
        /// How far they look down, degrees; negative: up.
        tilt_deg: f64,
    },
    /// Any number of sectors up to [`SectorSet::MOST`]; the best of them serves.
    Sectors(SectorSet),
}

/// Where the sectors of a mast look; alike in all else.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SectorSet {
    /// Azimuth clockwise from north and tilt downwards, degrees.
    aims: [(f64, f64); SectorSet::MOST],
    count: usize,
}

impl SectorSet {
    /// So many sectors at most.
    pub const MOST: usize = 12;

    /// Sectors by azimuth and tilt, degrees; `None` for none or more than [`MOST`](Self::MOST).
    pub fn new(aims: impl IntoIterator<Item = (f64, f64)>) -> Option<SectorSet> {
        let mut set = SectorSet { aims: [(0.0, 0.0); SectorSet::MOST], count: 0 };
        for aim in aims {
            *set.aims.get_mut(set.count)? = aim;
            set.count += 1;
        }
        (set.count > 0).then_some(set)
    }

    /// Azimuth and tilt of each, degrees.
    pub fn aims(&self) -> &[(f64, f64)] {
        &self.aims[..self.count]
    }

    /// These and those; `None` where there are too many.
    pub fn with(&self, more: &SectorSet) -> Option<SectorSet> {
        SectorSet::new(self.aims().iter().chain(more.aims()).copied())
    }

    /// The sector that loses least towards a receiver (the first of equals): its number from 0, and its loss, dB.
    pub fn best(&self, azimuth_deg: f64, elevation_deg: f64) -> (usize, f64) {
        let loss = |&(azimuth, tilt): &(f64, f64)| {
            let sector = Pattern::Sector { azimuth_deg: azimuth, tilt_deg: tilt };
            sector.attenuation_db(azimuth_deg, elevation_deg)
        };
        let losses = self.aims().iter().map(loss).enumerate();
        losses.min_by(|a, b| a.1.total_cmp(&b.1).then(a.0.cmp(&b.0))).unwrap_or((0, 0.0))
    }
}

impl Antenna {
    /// Gain towards a receiver, dBi: `azimuth_deg` clockwise from north, `elevation_deg` above the horizontal.
    pub fn gain_towards_dbi(&self, azimuth_deg: f64, elevation_deg: f64) -> f64 {
        self.gain_dbi - self.pattern.attenuation_db(azimuth_deg, elevation_deg)
    }

    pub(super) fn check(&self) -> Result<(), BudgetError> {
        BudgetError::check("gain_dbi", self.gain_dbi, -10.0, 40.0, "dBi")?;
        let check = |(azimuth_deg, tilt_deg): (f64, f64)| {
            BudgetError::check("azimuth_deg", azimuth_deg, 0.0, 360.0, "°")?;
            BudgetError::check("tilt_deg", tilt_deg, -30.0, 90.0, "°")
        };
        match &self.pattern {
            Pattern::Omni => Ok(()),
            Pattern::Sector { azimuth_deg, tilt_deg } | Pattern::ThreeSectors { azimuth_deg, tilt_deg } => {
                check((*azimuth_deg, *tilt_deg))
            }
            Pattern::Sectors(set) => set.aims().iter().try_for_each(|aim| check(*aim)),
        }
    }
}

impl Pattern {
    /// Azimuth and tilt, degrees, of the sector that serves a receiver; `None` for an antenna without sectors.
    pub fn serving(&self, azimuth_deg: f64, elevation_deg: f64) -> Option<(f64, f64)> {
        match *self {
            Pattern::Omni => None,
            Pattern::Sector { azimuth_deg: own, tilt_deg } => Some((own, tilt_deg)),
            Pattern::ThreeSectors { azimuth_deg: own, tilt_deg } => {
                let aims = [0.0, 120.0, 240.0].map(|more| ((own + more).rem_euclid(360.0), tilt_deg));
                let nearest = |a: &&(f64, f64), b: &&(f64, f64)| {
                    turn(azimuth_deg, a.0).abs().total_cmp(&turn(azimuth_deg, b.0).abs())
                };
                aims.iter().min_by(nearest).copied()
            }
            Pattern::Sectors(set) => set.aims().get(set.best(azimuth_deg, elevation_deg).0).copied(),
        }
    }

    /// What is lost against the direction of greatest gain, dB, not negative.
    pub fn attenuation_db(&self, azimuth_deg: f64, elevation_deg: f64) -> f64 {
        match *self {
            Pattern::Omni => 0.0,
            Pattern::Sector { azimuth_deg: own, tilt_deg } => {
                sector_db(turn(azimuth_deg, own), -elevation_deg - tilt_deg)
            }
            Pattern::ThreeSectors { azimuth_deg: own, tilt_deg } => {
                // The sector that looks most nearly that way.
                let off = turn(azimuth_deg, own);
                let nearest =
                    [0.0, 120.0, 240.0].map(|s| turn(off, s).abs()).into_iter().fold(180.0, f64::min);
                sector_db(nearest, -elevation_deg - tilt_deg)
            }
            Pattern::Sectors(set) => set.best(azimuth_deg, elevation_deg).1,
        }
    }
}

/// From one direction to another, −180° to 180°.
fn turn(to_deg: f64, from_deg: f64) -> f64 {
    (to_deg - from_deg + 540.0).rem_euclid(360.0) - 180.0
}

fn sector_db(phi_deg: f64, theta_deg: f64) -> f64 {
    let horizontal = (12.0 * (phi_deg / HORIZONTAL_WIDTH_DEG).powi(2)).min(FRONT_TO_BACK_DB);
    let vertical = (12.0 * (theta_deg / VERTICAL_WIDTH_DEG).powi(2)).min(SIDE_LOBE_DB);
    (horizontal + vertical).min(FRONT_TO_BACK_DB)
}

#[cfg(test)]
mod tests {
    use super::*;

    const EAST: Pattern = Pattern::Sector { azimuth_deg: 90.0, tilt_deg: 4.0 };

    #[test]
    fn a_sector_loses_what_the_table_says() {
        assert_eq!(EAST.attenuation_db(90.0, -4.0), 0.0);
        // Half of the widths: 3 dB each.
        assert!((EAST.attenuation_db(125.0, -4.0) - 3.0).abs() < 1e-12);
        assert!((EAST.attenuation_db(55.0, -9.0) - 6.0).abs() < 1e-12);
        // Towards the horizon: 12 · 0.4² = 1.92 dB; straight down: no more than 20 dB.
        assert!((EAST.attenuation_db(90.0, 0.0) - 1.92).abs() < 1e-12);
        assert_eq!(EAST.attenuation_db(90.0, -90.0), 20.0);
        // Behind: never more than 25 dB, whatever the elevation.
        assert_eq!(EAST.attenuation_db(270.0, 0.0), 25.0);
    }

    #[test]
    fn north_is_no_seam() {
        let north = Pattern::Sector { azimuth_deg: 350.0, tilt_deg: 0.0 };
        assert!((north.attenuation_db(25.0, 0.0) - 3.0).abs() < 1e-12);
        assert!((north.attenuation_db(315.0, 0.0) - 3.0).abs() < 1e-12);
    }

    #[test]
    fn of_three_sectors_the_nearest_serves() {
        let three = Pattern::ThreeSectors { azimuth_deg: 30.0, tilt_deg: 0.0 };
        for azimuth in [30.0, 150.0, 270.0] {
            assert_eq!(three.serving(azimuth - 50.0, 0.0), Some((azimuth, 0.0)));
            assert_eq!(three.attenuation_db(azimuth, 0.0), 0.0, "{azimuth}");
        }
        // Half way between two: 12 · (60/70)² = 8.816 dB.
        assert!((three.attenuation_db(90.0, 0.0) - 8.816_327).abs() < 1e-6);
        assert!((three.attenuation_db(330.0, 0.0) - 8.816_327).abs() < 1e-6);
    }

    #[test]
    fn of_any_sectors_the_one_that_loses_least_serves() {
        let set = SectorSet::new([(30.0, 0.0), (150.0, 6.0), (200.0, 2.0)]).unwrap();
        let pattern = Pattern::Sectors(set);
        // 25° off the second and 15° above its axis, 25° off the third and 3° … 12 (25/70)² = 1.5306 dB each; elevation
        // −3° is 3° above the axis of the second: 12 · 0.3² = 1.08 dB, 1° below that of the third: 0.12 dB.
        assert_eq!(set.best(175.0, -3.0).0, 2);
        assert!((pattern.attenuation_db(175.0, -3.0) - (1.530_612 + 0.12)).abs() < 1e-6);
        // Straight along the second: nothing. 95° off the first and the last: 12 (95/70)² dB.
        assert_eq!(pattern.attenuation_db(150.0, -6.0), 0.0);
        assert!((pattern.attenuation_db(295.0, 0.0) - 22.102_041).abs() < 1e-6);
        assert_eq!(pattern.serving(175.0, -3.0), Some((200.0, 2.0)));
        assert_eq!(EAST.serving(0.0, 0.0), Some((90.0, 4.0)));
        // Three alike, 120° apart, are the three sectors.
        let three = Pattern::ThreeSectors { azimuth_deg: 30.0, tilt_deg: 3.0 };
        let listed = Pattern::Sectors(SectorSet::new([(30.0, 3.0), (150.0, 3.0), (270.0, 3.0)]).unwrap());
        for azimuth in 0..360 {
            for elevation in [-20.0, -3.0, 1.0] {
                let of = |pattern: Pattern| pattern.attenuation_db(f64::from(azimuth), elevation);
                assert!((of(three) - of(listed)).abs() < 1e-9, "{azimuth} {elevation}");
            }
        }
        assert_eq!(SectorSet::new([]), None);
        assert_eq!(SectorSet::new([(0.0, 0.0); 13]), None);
        assert_eq!(set.with(&set).map(|both| both.aims().len()), Some(6));
    }

    #[test]
    fn omni_is_the_same_everywhere() {
        let omni = Antenna { gain_dbi: 12.0, pattern: Pattern::Omni };
        assert_eq!(omni.gain_towards_dbi(211.0, -70.0), 12.0);
    }
}
