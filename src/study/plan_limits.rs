//! `--limit` and `[plan] limits`: `commune<=3`, `district>=1`, `district:Huyện Kỳ Sơn>=4`, `off-grid<=10`, `kind:hilltop<=20`,
//! `villages commune>=2`, `carrier:Viettel<=30`, `villages carrier>=40` → [`Rules`].
//!
//! A site belongs to the commune whose outline holds it, else to that of the nearest village of the register that states one;
//! to the old district of the nearest village that states one. It is a carrier's where it closes a gap of that carrier: who serves whom must be known
//! first ([`CarrierReach`](super::CarrierReach)).

use std::collections::BTreeMap;
use std::str::FromStr;

use geo::{BoundingRect, Contains};

use super::config::nearest;
use super::plan_names::{is_named, one_name_each};
use crate::domain::{Candidate, CommuneOutline, Village};
use crate::geodesy::LatLon;
use crate::index::{IndexError, PointIndex};
use crate::siting::Demand;
use crate::siting::plan::{CountLimit, Rules, ServedFloor};
use crate::text::fold;

/// What sites or villages are counted by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// Commune of today.
    Commune,
    /// District of before 2025-07-01.
    District,
    /// Kind of candidate.
    Kind,
    /// Further from the grid than `off_grid_km`, or not known how far.
    OffGrid,
    /// A carrier whose gaps are closed.
    Carrier,
}

impl Unit {
    /// The key used in limits.
    pub fn key(self) -> &'static str {
        match self {
            Unit::Commune => "commune",
            Unit::District => "district",
            Unit::Kind => "kind",
            Unit::OffGrid => "off-grid",
            Unit::Carrier => "carrier",
        }
    }
}

/// One limit as typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LimitText {
    /// Villages served are counted, not sites.
    pub villages: bool,
    /// By what.
    pub unit: Unit,
    /// One of them by name (or, for a commune, code); `None`: each of them.
    pub name: Option<String>,
    /// At least (true) or at most.
    pub at_least: bool,
    /// How many.
    pub count: usize,
    /// As typed.
    pub text: String,
}

impl FromStr for LimitText {
    type Err = String;

    fn from_str(text: &str) -> Result<LimitText, String> {
        let form = "write UNIT<=N or UNIT>=N with commune, district, carrier, kind:NAME or off-grid as UNIT, \
                    “commune:NAME<=N” for one of them, “villages UNIT>=N” for villages served";
        let wrong = |why: &str| format!("“{text}”: {why}; {form}");
        let (left, at_least, count) = match (text.split_once("<="), text.split_once(">=")) {
            (Some((left, count)), None) => (left, false, count),
            (None, Some((left, count))) => (left, true, count),
            _ => return Err(wrong("no <= or >=")),
        };
        let count: usize = count.trim().parse().map_err(|_| wrong("the limit is no whole number"))?;
        let left = left.trim();
        let (villages, left) = match left.strip_prefix("villages ") {
            Some(rest) => (true, rest.trim()),
            None => (false, left),
        };
        let (unit, name) = match left.split_once(':') {
            Some((unit, name)) => (unit.trim(), Some(name.trim().to_owned())),
            None => (left, None),
        };
        let unit = match unit {
            "commune" => Unit::Commune,
            "district" => Unit::District,
            "kind" => Unit::Kind,
            "off-grid" => Unit::OffGrid,
            "carrier" => Unit::Carrier,
            other => {
                let near = nearest(other, &["commune", "district", "carrier", "kind", "off-grid"]);
                let near = near.map(|n| format!(", did you mean {n}?")).unwrap_or_default();
                return Err(wrong(&format!("there is no unit “{other}”{near}")));
            }
        };
        if villages && !(at_least && matches!(unit, Unit::Commune | Unit::District | Unit::Carrier)) {
            return Err(wrong("villages served have floors (>=) by commune, district or carrier only"));
        }
        Ok(LimitText { villages, unit, name, at_least, count, text: text.trim().to_owned() })
    }
}

