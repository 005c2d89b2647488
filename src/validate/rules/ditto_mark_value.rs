//! `ditto_mark_value`: “nt”, “như trên” or a ditto mark stands for the value above, which was taken.

use super::{RuleDoc, Text};
use crate::finding::{Level, Rule};

/// The rule.
pub(super) const RULE: RuleDoc = RuleDoc {
    rule: Rule::DittoMarkValue,
    code: "ditto_mark_value",
    level: Level::Info,
    since: "0.1.0",
    what: Text {
        en: "“nt”, “như trên” or a ditto mark stands for the value above, which was taken.",
        vi: "“nt”, “như trên” hoặc dấu ″ thay cho giá trị phía trên; đã lấy giá trị đó.",
    },
    why: Text {
        en: "The row itself does not say it; a sorted sheet would mean something else.",
        vi: "Bản thân dòng không ghi; sắp xếp lại bảng thì nghĩa sẽ khác.",
    },
    example: Text {
        en: "“nt” in the column of communes",
        vi: "“nt” ở cột xã",
    },
    mend: Text {
        en: "Nothing; in a new list write the value.",
        vi: "Không cần làm gì; danh sách mới nên ghi giá trị.",
    },
    check: None,
    bad: &[
        "\
         Huyện,Xã,Thôn,Vĩ độ,Kinh độ\n\
         Quế Phong,Thông Thụ,Bản Đồng Tắm,19.8197,105.05959\n\
         nt,nt,Bản Hốc Lằm,19.93262,105.0571\n",
        "\
         Huyện,Xã,Thôn,Vĩ độ,Kinh độ\n\
         Quế Phong,Thông Thụ,Bản Đồng Tắm,19.8197,105.05959\n\
         Quế Phong,như trên,Bản Hốc Lằm,19.93262,105.0571\n",
        "\
         Huyện,Xã,Thôn,Vĩ độ,Kinh độ\n\
         Quế Phong,Thông Thụ,Bản Đồng Tắm,19.8197,105.05959\n\
         Quế Phong,″,Bản Noọng Độc,19.84927,105.05261\n",
        "\
         Huyện,Xã,Thôn,Vĩ độ,Kinh độ\n\
         Quế Phong,Thông Thụ,Bản Đồng Tắm,19.8197,105.05959\n\
         Quế Phong,như dòng trên,Bản Hốc Lằm,19.93262,105.0571\n",
        "\
         Huyện,Xã,Thôn,Vĩ độ,Kinh độ\n\
         Quế Phong,Thông Thụ,Bản Đồng Tắm,19.8197,105.05959\n\
         Quế Phong,idem,Bản Hốc Lằm,19.93262,105.0571\n",
        "\
         Huyện,Xã,Thôn,Vĩ độ,Kinh độ\n\
         Quế Phong,Thông Thụ,Bản Đồng Tắm,19.8197,105.05959\n\
         Quế Phong,Như xã trên,Bản Hốc Lằm,19.93262,105.0571\n",
        "\
         Huyện,Xã,Thôn,Vĩ độ,Kinh độ\n\
         Quế Phong,Thông Thụ,Bản Đồng Tắm,19.8197,105.05959\n\
         Quế Phong,tương tự,Bản Hốc Lằm,19.93262,105.0571\n",
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
        "Huyện,Xã,Thôn,Vĩ độ,Kinh độ\nQuế Phong,Thông Thụ,Bản Na,19.8197,105.05959\n",
        "\
         Huyện,Xã,Thôn,Vĩ độ,Kinh độ\n\
         Quế Phong,Thông Thụ,Bản Đồng Tắm,19.8197,105.05959\n\
         Quế Phong,Thông Thụ,Tương Tư,19.93262,105.0571\n",
    ],
};
