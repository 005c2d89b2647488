//! `duplicate_within_carrier`: The same village, or the same words at the same point, stand twice in one
//! carrier’s list; the later row does not count.

use super::{RuleDoc, Text};
use crate::finding::{Level, Rule};

/// The rule.
pub(super) const RULE: RuleDoc = RuleDoc {
    rule: Rule::DuplicateWithinCarrier,
    code: "duplicate_within_carrier",
    level: Level::Error,
    since: "0.1.0",
    what: Text {
        en: "The same village, or the same words at the same point, stand twice in one carrier’s list; \
             the later row does not count.",
        vi: "Cùng một thôn, bản, hoặc cùng tên và toạ độ, ghi hai lần trong danh sách của một doanh \
             nghiệp; dòng sau không tính.",
    },
    why: Text {
        en: "Totals grow by copying rows.",
        vi: "Chép dòng thì tổng số tăng.",
    },
    example: Text {
        en: "Bản Đồng Tắm in rows 12 and 40",
        vi: "Bản Đồng Tắm ở dòng 12 và 40",
    },
    mend: Text {
        en: "Delete the repeated row, or name the hamlets if they are different places.",
        vi: "Xoá dòng lặp, hoặc ghi rõ tên điểm nếu là hai nơi khác nhau.",
    },
    check: None,
    bad: &[
        "\
         Huyện,Xã,Thôn,Vĩ độ,Kinh độ\n\
         Quế Phong,Thông Thụ,Bản Đồng Tắm,19.8197,105.05959\n\
         Quế Phong,Thông Thụ,Bản Đồng Tắm,19.8197,105.05959\n",
        "\
         Huyện,Xã,Thôn,Vĩ độ,Kinh độ\n\
         Quế Phong,Thông Thụ,Bản Đồng Tắm,19.8197,105.05959\n\
         Quế Phong,Thông Thụ,Bản Noọng Độc,19.84927,105.05261\n\
         Quế Phong,Thông Thụ,BẢN ĐỒNG TẮM,19.8198,105.0597\n",
        "\
         Huyện,Xã,Thôn,Vĩ độ,Kinh độ\n\
         Quế Phong,Thông Thụ,Bản Lạ,19.8197,105.05959\n\
         Quế Phong,Thông Thụ,Bản Lạ,19.8197,105.05959\n",
        "\
         Huyện,Xã,Thôn,Vĩ độ,Kinh độ\n\
         Quế Phong,Thông Thụ,Bản Lán Mới,19.8197,105.05959\n\
         Quế Phong,Thông Thụ,Thôn Lán Mới,19.8206,105.05959\n",
    ],
    good: &[
        "\
         Huyện,Xã,Thôn,Vĩ độ,Kinh độ\n\
         Quế Phong,Thông Thụ,Bản Đồng Tắm,19.8197,105.05959\n\
         Quế Phong,Thông Thụ,Bản Noọng Độc,19.84927,105.05261\n",
        "\
         Huyện,Xã,Thôn,Vĩ độ,Kinh độ\n\
         Quế Phong,Thông Thụ,Bản Đồng Tắm,19.8197,105.05959\n\
         == viettel\n\
         Huyện,Xã,Thôn,Vĩ độ,Kinh độ\n\
         Quế Phong,Thông Thụ,Bản Đồng Tắm,19.8197,105.05959\n",
        "\
         Huyện,Xã,Thôn,Vĩ độ,Kinh độ\n\
         Quế Phong,Thông Thụ,Bản Lạ,19.8197,105.05959\n\
         Quế Phong,Thông Thụ,Bản Lạ,19.88127,105.05959\n",
        "\
         Huyện,Xã,Thôn,Vĩ độ,Kinh độ\n\
         Quế Phong,Thông Thụ,Bản Lán Mới,19.8197,105.05959\n\
         Quế Phong,Thông Thụ,Thôn Lán Mới,19.8206,105.05959\n\
         == validate\n\
         [validate.thresholds]\n\
         duplicate_km = 0.05\n",
    ],
};
