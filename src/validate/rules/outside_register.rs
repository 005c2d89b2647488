//! `outside_register`: The area means no village of the register and stays a demand point of its own.

use super::{RuleDoc, Text};
use crate::finding::{Level, Rule};

/// The rule.
pub(super) const RULE: RuleDoc = RuleDoc {
    rule: Rule::OutsideRegister,
    code: "outside_register",
    level: Level::Warning,
    since: "0.1.0",
    what: Text {
        en: "The area means no village of the register and stays a demand point of its own.",
        vi: "Khu vực không ứng với thôn, bản nào trong danh mục và được giữ thành điểm riêng.",
    },
    why: Text {
        en: "A real dead zone must not be lost because the register is incomplete; but its people are \
             not known.",
        vi: "Không được mất một khu vực lõm thật vì danh mục thiếu; nhưng không biết số dân.",
    },
    example: Text {
        en: "a new resettlement village",
        vi: "bản tái định cư mới",
    },
    mend: Text {
        en: "Add the village to the register, or correct its name.",
        vi: "Bổ sung vào danh mục, hoặc sửa tên.",
    },
    check: None,
    bad: &[
        "Huyện,Xã,Thôn,Vĩ độ,Kinh độ\nQuế Phong,Thông Thụ,Bản Lạ Hoắc,19.8197,105.05959\n",
        "\
         Huyện,Xã,Thôn,Vĩ độ,Kinh độ\n\
         Quế Phong,Thông Thụ,Bản Đồng Tắm,19.8197,105.05959\n\
         Tương Dương,Tam Hợp,Bản Chưa Có,,\n",
        "Huyện,Xã,Thôn,Vĩ độ,Kinh độ\nTương Dương,Lượng Minh,Bản Na Lay,,\n",
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
