//! `coord_far_from_village`: The position lies near the commune, but far from the one village of this name that the register has there.

use super::{RuleDoc, Text};
use crate::finding::{Level, Rule};

/// The rule.
pub(super) const RULE: RuleDoc = RuleDoc {
    rule: Rule::CoordFarFromVillage,
    code: "coord_far_from_village",
    level: Level::Warning,
    since: "0.1.0",
    what: Text {
        en: "The position lies near the commune, but far from the one village of this name that the register has there.",
        vi: "Toạ độ nằm gần xã, nhưng xa thôn, bản duy nhất mang tên đó trong danh mục của xã.",
    },
    why: Text {
        en: "Either the position is another village’s or mistyped, or the register is wrong; a site planned by it would miss the village.",
        vi: "Hoặc toạ độ là của thôn, bản khác hay ghi sai, hoặc danh mục sai; trạm đặt theo đó sẽ không tới thôn, bản này.",
    },
    example: Text {
        en: "Bản Na with a position 5 km from where the register has it",
        vi: "Bản Na với toạ độ cách 5 km so với danh mục",
    },
    mend: Text {
        en: "Check both positions and correct the wrong one. The distance can be set: [validate.thresholds] far_from_village_km.",
        vi: "Kiểm tra hai toạ độ và sửa bên sai. Có thể đặt khoảng cách: [validate.thresholds] far_from_village_km.",
    },
    check: None,
    bad: &[
        "\
         Huyện,Xã,Thôn,Vĩ độ,Kinh độ\n\
         Quế Phong,Thông Thụ,Bản Đồng Tắm,19.86971,105.05959\n",
        "\
         Huyện,Xã,Thôn,Vĩ độ,Kinh độ\n\
         Quế Phong,Thông Thụ,Bản Hốc Lằm,19.89263,105.05711\n",
        "\
         Huyện,Xã,Thôn,Vĩ độ,Kinh độ\n\
         Quế Phong,Thông Thụ,Bản Đồng Tắm,19.8197,105.05959\n\
         Tương Dương,Nhôn Mai,Bản Huồi Phương,19.62586,104.49227\n",
    ],
    good: &[
        "\
         Huyện,Xã,Thôn,Vĩ độ,Kinh độ\n\
         Quế Phong,Thông Thụ,Bản Đồng Tắm,19.8397,105.05959\n",
        "\
         Huyện,Xã,Thôn,Vĩ độ,Kinh độ\n\
         Quế Phong,Thông Thụ,Bản Hốc Lằm,,\n",
        "\
         Huyện,Xã,Thôn,Vĩ độ,Kinh độ\n\
         Quế Phong,Thông Thụ,Bản Mới Lập,19.86971,105.05959\n",
    ],
};
