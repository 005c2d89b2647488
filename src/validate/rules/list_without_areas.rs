//! `list_without_areas`: The list has a header row and nothing below it.

use super::{RuleDoc, Text};
use crate::finding::{Level, Rule};

/// The rule.
pub(super) const RULE: RuleDoc = RuleDoc {
    rule: Rule::ListWithoutAreas,
    code: "list_without_areas",
    level: Level::Error,
    since: "0.1.0",
    what: Text {
        en: "The list has a header row and no areas below it, and the carrier did not declare that it has none.",
        vi: "Danh sách chỉ có dòng tiêu đề, không có khu vực nào, và doanh nghiệp không báo cáo là không có.",
    },
    why: Text {
        en: "A blank form handed in by mistake would make every village look as if this carrier served it. The list \
             counts as not handed in.",
        vi: "Nộp nhầm biểu trống thì thôn, bản nào cũng như đã có sóng của doanh nghiệp này. Danh sách được coi như \
             chưa nộp.",
    },
    example: Text {
        en: "the form of `phusong template`, not filled in",
        vi: "biểu của `phusong template` chưa điền dòng nào",
    },
    mend: Text {
        en: "Ask the carrier for the list. If it has no dead zones in the province, say declared = 0 with the list in \
             study.toml.",
        vi: "Yêu cầu doanh nghiệp nộp danh sách. Nếu doanh nghiệp không có vùng lõm nào trong tỉnh, ghi declared = 0 \
             cho danh sách đó trong study.toml.",
    },
    check: None,
    bad: &[
        "Huyện,Xã,Thôn,Vĩ độ,Kinh độ\n",
        "DANH SÁCH VÙNG LÕM SÓNG\n\nSTT,Huyện,Xã,Thôn,Vĩ độ,Kinh độ,Mức độ\n",
        "Huyện,Xã,Thôn,Vĩ độ,Kinh độ\nTổng cộng,,,,\n",
    ],
    good: &[
        "Huyện,Xã,Thôn,Vĩ độ,Kinh độ\n== declared 0\n",
        "Huyện,Xã,Thôn,Vĩ độ,Kinh độ\nQuế Phong,Thông Thụ,Bản Đồng Tắm,19.8197,105.05959\n",
        "Huyện,Xã,Thôn,Vĩ độ,Kinh độ\nQuế Phong,Thông Thụ,Bản Đồng Tắm,,\n",
    ],
};
