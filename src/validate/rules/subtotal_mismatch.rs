//! `subtotal_mismatch`: A total written in the sheet is not the number of rows counted for it.

use super::{RuleDoc, Text};
use crate::finding::{Level, Rule};

/// The rule.
pub(super) const RULE: RuleDoc = RuleDoc {
    rule: Rule::SubtotalMismatch,
    code: "subtotal_mismatch",
    level: Level::Warning,
    since: "0.1.0",
    what: Text {
        en: "A total written in the sheet is not the number of rows counted for it.",
        vi: "Số cộng ghi trong bảng khác số dòng đếm được.",
    },
    why: Text {
        en: "Rows were lost or added after the total was written.",
        vi: "Có dòng bị mất hoặc được thêm sau khi ghi số cộng.",
    },
    example: Text {
        en: "“Cộng: 12” under eleven rows",
        vi: "“Cộng: 12” dưới mười một dòng",
    },
    mend: Text {
        en: "Compare with the original and correct the total or the rows.",
        vi: "Đối chiếu bản gốc rồi sửa số cộng hoặc các dòng.",
    },
    check: None,
    bad: &[
        "\
         STT,Huyện,Xã,Thôn,Vĩ độ,Kinh độ\n\
         1,Quế Phong,Thông Thụ,Bản Đồng Tắm,19.8197,105.05959\n\
         Cộng: 5 khu vực,,,,,\n",
        "\
         STT,Huyện,Xã,Thôn,Vĩ độ,Kinh độ\n\
         1,Quế Phong,Thông Thụ,Bản Đồng Tắm,19.8197,105.05959\n\
         2,Quế Phong,Thông Thụ,Bản Noọng Độc,19.84927,105.05261\n\
         Tổng cộng: 3,,,,,\n",
        "\
         STT,Huyện,Xã,Thôn,Vĩ độ,Kinh độ\n\
         1,Quế Phong,Thông Thụ,Bản Đồng Tắm,19.8197,105.05959\n\
         2,Quế Phong,Thông Thụ,Bản Noọng Độc,19.84927,105.05261\n\
         3,Quế Phong,Thông Thụ,Bản Hốc Lằm,19.93262,105.0571\n\
         Tổng số: 2 khu vực,,,,,\n",
        "\
         STT,Huyện,Xã,Thôn,Vĩ độ,Kinh độ\n\
         1,Quế Phong,Thông Thụ,Bản Đồng Tắm,19.8197,105.05959\n\
         ,Cộng,,,,3\n",
    ],
    good: &[
        "\
         STT,Huyện,Xã,Thôn,Vĩ độ,Kinh độ\n\
         1,Quế Phong,Thông Thụ,Bản Đồng Tắm,19.8197,105.05959\n\
         Cộng: 1 khu vực,,,,,\n",
        "\
         STT,Huyện,Xã,Thôn,Vĩ độ,Kinh độ\n\
         1,Quế Phong,Thông Thụ,Bản Đồng Tắm,19.8197,105.05959\n\
         2,Quế Phong,Thông Thụ,Bản Noọng Độc,19.84927,105.05261\n\
         Tổng cộng: 2,,,,,\n",
        "\
         STT,Huyện,Xã,Thôn,Vĩ độ,Kinh độ\n\
         1,Quế Phong,Thông Thụ,Bản Đồng Tắm,19.8197,105.05959\n\
         ,Cộng,,,,\n",
    ],
};
