//! `covered_only_by_2g`: The list says that only 2G reaches the place.

use super::{RuleDoc, Text};
use crate::finding::{Finding, Level, Rule};
use crate::normalize::value::only_2g;
use crate::validate::inputs::{View, at};


/// The rule.
pub(super) const RULE: RuleDoc = RuleDoc {
    rule: Rule::CoveredOnlyBy2g,
    code: "covered_only_by_2g",
    level: Level::Warning,
    since: "0.1.0",
    what: Text {
        en: "The list says that only 2G reaches the place.",
        vi: "Danh sách ghi nơi này chỉ có 2G.",
    },
    why: Text {
        en: "It goes dark when 2G ends.",
        vi: "Khi tắt 2G thì mất sóng hoàn toàn.",
    },
    example: Text {
        en: "technology “2G”",
        vi: "mạng “2G”",
    },
    mend: Text {
        en: "Plan 4G for it before 2G ends.",
        vi: "Đưa vào kế hoạch phủ 4G trước khi tắt 2G.",
    },
    check: Some(check),
    bad: &[
        "Huyện,Xã,Thôn,Vĩ độ,Kinh độ,Công nghệ\nQuế Phong,Thông Thụ,Bản Đồng Tắm,19.8197,105.05959,2G\n",
        "\
         Huyện,Xã,Thôn,Vĩ độ,Kinh độ,Công nghệ\n\
         Quế Phong,Thông Thụ,Bản Đồng Tắm,19.8197,105.05959,4G\n\
         Quế Phong,Thông Thụ,Bản Noọng Độc,19.84927,105.05261,GSM\n",
        "\
         Huyện,Xã,Thôn,Vĩ độ,Kinh độ,Công nghệ\n\
         Quế Phong,Thông Thụ,Bản Đồng Tắm,19.8197,105.05959,chỉ có 2G\n",
    ],
    good: &[
        "\
         Huyện,Xã,Thôn,Vĩ độ,Kinh độ,Công nghệ\n\
         Quế Phong,Thông Thụ,Bản Đồng Tắm,19.8197,105.05959,2G+4G\n",
        "\
         Huyện,Xã,Thôn,Vĩ độ,Kinh độ,Công nghệ\n\
         Quế Phong,Thông Thụ,Bản Đồng Tắm,19.8197,105.05959,2G/3G\n\
         Quế Phong,Thông Thụ,Bản Noọng Độc,19.84927,105.05261,4G\n",
        "\
         Huyện,Xã,Thôn,Vĩ độ,Kinh độ,Công nghệ\n\
         Quế Phong,Thông Thụ,Bản Đồng Tắm,19.8197,105.05959,\n\
         Quế Phong,Thông Thụ,Bản Hốc Lằm,19.93262,105.0571,5G\n",
    ],
};

fn check(view: &View<'_>, note: &mut dyn FnMut(Finding)) {
    for area in view.areas() {
        if let Some(text) = area.area.technology.as_deref().filter(|text| only_2g(text)) {
            note(at(Rule::CoveredOnlyBy2g, &area).raw(text));
        }
    }
}
