//! Places that a user names: ids as they stand in any output (candidates, stations, registered stations, villages, areas
//! of the lists), or coordinates.

use super::config::nearest;
use super::load::CandidateSource;
use super::{PredictionStudy, Stages, StudyError, load_reconciled};
use crate::domain::{AntennaRow, VillageOrigin};
use crate::geodesy::LatLon;
use crate::lang::{Both, Lang, said};
use crate::read::Field;

/// What kind of place it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PlaceKind {
    /// A candidate site.
    Candidate,
    /// An existing station.
    Station,
    /// A station of the registered programme.
    Planned,
    /// A village.
    Village,
    /// An area of a carrier's list, or the point that stands for one outside of the register.
    Area,
    /// Coordinates.
    Coordinates,
}

impl PlaceKind {
    const WITH_ID: [PlaceKind; 5] =
        [PlaceKind::Candidate, PlaceKind::Station, PlaceKind::Planned, PlaceKind::Village, PlaceKind::Area];

    /// The prefix that picks this kind where an id is that of several: `village:V40-0001`.
    pub fn key(self) -> &'static str {
        match self {
            PlaceKind::Candidate => "candidate",
            PlaceKind::Station => "station",
            PlaceKind::Planned => "planned",
            PlaceKind::Village => "village",
            PlaceKind::Area => "area",
            PlaceKind::Coordinates => "coordinates",
        }
    }

    /// Whether a mast stands there, or could.
    pub fn is_site(self) -> bool {
        matches!(self, PlaceKind::Candidate | PlaceKind::Station | PlaceKind::Planned)
    }

    /// Whether people with telephones are there.
    pub fn receives(self) -> bool {
        matches!(self, PlaceKind::Village | PlaceKind::Area)
    }
}

/// A place that a user named.
#[derive(Debug, Clone, PartialEq)]
pub struct NamedPlace {
    /// Its id, or the coordinates as written.
    pub id: String,
    /// Its id and name, for what a person reads.
    pub name: String,
    /// What it is.
    pub kind: PlaceKind,
    /// Where.
    pub position: LatLon,
    /// Antenna above ground, m, where the study says it.
    pub height_agl_m: Option<f64>,
    /// What the study's tables say of its antennas; empty: nothing.
    pub antennas: Vec<AntennaRow>,
}

impl NamedPlace {
    /// This place with its antennas at another height, m above ground.
    #[must_use]
    pub fn at_height(mut self, height_agl_m: Option<f64>) -> NamedPlace {
        if height_agl_m.is_some() {
            self.height_agl_m = height_agl_m;
            for row in &mut self.antennas {
                row.height_agl_m = None;
                // What the table says of the height no longer counts.
                row.unreadable = row.unreadable.take().filter(|cell| cell.column != Field::HeightM.key());
            }
        }
        self
    }
}

/// An area of the lists, as a place.
#[derive(Debug)]
pub(super) struct AreaPlace {
    /// The area's id, or `area:ID` of the point that stands for it.
    id: String,
    name: String,
    position: Option<LatLon>,
}

