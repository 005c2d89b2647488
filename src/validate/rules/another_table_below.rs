//! `another_table_below`: Below the table another begins, with other columns.

use super::{RuleDoc, Text};
use crate::finding::{Level, Rule};

/// The rule.
pub(super) const RULE: RuleDoc = RuleDoc {
    rule: Rule::AnotherTableBelow,
    code: "another_table_below",
    level: Level::Error,
    since: "0.1.0",
    what: Text {
        en: "Below the table another begins on the same sheet, whose columns mean something else. It is not read, nor is \
             anything below it.",
        vi: "Dưới bảng, trong cùng trang tính, có một bảng khác mà các cột mang nghĩa khác. Bảng đó và mọi dòng bên dưới \
             không được đọc.",
    },
    why: Text {
        en: "Read by the columns of the first table it would give areas with the wrong names and positions.",
        vi: "Nếu đọc theo các cột của bảng thứ nhất thì tên và toạ độ của các khu vực sẽ sai.",
    },
    example: Text {
        en: "“STT | Tên trạm | Vĩ độ | Kinh độ” under a list “STT | Xã | Thôn | Vĩ độ | Kinh độ”",
        vi: "“STT | Tên trạm | Vĩ độ | Kinh độ” nằm dưới danh sách “STT | Xã | Thôn | Vĩ độ | Kinh độ”",
    },
    mend: Text {
        en: "Put the other table on a sheet of its own (it is read then, if it is a list of dead zones), or bring it into the \
             columns of the first.",
        vi: "Chuyển bảng kia sang trang tính riêng (khi đó sẽ được đọc nếu là danh sách vùng lõm), hoặc đưa về các cột của bảng \
             thứ nhất.",
    },
    check: None,
    bad: &[
        "\
         STT,Huyện,Xã,Thôn,Vĩ độ,Kinh độ\n\
         1,Quế Phong,Thông Thụ,Bản Đồng Tắm,19.8197,105.05959\n\
         STT,Xã,Thôn,Vĩ độ,Kinh độ,Ghi chú\n\
         1,Thông Thụ,Bản Noọng Độc,19.84927,105.05261,\n",
        "\
         STT,Huyện,Xã,Thôn,Vĩ độ,Kinh độ\n\
         1,Quế Phong,Thông Thụ,Bản Đồng Tắm,19.8197,105.05959\n\
         ,,,,,\n\
         DANH SÁCH TRẠM DỰ KIẾN,,,,,\n\
         TT,Tên trạm,Vĩ độ,Kinh độ,Chiều cao,Năm\n\
         1,NA0001,19.84927,105.05261,42,2026\n",
        "\
         STT,Huyện,Xã,Thôn,Vĩ độ,Kinh độ\n\
         1,Quế Phong,Thông Thụ,Bản Đồng Tắm,19.8197,105.05959\n\
         Tổng cộng: 1,,,,,\n\
         STT,Nội dung,Đơn vị,Khối lượng,,\n\
         1,Cột thu phát sóng,cột,3,,\n",
        // The second has more titles than the first.
        "\
         STT,Xã,Thôn,Vĩ độ,Kinh độ,Số hộ,,\n\
         1,Thông Thụ,Bản Đồng Tắm,19.8197,105.05959,40,,\n\
         ,,,,,,,\n\
         Bảng 2,,,,,,,\n\
         TT,Thôn,Xã,Số khẩu,Số hộ,Vĩ độ,Kinh độ,Mức độ\n\
         1,Bản Noọng Độc,Thông Thụ,120,30,19.84927,105.05261,trắng\n",
    ],
    good: &[
        "\
         STT,Huyện,Xã,Thôn,Vĩ độ,Kinh độ\n\
         1,Quế Phong,Thông Thụ,Bản Đồng Tắm,19.8197,105.05959\n\
         STT,Huyện,Xã,Thôn,Vĩ độ,Kinh độ\n\
         2,Quế Phong,Thông Thụ,Bản Noọng Độc,19.84927,105.05261\n",
        "\
         STT,Huyện,Xã,Thôn,Vĩ độ,Kinh độ\n\
         1,Quế Phong,Thông Thụ,Bản Đồng Tắm,19.8197,105.05959\n\
         TT,Tên huyện,Tên xã,Tên thôn bản,Vĩ độ (N),Kinh độ (E)\n\
         2,Quế Phong,Thông Thụ,Bản Noọng Độc,19.84927,105.05261\n",
        "\
         STT,Huyện,Xã,Thôn,Vĩ độ,Kinh độ,Ghi chú\n\
         1,Quế Phong,Thông Thụ,Bản Đồng Tắm,19.8197,105.05959,STT cũ: 7\n",
    ],
};
