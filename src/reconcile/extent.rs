//! Where the province and its communes lie: by outline where there are outlines, else by the villages.

use geo::{Area as _, BoundingRect, Centroid, Contains};

use super::Tolerances;
use super::commune::{Reading, Readings};
use super::register::Register;
use crate::domain::{CommuneCode, CommuneOutline};
use crate::geodesy::{LatLon, destination, distance_m};

/// Without outlines the province is what lies this near to a village, m.
const NEAR_A_VILLAGE_M: f64 = 15_000.0;
/// Metres of a degree of latitude, near enough for an area's radius.
const DEGREE_M: f64 = 111_000.0;

struct Outline<'a> {
    code: &'a CommuneCode,
    name: &'a str,
    shape: &'a geo::MultiPolygon<f64>,
    bounds: geo::Rect<f64>,
    centre: Option<LatLon>,
    radius_m: f64,
}

/// The province's shape.
pub(super) struct Extent<'a> {
    outlines: Vec<Outline<'a>>,
    /// Outlines are simplified: a point a little outside still counts as inside.
    pub tolerances: Tolerances,
}

impl<'a> Extent<'a> {
    /// From the study's communes.
    pub fn new(communes: &'a [CommuneOutline], tolerances: Tolerances) -> Extent<'a> {
        let outlines = communes
            .iter()
            .filter_map(|c| {
                let shape = c.outline.as_ref()?;
                let centre = shape.centroid().and_then(|p| LatLon::from_degrees(p.y(), p.x()).ok());
                let shrink = centre.map_or(1.0, |c| c.lat_deg().to_radians().cos());
                let area_m2 = shape.unsigned_area() * DEGREE_M * DEGREE_M * shrink;
                Some(Outline {
                    code: &c.commune.code,
                    name: &c.commune.name,
                    shape,
                    bounds: shape.bounding_rect()?,
                    centre,
                    radius_m: (area_m2 / std::f64::consts::PI).sqrt(),
                })
            })
            .collect();
        Extent { outlines, tolerances }
    }

    /// The commune in whose outline a position lies: code and name.
    pub fn commune_at(&self, position: LatLon) -> Option<(&CommuneCode, &str)> {
        let point = geo::Coord { x: position.lon_deg(), y: position.lat_deg() };
        self.outlines
            .iter()
            .find(|o| o.bounds.contains(&point) && o.shape.contains(&point))
            .map(|o| (o.code, o.name))
    }

    /// Whether a position lies in the province. `None` where nothing is known of the province's shape.
    pub fn in_province(&self, position: LatLon, register: &Register<'_>) -> Option<bool> {
        if self.outlines.is_empty() {
            if register.villages().iter().all(|v| v.position.is_none()) {
                return None;
            }
            return Some(
                register.nearest_m(position).is_some_and(|distance_m| distance_m <= NEAR_A_VILLAGE_M),
            );
        }
        let around = (0..8)
            .filter_map(|i| destination(position, f64::from(i) * 45.0, self.tolerances.outside_province_m));
        Some(std::iter::once(position).chain(around).any(|p| self.commune_at(p).is_some()))
    }

    /// Whether a position is near the commune of a reading. `None` where the commune's place is not known.
    pub fn near_reading(&self, position: LatLon, reading: &Reading, register: &Register<'_>) -> Option<bool> {
        let mut known = false;
        for outline in self.outlines.iter().filter(|o| reading.today.contains(o.code)) {
            known = true;
            if self.commune_at(position).is_some_and(|(code, _)| code == outline.code) {
                return Some(true);
            }
            let limit_m = (3.0 * outline.radius_m).max(self.tolerances.far_from_commune_m);
            if outline.centre.is_some_and(|c| distance_m(c, position) <= limit_m) {
                return Some(true);
            }
        }
        match register.any_within(position, &reading.wide, self.tolerances.far_from_commune_m) {
            Some(true) => return Some(true),
            Some(false) => known = true,
            None => {}
        }
        known.then_some(false)
    }

    /// Whether a position is near any reading; `None` where no reading's place is known.
    pub fn near_any(&self, position: LatLon, readings: &Readings, register: &Register<'_>) -> Option<bool> {
        let answers: Vec<bool> = readings
            .likely
            .iter()
            .chain(&readings.unlikely)
            .filter_map(|r| self.near_reading(position, r, register))
            .collect();
        (!answers.is_empty()).then(|| answers.contains(&true))
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{area, at, ids, list, matched, placed, village};
    use super::*;
    use crate::domain::{Carrier, Commune, Era};
    use crate::finding::Rule;

    fn square(code: &str, name: &str, south: f64, west: f64) -> CommuneOutline {
        let (north, east) = (south + 0.1, west + 0.1);
        CommuneOutline {
            commune: Commune {
                era: Era::Y2025,
                code: CommuneCode(code.to_owned()),
                name: name.to_owned(),
                district: None,
                hint: None,
                area_km2: None,
            },
            outline: Some(geo::MultiPolygon(vec![geo::Rect::new((west, south), (east, north)).to_polygon()])),
            population: None,
        }
    }

    #[test]
    fn by_outline_with_a_tolerance_at_the_border() {
        let communes = [square("16813", "Xã Mường Xén", 19.3, 104.1), square("1", "Xã Bên", 19.3, 104.2)];
        let extent = Extent::new(&communes, Tolerances::default());
        let register = Register::new(&[]).unwrap();
        assert_eq!(extent.commune_at(at(19.35, 104.15)).map(|(_, name)| name), Some("Xã Mường Xén"));
        assert_eq!(extent.commune_at(at(19.35, 104.25)).map(|(_, name)| name), Some("Xã Bên"));
        assert_eq!(extent.in_province(at(19.29, 104.15), &register), Some(true), "1.1 km outside");
        assert_eq!(extent.in_province(at(19.28, 104.15), &register), Some(false), "2.2 km outside");
    }

    #[test]
    fn without_outlines_by_the_villages_and_without_both_not_known() {
        let villages = [village("A", "Bản Na", 19.40, 104.12)];
        let extent = Extent::new(&[], Tolerances::default());
        let register = Register::new(&villages).unwrap();
        assert_eq!(extent.in_province(at(19.50, 104.12), &register), Some(true));
        assert_eq!(extent.in_province(at(19.60, 104.12), &register), Some(false));
        assert_eq!(extent.in_province(at(19.60, 104.12), &Register::new(&[]).unwrap()), None);
    }

    #[test]
    fn a_position_outside_the_province_is_named_and_not_used() {
        let villages = [village("A", "Bản Na", 19.40, 104.12), village("B", "Bản Na", 19.30, 104.12)];
        let areas = vec![
            placed(area(Carrier::Viettel, 2, &["Bản Na"]), 21.0, 105.8),
            placed(area(Carrier::Viettel, 3, &["Bản Na"]), 19.401, 104.12),
        ];
        let result = matched(&villages, &[], &[list(areas)]);
        assert_eq!(ids(&result), [vec![], vec!["A"]]);
        assert_eq!(result.areas[0].position, None);
        let outside: Vec<u32> = result
            .findings
            .iter()
            .filter(|f| f.rule == Rule::CoordOutsideProvince)
            .map(|f| f.source.row)
            .collect();
        assert_eq!(outside, [2]);
    }

    #[test]
    fn a_name_of_another_commune_is_found_near_the_position_and_said_so() {
        let mut villages = [village("A", "Bản Na", 19.40, 104.12), village("B", "Bản Hín", 19.41, 104.12)];
        villages[1].commune_code = Some(CommuneCode("16816".to_owned()));
        villages[1].commune = Some("Xã Khác".to_owned());
        let areas = vec![
            placed(area(Carrier::Viettel, 2, &["Bản Hín"]), 19.411, 104.12),
            placed(area(Carrier::Viettel, 3, &["Bản Hín"]), 19.44, 104.12),
        ];
        let result = matched(&villages, &[], &[list(areas)]);
        assert_eq!(ids(&result), [vec!["B"], vec![]], "within 2.5 km only");
        let finding = result.findings.iter().find(|f| f.rule == Rule::MatchByPosition).unwrap();
        assert_eq!(finding.source.row, 2);
        assert!(finding.facts.contains(&("commune", "Xã Khác".to_owned())));
    }
}
