//! `sequence_gap`: The running number (STT) skips or repeats.

use super::{RuleDoc, Text};
use crate::finding::{Level, Rule};

/// The rule.
pub(super) const RULE: RuleDoc = RuleDoc {
    rule: Rule::SequenceGap,
    code: "sequence_gap",
    level: Level::Info,
    since: "0.1.0",
    what: Text {
        en: "The running number (STT) skips or repeats.",
        vi: "Số thứ tự (STT) bị nhảy hoặc lặp.",
    },
    why: Text {
        en: "A row may have been deleted or pasted twice.",
        vi: "Có thể một dòng đã bị xoá hoặc dán hai lần.",
    },
    example: Text {
        en: "11, 12, 14",
        vi: "11, 12, 14",
    },
    mend: Text {
        en: "Look whether a row is missing; then number anew.",
        vi: "Xem có thiếu dòng nào không, rồi đánh số lại.",
    },
    check: None,
    bad: &[
        "\
         STT,Huyện,Xã,Thôn,Vĩ độ,Kinh độ\n\
         1,Quế Phong,Thông Thụ,Bản Đồng Tắm,19.8197,105.05959\n\
         3,Quế Phong,Thông Thụ,Bản Noọng Độc,19.84927,105.05261\n",
        "\
         STT,Huyện,Xã,Thôn,Vĩ độ,Kinh độ\n\
         1,Quế Phong,Thông Thụ,Bản Đồng Tắm,19.8197,105.05959\n\
         1,Quế Phong,Thông Thụ,Bản Noọng Độc,19.84927,105.05261\n\
         3,Quế Phong,Thông Thụ,Bản Hốc Lằm,19.93262,105.0571\n",
        "\
         STT,Huyện,Xã,Thôn,Vĩ độ,Kinh độ\n\
         1,Quế Phong,Thông Thụ,Bản Đồng Tắm,19.8197,105.05959\n\
         2,Quế Phong,Thông Thụ,Bản Noọng Độc,19.84927,105.05261\n\
         5,Quế Phong,Thông Thụ,Bản Hốc Lằm,19.93262,105.0571\n",
    ],
    good: &[
        "\
         STT,Huyện,Xã,Thôn,Vĩ độ,Kinh độ\n\
         1,Quế Phong,Thông Thụ,Bản Đồng Tắm,19.8197,105.05959\n\
         2,Quế Phong,Thông Thụ,Bản Noọng Độc,19.84927,105.05261\n",
        "STT,Huyện,Xã,Thôn,Vĩ độ,Kinh độ\n1,Quế Phong,Thông Thụ,Bản Đồng Tắm,19.8197,105.05959\n",
        "\
         Huyện,Xã,Thôn,Vĩ độ,Kinh độ\n\
         Quế Phong,Thông Thụ,Bản Đồng Tắm,19.8197,105.05959\n\
         Quế Phong,Thông Thụ,Bản Noọng Độc,19.84927,105.05261\n",
    ],
};
