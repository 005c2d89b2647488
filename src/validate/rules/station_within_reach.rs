//! `station_within_reach`: A station of the same carrier stands near the dead zone, or is predicted to serve it.

use super::{RuleDoc, Text};
use crate::finding::{Finding, Level, Rule};
use crate::validate::inputs::{View, at, metres, names};


/// The rule.
pub(super) const RULE: RuleDoc = RuleDoc {
    rule: Rule::StationWithinReach,
    code: "station_within_reach",
    level: Level::Warning,
    since: "0.1.0",
    what: Text {
        en: "A station of the same carrier stands near the dead zone. With a predicted coverage model: a station of \
             the same carrier is predicted to serve it; only where the ground is unknown, distance decides.",
        vi: "Có trạm của cùng doanh nghiệp ở gần khu vực lõm. Khi study dùng mô hình dự báo: trạm của cùng doanh nghiệp \
             được dự báo là phủ tới; chỉ nơi không rõ địa hình mới xét theo khoảng cách.",
    },
    why: Text {
        en: "Perhaps the station is switched off, or turned away, or a ridge is between; that is cheaper \
             to mend than to build.",
        vi: "Có thể trạm đang tắt, hướng anten lệch, hoặc có núi chắn; sửa rẻ hơn xây mới.",
    },
    example: Text {
        en: "a mast 700 m away",
        vi: "trạm cách 700 m",
    },
    mend: Text {
        en: "Check the station and its antennas before planning a new one.",
        vi: "Kiểm tra trạm và anten trước khi quy hoạch trạm mới.",
    },
    check: Some(check),
    bad: &[
        "\
         Huyện,Xã,Thôn,Vĩ độ,Kinh độ\n\
         Quế Phong,Thông Thụ,Bản Đồng Tắm,19.8197,105.05959\n\
         == stations\n\
         site_id,carrier,lat,lon\n\
         S1,VinaPhone,19.825,105.06\n",
        "\
         Huyện,Xã,Thôn,Vĩ độ,Kinh độ\n\
         Quế Phong,Thông Thụ,Bản Đồng Tắm,19.8197,105.05959\n\
         Quế Phong,Thông Thụ,Bản Noọng Độc,19.84927,105.05261\n\
         == stations\n\
         site_id,carrier,lat,lon\n\
         S1,VinaPhone,19.8197,105.0596\n\
         S2,Viettel,19.84927,105.05261\n",
        "\
         Huyện,Xã,Thôn,Vĩ độ,Kinh độ\n\
         Quế Phong,Thông Thụ,Bản Đồng Tắm,19.8197,105.05959\n\
         == stations\n\
         site_id,carrier,lat,lon\n\
         S1,VinaPhone,19.8388,105.05959\n\
         == validate\n\
         [validate.thresholds]\n\
         station_within_reach_km = 3.0\n",
    ],
    good: &[
        "\
         Huyện,Xã,Thôn,Vĩ độ,Kinh độ\n\
         Quế Phong,Thông Thụ,Bản Đồng Tắm,19.8197,105.05959\n\
         == stations\n\
         site_id,carrier,lat,lon\n\
         S1,Viettel,19.825,105.06\n",
        "\
         Huyện,Xã,Thôn,Vĩ độ,Kinh độ\n\
         Quế Phong,Thông Thụ,Bản Đồng Tắm,19.8197,105.05959\n\
         == stations\n\
         site_id,carrier,lat,lon\n\
         S1,VinaPhone,19.8388,105.05959\n",
        "\
         Huyện,Xã,Thôn,Vĩ độ,Kinh độ\n\
         Quế Phong,Thông Thụ,Bản Đồng Tắm,19.8197,105.05959\n\
         == stations\n\
         site_id,carrier,lat,lon\n\
         S1,VinaPhone,19.825,105.06\n\
         == validate\n\
         [validate.carriers.VinaPhone.thresholds]\n\
         station_within_reach_km = 0.1\n",
    ],
};

fn check(view: &View<'_>, findings: &mut Vec<Finding>) {
    for area in view.areas() {
        let carrier = &area.area.carrier;
        let limit_m = view.thresholds(carrier).station_within_reach_m;
        let predicted = view.inputs.reach.and_then(|reach| reach.of_area(&area.area.id));
        if let (Some(reach), Some(known)) = (view.inputs.reach, predicted) {
            if let Some(found) = known {
                let finding = at(Rule::StationWithinReach, area).raw(names(area));
                let finding = finding.fact("station", &found.station);
                let finding = finding.fact("distance", metres(found.distance_m));
                let level = format!("{:.1} dBm", found.level_dbm);
                findings.push(finding.fact("level", level).fact("criterion", &reach.criterion));
            }
            continue;
        }
        let near = area.position.and_then(|position| view.stations(carrier)?.nearest(position, limit_m));
        if let Some((station, distance_m)) = near {
            let finding = at(Rule::StationWithinReach, area).raw(names(area));
            findings.push(finding.fact("station", &station.id).fact("distance", metres(distance_m)));
        }
    }
}
