//! `village_not_in_register`: The commune has no village of exactly this name; the nearest names, or the one
//! that position and numbers point to, are named.

use super::{RuleDoc, Text};
use crate::finding::{Level, Rule};

/// The rule.
pub(super) const RULE: RuleDoc = RuleDoc {
    rule: Rule::VillageNotInRegister,
    code: "village_not_in_register",
    level: Level::Warning,
    since: "0.1.0",
    what: Text {
        en: "The commune has no village of exactly this name; the nearest names, or the one that \
             position and numbers point to, are named.",
        vi: "Xã không có thôn, bản đúng tên này; nêu các tên gần nhất, hoặc thôn, bản mà toạ độ và số \
             liệu chỉ tới.",
    },
    why: Text {
        en: "A misspelt village is a village that nobody serves.",
        vi: "Thôn, bản ghi sai tên là thôn, bản không ai phục vụ.",
    },
    example: Text {
        en: "“Bản Đồng Tắn” for Bản Đồng Tắm",
        vi: "“Bản Đồng Tắn” thay cho Bản Đồng Tắm",
    },
    mend: Text {
        en: "Correct the name or add the village to the register.",
        vi: "Sửa tên hoặc bổ sung vào danh mục thôn, bản.",
    },
    check: None,
    bad: &[
        "Huyện,Xã,Thôn,Vĩ độ,Kinh độ\nQuế Phong,Thông Thụ,Bản Lạ Hoắc,19.8197,105.05959\n",
        "Huyện,Xã,Thôn,Vĩ độ,Kinh độ\nQuế Phong,Thông Thụ,Bản Đồng Tắn,19.8197,105.05959\n",
        "\
         Huyện,Xã,Thôn,Vĩ độ,Kinh độ\n\
         Quế Phong,Thông Thụ,Bản Đồng Tắm,19.8197,105.05959\n\
         Tương Dương,Tam Hợp,Bản Chưa Có,,\n",
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
        "Huyện,Xã,Thôn,Vĩ độ,Kinh độ\nQuế Phong,Thông Thụ,Thôn Đồng Tắm,19.8197,105.05959\n",
        "\
         Mã xã,Xã,Thôn,Vĩ độ,Kinh độ\n\
         02701,Y Tý,Bản Sín Chải,,\n\
         == province 15\n\
         == villages\n\
         village_id,name,commune_code,commune,old_commune,old_district,lat,lon\n\
         L1,Bản Sín Chải,2701,Xã Y Tý,Xã Y Tý,Huyện Bát Xát,22.65160,103.60100\n",
        "Mã xã,Thôn\n16744,Bản Đồng Tắm\n",
    ],
};
