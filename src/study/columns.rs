//! Columns without which a file is of no use to the command: checked before anything is computed from it.

use super::StudyError;
use super::file_kind::{FileKind, kind_of, not_villages};
use crate::domain::Source;
use crate::finding::{Finding, Rule};
use crate::read::{Field, RawFile};

/// What a file must give in some column, or by its geometry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Need {
    /// A field.
    Column(Field, &'static str),
    /// Latitude and longitude, northing and easting, both in one cell, or geometry.
    Position,
    /// A position, or the name of a village and its commune.
    Place,
    /// A field that only registers of another kind have: with it this is not the file that was meant.
    Without(Field),
    /// Something that only a register of villages has, where other columns speak for another kind of file.
    OfVillages,
}

impl Need {
    fn missing(self, file: &RawFile) -> Option<&'static str> {
        let has = |field| file.tables.iter().any(|table| table.has(field));
        let geometry = || file.records().any(|(_, record)| record.geometry.is_some());
        match self {
            Need::Column(field, name) => (!has(field)).then_some(name),
            Need::Position if has(Field::Position) || has(Field::Northing) && has(Field::Easting) => None,
            Need::Position => match (has(Field::Latitude), has(Field::Longitude)) {
                (true, true) => None,
                (true, false) => Some("lon"),
                (false, true) => Some("lat"),
                (false, false) if geometry() => None,
                (false, false) => Some("lat, lon"),
            },
            Need::Place if has(Field::Village) && (has(Field::Commune) || has(Field::OldCommune)) => None,
            Need::Place => Need::Position.missing(file),
            Need::Without(_) | Need::OfVillages => None,
        }
    }

    /// The title of a column that a file of this kind does not have.
    fn foreign(self, file: &RawFile) -> Option<&str> {
        let field = match self {
            Need::Without(field) => field,
            Need::OfVillages => return not_villages(file).map(|(_, column)| column),
            _ => return None,
        };
        let mut columns = file.tables.iter().flat_map(|table| &table.header);
        columns.find(|column| column.field == Some(field)).map(|column| column.title.as_str())
    }

    fn name(self) -> Option<&'static str> {
        match self {
            Need::Column(_, name) => Some(name),
            Need::Position => Some("lat, lon"),
            Need::Place => Some("lat, lon (or commune, village)"),
            Need::Without(_) | Need::OfVillages => None,
        }
    }
}

/// Refuses a file that lacks what is needed, in words that name the columns it has.
///
/// # Errors
/// [`StudyError::MissingColumn`].
pub(super) fn require(file: &RawFile, needs: &[Need]) -> Result<(), StudyError> {
    match lacking(file, needs) {
        Some(lacking) => Err(lacking.error()),
        None => Ok(()),
    }
}

/// What a file lacks, in words.
pub(super) struct Lacking {
    file: String,
    missing: String,
    /// A column of another kind of register.
    foreign: Option<String>,
    /// The kind that it looks like.
    kind: Option<FileKind>,
    needed: String,
    found: String,
    /// Whether nothing but the position is missing: names can still be read.
    pub position_only: bool,
}

impl Lacking {
    fn error(self) -> StudyError {
        let Lacking { file, missing, foreign, kind, needed, found, .. } = self;
        match foreign {
            Some(column) => StudyError::OtherKind { file, column, kind, needed, found },
            None => StudyError::MissingColumn { file, missing, needed, found },
        }
    }

    /// As a finding about the whole file.
    pub fn finding(&self, file: &RawFile) -> Finding {
        let source = Source { file: file.name.clone(), sheet: None, row: 0 };
        let finding = Finding::new(Rule::RequiredColumnMissing, source);
        let finding = match &self.foreign {
            Some(column) => finding.fact("other_kind", column),
            None => finding.fact("missing", &self.missing),
        };
        finding.fact("needed", &self.needed).fact("found", &self.found)
    }
}

