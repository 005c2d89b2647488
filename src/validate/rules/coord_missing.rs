//! `coord_missing`: The row has no position, or half of one. The village’s own is used where it is known.

use super::{RuleDoc, Text};
use crate::finding::{Level, Rule};

/// The rule.
pub(super) const RULE: RuleDoc = RuleDoc {
    rule: Rule::CoordMissing,
    code: "coord_missing",
    level: Level::Warning,
    since: "0.1.0",
    what: Text {
        en: "The row has no position, or half of one. The village’s own is used where it is known.",
        vi: "Dòng không có toạ độ, hoặc chỉ có một nửa. Dùng toạ độ của thôn, bản nếu biết.",
    },
    why: Text {
        en: "Dead zones are smaller than villages; without a position a mast may miss them.",
        vi: "Khu vực lõm nhỏ hơn thôn, bản; không có toạ độ thì trạm có thể không phủ tới.",
    },
    example: Text {
        en: "“chưa có”",
        vi: "“chưa có”",
    },
    mend: Text {
        en: "Measure the position on the spot.",
        vi: "Đo toạ độ tại chỗ.",
    },
    check: None,
    bad: &[
        "Huyện,Xã,Thôn,Vĩ độ,Kinh độ\nQuế Phong,Thông Thụ,Bản Đồng Tắm,,\n",
        "Huyện,Xã,Thôn,Vĩ độ,Kinh độ\nQuế Phong,Thông Thụ,Bản Đồng Tắm,chưa có,không\n",
        "Huyện,Xã,Thôn\nQuế Phong,Thông Thụ,Bản Đồng Tắm\n",
        "Huyện,Xã,Thôn,Vĩ độ,Kinh độ\nQuế Phong,Thông Thụ,Bản Đồng Tắm,0,0\n",
        "Huyện,Xã,Thôn,Vĩ độ,Kinh độ\nQuế Phong,Thông Thụ,Bản Đồng Tắm,chưa đo,chưa đo\n",
        "Huyện,Xã,Thôn,Vĩ độ,Kinh độ\nQuế Phong,Thông Thụ,Bản Đồng Tắm,không xác định,không xác định\n",
        "Huyện,Xã,Thôn,Vĩ độ,Kinh độ\nQuế Phong,Thông Thụ,Bản Đồng Tắm,đang cập nhật,đang cập nhật\n",
        "Huyện,Xã,Thôn,Vĩ độ,Kinh độ\nQuế Phong,Thông Thụ,Bản Đồng Tắm,KXĐ,KXĐ\n",
        "Huyện,Xã,Thôn,Vĩ độ,Kinh độ\nQuế Phong,Thông Thụ,Bản Đồng Tắm,chưa khảo sát,chưa khảo sát\n",
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
