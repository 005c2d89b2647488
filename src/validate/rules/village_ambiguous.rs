//! `village_ambiguous`: Several villages of the commune have this name and the position cannot decide.

use super::{RuleDoc, Text};
use crate::finding::{Level, Rule};

/// The rule.
pub(super) const RULE: RuleDoc = RuleDoc {
    rule: Rule::VillageAmbiguous,
    code: "village_ambiguous",
    level: Level::Warning,
    since: "0.1.0",
    what: Text {
        en: "Several villages of the commune have this name and the position cannot decide.",
        vi: "Xã có nhiều thôn, bản cùng tên và toạ độ không phân định được.",
    },
    why: Text {
        en: "The area stays a demand point of its own; it may be counted beside the village it means.",
        vi: "Khu vực được giữ thành điểm riêng; có thể bị tính cạnh chính thôn, bản đó.",
    },
    example: Text {
        en: "two villages Na Lay in one commune",
        vi: "hai bản Na Lay trong một xã",
    },
    mend: Text {
        en: "Add the position, the village’s id, or the old commune.",
        vi: "Ghi thêm toạ độ, mã thôn, bản hoặc xã cũ.",
    },
    check: None,
    bad: &[
        "Huyện,Xã,Thôn,Vĩ độ,Kinh độ\nTương Dương,Lượng Minh,Bản Na Lay,,\n",
        "Huyện,Xã,Thôn\nTương Dương,Lượng Minh,Na Lay\n",
        "\
         Huyện,Xã,Thôn,Vĩ độ,Kinh độ\n\
         Quế Phong,Thông Thụ,Bản Đồng Tắm,19.8197,105.05959\n\
         Tương Dương,Lượng Minh,Thôn Na Lay,,\n",
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
        "Huyện,Xã,Thôn,Vĩ độ,Kinh độ\nTương Dương,Lượng Minh,Bản Na Lay,19.36977,104.48323\n",
    ],
};
