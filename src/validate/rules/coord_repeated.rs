//! `coord_repeated`: Different villages of the lists stand on one and the same point.

use std::collections::{BTreeMap, BTreeSet};

use super::{RuleDoc, Text};
use crate::domain::PositionOrigin;
use crate::finding::{Finding, Level, Rule};
use crate::validate::inputs::{View, at, names};


/// The rule.
pub(super) const RULE: RuleDoc = RuleDoc {
    rule: Rule::CoordRepeated,
    code: "coord_repeated",
    level: Level::Warning,
    since: "0.1.0",
    what: Text {
        en: "Different villages of the lists stand on one and the same point.",
        vi: "Nhiều thôn, bản khác nhau trong danh sách có cùng một toạ độ.",
    },
    why: Text {
        en: "It is mostly the commune’s office, not the dead zones.",
        vi: "Thường đó là trụ sở xã, không phải khu vực lõm.",
    },
    example: Text {
        en: "six villages on the point of the commune’s office",
        vi: "sáu bản cùng toạ độ trụ sở xã",
    },
    mend: Text {
        en: "Measure each village’s own position.",
        vi: "Đo toạ độ riêng cho từng thôn, bản.",
    },
    check: Some(check),
    bad: &[
        "\
         Huyện,Xã,Thôn,Vĩ độ,Kinh độ\n\
         Quế Phong,Thông Thụ,Bản Đồng Tắm,19.84127,105.05555\n\
         Quế Phong,Thông Thụ,Bản Noọng Độc,19.84127,105.05555\n",
        "\
         Huyện,Xã,Thôn,Vĩ độ,Kinh độ\n\
         Quế Phong,Thông Thụ,Bản Đồng Tắm,19.84127,105.05555\n\
         == viettel\n\
         Huyện,Xã,Thôn,Vĩ độ,Kinh độ\n\
         Quế Phong,Thông Thụ,Bản Noọng Độc,19.84127,105.05555\n",
        "\
         Huyện,Xã,Thôn,Vĩ độ,Kinh độ\n\
         Quế Phong,Thông Thụ,Bản Đồng Tắm,19.84127,105.05555\n\
         Quế Phong,Thông Thụ,Bản Noọng Độc,19.84127,105.05555\n\
         Quế Phong,Thông Thụ,Bản Hốc Lằm,19.84127,105.05555\n",
    ],
    good: &[
        "\
         Huyện,Xã,Thôn,Vĩ độ,Kinh độ\n\
         Quế Phong,Thông Thụ,Bản Đồng Tắm,19.8197,105.05959\n\
         Quế Phong,Thông Thụ,Bản Noọng Độc,19.84927,105.05261\n\
         == viettel\n\
         Huyện,Xã,Thôn,Vĩ độ,Kinh độ\n\
         Quế Phong,Thông Thụ,Bản Đồng Tắm,19.8197,105.05959\n\
         Quế Phong,Thông Thụ,Bản Noọng Độc,19.84927,105.05261\n",
        "\
         Huyện,Xã,Thôn,Vĩ độ,Kinh độ\n\
         Quế Phong,Thông Thụ,Bản Đồng Tắm,19.8197,105.05959\n\
         Quế Phong,Thông Thụ,Bản Đồng Tắm,19.8197,105.05959\n",
        "\
         Huyện,Xã,Thôn,Vĩ độ,Kinh độ\n\
         Quế Phong,Thông Thụ,Bản Đồng Tắm,19.84127,105.05555\n\
         Quế Phong,Thông Thụ,Bản Noọng Độc,19.84127,105.05555\n\
         == validate\n\
         [validate.thresholds]\n\
         villages_on_a_point = 3\n",
    ],
};

/// At most so many other villages are named.
const NAMED: usize = 3;

fn check(view: &View<'_>, findings: &mut Vec<Finding>) {
    // Micro-degrees are a decimetre: the very same numbers, not merely near ones.
    let micro = |degrees: f64| (degrees * 1e6).round() as i64;
    let mut points: BTreeMap<(i64, i64), Vec<_>> = BTreeMap::new();
    for area in view.areas() {
        if let Some(own) = area.area.position.filter(|p| p.origin != PositionOrigin::Polygon) {
            let point = (micro(own.position.lat_deg()), micro(own.position.lon_deg()));
            points.entry(point).or_default().push((area, own.position));
        }
    }
    for areas in points.values().filter(|areas| areas.len() > 1) {
        let different: BTreeSet<&[usize]> = areas.iter().map(|(area, _)| area.demand.as_slice()).collect();
        for (area, position) in areas {
            if different.len() < view.thresholds(&area.area.carrier).villages_on_a_point.max(2) {
                continue;
            }
            let others: BTreeSet<String> =
                areas.iter().filter(|(other, _)| other.demand != area.demand).map(|(a, _)| names(a)).collect();
            let also: Vec<String> = others.into_iter().filter(|name| !name.is_empty()).take(NAMED).collect();
            let mut finding = at(Rule::CoordRepeated, area)
                .raw(format!("{:.5}, {:.5}", position.lat_deg(), position.lon_deg()))
                .fact("count", different.len().to_string());
            if !also.is_empty() {
                finding = finding.fact("also", also.join(", "));
            }
            findings.push(finding);
        }
    }
}
