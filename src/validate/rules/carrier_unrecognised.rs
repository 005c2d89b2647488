//! `carrier_unrecognised`: A name in the column of carriers is none that is known: a slip, a new carrier, or not a carrier at all.

use super::{RuleDoc, Text};
use crate::finding::{Level, Rule};

/// The rule.
pub(super) const RULE: RuleDoc = RuleDoc {
    rule: Rule::CarrierUnrecognised,
    code: "carrier_unrecognised",
    level: Level::Warning,
    since: "0.1.0",
    what: Text {
        en: "A name in the column of carriers is none that is known: a slip, a new carrier, or not a carrier at all.",
        vi: "Tên trong cột doanh nghiệp không phải doanh nghiệp đã biết: ghi sai, doanh nghiệp mới, hoặc không phải doanh nghiệp.",
    },
    why: Text {
        en: "A misspelt carrier counts as one of its own: villages then look covered by it, and none is dark for all.",
        vi: "Tên ghi sai thành một doanh nghiệp riêng: thôn, bản sẽ như thể có sóng của doanh nghiệp đó, và không nơi nào trắng mọi mạng.",
    },
    example: Text {
        en: "“Viettell” among “Viettel”; “Gtel” in a list of Viettel’s under the title “Mạng”",
        vi: "“Viettell” lẫn với “Viettel”; “Gtel” trong cột “Mạng” của danh sách Viettel",
    },
    mend: Text {
        en: "Correct the name; a column that holds technologies (2G, 3G, 4G) should be titled “Công nghệ”.",
        vi: "Sửa tên; cột ghi công nghệ (2G, 3G, 4G) thì đặt tiêu đề “Công nghệ”.",
    },
    check: None,
    bad: &[
        "\
         Huyện,Xã,Thôn,Vĩ độ,Kinh độ,Nhà mạng\n\
         Quế Phong,Thông Thụ,Bản Đồng Tắm,19.8197,105.05959,VinaPhone\n\
         Quế Phong,Thông Thụ,Bản Noọng Độc,19.84927,105.05261,Vinaphonee\n",
        "\
         Huyện,Xã,Thôn,Vĩ độ,Kinh độ,Mạng\n\
         Quế Phong,Thông Thụ,Bản Đồng Tắm,19.8197,105.05959,Gtel\n",
        "\
         Huyện,Xã,Thôn,Vĩ độ,Kinh độ,Doanh nghiệp\n\
         Quế Phong,Thông Thụ,Bản Đồng Tắm,19.8197,105.05959,Viettel\n\
         Quế Phong,Thông Thụ,Bản Noọng Độc,19.84927,105.05261,Mạng khác\n",
    ],
    good: &[
        "\
         Huyện,Xã,Thôn,Vĩ độ,Kinh độ,Nhà mạng\n\
         Quế Phong,Thông Thụ,Bản Đồng Tắm,19.8197,105.05959,VinaPhone\n\
         Quế Phong,Thông Thụ,Bản Noọng Độc,19.84927,105.05261,Viettel\n",
        "\
         Huyện,Xã,Thôn,Vĩ độ,Kinh độ,Mạng\n\
         Quế Phong,Thông Thụ,Bản Đồng Tắm,19.8197,105.05959,2G\n\
         Quế Phong,Thông Thụ,Bản Noọng Độc,19.84927,105.05261,4G\n",
        "\
         Huyện,Xã,Thôn,Vĩ độ,Kinh độ,Doanh nghiệp\n\
         Quế Phong,Thông Thụ,Bản Đồng Tắm,19.8197,105.05959,VNPT\n\
         Quế Phong,Thông Thụ,Bản Noọng Độc,19.84927,105.05261,Mobi\n",
    ],
};
