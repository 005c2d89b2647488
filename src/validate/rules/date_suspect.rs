//! `date_suspect`: A date that is none, lies after the day of the lists, or stands where a number belongs (1/2
//! taken for 1 February).

use super::{RuleDoc, Text};
use crate::finding::{Level, Rule};

/// The rule.
pub(super) const RULE: RuleDoc = RuleDoc {
    rule: Rule::DateSuspect,
    code: "date_suspect",
    level: Level::Warning,
    since: "0.1.0",
    what: Text {
        en: "A date that is none, lies after the day of the lists, or stands where a number belongs (1/2 \
             taken for 1 February).",
        vi: "Ngày không có thật, sau ngày của danh sách, hoặc nằm ở ô phải là số (1/2 bị hiểu là ngày 1 \
             tháng 2).",
    },
    why: Text {
        en: "Spreadsheet programs turn ratios into dates without asking; what was typed is then lost.",
        vi: "Chương trình bảng tính tự đổi tỉ số thành ngày; nội dung đã gõ bị mất.",
    },
    example: Text {
        en: "31/02/2024",
        vi: "31/02/2024",
    },
    mend: Text {
        en: "Write dates as 05/03/2024 or 2024-03-05, ratios in two columns.",
        vi: "Ghi ngày dạng 05/03/2024 hoặc 2024-03-05, tỉ số tách hai cột.",
    },
    check: None,
    bad: &[
        "\
         Huyện,Xã,Thôn,Vĩ độ,Kinh độ,Ngày khảo sát\n\
         Quế Phong,Thông Thụ,Bản Đồng Tắm,19.8197,105.05959,31/02/2024\n",
        "\
         Huyện,Xã,Thôn,Vĩ độ,Kinh độ,Ngày khảo sát\n\
         Quế Phong,Thông Thụ,Bản Đồng Tắm,19.8197,105.05959,05/03/2024\n\
         Quế Phong,Thông Thụ,Bản Noọng Độc,19.84927,105.05261,01/01/2099\n",
        "\
         Huyện,Xã,Thôn,Vĩ độ,Kinh độ,Ngày khảo sát\n\
         Quế Phong,Thông Thụ,Bản Đồng Tắm,19.8197,105.05959,05/04/2024\n\
         == study\n\
         date = \"2024-03-31\"\n",
        "\
         Huyện,Xã,Thôn,Vĩ độ,Kinh độ,Ngày khảo sát\n\
         Quế Phong,Thông Thụ,Bản Đồng Tắm,19.8197,105.05959,hôm qua\n",
    ],
    good: &[
        "\
         Huyện,Xã,Thôn,Vĩ độ,Kinh độ,Ngày khảo sát\n\
         Quế Phong,Thông Thụ,Bản Đồng Tắm,19.8197,105.05959,05/03/2024\n",
        "\
         Huyện,Xã,Thôn,Vĩ độ,Kinh độ,Ngày khảo sát\n\
         Quế Phong,Thông Thụ,Bản Đồng Tắm,19.8197,105.05959,2024-03-05\n\
         Quế Phong,Thông Thụ,Bản Noọng Độc,19.84927,105.05261,15.02.2024\n\
         Quế Phong,Thông Thụ,Bản Hốc Lằm,19.93262,105.0571,\n",
        "\
         Huyện,Xã,Thôn,Vĩ độ,Kinh độ,Ngày khảo sát\n\
         Quế Phong,Thông Thụ,Bản Đồng Tắm,19.8197,105.05959,31/03/2024\n\
         == study\n\
         date = \"2024-03-31\"\n",
    ],
};
