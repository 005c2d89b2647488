//! `carriers_disagree`: Some carriers report this village dead, and others that report other villages of the
//! commune do not.

use std::collections::{BTreeMap, HashSet};

use super::{RuleDoc, Text};
use crate::domain::Carrier;
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
fn check(view: &View<'_>, note: &mut dyn FnMut(Finding)) {
    let matches = view.inputs.matches;
    let carriers: BTreeMap<&Carrier, usize> = matches.carriers.iter().zip(0..).collect();
    let mut first: BTreeMap<usize, usize> = BTreeMap::new();
    // By village and carrier: those that report it, and those of whose areas one may mean it.
    let (mut reported, mut doubtful) = (HashSet::new(), HashSet::new());
    for (number, area) in matches.areas().enumerate() {
        let carrier = carriers.get(&area.area.carrier).copied().unwrap_or(usize::MAX);
        reported.extend(area.demand.iter().map(|village| (*village, carrier)));
        doubtful.extend(area.several.iter().map(|village| (*village, carrier)));
        if !area.is_duplicate {
            for village in &area.demand {
                first.entry(*village).or_insert(number);
            }
        }
    }
    for (village, number) in first {
        let Some(area) = matches.get(number) else { continue };
        let Some(code) = &area.commune_code else { continue };
        let reporting = || view.reporting_in(&code.0).filter_map(|c| Some((c, *carriers.get(c)?)));
        let silent: Vec<&str> = reporting()
            .filter(|(_, c)| !reported.contains(&(village, *c)) && !doubtful.contains(&(village, *c)))
            .map(|(carrier, _)| carrier.name())
            .collect();
        if silent.is_empty() {
            continue;
        }
        let speak: Vec<&str> =
            reporting().filter(|(_, c)| reported.contains(&(village, *c))).map(|(c, _)| c.name()).collect();
        let finding = at(Rule::CarriersDisagree, &area)
            .raw(names(&area))
            .fact("reported_by", speak.join(", "))
            .fact("not_reported_by", silent.join(", "));
        note(finding);
    }
}
