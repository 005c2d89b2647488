//! `header_not_found`: No row of the sheet looks like a header.

use super::{RuleDoc, Text};
use crate::finding::{Level, Rule};

/// The rule.
pub(super) const RULE: RuleDoc = RuleDoc {
    rule: Rule::HeaderNotFound,
    code: "header_not_found",
    level: Level::Error,
    since: "0.1.0",
    what: Text {
        en: "No row of the sheet looks like a header.",
        vi: "Không dòng nào trong trang tính giống dòng tiêu đề cột.",
    },
    why: Text {
        en: "Without titles nobody can say which column is what.",
        vi: "Không có tiêu đề thì không biết cột nào là gì.",
    },
    example: Text {
        en: "a sheet that starts with the data",
        vi: "trang tính bắt đầu ngay bằng dữ liệu",
    },
    mend: Text {
        en: "Add a header row, or name the titles that the list uses under [headers] in study.toml.",
        vi: "Thêm dòng tiêu đề, hoặc khai báo tiêu đề của danh sách ở mục [headers] trong study.toml.",
    },
    check: None,
    bad: &[
        "một,hai,ba\nbốn,năm,sáu\n",
        "1,2,3\n4,5,6\n",
        "19.8197,105.05959\n19.84927,105.05261\n",
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
        "\
         DANH SÁCH KHU VỰC LÕM SÓNG,,,,\n\
         Huyện,Xã,Thôn,Vĩ độ,Kinh độ\n\
         Quế Phong,Thông Thụ,Bản Đồng Tắm,19.8197,105.05959\n",
    ],
};
