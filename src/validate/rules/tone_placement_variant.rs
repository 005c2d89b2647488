//! `tone_placement_variant`: The tone mark stands on the other vowel (hoà for hòa); it was moved.

use super::{RuleDoc, Text};
use crate::finding::{Level, Rule};

/// The rule.
pub(super) const RULE: RuleDoc = RuleDoc {
    rule: Rule::TonePlacementVariant,
    code: "tone_placement_variant",
    level: Level::Info,
    since: "0.1.0",
    what: Text {
        en: "The tone mark stands on the other vowel (hoà for hòa); it was moved.",
        vi: "Dấu thanh đặt ở nguyên âm khác (hoà thay cho hòa); đã được chuyển.",
    },
    why: Text {
        en: "Both are right Vietnamese, but one name must have one spelling to be found.",
        vi: "Cả hai đều đúng, nhưng một tên phải có một cách viết thì mới tìm được.",
    },
    example: Text {
        en: "“Yên Hoà” → “Yên Hòa”",
        vi: "“Yên Hoà” → “Yên Hòa”",
    },
    mend: Text {
        en: "Nothing.",
        vi: "Không cần làm gì.",
    },
    check: None,
    bad: &[
        "Huyện,Xã,Thôn,Vĩ độ,Kinh độ\nTương Dương,Yên Hoà,Bản Tạ Thăm,19.33069,104.66819\n",
        "Huyện,Xã,Thôn,Vĩ độ,Kinh độ\nTương Dương,Xã Yên Hoà,Bản Tạ Thăm,19.33069,104.66819\n",
        "\
         Huyện,Xã,Thôn,Vĩ độ,Kinh độ\n\
         Quế Phong,Thông Thụ,Bản Đồng Tắm,19.8197,105.05959\n\
         Tương Dương,Yên Thắng,Bản Xoà,19.33069,104.66819\n",
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
        "Huyện,Xã,Thôn,Vĩ độ,Kinh độ\nTương Dương,Yên Hòa,Bản Tạ Thăm,19.33069,104.66819\n",
    ],
};
