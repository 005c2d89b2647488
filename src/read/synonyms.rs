//! Which column titles mean which field: one table, Vietnamese and English, and the titles that depend on what
//! the file is read for. Add a title here and it is understood everywhere.
//!
//! A plain synonym matches a whole title, or stands in it as consecutive words. `=` marks one that only matches
//! a whole title (too short or too common to be looked for inside others), `~` one whose words may have others
//! between them. All are compared folded ([`super::header_key`]); single words also by their accents.

use super::{Field, Purpose};

/// The titles that mean the same whatever the file is.
pub(super) const TITLES: &[(Field, &[&str])] = &[
    (Field::Sequence, &["=stt", "=tt", "=no", "=số tt", "=số thứ tự", "=thứ tự", "=#", "=seq", "=index", "=so", "=ordinal"]),
    (Field::Province, &["tỉnh", "=tỉnh tp", "tỉnh thành phố", "tên tỉnh", "province", "=tỉnh thành"]),
    (
        Field::District,
        &["huyện", "quận", "thị xã", "=huyện tx tp", "huyện thị xã", "huyện thị xã thành phố", "huyện thành thị", "quận huyện",
          "tên huyện", "huyện cũ", "old district", "district", "=tx", "=tp", "huyện trước sáp nhập"],
    ),
    (
        Field::OldCommune,
        &["xã cũ", "~xã phường cũ", "~xã cũ", "xã trước sáp nhập", "~xã trước sáp nhập", "~xã trước khi sáp nhập", "old commune",
          "commune old", "~đvhc cũ", "~xã 2024"],
    ),
    (
        Field::Commune,
        &["xã", "phường", "thị trấn", "xã phường", "xã phường tt", "xã phường thị trấn", "tên xã", "xã mới", "~xã phường mới",
          "xã sau sáp nhập", "~xã sau sáp nhập", "~xã sau khi sáp nhập", "commune", "new commune", "commune new", "ward",
          "commune name", "đơn vị hành chính", "đvhc"],
    ),
    (Field::OldCommuneCode, &["old code", "old commune code", "mã xã cũ", "~mã xã cũ", "~mã xã trước sáp nhập", "mã cũ"]),
    (
        Field::CommuneCode,
        &["new code", "commune code", "new commune code", "mã xã", "mã phường", "mã xã mới", "~mã xã mới", "mã đvhc", "mã mới",
          "mã hành chính", "mã đơn vị hành chính", "ward code", "=commune id"],
    ),
    (
        Field::Village,
        &["thôn", "bản", "xóm", "làng", "buôn", "ấp", "khối", "tdp", "tổ dân phố", "tên thôn", "tên bản", "thôn bản", "thôn xóm",
          "thôn bản khu vực", "thôn bản xóm", "khu vực", "tên khu vực", "khu vực lõm sóng", "điểm lõm", "vùng lõm",
          "khu dân cư", "điểm dân cư", "địa danh", "địa điểm", "tên điểm", "village", "village name", "hamlet", "area name",
          "=place", "=location", "locality"],
    ),
    (Field::VillageId, &["village id", "mã thôn", "mã bản", "~mã thôn bản", "mã xóm", "geonameid"]),
    (Field::Latitude, &["vĩ độ", "latitude", "lat", "=vi do n", "vĩ tuyến", "=vđ", "=y lat", "=lat n"]),
    (Field::Longitude, &["kinh độ", "longitude", "lon", "lng", "long", "kinh tuyến", "=kđ", "=lon e"]),
    (Field::Northing, &["=x", "=x n", "=x vn2000", "=x vn 2000", "toạ độ x", "tọa độ x", "northing", "north", "=tđ x"]),
    (Field::Easting, &["=y", "=y e", "=y vn2000", "=y vn 2000", "toạ độ y", "tọa độ y", "easting", "east", "=x e", "=tđ y"]),
    (
        Field::Position,
        &["toạ độ", "coordinates", "coordinate", "=position", "lat lon", "lat long", "lat lng", "lon lat", "long lat", "gps",
          "kinh độ vĩ độ", "vĩ độ kinh độ", "kinh vĩ độ", "=latlong", "=latlon", "vị trí toạ độ", "=kinh vĩ"],
    ),
    (Field::Households, &["hộ", "số hộ", "tổng số hộ", "số hộ dân", "hộ dân", "households", "household", "hộ gia đình", "=hộ gđ"]),
    (
        Field::Population,
        &["dân số", "số khẩu", "khẩu", "nhân khẩu", "số nhân khẩu", "số dân", "số người", "population", "=người", "=pop"],
    ),
    (
        Field::Hardship,
        &["đbkk", "đặc biệt khó khăn", "thôn đbkk", "xã đbkk", "bản đbkk", "hardship", "khu vực khó khăn", "~thôn đặc biệt khó khăn",
          "~thuộc đbkk", "~thôn bản đbkk"],
    ),
    (
        Field::GridPower,
        &["điện", "điện lưới", "điện lưới quốc gia", "có điện", "nguồn điện", "grid power", "electricity", "=power",
          "~điện lưới có không", "lưới điện"],
    ),
    (
        Field::Severity,
        &["mức độ", "=loại", "loại lõm", "loại vùng lõm", "loại sóng", "mức độ lõm", "mức độ phủ sóng", "tình trạng sóng",
          "tình trạng phủ sóng", "hiện trạng sóng", "hiện trạng phủ sóng", "trắng lõm", "trắng sóng lõm sóng", "severity",
          "=class", "phân loại", "chất lượng sóng", "~mức độ sóng", "~mức độ lõm sóng", "~loại khu vực lõm"],
    ),
    (
        Field::Technology,
        &["công nghệ", "công nghệ hiện có", "technology", "technologies", "tech", "loại công nghệ", "2g 3g 4g", "=sóng hiện có",
          "mạng hiện có", "=rat"],
    ),
    (Field::Reason, &["nguyên nhân", "lý do", "lí do", "reason", "cause"]),
    (Field::Note, &["ghi chú", "note", "notes", "remark", "remarks", "=khác", "comment", "đề xuất", "kiến nghị"]),
    (
        Field::SurveyDate,
        &["ngày khảo sát", "ngày đo", "thời gian khảo sát", "ngày kiểm tra", "survey date", "surveyed", "=ngày", "=date",
          "thời điểm khảo sát"],
    ),
    (
        Field::NearestStation,
        &["trạm gần nhất", "bts gần nhất", "trạm bts gần nhất", "tên trạm gần nhất", "~trạm gần nhất", "nearest station",
          "nearest site", "nearest bts", "trạm phục vụ", "trạm lân cận"],
    ),
    (
        Field::NearestStationKm,
        &["cự ly", "cự li", "khoảng cách", "cự ly tới trạm", "~cự ly trạm", "~cự ly trạm gần nhất", "~khoảng cách trạm",
          "~khoảng cách trạm gần nhất", "~trạm gần nhất cự ly", "~trạm gần nhất khoảng cách", "~cự ly trạm bts gần nhất",
          "~khoảng cách trạm bts gần nhất", "~trạm bts gần nhất cự ly", "~trạm bts gần nhất khoảng cách", "nearest station km",
          "distance to station", "~nearest station distance", "~nearest distance", "=distance", "=distance km"],
    ),
    (
        Field::Carrier,
        &["doanh nghiệp", "nhà mạng", "mạng", "đơn vị viễn thông", "doanh nghiệp viễn thông", "carrier", "operator", "tên nhà mạng",
          "tên doanh nghiệp", "=dn", "=dnvt", "=provider"],
    ),
    (Field::AreaId, &["area id", "mã khu vực", "mã vùng lõm", "mã vùng", "mã điểm", "mã điểm lõm", "=zone id"]),
    (Field::SiteId, &["site id", "station id", "mã trạm", "candidate id", "mã vị trí", "bts id", "cell id", "tên trạm", "=site", "site name", "station name", "mã bts"]),
    (Field::PlanId, &["plan id", "mã đăng ký", "mã kế hoạch", "số đăng ký"]),
    (
        Field::HeightM,
        &["height m", "height", "chiều cao", "độ cao cột", "cao cột", "độ cao anten", "chiều cao cột", "chiều cao anten",
          "antenna height", "mast height", "độ cao antenna"],
    ),
    (Field::Kind, &["=kind", "=type", "loại vị trí", "loại trạm", "loại điểm", "site type", "kiểu trạm"]),
    (Field::Tower, &["tower", "tower id", "mã cột", "nhà trạm", "cột anten", "=cột"]),
    (Field::Shared, &["shared", "dùng chung", "=sharing", "chia sẻ hạ tầng", "dùng chung hạ tầng"]),
    (
        Field::GridDistanceKm,
        &["grid distance", "grid distance km", "distance to grid", "~khoảng cách điện", "~khoảng cách điện lưới", "~khoảng cách lưới điện",
          "~khoảng cách đến điện lưới", "~cự ly điện", "~cự ly điện lưới", "~cách điện lưới"],
    ),
    (
        Field::RoadDistanceKm,
        &["road distance", "road distance km", "distance to road", "~khoảng cách đường", "~khoảng cách đến đường", "~cự ly đường",
          "~khoảng cách giao thông"],
    ),
    (
        Field::CostMillionVnd,
        &["cost million vnd", "cost", "chi phí", "kinh phí", "suất đầu tư", "tổng mức đầu tư", "vốn đầu tư", "dự toán", "đơn giá"],
    ),
    (Field::Year, &["=năm", "year", "năm thực hiện", "năm đăng ký", "năm triển khai", "năm xây dựng", "năm phát sóng", "năm hoàn thành"]),
    (Field::Status, &["status", "trạng thái", "tình trạng", "tiến độ", "hiện trạng"]),
    (Field::Weight, &["weight", "trọng số"]),
    (Field::AreaKm2, &["area km2", "area sqkm", "diện tích", "=area"]),
];

