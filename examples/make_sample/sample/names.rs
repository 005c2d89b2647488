//! Invented village names, from syllables that villages of the region are commonly made of.

use super::rng::Rng;

const UPLAND_FIRST: &[&str] = &[
    "Na", "Huồi", "Piêng", "Xốp", "Khe", "Phà", "Cha", "Noọng", "Hốc", "Bủng", "Kẻo", "Lưu", "Tạ", "Co",
    "Púng", "Xiềng", "Nóng", "Mường", "Nậm", "Phiêng", "Pù", "Sơn", "Hòa", "Thủy", "Đồng", "Tổng",
];
const UPLAND_SECOND: &[&str] = &[
    "Bón", "Cáng", "Nhăn", "Lau", "Pục", "Xái", "Khứu", "Tụt", "Mũ", "Đửa", "Luống", "Kho", "Cọ", "Xiêng",
    "Thăm", "Ngoi", "Lạnh", "Hỷ", "Khang", "Đình", "Mựt", "Càng", "Tắm", "Lằm", "Hoa", "Khóa", "Lũy",
    "Phương", "Tang", "Độc",
];
const LOWLAND_FIRST: &[&str] = &[
    "Yên", "Phú", "Xuân", "Đông", "Tây", "Bắc", "Nam", "Hòa", "Thanh", "Tân", "Đại", "Mỹ", "Văn", "Ngọc",
    "Quang", "Vĩnh", "Kim", "Thọ", "Liên", "Hồng",
];
const LOWLAND_SECOND: &[&str] = &[
    "Lạc", "Thịnh", "Sơn", "Thành", "Hải", "Hòa", "Lộc", "Phong", "Trung", "Tiến", "Xuân", "Đình", "Thủy",
    "Khê", "Lâm", "Long", "Đồng", "Vinh", "Giang", "Tháp",
];
const TOWN: &[&str] = &[
    "Quang Trung",
    "Trung Hòa",
    "Tân Tiến",
    "Yên Thịnh",
    "Vĩnh Quang",
    "Trường Phúc",
    "Bình Minh",
    "Tân Phong",
    "Hưng Phúc",
    "Yên Vinh",
    "Xuân Bắc",
    "Phúc Lộc",
    "Tân Hòa",
    "Đông Thọ",
];

/// How the people of a commune name their villages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    Upland,
    Lowland,
    Town,
}

pub fn village(style: Style, rng: &mut Rng) -> String {
    match style {
        Style::Upland => {
            let prefix = if rng.chance(0.85) { "Bản " } else { "" };
            format!("{prefix}{} {}", rng.pick(UPLAND_FIRST), rng.pick(UPLAND_SECOND))
        }
        Style::Lowland => {
            let prefix = rng.pick(&["Xóm ", "Xóm ", "Thôn ", "Làng ", ""]);
            match (prefix, rng.chance(0.25)) {
                ("Xóm " | "Thôn ", true) => format!("{prefix}{}", 1 + rng.below(18)),
                _ => format!("{prefix}{} {}", rng.pick(LOWLAND_FIRST), rng.pick(LOWLAND_SECOND)),
            }
        }
        Style::Town if rng.chance(0.5) => format!("Khối {}", 1 + rng.below(24)),
        Style::Town => format!("Khối {}", rng.pick(TOWN)),
    }
}
