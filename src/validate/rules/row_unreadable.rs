//! `row_unreadable`: The row names no village and has no usable position.

use super::{RuleDoc, Text};
use crate::finding::{Level, Rule};

/// The rule.
pub(super) const RULE: RuleDoc = RuleDoc {
    rule: Rule::RowUnreadable,
    code: "row_unreadable",
    level: Level::Error,
    since: "0.1.0",
    what: Text {
        en: "The row names no village and has no usable position.",
        vi: "Dòng không có tên thôn, bản và không có toạ độ dùng được.",
    },
    why: Text {
        en: "It is counted in the total but can mean no place.",
        vi: "Dòng được tính vào tổng nhưng không chỉ nơi nào.",
    },
    example: Text {
        en: "a row with a commune and households only",
        vi: "dòng chỉ có xã và số hộ",
    },
    mend: Text {
        en: "Add the village or the position, or delete the row.",
        vi: "Ghi thôn, bản hoặc toạ độ, hoặc xoá dòng.",
    },
    check: None,
    bad: &[
        "\
         Huyện,Xã,Thôn,Vĩ độ,Kinh độ,Số hộ\n\
         Quế Phong,Thông Thụ,Bản Đồng Tắm,19.8197,105.05959,12\n\
         Quế Phong,Thông Thụ,,,,40\n",
        "Xã,Thôn,Số hộ\nThông Thụ,,40\nThông Thụ,Bản Đồng Tắm,12\n",
        "\
         Xã,Thôn,Vĩ độ,Kinh độ,Số hộ\n\
         Thông Thụ,,abc,def,40\n\
         Thông Thụ,Bản Đồng Tắm,19.8197,105.05959,12\n",
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
        "Vĩ độ,Kinh độ\n19.8197,105.05959\n",
    ],
};
