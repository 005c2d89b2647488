//! `carriers_in_columns`: Carriers are titles of columns.

use super::{RuleDoc, Text};
use crate::finding::{Level, Rule};

/// The rule.
pub(super) const RULE: RuleDoc = RuleDoc {
    rule: Rule::CarriersInColumns,
    code: "carriers_in_columns",
    level: Level::Error,
    since: "0.1.0",
    what: Text {
        en: "Several columns are titled with carriers. What stands below them is not read: every row counts for the carrier that \
             the list is of, and for no other.",
        vi: "Nhiều cột có tiêu đề là tên doanh nghiệp. Nội dung bên dưới không được đọc: mọi dòng được tính cho doanh nghiệp của \
             danh sách và không tính cho doanh nghiệp nào khác.",
    },
    why: Text {
        en: "A mark or a level below a carrier says whose signal is missing; without it villages count for the wrong carrier.",
        vi: "Dấu hoặc mức ghi dưới tên doanh nghiệp cho biết ai thiếu sóng; bỏ qua thì thôn, bản bị tính sai doanh nghiệp.",
    },
    example: Text {
        en: "“STT | Xã | Thôn | Viettel | VinaPhone | MobiFone” with an x below",
        vi: "“STT | Xã | Thôn | Viettel | VinaPhone | MobiFone”, bên dưới đánh dấu x",
    },
    mend: Text {
        en: "Give one row a village and carrier, with a column “Nhà mạng”, or one list a carrier.",
        vi: "Ghi mỗi thôn, bản của mỗi doanh nghiệp một dòng, có cột “Nhà mạng”; hoặc mỗi doanh nghiệp một danh sách.",
    },
    check: None,
    bad: &[
        "\
         STT,Huyện,Xã,Thôn,Viettel,VinaPhone,MobiFone\n\
         1,Quế Phong,Thông Thụ,Bản Đồng Tắm,x,,x\n",
        "\
         STT,Huyện,Xã,Thôn,Vĩ độ,Kinh độ,VNPT,Viettel\n\
         1,Quế Phong,Thông Thụ,Bản Đồng Tắm,19.8197,105.05959,trắng,lõm\n",
        "\
         Xã,Thôn,VIETTEL,MOBIFONE\n\
         Thông Thụ,Bản Đồng Tắm,x,x\n",
    ],
    good: &[
        "\
         STT,Huyện,Xã,Thôn,Nhà mạng\n\
         1,Quế Phong,Thông Thụ,Bản Đồng Tắm,Viettel\n",
        "\
         STT,Huyện,Xã,Thôn,Trạm Viettel gần nhất,Ghi chú\n\
         1,Quế Phong,Thông Thụ,Bản Đồng Tắm,NA0001,VinaPhone có sóng\n",
        "\
         STT,Huyện,Xã,Thôn,Viettel\n\
         1,Quế Phong,Thông Thụ,Bản Đồng Tắm,x\n",
    ],
};
