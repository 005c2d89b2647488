//! `severity_inconsistent`: The village is called white (no signal at its centre) although another row of the
//! same carrier says weak, or that carrier’s station stands at the centre.

use std::collections::HashMap;

use super::{RuleDoc, Text};
use crate::domain::{Carrier, Severity};
use crate::finding::{Finding, Level, Rule};
use crate::validate::inputs::{View, at, metres};


/// The rule.
pub(super) const RULE: RuleDoc = RuleDoc {
    rule: Rule::SeverityInconsistent,
    code: "severity_inconsistent",
    level: Level::Error,
    since: "0.1.0",
    what: Text {
        en: "The village is called white (no signal at its centre) although another row of the same \
             carrier says weak, or that carrier’s station stands at the centre. With a predicted coverage model: or that \
             carrier’s station is predicted to serve the centre; only where that is unknown, distance decides.",
        vi: "Thôn, bản ghi trắng sóng dù dòng khác của cùng doanh nghiệp ghi lõm, hoặc trạm của doanh \
             nghiệp đó ở ngay trung tâm. Khi study dùng mô hình dự báo: hoặc trạm đó được dự báo là phủ tới trung tâm; chỉ \
             nơi không rõ mới xét theo khoảng cách.",
    },
    why: Text {
        en: "White villages come first and cost most; the word must be right. Carriers are not compared \
             with each other: one may be white where another is weak.",
        vi: "Thôn, bản trắng sóng được ưu tiên và tốn nhất; phải ghi đúng. Không so doanh nghiệp này với \
             doanh nghiệp khác: nơi trắng của bên này có thể chỉ lõm của bên kia.",
    },
    example: Text {
        en: "“trắng sóng”, and the carrier’s mast 90 m away",
        vi: "“trắng sóng”, mà trạm của doanh nghiệp cách 90 m",
    },
    mend: Text {
        en: "Measure at the village’s centre and correct the severity.",
        vi: "Đo tại trung tâm thôn, bản và sửa mức độ.",
    },
    check: Some(check),
    bad: &[
        "\
         Huyện,Xã,Thôn,Vĩ độ,Kinh độ,Mức độ\n\
         Quế Phong,Thông Thụ,Bản Đồng Tắm,19.8197,105.05959,trắng\n\
         == stations\n\
         site_id,carrier,lat,lon\n\
         S1,VinaPhone,19.8199,105.0597\n",
        "\
         Huyện,Xã,Thôn,Vĩ độ,Kinh độ,Mức độ\n\
         Quế Phong,Thông Thụ,Bản Đồng Tắm,19.8197,105.05959,trắng sóng\n\
         == stations\n\
         site_id,carrier,lat,lon\n\
         S1,VinaPhone,19.82,105.0596\n\
         S2,Viettel,19.5,105.0\n",
        "\
         Huyện,Xã,Thôn,Vĩ độ,Kinh độ,Mức độ\n\
         Quế Phong,Thông Thụ,Bản Đồng Tắm,19.8197,105.05959,trắng\n\
         == vinaphone\n\
         Huyện,Xã,Thôn,Vĩ độ,Kinh độ,Mức độ\n\
         Quế Phong,Thông Thụ,Bản Đồng Tắm,19.8197,105.05959,lõm\n",
    ],
    good: &[
        "\
         Huyện,Xã,Thôn,Vĩ độ,Kinh độ,Mức độ\n\
         Quế Phong,Thông Thụ,Bản Đồng Tắm,19.8197,105.05959,trắng\n\
         == stations\n\
         site_id,carrier,lat,lon\n\
         S1,Viettel,19.8199,105.0597\n",
        "\
         Huyện,Xã,Thôn,Vĩ độ,Kinh độ,Mức độ\n\
         Quế Phong,Thông Thụ,Bản Đồng Tắm,19.8197,105.05959,lõm\n\
         == stations\n\
         site_id,carrier,lat,lon\n\
         S1,VinaPhone,19.8199,105.0597\n",
        "\
         Huyện,Xã,Thôn,Vĩ độ,Kinh độ,Mức độ\n\
         Quế Phong,Thông Thụ,Bản Đồng Tắm,19.8197,105.05959,trắng\n\
         == stations\n\
         site_id,carrier,lat,lon\n\
         S1,VinaPhone,19.85,105.1\n\
         == viettel\n\
         Huyện,Xã,Thôn,Vĩ độ,Kinh độ,Mức độ\n\
         Quế Phong,Thông Thụ,Bản Đồng Tắm,19.8197,105.05959,lõm\n",
    ],
};

fn check(view: &View<'_>, note: &mut dyn FnMut(Finding)) {
    let matches = view.inputs.matches;
    let mut weak: HashMap<(usize, Carrier), usize> = HashMap::new();
    for (number, area) in matches.areas().enumerate() {
        if area.area.severity == Some(Severity::Weak) {
            for village in area.demand {
                weak.entry((village, area.area.carrier.clone())).or_insert(number);
            }
        }
    }
    for area in matches.areas().filter(|a| a.area.severity == Some(Severity::White)) {
        let carrier = &area.area.carrier;
        // An area of several villages may be white in one and weak in another.
        let other = match area.demand.as_slice() {
            [village] => weak.get(&(*village, carrier.clone())).and_then(|number| matches.get(*number)),
            _ => None,
        };
        if let Some(other) = other {
            let source = &other.area.source;
            let sheet = source.sheet.as_deref().map(|s| format!("{s}!")).unwrap_or_default();
            let place = format!("{} {sheet}{}", source.file, source.row);
            note(at(Rule::SeverityInconsistent, &area).raw("white").fact("also", place));
            continue;
        }
        let predicted = match area.demand.as_slice() {
            [village] => view.inputs.reach.and_then(|reach| Some((reach, reach.of_centre(*village, carrier)?))),
            _ => None,
        };
        if let Some((reach, known)) = predicted {
            if let Some(found) = known {
                let finding = at(Rule::SeverityInconsistent, &area).raw("white");
                let finding = finding.fact("station", &found.station);
                let finding = finding.fact("distance", metres(found.distance_m));
                let level = format!("{:.1} dBm", found.level_dbm);
                let criterion = found.criterion.as_ref().unwrap_or(&reach.criterion);
                note(finding.fact("level", level).fact("criterion", criterion));
            }
            continue;
        }
        // The centre is the village's own, not the point that the row gives.
        let centre = match area.demand.as_slice() {
            [village] => matches.village_position(*village, view.inputs.registers),
            _ => None,
        };
        let limit_m = view.thresholds(carrier).station_at_centre_m;
        let near = centre.and_then(|centre| view.stations(carrier)?.nearest(centre, limit_m));
        if let Some((station, distance_m)) = near {
            let finding = at(Rule::SeverityInconsistent, &area).raw("white");
            note(finding.fact("station", &station.id).fact("distance", metres(distance_m)));
        }
    }
}
