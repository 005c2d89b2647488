//! `encoding_not_utf8`: The text file is in another encoding; the finding names the one it was read as.

use super::{RuleDoc, Text};
use crate::finding::{Level, Rule};

/// The rule.
pub(super) const RULE: RuleDoc = RuleDoc {
    rule: Rule::EncodingNotUtf8,
    code: "encoding_not_utf8",
    level: Level::Warning,
    since: "0.1.0",
    what: Text {
        en: "The text file is in another encoding; the finding names the one it was read as.",
        vi: "Tệp văn bản dùng bảng mã khác; phát hiện này nêu bảng mã đã dùng để đọc.",
    },
    why: Text {
        en: "An encoding is guessed, and a wrong guess garbles names.",
        vi: "Bảng mã là do đoán; đoán sai thì tên bị hỏng.",
    },
    example: Text {
        en: "a CSV saved as “Unicode text” (UTF-16)",
        vi: "tệp CSV lưu kiểu “Unicode text” (UTF-16)",
    },
    mend: Text {
        en: "Check some names in the result; save the file as “CSV UTF-8”.",
        vi: "Kiểm tra vài tên trong kết quả; lưu tệp dạng “CSV UTF-8”.",
    },
    check: None,
    bad: &[
        "\
         == encoding utf-16le\n\
         Huyện,Xã,Thôn,Vĩ độ,Kinh độ\n\
         Quế Phong,Thông Thụ,Bản Đồng Tắm,19.8197,105.05959\n\
         Quế Phong,Thông Thụ,Bản Noọng Độc,19.84927,105.05261\n",
        "\
         == encoding utf-16be\n\
         Huyện,Xã,Thôn,Vĩ độ,Kinh độ\n\
         Quế Phong,Thông Thụ,Bản Đồng Tắm,19.8197,105.05959\n",
        "\
         == encoding tcvn3\n\
         Huyện,Xã,Thôn,Vĩ độ,Kinh độ\n\
         Quế Phong,Thông Thụ,Bản Đồng Tắm,19.8197,105.05959\n\
         Quế Phong,Thông Thụ,Bản Noọng Độc,19.84927,105.05261\n\
         Quế Phong,Thông Thụ,Bản Hốc Lằm,19.93262,105.0571\n",
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
         == encoding utf-8-bom\n\
         Huyện,Xã,Thôn,Vĩ độ,Kinh độ\n\
         Quế Phong,Thông Thụ,Bản Đồng Tắm,19.8197,105.05959\n",
    ],
};