/// Titles that mean something else, or only mean something, for one purpose. They win over [`TITLES`].
pub(super) fn titles_for(purpose: Purpose) -> &'static [(Field, &'static [&'static str])] {
    match purpose {
        Purpose::AreaList => &[
            (Field::AreaId, &["=id", "=mã", "=code", "=mã số", "=fid", "=objectid"]),
            (Field::Village, &["=tên", "=name", "=tên gọi"]),
        ],
        Purpose::Villages => &[
            (Field::VillageId, &["=id", "=mã", "=mã số", "=osm id", "=@id", "=code"]),
            (Field::Village, &["=name", "=name:vi", "=tên", "=tên gọi"]),
        ],
        Purpose::Communes => &[
            (Field::Commune, &["=name", "=name:vi", "=tên", "=tên gọi", "=name vi", "=full name"]),
            (Field::CommuneCode, &["=code", "=mã", "=id", "=mã số", "=ma", "=ref"]),
        ],
        Purpose::Crosswalk => &[
            (Field::OldCommune, &["=old name", "=từ xã", "=from", "=tên cũ"]),
            (Field::Commune, &["=new name", "=thành xã", "=to", "=tên mới"]),
        ],
        Purpose::Stations | Purpose::Candidates => &[
            (Field::SiteId, &["=id", "=mã", "=code", "=name", "=tên"]),
            (Field::Kind, &["=loại", "=class"]),
            (Field::GridDistanceKm, &["=grid km"]),
        ],
        Purpose::Programme => &[
            (Field::PlanId, &["=id", "=mã", "=code", "=mã trạm"]),
            (Field::Kind, &["=loại"]),
        ],
    }
}

/// A title with one of these words speaks of something else than its other words say: `Số hộ nghèo`, `Tỷ lệ hộ
/// có điện`, `Số hộ có điện`.
pub(super) const OTHER_MATTERS: &[&str] =
    &["nghèo", "cận nghèo", "tỷ lệ", "tỉ lệ", "hộ có điện", "hộ có điện lưới", "hộ sử dụng điện", "hộ dùng điện", "phần trăm"];
