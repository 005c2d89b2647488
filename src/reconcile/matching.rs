//! One area → the villages it means, how that was decided and how sure it is.

use geo::Contains;

use super::commune::Readings;
use super::decide::{DecidedBy, Decision, Evidence, decide_by_likeness, decide_by_name};
use super::register::{GroupId, Register};
use crate::domain::{Area, CommuneCode, VillageName};
use crate::geodesy::{LatLon, Radius};
use crate::normalize::admin::commune_name_key;
use crate::normalize::name::{Likeness, NameKeys};
use crate::text::{Legacy, clean_as};

/// A name outside its commune is looked for this far around the position, m.
const NAME_NEAR_M: f64 = 2_500.0;
/// A position this near to a village agrees with it, m.
const AGREES_M: f64 = 3_000.0;
/// A nameless point means a village within this distance, m, if there is just one.
const NAMELESS_M: f64 = 500.0;

/// How a village was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum MatchedBy {
    /// The list gives the village's id.
    VillageId,
    /// Commune, name and position agree.
    CommuneNamePosition,
    /// Commune and name agree; the position is missing or speaks against it.
    CommuneName,
    /// Commune and name fit several; households and inhabitants told them apart or confirmed a misspelt name.
    CommuneNameNumbers,
    /// The name is only similar; commune and position decided.
    CommunePosition,
    /// The name stands near the position but in another commune.
    NamePosition,
    /// The villages inside the polygon.
    Polygon,
    /// The only village near a nameless point.
    Position,
    /// No village of the register.
    None,
}

impl MatchedBy {
    /// The key used in files.
    pub fn key(self) -> &'static str {
        match self {
            MatchedBy::VillageId => "village_id",
            MatchedBy::CommuneNamePosition => "commune+name+position",
            MatchedBy::CommuneName => "commune+name",
            MatchedBy::CommuneNameNumbers => "commune+name+numbers",
            MatchedBy::CommunePosition => "commune+position",
            MatchedBy::NamePosition => "name+position",
            MatchedBy::Polygon => "polygon",
            MatchedBy::Position => "position",
            MatchedBy::None => "none",
        }
    }
}

/// One village that an area means, or the lack of one for one of its names.
#[derive(Debug, Clone, PartialEq)]
pub struct VillageMatch {
    /// Which of the area's names; `None` where the area has no name.
    pub name: Option<usize>,
    /// The village's number in the register, or `None`.
    pub village: Option<usize>,
    /// How it was found.
    pub by: MatchedBy,
    /// How sure, 0 to 1. Not a frequency: an order, made from which evidence agreed.
    pub confidence: f64,
    /// The villages it may mean, where no one of them could be chosen.
    pub several: Vec<usize>,
    /// The village was found under a reading of the commune's name that district and era speak against.
    pub unlikely_reading: bool,
    /// The village's name is spelt otherwise in the register.
    pub respelt: bool,
}

impl VillageMatch {
    fn none(name: Option<usize>, several: Vec<usize>) -> VillageMatch {
        VillageMatch {
            name,
            village: None,
            by: MatchedBy::None,
            confidence: 0.0,
            several,
            unlikely_reading: false,
            respelt: false,
        }
    }
}

/// Finds the villages that an area means. At least one entry, also where there is none.
/// `own` is the area's position; `trusted` the same where nothing speaks against it.
pub(super) fn match_area(
    area: &Area,
    trusted: Option<LatLon>,
    own: Option<LatLon>,
    readings: &Readings,
    register: &Register<'_>,
) -> Vec<VillageMatch> {
    if let Some(village) = area.village_id.as_deref().and_then(|id| register.by_id(id)) {
        let found = VillageMatch {
            village: Some(village),
            by: MatchedBy::VillageId,
            confidence: 1.0,
            ..VillageMatch::none(None, Vec::new())
        };
        return vec![found];
    }
    if area.villages.is_empty() {
        return match_nameless(area, own, register);
    }
    let several_names = area.villages.len() > 1;
    let evidence = Evidence {
        position: trusted,
        // The numbers of a cell with several names are theirs together.
        households: area.households.filter(|_| !several_names),
        population: area.population.filter(|_| !several_names),
    };
    let search = Search { area, readings, register, evidence, own };
    (0..area.villages.len()).map(|i| search.name(i)).collect()
}

struct Search<'a> {
    area: &'a Area,
    readings: &'a Readings,
    register: &'a Register<'a>,
    evidence: Evidence,
    own: Option<LatLon>,
}

