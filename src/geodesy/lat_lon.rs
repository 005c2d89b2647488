//! A checked position: what exists as [`LatLon`] is on the globe.

/// A position on WGS84, degrees. Latitude in [-90, 90], longitude in [-180, 180], never NaN.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct LatLon {
    lat_deg: f64,
    lon_deg: f64,
}

/// Why two numbers are no position.
#[derive(Debug, Clone, Copy, PartialEq, thiserror::Error)]
pub enum PositionError {
    /// NaN or infinite.
    #[error("a coordinate is not a finite number ({lat_deg}, {lon_deg})")]
    NotFinite {
        /// The latitude given, degrees.
        lat_deg: f64,
        /// The longitude given, degrees.
        lon_deg: f64,
    },
    /// Outside -90…90.
    #[error("latitude {0} is outside -90…90 degrees")]
    LatitudeOutOfRange(f64),
    /// Outside -180…180.
    #[error("longitude {0} is outside -180…180 degrees")]
    LongitudeOutOfRange(f64),
}

impl LatLon {
    /// A position from latitude and longitude in degrees.
    ///
    /// # Errors
    /// [`PositionError`] where a number is not finite or out of range.
    pub fn from_degrees(lat_deg: f64, lon_deg: f64) -> Result<LatLon, PositionError> {
        if !lat_deg.is_finite() || !lon_deg.is_finite() {
            return Err(PositionError::NotFinite { lat_deg, lon_deg });
        }
        if !(-90.0..=90.0).contains(&lat_deg) {
            return Err(PositionError::LatitudeOutOfRange(lat_deg));
        }
        if !(-180.0..=180.0).contains(&lon_deg) {
            return Err(PositionError::LongitudeOutOfRange(lon_deg));
        }
        Ok(LatLon { lat_deg, lon_deg })
    }

    /// Latitude, degrees north.
    pub fn lat_deg(self) -> f64 {
        self.lat_deg
    }

    /// Longitude, degrees east.
    pub fn lon_deg(self) -> f64 {
        self.lon_deg
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn swapped_vietnamese_coordinates_are_no_position() {
        assert_eq!(LatLon::from_degrees(108.12, 14.83), Err(PositionError::LatitudeOutOfRange(108.12)));
        assert!(LatLon::from_degrees(14.83, 108.12).is_ok());
    }

    #[test]
    fn nan_and_infinity_are_refused() {
        assert!(LatLon::from_degrees(f64::NAN, 105.0).is_err());
        assert!(LatLon::from_degrees(19.0, f64::INFINITY).is_err());
    }
}
