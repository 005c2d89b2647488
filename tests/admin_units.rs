//! The built-in units: counts, crosswalk, names that mislead.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test may fail loudly")]

use std::collections::BTreeSet;

use phusong::domain::{Commune, Era};
use phusong::normalize::admin::{AdminUnits, CommuneQuery, CrosswalkRow, ProvinceUnits, StudyCommune};

fn nghe_an() -> ProvinceUnits {
    AdminUnits::for_province("40").unwrap()
}

fn labels<'a>(communes: impl IntoIterator<Item = &'a Commune>) -> Vec<String> {
    let label = |c: &Commune| format!("{} {} {}", c.era.name(), c.code.0, c.name);
    communes.into_iter().map(label).collect()
}

fn find(units: &ProvinceUnits, name: &str, district: Option<&str>, era: Option<Era>) -> Vec<String> {
    labels(units.find(&CommuneQuery { name, district, era }).iter().map(|m| m.commune))
}

#[test]
fn nghe_an_has_460_412_130_communes_in_21_20_0_districts() {
    let units = nghe_an();
    for (era, communes, districts) in [(Era::Y2024, 460, 21), (Era::H1Y2025, 412, 20), (Era::Y2025, 130, 0)] {
        assert_eq!(units.communes(era).count(), communes);
        let named: BTreeSet<_> = units.communes(era).filter_map(|c| c.district.as_ref()).collect();
        assert_eq!(named.len(), districts);
        assert!(units.communes(era).all(|c| !c.name.is_empty() && c.code.0.len() == 5));
    }
}

#[test]
fn the_country_has_as_many_communes_as_the_sources() {
    let provinces = AdminUnits::provinces();
    assert_eq!(provinces.iter().filter(|p| p.is_today).count(), 34);
    assert_eq!(provinces.iter().filter(|p| !p.is_today).count(), 63);
    let mut counts = [0; 3];
    let mut lost = Vec::new();
    for province in provinces.iter().filter(|p| p.is_today) {
        let units = AdminUnits::for_province(&province.code).unwrap();
        for (count, era) in counts.iter_mut().zip([Era::Y2024, Era::H1Y2025, Era::Y2025]) {
            *count += units.communes(era).count();
            for commune in units.communes(era) {
                let today = units.to_today(commune);
                if today.is_empty() {
                    lost.push(commune.code.0.clone());
                } else {
                    assert_eq!(today.iter().filter(|s| s.is_default).count(), 1, "{commune:?}");
                }
            }
        }
        assert!(
            units.communes(Era::Y2025).all(|c| !units.ancestors(c).is_empty() || c.name.contains("Đặc khu"))
        );
    }
    assert_eq!(counts, [10_599, 10_035, 3_321]);
    lost.sort();
    // The sources do not say what these became in December 2024, so neither do we.
    assert_eq!(lost, ["10774", "13339", "20239", "28825"]);
}

#[test]
fn every_old_commune_of_nghe_an_became_one_of_today() {
    let units = nghe_an();
    let old: Vec<&Commune> = units.communes(Era::Y2024).chain(units.communes(Era::H1Y2025)).collect();
    assert_eq!(old.len(), 872);
    for commune in old {
        let today = units.to_today(commune);
        assert!(!today.is_empty(), "{commune:?}");
        assert!(today[0].is_default && today.iter().all(|s| s.commune.era == Era::Y2025));
        assert!(units.ancestors(today[0].commune).contains(&commune));
    }
}

