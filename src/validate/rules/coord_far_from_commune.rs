//! `coord_far_from_commune`: The position is farther from the commune named than the larger of three commune
//! radii and 8 km.

use super::{RuleDoc, Text};
use crate::finding::{Level, Rule};

/// The rule.
pub(super) const RULE: RuleDoc = RuleDoc {
    rule: Rule::CoordFarFromCommune,
    code: "coord_far_from_commune",
    level: Level::Warning,
    since: "0.1.0",
    what: Text {
        en: "The position is farther from the commune named than the larger of three commune radii and 8 \
             km.",
        vi: "Toạ độ cách xã đã ghi xa hơn cả ba lần bán kính xã và 8 km.",
    },
    why: Text {
        en: "Either the name or the position is another place’s.",
        vi: "Hoặc tên, hoặc toạ độ là của nơi khác.",
    },
    example: Text {
        en: "a point 60 km from its commune",
        vi: "điểm cách xã 60 km",
    },
    mend: Text {
        en: "Correct whichever is wrong; the finding names the commune in which the point falls.",
        vi: "Sửa cái sai; phát hiện này nêu xã chứa điểm đó.",
    },
    check: None,
    bad: &[
        "Huyện,Xã,Thôn,Vĩ độ,Kinh độ\nQuế Phong,Thông Thụ,Bản Đồng Tắm,19.18222,104.39435\n",
        "Huyện,Xã,Thôn,Vĩ độ,Kinh độ\nTương Dương,Tam Hợp,Bản Phà Pục,19.8197,105.05959\n",
        "\
         Huyện,Xã,Thôn,Vĩ độ,Kinh độ\n\
         Quế Phong,Thông Thụ,Bản Đồng Tắm,19.8197,105.05959\n\
         Quế Phong,Thông Thụ,Bản Hốc Lằm,19.59586,104.46227\n",
    ],
    good: &[
        "Huyện,Xã,Thôn,Vĩ độ,Kinh độ\nQuế Phong,Thông Thụ,Bản Đồng Tắm,19.8197,105.05959\n",
        "\
         Huyện,Xã,Thôn,Vĩ độ,Kinh độ\n\
         Quế Phong,Thông Thụ,Bản Đồng Tắm,19.8197,105.05959\n\
         Quế Phong,Thông Thụ,Bản Noọng Độc,19.84927,105.05261\n",
        "\
         Huyện,Xã,Thôn,Vĩ độ,Kinh độ\n\
         Quế Phong,Thông Thụ,Bản Hốc Lằm,19.93262,105.0571\n\
         Tương Dương,Tam Hợp,Bản Phà Pục,19.18222,104.39435\n",
    ],
};