/// Why a word names no place.
#[derive(Debug, thiserror::Error)]
pub enum PlaceError {
    /// No such id, and no coordinates.
    #[error("{}", self.message(Lang::En))]
    Unknown {
        /// The word.
        word: String,
        /// A near id.
        near: Option<String>,
    },
    /// The id of several kinds.
    #[error("{}", self.message(Lang::En))]
    Ambiguous {
        /// The word.
        word: String,
        /// The kinds.
        kinds: Vec<&'static str>,
    },
    /// Known, but nobody knows where.
    #[error("{}", self.message(Lang::En))]
    NoPosition(String),
    /// Coordinates that are no place.
    #[error("{}", self.message(Lang::En))]
    Coordinates {
        /// The word.
        word: String,
        /// Why.
        reason: Both,
    },
    /// The study cannot be opened.
    #[error(transparent)]
    Study(#[from] StudyError),
    /// `[coverage]` contradicts itself, or the command line contradicts it.
    #[error("study.toml or an option: {0}")]
    Coverage(String),
}

impl PlaceError {
    /// The error in a language; `Display` is English.
    pub fn message(&self, lang: Lang) -> String {
        match self {
            PlaceError::Unknown { word, near } => {
                let hint =
                    near.as_ref().map(|id| format!(" {} `{id}`?", lang.pick("Ý bạn là", "Did you mean")));
                format!(
                    "\"{word}\": {}{} {}",
                    lang.pick("study không có nơi nào mang mã này.", "the study has no place of this id."),
                    hint.unwrap_or_default(),
                    lang.pick(
                        "Nhận: mã vị trí ứng viên, trạm, trạm đăng ký, thôn, bản và khu vực lõm sóng (area:…) đúng như trong \
                         các tệp kết quả; khi cần thì ghi loại ở trước (candidate:, station:, planned:, village:, area:); \
                         hoặc toạ độ như 19.2345,104.5678",
                        "Accepted: ids of candidates, stations, registered stations, villages and reported areas (area:…) as \
                         they stand in any output, where needed with their kind before them (candidate:, station:, planned:, \
                         village:, area:); or coordinates as in 19.2345,104.5678",
                    )
                )
            }
            PlaceError::Ambiguous { word, kinds } => format!(
                "\"{word}\" {} {}; {} {}:{word}",
                lang.pick("là mã của cả", "is the id of a"),
                kinds.join(lang.pick(" và ", " and of a ")),
                lang.pick("hãy ghi kèm loại, ví dụ", "write it with its kind, as in"),
                kinds.first().unwrap_or(&"village"),
            ),
            PlaceError::NoPosition(id) => format!(
                "{id} {}",
                lang.pick(
                    "không có vị trí trong study: hãy cho toạ độ",
                    "has no position in the study: give coordinates instead"
                )
            ),
            PlaceError::Coordinates { word, reason } => format!(
                "\"{word}\": {}; {}",
                reason.pick(lang),
                lang.pick(
                    "toạ độ là vĩ độ,kinh độ tính bằng độ, ví dụ 19.2345,104.5678",
                    "coordinates are latitude,longitude in degrees, as in 19.2345,104.5678"
                )
            ),
            PlaceError::Study(error) => said(&error.message(lang), lang),
            PlaceError::Coverage(_) => said(&self.to_string(), lang),
        }
    }
}

/// A place whose position may not be known.
type Found = (NamedPlaceWithout, Option<LatLon>);

/// A place without its position.
struct NamedPlaceWithout {
    id: String,
    name: String,
    kind: PlaceKind,
    height_agl_m: Option<f64>,
    antennas: Vec<AntennaRow>,
}

impl PredictionStudy {
    /// The place that a word names.
    ///
    /// # Errors
    /// [`PlaceError`] where it names none, or several, or its position is not known.
    pub fn place(&self, word: &str) -> Result<NamedPlace, PlaceError> {
        let word = word.trim();
        let mut found = self.found(word)?;
        if found.is_empty() {
            // As a table has it that was kept from being a formula.
            if let Some(plain) = word.strip_prefix('\'') {
                found = self.found(plain)?;
            }
        }
        if found.is_empty() {
            if let Some((lat, lon)) = word.split_once(',') {
                return coordinates(word, lat, lon);
            }
            let id = word.split_once(':').map_or(word, |(_, id)| id);
            return Err(PlaceError::Unknown { word: word.to_owned(), near: self.near(id) });
        }
        if found.len() > 1 {
            let kinds = found.iter().map(|(place, _)| place.kind.key()).collect();
            return Err(PlaceError::Ambiguous { word: word.to_owned(), kinds });
        }
        let (place, position) = found.remove(0);
        let NamedPlaceWithout { id, name, kind, height_agl_m, antennas } = place;
        let position = position.ok_or_else(|| PlaceError::NoPosition(id.clone()))?;
        Ok(NamedPlace { id, name, kind, position, height_agl_m, antennas })
    }

    /// All places of an id, of the kind before it or of any. Areas of the lists are looked at where nothing else has the
    /// id: their lists must be read for that.
    fn found(&self, word: &str) -> Result<Vec<Found>, PlaceError> {
        let prefixed = word.split_once(':').and_then(|(prefix, id)| {
            PlaceKind::WITH_ID.into_iter().find(|kind| kind.key() == prefix).map(|kind| (kind, id))
        });
        let mut found = self.of_kind(None, word);
        if let (true, Some((kind, id))) = (found.is_empty(), prefixed) {
            found = self.of_kind(Some(kind), id);
        }
        let names_area = prefixed.is_none_or(|(kind, _)| kind == PlaceKind::Area);
        let coordinates = word.split_once(',').is_some_and(|(lat, _)| lat.trim().parse::<f64>().is_ok());
        if found.is_empty() && names_area && !coordinates {
            let areas = self.areas()?;
            let of = |id: &str| areas.iter().find(|area| area.id == id);
            let area = of(word).or_else(|| of(prefixed?.1));
            found.extend(area.map(|a| described(&a.id, Some(&a.name), PlaceKind::Area, a.position, None)));
        }
        Ok(found)
    }

