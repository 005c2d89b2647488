//! `list_without_areas`: No area was read from the list.

use super::{RuleDoc, Text};
use crate::finding::{Level, Rule};

/// The rule.
pub(super) const RULE: RuleDoc = RuleDoc {
    rule: Rule::ListWithoutAreas,
    code: "list_without_areas",
    level: Level::Error,
    since: "0.1.0",
    what: Text {
        en: "No area was read from the list: it has nothing below its header row, or no row that is one. A declared \
             total of 0 explains a list that was read and is empty, not one whose header or columns were not understood.",
        vi: "Không đọc được khu vực nào trong danh sách: dưới dòng tiêu đề không có gì, hoặc không có dòng nào là tiêu \
             đề. Báo cáo tổng số 0 chỉ giải thích được danh sách đọc được mà trống, không giải thích được danh sách có \
             tiêu đề hoặc cột không hiểu được.",
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
        "một,hai,ba\nbốn,năm,sáu\n== declared 0\n",
    ],
    good: &[
        "Huyện,Xã,Thôn,Vĩ độ,Kinh độ\n== declared 0\n",
        "Huyện,Xã,Thôn,Vĩ độ,Kinh độ\nQuế Phong,Thông Thụ,Bản Đồng Tắm,19.8197,105.05959\n",
        "Huyện,Xã,Thôn,Vĩ độ,Kinh độ\nQuế Phong,Thông Thụ,Bản Đồng Tắm,,\n",
    ],
};
