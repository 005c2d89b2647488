//! `commune_false_friend`: Before and after the merger of 2025 this name means different places. Where the
//! district is given it tells which.

use super::{RuleDoc, Text};
use crate::finding::{Level, Rule};

/// The rule.
pub(super) const RULE: RuleDoc = RuleDoc {
    rule: Rule::CommuneFalseFriend,
    code: "commune_false_friend",
    level: Level::Warning,
    since: "0.1.0",
    what: Text {
        en: "Before and after the merger of 2025 this name means different places. Where the district is \
             given it tells which.",
        vi: "Trước và sau sáp nhập năm 2025 tên này chỉ hai nơi khác nhau. Nếu có ghi huyện thì theo \
             huyện.",
    },
    why: Text {
        en: "Old Tam Hợp of Tương Dương is part of today’s Tam Thái; today’s Tam Hợp lies in what was \
             Quỳ Hợp.",
        vi: "Tam Hợp cũ của Tương Dương nay thuộc Tam Thái; Tam Hợp hiện nay nằm ở Quỳ Hợp cũ.",
    },
    example: Text {
        en: "“Xã Tam Hợp” without a district",
        vi: "“Xã Tam Hợp” không ghi huyện",
    },
    mend: Text {
        en: "Add the old district, or say in the header whether names are old or new (“Xã (mới)”).",
        vi: "Ghi thêm huyện cũ, hoặc nêu trong tiêu đề tên cũ hay mới (“Xã (mới)”).",
    },
    check: None,
    bad: &[
        "Xã,Thôn,Vĩ độ,Kinh độ\nTam Hợp,Bản Phà Pục,19.18222,104.39435\n",
        "Xã,Thôn\nXã Tam Hợp,Bản Lạ\n",
        "Xã,Thôn\nThông Thụ,Bản Đồng Tắm\nTAM HỢP,Bản Phà Pục\n",
        "Huyện,Xã,Thôn,Vĩ độ,Kinh độ\nTương Dương,Tam Hợp,Bản Phà Pục,19.18222,104.39435\n",
    ],
    good: &[
        "Huyện,Xã,Thôn,Vĩ độ,Kinh độ\nQuế Phong,Thông Thụ,Bản Đồng Tắm,19.8197,105.05959\n",
        "\
         Huyện,Xã,Thôn,Vĩ độ,Kinh độ\n\
         Quế Phong,Thông Thụ,Bản Đồng Tắm,19.8197,105.05959\n\
         Quế Phong,Thông Thụ,Bản Noọng Độc,19.84927,105.05261\n",
        "Huyện,Xã,Thôn,Vĩ độ,Kinh độ\nTương Dương,Tam Thái,Bản Đồng Lũy,19.14186,104.48996\n",
    ],
};
