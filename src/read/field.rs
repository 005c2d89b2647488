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
    /// Year promised.
    Year,
    /// Status of a registered station.
    Status,
    /// The user's weight of a village.
    Weight,
    /// Area of a commune, km².
    AreaKm2,
}
