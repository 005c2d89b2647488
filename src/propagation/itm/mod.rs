//! NTIA Irregular Terrain Model 1.4 (Longley-Rice), point to point, with variability by time, location and
//! situation: the second opinion, 20 MHz to 20 GHz. Sources: Hufford, "The ITS Irregular Terrain Model, version 1.2.2:
//! the Algorithm" (1995); ERL 79-ITS 67; NBS TN101; the reference implementation's order of steps.
//!
//! ITM knows equal steps only: other profiles are interpolated, with a warning. It does not use clutter, zones, ΔN.

mod complex;
mod diffraction;
mod ground;
mod line_of_sight;
mod path;
mod terrain;
mod troposcatter;
mod variability;

use super::link::{Link, LinkError, Warning};
use super::profile::Profile;
pub use path::Mode;
use path::Path;
use terrain::Terrain;

/// Name of the model in messages.
const MODEL: &str = "ITM 1.4";

/// Radio climate (Algorithm, section 5), with the model's numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Climate {
    /// 1
    Equatorial,
    /// 2
    ContinentalSubtropical,
    /// 3
    MaritimeSubtropical,
    /// 4
    Desert,
    /// 5
    ContinentalTemperate,
    /// 6
    MaritimeTemperateLand,
    /// 7
    MaritimeTemperateSea,
}

impl Climate {
    /// The climate of a number from 1 to 7.
    pub fn from_code(code: u8) -> Option<Climate> {
        let all = [
            Climate::Equatorial,
            Climate::ContinentalSubtropical,
            Climate::MaritimeSubtropical,
            Climate::Desert,
            Climate::ContinentalTemperate,
            Climate::MaritimeTemperateLand,
            Climate::MaritimeTemperateSea,
        ];
        all.get(usize::from(code).checked_sub(1)?).copied()
    }
}

/// Mode of variability ("mdvar"): 0 single message, 1 accidental, 2 mobile, 3 broadcast; plus 10 without location, plus
/// 20 without situation variability.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Variability(u8);

impl Variability {
    /// The mode of a number: 0–3, 10–13, 20–23 or 30–33.
    pub fn from_code(code: u8) -> Option<Variability> {
        (code < 40 && code % 10 < 4).then_some(Variability(code))
    }

    fn mode(self) -> u8 {
        self.0 % 10
    }

    fn without_location(self) -> bool {
        self.0 / 10 % 2 == 1
    }

    fn without_situation(self) -> bool {
        self.0 >= 20
    }
}

/// What ITM wants to know besides the link.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Options {
    /// Radio climate. Default: continental temperate, the model's own.
    pub climate: Climate,
    /// Relative permittivity of the ground. Default: 15 (average).
    pub permittivity: f64,
    /// Conductivity of the ground, S/m. Default: 0.005 (average).
    pub conductivity: f64,
    /// Percentage of situations, 0 to 100 exclusive. Default: 50.
    pub situation_percent: f64,
    /// Mode of variability. Default: 12, mobile, the terrain being known without location variability.
    pub variability: Variability,
}

impl Default for Options {
    fn default() -> Options {
        Options {
            climate: Climate::ContinentalTemperate,
            permittivity: 15.0,
            conductivity: 0.005,
            situation_percent: 50.0,
            variability: Variability(12),
        }
    }
}

/// The loss with what it is made of.
#[derive(Debug, Clone, PartialEq)]
pub struct Breakdown {
    /// Total A, dB: free space, reference attenuation and variability.
    pub loss_db: f64,
    /// Free space, dB.
    pub free_space_db: f64,
    /// Reference attenuation beyond free space, dB.
    pub reference_db: f64,
    /// What carries the signal.
    pub mode: Mode,
    /// Terrain irregularity Δh, m.
    pub delta_h_m: f64,
    /// Horizon distances of transmitter and receiver, m.
    pub horizon_m: [f64; 2],
    /// Horizon angles of transmitter and receiver, rad.
    pub theta_rad: [f64; 2],
    /// Effective heights of transmitter and receiver, m.
    pub effective_m: [f64; 2],
    /// Surface refractivity, N-units.
    pub refractivity: f64,
    /// Where the model leaves its range.
    pub warnings: Vec<Warning>,
}

/// ITM for one link: checked, and ready for any number of profiles.
#[derive(Debug, Clone, Copy)]
pub struct Itm {
    link: Link,
    options: Options,
}

impl Itm {
    /// Checks the link.
    ///
    /// # Errors
    /// A value outside of the model's hard limits, or one that is no number.
    pub fn new(link: &Link, options: &Options) -> Result<Itm, LinkError> {
        let check = |name, value, limits| LinkError::check(MODEL, name, value, limits);
        check("f_mhz", link.freq_mhz, (20.0, 20_000.0, "MHz"))?;
        check("htg_m", link.htg_m, (0.5, 3000.0, "m"))?;
        check("hrg_m", link.hrg_m, (0.5, 3000.0, "m"))?;
        check("n0", link.n0, (250.0, 400.0, "N-units"))?;
        check("epsilon", options.permittivity, (1.0, 1e6, ""))?;
        check("sigma", options.conductivity, (f64::MIN_POSITIVE, 1e6, "S/m"))?;
        for (name, percent) in [
            ("p_pct", link.time_percent),
            ("pl_pct", link.location_percent),
            ("situation", options.situation_percent),
        ] {
            check(name, percent, (1e-6, 100.0 - 1e-6, "%"))?;
        }
        Ok(Itm { link: *link, options: *options })
    }

    /// Total A, dB.
    ///
    /// # Errors
    /// As [`breakdown`](Self::breakdown).
    pub fn loss_db(&self, profile: &Profile<'_>) -> Result<f64, LinkError> {
        Ok(self.breakdown(profile)?.loss_db)
    }

