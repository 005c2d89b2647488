//! `unknown_commune`: No commune of the province had this name in any of the three eras (until 11/2024, to
//! 6/2025, since 7/2025).

use super::{RuleDoc, Text};
use crate::finding::{Level, Rule};

/// The rule.
pub(super) const RULE: RuleDoc = RuleDoc {
    rule: Rule::UnknownCommune,
    code: "unknown_commune",
    level: Level::Error,
    since: "0.1.0",
    what: Text {
        en: "No commune of the province had this name in any of the three eras (until 11/2024, to \
             6/2025, since 7/2025).",
        vi: "Không xã nào của tỉnh mang tên này trong cả ba thời kỳ (đến 11/2024, đến 6/2025, từ 7/2025).",
    },
    why: Text {
        en: "Without its commune a village’s name means nothing: names repeat all over the province.",
        vi: "Không có xã thì tên thôn, bản không có nghĩa: tên trùng khắp tỉnh.",
    },
    example: Text {
        en: "“Xã Tam Thá”",
        vi: "“Xã Tam Thá”",
    },
    mend: Text {
        en: "Correct the name; the finding suggests the nearest ones.",
        vi: "Sửa tên; phát hiện này gợi ý các tên gần nhất.",
    },
    check: None,
    bad: &[
        "Huyện,Xã,Thôn,Vĩ độ,Kinh độ\nQuế Phong,Không Đâu,Bản Đồng Tắm,19.8197,105.05959\n",
        "Huyện,Xã,Thôn,Vĩ độ,Kinh độ\nQuế Phong,Xã Thông Thụng,Bản Lạ,19.8197,105.05959\n",
        "Huyện,Xã,Thôn,Vĩ độ,Kinh độ\n,Xã Mường Trời,Bản Phà Pục,,\n",
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
        "Huyện,Xã,Thôn,Vĩ độ,Kinh độ\n,Xã Tam Hợp,Bản Phà Pục,19.18222,104.39435\n",
        "Huyện,Xã,Thôn,Vĩ độ,Kinh độ\nHuyện Anh Sơn,Xã Yên Thắng,Bản Tạ Thăm,19.33069,104.66819\n",
    ],
};