#[test]
fn old_tam_hop_is_not_todays_tam_hop() {
    let units = nghe_an();
    let in_tuong_duong = find(&units, "Xã Tam Hợp", Some("H. Tương Dương"), None);
    assert_eq!(in_tuong_duong, ["2025H1 16936 Xã Tam Hợp", "2024 16936 Xã Tam Hợp"]);
    let old = units.by_code("16936", Era::H1Y2025).unwrap();
    assert_eq!(labels(units.to_today(old).iter().map(|s| s.commune)), ["2025 16936 Xã Tam Thái"]);
    let friend = units.false_friend("tam hợp").unwrap();
    assert_eq!(labels(friend.today.iter().copied()), ["2025 17059 Xã Tam Hợp"]);
    assert_eq!(
        labels(friend.older.iter().map(|(c, _)| *c)),
        ["2024 16936 Xã Tam Hợp", "2025H1 16936 Xã Tam Hợp"]
    );
    assert_eq!(friend.older[0].1[0].commune.name, "Xã Tam Thái");
    assert!(units.false_friend("Tam Quang").is_none(), "the same place before and today");
    assert!(units.false_friend("Xã Nghi Đức").is_none(), "no commune of today bears this name");
}

#[test]
fn accents_tell_communes_apart() {
    let units = nghe_an();
    let can = find(&units, "Nậm Cắn", None, Some(Era::H1Y2025));
    let can_huyen = find(&units, "Nậm Càn", None, Some(Era::H1Y2025));
    assert_eq!((can.len(), can_huyen.len()), (1, 1));
    assert_ne!(can, can_huyen);
    assert!(find(&units, "Nam Can", None, None).is_empty());
}

#[test]
fn names_are_found_as_people_write_them() {
    let units = nghe_an();
    for name in ["Phường Nghi Thủy", "P. Nghi Thuỷ", "NGHI THỦY", "nghi thu\u{309}y", "P.Nghi  Thủy"]
    {
        assert_eq!(
            find(&units, name, None, None),
            ["2025H1 16717 Phường Nghi Thủy", "2024 16717 Phường Nghi Thuỷ"],
            "{name}"
        );
    }
    // Cửa Lò was merged into Vinh in December 2024.
    assert_eq!(find(&units, "Nghi Thủy", Some("TX Cửa Lò"), None), ["2024 16717 Phường Nghi Thuỷ"]);
    assert_eq!(find(&units, "Nghi Thủy", Some("TP. Vinh"), None), ["2025H1 16717 Phường Nghi Thủy"]);
    // A commune of today answers to the district its ancestors lay in.
    assert!(find(&units, "Tam Thái", Some("Tương Dương"), Some(Era::Y2025)).len() == 1);
    assert!(find(&units, "Tam Thái", Some("Kỳ Sơn"), None).is_empty());
}

#[test]
fn a_contradictory_type_is_reported_and_comes_last() {
    let units = nghe_an();
    let wrong = units.find(&CommuneQuery { name: "Thị trấn Tam Quang", ..Default::default() });
    assert!(!wrong.is_empty() && wrong.iter().all(|m| m.type_differs));
    let right = units.find(&CommuneQuery { name: "Xã Tam Quang", ..Default::default() });
    assert!(!right.is_empty() && right.iter().all(|m| !m.type_differs));
    // Thị trấn Quỳ Hợp until 2025, xã Quỳ Hợp today.
    let both = units.find(&CommuneQuery { name: "TT Quỳ Hợp", ..Default::default() });
    assert!(!both[0].type_differs && both[both.len() - 1].type_differs);
}

#[test]
fn a_code_needs_its_era() {
    let units = nghe_an();
    assert_eq!(units.by_code("16936", Era::H1Y2025).unwrap().name, "Xã Tam Hợp");
    assert_eq!(units.by_code("16936", Era::Y2025).unwrap().name, "Xã Tam Thái");
    assert_eq!(units.by_code("16969", Era::Y2024).unwrap().name, "Xã Nghĩa Phú");
    assert_eq!(units.by_code("16969", Era::H1Y2025).unwrap().name, "Xã Nghĩa Thọ");
    assert!(units.by_code("00001", Era::Y2024).is_none());
}

