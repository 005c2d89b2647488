//! `[validate]` of `study.toml` → [`Config`].

use std::collections::BTreeMap;

use serde::Deserialize;

use super::config::{ListEntry, nearest};
use crate::domain::Carrier;
use crate::finding::{Level, Rule};
use crate::lang::Both;
use crate::normalize::coord::CoordContext;
use crate::normalize::value::Date;
use crate::reconcile::Tolerances;
use crate::validate::{Config, Profile, ThresholdChanges, Thresholds, Waiver, is_fixed};

/// `[validate]`
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ValidateSection {
    /// `[validate.levels]`: rule → level or `off`.
    #[serde(default)]
    pub levels: BTreeMap<String, LevelSetting>,
    /// `[validate.thresholds]`
    #[serde(default)]
    pub thresholds: ThresholdsSection,
    /// `[validate.carriers.NAME]`
    #[serde(default)]
    pub carriers: BTreeMap<String, CarrierSection>,
    /// `[[validate.waivers]]`
    #[serde(default)]
    pub waivers: Vec<WaiverEntry>,
}

/// A level as the study file has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum LevelSetting {
    /// Error.
    Error,
    /// Warning.
    Warning,
    /// Info.
    Info,
    /// Not reported at all.
    Off,
}

impl From<LevelSetting> for Option<Level> {
    fn from(setting: LevelSetting) -> Option<Level> {
        match setting {
            LevelSetting::Error => Some(Level::Error),
            LevelSetting::Warning => Some(Level::Warning),
            LevelSetting::Info => Some(Level::Info),
            LevelSetting::Off => None,
        }
    }
}

/// `[validate.thresholds]`
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ThresholdsSection {
    /// `station_within_reach`; default 1.
    pub station_within_reach_km: Option<f64>,
    /// `severity_inconsistent`; default 0.15.
    pub station_at_centre_km: Option<f64>,
    /// `plan_missing_or_overdue`; default the radius of `[coverage]`.
    pub plan_radius_km: Option<f64>,
    /// `coord_repeated`; default 2.
    pub villages_on_a_point: Option<usize>,
    /// `coord_far_from_commune`; default 8. For all lists alike.
    pub far_from_commune_km: Option<f64>,
    /// `coord_far_from_village`; default 3. For all lists alike.
    pub far_from_village_km: Option<f64>,
    /// `coord_outside_province`: how far outside the communes' outlines; default 1.5. For all lists alike.
    pub outside_province_km: Option<f64>,
    /// `duplicate_within_carrier`: how near two rows of one name, which the register lacks, are one place; default 0.2. For
    /// all lists alike.
    pub duplicate_km: Option<f64>,
    /// `coord_low_precision`: fewer decimals of a degree are coarse; default 3. For all lists alike.
    pub coordinate_decimals: Option<u32>,
}

/// `[validate.carriers.NAME]`
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CarrierSection {
    /// Levels that differ for this carrier.
    #[serde(default)]
    pub levels: BTreeMap<String, LevelSetting>,
    /// Thresholds that differ.
    #[serde(default)]
    pub thresholds: ThresholdsSection,
}

/// `[[validate.waivers]]`
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WaiverEntry {
    /// The finding's fingerprint.
    pub fingerprint: String,
    /// Why it is accepted.
    pub reason: String,
    /// Who accepts it.
    pub who: String,
    /// The last day on which it is accepted, `2025-12-31`.
    pub until: String,
}

impl ValidateSection {
    /// What is wrong with the section of a study with lists of these carriers, if anything.
    pub(super) fn check(&self, lists: &[ListEntry]) -> Result<(), Both> {
        for name in self.carriers.keys() {
            check_carrier(name, lists)?;
        }
        let Some(any_day) = Date::new(2024, 1, 1) else { return Ok(()) };
        self.config(any_day, Thresholds::default().plan_radius_m / 1_000.0).map(|_| ())
    }