/// One try to find a name.
#[derive(Clone, Copy)]
struct Step<'a> {
    /// Which of the area's names.
    i: usize,
    keys: &'a NameKeys,
    /// Taken off the confidence.
    doubt: f64,
    /// Only a village that the position does not contradict.
    agreeing: bool,
    /// District and era of the list speak against this reading of the commune.
    unlikely: bool,
}

/// The ways to read a name, the plain one first: as it stands; without what stands in brackets; in a legacy font
/// that the cell alone does not prove. The further ones count only where a village bears them to the accent.
fn writings(name: &VillageName) -> Vec<NameKeys> {
    let mut writings = vec![NameKeys::new(&name.clean)];
    let mut add = |text: &str| {
        let keys = NameKeys::new(text);
        if !keys.is_empty() && !writings.contains(&keys) {
            writings.push(keys);
        }
    };
    if let Some((before, _)) = name.clean.split_once(['(', '[']) {
        add(before);
    }
    // "Bản Na - xã Tam Quang" names the commune once more.
    if let Some((before, _)) = name.clean.split_once(" - ") {
        add(before);
    }
    for legacy in [Legacy::Tcvn3, Legacy::Vni] {
        add(&clean_as(&name.raw, legacy).text);
    }
    writings
}

impl Search<'_> {
    /// From the surest evidence to the weakest; the first that gives an answer wins.
    fn name(&self, i: usize) -> VillageMatch {
        if self.register.villages().is_empty() {
            return VillageMatch::none(Some(i), Vec::new());
        }
        let writings = writings(&self.area.villages[i]);
        let narrow: Vec<GroupId> = self.readings.likely.iter().flat_map(|r| &r.narrow).copied().collect();
        let wide: Vec<GroupId> = self.readings.likely.iter().flat_map(|r| &r.wide).copied().collect();
        let unlikely: Vec<GroupId> = self.readings.unlikely.iter().flat_map(|r| &r.wide).copied().collect();
        let Some(first) = writings.first() else { return VillageMatch::none(Some(i), Vec::new()) };
        let step = Step { i, keys: first, doubt: 0.0, agreeing: false, unlikely: false };
        let wider = Step { doubt: 0.04, ..step };
        for keys in &writings {
            let found = self.bears_name(&narrow, Step { keys, ..step });
            if let Some(answer) =
                found.or_else(|| self.bears_name(&wide, Step { keys, agreeing: true, ..wider }))
            {
                return answer;
            }
        }
        self.bears_like_name(&narrow, step)
            .or_else(|| self.bears_like_name(&wide, wider))
            .or_else(|| self.bears_name(&wide, wider))
            .or_else(|| {
                self.bears_name(&unlikely, Step { doubt: 0.25, agreeing: true, unlikely: true, ..step })
            })
            .or_else(|| self.near_position(i, first))
            .or_else(|| self.in_district(i, first))
            .unwrap_or_else(|| VillageMatch::none(Some(i), Vec::new()))
    }

    fn bears_name(&self, scope: &[GroupId], step: Step<'_>) -> Option<VillageMatch> {
        let bearing = self.register.bearing(scope, step.keys);
        match decide_by_name(self.register, step.keys, &bearing, self.evidence) {
            Decision::Found { village, likeness, by } if !step.agreeing || self.agrees(village) => {
                Some(self.found(step.i, village, likeness, by, step.doubt, step.unlikely))
            }
            Decision::Several(several) if !step.unlikely => Some(VillageMatch::none(Some(step.i), several)),
            _ => None,
        }
    }

    fn bears_like_name(&self, scope: &[GroupId], step: Step<'_>) -> Option<VillageMatch> {
        let perhaps = self.register.perhaps_alike(scope, step.keys);
        match decide_by_likeness(self.register, step.keys, &perhaps, self.evidence) {
            Decision::Found { village, likeness, by } => {
                Some(self.found(step.i, village, likeness, by, step.doubt, false))
            }
            Decision::Several(several) => Some(VillageMatch::none(Some(step.i), several)),
            Decision::NotFound => None,
        }
    }

    /// The position is near the village, or there is none to disagree.
    fn agrees(&self, village: usize) -> bool {
        let Some(position) = self.evidence.position else { return true };
        self.register.distance_m(position, village).is_some_and(|d| d <= AGREES_M)
    }

    fn found(
        &self,
        i: usize,
        village: usize,
        likeness: Likeness,
        decided: DecidedBy,
        doubt: f64,
        unlikely_reading: bool,
    ) -> VillageMatch {
        let distance = self.evidence.position.and_then(|p| self.register.distance_m(p, village));
        let respelt = likeness < Likeness::Loose;
        let (by, base) = match (respelt, decided, distance) {
            (true, DecidedBy::Numbers, _) => (MatchedBy::CommuneNameNumbers, 0.75),
            (true, ..) => (MatchedBy::CommunePosition, 0.85),
            (false, DecidedBy::Numbers, _) => (MatchedBy::CommuneNameNumbers, 0.8),
            (false, _, Some(d)) if d <= AGREES_M => (MatchedBy::CommuneNamePosition, 0.99),
            (false, _, Some(_)) => (MatchedBy::CommuneName, 0.85),
            (false, _, None) => (MatchedBy::CommuneName, 0.93),
        };
        let loose = if likeness == Likeness::Loose { 0.02 } else { 0.0 };
        VillageMatch {
            name: Some(i),
            village: Some(village),
            by,
            confidence: base - doubt - loose,
            several: Vec::new(),
            unlikely_reading: unlikely_reading || self.readings.swapped,
            respelt,
        }
    }

    /// The commune does not have the name, but a village near the position does.
    fn near_position(&self, i: usize, keys: &NameKeys) -> Option<VillageMatch> {
        let position = self.own?;
        let near = self.register.near(position, radius(NAME_NEAR_M)?);
        match decide_by_name(self.register, keys, &near, Evidence { position: self.own, ..self.evidence }) {
            Decision::Found { village, .. } => Some(VillageMatch {
                name: Some(i),
                village: Some(village),
                by: MatchedBy::NamePosition,
                confidence: 0.75,
                ..VillageMatch::none(Some(i), Vec::new())
            }),
            _ => None,
        }
    }

    /// The commune's name is in no era's list, but one like it lies in the district and has the village.
    fn in_district(&self, i: usize, keys: &NameKeys) -> Option<VillageMatch> {
        if !self.readings.is_empty() {
            return None;
        }
        let commune = commune_name_key(self.area.commune.as_deref()?);
        let mut alike = self.register.bearing_in(|name| resembles(&commune, name), keys);
        if let Some(district) = self.area.district.as_deref() {
            alike.retain(|&village| self.register.was_in(village, district));
        }
        match decide_by_name(self.register, keys, &alike, self.evidence) {
            Decision::Found { village, likeness, by }
                if likeness >= Likeness::Loose && self.agrees(village) =>
            {
                Some(VillageMatch {
                    by: MatchedBy::CommuneName,
                    ..self.found(i, village, likeness, by, 0.2, false)
                })
            }
            _ => None,
        }
    }
}

