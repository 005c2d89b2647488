//! `another_table_beside`: To the right of the table another begins, on the same rows.

use super::{RuleDoc, Text};
use crate::finding::{Level, Rule};

/// The rule.
pub(super) const RULE: RuleDoc = RuleDoc {
    rule: Rule::AnotherTableBeside,
    code: "another_table_beside",
    level: Level::Error,
    since: "0.1.0",
    what: Text {
        en: "To the right of the table another begins on the same sheet, with titles of its own. It is not read; the one on the \
             left is.",
        vi: "Bên phải bảng, trong cùng trang tính, có một bảng khác có tiêu đề riêng. Bảng đó không được đọc; bảng bên trái \
             vẫn được đọc.",
    },
    why: Text {
        en: "Its areas are missing from every number. Read together, one row would be two areas.",
        vi: "Các khu vực của bảng đó không có trong số liệu nào. Nếu đọc chung thì một dòng sẽ thành hai khu vực.",
    },
    example: Text {
        en: "“STT | Xã | Thôn | Số hộ | | STT | Xã | Thôn | Số hộ”",
        vi: "“STT | Xã | Thôn | Số hộ | | STT | Xã | Thôn | Số hộ”",
    },
    mend: Text {
        en: "Move its rows below those of the first table, into the same columns, or put it on a sheet of its own.",
        vi: "Chuyển các dòng của bảng đó xuống dưới bảng thứ nhất, vào đúng các cột tương ứng, hoặc đặt sang trang tính riêng.",
    },
    check: None,
    bad: &[
        "\
         STT,Huyện,Xã,Thôn,Số hộ,,STT,Huyện,Xã,Thôn,Số hộ\n\
         1,Quế Phong,Thông Thụ,Bản Đồng Tắm,40,,1,Tương Dương,Tam Hợp,Bản Phà Pục,60\n",
        "\
         STT,Xã,Thôn,Vĩ độ,Kinh độ,TT,Tên xã,Tên thôn,Số hộ\n\
         1,Thông Thụ,Bản Đồng Tắm,19.8197,105.05959,1,Tam Hợp,Bản Phà Pục,60\n",
        // Titles of its own, farther down.
        "\
         STT,Xã,Thôn,Vĩ độ,Kinh độ,,,,\n\
         1,Thông Thụ,Bản Đồng Tắm,19.8197,105.05959,,STT,Xã,Thôn\n\
         2,Thông Thụ,Bản Noọng Độc,19.84927,105.05261,,1,Tam Hợp,Bản Phà Pục\n",
        "\
         Xã,Thôn,Số hộ,,Xã,Thôn,Số hộ\n\
         Thông Thụ,Bản Đồng Tắm,40,,Tam Hợp,Bản Phà Pục,60\n",
        // Stations are no areas, but they might have been.
        "\
         STT,Xã,Thôn,Vĩ độ,Kinh độ,,STT,Tên trạm,Vĩ độ,Kinh độ\n\
         1,Thông Thụ,Bản Đồng Tắm,19.8197,105.05959,,1,NA0001,19.84927,105.05261\n",
    ],
    good: &[
        "\
         STT,Huyện,Xã,Thôn,Vĩ độ,Kinh độ,Ghi chú,Trạm gần nhất,Vĩ độ,Kinh độ,Ghi chú\n\
         1,Quế Phong,Thông Thụ,Bản Đồng Tắm,19.8197,105.05959,a,NA0001,19.82,105.06,b\n",
        "\
         STT,Xã cũ,Thôn cũ,Xã mới,Thôn mới,Số hộ\n\
         1,Thông Thụ,Bản Đồng Tắm,Thông Thụ,Bản Đồng Tắm,40\n",
        // A summary beside a list could hold no area.
        "\
         STT,Xã,Thôn,Vĩ độ,Kinh độ,,STT,Huyện,Số khu vực\n\
         1,Thông Thụ,Bản Đồng Tắm,19.8197,105.05959,,1,Quế Phong,12\n",
        "\
         STT,TT,Xã,Thôn,Vĩ độ,Kinh độ\n\
         1,1,Thông Thụ,Bản Đồng Tắm,19.8197,105.05959\n",
        "\
         No.,,District,,Commune,,Village,,Latitude,Longitude\n\
         1,,Quế Phong,,Thông Thụ,,Bản Đồng Tắm,,19.8197,105.05959\n",
    ],
};
