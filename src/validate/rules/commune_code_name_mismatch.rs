//! `commune_code_name_mismatch`: The commune’s code belongs to another commune than its name, in every era.

use super::{RuleDoc, Text};
use crate::finding::{Level, Rule};

/// The rule.
pub(super) const RULE: RuleDoc = RuleDoc {
    rule: Rule::CommuneCodeNameMismatch,
    code: "commune_code_name_mismatch",
    level: Level::Error,
    since: "0.1.0",
    what: Text {
        en: "The commune’s code belongs to another commune than its name, in every era.",
        vi: "Mã xã không phải của xã có tên đã ghi, trong mọi thời kỳ.",
    },
    why: Text {
        en: "One of the two is wrong, and nobody can say which.",
        vi: "Một trong hai sai, không biết cái nào.",
    },
    example: Text {
        en: "16744 (Thông Thụ) beside “Tam Thái”",
        vi: "16744 (Thông Thụ) bên cạnh “Tam Thái”",
    },
    mend: Text {
        en: "Correct the code or the name. Codes are reused between eras: say which list they follow.",
        vi: "Sửa mã hoặc tên. Mã được dùng lại giữa các thời kỳ: nêu rõ theo danh mục nào.",
    },
    check: None,
    bad: &[
        "Mã xã,Huyện,Xã,Thôn,Vĩ độ,Kinh độ\n16936,Quế Phong,Thông Thụ,Bản Đồng Tắm,19.8197,105.05959\n",
        "Mã xã,Huyện,Xã,Thôn,Vĩ độ,Kinh độ\n17059,Quế Phong,Thông Thụ,Bản Đồng Tắm,19.8197,105.05959\n",
        "\
         Mã xã,Huyện,Xã,Thôn,Vĩ độ,Kinh độ\n\
         16744,Quế Phong,Thông Thụ,Bản Đồng Tắm,19.8197,105.05959\n\
         16744,Tương Dương,Tam Hợp,Bản Phà Pục,19.18222,104.39435\n",
    ],
    good: &[
        "Mã xã,Huyện,Xã,Thôn,Vĩ độ,Kinh độ\n16744,Quế Phong,Thông Thụ,Bản Đồng Tắm,19.8197,105.05959\n",
        "\
         Mã xã,Huyện,Xã,Thôn,Vĩ độ,Kinh độ\n\
         16744,Quế Phong,Thông Thụ,Bản Đồng Tắm,19.8197,105.05959\n\
         16936,Tương Dương,Tam Hợp,Bản Phà Pục,19.18222,104.39435\n",
        "Mã xã,Huyện,Xã,Thôn,Vĩ độ,Kinh độ\n,Quế Phong,Thông Thụ,Bản Đồng Tắm,19.8197,105.05959\n",
        "\
         Mã xã,Xã,Thôn,Vĩ độ,Kinh độ\n\
         2701,Y Tý,Bản Sín Chải,22.6516,103.601\n\
         == province 15\n\
         == villages\n\
         village_id,name,commune_code,commune,old_commune,old_district,lat,lon\n\
         L1,Bản Sín Chải,02701,Xã Y Tý,Xã Y Tý,Huyện Bát Xát,22.65160,103.60100\n",
    ],
};
