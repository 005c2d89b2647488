//! `merged_value_filled`: A value written once for several rows (merged cells, or blanks below it) was copied
//! down.

use super::{RuleDoc, Text};
use crate::finding::{Level, Rule};

/// The rule.
pub(super) const RULE: RuleDoc = RuleDoc {
    rule: Rule::MergedValueFilled,
    code: "merged_value_filled",
    level: Level::Info,
    since: "0.1.0",
    what: Text {
        en: "A value written once for several rows (merged cells, or blanks below it) was copied down.",
        vi: "Giá trị ghi một lần cho nhiều dòng (ô gộp, hoặc để trống bên dưới) đã được điền xuống.",
    },
    why: Text {
        en: "The row itself does not say it; a sorted or filtered sheet would lose it.",
        vi: "Bản thân dòng không ghi; sắp xếp hoặc lọc bảng thì mất.",
    },
    example: Text {
        en: "the commune stands only in the first of its rows",
        vi: "tên xã chỉ ghi ở dòng đầu",
    },
    mend: Text {
        en: "Nothing; in a new list write the value in every row.",
        vi: "Không cần làm gì; danh sách mới nên ghi giá trị ở mọi dòng.",
    },
    check: None,
    bad: &[
        "\
         Huyện,Xã,Thôn,Vĩ độ,Kinh độ\n\
         Quế Phong,Thông Thụ,Bản Đồng Tắm,19.8197,105.05959\n\
         ,,Bản Hốc Lằm,19.93262,105.0571\n",
        "\
         Huyện,Xã,Thôn,Vĩ độ,Kinh độ\n\
         Quế Phong,Thông Thụ,Bản Đồng Tắm,19.8197,105.05959\n\
         Quế Phong,,Bản Hốc Lằm,19.93262,105.0571\n",
        "\
         Huyện,Xã,Thôn,Vĩ độ,Kinh độ\n\
         Quế Phong,Thông Thụ,Bản Đồng Tắm,19.8197,105.05959\n\
         Quế Phong,Thông Thụ,Bản Noọng Độc,19.84927,105.05261\n\
         ,,Bản Hốc Lằm,19.93262,105.0571\n",
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
