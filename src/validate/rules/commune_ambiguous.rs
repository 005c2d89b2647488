//! `commune_ambiguous`: Several communes answer to this name, and neither district nor position nor village
//! tells which.

use super::{RuleDoc, Text};
use crate::finding::{Level, Rule};

/// The rule.
pub(super) const RULE: RuleDoc = RuleDoc {
    rule: Rule::CommuneAmbiguous,
    code: "commune_ambiguous",
    level: Level::Error,
    since: "0.1.0",
    what: Text {
        en: "Several communes answer to this name, and neither district nor position nor village tells \
             which.",
        vi: "Nhiều xã cùng mang tên này; huyện, toạ độ và thôn, bản đều không phân định được.",
    },
    why: Text {
        en: "The area could lie in districts a hundred kilometres apart.",
        vi: "Khu vực có thể nằm ở các huyện cách nhau cả trăm cây số.",
    },
    example: Text {
        en: "“Xã Đồng Văn” was in Quế Phong, Tân Kỳ and Thanh Chương",
        vi: "“Xã Đồng Văn” từng có ở Quế Phong, Tân Kỳ và Thanh Chương",
    },
    mend: Text {
        en: "Add the old district or the commune’s code.",
        vi: "Ghi thêm huyện cũ hoặc mã xã.",
    },
    check: None,
    bad: &[
        "Xã,Thôn\nĐồng Văn,Bản Lạ\n",
        "Xã,Thôn\nXã Nam Sơn,Bản Lạ\n",
        "Xã,Thôn\nBình Sơn,Thôn 99\n",
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
        "Huyện,Xã,Thôn\nTân Kỳ,Đồng Văn,Bản Lạ\n",
        "Mã xã,Xã,Thôn\n17287,Đồng Văn,Bản Lạ\n",
    ],
};