/// Where candidates and villages belong.
pub struct Belonging<'a> {
    /// By candidate, the code and name of its commune.
    communes: Vec<Option<(&'a str, &'a str)>>,
    districts: Vec<Option<&'a str>>,
    off_grid: Vec<bool>,
    grid_known: Vec<bool>,
    kinds: Vec<Option<&'a str>>,
    village_communes: Vec<Option<(&'a str, &'a str)>>,
    village_districts: Vec<Option<&'a str>>,
    /// Candidates of which the distance to the grid is not known.
    pub grid_unknown: usize,
    /// Candidates that stand nearest to a village of which the register does not say the commune, or the district, and count
    /// where the nearest village belongs of which it does.
    by_farther: [usize; 2],
}

/// Candidates that a limit counts by something less than their own word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counted {
    /// By a village that is not the nearest: the nearest does not say where it belongs.
    pub by_farther: usize,
    /// In no limit by kind, since they state none.
    pub without_kind: usize,
}

impl<'a> Belonging<'a> {
    /// Finds out, for the candidates and the villages of the demand (`village_of` gives each one's entry in
    /// `villages`).
    ///
    /// # Errors
    /// More villages than an index can hold.
    pub fn new(
        candidates: &'a [Candidate],
        demand: &[Demand],
        villages: &'a [Village],
        communes: &'a [CommuneOutline],
        off_grid_km: f64,
    ) -> Result<Belonging<'a>, IndexError> {
        let located: Vec<(&Village, LatLon)> =
            villages.iter().filter_map(|v| Some((v, v.position?))).collect();
        // The nearest village may be one of which the register does not say where it belongs: then the nearest of which it does.
        let nearest_of = |states: fn(&Village) -> bool| -> Result<_, IndexError> {
            let known: Vec<_> = located.iter().copied().filter(|(village, _)| states(village)).collect();
            let index = PointIndex::new(&known.iter().map(|(_, p)| *p).collect::<Vec<_>>())?;
            Ok(move |position: LatLon| index.nearest(position, 1).first().map(|n| known[n.number as usize].0))
        };
        let near = nearest_of(|_| true)?;
        let near_commune = nearest_of(|village| village.commune_code.is_some())?;
        let near_district = nearest_of(|village| village.old_district.is_some())?;
        let outlines: Vec<_> = communes
            .iter()
            .filter_map(|c| {
                let shape = c.outline.as_ref()?;
                Some((shape.bounding_rect()?, shape, (c.commune.code.0.as_str(), c.commune.name.as_str())))
            })
            .collect();
        let inside = |position: LatLon| {
            let point = geo::Coord { x: position.lon_deg(), y: position.lat_deg() };
            outlines
                .iter()
                .find(|(b, s, _)| b.contains(&point) && s.contains(&point))
                .map(|(_, _, named)| *named)
        };
        let commune_of = |village: &'a Village| {
            let code = village.commune_code.as_ref()?;
            Some((code.0.as_str(), village.commune.as_deref().unwrap_or_default()))
        };
        let of_demand: BTreeMap<&str, &Village> = villages.iter().map(|v| (v.id.as_str(), v)).collect();
        let of_village = |village: &Demand| of_demand.get(village.id.as_str()).copied();
        let mut belonging = Belonging {
            communes: Vec::new(),
            districts: Vec::new(),
            off_grid: Vec::new(),
            grid_known: candidates.iter().map(|c| c.grid_distance_km.is_some()).collect(),
            kinds: candidates.iter().map(|c| c.kind.as_deref()).collect(),
            village_communes: demand.iter().map(|v| of_village(v).and_then(commune_of)).collect(),
            village_districts: demand.iter().map(|v| of_village(v)?.old_district.as_deref()).collect(),
            grid_unknown: candidates.iter().filter(|c| c.grid_distance_km.is_none()).count(),
            by_farther: [0, 0],
        };
        for candidate in candidates {
            let (at, near) = (candidate.position, near(candidate.position));
            let inside = inside(at);
            let commune = inside.or_else(|| near_commune(at).and_then(commune_of));
            let district = near_district(at).and_then(|v| v.old_district.as_deref());
            let farther = |known: bool, nearest: bool| usize::from(known && !nearest);
            let near_states = inside.is_some() || near.and_then(commune_of).is_some();
            belonging.by_farther[0] += farther(commune.is_some(), near_states);
            let near_states = near.is_some_and(|village| village.old_district.is_some());
            belonging.by_farther[1] += farther(district.is_some(), near_states);
            belonging.communes.push(commune);
            belonging.districts.push(district);
            // Not known is not near: a cap on what may be off the grid must hold.
            belonging.off_grid.push(candidate.grid_distance_km.is_none_or(|km| km > off_grid_km));
        }
        let of_candidates = belonging.districts.len();
        let all: Vec<Option<&str>> =
            belonging.districts.iter().chain(&belonging.village_districts).copied().collect();
        let mut named = one_name_each(&all);
        belonging.village_districts = named.split_off(of_candidates);
        belonging.districts = named;
        Ok(belonging)
    }

    /// How candidates are counted by limits of sites by this unit.
    pub fn counted(&self, unit: Unit) -> Counted {
        match unit {
            Unit::Commune => Counted { by_farther: self.by_farther[0], ..Counted::default() },
            Unit::District => Counted { by_farther: self.by_farther[1], ..Counted::default() },
            Unit::Kind => {
                let without_kind = self.kinds.iter().filter(|kind| kind.is_none()).count();
                Counted { without_kind, ..Counted::default() }
            }
            Unit::OffGrid | Unit::Carrier => Counted::default(),
        }
    }

    /// Whether it is known of a candidate what a limit counts it by.
    pub fn is_known(&self, unit: Unit, candidate: usize) -> bool {
        match unit {
            Unit::Commune => self.communes[candidate].is_some(),
            Unit::District => self.districts[candidate].is_some(),
            Unit::Kind => self.kinds[candidate].is_some(),
            Unit::OffGrid => self.grid_known[candidate],
            Unit::Carrier => true,
        }
    }

    /// Whether a candidate counts as off the grid.
    pub fn is_off_grid(&self, candidate: usize) -> bool {
        self.off_grid[candidate]
    }

    /// The limits as rules, but for those by carrier.
    ///
    /// # Errors
    /// A limit that names what there is not.
    pub fn rules(&self, limits: &[LimitText]) -> Result<Rules, String> {
        let mut rules = Rules::default();
        for limit in limits.iter().filter(|limit| limit.unit != Unit::Carrier) {
            let communes = if limit.villages { &self.village_communes } else { &self.communes };
            let districts = if limit.villages { &self.village_districts } else { &self.districts };
            // Who belongs nowhere would escape a ceiling without a word.
            let nowhere = match limit.unit {
                Unit::Commune => communes.iter().filter(|of| of.is_none()).count(),
                Unit::District => districts.iter().filter(|of| of.is_none()).count(),
                _ => 0,
            };
            if nowhere > 0 && nowhere < communes.len() && !limit.at_least && !limit.villages {
                return Err(format!(
                    "limit “{}”: of {nowhere} candidates the {} is not known, so that more than allowed could be built there; \
                     leave them out with --exclude, or state it for the villages around them",
                    limit.text,
                    limit.unit.key()
                ));
            }
            // By what tells units apart: how the first one wrote its name, and its members.
            let mut groups: BTreeMap<String, (&str, Vec<u32>)> = BTreeMap::new();
            for number in 0..communes.len() {
                let names: Vec<&str> = match limit.unit {
                    Unit::Commune => {
                        communes[number].map(|(code, name)| vec![code, name]).unwrap_or_default()
                    }
                    Unit::District => districts[number].into_iter().collect(),
                    Unit::Kind => self.kinds[number].into_iter().collect(),
                    // Not known is off the grid for a ceiling, and is no help to a floor.
                    Unit::OffGrid
                        if self.off_grid[number] && (self.grid_known[number] || !limit.at_least) =>
                    {
                        vec!["off-grid"]
                    }
                    Unit::OffGrid | Unit::Carrier => Vec::new(),
                };
                let Some(first) = names.first() else { continue };
                let wanted = |name: &String| names.iter().any(|known| is_named(limit.unit, known, name));
                if limit.name.as_ref().is_none_or(wanted) {
                    let key = if limit.unit == Unit::Kind { fold(first) } else { (*first).to_owned() };
                    groups.entry(key).or_insert_with(|| (*first, Vec::new())).1.push(number as u32);
                }
            }
            if let Some(name) = &limit.name {
                let what = if limit.villages { "uncovered village" } else { "candidate" };
                let (text, key) = (&limit.text, limit.unit.key());
                if groups.is_empty() {
                    return Err(format!("limit “{text}”: no {what} belongs to {key} {name}"));
                }
                if groups.len() > 1 {
                    let which: Vec<&str> = groups.keys().map(String::as_str).collect();
                    return Err(format!(
                        "limit “{text}”: {name} may be each of {}; write which",
                        which.join(", ")
                    ));
                }
            }
            // A ceiling on what there is none of holds; everything else would bind nobody without a word.
            let holds = limit.unit == Unit::OffGrid && !limit.at_least;
            if groups.is_empty() && !holds {
                let whose = if limit.villages { "uncovered village" } else { "candidate" };
                let key = limit.unit.key();
                return Err(match limit.unit {
                    Unit::OffGrid => format!("limit “{}”: no candidate is off the grid", limit.text),
                    _ => format!(
                        "limit “{}”: of no {whose} the {key} is known; see the columns of the villages and candidates",
                        limit.text
                    ),
                });
            }
            for (unit, members) in groups.into_values() {
                let name = format!("{} [{unit}]", limit.text);
                if limit.villages {
                    // No more than there are can be asked of a small commune.
                    let at_least = limit.count.min(members.len());
                    rules.served.push(ServedFloor { name, villages: members, at_least });
                } else {
                    rules.counts.push(CountLimit {
                        name,
                        at_least: if limit.at_least { limit.count } else { 0 },
                        at_most: (!limit.at_least).then_some(limit.count),
                        members,
                    });
                }
            }
        }
        Ok(rules)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{CommuneCode, Source, VillageOrigin};

    fn village(id: &str, lat: f64, code: &str, district: &str) -> Village {
        Village {
            id: id.to_owned(),
            name: id.to_owned(),
            commune_code: Some(CommuneCode(code.to_owned())),
            commune: Some(format!("Xã {code}")),
            old_commune: None,
            old_district: Some(district.to_owned()),
            position: LatLon::from_degrees(lat, 104.0).ok(),
            households: None,
            population: None,
            hardship: None,
            grid_power: None,
            weight: None,
            origin: VillageOrigin::Register,
            source: Source { file: "v.csv".into(), sheet: None, row: 2 },
        }
    }

    fn candidate(id: &str, lat: f64, kind: &str, grid_distance_km: Option<f64>) -> Candidate {
        Candidate {
            id: id.to_owned(),
            position: LatLon::from_degrees(lat, 104.001).unwrap(),
            kind: Some(kind.to_owned()),
            height_agl_m: None,
            grid_distance_km,
            road_distance_km: None,
            cost_million_vnd: None,
            antennas: Vec::new(),
            group: None,
            source: Source { file: "c.csv".into(), sheet: None, row: 2 },
        }
    }

    #[test]
    fn limits_are_read_and_wrong_ones_say_what_to_write() {
        let limit: LimitText = " villages district:Kỳ Sơn >= 4".parse().unwrap();
        assert_eq!(
            (limit.villages, limit.unit, limit.at_least, limit.count),
            (true, Unit::District, true, 4)
        );
        assert_eq!(limit.name.as_deref(), Some("Kỳ Sơn"));
        let at_most: LimitText = "off-grid<=10".parse().unwrap();
        assert_eq!((at_most.at_least, at_most.count, at_most.name), (false, 10, None));
        for bad in ["commune", "commune=3", "commune<=x", "comune<=3", "villages commune<=3", "a<=1>=2"] {
            let error = bad.parse::<LimitText>().unwrap_err();
            assert!(error.contains(bad) && error.contains("write UNIT<=N"), "{error}");
        }
        assert!("comune<=3".parse::<LimitText>().unwrap_err().contains("did you mean commune"));
    }

    #[test]
    fn sites_belong_to_the_commune_of_the_nearest_village() {
        let villages = [village("A", 19.0, "1", "Huyện X"), village("B", 19.1, "2", "Huyện Y")];
        let candidates = [
            candidate("S1", 19.01, "hilltop", Some(0.5)),
            candidate("S2", 19.09, "hilltop", Some(1.5)),
            candidate("S3", 19.11, "village", None),
        ];
        let demand: Vec<Demand> = villages
            .iter()
            .map(|v| Demand {
                id: v.id.clone(),
                position: v.position,
                gaps: 1,
                dark: false,
                households: None,
                population: None,
                weight: None,
            })
            .collect();
        let belonging = Belonging::new(&candidates, &demand, &villages, &[], 1.0).unwrap();
        let rules = |texts: &[&str]| {
            let limits: Vec<LimitText> = texts.iter().map(|text| text.parse().unwrap()).collect();
            belonging.rules(&limits)
        };
        let all = rules(&["commune<=1", "district:huyện y>=2", "kind:hilltop<=1", "off-grid<=1"]).unwrap();
        let members: Vec<_> = all.counts.iter().map(|l| (l.members.clone(), l.at_least, l.at_most)).collect();
        assert_eq!(
            members,
            [
                (vec![0], 0, Some(1)),
                (vec![1, 2], 0, Some(1)),
                (vec![1, 2], 2, None),
                (vec![0, 1], 0, Some(1)),
                (vec![1, 2], 0, Some(1)),
            ]
        );
        let served = rules(&["villages commune:1>=3"]).unwrap().served;
        assert_eq!((served[0].villages.clone(), served[0].at_least), (vec![0], 1));
        let near: Vec<Candidate> = vec![candidate("S1", 19.01, "", Some(0.5))];
        let unknown = [Village { commune_code: None, ..village("A", 19.0, "1", "X") }];
        let bare = Belonging::new(&near, &demand[..1], &unknown, &[], 1.0).unwrap();
        let rules_of = |text: &str| bare.rules(&[text.parse().unwrap()]);
        assert!(rules_of("commune<=1").unwrap_err().contains("of no candidate the commune is known"));
        // The nearest village states nothing: the nearest that does decides, and how often is known.
        let mixed = [
            Village { commune_code: None, old_district: None, ..village("A", 19.0, "1", "X") },
            villages[1].clone(),
        ];
        let farther = Belonging::new(&candidates, &demand, &mixed, &[], 1.0).unwrap();
        let members = |text: &str| farther.rules(&[text.parse().unwrap()]).unwrap().counts[0].members.clone();
        assert_eq!((members("commune<=1"), members("district<=1")), (vec![0, 1, 2], vec![0, 1, 2]));
        let counted = [Unit::Commune, Unit::District, Unit::Kind].map(|unit| farther.counted(unit));
        assert_eq!(counted.map(|c| (c.by_farther, c.without_kind)), [(1, 0), (1, 0), (0, 0)]);
        // Outlines know some of the candidates, villages none: a ceiling could be exceeded unseen.
        let square = geo::Rect::new((103.9, 18.9), (104.1, 19.05)).to_polygon();
        let commune = crate::domain::Commune {
            era: crate::domain::Era::Y2025,
            code: CommuneCode("7".to_owned()),
            name: "Xã Bảy".to_owned(),
            district: None,
            hint: None,
            area_km2: None,
        };
        let outline =
            CommuneOutline { commune, outline: Some(geo::MultiPolygon(vec![square])), population: None };
        let (outlines, bare_villages) = ([outline], [Village { commune_code: None, ..villages[0].clone() }]);
        let part = Belonging::new(&candidates, &demand[..1], &bare_villages, &outlines, 1.0).unwrap();
        let error = part.rules(&["commune<=1".parse().unwrap()]).unwrap_err();
        assert!(error.contains("of 2 candidates the commune is not known"), "{error}");
        assert_eq!(part.rules(&["commune>=1".parse().unwrap()]).unwrap().counts[0].members, [0]);
        // Not known is no help to a floor.
        let floor = belonging.rules(&["off-grid>=1".parse().unwrap()]).unwrap();
        assert_eq!(floor.counts[0].members, [1]);
        assert!(rules_of("villages commune>=1").unwrap_err().contains("of no uncovered village the commune"));
        assert!(rules_of("off-grid>=1").unwrap_err().contains("no candidate is off the grid"));
        assert_eq!(rules_of("off-grid<=1"), Ok(Rules::default()));
        // Written with and without its type, and in another case.
        for text in
            ["district:Y>=2", "district:H. y>=2", "commune:02<=1", "commune:xã 2<=1", "commune:XÃ 2<=1"]
        {
            assert_eq!(rules(&[text]).unwrap().counts[0].members, [1, 2], "{text}");
        }
        assert!(rules(&["district:thị xã Y>=2"]).is_err());
        assert_eq!(rules(&["kind:HILLTOP<=1"]).unwrap().counts[0].members, [0, 1]);
        assert!(rules(&["commune:9<=1"]).unwrap_err().contains("no candidate belongs to commune 9"));
        assert_eq!(belonging.grid_unknown, 1);
    }
}
