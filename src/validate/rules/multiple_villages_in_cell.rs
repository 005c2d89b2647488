//! `multiple_villages_in_cell`: One cell names several villages; it was split and the area counts for each.

use super::{RuleDoc, Text};
use crate::finding::{Level, Rule};

/// The rule.
pub(super) const RULE: RuleDoc = RuleDoc {
    rule: Rule::MultipleVillagesInCell,
    code: "multiple_villages_in_cell",
    level: Level::Warning,
    since: "0.1.0",
    what: Text {
        en: "One cell names several villages; it was split and the area counts for each.",
        vi: "Một ô ghi nhiều thôn, bản; đã được tách và khu vực tính cho từng thôn, bản.",
    },
    why: Text {
        en: "Households and position are those of all of them together.",
        vi: "Số hộ và toạ độ là của chung tất cả.",
    },
    example: Text {
        en: "“Bản Na, Bản Nà”",
        vi: "“Bản Na, Bản Nà”",
    },
    mend: Text {
        en: "Write one row a village, each with its own position.",
        vi: "Ghi mỗi thôn, bản một dòng, có toạ độ riêng.",
    },
    check: None,
    bad: &[
        "\
         Huyện,Xã,Thôn,Vĩ độ,Kinh độ\n\
         Quế Phong,Thông Thụ,\"Bản Đồng Tắm, Bản Hốc Lằm\",19.8197,105.05959\n",
        "\
         Huyện,Xã,Thôn,Vĩ độ,Kinh độ\n\
         Quế Phong,Thông Thụ,Bản Đồng Tắm; Bản Noọng Độc,19.8197,105.05959\n",
        "\
         Huyện,Xã,Thôn,Vĩ độ,Kinh độ\n\
         Tương Dương,Tam Hợp,Bản Phà Pục,19.18222,104.39435\n\
         Quế Phong,Thông Thụ,Bản Đồng Tắm và Bản Hốc Lằm,19.8197,105.05959\n",
        "Huyện,Xã,Thôn,Vĩ độ,Kinh độ\nQuế Phong,Thông Thụ,Bản Đồng Tắm | Bản Hốc Lằm,19.8197,105.05959\n",
        "Huyện,Xã,Thôn,Vĩ độ,Kinh độ\nQuế Phong,Thông Thụ,Bản Đồng Tắm - Bản Hốc Lằm,19.8197,105.05959\n",
        "\
         Huyện,Xã,Thôn,Vĩ độ,Kinh độ\n\
         Quế Phong,Thông Thụ,\"Bản Đồng Tắm\nBản Hốc Lằm\",19.8197,105.05959\n",
        "Huyện,Xã,Thôn,Vĩ độ,Kinh độ\nQuế Phong,Thông Thụ,Đồng Tắm – Hốc Lằm,19.8197,105.05959\n",
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
        "Huyện,Xã,Thôn,Vĩ độ,Kinh độ\nQuế Phong,Thông Thụ,Bản Đồng - Tắm,19.8197,105.05959\n",
    ],
};
