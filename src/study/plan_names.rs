//! Names of communes and districts in limits: as typed, as registers write them, as lists do.

use std::collections::BTreeMap;

use super::plan_limits::Unit;
use crate::normalize::admin::{commune_name_key, district_name_key};
use crate::text::fold;

/// Whether a name as typed means a unit: with or without its type (`Kỳ Sơn`, `H. Kỳ Sơn`), in any case.
pub(super) fn is_named(unit: Unit, known: &str, typed: &str) -> bool {
    fold(known) == fold(typed)
        || match unit {
            Unit::District => {
                let kinds = (district_kind(known), district_kind(typed));
                district_name_key(known) == district_name_key(typed)
                    && (kinds.0 == kinds.1 || kinds.1.is_none())
            }
            // With its type a commune's name is compared as it stands: Xã and Phường of one name are two.
            // A code may lack its zeros.
            Unit::Commune => same_code(known, typed) || commune_name_key(known) == fold_key(typed),
            _ => false,
        }
}

fn same_code(known: &str, typed: &str) -> bool {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let typed = typed.trim();
    digits(known) && digits(typed) && known.trim_start_matches('0') == typed.trim_start_matches('0')
}

/// The key of a name that states no type.
fn fold_key(typed: &str) -> String {
    commune_name_key(&format!("xã {typed}"))
}

/// What a district's name says that it is.
fn district_kind(name: &str) -> Option<&'static str> {
    let folded = fold(name);
    let kinds = [
        ("huyện", "huyện "),
        ("huyện", "h "),
        ("quận", "quận "),
        ("quận", "q "),
        ("thị xã", "thị xã "),
        ("thị xã", "tx "),
        ("thị xã", "t x "),
        ("thành phố", "thành phố "),
        ("thành phố", "tp "),
        ("thành phố", "t p "),
    ];
    kinds.into_iter().find(|(_, written)| folded.starts_with(written)).map(|(kind, _)| kind)
}

/// One way of writing each district, that of whoever comes first: `Huyện Kỳ Sơn` of a register and `Kỳ Sơn` of a list are
/// one. Without a type a name is that of the one district that has it; where a town and a district do, it is apart.
pub(super) fn one_name_each<'a>(names: &[Option<&'a str>]) -> Vec<Option<&'a str>> {
    let mut forms: BTreeMap<(String, Option<&str>), &'a str> = BTreeMap::new();
    for &name in names.iter().flatten() {
        forms.entry((district_name_key(name), district_kind(name))).or_insert(name);
    }
    let one = |name: &'a str| {
        let (key, kind) = (district_name_key(name), district_kind(name));
        let typed: Vec<&'a str> = forms
            .iter()
            .filter(|((known, of), _)| *known == key && of.is_some() && (kind.is_none() || *of == kind))
            .map(|(_, form)| *form)
            .collect();
        match typed[..] {
            [form] => form,
            _ => forms.get(&(key, kind)).copied().unwrap_or(name),
        }
    };
    names.iter().map(|name| name.map(one)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_district_has_one_name_and_a_town_of_that_name_is_another() {
        let names = |names: &[&'static str]| -> Vec<&str> {
            one_name_each(&names.iter().map(|name| Some(*name)).collect::<Vec<_>>())
                .into_iter()
                .flatten()
                .collect()
        };
        assert_eq!(
            names(&["Kỳ Sơn", "Huyện Kỳ Sơn", "H. KỲ SƠN", "Con Cuông"]),
            ["Huyện Kỳ Sơn", "Huyện Kỳ Sơn", "Huyện Kỳ Sơn", "Con Cuông"]
        );
        assert_eq!(
            names(&["Thị xã Kỳ Anh", "Huyện Kỳ Anh", "Kỳ Anh", "TX. Kỳ Anh"]),
            ["Thị xã Kỳ Anh", "Huyện Kỳ Anh", "Kỳ Anh", "Thị xã Kỳ Anh"]
        );
    }
}
