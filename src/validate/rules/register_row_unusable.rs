//! `register_row_unusable`: A row of a register (villages, communes, stations, programme) lacks what it must
//! have and was left out.

use super::{RuleDoc, Text};
use crate::finding::{Level, Rule};

/// The rule.
pub(super) const RULE: RuleDoc = RuleDoc {
    rule: Rule::RegisterRowUnusable,
    code: "register_row_unusable",
    level: Level::Error,
    since: "0.1.0",
    what: Text {
        en: "A row of a register (villages, communes, stations, programme) lacks what it must have and \
             was left out.",
        vi: "Dòng trong danh mục (thôn, bản; xã; trạm; chương trình) thiếu phần bắt buộc và bị bỏ qua.",
    },
    why: Text {
        en: "What is missing from the register cannot be matched or served.",
        vi: "Thiếu trong danh mục thì không đối chiếu, không phục vụ được.",
    },
    example: Text {
        en: "a village without an id",
        vi: "thôn, bản không có mã",
    },
    mend: Text {
        en: "Complete the row.",
        vi: "Bổ sung dòng.",
    },
    check: None,
    bad: &[
        "\
         Huyện,Xã,Thôn,Vĩ độ,Kinh độ\n\
         Quế Phong,Thông Thụ,Bản Đồng Tắm,19.8197,105.05959\n\
         == villages\n\
         village_id,name,commune_code,commune,old_commune,old_district,lat,lon\n\
         V1,Bản Đồng Tắm,16744,Xã Thông Thụ,Xã Thông Thụ,Huyện Quế Phong,19.8197,105.05959\n\
         ,Bản Noọng Độc,16744,Xã Thông Thụ,Xã Thông Thụ,Huyện Quế Phong,19.84927,105.05261\n",
        "\
         Huyện,Xã,Thôn,Vĩ độ,Kinh độ\n\
         Quế Phong,Thông Thụ,Bản Đồng Tắm,19.8197,105.05959\n\
         == stations\n\
         site_id,carrier,lat,lon\n\
         S1,,19.5,105.0\n",
        "\
         Huyện,Xã,Thôn,Vĩ độ,Kinh độ\n\
         Quế Phong,Thông Thụ,Bản Đồng Tắm,19.8197,105.05959\n\
         == stations\n\
         site_id,carrier,lat,lon\n\
         S1,VinaPhone,,\n",
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
         S1,VinaPhone,19.5,105.0\n",
        "\
         Huyện,Xã,Thôn,Vĩ độ,Kinh độ\n\
         Quế Phong,Thông Thụ,Bản Đồng Tắm,19.8197,105.05959\n\
         Quế Phong,Thông Thụ,Bản Noọng Độc,19.84927,105.05261\n",
    ],
};
