//! `station_within_reach`: A station of the same carrier stands near the dead zone. Judged by distance only:
//! terrain is not looked at.

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
        en: "A station of the same carrier stands near the dead zone. Judged by distance only: terrain \
             is not looked at.",
        vi: "Có trạm của cùng doanh nghiệp ở gần khu vực lõm. Chỉ xét khoảng cách, chưa xét địa hình.",
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

fn check(view: &View<'_>, note: &mut dyn FnMut(Finding)) {
    for area in view.areas() {
        let carrier = &area.area.carrier;
        let limit_m = view.thresholds(carrier).station_within_reach_m;
        let near = area.position.and_then(|position| view.stations(carrier)?.nearest(position, limit_m));
        if let Some((station, distance_m)) = near {
            let finding = at(Rule::StationWithinReach, &area).raw(names(&area));
            note(finding.fact("station", &station.id).fact("distance", metres(distance_m)));
        }
    }
}
