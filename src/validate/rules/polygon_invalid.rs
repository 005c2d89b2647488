//! `polygon_invalid`: The polygon crosses itself, is open, or encloses nothing.

use geo::{Area as _, Coord, Line, LineString};

use super::{RuleDoc, Text};
use crate::finding::{Finding, Level, Rule};
use crate::validate::inputs::{View, at};


/// The rule.
pub(super) const RULE: RuleDoc = RuleDoc {
    rule: Rule::PolygonInvalid,
    code: "polygon_invalid",
    level: Level::Error,
    since: "0.1.0",
    what: Text {
        en: "The polygon crosses itself, is open, or encloses nothing.",
        vi: "Đa giác tự cắt, hở, hoặc không có diện tích.",
    },
    why: Text {
        en: "Inside and outside cannot be told apart.",
        vi: "Không phân biệt được trong và ngoài.",
    },
    example: Text {
        en: "an outline drawn as an eight",
        vi: "đường bao hình số tám",
    },
    mend: Text {
        en: "Draw the outline again, without crossings, ending where it began.",
        vi: "Vẽ lại đường bao, không tự cắt, khép về điểm đầu.",
    },
    check: Some(check),
    bad: &[
        "\
         {\"type\":\"FeatureCollection\",\"features\":[{\"type\":\"Feature\",\"properties\":{\"Thôn\":\"Bản Đồng Tắm\",\"Xã\":\"Thông Thụ\"},\"geometry\":{\"type\":\"Polygon\",\"coordinates\":[[[105.05,19.81],[105.07,19.83],[105.07,19.81],[105.05,19.83],[105.05,19.81]]]}}]}\n",
        "\
         {\"type\":\"FeatureCollection\",\"features\":[{\"type\":\"Feature\",\"properties\":{\"Thôn\":\"Bản Đồng Tắm\",\"Xã\":\"Thông Thụ\"},\"geometry\":{\"type\":\"Polygon\",\"coordinates\":[[[105.05,19.81],[105.07,19.81],[105.07,19.83]]]}}]}\n",
        "\
         {\"type\":\"FeatureCollection\",\"features\":[{\"type\":\"Feature\",\"properties\":{\"Thôn\":\"Bản Đồng Tắm\",\"Xã\":\"Thông Thụ\"},\"geometry\":{\"type\":\"Polygon\",\"coordinates\":[[[105.05,19.81],[105.07,19.83],[105.05,19.81]]]}}]}\n",
        "\
         {\"type\":\"FeatureCollection\",\"features\":[{\"type\":\"Feature\",\"properties\":{\"Thôn\":\"Bản Đồng Tắm\",\"Xã\":\"Thông Thụ\"},\"geometry\":{\"type\":\"Polygon\",\"coordinates\":[]}}]}\n",
    ],
    good: &[
        "\
         {\"type\":\"FeatureCollection\",\"features\":[{\"type\":\"Feature\",\"properties\":{\"Thôn\":\"Bản Đồng Tắm\",\"Xã\":\"Thông Thụ\"},\"geometry\":{\"type\":\"Polygon\",\"coordinates\":[[[105.05,19.81],[105.07,19.81],[105.07,19.83],[105.05,19.83],[105.05,19.81]]]}}]}\n",
        "\
         {\"type\":\"FeatureCollection\",\"features\":[{\"type\":\"Feature\",\"properties\":{\"Thôn\":\"Bản Đồng Tắm\",\"Xã\":\"Thông Thụ\"},\"geometry\":{\"type\":\"Polygon\",\"coordinates\":[[[105.05,19.81],[105.05,19.83],[105.07,19.83],[105.07,19.81],[105.05,19.81]]]}}]}\n",
        "\
         {\"type\":\"FeatureCollection\",\"features\":[{\"type\":\"Feature\",\"properties\":{\"Thôn\":\"Bản Đồng Tắm\",\"Xã\":\"Thông Thụ\"},\"geometry\":{\"type\":\"Polygon\",\"coordinates\":[[[105.05,19.81],[105.07,19.81],[105.07,19.83],[105.05,19.83],[105.05,19.81]],[[105.055,19.815],[105.055,19.82],[105.06,19.82],[105.06,19.815],[105.055,19.815]]]}}]}\n",
    ],
};

/// Rings that do not close were seen by the reader, which closes them.
fn check(view: &View<'_>, note: &mut dyn FnMut(Finding)) {
    let matches = view.inputs.matches;
    for area in matches.areas().take_while(|_| matches.has_polygons()) {
        let Some(polygon) = &area.area.polygon else { continue };
        let rings = || polygon.iter().flat_map(|p| std::iter::once(p.exterior()).chain(p.interiors()));
        if let Some(point) = rings().find_map(crossing) {
            let finding = at(Rule::PolygonInvalid, &area).fact("reason", "self-crossing");
            note(finding.fact("at", format!("{:.6}, {:.6}", point.y, point.x)));
        } else if polygon.unsigned_area() <= 0.0 {
            note(at(Rule::PolygonInvalid, &area).fact("reason", "empty"));
        }
    }
}

/// Where a ring crosses itself: the first crossing from the west. Segments are swept from west to east, so that
/// only those whose longitudes overlap are compared.
fn crossing(ring: &LineString<f64>) -> Option<Coord<f64>> {
    let mut segments: Vec<(usize, Line<f64>)> =
        ring.lines().filter(|l| l.start != l.end).enumerate().collect();
    let count = segments.len();
    let west = |line: &Line<f64>| line.start.x.min(line.end.x);
    let east = |line: &Line<f64>| line.start.x.max(line.end.x);
    segments.sort_by(|a, b| west(&a.1).total_cmp(&west(&b.1)).then(a.0.cmp(&b.0)));
    for (at, (i, a)) in segments.iter().enumerate() {
        for (j, b) in segments[at + 1..].iter().take_while(|(_, b)| west(b) <= east(a)) {
            let gap = i.abs_diff(*j);
            // Neighbours share a point, and so do the last and the first.
            if gap == 1 || gap == count - 1 {
                continue;
            }
            if let Some(point) = common_point(a, b) {
                return Some(point);
            }
        }
    }
    None
}

fn common_point(a: &Line<f64>, b: &Line<f64>) -> Option<Coord<f64>> {
    use geo::line_intersection::{LineIntersection, line_intersection};
    match line_intersection(*a, *b)? {
        LineIntersection::SinglePoint { intersection, .. } => Some(intersection),
        LineIntersection::Collinear { intersection } => Some(intersection.start),
    }
}
