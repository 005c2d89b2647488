//! Columns of plain tables, by title: what the readers of drive tests and of clusters share.

use crate::text::unaccent;

/// Titles of a latitude, as [`title_key`] has them.
pub(super) const LAT: &[&str] = &["lat", "latitude", "vido", "latdeg"];
/// Titles of a longitude, likewise.
pub(super) const LON: &[&str] = &["lon", "lng", "long", "longitude", "kinhdo", "londeg"];

/// A title as it is compared: without accents, case and signs.
pub(super) fn title_key(title: &str) -> String {
    let plain = unaccent(title.trim_start_matches('\u{feff}')).to_lowercase();
    plain.chars().filter(|c| c.is_alphanumeric()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_in_either_language_are_one() {
        for title in ["\u{feff}Vĩ độ", "LAT", "lat_deg", "Latitude"] {
            assert!(LAT.contains(&title_key(title).as_str()), "{title}");
        }
        for title in ["Kinh độ", "lng", "Lon (deg)"] {
            assert!(LON.contains(&title_key(title).as_str()), "{title}");
        }
    }
}
