//! `non_nfc_text`: Letters and their marks are stored apart (decomposed Unicode) and were composed.

use super::{RuleDoc, Text};
use crate::finding::{Level, Rule};

/// The rule.
pub(super) const RULE: RuleDoc = RuleDoc {
    rule: Rule::NonNfcText,
    code: "non_nfc_text",
    level: Level::Info,
    since: "0.1.0",
    what: Text {
        en: "Letters and their marks are stored apart (decomposed Unicode) and were composed.",
        vi: "Chữ và dấu được lưu rời (Unicode tổ hợp) và đã được ghép lại (dựng sẵn).",
    },
    why: Text {
        en: "It looks the same but is not found by searching or comparing.",
        vi: "Nhìn giống hệt nhưng tìm kiếm và so sánh không ra.",
    },
    example: Text {
        en: "“Bản” as five characters",
        vi: "“Bản” gồm năm ký tự",
    },
    mend: Text {
        en: "Nothing; type new lists in composed Unicode (dựng sẵn).",
        vi: "Không cần làm gì; danh sách mới gõ Unicode dựng sẵn.",
    },
    check: None,
    bad: &[
        "Huyện,Xã,Thôn,Vĩ độ,Kinh độ\nQue\u{302}\u{301} Phong,Thông Thụ,Bản Đồng Tắm,19.8197,105.05959\n",
        "Huyện,Xã,Thôn,Vĩ độ,Kinh độ\nQuế Phong,Tho\u{302}ng Thu\u{323},Bản Đồng Tắm,19.8197,105.05959\n",
        "\
         Huyện,Xã,Thôn,Vĩ độ,Kinh độ\n\
         Quế Phong,Thông Thụ,Bản Đồng Tắm,19.8197,105.05959\n\
         Quế Phong,Thông Thụ,Ba\u{309}n Ho\u{302}\u{301}c La\u{306}\u{300}m,19.93262,105.0571\n",
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