    /// How far off positions may be.
    pub fn tolerances(&self) -> Tolerances {
        let default = Tolerances::default();
        let set = &self.thresholds;
        let metres = |km: Option<f64>, default_m: f64| km.map_or(default_m, |km| km * 1_000.0);
        Tolerances {
            far_from_commune_m: metres(set.far_from_commune_km, default.far_from_commune_m),
            far_from_village_m: metres(set.far_from_village_km, default.far_from_village_m),
            outside_province_m: metres(set.outside_province_km, default.outside_province_m),
            duplicate_m: metres(set.duplicate_km, default.duplicate_m),
        }
    }

    /// How coordinates are read, but for what depends on the province.
    pub(super) fn coord_context(&self) -> CoordContext {
        let default = CoordContext::default();
        CoordContext {
            min_decimals: self.thresholds.coordinate_decimals.unwrap_or(default.min_decimals),
            ..default
        }
    }

    /// The configuration that it means. `radius_km` is the study's own.
    ///
    /// # Errors
    /// What is wrong and what to do, to stand behind the file's name.
    pub fn config(&self, today: Date, radius_km: f64) -> Result<Config, Both> {
        let changes = thresholds(&self.thresholds, "[validate.thresholds]")?;
        let base = Thresholds { plan_radius_m: radius_km * 1_000.0, ..Thresholds::default() };
        let mut carriers = BTreeMap::new();
        for (name, section) in &self.carriers {
            let place = format!("[validate.carriers.{name}]");
            let carrier = Carrier::from_name(name).ok_or_else(|| {
                Both::new(format!("{place}: hãy ghi tên doanh nghiệp"), format!("{place}: name the carrier"))
            })?;
            let own = &section.thresholds;
            for (name, set) in [
                ("far_from_commune_km", own.far_from_commune_km.is_some()),
                ("far_from_village_km", own.far_from_village_km.is_some()),
                ("outside_province_km", own.outside_province_km.is_some()),
                ("duplicate_km", own.duplicate_km.is_some()),
                ("coordinate_decimals", own.coordinate_decimals.is_some()),
            ] {
                if set {
                    return Err(Both::new(
                        format!(
                            "{place} {name}: ngưỡng này chung cho mọi danh sách; ghi ở [validate.thresholds]"
                        ),
                        format!(
                            "{place} {name}: holds for all lists alike; write it under [validate.thresholds]"
                        ),
                    ));
                }
            }
            let profile = Profile {
                levels: levels(&section.levels, &place)?,
                thresholds: thresholds(&section.thresholds, &place)?,
            };
            if carriers.insert(carrier, profile).is_some() {
                return Err(Both::new(
                    format!("{place}: doanh nghiệp này đã có mục riêng; hãy gộp hai mục làm một"),
                    format!("{place}: this carrier has a section already; make the two one"),
                ));
            }
        }
        Ok(Config {
            today,
            levels: levels(&self.levels, "[validate.levels]")?,
            thresholds: base.with(&changes),
            carriers,
            waivers: self.waivers.iter().map(waiver).collect::<Result<_, _>>()?,
        })
    }
}

/// A section of a carrier that no list names would be passed over without a word: it is a slip.
fn check_carrier(name: &str, lists: &[ListEntry]) -> Result<(), Both> {
    let carrier = Carrier::from_name(name);
    let of_lists: Vec<Carrier> = lists.iter().filter_map(|list| Carrier::from_name(&list.carrier)).collect();
    if carrier.as_ref().is_some_and(|c| of_lists.contains(c) || !matches!(c, Carrier::Other(_))) {
        return Ok(());
    }
    let known = of_lists.iter().chain(&Carrier::KNOWN).map(Carrier::name);
    let mut known: Vec<&str> = known.collect();
    known.sort_unstable();
    known.dedup();
    let near = Carrier::misspelt(name).map(|c| c.name().to_owned());
    let near = near.or_else(|| nearest(name, &known).map(str::to_owned));
    let place = format!("[validate.carriers.{name}]");
    let meant =
        |words: &str| near.as_ref().map(|near| format!("; {words} `{near}`?")).unwrap_or(".".to_owned());
    let (vi, en) = (meant("ý bạn là"), meant("did you mean"));
    let known = known.join(", ");
    Err(Both::new(
        format!("{place}: không danh sách nào của doanh nghiệp này{vi} Có thể ghi: {known}"),
        format!("{place}: no list names this carrier{en} Known are: {known}"),
    ))
}

