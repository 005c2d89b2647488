//! The formats a ranking can be written in.

/// A format of `rank`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Format {
    /// One GeoJSON FeatureCollection (RFC 7946).
    GeoJson,
    /// One GeoJSON feature a line.
    GeoJsonL,
    /// Comma-separated values, UTF-8 with a byte order mark so that spreadsheet programs show Vietnamese right.
    Csv,
    /// One JSON document: what the run rests on, and the sites.
    Json,
}

impl Format {
    /// All formats.
    pub const ALL: [Format; 4] = [Format::GeoJson, Format::GeoJsonL, Format::Csv, Format::Json];

    /// The file extension, which is also the name on the command line.
    pub fn extension(self) -> &'static str {
        match self {
            Format::GeoJson => "geojson",
            Format::GeoJsonL => "geojsonl",
            Format::Csv => "csv",
            Format::Json => "json",
        }
    }
}
