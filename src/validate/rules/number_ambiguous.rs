//! `number_ambiguous`: The dot may separate thousands or decimals; the value used is named.

use super::{RuleDoc, Text};
use crate::finding::{Level, Rule};

/// The rule.
pub(super) const RULE: RuleDoc = RuleDoc {
    rule: Rule::NumberAmbiguous,
    code: "number_ambiguous",
    level: Level::Warning,
    since: "0.1.0",
    what: Text {
        en: "The dot may separate thousands or decimals; the value used is named.",
        vi: "Dấu chấm có thể là phân cách nghìn hoặc phần thập phân; nêu giá trị đã dùng.",
    },
    why: Text {
        en: "1.373 households are 1 or 1,373.",
        vi: "1.373 hộ là 1 hay 1373 hộ.",
    },
    example: Text {
        en: "1.373 typed into a spreadsheet that took it for a decimal",
        vi: "gõ 1.373 vào bảng tính hiểu là số lẻ",
    },
    mend: Text {
        en: "Write whole numbers without separators.",
        vi: "Ghi số nguyên không có dấu phân cách.",
    },
    check: None,
    bad: &[
        "\
         == book\n\
         Huyện | Xã | Thôn | Vĩ độ | Kinh độ | Số hộ\n\
         Quế Phong | Thông Thụ | Bản Đồng Tắm | 19.8197 | 105.05959 | 1.373\n",
        "\
         == book\n\
         Huyện | Xã | Thôn | Vĩ độ | Kinh độ | Số hộ\n\
         Quế Phong | Thông Thụ | Bản Đồng Tắm | 19.8197 | 105.05959 | 12\n\
         Quế Phong | Thông Thụ | Bản Noọng Độc | 19.84927 | 105.05261 | 2.05\n",
        "\
         Huyện,Xã,Thôn,Vĩ độ,Kinh độ\n\
         Quế Phong,Thông Thụ,Bản Đồng Tắm,19.8197,105.05959\n\
         == stations\n\
         site_id,carrier,lat,lon,height_m\n\
         S1,VinaPhone,19.5,105.0,1.898\n",
        "Huyện,Xã,Thôn,Vĩ độ,Kinh độ,Cự ly (km)\nQuế Phong,Thông Thụ,Bản Đồng Tắm,19.8197,105.05959,1.898\n",
    ],
    good: &[
        "\
         == book\n\
         Huyện | Xã | Thôn | Vĩ độ | Kinh độ | Số hộ\n\
         Quế Phong | Thông Thụ | Bản Đồng Tắm | 19.8197 | 105.05959 | 1373\n",
        "Huyện,Xã,Thôn,Vĩ độ,Kinh độ,Số hộ\nQuế Phong,Thông Thụ,Bản Đồng Tắm,19.8197,105.05959,1.373\n",
        "Huyện,Xã,Thôn,Vĩ độ,Kinh độ,Số hộ\nQuế Phong,Thông Thụ,Bản Đồng Tắm,19.8197,105.05959,42\n",
        "Huyện,Xã,Thôn,Vĩ độ,Kinh độ,Cự ly (km)\nQuế Phong,Thông Thụ,Bản Đồng Tắm,19.8197,105.05959,\"1,9\"\n",
    ],
};
