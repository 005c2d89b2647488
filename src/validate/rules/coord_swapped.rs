//! `coord_swapped`: Latitude and longitude, or northing and easting, stood in each other’s column and were put
//! right.

use super::{RuleDoc, Text};
use crate::finding::{Level, Rule};

/// The rule.
pub(super) const RULE: RuleDoc = RuleDoc {
    rule: Rule::CoordSwapped,
    code: "coord_swapped",
    level: Level::Warning,
    since: "0.1.0",
    what: Text {
        en: "Latitude and longitude, or northing and easting, stood in each other’s column and were put \
             right.",
        vi: "Vĩ độ và kinh độ, hoặc X và Y, nằm nhầm cột của nhau và đã được đổi lại.",
    },
    why: Text {
        en: "Vietnam’s latitudes and longitudes never overlap, so this is certain; but other programs \
             will not notice.",
        vi: "Vĩ độ và kinh độ ở Việt Nam không bao giờ lẫn nhau nên chắc chắn; nhưng chương trình khác \
             không nhận ra.",
    },
    example: Text {
        en: "latitude 105.06, longitude 19.82",
        vi: "vĩ độ 105.06, kinh độ 19.82",
    },
    mend: Text {
        en: "Exchange the two cells.",
        vi: "Đổi chỗ hai ô.",
    },
    check: None,
    bad: &[
        "Huyện,Xã,Thôn,Vĩ độ,Kinh độ\nQuế Phong,Thông Thụ,Bản Đồng Tắm,105.05959,19.8197\n",
        "Huyện,Xã,Thôn,Vĩ độ,Kinh độ\nQuế Phong,Thông Thụ,Bản Đồng Tắm,\"105,05959\",\"19,8197\"\n",
        "\
         Huyện,Xã,Thôn,Vĩ độ,Kinh độ\n\
         Quế Phong,Thông Thụ,Bản Đồng Tắm,19.8197,105.05959\n\
         Quế Phong,Thông Thụ,Bản Hốc Lằm,105°03'25.6\",19°55'57.4\"\n",
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
        "Huyện,Xã,Thôn,Kinh độ,Vĩ độ\nQuế Phong,Thông Thụ,Bản Đồng Tắm,105.05959,19.8197\n",
    ],
};