    /// The loss with what it is made of.
    ///
    /// # Errors
    /// Where terrain or ground lead to values for which ITM is not defined.
    pub fn breakdown(&self, profile: &Profile<'_>) -> Result<Breakdown, LinkError> {
        let mut warnings = Vec::new();
        let length_m = profile.length_km() * 1000.0;
        let step_m = length_m / (profile.h.len() - 1) as f64;
        let resampled;
        let height_m = if is_regular(profile) {
            profile.h
        } else {
            warnings.push(Warning::Resampled);
            resampled = interpolated(profile);
            &resampled
        };
        let terrain = Terrain { height_m, step_m };
        let link = &self.link;
        let refractivity = ground::surface_refractivity(link.n0, terrain.mean_height_m());
        let undefined = |what| LinkError::Undefined { model: MODEL, what };
        if !(150.0..=400.0).contains(&refractivity) {
            return Err(undefined(
                "the refractivity at the path's mean height is outside of 150 to 400 N-units",
            ));
        }
        let curvature = ground::effective_curvature(refractivity);
        let radius_m = 1.0 / curvature;
        if !(4e6..=13_333_333.0).contains(&radius_m) {
            return Err(undefined("the effective earth radius is outside of 4000 to 13333 km"));
        }
        let impedance = ground::impedance(
            link.freq_mhz,
            self.options.permittivity,
            self.options.conductivity,
            link.polarization,
        );
        if impedance.re <= impedance.im.abs() {
            return Err(undefined("the ground's impedance is not that of ground"));
        }
        let antenna_m = [link.htg_m, link.hrg_m];
        let terrain = terrain.parameters(curvature, antenna_m);
        let smooth = terrain.effective_m.map(|h| (2.0 * h * radius_m).sqrt());
        let horizon_m = terrain.horizon_m[0] + terrain.horizon_m[1];
        let path = Path {
            terrain,
            antenna_m,
            freq_mhz: link.freq_mhz,
            wave_number: link.freq_mhz / 47.7,
            impedance,
            radius_m,
            refractivity,
            smooth_horizon_m: smooth[0] + smooth[1],
            horizon_m,
            theta_los: -(terrain.theta[0] + terrain.theta[1]).max(-horizon_m / radius_m),
        };
        let (reference_db, mode) = path.reference_db();
        let free_space_db = 32.45 + 20.0 * link.freq_mhz.log10() + 20.0 * (length_m / 1000.0).log10();
        let (excess_db, extreme) = variability::with_variability_db(
            reference_db,
            &terrain,
            link.freq_mhz,
            [link.time_percent, link.location_percent, self.options.situation_percent],
            self.options.climate,
            self.options.variability,
        );
        let loss_db = free_space_db + excess_db;
        if !loss_db.is_finite() {
            return Err(undefined("no finite loss over this terrain"));
        }
        self.warn(profile, &path, smooth, extreme, &mut warnings);
        Ok(Breakdown {
            loss_db,
            free_space_db,
            reference_db,
            mode,
            delta_h_m: terrain.delta_h_m,
            horizon_m: terrain.horizon_m,
            theta_rad: terrain.theta,
            effective_m: terrain.effective_m,
            refractivity,
            warnings,
        })
    }

    fn warn(
        &self,
        profile: &Profile<'_>,
        path: &Path,
        smooth: [f64; 2],
        extreme: bool,
        warnings: &mut Vec<Warning>,
    ) {
        let mut warn = |when: bool, warning| {
            if when {
                warnings.push(warning);
            }
        };
        let distance_m = path.terrain.distance_m;
        let [e1, e2] = path.terrain.effective_m;
        let low = |h: f64| !(1.0..=1000.0).contains(&h);
        warn(!(40.0..=10_000.0).contains(&self.link.freq_mhz), Warning::Frequency);
        warn(low(self.link.htg_m) || low(self.link.hrg_m), Warning::AntennaHeight);
        let too_near = distance_m < (e1 - e2).abs() / 0.2 || distance_m < 1e3;
        warn(too_near || distance_m > 1000e3, Warning::PathLength);
        warn(path.terrain.theta.iter().any(|t| t.abs() > 0.2), Warning::HorizonAngle);
        let unlike = |i: usize| {
            let ratio = path.terrain.horizon_m[i] / smooth[i];
            !(0.1..=3.0).contains(&ratio)
        };
        warn(unlike(0) || unlike(1), Warning::HorizonDistance);
        warn(path.refractivity < 250.0, Warning::SurfaceRefractivity);
        warn(extreme, Warning::ExtremeVariability);
        warn(profile.clutter.is_some(), Warning::ClutterIgnored);
    }
}

/// Whether every point lies within a hundredth of a step of where equal steps would put it.
fn is_regular(profile: &Profile<'_>) -> bool {
    let step = profile.length_km() / (profile.d.len() - 1) as f64;
    profile.d.iter().enumerate().all(|(i, d)| (d - i as f64 * step).abs() <= 0.01 * step)
}

/// Heights at as many equal steps as the profile has, straight lines between its points.
fn interpolated(profile: &Profile<'_>) -> Vec<f64> {
    let (d, h) = (profile.d, profile.h);
    let step = profile.length_km() / (d.len() - 1) as f64;
    let at = |i: usize| {
        let x = i as f64 * step;
        let after = d.partition_point(|&d| d < x).clamp(1, d.len() - 1);
        let share = ((x - d[after - 1]) / (d[after] - d[after - 1])).clamp(0.0, 1.0);
        h[after - 1] + share * (h[after] - h[after - 1])
    };
    (0..d.len()).map(at).collect()
}
