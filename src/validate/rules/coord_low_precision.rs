//! `coord_low_precision`: The position has fewer than three decimals or sits on whole arc-minutes.

use super::{RuleDoc, Text};
use crate::finding::{Level, Rule};

/// The rule.
pub(super) const RULE: RuleDoc = RuleDoc {
    rule: Rule::CoordLowPrecision,
    code: "coord_low_precision",
    level: Level::Warning,
    since: "0.1.0",
    what: Text {
        en: "The position has fewer than three decimals or sits on whole arc-minutes.",
        vi: "Toạ độ có dưới ba số lẻ hoặc tròn phút.",
    },
    why: Text {
        en: "Two decimals are a kilometre: enough to be on the other side of a ridge.",
        vi: "Hai số lẻ là sai một cây số: đủ để sang bên kia sườn núi.",
    },
    example: Text {
        en: "19.82, 105.06",
        vi: "19.82, 105.06",
    },
    mend: Text {
        en: "Measure again and write five decimals.",
        vi: "Đo lại và ghi năm số lẻ.",
    },
    check: None,
    bad: &[
        "Huyện,Xã,Thôn,Vĩ độ,Kinh độ\nQuế Phong,Thông Thụ,Bản Đồng Tắm,19.82,105.06\n",
        "Huyện,Xã,Thôn,Vĩ độ,Kinh độ\nQuế Phong,Thông Thụ,Bản Đồng Tắm,19.8,105.1\n",
        "\
         Huyện,Xã,Thôn,Vĩ độ,Kinh độ\n\
         Quế Phong,Thông Thụ,Bản Noọng Độc,19.84927,105.05261\n\
         Quế Phong,Thông Thụ,Bản Đồng Tắm,19°49'00\",105°04'00\"\n",
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
        "Huyện,Xã,Thôn,Vĩ độ,Kinh độ\nQuế Phong,Thông Thụ,Bản Đồng Tắm,19.8197,105.0596\n",
    ],
};
