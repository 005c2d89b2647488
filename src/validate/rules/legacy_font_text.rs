//! `legacy_font_text`: The text was typed for a font of before Unicode (TCVN3 “.VnTime”, VNI) and was
//! converted.

use super::{RuleDoc, Text};
use crate::finding::{Level, Rule};

/// The rule.
pub(super) const RULE: RuleDoc = RuleDoc {
    rule: Rule::LegacyFontText,
    code: "legacy_font_text",
    level: Level::Warning,
    since: "0.1.0",
    what: Text {
        en: "The text was typed for a font of before Unicode (TCVN3 “.VnTime”, VNI) and was converted.",
        vi: "Chữ được gõ theo phông trước Unicode (TCVN3 “.VnTime”, VNI) và đã được chuyển.",
    },
    why: Text {
        en: "Without that font it is unreadable, and a conversion can be wrong in short words.",
        vi: "Không có phông đó thì không đọc được; từ ngắn có thể chuyển sai.",
    },
    example: Text {
        en: "“B¶n §ång T¾m” → “Bản Đồng Tắm”",
        vi: "“B¶n §ång T¾m” → “Bản Đồng Tắm”",
    },
    mend: Text {
        en: "Check the converted name; type new lists in Unicode.",
        vi: "Kiểm tra tên đã chuyển; danh sách mới gõ bằng Unicode.",
    },
    check: None,
    bad: &[
        "Huyện,Xã,Thôn,Vĩ độ,Kinh độ\nQuế Phong,Thông Thụ,B¶n §ång T¾m,19.8197,105.05959\n",
        "Huyện,Xã,Thôn,Vĩ độ,Kinh độ\nQuế Phong,X· Th«ng Thô,Bản Đồng Tắm,19.8197,105.05959\n",
        "\
         Huyện,Xã,Thôn,Vĩ độ,Kinh độ\n\
         Quế Phong,Thông Thụ,Bản Đồng Tắm,19.8197,105.05959\n\
         Quế Phong,Thông Thụ,B¶n Hèc L»m,19.93262,105.0571\n",
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
