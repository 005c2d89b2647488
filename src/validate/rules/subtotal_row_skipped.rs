//! `subtotal_row_skipped`: A row of totals or a group heading was recognised and does not count as an area.

use super::{RuleDoc, Text};
use crate::finding::{Level, Rule};

/// The rule.
pub(super) const RULE: RuleDoc = RuleDoc {
    rule: Rule::SubtotalRowSkipped,
    code: "subtotal_row_skipped",
    level: Level::Info,
    since: "0.1.0",
    what: Text {
        en: "A row of totals or a group heading was recognised and does not count as an area.",
        vi: "Dòng cộng hoặc dòng nhóm được nhận ra và không tính là khu vực.",
    },
    why: Text {
        en: "Totals read as areas would be counted twice.",
        vi: "Nếu đọc dòng cộng thành khu vực thì sẽ đếm hai lần.",
    },
    example: Text {
        en: "“Cộng: 12”",
        vi: "“Cộng: 12”",
    },
    mend: Text {
        en: "Nothing, unless the row is an area: then give it its village.",
        vi: "Không cần làm gì, trừ khi dòng đó là khu vực: khi đó hãy ghi tên thôn, bản.",
    },
    check: None,
    bad: &[
        "\
         STT,Huyện,Xã,Thôn,Vĩ độ,Kinh độ\n\
         1,Quế Phong,Thông Thụ,Bản Đồng Tắm,19.8197,105.05959\n\
         ,Cộng,,,,\n",
        "\
         STT,Huyện,Xã,Thôn,Vĩ độ,Kinh độ\n\
         1,Quế Phong,Thông Thụ,Bản Đồng Tắm,19.8197,105.05959\n\
         2,Quế Phong,Thông Thụ,Bản Noọng Độc,19.84927,105.05261\n\
         Tổng cộng: 2,,,,,\n",
        "\
         STT,Huyện,Xã,Thôn,Vĩ độ,Kinh độ\n\
         1,Quế Phong,Thông Thụ,Bản Đồng Tắm,19.8197,105.05959\n\
         Cộng: 1 khu vực,,,,,\n\
         2,Quế Phong,Thông Thụ,Bản Noọng Độc,19.84927,105.05261\n",
        "\
         STT,Huyện,Xã,Thôn,Vĩ độ,Kinh độ\n\
         1,Quế Phong,Thông Thụ,Bản Đồng Tắm,19.8197,105.05959\n\
         ,Cộng,,,1,\n",
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
        "\
         STT,Huyện,Xã,Thôn,Vĩ độ,Kinh độ\n\
         1,Quế Phong,Thông Thụ,Bản Đồng Tắm,19.8197,105.05959\n\
         2,Quế Phong,Thông Thụ,Bản Noọng Độc,19.84927,105.05261\n",
    ],
};
