//! Communes of the whole country in three eras, and which became which.
//!
//! Papers in use today follow three lists of communes: until November 2024, from then to June 2025, and since
//! July 2025 ([`Era`](crate::domain::Era)). Names and codes were reused between them, so nothing here is looked
//! up without saying which era, and every old commune knows what it became.
//!
//! In: the code of a province, a name as a list has it. Out: communes. Source: the table `data/admin/units.tsv`,
//! made by `examples/make_admin_units` from two MIT-licensed packages; `data/admin/README.md` says what is known
//! to be wrong with it. Points of communes are hints only.
//! Not here: outlines (the study's `communes` file has them), villages, and the decision which of several answers
//! a list means (`reconcile`).

mod false_friend;
mod find;
mod key;
mod province;
mod study_data;
mod table;

pub use false_friend::FalseFriend;
pub use find::{CommuneMatch, CommuneQuery};
pub use province::{ProvinceUnits, Successor};
pub use study_data::{CrosswalkRow, StudyCommune};

/// A province, before or since July 2025.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Province {
    /// Official code. The 34 codes of today were codes before; 29 more are only of before.
    pub code: String,
    /// Full name with its type.
    pub name: String,
    /// Whether it is one of today's 34.
    pub is_today: bool,
    /// The province of today that it is, or became part of.
    pub today_code: String,
}

/// The built-in table of units.
#[derive(Debug, Clone, Copy)]
pub struct AdminUnits;

impl AdminUnits {
    /// The 34 provinces of today, each followed by the ones that it was made of.
    pub fn provinces() -> Vec<Province> {
        let province = |line: table::ProvinceLine| Province {
            code: line.code.to_owned(),
            name: line.name.to_owned(),
            is_today: line.is_today,
            today_code: line.today_code.to_owned(),
        };
        table::provinces().map(province).collect()
    }

    /// The province of a name, with or without its type; today's rather than the one of before.
    pub fn province_by_name(name: &str) -> Option<Province> {
        let asked = key::district_key(name).name;
        let mut found: Vec<Province> = AdminUnits::provinces();
        found.retain(|p| key::district_key(&p.name).name == asked);
        found.sort_by(|a, b| b.is_today.cmp(&a.is_today).then_with(|| a.code.cmp(&b.code)));
        found.into_iter().next()
    }

    /// The units of a province by its code. A code of today brings the communes of all the provinces that it was
    /// made of (`08`: Tuyên Quang and Hà Giang), a code only of before (`02`: Hà Giang) its own and what they
    /// became. `None` where no province ever had this code.
    pub fn for_province(code: &str) -> Option<ProvinceUnits> {
        let line = table::provinces().find(|line| line.is_today && line.code == code);
        let line = line.or_else(|| table::provinces().find(|line| line.code == code))?;
        let old_province = (!line.is_today).then_some(line.code);
        Some(ProvinceUnits::from_lines(table::communes(line.today_code), old_province))
    }
}

/// The part of a commune's name that tells it from others, for comparing only: type, case, composition, spaces,
/// hyphens, apostrophes, the place of the tone mark and a lone y or i left aside; accents kept.
pub fn commune_name_key(name: &str) -> String {
    key::commune_key(name).name
}

/// The part of a district's name that tells it from others (`H. Kỳ Sơn`, `HUYỆN KỲ SƠN`, `Kỳ Sơn` are one), for
/// comparing only; made as [`commune_name_key`] makes its keys.
pub fn district_name_key(name: &str) -> String {
    key::district_key(name).name
}
