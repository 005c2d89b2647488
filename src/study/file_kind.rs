//! Which kind of file a table looks like, by columns that only that kind has: for saying which file was named where
//! another was meant.

use geo::Geometry;

use crate::lang::Lang;
use crate::read::{Field, RawFile};
use crate::text::unaccent;

/// A kind of file that a study names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileKind {
    /// Today's communes.
    Communes,
    /// Old communes and today's.
    Crosswalk,
    /// Existing stations.
    Stations,
    /// Candidate sites.
    Candidates,
    /// The registered programme.
    Programme,
}

impl FileKind {
    /// What it is called, and where a study names it.
    pub fn name(self, lang: Lang) -> &'static str {
        match self {
            FileKind::Communes => {
                lang.pick("danh mục xã ([inputs] communes)", "a table of communes ([inputs] communes)")
            }
            FileKind::Crosswalk => lang.pick(
                "bảng chuyển đổi xã cũ – mới ([inputs] crosswalk)",
                "a table of old and new communes ([inputs] crosswalk)",
            ),
            FileKind::Stations => {
                lang.pick("danh sách trạm ([inputs] stations)", "a table of stations ([inputs] stations)")
            }
            FileKind::Candidates => lang.pick(
                "danh sách vị trí dự kiến ([inputs] candidates)",
                "a table of candidate sites ([inputs] candidates)",
            ),
            FileKind::Programme => lang.pick(
                "danh sách trạm đăng ký ([inputs] programme)",
                "a registered programme ([inputs] programme)",
            ),
        }
    }
}

/// Columns that tell a kind: any one of them does.
const SIGNS: [(Field, FileKind); 9] = [
    (Field::PlanId, FileKind::Programme),
    (Field::CostMillionVnd, FileKind::Candidates),
    (Field::GridDistanceKm, FileKind::Candidates),
    (Field::RoadDistanceKm, FileKind::Candidates),
    (Field::SiteId, FileKind::Stations),
    (Field::Tower, FileKind::Stations),
    (Field::HeightM, FileKind::Stations),
    (Field::OldCommuneCode, FileKind::Crosswalk),
    (Field::AreaKm2, FileKind::Communes),
];

/// The kind that a file looks like, and the title that gives it away, where there is one.
pub(super) fn kind_of(file: &RawFile) -> Option<(FileKind, &str)> {
    let title_of = |field: Field| {
        let mut columns = file.tables.iter().flat_map(|table| &table.header);
        columns.find(|column| column.field == Some(field)).map(|column| column.title.as_str())
    };
    if let Some(found) = SIGNS.iter().find_map(|(field, kind)| Some((*kind, title_of(*field)?))) {
        return Some(found);
    }
    let mut shapes = file.records().filter_map(|(_, record)| record.geometry.as_ref()).peekable();
    let is_outline =
        |shape: &Geometry<f64>| matches!(shape, Geometry::Polygon(_) | Geometry::MultiPolygon(_));
    (shapes.peek().is_some() && shapes.all(is_outline)).then_some((FileKind::Communes, "geometry"))
}

/// Columns that a register of villages has and the other kinds have not. Inhabitants are counted of communes too.
const OF_VILLAGES: [Field; 7] = [
    Field::Commune,
    Field::CommuneCode,
    Field::OldCommune,
    Field::Households,
    Field::Hardship,
    Field::GridPower,
    Field::Weight,
];

/// The kind of another file given as a register of villages: it looks like that kind, and nothing says villages.
pub(super) fn not_villages(file: &RawFile) -> Option<(FileKind, &str)> {
    let has = |field: Field| file.tables.iter().any(|table| table.has(field));
    // `id` and `name` are titles of any table, `village_id` and `Tên thôn` are not.
    let says_village = file.tables.iter().flat_map(|table| &table.header).any(|column| {
        let words = unaccent(&column.title);
        let mut words = words.split(' ').flat_map(|word| word.split('_'));
        matches!(column.field, Some(Field::Village | Field::VillageId))
            && words.any(|w| {
                matches!(w, "village" | "thon" | "ban" | "xom" | "lang" | "ap" | "buon" | "khoi" | "to")
            })
    });
    if says_village || OF_VILLAGES.into_iter().any(has) {
        return None;
    }
    kind_of(file)
}