/// What a file lacks of what is needed, if anything.
pub(super) fn lacking(file: &RawFile, needs: &[Need]) -> Option<Lacking> {
    let missing: Vec<&str> = needs.iter().filter_map(|need| need.missing(file)).collect();
    let foreign = needs.iter().find_map(|need| need.foreign(file));
    if missing.is_empty() && foreign.is_none() {
        return None;
    }
    let position_only = foreign.is_none()
        && needs
            .iter()
            .all(|need| matches!(need, Need::Position | Need::Place) || need.missing(file).is_none());
    let titles = file.tables.iter().flat_map(|t| &t.header).map(|column| column.title.as_str());
    let mut found: Vec<&str> = titles.filter(|title| !title.is_empty()).take(MAX_SHOWN).collect();
    if found.is_empty() {
        // Without a header the first line is what the user took for one.
        found.extend(file.tables.iter().find_map(|table| table.title.lines().next()));
    }
    let visible = |c: char| if c.is_control() { '\u{FFFD}' } else { c };
    Some(Lacking {
        file: file.name.to_string(),
        missing: missing.join(", "),
        kind: foreign.and_then(|_| kind_of(file)).map(|(kind, _)| kind),
        foreign: foreign.map(|title| title.chars().map(visible).take(MAX_CHARS).collect()),
        needed: needs.iter().filter_map(|need| need.name()).collect::<Vec<_>>().join(", "),
        found: found.join(", ").chars().map(visible).take(MAX_CHARS).collect(),
        position_only,
    })
}

/// Titles shown at most.
const MAX_SHOWN: usize = 20;
/// Their length at most.
const MAX_CHARS: usize = 300;

/// What a register of villages must give.
pub(super) const VILLAGES: &[Need] = &[
    Need::Column(Field::VillageId, "village_id"),
    Need::Column(Field::Village, "name"),
    Need::Position,
    Need::OfVillages,
];
/// What a table of villages without lists must give.
pub(super) const PLAIN_VILLAGES: &[Need] =
    &[Need::Column(Field::VillageId, "village_id"), Need::Position, Need::OfVillages];
/// What a registered programme must give.
pub(super) const PROGRAMME: &[Need] =
    &[Need::Column(Field::PlanId, "plan_id"), Need::Column(Field::Carrier, "carrier"), Need::Position];
/// What a table of stations must give.
pub(super) const STATIONS: &[Need] =
    &[Need::Column(Field::SiteId, "site_id"), Need::Column(Field::Carrier, "carrier"), Need::Position];
