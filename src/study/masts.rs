//! Masts of stations, for predictions: one that states other technologies than the one predicted serves nobody.

use crate::coverage::predicted::Mast;
use crate::domain::{PlannedStation, Station};
use crate::propagation::link_budget::Technology;
use crate::text::unaccent;

/// The mast of an existing station; nowhere, if it does not have the technology.
pub(super) fn station_mast(station: &Station, technology: Option<Technology>) -> Mast<'_> {
    let mast = Mast::from(station);
    Mast { position: mast.position.filter(|_| has(station.technology.as_deref(), technology)), ..mast }
}

/// The mast of a registered station, likewise.
pub(super) fn planned_mast(station: &PlannedStation, technology: Option<Technology>) -> Mast<'static> {
    let mast = Mast::from(station);
    Mast { position: mast.position.filter(|_| has(station.technology.as_deref(), technology)), ..mast }
}

/// What is not stated is taken for there.
fn has(text: Option<&str>, technology: Option<Technology>) -> bool {
    text.zip(technology).is_none_or(|(text, technology)| has_technology(text, technology))
}

/// Whether a station's technologies, as written (`2G+4G`), name the one asked for.
pub(super) fn has_technology(text: &str, technology: Technology) -> bool {
    let key = unaccent(text).to_lowercase();
    let names: &[&str] = match technology {
        Technology::Gsm => &["2g", "gsm"],
        Technology::Lte => &["4g", "lte"],
        Technology::Nr => &["5g", "nr"],
    };
    key.split(|c: char| !c.is_alphanumeric()).any(|word| names.iter().any(|name| word.starts_with(name)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Carrier, Source};
    use crate::geodesy::LatLon;

    #[test]
    fn who_states_other_technologies_has_no_mast() {
        let planned = |technology: Option<&str>| PlannedStation {
            id: "P1".into(),
            carrier: Carrier::Viettel,
            commune: None,
            village: None,
            position: LatLon::from_degrees(19.0, 104.5).ok(),
            year: None,
            status: None,
            technology: technology.map(str::to_owned),
            height_agl_m: Some(36.0),
            kind: None,
            grid_distance_km: None,
            cost_million_vnd: None,
            group: None,
            source: Source { file: "p.csv".into(), sheet: None, row: 2 },
        };
        for (text, technology, stands) in [
            (Some("5G"), Some(Technology::Lte), false),
            (Some("4G+5G"), Some(Technology::Lte), true),
            (Some("5G"), None, true),
            (None, Some(Technology::Gsm), true),
        ] {
            let station = planned(text);
            let mast = planned_mast(&station, technology);
            assert_eq!(mast.position.is_some(), stands, "{text:?} {technology:?}");
            assert_eq!(mast.height_agl_m, Some(36.0));
        }
    }

    #[test]
    fn a_station_has_the_technologies_that_are_written() {
        for text in ["4G", "2G+4G", "3G/4G", "LTE", "2g, lte900"] {
            assert!(has_technology(text, Technology::Lte), "{text}");
        }
        for text in ["2G", "3G+5G", "", "14G"] {
            assert!(!has_technology(text, Technology::Lte), "{text}");
        }
        assert!(has_technology("GSM900", Technology::Gsm) && has_technology("5G NR", Technology::Nr));
    }
}
