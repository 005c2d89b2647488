//! `formula_without_value`: A cell holds a formula whose result was not saved, or an error such as #REF!.

use super::{RuleDoc, Text};
use crate::finding::{Level, Rule};

/// The rule.
pub(super) const RULE: RuleDoc = RuleDoc {
    rule: Rule::FormulaWithoutValue,
    code: "formula_without_value",
    level: Level::Error,
    since: "0.1.0",
    what: Text {
        en: "A cell holds a formula whose result was not saved, or an error such as #REF!.",
        vi: "Ô chứa công thức không lưu kết quả, hoặc lỗi như #REF!.",
    },
    why: Text {
        en: "What the formula would yield is not in the file; the value counts as not known.",
        vi: "Kết quả của công thức không có trong tệp; giá trị coi như chưa biết.",
    },
    example: Text {
        en: "=VLOOKUP(…) written by a program that does not calculate",
        vi: "=VLOOKUP(…) do chương trình không tính toán ghi ra",
    },
    mend: Text {
        en: "Open the workbook in a spreadsheet program, recalculate, save; or paste the values.",
        vi: "Mở bằng chương trình bảng tính, tính lại rồi lưu; hoặc dán giá trị.",
    },
    check: None,
    bad: &[
        "\
         == book\n\
         Huyện | Xã | Thôn | Vĩ độ | Kinh độ | Số hộ\n\
         Quế Phong | Thông Thụ | Bản Đồng Tắm | 19.8197 | 105.05959 | =A1*2\n",
        "\
         == book\n\
         Huyện | Xã | Thôn | Vĩ độ | Kinh độ | Số hộ\n\
         Quế Phong | Thông Thụ | Bản Đồng Tắm | 19.8197 | 105.05959 | #REF!\n",
        "\
         == book\n\
         Huyện | Xã | Thôn | Vĩ độ | Kinh độ | Số hộ\n\
         Quế Phong | Thông Thụ | =VLOOKUP(1,A:B,2) | 19.8197 | 105.05959 | 12\n",
    ],
    good: &[
        "\
         == book\n\
         Huyện | Xã | Thôn | Vĩ độ | Kinh độ | Số hộ\n\
         Quế Phong | Thông Thụ | Bản Đồng Tắm | 19.8197 | 105.05959 | 12\n",
        "\
         == book\n\
         Huyện | Xã | Thôn | Vĩ độ | Kinh độ | Số hộ\n\
         Quế Phong | Thông Thụ | Bản Đồng Tắm | 19.8197 | 105.05959 | =1+1 := 2\n",
        "Huyện,Xã,Thôn,Vĩ độ,Kinh độ\nQuế Phong,Thông Thụ,Bản Đồng Tắm,19.8197,105.05959\n",
    ],
};