/// What a table of candidates must give.
pub(super) const CANDIDATES: &[Need] = &[Need::Column(Field::SiteId, "site_id"), Need::Position];
/// What a table of today's communes must give. One row a village would make as many communes of one code.
pub(super) const COMMUNES: &[Need] = &[
    Need::Column(Field::CommuneCode, "code"),
    Need::Column(Field::Commune, "name"),
    Need::Without(Field::VillageId),
    Need::Without(Field::Village),
    Need::Without(Field::SiteId),
    Need::Without(Field::PlanId),
    Need::Without(Field::OldCommune),
];
/// What the table of old communes and today's must give.
pub(super) const CROSSWALK: &[Need] = &[
    Need::Column(Field::OldCommune, "old_commune"),
    Need::Column(Field::Commune, "new_commune"),
    Need::Column(Field::CommuneCode, "new_code"),
    Need::Without(Field::VillageId),
    Need::Without(Field::Village),
    Need::Without(Field::SiteId),
    Need::Without(Field::PlanId),
];
/// What the registered programme must give to be looked at beside the lists.
pub(super) const REGISTERED: &[Need] =
    &[Need::Column(Field::PlanId, "plan_id"), Need::Column(Field::Carrier, "carrier"), Need::Place];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::{Purpose, ReadOptions, read_bytes};

    fn lacks(text: &str, purpose: Purpose, needs: &[Need]) -> Option<String> {
        let options = ReadOptions { purpose, ..ReadOptions::default() };
        let file = read_bytes("v.csv", text.as_bytes(), &options).unwrap();
        require(&file, needs).err().map(|error| error.to_string())
    }

    #[test]
    fn what_is_needed_is_enough() {
        assert_eq!(lacks("village_id,lat,lon\na,19,104\n", Purpose::Villages, PLAIN_VILLAGES), None);
        assert_eq!(
            lacks("Mã thôn,Tên thôn,X,Y\na,Bản Na,2100000,500000\n", Purpose::Villages, VILLAGES),
            None
        );
        let by_name = "plan_id,carrier,commune,village\n1,Viettel,Xã Na,Bản Na\n";
        assert_eq!(lacks(by_name, Purpose::Programme, REGISTERED), None);
        let point = r#"{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"id":"a"},
            "geometry":{"type":"Point","coordinates":[104,19]}}]}"#;
        assert_eq!(lacks(point, Purpose::Candidates, CANDIDATES), None);
    }

    #[test]
    fn a_register_of_another_kind_is_refused() {
        let villages = "village_id,name,commune_code,commune,old_commune,old_district,lat,lon\n\
            V1,Bản Na,16744,Xã Thông Thụ,Xã Thông Thụ,Huyện Quế Phong,19.8,105\n";
        let crosswalk = "old_district,old_commune,old_code,new_commune,new_code\n\
            Huyện Quế Phong,Xã Thông Thụ,16744,Xã Thông Thụ,16744\n";
        let communes = "code,name,lat,lon,area_km2\n16744,Xã Thông Thụ,19.8,105,100\n";
        assert_eq!(lacks(communes, Purpose::Communes, COMMUNES), None);
        assert_eq!(lacks(crosswalk, Purpose::Crosswalk, CROSSWALK), None);
        for (text, purpose, needs, column) in [
            (villages, Purpose::Communes, COMMUNES, "\"village_id\""),
            (villages, Purpose::Crosswalk, CROSSWALK, "\"village_id\""),
            (crosswalk, Purpose::Communes, COMMUNES, "\"old_commune\""),
            (communes, Purpose::Crosswalk, CROSSWALK, "old_commune"),
        ] {
            let refused = lacks(text, purpose, needs).unwrap();
            assert!(refused.contains(column), "{refused}");
        }
    }

    #[test]
    fn another_file_given_as_the_villages_is_refused_and_told_what_it_looks_like() {
        let outline = r#"{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"code":"16744",
            "name":"Xã Thông Thụ"AREA},"geometry":{"type":"Polygon","coordinates":[[[104,19],[105,19],[105,20],[104,19]]]}}]}"#;
        let communes =
            [outline.replace("AREA", r#","area_km2":100,"population":5000"#), outline.replace("AREA", "")];
        for (text, kind) in [
            (communes[0].as_str(), "[inputs] communes"),
            (&communes[1], "[inputs] communes"),
            ("code,name,lat,lon,area_km2\n16744,Xã Thông Thụ,19.8,105,100\n", "[inputs] communes"),
            ("id,name,lat,lon,plan_id,carrier\n1,a,19.8,105,P1,Viettel\n", "[inputs] programme"),
            ("id,name,lat,lon,site_id\n1,a,19.8,105,P1\n", "[inputs] stations"),
            ("id,name,lat,lon,cost_million_vnd\n1,a,19.8,105,900\n", "[inputs] candidates"),
        ] {
            for needs in [VILLAGES, PLAIN_VILLAGES] {
                let refused = lacks(text, Purpose::Villages, needs).expect(text);
                assert!(refused.contains(kind), "{refused}");
            }
        }
        for text in [
            "id,name,lat,lon\n1,Bản Na,19.8,105\n",
            "village_id,name,lat,lon,area_km2\n1,Bản Na,19.8,105,3\n",
            "Mã,Tên thôn,Vĩ độ,Kinh độ,Diện tích (km2)\n1,Bản Na,19.8,105,3\n",
            "id,name,commune,lat,lon,height_m\n1,Bản Na,Xã Na,19.8,105,3\n",
        ] {
            assert_eq!(lacks(text, Purpose::Villages, VILLAGES), None, "{text}");
        }
    }

    #[test]
    fn what_is_missing_is_named_with_what_is_there() {
        let text = lacks("village_id,lat\na,19\n", Purpose::Villages, PLAIN_VILLAGES).unwrap();
        assert!(
            text.contains("v.csv")
                && text.contains("column lon ")
                && text.contains("(there are: village_id, lat)"),
            "{text}"
        );
        let text = lacks("a,b\n1,2\n", Purpose::Candidates, CANDIDATES).unwrap();
        assert!(text.contains("site_id, lat, lon") && text.contains("(there are: a b)"), "{text}");
    }
}
