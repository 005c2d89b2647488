//! `header_ambiguous`: One column title fits two fields, or two columns claim the same field; the first is
//! used.

use super::{RuleDoc, Text};
use crate::finding::{Level, Rule};

/// The rule.
pub(super) const RULE: RuleDoc = RuleDoc {
    rule: Rule::HeaderAmbiguous,
    code: "header_ambiguous",
    level: Level::Warning,
    since: "0.1.0",
    what: Text {
        en: "One column title fits two fields, or two columns claim the same field; the first is used.",
        vi: "Một tiêu đề hợp với hai trường, hoặc hai cột cùng nhận một trường; cột đầu được dùng.",
    },
    why: Text {
        en: "If the wrong one is taken, every row is wrong in the same way.",
        vi: "Nếu chọn nhầm thì mọi dòng sai cùng một kiểu.",
    },
    example: Text {
        en: "two columns “Xã”",
        vi: "hai cột “Xã”",
    },
    mend: Text {
        en: "Give each column a title of its own, or name it under [headers] in study.toml.",
        vi: "Đặt cho mỗi cột một tiêu đề riêng, hoặc khai báo ở mục [headers] trong study.toml.",
    },
    check: None,
    bad: &[
        "Huyện,Xã,Xã,Thôn,Vĩ độ,Kinh độ\nQuế Phong,Thông Thụ,Thông Thụ,Bản Đồng Tắm,19.8197,105.05959\n",
        "Xã,Thôn,Thôn\nThông Thụ,Bản Đồng Tắm,Bản Hốc Lằm\n",
        "Xã,Thôn,Vĩ độ,Vĩ độ,Kinh độ\nThông Thụ,Bản Đồng Tắm,19.8197,19.8197,105.05959\n",
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