/// Folded commune names that differ by a letter or by accents.
fn resembles(commune_key: &str, other_key: &str) -> bool {
    let allowed = if commune_key.chars().count() >= 5 { 2 } else { 1 };
    strsim::osa_distance(commune_key, other_key) <= allowed
}

fn radius(radius_m: f64) -> Option<Radius> {
    Radius::from_m(radius_m).ok()
}

/// An area without a name: the villages inside its polygon, or the one village near its point.
fn match_nameless(area: &Area, position: Option<LatLon>, register: &Register<'_>) -> Vec<VillageMatch> {
    if let Some(polygon) = &area.polygon {
        let inside: Vec<VillageMatch> = (0..register.villages().len())
            .filter(|&v| {
                register
                    .village(v)
                    .position
                    .is_some_and(|p| polygon.contains(&geo::Point::new(p.lon_deg(), p.lat_deg())))
            })
            .map(|v| VillageMatch {
                village: Some(v),
                by: MatchedBy::Polygon,
                confidence: 0.8,
                ..VillageMatch::none(None, Vec::new())
            })
            .collect();
        if !inside.is_empty() {
            return inside;
        }
    }
    let near = position.zip(radius(NAMELESS_M)).map(|(p, r)| register.near(p, r)).unwrap_or_default();
    match near.as_slice() {
        [village] => vec![VillageMatch {
            village: Some(*village),
            by: MatchedBy::Position,
            confidence: 0.6,
            ..VillageMatch::none(None, Vec::new())
        }],
        _ => vec![VillageMatch::none(None, near)],
    }
}

/// Where a commune is known to a match: the village's own, else what the name says.
pub(super) fn commune_code(
    village: Option<usize>,
    readings: &Readings,
    register: &Register<'_>,
) -> Option<CommuneCode> {
    village.and_then(|v| register.village(v).commune_code.clone()).or_else(|| readings.today().cloned())
}