fn levels(
    settings: &BTreeMap<String, LevelSetting>,
    place: &str,
) -> Result<BTreeMap<Rule, Option<Level>>, Both> {
    settings
        .iter()
        .map(|(code, setting)| {
            let rule = Rule::from_code(code).ok_or_else(|| {
                let Both { vi, en } = unknown_rule(code);
                Both::new(format!("{place}: {vi}"), format!("{place}: {en}"))
            })?;
            if is_fixed(rule) && Option::from(*setting) != Some(rule.level()) {
                return Err(Both::new(
                    format!("{place} {code}: lỗi cấu trúc hoặc an toàn giữ nguyên mức độ; hãy bỏ dòng này"),
                    format!(
                        "{place} {code}: an error of structure or security keeps its level; remove the line"
                    ),
                ));
            }
            Ok((rule, (*setting).into()))
        })
        .collect()
}

/// "there is no rule `x`; did you mean `y`?"
pub fn unknown_rule(code: &str) -> Both {
    let known: Vec<&str> = Rule::ALL.iter().map(|r| r.code()).collect();
    let near = nearest(code, &known);
    Both::new(
        format!(
            "không có quy tắc `{code}`{} Xem mọi quy tắc: phusong explain",
            near.map_or_else(|| ".".to_owned(), |n| format!("; ý bạn là `{n}`?"))
        ),
        format!(
            "there is no rule `{code}`{} All rules: phusong explain",
            near.map_or_else(|| ".".to_owned(), |n| format!("; did you mean `{n}`?"))
        ),
    )
}

fn thresholds(section: &ThresholdsSection, place: &str) -> Result<ThresholdChanges, Both> {
    let metres = |name: &str, km: Option<f64>| match km {
        Some(km) if !(km.is_finite() && km > 0.0 && km <= 1_000.0) => Err(Both::new(
            format!("{place} {name} = {km}: số km lớn hơn 0, nhiều nhất 1000"),
            format!("{place} {name} = {km}: a number of km above 0, at most 1000"),
        )),
        km => Ok(km.map(|km| km * 1_000.0)),
    };
    if section.villages_on_a_point.is_some_and(|n| n < 2) {
        return Err(Both::new(
            format!("{place} villages_on_a_point: ít nhất 2"),
            format!("{place} villages_on_a_point: at least 2"),
        ));
    }
    metres("far_from_commune_km", section.far_from_commune_km)?;
    metres("far_from_village_km", section.far_from_village_km)?;
    metres("outside_province_km", section.outside_province_km)?;
    metres("duplicate_km", section.duplicate_km)?;
    if section.coordinate_decimals.is_some_and(|n| n > 8) {
        return Err(Both::new(
            format!("{place} coordinate_decimals: nhiều nhất 8"),
            format!("{place} coordinate_decimals: at most 8"),
        ));
    }
    Ok(ThresholdChanges {
        station_within_reach_m: metres("station_within_reach_km", section.station_within_reach_km)?,
        station_at_centre_m: metres("station_at_centre_km", section.station_at_centre_km)?,
        plan_radius_m: metres("plan_radius_km", section.plan_radius_km)?,
        villages_on_a_point: section.villages_on_a_point,
    })
}

