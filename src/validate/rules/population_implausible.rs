//! `population_implausible`: A village has fewer inhabitants than households, or more than 20 to a household.

use super::{RuleDoc, Text};
use crate::finding::{Level, Rule};

/// The rule.
pub(super) const RULE: RuleDoc = RuleDoc {
    rule: Rule::PopulationImplausible,
    code: "population_implausible",
    level: Level::Warning,
    since: "0.1.0",
    what: Text {
        en: "A village has fewer inhabitants than households, or more than 20 to a household.",
        vi: "Số khẩu ít hơn số hộ, hoặc hơn 20 khẩu một hộ.",
    },
    why: Text {
        en: "Mostly the two columns were exchanged or a digit is missing; sums of people served rest on them.",
        vi: "Thường do đổi nhầm hai cột hoặc thiếu chữ số; số dân được phục vụ tính từ đây.",
    },
    example: Text {
        en: "households 310, inhabitants 70",
        vi: "310 hộ, 70 khẩu",
    },
    mend: Text {
        en: "Correct the numbers; where only the number of households is known leave the other empty.",
        vi: "Sửa số liệu; nếu chỉ biết số hộ thì để trống số khẩu.",
    },
    check: None,
    bad: &[
        "\
         Huyện,Xã,Thôn,Vĩ độ,Kinh độ,Số hộ,Số khẩu\n\
         Quế Phong,Thông Thụ,Bản Đồng Tắm,19.8197,105.05959,310,70\n",
        "\
         Huyện,Xã,Thôn,Vĩ độ,Kinh độ,Số hộ,Số khẩu\n\
         Quế Phong,Thông Thụ,Bản Đồng Tắm,19.8197,105.05959,5,400\n",
        "\
         Huyện,Xã,Thôn,Vĩ độ,Kinh độ,Số hộ,Số khẩu\n\
         Quế Phong,Thông Thụ,Bản Đồng Tắm,19.8197,105.05959,70,7\n",
        "\
         == encoding tcvn3\n\
         Huyện,Xã,Thôn,Vĩ độ,Kinh độ,Số hộ,Số khẩu\n\
         Quế Phong,Thông Thụ,Bản Đồng Tắm,19.8197,105.05959,300,120\n",
    ],
    good: &[
        "\
         Huyện,Xã,Thôn,Vĩ độ,Kinh độ,Số hộ,Số khẩu\n\
         Quế Phong,Thông Thụ,Bản Đồng Tắm,19.8197,105.05959,70,310\n",
        "\
         Huyện,Xã,Thôn,Vĩ độ,Kinh độ,Số hộ,Số khẩu\n\
         Quế Phong,Thông Thụ,Bản Đồng Tắm,19.8197,105.05959,70,\n",
        "\
         Huyện,Xã,Thôn,Vĩ độ,Kinh độ,Số hộ,Số khẩu\n\
         Quế Phong,Thông Thụ,Bản Đồng Tắm,19.8197,105.05959,,310\n",
    ],
};