    fn of_kind(&self, kind: Option<PlaceKind>, id: &str) -> Vec<Found> {
        let wanted = |k: PlaceKind| kind.is_none_or(|kind| kind == k);
        let mut found = Vec::new();
        for site in self.study.candidates.iter().filter(|s| wanted(PlaceKind::Candidate) && s.id == id) {
            let place =
                described(&site.id, None, PlaceKind::Candidate, Some(site.position), site.height_agl_m);
            found.push(with_antennas(place, &site.antennas));
        }
        for s in self.study.stations.iter().flatten().filter(|s| wanted(PlaceKind::Station) && s.id == id) {
            let carrier = Some(s.carrier.name());
            let place = described(&s.id, carrier, PlaceKind::Station, Some(s.position), s.height_agl_m);
            found.push(with_antennas(place, &s.antennas));
        }
        for s in self.study.programme.iter().flatten().filter(|s| wanted(PlaceKind::Planned) && s.id == id) {
            found.push(described(&s.id, Some(s.carrier.name()), PlaceKind::Planned, s.position, None));
        }
        for village in self.study.villages.iter().filter(|v| wanted(PlaceKind::Village) && v.id == id) {
            let name = Some(village.name.as_str());
            found.push(described(&village.id, name, PlaceKind::Village, village.position, None));
        }
        found
    }

    /// The areas of the study's lists and the points that stand for them, read once.
    fn areas(&self) -> Result<&[AreaPlace], PlaceError> {
        if let Some(areas) = self.areas.get() {
            return Ok(areas);
        }
        let result = load_reconciled(&self.path, CandidateSource::None, &mut Stages::default())?.result;
        let outside = |origin: &VillageOrigin| matches!(origin, VillageOrigin::AreaOutsideRegister(_));
        let points = result.villages.iter().filter(|v| outside(&v.origin));
        let points =
            points.map(|v| AreaPlace { id: v.id.clone(), name: v.name.clone(), position: v.position });
        let areas = result.areas.iter().map(|matched| AreaPlace {
            id: matched.area.id.clone(),
            name: matched.area.villages.first().map(|name| name.clean.clone()).unwrap_or_default(),
            position: matched.position,
        });
        let areas: Vec<AreaPlace> = points.chain(areas).collect();
        Ok(self.areas.get_or_init(|| areas))
    }

    fn near(&self, id: &str) -> Option<String> {
        let candidates = self.study.candidates.iter().map(|c| c.id.as_str());
        let stations = self.study.stations.iter().flatten().map(|s| s.id.as_str());
        let planned = self.study.programme.iter().flatten().map(|s| s.id.as_str());
        let villages = self.study.villages.iter().map(|v| v.id.as_str());
        let areas = self.areas.get().into_iter().flatten().map(|area| area.id.as_str());
        let ids: Vec<&str> = candidates.chain(stations).chain(planned).chain(villages).chain(areas).collect();
        nearest(id, &ids).map(str::to_owned)
    }
}

fn described(
    id: &str,
    name: Option<&str>,
    kind: PlaceKind,
    position: Option<LatLon>,
    height_agl_m: Option<f64>,
) -> Found {
    let name =
        name.filter(|name| !name.is_empty()).map_or_else(|| id.to_owned(), |name| format!("{id} {name}"));
    let antennas = Vec::new();
    (NamedPlaceWithout { id: id.to_owned(), name, kind, height_agl_m, antennas }, position)
}

fn with_antennas((place, position): Found, antennas: &[AntennaRow]) -> Found {
    (NamedPlaceWithout { antennas: antennas.to_vec(), ..place }, position)
}

fn coordinates(word: &str, lat: &str, lon: &str) -> Result<NamedPlace, PlaceError> {
    let wrong = |reason: Both| PlaceError::Coordinates { word: word.to_owned(), reason };
    let number = |text: &str| {
        let text = text.trim();
        text.parse::<f64>().map_err(|_| {
            wrong(Both::new(format!("\"{text}\" không phải số"), format!("\"{text}\" is no number")))
        })
    };
    let position = LatLon::from_degrees(number(lat)?, number(lon)?)
        .map_err(|error| wrong(Both::of_english(error.to_string())))?;
    Ok(NamedPlace {
        id: word.to_owned(),
        name: word.to_owned(),
        kind: PlaceKind::Coordinates,
        position,
        height_agl_m: None,
        antennas: Vec::new(),
    })
}
