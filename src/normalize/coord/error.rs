//! Why a text is no position, in words that name what was found.

/// Why a text is no position.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum CoordError {
    /// Nothing is written: blank, "-", "chưa có", zero.
    #[error("no coordinates are given")]
    Missing,
    /// One of the two is missing.
    #[error("only one coordinate is given: “{0}”")]
    HalfMissing(String),
    /// The text has no reading as a coordinate.
    #[error("“{text}” is no coordinate: {fault}")]
    Unparseable {
        /// The text.
        text: String,
        /// What is wrong with it.
        fault: CoordFault,
    },
    /// Both numbers are of one kind.
    #[error("both numbers are {kind}s: “{text}”")]
    SameKind {
        /// What both are.
        kind: AxisKind,
        /// The text.
        text: String,
    },
    /// One is in degrees, the other in metres.
    #[error("one number is in degrees, the other in metres: “{0}”")]
    MixedUnits(String),
    /// Degrees of a place that is not in Vietnam.
    #[error("{lat_deg}° N {lon_deg}° E is not in Vietnam")]
    OutsideVietnam {
        /// Latitude as written, degrees.
        lat_deg: f64,
        /// Longitude as written, degrees.
        lon_deg: f64,
    },
    /// Metres that no zone in question puts into Vietnam, or no zone is known.
    #[error("northing {northing_m} m, easting {easting_m} m: no VN-2000 zone fits")]
    NoZone {
        /// Northing, m.
        northing_m: f64,
        /// Easting, m.
        easting_m: f64,
    },
    /// More than one reading makes sense.
    #[error("“{0}” can be read in more than one way")]
    Ambiguous(String),
}

/// What is wrong with a text that is no coordinate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CoordFault {
    /// Not made of numbers and the signs of coordinates.
    #[error("it is not made of numbers")]
    NotNumeric,
    /// Minutes are 60 or more.
    #[error("minutes are 60 or more")]
    Minutes,
    /// Seconds are over 60.
    #[error("seconds are over 60")]
    Seconds,
    /// Numbers and signs in an order that means nothing.
    #[error("its parts do not make degrees, minutes and seconds")]
    Form,
    /// A number, but neither degrees nor metres in Vietnam.
    #[error("the number fits no latitude, longitude, northing or easting in Vietnam")]
    Range,
}

/// What one number of a position is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AxisKind {
    /// Degrees north.
    Latitude,
    /// Degrees east.
    Longitude,
    /// Metres north of the equator (Vietnamese X).
    Northing,
    /// Metres east in the zone (Vietnamese Y).
    Easting,
}

impl std::fmt::Display for AxisKind {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            AxisKind::Latitude => "latitude",
            AxisKind::Longitude => "longitude",
            AxisKind::Northing => "northing",
            AxisKind::Easting => "easting",
        })
    }
}
