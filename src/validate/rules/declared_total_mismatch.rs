//! `declared_total_mismatch`: The list has another number of areas, repeated ones left out, than the carrier
//! declared.

use super::{RuleDoc, Text};
use crate::finding::{Level, Rule};

/// The rule.
pub(super) const RULE: RuleDoc = RuleDoc {
    rule: Rule::DeclaredTotalMismatch,
    code: "declared_total_mismatch",
    level: Level::Error,
    since: "0.1.0",
    what: Text {
        en: "The list has another number of areas, repeated ones left out, than the carrier declared.",
        vi: "Số khu vực trong danh sách, không kể dòng lặp, khác số doanh nghiệp đã báo cáo.",
    },
    why: Text {
        en: "Declared totals are what the province publishes; the list must bear them out.",
        vi: "Tỉnh công bố số đã báo cáo; danh sách phải khớp với số đó.",
    },
    example: Text {
        en: "464 declared, 463 areas",
        vi: "báo cáo 464, danh sách có 463",
    },
    mend: Text {
        en: "Ask the carrier for the missing rows or for the right total.",
        vi: "Yêu cầu doanh nghiệp bổ sung dòng thiếu hoặc sửa tổng số.",
    },
    check: None,
    bad: &[
        "\
         Huyện,Xã,Thôn,Vĩ độ,Kinh độ\n\
         Quế Phong,Thông Thụ,Bản Đồng Tắm,19.8197,105.05959\n\
         == declared 2\n",
        "\
         Huyện,Xã,Thôn,Vĩ độ,Kinh độ\n\
         Quế Phong,Thông Thụ,Bản Đồng Tắm,19.8197,105.05959\n\
         Quế Phong,Thông Thụ,Bản Noọng Độc,19.84927,105.05261\n\
         == declared 1\n",
        "\
         Huyện,Xã,Thôn,Vĩ độ,Kinh độ\n\
         Quế Phong,Thông Thụ,Bản Đồng Tắm,19.8197,105.05959\n\
         Quế Phong,Thông Thụ,Bản Đồng Tắm,19.8197,105.05959\n\
         == declared 2\n",
    ],
    good: &[
        "\
         Huyện,Xã,Thôn,Vĩ độ,Kinh độ\n\
         Quế Phong,Thông Thụ,Bản Đồng Tắm,19.8197,105.05959\n\
         == declared 1\n",
        "\
         Huyện,Xã,Thôn,Vĩ độ,Kinh độ\n\
         Quế Phong,Thông Thụ,Bản Đồng Tắm,19.8197,105.05959\n\
         Quế Phong,Thông Thụ,Bản Noọng Độc,19.84927,105.05261\n\
         == declared 2\n",
        "\
         Huyện,Xã,Thôn,Vĩ độ,Kinh độ\n\
         Quế Phong,Thông Thụ,Bản Đồng Tắm,19.8197,105.05959\n\
         Quế Phong,Thông Thụ,Bản Đồng Tắm,19.8197,105.05959\n\
         == declared 1\n",
    ],
};
