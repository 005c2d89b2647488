//! `input_limit_exceeded`: The file asks for more memory than an honest list needs: too large once unpacked,
//! too many cells, or one field of over 1 MiB.

use super::{RuleDoc, Text};
use crate::finding::{Level, Rule};

/// The rule.
pub(super) const RULE: RuleDoc = RuleDoc {
    rule: Rule::InputLimitExceeded,
    code: "input_limit_exceeded",
    level: Level::Error,
    since: "0.1.0",
    what: Text {
        en: "The file asks for more memory than an honest list needs: too large once unpacked, too many \
             cells, or one field of over 1 MiB.",
        vi: "Tệp đòi nhiều bộ nhớ hơn một danh sách bình thường: giải nén quá lớn, quá nhiều ô, hoặc một \
             ô trên 1 MiB.",
    },
    why: Text {
        en: "A small file can be made to unpack to gigabytes; it is refused before it does harm.",
        vi: "Một tệp nhỏ có thể bung ra hàng gigabyte; nó bị từ chối trước khi gây hại.",
    },
    example: Text {
        en: "a cell with two million letters",
        vi: "một ô có hai triệu chữ",
    },
    mend: Text {
        en: "Delete what does not belong in the list, split it, or export it as CSV.",
        vi: "Xoá phần không thuộc danh sách, tách nhỏ tệp, hoặc xuất ra CSV.",
    },
    check: None,
    bad: &[
        "Huyện,Xã,Thôn,Vĩ độ,Kinh độ\nQuế Phong,Thông Thụ,{x*1048600},19.8197,105.05959\n",
        "\
         Huyện,Xã,Thôn,Vĩ độ,Kinh độ\n\
         Quế Phong,Thông Thụ,Bản Đồng Tắm,19.8197,105.05959\n\
         Quế Phong,{x*1048600},Bản Hốc Lằm,19.93262,105.0571\n",
        "\
         {\"type\":\"FeatureCollection\",\"features\":[{\"type\":\"Feature\",\"properties\":{\"Thôn\":\"{x*1048600}\"},\"geometry\":{\"type\":\"Polygon\",\"coordinates\":[[[105.05,19.81],[105.07,19.81],[105.07,19.83],[105.05,19.83],[105.05,19.81]]]}}]}\n",
    ],
    good: &[
        "Huyện,Xã,Thôn,Vĩ độ,Kinh độ\nQuế Phong,Thông Thụ,{x*1000},19.8197,105.05959\n",
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
