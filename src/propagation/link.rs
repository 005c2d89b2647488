//! What a link is, apart from the terrain under it.

use super::profile::Profile;

/// Polarization of the antennas.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Polarization {
    /// Horizontal: code 1 of the reference's profiles.
    Horizontal,
    /// Vertical: code 2.
    Vertical,
}

/// One link: frequency, antennas, percentages and the state of the atmosphere.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Link {
    /// Frequency, MHz. P.1812: 30 to 6 000.
    pub freq_mhz: f64,
    /// Transmitting antenna above ground, m. P.1812: 1 to 3 000.
    pub htg_m: f64,
    /// Receiving antenna above ground, m. P.1812: 1 to 3 000.
    pub hrg_m: f64,
    /// Polarization. Default: vertical.
    pub polarization: Polarization,
    /// Percentage of time for which the loss is not exceeded. P.1812: 1 to 50. Default: 50.
    pub time_percent: f64,
    /// Percentage of locations for which the loss is not exceeded, 1 to 99. Default: 50.
    pub location_percent: f64,
    /// Standard deviation of the location variability, dB, where it is known (P.1812 only). Default: `None`, that is
    /// from P.1812-8 §4.7 with a pixel of [`resolution_m`](Self::resolution_m). Without effect at 50 % of locations.
    pub location_sigma_db: Option<f64>,
    /// Width of the square over which locations vary, m (`wa` of P.1812-8 §4.7, 50 to 1 000). Default: 50.
    pub resolution_m: f64,
    /// Clutter height around the receiver, m: location variability fades above it (P.1812-8 §4.7). Default: 0.
    pub rx_clutter_m: f64,
    /// ΔN, the mean lapse rate of the refractive index through the lowest km, N-units/km, positive. Default: 45.
    pub dn: f64,
    /// N0, refractivity at sea level, N-units. Default: 370 (the humid tropics).
    pub n0: f64,
    /// Latitude of the path's centre, degrees, north positive. Default: 19 (Nghệ An).
    pub latitude_deg: f64,
    /// Distance over land from the transmitter to the coast along the path, km. Default: 500 (far from it).
    pub dct_km: f64,
    /// Distance over land from the receiver to the coast along the path, km. Default: 500.
    pub dcr_km: f64,
}

impl Default for Link {
    fn default() -> Link {
        Link {
            freq_mhz: 800.0,
            htg_m: 30.0,
            hrg_m: 1.5,
            polarization: Polarization::Vertical,
            time_percent: 50.0,
            location_percent: 50.0,
            location_sigma_db: None,
            resolution_m: 50.0,
            rx_clutter_m: 0.0,
            dn: 45.0,
            n0: 370.0,
            latitude_deg: DEFAULT_LATITUDE_DEG,
            dct_km: 500.0,
            dcr_km: 500.0,
        }
    }
}

/// The latitude of a path that does not say its own, degrees: Nghệ An.
const DEFAULT_LATITUDE_DEG: f64 = 19.0;

/// Radius of the earth for path centres, km (ITU-R P.1812-8, Attachment 3).
const EARTH_RADIUS_KM: f64 = 6371.0;

impl Link {
    /// Latitude of the centre of a great-circle path, degrees: half of its length from the transmitter towards the
    /// receiver (ITU-R P.1812-8, Attachment 3).
    ///
    /// Where the difference in longitude (receiver less transmitter, degrees) is not known it follows from the length,
    /// `sin φ = (sin φ1 + sin φ2) / (2 cos(δ/2))`; where the ends lie farther apart in latitude than the path is long, it
    /// is taken to run along the meridian.
    pub fn centre_latitude_deg(
        tx_lat_deg: f64,
        rx_lat_deg: f64,
        longitude_difference_deg: Option<f64>,
        length_km: f64,
    ) -> f64 {
        let delta = length_km / EARTH_RADIUS_KM;
        let (tx, rx) = (tx_lat_deg.to_radians(), rx_lat_deg.to_radians());
        let sine = match longitude_difference_deg.map(f64::to_radians) {
            Some(difference) => {
                let cosine = tx.sin() * rx.sin() + tx.cos() * rx.cos() * difference.cos();
                let north = rx.sin() - cosine * tx.sin();
                let east = tx.cos() * rx.cos() * difference.sin();
                let bearing = east.atan2(north);
                tx.sin() * (0.5 * delta).cos() + tx.cos() * (0.5 * delta).sin() * bearing.cos()
            }
            None if (tx - rx).abs() >= delta => (tx + (0.5 * delta).copysign(rx - tx)).sin(),
            None => (tx.sin() + rx.sin()) / (2.0 * (0.5 * delta).cos()),
        };
        sine.clamp(-1.0, 1.0).asin().to_degrees()
    }
}

