//! `duplicate_id`: The same id stands twice in a register; the later row was left out.

use super::{RuleDoc, Text};
use crate::finding::{Level, Rule};

/// The rule.
pub(super) const RULE: RuleDoc = RuleDoc {
    rule: Rule::DuplicateId,
    code: "duplicate_id",
    level: Level::Error,
    since: "0.1.0",
    what: Text {
        en: "The same id stands twice in a register; the later row was left out.",
        vi: "Một mã ghi hai lần trong danh mục; dòng sau bị bỏ qua.",
    },
    why: Text {
        en: "Whatever refers to the id could mean either.",
        vi: "Nơi nào dùng mã đó cũng không biết chỉ dòng nào.",
    },
    example: Text {
        en: "two villages V40-0175",
        vi: "hai thôn, bản V40-0175",
    },
    mend: Text {
        en: "Give each row an id of its own.",
        vi: "Cấp cho mỗi dòng một mã riêng.",
    },
    check: None,
    bad: &[
        "\
         Huyện,Xã,Thôn,Vĩ độ,Kinh độ\n\
         Quế Phong,Thông Thụ,Bản Đồng Tắm,19.8197,105.05959\n\
         == villages\n\
         village_id,name,commune_code,commune,old_commune,old_district,lat,lon\n\
         V1,Bản Đồng Tắm,16744,Xã Thông Thụ,Xã Thông Thụ,Huyện Quế Phong,19.8197,105.05959\n\
         V1,Bản Noọng Độc,16744,Xã Thông Thụ,Xã Thông Thụ,Huyện Quế Phong,19.84927,105.05261\n",
        "\
         Huyện,Xã,Thôn,Vĩ độ,Kinh độ\n\
         Quế Phong,Thông Thụ,Bản Đồng Tắm,19.8197,105.05959\n\
         == stations\n\
         site_id,carrier,lat,lon\n\
         S1,VinaPhone,19.5,105.0\n\
         S1,VinaPhone,19.6,105.0\n",
        "\
         Huyện,Xã,Thôn,Vĩ độ,Kinh độ\n\
         Quế Phong,Thông Thụ,Bản Đồng Tắm,19.8197,105.05959\n\
         == programme\n\
         plan_id,carrier,lat,lon,year,status\n\
         P1,VinaPhone,19.821,105.06,2024,Đã phát sóng\n\
         P1,VinaPhone,19.9,105.06,2024,Đã phát sóng\n",
    ],
    good: &[
        "\
         Huyện,Xã,Thôn,Vĩ độ,Kinh độ\n\
         Quế Phong,Thông Thụ,Bản Đồng Tắm,19.8197,105.05959\n\
         == villages\n\
         village_id,name,commune_code,commune,old_commune,old_district,lat,lon\n\
         V1,Bản Đồng Tắm,16744,Xã Thông Thụ,Xã Thông Thụ,Huyện Quế Phong,19.8197,105.05959\n\
         V2,Bản Noọng Độc,16744,Xã Thông Thụ,Xã Thông Thụ,Huyện Quế Phong,19.84927,105.05261\n",
        "\
         Huyện,Xã,Thôn,Vĩ độ,Kinh độ\n\
         Quế Phong,Thông Thụ,Bản Đồng Tắm,19.8197,105.05959\n\
         == stations\n\
         site_id,carrier,lat,lon\n\
         S1,VinaPhone,19.5,105.0\n\
         S2,VinaPhone,19.6,105.0\n",
        "\
         Huyện,Xã,Thôn,Vĩ độ,Kinh độ\n\
         Quế Phong,Thông Thụ,Bản Hốc Lằm,19.93262,105.0571\n\
         Tương Dương,Tam Hợp,Bản Phà Pục,19.18222,104.39435\n",
    ],
};
