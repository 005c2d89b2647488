//! `number_unparseable`: The text is no number; the value counts as not known, not as zero.

use super::{RuleDoc, Text};
use crate::finding::{Level, Rule};

/// The rule.
pub(super) const RULE: RuleDoc = RuleDoc {
    rule: Rule::NumberUnparseable,
    code: "number_unparseable",
    level: Level::Warning,
    since: "0.1.0",
    what: Text {
        en: "The text is no number; the value counts as not known, not as zero.",
        vi: "Nội dung không phải là số; coi như chưa biết, không phải bằng không.",
    },
    why: Text {
        en: "Sites are ranked by households and people.",
        vi: "Vị trí được xếp hạng theo số hộ và số dân.",
    },
    example: Text {
        en: "“nhiều”",
        vi: "“nhiều”",
    },
    mend: Text {
        en: "Write a number, or leave the cell empty.",
        vi: "Ghi số, hoặc để trống.",
    },
    check: None,
    bad: &[
        "Huyện,Xã,Thôn,Vĩ độ,Kinh độ,Số hộ\nQuế Phong,Thông Thụ,Bản Đồng Tắm,19.8197,105.05959,nhiều\n",
        "\
         Huyện,Xã,Thôn,Vĩ độ,Kinh độ,Số hộ\n\
         Quế Phong,Thông Thụ,Bản Đồng Tắm,19.8197,105.05959,12\n\
         Quế Phong,Thông Thụ,Bản Noọng Độc,19.84927,105.05261,50-60\n",
        "Huyện,Xã,Thôn,Vĩ độ,Kinh độ,Số khẩu\nQuế Phong,Thông Thụ,Bản Đồng Tắm,19.8197,105.05959,-5\n",
        "Huyện,Xã,Thôn,Vĩ độ,Kinh độ,Khoảng cách tới trạm gần nhất (km)\nQuế Phong,Thông Thụ,Bản Đồng Tắm,19.8197,105.05959,xa\n",
        "\
         == book\n\
         Huyện | Xã | Thôn | Vĩ độ | Kinh độ | Số hộ\n\
         Quế Phong | Thông Thụ | Bản Đồng Tắm | 19.8197 | 105.05959 | 12.5\n",
    ],
    good: &[
        "Huyện,Xã,Thôn,Vĩ độ,Kinh độ,Số hộ\nQuế Phong,Thông Thụ,Bản Đồng Tắm,19.8197,105.05959,12\n",
        "\
         Huyện,Xã,Thôn,Vĩ độ,Kinh độ,Số hộ\n\
         Quế Phong,Thông Thụ,Bản Đồng Tắm,19.8197,105.05959,khoảng 50\n\
         Quế Phong,Thông Thụ,Bản Noọng Độc,19.84927,105.05261,1.200\n\
         Quế Phong,Thông Thụ,Bản Hốc Lằm,19.93262,105.0571,-\n",
        "\
         Huyện,Xã,Thôn,Vĩ độ,Kinh độ,Số khẩu\n\
         Quế Phong,Thông Thụ,Bản Đồng Tắm,19.8197,105.05959,250 người\n",
    ],
};
