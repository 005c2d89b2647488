//! `coord_unparseable`: The text is no coordinate: words, NaN, minutes or seconds over 60, too few digits.

use super::{RuleDoc, Text};
use crate::finding::{Level, Rule};

/// The rule.
pub(super) const RULE: RuleDoc = RuleDoc {
    rule: Rule::CoordUnparseable,
    code: "coord_unparseable",
    level: Level::Error,
    since: "0.1.0",
    what: Text {
        en: "The text is no coordinate: words, NaN, minutes or seconds over 60, too few digits.",
        vi: "Nội dung không phải toạ độ: chữ, NaN, phút hoặc giây quá 60, thiếu chữ số.",
    },
    why: Text {
        en: "A guess would put the dead zone somewhere it is not.",
        vi: "Đoán thì sẽ đặt khu vực lõm sai chỗ.",
    },
    example: Text {
        en: "19°75'10\"",
        vi: "19°75'10\"",
    },
    mend: Text {
        en: "Write decimal degrees with a dot and five decimals: 19.81970, 105.05959.",
        vi: "Ghi độ thập phân, dấu chấm, năm số lẻ: 19.81970, 105.05959.",
    },
    check: None,
    bad: &[
        "Huyện,Xã,Thôn,Vĩ độ,Kinh độ\nQuế Phong,Thông Thụ,Bản Đồng Tắm,NaN,105.05959\n",
        "Huyện,Xã,Thôn,Vĩ độ,Kinh độ\nQuế Phong,Thông Thụ,Bản Đồng Tắm,gần suối,xa đường\n",
        "Huyện,Xã,Thôn,Vĩ độ,Kinh độ\nQuế Phong,Thông Thụ,Bản Đồng Tắm,19°75'10\"N,105°03'34\"E\n",
        "Huyện,Xã,Thôn,Vĩ độ,Kinh độ\nQuế Phong,Thông Thụ,Bản Đồng Tắm,,105-18-34.5\n",
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
        "Huyện,Xã,Thôn,Vĩ độ,Kinh độ\nQuế Phong,Thông Thụ,Bản Đồng Tắm,19°49'10.9\"N,105°03'34.5\"E\n",
    ],
};
