//! `yes_no_unrecognised`: The mark is neither yes nor no; it counts as not known.

use super::{RuleDoc, Text};
use crate::finding::{Level, Rule};

/// The rule.
pub(super) const RULE: RuleDoc = RuleDoc {
    rule: Rule::YesNoUnrecognised,
    code: "yes_no_unrecognised",
    level: Level::Error,
    since: "0.1.0",
    what: Text {
        en: "The mark is neither yes nor no; it counts as not known.",
        vi: "Dấu không phải có cũng không phải không; coi như chưa biết.",
    },
    why: Text {
        en: "Grid power and hardship decide who pays for a station.",
        vi: "Điện lưới và ĐBKK quyết định ai trả tiền xây trạm.",
    },
    example: Text {
        en: "“một phần”",
        vi: "“một phần”",
    },
    mend: Text {
        en: "Write có or không, 1 or 0, x or nothing.",
        vi: "Ghi có hoặc không, 1 hoặc 0, x hoặc để trống.",
    },
    check: None,
    bad: &[
        "\
         Huyện,Xã,Thôn,Vĩ độ,Kinh độ,Điện lưới\n\
         Quế Phong,Thông Thụ,Bản Đồng Tắm,19.8197,105.05959,một phần\n",
        "\
         Huyện,Xã,Thôn,Vĩ độ,Kinh độ,Điện lưới\n\
         Quế Phong,Thông Thụ,Bản Đồng Tắm,19.8197,105.05959,có\n\
         Quế Phong,Thông Thụ,Bản Noọng Độc,19.84927,105.05261,?\n",
        "Huyện,Xã,Thôn,Vĩ độ,Kinh độ,ĐBKK\nQuế Phong,Thông Thụ,Bản Đồng Tắm,19.8197,105.05959,tuỳ nơi\n",
        "Huyện,Xã,Thôn,Vĩ độ,Kinh độ,Điện lưới\nQuế Phong,Thông Thụ,Bản Đồng Tắm,19.8197,105.05959,x?\n",
    ],
    good: &[
        "\
         Huyện,Xã,Thôn,Vĩ độ,Kinh độ,Điện lưới\n\
         Quế Phong,Thông Thụ,Bản Đồng Tắm,19.8197,105.05959,có\n\
         Quế Phong,Thông Thụ,Bản Noọng Độc,19.84927,105.05261,không\n\
         Quế Phong,Thông Thụ,Bản Hốc Lằm,19.93262,105.0571,\n",
        "\
         Huyện,Xã,Thôn,Vĩ độ,Kinh độ,Điện lưới\n\
         Quế Phong,Thông Thụ,Bản Đồng Tắm,19.8197,105.05959,1\n\
         Quế Phong,Thông Thụ,Bản Noọng Độc,19.84927,105.05261,0\n\
         Quế Phong,Thông Thụ,Bản Hốc Lằm,19.93262,105.0571,x\n",
        "Huyện,Xã,Thôn,Vĩ độ,Kinh độ,ĐBKK\nQuế Phong,Thông Thụ,Bản Đồng Tắm,19.8197,105.05959,x\n",
    ],
};
