//! What a column can hold.

/// A field that a column may be recognised as. One list of fields serves areas, villages, stations, the
/// programme and candidates; each reader takes what it needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Field {
    /// STT, TT, No.
    Sequence,
    /// Tỉnh.
    Province,
    /// Huyện, TX, TP; also "old district" of a register.
    District,
    /// Xã, phường, thị trấn. In a register with both eras: today's commune.
    Commune,
    /// The commune before 2025-07-01, where a file has both.
    OldCommune,
    /// Commune code (today's, in a register).
    CommuneCode,
    /// Commune code before 2025-07-01, where a file has both.
    OldCommuneCode,
    /// Thôn, bản, xóm, khu vực; `name` of a register.
    Village,
    /// Village id.
    VillageId,
    /// Vĩ độ, latitude. Values decide: the columns may be swapped.
    Latitude,
    /// Kinh độ, longitude.
    Longitude,
    /// X (m): northing in Vietnamese surveying.
    Northing,
    /// Y (m): easting.
    Easting,
    /// Both coordinates in one cell.
    Position,
    /// Số hộ.
    Households,
    /// Số khẩu, dân số.
    Population,
    /// ĐBKK, đặc biệt khó khăn.
    Hardship,
    /// Điện lưới.
    GridPower,
    /// Mức độ, loại: trắng / lõm.
    Severity,
    /// Công nghệ.
    Technology,
    /// Nguyên nhân.
    Reason,
    /// Ghi chú.
    Note,
    /// Ngày khảo sát.
    SurveyDate,
    /// Trạm gần nhất.
    NearestStation,
    /// Cự ly tới trạm, km.
    NearestStationKm,
    /// Doanh nghiệp, nhà mạng.
    Carrier,
    /// The list's own id for an area.
    AreaId,
    /// Id of a station or candidate.
    SiteId,
    /// Id of a registered station.
    PlanId,
    /// Antenna or mast height, m.
    HeightM,
    /// Kind of candidate.
    Kind,
    /// Tower shared by several carriers.
    Tower,
    /// Whether it is shared.
    Shared,
    /// Distance to the grid, km.
    GridDistanceKm,
    /// Distance to a road, km.
    RoadDistanceKm,
    /// Cost, million đồng.
    CostMillionVnd,
    /// Candidates of which at most one is built.
    Group,
    /// Year promised.
    Year,
    /// Status of a registered station.
    Status,
    /// The user's weight of a village.
    Weight,
    /// Area of a commune, km².
    AreaKm2,
}

impl Field {
    /// Every field.
    pub const ALL: &'static [Field] = &[
        Field::Sequence,
        Field::Province,
        Field::District,
        Field::Commune,
        Field::OldCommune,
        Field::CommuneCode,
        Field::OldCommuneCode,
        Field::Village,
        Field::VillageId,
        Field::Latitude,
        Field::Longitude,
        Field::Northing,
        Field::Easting,
        Field::Position,
        Field::Households,
        Field::Population,
        Field::Hardship,
        Field::GridPower,
        Field::Severity,
        Field::Technology,
        Field::Reason,
        Field::Note,
        Field::SurveyDate,
        Field::NearestStation,
        Field::NearestStationKm,
        Field::Carrier,
        Field::AreaId,
        Field::SiteId,
        Field::PlanId,
        Field::HeightM,
        Field::Kind,
        Field::Tower,
        Field::Shared,
        Field::GridDistanceKm,
        Field::RoadDistanceKm,
        Field::CostMillionVnd,
        Field::Group,
        Field::Year,
        Field::Status,
        Field::Weight,
        Field::AreaKm2,
    ];

    /// The name used in `study.toml`, section `[headers]`.
    pub fn key(self) -> &'static str {
        match self {
            Field::Sequence => "sequence",
            Field::Province => "province",
            Field::District => "district",
            Field::Commune => "commune",
            Field::OldCommune => "old_commune",
            Field::CommuneCode => "commune_code",
            Field::OldCommuneCode => "old_commune_code",
            Field::Village => "village",
            Field::VillageId => "village_id",
            Field::Latitude => "latitude",
            Field::Longitude => "longitude",
            Field::Northing => "northing",
            Field::Easting => "easting",
            Field::Position => "position",
            Field::Households => "households",
            Field::Population => "population",
            Field::Hardship => "hardship",
            Field::GridPower => "grid_power",
            Field::Severity => "severity",
            Field::Technology => "technology",
            Field::Reason => "reason",
            Field::Note => "note",
            Field::SurveyDate => "survey_date",
            Field::NearestStation => "nearest_station",
            Field::NearestStationKm => "nearest_station_km",
            Field::Carrier => "carrier",
            Field::AreaId => "area_id",
            Field::SiteId => "site_id",
            Field::PlanId => "plan_id",
            Field::HeightM => "height_m",
            Field::Kind => "kind",
            Field::Tower => "tower",
            Field::Shared => "shared",
            Field::GridDistanceKm => "grid_distance_km",
            Field::RoadDistanceKm => "road_distance_km",
            Field::CostMillionVnd => "cost_million_vnd",
            Field::Group => "group",
            Field::Year => "year",
            Field::Status => "status",
            Field::Weight => "weight",
            Field::AreaKm2 => "area_km2",
        }
    }

    /// The field of a key.
    pub fn from_key(key: &str) -> Option<Field> {
        Field::ALL.iter().copied().find(|field| field.key() == key)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::Field;

    #[test]
    fn keys_are_unique_and_read_back() {
        let keys: BTreeSet<&str> = Field::ALL.iter().map(|f| f.key()).collect();
        assert_eq!(keys.len(), Field::ALL.len());
        assert!(Field::ALL.iter().all(|f| Field::from_key(f.key()) == Some(*f)));
        assert_eq!(Field::from_key("area_km2"), Some(Field::AreaKm2));
    }
}
