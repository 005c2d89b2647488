//! `carrier_in_several_lists`: Several of the lists are of one carrier.

use super::{RuleDoc, Text};
use crate::finding::{Level, Rule};

/// The rule.
pub(super) const RULE: RuleDoc = RuleDoc {
    rule: Rule::CarrierInSeveralLists,
    code: "carrier_in_several_lists",
    level: Level::Warning,
    since: "0.1.0",
    what: Text {
        en: "Several of the lists are of one carrier. They are taken together: a village that any of them reports \
             counts as reported. Each list is still compared with its own declared total.",
        vi: "Nhiều danh sách cùng thuộc một doanh nghiệp và được gộp lại: thôn, bản nào có trong một danh sách thì \
             tính là được báo. Số đã báo cáo vẫn được đối chiếu riêng từng danh sách.",
    },
    why: Text {
        en: "Lists by district belong together; an old and a new version of one list do not, and what the new one \
             no longer reports would stay reported.",
        vi: "Danh sách chia theo huyện thì gộp được; bản cũ và bản mới của cùng danh sách thì không, vì nơi bản mới \
             đã thôi báo vẫn bị tính là được báo.",
    },
    example: Text {
        en: "viettel.xlsx and viettel-v2.xlsx, both of Viettel",
        vi: "viettel.xlsx và viettel-v2.xlsx, đều của Viettel",
    },
    mend: Text {
        en: "Keep the newest version only. If the lists belong together, switch the rule off: \
             [validate.levels] carrier_in_several_lists = \"off\".",
        vi: "Chỉ giữ bản mới nhất. Nếu các danh sách bổ sung cho nhau thì tắt quy tắc: \
             [validate.levels] carrier_in_several_lists = \"off\".",
    },
    check: None,
    bad: &[
        "\
         Huyện,Xã,Thôn,Vĩ độ,Kinh độ\n\
         Quế Phong,Thông Thụ,Bản Đồng Tắm,19.8197,105.05959\n\
         == vinaphone\n\
         Huyện,Xã,Thôn,Vĩ độ,Kinh độ\n\
         Quế Phong,Thông Thụ,Bản Noọng Độc,19.84927,105.05261\n",
        "\
         Huyện,Xã,Thôn,Vĩ độ,Kinh độ\n\
         Quế Phong,Thông Thụ,Bản Đồng Tắm,19.8197,105.05959\n\
         == VNPT\n\
         Huyện,Xã,Thôn,Vĩ độ,Kinh độ\n\
         Quế Phong,Thông Thụ,Bản Đồng Tắm,19.8197,105.05959\n",
        "\
         Huyện,Xã,Thôn,Vĩ độ,Kinh độ\n\
         Quế Phong,Thông Thụ,Bản Đồng Tắm,19.8197,105.05959\n\
         == viettel\n\
         Huyện,Xã,Thôn,Vĩ độ,Kinh độ\n\
         Quế Phong,Thông Thụ,Bản Đồng Tắm,19.8197,105.05959\n\
         == Vinaphone\n\
         Huyện,Xã,Thôn,Vĩ độ,Kinh độ\n\
         Quế Phong,Thông Thụ,Bản Hốc Lằm,19.93262,105.0571\n",
    ],
    good: &[
        "\
         Huyện,Xã,Thôn,Vĩ độ,Kinh độ\n\
         Quế Phong,Thông Thụ,Bản Đồng Tắm,19.8197,105.05959\n",
        "\
         Huyện,Xã,Thôn,Vĩ độ,Kinh độ\n\
         Quế Phong,Thông Thụ,Bản Đồng Tắm,19.8197,105.05959\n\
         == viettel\n\
         Huyện,Xã,Thôn,Vĩ độ,Kinh độ\n\
         Quế Phong,Thông Thụ,Bản Đồng Tắm,19.8197,105.05959\n",
        "\
         Huyện,Xã,Thôn,Vĩ độ,Kinh độ\n\
         Quế Phong,Thông Thụ,Bản Đồng Tắm,19.8197,105.05959\n\
         == viettel\n\
         Huyện,Xã,Thôn,Vĩ độ,Kinh độ\n\
         Quế Phong,Thông Thụ,Bản Noọng Độc,19.84927,105.05261\n\
         == mobifone\n\
         Huyện,Xã,Thôn,Vĩ độ,Kinh độ\n\
         Quế Phong,Thông Thụ,Bản Hốc Lằm,19.93262,105.0571\n",
    ],
};
