//! `coord_outside_province`: The position lies outside the province, by its outline or, without outlines, over
//! 15 km from every village.

use super::{RuleDoc, Text};
use crate::finding::{Level, Rule};

/// The rule.
pub(super) const RULE: RuleDoc = RuleDoc {
    rule: Rule::CoordOutsideProvince,
    code: "coord_outside_province",
    level: Level::Error,
    since: "0.1.0",
    what: Text {
        en: "The position lies outside the province, by its outline or, without outlines, over 15 km \
             from every village.",
        vi: "Toạ độ nằm ngoài tỉnh, theo ranh giới hoặc, khi không có ranh giới, cách mọi thôn, bản trên \
             15 km.",
    },
    why: Text {
        en: "The row cannot mean that point; the village’s own position is used where it is known.",
        vi: "Dòng không thể chỉ điểm đó; dùng toạ độ của thôn, bản nếu biết.",
    },
    example: Text {
        en: "10.7769, 106.7009 (Hồ Chí Minh City)",
        vi: "10.7769, 106.7009 (Thành phố Hồ Chí Minh)",
    },
    mend: Text {
        en: "Correct the position.",
        vi: "Sửa toạ độ.",
    },
    check: None,
    bad: &[
        "Huyện,Xã,Thôn,Vĩ độ,Kinh độ\nQuế Phong,Thông Thụ,Bản Đồng Tắm,10.77689,106.70098\n",
        "Huyện,Xã,Thôn,Vĩ độ,Kinh độ\nQuế Phong,Thông Thụ,Bản Đồng Tắm,21.02851,105.80482\n",
        "\
         Huyện,Xã,Thôn,Vĩ độ,Kinh độ\n\
         Quế Phong,Thông Thụ,Bản Đồng Tắm,19.8197,105.05959\n\
         Tương Dương,Tam Hợp,Bản Phà Pục,16.05441,108.20217\n",
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
