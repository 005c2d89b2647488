//! `required_column_missing`: The columns give neither a place name nor a position.

use super::{RuleDoc, Text};
use crate::finding::{Level, Rule};

/// The rule.
pub(super) const RULE: RuleDoc = RuleDoc {
    rule: Rule::RequiredColumnMissing,
    code: "required_column_missing",
    level: Level::Error,
    since: "0.1.0",
    what: Text {
        en: "The columns give neither a place name nor a position.",
        vi: "Các cột không cho biết cả địa danh lẫn toạ độ.",
    },
    why: Text {
        en: "Such rows cannot be put on any map.",
        vi: "Những dòng như vậy không thể đưa lên bản đồ.",
    },
    example: Text {
        en: "a sheet with numbers of households only",
        vi: "trang tính chỉ có số hộ",
    },
    mend: Text {
        en: "Add the column of villages and communes, or of positions; phusong knows the usual titles.",
        vi: "Thêm cột thôn, bản và xã, hoặc cột toạ độ; phusong nhận các tiêu đề thông dụng.",
    },
    check: None,
    bad: &[
        "STT,Số hộ,Số khẩu\n1,50,200\n2,60,240\n",
        "STT,Số hộ,Mức độ\n1,50,trắng\n",
        "STT,Mức độ,Ghi chú,Số hộ\n1,lõm,x,7\n",
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
        "Vĩ độ,Kinh độ\n19.8197,105.05959\n",
    ],
};
