//! `province_mismatch`: Most villages of the study are not in the province whose code stands in study.

use super::{RuleDoc, Text};
use crate::finding::{Level, Rule};

/// The rule.
pub(super) const RULE: RuleDoc = RuleDoc {
    rule: Rule::ProvinceMismatch,
    code: "province_mismatch",
    level: Level::Error,
    since: "0.1.0",
    what: Text {
        en: "More than half of the villages whose commune has a code are in no commune that the province of study.toml ever had (or more than half of the communes are none of it), or no province has this code.",
        vi: "Quá nửa số thôn, bản có mã xã thuộc các xã mà tỉnh ghi trong study.toml chưa từng có (hoặc quá nửa số xã như vậy), hoặc không tỉnh nào có mã đó.",
    },
    why: Text {
        en: "Names are looked up in the wrong province, and VN-2000 coordinates get the wrong meridian: what is counted then is of nowhere.",
        vi: "Tên xã bị tra nhầm tỉnh, và toạ độ VN-2000 bị tính sai kinh tuyến trục: mọi con số khi đó đều vô nghĩa.",
    },
    example: Text {
        en: "province = \"40\" (Nghệ An) with the communes of Hà Giang",
        vi: "province = \"40\" (Nghệ An) nhưng các xã là của Hà Giang",
    },
    mend: Text {
        en: "Correct [study] province; for a made-up province switch the rule off.",
        vi: "Sửa [study] province; với tỉnh giả định thì tắt quy tắc này.",
    },
    check: None,
    bad: &[
        "\
         Huyện,Xã,Thôn,Vĩ độ,Kinh độ\n\
         Quế Phong,Thông Thụ,Bản Đồng Tắm,19.8197,105.05959\n\
         == villages\n\
         village_id,name,commune_code,commune,lat,lon\n\
         V1,Bản Đồng Tắm,00712,Xã Lũng Cú,23.3,105.3\n\
         V2,Bản Hai,00715,Xã Má Lé,23.3,105.3\n",
        "\
         Huyện,Xã,Thôn,Vĩ độ,Kinh độ\n\
         Quế Phong,Thông Thụ,Bản Đồng Tắm,19.8197,105.05959\n\
         == villages\n\
         village_id,name,commune_code,commune,lat,lon\n\
         V1,Bản Đồng Tắm,99001,Xã Một,19.8,105.1\n\
         V2,Bản Hai,99002,Xã Hai,19.8,105.1\n\
         V3,Bản Ba,16744,Xã Thông Thụ,19.8,105.1\n",
        "\
         Huyện,Xã,Thôn,Vĩ độ,Kinh độ\n\
         Quế Phong,Thông Thụ,Bản Đồng Tắm,19.8197,105.05959\n\
         == province 01\n",
    ],
    good: &[
        "\
         Huyện,Xã,Thôn,Vĩ độ,Kinh độ\n\
         Quế Phong,Thông Thụ,Bản Đồng Tắm,19.8197,105.05959\n",
        "\
         Huyện,Xã,Thôn,Vĩ độ,Kinh độ\n\
         Quế Phong,Thông Thụ,Bản Đồng Tắm,19.8197,105.05959\n\
         Quế Phong,Thông Thụ,Bản Noọng Độc,19.84927,105.05261\n",
        "\
         Huyện,Xã,Thôn,Vĩ độ,Kinh độ\n\
         Quế Phong,Thông Thụ,Bản Đồng Tắm,19.8197,105.05959\n\
         == villages\n\
         village_id,name,commune_code,commune,lat,lon\n\
         V1,Bản Đồng Tắm,16744,Xã Thông Thụ,19.8197,105.05959\n\
         V2,Bản Hai,99002,Xã Hai,19.82,105.06\n",
    ],
};
