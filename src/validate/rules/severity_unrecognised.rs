//! `severity_unrecognised`: The severity is neither “trắng” nor “lõm”, or both; it counts as not known.

use super::{RuleDoc, Text};
use crate::finding::{Level, Rule};

/// The rule.
pub(super) const RULE: RuleDoc = RuleDoc {
    rule: Rule::SeverityUnrecognised,
    code: "severity_unrecognised",
    level: Level::Warning,
    since: "0.1.0",
    what: Text {
        en: "The severity is neither “trắng” nor “lõm”, or both; it counts as not known.",
        vi: "Mức độ không phải “trắng”, cũng không phải “lõm”, hoặc là cả hai; coi như chưa biết.",
    },
    why: Text {
        en: "White and weak zones are planned differently.",
        vi: "Vùng trắng và vùng lõm được quy hoạch khác nhau.",
    },
    example: Text {
        en: "“tốt”",
        vi: "“tốt”",
    },
    mend: Text {
        en: "Write trắng sóng or lõm sóng.",
        vi: "Ghi trắng sóng hoặc lõm sóng.",
    },
    check: None,
    bad: &[
        "Huyện,Xã,Thôn,Vĩ độ,Kinh độ,Mức độ\nQuế Phong,Thông Thụ,Bản Đồng Tắm,19.8197,105.05959,tốt\n",
        "\
         Huyện,Xã,Thôn,Vĩ độ,Kinh độ,Mức độ\n\
         Quế Phong,Thông Thụ,Bản Đồng Tắm,19.8197,105.05959,trắng\n\
         Quế Phong,Thông Thụ,Bản Noọng Độc,19.84927,105.05261,4G\n",
        "\
         Huyện,Xã,Thôn,Vĩ độ,Kinh độ,Mức độ\n\
         Quế Phong,Thông Thụ,Bản Đồng Tắm,19.8197,105.05959,trắng/lõm\n",
        "\
         Huyện,Xã,Thôn,Vĩ độ,Kinh độ,Hiện trạng\n\
         Quế Phong,Thông Thụ,Bản Đồng Tắm,19.8197,105.05959,trắng\n\
         Quế Phong,Thông Thụ,Bản Hốc Lằm,19.93262,105.0571,tốt\n",
    ],
    good: &[
        "\
         Huyện,Xã,Thôn,Vĩ độ,Kinh độ,Mức độ\n\
         Quế Phong,Thông Thụ,Bản Đồng Tắm,19.8197,105.05959,trắng sóng\n\
         Quế Phong,Thông Thụ,Bản Noọng Độc,19.84927,105.05261,lõm sóng\n\
         Quế Phong,Thông Thụ,Bản Hốc Lằm,19.93262,105.0571,\n",
        "\
         Huyện,Xã,Thôn,Vĩ độ,Kinh độ,Mức độ\n\
         Quế Phong,Thông Thụ,Bản Đồng Tắm,19.8197,105.05959,sóng yếu\n",
        "\
         Huyện,Xã,Thôn,Vĩ độ,Kinh độ,Mức độ\n\
         Quế Phong,Thông Thụ,Bản Đồng Tắm,19.8197,105.05959,không có sóng\n",
    ],
};
