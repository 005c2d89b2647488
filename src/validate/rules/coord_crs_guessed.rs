//! `coord_crs_guessed`: The numbers are metres and were recognised as VN-2000; the finding names the zone, and
//! where zones compete, by how much the best won.

use super::{RuleDoc, Text};
use crate::finding::{Level, Rule};

/// The rule.
pub(super) const RULE: RuleDoc = RuleDoc {
    rule: Rule::CoordCrsGuessed,
    code: "coord_crs_guessed",
    level: Level::Warning,
    since: "0.1.0",
    what: Text {
        en: "The numbers are metres and were recognised as VN-2000 although the columns are titled as degrees, or in \
             another zone than the province's; the finding names the zone, and where zones compete, by how much the \
             best won.",
        vi: "Các số là mét và được nhận là VN-2000 tuy tiêu đề cột ghi độ, hoặc ở múi khác múi của tỉnh; nêu múi \
             chiếu và mức cách biệt với múi kế tiếp.",
    },
    why: Text {
        en: "The wrong central meridian moves a point by kilometres.",
        vi: "Sai kinh tuyến trục thì điểm lệch hàng cây số.",
    },
    example: Text {
        en: "X 2192345, Y 532456",
        vi: "X 2192345, Y 532456",
    },
    mend: Text {
        en: "Say the meridian: meridian_deg of the list in study.toml, or in the header.",
        vi: "Nêu kinh tuyến trục: meridian_deg của danh sách trong study.toml, hoặc trong tiêu đề.",
    },
    check: None,
    bad: &[
        "Huyện,Xã,Thôn,X,Y\nQuế Phong,Thông Thụ,Bản Đồng Tắm,2194432.6,218085.1\n",
        "Huyện,Xã,Thôn,X,Y\nQuế Phong,Thông Thụ,Bản Noọng Độc,2198636.7,164983.9\n",
        "Huyện,Xã,Thôn,Vĩ độ,Kinh độ\nQuế Phong,Thông Thụ,Bản Đồng Tắm,2192216.9,532431.3\n",
        "\
         Huyện,Xã,Thôn,X,Y\n\
         Quế Phong,Thông Thụ,Bản Đồng Tắm,2194432.6,218085.1\n\
         Quế Phong,Thông Thụ,Bản Noọng Độc,2197720.2,217405.7\n",
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
        "Huyện,Xã,Thôn,X,Y\nQuế Phong,Thông Thụ,Bản Đồng Tắm,2192216.9,532431.3\n",
        "Huyện,Xã,Thôn,Vĩ độ (X),Kinh độ (Y)\nQuế Phong,Thông Thụ,Bản Đồng Tắm,2192216.9,532431.3\n",
    ],
};
