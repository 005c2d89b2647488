//! `polygon_winding`: A ring ran the wrong way round (outer ones go counterclockwise, RFC 7946) and was turned.

use super::{RuleDoc, Text};
use crate::finding::{Level, Rule};

/// The rule.
pub(super) const RULE: RuleDoc = RuleDoc {
    rule: Rule::PolygonWinding,
    code: "polygon_winding",
    level: Level::Info,
    since: "0.1.0",
    what: Text {
        en: "A ring ran the wrong way round (outer ones go counterclockwise, RFC 7946) and was turned.",
        vi: "Đường bao đi sai chiều (bao ngoài ngược chiều kim đồng hồ, RFC 7946) và đã được đảo.",
    },
    why: Text {
        en: "Some programs take such a polygon for the whole globe but this place.",
        vi: "Một số chương trình hiểu đa giác đó là cả địa cầu trừ nơi này.",
    },
    example: Text {
        en: "a clockwise outer ring",
        vi: "đường bao ngoài thuận chiều kim đồng hồ",
    },
    mend: Text {
        en: "Nothing.",
        vi: "Không cần làm gì.",
    },
    check: None,
    bad: &[
        "\
         {\"type\":\"FeatureCollection\",\"features\":[{\"type\":\"Feature\",\"properties\":{\"Thôn\":\"Bản Đồng Tắm\",\"Xã\":\"Thông Thụ\"},\"geometry\":{\"type\":\"Polygon\",\"coordinates\":[[[105.05,19.81],[105.05,19.83],[105.07,19.83],[105.07,19.81],[105.05,19.81]]]}}]}\n",
        "\
         {\"type\":\"FeatureCollection\",\"features\":[{\"type\":\"Feature\",\"properties\":{\"Thôn\":\"Bản Đồng Tắm\",\"Xã\":\"Thông Thụ\"},\"geometry\":{\"type\":\"Polygon\",\"coordinates\":[[[105.05,19.81],[105.07,19.81],[105.07,19.83],[105.05,19.83],[105.05,19.81]],[[105.055,19.815],[105.06,19.815],[105.06,19.82],[105.055,19.82],[105.055,19.815]]]}}]}\n",
        "\
         {\"type\":\"FeatureCollection\",\"features\":[{\"type\":\"Feature\",\"properties\":{\"Thôn\":\"Bản Đồng Tắm\",\"Xã\":\"Thông Thụ\"},\"geometry\":{\"type\":\"Polygon\",\"coordinates\":[[[105.05,19.81],[105.07,19.81],[105.07,19.83],[105.05,19.83],[105.05,19.81]]]}},{\"type\":\"Feature\",\"properties\":{\"Thôn\":\"Bản Đồng Tắm\",\"Xã\":\"Thông Thụ\"},\"geometry\":{\"type\":\"Polygon\",\"coordinates\":[[[105.05,19.81],[105.05,19.83],[105.07,19.83],[105.07,19.81],[105.05,19.81]]]}}]}\n",
    ],
    good: &[
        "\
         {\"type\":\"FeatureCollection\",\"features\":[{\"type\":\"Feature\",\"properties\":{\"Thôn\":\"Bản Đồng Tắm\",\"Xã\":\"Thông Thụ\"},\"geometry\":{\"type\":\"Polygon\",\"coordinates\":[[[105.05,19.81],[105.07,19.81],[105.07,19.83],[105.05,19.83],[105.05,19.81]]]}}]}\n",
        "\
         {\"type\":\"FeatureCollection\",\"features\":[{\"type\":\"Feature\",\"properties\":{\"Thôn\":\"Bản Đồng Tắm\",\"Xã\":\"Thông Thụ\"},\"geometry\":{\"type\":\"Polygon\",\"coordinates\":[[[105.05,19.81],[105.07,19.81],[105.07,19.83],[105.05,19.83],[105.05,19.81]],[[105.055,19.815],[105.055,19.82],[105.06,19.82],[105.06,19.815],[105.055,19.815]]]}}]}\n",
        "Huyện,Xã,Thôn,Vĩ độ,Kinh độ\nQuế Phong,Thông Thụ,Bản Đồng Tắm,19.8197,105.05959\n",
    ],
};
