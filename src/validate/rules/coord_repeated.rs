//! `coord_repeated`: Different villages of the lists stand on one and the same point.

use std::collections::BTreeMap;

use super::{RuleDoc, Text};
use crate::domain::{AreaPosition, PositionOrigin};
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

fn check(view: &View<'_>, note: &mut dyn FnMut(Finding)) {
    // Micro-degrees are a decimetre: the very same numbers, not merely near ones.
    let micro = |degrees: f64| (degrees * 1e6).round() as i32;
    let matches = view.inputs.matches;
    let mut points: Vec<((i32, i32), usize)> = Vec::new();
    for number in 0..matches.len() {
        if let Some(own) = matches.own_position(number).filter(|p| p.origin != PositionOrigin::Polygon) {
            points.push(((micro(own.position.lat_deg()), micro(own.position.lon_deg())), number));
        }
    }
    points.sort_unstable();
    for group in points.chunk_by(|a, b| a.0 == b.0).filter(|group| group.len() > 1) {
        let numbers: Vec<usize> = group
            .iter()
            .map(|(_, number)| *number)
            .filter(|number| matches.get(*number).is_some_and(|area| !area.is_duplicate))
            .collect();
        if numbers.len() > 1 {
            on_one_point(numbers.into_iter(), view, note);
        }
    }
}

/// The areas that a name stands for: those of one demand, or of several.
struct Named {
    demand: usize,
    several: bool,
}

fn on_one_point(
    numbers: impl Iterator<Item = usize> + Clone,
    view: &View<'_>,
    note: &mut dyn FnMut(Finding),
) {
    let areas = || numbers.clone().filter_map(|number| view.inputs.matches.get(number));
    let mut demands: BTreeMap<Vec<usize>, usize> = BTreeMap::new();
    let mut named: BTreeMap<String, Named> = BTreeMap::new();
    for area in areas() {
        let name = names(&area);
        let next = demands.len();
        let demand = *demands.entry(area.demand).or_insert(next);
        let known = named.entry(name).or_insert(Named { demand, several: false });
        known.several |= known.demand != demand;
    }
    for area in areas() {
        if demands.len() < view.thresholds(&area.area.carrier).villages_on_a_point.max(2) {
            continue;
        }
        let own = demands.get(&area.demand);
        let others = named.iter().filter(|(_, other)| other.several || Some(&other.demand) != own);
        let also: Vec<&str> =
            others.map(|(name, _)| name.as_str()).filter(|name| !name.is_empty()).take(NAMED).collect();
        let Some(AreaPosition { position, .. }) = area.area.position else { continue };
        let mut finding = at(Rule::CoordRepeated, &area)
            .raw(format!("{:.5}, {:.5}", position.lat_deg(), position.lon_deg()))
            .fact("count", demands.len().to_string());
        if !also.is_empty() {
            finding = finding.fact("also", also.join(", "));
        }
        note(finding);
    }
}
