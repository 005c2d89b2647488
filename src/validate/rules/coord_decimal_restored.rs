//! `coord_decimal_restored`: The decimal point of a coordinate was missing; only one place for it makes sense,
//! and it was put there.

use super::{RuleDoc, Text};
use crate::finding::{Level, Rule};

/// The rule.
pub(super) const RULE: RuleDoc = RuleDoc {
    rule: Rule::CoordDecimalRestored,
    code: "coord_decimal_restored",
    level: Level::Warning,
    since: "0.1.0",
    what: Text {
        en: "The decimal point of a coordinate was missing; only one place for it makes sense, and it \
             was put there.",
        vi: "Toạ độ thiếu dấu thập phân; chỉ một chỗ đặt là hợp lý và đã được đặt.",
    },
    why: Text {
        en: "Spreadsheets drop a point that they take for a thousands separator.",
        vi: "Bảng tính bỏ dấu chấm vì tưởng là phân cách nghìn.",
    },
    example: Text {
        en: "1981970 → 19.81970",
        vi: "1981970 → 19.81970",
    },
    mend: Text {
        en: "Check the position and write it with its point.",
        vi: "Kiểm tra toạ độ và ghi đủ dấu chấm.",
    },
    check: None,
    bad: &[
        "Huyện,Xã,Thôn,Vĩ độ,Kinh độ\nQuế Phong,Thông Thụ,Bản Đồng Tắm,1981970,105.05959\n",
        "Huyện,Xã,Thôn,Vĩ độ,Kinh độ\nQuế Phong,Thông Thụ,Bản Đồng Tắm,19.8197,10505959\n",
        "\
         Huyện,Xã,Thôn,Vĩ độ,Kinh độ\n\
         Quế Phong,Thông Thụ,Bản Đồng Tắm,19.8197,105.05959\n\
         Quế Phong,Thông Thụ,Bản Hốc Lằm,1993262,1050571\n",
        "\
         Xã,Thôn,Vĩ độ,Kinh độ\n\
         Xã Tân Thành,Thôn Lạ,1070582,10795034\n\
         == province 68\n\
         == villages\n\
         village_id,name,commune_code,commune,lat,lon\n",
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
