//! `match_by_position`: The village was found by the position, not by its name in the commune named.

use super::{RuleDoc, Text};
use crate::finding::{Level, Rule};

/// The rule.
pub(super) const RULE: RuleDoc = RuleDoc {
    rule: Rule::MatchByPosition,
    code: "match_by_position",
    level: Level::Info,
    since: "0.1.0",
    what: Text {
        en: "The village was found by the position, not by its name in the commune named.",
        vi: "Thôn, bản được xác định nhờ toạ độ, không phải nhờ tên trong xã đã ghi.",
    },
    why: Text {
        en: "Where position and name disagree, somebody should look.",
        vi: "Khi toạ độ và tên không khớp thì cần xem lại.",
    },
    example: Text {
        en: "the name stands in the neighbouring commune",
        vi: "tên đó thuộc xã bên cạnh",
    },
    mend: Text {
        en: "Correct the commune, or write the village’s name.",
        vi: "Sửa tên xã, hoặc ghi tên thôn, bản.",
    },
    check: None,
    bad: &[
        "Vĩ độ,Kinh độ\n19.8197,105.05959\n",
        "Huyện,Xã,Thôn,Vĩ độ,Kinh độ\nTương Dương,Tam Hợp,Bản Đồng Tắm,19.8197,105.05959\n",
        "\
         {\"type\":\"FeatureCollection\",\"features\":[{\"type\":\"Feature\",\"properties\":{\"Ghi chú\":\"x\"},\"geometry\":{\"type\":\"Polygon\",\"coordinates\":[[[105.05,19.81],[105.07,19.81],[105.07,19.83],[105.05,19.83],[105.05,19.81]]]}}]}\n",
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