fn waiver(entry: &WaiverEntry) -> Result<Waiver, Both> {
    let place = format!("[[validate.waivers]] {}", entry.fingerprint);
    for (name, text) in [("fingerprint", &entry.fingerprint), ("reason", &entry.reason), ("who", &entry.who)]
    {
        if text.trim().is_empty() {
            return Err(Both::new(
                format!("{place}: {name} để trống; miễn trừ phải ghi mục nào, vì sao, ai và đến khi nào"),
                format!("{place}: {name} is empty; a waiver says what, why, who and until when"),
            ));
        }
    }
    let until = Date::from_iso(entry.until.trim());
    Ok(Waiver {
        fingerprint: entry.fingerprint.trim().to_owned(),
        reason: entry.reason.clone(),
        who: entry.who.clone(),
        until: until.ok_or_else(|| {
            Both::new(
                format!("{place}: until = \"{}\": hãy ghi ngày dạng 2025-12-31", entry.until),
                format!("{place}: until = \"{}\": write a day as 2025-12-31", entry.until),
            )
        })?,
    })
}

#[cfg(test)]
mod tests {
    use super::super::parse_study;

    const STUDY: &str = "[study]\nname = \"x\"\nprovince = \"40\"\n";

    fn error(section: &str) -> String {
        parse_study(&format!("{STUDY}{section}"), "study.toml").unwrap_err().to_string()
    }

    #[test]
    fn mistakes_are_named_with_the_near_name() {
        assert!(error("[validate]\nlevel = 1\n").contains("did you mean `levels`"));
        let text = error("[validate.levels]\ncoord_swaped = \"off\"\n");
        assert!(text.contains("did you mean `coord_swapped`"), "{text}");
        assert!(error("[validate.levels]\ncoord_swapped = \"of\"\n").contains("did you mean `off`"));
        assert!(error("[validate.levels]\nunreadable_file = \"off\"\n").contains("keeps its level"));
        assert!(error("[validate.thresholds]\nplan_radius_km = 0.0\n").contains("above 0"));
        assert!(
            error("[validate.thresholds]\nfar_from_comune_km = 9\n")
                .contains("did you mean `far_from_commune_km`")
        );
        assert!(error("[validate.thresholds]\nfar_from_commune_km = -1\n").contains("above 0"));
        let of_carrier = "[validate.carriers.Viettel.thresholds]\ncoordinate_decimals = 4\n";
        assert!(error(of_carrier).contains("all lists alike"));
        assert!(error("[validate.carriers.Viettel]\nlevls = {}\n").contains("did you mean `levels`"));
        let of_carrier = "[validate.carriers.Vietel.levels]\ncoord_missing = \"off\"\n";
        assert!(error(of_carrier).contains("[validate.carriers.Vietel]"));
        assert!(error(of_carrier).contains("did you mean `Viettel`"));
        assert!(error("[validate.carriers.Gtel]\n").contains("no list names this carrier"));
        assert!(
            error("[validate.carriers.Viettel]\n[validate.carriers.viettel]\n").contains("make the two one")
        );
        let waiver =
            "[[validate.waivers]]\nfingerprint = \"a\"\nreason = \"b\"\nwho = \"c\"\nuntil = \"soon\"\n";
        assert!(error(waiver).contains("2025-12-31"));
        assert!(error(&waiver.replace("\"b\"", "\" \"")).contains("reason is empty"));
    }

    #[test]
    fn a_section_may_be_that_of_a_listed_or_a_known_carrier() {
        let list = "[[lists]]\ncarrier = \"Gtel\"\nfile = \"g.csv\"\n";
        for name in ["Gtel", "VNPT", "Vietnamobile"] {
            let text = format!("{STUDY}{list}[validate.carriers.{name}.levels]\ncoord_missing = \"off\"\n");
            assert!(parse_study(&text, "study.toml").is_ok(), "{name}");
        }
        let text = format!("{STUDY}{list}[validate.carriers.Gtell]\n");
        assert!(parse_study(&text, "s").unwrap_err().to_string().contains("did you mean `Gtel`"));
    }
}
