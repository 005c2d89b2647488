//! `lookalike_character`: A character only looks like the Vietnamese letter: ð for đ, a Cyrillic letter, an
//! invisible soft hyphen.

use super::{RuleDoc, Text};
use crate::finding::{Level, Rule};

/// The rule.
pub(super) const RULE: RuleDoc = RuleDoc {
    rule: Rule::LookalikeCharacter,
    code: "lookalike_character",
    level: Level::Warning,
    since: "0.1.0",
    what: Text {
        en: "A character only looks like the Vietnamese letter: \u{f0} for đ, a Cyrillic letter, an \
             invisible soft hyphen.",
        vi: "Ký tự chỉ trông giống chữ tiếng Việt: \u{f0} thay cho đ, chữ Kirin, dấu nối ẩn.",
    },
    why: Text {
        en: "It often means text copied from a scan or a foreign keyboard; other letters may be wrong \
             too.",
        vi: "Thường là chữ chép từ bản quét hoặc bàn phím khác; các chữ khác cũng có thể sai.",
    },
    example: Text {
        en: "“\u{d0}ồng” with the Icelandic \u{d0}",
        vi: "“\u{d0}ồng” với chữ \u{d0} của tiếng Iceland",
    },
    mend: Text {
        en: "Type the name again.",
        vi: "Gõ lại tên.",
    },
    check: None,
    bad: &[
        "Huyện,Xã,Thôn,Vĩ độ,Kinh độ\nQuế Phong,Thông Thụ,Bản \u{d0}ồng Tắm,19.8197,105.05959\n",
        "Huyện,Xã,Thôn,Vĩ độ,Kinh độ\nQuế Phong,Thông Thụ,Bản Đồng T\u{ad}ắm,19.8197,105.05959\n",
        "Huyện,Xã,Thôn,Vĩ độ,Kinh độ\nTương Dương,Tam Hợp,Bản Phà Pụ\u{441},19.18222,104.39435\n",
        "Huyện,Xã,Thôn,Vĩ độ,Kinh độ\nQuế Phong,Thông Thụ,Bản Đồng Tǎm,19.8197,105.05959\n",
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
