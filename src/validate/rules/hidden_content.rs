//! `hidden_content`: A hidden sheet, row or column holds data. Hidden sheets and columns are not read, hidden
//! rows are.

use super::{RuleDoc, Text};
use crate::finding::{Level, Rule};

/// The rule.
pub(super) const RULE: RuleDoc = RuleDoc {
    rule: Rule::HiddenContent,
    code: "hidden_content",
    level: Level::Warning,
    since: "0.1.0",
    what: Text {
        en: "A hidden sheet, row or column holds data. Hidden sheets and columns are not read, hidden \
             rows are.",
        vi: "Trang tính, dòng hoặc cột bị ẩn có dữ liệu. Trang và cột ẩn không được đọc, dòng ẩn thì có.",
    },
    why: Text {
        en: "What nobody sees nobody has checked; it may be an old version.",
        vi: "Điều không ai thấy thì không ai kiểm tra; có thể là bản cũ.",
    },
    example: Text {
        en: "last year’s list on a hidden sheet",
        vi: "danh sách năm trước nằm ở trang ẩn",
    },
    mend: Text {
        en: "Unhide it and keep it, or delete it.",
        vi: "Bỏ ẩn và giữ lại, hoặc xoá đi.",
    },
    check: None,
    bad: &[
        "\
         == book\n\
         Huyện | Xã | Thôn | Vĩ độ | Kinh độ | Số hộ\n\
         Quế Phong | Thông Thụ | Bản Đồng Tắm | 19.8197 | 105.05959 | 12\n\
         ~Quế Phong | Thông Thụ | Bản Noọng Độc | 19.84927 | 105.05261 | 15\n",
        "\
         == book\n\
         Huyện | Xã | Thôn | Vĩ độ | Kinh độ | Số hộ\n\
         Quế Phong | Thông Thụ | Bản Đồng Tắm | 19.8197 | 105.05959 | 12\n\
         # Cũ (hidden)\n\
         Huyện | Xã | Thôn | Vĩ độ | Kinh độ | Số hộ\n\
         Quế Phong | Thông Thụ | Bản Noọng Độc | 19.84927 | 105.05261 | 9\n",
        "\
         == book\n\
         ~Huyện | Xã | Thôn | Vĩ độ | Kinh độ | Số hộ\n\
         Quế Phong | Thông Thụ | Bản Đồng Tắm | 19.8197 | 105.05959 | 12\n\
         ~Quế Phong | Thông Thụ | Bản Noọng Độc | 19.84927 | 105.05261 | 15\n",
    ],
    good: &[
        "\
         == book\n\
         Huyện | Xã | Thôn | Vĩ độ | Kinh độ | Số hộ\n\
         Quế Phong | Thông Thụ | Bản Đồng Tắm | 19.8197 | 105.05959 | 12\n",
        "\
         == book\n\
         Huyện | Xã | Thôn | Vĩ độ | Kinh độ | Số hộ\n\
         Quế Phong | Thông Thụ | Bản Đồng Tắm | 19.8197 | 105.05959 | 12\n\
         Quế Phong | Thông Thụ | Bản Noọng Độc | 19.84927 | 105.05261 | 15\n",
        "\
         == book\n\
         Huyện | Xã | Thôn | Vĩ độ | Kinh độ | Số hộ\n\
         Quế Phong | Thông Thụ | Bản Đồng Tắm | 19.8197 | 105.05959 | 12\n\
         # Hai\n\
         Huyện | Xã | Thôn | Vĩ độ | Kinh độ | Số hộ\n\
         Quế Phong | Thông Thụ | Bản Noọng Độc | 19.84927 | 105.05261 | 9\n",
    ],
};
