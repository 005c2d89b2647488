//! `old_commune_mapped`: The name is that of a commune before 1 July 2025 and was mapped to today’s.

use super::{RuleDoc, Text};
use crate::finding::{Level, Rule};

/// The rule.
pub(super) const RULE: RuleDoc = RuleDoc {
    rule: Rule::OldCommuneMapped,
    code: "old_commune_mapped",
    level: Level::Info,
    since: "0.1.0",
    what: Text {
        en: "The name is that of a commune before 1 July 2025 and was mapped to today’s.",
        vi: "Tên là của xã trước ngày 01/7/2025 và đã được đổi sang xã hiện nay.",
    },
    why: Text {
        en: "Reports go by today’s communes.",
        vi: "Báo cáo tính theo xã hiện nay.",
    },
    example: Text {
        en: "“Xã Lưu Kiền” → Xã Tương Dương",
        vi: "“Xã Lưu Kiền” → Xã Tương Dương",
    },
    mend: Text {
        en: "Nothing.",
        vi: "Không cần làm gì.",
    },
    check: None,
    bad: &[
        "Huyện,Xã,Thôn,Vĩ độ,Kinh độ\nTương Dương,Tam Hợp,Bản Phà Pục,19.18222,104.39435\n",
        "Huyện,Xã,Thôn\nTương Dương,Yên Thắng,Bản Tạ Thăm\n",
        "\
         Huyện,Xã,Thôn,Vĩ độ,Kinh độ\n\
         Tương Dương,Tam Hợp,Bản Phà Pục,19.18222,104.39435\n\
         Quế Phong,Thông Thụ,Bản Đồng Tắm,19.8197,105.05959\n",
    ],
    good: &[
        "Xã (mới),Thôn\nThông Thụ,Bản Đồng Tắm\n",
        "Xã (mới),Thôn\nYên Hòa,Bản Tạ Thăm\n",
        "Xã (mới),Thôn\nTam Thái,Bản Đồng Lũy\n",
    ],
};
