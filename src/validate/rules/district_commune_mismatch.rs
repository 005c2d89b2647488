//! `district_commune_mismatch`: The commune, of whichever era, is not in the district that stands beside it.

use super::{RuleDoc, Text};
use crate::finding::{Level, Rule};

/// The rule.
pub(super) const RULE: RuleDoc = RuleDoc {
    rule: Rule::DistrictCommuneMismatch,
    code: "district_commune_mismatch",
    level: Level::Warning,
    since: "0.1.0",
    what: Text {
        en: "The commune, of whichever era, is not in the district that stands beside it.",
        vi: "Xã, ở bất kỳ thời kỳ nào, không thuộc huyện ghi bên cạnh.",
    },
    why: Text {
        en: "One of the two is wrong: a cell was dragged down or merged too far, and the village may be looked for in the wrong place.",
        vi: "Một trong hai bị sai: ô bị kéo xuống hoặc gộp quá dòng, và thôn, bản có thể bị tìm sai chỗ.",
    },
    example: Text {
        en: "Huyện Quế Phong, Xã Tam Thái (which was in Tương Dương)",
        vi: "Huyện Quế Phong, Xã Tam Thái (thuộc Tương Dương)",
    },
    mend: Text {
        en: "Correct the district or the commune; the finding names the districts that the commune was in.",
        vi: "Sửa huyện hoặc xã; phần chi tiết nêu huyện mà xã từng thuộc về.",
    },
    check: None,
    bad: &[
        "\
         Huyện,Xã,Thôn,Vĩ độ,Kinh độ\n\
         Quế Phong,Tam Thái,Bản Đồng Lũy,19.14186,104.48996\n",
        "\
         Huyện,Xã,Thôn,Vĩ độ,Kinh độ\n\
         Anh Sơn,Nhôn Mai,Bản Huồi Phương,19.59586,104.46227\n",
        "\
         Huyện,Xã,Thôn,Vĩ độ,Kinh độ\n\
         Huyện Kỳ Sơn,Xã Thông Thụ,Bản Đồng Tắm,19.8197,105.05959\n",
        "Huyện,Xã,Thôn,Vĩ độ,Kinh độ\nHuyện Anh Sơn,Xã Yên Thắng,Bản Tạ Thăm,19.33069,104.66819\n",
    ],
    good: &[
        "\
         Huyện,Xã,Thôn,Vĩ độ,Kinh độ\n\
         Tương Dương,Tam Thái,Bản Đồng Lũy,19.14186,104.48996\n",
        "\
         Huyện,Xã,Thôn,Vĩ độ,Kinh độ\n\
         ,Nhôn Mai,Bản Huồi Phương,19.59586,104.46227\n",
        "\
         Huyện,Xã,Thôn,Vĩ độ,Kinh độ\n\
         Tương Dương,Yên Hòa,Bản Tạ Thăm,19.33069,104.66819\n",
    ],
};
