//! `plan_missing_or_overdue`: The carrier has registered stations, but none within the radius of this dead
//! zone, or the year of the nearest has passed and it is not on air.

use super::{RuleDoc, Text};
use crate::domain::PlannedStation;
use crate::finding::{Finding, Level, Rule};
use crate::text::unaccent;
use crate::validate::inputs::{View, at, names};


/// The rule.
pub(super) const RULE: RuleDoc = RuleDoc {
    rule: Rule::PlanMissingOrOverdue,
    code: "plan_missing_or_overdue",
    level: Level::Warning,
    since: "0.1.0",
    what: Text {
        en: "The carrier has registered stations, but none within the radius of this dead zone, or the \
             year of the nearest has passed and it is not on air. With a predicted coverage model: none that is predicted to \
             serve it; only where that is unknown, distance decides.",
        vi: "Doanh nghiệp có đăng ký trạm, nhưng không trạm nào trong bán kính khu vực lõm, hoặc đã quá \
             năm đăng ký mà chưa phát sóng. Khi study dùng mô hình dự báo: không trạm nào được dự báo là phủ tới; chỉ nơi \
             không rõ mới xét theo khoảng cách.",
    },
    why: Text {
        en: "The zone is reported and nobody is going to serve it in time.",
        vi: "Khu vực được báo mà không ai phục vụ đúng hạn.",
    },
    example: Text {
        en: "registered for 2024, “chưa triển khai” in 2026",
        vi: "đăng ký năm 2024, năm 2026 vẫn “chưa triển khai”",
    },
    mend: Text {
        en: "Register a station, or ask for a new date.",
        vi: "Đăng ký trạm, hoặc yêu cầu thời hạn mới.",
    },
    check: Some(check),
    bad: &[
        "\
         Huyện,Xã,Thôn,Vĩ độ,Kinh độ\n\
         Quế Phong,Thông Thụ,Bản Đồng Tắm,19.8197,105.05959\n\
         == programme\n\
         plan_id,carrier,commune,village,year,status\n\
         P1,VinaPhone,Xã Thông Thụ,Bản Hốc Lằm,2099,Chưa triển khai\n",
        "\
         Huyện,Xã,Thôn\n\
         Quế Phong,Thông Thụ,Bản Đồng Tắm\n\
         == programme\n\
         plan_id,carrier,commune,village,year,status\n\
         P1,VinaPhone,Xã Thông Thụ,Bản Đồng Tắm,2024,Chưa triển khai\n",
        "\
         Huyện,Xã,Thôn,Vĩ độ,Kinh độ\n\
         Quế Phong,Thông Thụ,Bản Đồng Tắm,19.8197,105.05959\n\
         == programme\n\
         plan_id,carrier,lat,lon,year,status\n\
         P1,VinaPhone,19.2,104.4,2099,Chưa triển khai\n",
        "\
         Huyện,Xã,Thôn,Vĩ độ,Kinh độ\n\
         Quế Phong,Thông Thụ,Bản Đồng Tắm,19.8197,105.05959\n\
         == programme\n\
         plan_id,carrier,lat,lon,year,status\n\
         P1,VinaPhone,19.821,105.06,2024,Chưa triển khai\n",
        "\
         Huyện,Xã,Thôn,Vĩ độ,Kinh độ\n\
         Quế Phong,Thông Thụ,Bản Đồng Tắm,19.8197,105.05959\n\
         == programme\n\
         plan_id,carrier,lat,lon,year,status\n\
         P1,VinaPhone,19.821,105.06,2025,Đang xây dựng\n\
         == study\n\
         date = \"2026-01-31\"\n",
    ],
    good: &[
        "\
         Huyện,Xã,Thôn,Vĩ độ,Kinh độ\n\
         Quế Phong,Thông Thụ,Bản Đồng Tắm,19.8197,105.05959\n\
         == programme\n\
         plan_id,carrier,commune,village,year,status\n\
         P1,VinaPhone,Xã Thông Thụ,bản Đồng Tắm,2099,Chưa triển khai\n",
        "\
         Huyện,Xã,Thôn,Vĩ độ,Kinh độ\n\
         Quế Phong,Thông Thụ,Bản Đồng Tắm,19.8197,105.05959\n\
         == programme\n\
         plan_id,carrier,lat,lon,year,status\n\
         P1,VinaPhone,19.821,105.06,2024,Đã phát sóng\n",
        "\
         Huyện,Xã,Thôn,Vĩ độ,Kinh độ\n\
         Quế Phong,Thông Thụ,Bản Đồng Tắm,19.8197,105.05959\n\
         == programme\n\
         plan_id,carrier,lat,lon,year,status\n\
         P1,VinaPhone,19.821,105.06,2025,Chưa triển khai\n\
         == study\n\
         date = \"2024-03-31\"\n",
        "\
         Huyện,Xã,Thôn,Vĩ độ,Kinh độ\n\
         Quế Phong,Thông Thụ,Bản Đồng Tắm,19.8197,105.05959\n\
         == programme\n\
         plan_id,carrier,lat,lon,year,status\n\
         P1,Viettel,19.2,104.4,2024,Chưa triển khai\n",
    ],
};

/// Carriers that registered nothing at all are not asked: what they plan is not known.
fn check(view: &View<'_>, note: &mut dyn FnMut(Finding)) {
    let this_year = view.date().year();
    for area in view.areas() {
        let carrier = &area.area.carrier;
        let Some(plans) = view.programme(carrier) else { continue };
        let radius_m = view.thresholds(carrier).plan_radius_m;
        let registered = view.inputs.programme.unwrap_or_default();
        let predicted =
            view.inputs.reach.and_then(|reach| Some((&reach.criterion, reach.plans_of(&area.area)?)));
        let mut near: Vec<&PlannedStation> = match (predicted, area.position) {
            (Some((_, plans)), _) => plans.iter().filter_map(|plan| registered.get(*plan)).collect(),
            (None, Some(position)) => plans.within(position, radius_m),
            (None, None) => Vec::new(),
        };
        // A station without a position is meant for the village that it names.
        near.extend(view.named_programme(&area));
        if near.is_empty() && area.position.is_none() {
            continue;
        }
        let finding = at(Rule::PlanMissingOrOverdue, &area).raw(names(&area));
        let finding = match predicted {
            Some((criterion, _)) => finding.fact("criterion", criterion),
            None => finding,
        };
        if near.is_empty() && predicted.is_some() {
            note(finding.fact("count", "0"));
            continue;
        }
        if near.is_empty() {
            note(finding.fact("radius", format!("{} km", radius_m / 1_000.0)).fact("count", "0"));
            continue;
        }
        // A year that is not stated has not passed; one station on air or still in time is enough.
        let late = |plan: &&PlannedStation| !on_air(plan) && plan.year.is_some_and(|year| year < this_year);
        if near.iter().all(late)
            && let Some(last) = near.iter().max_by_key(|plan| (plan.year, &plan.id))
        {
            let finding = finding
                .fact("station", &last.id)
                .fact("year", last.year.map(|y| y.to_string()).unwrap_or_default())
                .fact("status", last.status.clone().unwrap_or_default());
            note(finding);
        }
    }
}

fn on_air(plan: &PlannedStation) -> bool {
    let status = unaccent(plan.status.as_deref().unwrap_or_default());
    let says = |words: &[&str]| words.iter().any(|word| status.contains(word));
    says(&["phat song", "hoan thanh", "hoat dong", "on air", "in service", "active", "done"])
        && !says(&["chua", "khong", "not ", "inactive", "dang xay"])
}