#[test]
fn a_divided_commune_has_a_default() {
    // None was divided in Nghệ An; in Cần Thơ some were.
    let units = AdminUnits::for_province("92").unwrap();
    let divided: Vec<_> = units.communes(Era::H1Y2025).filter(|c| units.to_today(c).len() > 1).collect();
    assert!(!divided.is_empty());
    for commune in divided {
        let flags: Vec<bool> = units.to_today(commune).iter().map(|s| s.is_default).collect();
        assert!(flags[0] && flags[1..].iter().all(|f| !f), "{commune:?}");
    }
}

#[test]
fn merged_provinces_hold_their_parts() {
    let whole = AdminUnits::for_province("08").unwrap();
    let part = AdminUnits::for_province("02").unwrap();
    let dong_van =
        CommuneQuery { name: "Đồng Văn", district: Some("Đồng Văn"), era: Some(Era::H1Y2025) };
    assert_eq!((whole.find(&dong_van).len(), part.find(&dong_van).len()), (1, 1));
    assert!(part.communes(Era::Y2025).count() < whole.communes(Era::Y2025).count());
    assert!(part.communes(Era::Y2024).all(|c| !part.to_today(c).is_empty()));
    assert!(AdminUnits::for_province("99").is_none() && AdminUnits::for_province("").is_none());
}

#[test]
fn provinces_are_found_by_name() {
    let code = |name: &str| AdminUnits::province_by_name(name).map(|p| (p.code, p.today_code, p.is_today));
    assert_eq!(code("nghệ an"), Some(("40".into(), "40".into(), true)));
    assert_eq!(code("Tỉnh Hà Giang"), Some(("02".into(), "08".into(), false)));
    assert_eq!(code("TP. Hồ Chí Minh").map(|c| c.0), Some("79".into()));
    assert_eq!(code("Atlantis"), None);
}

#[test]
fn suggestions_are_near_and_few() {
    let units = nghe_an();
    let suggested = units.suggest("Xã Tam Hop", None, 3);
    assert_eq!(suggested[0].name, "Xã Tam Hợp");
    assert!(suggested.len() <= 3);
    assert_eq!(units.suggest("Nậm Cán", Some(Era::H1Y2025), 2).len(), 2);
    assert!(units.suggest("Qwertzuiop", None, 3).is_empty());
}

#[test]
fn a_study_overrules_and_adds() {
    let row = |old: &str, code: &str, new: &str, new_code: &str| CrosswalkRow {
        old_district: "Huyện Tương Dương".into(),
        old_commune: old.into(),
        old_code: code.into(),
        new_commune: new.into(),
        new_code: new_code.into(),
    };
    let communes = [StudyCommune {
        code: "99001".into(),
        name: "Xã Mới".into(),
        area_km2: Some(7.5),
        ..Default::default()
    }];
    let crosswalk = [
        row("Xã Tam Hợp", "16936", "Xã Mới", "99001"),
        row("Tam Đình", "", "Tam Thái", ""),
        row("Xã Cũ", "99901", "Xã Mới Nữa", "99002"),
    ];
    let units = nghe_an().with_study_data(&communes, &crosswalk);
    let today = |code: &str, era: Era| {
        let commune = units.by_code(code, era).unwrap();
        labels(units.to_today(commune).iter().map(|s| s.commune))
    };
    assert_eq!(today("16936", Era::H1Y2025), ["2025 99001 Xã Mới"]);
    assert_eq!(today("16936", Era::Y2024), ["2025 99001 Xã Mới"]);
    assert_eq!(today("16927", Era::H1Y2025), ["2025 16936 Xã Tam Thái"]);
    assert_eq!(today("99901", Era::H1Y2025), ["2025 99002 Xã Mới Nữa"]);
    assert_eq!(units.by_code("99001", Era::Y2025).unwrap().area_km2, Some(7.5));
    // A study of its own, without the built-in units.
    let alone = ProvinceUnits::empty().with_study_data(&communes, &crosswalk);
    assert_eq!(find(&alone, "Cũ", Some("tương dương"), None), ["2025H1 99901 Xã Cũ"]);
    assert_eq!(alone.communes(Era::Y2025).count(), 2);
}
