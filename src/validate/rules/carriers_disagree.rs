//! `carriers_disagree`: Some carriers report this village dead, and others that report other villages of the
//! commune do not.

use std::collections::BTreeMap;

use super::{RuleDoc, Text};
use crate::domain::{Carrier, ReportState};
use crate::finding::{Finding, Level, Rule};
use crate::validate::inputs::{View, at, names};


/// The rule.
pub(super) const RULE: RuleDoc = RuleDoc {
    rule: Rule::CarriersDisagree,
    code: "carriers_disagree",
    level: Level::Warning,
    since: "0.1.0",
    what: Text {
        en: "Some carriers report this village dead, and others that report other villages of the \
             commune do not.",
        vi: "Có doanh nghiệp báo thôn, bản này lõm, còn doanh nghiệp khác có báo trong xã thì không.",
    },
    why: Text {
        en: "Not reported does not mean covered: the silent carrier knows the commune and may have \
             forgotten it, or has signal there.",
        vi: "Không báo không có nghĩa là có sóng: doanh nghiệp đó biết xã này, có thể quên, hoặc có sóng \
             ở đó.",
    },
    example: Text {
        en: "dead for VinaPhone, silent Viettel",
        vi: "VinaPhone báo lõm, Viettel không báo",
    },
    mend: Text {
        en: "Ask the silent carrier whether it has signal there.",
        vi: "Hỏi doanh nghiệp không báo xem nơi đó có sóng không.",
    },
    check: Some(check),
    bad: &[
        "\
         Huyện,Xã,Thôn,Vĩ độ,Kinh độ\n\
         Quế Phong,Thông Thụ,Bản Đồng Tắm,19.8197,105.05959\n\
         == viettel\n\
         Huyện,Xã,Thôn,Vĩ độ,Kinh độ\n\
         Quế Phong,Thông Thụ,Bản Noọng Độc,19.84927,105.05261\n",
        "\
         Huyện,Xã,Thôn,Vĩ độ,Kinh độ\n\
         Quế Phong,Thông Thụ,Bản Đồng Tắm,19.8197,105.05959\n\
         Quế Phong,Thông Thụ,Bản Noọng Độc,19.84927,105.05261\n\
         == viettel\n\
         Huyện,Xã,Thôn,Vĩ độ,Kinh độ\n\
         Quế Phong,Thông Thụ,Bản Noọng Độc,19.84927,105.05261\n",
        "\
         Huyện,Xã,Thôn,Vĩ độ,Kinh độ\n\
         Quế Phong,Thông Thụ,Bản Đồng Tắm,19.8197,105.05959\n\
         Quế Phong,Thông Thụ,Bản Noọng Độc,19.84927,105.05261\n\
         Quế Phong,Thông Thụ,Bản Hốc Lằm,19.93262,105.0571\n\
         == viettel\n\
         Huyện,Xã,Thôn,Vĩ độ,Kinh độ\n\
         Quế Phong,Thông Thụ,Bản Đồng Tắm,19.8197,105.05959\n\
         Quế Phong,Thông Thụ,Bản Noọng Độc,19.84927,105.05261\n",
    ],
    good: &[
        "\
         Huyện,Xã,Thôn,Vĩ độ,Kinh độ\n\
         Quế Phong,Thông Thụ,Bản Đồng Tắm,19.8197,105.05959\n\
         == viettel\n\
         Huyện,Xã,Thôn,Vĩ độ,Kinh độ\n\
         Quế Phong,Thông Thụ,Bản Đồng Tắm,19.8197,105.05959\n",
        "\
         Huyện,Xã,Thôn,Vĩ độ,Kinh độ\n\
         Quế Phong,Thông Thụ,Bản Đồng Tắm,19.8197,105.05959\n\
         == viettel\n\
         Huyện,Xã,Thôn,Vĩ độ,Kinh độ\n\
         Tương Dương,Tam Hợp,Bản Phà Pục,19.18222,104.39435\n",
        "\
         Huyện,Xã,Thôn,Vĩ độ,Kinh độ\n\
         Quế Phong,Thông Thụ,Bản Đồng Tắm,19.8197,105.05959\n\
         Quế Phong,Thông Thụ,Bản Noọng Độc,19.84927,105.05261\n\
         == viettel\n\
         Huyện,Xã,Thôn,Vĩ độ,Kinh độ\n\
         Quế Phong,Thông Thụ,Bản Noọng Độc,19.84927,105.05261\n\
         Quế Phong,Thông Thụ,Bản Đồng Tắm,19.8197,105.05959\n",
    ],
};

/// One finding a village, at the first area that reports it.
fn check(view: &View<'_>, findings: &mut Vec<Finding>) {
    let result = view.inputs.result;
    let mut first = BTreeMap::new();
    for area in view.areas() {
        for village in &area.demand {
            first.entry(*village).or_insert(area);
        }
    }
    let per_village = result.gaps.chunks(result.carriers.len().max(1));
    for (village, gaps) in per_village.enumerate() {
        let Some(area) = first.get(&village) else { continue };
        let Some(code) = &area.commune_code else { continue };
        let reporting: Vec<&Carrier> = view.reporting_in(&code.0).collect();
        let of_state = |state: ReportState| -> Vec<&str> {
            let gaps = gaps.iter().filter(|g| g.state == state && reporting.contains(&&g.carrier));
            gaps.map(|g| g.carrier.name()).collect()
        };
        let silent = of_state(ReportState::NotReported);
        if silent.is_empty() {
            continue;
        }
        let finding = at(Rule::CarriersDisagree, area)
            .raw(names(area))
            .fact("reported_by", of_state(ReportState::Reported).join(", "))
            .fact("not_reported_by", silent.join(", "));
        findings.push(finding);
    }
}
