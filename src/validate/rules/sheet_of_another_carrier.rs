//! `sheet_of_another_carrier`: A sheet is called after another carrier than the list's.

use super::{RuleDoc, Text};
use crate::finding::{Level, Rule};

/// The rule.
pub(super) const RULE: RuleDoc = RuleDoc {
    rule: Rule::SheetOfAnotherCarrier,
    code: "sheet_of_another_carrier",
    level: Level::Warning,
    since: "0.1.0",
    what: Text {
        en: "A sheet of the list is called after another carrier than the one that the list is of. Its rows count for the carrier \
             of that name, unless a column of the sheet names carriers.",
        vi: "Một trang tính trong danh sách mang tên doanh nghiệp khác với doanh nghiệp của danh sách. Các dòng của trang được \
             tính cho doanh nghiệp có tên đó, trừ khi trang có cột ghi doanh nghiệp.",
    },
    why: Text {
        en: "A workbook with a sheet a carrier, counted for one of them alone, would darken villages that it covers.",
        vi: "Sổ tính mỗi doanh nghiệp một trang mà tính hết cho một doanh nghiệp thì nhiều thôn, bản bị coi là thiếu sóng oan.",
    },
    example: Text {
        en: "sheets “Viettel”, “VinaPhone” and “MobiFone” in a list of Viettel’s",
        vi: "các trang “Viettel”, “VinaPhone”, “MobiFone” trong danh sách của Viettel",
    },
    mend: Text {
        en: "See whether the sheet is that carrier’s word; otherwise give the sheet another name.",
        vi: "Kiểm tra trang đó có đúng là số liệu của doanh nghiệp ấy không; nếu không thì đổi tên trang tính.",
    },
    check: None,
    bad: &[
        "\
         == book\n\
         Huyện | Xã | Thôn | Vĩ độ | Kinh độ\n\
         Quế Phong | Thông Thụ | Bản Đồng Tắm | 19.8197 | 105.05959\n\
         # MobiFone\n\
         Huyện | Xã | Thôn | Vĩ độ | Kinh độ\n\
         Quế Phong | Thông Thụ | Bản Noọng Độc | 19.84927 | 105.05261\n",
        "\
         == book\n\
         Huyện | Xã | Thôn | Vĩ độ | Kinh độ\n\
         Quế Phong | Thông Thụ | Bản Đồng Tắm | 19.8197 | 105.05959\n\
         # VIETTEL\n\
         Huyện | Xã | Thôn | Vĩ độ | Kinh độ\n\
         Quế Phong | Thông Thụ | Bản Noọng Độc | 19.84927 | 105.05261\n",
        "\
         == book\n\
         Huyện | Xã | Thôn | Vĩ độ | Kinh độ\n\
         Quế Phong | Thông Thụ | Bản Đồng Tắm | 19.8197 | 105.05959\n\
         # mobifone\n\
         Huyện | Xã | Thôn | Vĩ độ | Kinh độ\n\
         Quế Phong | Thông Thụ | Bản Noọng Độc | 19.84927 | 105.05261\n\
         # VIETTEL\n\
         Huyện | Xã | Thôn | Vĩ độ | Kinh độ\n\
         Quế Phong | Thông Thụ | Bản Đồng Tắm | 19.8197 | 105.05959\n",
    ],
    good: &[
        "\
         == book\n\
         Huyện | Xã | Thôn | Vĩ độ | Kinh độ\n\
         Quế Phong | Thông Thụ | Bản Đồng Tắm | 19.8197 | 105.05959\n\
         # Hai\n\
         Huyện | Xã | Thôn | Vĩ độ | Kinh độ\n\
         Quế Phong | Thông Thụ | Bản Noọng Độc | 19.84927 | 105.05261\n",
        "\
         == book\n\
         Huyện | Xã | Thôn | Vĩ độ | Kinh độ\n\
         Quế Phong | Thông Thụ | Bản Đồng Tắm | 19.8197 | 105.05959\n\
         # VinaPhone\n\
         Huyện | Xã | Thôn | Vĩ độ | Kinh độ\n\
         Quế Phong | Thông Thụ | Bản Noọng Độc | 19.84927 | 105.05261\n",
        "\
         == book\n\
         Huyện | Xã | Thôn | Vĩ độ | Kinh độ\n\
         Quế Phong | Thông Thụ | Bản Đồng Tắm | 19.8197 | 105.05959\n\
         # Kỳ Sơn\n\
         Huyện | Xã | Thôn | Vĩ độ | Kinh độ\n\
         Quế Phong | Thông Thụ | Bản Noọng Độc | 19.84927 | 105.05261\n",
    ],
};
