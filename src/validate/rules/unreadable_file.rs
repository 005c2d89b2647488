//! `unreadable_file`: The file is corrupt, truncated, protected by a password, or of another kind than its
//! content claims.

use super::{RuleDoc, Text};
use crate::finding::{Level, Rule};

/// The rule.
pub(super) const RULE: RuleDoc = RuleDoc {
    rule: Rule::UnreadableFile,
    code: "unreadable_file",
    level: Level::Error,
    since: "0.1.0",
    what: Text {
        en: "The file is corrupt, truncated, protected by a password, or of another kind than its \
             content claims.",
        vi: "Tệp hỏng, bị cắt cụt, đặt mật khẩu, hoặc không đúng loại như nội dung của nó.",
    },
    why: Text {
        en: "Nothing of it can be used, and an empty result must not look like a list without dead zones.",
        vi: "Không dùng được gì trong tệp; kết quả trống không được phép trông như danh sách không có \
             khu vực lõm.",
    },
    example: Text {
        en: "a workbook cut off while it was sent",
        vi: "bảng tính bị đứt khi gửi",
    },
    mend: Text {
        en: "Open the file in the program that made it, remove the password, save it again and send it \
             again.",
        vi: "Mở tệp bằng chương trình đã tạo ra nó, bỏ mật khẩu, lưu lại rồi gửi lại.",
    },
    check: None,
    bad: &[
        "== hex list.xlsx\n504b0304140000\n",
        "{\"a\": 1}\n",
        "== hex list.xls\nd0cf11e0a1b11ae1000000\n",
        "== hex list.csv\n\n",
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
         {\"type\":\"FeatureCollection\",\"features\":[{\"type\":\"Feature\",\"properties\":{\"Thôn\":\"Bản Đồng Tắm\",\"Xã\":\"Thông Thụ\"},\"geometry\":{\"type\":\"Polygon\",\"coordinates\":[[[105.05,19.81],[105.07,19.81],[105.07,19.83],[105.05,19.83],[105.05,19.81]]]}}]}\n",
    ],
};