/// Why a model does not answer for a link.
#[derive(Debug, Clone, Copy, PartialEq, thiserror::Error)]
pub enum LinkError {
    /// A value outside of the model's hard limits, NaN included.
    #[error("{name} = {found} is outside of {low} to {high} {unit} ({model})")]
    OutOfRange {
        /// The model.
        model: &'static str,
        /// Which value: the column of the table of cases.
        name: &'static str,
        /// What was found.
        found: f64,
        /// The least that is allowed.
        low: f64,
        /// The most that is allowed.
        high: f64,
        /// Unit of all three.
        unit: &'static str,
    },
    /// The terrain gives values for which ITM is not defined.
    #[error("{model}: {what}")]
    Undefined {
        /// The model.
        model: &'static str,
        /// What is not defined.
        what: &'static str,
    },
}

impl LinkError {
    /// An error unless the value lies within its limits.
    pub(super) fn check(
        model: &'static str,
        name: &'static str,
        found: f64,
        (low, high, unit): (f64, f64, &'static str),
    ) -> Result<(), LinkError> {
        if found >= low && found <= high {
            return Ok(());
        }
        Err(LinkError::OutOfRange { model, name, found, low, high, unit })
    }
}

/// An answer that lies outside of what the model was made for; it is given all the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, thiserror::Error)]
pub enum Warning {
    /// P.1812 is for paths of 0.25 to 3 000 km.
    #[error("path length outside of 0.25 to 3000 km")]
    PathLength,
    /// Fewer than five points: the reference refuses such a profile.
    #[error("fewer than 5 points in the profile")]
    FewPoints,
    /// ΔN as it hardly occurs.
    #[error("dn outside of 20 to 120 N-units/km")]
    LapseRate,
    /// N0 as it hardly occurs.
    #[error("n0 outside of 250 to 400 N-units")]
    Refractivity,
    /// P.1812's location variability is for 1 % to 99 % of locations and squares of 50 to 1 000 m.
    #[error("location variability outside of squares of 50 to 1000 m")]
    Resolution,
    /// The frequency is outside of the range of the fit.
    #[error("frequency outside of the model's range")]
    Frequency,
    /// An antenna height is outside of the range of the fit.
    #[error("antenna height outside of the model's range")]
    AntennaHeight,
    /// ITM: a horizon angle above 0.2 rad, for which small angles are assumed.
    #[error("horizon angle above 200 mrad")]
    HorizonAngle,
    /// ITM: a horizon nearer than a tenth or farther than three times that over smooth earth.
    #[error("horizon distance unlike that over smooth earth")]
    HorizonDistance,
    /// ITM: surface refractivity below 250 N-units.
    #[error("surface refractivity below 250 N-units")]
    SurfaceRefractivity,
    /// ITM: percentages so near 0 or 100 that the fit does not hold.
    #[error("extreme percentages")]
    ExtremeVariability,
    /// The profile's points are not at equal distances: heights between them were interpolated.
    #[error("unequal spacing: heights interpolated")]
    Resampled,
    /// A model without clutter was given some.
    #[error("clutter is not used by this model")]
    ClutterIgnored,
}

impl Warning {
    /// Those of any link over a profile, before a model is asked.
    pub(super) fn of_profile(profile: &Profile<'_>, warnings: &mut Vec<Warning>) {
        if profile.h.len() < 5 {
            warnings.push(Warning::FewPoints);
        }
    }
}
